//! The claims (step 5): read only once the signature has been found genuine.
//!
//! One pass over the payload picks out the claims this product knows; nothing else is kept. The rules are
//! applied afterwards in the order of the contract, because that order decides which code is given.

use crate::{
    arena::{Arena, Span},
    json::{self, JsonError, JsonFault, Kind, Reader, UniqueNames, Value, characters_beyond},
    policy::Policy,
    refusal::{Audience, ClaimProblem, Reason},
    time::{Time, TimeError},
};

/// Bound of `sub` and `jti` in characters: OpenID Connect Core 1.0, section 2, has it for `sub`.
const MAX_SUBJECT_CHARACTERS: usize = 255;
/// Bound of `iss` in characters: issuers are often URLs, and 2,048 is what is commonly taken for those.
const MAX_ISSUER_CHARACTERS: usize = 2_048;
/// Bound of a profile claim in characters, the same as for a context value.
const MAX_PROFILE_CHARACTERS: usize = 4_000;

/// The claims as they stand in the token.
#[derive(Default)]
pub(crate) struct Claims<'a> {
    issuer: Option<Value<'a>>,
    subject: Option<Value<'a>>,
    issued_at: Option<Value<'a>>,
    expires_at: Option<Value<'a>>,
    not_before: Option<Value<'a>>,
    audience: Option<Value<'a>>,
    token_id: Option<Value<'a>>,
    context: Option<Value<'a>>,
    preferred_username: Option<Value<'a>>,
    given_name: Option<Value<'a>>,
    family_name: Option<Value<'a>>,
    email: Option<Value<'a>>,
    phone_number: Option<Value<'a>>,
}

/// The required claims, `nbf` and `jti`, of the right types and within their limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Registered {
    pub(crate) issuer: Span,
    pub(crate) subject: Span,
    pub(crate) issued_at: Time,
    pub(crate) expires_at: Time,
    pub(crate) not_before: Option<Time>,
    pub(crate) token_id: Option<Span>,
}

/// The usable profile claims.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ProfileSpans {
    pub(crate) preferred_username: Option<Span>,
    pub(crate) given_name: Option<Span>,
    pub(crate) family_name: Option<Span>,
    pub(crate) email: Option<Span>,
    pub(crate) phone_number: Option<Span>,
}

impl<'a> Claims<'a> {
    /// One JSON object without duplicate names (RFC 7519, section 4).
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, Reason> {
        json::utf8(bytes)
            .and_then(Self::parse_text)
            .map_err(Reason::ClaimsNotObject)
    }

    fn parse_text(text: &'a str) -> Result<Self, JsonError> {
        let mut claims = Claims::default();
        let mut other_names = UniqueNames::default();
        let mut reader = Reader::new(text);
        reader.object()?;
        while let Some((name, at)) = reader.name()? {
            let name = name.bytes();
            let claim = match &*name {
                b"iss" => &mut claims.issuer,
                b"sub" => &mut claims.subject,
                b"iat" => &mut claims.issued_at,
                b"exp" => &mut claims.expires_at,
                b"nbf" => &mut claims.not_before,
                b"aud" => &mut claims.audience,
                b"jti" => &mut claims.token_id,
                b"lwicontexts" => &mut claims.context,
                b"preferred_username" => &mut claims.preferred_username,
                b"given_name" => &mut claims.given_name,
                b"family_name" => &mut claims.family_name,
                b"email" => &mut claims.email,
                b"phone_number" => &mut claims.phone_number,
                _ => {
                    other_names.push(name, at);
                    reader.value()?;
                    continue;
                }
            };
            if claim.is_some() {
                return Err(reader.error_at(at, JsonFault::Duplicate));
            }
            *claim = Some(reader.value()?);
        }
        reader.end()?;
        claims.forget_nulls();
        match other_names.duplicate() {
            Some(at) => Err(reader.error_at(at, JsonFault::Duplicate)),
            None => Ok(claims),
        }
    }

    /// An optional claim that is `null` is absent. A required one is there, with a value that is not allowed.
    fn forget_nulls(&mut self) {
        for claim in [
            &mut self.not_before,
            &mut self.audience,
            &mut self.token_id,
            &mut self.context,
        ] {
            *claim = claim.filter(|value| !matches!(value, Value::Null));
        }
    }

    /// Presence first, then types and limits.
    pub(crate) fn registered(
        &self,
        policy: &Policy,
        texts: &mut Arena,
    ) -> Result<Registered, Reason> {
        let missing = |name| Reason::ClaimMissing { name };
        let issuer = self.issuer.ok_or_else(|| missing("iss"))?;
        let subject = self.subject.ok_or_else(|| missing("sub"))?;
        let issued_at = self.issued_at.ok_or_else(|| missing("iat"))?;
        let expires_at = self.expires_at.ok_or_else(|| missing("exp"))?;
        if policy.require_token_id && self.token_id.is_none() {
            return Err(missing("jti"));
        }
        Ok(Registered {
            issuer: text("iss", issuer, MAX_ISSUER_CHARACTERS, texts)?,
            subject: text("sub", subject, MAX_SUBJECT_CHARACTERS, texts)?,
            issued_at: time("iat", issued_at)?,
            expires_at: time("exp", expires_at)?,
            not_before: self
                .not_before
                .map(|value| time("nbf", value))
                .transpose()?,
            token_id: self.token_id(policy, texts)?,
        })
    }

