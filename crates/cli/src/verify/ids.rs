//! The `id` of a question of `--jsonl`: kept as it was written, and found also where the rest is lost.
//!
//! Must not read it as a value: a number or a name given twice would come back as something else.

use serde_json::value::RawValue;

/// As it was written; `None` for null and for none.
pub(super) type Id = Option<Box<RawValue>>;

/// The id without the blanks between its parts: a carriage return is one of them, and a line's end to some.
pub(super) fn compact(id: Id) -> Id {
    let id = id?;
    let text = id.get();
    if !text.contains(is_blank) {
        return Some(id);
    }
    let mut compact = String::with_capacity(text.len());
    let (mut is_in_string, mut is_escaped) = (false, false);
    for character in text.chars() {
        if !is_in_string && is_blank(character) {
            continue;
        }
        is_in_string ^= character == '"' && !is_escaped;
        is_escaped = character == '\\' && !is_escaped;
        compact.push(character);
    }
    RawValue::from_string(compact).ok()
}

/// The id of a line of which only the beginning is there: where it stands first and is whole.
pub(super) fn leading(beginning: &[u8]) -> Id {
    let text = match std::str::from_utf8(beginning) {
        Ok(text) => text,
        // Cut inside a character, or no UTF-8 at all from there on.
        Err(fault) => std::str::from_utf8(&beginning[..fault.valid_up_to()]).ok()?,
    };
    let inside = text.trim_start_matches(is_blank).strip_prefix('{')?;
    let name = inside.trim_start_matches(is_blank).strip_prefix("\"id\"")?;
    let value = name.trim_start_matches(is_blank).strip_prefix(':')?;
    let mut values = serde_json::Deserializer::from_str(value).into_iter::<Box<RawValue>>();
    let id = values.next()?.ok()?;
    // What follows a number shows that it is whole.
    let rest = value.get(values.byte_offset()..)?;
    rest.trim_start_matches(is_blank).strip_prefix([',', '}'])?;
    Some(id).filter(|id| id.get() != "null")
}

/// Blank in JSON.
fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

    use super::{compact, leading};

    fn compacted(text: &str) -> String {
        let id = RawValue::from_string(text.to_owned()).unwrap();
        compact(Some(id)).unwrap().get().to_owned()
    }

    #[test]
    fn only_blanks_between_parts_go() {
        for (text, expected) in [
            ("[\r1,\t 2\r\n]", "[1,2]"),
            (
                r#"{ "a b" : "c\" d" , "\\" : [ ] }"#,
                r#"{"a b":"c\" d","\\":[]}"#,
            ),
            (r#" "\\" "#, r#""\\""#),
            ("1.50E+2", "1.50E+2"),
        ] {
            assert_eq!(compacted(text), expected);
        }
    }

    #[test]
    fn an_id_is_found_only_where_it_stands_first_and_is_whole() {
        let found = |beginning: &[u8]| leading(beginning).map(|id| id.get().to_owned());
        for (beginning, id) in [
            (&br#"{"id":7,"token":"ey"#[..], "7"),
            (br#" { "id" : [1, "a"] , "tok"#, r#"[1, "a"]"#),
            (b"{\"id\":\"x\",\"token\":\"\xc3", "\"x\""),
            (br#"{"id":1.0e5}"#, "1.0e5"),
        ] {
            assert_eq!(found(beginning).as_deref(), Some(id));
        }
        for beginning in [
            &br#"{"id":7"#[..],
            br#"{"id":"seven"#,
            br#"{"id":null,"#,
            br#"{"id":[1,"#,
            br#"{"token":"a","id":7,"#,
            br#"{"identity":7,"#,
            br#"[{"id":7,"#,
            b"{\"id\":\"\xff\",",
            b"",
        ] {
            assert_eq!(
                found(beginning),
                None,
                "{}",
                String::from_utf8_lossy(beginning)
            );
        }
    }
}
