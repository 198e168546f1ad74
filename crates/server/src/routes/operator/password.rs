//! `/operator/password`: whoever is signed in chooses another password. An administrator can set anybody's, under operators.

use axum::extract::State;
use axum::http::StatusCode;
use bonafide_protocol::ErrorCode;
use bonafide_protocol::operator::PasswordChange;
use tower_sessions::Session;

use crate::routes::authenticate::{self, Operator};
use crate::routes::client_address::ClientAddress;
use crate::routes::envelope::RequestId;
use crate::routes::extract::Json;
use crate::routes::problem::{ApiError, ApiResult};
use crate::settings::{Fault, Fields, Password};
use crate::state::AppState;
use crate::storage::audit::{self, Entry};
use crate::storage::operators::{self, OperatorRow};

/// Changes the password of whoever is signed in. All other sessions of theirs are over; this one goes on.
#[utoipa::path(put, path = "/operator/password", tag = "operator", operation_id = "changePassword",
    security(("session" = [])), request_body = PasswordChange,
    responses((status = NO_CONTENT, description = "Changed")))]
pub async fn change(
    State(state): State<AppState>,
    operator: Operator,
    by: authenticate::SignedInBy,
    address: ClientAddress,
    request_id: RequestId,
    session: Session,
    Json(request): Json<PasswordChange>,
) -> ApiResult<StatusCode> {
    if by == authenticate::SignedInBy::ApiToken {
        return Err(ApiError::new(
            ErrorCode::Forbidden,
            "An API token cannot change a password: sign in, or let an administrator set one.",
        ));
    }
    let mut fields = Fields::default();
    let password = fields.take("password", Password::parse(request.password));
    let password = fields.finish(password).map_err(ApiError::invalid)?;
    // Whoever finds a console open could try passwords.
    state
        .sign_in_throttle
        .check(&operator.email, address)
        .map_err(ApiError::rate_limited)?;
    let mut reader = state.storage.read().await?;
    let stored = operators::find(&mut reader, &operator.id).await?;
    drop(reader);
    let stored = stored.ok_or_else(session_over)?;
    if !(state.passwords)
        .check(request.current, Some(&stored.password_hash))
        .await?
    {
        let fault = Fault::invalid("This is not your password now.");
        return Err(ApiError::invalid(vec![fault.of("current")]));
    }
    let hash = state.passwords.hash(password).await?;
    let now = state.clock.now_ms();
    let mut transaction = state.storage.write().await?;
    // Hashing takes its time: whoever reset the password meanwhile, or disabled the operator, has the last word.
    let row = operators::find(&mut transaction, &operator.id)
        .await?
        .filter(|row| !row.disabled && row.password_hash == stored.password_hash)
        .filter(|row| row.session_epoch == stored.session_epoch)
        .ok_or_else(session_over)?;
    operators::set_password(&mut transaction, &operator.id, &hash).await?;
    let row = OperatorRow {
        session_epoch: row.session_epoch + 1,
        ..row
    };
    let entry = Entry::new(now, operator.actor(), "operator.password-changed")
        .subject(&operator.id)
        .called(&operator.name)
        .request(request_id.as_str())
        .text("address", address.0.to_string());
    audit::append(&mut transaction, entry).await?;
    transaction.commit().await?;
    // This session is replaced first: a console that is told before would ask with a cookie that is over.
    let replaced = authenticate::replace_session(&session, &state, &row, now).await;
    state.conversations.hub.operator_changed(&operator.id);
    replaced?;
    Ok(StatusCode::NO_CONTENT)
}

fn session_over() -> ApiError {
    ApiError::new(
        ErrorCode::SessionExpired,
        "The session is over: your account was changed meanwhile. Sign in again.",
    )
}
