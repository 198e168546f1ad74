//! Which operator a request is from: by session cookie or API token, read anew with every request, so that a role or
//! account that was taken away is gone at once.

use std::collections::HashMap;
use std::time::Duration;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use bonafide_protocol::ErrorCode;
use bonafide_protocol::admin::Actor;
use bonafide_protocol::id::OperatorId;
use bonafide_protocol::operator::Role;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower_sessions::cookie::time::Duration as CookieDuration;
use tower_sessions::session::Record;
use tower_sessions::{Session, SessionStore as _};

use super::problem::{ApiError, ApiResult};
use super::same_origin;
use crate::random;
use crate::realtime::presence::OpenedBy;
use crate::session_store::{self, OperatorSessions};
use crate::state::AppState;
use crate::storage::operators::OperatorRow;
use crate::storage::{api_tokens, operators};

/// Name of the session's cookie.
pub const COOKIE: &str = "bonafide_session";
/// What an API token begins with, so that leaked ones can be searched for.
pub const API_TOKEN_PREFIX: &str = "bft_";
/// A session ends when it is not used for this long: a working day, not a night.
pub const IDLE: CookieDuration = CookieDuration::hours(12);
/// A session ends this long after the sign-in, however busy.
const ABSOLUTE: Duration = Duration::from_hours(7 * 24);
/// How old the note of a session's last use may be: writing it with each request would cost a disk write each.
const TOUCH_AFTER: Duration = Duration::from_mins(5);
/// Key of [`SignedIn`] in a session.
const SIGNED_IN: &str = "signed-in";

/// A signed-in operator, of any role.
#[derive(Clone, Debug)]
pub struct Operator {
    /// Who.
    pub id: OperatorId,
    /// Name to show.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Role, as it is now.
    pub role: Role,
    /// Whether a program asks with an API token, and not a person who signed in.
    pub is_program: bool,
}

/// A signed-in administrator.
#[derive(Clone, Debug)]
pub struct Administrator(pub Operator);

/// A signed-in supervisor. An administrator is none: settings are no reason to read what others are told.
#[derive(Clone, Debug)]
pub struct Supervisor(pub Operator);

/// What a session remembers.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct SignedIn {
    operator: OperatorId,
    epoch: i64,
    at: i64,
    seen: i64,
}

impl Operator {
    /// As the audit names them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Operator {
            id: self.id.clone(),
            name: self.name.clone(),
        }
    }
}

impl Administrator {
    /// As the audit names them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.0.actor()
    }
}

impl Supervisor {
    /// Refuses everybody who is none.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn check(operator: &Operator) -> ApiResult<()> {
        match operator.role {
            Role::Supervisor => Ok(()),
            Role::Administrator | Role::Agent => Err(ApiError::new(
                ErrorCode::Forbidden,
                "Only supervisors may do this. An administrator can give you that role.",
            )),
        }
    }
}

impl From<OperatorRow> for Operator {
    fn from(row: OperatorRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            email: row.email,
            role: row.role,
            is_program: false,
        }
    }
}

impl FromRequestParts<AppState> for Operator {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        if let Some(operator) = parts.extensions.get::<Self>() {
            return Ok(operator.clone());
        }
        let operator = match bearer(parts) {
            Some(token) => by_token(token, state).await?,
            None => by_session(parts, state).await?,
        };
        parts.extensions.insert(operator.clone());
        Ok(operator)
    }
}

impl FromRequestParts<AppState> for Administrator {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let operator = Operator::from_request_parts(parts, state).await?;
        match operator.role {
            Role::Administrator => Ok(Self(operator)),
            Role::Agent | Role::Supervisor => Err(ApiError::new(
                ErrorCode::Forbidden,
                "Only administrators may do this.",
            )),
        }
    }
}

impl FromRequestParts<AppState> for Supervisor {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let operator = Operator::from_request_parts(parts, state).await?;
        Self::check(&operator)?;
        Ok(Self(operator))
    }
}

