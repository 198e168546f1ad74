//! `/operator/setup`: the first administrator of a fresh server, by the one-time link that the server printed.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use bonafide_protocol::ErrorCode;
use bonafide_protocol::admin::Actor;
use bonafide_protocol::id::OperatorId;
use bonafide_protocol::operator::{Role, SetUpRequest, SetUpState};
use tower_sessions::Session;

use crate::random;
use crate::routes::authenticate;
use crate::routes::client_address::ClientAddress;
use crate::routes::envelope::RequestId;
use crate::routes::extract::Json;
use crate::routes::problem::{ApiError, ApiResult};
use crate::routes::same_origin;
use crate::settings::{EmailAddress, Fault, Fields, Name, Password};
use crate::state::AppState;
use crate::storage::audit::{self, Entry};
use crate::storage::operators::OperatorRow;
use crate::storage::{FIRST_VERSION, operators, set_up};

/// Whether the server waits for its first administrator.
#[utoipa::path(get, path = "/operator/setup", tag = "operator", operation_id = "isSetUpNeeded", security(()),
    responses((status = OK, body = SetUpState)))]
pub async fn is_needed(State(state): State<AppState>) -> ApiResult<Json<SetUpState>> {
    let mut reader = state.storage.read().await?;
    let needed = operators::enabled_administrators(&mut reader).await? == 0;
    Ok(Json(SetUpState { needed }))
}

/// Makes the first administrator, and signs them in. The link works once.
#[utoipa::path(post, path = "/operator/setup", tag = "operator", operation_id = "setUp", security(()),
    request_body = SetUpRequest, responses((status = NO_CONTENT, description = "Set up and signed in")))]
pub async fn set_up(
    State(state): State<AppState>,
    address: ClientAddress,
    request_id: RequestId,
    session: Session,
    headers: HeaderMap,
    Json(request): Json<SetUpRequest>,
) -> ApiResult<StatusCode> {
    same_origin::refuse_foreign(&headers, &state.public_url)?;
    state
        .sign_in_throttle
        .check_set_up(address)
        .map_err(ApiError::rate_limited)?;
    let mut fields = Fields::default();
    let name = fields.take("name", Name::parse(&request.name));
    let email = fields.take("email", EmailAddress::parse(&request.email));
    let password = fields.take("password", Password::parse(request.password));
    let all = name.zip(email).zip(password);
    let ((name, email), password) = fields.finish(all).map_err(ApiError::invalid)?;
    let password_hash = state.passwords.hash(password).await?;
    let now = state.clock.now_ms();
    let operator = OperatorRow {
        id: OperatorId::from_bits(random::bits()),
        name: name.into_string(),
        email: email.into_string(),
        role: Role::Administrator,
        password_hash,
        disabled: false,
        session_epoch: 0,
        capacity: None,
        away: None,
        version: FIRST_VERSION,
        created_at: now,
    };
    let mut transaction = state.storage.write().await?;
    if operators::enabled_administrators(&mut transaction).await? > 0 {
        return Err(ApiError::conflict(
            "This server is set up already. Sign in instead.",
        ));
    }
    if !set_up::consume(
        &mut transaction,
        &random::secret_hash(request.secret.expose()),
    )
    .await?
    {
        let message = "This set-up link is not valid, or was used. The server prints a new one when it starts.";
        return Err(ApiError::new(ErrorCode::Forbidden, message));
    }
    if operators::find_by_email(&mut transaction, &operator.email)
        .await?
        .is_some()
    {
        return Err(ApiError::taken(
            "email",
            Fault::duplicate("An operator with this e-mail address exists."),
        ));
    }
    operators::insert(&mut transaction, &operator).await?;
    let entry = Entry::new(now, Actor::System, "server.set-up")
        .subject(&operator.id)
        .request(request_id.as_str())
        .text("email", &operator.email);
    audit::append(&mut transaction, entry).await?;
    transaction.commit().await?;
    authenticate::begin_session(&session, &operator, now).await?;
    Ok(StatusCode::NO_CONTENT)
}
