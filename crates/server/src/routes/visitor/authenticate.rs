//! `POST /conversations/{id}/authenticate`: renew the proof of identity, or upgrade an anonymous chat.

use axum::extract::State;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::visitor::{Authenticate, Conversation};

use super::secret::UntrustedSecret;
use crate::conversations::Caller;
use crate::routes::extract::{Json, Path};
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// Judges a new token for a running conversation.
#[utoipa::path(post, path = "/conversations/{id}/authenticate", tag = "visitor", operation_id = "authenticate",
    security(("visitorSession" = [])), params(("id" = ConversationId, Path)), request_body = Authenticate,
    responses((status = OK, body = Conversation)))]
pub async fn authenticate(
    State(state): State<AppState>,
    Path(id): Path<ConversationId>,
    UntrustedSecret(secret): UntrustedSecret,
    caller: Caller,
    Json(body): Json<Authenticate>,
) -> ApiResult<Json<Conversation>> {
    state.conversations.let_in(&id, secret.as_ref()).await?;
    Ok(Json(
        state.conversations.authenticate(&caller, &id, body).await?,
    ))
}
