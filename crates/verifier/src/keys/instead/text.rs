//! What a text is that is neither JSON nor a PEM: pages, keys in the forms of other programs, files of other kinds.

use super::{Instead, PUBLISH_KEYS, encoded::of_digits, word};
use crate::prefix::begins;

/// What a text is. `text` begins with a character that can be seen, if with any.
pub(crate) fn of_text(text: &str) -> Instead {
    let text = text.trim_ascii_start();
    if text.is_empty() {
        return Instead::new("an empty text", PUBLISH_KEYS);
    }
    if text.contains('\0') {
        return super::of_any_bytes(text.as_bytes());
    }
    let known = [
        markup,
        json,
        other_key,
        damaged_pem,
        token,
        of_digits,
        program,
        settings,
    ];
    known
        .into_iter()
        .find_map(|recognise| recognise(text))
        .unwrap_or_else(|| Instead::new("a text without a key in it", PUBLISH_KEYS))
}

fn markup(text: &str) -> Option<Instead> {
    let inside = text.strip_prefix('<')?;
    if begins(inside, "!doctype html") || begins(inside, "html") || text.contains("<html") {
        return Some(Instead::new(
            "an HTML page, perhaps one for signing in or for an error",
            "enter the URL that answers with the keys alone, to everybody",
        ));
    }
    if text.contains("EntityDescriptor") {
        return Some(Instead::new(
            "SAML metadata, whose certificates are not for tokens",
            "enter the URL of the keys that sign tokens, such as the `jwks_uri` of OpenID Connect",
        ));
    }
    if text.contains("<RSAKeyValue") {
        return Some(Instead::new(
            "an RSA key in the XML of .NET",
            "publish it as PEM: `ExportSubjectPublicKeyInfoPem()` writes it",
        ));
    }
    if text.contains("<Error>") || text.contains("<Error ") {
        let code = between(text, "<Code>", "</Code>").and_then(word);
        let code = code.map_or(String::new(), |code| format!(" with the code `{code}`"));
        return Some(Instead::new(
            format!("an XML error answer{code}"),
            "let everybody read the file at this URL",
        ));
    }
    let root = text.split('<').skip(1).find_map(|element| {
        let end = element.find([' ', '\t', '\r', '\n', '>', '/'])?;
        word(&element[..end])
    });
    let root = root.map_or(String::new(), |root| format!(" (`{root}`)"));
    Some(Instead::new(format!("an XML document{root}"), PUBLISH_KEYS))
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    Some(text.split_once(before)?.1.split_once(after)?.0)
}

fn json(text: &str) -> Option<Instead> {
    if text.starts_with('"') && text.trim_end().ends_with('"') {
        let held = if text.contains("-----BEGIN") {
            "a JSON string that holds a PEM"
        } else {
            "a JSON string"
        };
        return Some(Instead::new(
            held,
            "publish what the string holds, without the quotes and with real line breaks",
        ));
    }
    if text.starts_with(['{', '[']) {
        return Some(Instead::new("JSON", PUBLISH_KEYS));
    }
    let guards = [
        ")]}'",
        ")]}",
        "while(1)",
        "while (1)",
        "for(;;)",
        "for (;;)",
    ];
    if guards.iter().any(|guard| text.starts_with(guard)) {
        return Some(Instead::new(
            "JSON behind a guard against scripts",
            "publish the JSON without that guard",
        ));
    }
    matches!(
        text.trim_end(),
        "null" | "undefined" | "None" | "nil" | "true" | "false"
    )
    .then(|| {
        Instead::new(
            format!("the word `{}`", text.trim_end()),
            "see why the program behind this URL finds no key",
        )
    })
}

