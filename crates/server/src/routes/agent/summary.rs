//! `GET /agent/conversations/{id}/summary`: what the agent reads first.

use axum::extract::State;
use bonafide_protocol::agent::ConversationSummary;
use bonafide_protocol::id::ConversationId;

use crate::routes::authenticate::Operator;
use crate::routes::extract::{Json, Path};
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// Whether the visitor is authenticated and why, who they are, and what is known.
#[utoipa::path(get, path = "/agent/conversations/{id}/summary", tag = "agent", operation_id = "readSummary",
    params(("id" = ConversationId, Path)), responses((status = OK, body = ConversationSummary)))]
pub async fn read(
    State(state): State<AppState>,
    operator: Operator,
    Path(id): Path<ConversationId>,
) -> ApiResult<Json<ConversationSummary>> {
    Ok(Json(
        state.conversations.summary(&operator.into(), &id).await?,
    ))
}
