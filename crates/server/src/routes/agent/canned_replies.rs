//! `/agent/canned-replies`: an agent's own, and to read also those that all share. Nobody else sees an agent's own, so they
//! are not in the audit.

use axum::extract::State;
use axum::http::StatusCode;
use bonafide_protocol::Page;
use bonafide_protocol::canned_reply::{CannedReply, CannedReplyBody};
use bonafide_protocol::id::CannedReplyId;
use bonafide_protocol::page::PageRequest;

use crate::routes::authenticate::Operator;
use crate::routes::canned_replies;
use crate::routes::extract::{Json, Paging, Path};
use crate::routes::problem::ApiResult;
use crate::routes::version::{BasedOn, Versioned, created};
use crate::state::AppState;

/// The agent's own canned replies and those that all share, by name.
#[utoipa::path(get, path = "/agent/canned-replies", tag = "agent", operation_id = "listCannedReplies",
    params(PageRequest), responses((status = OK, body = Page<CannedReply>)))]
pub async fn list(
    State(state): State<AppState>,
    operator: Operator,
    paging: Paging,
) -> ApiResult<Json<Page<CannedReply>>> {
    let mut reader = state.storage.read().await?;
    let page = canned_replies::list(&mut reader, Some(&operator.id), &paging).await?;
    Ok(Json(page))
}

/// Records a canned reply of the agent's own.
#[utoipa::path(post, path = "/agent/canned-replies", tag = "agent", operation_id = "createCannedReply",
    request_body = CannedReplyBody, responses((status = CREATED, body = CannedReply)))]
pub async fn create(
    State(state): State<AppState>,
    operator: Operator,
    Json(request): Json<CannedReplyBody>,
) -> ApiResult<(StatusCode, Versioned<CannedReply>)> {
    let now = state.clock.now_ms();
    let mut transaction = state.storage.write().await?;
    let reply = canned_replies::create(&mut transaction, Some(operator.id), &request, now).await?;
    transaction.commit().await?;
    Ok(created(reply))
}

/// A canned reply of the agent's own.
#[utoipa::path(get, path = "/agent/canned-replies/{id}", tag = "agent", operation_id = "readCannedReply",
    params(("id" = CannedReplyId, Path)), responses((status = OK, body = CannedReply)))]
pub async fn read(
    State(state): State<AppState>,
    operator: Operator,
    Path(id): Path<CannedReplyId>,
) -> ApiResult<Versioned<CannedReply>> {
    let mut reader = state.storage.read().await?;
    let row = canned_replies::find(&mut reader, Some(&operator.id), &id).await?;
    Ok(Versioned(canned_replies::wire(row)))
}

/// Replaces a canned reply of the agent's own.
#[utoipa::path(put, path = "/agent/canned-replies/{id}", tag = "agent", operation_id = "replaceCannedReply",
    params(("id" = CannedReplyId, Path)), request_body = CannedReplyBody,
    responses((status = OK, body = CannedReply)))]
pub async fn replace(
    State(state): State<AppState>,
    operator: Operator,
    based_on: BasedOn,
    Path(id): Path<CannedReplyId>,
    Json(request): Json<CannedReplyBody>,
) -> ApiResult<Versioned<CannedReply>> {
    let now = state.clock.now_ms();
    let owner = Some(&operator.id);
    let mut transaction = state.storage.write().await?;
    let (_, after) =
        canned_replies::replace(&mut transaction, owner, &id, &based_on, &request, now).await?;
    transaction.commit().await?;
    Ok(Versioned(after))
}

/// Deletes a canned reply of the agent's own.
#[utoipa::path(delete, path = "/agent/canned-replies/{id}", tag = "agent", operation_id = "deleteCannedReply",
    params(("id" = CannedReplyId, Path)), responses((status = NO_CONTENT, description = "Deleted")))]
pub async fn delete(
    State(state): State<AppState>,
    operator: Operator,
    based_on: BasedOn,
    Path(id): Path<CannedReplyId>,
) -> ApiResult<StatusCode> {
    let mut transaction = state.storage.write().await?;
    canned_replies::delete(&mut transaction, Some(&operator.id), &id, &based_on).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
