//! Chat widgets.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::console::{Person, World};

async fn body(admin: &Person) -> Value {
    let streams = admin
        .get("/admin/work-streams")
        .await
        .expect(StatusCode::OK);
    json!({
        "name": "Shop chat", "workStream": streams["items"][0]["id"], "authenticationSetting": null,
        "signIn": "optional", "allowedOrigins": ["https://www.example.com", "https://Shop.example.com:443/"],
        "appearance": {"title": " Hello ", "greeting": "Line 1\r\nLine 2", "accentColor": "#0F6CBD", "position": "start"},
    })
}

#[tokio::test]
async fn a_widget_is_made_replaced_and_deleted() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let mut body = body(&admin).await;
    let made = admin
        .post("/admin/chat-widgets", &body)
        .await
        .expect(StatusCode::CREATED);
    assert!(made["id"].as_str().unwrap().starts_with("wgt_"));
    assert_eq!(
        made["workStream"],
        json!({"id": body["workStream"], "name": "Web chat"})
    );
    assert_eq!(made["authenticationSetting"], Value::Null);
    assert_eq!(
        made["allowedOrigins"],
        json!(["https://www.example.com", "https://shop.example.com"])
    );
    let appearance = json!({"title": "Hello", "greeting": "Line 1\nLine 2", "accentColor": "#0f6cbd", "position": "start"});
    assert_eq!(made["appearance"], appearance);

    let setting = json!({"name": "Shop", "publicKeyUrl": "https://www.example.com/keys", "clientFunction": "auth.token"});
    let setting = admin
        .post("/admin/authentication-settings", &setting)
        .await
        .expect(StatusCode::CREATED);
    let path = format!("/admin/chat-widgets/{}", made["id"].as_str().unwrap());
    body["authenticationSetting"] = setting["id"].clone();
    body["allowedOrigins"] = json!(["*"]);
    body.as_object_mut().unwrap().remove("appearance");
    let replaced = admin.put(&path, &body).await.expect(StatusCode::OK);
    assert_eq!(
        replaced["authenticationSetting"],
        json!({"id": setting["id"], "name": "Shop"})
    );
    assert_eq!(
        (&replaced["allowedOrigins"], &replaced["appearance"]),
        (&json!(["*"]), &json!({}))
    );
    assert_eq!(admin.get(&path).await.expect(StatusCode::OK), replaced);
    let list = admin
        .get("/admin/chat-widgets")
        .await
        .expect(StatusCode::OK);
    assert_eq!(list["items"], json!([replaced]));

    admin.delete(&path).await.expect(StatusCode::NO_CONTENT);
    admin.get(&path).await.problem("not-found");
}

#[tokio::test]
async fn every_wrong_field_is_named() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let good = body(&admin).await;
    let wrong = json!({
        "name": "", "workStream": "wst_x", "authenticationSetting": "set_x", "signIn": "required",
        "allowedOrigins": ["https://a.example/path", "https://a.example", "https://a.example/", "https://*.a.example", "null"],
        "appearance": {"title": "x".repeat(61), "greeting": "x".repeat(501), "accentColor": "red"},
    });
    admin.post("/admin/chat-widgets", &wrong).await.refuses(&[
        ("name", "required"),
        ("workStream", "not-found"),
        ("authenticationSetting", "not-found"),
        ("allowedOrigins[0]", "invalid"),
        ("allowedOrigins[2]", "duplicate"),
        ("allowedOrigins[3]", "invalid"),
        ("allowedOrigins[4]", "invalid"),
        ("appearance.title", "too-long"),
        ("appearance.greeting", "too-long"),
        ("appearance.accentColor", "invalid"),
    ]);
    for (field, value, name, code) in [
        (
            "allowedOrigins",
            json!(["*", "https://a.example"]),
            "allowedOrigins",
            "invalid",
        ),
        (
            "allowedOrigins",
            json!(vec!["https://a.example"; 101]),
            "allowedOrigins",
            "too-long",
        ),
        ("signIn", json!("never"), "signIn", "invalid"),
        (
            "appearance",
            json!({"position": "middle"}),
            "appearance.position",
            "invalid",
        ),
        (
            "appearance",
            json!({"colour": "#000000"}),
            "appearance.colour",
            "unknown",
        ),
        ("theme", json!("dark"), "theme", "unknown"),
    ] {
        let mut body = good.clone();
        body[field] = value;
        admin
            .post("/admin/chat-widgets", &body)
            .await
            .refuses(&[(name, code)]);
    }
    admin
        .post("/admin/chat-widgets", &good)
        .await
        .expect(StatusCode::CREATED);
    admin
        .post("/admin/chat-widgets", &good)
        .await
        .problem("conflict");
}

/// Forgetting the setting must not open a widget to everybody.
#[tokio::test]
async fn the_setting_is_named_or_null_but_never_left_out() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let body = body(&admin).await;
    let made = admin
        .post("/admin/chat-widgets", &body)
        .await
        .expect(StatusCode::CREATED);
    let path = format!("/admin/chat-widgets/{}", made["id"].as_str().unwrap());
    let mut without = body.clone();
    without
        .as_object_mut()
        .unwrap()
        .remove("authenticationSetting");
    for answer in [
        admin.post("/admin/chat-widgets", &without).await,
        admin.put(&path, &without).await,
    ] {
        answer.refuses(&[("authenticationSetting", "required")]);
    }
    admin.put(&path, &body).await.expect(StatusCode::OK);
}

#[tokio::test]
async fn how_long_a_place_is_kept_has_a_default_and_bounds() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let mut body = body(&admin).await;
    let made = admin
        .post("/admin/chat-widgets", &body)
        .await
        .expect(StatusCode::CREATED);
    assert_eq!(made["releaseSeconds"], 600);
    let path = format!("/admin/chat-widgets/{}", made["id"].as_str().unwrap());
    for wrong in [json!(59), json!(86_401), json!(-1), json!("60")] {
        body["releaseSeconds"] = wrong;
        let answer = admin.put(&path, &body).await;
        answer.refuses(&[("releaseSeconds", "invalid")]);
    }
    body["releaseSeconds"] = json!(60);
    let replaced = admin.put(&path, &body).await.expect(StatusCode::OK);
    assert_eq!(replaced["releaseSeconds"], 60);
    assert_eq!(admin.get(&path).await.expect(StatusCode::OK), replaced);
}
