//! Which pages may embed a chat widget: exact origins, or any.

use url::Url;

use super::{Fault, Fields};

/// The origins that may embed a chat widget.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum AllowedOrigins {
    /// Any page, and clients that send no `Origin`.
    Any,
    /// Exactly these, as browsers write them.
    Only(Vec<String>),
}

impl AllowedOrigins {
    /// The entry that stands for any page.
    pub const ANY: &'static str = "*";
    /// Most entries of one widget.
    pub const MAX: usize = 100;
    /// Longest entry, in characters: a host name has at most 253 (RFC 1035), and schemes and ports are short.
    pub const MAX_LENGTH: usize = 300;

    /// Judges `entries`, and notes what is wrong with each under `field`.
    pub fn parse(entries: &[String], field: &str, fields: &mut Fields) -> Option<Self> {
        if entries.len() > Self::MAX {
            fields.refuse(field, Fault::too_many_entries(entries.len(), Self::MAX));
            return None;
        }
        if entries.iter().any(|entry| entry == Self::ANY) {
            if entries.len() == 1 {
                return Some(Self::Any);
            }
            fields.refuse(
                field,
                Fault::invalid("`*` means any page, so it must be the only entry."),
            );
            return None;
        }
        let mut origins: Vec<String> = Vec::with_capacity(entries.len());
        for (index, entry) in entries.iter().enumerate() {
            let name = format!("{field}[{index}]");
            match fields.take(&name, origin(entry)) {
                Some(origin) if origins.contains(&origin) => {
                    fields.refuse(
                        name,
                        Fault::duplicate(format!("`{origin}` is in the list twice.")),
                    );
                }
                Some(origin) => origins.push(origin),
                None => {}
            }
        }
        Some(Self::Only(origins))
    }

    /// What a chat widget's row holds, which was judged when it was saved.
    #[must_use]
    pub fn from_stored(entries: Vec<String>) -> Self {
        if entries.iter().any(|entry| entry == Self::ANY) {
            Self::Any
        } else {
            Self::Only(entries)
        }
    }

    /// Whether a request with this `Origin` header may be answered. Origins are compared as such, byte by byte:
    /// never by suffix or prefix, which `https://example.com.attacker.example` would pass.
    #[must_use]
    pub fn allow(&self, origin: Option<&str>) -> bool {
        match (self, origin) {
            (Self::Any, _) => true,
            (Self::Only(_), None) => false,
            (Self::Only(origins), Some(origin)) => origins.iter().any(|allowed| allowed == origin),
        }
    }

    /// The entries as they are stored and answered.
    #[must_use]
    pub fn into_entries(self) -> Vec<String> {
        match self {
            Self::Any => vec![Self::ANY.to_owned()],
            Self::Only(origins) => origins,
        }
    }
}

/// An origin as browsers write it (RFC 6454, section 6.2), of a website or of an app's web view: scheme in lower case,
/// host, port unless it is the scheme's own. The host of `https` and the other schemes that URLs know (WHATWG, "special")
/// is in lower case and ASCII. In all others it is an opaque text, and may be absent.
fn origin(entry: &str) -> Result<String, Fault> {
    let length = entry.chars().count();
    if length > AllowedOrigins::MAX_LENGTH {
        return Err(Fault::too_many_characters(
            length,
            AllowedOrigins::MAX_LENGTH,
        ));
    }
    if entry.trim().is_empty() {
        return Err(Fault::required("An origin must not be blank."));
    }
    if entry.contains('*') {
        return Err(Fault::invalid(
            "Origins are compared exactly; `*` cannot stand for a part. List each origin, or give the single entry `*` for any page.",
        ));
    }
    let (scheme, rest) = split(entry)?;
    refuse_scheme(&scheme)?;
    let written = format!("{scheme}://{rest}");
    let url = Url::parse(&written).map_err(|_| wrong(entry))?;
    let host = url.host_str().unwrap_or_default();
    let port = url
        .port()
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    let origin = format!("{scheme}://{host}{port}");
    if url.is_special() {
        // The parser skips line breaks and tabs, and takes a backslash for a slash.
        let is_plain =
            |character: char| !character.is_control() && !matches!(character, ' ' | '\\');
        if rest.is_empty() || !rest.chars().all(is_plain) {
            return Err(wrong(entry));
        }
    } else if !rest.starts_with(&format!("{host}{port}")) {
        return Err(wrong(entry));
    }
    let is_bare =
        matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
    let is_anonymous = url.username().is_empty() && url.password().is_none() && !rest.contains('@');
    // `#` and `?` with nothing behind are parts all the same, and so is a second slash.
    let is_host_and_port = !rest.contains(['/', '?', '#']);
    if is_bare && is_anonymous && is_host_and_port {
        Ok(origin)
    } else if is_anonymous {
        Err(Fault::invalid(format!(
            "`{entry}` is more than an origin. Write only `{origin}`."
        )))
    } else {
        Err(wrong(entry))
    }
}

