//! `/admin/audit`: reading the audit. Nothing here, or elsewhere, changes it.

use axum::extract::State;
use bonafide_protocol::admin::{Actor, AuditEntry, AuditRequest};
use bonafide_protocol::context::ContextValue;
use bonafide_protocol::page::PageRequest;
use bonafide_protocol::{FieldError, Page, Timestamp};

use crate::clock::{timestamp, unix_ms};
use crate::domain::search_terms::SearchTerms;
use crate::routes::extract::{Json, Paging, Query, write_cursor};
use crate::routes::problem::{ApiError, ApiResult};
use crate::settings::{Fault, Fields};
use crate::state::AppState;
use crate::storage::audit::{self, AuditRow, Wanted};
use crate::storage::paging::After;

/// The audit, the newest entry first.
///
/// With `text`, one answer looks through at most 5,000 entries, so it may hold fewer than were wanted, even none, with a `next`
/// to go on.
#[utoipa::path(get, path = "/admin/audit", tag = "audit", operation_id = "listAudit", params(AuditRequest),
    responses((status = OK, body = Page<AuditEntry>)))]
pub async fn list(
    State(state): State<AppState>,
    Query(request): Query<AuditRequest>,
) -> ApiResult<Json<Page<AuditEntry>>> {
    let Asked {
        wanted,
        terms,
        paging,
    } = judge(request).map_err(ApiError::invalid)?;
    let mut reader = state.storage.read().await?;
    let mut items = Vec::new();
    let mut place = paging.after.id;
    let mut looked_through = 0;
    let portion = terms.as_ref().map_or(paging.limit, |_| PORTION);
    loop {
        let slice = audit::page(&mut reader, &wanted, &place, portion).await?;
        let mut rows = slice.rows.into_iter().peekable();
        while let Some(row) = rows.next() {
            looked_through += 1;
            place = row.id.to_string();
            if terms
                .as_ref()
                .is_none_or(|terms| terms.are_in(&text_of(&row)))
            {
                items.push(entry(row));
            }
            let is_enough = items.len() >= paging.limit as usize || looked_through >= MOST;
            if is_enough {
                let more = slice.more || rows.peek().is_some();
                let next = more.then(|| cursor(place));
                return Ok(Json(Page { items, next }));
            }
        }
        if !slice.more {
            return Ok(Json(Page { items, next: None }));
        }
    }
}

/// A request that can be answered.
struct Asked {
    wanted: Wanted,
    terms: Option<SearchTerms>,
    paging: Paging,
}

fn judge(request: AuditRequest) -> Result<Asked, Vec<FieldError>> {
    let mut fields = Fields::default();
    let text = request.text.as_deref().unwrap_or_default().trim();
    let length = text.chars().count();
    if length > MAX_TEXT {
        fields.refuse("text", Fault::too_many_characters(length, MAX_TEXT));
    }
    let exact = |value: Option<String>| value.unwrap_or_default();
    let is_request = is_request_id(text);
    let wanted = Wanted {
        action: exact(request.action),
        actor: exact(request.actor),
        subject: exact(request.subject),
        request: if is_request { text } else { "" }.to_owned(),
        from: time("from", request.from.as_ref(), &mut fields).unwrap_or_default(),
        to: time("to", request.to.as_ref(), &mut fields),
    };
    for (name, value) in [
        ("action", &wanted.action),
        ("actor", &wanted.actor),
        ("subject", &wanted.subject),
        ("text", &wanted.request),
    ] {
        // Some databases cannot even be asked about it.
        if value.len() > MAX_TEXT || value.contains('\0') {
            fields.refuse(name, Fault::invalid("No entry of the audit has this."));
        }
    }
    if wanted.to.is_some_and(|to| wanted.from >= to) {
        let fault = Fault::invalid("`to` must be after `from`: nothing happens in between.");
        fields.refuse("to", fault);
    }
    let page = PageRequest {
        cursor: request.cursor,
        limit: request.limit,
    };
    match Paging::new(&page) {
        Ok(paging) => fields.finish(Some(Asked {
            wanted,
            terms: SearchTerms::parse(text).filter(|_| !is_request),
            paging,
        })),
        Err(faults) => {
            let mut all = fields.finish::<()>(Some(())).err().unwrap_or_default();
            all.extend(faults);
            Err(all)
        }
    }
}

/// Whether a text is a whole request id. A part of one is looked for like any other text.
fn is_request_id(text: &str) -> bool {
    let bits = text.strip_prefix("req_").unwrap_or_default();
    bits.len() == 32
        && bits
            .bytes()
            .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
}

fn time(name: &str, time: Option<&Timestamp>, fields: &mut Fields) -> Option<i64> {
    let time = time?;
    let read = unix_ms(time);
    if read.is_none() {
        let fault = "This is not a time. Write it as in 2026-11-22T20:00:00Z.";
        fields.refuse(name, Fault::invalid(fault));
    }
    read
}

/// All that a person may look for, as it is stored and as it is said.
fn text_of(row: &AuditRow) -> String {
    let actor = match &row.actor {
        Actor::Operator { id, name } => format!("{id}\n{name}"),
        Actor::Visitor => "visitor".to_owned(),
        Actor::System => "server system".to_owned(),
    };
    let mut text = [
        row.action.as_str(),
        &row.action.replace(['.', '-'], " "),
        &actor,
        row.subject.as_deref().unwrap_or_default(),
        row.subject_name.as_deref().unwrap_or_default(),
        row.request_id.as_deref().unwrap_or_default(),
        row.code.map_or("", |code| code.as_str()),
    ]
    .join("\n");
    for (name, value) in &row.details {
        text.push('\n');
        text.push_str(name);
        text.push('\n');
        match value {
            ContextValue::Text(value) => text.push_str(value),
            ContextValue::Number(number) => text.push_str(number.as_str()),
            ContextValue::Boolean(value) => text.push_str(if *value { "true" } else { "false" }),
        }
    }
    text
}

fn cursor(id: String) -> String {
    write_cursor(&After {
        key: String::new(),
        id,
    })
}

fn entry(row: AuditRow) -> AuditEntry {
    AuditEntry {
        id: row.id,
        at: timestamp(row.at),
        actor: row.actor,
        action: row.action,
        subject: row.subject,
        subject_name: row.subject_name,
        request_id: row.request_id,
        code: row.code,
        details: row.details,
    }
}

/// Entries read at a time.
const PORTION: u32 = 200;
/// Entries that one answer looks through at most.
const MOST: u32 = 5_000;
/// In characters.
const MAX_TEXT: usize = 200;
