//! Picks values out of JSON text, and builds nothing of what nobody asks for.
//!
//! Not a validator: what is picked is read strictly, what is passed over is only measured by its quotes and brackets.
//! No text makes it panic or recurse.

/// A JSON value, still as its text. Nothing at all where there was none: then each question has the answer `None`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Json<'a>(&'a str);

impl<'a> Json<'a> {
    /// The first value of a text.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        Values(text).next().unwrap_or(Self(""))
    }

    /// What an object holds under `name`. A name that is written with escapes is not found; the wire has none.
    #[must_use]
    pub fn field(self, name: &str) -> Self {
        let mut values = self.inside(b'{');
        while let (Some(found), Some(value)) = (values.next(), values.next()) {
            if found.quoted() == Some(name) {
                return value;
            }
        }
        Self("")
    }

    /// Name and value of an object's first field.
    #[must_use]
    pub fn first_field(self) -> Option<(&'a str, Self)> {
        let mut values = self.inside(b'{');
        Some((values.next()?.quoted()?, values.next()?))
    }

    /// The items of a list.
    #[must_use]
    pub fn items(self) -> Values<'a> {
        self.inside(b'[')
    }

    /// The text, if it is one.
    #[must_use]
    pub fn text(self) -> Option<String> {
        let mut rest = self.quoted()?;
        let mut text = String::with_capacity(rest.len());
        while let Some(place) = rest.bytes().position(|byte| byte == b'\\') {
            text.push_str(rest.get(..place)?);
            let (character, length) = escaped(rest.get(place + 1..)?)?;
            text.push(character);
            rest = rest.get(place + 1 + length..)?;
        }
        text.push_str(rest);
        Some(text)
    }

    /// The whole part of a number that is not negative. `None` for more than thirteen digits, which hold every second up
    /// to the year 9999, and for an exponent, which is nobody's way to write what is asked for here.
    #[must_use]
    pub fn whole(self) -> Option<i64> {
        let digits = (self.0.bytes()).take_while(u8::is_ascii_digit).count();
        let is_other = matches!(self.0.as_bytes().get(digits), Some(b'e' | b'E'));
        if is_other || !(1..=13).contains(&digits) {
            return None;
        }
        let value = |value, digit| value * 10 + i64::from(digit - b'0');
        Some(self.0.bytes().take(digits).fold(0, value))
    }

    /// The number, if it is one that fits.
    #[must_use]
    pub fn number(self) -> Option<u32> {
        self.whole()?.try_into().ok()
    }

    /// The boolean, if it is one.
    #[must_use]
    pub fn boolean(self) -> Option<bool> {
        match self.0 {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// What stands between the quotes, escapes and all.
    fn quoted(self) -> Option<&'a str> {
        match self.0.as_bytes().first() {
            Some(b'"') => self.0.get(1..self.0.len() - 1),
            _ => None,
        }
    }

    /// The values in a list, or names and values of an object in turn; none in anything else.
    fn inside(self, bracket: u8) -> Values<'a> {
        match self.0.as_bytes().first() {
            Some(first) if *first == bracket => Values(self.0.get(1..).unwrap_or_default()),
            _ => Values(""),
        }
    }
}

/// The values of a text, one after the other, up to the first bracket that closes what was not opened.
#[derive(Clone, Copy, Debug)]
pub struct Values<'a>(&'a str);

impl<'a> Iterator for Values<'a> {
    type Item = Json<'a>;

    fn next(&mut self) -> Option<Json<'a>> {
        let is_between = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b':');
        let between = self.0.bytes().take_while(is_between).count();
        let rest = self.0.get(between..)?;
        let (value, rest) = rest.split_at_checked(length(rest.as_bytes())?)?;
        self.0 = rest;
        Some(Json(value))
    }
}