/// Keys in the forms of SSH.
fn other_key(text: &str) -> Option<Instead> {
    if text.starts_with("---- BEGIN SSH2") {
        return Some(Instead::new(
            "a key in the form of SSH2 (RFC 4716)",
            "publish it as PEM: `ssh-keygen -i -f key.pub > key.ssh; ssh-keygen -e -m PKCS8 -f key.ssh`",
        ));
    }
    let is_other = [
        "ssh-ed25519",
        "ssh-dss",
        "ecdsa-sha2-",
        "sk-ssh-",
        "sk-ecdsa-",
    ]
    .iter()
    .any(|kind| text.starts_with(kind));
    if is_other {
        return Some(Instead::new(
            "a key of OpenSSH that is not RSA",
            "tokens are signed with RS256, which takes an RSA key",
        ));
    }
    (text.starts_with("ssh-rsa ") || text.contains(" ssh-rsa AAAA")).then(|| {
        Instead::new(
            "a key in the form of OpenSSH (`ssh-rsa`)",
            "publish it as PEM: `ssh-keygen -e -m PKCS8 -f key.pub`",
        )
    })
}

fn damaged_pem(text: &str) -> Option<Instead> {
    if text.contains("-----BEGIN") {
        return Some(Instead::new(
            "a text in which the PEM does not begin a line",
            "publish the PEM alone, without quotes or a name in front of it",
        ));
    }
    let upper = text.get(..200).unwrap_or(text).to_ascii_uppercase();
    let is_pem =
        upper.contains("BEGIN") && (upper.contains("KEY") || upper.contains("CERTIFICATE"));
    is_pem.then(|| {
        Instead::new(
            "a PEM whose first line is damaged",
            "write `-----BEGIN PUBLIC KEY-----`, with five hyphens on each side and in capitals",
        )
    })
}

fn token(text: &str) -> Option<Instead> {
    let parts: Vec<&str> = text.trim_end().split('.').collect();
    let is_digit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let is_token = matches!(parts.len(), 3 | 5)
        && text.starts_with("eyJ")
        && parts.iter().all(|part| part.chars().all(is_digit));
    is_token.then(|| {
        Instead::new(
            "a token (JWT), not a key",
            "enter the URL of the public key, and publish no token: whoever reads it can use it",
        )
    })
}

fn program(text: &str) -> Option<Instead> {
    const BEGINNINGS: [&str; 11] = [
        "var ",
        "let ",
        "const ",
        "function",
        "export ",
        "import ",
        "module.",
        "window.",
        "(function",
        "\"use strict\"",
        "'use strict'",
    ];
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '.');
    let called = text.trim_start_matches("/**/").trim_start_matches(is_name);
    // As in JSONP: a function is called with the keys.
    let is_call = called.len() < text.len()
        && called.starts_with('(')
        && text.trim_end().trim_end_matches(';').ends_with(')');
    let is_program = BEGINNINGS
        .iter()
        .any(|beginning| text.starts_with(beginning))
        || is_call;
    is_program.then(|| Instead::new("a script", "publish the keys themselves, as JSON or PEM"))
}

/// YAML and files of lines with names and values.
fn settings(text: &str) -> Option<Instead> {
    let mut lines = text.lines().map(str::trim).filter(|line| {
        !line.is_empty() && !line.starts_with('#') && *line != "---" && !line.starts_with('%')
    });
    let Some(line) = lines.next() else {
        return Some(Instead::new("nothing but comments", PUBLISH_KEYS));
    };
    let is_name = |name: &str| {
        let name = name
            .trim_start_matches("- ")
            .trim_matches(['"', '\''])
            .trim();
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        (1..=64).contains(&name.len()) && name.chars().all(is_of_name)
    };
    let has = |sign| line.split_once(sign).is_some_and(|(name, _)| is_name(name));
    let is_yaml = has(':')
        && line
            .split_once(':')
            .is_some_and(|(_, value)| value.is_empty() || value.starts_with([' ', '\t']));
    if is_yaml || line.starts_with("- ") {
        return Some(Instead::new(
            "YAML or a list of headers",
            "publish JSON or a PEM",
        ));
    }
    has('=').then(|| {
        Instead::new(
            "lines of names and values",
            "publish the key itself, as PEM",
        )
    })
}
