//! Picks values out of JSON text. hifijson reads the text; this asks it for what the wire has.
//!
//! A text is read as a whole first, so what is not JSON has no values at all. Nothing here panics, and nesting has a limit.

use std::borrow::Cow;

use hifijson::SliceLexer;
use hifijson::token::Lex;
use hifijson::value::{Value, parse_bounded};

/// How deep lists and objects may be nested. The wire's are four deep, a token's context two.
const DEPTH: usize = 32;

type Tree<'a> = Value<&'a str, Cow<'a, str>>;

/// A text that was read.
#[derive(Debug)]
pub struct Document<'a>(Option<Tree<'a>>);

impl<'a> Document<'a> {
    /// Reads a text that holds one value and nothing else.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        let mut lexer = SliceLexer::new(text.as_bytes());
        let value = |first, lexer: &mut _| parse_bounded(DEPTH, first, lexer);
        Self(lexer.exactly_one(Lex::ws_peek, value).ok())
    }

    /// Its value.
    #[must_use]
    pub fn root(&self) -> Json<'_> {
        Json(self.0.as_ref())
    }
}

/// A JSON value. Nothing at all where there was none: then each question has the answer `None`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Json<'a>(Option<&'a Tree<'a>>);

impl<'a> Json<'a> {
    /// What an object holds under `name`; the first, where the name stands there twice.
    #[must_use]
    pub fn field(self, name: &str) -> Self {
        let field = self.fields().iter().find(|(found, _)| found == name);
        Self(field.map(|(_, value)| value))
    }

    /// Name and value of an object's first field.
    #[must_use]
    pub fn first_field(self) -> Option<(&'a str, Self)> {
        let (name, value) = self.fields().first()?;
        Some((name, Self(Some(value))))
    }

    /// The items of a list.
    pub fn items(self) -> impl Iterator<Item = Self> {
        let items = match self.0 {
            Some(Value::Array(items)) => items.as_slice(),
            _ => &[],
        };
        items.iter().map(|item| Self(Some(item)))
    }

    /// The text, if it is one.
    #[must_use]
    pub fn text(self) -> Option<String> {
        match self.0 {
            Some(Value::String(text)) => Some(String::from(&**text)),
            _ => None,
        }
    }

    /// The whole part of a number that is not negative. `None` for more than thirteen digits, which hold every second up
    /// to the year 9999, and for an exponent, which is nobody's way to write what is asked for here.
    #[must_use]
    pub fn whole(self) -> Option<i64> {
        let Some(Value::Number((number, parts))) = self.0 else {
            return None;
        };
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        if parts.exp || !(1..=13).contains(&digits) {
            return None;
        }
        let value = |value, digit| value * 10 + i64::from(digit - b'0');
        Some(number.bytes().take(digits).fold(0, value))
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
            Some(Value::Bool(is)) => Some(*is),
            _ => None,
        }
    }

    fn fields(self) -> &'a [(Cow<'a, str>, Tree<'a>)] {
        match self.0 {
            Some(Value::Object(fields)) => fields,
            _ => &[],
        }
    }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use proptest::prelude::*;

    use super::{Document, Json};
    use crate::json::write;

    fn text(json: &str) -> Option<String> {
        Document::of(json).root().text()
    }

    fn whole(json: &str) -> Option<i64> {
        Document::of(json).root().whole()
    }

    fn number(json: &str) -> Option<u32> {
        Document::of(json).root().number()
    }

    #[test]
    fn values_are_picked_and_what_is_not_there_is_nothing() {
        let json =
            r#" {"a" : [ 1, "x\"]", {"b":[]} ] , "t":true,"n":null,"f":-1.5e+7,"c":{"d":"e"}} "#;
        let document = Document::of(json);
        let json = document.root();
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
            assert_eq!(value.field("a"), Json(None), "{nothing}");
        }
    }

    #[test]
    fn names_may_have_escapes_and_the_first_of_two_counts() {
        let document = Document::of(r#"{"\u0061":"b","a":"c"}"#);
        let read = document.root().field("a").text();
        assert_eq!(read.as_deref(), Some("b"));
    }

    #[test]
    fn texts_and_numbers_are_read_strictly() {
        for (json, expected) in [
            (r#""\"\\\/\b\f\n\r\t\u00e9""#, "\"\\/\u{8}\u{c}\n\r\té"),
            (r#""\ud83d\ude00""#, "\u{1F600}"),
            ("\"é\u{7f}\"", "é\u{7f}"),
        ] {
            assert_eq!(text(json).as_deref(), Some(expected), "{json}");
        }
        for json in [
            "",
            "\"",
            r#""\"#,
            r#""\u12""#,
            r#""\x""#,
            r#""\ud83d""#,
            r#""\ud83d\u0041""#,
            r#""\ude00""#,
            "\"\n\"",
            "\"é",
            "5",
            "{}",
            r#""\u12é4""#,
        ] {
            assert_eq!(text(json), None, "{json}");
        }
        assert_eq!(whole("4294967296"), Some(4_294_967_296));
        assert_eq!(whole("3.9"), Some(3));
        for json in [
            "",
            "-5",
            "+1",
            "1e9",
            "1.5e9",
            "01",
            "1.",
            "99999999999999",
            "\"5\"",
            "true",
        ] {
            assert_eq!(whole(json), None, "{json}");
        }
        assert_eq!(number("4294967295"), Some(u32::MAX));
        assert_eq!(number("4294967296"), None);
    }

    #[test]
    fn what_is_not_json_is_nothing() {
        for json in [
            "[",
            "[1",
            "[1,",
            "[1,]",
            "[1 2]",
            "{",
            r#"{"a":1"#,
            r#"{"a":"b"#,
            r#"{"a" 1}"#,
            "{1:2}",
            "]",
            "}",
            "é",
            "1 2",
            "{} {}",
            "nul",
        ] {
            assert_eq!(Document::of(json).root(), Json(None), "{json}");
        }
    }

    #[test]
    fn nesting_has_a_limit() {
        let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
        let items = |json: &str| Document::of(json).root().items().count();
        assert_eq!(items(&nested(super::DEPTH)), 1);
        assert_eq!(items(&nested(super::DEPTH + 1)), 0);
        assert_eq!(items(&nested(1_000_000)), 0);
        assert_eq!(items(&"{\"a\":".repeat(1_000_000)), 0);
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_back(text: String) {
            prop_assert_eq!(self::text(&write(&text)), Some(text));
        }

        #[test]
        fn json_is_what_serde_takes_for_it(text in "[\\[\\]{}\":,\\\\untruefals0-9.e+\n é😀-]{0,40}") {
            let document = Document::of(&text);
            let json = document.root();
            let _ = (json.whole(), json.number(), json.first_field(), json.field("a"));
            let _ = json.items().map(Json::text).count();
            let by_serde = serde_json::from_str::<serde::de::IgnoredAny>(&text);
            prop_assert_eq!(json != Json(None), by_serde.is_ok());
        }
    }
}
