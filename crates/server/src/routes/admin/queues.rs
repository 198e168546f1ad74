//! `/admin/queues`: where conversations wait, and who serves them.

use axum::extract::State;
use axum::http::StatusCode;
use bonafide_protocol::Page;
use bonafide_protocol::admin::{Assignment, Queue, QueueBody};
use bonafide_protocol::id::{OperatorId, QueueId};
use bonafide_protocol::page::PageRequest;

use super::{Change, name_taken, refuse_in_use};
use crate::clock::timestamp;
use crate::random;
use crate::routes::extract::{Json, Paging, Path, page};
use crate::routes::problem::{ApiError, ApiResult};
use crate::routes::version::{BasedOn, Versioned, created};
use crate::settings::{Fault, Fields, Name, absence_seconds};
use crate::state::AppState;
use crate::storage::paging::{After, Slice};
use crate::storage::queues::{self, QueueRow};
use crate::storage::{Connection, FIRST_VERSION, operators};

/// Queues by name.
#[utoipa::path(get, path = "/admin/queues", tag = "queues", operation_id = "listQueues",
    params(PageRequest), responses((status = OK, body = Page<Queue>)))]
pub async fn list(State(state): State<AppState>, paging: Paging) -> ApiResult<Json<Page<Queue>>> {
    let mut reader = state.storage.read().await?;
    let slice = queues::page(&mut reader, &paging.after, paging.limit).await?;
    let mut rows = Vec::with_capacity(slice.rows.len());
    for row in slice.rows {
        rows.push(wire(&mut reader, row).await?);
    }
    let slice = Slice {
        rows,
        more: slice.more,
    };
    Ok(Json(page(
        slice,
        |queue| After {
            key: queue.name.to_lowercase(),
            id: queue.id.to_string(),
        },
        |queue| queue,
    )))
}

/// Makes a queue.
#[utoipa::path(post, path = "/admin/queues", tag = "queues", operation_id = "createQueue",
    request_body = QueueBody, responses((status = CREATED, body = Queue)))]
pub async fn create(
    State(state): State<AppState>,
    change: Change,
    Json(request): Json<QueueBody>,
) -> ApiResult<(StatusCode, Versioned<Queue>)> {
    let now = change.now_ms;
    let mut transaction = state.storage.write().await?;
    let Checked {
        name,
        members,
        absence_seconds,
        assignment,
    } = check(&mut transaction, request).await?;
    let row = QueueRow {
        id: QueueId::from_bits(random::bits()),
        name,
        everyone: members.is_none(),
        absence_seconds,
        assignment,
        version: FIRST_VERSION,
        created_at: now,
        updated_at: now,
    };
    queues::insert(&mut transaction, &row, members.as_deref())
        .await
        .map_err(name_taken("queue"))?;
    let queue = wire(&mut transaction, row).await?;
    change
        .audit(
            &mut transaction,
            "queue.created",
            &queue.id,
            None,
            Some(&queue),
        )
        .await?;
    transaction.commit().await?;
    state.conversations.hub.queues_changed();
    Ok(created(queue))
}

/// A queue.
#[utoipa::path(get, path = "/admin/queues/{id}", tag = "queues", operation_id = "readQueue",
    params(("id" = QueueId, Path)), responses((status = OK, body = Queue)))]
pub async fn read(
    State(state): State<AppState>,
    Path(id): Path<QueueId>,
) -> ApiResult<Versioned<Queue>> {
    let mut reader = state.storage.read().await?;
    let row = find(&mut reader, &id).await?;
    Ok(Versioned(wire(&mut reader, row).await?))
}

/// Replaces a queue.
///
/// Conversations of agents who serve it no more wait again.
#[utoipa::path(put, path = "/admin/queues/{id}", tag = "queues", operation_id = "replaceQueue",
    params(("id" = QueueId, Path)), request_body = QueueBody, responses((status = OK, body = Queue)))]
