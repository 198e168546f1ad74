//! An agent who is away keeps their conversations for as long as the queue allows, and no longer.

use std::time::Duration;

use axum::http::StatusCode;
use bonafide_server::Clock;
use serde_json::{Value, json};

use crate::chat::{Chat, Visitor, text};
use crate::client::{Client, sign_in};
use crate::console::NOW;
use crate::socket::Socket;

async fn listed(agent: &Client, state: &str) -> Vec<String> {
    let path = format!("/agent/conversations?state={state}");
    let page = agent.get(&path).await.ok();
    let items = page["items"].as_array().unwrap();
    items.iter().map(|item| text(&item["id"])).collect()
}

#[tokio::test]
async fn the_conversations_of_an_agent_who_is_away_wait_again_in_front_of_their_queue() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let earlier = chat.visit(&shop, &json!({})).await;
    chat.clock.advance(Duration::from_secs(1));
    let visitor = chat.visit_accepted(&shop, &ana).await;
    visitor.write("a", "Where is my parcel?").await.ok();
    visitor.answer(&ana, "a").await.ok();
    // The other queue gives her longer.
    let longer = json!({"name": "VIP", "absenceSeconds": 600});
    let path = format!("/admin/queues/{}", chat.queue("VIP").await);
    chat.admin.put(&path, &longer).await.ok();
    let kept = chat.visit_signed_in(&shop).await;
    let console = Socket::of_agent(&chat, &ana).await;
    ana.post(&kept.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let (mut page, _) = Socket::of_visitor(&chat, &visitor, 2).await;
    let (mut page_behind, _) = Socket::of_visitor(&chat, &earlier, 0).await;
    let mut bens = Socket::of_agent(&chat, &ben).await;

    console.leave().await;
    chat.clock.advance(Duration::from_mins(2));
    let offered = bens
        .until(|event| event["conversation"]["id"] == visitor.conversation)
        .await["conversation"]
        .clone();
    assert_eq!(
        (&offered["state"], &offered["handedBack"]),
        (&json!("waiting"), &json!(true))
    );
    let told = page.next_of("conversation").await["conversation"].clone();
    assert_eq!(
        (&told["state"], &told["agent"], &told["position"]),
        (&json!("waiting"), &Value::Null, &json!(1))
    );
    let moved = page_behind.next_of("conversation").await;
    assert_eq!(moved["conversation"]["position"], 2);
    assert_eq!(
        listed(&ben, "waiting").await,
        [visitor.conversation.clone(), earlier.conversation.clone()]
    );
    let entry = chat.audited("conversation.handed-back").await;
    assert_eq!(entry["actor"]["kind"], "system");
    assert_eq!(
        entry["details"],
        json!({"agent": "Ana", "queue": "General", "reason": "absent"})
    );

    // She comes back.
    let refused = visitor.answer(&ana, "b").await.problem("conflict");
    assert!(text(&refused["detail"]).contains("waits in its queue again"));
    assert_eq!(listed(&ana, "active").await, [kept.conversation]);
    ben.post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let refused = visitor.answer(&ana, "b").await.problem("conflict");
    assert_eq!(refused["detail"], "Ben has this conversation.");
    let messages = ben.get(&visitor.agents_path("/messages")).await.ok();
    assert_eq!(messages["items"][1]["name"], "Ana", "with its history");
}

