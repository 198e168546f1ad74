//! Reads requests strictly: unknown fields are refused by name, every fault names its field, and every refusal is a
//! problem.

use axum::Json as JsonBody;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bonafide_protocol::{ErrorCode, FieldError, FieldErrorCode, Page, page::PageRequest};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::timeout;
use utoipa::ToSchema;

use super::limits;
use super::problem::ApiError;
use crate::settings::{Fault, Fields};
use crate::state::AppState;
use crate::storage::paging::{After, Slice};

/// A JSON body, in either direction.
#[derive(Clone, Debug)]
pub struct Json<T>(pub T);

/// A query string.
#[derive(Clone, Debug)]
pub struct Query<T>(pub T);

/// The path's parameter. What is no valid text is an address of nothing.
#[derive(Clone, Debug)]
pub struct Path<T>(pub T);

/// Which page of a list is wanted.
#[derive(Clone, Debug)]
pub struct Paging {
    /// Where the page begins.
    pub after: After,
    /// Items wanted.
    pub limit: u32,
}

impl<T: DeserializeOwned + ToSchema> FromRequest<AppState> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, ApiError> {
        require_json(request.headers())?;
        // For the whole body: a limit for each piece would let a client send one byte after another for hours.
        let body = timeout(
            state.config.body_timeout,
            Bytes::from_request(request, state),
        )
        .await
        .map_err(|_| too_slow())?
        .map_err(|rejection| unreadable(&rejection))?;
        let value = from_json(&body).map_err(|field| ApiError::invalid(vec![field]))?;
        let faults = limits::judge(&T::name(), &body);
        if faults.is_empty() {
            Ok(Self(value))
        } else {
            Err(ApiError::invalid(faults))
        }
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        JsonBody(self.0).into_response()
    }
}

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let pairs = serde_urlencoded::Deserializer::new(url::form_urlencoded::parse(
            parts.uri.query().unwrap_or_default().as_bytes(),
        ));
        serde_path_to_error::deserialize(pairs)
            .map(Self)
            .map_err(|error| {
                ApiError::invalid(vec![fault(
                    &error.path().to_string(),
                    &error.inner().to_string(),
                )])
            })
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(_) => Err(ApiError::new(
                ErrorCode::NotFound,
                "There is nothing at this address.",
            )),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Paging {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Query(request) = Query::<PageRequest>::from_request_parts(parts, state).await?;
        Self::new(&request).map_err(ApiError::invalid)
    }
}

impl Paging {
    /// Items on a page when the client does not say.
    pub const DEFAULT_LIMIT: u32 = 50;
    /// Most items on a page: an answer stays well below a megabyte.
    pub const MAX_LIMIT: u32 = 200;

    /// Judges a request for a page.
    ///
    /// # Errors
    /// What is wrong with `cursor` or `limit`.
    pub fn new(request: &PageRequest) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::default();
        let limit = request.limit.unwrap_or(Self::DEFAULT_LIMIT);
        if !(1..=Self::MAX_LIMIT).contains(&limit) {
            fields.refuse(
                "limit",
                Fault::invalid(format!("The limit must be from 1 to {}.", Self::MAX_LIMIT)),
            );
        }
        let after = fields.take("cursor", read_cursor(request.cursor.as_deref()));
        fields.finish(after.map(|after| Self { after, limit }))
    }
}

/// Makes a page of a slice; `place` gives a row's sort key and id.
pub fn page<R, T>(
    slice: Slice<R>,
    place: impl Fn(&R) -> After,
    item: impl FnMut(R) -> T,
) -> Page<T> {
    let next = slice
        .rows
        .last()
        .filter(|_| slice.more)
        .map(|last| write_cursor(&place(last)));
    Page {
        items: slice.rows.into_iter().map(item).collect(),
        next,
    }
}

/// The cursor of the page after a row.
#[must_use]
pub fn write_cursor(after: &After) -> String {
    // An id holds no blank, a key may.
    URL_SAFE_NO_PAD.encode(format!("{} {}", after.id, after.key))
}

