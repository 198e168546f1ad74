//! `/operator/session`: sign in, who am I, sign out.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use bonafide_protocol::ErrorCode;
use bonafide_protocol::admin::Actor;
use bonafide_protocol::operator::{OperatorSession, SignInRequest};
use tower_sessions::Session;

use crate::conversations::Caller;
use crate::routes::authenticate::{self, Operator};
use crate::routes::client_address::ClientAddress;
use crate::routes::envelope::RequestId;
use crate::routes::extract::Json;
use crate::routes::problem::{ApiError, ApiResult};
use crate::routes::same_origin;
use crate::session_store;
use crate::state::AppState;
use crate::storage::audit::Entry;
use crate::storage::operators;

/// Signs an operator in; the cookie `bonafide_session` is in the answer.
#[utoipa::path(post, path = "/operator/session", tag = "operator", operation_id = "signIn", security(()),
    request_body = SignInRequest, responses((status = NO_CONTENT, description = "Signed in")))]
pub async fn sign_in(
    State(state): State<AppState>,
    address: ClientAddress,
    request_id: RequestId,
    session: Session,
    headers: HeaderMap,
    Json(request): Json<SignInRequest>,
) -> ApiResult<StatusCode> {
    same_origin::refuse_foreign(&headers, &state.public_url)?;
    state
        .sign_in_throttle
        .check(&request.email, address)
        .map_err(ApiError::rate_limited)?;
    let mut reader = state.storage.read().await?;
    let found = operators::find_by_email(&mut reader, request.email.trim()).await?;
    drop(reader);
    let stored = found
        .as_ref()
        .map(|operator| operator.password_hash.as_str());
    let fits = state.passwords.check(request.password, stored).await?;
    let now = state.clock.now_ms();
    let account = found.as_ref().map(|operator| operator.id.clone());
    // A disabled operator learns no more than a stranger.
    let Some(operator) = found.filter(|operator| fits && !operator.disabled) else {
        metrics::counter!("bonafide_sign_ins_total", "outcome" => "refused").increment(1);
        let mut entry = Entry::new(now, Actor::System, "operator.sign-in-refused")
            .code(ErrorCode::SignInRequired)
            .request(request_id.as_str())
            .text("address", address.0.to_string());
        // Whose account was tried. What was typed is not kept: people type passwords into the wrong field.
        if let Some(account) = account {
            entry = entry.subject(account);
        }
        state.storage.audit(entry).await?;
        return Err(ApiError::new(
            ErrorCode::SignInRequired,
            "The e-mail address or the password is wrong.",
        ));
    };
    metrics::counter!("bonafide_sign_ins_total", "outcome" => "accepted").increment(1);
    authenticate::begin_session(&session, &operator, now).await?;
    let entry = Entry::new(
        now,
        Operator::from(operator.clone()).actor(),
        "operator.signed-in",
    )
    .subject(&operator.id)
    .request(request_id.as_str())
    .text("address", address.0.to_string());
    state.storage.audit(entry).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who is signed in.
#[utoipa::path(get, path = "/operator/session", tag = "operator", operation_id = "whoAmI",
    responses((status = OK, body = OperatorSession)))]
pub async fn who_am_i(operator: Operator) -> Json<OperatorSession> {
    let Operator {
        id,
        name,
        email,
        role,
        ..
    } = operator;
    Json(OperatorSession {
        id,
        name,
        email,
        role,
    })
}

/// Signs out. Without a session there is nothing to do.
///
/// The operator's conversations wait again, unless another console of theirs is connected. What they have,
/// `GET /agent/conversations?state=active` says before.
#[utoipa::path(delete, path = "/operator/session", tag = "operator", operation_id = "signOut",
    responses((status = NO_CONTENT, description = "Signed out")))]
pub async fn sign_out(
    State(state): State<AppState>,
    session: Session,
    caller: Caller,
    operator: Result<Operator, ApiError>,
) -> ApiResult<StatusCode> {
    match &operator {
        Err(error)
            if !matches!(
                error.code(),
                ErrorCode::SignInRequired | ErrorCode::SessionExpired
            ) =>
        {
            return Err(error.clone());
        }
        _ => {}
    }
    // With an API token there is no session to end.
    let session_id = session.id();
    authenticate::end_session(&session).await?;
    if let Ok(operator) = operator
        && let Some(session_id) = session_id
    {
        state.conversations.hub.operator_changed(&operator.id);
        let key = session_store::key(&session_id);
        state
            .conversations
            .signed_out(&caller, &operator.into(), &key)
            .await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
