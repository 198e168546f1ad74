//! From JSON text to a tree of values.

use super::Fault;

/// How deep lists and objects may stand in each other. The wire needs five.
const DEEPEST: u32 = 32;

/// A JSON value. Numbers on the wire are whole and below 2^32; others are kept as something that nobody asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A whole number.
    Number(u32),
    /// A number that is negative, too large or has a fraction.
    OtherNumber,
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object, in the order of its text.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// Takes what stands under `name` out of an object; `Null` when there is nothing.
    pub fn take(&mut self, name: &str) -> Value {
        if let Self::Object(fields) = self
            && let Some((_, value)) = fields.iter_mut().find(|(field, _)| field == name)
        {
            std::mem::replace(value, Self::Null)
        } else {
            Self::Null
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn number(self) -> Option<u32> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The boolean, if it is one.
    #[must_use]
    pub fn boolean(self) -> Option<bool> {
        match self {
            Self::Boolean(boolean) => Some(boolean),
            _ => None,
        }
    }

    /// The items, if it is a list.
    #[must_use]
    pub fn list(self) -> Option<Vec<Value>> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }
}

/// Reads one value; nothing but blanks may follow.
///
/// # Errors
/// [`Fault`] when the text is not JSON.
pub fn read(text: &str) -> Result<Value, Fault> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(DEEPEST)?;
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err(Fault),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no blank.
    fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    fn next_is(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, byte: u8) -> Result<(), Fault> {
        if self.next_is(byte) {
            Ok(())
        } else {
            Err(Fault)
        }
    }

    /// What stands between `start` and here. Both are next to a byte of ASCII or to the end, so no character is cut.
    fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn value(&mut self, depth: u32) -> Result<Value, Fault> {
        let depth = depth.checked_sub(1).ok_or(Fault)?;
        Ok(match self.peek().ok_or(Fault)? {
            b'"' => Value::Text(self.string()?),
            b'{' => {
                let mut fields = Vec::new();
                self.at += 1;
                while !self.next_is(b'}') {
                    if !fields.is_empty() {
                        self.expect(b',')?;
                    }
                    let name = self.string()?;
                    self.expect(b':')?;
                    fields.push((name, self.value(depth)?));
                }
                Value::Object(fields)
            }
            b'[' => {
                let mut items = Vec::new();
                self.at += 1;
                while !self.next_is(b']') {
                    if !items.is_empty() {
                        self.expect(b',')?;
                    }
                    items.push(self.value(depth)?);
                }
                Value::List(items)
            }
            _ => self.word()?,
        })
    }

    /// A number or a name.
    fn word(&mut self) -> Result<Value, Fault> {
        let start = self.at;
        while let Some(b'0'..=b'9' | b'a'..=b'z' | b'E' | b'+' | b'-' | b'.') = self.byte() {
            self.at += 1;
        }
        match self.since(start) {
            "null" => Ok(Value::Null),
            "true" => Ok(Value::Boolean(true)),
            "false" => Ok(Value::Boolean(false)),
            word if word.starts_with(|first: char| first == '-' || first.is_ascii_digit()) => {
                Ok(word.parse().map_or(Value::OtherNumber, Value::Number))
            }
            _ => Err(Fault),
        }
    }

    fn string(&mut self) -> Result<String, Fault> {
        self.expect(b'"')?;
        let mut text = String::new();
        loop {
            let start = self.at;
            while !matches!(self.byte().ok_or(Fault)?, b'"' | b'\\') {
                self.at += 1;
            }
            text.push_str(self.since(start));
            self.at += 1;
            if self.text.as_bytes().get(self.at - 1) == Some(&b'"') {
                return Ok(text);
            }
            text.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let byte = self.byte().ok_or(Fault)?;
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.four_digits()?;
                let mut code = first;
                if (0xD800..0xDC00).contains(&first)
                    && self.text.as_bytes().get(self.at..self.at + 2) == Some(b"\\u")
                {
                    self.at += 2;
                    let second = self.four_digits()?.wrapping_sub(0xDC00);
                    code = 0x10000 + ((first - 0xD800) << 10) + (second & 0x3FF);
                }
                char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            _ => return Err(Fault),
        })
    }

    fn four_digits(&mut self) -> Result<u32, Fault> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = char::from(self.byte().ok_or(Fault)?)
                .to_digit(16)
                .ok_or(Fault)?;
            self.at += 1;
            code = code << 4 | digit;
        }
        Ok(code)
    }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use proptest::prelude::*;

    use super::{DEEPEST, Fault, Value, read};
    use crate::json::write;

    #[test]
    fn json_is_read_and_what_is_not_json_is_refused() {
        let text = |text: &str| Value::Text(text.into());
        for (json, value) in [
            (" null ", Value::Null),
            (
                "[true,false]",
                Value::List(vec![Value::Boolean(true), Value::Boolean(false)]),
            ),
            ("4294967295", Value::Number(u32::MAX)),
            ("4294967296", Value::OtherNumber),
            ("-1.5e+7", Value::OtherNumber),
            (
                r#""\"\\\/\b\f\n\r\t\u00e9""#,
                text("\"\\/\u{8}\u{c}\n\r\té"),
            ),
            (r#""\ud83d\ude00 \ud83d""#, text("\u{1F600} \u{FFFD}")),
            (
                r#"{"a" : [ ] , "b":{}}"#,
                Value::Object(vec![
                    ("a".into(), Value::List(vec![])),
                    ("b".into(), Value::Object(vec![])),
                ]),
            ),
        ] {
            assert_eq!(read(json), Ok(value), "{json}");
        }
        for json in [
            "",
            " ",
            "nul",
            "[",
            "[1",
            "[1,",
            "[,]",
            "{",
            "{1:2}",
            r#"{"a"}"#,
            r#"{"a":}"#,
            "\"",
            r#""\"#,
            r#""\u12"#,
            r#""\x""#,
            "1 2",
            "é",
            "\"é",
            "[1}",
            "+1",
        ] {
            assert_eq!(read(json), Err(Fault), "{json}");
        }
    }

    #[test]
    fn nesting_ends_somewhere() {
        let nested = |depth: u32| "[".repeat(depth as usize) + &"]".repeat(depth as usize);
        assert!(read(&nested(DEEPEST)).is_ok());
        assert_eq!(read(&nested(DEEPEST + 1)), Err(Fault));
        assert_eq!(read(&nested(1_000_000)), Err(Fault));
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_back(text: String) {
            prop_assert_eq!(read(&write(&text)), Ok(Value::Text(text)));
        }

        #[test]
        fn nothing_panics(text in "[\\[\\]{}\":,\\\\untruefals0-9 é😀]{0,40}") {
            let _ = read(&text);
        }
    }
}
