//! `POST /agent/accept-next`: the agent takes what is to be served next in their queues.

use axum::extract::State;
use bonafide_protocol::availability::AcceptedNext;

use crate::conversations::Caller;
use crate::routes::authenticate::Operator;
use crate::routes::extract::Json;
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// Takes the conversation that is to be served next in the agent's queues: by priority, then those that were handed back, then
/// longest wait. 409 for an agent who has as many as their capacity allows; they may still accept one that they choose.
#[utoipa::path(post, path = "/agent/accept-next", tag = "agent", operation_id = "acceptNext",
    responses((status = OK, body = AcceptedNext)))]
pub async fn accept_next(
    State(state): State<AppState>,
    operator: Operator,
    caller: Caller,
) -> ApiResult<Json<AcceptedNext>> {
    let accepted = state
        .conversations
        .accept_next(&caller, &operator.into())
        .await?;
    Ok(Json(accepted))
}
