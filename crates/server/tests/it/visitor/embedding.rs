//! Which pages may use a widget, and what browsers are told of it.

use axum::http::{Method, StatusCode, header};
use serde_json::json;

use crate::chat::{Chat, SHOP, Shop, page, text};
use crate::client::Client;
use crate::socket::Socket;

fn config(shop: &Shop) -> String {
    format!("/widgets/{}", text(&shop.widget["id"]))
}

fn start(shop: &Shop) -> String {
    format!("{}/conversations", config(shop))
}

async fn preflight(client: &Client, path: &str, method: &str) -> crate::console::Answer {
    let mut client = client.clone();
    client.headers.insert(
        header::ACCESS_CONTROL_REQUEST_METHOD,
        method.parse().unwrap(),
    );
    client.headers.insert(
        header::ACCESS_CONTROL_REQUEST_HEADERS,
        "authorization,content-type".parse().unwrap(),
    );
    client.send(Method::OPTIONS, path, None).await
}

#[tokio::test]
async fn an_allowed_page_reads_the_configuration() {
    let chat = Chat::start().await;
    let shop = chat
        .shop_with(&json!({}), &json!({"appearance": {"title": "Shop help"}}))
        .await;
    let answer = chat.page(SHOP).get(&config(&shop)).await;
    let body = answer.ok();
    assert_eq!(body["clientFunction"], "auth.getAuthenticationToken");
    assert_eq!(body["signIn"], "required");
    assert_eq!(body["timeoutMs"], 10_000);
    assert_eq!(body["appearance"]["title"], "Shop help");
    assert!(body["serverTime"].is_string());
    assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], SHOP);
    assert!(
        answer
            .headers
            .get_all(header::VARY)
            .iter()
            .any(|value| value == "Origin")
    );
    assert!(
        !answer
            .headers
            .contains_key(header::ACCESS_CONTROL_ALLOW_CREDENTIALS)
    );
}

#[tokio::test]
async fn other_pages_are_refused_in_words_they_can_read() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    for origin in [
        "https://attacker.example",
        "https://shop.example.attacker.example",
        "https://sub.shop.example",
        "http://shop.example",
        "https://shop.example:8443",
        "null",
    ] {
        let client = chat.page(origin);
        for answer in [
            client.get(&config(&shop)).await,
            client.post(&start(&shop), &json!({"page": page()})).await,
        ] {
            assert_eq!(answer.status, StatusCode::FORBIDDEN);
            answer.problem("origin-not-allowed");
            assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], origin);
        }
        let asked = preflight(&client, &start(&shop), "POST").await;
        assert!(
            !asked
                .headers
                .contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN),
            "{origin}"
        );
    }
}

#[tokio::test]
async fn a_page_that_was_forgotten_is_in_the_audit_and_a_flood_does_not_fill_it() {
    let clock = bonafide_server::Clock::manual(1_800_000_000_000);
    let chat = Chat::with(clock.clone(), |_| {}).await;
    let shop = chat.shop().await;
    let body = json!({"page": page()});
    // What a real page asks first, and no further: the visitor is shown this request's id.
    let client = chat.page("https://first.example");
    let problem = client
        .get(&config(&shop))
        .await
        .problem("origin-not-allowed");
    let entries = chat.audit("conversation.origin-refused").await;
    assert_eq!(entries[0]["requestId"], problem["requestId"]);
    assert_eq!(entries[0]["details"]["origin"], "https://first.example");
    clock.advance(std::time::Duration::from_secs(60));
    for number in 0..50 {
        let client = chat.page(&format!("https://{number}.example"));
        let answer = client.post(&start(&shop), &body).await;
        let problem = answer.problem("origin-not-allowed");
        if number == 0 {
            let entries = chat.audit("conversation.origin-refused").await;
            assert_eq!(entries[0]["requestId"], problem["requestId"]);
            assert_eq!(entries[0]["subject"], shop.widget["id"]);
            assert_eq!(entries[0]["code"], "origin-not-allowed");
            assert_eq!(entries[0]["details"]["origin"], "https://0.example");
        }
    }
    assert_eq!(chat.audit("conversation.origin-refused").await.len(), 6);
    clock.advance(std::time::Duration::from_secs(60));
    chat.program().post(&start(&shop), &body).await;
    let entries = chat.audit("conversation.origin-refused").await;
    assert_eq!(
        (entries.len(), &entries[0]["details"]["origin"]),
        (7, &json!("none"))
    );
}