/// Middleware: nobody but administrators gets past. Around all administrators' routes, so that a route whose handler
/// forgets to ask is closed all the same.
///
/// # Errors
/// As [`Administrator`]'s extraction.
pub async fn require_administrator(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> ApiResult<Response> {
    let (mut parts, body) = request.into_parts();
    Administrator::from_request_parts(&mut parts, &state).await?;
    Ok(next.run(Request::from_parts(parts, body)).await)
}

/// Middleware: nobody but operators gets past. Around all agents' routes.
///
/// # Errors
/// As [`Operator`]'s extraction.
pub async fn require_operator(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> ApiResult<Response> {
    let (mut parts, body) = request.into_parts();
    Operator::from_request_parts(&mut parts, &state).await?;
    Ok(next.run(Request::from_parts(parts, body)).await)
}

/// Begins a session for an operator who proved who they are. The session gets a new id, so that one planted before
/// the sign-in opens nothing.
///
/// # Errors
/// When it cannot be stored.
pub async fn begin_session(
    session: &Session,
    operator: &OperatorRow,
    now_ms: i64,
) -> ApiResult<()> {
    let signed_in = SignedIn {
        operator: operator.id.clone(),
        epoch: operator.session_epoch,
        at: now_ms,
        seen: now_ms,
    };
    session.clear().await;
    session.cycle_id().await.map_err(session_failed)?;
    session
        .insert(SIGNED_IN, signed_in)
        .await
        .map_err(session_failed)?;
    session.save().await.map_err(session_failed)
}

/// As [`begin_session`], in place of the session that the request is with. That one stays stored, and opens nothing: its epoch
/// is over. Were it gone, the answer to whoever still asks with it would take the cookie of the new one away.
///
/// # Errors
/// When it cannot be stored.
pub async fn replace_session(
    session: &Session,
    state: &AppState,
    operator: &OperatorRow,
    now_ms: i64,
) -> ApiResult<()> {
    let id = session.id();
    let over: Option<Value> = session.get(SIGNED_IN).await.map_err(session_failed)?;
    begin_session(session, operator, now_ms).await?;
    if let (Some(id), Some(over)) = (id, over) {
        let mut record = Record {
            id,
            data: HashMap::from([(SIGNED_IN.to_owned(), over)]),
            expiry_date: session.expiry_date(),
        };
        OperatorSessions::new(state.storage.clone(), state.clock.clone())
            .create(&mut record)
            .await
            .map_err(|error| session_failed(error.into()))?;
    }
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// When it cannot be deleted.
pub async fn end_session(session: &Session) -> ApiResult<()> {
    if session.id().is_none() {
        return Ok(());
    }
    session.flush().await.map_err(session_failed)
}

/// What opened a socket of an operator whose request this is.
pub(crate) fn opened_by(parts: &Parts) -> OpenedBy {
    let session = parts.extensions.get::<Session>().and_then(Session::id);
    match (bearer(parts), session) {
        (None, Some(id)) => OpenedBy::Session(session_store::key(&id)),
        _ => OpenedBy::ApiToken,
    }
}

/// With what a request says who it is from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SignedInBy {
    /// A person's session.
    Session,
    /// A program's token.
    ApiToken,
}

impl<S: Sync> FromRequestParts<S> for SignedInBy {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(if is_by_token(parts) {
            Self::ApiToken
        } else {
            Self::Session
        })
    }
}

/// Whether a request is a program's: with an API token, not a session.
pub(super) fn is_by_token(parts: &Parts) -> bool {
    bearer(parts).is_some()
}

fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn by_token(token: &str, state: &AppState) -> ApiResult<Operator> {
    let mut reader = state.storage.read().await?;
    let row = api_tokens::operator_of(&mut reader, &random::secret_hash(token)).await?;
    match row {
        Some(row) if !row.disabled => Ok(Operator {
            is_program: true,
            ..row.into()
        }),
        _ => Err(ApiError::new(
            ErrorCode::SignInRequired,
            "This API token is not valid.",
        )),
    }
}

async fn by_session(parts: &mut Parts, state: &AppState) -> ApiResult<Operator> {
    let session = Session::from_request_parts(parts, state)
        .await
        .map_err(|(_, message)| ApiError::internal(message))?;
    let signed_in: Option<SignedIn> = session.get(SIGNED_IN).await.map_err(session_failed)?;
    let Some(mut signed_in) = signed_in else {
        return Err(ApiError::new(ErrorCode::SignInRequired, "Sign in first."));
    };
    same_origin::require(parts, &state.public_url)?;
    let now = state.clock.now_ms();
    let mut reader = state.storage.read().await?;
    let row = operators::find(&mut reader, &signed_in.operator).await?;
    drop(reader);
    let row = row.filter(|row| !row.disabled && row.session_epoch == signed_in.epoch);
    let Some(row) = row.filter(|_| !is_past(signed_in.at, ABSOLUTE, now)) else {
        // It stays stored until it is idle for long enough, so that each request gets the same answer.
        return Err(ApiError::new(
            ErrorCode::SessionExpired,
            "The session is over. Sign in again.",
        ));
    };
    if is_past(signed_in.seen, TOUCH_AFTER, now) {
        // A changed session is stored again, with a new expiry.
        signed_in.seen = now;
        session
            .insert(SIGNED_IN, signed_in)
            .await
            .map_err(session_failed)?;
    }
    Ok(row.into())
}

fn is_past(since_ms: i64, age: Duration, now_ms: i64) -> bool {
    let age = i64::try_from(age.as_millis()).unwrap_or(i64::MAX);
    now_ms.saturating_sub(since_ms) >= age
}

fn session_failed(error: tower_sessions::session::Error) -> ApiError {
    ApiError::new(
        ErrorCode::Unavailable,
        "The session cannot be read or stored now. Try again.",
    )
    .with_cause(error)
}