/// The scheme in lower case, and what follows `://` without a final slash, which is how address bars are copied.
fn split(entry: &str) -> Result<(String, &str), Fault> {
    if entry.eq_ignore_ascii_case("null") {
        return Err(Fault::invalid(
            "`null` is what browsers send for every page that has no origin: files, sandboxed frames, `data:` URLs, of \
             anybody. Serve the page from an origin of its own.",
        ));
    }
    let (scheme, rest) = entry.split_once(':').ok_or_else(|| wrong(entry))?;
    let mut letters = scheme.bytes();
    let is_scheme = letters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let scheme = scheme.to_ascii_lowercase();
    // Said before the slashes are missed: most of these are written without.
    if is_scheme {
        refuse_scheme(&scheme)?;
    }
    match rest.strip_prefix("//") {
        Some(rest) if is_scheme => Ok((scheme, rest.strip_suffix('/').unwrap_or(rest))),
        _ => Err(wrong(entry)),
    }
}

/// Schemes whose pages have no origin that a list could name, and those that no page has.
fn refuse_scheme(scheme: &str) -> Result<(), Fault> {
    let reason = match scheme {
        "file" => {
            "Pages that are opened as files have no origin: browsers send `null` or the same `file://` for every file there is. Serve the page from an origin of its own."
        }
        "about" | "blob" | "data" | "filesystem" | "javascript" | "view-source" => {
            "Such pages have no origin of their own. Name the origin of the page that opens them."
        }
        "ws" | "wss" => {
            "A page's origin has the page's scheme. Write `https://` for `wss://`, and `http://` for `ws://`."
        }
        _ => return Ok(()),
    };
    Err(Fault::invalid(reason))
}

fn wrong(entry: &str) -> Fault {
    Fault::invalid(format!(
        "`{entry}` is not an origin. Write scheme and host, and the port unless it is the usual one, without a path: `https://www.example.com`, `capacitor://localhost`."
    ))
}

#[cfg(test)]
mod tests {
    use super::{AllowedOrigins, Fields, origin};

    #[test]
    fn origins_are_written_as_browsers_write_them() {
        for (entry, expected) in [
            ("https://www.example.com", "https://www.example.com"),
            ("https://WWW.Example.com/", "https://www.example.com"),
            ("HTTPS://www.example.com", "https://www.example.com"),
            ("https://www.example.com:443", "https://www.example.com"),
            ("https://www.example.com:443/", "https://www.example.com"),
            ("https://www.example.com:80", "https://www.example.com:80"),
            (
                "https://www.example.com:08443",
                "https://www.example.com:8443",
            ),
            ("https://www.example.com.", "https://www.example.com."),
            ("http://127.0.0.1:8081", "http://127.0.0.1:8081"),
            ("http://localhost:80", "http://localhost"),
            ("http://[::1]:8081", "http://[::1]:8081"),
            ("http://[0:0:0:0:0:0:0:1]", "http://[::1]"),
            ("http://[2001:DB8::A]", "http://[2001:db8::a]"),
            (
                "https://b\u{fc}cher.example",
                "https://xn--bcher-kva.example",
            ),
            (
                "https://B\u{dc}CHER.example/",
                "https://xn--bcher-kva.example",
            ),
            (
                "https://xn--bcher-kva.example",
                "https://xn--bcher-kva.example",
            ),
            // Of apps and extensions.
            ("capacitor://localhost", "capacitor://localhost"),
            ("Capacitor://localhost/", "capacitor://localhost"),
            ("ionic://localhost", "ionic://localhost"),
            ("ionic://", "ionic://"),
            ("tauri://localhost", "tauri://localhost"),
            ("app://.", "app://."),
            ("app://obsidian.md", "app://obsidian.md"),
            ("custom-scheme+1.0://a:8080", "custom-scheme+1.0://a:8080"),
            ("app://[::1]:8080", "app://[::1]:8080"),
            (
                "chrome-extension://abcdefghijklmnopabcdefghijklmnop/",
                "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
            ),
            (
                "moz-extension://8b2f0c2e-6f0e-4a51-9f5c-0f6f3c2b7d11",
                "moz-extension://8b2f0c2e-6f0e-4a51-9f5c-0f6f3c2b7d11",
            ),
            // Browsers leave the case of such a host as it is.
            (
                "safari-web-extension://E5F1A6C0-22AA-4F5B-9F3E-1B2C3D4E5F60",
                "safari-web-extension://E5F1A6C0-22AA-4F5B-9F3E-1B2C3D4E5F60",
            ),
        ] {
            assert_eq!(origin(entry).as_deref(), Ok(expected), "{entry}");
        }
    }

