//! `/admin/work-streams`: which context variables a conversation may bring, and which queue it goes to.

use axum::extract::State;
use axum::http::StatusCode;
use bonafide_protocol::Page;
use bonafide_protocol::admin::{WorkStream, WorkStreamBody};
use bonafide_protocol::id::WorkStreamId;
use bonafide_protocol::page::PageRequest;

use super::work_stream_closing::check_closing;
use super::work_stream_rules::{check_rules, check_variables};
use super::{Change, name_taken, refuse_in_use};
use crate::clock::timestamp;
use crate::domain::possible::Work;
use crate::domain::rule_warnings::{self, MOST_WORK};
use crate::random;
use crate::routes::extract::{Json, Paging, Path, page};
use crate::routes::problem::{ApiError, ApiResult};
use crate::routes::version::{BasedOn, Versioned, created};
use crate::settings::{Fault, Fields, Name};
use crate::state::AppState;
use crate::storage::paging::{After, Slice};
use crate::storage::work_streams::{self, WorkStreamRow};
use crate::storage::{Connection, FIRST_VERSION, queues};

/// Work streams by name.
#[utoipa::path(get, path = "/admin/work-streams", tag = "work-streams", operation_id = "listWorkStreams",
    params(PageRequest), responses((status = OK, body = Page<WorkStream>)))]
pub async fn list(
    State(state): State<AppState>,
    paging: Paging,
) -> ApiResult<Json<Page<WorkStream>>> {
    let mut reader = state.storage.read().await?;
    let slice = work_streams::page(&mut reader, &paging.after, paging.limit).await?;
    let mut rows = Vec::with_capacity(slice.rows.len());
    for row in slice.rows {
        rows.push(wire(&mut reader, row).await?);
    }
    drop(reader);
    warn(&mut rows).await;
    let slice = Slice {
        rows,
        more: slice.more,
    };
    Ok(Json(page(
        slice,
        |row| After {
            key: row.name.to_lowercase(),
            id: row.id.to_string(),
        },
        |row| row,
    )))
}

/// Makes a work stream.
#[utoipa::path(post, path = "/admin/work-streams", tag = "work-streams", operation_id = "createWorkStream",
    request_body = WorkStreamBody, responses((status = CREATED, body = WorkStream)))]
pub async fn create(
    State(state): State<AppState>,
    change: Change,
    Json(request): Json<WorkStreamBody>,
) -> ApiResult<(StatusCode, Versioned<WorkStream>)> {
    let now = change.now_ms;
    let mut transaction = state.storage.write().await?;
    let row = check(
        &mut transaction,
        request,
        WorkStreamId::from_bits(random::bits()),
        FIRST_VERSION,
        now,
        now,
    )
    .await?;
    work_streams::insert(&mut transaction, &row)
        .await
        .map_err(name_taken("work stream"))?;
    let work_stream = wire(&mut transaction, row).await?;
    change
        .audit(
            &mut transaction,
            "work-stream.created",
            &work_stream.id,
            None,
            Some(&work_stream),
        )
        .await?;
    transaction.commit().await?;
    Ok(created(with_warnings(work_stream).await))
}

/// A work stream.
#[utoipa::path(get, path = "/admin/work-streams/{id}", tag = "work-streams", operation_id = "readWorkStream",
    params(("id" = WorkStreamId, Path)), responses((status = OK, body = WorkStream)))]
pub async fn read(
    State(state): State<AppState>,
    Path(id): Path<WorkStreamId>,
) -> ApiResult<Versioned<WorkStream>> {
    let mut reader = state.storage.read().await?;
    let row = find(&mut reader, &id).await?;
    let work_stream = wire(&mut reader, row).await?;
    drop(reader);
    Ok(Versioned(with_warnings(work_stream).await))
}

/// Replaces a work stream. Conversations under way stay where they are.
#[utoipa::path(put, path = "/admin/work-streams/{id}", tag = "work-streams", operation_id = "replaceWorkStream",
    params(("id" = WorkStreamId, Path)), request_body = WorkStreamBody,
    responses((status = OK, body = WorkStream)))]
pub async fn replace(
    State(state): State<AppState>,
    change: Change,
    based_on: BasedOn,
    Path(id): Path<WorkStreamId>,
    Json(request): Json<WorkStreamBody>,
) -> ApiResult<Versioned<WorkStream>> {
    let now = change.now_ms;
    let mut transaction = state.storage.write().await?;
    let row = find(&mut transaction, &id).await?;
    let (version, created_at) = (based_on.next(row.version)?, row.created_at);
    let before = wire(&mut transaction, row).await?;
    let row = check(&mut transaction, request, id, version, created_at, now).await?;
    work_streams::update(&mut transaction, &row)
        .await
        .map_err(name_taken("work stream"))?;
    let after = wire(&mut transaction, row).await?;
    change
        .audit(
            &mut transaction,
            "work-stream.updated",
            &after.id,
            Some(&before),
            Some(&after),
        )
        .await?;
    transaction.commit().await?;
    Ok(Versioned(with_warnings(after).await))
}