/// How long the value is that stands at the beginning. `None` when there is none or it has no end.
fn length(text: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_u32);
    loop {
        match text.get(at) {
            Some(b'"') => at = after_quotes(text, at)?,
            Some(b'{' | b'[') => {
                depth += 1;
                at += 1;
            }
            Some(b'}' | b']') if depth > 0 => {
                depth -= 1;
                at += 1;
            }
            Some(_) if depth > 0 => {
                at += 1;
                continue;
            }
            // A number or a name: up to what cannot be part of it.
            _ if depth == 0 => {
                let is_word = |byte: &&u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'+' | b'-' | b'.' | b'E');
                let word = text.iter().skip(at).take_while(is_word).count();
                return (word > 0).then_some(word);
            }
            _ => return None,
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

/// Where the text in quotes that begins at `start` has ended.
fn after_quotes(text: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match text.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// What a backslash and `rest` stand for, and how much of `rest` belongs to it.
fn escaped(rest: &str) -> Option<(char, usize)> {
    Some(match rest.as_bytes().first()? {
        byte @ (b'"' | b'\\' | b'/') => (char::from(*byte), 1),
        b'b' => ('\u{8}', 1),
        b'f' => ('\u{c}', 1),
        b'n' => ('\n', 1),
        b'r' => ('\r', 1),
        b't' => ('\t', 1),
        b'u' => {
            let first = four_digits(rest.get(1..5)?)?;
            match char::from_u32(first) {
                Some(character) => (character, 5),
                // Half of a character beyond the first 65,536: the other half follows, or it stands for nothing.
                None => match rest.get(5..11).filter(|next| next.starts_with("\\u")) {
                    Some(next) => {
                        let second = four_digits(next.get(2..)?)?.wrapping_sub(0xDC00);
                        let code = 0x10000 + ((first & 0x3FF) << 10) + (second & 0x3FF);
                        (char::from_u32(code)?, 11)
                    }
                    None => (char::REPLACEMENT_CHARACTER, 5),
                },
            }
        }
        _ => return None,
    })
}

fn four_digits(text: &str) -> Option<u32> {
    let digit = |code, byte| Some(code << 4 | char::from(byte).to_digit(16)?);
    text.bytes().try_fold(0, digit)
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use proptest::prelude::*;

    use super::Json;
    use crate::json::write;

    #[test]
    fn values_are_picked_and_what_is_not_there_is_nothing() {
        let json =
            r#" {"a" : [ 1, "x\"]", {"b":[]} ] , "t":true,"n":null,"f":-1.5e+7,"c":{"d":"e"}} "#;
        let json = Json::of(json);
        let items: Vec<_> = json.field("a").items().collect();
        assert_eq!(items.len(), 3);
        assert_eq!(items[0].number(), Some(1));
        assert_eq!(items[1].text().as_deref(), Some("x\"]"));
        assert_eq!(items[2].field("b").items().count(), 0);
        assert_eq!(json.field("t").boolean(), Some(true));
        assert_eq!(json.field("c").field("d").text().as_deref(), Some("e"));
        assert_eq!(json.first_field().map(|(name, _)| name), Some("a"));
        for nothing in ["n", "f", "d", "e", "x"] {
            let value = json.field(nothing);
            assert_eq!(value.text(), None, "{nothing}");
            assert_eq!(value.number(), None, "{nothing}");
            assert_eq!(value.boolean(), None, "{nothing}");
            assert_eq!(value.field("a"), Json::of(""), "{nothing}");
        }
    }

    #[test]
    fn texts_and_numbers_are_read_strictly() {
        let text = |json: &str| Json::of(json).text();
        for (json, expected) in [
            (r#""\"\\\/\b\f\n\r\t\u00e9""#, "\"\\/\u{8}\u{c}\n\r\té"),
            (r#""\ud83d\ude00 \ud83d""#, "\u{1F600} \u{FFFD}"),
            (r#""\ud83d\u0041""#, "\u{1F441}"),
            ("\"é\"", "é"),
        ] {
            assert_eq!(text(json).as_deref(), Some(expected), "{json}");
        }
        for json in [
            "",
            "\"",
            r#""\"#,
            r#""\u12""#,
            r#""\x""#,
            "\"é",
            "5",
            "{}",
            r#""\u12é4""#,
        ] {
            assert_eq!(text(json), None, "{json}");
        }
        let whole = |json: &str| Json::of(json).whole();
        assert_eq!(whole("4294967296"), Some(4_294_967_296));
        assert_eq!(whole("3.9"), Some(3));
        for json in ["", "-5", "+1", "1e9", "99999999999999", "\"5\"", "true"] {
            assert_eq!(whole(json), None, "{json}");
        }
        assert_eq!(Json::of("4294967295").number(), Some(u32::MAX));
        assert_eq!(Json::of("4294967296").number(), None);
    }

    #[test]
    fn what_has_no_end_is_nothing() {
        for json in [
            "[",
            "[1",
            "[1,",
            "{",
            r#"{"a":1"#,
            r#"{"a":"b"#,
            "]",
            "}",
            "é",
        ] {
            assert_eq!(Json::of(json), Json::of(""), "{json}");
        }
        let deep = "[".repeat(1_000_000) + &"]".repeat(1_000_000);
        assert_eq!(Json::of(&deep).items().count(), 1);
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_back(text: String) {
            prop_assert_eq!(Json::of(&write(&text)).text(), Some(text));
        }

        #[test]
        fn nothing_panics(text in "[\\[\\]{}\":,\\\\untruefals0-9 é😀]{0,40}") {
            let json = Json::of(&text);
            let _ = (json.text(), json.whole(), json.first_field(), json.field("a"));
            let _ = json.items().map(Json::text).count();
        }
    }
}
