//! Authentication settings.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::console::{Person, World};

fn body(name: &str) -> Value {
    json!({
        "name": name,
        "publicKeyUrl": "https://www.example.com/_services/auth/publickey",
        "clientFunction": "auth.getAuthenticationToken",
    })
}

fn with(field: &str, value: Value) -> Value {
    let mut body = body("Shop");
    body[field] = value;
    body
}

#[tokio::test]
async fn a_setting_is_recorded_with_its_defaults() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let made = admin
        .post("/admin/authentication-settings", &body("Shop"))
        .await
        .expect(StatusCode::CREATED);
    assert!(made["id"].as_str().unwrap().starts_with("set_"));
    let expected = json!({
        "id": made["id"], "name": "Shop", "owner": "Ada", "type": "oauth2-implicit",
        "publicKeyUrl": "https://www.example.com/_services/auth/publickey",
        "clientFunction": "auth.getAuthenticationToken", "expectedIssuer": null, "expectedAudience": null,
        "leewaySeconds": 60, "singleUse": false, "usedBy": [], "version": 1,
        "createdAt": "2026-11-22T20:00:00.000Z", "updatedAt": "2026-11-22T20:00:00.000Z",
    });
    assert_eq!(made, expected);
    let list = admin
        .get("/admin/authentication-settings")
        .await
        .expect(StatusCode::OK);
    assert_eq!(list["items"], json!([expected]));
}

#[tokio::test]
async fn a_setting_is_replaced_and_deleted() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let made = admin
        .post(
            "/admin/authentication-settings",
            &with("owner", json!("Sales")),
        )
        .await
        .expect(StatusCode::CREATED);
    let path = format!(
        "/admin/authentication-settings/{}",
        made["id"].as_str().unwrap()
    );
    let full = json!({
        "name": "Shop 2", "publicKeyUrl": "https://www.example.com/keys", "clientFunction": "window.shop.token",
        "expectedIssuer": "shop", "expectedAudience": "chat", "leewaySeconds": 0, "singleUse": true,
    });
    let replaced = admin.put(&path, &full).await.expect(StatusCode::OK);
    assert_eq!(replaced["owner"], "Sales", "an absent owner stays");
    assert_eq!(replaced["clientFunction"], "shop.token");
    assert_eq!(
        (&replaced["leewaySeconds"], &replaced["singleUse"]),
        (&json!(0), &json!(true))
    );
    let replaced = admin
        .put(&path, &body("Shop 2"))
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        (&replaced["expectedIssuer"], &replaced["leewaySeconds"]),
        (&Value::Null, &json!(60))
    );
    admin.delete(&path).await.expect(StatusCode::NO_CONTENT);
    admin.get(&path).await.problem("not-found");
}

#[tokio::test]
async fn every_wrong_field_is_named() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let post = async |body: Value| admin.post("/admin/authentication-settings", &body).await;
    post(json!({})).await.refuses(&[("name", "required")]);
    post(json!({
        "name": "", "owner": "x".repeat(101), "publicKeyUrl": "", "clientFunction": "", "expectedIssuer": " ",
        "expectedAudience": "", "leewaySeconds": 301,
    }))
    .await
    .refuses(&[
        ("name", "required"),
        ("owner", "too-long"),
        ("publicKeyUrl", "required"),
        ("clientFunction", "required"),
        ("expectedIssuer", "required"),
        ("expectedAudience", "required"),
        ("leewaySeconds", "invalid"),
    ]);
    for (field, value, code) in [
        (
            "publicKeyUrl",
            json!("http://www.example.com/keys"),
            "invalid",
        ),
        ("publicKeyUrl", json!("https://127.0.0.1/keys"), "invalid"),
        ("publicKeyUrl", json!("https://localhost/keys"), "invalid"),
        (
            "publicKeyUrl",
            json!("https://user:pass@www.example.com/keys"),
            "invalid",
        ),
        (
            "publicKeyUrl",
            json!(format!("https://www.example.com/{}", "k".repeat(2_048))),
            "too-long",
        ),
        ("clientFunction", json!("document.write"), "invalid"),
        ("clientFunction", json!("a.constructor"), "invalid"),
        ("clientFunction", json!("alert(1)"), "invalid"),
        ("clientFunction", json!("a".repeat(101)), "too-long"),
        ("leewaySeconds", json!(-1), "invalid"),
        ("leewaySeconds", json!(65_536), "invalid"),
        ("singleUse", json!("yes"), "invalid"),
        ("type", json!("oauth2-code"), "unknown"),
    ] {
        post(with(field, value)).await.refuses(&[(field, code)]);
    }
}

#[tokio::test]
async fn private_key_urls_need_the_development_switch() {
    let world = World::with(|config| config.allow_private_key_urls = true).await;
    let admin = world.administrator().await;
    let body = with(
        "publicKeyUrl",
        json!("http://127.0.0.1:8081/_services/auth/publickey"),
    );
    admin
        .post("/admin/authentication-settings", &body)
        .await
        .expect(StatusCode::CREATED);
}

#[tokio::test]
async fn a_setting_in_use_names_its_widgets() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let setting = admin
        .post("/admin/authentication-settings", &body("Shop"))
        .await
        .expect(StatusCode::CREATED);
    let widget = widget(&admin, &setting["id"]).await;
    let path = format!(
        "/admin/authentication-settings/{}",
        setting["id"].as_str().unwrap()
    );
    let read = admin.get(&path).await.expect(StatusCode::OK);
    assert_eq!(
        read["usedBy"],
        json!([{"id": widget["id"], "name": "Shop chat"}])
    );
    let problem = admin.delete(&path).await.problem("conflict");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("chat widgets `Shop chat`"),
        "{problem}"
    );
}

async fn widget(admin: &Person, setting: &Value) -> Value {
    let streams = admin
        .get("/admin/work-streams")
        .await
        .expect(StatusCode::OK);
    let body = json!({
        "name": "Shop chat", "workStream": streams["items"][0]["id"], "authenticationSetting": setting,
        "signIn": "required", "allowedOrigins": ["https://www.example.com"],
    });
    admin
        .post("/admin/chat-widgets", &body)
        .await
        .expect(StatusCode::CREATED)
}
