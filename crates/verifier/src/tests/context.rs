//! Step 6: `lwicontexts`.

#[cfg(target_family = "wasm")]
use super::test;

use crate::ContextValue;
use serde_json::{Map, Value, json};

use super::{
    judge::{code, judge},
    mint::{self, PUBLIC_A, with_claim},
};

fn token(context: Value) -> String {
    mint::a().claims(&with_claim("lwicontexts", Some(context)))
}

/// A context value that outlives its token.
#[derive(Debug, PartialEq)]
enum Owned {
    Boolean(bool),
    Number(f64),
    Text(String),
}

fn read(context: Value) -> Vec<(String, Owned)> {
    let verified = judge(&token(context), PUBLIC_A).unwrap();
    let owned = |value| match value {
        ContextValue::Boolean(value) => Owned::Boolean(value),
        ContextValue::Number(value) => Owned::Number(value),
        ContextValue::Text(value) => Owned::Text(value.to_owned()),
    };
    verified
        .context()
        .map(|(name, value)| (name.to_owned(), owned(value)))
        .collect()
}

#[test]
fn a_string_and_an_object_read_alike() {
    let object = json!({ "cart": "10000", "visits": 3, "rate": -0.5e1, "vip": false, "ünï": "\u{1f600}\"\\\n" });
    let expected = vec![
        ("cart".to_owned(), Owned::Text("10000".to_owned())),
        ("rate".to_owned(), Owned::Number(-5.0)),
        ("vip".to_owned(), Owned::Boolean(false)),
        ("visits".to_owned(), Owned::Number(3.0)),
        ("ünï".to_owned(), Owned::Text("\u{1f600}\"\\\n".to_owned())),
    ];
    for context in [Value::from(object.to_string()), object] {
        let mut found = read(context);
        found.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(found, expected);
    }
    assert_eq!(read(json!("{}")), []);
    assert_eq!(read(json!({})), []);
    assert_eq!(read(json!(" {\n} ")), []);
}

