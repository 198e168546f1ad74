//! Foreign text in our sentences: escaped, so that it cannot forge a log line, and shortened.

/// At most this many characters of foreign text are shown. Real key ids are 44 or fewer.
const SHOWN_CHARACTERS: usize = 64;

/// `text` in back quotes, control and bidirectional characters escaped.
pub(crate) fn quoted(text: &str) -> String {
    quoted_to(text, SHOWN_CHARACTERS)
}

/// As [`quoted`], with another number of characters.
pub(crate) fn quoted_to(text: &str, shown: usize) -> String {
    let mut quoted = String::from("`");
    for character in text.chars().take(shown) {
        push_escaped(&mut quoted, character);
    }
    if text.chars().nth(shown).is_some() {
        quoted.push('…');
    }
    quoted.push('`');
    quoted
}

/// One character in back quotes; a back quote itself in straight ones.
pub(crate) fn quoted_character(character: char) -> String {
    if character == '`' {
        return "'`'".to_owned();
    }
    let mut quoted = String::from("`");
    push_escaped(&mut quoted, character);
    quoted.push('`');
    quoted
}

/// Some names in a sentence, each quoted already: the first few, and how many others there are.
pub(crate) fn listed(names: impl ExactSizeIterator<Item = String>, shown: usize) -> String {
    let rest = names.len().saturating_sub(shown);
    let names: Vec<String> = names.take(shown).collect();
    match (names.as_slice(), rest) {
        ([], _) => "none".to_owned(),
        (names, 1..) => format!("{} and {rest} more", names.join(", ")),
        ([name], 0) => name.clone(),
        ([names @ .., last], 0) => format!("{} and {last}", names.join(", ")),
    }
}

fn push_escaped(output: &mut String, character: char) {
    // `escape_debug` leaves printable characters alone, and those that reorder text are not printable.
    match character {
        '\'' | '"' => output.push(character),
        _ => output.extend(character.escape_debug()),
    }
}
