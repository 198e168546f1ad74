//! Standard output. Unlike `println!`, a reader that went away (`bonafide keys list | head -1`) is no panic.
//!
//! Must not write foreign text as it came: it could forge lines, and give orders to the terminal.

use std::io::{self, Write as _};

/// Writes `text` and a line end.
pub(crate) fn line(text: impl AsRef<str>) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_ref().as_bytes())?;
    stdout.write_all(b"\n")?;
    stdout.flush()
}

/// Whether an error says that nobody reads any more, which is the reader's good right.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// An error with its causes, each said once: most say their cause themselves.
pub(crate) fn sentence(error: &anyhow::Error) -> String {
    let mut said = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !said.contains(&cause) {
            said.push_str(": ");
            said.push_str(&cause);
        }
    }
    said
}

/// `text` with everything escaped that is not a plain character on this line: line ends, orders to the terminal, and
/// what is invisible or turns the reading direction. Backslashes stay, so a text that holds an escape looks like one
/// that was escaped.
pub(crate) fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\'' | '"' | '\\' => printable.push(character),
            _ => printable.extend(character.escape_debug()),
        }
    }
    printable
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn only_what_forges_or_hides_is_escaped() {
        for plain in [r#"it's "Zoë" at C:\x"#, "日本語 🙂", "عربي", ""] {
            assert_eq!(printable(plain), plain);
        }
        for (text, expected) in [
            ("a\nb\rc\td", r"a\nb\rc\td"),
            ("\u{1b}[2J\u{9b}2J\u{7f}\0", r"\u{1b}[2J\u{9b}2J\u{7f}\0"),
            ("a\u{85}b\u{2028}c\u{2029}", r"a\u{85}b\u{2028}c\u{2029}"),
            (
                "\u{202e}\u{2066}\u{200f}\u{200b}\u{feff}\u{ad}",
                r"\u{202e}\u{2066}\u{200f}\u{200b}\u{feff}\u{ad}",
            ),
            ("\u{e0041}", r"\u{e0041}"),
        ] {
            assert_eq!(printable(text), expected);
        }
    }
}
