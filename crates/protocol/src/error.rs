//! The closed set of error codes, and the `application/problem+json` body (RFC 9457) that carries one.
//!
//! One code names one cause everywhere: the verifier's refusal, the HTTP answer, the `error` event in the
//! page and the administrator's audit row, joined by one request id.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Who can raise an error code.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Origin {
    /// The script in the page, before anything is sent.
    Page,
    /// The verifier, through the server: the token was refused.
    Verifier,
    /// The server.
    Server,
}

macro_rules! error_codes {
    ($($(#[doc = $doc:literal])* $([$feature:literal])? $variant:ident = $code:literal, $origin:ident, $status:expr, $number:literal;)+) => {
        /// Every error code, in order of stage.
        #[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
        #[serde(rename_all = "kebab-case")]
        pub enum ErrorCode {
            $($(#[doc = $doc])* $(#[cfg(feature = $feature)])? $variant,)+
        }

        impl ErrorCode {
            /// All codes, in order of stage.
            pub const ALL: &'static [Self] = &[$($(#[cfg(feature = $feature)])? Self::$variant,)+];

            /// The code as it stands on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($(#[cfg(feature = $feature)])? Self::$variant => $code,)+ }
            }

            /// Who raises it first.
            #[must_use]
            pub fn origin(self) -> Origin {
                match self { $($(#[cfg(feature = $feature)])? Self::$variant => Origin::$origin,)+ }
            }

            /// The HTTP status of an answer with this code; `None` for codes that never leave the page.
            #[must_use]
            pub fn status(self) -> Option<u16> {
                match self { $($(#[cfg(feature = $feature)])? Self::$variant => $status,)+ }
            }

            /// The number that pages written for `lcw:error` expect.
            #[must_use]
            pub fn lcw_number(self) -> u8 {
                match self { $($(#[cfg(feature = $feature)])? Self::$variant => $number,)+ }
            }
        }
    };
}

error_codes! {
    /// An attribute or option is wrong; the message names it.
    ConfigurationInvalid = "configuration-invalid", Page, None, 7;
    /// The page's policy forbids WebAssembly; the message says which directive to add.
    WasmBlocked = "wasm-blocked", Page, None, 7;
    /// No answer from the server.
    NetworkUnreachable = "network-unreachable", Page, None, 7;
    /// No function at the configured path; the message names the missing segment.
    ClientFunctionNotFound = "client-function-not-found", Page, None, 8;
    /// The client function threw, or called back with an error.
    ClientFunctionFailed = "client-function-failed", Page, None, 2;
    /// The client function did not call back within 10 s.
    ClientFunctionTimeout = "client-function-timeout", Page, None, 2;
    /// The client function called back with `null`, `undefined` or an empty string.
    TokenNotProvided = "token-not-provided", Page, Some(401), 3;
    /// The token is not a compact JWS this server reads.
    TokenMalformed = "token-malformed", Verifier, Some(401), 4;
    /// The token is not signed with RS256.
    TokenAlgorithmUnsupported = "token-algorithm-unsupported", Verifier, Some(401), 4;
    /// No published key for this token.
    TokenKeyUnknown = "token-key-unknown", Verifier, Some(401), 4;
    /// The token's key is past its expiry.
    TokenKeyExpired = "token-key-expired", Verifier, Some(401), 4;
    /// The signature does not fit the key.
    TokenSignatureInvalid = "token-signature-invalid", Verifier, Some(401), 4;
    /// A required claim is absent.
    TokenClaimMissing = "token-claim-missing", Verifier, Some(401), 4;
    /// A claim has a value that is not allowed.
    TokenClaimInvalid = "token-claim-invalid", Verifier, Some(401), 4;
    /// The token's time is over.
    TokenExpired = "token-expired", Verifier, Some(401), 4;
    /// The token's time has not come.
    TokenNotYetValid = "token-not-yet-valid", Verifier, Some(401), 4;
    /// `lwicontexts` is not an object of primitives within the limits.
    TokenContextInvalid = "token-context-invalid", Verifier, Some(401), 4;
    /// A single-use token was seen before.
    TokenReplayed = "token-replayed", Server, Some(401), 4;
    /// The public key URL could not be read, and no usable keys are cached.
    KeysUnavailable = "keys-unavailable", Server, Some(503), 4;
    /// The public key URL was read, but holds no usable key set.
    KeysInvalid = "keys-invalid", Server, Some(503), 4;
    /// No such chat widget.
    WidgetNotFound = "widget-not-found", Server, Some(404), 7;
    /// No such conversation.
    ConversationNotFound = "conversation-not-found", Server, Some(404), 7;
    /// Nothing at this address.
    NotFound = "not-found", Server, Some(404), 7;
    /// The page's origin is not on the widget's list.
    OriginNotAllowed = "origin-not-allowed", Server, Some(403), 7;
    /// Too many requests; `Retry-After` says when to come back.
    RateLimited = "rate-limited", Server, Some(429), 7;
    /// The session is over or was revoked.
    SessionExpired = "session-expired", Server, Some(401), 7;
    /// This needs a sign-in.
    SignInRequired = "sign-in-required", Server, Some(401), 7;
    /// Signed in, but not allowed.
    Forbidden = "forbidden", Server, Some(403), 7;
    /// A field is wrong; `fields` names each.
    InvalidRequest = "invalid-request", Server, Some(422), 7;
    /// The state does not allow it; the detail says with what it conflicts.
    Conflict = "conflict", Server, Some(409), 7;
    /// The record was changed after it was read; nothing was stored.
    ["records"] RecordChanged = "record-changed", Server, Some(412), 7;
    /// A console must say which version of the record it changes: `If-Match`.
    ["records"] VersionRequired = "version-required", Server, Some(428), 7;
    /// The body is larger than this address takes.
    PayloadTooLarge = "payload-too-large", Server, Some(413), 7;
    /// The server cannot do this now: storage is not reachable, or it is shutting down.
    Unavailable = "unavailable", Server, Some(503), 7;
    /// A fault of the server's own.
    Internal = "internal", Server, Some(500), 7;
}

/// As [`ErrorCode::as_str`] has it: one table of the codes is enough for every visitor to load.
impl Serialize for ErrorCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An error answer: `application/problem+json` (RFC 9457) with our code and request id.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// Where the code is explained, relative to the server: `/docs/errors#token-expired`.
    #[serde(rename = "type")]
    pub type_: String,
    /// The code's meaning in a few words; the same for every occurrence.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time, as a sentence.
    pub detail: String,
    /// The error code.
    pub code: ErrorCode,
    /// Joins this answer to the server's log and the audit.
    pub request_id: String,
    /// Which fields are wrong: for `invalid-request`, and for a `conflict` over a value that another record has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
}

/// What is wrong with one field of a request.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FieldError {
    /// The field's path in the request, `rules[2].queue` for one inside a list; empty for the whole body.
    pub name: String,
    /// The kind of fault, for programs.
    pub code: FieldErrorCode,
    /// What is wrong and what would be right, as a sentence.
    pub message: String,
}

/// Kinds of fault in a field.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum FieldErrorCode {
    /// Another resource has this value, or the list holds it twice.
    Duplicate,
    /// The value is not allowed.
    Invalid,
    /// The value names something that does not exist.
    NotFound,
    /// The field is missing or blank.
    Required,
    /// The value is longer or larger than allowed.
    TooLong,
    /// This request has no such field.
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::ErrorCode;

    #[test]
    fn the_wire_name_is_what_serde_writes_and_reads() {
        for &code in ErrorCode::ALL {
            let json = serde_json::to_string(&code).unwrap();
            assert_eq!(json, format!("\"{}\"", code.as_str()));
            assert_eq!(serde_json::from_str::<ErrorCode>(&json).unwrap(), code);
        }
    }
}
