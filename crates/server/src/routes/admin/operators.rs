//! `/admin/operators`: who may sign in. At least one enabled administrator always remains.

use axum::extract::State;
use axum::http::StatusCode;
use bonafide_protocol::Page;
use bonafide_protocol::id::OperatorId;
use bonafide_protocol::operator::{NewOperator, Operator, OperatorChange, Role};
use bonafide_protocol::page::PageRequest;

use super::{Change, refuse_in_use};
use crate::clock::timestamp;
use crate::conversations::{HandedBack, availability};
use crate::random;
use crate::routes::extract::{Json, Paging, Path, page};
use crate::routes::problem::{ApiError, ApiResult};
use crate::routes::version::{BasedOn, Versioned, created};
use crate::settings::{EmailAddress, Fault, Fields, Name, Password, capacity};
use crate::state::AppState;
use crate::storage::audit;
use crate::storage::operators::{self, OperatorRow, email_key};
use crate::storage::paging::After;
use crate::storage::{Connection, FIRST_VERSION, StorageError, queues};

/// Operators by e-mail address.
#[utoipa::path(get, path = "/admin/operators", tag = "operators", operation_id = "listOperators",
    params(PageRequest), responses((status = OK, body = Page<Operator>)))]
pub async fn list(
    State(state): State<AppState>,
    paging: Paging,
) -> ApiResult<Json<Page<Operator>>> {
    let mut reader = state.storage.read().await?;
    let slice = operators::page(&mut reader, &paging.after, paging.limit).await?;
    Ok(Json(page(
        slice,
        |row| After {
            key: email_key(&row.email),
            id: row.id.to_string(),
        },
        wire,
    )))
}

/// Adds an operator.
#[utoipa::path(post, path = "/admin/operators", tag = "operators", operation_id = "createOperator",
    request_body = NewOperator, responses((status = CREATED, body = Operator)))]
pub async fn create(
    State(state): State<AppState>,
    change: Change,
    Json(request): Json<NewOperator>,
) -> ApiResult<(StatusCode, Versioned<Operator>)> {
    let mut fields = Fields::default();
    let name = fields.take("name", Name::parse(&request.name));
    let email = fields.take("email", EmailAddress::parse(&request.email));
    let password = fields.take("password", Password::parse(request.password));
    let capacity = fields.take("capacity", capacity(request.capacity));
    let (((name, email), password), capacity) = fields
        .finish(name.zip(email).zip(password).zip(capacity))
        .map_err(ApiError::invalid)?;
    let now = change.now_ms;
    let row = OperatorRow {
        id: OperatorId::from_bits(random::bits()),
        name: name.into_string(),
        email: email.into_string(),
        role: request.role,
        password_hash: state.passwords.hash(password).await?,
        disabled: false,
        session_epoch: 0,
        capacity,
        away: None,
        version: FIRST_VERSION,
        created_at: now,
    };
    let mut transaction = state.storage.write().await?;
    operators::insert(&mut transaction, &row)
        .await
        .map_err(email_taken)?;
    let operator = wire(row);
    change
        .audit(
            &mut transaction,
            "operator.created",
            &operator.id,
            None,
            Some(&operator),
        )
        .await?;
    transaction.commit().await?;
    Ok(created(operator))
}

/// An operator.
#[utoipa::path(get, path = "/admin/operators/{id}", tag = "operators", operation_id = "readOperator",
    params(("id" = OperatorId, Path)), responses((status = OK, body = Operator)))]
pub async fn read(
    State(state): State<AppState>,
    Path(id): Path<OperatorId>,
) -> ApiResult<Versioned<Operator>> {
    let mut reader = state.storage.read().await?;
    Ok(Versioned(wire(find(&mut reader, &id).await?)))
}

/// Changes an operator. A new password, or disabling, ends their sessions.
///
/// Then their conversations wait again, unless a program of theirs is still connected with an API token.
#[utoipa::path(put, path = "/admin/operators/{id}", tag = "operators", operation_id = "replaceOperator",
    params(("id" = OperatorId, Path)), request_body = OperatorChange, responses((status = OK, body = Operator)))]
