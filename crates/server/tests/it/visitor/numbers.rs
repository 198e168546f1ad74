//! Numbers of context variables: the digits that were written come through the verifier, the database and the API, and rules
//! compare what they mean.

use axum::http::Method;
use bonafide_server::Clock;
use serde_json::{Value, json};

use crate::chat::{Chat, SHOP, Shop, page, text};
use crate::console::NOW;

/// As a website may write a number, in JSON or as text, and what the API answers.
const WRITTEN: [(&str, &str); 16] = [
    ("10000", "10000"),
    ("\"10000\"", "10000"),
    ("10000.0", "10000.0"),
    ("\"10000.00\"", "10000.00"),
    ("1e4", "1e4"),
    ("1.50E+2", "1.50E+2"),
    ("0", "0"),
    ("-0", "-0"),
    ("-0.5", "-0.5"),
    ("9007199254740991", "9007199254740991"),
    ("9007199254740993", "9007199254740993"),
    ("\"-9007199254740993\"", "-9007199254740993"),
    ("18446744073709551616", "18446744073709551616"),
    (
        "123456789012345678901234567890",
        "123456789012345678901234567890",
    ),
    (
        "0.1000000000000000055511151231257827",
        "0.1000000000000000055511151231257827",
    ),
    ("1e300", "1e300"),
];

/// The `context` of the conversation's summary as its bytes say it.
async fn raw_context(chat: &Chat, agents_path: &str) -> String {
    let answer = chat.admin.get(agents_path).await;
    answer.ok();
    let text = answer.text();
    let (_, context) = text.split_once("\"context\":").unwrap();
    let (context, _) = context.split_once("}}").unwrap();
    format!("{context}}}}}")
}

/// Starts a conversation whose token has this context.
async fn signed(chat: &Chat, shop: &Shop, context: &str) -> String {
    let token = shop.token_with(chat.now(), &json!({"lwicontexts": context}));
    let visitor = chat.visit(shop, &json!({"token": token})).await;
    raw_context(chat, &visitor.agents_path("/summary")).await
}

