//! How foreign text begins.

/// Whether a text begins so, whatever the case of its letters.
pub(crate) fn begins(text: &str, prefix: &str) -> bool {
    let beginning = text.as_bytes().get(..prefix.len());
    beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(prefix.as_bytes()))
}
