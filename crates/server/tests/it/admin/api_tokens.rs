//! API tokens.

use axum::http::StatusCode;
use serde_json::json;

use crate::console::World;

#[tokio::test]
async fn an_api_token_acts_as_who_made_it_until_it_is_revoked() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let answer = admin
        .post("/admin/api-tokens", &json!({"name": "Deployment"}))
        .await;
    let made = answer.expect(StatusCode::CREATED);
    let secret = made["secret"].as_str().unwrap();
    assert!(secret.starts_with("bft_") && secret.len() > 40, "{secret}");

    // A program sends no Origin, and needs none: no browser adds this header by itself.
    let program = world
        .program()
        .with("authorization", &format!("Bearer {secret}"));
    assert_eq!(
        program
            .get("/operator/session")
            .await
            .expect(StatusCode::OK)["email"],
        "admin@example.com"
    );
    program
        .post("/admin/queues", &json!({"name": "Sales"}))
        .await
        .expect(StatusCode::CREATED);

    let list = admin.get("/admin/api-tokens").await;
    assert!(
        !list.text().contains(secret) && !list.text().contains("secret"),
        "{}",
        list.text()
    );
    assert_eq!(
        list.expect(StatusCode::OK)["items"][0]["name"],
        "Deployment"
    );

    let path = format!("/admin/api-tokens/{}", made["id"].as_str().unwrap());
    admin.delete(&path).await.expect(StatusCode::NO_CONTENT);
    program
        .get("/operator/session")
        .await
        .problem("sign-in-required");
    admin.delete(&path).await.problem("not-found");
    admin
        .post("/admin/api-tokens", &json!({"name": ""}))
        .await
        .refuses(&[("name", "required")]);
}

#[tokio::test]
async fn the_token_of_a_disabled_operator_opens_nothing() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let other = world
        .operator(&admin, "other@example.com", "administrator")
        .await;
    let made = other
        .post("/admin/api-tokens", &json!({"name": "a"}))
        .await
        .expect(StatusCode::CREATED);
    let program = world.program().with(
        "authorization",
        &format!("Bearer {}", made["secret"].as_str().unwrap()),
    );
    let id = program
        .get("/operator/session")
        .await
        .expect(StatusCode::OK)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let body = json!({"name": "Bo", "role": "administrator", "disabled": true});
    admin
        .put(&format!("/admin/operators/{id}"), &body)
        .await
        .expect(StatusCode::OK);
    program
        .get("/operator/session")
        .await
        .problem("sign-in-required");
}

#[tokio::test]
async fn neither_secrets_nor_session_ids_are_in_the_database() {
    let world = World::new().await;
    let link_secret = world.set_up_secret();
    let admin = world.administrator().await;
    let made = admin
        .post("/admin/api-tokens", &json!({"name": "a"}))
        .await
        .expect(StatusCode::CREATED);
    let secret = made["secret"].as_str().unwrap().to_owned();
    let cookie = admin.headers["cookie"]
        .to_str()
        .unwrap()
        .split_once('=')
        .unwrap()
        .1
        .to_owned();
    for entry in std::fs::read_dir(world.folder()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let content = String::from_utf8_lossy(&bytes);
        for hidden in [&secret, &cookie, &link_secret] {
            assert!(!content.contains(hidden.as_str()));
        }
    }
}
