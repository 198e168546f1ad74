//! Every error answer: one code of the closed set, one sentence, one request id (RFC 9457).

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use bonafide_protocol::{ErrorCode, FieldError, Problem};

use crate::passwords::PasswordError;
use crate::settings::Fault;
use crate::storage::StorageError;

/// Why a request is refused or failed. Becomes a [`Problem`] when [`super::envelope`] adds the request id.
#[derive(Clone, Debug)]
pub struct ApiError {
    code: ErrorCode,
    detail: String,
    fields: Vec<FieldError>,
    retry_after: Option<Duration>,
    /// For the log only; the client is never told.
    cause: Option<Arc<dyn Error + Send + Sync>>,
}

/// What handlers return.
pub type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// `detail` says in a sentence what happened this time; the client sees it.
    #[must_use]
    pub fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            fields: Vec::new(),
            retry_after: None,
            cause: None,
        }
    }

    /// Fields are wrong.
    #[must_use]
    pub fn invalid(fields: Vec<FieldError>) -> Self {
        let detail = match fields.as_slice() {
            [field] if field.name.is_empty() => field.message.clone(),
            [field] => format!("{}: {}", field.name, field.message),
            fields => format!("{} fields are wrong.", fields.len()),
        };
        Self {
            fields,
            ..Self::new(ErrorCode::InvalidRequest, detail)
        }
    }

    /// There is no such resource; `what` is its kind, for example `queue`.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Self::new(ErrorCode::NotFound, format!("There is no such {what}."))
    }

    /// The state does not allow it; the sentence names what is in the way.
    #[must_use]
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(ErrorCode::Conflict, detail)
    }

    /// Another record has a field's value already.
    #[must_use]
    pub fn taken(name: &str, fault: Fault) -> Self {
        let detail = fault.message.clone();
        Self {
            fields: vec![fault.of(name)],
            ..Self::new(ErrorCode::Conflict, detail)
        }
    }

    /// Too many requests.
    #[must_use]
    pub fn rate_limited(wait: Duration) -> Self {
        let seconds = whole_seconds(wait);
        Self {
            retry_after: Some(wait),
            ..Self::new(
                ErrorCode::RateLimited,
                format!("Too many requests. Try again in {seconds} s."),
            )
        }
    }

    /// Tells the client when to come back.
    #[must_use]
    pub fn retry_in(self, wait: Duration) -> Self {
        Self {
            retry_after: Some(wait),
            ..self
        }
    }

    /// A fault of the server's own; `cause` goes to the log.
    #[must_use]
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(
            ErrorCode::Internal,
            "Something went wrong on the server. Its log tells more under this request id.",
        )
        .with_cause(cause)
    }

    /// Adds what the log should say.
    #[must_use]
    pub fn with_cause(self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            cause: Some(Arc::from(cause.into())),
            ..self
        }
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.code
    }

    /// What happened, as the client is told.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// Which fields are wrong.
    #[must_use]
    pub fn fields(&self) -> &[FieldError] {
        &self.fields
    }

    /// When to come back, in whole seconds.
    #[must_use]
    pub fn retry_after(&self) -> Option<u64> {
        self.retry_after.map(whole_seconds)
    }

    /// What the log should say.
    #[must_use]
    pub fn cause(&self) -> Option<&(dyn Error + Send + Sync)> {
        self.cause.as_deref()
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        // Codes without a status are raised in the page only; from the server they would be its own fault.
        self.code
            .status()
            .and_then(|status| StatusCode::from_u16(status).ok())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The answer's body.
    #[must_use]
    pub fn problem(&self, request_id: &str) -> Problem {
        Problem {
            type_: format!("/docs/errors#{}", self.code),
            title: title(self.code).to_owned(),
            status: self.status().as_u16(),
            detail: self.detail.clone(),
            code: self.code,
            request_id: request_id.to_owned(),
            fields: self.fields.clone(),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StorageError> for ApiError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Unavailable(_) | StorageError::Undone(_) => Self::new(
                ErrorCode::Unavailable,
                "The database cannot be reached. Nothing was stored; try again.",
            ),
            StorageError::OutOfDate => Self::new(
                ErrorCode::Unavailable,
                "The chat widget is being changed. Nothing was stored; try again.",
            ),
            StorageError::InDependence => Self::conflict("Another record depends on this one."),
            StorageError::Taken => Self::conflict("Another record has this value already."),
            StorageError::Stale => return super::version::record_changed(),
            _ => return Self::internal(error),
        }
        .with_cause(error)
    }
}

impl From<PasswordError> for ApiError {
    fn from(error: PasswordError) -> Self {
        Self::internal(error)
    }
}

fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

/// The code's meaning in a few words.
fn title(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::ConfigurationInvalid => "The configuration is wrong",
        ErrorCode::WasmBlocked => "The page forbids WebAssembly",
        ErrorCode::NetworkUnreachable => "The server does not answer",
        ErrorCode::ClientFunctionNotFound => "The client function does not exist",
        ErrorCode::ClientFunctionFailed => "The client function failed",
        ErrorCode::ClientFunctionTimeout => "The client function did not call back",
        ErrorCode::TokenNotProvided => "No token was given",
        ErrorCode::TokenMalformed => "The token is malformed",
        ErrorCode::TokenAlgorithmUnsupported => "The token's algorithm is not RS256",
        ErrorCode::TokenKeyUnknown => "The token's key is not published",
        ErrorCode::TokenKeyExpired => "The token's key has expired",
        ErrorCode::TokenSignatureInvalid => "The token's signature is wrong",
        ErrorCode::TokenClaimMissing => "The token lacks a claim",
        ErrorCode::TokenClaimInvalid => "A claim of the token is wrong",
        ErrorCode::TokenExpired => "The token has expired",
        ErrorCode::TokenNotYetValid => "The token is not valid yet",
        ErrorCode::TokenContextInvalid => "The token's context is wrong",
        ErrorCode::TokenReplayed => "The token was used before",
        ErrorCode::KeysUnavailable => "The public keys cannot be fetched",
        ErrorCode::KeysInvalid => "The public keys cannot be used",
        ErrorCode::WidgetNotFound => "There is no such chat widget",
        ErrorCode::ConversationNotFound => "There is no such conversation",
        ErrorCode::NotFound => "There is nothing here",
        ErrorCode::OriginNotAllowed => "The page may not use this chat widget",
        ErrorCode::RateLimited => "Too many requests",
        ErrorCode::SessionExpired => "The session is over",
        ErrorCode::SignInRequired => "A sign-in is needed",
        ErrorCode::Forbidden => "This is not allowed",
        ErrorCode::InvalidRequest => "The request is wrong",
        ErrorCode::Conflict => "The state does not allow this",
        ErrorCode::RecordChanged => "The record was changed meanwhile",
        ErrorCode::VersionRequired => "The record's version is needed",
        ErrorCode::PayloadTooLarge => "The request is too large",
        ErrorCode::Unavailable => "The server cannot do this now",
        ErrorCode::Internal => "The server failed",
    }
}

/// What an answer or the log shows of a header that somebody else wrote: its beginning.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// In characters: longer than any host name.
const SHOWN: usize = 300;
