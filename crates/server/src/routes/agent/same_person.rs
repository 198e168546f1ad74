//! `GET /agent/conversations/{id}/same-person`: the other conversations of the verified person.

use axum::extract::State;
use bonafide_protocol::Page;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::page::PageRequest;
use bonafide_protocol::same_person::{SamePersonConversation, SamePersonRequest};

use crate::routes::authenticate::Operator;
use crate::routes::extract::{Json, Paging, Path, Query, page};
use crate::routes::problem::{ApiError, ApiResult};
use crate::settings::Fault;
use crate::state::AppState;
use crate::storage::conversations::StartedBefore;
use crate::storage::paging::After;

/// The earlier conversations of the verified person whom this one is with, and those that run elsewhere, newest start first.
/// Empty where nobody is proved.
///
/// Whoever has the conversation, and a supervisor, learns of all of them; whoever else may read it, of those in queues that
/// they serve. What was said in another is read by its own id, where `isReadable` says that it may be.
#[utoipa::path(get, path = "/agent/conversations/{id}/same-person", tag = "agent", operation_id = "listSamePerson",
    params(("id" = ConversationId, Path), SamePersonRequest),
    responses((status = OK, body = Page<SamePersonConversation>)))]
pub async fn list(
    State(state): State<AppState>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    Query(request): Query<SamePersonRequest>,
) -> ApiResult<Json<Page<SamePersonConversation>>> {
    let Paging { after, limit } = Paging::new(&PageRequest {
        cursor: request.cursor,
        limit: request.limit.or(Some(DEFAULT_LIMIT)),
    })
    .map_err(ApiError::invalid)?;
    let before = place(after).map_err(|fault| ApiError::invalid(vec![fault.of("cursor")]))?;
    let slice = state
        .conversations
        .same_person(&operator.into(), &id, &before, limit)
        .await?;
    Ok(Json(page(
        slice,
        |(place, _)| After {
            key: place.started_at.to_string(),
            id: place.id.clone(),
        },
        |(_, item)| item,
    )))
}

/// Where a page begins: the first before all, a later one where the cursor says.
fn place(after: After) -> Result<StartedBefore, Fault> {
    if after == After::default() {
        return Ok(StartedBefore {
            started_at: i64::MAX,
            id: String::new(),
        });
    }
    let started_at = after.key.parse().map_err(|_| {
        Fault::invalid(
            "This is not a cursor of this list. Give `next` of the page before, or leave it out.",
        )
    })?;
    Ok(StartedBefore {
        started_at,
        id: after.id,
    })
}

const DEFAULT_LIMIT: u32 = 20;
