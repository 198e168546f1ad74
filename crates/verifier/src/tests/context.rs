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
    Number(String),
    Text(String),
}

fn read(context: Value) -> Vec<(String, Owned)> {
    let verified = judge(&token(context), PUBLIC_A).unwrap();
    let owned = |value| match value {
        ContextValue::Boolean(value) => Owned::Boolean(value),
        ContextValue::Number(value) => Owned::Number(value.to_owned()),
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
        ("rate".to_owned(), Owned::Number("-5.0".to_owned())),
        ("vip".to_owned(), Owned::Boolean(false)),
        ("visits".to_owned(), Owned::Number("3".to_owned())),
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
        json!(r#"{"a":null,"a":1}"#),
        json!(r#"{"a":1,"a":null}"#),
        json!({ "": null }),
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
        "The claim `lwicontexts` has the variable `cart`, whose value is an object, not a string, a finite number or a boolean."
    );
    assert_eq!(
        message(json!({ "a\u{202e}\n": [] })),
        "The claim `lwicontexts` has the variable `a\\u{202e}\\n`, whose value is an array, not a string, a finite number or a boolean."
    );
    assert_eq!(
        message(json!(r#"{"a":-1E+999}"#)),
        "The claim `lwicontexts` has the variable `a`, whose value is a number beyond all finite ones, not a string, a finite number or a boolean."
    );
    assert_eq!(
        message(json!([])),
        "The claim `lwicontexts` is an array, neither a JSON object nor a string that holds one."
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

/// A customer's number may have more digits than an `f64` holds.
#[test]
fn a_number_keeps_the_digits_that_were_written() {
    for digits in [
        "10000",
        "10000.0",
        "1e4",
        "1.50E+2",
        "-0",
        "-0.0",
        "9007199254740993",
        "18446744073709551616",
        "123456789012345678901234567890",
        "0.1000000000000000055511151231257827",
        "1e308",
        "1e-999",
    ] {
        for context in [
            Value::from(format!(r#"{{"a":"x", "n" : {digits} }}"#)),
            Value::from(format!(r#"{{"n":{digits},"\u0061":"\u0062"}}"#)),
        ] {
            let found = read(context);
            let number = found.iter().find(|(name, _)| name == "n").unwrap();
            assert_eq!(number.1, Owned::Number(digits.to_owned()));
        }
    }
    let long = "9".repeat(309);
    let refused = code(&token(json!(format!(r#"{{"n":{long}}}"#))), PUBLIC_A);
    assert_eq!(
        refused, "token-context-invalid",
        "more than any finite number has"
    );
}

/// Serialisers write `null` for what is not there.
#[test]
fn null_is_no_variable() {
    assert_eq!(read(json!(null)), []);
    assert_eq!(read(json!({ "a": null })), []);
    let found = read(json!(r#"{"a":null,"b":1,"\u0063":null,"d":"x"}"#));
    let names: Vec<_> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["b", "d"]);
    let many = |nulls: usize| {
        let mut context: Map<_, _> = (0..100).map(|i| (format!("v{i}"), json!(i))).collect();
        context.extend((0..nulls).map(|i| (format!("n{i}"), Value::Null)));
        json!(Value::from(context).to_string())
    };
    assert_eq!(read(many(50)).len(), 100);
    let twice = r#"{"x":null,"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"x":null}"#;
    assert_eq!(
        code(&token(json!(twice)), PUBLIC_A),
        "token-context-invalid"
    );
}
