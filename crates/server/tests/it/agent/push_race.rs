//! Many arrivals at once in a queue that pushes, while its agents go away, come back, vanish and close.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use axum::http::StatusCode;
use bonafide_server::Clock;
use serde_json::json;

use crate::chat::{Chat, text, times};
use crate::client::Client;
use crate::console::NOW;
use crate::socket::Socket;

const AGENTS: usize = 5;
const CAPACITY: usize = 10;
const ARRIVALS: usize = 200;

async fn active(agent: &Client) -> Vec<String> {
    let page = agent
        .get("/agent/conversations?state=active&limit=200")
        .await
        .ok();
    let items = page["items"].as_array().unwrap();
    items.iter().map(|item| text(&item["id"])).collect()
}

/// Nobody ever has more than their capacity, nothing is with two, whoever is away is given nothing, and in the end nobody
/// waits while somebody is free.
#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_arrivals_are_given_to_five_agents() {
    let chat = Chat::with(Clock::manual(NOW), |config| {
        config.rate_quotas.attempts_per_network = times(10_000);
    })
    .await;
    let shop = chat.shop().await;
    let path = format!("/admin/queues/{}", chat.queue("General").await);
    let push = json!({"name": "General", "assignment": "push"});
    chat.admin.put(&path, &push).await.ok();
    let mut agents = Vec::new();
    let mut consoles = Vec::new();
    for number in 0..AGENTS {
        let agent = chat.agent(&format!("Agent{number}")).await;
        let me = agent.get("/operator/session").await.ok();
        let body =
            json!({"name": me["name"], "role": "agent", "disabled": false, "capacity": CAPACITY});
        let path = format!("/admin/operators/{}", text(&me["id"]));
        chat.admin.put(&path, &body).await.ok();
        consoles.push(Some(Socket::of_agent(&chat, &agent).await));
        agents.push(agent);
    }
    let nothing = json!({});
    let arrivals = async {
        for _ in 0..ARRIVALS / 20 {
            let starts = (0..20).map(|_| chat.visit(&shop, &nothing));
            futures_util::future::join_all(starts).await;
        }
    };
    let away = async {
        // One goes away and comes back; what they have then only becomes fewer.
        for _ in 0..5 {
            let gone = agents[1]
                .put("/agent/availability", &json!({"state": "away"}))
                .await;
            let has = gone.ok()["active"].as_u64().unwrap();
            let had = active(&agents[1]).await.len() as u64;
            assert_eq!(has, had, "given something while away");
            agents[1]
                .put("/agent/availability", &json!({"state": "here"}))
                .await
                .ok();
        }
    };
    let vanish = async {
        // One vanishes in the middle, and what they have is given to others.
        let gone = consoles[0].take().unwrap();
        gone.leave().await;
        chat.clock.advance(Duration::from_mins(2));
    };
    let close = async {
        let mut closed = 0;
        while closed < 30 {
            for agent in &agents[2..] {
                for id in active(agent).await.iter().take(3) {
                    let close = format!("/agent/conversations/{id}/close");
                    let answer = agent.post(&close, &json!({})).await;
                    closed += usize::from(answer.status == StatusCode::OK);
                }
            }
        }
        closed
    };
    let pick = async {
        // By hand too; the server gives the two different ones.
        for _ in 0..10 {
            let (one, other) = tokio::join!(
                agents[3].post("/agent/accept-next", &nothing),
                agents[4].post("/agent/accept-next", &nothing),
            );
            let id = |answer: &crate::console::Answer| {
                serde_json::from_slice::<serde_json::Value>(&answer.bytes).unwrap()["conversation"]
                    ["id"]
                    .clone()
            };
            if one.status == StatusCode::OK && other.status == StatusCode::OK && !id(&one).is_null()
            {
                assert_ne!(id(&one), id(&other));
            }
        }
    };
    let never_above = async {
        for _ in 0..20 {
            let list = chat.admin.get("/agent/colleagues").await.ok();
            for colleague in list["items"].as_array().unwrap() {
                let active = colleague["active"].as_u64().unwrap();
                assert!(
                    colleague["capacity"].is_null() || active <= CAPACITY as u64,
                    "{colleague}"
                );
            }
        }
    };
    let ((), (), (), closed, (), ()) =
        tokio::join!(arrivals, away, vanish, close, pick, never_above);

    // Everybody who is here fills up, whatever order the last events came in.
    let full = async {
        loop {
            let mut has = Vec::new();
            for agent in &agents {
                has.push(active(agent).await.len());
            }
            assert!(has.iter().all(|&count| count <= CAPACITY), "{has:?}");
            if has == [0, CAPACITY, CAPACITY, CAPACITY, CAPACITY] {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(crate::scripted::PATIENCE, full)
        .await
        .expect("everybody is full in time");
    let mut seen = HashSet::new();
    for agent in &agents {
        for id in active(agent).await {
            assert!(seen.insert(id), "with two");
        }
    }
    let waiting = chat.admin.get(&path).await.ok()["waiting"]
        .as_u64()
        .unwrap();
    assert_eq!(waiting as usize + seen.len() + closed, ARRIVALS);

    // What the events say: a conversation changes hands only by way of the line.
    let mut pushes: BTreeMap<String, usize> = BTreeMap::new();
    for id in &seen {
        let holder = async {
            for agent in &agents {
                if active(agent).await.contains(id) {
                    return agent;
                }
            }
            unreachable!()
        };
        let events = holder
            .await
            .get(&format!("/agent/conversations/{id}/events"))
            .await
            .ok();
        let kinds: Vec<String> = events["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|event| text(&event["kind"]))
            .collect();
        for pair in kinds.windows(2) {
            assert_ne!(
                pair[0] == "handed-back",
                pair[1] == "handed-back",
                "{kinds:?}"
            );
        }
        for kind in kinds {
            *pushes.entry(kind).or_default() += 1;
        }
    }
    assert!(pushes["pushed"] >= CAPACITY, "{pushes:?}");
}
