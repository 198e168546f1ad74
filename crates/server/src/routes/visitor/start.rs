//! `POST /widgets/{id}/conversations`: a visitor starts a conversation.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use bonafide_protocol::id::ChatWidgetId;
use bonafide_protocol::visitor::{StartConversation, StartedConversation};

use super::embedding::Embedding;
use crate::conversations::Caller;
use crate::routes::extract::Json;
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// Starts a conversation. An answer means that it is stored. Where the work stream resumes, and the token's person has an
/// open conversation, that one is answered, with a session of its own for this page.
#[utoipa::path(post, path = "/widgets/{id}/conversations", tag = "visitor", operation_id = "startConversation",
    security(()), params(("id" = ChatWidgetId, Path)), request_body = StartConversation,
    responses((status = CREATED, body = StartedConversation)))]
pub async fn start(
    State(state): State<AppState>,
    Embedding(setup): Embedding,
    caller: Caller,
    headers: HeaderMap,
    Json(body): Json<StartConversation>,
) -> ApiResult<(StatusCode, Json<StartedConversation>)> {
    let origin = headers
        .get(header::ORIGIN)
        .and_then(|origin| origin.to_str().ok());
    let started = state
        .conversations
        .start(&caller, setup, origin, body)
        .await?;
    Ok((StatusCode::CREATED, Json(started)))
}
