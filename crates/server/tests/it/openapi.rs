//! `openapi.json` in the repository is what the server says of itself.

use std::path::Path;

#[test]
fn the_committed_description_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let current = bonafide_server::openapi_text().unwrap();
    if std::env::var_os("BONAFIDE_WRITE_OPENAPI").is_some() {
        std::fs::write(&path, &current).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == current,
        "openapi.json is out of date: run `BONAFIDE_WRITE_OPENAPI=1 cargo test -p bonafide-server openapi`, or write \
         the output of `bonafide openapi` there"
    );
}

#[test]
fn every_operation_has_a_name_of_its_own() {
    let description: serde_json::Value =
        serde_json::from_str(&bonafide_server::openapi_text().unwrap()).unwrap();
    let mut names = Vec::new();
    for (path, item) in description["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str();
            let name = name.unwrap_or_else(|| panic!("{method} {path} has no operationId"));
            assert!(!names.contains(&name), "{name} is there twice");
            assert!(
                operation["responses"]["default"].is_object(),
                "{name} does not say how it fails"
            );
            names.push(name);
        }
    }
    assert!(names.len() > 55, "{names:?}");
}

#[test]
fn every_security_scheme_that_is_asked_for_is_described() {
    let description: serde_json::Value =
        serde_json::from_str(&bonafide_server::openapi_text().unwrap()).unwrap();
    let schemes = &description["components"]["securitySchemes"];
    let mut asked = description["security"].as_array().unwrap().clone();
    for item in description["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            asked.extend(
                operation["security"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .cloned(),
            );
        }
    }
    let names: std::collections::BTreeSet<&String> = asked
        .iter()
        .flat_map(|requirement| requirement.as_object().unwrap().keys())
        .collect();
    for name in &names {
        assert!(schemes[name.as_str()].is_object(), "{name}");
    }
    assert_eq!(names.len(), schemes.as_object().unwrap().len(), "{names:?}");
}

#[test]
fn a_widgets_setting_must_be_given_although_it_may_be_null() {
    let description: serde_json::Value =
        serde_json::from_str(&bonafide_server::openapi_text().unwrap()).unwrap();
    let required = &description["components"]["schemas"]["ChatWidgetBody"]["required"];
    let required = required.as_array().unwrap();
    assert!(
        required.iter().any(|name| name == "authenticationSetting"),
        "{required:?}"
    );
}
