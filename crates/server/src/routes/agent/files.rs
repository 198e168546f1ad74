//! `/agent/conversations/{id}/files`: the agent sends files, and reads those of both sides.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use bonafide_protocol::file::SendFile;
use bonafide_protocol::id::{ConversationId, FileId};
use bonafide_protocol::visitor::Message;

use crate::conversations::files::FileHead;
use crate::routes::authenticate::Operator;
use crate::routes::extract::{Json, Path};
use crate::routes::file;
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// Sends a file to the visitor, as the body. What it is, is judged by its content. An answer means that it is stored, with the
/// message that brings it; sending it again changes nothing and answers the same.
#[utoipa::path(post, path = "/agent/conversations/{id}/files", tag = "agent", operation_id = "sendFileAsAgent",
    params(("id" = ConversationId, Path), SendFile,
        ("File-Name" = String, Header, description = "Its name, percent-encoded UTF-8.", max_length = 3060)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = CREATED, body = Message)))]
pub async fn send(
    State(state): State<AppState>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    head: FileHead,
    request: Request,
) -> ApiResult<(StatusCode, Json<Message>)> {
    let arriving = file::arriving(&state, head, request);
    let message = state
        .conversations
        .send_file_as_agent(&operator.into(), &id, arriving)
        .await?;
    Ok((StatusCode::CREATED, Json(message)))
}

/// A file of a conversation that the agent may read.
#[utoipa::path(get, path = "/agent/conversations/{id}/files/{file}", tag = "agent", operation_id = "readFileAsAgent",
    params(("id" = ConversationId, Path), ("file" = FileId, Path)),
    responses((status = OK, content_type = "application/octet-stream", body = Vec<u8>)))]
pub async fn read(
    State(state): State<AppState>,
    operator: Operator,
    Path((id, file)): Path<(ConversationId, FileId)>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let open = state
        .conversations
        .file_for_agent(&operator.into(), &id, &file)
        .await?;
    file::answer(open, &headers)
}
