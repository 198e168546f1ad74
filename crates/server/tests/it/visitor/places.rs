//! Places in line: those of the order in which the queue is served, whatever happened, and after a restart. And a start stands on
//! what the administrator saved last, whichever node saved it.

use std::collections::BTreeMap;

use bonafide_server::{Clock, Config};
use serde_json::{Value, json};

use crate::chat::{Chat, SHOP, Shop, Visitor, text, times, with_fields};
use crate::client::Client;

/// Who waits, queue by queue, in the order in which agents are served.
async fn lines(agent: &Client) -> BTreeMap<String, Vec<String>> {
    let path = "/agent/conversations?state=waiting&limit=200";
    let page = agent.get(path).await.ok();
    assert_eq!(page["next"], Value::Null);
    let mut lines: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in page["items"].as_array().unwrap() {
        let line = lines.entry(text(&row["queue"]["name"])).or_default();
        line.push(text(&row["id"]));
    }
    lines
}

/// Each visitor is told the place at which agents see them. Gives how many wait.
async fn check(chat: &Chat, visitors: &[Visitor]) -> usize {
    let lines = lines(&chat.admin).await;
    for visitor in visitors {
        let mut page = chat.page(SHOP);
        page.headers.clone_from(&visitor.client.headers);
        let told = page.get(&visitor.path("/messages")).await.ok()["conversation"].clone();
        let line = lines.get(&text(&told["queue"]));
        let before = line.and_then(|line| line.iter().position(|id| *id == visitor.conversation));
        let place = before.map_or(Value::Null, |before| json!(before + 1));
        assert_eq!(told["position"], place, "{told}");
        assert_eq!(told["state"] == "waiting", place != Value::Null, "{told}");
    }
    lines.values().map(Vec::len).sum()
}

/// Something happens to one of them, whether it may or not.
async fn happen(chat: &Chat, shop: &Shop, ana: &Client, visitor: &Visitor, roll: usize) {
    let queue = chat.queue(["General", "VIP"][roll % 2]).await;
    let (by_visitor, path, body) = match roll / 2 % 9 {
        0..=2 => (false, "/accept", json!({})),
        3..=4 => (false, "/hand-over", json!({"queue": queue})),
        5 => (false, "/close", json!({})),
        6 => (true, "/end", json!({})),
        number => {
            let contexts = json!({"msdyn_cartvalue": (number * 1_000).to_string()});
            let token = shop.token_with(chat.now(), &json!({"lwicontexts": contexts}));
            (true, "/authenticate", json!({"token": token}))
        }
    };
    if path == "/hand-over" {
        ana.post(&visitor.agents_path("/accept"), &json!({})).await;
    }
    if by_visitor {
        visitor.client.post(&visitor.path(path), &body).await;
    } else {
        ana.post(&visitor.agents_path(path), &body).await;
    }
}

fn unlimited(config: &mut Config) {
    config.rate_quotas.attempts_per_network = times(100_000);
    config.rate_quotas.starts_per_subject = times(100_000);
    config.rate_quotas.starts_per_widget = times(100_000);
}

#[tokio::test]
async fn places_are_those_of_the_order_of_serving_whatever_happened() {
    let chat = Chat::with(Clock::system(), unlimited).await;
    let shop = chat.shop().await;
    let ana = chat.agent("Ana").await;
    let mut visitors = Vec::new();
    let mut most = 0;
    // Rolls that are the same in each run.
    let mut roll = 88_172_645_463_325_252_usize;
    for round in 0..150 {
        for shift in [13, -7, 17] {
            roll ^= if shift < 0 {
                roll >> -shift
            } else {
                roll << shift
            };
        }
        match roll % 3 {
            0 => visitors.push(chat.visit_signed_in(&shop).await),
            1 => visitors.push(chat.visit(&shop, &json!({})).await),
            _ => {
                let Some(one) = visitors.get(roll / 7 % visitors.len().max(1)) else {
                    continue;
                };
                happen(&chat, &shop, &ana, one, roll / 3).await;
            }
        }
        if round % 15 == 14 {
            most = most.max(check(&chat, &visitors).await);
        }
    }
    assert!(most > 40, "many waited: {most}");
    assert_eq!(lines(&chat.admin).await.len(), 2, "in both queues");
    let chat = chat.restart_with(unlimited).await;
    check(&chat, &visitors).await;
}

#[tokio::test]
async fn a_start_stands_on_what_another_node_saved() {
    let first = Chat::start().await;
    let shop = first.shop().await;
    let started = first.visit(&shop, &json!({})).await.started;
    assert_eq!(started["conversation"]["queue"], "General");
    let second = first.second_node(|_| {}).await;
    let id = text(&shop.work_stream["id"]);
    let mut changed = shop.work_stream.clone();
    for field in [
        "id",
        "createdAt",
        "updatedAt",
        "usedBy",
        "version",
        "warnings",
    ] {
        changed.as_object_mut().unwrap().remove(field);
    }
    let vip = json!({"fallbackQueue": second.queue("VIP").await});
    let path = format!("/admin/work-streams/{id}");
    second
        .admin
        .put(&path, &with_fields(changed, &vip))
        .await
        .ok();
    let started = first.visit(&shop, &json!({})).await.started;
    assert_eq!(started["conversation"]["queue"], "VIP");

    let path = format!("/admin/chat-widgets/{}", text(&shop.widget["id"]));
    let waiting = lines(&second.admin).await;
    for id in waiting.values().flatten() {
        let close = format!("/agent/conversations/{id}");
        second
            .admin
            .post(&format!("{close}/accept"), &json!({}))
            .await
            .ok();
        second
            .admin
            .post(&format!("{close}/close"), &json!({}))
            .await
            .ok();
    }
    second.admin.delete(&path).await;
    first
        .ask_start(&shop, &json!({}))
        .await
        .problem("widget-not-found");
}

#[tokio::test]
async fn a_page_that_another_node_shut_out_starts_nothing() {
    let first = Chat::start().await;
    let shop = first.shop().await;
    first.visit(&shop, &json!({})).await;
    let second = first.second_node(|_| {}).await;
    let path = format!("/admin/chat-widgets/{}", text(&shop.widget["id"]));
    let mut widget = second.admin.get(&path).await.ok();
    for field in ["id", "createdAt", "updatedAt", "version"] {
        widget.as_object_mut().unwrap().remove(field);
    }
    for field in ["workStream", "authenticationSetting"] {
        widget[field] = widget[field]["id"].clone();
    }
    let elsewhere = json!({"allowedOrigins": ["https://new.example"]});
    second
        .admin
        .put(&path, &with_fields(widget, &elsewhere))
        .await
        .ok();
    first
        .ask_start(&shop, &json!({}))
        .await
        .problem("origin-not-allowed");
}
