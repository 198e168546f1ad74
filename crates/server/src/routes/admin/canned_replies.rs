//! `/admin/canned-replies`: those that all agents share.

use axum::extract::State;
use axum::http::StatusCode;
use bonafide_protocol::Page;
use bonafide_protocol::canned_reply::{CannedReply, CannedReplyBody};
use bonafide_protocol::id::CannedReplyId;
use bonafide_protocol::page::PageRequest;

use super::Change;
use crate::routes::canned_replies;
use crate::routes::extract::{Json, Paging, Path};
use crate::routes::problem::ApiResult;
use crate::routes::version::{BasedOn, Versioned, created};
use crate::state::AppState;

/// Shared canned replies by name.
#[utoipa::path(get, path = "/admin/canned-replies", tag = "canned-replies", operation_id = "listSharedCannedReplies",
    params(PageRequest), responses((status = OK, body = Page<CannedReply>)))]
pub async fn list(
    State(state): State<AppState>,
    paging: Paging,
) -> ApiResult<Json<Page<CannedReply>>> {
    let mut reader = state.storage.read().await?;
    Ok(Json(
        canned_replies::list(&mut reader, None, &paging).await?,
    ))
}

/// Records a shared canned reply.
#[utoipa::path(post, path = "/admin/canned-replies", tag = "canned-replies", operation_id = "createSharedCannedReply",
    request_body = CannedReplyBody, responses((status = CREATED, body = CannedReply)))]
pub async fn create(
    State(state): State<AppState>,
    change: Change,
    Json(request): Json<CannedReplyBody>,
) -> ApiResult<(StatusCode, Versioned<CannedReply>)> {
    let mut transaction = state.storage.write().await?;
    let reply = canned_replies::create(&mut transaction, None, &request, change.now_ms).await?;
    change
        .audit(
            &mut transaction,
            "canned-reply.created",
            &reply.id,
            None,
            Some(&reply),
        )
        .await?;
    transaction.commit().await?;
    Ok(created(reply))
}

/// A shared canned reply.
#[utoipa::path(get, path = "/admin/canned-replies/{id}", tag = "canned-replies", operation_id = "readSharedCannedReply",
    params(("id" = CannedReplyId, Path)), responses((status = OK, body = CannedReply)))]
pub async fn read(
    State(state): State<AppState>,
    Path(id): Path<CannedReplyId>,
) -> ApiResult<Versioned<CannedReply>> {
    let mut reader = state.storage.read().await?;
    let row = canned_replies::find(&mut reader, None, &id).await?;
    Ok(Versioned(canned_replies::wire(row)))
}

/// Replaces a shared canned reply.
#[utoipa::path(put, path = "/admin/canned-replies/{id}", tag = "canned-replies", operation_id = "replaceSharedCannedReply",
    params(("id" = CannedReplyId, Path)), request_body = CannedReplyBody,
    responses((status = OK, body = CannedReply)))]
pub async fn replace(
    State(state): State<AppState>,
    change: Change,
    based_on: BasedOn,
    Path(id): Path<CannedReplyId>,
    Json(request): Json<CannedReplyBody>,
) -> ApiResult<Versioned<CannedReply>> {
    let mut transaction = state.storage.write().await?;
    let (before, after) = canned_replies::replace(
        &mut transaction,
        None,
        &id,
        &based_on,
        &request,
        change.now_ms,
    )
    .await?;
    change
        .audit(
            &mut transaction,
            "canned-reply.updated",
            &id,
            Some(&before),
            Some(&after),
        )
        .await?;
    transaction.commit().await?;
    Ok(Versioned(after))
}

/// Deletes a shared canned reply.
#[utoipa::path(delete, path = "/admin/canned-replies/{id}", tag = "canned-replies", operation_id = "deleteSharedCannedReply",
    params(("id" = CannedReplyId, Path)), responses((status = NO_CONTENT, description = "Deleted")))]
pub async fn delete(
    State(state): State<AppState>,
    change: Change,
    based_on: BasedOn,
    Path(id): Path<CannedReplyId>,
) -> ApiResult<StatusCode> {
    let mut transaction = state.storage.write().await?;
    let before = canned_replies::delete(&mut transaction, None, &id, &based_on).await?;
    change
        .audit(
            &mut transaction,
            "canned-reply.deleted",
            &id,
            Some(&before),
            None,
        )
        .await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
