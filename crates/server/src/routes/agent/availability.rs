//! `/agent/availability`: an agent says that they are here, or away. `GET /agent/colleagues`: who else is.

use axum::extract::State;
use bonafide_protocol::Page;
use bonafide_protocol::availability::{AvailabilityChange, Colleague};
use bonafide_protocol::page::PageRequest;

use crate::conversations::Caller;
use crate::routes::authenticate::Operator;
use crate::routes::extract::{Json, Paging, page};
use crate::routes::problem::ApiResult;
use crate::state::AppState;
use crate::storage::paging::After;

/// The agent as their colleagues see them.
#[utoipa::path(get, path = "/agent/availability", tag = "agent", operation_id = "readAvailability",
    responses((status = OK, body = Colleague)))]
pub async fn read(State(state): State<AppState>, operator: Operator) -> ApiResult<Json<Colleague>> {
    let own = state.conversations.availability(&operator.into()).await?;
    Ok(Json(own))
}

/// The agent is here, or away. It stands until they say something else, also when they sign out.
///
/// Nothing is pushed to an agent who is away. They keep what they have, and may still take more by hand.
#[utoipa::path(put, path = "/agent/availability", tag = "agent", operation_id = "setAvailability",
    request_body = AvailabilityChange, responses((status = OK, body = Colleague)))]
pub async fn set(
    State(state): State<AppState>,
    operator: Operator,
    caller: Caller,
    Json(change): Json<AvailabilityChange>,
) -> ApiResult<Json<Colleague>> {
    let agent = operator.into();
    let own = state
        .conversations
        .set_availability(&caller, &agent, change)
        .await?;
    Ok(Json(own))
}

/// The agent and those who serve a queue together with them, by name.
#[utoipa::path(get, path = "/agent/colleagues", tag = "agent", operation_id = "listColleagues",
    params(PageRequest), responses((status = OK, body = Page<Colleague>)))]
pub async fn colleagues(
    State(state): State<AppState>,
    operator: Operator,
    paging: Paging,
) -> ApiResult<Json<Page<Colleague>>> {
    let agent = operator.into();
    let slice = state
        .conversations
        .colleagues(&agent, &paging.after, paging.limit)
        .await?;
    Ok(Json(page(
        slice,
        |colleague| After {
            key: colleague.name.clone(),
            id: colleague.id.to_string(),
        },
        |colleague| colleague,
    )))
}
