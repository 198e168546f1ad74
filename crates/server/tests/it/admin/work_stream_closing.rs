//! The reasons that a work stream offers when a conversation is closed.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::console::{Answer, Person, World};

async fn make(admin: &Person, reasons: Value, required: bool) -> Answer {
    let queues = admin.get("/admin/queues").await.expect(StatusCode::OK);
    let body = json!({
        "name": format!("Shop {}", reasons.to_string().len()), "contextVariables": [], "rules": [],
        "fallbackQueue": queues["items"][0]["id"], "closingReasons": reasons, "closingReasonRequired": required,
    });
    admin.post("/admin/work-streams", &body).await
}

#[tokio::test]
async fn they_keep_their_order_and_are_audited() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let reasons = json!(["Solved", " No answer ", "Apology"]);
    let stored = make(&admin, reasons, true)
        .await
        .expect(StatusCode::CREATED);
    let expected = json!(["Solved", "No answer", "Apology"]);
    assert_eq!(stored["closingReasons"], expected);
    assert_eq!(stored["closingReasonRequired"], true);
    let path = format!("/admin/work-streams/{}", stored["id"].as_str().unwrap());
    let read = admin.get(&path).await.expect(StatusCode::OK);
    assert_eq!(read["closingReasons"], expected);
    let audit = admin.get("/admin/audit").await.expect(StatusCode::OK);
    assert_eq!(
        audit["items"][0]["details"]["closingReasons.after"],
        expected.to_string()
    );
    // Without the fields there are none, as in all that is older.
    let mut body = json!({});
    for field in ["name", "contextVariables", "rules", "fallbackQueue"] {
        body[field] = read[field].clone();
    }
    let replaced = admin.put(&path, &body).await.expect(StatusCode::OK);
    assert_eq!(replaced["closingReasons"], json!([]));
    assert_eq!(replaced["closingReasonRequired"], false);
}

#[tokio::test]
async fn what_is_wrong_with_them_is_said_by_place() {
    let world = World::new().await;
    let admin = world.administrator().await;
    make(
        &admin,
        json!(["Solved", "", "x".repeat(101), "sOLVED", "a\nb"]),
        false,
    )
    .await
    .refuses(&[
        ("closingReasons[1]", "required"),
        ("closingReasons[2]", "too-long"),
        ("closingReasons[3]", "duplicate"),
        ("closingReasons[4]", "invalid"),
    ]);
    make(&admin, json!([]), true)
        .await
        .refuses(&[("closingReasonRequired", "invalid")]);
    let many = |count: usize| {
        let reasons: Vec<String> = (0..count)
            .map(|number| format!("Reason {number}"))
            .collect();
        json!(reasons)
    };
    make(&admin, many(51), false)
        .await
        .refuses(&[("closingReasons", "too-long")]);
    make(&admin, many(50), false)
        .await
        .expect(StatusCode::CREATED);
}
