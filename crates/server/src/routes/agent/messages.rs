//! `/agent/conversations/{id}/messages`: the agent reads and writes.

use axum::extract::State;
use axum::http::StatusCode;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::visitor::{Message, Messages, MessagesWanted, PostMessage};

use crate::routes::authenticate::Operator;
use crate::routes::extract::{Json, Path, Query};
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// At most 200 messages, in order: those after a number, or those before one.
#[utoipa::path(get, path = "/agent/conversations/{id}/messages", tag = "agent", operation_id = "readMessagesAsAgent",
    params(("id" = ConversationId, Path), MessagesWanted), responses((status = OK, body = Messages)))]
pub async fn read(
    State(state): State<AppState>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    Query(request): Query<MessagesWanted>,
) -> ApiResult<Json<Messages>> {
    Ok(Json(
        state
            .conversations
            .read_as_agent(&operator.into(), &id, &request)
            .await?,
    ))
}

/// Writes to the visitor. An answer means that it is stored; sending it again changes nothing.
#[utoipa::path(post, path = "/agent/conversations/{id}/messages", tag = "agent", operation_id = "postMessageAsAgent",
    params(("id" = ConversationId, Path)), request_body = PostMessage,
    responses((status = CREATED, body = Message)))]
pub async fn post(
    State(state): State<AppState>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    Json(body): Json<PostMessage>,
) -> ApiResult<(StatusCode, Json<Message>)> {
    let message = state
        .conversations
        .write_as_agent(&operator.into(), &id, body)
        .await?;
    Ok((StatusCode::CREATED, Json(message)))
}
