//! A conversation starts: who the visitor is, what is known, where it goes.

use axum::http::StatusCode;
use chrono::DateTime;
use serde_json::{Value, json};

use crate::chat::{Chat, page, text, with_fields};
use crate::console::Answer;
use crate::website::SUBJECT;

#[tokio::test]
async fn a_signed_in_visitor_is_authenticated_linked_and_routed() {
    let chat = Chat::start().await;
    chat.contact().await;
    let shop = chat.shop().await;
    chat.somebody_is_there().await;
    let visitor = chat.visit_signed_in(&shop).await;
    let conversation = &visitor.started["conversation"];
    assert_eq!(conversation["authenticated"], true);
    assert_eq!(conversation["identity"], "current");
    assert_eq!(conversation["state"], "waiting");
    assert_eq!(conversation["queue"], "VIP");
    assert_eq!(conversation["position"], 1);

    let summary = chat.admin.get(&visitor.agents_path("/summary")).await.ok();
    assert_eq!(summary["authenticated"], "yes");
    let authentication = &summary["authentication"];
    assert_eq!(authentication["setting"]["name"], "Shop sign-in");
    assert_eq!(authentication["issuer"], "shop.example");
    assert_eq!(authentication["subject"], SUBJECT);
    assert_eq!(authentication["keyId"], "shop-1");
    assert_eq!(text(&authentication["keyFingerprint"]).len(), 64);
    assert_eq!(authentication["state"], "current");
    assert_eq!(
        summary["contact"],
        json!({
            "id": SUBJECT, "name": "Nancy Anderson (sample)", "email": "nancy@example.com", "phone": null,
            "linkedBy": "subject",
        })
    );
    assert_eq!(
        summary["context"],
        json!({"signed": {"msdyn_cartvalue": 10000, "msdyn_isvip": false}, "unsigned": {}})
    );
    assert_eq!(summary["profile"]["givenName"], "Nancy");
    assert_eq!(summary["queue"]["name"], "VIP");
    assert_eq!(summary["rule"], "Full carts");
    assert_eq!(summary["priority"], 10);
    assert_eq!(summary["page"], page());
    assert_eq!(summary["state"], "waiting");

    let entries = chat.audit("conversation.started").await;
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["subject"], conversation["id"]);
    assert_eq!(entries[0]["details"]["subject"], SUBJECT);
}

#[tokio::test]
async fn a_subject_in_capitals_names_the_same_contact() {
    let chat = Chat::start().await;
    chat.contact().await;
    let shop = chat.shop().await;
    let token = shop.token_with(chat.now(), &json!({"sub": SUBJECT.to_uppercase()}));
    let visitor = chat.visit(&shop, &json!({"token": token})).await;
    let summary = chat.admin.get(&visitor.agents_path("/summary")).await.ok();
    assert_eq!(summary["contact"]["id"], SUBJECT);
}

#[tokio::test]
async fn without_a_token_an_optional_widget_says_no() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    for body in [json!({}), json!({"token": ""}), json!({"token": " "})] {
        let visitor = chat.visit(&shop, &body).await;
        assert_eq!(visitor.started["conversation"]["authenticated"], false);
        assert_eq!(visitor.started["conversation"]["identity"], "none");
        let summary = chat.admin.get(&visitor.agents_path("/summary")).await.ok();
        assert_eq!(summary["authenticated"], "no");
        assert_eq!(
            summary["authentication"],
            json!({"reason": "not-signed-in"})
        );
        assert_eq!(
            summary["contact"],
            json!({"notLinked": "not-authenticated"})
        );
        assert_eq!(summary["queue"]["name"], "General");
        assert_eq!(summary["rule"], json!(null));
    }
}

#[tokio::test]
async fn a_widget_without_a_setting_says_no_whatever_is_sent() {
    let chat = Chat::start().await;
    let shop = chat
        .shop_with(&json!({}), &json!({"authenticationSetting": null}))
        .await;
    let config = chat
        .page(crate::chat::SHOP)
        .get(&format!("/widgets/{}", text(&shop.widget["id"])))
        .await
        .ok();
    assert_eq!(config["clientFunction"], json!(null));
    assert_eq!(config["signIn"], "optional");
    for token in [shop.token(chat.now()), "nonsense".to_owned()] {
        let visitor = chat.visit(&shop, &json!({"token": token})).await;
        assert_eq!(visitor.started["conversation"]["authenticated"], false);
        let summary = chat.admin.get(&visitor.agents_path("/summary")).await.ok();
        assert_eq!(summary["authentication"], json!({"reason": "no-setting"}));
    }
    // What is ignored is not in the way of what is not.
    let body = json!({"token": shop.token(chat.now()), "context": {"note": "from the page"}});
    let visitor = chat.visit(&shop, &body).await;
    let summary = chat.admin.get(&visitor.agents_path("/summary")).await.ok();
    assert_eq!(summary["authenticated"], "no");
    assert_eq!(
        summary["context"],
        json!({"signed": {}, "unsigned": {"note": "from the page"}})
    );
    assert_eq!(
        shop.keys.requests(),
        0,
        "nobody asks for keys of no setting"
    );
}

#[tokio::test]
async fn the_pages_context_is_shown_as_unsigned_and_undeclared_values_are_reported() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let context =
        json!({"msdyn_cartvalue": "7", "msdyn_isvip": "maybe", "secretPlan": "x", "note": "hello"});
    let visitor = chat.visit(&shop, &json!({"context": context})).await;
    let summary = chat.admin.get(&visitor.agents_path("/summary")).await.ok();
    assert_eq!(
        summary["context"],
        json!({"signed": {}, "unsigned": {"msdyn_cartvalue": 7, "note": "hello"}})
    );
    let warnings = chat.audit("context.not-admitted").await;
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0]["subject"], visitor.conversation);
    assert_eq!(
        warnings[0]["details"],
        json!({
            "msdyn_isvip": "Context variable `msdyn_isvip` is declared as a boolean, but the given value is text.",
            "secretPlan": "Context variable `secretPlan` is not declared by the work stream.",
        })
    );
}

