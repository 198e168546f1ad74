//! The snippet for a website.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::console::World;

#[tokio::test]
async fn a_snippet_embeds_this_widget_and_pins_the_script_that_is_served() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let streams = admin
        .get("/admin/work-streams")
        .await
        .expect(StatusCode::OK);
    let body = json!({
        "name": "Shop chat", "workStream": streams["items"][0]["id"], "authenticationSetting": null,
        "signIn": "optional", "allowedOrigins": ["*"],
    });
    let widget = admin
        .post("/admin/chat-widgets", &body)
        .await
        .expect(StatusCode::CREATED);
    let id = widget["id"].as_str().unwrap();
    let answer = admin
        .get(&format!("/admin/chat-widgets/{id}/snippet"))
        .await;
    let script = world.anybody().get("//embed.js").await;
    if script.status == StatusCode::NOT_FOUND {
        // Built without the widget: the answer says so.
        answer.problem("unavailable");
        return;
    }
    let snippet = answer.expect(StatusCode::OK);
    let html = format!(
        r#"<script async src="https://chat.example.com/embed.js" data-widget="{id}"></script>"#
    );
    assert_eq!(snippet["html"], html);
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA384, &script.bytes);
    let integrity = format!(r#"integrity="sha384-{}""#, STANDARD.encode(hash));
    assert!(
        snippet["htmlWithIntegrity"]
            .as_str()
            .unwrap()
            .contains(&integrity),
        "{snippet}"
    );
    let policy = snippet["contentSecurityPolicy"].as_str().unwrap();
    for part in [
        "script-src https://chat.example.com 'wasm-unsafe-eval'",
        "connect-src https://chat.example.com wss://chat.example.com",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
}

#[tokio::test]
async fn a_widget_that_does_not_exist_has_no_snippet() {
    let world = World::new().await;
    let admin = world.administrator().await;
    admin
        .get("/admin/chat-widgets/wgt_x/snippet")
        .await
        .problem("not-found");
}
