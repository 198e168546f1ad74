//! *Test*: what the public key URL answers now, and each step's verdict on a token.

use std::cmp::Ordering;
use std::time::Duration;

use axum::http::StatusCode;
use bonafide_server::Clock;
use serde_json::{Value, json};

use crate::chat::{Chat, text};
use crate::console::{NOW, Person, World};
use crate::scripted::{Act, Scripted, ok};
use crate::website::{Key, claims, key_array};

/// One public key URL is not tested more often.
const BETWEEN_TESTS: Duration = Duration::from_secs(2);

async fn world() -> (World, Person) {
    let world = World::with(|config| config.allow_private_key_urls = true).await;
    let admin = world.administrator().await;
    (world, admin)
}

/// The path of the test of a setting with this URL.
async fn setting(admin: &Person, mut body: Value, url: &str) -> String {
    body["name"] = json!("Shop");
    record(admin, body, url).await
}

/// The same, with a name of its own.
async fn setting_named(admin: &Person, name: &str, url: &str) -> String {
    record(admin, json!({"name": name}), url).await
}

async fn record(admin: &Person, mut body: Value, url: &str) -> String {
    body["publicKeyUrl"] = json!(url);
    body["clientFunction"] = json!("auth.token");
    let made = admin
        .post("/admin/authentication-settings", &body)
        .await
        .expect(StatusCode::CREATED);
    format!(
        "/admin/authentication-settings/{}/test",
        made["id"].as_str().unwrap()
    )
}

fn verdicts(report: &Value) -> Vec<(&str, &str)> {
    let steps = report["token"]["steps"].as_array().unwrap().iter();
    steps
        .map(|step| {
            (
                step["name"].as_str().unwrap(),
                step["verdict"].as_str().unwrap(),
            )
        })
        .collect()
}