#[tokio::test]
async fn signed_context_that_is_not_declared_is_not_shown_and_the_chat_goes_on() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let token = shop.token_with(
        chat.now(),
        &json!({"lwicontexts": {"tier": "gold", "msdyn_cartvalue": 1}}),
    );
    let visitor = chat.visit(&shop, &json!({"token": token})).await;
    assert_eq!(visitor.started["conversation"]["queue"], "Members");
    let summary = chat.admin.get(&visitor.agents_path("/summary")).await.ok();
    assert_eq!(summary["context"]["signed"], json!({"msdyn_cartvalue": 1}));
    assert_eq!(summary["contact"], json!({"notLinked": "no-such-contact"}));
    assert!(chat.audit("context.not-admitted").await[0]["details"]["tier"].is_string());
}

#[tokio::test]
async fn an_inactive_contact_is_not_linked() {
    let chat = Chat::start().await;
    let contact = json!({"id": SUBJECT, "name": "Nancy", "active": false});
    chat.admin.post("/admin/contacts", &contact).await.ok();
    let shop = chat.shop().await;
    let visitor = chat.visit_signed_in(&shop).await;
    let summary = chat.admin.get(&visitor.agents_path("/summary")).await.ok();
    assert_eq!(summary["contact"], json!({"notLinked": "contact-inactive"}));
    let inbox = chat.admin.get("/agent/conversations").await.ok();
    assert_eq!(
        inbox["items"][0]["visitor"], "Nancy Anderson",
        "the name the token vouches for"
    );
}

#[tokio::test]
async fn wrong_fields_are_named() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let refuses = async |body: Value, expected: &[(&str, &str)]| {
        let answer: Answer = chat.ask_start(&shop, &body).await;
        answer.refuses(expected);
    };
    let long = |length: usize| "x".repeat(length);
    refuses(
        json!({"authenticated": true}),
        &[("authenticated", "unknown")],
    )
    .await;
    refuses(
        json!({"token": "t", "context": {"a": 1}}),
        &[("context", "invalid")],
    )
    .await;
    refuses(json!({"context": {"a": []}}), &[("context.a", "invalid")]).await;
    refuses(
        json!({"context": {"a": "x\u{0}"}}),
        &[("context.a", "invalid")],
    )
    .await;
    refuses(
        json!({"context": {"a": long(4_001)}}),
        &[("context.a", "too-long")],
    )
    .await;
    refuses(json!({"context": {"": "x"}}), &[("context", "required")]).await;
    let page =
        |field: &str, value: String| json!({"page": with_fields(page(), &json!({field: value}))});
    refuses(page("url", long(2_049)), &[("page.url", "too-long")]).await;
    refuses(page("title", long(301)), &[("page.title", "too-long")]).await;
    refuses(
        page("title", "x\u{0}".to_owned()),
        &[("page.title", "invalid")],
    )
    .await;
    refuses(
        json!({"page": {"url": "", "title": ""}}),
        &[("page.locale", "required")],
    )
    .await;
    let inbox = chat.admin.get("/agent/conversations").await.ok();
    assert_eq!(inbox["items"], json!([]));
}

#[tokio::test]
async fn positions_follow_priority_then_wait() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    chat.somebody_is_there().await;
    for position in 1..=3 {
        let visitor = chat.visit(&shop, &json!({})).await;
        assert_eq!(visitor.started["conversation"]["position"], position);
    }
}

/// The consoles and the widget read every time with `Date`, which knows years of four digits only, and agents' pages throw
/// at what it cannot read.
#[tokio::test]
async fn every_time_of_an_extreme_token_can_be_read() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    for changes in [
        json!({"iat": -1e300, "nbf": -1e300}),
        json!({"iat": i64::MIN, "nbf": i64::MIN}),
        json!({"exp": 253_402_300_799_i64}),
        json!({"exp": 253_402_300_799.9}),
    ] {
        let token = shop.token_with(chat.now(), &changes);
        let reply = chat.ask_start(&shop, &json!({"token": token})).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{changes}");
        let started = reply.ok();
        let expires_at = text(&started["conversation"]["identityExpiresAt"]);
        let id = text(&started["conversation"]["id"]);
        let path = format!("/agent/conversations/{id}/summary");
        let summary = chat.admin.get(&path).await.ok();
        assert_eq!(summary["authentication"]["expiresAt"], expires_at);
        if changes["exp"].is_number() {
            assert_eq!(expires_at, "9999-12-31T23:59:59.000Z");
        }
        let audit = chat.admin.get("/admin/audit?limit=200").await.ok();
        for answer in [&started, &summary, &audit] {
            assert_times_can_be_read(answer);
        }
    }
}

/// Every member that is named like a time.
fn assert_times_can_be_read(value: &Value) {
    match value {
        Value::Array(elements) => elements.iter().for_each(assert_times_can_be_read),
        Value::Object(members) => {
            for (name, value) in members {
                let is_time = name == "at" || name.ends_with("At");
                if let (true, Value::String(time)) = (is_time, value) {
                    assert!(DateTime::parse_from_rfc3339(time).is_ok(), "{name} {time}");
                }
                assert_times_can_be_read(value);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
