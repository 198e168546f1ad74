//! Slips that make JSON of other kinds out of JSON, for one half-sentence behind where the JSON ends. For the message only.

use crate::json::{Expected, JsonError, JsonFault};

/// Nothing to add.
pub(super) const UNKNOWN: &str = "";

/// What to do about a fault of JSON, as it goes on behind the sentence that says where it is.
pub(super) fn mend(body: &[u8], error: &JsonError) -> &'static str {
    let rest = body.get(error.at..).unwrap_or_default();
    let before = body.get(..error.at).unwrap_or_default().trim_ascii_end();
    match (error.fault, rest.first()) {
        (JsonFault::NotUtf8, _) => "; save it as UTF-8",
        (JsonFault::Expected(_), Some(b'/')) if matches!(rest.get(1), Some(b'/' | b'*')) => {
            "; JSON has no comments"
        }
        (JsonFault::Expected(_), Some(b'#')) => "; JSON has no comments",
        (JsonFault::Expected(Expected::End), Some(b'{' | b'[')) => {
            "; several JSON texts stand one after the other: put their entries into one array"
        }
        (JsonFault::Expected(_), Some(b'\'')) => "; JSON has its strings in double quotes",
        (JsonFault::Expected(_), Some(b'}' | b']')) if before.last() == Some(&b',') => {
            "; JSON has no comma behind the last element"
        }
        (JsonFault::Expected(_), Some(b'\\')) if rest.starts_with(b"\\\"") => {
            "; the quotes are escaped as inside of a string: publish what that string holds"
        }
        (JsonFault::Expected(_), Some(_)) if rest.starts_with("“".as_bytes()) => {
            "; JSON has straight quotes `\"`"
        }
        (JsonFault::Expected(_), None) => "; the end of the body is missing",
        _ => UNKNOWN,
    }
}
