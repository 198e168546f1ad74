//! The order of the checks, which is what an attacker may learn: structure, algorithm, key, signature, and
//! only then the claims, their time, the parties and the context.
//!
//! This file decides nothing but the order. [`verify`] and [`explain`](crate::explain()) run the same
//! function, so their verdicts cannot differ.

use std::borrow::Cow;

use crate::{
    arena::Arena,
    base64,
    claims::{Claims, Registered},
    context,
    explain::{Observer, Stage, Unobserved},
    header::Header,
    json::characters_beyond,
    keys::{KeySet, PublicKey},
    policy::Policy,
    quote::quoted,
    refusal::{Reason, Refusal},
    structure::{Part, Segments},
    time::Time,
    token::VerifiedToken,
};

/// The longest `kid` that a verified token carries. Longer ones choose a key like any other; but a lone PEM serves any
/// `kid`, which may then be as long as a token, and is stored with each conversation.
const MAX_KEY_ID_CHARACTERS: usize = 255;
/// A signature for the largest key, 8,192 bits.
const MAX_SIGNATURE_BYTES: usize = 1_024;

/// Judges a token: a compact JWS signed with RS256 (RFC 7515, RFC 7519), at the time `now`, in seconds
/// since 1970-01-01T00:00:00Z.
///
/// # Errors
/// A [`Refusal`] with the code of the first rule that the token breaks, in this order:
/// 1. `token-malformed`: longer than [`Policy::max_token_bytes`], not three segments of canonical unpadded
///    base64url, or a header that is not one JSON object without duplicate names (RFC 7515, section 5.2)
/// 2. `token-algorithm-unsupported`: `alg` is not exactly `RS256` (RFC 8725, section 3.1); `token-malformed`:
///    a `crit`, or a `typ` or `cty` other than a JWT's
/// 3. `token-key-unknown`: no key for the token's `kid`, a `kid` that stands for two keys, no `kid` and several keys, or
///    a certificate that is not valid yet; `token-key-expired`: the key is past its expiry
/// 4. `token-signature-invalid` (RFC 8017, section 8.2.2)
/// 5. `token-claim-missing`: no `iss`, `sub`, `iat` or `exp`; `token-claim-invalid`: the claims are not one
///    JSON object without duplicate names, or one of them has a value that is not allowed; `token-expired`;
///    `token-not-yet-valid`; `token-claim-invalid`: not the expected issuer or audience
/// 6. `token-context-invalid`: `lwicontexts` is not an object of primitives within the limits
///
/// Whether a `jti` was seen before is the caller's to judge, since that needs storage.
pub fn verify(
    token: &str,
    keys: &KeySet,
    policy: &Policy,
    now: i64,
) -> Result<VerifiedToken, Refusal> {
    Ok(run(token, keys, policy, Time(now), &mut Unobserved)?)
}

/// The first two steps of [`verify`], which need no keys: whoever would have to ask somebody for keys can refuse first what
/// no key can make good. What passes here says nothing about who made the token.
///
/// # Errors
/// The [`Refusal`] of [`verify`]: `token-malformed` or `token-algorithm-unsupported`.
pub fn check_without_keys(token: &str, policy: &Policy) -> Result<(), Refusal> {
    open(token, policy, &mut Vec::new(), &mut Unobserved)?;
    Ok(())
}

pub(crate) fn run(
    token: &str,
    keys: &KeySet,
    policy: &Policy,
    now: Time,
    observer: &mut impl Observer,
) -> Result<VerifiedToken, Reason> {
    let mut decoded = Vec::new();
    let Opened {
        segments,
        header_bytes,
        key_id,
        payload,
        signature,
    } = open(token, policy, &mut decoded, observer)?;

    let key = keys.choose(key_id.as_deref())?;
    key.check_validity(now)?;
    observer.passed(Stage::Key, || key.describe());

    check_signature(key, segments.signing_input(), signature)?;
    observer.passed(Stage::Signature, || {
        format!(
            "{} bytes, PKCS#1 v1.5 with SHA-256, made by this key's private half.",
            key.modulus_bytes()
        )
    });

    let claims = Claims::parse(payload)?;
    let mut texts = Arena::with_capacity(header_bytes + payload.len());
    let registered = claims.registered(policy, &mut texts)?;
    observer.passed(Stage::Claims, || {
        let required = if policy.require_token_id {
            "`iss`, `sub`, `iat`, `exp` and `jti`"
        } else {
            "`iss`, `sub`, `iat` and `exp`"
        };
        format!("{required} are there and well-formed.")
    });

    registered.check_time(policy, now)?;
    observer.passed(Stage::Time, || describe_time(&registered, policy, now));

    claims.check_parties(texts.bytes(registered.issuer), policy)?;
    if policy.expected_issuer.is_some() || policy.expected_audience.is_some() {
        observer.passed(Stage::Parties, || describe_parties(policy));
    } else {
        observer.skipped(
            Stage::Parties,
            "No particular issuer or audience is expected.",
        );
    }

    let context = match claims.context() {
        Some(claim) => context::parse(claim, &mut texts)?,
        None => Vec::new(),
    };
    observer.passed(Stage::Context, || describe_context(context.len()));

    Ok(VerifiedToken {
        key_id: key_id
            .filter(|kid| characters_beyond(kid.as_bytes(), MAX_KEY_ID_CHARACTERS).is_none())
            .map(|kid| texts.push(kid.as_bytes())),
        key_fingerprint: *key.fingerprint(),
        registered,
        profile: claims.profile(&mut texts),
        context,
        texts: texts.seal().map_err(Reason::ClaimsNotObject)?,
    })
}