#[tokio::test]
async fn a_higher_priority_stays_in_front_of_what_comes_back() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let ana = chat.agent("Ana").await;
    let mut stream = shop.work_stream.clone();
    let general = json!(chat.queue("General").await);
    stream["rules"][1]["queue"] = general;
    let path = format!("/admin/work-streams/{}", text(&stream["id"]));
    let body = json!({"name": "Shop", "contextVariables": [], "rules": [stream["rules"][1]],
        "fallbackQueue": stream["fallbackQueue"]});
    chat.admin.put(&path, &body).await.ok();
    let returned = chat.visit_accepted(&shop, &ana).await;
    let waits = chat.visit(&shop, &json!({})).await;
    let signed_in = chat.visit_signed_in(&shop).await;
    ana.delete("/operator/session").await.ok();
    let expected = [
        signed_in.conversation,
        returned.conversation,
        waits.conversation,
    ];
    assert_eq!(listed(&chat.admin, "waiting").await, expected);
    // Page by page, the same.
    let mut seen = Vec::new();
    let mut path = "/agent/conversations?limit=1".to_owned();
    loop {
        let page = chat.admin.get(&path).await.ok();
        seen.push(text(&page["items"][0]["id"]));
        match page["next"].as_str() {
            Some(next) => path = format!("/agent/conversations?limit=1&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_console_that_has_no_socket_but_asks_is_there() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let anas = chat.visit_accepted(&shop, &ana).await;
    let bens = chat.visit_accepted(&shop, &ben).await;
    let mut console = Socket::of_agent(&chat, &chat.admin).await;
    chat.clock.advance(Duration::from_secs(100));
    listed(&ana, "active").await;
    chat.clock.advance(Duration::from_secs(20));
    console
        .until(|event| event["conversation"]["id"] == bens.conversation)
        .await;
    assert_eq!(listed(&ana, "active").await, [anas.conversation]);
}

#[tokio::test]
async fn after_a_start_agents_have_as_long_to_come_back() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let anas = chat.visit_accepted(&shop, &ana).await;
    let bens = chat.visit_accepted(&shop, &ben).await;
    chat.clock.advance(Duration::from_mins(10));
    let chat = chat.restart().await;
    let mut console = Socket::of_agent(&chat, &chat.admin).await;
    let http = reqwest::Client::new();
    let ana = sign_in(&http, &chat.address, "ana@example.com").await;
    let _anas_console = Socket::of_agent(&chat, &ana).await;
    chat.clock.advance(Duration::from_mins(2));
    let event = console
        .until(|event| event["conversation"]["state"] == "waiting")
        .await;
    assert_eq!(event["conversation"]["id"], bens.conversation);
    let entry = chat.audited("conversation.handed-back").await;
    assert_ne!(entry["subject"], anas.conversation);
}

/// What one conversation went through in the race below.
struct Outcome {
    visitor: Visitor,
    owner: Client,
    is_answered: bool,
    is_taken: bool,
}

/// The end of many agents' time against their own answers, a colleague's accepts, and visitors who end: whatever comes
/// first, one has it, and what was acknowledged is there.
#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_an_absence_against_answer_accept_and_close() {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let ben = chat.agent("Ben").await;
    let mut pairs = Vec::new();
    for number in 0..9 {
        let owner = chat.agent(&format!("Agent{number}")).await;
        pairs.push((chat.visit_accepted(&shop, &owner).await, owner));
    }
    let lost = chat.visit_accepted(&shop, &chat.agent("Zoe").await).await;
    let mut console = Socket::of_agent(&chat, &chat.admin).await;
    chat.clock.advance(Duration::from_mins(2));
    let races: Vec<_> = pairs
        .into_iter()
        .enumerate()
        .map(|(number, (visitor, owner))| {
            let ben = ben.clone();
            tokio::spawn(async move {
                let accept = visitor.agents_path("/accept");
                let end = visitor.path("/end");
                let nothing = json!({});
                let answer = async {
                    // At different distances from the moment the clock moved.
                    for _ in 0..number * 40 {
                        tokio::task::yield_now().await;
                    }
                    visitor.answer(&owner, "a").await.status
                };
                let take = async {
                    for _ in 0..60 {
                        let answer = ben.post(&accept, &nothing).await;
                        if answer.status == StatusCode::OK {
                            return true;
                        }
                    }
                    false
                };
                let close = async {
                    if number % 3 == 0 {
                        visitor.client.post(&end, &nothing).await.ok();
                    }
                };
                let (answered, is_taken, ()) = tokio::join!(answer, take, close);
                Outcome {
                    is_answered: answered == StatusCode::CREATED,
                    visitor,
                    owner,
                    is_taken,
                }
            })
        })
        .collect();
    console
        .until(|event| {
            event["conversation"]["id"] == lost.conversation
                && event["conversation"]["state"] == "waiting"
        })
        .await;
    let mut taken = Vec::new();
    for race in races {
        let Outcome {
            visitor,
            owner,
            is_answered,
            is_taken,
        } = race.await.unwrap();
        let read = visitor.client.get(&visitor.path("/messages")).await.ok();
        assert_eq!(
            read["items"].as_array().unwrap().len(),
            usize::from(is_answered),
            "acknowledged is stored, refused is not"
        );
        let holds = async |agent: &Client| {
            let active = listed(agent, "active").await;
            active.contains(&visitor.conversation)
        };
        let holders = usize::from(holds(&owner).await) + usize::from(holds(&ben).await);
        let state = text(&read["conversation"]["state"]);
        assert_eq!(holders, usize::from(state == "active"), "{state}");
        if is_taken && state == "active" {
            assert!(holds(&ben).await);
            taken.push(visitor.conversation.clone());
        }
    }
    // Each acceptance of Ben's was of one that had been handed back, once.
    let handed_back: Vec<String> = chat
        .audit("conversation.handed-back")
        .await
        .iter()
        .map(|entry| text(&entry["subject"]))
        .collect();
    for id in taken {
        assert_eq!(handed_back.iter().filter(|other| **other == id).count(), 1);
    }
}
