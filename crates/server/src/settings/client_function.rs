//! The dotted name of a page's client function. The widget resolves it segment by segment and never as code; what
//! is refused here would still call something of the browser's own, or reach code by way of a prototype.

use super::Fault;

/// The path of a client function, for example `auth.getAuthenticationToken`: ASCII identifiers joined by dots.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ClientFunctionPath(String);

impl ClientFunctionPath {
    /// Longest path, in characters.
    pub const MAX: usize = 100;

    /// Judges `text`. A leading `window.` or `globalThis.` is dropped.
    ///
    /// # Errors
    /// When it is blank, too long, not identifiers joined by dots, reaches for a prototype, or begins with something
    /// of the browser's own.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Fault::required(
                "A client function is needed, such as `auth.getAuthenticationToken`.",
            ));
        }
        let length = text.chars().count();
        if length > Self::MAX {
            return Err(Fault::too_long(format!(
                "The name has {length} characters; at most {} are allowed.",
                Self::MAX
            )));
        }
        let path = text
            .strip_prefix("window.")
            .or_else(|| text.strip_prefix("globalThis."))
            .unwrap_or(text);
        for segment in path.split('.') {
            if !is_identifier(segment) {
                return Err(Fault::invalid(format!(
                    "`{segment}` is not a name. Write the function's dotted name, without brackets or parentheses: `auth.getAuthenticationToken`."
                )));
            }
            if is_prototype(segment) {
                return Err(Fault::invalid(format!(
                    "`{segment}` is not allowed: it reaches for the inside of JavaScript's objects."
                )));
            }
        }
        let first = path.split('.').next().unwrap_or_default();
        if is_of_the_browser(first) {
            return Err(Fault::invalid(format!(
                "`{first}` belongs to the browser. Name a function that the website itself defines, such as `auth.getAuthenticationToken`."
            )));
        }
        Ok(Self(path.to_owned()))
    }

    /// The path.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

fn is_identifier(segment: &str) -> bool {
    let mut bytes = segment.bytes();
    let is_start = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$';
    bytes.next().is_some_and(is_start) && bytes.all(|byte| is_start(byte) || byte.is_ascii_digit())
}

fn is_prototype(segment: &str) -> bool {
    matches!(segment, "__proto__" | "prototype" | "constructor")
}

fn is_of_the_browser(name: &str) -> bool {
    BROWSER_NAMES.lines().any(|line| line == name)
}

/// Every property of `globalThis` and of what it inherits from, as a current Chromium lists them, with a few of
/// other browsers; one a line, sorted.
const BROWSER_NAMES: &str = include_str!("browser_names.txt");

#[cfg(test)]
mod tests {
    use super::ClientFunctionPath;

    #[test]
    fn dotted_identifiers_are_accepted() {
        for (text, expected) in [
            ("auth.getAuthenticationToken", "auth.getAuthenticationToken"),
            (" getToken ", "getToken"),
            (
                "window.auth.getAuthenticationToken",
                "auth.getAuthenticationToken",
            ),
            ("globalThis.$shop._token2", "$shop._token2"),
        ] {
            assert_eq!(
                ClientFunctionPath::parse(text).unwrap().into_string(),
                expected
            );
        }
    }

    #[test]
    fn code_prototypes_and_the_browsers_own_are_refused() {
        for text in [
            "",
            "auth.",
            ".auth",
            "auth..x",
            "auth[0]",
            "auth.get()",
            "1auth",
            "a b",
            "a-b",
            "\u{e4}uth",
            "alert(1)//",
            "__proto__.x",
            "a.__proto__",
            "a.prototype.b",
            "a.constructor",
            "constructor",
            "window.constructor",
            "eval",
            "Function",
            "setTimeout",
            "document.write",
            "location.assign",
            "parent.x",
            "top.x",
            "opener.x",
            "frames.x",
            "fetch",
            "open",
            "alert",
            "localStorage.setItem",
            "Object.assign",
            "toString",
            "hasOwnProperty",
            "window.window.x",
            "window",
            "globalThis",
            "self.x",
            "navigator.x",
            "crypto.x",
            "customElements.define",
        ] {
            assert!(ClientFunctionPath::parse(text).is_err(), "{text}");
        }
        assert!(ClientFunctionPath::parse(&"a".repeat(100)).is_ok());
        assert!(ClientFunctionPath::parse(&"a".repeat(101)).is_err());
    }
}
