//! Contacts: the customer's own GUIDs, in either case.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::console::World;

const GUID: &str = "87b4d06c-abc2-e811-a9b0-000d3a10e09e";

#[tokio::test]
async fn a_contact_keeps_its_guid_in_lower_case_and_is_found_in_either() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let body = json!({"id": GUID.to_uppercase(), "name": "Jo", "email": "jo@example.com", "phone": "+49 30 1", "active": true});
    let made = admin
        .post("/admin/contacts", &body)
        .await
        .expect(StatusCode::CREATED);
    assert_eq!(made["id"], GUID);
    for id in [GUID.to_owned(), GUID.to_uppercase()] {
        assert_eq!(
            admin
                .get(&format!("/admin/contacts/{id}"))
                .await
                .expect(StatusCode::OK),
            made
        );
    }
    let problem = admin
        .post("/admin/contacts", &body)
        .await
        .problem("conflict");
    assert_eq!(problem["fields"][0]["name"], "id");

    let path = format!("/admin/contacts/{}", GUID.to_uppercase());
    let replaced = admin
        .put(&path, &json!({"id": GUID, "name": "Joe", "active": false}))
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        (&replaced["id"], &replaced["name"], &replaced["email"]),
        (&json!(GUID), &json!("Joe"), &Value::Null)
    );
    let other =
        json!({"id": "00000000-0000-0000-0000-000000000001", "name": "Joe", "active": false});
    admin.put(&path, &other).await.refuses(&[("id", "invalid")]);
    admin.delete(&path).await.expect(StatusCode::NO_CONTENT);
    admin.get(&path).await.problem("not-found");
}

#[tokio::test]
async fn a_contact_without_an_id_gets_one() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let made = admin
        .post("/admin/contacts", &json!({"name": "Jo", "active": true}))
        .await
        .expect(StatusCode::CREATED);
    let id = made["id"].as_str().unwrap();
    assert!(id.starts_with("cnt_"), "{id}");
    admin
        .put(
            &format!("/admin/contacts/{id}"),
            &json!({"name": "Jo", "active": false}),
        )
        .await
        .expect(StatusCode::OK);
}

#[tokio::test]
async fn every_wrong_field_is_named() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let body =
        json!({"id": "jo", "name": "", "email": "jo", "phone": "1".repeat(51), "active": true});
    admin.post("/admin/contacts", &body).await.refuses(&[
        ("id", "invalid"),
        ("name", "required"),
        ("email", "invalid"),
        ("phone", "too-long"),
    ]);
    admin
        .post("/admin/contacts", &json!({"name": "Jo"}))
        .await
        .refuses(&[("active", "required")]);
}
