//! `/agent/conversations/{id}/take-over` and what else only supervisors may do. Who asks is checked before what they ask.

use axum::extract::State;
use bonafide_protocol::agent::AgentConversation;
use bonafide_protocol::hand_over::{Assign, TakeOver};
use bonafide_protocol::id::ConversationId;

use crate::conversations::Caller;
use crate::routes::authenticate::Supervisor;
use crate::routes::extract::{Json, Path};
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// Takes a conversation over from the agent who has it. For supervisors only. Of two who try at once one gets it; the other
/// gets 409 with that one's name.
#[utoipa::path(post, path = "/agent/conversations/{id}/take-over", tag = "agent", operation_id = "takeOver",
    params(("id" = ConversationId, Path)), request_body = TakeOver, responses((status = OK, body = AgentConversation)))]
pub async fn take_over(
    State(state): State<AppState>,
    Supervisor(operator): Supervisor,
    Path(id): Path<ConversationId>,
    caller: Caller,
    Json(body): Json<TakeOver>,
) -> ApiResult<Json<AgentConversation>> {
    let agent = operator.into();
    let taken = state.conversations.take_over(&caller, &agent, &id, body);
    Ok(Json(taken.await?))
}

/// Gives a conversation that waits, or that an agent has, to an agent who is here and serves its queue. For supervisors only.
#[utoipa::path(post, path = "/agent/conversations/{id}/assign", tag = "agent", operation_id = "assignConversation",
    params(("id" = ConversationId, Path)), request_body = Assign, responses((status = OK, body = AgentConversation)))]
pub async fn assign(
    State(state): State<AppState>,
    Supervisor(operator): Supervisor,
    Path(id): Path<ConversationId>,
    caller: Caller,
    Json(body): Json<Assign>,
) -> ApiResult<Json<AgentConversation>> {
    let agent = operator.into();
    let assigned = state.conversations.assign(&caller, &agent, &id, body);
    Ok(Json(assigned.await?))
}

/// Joins the agent who has a conversation: from then on the supervisor may write in it too, under their own name. It stays with
/// that agent. For supervisors only.
#[utoipa::path(post, path = "/agent/conversations/{id}/join", tag = "agent", operation_id = "joinConversation",
    params(("id" = ConversationId, Path)), responses((status = OK, body = AgentConversation)))]
pub async fn join(
    State(state): State<AppState>,
    Supervisor(operator): Supervisor,
    Path(id): Path<ConversationId>,
    caller: Caller,
) -> ApiResult<Json<AgentConversation>> {
    let agent = operator.into();
    let joined = state.conversations.join(&caller, &agent, &id);
    Ok(Json(joined.await?))
}

/// Leaves a conversation that the supervisor joined. For supervisors only.
#[utoipa::path(post, path = "/agent/conversations/{id}/leave", tag = "agent", operation_id = "leaveConversation",
    params(("id" = ConversationId, Path)), responses((status = OK, body = AgentConversation)))]
pub async fn leave(
    State(state): State<AppState>,
    Supervisor(operator): Supervisor,
    Path(id): Path<ConversationId>,
    caller: Caller,
) -> ApiResult<Json<AgentConversation>> {
    let agent = operator.into();
    let left = state.conversations.leave(&caller, &agent, &id);
    Ok(Json(left.await?))
}
