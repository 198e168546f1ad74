//! `/admin/audit`: reading the audit. Nothing here, or elsewhere, changes it.

use axum::extract::State;
use bonafide_protocol::Page;
use bonafide_protocol::admin::AuditEntry;
use bonafide_protocol::page::PageRequest;

use crate::clock::timestamp;
use crate::routes::extract::{Json, Paging, page};
use crate::routes::problem::ApiResult;
use crate::state::AppState;
use crate::storage::audit::{self, AuditRow};
use crate::storage::paging::After;

/// The audit, the newest entry first.
#[utoipa::path(get, path = "/admin/audit", tag = "audit", operation_id = "listAudit", params(PageRequest),
    responses((status = OK, body = Page<AuditEntry>)))]
pub async fn list(
    State(state): State<AppState>,
    paging: Paging,
) -> ApiResult<Json<Page<AuditEntry>>> {
    let mut reader = state.storage.read().await?;
    let slice = audit::page(&mut reader, &paging.after, paging.limit).await?;
    Ok(Json(page(
        slice,
        |row| After {
            key: String::new(),
            id: row.id.to_string(),
        },
        entry,
    )))
}

fn entry(row: AuditRow) -> AuditEntry {
    AuditEntry {
        id: row.id,
        at: timestamp(row.at),
        actor: row.actor,
        action: row.action,
        subject: row.subject,
        request_id: row.request_id,
        code: row.code,
        details: row.details,
    }
}
