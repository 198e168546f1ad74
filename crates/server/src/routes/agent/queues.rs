//! `GET /agent/queues`: the queues an agent serves.

use axum::extract::State;
use bonafide_protocol::Page;
use bonafide_protocol::agent::AgentQueue;
use bonafide_protocol::page::PageRequest;

use crate::routes::authenticate::Operator;
use crate::routes::extract::{Json, Paging, page};
use crate::routes::problem::ApiResult;
use crate::state::AppState;
use crate::storage::paging::After;
use crate::storage::queues;

/// The queues that the agent serves, by name.
#[utoipa::path(get, path = "/agent/queues", tag = "agent", operation_id = "listServedQueues",
    params(PageRequest), responses((status = OK, body = Page<AgentQueue>)))]
pub async fn list(
    State(state): State<AppState>,
    operator: Operator,
    paging: Paging,
) -> ApiResult<Json<Page<AgentQueue>>> {
    let mut reader = state.storage.read().await?;
    let slice =
        queues::page_served_by(&mut reader, &operator.id, &paging.after, paging.limit).await?;
    Ok(Json(page(
        slice,
        |queue| After {
            key: queue.name.to_lowercase(),
            id: queue.id.to_string(),
        },
        |queue| AgentQueue {
            id: queue.id,
            name: queue.name,
        },
    )))
}