    /// `jti` must be usable where it is required. Elsewhere nothing depends on it, and an unusable one
    /// counts as absent.
    fn token_id(&self, policy: &Policy, texts: &mut Arena) -> Result<Option<Span>, Reason> {
        let token_id = self
            .token_id
            .map(|value| text("jti", value, MAX_SUBJECT_CHARACTERS, texts));
        if policy.require_token_id {
            token_id.transpose()
        } else {
            Ok(token_id.and_then(Result::ok))
        }
    }

    /// Issuer and audience, where the policy names them.
    pub(crate) fn check_parties(&self, issuer: &[u8], policy: &Policy) -> Result<(), Reason> {
        if let Some(expected) = &policy.expected_issuer
            && issuer != expected.as_bytes()
        {
            return Err(Reason::IssuerUnexpected {
                expected: expected.clone(),
                found: String::from_utf8_lossy(issuer).into_owned(),
            });
        }
        match &policy.expected_audience {
            Some(expected) if !self.is_for(expected) => Err(Reason::AudienceUnexpected {
                expected: expected.clone(),
                found: Audience::of(self.audience),
            }),
            _ => Ok(()),
        }
    }

    /// `aud` is one string or an array of them (RFC 7519, section 4.1.3).
    fn is_for(&self, expected: &str) -> bool {
        match self.audience {
            Some(Value::Text(audience)) => audience.is(expected),
            Some(Value::Array(source)) => contains(source, expected).unwrap_or(false),
            _ => false,
        }
    }

    /// `lwicontexts` as it stands.
    pub(crate) fn context(&self) -> Option<Value<'a>> {
        self.context
    }

    /// A profile claim is a courtesy to the agent: one that is not a usable string counts as absent.
    pub(crate) fn profile(&self, texts: &mut Arena) -> ProfileSpans {
        let mut usable =
            |value: Option<Value<'a>>| text("", value?, MAX_PROFILE_CHARACTERS, texts).ok();
        ProfileSpans {
            preferred_username: usable(self.preferred_username),
            given_name: usable(self.given_name),
            family_name: usable(self.family_name),
            email: usable(self.email),
            phone_number: usable(self.phone_number),
        }
    }
}

impl Registered {
    /// The token's time has come and is not over. `exp` is judged first.
    pub(crate) fn check_time(&self, policy: &Policy, now: Time) -> Result<(), Reason> {
        let leeway = policy.leeway();
        if now >= self.expires_at.plus(leeway) {
            return Err(Reason::Expired {
                expired_at: self.expires_at,
                now,
                leeway,
            });
        }
        if let Some(time) = self.not_before
            && now < time.minus(leeway)
        {
            return Err(Reason::NotYetValid {
                name: "nbf",
                time,
                now,
                leeway,
            });
        }
        if self.issued_at > now.plus(leeway) {
            return Err(Reason::NotYetValid {
                name: "iat",
                time: self.issued_at,
                now,
                leeway,
            });
        }
        Ok(())
    }
}

fn contains(array: &str, expected: &str) -> Result<bool, JsonError> {
    let mut reader = Reader::new(array);
    let mut is_found = false;
    reader.array()?;
    while reader.element()? {
        is_found |= matches!(reader.value()?, Value::Text(element) if element.is(expected));
    }
    Ok(is_found)
}

/// Appends a claim that is a string, is not blank, and keeps its limit.
fn text(
    name: &'static str,
    value: Value<'_>,
    limit: usize,
    texts: &mut Arena,
) -> Result<Span, Reason> {
    let invalid = |problem| Err(Reason::ClaimInvalid { name, problem });
    let Value::Text(text) = value else {
        // Without the value: a number or a word there says who the visitor is.
        let found = value.kind();
        return invalid(ClaimProblem::NotText { found });
    };
    let span = texts.unescape(text);
    let value = texts.bytes(span);
    if is_blank(value) {
        return invalid(ClaimProblem::Blank);
    }
    if text.has_nul(value) {
        return invalid(ClaimProblem::Nul);
    }
    match characters_beyond(value, limit) {
        Some(characters) => invalid(ClaimProblem::TooLong { characters, limit }),
        None => Ok(span),
    }
}

fn is_blank(text: &[u8]) -> bool {
    // Nearly every text begins with an ASCII character that one can see.
    let is_visible = text.first().is_some_and(u8::is_ascii_graphic);
    !is_visible && String::from_utf8_lossy(text).trim_start().is_empty()
}

fn time(name: &'static str, value: Value<'_>) -> Result<Time, Reason> {
    let time = match value {
        Value::Number(number) => Time::from_json_number(number),
        _ => Err(TimeError::NotFinite),
    };
    time.map_err(|error| {
        let found = Kind(value).to_string();
        let problem = match error {
            TimeError::NotFinite => ClaimProblem::NotNumber { found },
            TimeError::TooLate => ClaimProblem::TooLate { found },
        };
        Reason::ClaimInvalid { name, problem }
    })
}
