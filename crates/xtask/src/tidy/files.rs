//! What holds for every source file as a whole: it is short, and it begins by saying what it is for.

use crate::codegen::GENERATED;

use super::{Finding, Source};

/// Past this a file is split: nobody keeps more in their head.
const MOST_LINES: usize = 400;

/// The same for tests and style sheets: long tables of cases and rules, read one row at a time.
const MOST_LINES_OF_TABLES: usize = 800;

/// Code that readers are shown and paste; it explains itself on the page around it.
const SAMPLES: &str = "www/src/docs/samples/";

/// File endings, and how a file with that ending may begin.
const HEADERS: &[(&str, &[&str])] = &[
    (".rs", &["//!"]),
    (".ts", &["//", "/*"]),
    (".tsx", &["//", "/*"]),
    (".mts", &["//", "/*"]),
    (".js", &["//", "/*", "#!"]),
    (".mjs", &["//", "/*", "#!"]),
    (".css", &["/*"]),
    (".sql", &["--"]),
    (".py", &["\"\"\"", "#"]),
    (".sh", &["#!"]),
];

/// Checks one file's length and beginning. Generated files answer to their generator.
pub(super) fn check(source: &Source, findings: &mut Vec<Finding>) {
    let Some((_, headers)) = HEADERS
        .iter()
        .find(|(ending, _)| source.path.ends_with(ending))
    else {
        return;
    };
    let is_under = |place: &&str| source.path.starts_with(*place);
    if GENERATED.iter().any(is_under) || is_under(&SAMPLES) {
        return;
    }
    let mut find = |line, message| {
        findings.push(Finding {
            path: source.path.clone(),
            line,
            message,
        });
    };
    let lines = source.text.lines().count();
    let most = if is_table(&source.path) {
        MOST_LINES_OF_TABLES
    } else {
        MOST_LINES
    };
    if lines > most {
        find(most, format!("{lines} lines; split it, {most} is the most"));
    }
    if !begins_with(&source.text, headers) {
        find(
            1,
            format!(
                "begin with a comment ({}) that says what the file is for",
                headers[0]
            ),
        );
    }
}

fn is_table(path: &str) -> bool {
    let tests = ["/tests/", "/tests.rs", "/test/", ".spec.ts", ".css"];
    tests.iter().any(|part| path.contains(part))
}

/// Attributes of a whole Rust file may stand before its comment, over several lines.
fn begins_with(text: &str, headers: &[&str]) -> bool {
    let mut in_attribute = false;
    // A crate whose README is its documentation begins with that.
    if text.starts_with("#![doc = include_str!") {
        return true;
    }
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if in_attribute || line.starts_with("#![") {
            in_attribute = !line.ends_with(")]");
            continue;
        }
        return headers.iter().any(|header| line.starts_with(header));
    }
    // An empty file says nothing, and needs to say nothing.
    true
}

#[cfg(test)]
mod tests {
    use super::{Source, check};

    fn findings(path: &str, text: &str) -> Vec<String> {
        let source = Source {
            path: path.into(),
            text: text.into(),
        };
        let mut findings = Vec::new();
        check(&source, &mut findings);
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_file_says_what_it_is_for() {
        assert!(
            findings(
                "a.rs",
                "#![allow(\n    x,\n    reason = \"\")]\n//! Good.\n"
            )
            .is_empty()
        );
        assert!(findings("a.css", "/* Good. */").is_empty());
        assert!(findings("a.json", "{}").is_empty());
        assert_eq!(
            findings("a.rs", "use x;"),
            ["a.rs:1: begin with a comment (//!) that says what the file is for"]
        );
    }

    #[test]
    fn a_long_file_is_found_unless_it_is_generated() {
        let long = format!("// Long.\n{}", "x\n".repeat(400));
        assert_eq!(
            findings("a.ts", &long),
            ["a.ts:400: 401 lines; split it, 400 is the most"]
        );
        assert!(findings("www/src/api/schema.ts", &long).is_empty());
        assert!(findings("crates/x/tests/a.rs", &long.replace("// Long", "//! Long")).is_empty());
    }
}
