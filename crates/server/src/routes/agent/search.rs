//! `GET /agent/search`: the conversations that an agent may read, by person, text, queue, state, agent and time.

use axum::extract::State;
use bonafide_protocol::id::{OperatorId, QueueId};
use bonafide_protocol::search::{FoundConversations, SearchRequest};
use bonafide_protocol::{FieldError, Timestamp};

use crate::clock::unix_ms;
use crate::conversations::Search;
use crate::domain::search_terms::SearchTerms;
use crate::routes::authenticate::Operator;
use crate::routes::extract::{Json, Query, read_cursor, write_cursor};
use crate::routes::problem::{ApiError, ApiResult};
use crate::settings::Fault;
use crate::state::AppState;
use crate::storage::conversations::StartedBefore;

/// Conversations that the agent may read, those that started last first: what they have or had, and what waits or ended
/// unanswered in their queues.
///
/// One answer looks through at most 20,000 messages, so it may hold fewer than were wanted, even none, with a `next` to go on.
#[utoipa::path(get, path = "/agent/search", tag = "agent", operation_id = "searchConversations",
    params(SearchRequest), responses((status = OK, body = FoundConversations)))]
pub async fn search(
    State(state): State<AppState>,
    operator: Operator,
    Query(request): Query<SearchRequest>,
) -> ApiResult<Json<FoundConversations>> {
    let search = judge(request).map_err(ApiError::invalid)?;
    let found = state.conversations.search(&operator.into(), search).await?;
    Ok(Json(found.answer(write_cursor)))
}

fn judge(request: SearchRequest) -> Result<Search, Vec<FieldError>> {
    let mut faults = Vec::new();
    let person = terms("person", request.person.as_deref(), &mut faults);
    let text = terms("text", request.text.as_deref(), &mut faults);
    let from = time("from", request.from.as_ref(), &mut faults);
    let to = time("to", request.to.as_ref(), &mut faults);
    if let (Some(from), Some(to)) = (from, to)
        && from >= to
    {
        let fault = Fault::invalid("`to` must be after `from`: nothing starts in between.");
        faults.push(fault.of("to"));
    }
    let limit = request.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_LIMIT).contains(&limit) {
        let fault = format!("The limit must be from 1 to {MAX_LIMIT}.");
        faults.push(Fault::invalid(fault).of("limit"));
    }
    for (name, id) in [
        ("queue", request.queue.as_ref().map(QueueId::as_str)),
        ("agent", request.agent.as_ref().map(OperatorId::as_str)),
    ] {
        if id.is_some_and(|id| id.is_empty() || id.len() > MAX_ID || id.contains('\0')) {
            faults.push(Fault::invalid("This is not an id.").of(name));
        }
    }
    let before = before(request.cursor.as_deref(), to, &mut faults);
    if faults.is_empty() {
        Ok(Search {
            person,
            text,
            queue: request.queue,
            state: request.state,
            agent: request.agent,
            from: from.unwrap_or(i64::MIN),
            before,
            limit: limit as usize,
        })
    } else {
        Err(faults)
    }
}

/// Where to begin: where the answer before ended, else at the time up to which is looked.
fn before(cursor: Option<&str>, to: Option<i64>, faults: &mut Vec<FieldError>) -> StartedBefore {
    let begin = StartedBefore {
        started_at: to.unwrap_or(i64::MAX),
        // Before every id: what started exactly then is not looked for.
        id: String::new(),
    };
    if cursor.is_none() {
        return begin;
    }
    let fault = match read_cursor(cursor) {
        Ok(after) => match after.key.parse() {
            Ok(started_at) => {
                return StartedBefore {
                    started_at,
                    id: after.id,
                };
            }
            Err(_) => Fault::invalid(
                "This is not a cursor of a search. Give `next` of the answer before, or leave it out.",
            ),
        },
        Err(fault) => fault,
    };
    faults.push(fault.of("cursor"));
    begin
}

fn terms(name: &str, text: Option<&str>, faults: &mut Vec<FieldError>) -> Option<SearchTerms> {
    let text = text?;
    let length = text.chars().count();
    if length > MAX_TEXT {
        faults.push(Fault::too_many_characters(length, MAX_TEXT).of(name));
    }
    SearchTerms::parse(text)
}

fn time(name: &str, time: Option<&Timestamp>, faults: &mut Vec<FieldError>) -> Option<i64> {
    let time = time?;
    let length = time.as_str().chars().count();
    if length > MAX_TIME {
        faults.push(Fault::too_many_characters(length, MAX_TIME).of(name));
        return None;
    }
    let read = unix_ms(time);
    if read.is_none() {
        let fault = Fault::invalid(
            "This is not a time such as `2026-11-22T20:00:00Z`. Write `+` of an offset as `%2B`.",
        );
        faults.push(fault.of(name));
    }
    read
}

/// In characters.
const MAX_TEXT: usize = 200;
/// In characters: more than any fraction of a second needs.
const MAX_TIME: usize = 40;
const MAX_ID: usize = bonafide_protocol::id::MAX_ID_LENGTH;
const DEFAULT_LIMIT: u32 = 25;
const MAX_LIMIT: u32 = 100;
