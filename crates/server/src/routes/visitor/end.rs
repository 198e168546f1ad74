//! The visitor ends the conversation, or signs out.

use axum::extract::State;
use axum::http::StatusCode;
use bonafide_protocol::id::ConversationId;

use super::secret::UntrustedSecret;
use crate::conversations::Caller;
use crate::routes::extract::Path;
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// Ends a conversation. It can still be read.
#[utoipa::path(post, path = "/conversations/{id}/end", tag = "visitor", operation_id = "endConversation",
    security(("visitorSession" = [])), params(("id" = ConversationId, Path)),
    responses((status = NO_CONTENT, description = "Ended, or it was over already")))]
pub async fn end(
    State(state): State<AppState>,
    Path(id): Path<ConversationId>,
    UntrustedSecret(secret): UntrustedSecret,
    caller: Caller,
) -> ApiResult<StatusCode> {
    state.conversations.let_in(&id, secret.as_ref()).await?;
    state.conversations.end(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Signs the visitor out: the session's secret opens nothing any more, and the conversation ends. Takes the session's
/// revocation key in place of its secret.
#[utoipa::path(delete, path = "/conversations/{id}/session", tag = "visitor", operation_id = "visitorSignOut",
    security(("visitorSession" = [])), params(("id" = ConversationId, Path)),
    responses((status = NO_CONTENT, description = "Signed out")))]
pub async fn sign_out(
    State(state): State<AppState>,
    Path(id): Path<ConversationId>,
    UntrustedSecret(secret): UntrustedSecret,
    caller: Caller,
) -> ApiResult<StatusCode> {
    state.conversations.let_out(&id, secret.as_ref()).await?;
    state.conversations.sign_out(&caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