pub async fn replace(
    State(state): State<AppState>,
    change: Change,
    based_on: BasedOn,
    Path(id): Path<OperatorId>,
    Json(request): Json<OperatorChange>,
) -> ApiResult<Versioned<Operator>> {
    let mut fields = Fields::default();
    let name = fields.take("name", Name::parse(&request.name));
    let password = fields.take(
        "password",
        request.password.map(Password::parse).transpose(),
    );
    let capacity = fields.take("capacity", capacity(request.capacity));
    let ((name, password), capacity) = fields
        .finish(name.zip(password).zip(capacity))
        .map_err(ApiError::invalid)?;
    let has_new_password = password.is_some();
    let password_hash = match password {
        Some(password) => Some(state.passwords.hash(password).await?),
        None => None,
    };
    let mut transaction = state.storage.write().await?;
    let before = find(&mut transaction, &id).await?;
    let version = based_on.next(before.version)?;
    let ends_sessions = has_new_password || request.disabled && !before.disabled;
    let after = OperatorRow {
        name: name.into_string(),
        role: request.role,
        disabled: request.disabled,
        capacity,
        password_hash: password_hash.unwrap_or_else(|| before.password_hash.clone()),
        session_epoch: before.session_epoch + i64::from(ends_sessions),
        version,
        ..before.clone()
    };
    operators::update(&mut transaction, &after).await?;
    keep_an_administrator(&mut transaction).await?;
    let (before, after) = (wire(before), wire(after));
    change
        .audit(
            &mut transaction,
            "operator.updated",
            &id,
            Some(&before),
            Some(&after),
        )
        .await?;
    if has_new_password {
        let entry = change
            .entry("operator.password-changed")
            .subject(&id)
            .called(&after.name);
        audit::append(&mut transaction, entry).await?;
    }
    let handed_back = change.hand_back(&state, &mut transaction).await?;
    let presence = &state.conversations.presence;
    let signed_out = if ends_sessions && !presence.has_program(&id) {
        change
            .hand_back_all_of(&state, &mut transaction, &id)
            .await?
    } else {
        HandedBack::default()
    };
    transaction.commit().await?;
    if ends_sessions {
        presence.sessions_over(&id);
    }
    state.conversations.hub.operator_changed(&id);
    // Their capacity may be another.
    state.conversations.hub.availability_changed(&id);
    state.conversations.tell_handed_back(&handed_back);
    state.conversations.tell_handed_back(&signed_out);
    state.conversations.due.agent(&id);
    Ok(Versioned(after))
}

/// Deletes an operator who has nothing to their name; others can be disabled.
#[utoipa::path(delete, path = "/admin/operators/{id}", tag = "operators", operation_id = "deleteOperator",
    params(("id" = OperatorId, Path)), responses((status = NO_CONTENT, description = "Deleted")))]
pub async fn delete(
    State(state): State<AppState>,
    change: Change,
    based_on: BasedOn,
    Path(id): Path<OperatorId>,
) -> ApiResult<StatusCode> {
    let mut transaction = state.storage.write().await?;
    let before = find(&mut transaction, &id).await?;
    let version = based_on.check(before.version)?;
    refuse_in_use(
        "operator",
        "queues",
        &queues::with_member(&mut transaction, &id).await?,
    )?;
    let active = operators::active_conversations(&mut transaction, &id).await?;
    if active > 0 {
        let detail = format!(
            "This operator has {active} active conversations. Close them first, or disable the operator."
        );
        return Err(ApiError::conflict(detail));
    }
    operators::delete(&mut transaction, &id, version).await?;
    keep_an_administrator(&mut transaction).await?;
    change
        .audit(
            &mut transaction,
            "operator.deleted",
            &id,
            Some(&wire(before)),
            None,
        )
        .await?;
    transaction.commit().await?;
    state.conversations.hub.operator_changed(&id);
    Ok(StatusCode::NO_CONTENT)
}

async fn find(connection: &mut Connection, id: &OperatorId) -> ApiResult<OperatorRow> {
    operators::find(connection, id)
        .await?
        .ok_or_else(|| ApiError::not_found("operator"))
}

/// Called after the change, in its transaction, which is undone when this refuses.
async fn keep_an_administrator(connection: &mut Connection) -> ApiResult<()> {
    if operators::enabled_administrators(connection).await? > 0 {
        return Ok(());
    }
    Err(ApiError::conflict(
        "This is the last administrator who can sign in. Add another first.",
    ))
}

fn email_taken(error: StorageError) -> ApiError {
    match error {
        StorageError::Taken => {
            let message =
                "Another operator has this e-mail address; upper and lower case are the same.";
            ApiError::taken("email", Fault::duplicate(message))
        }
        error => error.into(),
    }
}

fn wire(row: OperatorRow) -> Operator {
    let OperatorRow {
        id,
        name,
        email,
        role,
        disabled,
        capacity,
        away,
        version,
        created_at,
        ..
    } = row;
    let role: Role = role;
    Operator {
        id,
        name,
        email,
        role,
        disabled,
        capacity,
        availability: availability::wire(away),
        version,
        created_at: timestamp(created_at),
    }
}
