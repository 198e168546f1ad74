//! Node and the npm packages, as `package-lock.json` names them.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::shell::Program;
use crate::{progress, workspace};

/// The oldest Node that the build's tools run on: major, minor.
const OLDEST_NODE: (u32, u32) = (20, 19);

/// Installs the npm packages unless they are there as locked.
///
/// # Errors
/// When Node is missing or too old, or the packages cannot be had.
pub(crate) fn install() -> Result<()> {
    check_node(&Program::new("node").args(["--version"]).output()?)?;
    if is_installed_as_locked() {
        return Ok(());
    }
    progress::step(
        "npm",
        "installing the packages of package-lock.json",
        || {
            Program::new("npm").args(["ci"]).run().context(
            "the npm packages could not be installed: check that the network and the npm registry can be reached, then run this again",
        )
        },
    )
}

fn check_node(version: &str) -> Result<()> {
    let version = version.trim();
    let mut numbers = version.trim_start_matches('v').split('.').map(str::parse);
    let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) else {
        bail!("`node --version` printed {version:?}, which is no version");
    };
    if (major, minor) < OLDEST_NODE {
        bail!(
            "Node {version} is too old: get {}.{} or newer from https://nodejs.org, then run this again",
            OLDEST_NODE.0,
            OLDEST_NODE.1
        );
    }
    Ok(())
}

/// Compares the lockfile with the record that npm leaves in `node_modules`.
fn is_installed_as_locked() -> bool {
    let read = |file: &str| {
        let text = fs::read_to_string(workspace::path(file)).ok()?;
        serde_json::from_str::<Value>(&text).ok()
    };
    match (
        read("package-lock.json"),
        read("node_modules/.package-lock.json"),
    ) {
        (Some(locked), Some(installed)) => covers(&installed, &locked),
        _ => false,
    }
}

/// Whether each package that must be there is there in the locked version. Optional ones are other platforms'.
fn covers(installed: &Value, locked: &Value) -> bool {
    let installed = versions(installed, |_| true);
    versions(locked, |package| {
        package.get("optional").is_none() && package.get("devOptional").is_none()
    })
    .iter()
    .all(|(path, version)| installed.get(path) == Some(version))
}

/// Version, or link target, of each package below `node_modules`, by path.
fn versions(lock: &Value, wanted: impl Fn(&Value) -> bool) -> BTreeMap<&str, &str> {
    let packages = lock["packages"].as_object().into_iter().flatten();
    packages
        .filter(|(path, package)| path.contains("node_modules/") && wanted(package))
        .filter_map(|(path, package)| {
            let version = package.get("version").or_else(|| package.get("resolved"))?;
            Some((path.as_str(), version.as_str()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{check_node, covers};

    #[test]
    fn an_old_node_is_refused_with_the_version_that_is_needed() {
        assert!(check_node("v20.19.0\n").is_ok());
        assert!(check_node("v22.1.0").is_ok());
        let error = check_node("v20.18.3").unwrap_err().to_string();
        assert!(
            error.contains("Node v20.18.3 is too old: get 20.19"),
            "{error}"
        );
        assert!(check_node("hello").is_err());
    }

    #[test]
    fn packages_count_as_installed_when_every_needed_one_has_its_locked_version() {
        let locked = json!({"packages": {
            "": {"version": "9"},
            "js": {"version": "1"},
            "node_modules/a": {"version": "1.0.0"},
            "node_modules/b": {"version": "2.0.0", "optional": true},
            "node_modules/@bonafide/chat": {"resolved": "js", "link": true},
        }});
        let mut installed = json!({"packages": {
            "node_modules/a": {"version": "1.0.0"},
            "node_modules/@bonafide/chat": {"resolved": "js", "link": true},
        }});
        assert!(covers(&installed, &locked));
        installed["packages"]["node_modules/a"]["version"] = json!("1.0.1");
        assert!(!covers(&installed, &locked));
    }
}