#[tokio::test]
async fn keys_and_a_good_token_are_found_in_order() {
    let (world, admin) = world().await;
    let key = Key::new("one");
    let body = key_array(&[&key]);
    let server = Scripted::start(move |_| Act::Send(ok(&body))).await;
    let path = setting(&admin, json!({}), &server.url).await;

    let report = admin.post(&path, &json!({})).await.expect(StatusCode::OK);
    assert_eq!(
        (&report["keys"]["code"], &report["token"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(report["keys"]["keys"][0]["kid"], "one");

    let token = key.token(&claims(NOW / 1000));
    world.pass(BETWEEN_TESTS);
    let answer = admin.post(&path, &json!({"token": token})).await;
    let report = answer.expect(StatusCode::OK);
    assert_eq!(report["token"]["code"], Value::Null, "{report}");
    assert!(
        verdicts(&report)
            .iter()
            .all(|(_, verdict)| *verdict != "failed"),
        "{report}"
    );
    assert!(
        verdicts(&report).contains(&("signature", "passed")),
        "{report}"
    );
    assert!(!answer.text().contains(&token));
}

#[tokio::test]
async fn a_refused_token_says_at_which_step() {
    let (world, admin) = world().await;
    let (key, other) = (Key::new("one"), Key::new("one"));
    let body = key_array(&[&key]);
    let server = Scripted::start(move |_| Act::Send(ok(&body))).await;
    let path = setting(
        &admin,
        json!({"expectedIssuer": "shop.example"}),
        &server.url,
    )
    .await;
    for (token, code, step) in [
        ("nonsense".to_owned(), "token-malformed", "structure"),
        (
            other.token(&claims(NOW / 1000)),
            "token-signature-invalid",
            "signature",
        ),
        (
            key.token(&claims(NOW / 1000 - 3_600)),
            "token-expired",
            "time",
        ),
    ] {
        let report = admin
            .post(&path, &json!({"token": token}))
            .await
            .expect(StatusCode::OK);
        world.pass(BETWEEN_TESTS);
        assert_eq!(report["token"]["code"], code, "{report}");
        assert!(verdicts(&report).contains(&(step, "failed")), "{report}");
        assert!(
            verdicts(&report)
                .iter()
                .any(|(_, verdict)| *verdict == "skipped"),
            "{report}"
        );
    }
}

#[tokio::test]
async fn keys_that_cannot_be_used_are_the_answer_not_an_error() {
    let (_world, admin) = world().await;
    let server = Scripted::start(|_| Act::Send(ok("no keys here"))).await;
    let path = setting(&admin, json!({}), &server.url).await;
    let report = admin.post(&path, &json!({})).await.expect(StatusCode::OK);
    assert_eq!(
        (&report["keys"]["code"], &report["token"]),
        (&json!("keys-invalid"), &Value::Null)
    );
    admin
        .post("/admin/authentication-settings/set_x/test", &json!({}))
        .await
        .problem("not-found");
    admin
        .post(&path, &json!({"tokens": 1}))
        .await
        .refuses(&[("tokens", "unknown")]);
}

#[tokio::test]
async fn without_keys_the_steps_that_need_none_are_judged() {
    let (world, admin) = world().await;
    let server = Scripted::start(|_| Act::Send(ok("no keys here"))).await;
    let path = setting(&admin, json!({}), &server.url).await;
    let key = Key::new("one");
    let unsupported = key.token_with_header(&json!({"alg": "RS512"}), &claims(NOW / 1000));
    for (token, code, passed, failed) in [
        ("a.b.c".to_owned(), "token-malformed", 0, "structure"),
        (unsupported, "token-algorithm-unsupported", 1, "algorithm"),
        (key.token(&claims(NOW / 1000)), "keys-invalid", 2, "key"),
    ] {
        let answer = admin.post(&path, &json!({"token": token})).await;
        let report = answer.expect(StatusCode::OK);
        world.pass(BETWEEN_TESTS);
        assert_eq!(report["keys"]["code"], "keys-invalid");
        assert_eq!(report["token"]["code"], code, "{report}");
        let verdicts = verdicts(&report);
        assert_eq!(verdicts.len(), 9, "{report}");
        for (place, (name, verdict)) in verdicts.into_iter().enumerate() {
            let expected = match place.cmp(&passed) {
                Ordering::Less => "passed",
                Ordering::Equal => "failed",
                Ordering::Greater => "skipped",
            };
            assert_eq!(verdict, expected, "{name} {report}");
            assert_eq!(name == failed, verdict == "failed", "{name} {report}");
        }
    }
}

/// *Test* uses nothing up, and says of a token that was used what the start of a chat would say.
#[tokio::test]
async fn a_single_use_token_is_judged_as_the_start_judges_it() {
    for is_single_use in [false, true] {
        let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
        let setting = json!({"singleUse": is_single_use});
        let shop = chat.shop_with(&setting, &json!({})).await;
        let path = format!(
            "/admin/authentication-settings/{}/test",
            text(&shop.widget["authenticationSetting"]["id"])
        );
        let body = json!({"token": shop.token_with(chat.now(), &json!({"jti": "once"}))});
        let test = async || {
            chat.clock.advance(BETWEEN_TESTS);
            chat.admin.post(&path, &body).await.ok()
        };
        let single_use = |report: &Value| text(&report["token"]["steps"][8]["verdict"]);
        for _ in 0..2 {
            let report = test().await;
            assert_eq!(report["token"]["code"], Value::Null, "{report}");
            assert_eq!(
                single_use(&report),
                if is_single_use { "passed" } else { "skipped" }
            );
            let claims = text(&report["token"]["steps"][4]["detail"]);
            assert_eq!(claims.contains("`jti`"), is_single_use, "{claims}");
        }
        chat.visit(&shop, &body).await;
        let report = test().await;
        if is_single_use {
            assert_eq!(report["token"]["code"], "token-replayed");
            assert_eq!(single_use(&report), "failed");
            chat.ask_start(&shop, &body).await.problem("token-replayed");
        } else {
            assert_eq!(report["token"]["code"], Value::Null, "{report}");
        }
        let without = json!({"token": shop.token(chat.now())});
        chat.clock.advance(BETWEEN_TESTS);
        let report = chat.admin.post(&path, &without).await.ok();
        let code = if is_single_use {
            json!("token-claim-missing")
        } else {
            Value::Null
        };
        assert_eq!(report["token"]["code"], code);
        assert_eq!(single_use(&report), "skipped");
    }
}

#[tokio::test]
async fn that_a_setting_was_tested_is_audited_and_the_token_is_not() {
    let (_world, admin) = world().await;
    let key = Key::new("one");
    let body = key_array(&[&key]);
    let server = Scripted::start(move |_| Act::Send(ok(&body))).await;
    let path = setting(&admin, json!({}), &server.url).await;
    let token = key.token(&claims(NOW / 1000 - 3_600));
    admin.post(&path, &json!({})).await.expect(StatusCode::OK);
    let answer = admin.post(&path, &json!({"token": token})).await;
    answer.expect(StatusCode::OK);
    let audit = admin.get("/admin/audit").await;
    assert!(!audit.text().contains(&token));
    let audit = audit.expect(StatusCode::OK);
    let entries = &audit["items"];
    assert_eq!(entries[0]["action"], "authentication-setting.tested");
    assert_eq!(entries[0]["actor"]["name"], "Ada");
    assert_eq!(
        entries[0]["details"],
        json!({"keys": "good", "token": "token-expired"})
    );
    assert_eq!(entries[1]["details"], json!({"keys": "good"}));
    assert!(path.contains(entries[1]["subject"].as_str().unwrap()));
}

/// Green is for a website that can be signed in at.
#[tokio::test]
async fn keys_that_have_all_expired_are_not_good() {
    let (_world, admin) = world().await;
    let (one, two) = (Key::new("one"), Key::new("two"));
    let expired = |key: &Key| {
        let mut entries: Value = serde_json::from_str(&key_array(&[key])).unwrap();
        entries[0]["expiry"] = json!(NOW / 1000 - 86_400 * 400);
        entries[0].take()
    };
    let fresh = |key: &Key| serde_json::from_str::<Value>(&key_array(&[key])).unwrap()[0].take();
    for (body, code, said) in [
        (
            json!([expired(&one)]),
            json!("token-key-expired"),
            "it is expired",
        ),
        (
            json!([expired(&one), expired(&two)]),
            json!("token-key-expired"),
            "all are expired",
        ),
        (
            json!([expired(&one), fresh(&two)]),
            Value::Null,
            "of which 1 expired",
        ),
    ] {
        let body = body.to_string();
        let server = Scripted::start(move |_| Act::Send(ok(&body))).await;
        let path = setting_named(&admin, said, &server.url).await;
        let report = admin.post(&path, &json!({})).await.expect(StatusCode::OK);
        assert_eq!(report["keys"]["code"], code, "{report}");
        assert!(text(&report["keys"]["message"]).contains(said), "{report}");
    }
}

/// Two tests of one website in a row: the second waits, and says how long the website took all the same.
#[tokio::test]
async fn the_time_is_the_websites_and_not_the_servers_own_pause() {
    let world = World::with(|config| {
        config.allow_private_key_urls = true;
        config.clock = Clock::system();
    })
    .await;
    let admin = world.administrator().await;
    let body = key_array(&[&Key::new("one")]);
    let server = Scripted::start(move |_| Act::Send(ok(&body))).await;
    let path = setting(&admin, json!({}), &server.url).await;
    let clock = Clock::system();
    let began = clock.monotonic();
    admin.post(&path, &json!({})).await.expect(StatusCode::OK);
    let report = admin.post(&path, &json!({})).await.expect(StatusCode::OK);
    let took = clock.monotonic() - began;
    assert!(took >= BETWEEN_TESTS);
    let said = report["keys"]["durationMs"].as_u64().unwrap();
    assert!(u128::from(said) < took.as_millis() - 1_000, "{said} ms");
}

#[tokio::test]
async fn context_that_no_agent_would_see_is_named() {
    let (world, admin) = world().await;
    let key = Key::new("one");
    let body = key_array(&[&key]);
    let server = Scripted::start(move |_| Act::Send(ok(&body))).await;
    let path = setting(&admin, json!({}), &server.url).await;
    let mut claims = claims(NOW / 1000);
    claims["lwicontexts"] = json!(json!({"cart": "many", "vip": true, "plan": "gold"}).to_string());
    let token = json!({"token": key.token(&claims)});
    // Nobody uses the setting yet.
    let report = admin.post(&path, &token).await.expect(StatusCode::OK);
    assert_eq!(
        (&report["token"]["code"], &report["token"]["context"]),
        (&Value::Null, &json!([])),
        "{report}"
    );
    let queue = admin.get("/admin/queues").await.expect(StatusCode::OK)["items"][0]["id"].take();
    let mut streams = Vec::new();
    for (name, variables) in [
        (
            "All",
            json!([{"name": "cart", "type": "text"}, {"name": "vip", "type": "boolean"}, {"name": "plan", "type": "text"}]),
        ),
        (
            "Few",
            json!([{"name": "cart", "type": "number"}, {"name": "VIP", "type": "boolean"}, {"name": "plan", "type": "text"}]),
        ),
    ] {
        let stream = json!({"name": name, "contextVariables": variables, "rules": [], "fallbackQueue": queue});
        let stream = admin
            .post("/admin/work-streams", &stream)
            .await
            .expect(StatusCode::CREATED)["id"]
            .take();
        let setting = path.split('/').nth(3).unwrap();
        let widget = json!({"name": name, "workStream": stream, "authenticationSetting": setting, "signIn": "required",
            "allowedOrigins": ["*"]});
        admin
            .post("/admin/chat-widgets", &widget)
            .await
            .expect(StatusCode::CREATED);
        streams.push(stream);
    }
    world.pass(BETWEEN_TESTS);
    let answer = admin.post(&path, &token).await;
    let report = answer.expect(StatusCode::OK);
    let context = report["token"]["context"].as_array().unwrap();
    assert_eq!(context.len(), 1, "{report}");
    assert_eq!(
        context[0]["workStream"],
        json!({"id": streams[1], "name": "Few"})
    );
    let names: Vec<_> = context[0]["notAdmitted"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| text(&one["name"]))
        .collect();
    assert_eq!(names, ["cart", "vip"]);
    assert!(!answer.text().contains("many"), "a value is not repeated");
}
