//! Texts from their parts. Not by `format!`, whose machinery every visitor would load.

/// One text from its parts.
#[must_use]
pub fn sentence(parts: &[&str]) -> String {
    let mut sentence = String::new();
    for part in parts {
        sentence.push_str(part);
    }
    sentence
}