/// Reads a cursor; absent means the beginning.
///
/// # Errors
/// When it is not one of ours.
pub fn read_cursor(cursor: Option<&str>) -> Result<After, Fault> {
    let Some(cursor) = cursor else {
        return Ok(After::default());
    };
    if let Some(fault) = limits::too_long(cursor, Some(MAX_CURSOR)) {
        return Err(fault);
    }
    let wrong =
        || Fault::invalid("This is not a cursor. Give `next` of the page before, or leave it out.");
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| wrong())?;
    let text = String::from_utf8(bytes).map_err(|_| wrong())?;
    let (id, key) = text.split_once(' ').ok_or_else(wrong)?;
    // Some databases cannot even be asked about it.
    if text.contains('\0') {
        return Err(wrong());
    }
    Ok(After {
        key: key.to_owned(),
        id: id.to_owned(),
    })
}

/// An id, a key of at most 200 characters, and how they are written.
const MAX_CURSOR: usize = 2_048;

/// Other content types are what a form in a foreign page can send without asking (CORS "simple requests").
fn require_json(headers: &HeaderMap) -> Result<(), ApiError> {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    let fault = Fault::invalid("Send the body as JSON, with `Content-Type: application/json`.");
    Err(ApiError::invalid(vec![fault.of("")]))
}

fn too_slow() -> ApiError {
    let fault = Fault::invalid("The request's body took too long to arrive. Send it again.");
    ApiError::invalid(vec![fault.of("")])
}

fn unreadable(rejection: &BytesRejection) -> ApiError {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return ApiError::new(
            ErrorCode::PayloadTooLarge,
            "The request's body is larger than this address takes.",
        );
    }
    ApiError::invalid(vec![
        Fault::invalid("The request's body did not arrive completely.").of(""),
    ])
    .with_cause(rejection.to_string())
}

fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, FieldError> {
    if body.is_empty() {
        return Err(Fault::required("The request needs a JSON body.").of(""));
    }
    // Serde would read a list as an object's fields in order.
    if body.trim_ascii_start().first() == Some(&b'[') {
        return Err(Fault::invalid("The body must be a JSON object.").of(""));
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let inner = error.inner();
        if inner.is_data() {
            // The path says where; line and column are for text that is not JSON at all.
            let message = inner.to_string();
            let message = message
                .rsplit_once(" at line ")
                .map_or(message.as_str(), |(message, _)| message);
            fault(&error.path().to_string(), message)
        } else {
            // Half of a pair of escapes is a fault of one field's text, although serde counts it as syntax.
            let path = match inner.to_string().contains("hex escape") {
                true => error.path().to_string(),
                false => String::new(),
            };
            Fault::invalid(format!("The body is not valid JSON: {inner}.")).of(path)
        }
    })?;
    json.end()
        .map_err(|error| Fault::invalid(format!("The body is not valid JSON: {error}.")).of(""))?;
    Ok(value)
}

/// Reads serde's message, which is the only form in which it tells of a field that is missing or not known.
fn fault(path: &str, message: &str) -> FieldError {
    let path = if path == "." { "" } else { path };
    let quoted = |prefix: &str| {
        message
            .strip_prefix(prefix)
            .and_then(|rest| rest.split('`').next())
    };
    if let Some(field) = quoted("unknown field `") {
        let expected = message
            .split_once("expected ")
            .map_or(String::new(), |(_, known)| format!(" Known are {known}."));
        return FieldError {
            name: below(path, field),
            code: FieldErrorCode::Unknown,
            message: format!("This request has no field `{field}`.{expected}"),
        };
    }
    if let Some(field) = quoted("missing field `") {
        let message = format!("The field `{field}` is missing.");
        return FieldError {
            name: below(path, field),
            code: FieldErrorCode::Required,
            message,
        };
    }
    if let Some(field) = quoted("duplicate field `") {
        let message = format!("The field `{field}` is there twice.");
        return FieldError {
            name: below(path, field),
            code: FieldErrorCode::Duplicate,
            message,
        };
    }
    let message =
        if message.starts_with("data did not match any variant of untagged enum ContextValue") {
            "A value is text, a number, `true` or `false`.".to_owned()
        } else {
            format!("This value cannot be read: {message}.")
        };
    FieldError {
        name: path.to_owned(),
        code: FieldErrorCode::Invalid,
        message,
    }
}

