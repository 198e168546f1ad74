//! `POST /agent/conversations/{id}/accept`: the agent takes a conversation.

use axum::extract::State;
use bonafide_protocol::agent::AgentConversation;
use bonafide_protocol::id::ConversationId;

use crate::conversations::Caller;
use crate::routes::authenticate::Operator;
use crate::routes::extract::{Json, Path};
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// Takes a waiting conversation. Of many who try, one gets it; the others get 409 with that agent's name.
#[utoipa::path(post, path = "/agent/conversations/{id}/accept", tag = "agent", operation_id = "acceptConversation",
    params(("id" = ConversationId, Path)), responses((status = OK, body = AgentConversation)))]
pub async fn accept(
    State(state): State<AppState>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    caller: Caller,
) -> ApiResult<Json<AgentConversation>> {
    Ok(Json(
        state
            .conversations
            .accept(&caller, &operator.into(), &id)
            .await?,
    ))
}
