//! The key source as visitors and administrators meet it: through the server's own routes.

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use bonafide_server::Clock;
use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::fixture::invented;
use crate::authority::{Authority, expired, self_signed};
use crate::chat::{Chat, page, text, times, with_fields};
use crate::console::{NOW, Person, World};
use crate::scripted::{Act, Scripted, answer, ok};
use crate::website::{Key, claims, key_array};

/// A server without limits on starts, and the path to start in a widget whose setting has this public key URL. All of
/// it without connections of its own: a thousand of them would be more than some machines open.
async fn world(public_key_url: &str) -> (World, Person, String) {
    let world = World::with(|config| {
        config.allow_private_key_urls = true;
        config.rate_quotas.attempts_per_network = times(100_000);
        config.rate_quotas.starts_per_subject = times(100_000);
        config.rate_quotas.starts_per_widget = times(100_000);
    })
    .await;
    let admin = world.administrator().await;
    let setting = json!({
        "name": "Shop", "publicKeyUrl": public_key_url, "clientFunction": "auth.token",
    });
    let setting = made(&admin, "/admin/authentication-settings", &setting).await;
    let streams = admin.get("/admin/work-streams").await;
    let stream = streams.expect(StatusCode::OK)["items"][0]["id"].clone();
    let widget = json!({
        "name": "Shop", "workStream": stream, "authenticationSetting": setting["id"],
        "signIn": "required", "allowedOrigins": ["*"],
    });
    let widget = made(&admin, "/admin/chat-widgets", &widget).await;
    let path = format!("/widgets/{}/conversations", text(&widget["id"]));
    let visitor = world.program();
    (world, visitor, path)
}

