//! `POST /agent/conversations/{id}/close`: the agent ends a conversation.

use axum::extract::State;
use bonafide_protocol::agent::AgentConversation;
use bonafide_protocol::id::ConversationId;

use crate::conversations::Caller;
use crate::routes::authenticate::Operator;
use crate::routes::extract::{Json, Path};
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// Closes a conversation that the agent has. Closing what is closed changes nothing.
#[utoipa::path(post, path = "/agent/conversations/{id}/close", tag = "agent", operation_id = "closeConversation",
    params(("id" = ConversationId, Path)), responses((status = OK, body = AgentConversation)))]
pub async fn close(
    State(state): State<AppState>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    caller: Caller,
) -> ApiResult<Json<AgentConversation>> {
    Ok(Json(
        state
            .conversations
            .close(&caller, &operator.into(), &id)
            .await?,
    ))
}
