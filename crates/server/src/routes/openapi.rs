//! What `openapi.json` says beside the operations themselves: title, security, and that every operation may answer
//! with a problem.

use bonafide_protocol::Problem;
use bonafide_protocol::id::MAX_ID_LENGTH;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{
    Components, Content, InfoBuilder, OpenApi, PathItem, Ref, RefOr, ResponseBuilder,
    schema::{AdditionalProperties, ArrayItems, Schema, SchemaType, Type},
};
use utoipa::{PartialSchema as _, ToSchema as _};

use super::authenticate::COOKIE;
use crate::settings::AllowedOrigins;

mod versions;

/// Completes the description that the routes gave.
#[must_use]
pub fn describe(mut openapi: OpenApi) -> OpenApi {
    openapi.info = InfoBuilder::new()
        .title("Bonafide")
        .version("1")
        .description(Some(
            "Live chat that knows who it is talking to. Errors are `application/problem+json`.",
        ))
        .build();
    let components = openapi.components.get_or_insert_with(Components::new);
    let mut schemas: Vec<(String, RefOr<Schema>)> =
        vec![(Problem::name().into_owned(), Problem::schema())];
    Problem::schemas(&mut schemas);
    components.schemas.extend(schemas);
    for (name, schema) in &mut components.schemas {
        if let RefOr::T(schema) = schema {
            limit(name, schema);
        }
    }
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(
        COOKIE,
        "The session of a signed-in operator. Unsafe methods also need a same-origin `Origin` or `Sec-Fetch-Site`.",
    )));
    components.add_security_scheme("session", cookie);
    components.add_security_scheme("apiToken", bearer("An API token of an operator."));
    components.add_security_scheme(
        "visitorSession",
        bearer("The secret of a visitor's session."),
    );
    let none: [&str; 0] = [];
    // Operations of visitors say otherwise.
    openapi.security = Some(vec![
        SecurityRequirement::new("session", none),
        SecurityRequirement::new("apiToken", none),
    ]);
    versions::describe(&mut openapi);
    for item in openapi.paths.paths.values_mut() {
        operations(item).for_each(may_answer_with_a_problem);
    }
    openapi
}

/// The description as it is kept in the repository: pretty, in a stable order, with a final line break.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn to_text(openapi: &OpenApi) -> Result<String, serde_json::Error> {
    // By way of a value, whose objects are sorted by name.
    let mut text = serde_json::to_string_pretty(&serde_json::to_value(openapi)?)?;
    text.push('\n');
    Ok(text)
}

/// The limits that no field's attribute can state: those of ids, of a list's items, and of context variables.
fn limit(name: &str, schema: &mut Schema) {
    match schema {
        Schema::Object(id) if name.ends_with("Id") => id.max_length = Some(MAX_ID_LENGTH),
        Schema::OneOf(_) if name == "ContextValue" => limit_value(schema),
        Schema::Object(body) if name == "ChatWidgetBody" => {
            if let Some(RefOr::T(Schema::Array(origins))) =
                body.properties.get_mut("allowedOrigins")
                && let ArrayItems::RefOrSchema(item) = &mut origins.items
                && let RefOr::T(Schema::Object(origin)) = item.as_mut()
            {
                origin.max_length = Some(AllowedOrigins::MAX_LENGTH);
            }
        }
        Schema::Object(body) if name == "WorkStreamBody" => {
            if let Some(RefOr::T(Schema::Array(reasons))) =
                body.properties.get_mut("closingReasons")
                && let ArrayItems::RefOrSchema(item) = &mut reasons.items
                && let RefOr::T(Schema::Object(reason)) = item.as_mut()
            {
                reason.max_length = Some(MAX_CLOSING_REASON);
            }
        }
        // The only map that a request holds is context.
        Schema::Object(map) if name == "BTreeMap" => {
            map.max_properties = Some(MAX_CONTEXT_VARIABLES);
            if let Some(AdditionalProperties::RefOr(RefOr::T(value))) =
                map.additional_properties.as_deref_mut()
            {
                limit_value(value);
            }
            if let Some(names) = &mut map.property_names
                && let Schema::Object(names) = names.as_mut()
            {
                names.max_length = Some(MAX_CONTEXT_NAME);
            }
        }
        _ => {}
    }
}

/// The text among the kinds of value that a context variable may have.
fn limit_value(schema: &mut Schema) {
    let Schema::OneOf(value) = schema else { return };
    for kind in &mut value.items {
        if let RefOr::T(Schema::Object(text)) = kind
            && text.schema_type == SchemaType::from(Type::String)
        {
            text.max_length = Some(MAX_CONTEXT_VALUE);
        }
    }
}

/// Contract, section 2, item 6.
const MAX_CONTEXT_VARIABLES: usize = 100;
const MAX_CONTEXT_NAME: usize = 100;
const MAX_CONTEXT_VALUE: usize = 4_000;

/// As [`super::admin::work_stream_closing`] judges it.
const MAX_CLOSING_REASON: usize = 100;

fn bearer(description: &str) -> SecurityScheme {
    SecurityScheme::Http(
        HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(description))
            .build(),
    )
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [
        &mut item.get,
        &mut item.post,
        &mut item.put,
        &mut item.delete,
    ]
    .into_iter()
    .flatten()
}

fn may_answer_with_a_problem(operation: &mut Operation) {
    let problem = ResponseBuilder::new()
        .description("What went wrong")
        .content(
            "application/problem+json",
            Content::new(Some(Ref::from_schema_name(Problem::name()))),
        )
        .build();
    operation
        .responses
        .responses
        .insert("default".to_owned(), RefOr::T(problem));
}
