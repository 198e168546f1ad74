//! `POST /conversations/{id}/context`: what the page says of its visitor has changed.

use axum::extract::State;
use axum::http::StatusCode;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::visitor::SetContext;

use super::secret::UntrustedSecret;
use crate::conversations::Caller;
use crate::routes::extract::{Json, Path};
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// Replaces the unsigned context of an anonymous conversation. Its place in the queue stays.
#[utoipa::path(post, path = "/conversations/{id}/context", tag = "visitor", operation_id = "setContext",
    security(("visitorSession" = [])), params(("id" = ConversationId, Path)), request_body = SetContext,
    responses((status = NO_CONTENT, description = "Stored")))]
pub async fn set_context(
    State(state): State<AppState>,
    Path(id): Path<ConversationId>,
    UntrustedSecret(secret): UntrustedSecret,
    caller: Caller,
    Json(body): Json<SetContext>,
) -> ApiResult<StatusCode> {
    state.conversations.let_in(&id, secret.as_ref()).await?;
    state.conversations.set_context(&caller, &id, body).await?;
    Ok(StatusCode::NO_CONTENT)
}
