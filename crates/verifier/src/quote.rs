//! Foreign text in our sentences: escaped, so that it cannot forge a log line, and shortened.

/// At most this many characters of foreign text are shown. Real key ids are 44 or fewer.
const SHOWN_CHARACTERS: usize = 64;

/// `text` in back quotes, control and bidirectional characters escaped.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("`");
    for character in text.chars().take(SHOWN_CHARACTERS) {
        // `escape_debug` leaves printable characters alone, and those that reorder text are not printable.
        match character {
            '\'' | '"' => quoted.push(character),
            _ => quoted.extend(character.escape_debug()),
        }
    }
    if text.chars().nth(SHOWN_CHARACTERS).is_some() {
        quoted.push('…');
    }
    quoted.push('`');
    quoted
}
