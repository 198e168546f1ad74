//! `POST /widgets/{id}/conversations`: a visitor starts a conversation.

use axum::extract::State;
use axum::http::StatusCode;
use bonafide_protocol::id::ChatWidgetId;
use bonafide_protocol::visitor::{StartConversation, StartedConversation};

use super::embedding::Embedding;
use crate::conversations::Caller;
use crate::routes::extract::Json;
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// Starts a conversation. An answer means that it is stored.
#[utoipa::path(post, path = "/widgets/{id}/conversations", tag = "visitor", operation_id = "startConversation",
    security(()), params(("id" = ChatWidgetId, Path)), request_body = StartConversation,
    responses((status = CREATED, body = StartedConversation)))]
pub async fn start(
    State(state): State<AppState>,
    Embedding(widget): Embedding,
    caller: Caller,
    Json(body): Json<StartConversation>,
) -> ApiResult<(StatusCode, Json<StartedConversation>)> {
    let started = state.conversations.start(&caller, &widget, body).await?;
    Ok((StatusCode::CREATED, Json(started)))
}
