//! Who may depend on whom, as the picture in the README has it.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::shell::Program;

use super::Finding;

/// Each crate, and which of ours it may use. `bonafide` and `xtask` stand on top and are not listed.
const MAY_USE: &[(&str, &[&str])] = &[
    ("bonafide-protocol", &[]),
    ("bonafide-verifier", &[]),
    // Not the verifier, in tests neither: so every end-to-end run is a test between two implementations.
    ("bonafide-issuer", &[]),
    (
        "bonafide-widget",
        &["bonafide-protocol", "bonafide-verifier"],
    ),
    (
        "bonafide-server",
        &["bonafide-protocol", "bonafide-verifier"],
    ),
    // From outside alone: what it measures is what others would.
    ("bonafide-bench", &[]),
];

/// Compares the manifests with the picture.
///
/// # Errors
/// When cargo cannot read the manifests.
pub(super) fn check() -> Result<Vec<Finding>> {
    let metadata = Program::cargo()
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ])
        .output()?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata")?;
    Ok(violations(&metadata))
}

fn violations(metadata: &Value) -> Vec<Finding> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut findings = Vec::new();
    for package in list(&metadata["packages"]) {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, allowed)) = MAY_USE.iter().find(|(crate_, _)| *crate_ == name) else {
            continue;
        };
        for dependency in list(&package["dependencies"]) {
            let used = dependency["name"].as_str().unwrap_or_default();
            if used.starts_with("bonafide") && used != name && !allowed.contains(&used) {
                findings.push(Finding {
                    path: package["manifest_path"]
                        .as_str()
                        .unwrap_or_default()
                        .to_owned(),
                    line: 1,
                    message: format!("{name} must not use {used}"),
                });
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn a_dependency_against_the_picture_is_found() {
        let metadata = json!({"packages": [
            {"name": "bonafide-widget", "manifest_path": "w", "dependencies": [{"name": "bonafide-protocol"}]},
            {"name": "bonafide-issuer", "manifest_path": "i", "dependencies": [{"name": "bonafide-verifier"}]},
        ]});
        let findings = super::violations(&metadata);
        assert_eq!(findings.len(), 1);
        assert_eq!(
            findings[0].to_string(),
            "i:1: bonafide-issuer must not use bonafide-verifier"
        );
    }
}
