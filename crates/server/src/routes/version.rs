//! Which version of a record a change is based on (RFC 9110, sections 8.8.3 and 13.1.1): `ETag` in answers, `If-Match` in
//! changes. Two people who change one record at once lose nothing silently; the comparison itself is storage's.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bonafide_protocol::ErrorCode;
use bonafide_protocol::admin::{AuthenticationSetting, ChatWidget, Contact, Queue, WorkStream};
use bonafide_protocol::canned_reply::CannedReply;
use bonafide_protocol::operator::Operator;
use serde::Serialize;

use super::authenticate;
use super::extract::Json;
use super::problem::{ApiError, ApiResult, shown};
use crate::settings::Fault;
use crate::state::AppState;

/// Longest `If-Match`, in bytes: a version has some digits, and nobody has reason to name many.
pub(super) const MAX_TAGS: usize = 200;

/// What a change is based on. Taken from `If-Match`.
///
/// A session has to say it: a form is open for as long as a person likes, and would undo what others did meanwhile. A program
/// with an API token may leave it out: it reads and writes at once, and programs that were written before there were versions
/// go on.
#[derive(Clone, Debug)]
pub enum BasedOn {
    /// Whatever is stored now: `*`, or a program that does not say.
    Any,
    /// One of these.
    Versions(Vec<i64>),
}

/// A record that has versions, as an answer: with its `ETag`.
#[derive(Clone, Debug)]
pub struct Versioned<T>(pub T);

/// A record that has versions.
pub(super) trait Record {
    fn version(&self) -> i64;
}

impl<T: Record + Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let tag = HeaderValue::from_str(&format!("\"{}\"", self.0.version()));
        let mut response = Json(self.0).into_response();
        if let Ok(tag) = tag {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}

impl FromRequestParts<AppState> for BasedOn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> ApiResult<Self> {
        let mut values = parts.headers.get_all(header::IF_MATCH).iter().peekable();
        if values.peek().is_none() {
            return if authenticate::is_by_token(parts) {
                Ok(Self::Any)
            } else {
                Err(version_required())
            };
        }
        let mut versions = Vec::new();
        for value in values {
            let text = value
                .to_str()
                .ok()
                .filter(|text| text.len() <= MAX_TAGS)
                .ok_or_else(|| unreadable(&String::from_utf8_lossy(value.as_bytes())))?;
            for tag in text.split(',').map(str::trim) {
                if tag == "*" {
                    return Ok(Self::Any);
                }
                versions.extend(version(tag)?);
            }
        }
        Ok(Self::Versions(versions))
    }
}

impl BasedOn {
    /// The version that the change makes of the stored one.
    ///
    /// # Errors
    /// `record-changed` when the change is based on another.
    pub(super) fn next(&self, stored: i64) -> ApiResult<i64> {
        self.check(stored).map(|stored| stored + 1)
    }

    /// The stored version, if the change is based on it.
    ///
    /// # Errors
    /// `record-changed` when it is based on another.
    pub(super) fn check(&self, stored: i64) -> ApiResult<i64> {
        match self {
            Self::Versions(versions) if !versions.contains(&stored) => Err(record_changed()),
            Self::Any | Self::Versions(_) => Ok(stored),
        }
    }
}

/// The answer to a change that is based on another version than the stored one.
pub(super) fn record_changed() -> ApiError {
    ApiError::new(
        ErrorCode::RecordChanged,
        "Somebody else changed this record after it was read, so nothing was stored. Read it again, and change what it is now.",
    )
}

fn version_required() -> ApiError {
    ApiError::new(
        ErrorCode::VersionRequired,
        "Say which version of the record this change is based on: the header `If-Match`, with the `ETag` of the answer that it was read from.",
    )
}

/// The version that a tag names; none where it is not one of ours, which no record has. A proxy that compresses answers makes
/// the tag a weak one (nginx does): it still names the same version.
fn version(tag: &str) -> ApiResult<Option<i64>> {
    let quoted = tag.strip_prefix("W/").unwrap_or(tag);
    let inner = quoted
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .ok_or_else(|| unreadable(tag))?;
    Ok(inner.parse().ok())
}

fn unreadable(found: &str) -> ApiError {
    let message = format!(
        "`{}` is no entity tag. Send the `ETag` as it came, with its quotation marks: `If-Match: \"3\"`.",
        shown(found)
    );
    ApiError::invalid(vec![Fault::invalid(message).of("If-Match")])
}

/// A created record, as an answer.
pub(super) fn created<T: Record + Serialize>(record: T) -> (StatusCode, Versioned<T>) {
    (StatusCode::CREATED, Versioned(record))
}

macro_rules! records {
    ($($record:ty),+) => {
        $(impl Record for $record {
            fn version(&self) -> i64 {
                self.version
            }
        })+
    };
}

records!(
    AuthenticationSetting,
    CannedReply,
    ChatWidget,
    Contact,
    Operator,
    Queue,
    WorkStream
);