#[tokio::test]
async fn preflights_of_an_allowed_page_are_answered() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    for (path, method) in [
        (start(&shop), "POST"),
        (visitor.path("/messages"), "POST"),
        (visitor.path("/messages"), "GET"),
        (visitor.path("/authenticate"), "POST"),
        (visitor.path("/end"), "POST"),
        (visitor.path("/session"), "DELETE"),
    ] {
        let answer = preflight(&chat.page(SHOP), &path, method).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{path}");
        assert_eq!(
            answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN],
            SHOP,
            "{path}"
        );
        let methods = answer.headers[header::ACCESS_CONTROL_ALLOW_METHODS]
            .to_str()
            .unwrap();
        assert!(methods.contains(method), "{path}: {methods}");
        let headers = answer.headers[header::ACCESS_CONTROL_ALLOW_HEADERS]
            .to_str()
            .unwrap();
        assert!(headers.contains("authorization") && headers.contains("content-type"));
    }
}

#[tokio::test]
async fn without_an_origin_only_a_widget_for_any_page_starts() {
    let chat = Chat::start().await;
    let shop = chat
        .shop_with(&json!({}), &json!({"signIn": "optional"}))
        .await;
    let body = json!({"page": page()});
    chat.program()
        .post(&start(&shop), &body)
        .await
        .problem("origin-not-allowed");
    chat.program().get(&config(&shop)).await.ok();

    let any = chat
        .admin
        .post("/admin/chat-widgets", &json!({
            "name": "Any page", "workStream": shop.work_stream["id"], "authenticationSetting": null,
            "signIn": "optional", "allowedOrigins": ["*"],
        }))
        .await
        .ok();
    let path = format!("/widgets/{}/conversations", text(&any["id"]));
    chat.program().post(&path, &body).await.ok();
    let answer = chat
        .page("https://anywhere.example")
        .post(&path, &body)
        .await;
    answer.ok();
    assert_eq!(
        answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN],
        "https://anywhere.example"
    );
}

#[tokio::test]
async fn what_does_not_exist_says_so_readably() {
    let chat = Chat::start().await;
    let answer = chat.page(SHOP).get("/widgets/wgt_none").await;
    answer.problem("widget-not-found");
    assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], SHOP);
    let answer = chat
        .page(SHOP)
        .get("/conversations/cnv_none/messages")
        .await;
    answer.problem("conversation-not-found");
    assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], SHOP);
}

#[tokio::test]
async fn a_method_that_is_not_taken_and_a_body_too_large_are_readable_too() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let answer = chat.page(SHOP).delete(&config(&shop)).await;
    answer.problem("not-found");
    assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], SHOP);
    let answer = chat
        .page(SHOP)
        .post(&start(&shop), &json!({"token": "x".repeat(2_000_000)}))
        .await;
    answer.problem("payload-too-large");
    assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], SHOP);
}

#[tokio::test]
async fn sockets_are_refused_to_other_pages_and_to_none() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    for client in [chat.page("https://attacker.example"), chat.program()] {
        let status = Socket::open(&chat, &visitor.path("/socket"), &client.headers)
            .await
            .err();
        assert_eq!(status, Some(StatusCode::FORBIDDEN));
    }
    assert!(
        Socket::open(&chat, &visitor.path("/socket"), &chat.page(SHOP).headers)
            .await
            .is_ok()
    );
}
