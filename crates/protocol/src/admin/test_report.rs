//! What *Test* says about an authentication setting: what the public key URL answered, and each step's verdict on a token.

use serde::{Deserialize, Serialize};

use crate::admin::Reference;
use crate::id::WorkStreamId;
use crate::{ErrorCode, Secret, Timestamp};

/// `POST /admin/authentication-settings/{id}/test`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TestSetting {
    /// A token to judge; without one only the keys are fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Password, max_length = 65536))]
    pub token: Option<Secret>,
}

/// Answer to [`TestSetting`].
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TestReport {
    /// What the public key URL answered just now, past the cache.
    pub keys: KeysReport,
    /// The verdict on the token; `null` when none was given. Without keys, only what needs none was judged.
    pub token: Option<TokenReport>,
}

/// What the public key URL answered.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct KeysReport {
    /// `null` when usable keys were found. Of keys that were found but are past their expiry, what every token is refused with.
    pub code: Option<ErrorCode>,
    /// What was found, or what went wrong and where (line and column), as a sentence.
    pub message: String,
    /// The HTTP status; `null` when there was no answer.
    pub status: Option<u16>,
    /// The answer's Content-Type. Not used to decide the form.
    pub content_type: Option<String>,
    /// Size of the body in bytes.
    pub bytes: Option<u32>,
    /// How long the website took to answer, in milliseconds; not what this server waited before it asked.
    pub duration_ms: u32,
    /// The body's form: `pem`, `array` or `jwks`.
    pub format: Option<String>,
    /// The keys found.
    pub keys: Vec<KeyReport>,
    /// Entries of an array or JWKS that gave no key. They take no other with them.
    pub passed_over: Vec<PassedOverReport>,
}

/// An entry that gave no key.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PassedOverReport {
    /// Which entry, from 1.
    pub entry: u32,
    /// The key id it is published under, where one can be read. A token that names it is refused with `token-key-unknown`.
    pub kid: Option<String>,
    /// Whether something is wrong with it. A key of another kind, or for another use, stands there for somebody else.
    pub is_mistake: bool,
    /// Why it cannot be used, with line and column, as a sentence.
    pub reason: String,
}

/// One public key.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct KeyReport {
    /// Its key id.
    pub kid: Option<String>,
    /// Size of the modulus in bits.
    pub bits: u32,
    /// SHA-256 of its SubjectPublicKeyInfo (DER), as lower-case hex.
    pub fingerprint: String,
    /// When the website says it stops using it.
    pub expires_at: Option<Timestamp>,
}

/// The verdict on a token, step by step.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TokenReport {
    /// `null` when the token is accepted; that of the keys when the token's own steps passed as far as they need none.
    pub code: Option<ErrorCode>,
    /// The steps in the order they are taken.
    pub steps: Vec<StepReport>,
    /// Of an accepted token, the context that agents would not see, for each work stream of the chat widgets with this setting
    /// that does not admit all of it.
    pub context: Vec<ContextReport>,
}

/// Context of a token that a work stream does not admit.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ContextReport {
    /// The work stream.
    pub work_stream: Reference<WorkStreamId>,
    /// What it does not admit.
    pub not_admitted: Vec<NotAdmitted>,
}

/// A context variable that is not admitted. Its value is not repeated.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NotAdmitted {
    /// Its name, as the token has it.
    pub name: String,
    /// Why: undeclared, or not of the declared type. A sentence.
    pub reason: String,
}

/// One step of verification.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StepReport {
    /// What was checked: `structure`, `algorithm`, `key`, `signature`, `claims`, `time`, `issuer-and-audience`, `context` or
    /// `single-use`.
    pub name: String,
    /// How it went.
    pub verdict: StepVerdict,
    /// What was checked against what, as a sentence.
    pub detail: String,
}

/// How a step went.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StepVerdict {
    /// In order.
    Passed,
    /// This is why the token is refused.
    Failed,
    /// Not reached, because an earlier step failed, or not asked for.
    Skipped,
}