#[tokio::test]
async fn a_signed_number_reaches_the_api_with_its_digits() {
    let mut chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let mut paths = Vec::new();
    for (written, expected) in WRITTEN {
        let context = format!(r#"{{"msdyn_cartvalue":{written}}}"#);
        let token = shop.token_with(chat.now(), &json!({"lwicontexts": context}));
        let visitor = chat.visit(&shop, &json!({"token": token})).await;
        let path = visitor.agents_path("/summary");
        let expected = format!(r#"{{"signed":{{"msdyn_cartvalue":{expected}}},"unsigned":{{}}}}"#);
        assert_eq!(raw_context(&chat, &path).await, expected, "{written}");
        paths.push((path, expected));
    }
    assert!(chat.audit("context.not-admitted").await.is_empty());
    // What was stored is what was answered.
    chat = chat.restart().await;
    for (path, expected) in paths {
        assert_eq!(raw_context(&chat, &path).await, expected);
    }
}

#[tokio::test]
async fn a_number_from_the_page_keeps_its_digits_and_null_is_none() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let start = async |context: String| {
        let path = format!("/widgets/{}/conversations", text(&shop.widget["id"]));
        let body = format!(r#"{{"page":{},"context":{context}}}"#, page());
        chat.page(SHOP).send(Method::POST, &path, Some(body)).await
    };
    for (written, expected) in WRITTEN {
        let answer = start(format!(r#"{{"msdyn_cartvalue":{written},"note":null}}"#)).await;
        let id = text(&answer.ok()["conversation"]["id"]);
        let context = raw_context(&chat, &format!("/agent/conversations/{id}/summary")).await;
        let expected = format!(r#"{{"signed":{{}},"unsigned":{{"msdyn_cartvalue":{expected}}}}}"#);
        assert_eq!(context, expected, "{written}");
    }
    start("null".to_owned()).await.ok();
    for (written, code) in [
        ("1e400", "invalid"),
        (&*"9".repeat(5_000), "invalid"),
        (&*format!("0.{}", "1".repeat(5_000)), "too-long"),
    ] {
        let answer = start(format!(r#"{{"msdyn_cartvalue":{written}}}"#)).await;
        answer.refuses(&[("context.msdyn_cartvalue", code)]);
    }
}

#[tokio::test]
async fn a_whole_number_is_admitted_into_text_as_its_digits() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    for (written, expected) in [
        ("10000", "10000"),
        ("10000.0", "10000"),
        ("1e4", "10000"),
        ("-1.50e2", "-150"),
        ("-0", "0"),
        (
            "123456789012345678901234567890",
            "123456789012345678901234567890",
        ),
        ("\"0010.50\"", "0010.50"),
    ] {
        let shown = signed(&chat, &shop, &format!(r#"{{"note":{written}}}"#)).await;
        assert_eq!(
            shown,
            format!(r#"{{"signed":{{"note":"{expected}"}},"unsigned":{{}}}}"#)
        );
    }
    assert!(chat.audit("context.not-admitted").await.is_empty());
    assert_eq!(
        signed(&chat, &shop, r#"{"note":10.5,"msdyn_isvip":null}"#).await,
        r#"{"signed":{},"unsigned":{}}"#
    );
    let warning = chat.audited("context.not-admitted").await;
    assert_eq!(
        warning["details"],
        json!({"note": "Context variable `note` is declared as text, but the given value is a number with a fraction; give it as text."})
    );
}

/// Two numbers that a 64-bit float cannot tell apart are two.
#[tokio::test]
async fn rules_compare_what_numbers_mean() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let path = format!("/admin/work-streams/{}", text(&shop.work_stream["id"]));
    let vip = chat.queue("VIP").await;
    for (operator, value, carts) in [
        (
            "equals",
            "9007199254740993",
            [
                ("9007199254740993", true),
                ("9007199254740992", false),
                ("9007199254740.993e3", true),
            ],
        ),
        (
            "greaterThan",
            "123456789012345678901234567890",
            [
                ("123456789012345678901234567891", true),
                ("123456789012345678901234567890", false),
                ("1e29", false),
            ],
        ),
        (
            "atLeast",
            "\"10000.0\"",
            [
                ("10000", true),
                ("\"1e4\"", true),
                ("9999.999999999999999999999", false),
            ],
        ),
        (
            "lessThan",
            "0.3",
            [
                ("0.29999999999999999999999", true),
                ("0.30", false),
                ("-1e300", true),
            ],
        ),
        (
            "atMost",
            "-0",
            [("0", true), ("1e-999", false), ("-1", true)],
        ),
    ] {
        let mut stream = shop.work_stream.clone();
        let fields = stream.as_object_mut().unwrap();
        fields.retain(|name, _| {
            matches!(name.as_str(), "name" | "contextVariables" | "fallbackQueue")
        });
        fields.insert("rules".to_owned(), json!([]));
        let rule = format!(
            r#"[{{"queue":"{vip}","priority":1,"when":{{"all":[{{"variable":"msdyn_cartvalue","operator":"{operator}","value":{value}}}]}}}}]"#
        );
        let body = stream
            .to_string()
            .replace("\"rules\":[]", &format!("\"rules\":{rule}"));
        let answer = chat.admin.send(Method::PUT, &path, Some(body)).await;
        answer.ok();
        assert!(
            answer.text().contains(&format!("\"value\":{value}")),
            "{}",
            answer.text()
        );
        for (cart, is_vip) in carts {
            let context = format!(r#"{{"msdyn_cartvalue":{cart}}}"#);
            let token = shop.token_with(chat.now(), &json!({"lwicontexts": context}));
            let visitor = chat.visit(&shop, &json!({"token": token})).await;
            let queue = &visitor.started["conversation"]["queue"];
            let expected = if is_vip { "VIP" } else { "General" };
            assert_eq!(*queue, Value::from(expected), "{cart} {operator} {value}");
        }
    }
}
