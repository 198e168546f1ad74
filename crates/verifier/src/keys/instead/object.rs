//! What a JSON object is that is neither a JWKS, a JWK nor an entry. Its syntax has been checked.

use super::{Instead, word};
use crate::{
    json::{Reader, Text, Value},
    quote::{listed, quoted_to},
};

/// How many characters of a member's name are shown. A sentence may hold three of them.
const SHOWN: usize = 48;
/// Members that answers about errors have.
const OF_ERRORS: [&str; 9] = [
    "error",
    "errors",
    "errorCode",
    "errorMessage",
    "error_description",
    "fault",
    "exception",
    "message",
    "Message",
];
/// Members that answers with tokens have.
const OF_TOKENS: [&str; 3] = ["access_token", "id_token", "token"];

const ONE_PEM: &str = "publish that PEM alone, or an entry `{\"kid\": …, \"publicKey\": …}` with the base64 of the PEM";

/// What the object at `at` is. `None` for one of which nothing is known.
pub(crate) fn of_object(text: &str, at: usize) -> Option<Instead> {
    let members = members(text, at);
    let find = |name: &str| {
        let member = members.iter().find(|(known, _)| known.is(name));
        member.map(|(_, value)| *value)
    };
    let string = |name: &str| match find(name) {
        Some(Value::Text(text)) => Some(text.unescape()),
        _ => None,
    };
    if let Some(jwks_uri) = string("jwks_uri") {
        return Some(Instead::new(
            "a discovery document, not the keys",
            format!("enter its `jwks_uri`: {}", address(&jwks_uri)),
        ));
    }
    if find("token_endpoint").is_some() || find("authorization_endpoint").is_some() {
        return Some(Instead::new(
            "a discovery document without `jwks_uri`",
            "enter the URL that answers with the keys",
        ));
    }
    if find("realm").is_some() && find("public_key").is_some() {
        return Some(Instead::new(
            "Keycloak's description of a realm",
            "enter the URL of its keys: this one with `/protocol/openid-connect/certs` behind it",
        ));
    }
    let is_pem = |value: &Value<'_>| matches!(value, Value::Text(text) if holds_pem(*text));
    if members.len() > 1 && members.iter().all(|(_, value)| is_pem(value)) {
        return Some(map_by_id());
    }
    if let Some((name, value)) = members.iter().find(|(_, value)| is_pem(value)) {
        // One certificate under its id, or one PEM under some word for a key.
        let name = name.unescape();
        let is_certificate =
            matches!(value, Value::Text(text) if text.unescape().contains("CERTIFICATE"));
        return Some(
            if members.len() == 1 && is_certificate && !is_word_for_key(&name) {
                map_by_id()
            } else {
                Instead::new(
                    format!("an object whose {} holds a PEM", quoted_to(&name, SHOWN)),
                    ONE_PEM,
                )
            },
        );
    }
    if let Some(wrapper) = members.iter().find(|(_, value)| holds_keys(value)) {
        return Some(wrapped(wrapper));
    }
    let is_base64 =
        |value: &Value<'_>| matches!(value, Value::Text(text) if text.bytes().starts_with(b"MII"));
    if let Some((name, _)) = members.iter().find(|(_, value)| is_base64(value)) {
        return Some(Instead::new(
            format!(
                "an object whose {} holds base64 that is no PEM",
                quoted_to(&name.unescape(), SHOWN)
            ),
            "publish the key as PEM",
        ));
    }
    if OF_TOKENS.iter().any(|name| string(name).is_some()) {
        return Some(Instead::new(
            "an answer with a token, not the keys",
            "enter the URL of the public keys, and let nobody read tokens at this one",
        ));
    }
    let is_problem =
        find("title").is_some() && (find("status").is_some() || find("detail").is_some());
    if !is_problem && OF_ERRORS.iter().all(|name| find(name).is_none()) {
        return None;
    }
    let code = ["error", "errorCode", "code"]
        .iter()
        .find_map(|name| string(name));
    let code = code.as_deref().and_then(word);
    let code = code.map_or(String::new(), |code| format!(" with the code `{code}`"));
    Some(Instead::new(
        format!("an error answer{code}, though its status is that of success"),
        "open the URL where nobody is signed in: it must answer with the keys",
    ))
}

/// The names of the object's members, the first few of them.
pub(crate) fn names(text: &str, at: usize) -> String {
    let names: Vec<_> = members(text, at)
        .iter()
        .map(|(name, _)| name.unescape())
        .collect();
    match names.len() {
        0 => "an empty one".to_owned(),
        _ => listed(names.iter().map(|name| quoted_to(name, SHOWN)), 3),
    }
}

fn members(text: &str, at: usize) -> Vec<(Text<'_>, Value<'_>)> {
    let mut members = Vec::new();
    let mut reader = Reader::starting_at(text, at);
    if reader.object().is_ok() {
        while let Ok(Some((name, _))) = reader.name() {
            let Ok(value) = reader.value() else { break };
            members.push((name, value));
        }
    }
    members
}

fn map_by_id() -> Instead {
    Instead::new(
        "a map of keys or certificates by key id",
        "enter the URL of the same keys as a JWKS, or publish an array of `{\"kid\": …, \"publicKey\": …}`",
    )
}

fn wrapped((name, value): &(Text<'_>, Value<'_>)) -> Instead {
    let name = name.unescape();
    let shown = quoted_to(&name, SHOWN);
    match value {
        // As `{"keys": {"<kid>": {…}}}` is, whose array is missing.
        Value::Object(_) if name == "keys" => map_by_id(),
        Value::Object(source) | Value::Array(source) if source.contains("-----BEGIN") => {
            Instead::new(
                format!("an object that holds a PEM deep inside of {shown}"),
                ONE_PEM,
            )
        }
        _ => Instead::new(
            format!("an object that wraps the keys in {shown}"),
            format!("publish what stands in {shown} as the whole body"),
        ),
    }
}

fn holds_pem(text: Text<'_>) -> bool {
    text.unescape().contains("-----BEGIN")
}

fn holds_keys(value: &Value<'_>) -> bool {
    let (Value::Object(source) | Value::Array(source)) = value else {
        return false;
    };
    ["\"kty\"", "\"publicKey\"", "\"public_key\"", "-----BEGIN"]
        .iter()
        .any(|sign| source.contains(sign))
}

fn is_word_for_key(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["key", "cert", "pem", "public", "x5c"]
        .iter()
        .any(|word| name.contains(word))
}

/// An address as it can be copied, or no more of it than of other foreign text.
fn address(text: &str) -> String {
    let is_plain = text
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'`');
    quoted_to(text, if is_plain { 300 } else { SHOWN })
}
