//! `/conversations/{id}/files`: the visitor sends files, and reads those of both sides.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use bonafide_protocol::file::SendFile;
use bonafide_protocol::id::{ConversationId, FileId};
use bonafide_protocol::visitor::Message;

use super::secret::UntrustedSecret;
use crate::conversations::Caller;
use crate::conversations::files::FileHead;
use crate::routes::extract::{Json, Path};
use crate::routes::file;
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// Sends a file, as the body. What it is, is judged by its content. An answer means that it is stored, with the message that
/// brings it; sending it again changes nothing and answers the same.
#[utoipa::path(post, path = "/conversations/{id}/files", tag = "visitor", operation_id = "sendFile",
    security(("visitorSession" = [])),
    params(("id" = ConversationId, Path), SendFile,
        ("File-Name" = String, Header, description = "Its name, percent-encoded UTF-8.", max_length = 3060)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = CREATED, body = Message)))]
pub async fn send(
    State(state): State<AppState>,
    Path(id): Path<ConversationId>,
    UntrustedSecret(secret): UntrustedSecret,
    caller: Caller,
    head: FileHead,
    request: Request,
) -> ApiResult<(StatusCode, Json<Message>)> {
    state.conversations.let_in(&id, secret.as_ref()).await?;
    let arriving = file::arriving(&state, head, request);
    let message = state
        .conversations
        .send_file_as_visitor(&caller, &id, arriving)
        .await?;
    Ok((StatusCode::CREATED, Json(message)))
}

/// A file of the conversation.
#[utoipa::path(get, path = "/conversations/{id}/files/{file}", tag = "visitor", operation_id = "readFile",
    security(("visitorSession" = [])), params(("id" = ConversationId, Path), ("file" = FileId, Path)),
    responses((status = OK, content_type = "application/octet-stream", body = Vec<u8>)))]
pub async fn read(
    State(state): State<AppState>,
    Path((id, file)): Path<(ConversationId, FileId)>,
    UntrustedSecret(secret): UntrustedSecret,
    headers: HeaderMap,
) -> ApiResult<Response> {
    state.conversations.let_in(&id, secret.as_ref()).await?;
    let open = state.conversations.file_for_visitor(&id, &file).await?;
    file::answer(open, &headers)
}
