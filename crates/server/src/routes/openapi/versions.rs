//! What `openapi.json` says of versions: an answer that is a record with a `version` has an `ETag`, and a change of such a
//! record an `If-Match`. Read off the schemas, so that no operation can be forgotten.

use std::collections::BTreeSet;

use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::{
    Content, Object, ObjectBuilder, OpenApi, Ref, RefOr, Required, Response, Schema, Type,
};

use super::super::version::MAX_TAGS;

/// Adds the headers.
pub(super) fn describe(openapi: &mut OpenApi) {
    let records: BTreeSet<String> = openapi
        .components
        .iter()
        .flat_map(|components| &components.schemas)
        .filter(|(_, schema)| has_version(schema))
        .map(|(name, _)| format!("#/components/schemas/{name}"))
        .collect();
    for item in openapi.paths.paths.values_mut() {
        let reads_a_record = item
            .get
            .as_mut()
            .is_some_and(|operation| tag_answers(operation, &records));
        if let Some(operation) = &mut item.post {
            tag_answers(operation, &records);
        }
        if reads_a_record {
            describe_changes(item, &records);
        }
    }
}

fn has_version(schema: &RefOr<Schema>) -> bool {
    matches!(schema, RefOr::T(Schema::Object(object)) if object.properties.contains_key("version"))
}

fn describe_changes(item: &mut PathItem, records: &BTreeSet<String>) {
    for operation in [&mut item.put, &mut item.delete].into_iter().flatten() {
        tag_answers(operation, records);
        operation
            .parameters
            .get_or_insert_default()
            .push(RefOr::T(if_match()));
    }
}

/// Whether an answer is a record; then it gets the header.
fn tag_answers(operation: &mut Operation, records: &BTreeSet<String>) -> bool {
    let mut found = false;
    for response in operation.responses.responses.values_mut() {
        if let RefOr::T(response) = response
            && is_record(response, records)
        {
            found = true;
            let header = HeaderBuilder::new()
                .schema(Some(Object::with_type(Type::String)))
                .description(Some("The record's `version`, in quotation marks."))
                .build();
            response.headers.insert("ETag".to_owned(), RefOr::T(header));
        }
    }
    found
}

fn is_record(response: &Response, records: &BTreeSet<String>) -> bool {
    response.content.values().any(|content| {
        matches!(
            content,
            RefOr::T(Content { schema: Some(RefOr::Ref(Ref { ref_location, .. })), .. })
                if records.contains(ref_location)
        )
    })
}

fn if_match() -> Parameter {
    ParameterBuilder::new()
        .name("If-Match")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .schema(Some(
            ObjectBuilder::new()
                .schema_type(Type::String)
                .max_length(Some(MAX_TAGS)),
        ))
        .description(Some(
            "The `ETag` of the answer that the change is based on: `record-changed` when the record is another by now. With a \
             session it is needed (`version-required`), because a form may be open for hours. A program with an API token may \
             leave it out, and `*` stands for any: then the last change wins.",
        ))
        .build()
}
