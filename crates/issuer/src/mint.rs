//! Makes tokens: JWTs (RFC 7519) signed with RS256. The time is an argument.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use jwt_compact::{AlgorithmExt as _, Claims, Header};
use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};

use crate::person::is_safe_integer;
use crate::{ContextValue, KeyEntry, Person, Profile, Rs256, random};

/// What a token says besides who it is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Grant {
    /// Becomes `iss`: the website, `contosohelp.com` or a URL. 1 to 2,048 characters.
    pub issuer: String,
    /// Becomes `aud` and `appid`: the client id the token was asked for with.
    pub audience: Option<String>,
    /// Becomes `nonce`.
    pub nonce: Option<String>,
    /// Becomes `iat` and `nbf`, in Unix seconds.
    pub issued_at: i64,
    /// Seconds from `iat` to `exp`.
    pub lifetime_seconds: u32,
}

/// Why there is no token. Names the field; holds no value of it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MintError {
    /// A field breaks a rule that every chat server keeps.
    #[error("The token's {field} {rule}.")]
    InvalidField {
        /// `sub`, `iss`, `given_name`, `lwicontexts` …
        field: &'static str,
        /// The rule, as the rest of a sentence.
        rule: &'static str,
    },
    /// The claims could not be written as JSON.
    #[error("The token could not be written as JSON.")]
    NotSerializable,
    /// The system gave no randomness for `jti`.
    #[error("The system gave no randomness for the token's id.")]
    NoRandomness,
    /// The key could not sign.
    #[error("The private key could not sign the token.")]
    SigningFailed,
    /// The token is longer than chat servers accept.
    #[error(
        "The token would have {0} bytes; chat servers accept 65,536. Put less into its context."
    )]
    TooLong(usize),
}

/// Makes a token for `person`, signed by `key`.
///
/// # Errors
/// Each [`MintError`]. What is minted here no chat server refuses for its form.
pub fn mint(person: &Person, grant: &Grant, key: &KeyEntry) -> Result<String, MintError> {
    check(person, grant)?;
    let issued_at = time(grant.issued_at)?;
    let expires_at = time(
        grant
            .issued_at
            .saturating_add(grant.lifetime_seconds.into()),
    )?;
    let profile = &person.profile;
    let token_id = random::guid().ok_or(MintError::NoRandomness)?;
    let mut claims = Claims::new(WebsiteClaims {
        iss: &grant.issuer,
        sub: &person.subject,
        aud: grant.audience.as_deref(),
        appid: grant.audience.as_deref(),
        nonce: grant.nonce.as_deref(),
        jti: &token_id,
        preferred_username: profile.preferred_username.as_deref(),
        given_name: profile.given_name.as_deref(),
        family_name: profile.family_name.as_deref(),
        email: profile.email.as_deref(),
        phone_number: profile.phone_number.as_deref(),
        lwicontexts: lwicontexts(&person.context)?,
    });
    claims.issued_at = Some(issued_at);
    claims.not_before = Some(issued_at);
    claims.expiration = Some(expires_at);
    let header = Header::empty()
        .with_token_type("JWT")
        .with_key_id(&key.key_id);
    let token = Rs256
        .token(&header, &claims, &key.key_pair)
        .map_err(|_| MintError::NotSerializable)?;
    if token.ends_with('.') {
        return Err(MintError::SigningFailed);
    }
    match token.len() {
        length if length > MAX_TOKEN => Err(MintError::TooLong(length)),
        _ => Ok(token),
    }
}

#[derive(Serialize)]
struct WebsiteClaims<'a> {
    iss: &'a str,
    sub: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    aud: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    appid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    jti: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred_username: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lwicontexts: Option<String>,
}

/// The context as a JSON object inside a string; absent when there is none.
fn lwicontexts(context: &BTreeMap<String, ContextValue>) -> Result<Option<String>, MintError> {
    if context.is_empty() {
        return Ok(None);
    }
    serde_json::to_string(&ContextObject(context))
        .map(Some)
        .map_err(|_| MintError::NotSerializable)
}