/// JSON within JSON, whose strings have escapes of their own.
#[test]
fn escapes_within_escapes_are_read() {
    let context = r#"{"a\"1":"x\n1","plain":"y","b\\2":"\u00e9\ud83d\ude00","\/c":"","d":"\t"}"#;
    let expected = [
        ("a\"1", "x\n1"),
        ("plain", "y"),
        ("b\\2", "é\u{1f600}"),
        ("/c", ""),
        ("d", "\t"),
    ]
    .map(|(name, value)| (name.to_owned(), Owned::Text(value.to_owned())));
    assert_eq!(read(json!(context)), expected);
    // All of it behind escapes, and the object itself.
    let escaped: String = context
        .chars()
        .map(|c| format!("\\u{:04x}", c as u32))
        .collect();
    for value in [format!("\"{escaped}\""), context.to_owned()] {
        let mut claims = with_claim("lwicontexts", None).to_string();
        claims.insert_str(1, &format!(r#""lwicontexts":{value},"#));
        let token = mint::a().token(r#"{"alg":"RS256"}"#, claims);
        let verified = judge(&token, PUBLIC_A).unwrap();
        assert_eq!(
            verified.context().collect::<Vec<_>>(),
            [
                ("a\"1", ContextValue::Text("x\n1")),
                ("plain", ContextValue::Text("y")),
                ("b\\2", ContextValue::Text("é\u{1f600}")),
                ("/c", ContextValue::Text("")),
                ("d", ContextValue::Text("\t")),
            ]
        );
    }
}

#[test]
fn order_is_kept() {
    let names: Vec<String> = read(json!(r#"{"z":1,"a":2,"m":3}"#))
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["z", "a", "m"]);
}

#[test]
fn what_is_not_an_object_of_primitives_is_refused() {
    let cases = [
        json!(null),
        json!(7),
        json!(true),
        json!([]),
        json!([{}]),
        json!(""),
        json!(" "),
        json!("null"),
        json!("[]"),
        json!("{}{}"),
        json!("{"),
        json!("{'a':1}"),
        json!(r#"{"a":1,}"#),
        json!(r#""{}""#),
        json!({ "a": null }),
        json!({ "a": [] }),
        json!({ "a": {} }),
        json!(r#"{"a":[1]}"#),
        json!(r#"{"a":NaN}"#),
        json!(r#"{"a":1e400}"#),
        json!(r#"{"a":1,"a":1}"#),
        json!(r#"{"a":1,"\u0061":2}"#),
        json!({ "": 1 }),
        json!({ "a\0": 1 }),
        json!({ "a": "\0" }),
        json!(r#"{"a":"\u0000"}"#),
        json!("{\"a\":\"\0\"}"),
        json!(r#"{"a":"\ud800"}"#),
    ];
    for context in cases {
        assert_eq!(
            code(&token(context.clone()), PUBLIC_A),
            "token-context-invalid",
            "{context}"
        );
    }
}

#[test]
fn duplicates_in_the_object_itself_are_refused() {
    let mut claims = with_claim("lwicontexts", None).to_string();
    claims.insert_str(1, r#""lwicontexts":{"a":1,"b":2,"a":1},"#);
    let token = mint::a().token(r#"{"alg":"RS256"}"#, claims);
    assert_eq!(code(&token, PUBLIC_A), "token-context-invalid");
}

#[test]
fn limits_are_exact() {
    let variables = |count: usize| {
        (0..count)
            .map(|i| (format!("v{i}"), json!(i)))
            .collect::<Map<_, _>>()
    };
    let cases = [
        ("100 variables", Value::from(variables(100)), true),
        ("101 variables", Value::from(variables(101)), false),
        ("1-character name", json!({ "a": 1 }), true),
        ("100-character name", json!({ "é".repeat(100): 1 }), true),
        ("101-character name", json!({ "é".repeat(101): 1 }), false),
        (
            "4,000-character value",
            json!({ "a": "é".repeat(4_000) }),
            true,
        ),
        (
            "4,001-character value",
            json!({ "a": "é".repeat(4_001) }),
            false,
        ),
        ("4,001-byte value", json!({ "a": "x".repeat(4_001) }), false),
        ("empty value", json!({ "a": "" }), true),
        (
            "4,000-digit number",
            json!(format!(r#"{{"a":0.{}}}"#, "0".repeat(3_998))),
            true,
        ),
        (
            "4,001-digit number",
            json!(format!(r#"{{"a":0.{}}}"#, "0".repeat(3_999))),
            false,
        ),
    ];
    for (what, context, is_accepted) in cases {
        let expected = if is_accepted {
            "accepted"
        } else {
            "token-context-invalid"
        };
        if context.is_object() {
            let text = Value::from(context.to_string());
            assert_eq!(code(&token(text), PUBLIC_A), expected, "{what} as a string");
        }
        assert_eq!(code(&token(context), PUBLIC_A), expected, "{what}");
    }
}

#[test]
fn messages_name_the_variable_but_never_its_value() {
    let message = |context| judge(&token(context), PUBLIC_A).unwrap_err().to_string();
    assert_eq!(
        message(json!({ "cart": { "secret": 1 } })),
        "The claim `lwicontexts` has the variable `cart`, whose value is not a string, a finite number or a boolean."
    );
    assert_eq!(
        message(json!({ "a\u{202e}\n": null })),
        "The claim `lwicontexts` has the variable `a\\u{202e}\\n`, whose value is not a string, a finite number or a boolean."
    );
    assert_eq!(
        message(json!(r#"{"a":secret}"#)),
        "The claim `lwicontexts` does not hold one JSON object: expected a value, found `s` at byte 5."
    );
    assert_eq!(
        message(json!({ "a": "x".repeat(5_000) })),
        "The claim `lwicontexts` has the variable `a`, whose value is 5000 characters long; at most 4000 are allowed."
    );
}
