//! What the routes of files of both sides have in common: how a file is sent, and the headers with which it is read.
//!
//! A file is read as what it was judged to be, and as nothing else: whoever opens its address gets no page of this server.

use axum::body::{Body, BodyDataStream};
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bonafide_protocol::file::SendFile;
use futures_util::stream::try_unfold;
use percent_encoding::percent_decode_str;

use super::extract::Query;
use super::problem::{ApiError, ApiResult};
use crate::conversations::files::{Arriving, FileHead, OpenFile};
use crate::files::name::disposition;
use crate::settings::Fault;
use crate::state::AppState;

impl FromRequestParts<AppState> for FileHead {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let Query(SendFile { client_id }) = Query::from_request_parts(parts, state).await?;
        let length = parts.headers.get(header::CONTENT_LENGTH);
        Ok(Self {
            client_id,
            name: name(&parts.headers)?,
            length: length.and_then(|length| length.to_str().ok()?.parse().ok()),
        })
    }
}

/// The file, which comes as the request's body.
pub(super) fn arriving(
    state: &AppState,
    head: FileHead,
    request: Request,
) -> Arriving<BodyDataStream> {
    Arriving {
        head,
        pieces: request.into_body().into_data_stream(),
        patience: state.config.body_timeout,
    }
}

/// The file's name: percent-encoded, because a header holds ASCII only. Not in the address, which proxies log.
fn name(headers: &HeaderMap) -> ApiResult<String> {
    let refused = |fault: Fault| ApiError::invalid(vec![fault.of("File-Name")]);
    let Some(name) = headers.get(&FILE_NAME) else {
        let fault = Fault::required("Send the file's name, percent-encoded, as `File-Name`.");
        return Err(refused(fault));
    };
    let text = name.to_str().unwrap_or_default();
    if text.len() > LONGEST_NAME {
        let fault = Fault::too_long(format!(
            "This has {} bytes; at most {LONGEST_NAME} are allowed.",
            text.len()
        ));
        return Err(refused(fault));
    }
    match percent_decode_str(text).decode_utf8() {
        Ok(decoded) if !decoded.is_empty() => Ok(decoded.into_owned()),
        _ => Err(refused(Fault::invalid(
            "This is no text in UTF-8, percent-encoded.",
        ))),
    }
}

/// The file as an answer; or that the reader has it already.
pub(super) fn answer(file: OpenFile, asked: &HeaderMap) -> ApiResult<Response> {
    let OpenFile { row, content } = file;
    let tag = format!("\"{}\"", row.sha256);
    let known = asked.get_all(header::IF_NONE_MATCH).iter();
    let mut known = known.filter_map(|tags| tags.to_str().ok());
    let headers = [
        // Private, and asked for each time: whoever may not read it any more does not get it from a cache.
        (header::CACHE_CONTROL, "private, no-cache"),
        (
            header::CONTENT_SECURITY_POLICY,
            "sandbox; default-src 'none'",
        ),
        (CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::ETAG, &tag),
    ];
    if known.any(|tags| {
        tags.split(',')
            .any(|known| known.trim().trim_start_matches("W/") == tag)
    }) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let disposition = disposition(&row.name, row.kind);
    let pieces = try_unfold(content, |mut content| async move {
        match content.read().await {
            Ok(piece) => Ok(piece.map(|piece| (piece, content))),
            Err(error) => {
                // The answer has begun: what can be told is that it breaks off.
                tracing::error!(%error, "a file broke off");
                Err(error)
            }
        }
    });
    let of_file = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static(row.kind.as_str()),
        ),
        (header::CONTENT_DISPOSITION, value(&disposition)?),
        (header::CONTENT_LENGTH, row.bytes.into()),
    ];
    Ok((headers, of_file, Body::from_stream(pieces)).into_response())
}

fn value(text: &str) -> ApiResult<HeaderValue> {
    HeaderValue::from_str(text).map_err(ApiError::internal)
}

const FILE_NAME: HeaderName = HeaderName::from_static("file-name");
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName =
    HeaderName::from_static("cross-origin-resource-policy");

/// As many characters as a name has anywhere, of four bytes each, percent-encoded.
const LONGEST_NAME: usize = 255 * 12;