async fn made(admin: &Person, path: &str, body: &Value) -> Value {
    admin.post(path, body).await.expect(StatusCode::CREATED)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_starts_on_a_cold_cache_make_one_fetch() {
    let key = Key::new("one");
    let gate = Arc::new(Semaphore::new(0));
    let (held, body) = (gate.clone(), ok(&key_array(&[&key])));
    let server = Scripted::start(move |_| Act::SendWhen(held.clone(), body.clone())).await;
    let (_world, visitor, path) = world(&server.url).await;
    let token = key.token(&claims(NOW / 1_000));
    let body = json!({"token": token, "page": page()});
    let starts: Vec<_> = (0..1_000)
        .map(|_| {
            let (visitor, path, body) = (visitor.clone(), path.clone(), body.clone());
            tokio::spawn(async move { visitor.post(&path, &body).await.status })
        })
        .collect();
    server.wait_for_requests(1).await;
    gate.add_permits(1_000);
    for start in starts {
        assert_eq!(start.await.unwrap(), StatusCode::CREATED);
    }
    assert_eq!(server.requests(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_invented_key_ids_cost_one_fetch_and_turn_no_visitor_away() {
    let key = Key::new("good");
    let body = ok(&key_array(&[&key]));
    let server = Scripted::start(move |_| Act::Send(body.clone())).await;
    let (_world, visitor, path) = world(&server.url).await;
    let good = json!({"token": key.token(&claims(NOW / 1_000)), "page": page()});
    let starts = (0..1_000).map(|number| {
        let token = invented(&format!("invented-{number}"));
        let bad = json!({"token": token, "page": page()});
        let (visitor, path, good) = (visitor.clone(), path.clone(), good.clone());
        tokio::spawn(async move {
            let refused = visitor.post(&path, &bad).await;
            refused.problem("token-key-unknown");
            // Between them, people who are really there.
            if number % 10 == 0 {
                visitor.post(&path, &good).await.expect(StatusCode::CREATED);
            }
        })
    });
    for start in join_all(starts).await {
        start.unwrap();
    }
    assert_eq!(server.requests(), 2, "the first fetch, and one search");
}

#[tokio::test]
async fn with_the_website_down_signed_in_chats_start_for_six_hours() {
    let clock = Clock::manual(NOW);
    let chat = Chat::with(clock.clone(), |_| {}).await;
    let shop = chat.shop().await;
    chat.visit_signed_in(&shop).await;
    *shop.published.lock().unwrap() = answer("503 Down", "Content-Length: 0\r\n", "");
    for _ in 0..5 {
        clock.advance(Duration::from_secs(3_600 + 60));
        chat.visit_signed_in(&shop).await;
    }
    clock.advance(Duration::from_secs(3_600));
    let body = json!({"token": shop.token(chat.now())});
    let reply = chat.ask_start(&shop, &body).await;
    assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE);
    reply.problem("keys-unavailable");

    *shop.published.lock().unwrap() = ok(&key_array(&[&shop.key]));
    clock.advance(Duration::from_secs(15));
    chat.visit_signed_in(&shop).await;
}

/// The product's own limit, not a test's: a website that never answers costs a visitor five seconds.
#[tokio::test]
async fn a_website_that_never_answers_is_waited_for_five_seconds() {
    let chat = Chat::start().await;
    let silent = Scripted::start(|_| Act::StallAfter(Vec::new())).await;
    let setting = json!({"publicKeyUrl": silent.url});
    let shop = chat.shop_with(&setting, &json!({})).await;
    let body = json!({"token": shop.token(chat.now())});
    let began = Instant::now();
    chat.ask_start(&shop, &body)
        .await
        .problem("keys-unavailable");
    let took = began.elapsed();
    assert!(
        (Duration::from_secs(5)..Duration::from_secs(8)).contains(&took),
        "{took:?}"
    );
    let row = chat.audited("token.refused").await;
    let cause = "The public key URL did not answer in time.";
    assert_eq!(row["details"]["cause"], cause);
    // The next visitor is told at once.
    let began = Instant::now();
    chat.ask_start(&shop, &body)
        .await
        .problem("keys-unavailable");
    assert!(began.elapsed() < Duration::from_secs(2));
    assert_eq!(silent.requests(), 1);
}

#[tokio::test]
async fn a_setting_from_before_the_switch_was_taken_off_is_not_asked() {
    let chat = Chat::start().await;
    let inside = Scripted::start(|_| Act::Send(ok("secret"))).await;
    let port = inside.address.port();
    for host in ["127.0.0.1", "localhost"] {
        let name = json!({"name": host, "publicKeyUrl": format!("https://{host}:{port}/keys")});
        let body = json!({"name": "x", "publicKeyUrl": "", "clientFunction": "auth.token"});
        let path = "/admin/authentication-settings";
        chat.admin.post(path, &with_fields(body, &name)).await.ok();
    }
    let settings = chat.admin.get("/admin/authentication-settings").await.ok();
    let chat = chat
        .restart_with(|config| {
            config.allow_private_key_urls = false;
            config.key_url_ports = vec![port];
        })
        .await;
    for setting in settings["items"].as_array().unwrap() {
        let path = format!(
            "/admin/authentication-settings/{}/test",
            text(&setting["id"])
        );
        let report = chat.admin.post(&path, &json!({})).await.ok();
        assert_eq!(report["keys"]["code"], "keys-unavailable");
        let said = &report["keys"]["message"];
        assert_eq!(*said, "The public key URL's address is not allowed.");
    }
    assert_eq!(inside.connections(), 0);
}

#[tokio::test]
async fn a_bad_certificate_is_named_in_the_audit_and_not_to_the_page() {
    let authority = Authority::new("Nobody's");
    for tls in [
        self_signed("localhost", false),
        authority.server(&["localhost"], expired),
    ] {
        let chat = Chat::start().await;
        let website = Scripted::start_tls(tls, |_| Act::Send(ok("keys"))).await;
        let setting = json!({"publicKeyUrl": website.url});
        let shop = chat.shop_with(&setting, &json!({})).await;
        let body = json!({"token": shop.token(chat.now())});
        let problem = chat
            .ask_start(&shop, &body)
            .await
            .problem("keys-unavailable");
        assert!(!problem.to_string().contains("certificate"), "{problem}");
        let cause = text(&chat.audited("token.refused").await["details"]["cause"]);
        let begins = "The public key URL's certificate ";
        assert!(cause.starts_with(begins), "{cause}");
        assert_eq!(website.requests(), 0);
    }
}

#[tokio::test]
async fn keys_that_change_their_ids_leave_a_row() {
    let clock = Clock::manual(NOW);
    let chat = Chat::with(clock.clone(), |_| {}).await;
    let shop = chat.shop().await;
    let other = Key::new("other");
    let both = key_array(&[&shop.key, &other]);
    *shop.published.lock().unwrap() = ok(&both);
    chat.visit_signed_in(&shop).await;
    // The one key gets the other's id; what is published stays the same two keys.
    let [one, two] = [shop.key.kid, other.kid].map(|kid| format!("\"{kid}\""));
    let swapped = both
        .replace(&one, "\"?\"")
        .replace(&two, &one)
        .replace("\"?\"", &two);
    *shop.published.lock().unwrap() = ok(&swapped);
    clock.advance(Duration::from_secs(600));
    let body = json!({"token": shop.token(chat.now())});
    chat.ask_start(&shop, &body)
        .await
        .problem("token-signature-invalid");
    let details = chat.audited("keys.changed").await["details"].clone();
    let [before, after] = ["before", "after"].map(|name| text(&details[name]));
    assert_ne!(before, after);
    for kid in [shop.key.kid, other.kid] {
        assert!(before.contains(&format!(" `{kid}`")), "{before}");
        assert!(after.contains(&format!(" `{kid}`")), "{after}");
    }
}

#[tokio::test]
async fn the_metrics_show_the_key_source_at_work() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    chat.visit_signed_in(&shop).await;
    chat.visit_signed_in(&shop).await;
    let body = json!({"token": invented("x")});
    chat.ask_start(&shop, &body)
        .await
        .problem("token-key-unknown");
    let metrics = chat.metrics().await;
    for line in [
        "bonafide_key_fetches_total{outcome=\"ok\"} ",
        // Of all tests of this process: how many run now is nobody's to say.
        "bonafide_key_fetches_running ",
        "bonafide_key_fetch_seconds_count ",
        "bonafide_key_sets_used_total{source=\"fetch\"} ",
        "bonafide_key_sets_used_total{source=\"memory\"} ",
        "bonafide_key_searches_total{outcome=\"answered\"} ",
        "bonafide_key_searches_total{outcome=\"declined\"} ",
        "bonafide_tokens_refused_total{code=\"token-key-unknown\"} ",
    ] {
        assert!(metrics.contains(line), "{line}: {metrics}");
    }
}
