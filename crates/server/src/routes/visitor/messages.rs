//! `/conversations/{id}/messages`: the visitor reads and writes.

use axum::extract::State;
use axum::http::StatusCode;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::visitor::{ConversationMessages, Message, MessagesWanted, PostMessage};

use super::secret::UntrustedSecret;
use crate::routes::extract::{Json, Path, Query};
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// At most 200 messages, in order: those after a number, or those before one.
#[utoipa::path(get, path = "/conversations/{id}/messages", tag = "visitor", operation_id = "readMessages",
    security(("visitorSession" = [])), params(("id" = ConversationId, Path), MessagesWanted),
    responses((status = OK, body = ConversationMessages)))]
pub async fn read(
    State(state): State<AppState>,
    Path(id): Path<ConversationId>,
    UntrustedSecret(secret): UntrustedSecret,
    Query(request): Query<MessagesWanted>,
) -> ApiResult<Json<ConversationMessages>> {
    state.conversations.let_in(&id, secret.as_ref()).await?;
    Ok(Json(
        state.conversations.read_as_visitor(&id, &request).await?,
    ))
}

/// Writes a message. An answer means that it is stored; sending it again changes nothing and answers the same.
#[utoipa::path(post, path = "/conversations/{id}/messages", tag = "visitor", operation_id = "postMessage",
    security(("visitorSession" = [])), params(("id" = ConversationId, Path)), request_body = PostMessage,
    responses((status = CREATED, body = Message)))]
pub async fn post(
    State(state): State<AppState>,
    Path(id): Path<ConversationId>,
    UntrustedSecret(secret): UntrustedSecret,
    Json(body): Json<PostMessage>,
) -> ApiResult<(StatusCode, Json<Message>)> {
    state.conversations.let_in(&id, secret.as_ref()).await?;
    let message = state.conversations.write_as_visitor(&id, body).await?;
    Ok((StatusCode::CREATED, Json(message)))
}
