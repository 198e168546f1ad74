//! `GET /agent/socket`: what happens in the agent's queues and conversations, as it happens.

use axum::extract::{FromRequestParts as _, Request, State};
use axum::response::Response;
use bonafide_protocol::socket::{AgentEvent, AgentFrame};

use crate::realtime::agent;
use crate::realtime::handshake::Handshake;
use crate::routes::authenticate::Operator;
use crate::routes::client_address::KeptBack;
use crate::routes::envelope::RequestId;
use crate::routes::problem::ApiResult;
use crate::routes::same_origin;
use crate::state::AppState;

/// A WebSocket, opened by the console's cookie from the console's own origin. The agent's side sends
/// `AgentFrame`s, the server `AgentEvent`s.
#[utoipa::path(get, path = "/agent/socket", tag = "agent", operation_id = "agentSocket",
    responses((status = SWITCHING_PROTOCOLS, description = "A WebSocket: `AgentFrame`s in, `AgentEvent`s out")))]
pub async fn socket(
    State(state): State<AppState>,
    operator: Operator,
    request_id: RequestId,
    request: Request,
) -> ApiResult<Response> {
    // An open socket would keep for good what probes and operators share. The console asks again meanwhile.
    KeptBack::refuse(request.extensions())?;
    let (mut parts, _) = request.into_parts();
    same_origin::require_for_socket(&parts, &state.public_url)?;
    let handshake = Handshake::from_request_parts(&mut parts, &state).await?;
    // The cookie or token goes along, so that the socket can ask again whether it still opens anything.
    Ok(handshake
        .accept(move |connection| agent::serve(state, connection, operator, parts, request_id)))
}

/// The frames, for `openapi.json`.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(AgentFrame, AgentEvent)))]
pub(crate) struct Frames;
