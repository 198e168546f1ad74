//! The files that browsers load: the widget's (for any page) and the consoles' (for this server's own). They are
//! embedded in release builds and read from the build folders in debug builds.

use std::borrow::Cow;

use aws_lc_rs::digest::{SHA384, digest};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bonafide_protocol::ErrorCode;
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::random::hex;
use crate::routes::problem::ApiError;

#[derive(RustEmbed)]
#[folder = "../../js/dist/cdn"]
#[allow_missing = true]
struct Widget;

#[derive(RustEmbed)]
#[folder = "../../www/dist"]
#[allow_missing = true]
struct Consoles;

/// The script that websites embed.
const SCRIPT: &str = "embed.js";
/// The page of the consoles, which routes by itself.
const INDEX: &str = "index.html";

/// The consoles' policy: nothing inline, nothing from elsewhere, and no text that becomes markup or script. The hash
/// is that of an empty style element: Fluent UI makes such elements and writes its rules by way of the CSSOM, which
/// no policy forbids. `'self'` covers the WebSocket.
const CONSOLE_POLICY: &str = "default-src 'none'; script-src 'self'; \
    style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// The value of an `integrity` attribute for the embedded script (W3C Subresource Integrity); `None` when this server
/// was built without it.
#[must_use]
pub(crate) fn script_integrity() -> Option<String> {
    let file = Widget::get(SCRIPT)?;
    Some(format!(
        "sha384-{}",
        STANDARD.encode(digest(&SHA384, &file.data))
    ))
}

/// Answers a GET outside the API: a file, or the consoles' page, or that there is nothing.
#[must_use]
pub(crate) fn serve(uri: &Uri, headers: &HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let found = find::<Widget>(path, headers).map(|file| file.answer(headers, Audience::AnyPage));
    let found = found.or_else(|| {
        find::<Consoles>(path, headers).map(|file| file.answer(headers, Audience::Consoles))
    });
    if let Some(response) = found {
        return response;
    }
    if !is_console_path(path) {
        let mut response =
            ApiError::new(ErrorCode::NotFound, "There is nothing at this address.").into_response();
        // A page from before a deployment asks for files that are gone: only so it can tell that from a broken network.
        let any = HeaderValue::from_static("*");
        response
            .headers_mut()
            .insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, any);
        return response;
    }
    match find::<Consoles>(INDEX, headers) {
        Some(page) => page.answer(headers, Audience::Consoles),
        None => ApiError::new(
            ErrorCode::NotFound,
            "This server was built without its consoles.",
        )
        .into_response(),
    }
}

/// Who loads a file.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Audience {
    /// Pages of any website.
    AnyPage,
    /// This server's own pages.
    Consoles,
}

/// A file as it will be sent.
struct Found {
    file: EmbeddedFile,
    content_type: String,
    is_brotli: bool,
    has_variants: bool,
    is_immutable: bool,
}

fn find<Folder: RustEmbed>(path: &str, headers: &HeaderMap) -> Option<Found> {
    // Only the files themselves are addresses, not their packed forms.
    if path.is_empty() || path.ends_with(".br") {
        return None;
    }
    let plain = Folder::get(path)?;
    let content_type = content_type(plain.metadata.mimetype());
    let packed = Folder::get(&format!("{path}.br"));
    let has_variants = packed.is_some();
    let packed = packed.filter(|_| accepts_brotli(headers));
    let is_brotli = packed.is_some();
    // Vite puts a hash of the content into every name below `assets/`.
    let is_immutable = path.starts_with("assets/");
    Some(Found {
        file: packed.unwrap_or(plain),
        content_type,
        is_brotli,
        has_variants,
        is_immutable,
    })
}

impl Found {
    fn answer(self, request: &HeaderMap, audience: Audience) -> Response {
        let tag = format!("\"{}\"", hex(&self.file.metadata.sha256_hash()[..16]));
        let is_fresh = request
            .get_all(header::IF_NONE_MATCH)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|known| known.trim().trim_start_matches("W/") == tag);
        let mut response = if is_fresh {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let body = match self.file.data {
                Cow::Borrowed(bytes) => Body::from(bytes),
                Cow::Owned(bytes) => Body::from(bytes),
            };
            body.into_response()
        };
        let mut set = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                response.headers_mut().insert(name, value);
            }
        };
        set(header::ETAG, &tag);
        let caching = if self.is_immutable {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        set(header::CACHE_CONTROL, caching);
        if self.has_variants {
            set(header::VARY, "Accept-Encoding");
        }
        if !is_fresh {
            set(header::CONTENT_TYPE, &self.content_type);
            if self.is_brotli {
                set(header::CONTENT_ENCODING, "br");
            }
        }
        match audience {
            Audience::AnyPage => {
                set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
                set(
                    HeaderName::from_static("cross-origin-resource-policy"),
                    "cross-origin",
                );
            }
            Audience::Consoles => {
                set(header::CONTENT_SECURITY_POLICY, CONSOLE_POLICY);
                set(
                    HeaderName::from_static("cross-origin-opener-policy"),
                    "same-origin",
                );
                set(
                    HeaderName::from_static("cross-origin-resource-policy"),
                    "same-origin",
                );
                set(header::X_FRAME_OPTIONS, "DENY");
                set(header::REFERRER_POLICY, "no-referrer");
            }
        }
        response
    }
}

/// Text is UTF-8, and says so: without it browsers guess.
fn content_type(mimetype: &str) -> String {
    if mimetype.starts_with("text/") {
        format!("{mimetype}; charset=utf-8")
    } else {
        mimetype.to_owned()
    }
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
            let weight = weight
                .trim()
                .strip_prefix("q=")
                .map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0));
            name.trim().eq_ignore_ascii_case("br") && weight > 0.0
        })
}

/// The addresses that the consoles' page routes by itself.
fn is_console_path(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    matches!(first, "" | "admin" | "agent" | "setup" | "sign-in" | "docs")
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, header};

    use super::{accepts_brotli, is_console_path};

    #[test]
    fn brotli_is_sent_to_those_who_take_it() {
        let accepts = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, value.parse().unwrap());
            accepts_brotli(&headers)
        };
        assert!(accepts("gzip, deflate, br, zstd") && accepts("br;q=0.5") && accepts("BR"));
        assert!(!accepts("gzip") && !accepts("br;q=0") && !accepts("") && !accepts("brotli"));
        assert!(!accepts_brotli(&HeaderMap::new()));
    }

    #[test]
    fn only_the_consoles_addresses_fall_back_to_their_page() {
        for path in [
            "",
            "admin",
            "admin/queues/que_1",
            "agent",
            "setup",
            "sign-in",
            "docs/errors",
        ] {
            assert!(is_console_path(path), "{path}");
        }
        for path in ["administrator", "assets/gone-123.js", "favicon.ico", "api"] {
            assert!(!is_console_path(path), "{path}");
        }
    }
}
