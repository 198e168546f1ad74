//! `GET /agent/conversations/{id}/events`: what happened besides what was said. No visitor sees it.

use axum::extract::State;
use bonafide_protocol::conversation_event::ConversationEvents;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::note::NumbersWanted;

use crate::routes::authenticate::Operator;
use crate::routes::extract::{Json, Path, Query};
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// At most 200 events, in order.
#[utoipa::path(get, path = "/agent/conversations/{id}/events", tag = "agent", operation_id = "readEvents",
    params(("id" = ConversationId, Path), NumbersWanted), responses((status = OK, body = ConversationEvents)))]
pub async fn read(
    State(state): State<AppState>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    Query(request): Query<NumbersWanted>,
) -> ApiResult<Json<ConversationEvents>> {
    let after = request.after.unwrap_or(0);
    let events = state
        .conversations
        .events(&operator.into(), &id, after)
        .await?;
    Ok(Json(events))
}