pub async fn replace(
    State(state): State<AppState>,
    change: Change,
    based_on: BasedOn,
    Path(id): Path<QueueId>,
    Json(request): Json<QueueBody>,
) -> ApiResult<Versioned<Queue>> {
    let now = change.now_ms;
    let mut transaction = state.storage.write().await?;
    let row = find(&mut transaction, &id).await?;
    let version = based_on.next(row.version)?;
    let Checked {
        name,
        members,
        absence_seconds,
        assignment,
    } = check(&mut transaction, request).await?;
    let before = wire(&mut transaction, row.clone()).await?;
    let row = QueueRow {
        name,
        everyone: members.is_none(),
        absence_seconds,
        assignment,
        version,
        updated_at: now,
        ..row
    };
    queues::update(&mut transaction, &row, members.as_deref())
        .await
        .map_err(name_taken("queue"))?;
    let after = wire(&mut transaction, row).await?;
    change
        .audit(
            &mut transaction,
            "queue.updated",
            &id,
            Some(&before),
            Some(&after),
        )
        .await?;
    let handed_back = change.hand_back(&state, &mut transaction).await?;
    transaction.commit().await?;
    state.conversations.hub.queues_changed();
    state.conversations.tell_handed_back(&handed_back);
    state.conversations.due.queue(&id);
    Ok(Versioned(after))
}

/// Deletes a queue that no work stream names and that has no open conversations.
#[utoipa::path(delete, path = "/admin/queues/{id}", tag = "queues", operation_id = "deleteQueue",
    params(("id" = QueueId, Path)), responses((status = NO_CONTENT, description = "Deleted")))]
pub async fn delete(
    State(state): State<AppState>,
    change: Change,
    based_on: BasedOn,
    Path(id): Path<QueueId>,
) -> ApiResult<StatusCode> {
    let mut transaction = state.storage.write().await?;
    let row = find(&mut transaction, &id).await?;
    let version = based_on.check(row.version)?;
    let before = wire(&mut transaction, row).await?;
    refuse_in_use("queue", "work streams", &before.used_by)?;
    let active = queues::active(&mut transaction, &id).await?;
    if before.waiting > 0 || active > 0 {
        return Err(ApiError::conflict(format!(
            "Conversations in this queue are not over: {} waiting, {active} active. It can be deleted when they are closed.",
            before.waiting
        )));
    }
    queues::delete(&mut transaction, &id, version).await?;
    change
        .audit(&mut transaction, "queue.deleted", &id, Some(&before), None)
        .await?;
    transaction.commit().await?;
    state.conversations.hub.queues_changed();
    Ok(StatusCode::NO_CONTENT)
}

async fn find(connection: &mut Connection, id: &QueueId) -> ApiResult<QueueRow> {
    queues::find(connection, id)
        .await?
        .ok_or_else(|| ApiError::not_found("queue"))
}

/// A body whose fields are allowed.
struct Checked {
    name: String,
    members: Option<Vec<OperatorId>>,
    absence_seconds: u32,
    assignment: Assignment,
}

async fn check(connection: &mut Connection, body: QueueBody) -> ApiResult<Checked> {
    let mut fields = Fields::default();
    let name = fields.take("name", Name::parse(&body.name));
    let absence = fields.take("absenceSeconds", absence_seconds(body.absence_seconds));
    let members = body.members;
    for (index, member) in members.iter().flatten().enumerate() {
        let place = format!("members[{index}]");
        if members
            .iter()
            .flatten()
            .take(index)
            .any(|earlier| earlier == member)
        {
            fields.refuse(
                place,
                Fault::duplicate("This operator is in the list twice."),
            );
        } else if operators::find(connection, member).await?.is_none() {
            fields.refuse(
                place,
                Fault::not_found("There is no operator with this id."),
            );
        }
    }
    fields
        .finish(name.zip(absence).map(|(name, absence_seconds)| Checked {
            name: name.into_string(),
            members,
            absence_seconds,
            assignment: body.assignment,
        }))
        .map_err(ApiError::invalid)
}

async fn wire(connection: &mut Connection, row: QueueRow) -> ApiResult<Queue> {
    Ok(Queue {
        members: queues::members(connection, &row).await?,
        used_by: queues::used_by(connection, &row.id).await?,
        waiting: queues::waiting(connection, &row.id).await?,
        id: row.id,
        name: row.name,
        absence_seconds: row.absence_seconds,
        assignment: row.assignment,
        version: row.version,
        created_at: timestamp(row.created_at),
        updated_at: timestamp(row.updated_at),
    })
}
