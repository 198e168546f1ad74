//! `POST /agent/conversations/{id}/close`: the agent ends a conversation.

use axum::extract::State;
use bonafide_protocol::agent::{AgentConversation, CloseConversation};
use bonafide_protocol::id::ConversationId;

use crate::conversations::Caller;
use crate::routes::authenticate::Operator;
use crate::routes::extract::{Json, Path};
use crate::routes::optional_json::OptionalJson;
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// Closes a conversation that the agent has, for a reason and with a note where they say so. Closing what is closed changes
/// nothing but that a reason and a note are taken, once.
#[utoipa::path(post, path = "/agent/conversations/{id}/close", tag = "agent", operation_id = "closeConversation",
    params(("id" = ConversationId, Path)), request_body(content = CloseConversation, description = "May be left out"),
    responses((status = OK, body = AgentConversation)))]
pub async fn close(
    State(state): State<AppState>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    caller: Caller,
    OptionalJson(body): OptionalJson<CloseConversation>,
) -> ApiResult<Json<AgentConversation>> {
    Ok(Json(
        state
            .conversations
            .close(&caller, &operator.into(), &id, body)
            .await?,
    ))
}