struct ContextObject<'a>(&'a BTreeMap<String, ContextValue>);

impl Serialize for ContextObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in self.0 {
            match value {
                // A cart of 10000 should read `10000`, not `10000.0`.
                ContextValue::Number(number) if is_safe_integer(*number) => {
                    map.serialize_entry(name, &integer(*number))?;
                }
                other => map.serialize_entry(name, other)?,
            }
        }
        map.end()
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "only called with safe integers"
)]
fn integer(number: f64) -> i64 {
    number as i64
}

fn check(person: &Person, grant: &Grant) -> Result<(), MintError> {
    text("sub", &person.subject, MAX_SUBJECT, SUBJECT_RULE)?;
    text("iss", &grant.issuer, MAX_ISSUER, ISSUER_RULE)?;
    let Profile {
        preferred_username,
        given_name,
        family_name,
        email,
        phone_number,
    } = &person.profile;
    for (field, value) in [
        ("preferred_username", preferred_username),
        ("given_name", given_name),
        ("family_name", family_name),
        ("email", email),
        ("phone_number", phone_number),
        ("aud", &grant.audience),
        ("nonce", &grant.nonce),
    ] {
        if value.as_ref().is_some_and(|v| !fits(v, MAX_VALUE)) {
            return invalid(
                field,
                "has at most 4,000 characters, and none of them is NUL",
            );
        }
    }
    if grant.lifetime_seconds == 0 {
        return invalid("exp", "must be later than its iat");
    }
    context(&person.context)
}

fn context(context: &BTreeMap<String, ContextValue>) -> Result<(), MintError> {
    let field = "lwicontexts";
    if context.len() > MAX_VARIABLES {
        return invalid(field, "holds at most 100 values");
    }
    for (name, value) in context {
        if name.is_empty() || !fits(name, MAX_NAME) {
            return invalid(field, "has names of 1 to 100 characters, without NUL");
        }
        match value {
            ContextValue::Number(number) if !number.is_finite() => {
                return invalid(field, "holds only finite numbers");
            }
            ContextValue::Digits(digits) if !is_number(digits) => {
                return invalid(
                    field,
                    "holds only JSON numbers of at most 4,000 characters, within the range of an `f64`",
                );
            }
            ContextValue::Text(text) if !fits(text, MAX_VALUE) => {
                return invalid(field, "has texts of at most 4,000 characters, without NUL");
            }
            _ => {}
        }
    }
    Ok(())
}

/// A JSON number and nothing else.
fn is_number(digits: &str) -> bool {
    let ends = digits.starts_with(|c: char| c == '-' || c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit());
    ends && fits(digits, MAX_VALUE) && serde_json::from_str::<f64>(digits).is_ok()
}

fn text(
    field: &'static str,
    value: &str,
    limit: usize,
    rule: &'static str,
) -> Result<(), MintError> {
    match value.trim().is_empty() || !fits(value, limit) {
        true => invalid(field, rule),
        false => Ok(()),
    }
}

fn fits(value: &str, limit: usize) -> bool {
    !value.contains('\0') && value.chars().count() <= limit
}

fn invalid(field: &'static str, rule: &'static str) -> Result<(), MintError> {
    Err(MintError::InvalidField { field, rule })
}

fn time(seconds: i64) -> Result<DateTime<Utc>, MintError> {
    Some(seconds)
        .filter(|seconds| (0..=END_OF_9999).contains(seconds))
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .ok_or(MintError::InvalidField {
            field: "iat and exp",
            rule: "lie between 1970 and 9999, in seconds",
        })
}

const MAX_SUBJECT: usize = 255;
const MAX_ISSUER: usize = 2_048;
const MAX_VARIABLES: usize = 100;
const MAX_NAME: usize = 100;
const MAX_VALUE: usize = 4_000;
const MAX_TOKEN: usize = 64 * 1024;
const END_OF_9999: i64 = 253_402_300_799;
const SUBJECT_RULE: &str = "has 1 to 255 characters, is not blank and holds no NUL";
const ISSUER_RULE: &str = "has 1 to 2,048 characters, is not blank and holds no NUL";