/// The path of `field` inside `path`. Serde's path may already end with the field it stumbled over.
fn below(path: &str, field: &str) -> String {
    if path.is_empty() {
        field.to_owned()
    } else if path == field || path.ends_with(&format!(".{field}")) {
        path.to_owned()
    } else {
        format!("{path}.{field}")
    }
}

#[cfg(test)]
mod tests {
    use bonafide_protocol::FieldErrorCode::{self, Duplicate, Invalid, Required, Unknown};
    use bonafide_protocol::admin::{ContactBody, WorkStreamBody};

    use super::{After, from_json, read_cursor, write_cursor};

    #[track_caller]
    fn refuses<T: serde::de::DeserializeOwned + std::fmt::Debug>(
        json: &str,
        name: &str,
        code: FieldErrorCode,
    ) -> String {
        let error = from_json::<T>(json.as_bytes()).unwrap_err();
        assert_eq!(
            (error.name.as_str(), error.code),
            (name, code),
            "{}",
            error.message
        );
        error.message
    }

    #[test]
    fn each_fault_names_its_field() {
        refuses::<ContactBody>("", "", Required);
        refuses::<ContactBody>("{", "", Invalid);
        refuses::<ContactBody>(r#"{"name":"a","active":true}x"#, "", Invalid);
        refuses::<ContactBody>("[]x", "", Invalid);
        refuses::<ContactBody>(r#"{"name":"a"}"#, "active", Required);
        refuses::<ContactBody>(r#"{"name":5,"active":true}"#, "name", Invalid);
        refuses::<ContactBody>(
            r#"{"name":"a","name":"b","active":true}"#,
            "name",
            Duplicate,
        );
        let message =
            refuses::<ContactBody>(r#"{"name":"a","active":true,"vip":1}"#, "vip", Unknown);
        assert!(message.contains("`email`"), "{message}");
    }

    #[test]
    fn faults_inside_lists_name_the_place() {
        let rule = |when: &str| {
            format!(
                r#"{{"name":"a","contextVariables":[],"fallbackQueue":"q","rules":[{{"when":{when},"queue":"q","priority":1}}]}}"#
            )
        };
        type Body = WorkStreamBody;
        refuses::<Body>(
            &rule(r#"{"all":[{"variable":"v","operator":"like","value":1}]}"#),
            "rules[0].when.all[0].operator",
            Invalid,
        );
        refuses::<Body>(
            &rule(r#"{"all":[{"variable":"v","operator":"equals","value":[1]}]}"#),
            "rules[0].when.all[0].value",
            Invalid,
        );
        refuses::<Body>(&rule(r#"{"none":[]}"#), "rules[0].when.none", Unknown);
        let message = refuses::<Body>(&rule("{}"), "rules[0].when", Invalid);
        assert!(message.contains("exactly one of"), "{message}");
        refuses::<Body>(
            r#"{"name":"a","contextVariables":[{"name":"v"}],"rules":[],"fallbackQueue":"q"}"#,
            "contextVariables[0].type",
            Required,
        );
    }

    #[test]
    fn a_cursor_comes_back_as_it_was_given() {
        let after = After {
            key: "two words \u{e9}".to_owned(),
            id: "que_1".to_owned(),
        };
        assert_eq!(read_cursor(Some(&write_cursor(&after))).unwrap(), after);
        assert_eq!(read_cursor(None).unwrap(), After::default());
        for wrong in ["", "%", "AAAA", "_w"] {
            assert!(read_cursor(Some(wrong)).is_err(), "{wrong}");
        }
    }
}
