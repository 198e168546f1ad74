//! The server's own address as browsers see it.

use url::Url;

/// The public URL of a server: an origin, without a path.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PublicUrl {
    origin: String,
    is_https: bool,
}

/// Why a text is not a public URL.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error(
    "the public URL `{0}` must be `http://` or `https://` and a host, without a path: for example https://chat.example.com. The server needs a host name of its own; it cannot live below a path of another site"
)]
pub struct PublicUrlError(String);

impl PublicUrl {
    /// Judges `text`.
    ///
    /// # Errors
    /// When it is not an origin.
    pub fn parse(text: &str) -> Result<Self, PublicUrlError> {
        let wrong = || PublicUrlError(text.to_owned());
        let url = Url::parse(text).map_err(|_| wrong())?;
        let is_origin = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let is_anonymous = url.username().is_empty() && url.password().is_none();
        if !matches!(url.scheme(), "http" | "https") || !is_origin || !is_anonymous {
            return Err(wrong());
        }
        Ok(Self {
            origin: url.origin().ascii_serialization(),
            is_https: url.scheme() == "https",
        })
    }

    /// The origin, for example `https://chat.example.com`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether cookies can be `Secure`.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.is_https
    }

    /// The origin with a WebSocket scheme.
    #[must_use]
    pub fn socket_origin(&self) -> String {
        // http → ws, https → wss.
        self.origin.replacen("http", "ws", 1)
    }
}

#[cfg(test)]
mod tests {
    use super::PublicUrl;

    #[test]
    fn only_an_origin_is_a_public_url() {
        let url = PublicUrl::parse("https://Chat.example.com:443/").unwrap();
        assert_eq!(
            (url.origin(), url.is_https()),
            ("https://chat.example.com", true)
        );
        assert_eq!(
            PublicUrl::parse("http://[::1]:8080")
                .unwrap()
                .socket_origin(),
            "ws://[::1]:8080"
        );
        for wrong in [
            "",
            "chat.example.com",
            "https://a.example/chat",
            "ftp://a.example",
            "https://u@a.example",
            "https://a.example?x",
        ] {
            assert!(PublicUrl::parse(wrong).is_err(), "{wrong}");
        }
    }
}
