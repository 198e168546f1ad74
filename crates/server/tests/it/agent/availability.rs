//! Agents say whether they are here or away, and colleagues see it.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::chat::{Chat, text};
use crate::client::sign_in;
use crate::console::NOW;
use crate::socket::Socket;
use bonafide_server::Clock;

#[tokio::test]
async fn away_is_kept_with_its_reason_until_the_agent_says_otherwise() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let ana = chat.agent("Ana").await;
    let own = ana.get("/agent/availability").await.ok();
    assert_eq!(
        own["availability"],
        json!({"state": "here", "reason": null, "since": null})
    );
    assert_eq!(
        (&own["name"], &own["active"], &own["capacity"]),
        (&json!("Ana"), &json!(0), &Value::Null)
    );
    let visitor = chat.visit_accepted(&shop, &ana).await;
    let away = json!({"state": "away", "reason": " Lunch "});
    let told = ana.put("/agent/availability", &away).await.ok();
    let lunch = json!({"state": "away", "reason": "Lunch", "since": "2026-11-22T20:00:00.000Z"});
    assert_eq!(
        (&told["availability"], &told["active"]),
        (&lunch, &json!(1))
    );
    // Once more is no other time.
    chat.clock.advance(std::time::Duration::from_secs(60));
    let again = ana.put("/agent/availability", &away).await.ok();
    assert_eq!(again["availability"], lunch);
    let entry = chat.audited("operator.away").await;
    assert_eq!(
        (&entry["details"]["reason"], &entry["actor"]["name"]),
        (&json!("Lunch"), &json!("Ana"))
    );
    // She keeps what she has, and answers in it.
    visitor.answer(&ana, "a").await.ok();

    // Neither a sign-out nor a restart ends it.
    ana.delete("/operator/session").await.ok();
    let chat = chat.restart().await;
    let ana = sign_in(&reqwest::Client::new(), &chat.address, "ana@example.com").await;
    let own = ana.get("/agent/availability").await.ok();
    assert_eq!(own["availability"], lunch);
    ana.put("/agent/availability", &json!({"state": "here"}))
        .await
        .ok();
    chat.audited("operator.here").await;
    let listed = chat.admin.get("/admin/operators").await.ok();
    let states: Vec<&Value> = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["availability"]["state"])
        .collect();
    assert_eq!(states, ["here", "here"]);
}

#[tokio::test]
async fn a_reason_is_short_and_for_away_only() {
    let chat = Chat::start().await;
    let ana = chat.agent("Ana").await;
    for reason in ["", "  ", "a\nb", &"x".repeat(101)] {
        let body = json!({"state": "away", "reason": reason});
        let answer = ana.put("/agent/availability", &body).await;
        assert_eq!(answer.fields()[0].0, "reason", "{reason:?}");
    }
    let body = json!({"state": "here", "reason": "Lunch"});
    ana.put("/agent/availability", &body)
        .await
        .refuses(&[("reason", "invalid")]);
    let body = json!({"state": "busy"});
    ana.put("/agent/availability", &body)
        .await
        .refuses(&[("state", "invalid")]);
}

#[tokio::test]
async fn colleagues_are_those_of_the_same_queues_and_hear_of_it() {
    let chat = Chat::start().await;
    let (ana, ben, zoe) = (
        chat.agent("Ana").await,
        chat.agent("Ben").await,
        chat.agent("Zoe").await,
    );
    let mut ids = Vec::new();
    for agent in [&ana, &ben, &zoe] {
        ids.push(agent.get("/operator/session").await.ok()["id"].clone());
    }
    // No queue is for everybody any more.
    let general = format!("/admin/queues/{}", chat.queue("General").await);
    let body = json!({"name": "General", "members": [ids[0], ids[1]]});
    chat.admin.put(&general, &body).await.ok();
    let names = async |agent: &crate::client::Client, query: &str| {
        let page = agent.get(&format!("/agent/colleagues{query}")).await.ok();
        let names: Vec<String> = page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| text(&it["name"]))
            .collect();
        (names, page["next"].clone())
    };
    assert_eq!(names(&ana, "").await.0, ["Ana", "Ben"]);
    assert_eq!(names(&zoe, "").await.0, ["Zoe"]);
    let (first, next) = names(&ana, "?limit=1").await;
    assert_eq!(first, ["Ana"]);
    assert_eq!(
        names(&ana, &format!("?limit=1&cursor={}", text(&next))).await,
        (vec!["Ben".to_owned()], Value::Null)
    );

    let mut anas = Socket::of_agent(&chat, &ana).await;
    let mut zoes = Socket::of_agent(&chat, &zoe).await;
    let page = ana.get("/agent/colleagues").await.ok();
    assert_eq!(page["items"][0]["connected"], true);
    assert_eq!(page["items"][1]["connected"], false);
    ben.put(
        "/agent/availability",
        &json!({"state": "away", "reason": "Break"}),
    )
    .await
    .ok();
    let told = anas.next_of("colleague").await;
    assert_eq!(told["colleague"]["id"], ids[1]);
    assert_eq!(told["colleague"]["availability"]["reason"], "Break");
    // Zoe does not hear of Ben, but of herself, as in another tab.
    zoe.put("/agent/availability", &json!({"state": "away"}))
        .await
        .ok();
    assert_eq!(zoes.next_of("colleague").await["colleague"]["name"], "Zoe");
}

#[tokio::test]
async fn a_capacity_has_a_limit_and_is_taken_away_by_leaving_it_out() {
    let chat = Chat::start().await;
    let body = json!({"name": "Ana", "email": "ana@example.com", "role": "agent", "password": crate::console::PASSWORD, "capacity": 1001});
    chat.admin
        .post("/admin/operators", &body)
        .await
        .refuses(&[("capacity", "invalid")]);
    let body = crate::chat::with_fields(body, &json!({"capacity": 4}));
    let made = chat
        .admin
        .post("/admin/operators", &body)
        .await
        .expect(StatusCode::CREATED);
    assert_eq!(made["capacity"], 4);
    let path = format!("/admin/operators/{}", text(&made["id"]));
    let change = json!({"name": "Ana", "role": "agent", "disabled": false, "capacity": 5000});
    chat.admin
        .put(&path, &change)
        .await
        .refuses(&[("capacity", "invalid")]);
    let change = json!({"name": "Ana", "role": "agent", "disabled": false});
    assert_eq!(
        chat.admin.put(&path, &change).await.ok()["capacity"],
        Value::Null
    );
    let entry = chat.audited("operator.updated").await;
    assert_eq!(entry["details"], json!({"capacity.before": 4}));
}

#[tokio::test]
async fn the_queues_of_an_agent_are_listed_by_name() {
    let chat = Chat::start().await;
    let ana = chat.agent("Ana").await;
    chat.shop().await;
    let path = format!("/admin/queues/{}", chat.queue("VIP").await);
    chat.admin
        .put(&path, &json!({"name": "VIP", "members": []}))
        .await
        .ok();
    let page = ana.get("/agent/queues").await.ok();
    let names: Vec<&Value> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["name"])
        .collect();
    assert_eq!(names, ["General", "Members"]);
}