    #[test]
    fn what_is_not_an_origin_is_refused() {
        for entry in [
            "",
            " ",
            "example.com",
            "//example.com",
            "://example.com",
            "1app://a",
            "a b://c",
            "https:example.com",
            "https:/example.com",
            "https://",
            "https:///a.example",
            "https://a.example//",
            "https://u:p@a.example",
            "https://@a.example",
            "https://*.example.com",
            " https://a.example",
            "https://a.example ",
            "https://a.example\t",
            "https://a\\b",
            "https://a.example:99999",
            "https://a.example:x",
            "https://a b",
            "https://[::1",
            "capacitor:localhost",
            "capacitor:/localhost",
            "capacitor://u@localhost",
            "capacitor://local host",
            "capacitor://localhost:99999",
            "capacitor://l\u{f6}calhost",
            "capacitor://localhost, ionic://localhost",
        ] {
            assert!(origin(entry).is_err(), "{entry}");
        }
        let said = |entry: &str| origin(entry).unwrap_err().message;
        for (entry, bare) in [
            ("https://a.example/path", "https://a.example"),
            ("https://A.example:443/a/?q", "https://a.example"),
            ("https://a.example?q", "https://a.example"),
            ("https://a.example#", "https://a.example"),
            ("capacitor://localhost/index.html", "capacitor://localhost"),
            (
                "https://b\u{fc}cher.example/x",
                "https://xn--bcher-kva.example",
            ),
        ] {
            let expected = format!("`{entry}` is more than an origin. Write only `{bare}`.");
            assert_eq!(said(entry), expected);
        }
        for null in ["null", "NULL"] {
            assert!(
                said(null).starts_with("`null` is what browsers send"),
                "{null}"
            );
        }
        for file in ["file://", "file:///etc", "FILE:///C:/x.html", "file:"] {
            assert!(
                said(file).starts_with("Pages that are opened as files have no origin"),
                "{file}"
            );
        }
        for nowhere in [
            "data:text/html,x",
            "blob:https://a.example/1",
            "about:blank",
            "javascript:1",
        ] {
            assert!(
                said(nowhere).starts_with("Such pages have no origin"),
                "{nowhere}"
            );
        }
        assert!(said("wss://a.example").contains("`https://`"));
        let long = format!("https://{}.example", "a".repeat(200_000));
        assert_eq!(
            said(&long),
            "This has 200016 characters; at most 300 are allowed."
        );
    }

    #[test]
    fn only_the_same_origin_is_allowed() {
        let mut fields = Fields::default();
        let allowed = AllowedOrigins::parse(
            &["https://a.example".to_owned()],
            "allowedOrigins",
            &mut fields,
        )
        .unwrap();
        assert!(allowed.allow(Some("https://a.example")));
        for origin in [
            "https://a.example.attacker.example",
            "http://a.example",
            "https://a.example:8443",
            "null",
        ] {
            assert!(!allowed.allow(Some(origin)), "{origin}");
        }
        assert!(!allowed.allow(None));
        assert!(AllowedOrigins::Any.allow(None));
    }

    #[test]
    fn each_wrong_entry_is_named() {
        let entries = ["https://a.example", "nonsense", "https://a.example/"].map(str::to_owned);
        let mut fields = Fields::default();
        let value = AllowedOrigins::parse(&entries, "allowedOrigins", &mut fields);
        let names: Vec<_> = fields
            .finish(value)
            .unwrap_err()
            .into_iter()
            .map(|fault| fault.name)
            .collect();
        assert_eq!(names, ["allowedOrigins[1]", "allowedOrigins[2]"]);
    }
}
