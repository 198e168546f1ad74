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

    /// Judges `entries`, and notes what is wrong with each under `field`.
    pub fn parse(entries: &[String], field: &str, fields: &mut Fields) -> Option<Self> {
        if entries.len() > Self::MAX {
            fields.refuse(
                field,
                Fault::too_long(format!("At most {} origins are allowed.", Self::MAX)),
            );
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

/// An origin as browsers write it: scheme, host in lower case, port unless it is the scheme's own.
fn origin(entry: &str) -> Result<String, Fault> {
    let wrong = || {
        Fault::invalid(format!(
            "`{entry}` is not an origin. Write scheme and host, and the port unless it is the usual one, without a path: `https://www.example.com`."
        ))
    };
    if entry.trim().is_empty() {
        return Err(Fault::required("An origin must not be blank."));
    }
    if entry.contains('*') {
        return Err(Fault::invalid(
            "Origins are compared exactly; `*` cannot stand for a part. List each origin, or give the single entry `*` for any page.",
        ));
    }
    let url = Url::parse(entry).map_err(|_| wrong())?;
    if !matches!(url.scheme(), "http" | "https")
        || !url.username().is_empty()
        || url.password().is_some()
    {
        return Err(wrong());
    }
    let origin = url.origin().ascii_serialization();
    // Whatever else the entry held (path, query, fragment, blanks) shows in the difference. A final slash is how
    // browsers' address bars are copied.
    let written = entry.strip_suffix('/').unwrap_or(entry).to_lowercase();
    let default_port = if url.scheme() == "https" {
        ":443"
    } else {
        ":80"
    };
    let without_port = written.strip_suffix(default_port).unwrap_or(&written);
    let is_ascii = entry.is_ascii();
    if is_ascii && without_port != origin || !is_ascii && url.path() != "/" {
        return Err(wrong());
    }
    Ok(origin)
}

#[cfg(test)]
mod tests {
    use super::{AllowedOrigins, Fields, origin};

    #[test]
    fn origins_are_written_as_browsers_write_them() {
        for (entry, expected) in [
            ("https://www.example.com", "https://www.example.com"),
            ("https://WWW.Example.com/", "https://www.example.com"),
            ("https://www.example.com:443", "https://www.example.com"),
            ("http://127.0.0.1:8081", "http://127.0.0.1:8081"),
            ("http://localhost:80", "http://localhost"),
            ("http://[::1]:8081", "http://[::1]:8081"),
            (
                "https://b\u{fc}cher.example",
                "https://xn--bcher-kva.example",
            ),
        ] {
            assert_eq!(origin(entry).unwrap(), expected);
        }
    }

    #[test]
    fn what_is_not_an_origin_is_refused() {
        for entry in [
            "",
            "example.com",
            "https://",
            "https://a.example/path",
            "https://a.example?q",
            "https://a.example#f",
            "https://u:p@a.example",
            "ftp://a.example",
            "null",
            "https://*.example.com",
            "file:///etc",
            " https://a.example",
            "https://b\u{fc}cher.example/x",
        ] {
            assert!(origin(entry).is_err(), "{entry}");
        }
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
