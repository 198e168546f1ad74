//! `GET /conversations/{id}/socket`: what happens in a conversation, as it happens.

use axum::extract::State;
use axum::response::Response;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::socket::{VisitorEvent, VisitorFrame};

use crate::realtime::handshake::Handshake;
use crate::realtime::visitor;
use crate::routes::envelope::RequestId;
use crate::routes::extract::Path;
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// A WebSocket. Its first frame is a `VisitorFrame` `hello` with the session's secret; the server sends
/// `VisitorEvent`s. The page's origin is checked before this.
#[utoipa::path(get, path = "/conversations/{id}/socket", tag = "visitor", operation_id = "visitorSocket",
    security(()), params(("id" = ConversationId, Path)),
    responses((status = SWITCHING_PROTOCOLS, description = "A WebSocket: `VisitorFrame`s in, `VisitorEvent`s out")))]
pub async fn socket(
    State(state): State<AppState>,
    Path(id): Path<ConversationId>,
    request_id: RequestId,
    handshake: Handshake,
) -> ApiResult<Response> {
    Ok(handshake.accept(move |connection| visitor::serve(state, connection, id, request_id)))
}

/// The frames, for `openapi.json`.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(VisitorFrame, VisitorEvent)))]
pub(crate) struct Frames;
