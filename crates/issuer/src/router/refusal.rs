//! How the endpoints say no: `{ErrorId, ErrorMessage, Timestamp, CorrelationId}`, and one line in the log.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, SecondsFormat};
use serde::Serialize;

use crate::random;

/// Why a request got no token or key. The numbers are stable.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Refusal {
    /// The client id cannot be one.
    ClientIdInvalid,
    /// The client id is not registered.
    ClientIdUnknown,
    /// The body is not a form, or is too long.
    FormInvalid,
    /// All keys have expired.
    KeysExpired,
    /// The nonce is too long or holds control characters.
    NonceInvalid,
    /// A parameter is given twice.
    ParameterRepeated,
    /// Something other than a token is asked for.
    ResponseTypeUnsupported,
    /// The state is too long or cannot stand in a header.
    StateInvalid,
    /// The person breaks a rule of tokens, or the key cannot sign.
    TokenNotMinted,
    /// The website cannot tell who is signed in.
    VisitorUnknown,
}

impl Refusal {
    fn id(self) -> &'static str {
        match self {
            Self::ClientIdUnknown => "IssuerSTS0001",
            Self::ClientIdInvalid => "IssuerSTS0002",
            Self::StateInvalid => "IssuerSTS0003",
            Self::NonceInvalid => "IssuerSTS0004",
            Self::ResponseTypeUnsupported => "IssuerSTS0005",
            Self::ParameterRepeated => "IssuerSTS0006",
            Self::FormInvalid => "IssuerSTS0007",
            Self::VisitorUnknown => "IssuerSTS0008",
            Self::TokenNotMinted => "IssuerSTS0009",
            Self::KeysExpired => "IssuerSTS0010",
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::ClientIdInvalid => {
                "client_id has 1 to 36 characters: letters, digits and hyphens."
            }
            Self::ClientIdUnknown => "client_id is not registered with this website.",
            Self::FormInvalid => {
                "The body must be application/x-www-form-urlencoded and at most 8 KiB long."
            }
            Self::KeysExpired => "This website's keys have expired.",
            Self::NonceInvalid => "nonce has 1 to 20 characters, and no control characters.",
            Self::ParameterRepeated => {
                "client_id, nonce, response_type and state may each be given once."
            }
            Self::ResponseTypeUnsupported => "response_type can only be token.",
            Self::StateInvalid => "state has 1 to 20 characters: visible ASCII ones.",
            Self::TokenNotMinted => "This website could not make the token.",
            Self::VisitorUnknown => "This website could not tell who is signed in.",
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Self::ClientIdInvalid
            | Self::ClientIdUnknown
            | Self::FormInvalid
            | Self::NonceInvalid
            | Self::ParameterRepeated
            | Self::ResponseTypeUnsupported
            | Self::StateInvalid => StatusCode::BAD_REQUEST,
            Self::KeysExpired => StatusCode::SERVICE_UNAVAILABLE,
            Self::TokenNotMinted | Self::VisitorUnknown => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Logs the refusal and makes its answer. `reason` is for the log only.
    pub(crate) fn answer(self, now: i64, reason: &dyn std::fmt::Display) -> Response {
        let correlation_id = random::guid().unwrap_or_default();
        let (id, status) = (self.id(), self.status());
        if status.is_server_error() {
            tracing::error!(error_id = id, correlation_id, %reason, "the issuer failed");
        } else {
            tracing::info!(error_id = id, correlation_id, %reason, "the issuer refused a request");
        }
        let body = Body {
            error_id: id,
            error_message: self.message(),
            timestamp: DateTime::from_timestamp(now, 0)
                .unwrap_or_default()
                .to_rfc3339_opts(SecondsFormat::Secs, true),
            correlation_id,
        };
        let mut answer = (status, Json(body)).into_response();
        let headers = answer.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        );
        answer
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Body {
    error_id: &'static str,
    error_message: &'static str,
    timestamp: String,
    correlation_id: String,
}
