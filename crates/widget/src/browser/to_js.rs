//! Rust values as JavaScript's own: what serde-wasm-bindgen makes of them, but for what holds others.
//!
//! Structs and lists are put together here. The library keeps the name of each field that it was ever given in a hash table,
//! and each field may fail; here nothing can, so that no code looks whether it did. This must not know any of the values.

use std::fmt::{self, Display, Formatter};

use js_sys::{Array, Object};
use serde::ser::{
    self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant,
};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// The value that JSON would give: objects with named fields, lists, texts, numbers, booleans, `null`.
pub(super) fn to_js<T: Serialize + ?Sized>(value: &T) -> JsValue {
    let Ok(made) = value.serialize(ToJs);
    made
}

/// Makes a value.
struct ToJs;

/// What makes those that hold no others.
static LIBRARY: Serializer = Serializer::json_compatible();

type Made = Result<JsValue, Never>;

/// Nothing here fails.
#[derive(Debug)]
enum Never {}

impl Display for Never {
    fn fmt(&self, _: &mut Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    /// # Panics
    /// For a value that says itself that it cannot be serialised. None of ours does.
    fn custom<T: Display>(_: T) -> Self {
        unreachable!()
    }
}

macro_rules! by_library {
    ($($name:ident($($argument:ident: $type:ty),*);)*) => {
        $(fn $name(self, $($argument: $type),*) -> Made {
            Ok(LIBRARY.$name($($argument),*).unwrap_or_default())
        })*
    };
}

impl ser::Serializer for ToJs {
    type Ok = JsValue;
    type Error = Never;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeMap = Entries;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Variant<Fields>;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Variant<Items>;

    by_library! {
        serialize_bool(value: bool);
        serialize_i8(value: i8);
        serialize_i16(value: i16);
        serialize_i32(value: i32);
        serialize_i64(value: i64);
        serialize_u8(value: u8);
        serialize_u16(value: u16);
        serialize_u32(value: u32);
        serialize_u64(value: u64);
        serialize_f32(value: f32);
        serialize_f64(value: f64);
        serialize_char(value: char);
        serialize_str(value: &str);
        serialize_bytes(value: &[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(name: &'static str);
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Made {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Made {
        self.serialize_str(variant)
    }

    /// By the library, which knows those that stand for a value of JavaScript's.
    fn serialize_newtype_struct<T>(self, name: &'static str, value: &T) -> Made
    where
        T: Serialize + ?Sized,
    {
        let made = LIBRARY.serialize_newtype_struct(name, value);
        Ok(made.unwrap_or_default())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Made {
        Ok(tagged(variant, &to_js(value)))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items, Never> {
        Ok(Items(Array::new()))
    }

    fn serialize_tuple(self, length: usize) -> Result<Items, Never> {
        self.serialize_seq(Some(length))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields, Never> {
        Ok(Object::new().unchecked_into())
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Items, Never> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        length: usize,
    ) -> Result<Variant<Items>, Never> {
        let inner = self.serialize_seq(Some(length))?;
        Ok(Variant { name, inner })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries, Never> {
        Ok(Entries {
            fields: Object::new().unchecked_into(),
            key: String::new(),
        })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        length: usize,
    ) -> Result<Variant<Fields>, Never> {
        let inner = self.serialize_struct(name, length)?;
        Ok(Variant { name, inner })
    }
}

#[wasm_bindgen]
extern "C" {
    /// An object, field by field.
    type Fields;
    #[wasm_bindgen(method, indexing_setter)]
    fn set(this: &Fields, name: &str, value: &JsValue);
}

impl SerializeStruct for Fields {
    type Ok = JsValue;
    type Error = Never;

    fn serialize_field<T>(&mut self, name: &'static str, value: &T) -> Result<(), Never>
    where
        T: Serialize + ?Sized,
    {
        self.set(name, &to_js(value));
        Ok(())
    }

    fn end(self) -> Made {
        Ok(self.into())
    }
}

/// A map, entry by entry. Its keys are texts.
struct Entries {
    fields: Fields,
    key: String,
}

impl SerializeMap for Entries {
    type Ok = JsValue;
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        self.key = to_js(key).as_string().unwrap_or_default();
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.fields.set(&self.key, &to_js(value));
        Ok(())
    }

    fn end(self) -> Made {
        Ok(self.fields.into())
    }
}

/// A list, item by item.
struct Items(Array);

impl SerializeSeq for Items {
    type Ok = JsValue;
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.0.set(self.0.length(), to_js(value));
        Ok(())
    }

    fn end(self) -> Made {
        Ok(self.0.into())
    }
}

impl SerializeTupleStruct for Items {
    type Ok = JsValue;
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Made {
        SerializeSeq::end(self)
    }
}

impl SerializeTuple for Items {
    type Ok = JsValue;
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Made {
        SerializeSeq::end(self)
    }
}

/// What a variant holds, below its name.
struct Variant<T> {
    name: &'static str,
    inner: T,
}

fn tagged(name: &str, value: &JsValue) -> JsValue {
    let fields: Fields = Object::new().unchecked_into();
    fields.set(name, value);
    fields.into()
}

impl SerializeStructVariant for Variant<Fields> {
    type Ok = JsValue;
    type Error = Never;

    fn serialize_field<T>(&mut self, name: &'static str, value: &T) -> Result<(), Never>
    where
        T: Serialize + ?Sized,
    {
        self.inner.serialize_field(name, value)
    }

    fn end(self) -> Made {
        Ok(tagged(self.name, &self.inner.into()))
    }
}

impl SerializeTupleVariant for Variant<Items> {
    type Ok = JsValue;
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        SerializeSeq::serialize_element(&mut self.inner, value)
    }

    fn end(self) -> Made {
        Ok(tagged(self.name, &self.inner.0.into()))
    }
}
