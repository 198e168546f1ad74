//! From the wire's types to JSON text.

use std::fmt;

use serde::Serialize;
use serde::ser::{
    Impossible, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, Serializer,
};

/// Writes one value. What has no JSON here is written as `null`: the wire has no fractions but in context, which does not
/// pass through here, no negative numbers, no maps with other keys than texts.
#[must_use]
pub fn write<T: Serialize + ?Sized>(value: &T) -> String {
    let mut json = String::new();
    append(&mut json, value);
    json
}

/// Writes one value behind what is there already.
pub fn append<T: Serialize + ?Sized>(json: &mut String, value: &T) {
    let Ok(()) = value.serialize(Writer(json));
}

/// Writing cannot fail, and this says so to the compiler, which then leaves out every path on which it had.
#[derive(Debug)]
pub(super) enum Never {}

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl serde::ser::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Self {
        unreachable!("the wire's types have no value that serde cannot write")
    }
}

struct Writer<'j>(&'j mut String);

/// Something with items: what comes before the next one, and what after the last.
struct Items<'j> {
    json: &'j mut String,
    is_first: bool,
    end: &'static str,
}

impl<'j> Items<'j> {
    fn begin(json: &'j mut String, start: &str, end: &'static str) -> Self {
        json.push_str(start);
        Self {
            json,
            is_first: true,
            end,
        }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        if !std::mem::take(&mut self.is_first) {
            self.json.push(',');
        }
        value.serialize(Writer(self.json))
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Never> {
        self.item(name)?;
        self.json.push(':');
        value.serialize(Writer(self.json))
    }

    fn finish(self) {
        self.json.push_str(self.end);
    }
}

fn text(json: &mut String, text: &str) {
    json.push('"');
    let mut plain_from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0..=0x1F => "",
            _ => continue,
        };
        // Both ends are next to a byte of ASCII, so they never cut a character.
        json.push_str(text.get(plain_from..at).unwrap_or_default());
        plain_from = at + 1;
        if escape.is_empty() {
            let digit = |four: u8| {
                char::from(if four < 10 {
                    b'0' + four
                } else {
                    b'a' + four - 10
                })
            };
            json.push_str("\\u00");
            json.push(digit(byte >> 4));
            json.push(digit(byte & 15));
        } else {
            json.push_str(escape);
        }
    }
    json.push_str(text.get(plain_from..).unwrap_or_default());
    json.push('"');
}

/// Appends a number's decimal digits, without the standard library's formatting and its options.
pub fn digits(text: &mut String, number: u32) {
    if number >= 10 {
        digits(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

impl<'j> Serializer for Writer<'j> {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Items<'j>;
    type SerializeTuple = Items<'j>;
    type SerializeTupleStruct = Impossible<(), Never>;
    type SerializeTupleVariant = Impossible<(), Never>;
    type SerializeMap = Items<'j>;
    type SerializeStruct = Items<'j>;
    type SerializeStructVariant = Items<'j>;

    fn serialize_bool(self, value: bool) -> Result<(), Never> {
        self.0.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Never> {
        self.serialize_u32(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Never> {
        digits(self.0, value);
        Ok(())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Never> {
        let whole = value as u32;
        if f64::from(whole) == value {
            self.serialize_u32(whole)
        } else {
            self.serialize_unit()
        }
    }

    fn serialize_str(self, value: &str) -> Result<(), Never> {
        text(self.0, value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Never> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        self.0.push_str("null");
        Ok(())
    }

    fn serialize_unit_variant(self, _: &str, _: u32, variant: &str) -> Result<(), Never> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &str,
        _: u32,
        variant: &str,
        value: &T,
    ) -> Result<(), Never> {
        let mut items = Items::begin(self.0, "{", "}");
        items.field(variant, value)?;
        items.finish();
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'j>, Never> {
        Ok(Items::begin(self.0, "[", "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'j>, Never> {
        self.serialize_seq(None)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Items<'j>, Never> {
        Ok(Items::begin(self.0, "{", "}"))
    }

    fn serialize_struct(self, _: &str, _: usize) -> Result<Items<'j>, Never> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &str,
        _: u32,
        variant: &str,
        _: usize,
    ) -> Result<Items<'j>, Never> {
        self.0.push('{');
        text(self.0, variant);
        Ok(Items::begin(self.0, ":{", "}}"))
    }

    fn serialize_i8(self, _: i8) -> Result<(), Never> {
        self.serialize_unit()
    }
    fn serialize_i16(self, _: i16) -> Result<(), Never> {
        self.serialize_unit()
    }
    fn serialize_i32(self, _: i32) -> Result<(), Never> {
        self.serialize_unit()
    }
    fn serialize_i64(self, _: i64) -> Result<(), Never> {
        self.serialize_unit()
    }
    fn serialize_u8(self, _: u8) -> Result<(), Never> {
        self.serialize_unit()
    }
    fn serialize_u64(self, _: u64) -> Result<(), Never> {
        self.serialize_unit()
    }
    fn serialize_f32(self, _: f32) -> Result<(), Never> {
        self.serialize_unit()
    }
    fn serialize_char(self, _: char) -> Result<(), Never> {
        self.serialize_unit()
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<(), Never> {
        self.serialize_unit()
    }
    fn serialize_unit_struct(self, _: &str) -> Result<(), Never> {
        self.serialize_unit()
    }
    fn serialize_tuple_struct(self, _: &str, _: usize) -> Result<Impossible<(), Never>, Never> {
        unreachable!("the wire has no tuple structs")
    }
    fn serialize_tuple_variant(
        self,
        _: &str,
        _: u32,
        _: &str,
        _: usize,
    ) -> Result<Impossible<(), Never>, Never> {
        unreachable!("the wire has no tuple variants")
    }
}

impl SerializeSeq for Items<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.item(value)
    }

    fn end(self) -> Result<(), Never> {
        self.finish();
        Ok(())
    }
}

impl SerializeTuple for Items<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.item(value)
    }

    fn end(self) -> Result<(), Never> {
        self.finish();
        Ok(())
    }
}

impl SerializeMap for Items<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        self.item(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.json.push(':');
        value.serialize(Writer(self.json))
    }

    fn end(self) -> Result<(), Never> {
        self.finish();
        Ok(())
    }
}

impl SerializeStruct for Items<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        self.field(name, value)
    }

    fn end(self) -> Result<(), Never> {
        self.finish();
        Ok(())
    }
}

impl SerializeStructVariant for Items<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        self.field(name, value)
    }

    fn end(self) -> Result<(), Never> {
        self.finish();
        Ok(())
    }
}
