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
    assert!(names.len() > 40, "{names:?}");
}
