//! `GET /agent/conversations/{id}/transcript`: the conversation as a file. Written while it is sent, a page of messages at a
//! time.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::transcript::{
    Transcript as JsonTranscript, TranscriptFormat, TranscriptRequest,
};
use futures_util::stream::try_unfold;

use crate::routes::authenticate::Operator;
use crate::routes::extract::{Path, Query};
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// Who it was with, how that was proved, and what was said. A text that ends without its last line, or JSON that is not
/// complete, was cut off.
#[utoipa::path(get, path = "/agent/conversations/{id}/transcript", tag = "agent", operation_id = "readTranscript",
    params(("id" = ConversationId, Path), TranscriptRequest),
    responses((status = OK, content((String = "text/plain"), (JsonTranscript = "application/json")))))]
pub async fn read(
    State(state): State<AppState>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    Query(request): Query<TranscriptRequest>,
) -> ApiResult<Response> {
    let transcript = state
        .conversations
        .transcript(&operator.into(), &id, &request)
        .await?;
    let content_type = match transcript.format() {
        TranscriptFormat::Text => "text/plain; charset=utf-8",
        TranscriptFormat::Json => "application/json",
    };
    let disposition = format!("attachment; filename=\"{}\"", transcript.file_name());
    let pieces = try_unfold(transcript, |mut transcript| async move {
        match transcript.next().await {
            Ok(piece) => Ok(piece.map(|piece| (piece, transcript))),
            Err(error) => {
                // The answer has begun: what can be told is that it breaks off.
                tracing::warn!(%error, "a transcript broke off");
                Err(error)
            }
        }
    });
    let headers = [
        (CONTENT_TYPE, content_type.to_owned()),
        (CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}
