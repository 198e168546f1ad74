//! `GET /agent/conversations`: the inbox, in routing order.

use axum::extract::State;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bonafide_protocol::Page;
use bonafide_protocol::agent::{AgentConversation, InboxRequest, InboxState as Wanted};

use crate::routes::authenticate::{Operator, Supervisor};
use crate::routes::extract::{Json, Paging, Query};
use crate::routes::problem::{ApiError, ApiResult};
use crate::settings::Fault;
use crate::state::AppState;
use crate::storage::conversations::{Before, InboxState};

/// The conversations that wait in the agent's queues, by priority, then those that were handed back, then longest wait; then
/// the agent's own. Or those of the agent's queues that ended unanswered, newest first; or what colleagues offer the agent; or,
/// for supervisors only, all that are open.
#[utoipa::path(get, path = "/agent/conversations", tag = "agent", operation_id = "listConversations",
    params(InboxRequest), responses((status = OK, body = Page<AgentConversation>)))]
pub async fn list(
    State(state): State<AppState>,
    operator: Operator,
    Query(request): Query<InboxRequest>,
) -> ApiResult<Json<Page<AgentConversation>>> {
    let wanted = match request.state {
        None => InboxState::Open,
        Some(Wanted::Waiting) => InboxState::Waiting,
        Some(Wanted::Active) => InboxState::Active,
        Some(Wanted::Closed) => InboxState::Closed,
        Some(Wanted::Unanswered) => InboxState::Unanswered,
        Some(Wanted::Offered) => InboxState::Offered,
        Some(Wanted::All) => {
            Supervisor::check(&operator)?;
            InboxState::All
        }
    };
    let limit = request.limit.unwrap_or(Paging::DEFAULT_LIMIT);
    let mut faults = Vec::new();
    if !(1..=Paging::MAX_LIMIT).contains(&limit) {
        let fault = format!("The limit must be from 1 to {}.", Paging::MAX_LIMIT);
        faults.push(Fault::invalid(fault).of("limit"));
    }
    let after = match request.cursor.as_deref().map(read_cursor) {
        Some(None) => {
            let fault = "This is not a cursor. Give `next` of the page before, or leave it out.";
            faults.push(Fault::invalid(fault).of("cursor"));
            None
        }
        after => after.flatten(),
    };
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    let (items, next) = state
        .conversations
        .inbox(&operator.into(), wanted, after.as_ref(), limit)
        .await?;
    Ok(Json(Page {
        items,
        next: next.as_ref().map(write_cursor),
    }))
}

fn write_cursor(place: &Before) -> String {
    let Before {
        group,
        rank,
        turn,
        started_at,
        id,
    } = place;
    URL_SAFE_NO_PAD.encode(format!("{group} {rank} {turn} {started_at} {id}"))
}

fn read_cursor(cursor: &str) -> Option<Before> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let mut parts = text.splitn(5, ' ');
    Some(Before {
        group: parts.next()?.parse().ok()?,
        rank: parts.next()?.parse().ok()?,
        turn: parts.next()?.parse().ok()?,
        started_at: parts.next()?.parse().ok()?,
        id: parts.next()?.to_owned(),
    })
}