/// Deletes a work stream that no chat widget uses.
#[utoipa::path(delete, path = "/admin/work-streams/{id}", tag = "work-streams", operation_id = "deleteWorkStream",
    params(("id" = WorkStreamId, Path)), responses((status = NO_CONTENT, description = "Deleted")))]
pub async fn delete(
    State(state): State<AppState>,
    change: Change,
    based_on: BasedOn,
    Path(id): Path<WorkStreamId>,
) -> ApiResult<StatusCode> {
    let mut transaction = state.storage.write().await?;
    let row = find(&mut transaction, &id).await?;
    let version = based_on.check(row.version)?;
    let before = wire(&mut transaction, row).await?;
    refuse_in_use("work stream", "chat widgets", &before.used_by)?;
    work_streams::delete(&mut transaction, &id, version).await?;
    change
        .audit(
            &mut transaction,
            "work-stream.deleted",
            &id,
            Some(&before),
            None,
        )
        .await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn find(connection: &mut Connection, id: &WorkStreamId) -> ApiResult<WorkStreamRow> {
    work_streams::find(connection, id)
        .await?
        .ok_or_else(|| ApiError::not_found("work stream"))
}

async fn check(
    connection: &mut Connection,
    body: WorkStreamBody,
    id: WorkStreamId,
    version: i64,
    created_at: i64,
    updated_at: i64,
) -> ApiResult<WorkStreamRow> {
    let mut fields = Fields::default();
    let name = fields.take("name", Name::parse(&body.name));
    check_variables(&body.context_variables, &mut fields);
    let rules = check_rules(body.rules, &body.context_variables, &mut fields);
    let closing_reasons = check_closing(
        &body.closing_reasons,
        body.closing_reason_required,
        &mut fields,
    );
    let row = name.map(|name| WorkStreamRow {
        id,
        name: name.into_string(),
        context_variables: body.context_variables,
        rules,
        fallback_queue: body.fallback_queue,
        resume: body.resume,
        closing_reasons,
        closing_reason_required: body.closing_reason_required,
        version,
        created_at,
        updated_at,
    });
    if let Some(row) = &row {
        let places = row
            .rules
            .iter()
            .enumerate()
            .map(|(index, rule)| (format!("rules[{index}].queue"), &rule.queue));
        for (place, queue) in places.chain([("fallbackQueue".to_owned(), &row.fallback_queue)]) {
            if queues::find(connection, queue).await?.is_none() {
                fields.refuse(place, Fault::not_found("There is no queue with this id."));
            }
        }
    }
    fields.finish(row).map_err(ApiError::invalid)
}

/// With the warnings of its rules.
async fn with_warnings(mut work_stream: WorkStream) -> WorkStream {
    warn(std::slice::from_mut(&mut work_stream)).await;
    work_stream
}

/// Adds the warnings of their rules, with a bounded amount of work for all together. Neither a transaction nor a connection waits
/// for it. What was stored is not said to have failed because nothing could be said of its rules.
async fn warn(work_streams: &mut [WorkStream]) {
    let rules = |one: &WorkStream| (one.rules.clone(), one.context_variables.clone());
    let all: Vec<_> = work_streams.iter().map(rules).collect();
    let judging = tokio::task::spawn_blocking(move || {
        let mut work = Work::new(MOST_WORK);
        let warnings = |(rules, variables): &(_, Vec<_>)| {
            let rules: &Vec<_> = rules;
            rule_warnings::warnings(rules, variables, &mut work)
        };
        all.iter().map(warnings).collect::<Vec<_>>()
    });
    match judging.await {
        Ok(found) => {
            for (work_stream, warnings) in work_streams.iter_mut().zip(found) {
                work_stream.warnings = warnings;
            }
        }
        Err(error) => tracing::error!(%error, "routing rules could not be judged"),
    }
}

/// Without the warnings, which no change is about.
async fn wire(connection: &mut Connection, row: WorkStreamRow) -> ApiResult<WorkStream> {
    Ok(WorkStream {
        used_by: work_streams::used_by(connection, &row.id).await?,
        warnings: Vec::new(),
        id: row.id,
        name: row.name,
        context_variables: row.context_variables,
        rules: row.rules,
        fallback_queue: row.fallback_queue,
        resume: row.resume,
        closing_reasons: row.closing_reasons,
        closing_reason_required: row.closing_reason_required,
        version: row.version,
        created_at: timestamp(row.created_at),
        updated_at: timestamp(row.updated_at),
    })
}