/// A token of which is known what can be known without keys.
pub(crate) struct Opened<'a, 'b> {
    segments: Segments<'a>,
    /// How many bytes of the header were decoded.
    header_bytes: usize,
    key_id: Option<Cow<'b, str>>,
    payload: &'b [u8],
    signature: Signature<'b>,
}

/// The steps that need no keys. `decoded` is where the segments are decoded to.
#[inline]
pub(crate) fn open<'a, 'b>(
    token: &'a str,
    policy: &Policy,
    decoded: &'b mut Vec<u8>,
    observer: &mut impl Observer,
) -> Result<Opened<'a, 'b>, Reason> {
    let segments = Segments::split(token, policy.max_token_bytes)?;
    let usual = Header::usual(segments.header());
    let Decoded {
        header: header_bytes,
        payload,
        signature,
    } = decode(&segments, usual.is_some(), decoded)?;
    let header = match usual {
        Some(header) => header,
        None => Header::parse(header_bytes)?,
    };
    observer.passed(Stage::Structure, || {
        format!(
            "{} of at most {} bytes, three parts of base64url.",
            token.len(),
            policy.max_token_bytes
        )
    });

    header.check_algorithm()?;
    header.check_parameters()?;
    let key_id = header.key_id()?;
    observer.passed(Stage::Algorithm, || {
        "`alg` is `RS256`, there is no `crit`, and `typ` and `cty` are a JWT's.".to_owned()
    });
    Ok(Opened {
        segments,
        header_bytes: header_bytes.len(),
        key_id,
        payload,
        signature,
    })
}

/// The segments as bytes.
struct Decoded<'a> {
    header: &'a [u8],
    payload: &'a [u8],
    signature: Signature<'a>,
}

/// A decoded signature, or the length of one that no key can have made.
#[derive(Clone, Copy)]
enum Signature<'a> {
    Bytes(&'a [u8]),
    TooLong(usize),
}

/// Decoding is the check of the alphabet: one pass over each segment, one allocation for all of them. A header that is
/// known already is left out.
fn decode<'a>(
    segments: &Segments<'_>,
    is_header_known: bool,
    decoded: &'a mut Vec<u8>,
) -> Result<Decoded<'a>, Reason> {
    let encoded_header = if is_header_known {
        ""
    } else {
        segments.header()
    };
    let header_bytes = base64::decoded_length(encoded_header.len());
    let payload_bytes = base64::decoded_length(segments.payload().len());
    let signature_bytes = base64::decoded_length(segments.signature().len());
    let is_too_long = signature_bytes > MAX_SIGNATURE_BYTES;
    let kept = if is_too_long { 0 } else { signature_bytes };
    decoded.resize(header_bytes + payload_bytes + kept, 0);
    let (header, rest) = decoded.split_at_mut(header_bytes);
    let (payload, signature) = rest.split_at_mut(payload_bytes);

    let decode = |part, text: &str, bytes: &mut [u8]| {
        base64::decode_url_into(text.as_bytes(), bytes).map_err(|error| segments.fault(part, error))
    };
    decode(Part::Header, encoded_header, header)?;
    decode(Part::Payload, segments.payload(), payload)?;
    let signature = if is_too_long {
        base64::check_url(segments.signature().as_bytes())
            .map_err(|error| segments.fault(Part::Signature, error))?;
        Signature::TooLong(signature_bytes)
    } else {
        decode(Part::Signature, segments.signature(), signature)?;
        Signature::Bytes(signature)
    };
    Ok(Decoded {
        header,
        payload,
        signature,
    })
}

fn check_signature(
    key: &PublicKey,
    signing_input: &str,
    signature: Signature<'_>,
) -> Result<(), Reason> {
    let expected = key.modulus_bytes();
    match signature {
        Signature::Bytes(bytes) if bytes.len() == expected => {
            if key.verifies(signing_input.as_bytes(), bytes) {
                Ok(())
            } else {
                Err(Reason::SignatureWrong)
            }
        }
        Signature::Bytes(bytes) => Err(Reason::SignatureLength {
            found: bytes.len(),
            expected,
        }),
        Signature::TooLong(found) => Err(Reason::SignatureLength { found, expected }),
    }
}

fn describe_time(claims: &Registered, policy: &Policy, now: Time) -> String {
    let not_before = claims
        .not_before
        .map_or(String::new(), |time| format!(", valid from {time}"));
    format!(
        "Issued at {}{not_before}, expires at {}; now is {now}, and the setting allows {} s.",
        claims.issued_at,
        claims.expires_at,
        policy.leeway(),
    )
}

fn describe_parties(policy: &Policy) -> String {
    let issuer = policy
        .expected_issuer
        .as_ref()
        .map(|issuer| format!("`iss` is {} as expected", quoted(issuer)));
    let audience = policy
        .expected_audience
        .as_ref()
        .map(|audience| format!("`aud` names {} as expected", quoted(audience)));
    let found: Vec<String> = [issuer, audience].into_iter().flatten().collect();
    found.join(", and ") + "."
}

fn describe_context(variables: usize) -> String {
    match variables {
        0 => "No context variables.".to_owned(),
        1 => "1 context variable.".to_owned(),
        _ => format!("{variables} context variables."),
    }
}
