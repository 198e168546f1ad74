//! How a file is called: made of the name that came with it, so that it leads into no folder, is no other kind of file
//! than it is, and looks like what it says. Nothing is refused for its name.

use std::fmt::Write as _;

use bonafide_protocol::file::FileType;

/// A file's name as it is stored and shown.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FileName(String);

impl FileName {
    /// Longest name, in characters. With as many bytes each as they can have, and an ending, a disk still takes it.
    pub const MAX_LENGTH: usize = 60;

    /// Makes the name of a file of this type.
    #[must_use]
    pub fn new(given: &str, kind: FileType) -> Self {
        let name = plain(given);
        let endings = endings(kind);
        let (stem, ending) = match name.rsplit_once('.') {
            Some((stem, ending))
                if endings
                    .iter()
                    .any(|known| ending.eq_ignore_ascii_case(known)) =>
            {
                (stem, ending.to_owned())
            }
            _ => (name.as_str(), endings[0].to_owned()),
        };
        let room = Self::MAX_LENGTH - ending.len() - 1;
        let mark = if is_device(stem) { "_" } else { "" };
        let stem: String = mark.chars().chain(stem.chars()).take(room).collect();
        let stem = match trimmed(&stem) {
            "" => "file",
            stem => stem,
        };
        Self(format!("{stem}.{ending}"))
    }

    /// What a refusal calls a file that came under this name.
    #[must_use]
    pub fn shown(given: &str) -> String {
        let name: String = plain(given).chars().take(Self::MAX_LENGTH).collect();
        if name.is_empty() {
            "The file".to_owned()
        } else {
            name
        }
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As text.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// The header that names a file to the browser that reads it (RFC 6266): once for those of old, once in full (RFC 8187).
#[must_use]
pub fn disposition(name: &str, kind: FileType) -> String {
    // A PDF can hold script and forms: it is saved, and never opened on this server's own address.
    let how = match kind {
        FileType::Pdf => "attachment",
        FileType::Gif | FileType::Jpeg | FileType::Png | FileType::Webp => "inline",
    };
    let plain: String = name
        .chars()
        .map(|character| match character {
            '"' | '\\' | '%' => '_',
            ' '..='~' => character,
            _ => '_',
        })
        .collect();
    let mut full = String::new();
    for byte in name.bytes() {
        // `attr-char` of RFC 8187.
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            full.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(full, "%{byte:02X}");
        }
    }
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

/// The last part of a path, without what is not seen, deceives, or means something to a file system.
fn plain(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last
        .chars()
        .filter(|character| !is_unseen(*character))
        .map(|character| match character {
            '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
            character if character.is_whitespace() => ' ',
            character => character,
        })
        .collect();
    trimmed(&name).to_owned()
}

/// A file whose name begins with a dot is hidden; Windows drops dots and blanks at the end.
fn trimmed(name: &str) -> &str {
    name.trim_matches(|character: char| character == '.' || character.is_whitespace())
}

/// Controls, what turns the direction of writing, and what takes no space. Joiners stay: some scripts need them.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Names that Windows gives to devices, whatever ending follows.
fn is_device(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or_default().trim_end();
    let name = first.to_ascii_uppercase();
    match name.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" => true,
        _ => {
            let number = name
                .strip_prefix("COM")
                .or_else(|| name.strip_prefix("LPT"));
            matches!(
                number,
                Some("1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
            )
        }
    }
}

/// How names of a type end. The first is given to a name that ends otherwise.
fn endings(kind: FileType) -> &'static [&'static str] {
    match kind {
        FileType::Png => &["png"],
        FileType::Jpeg => &["jpg", "jpeg"],
        FileType::Webp => &["webp"],
        FileType::Gif => &["gif"],
        FileType::Pdf => &["pdf"],
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn named(given: &str, kind: FileType, expected: &str) {
        assert_eq!(FileName::new(given, kind).as_str(), expected, "{given:?}");
    }

    #[test]
    fn names_lead_nowhere_and_say_what_the_file_is() {
        use FileType::{Jpeg, Pdf, Png};
        named("photo.png", Png, "photo.png");
        named("IMG_1.JPG", Jpeg, "IMG_1.JPG");
        named("photo.jpeg", Jpeg, "photo.jpeg");
        named("résumé 2026.pdf", Pdf, "résumé 2026.pdf");
        named("../../etc/passwd", Png, "passwd.png");
        named("C:\\Users\\Bo\\report.pdf", Pdf, "report.pdf");
        named("report.exe", Pdf, "report.exe.pdf");
        named("photo\u{202e}gnp.exe", Png, "photognp.exe.png");
        named("a\0b\n.png", Png, "ab.png");
        named("...hidden", Png, "hidden.png");
        named(".png", Png, "png.png");
        named("a. .png", Png, "a.png");
        named("", Png, "file.png");
        named("/", Png, "file.png");
        named("con.png", Png, "_con.png");
        named("LPT1.x.pdf", Pdf, "_LPT1.x.pdf");
        named("COM10.pdf", Pdf, "COM10.pdf");
        named("a:b<c>.png", Png, "a_b_c_.png");
        named(&"x".repeat(300), Png, &format!("{}.png", "x".repeat(56)));
        named(
            &format!("{}.pdf", "é".repeat(300)),
            Pdf,
            &format!("{}.pdf", "é".repeat(56)),
        );
    }

    #[test]
    fn browsers_are_told_of_it_in_both_ways() {
        assert_eq!(
            disposition("a \"b\" é.png", FileType::Png),
            "inline; filename=\"a _b_ _.png\"; filename*=UTF-8''a%20%22b%22%20%C3%A9.png"
        );
        assert!(disposition("a.pdf", FileType::Pdf).starts_with("attachment; "));
    }

    proptest! {
        #[test]
        fn whatever_came_it_is_a_name(given in any::<String>()) {
            for kind in [FileType::Png, FileType::Jpeg, FileType::Webp, FileType::Gif, FileType::Pdf] {
                let name = FileName::new(&given, kind);
                let text = name.as_str();
                prop_assert!(text.chars().count() <= FileName::MAX_LENGTH);
                prop_assert!(text.len() <= 255);
                prop_assert!(!text.chars().any(is_unseen));
                prop_assert!(!text.contains(['/', '\\', ':', '<', '>', '"', '|', '?', '*']));
                prop_assert!(!text.starts_with(['.', ' ']));
                let (stem, ending) = text.rsplit_once('.').unwrap();
                prop_assert!(!stem.is_empty());
                prop_assert!(endings(kind).iter().any(|known| ending.eq_ignore_ascii_case(known)));
                prop_assert!(!is_device(stem));
                prop_assert_eq!(&FileName::new(text, kind), &name);
                let header = disposition(text, kind);
                prop_assert!(header.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
                prop_assert_eq!(header.matches('"').count(), 2);
            }
        }
    }
}
