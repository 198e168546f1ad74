//! `/agent/conversations/{id}/hand-over` and what goes with it: an agent gives a conversation of theirs on.

use axum::extract::State;
use bonafide_protocol::agent::AgentConversation;
use bonafide_protocol::hand_over::{Colleagues, HandBack, HandOver};
use bonafide_protocol::id::ConversationId;

use crate::conversations::Caller;
use crate::routes::authenticate::Operator;
use crate::routes::extract::{Json, Path};
use crate::routes::optional_json::OptionalJson;
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// To whom a conversation can be handed over: the colleagues who serve its queue, and all queues, with who is there.
#[utoipa::path(get, path = "/agent/conversations/{id}/colleagues", tag = "agent", operation_id = "listHandOverTargets",
    params(("id" = ConversationId, Path)), responses((status = OK, body = Colleagues)))]
pub async fn colleagues(
    State(state): State<AppState>,
    operator: Operator,
    Path(id): Path<ConversationId>,
) -> ApiResult<Json<Colleagues>> {
    let agent = operator.into();
    let colleagues = state.conversations.hand_over_targets(&agent, &id);
    Ok(Json(colleagues.await?))
}

/// Puts a conversation of the agent's into a queue, or offers it to a colleague who is here and serves its queue.
///
/// In the queue it waits before the others of its priority, with all that was said and noted. An offer ends when the colleague
/// accepts (`…/accept`) or declines it, when it is withdrawn, after 2 minutes, or when the conversation ends or waits again;
/// until they accept, it stays with the agent.
#[utoipa::path(post, path = "/agent/conversations/{id}/hand-over", tag = "agent", operation_id = "handOver",
    params(("id" = ConversationId, Path)), request_body = HandOver, responses((status = OK, body = AgentConversation)))]
pub async fn hand_over(
    State(state): State<AppState>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    caller: Caller,
    Json(body): Json<HandOver>,
) -> ApiResult<Json<AgentConversation>> {
    let agent = operator.into();
    let handed_over = state.conversations.hand_over(&caller, &agent, &id, body);
    Ok(Json(handed_over.await?))
}

/// Gives a conversation back to whom it came from: offers it to that colleague; where they are not here, or do not serve its
/// queue, it waits in the queue that it came from.
#[utoipa::path(post, path = "/agent/conversations/{id}/hand-back", tag = "agent", operation_id = "handBack",
    params(("id" = ConversationId, Path)), request_body(content = HandBack, description = "May be left out"),
    responses((status = OK, body = AgentConversation)))]
pub async fn hand_back(
    State(state): State<AppState>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    caller: Caller,
    OptionalJson(body): OptionalJson<HandBack>,
) -> ApiResult<Json<AgentConversation>> {
    let agent = operator.into();
    let given_back = state.conversations.give_back(&caller, &agent, &id, body);
    Ok(Json(given_back.await?))
}

/// Declines what is offered to the agent: it stays with who has it.
#[utoipa::path(post, path = "/agent/conversations/{id}/decline", tag = "agent", operation_id = "declineOffer",
    params(("id" = ConversationId, Path)), responses((status = OK, body = AgentConversation)))]
pub async fn decline(
    State(state): State<AppState>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    caller: Caller,
) -> ApiResult<Json<AgentConversation>> {
    let agent = operator.into();
    let declined = state.conversations.decline(&caller, &agent, &id);
    Ok(Json(declined.await?))
}

/// Withdraws the offer of a conversation of the agent's. Where none is left nothing changes.
#[utoipa::path(post, path = "/agent/conversations/{id}/withdraw", tag = "agent", operation_id = "withdrawOffer",
    params(("id" = ConversationId, Path)), responses((status = OK, body = AgentConversation)))]
pub async fn withdraw(
    State(state): State<AppState>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    caller: Caller,
) -> ApiResult<Json<AgentConversation>> {
    let agent = operator.into();
    let withdrawn = state.conversations.withdraw(&caller, &agent, &id);
    Ok(Json(withdrawn.await?))
}
