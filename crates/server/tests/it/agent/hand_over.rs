//! An agent offers a conversation to a colleague, who is asked; and what cannot be handed over.

use std::time::Duration;

use bonafide_server::Clock;
use serde_json::{Value, json};

use crate::chat::{Chat, Shop, Visitor, text};
use crate::client::Client;
use crate::console::NOW;
use crate::socket::Socket;

pub(super) async fn id_of(agent: &Client) -> String {
    text(&agent.get("/operator/session").await.ok()["id"])
}

pub(super) async fn listed(agent: &Client, state: &str) -> Vec<String> {
    let path = format!("/agent/conversations?state={state}");
    let page = agent.get(&path).await.ok();
    let items = page["items"].as_array().unwrap();
    items.iter().map(|item| text(&item["id"])).collect()
}

/// The kinds of what happened, in order, with the names in each.
pub(super) async fn happened(agent: &Client, visitor: &Visitor) -> Vec<Value> {
    let events = agent.get(&visitor.agents_path("/events")).await.ok();
    let events = events["items"].as_array().unwrap();
    events
        .iter()
        .map(|event| json!([event["kind"], event["name"], event["detail"]]))
        .collect()
}

/// Two agents with a console each, and a conversation that Ana has.
pub(super) struct Pair {
    pub(super) chat: Chat,
    pub(super) shop: Shop,
    pub(super) ana: Client,
    pub(super) ben: Client,
    pub(super) anas: Socket,
    pub(super) bens: Socket,
    pub(super) visitor: Visitor,
}

pub(super) async fn pair() -> Pair {
    let chat = Chat::with(Clock::manual(NOW), |_| {}).await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let visitor = chat.visit_accepted(&shop, &ana).await;
    let anas = Socket::of_agent(&chat, &ana).await;
    let bens = Socket::of_agent(&chat, &ben).await;
    Pair {
        chat,
        shop,
        ana,
        ben,
        anas,
        bens,
        visitor,
    }
}

impl Pair {
    /// Ana offers it to Ben.
    pub(super) async fn offer(&self) -> Value {
        let body = json!({"agent": id_of(&self.ben).await, "note": "He knows the courier."});
        let path = self.visitor.agents_path("/hand-over");
        self.ana.post(&path, &body).await.ok()
    }

    pub(super) async fn post(&self, agent: &Client, below: &str) -> crate::console::Answer {
        agent
            .post(&self.visitor.agents_path(below), &json!({}))
            .await
    }
}

#[tokio::test]
async fn a_colleague_who_accepts_has_it_and_until_then_it_stays() {
    let mut pair = pair().await;
    let (mut page, _) = Socket::of_visitor(&pair.chat, &pair.visitor, 0).await;
    pair.visitor.write("a", "Where is it?").await.ok();
    pair.ben
        .get(&pair.visitor.agents_path("/summary"))
        .await
        .problem("forbidden");
    let offered = pair.offer().await;
    assert_eq!(offered["agent"]["name"], "Ana");
    assert_eq!(offered["offer"]["to"]["name"], "Ben");
    assert_eq!(offered["offer"]["by"]["name"], "Ana");
    assert_eq!(offered["offer"]["note"], "He knows the courier.");
    assert_eq!(offered["offer"]["lapsesAt"], "2026-11-22T20:02:00.000Z");
    assert_eq!(pair.offer().await, offered, "asked once");

    let told = pair
        .bens
        .until(|event| event["type"] == "conversation")
        .await;
    assert_eq!(told["conversation"]["offer"]["to"]["name"], "Ben");
    assert_eq!(
        listed(&pair.ben, "offered").await,
        std::slice::from_ref(&pair.visitor.conversation)
    );
    assert!(listed(&pair.ana, "offered").await.is_empty());
    // He reads before he answers; it is Ana who writes.
    let messages = pair
        .ben
        .get(&pair.visitor.agents_path("/messages"))
        .await
        .ok();
    assert_eq!(messages["items"][0]["text"], "Where is it?");
    let notes = pair.ben.get(&pair.visitor.agents_path("/notes")).await.ok();
    assert_eq!(notes["items"][0]["text"], "He knows the courier.");
    assert_eq!(notes["items"][0]["name"], "Ana");
    pair.visitor
        .answer(&pair.ben, "b")
        .await
        .problem("conflict");
    pair.post(&pair.ben, "/close").await.problem("conflict");
    pair.visitor.answer(&pair.ana, "b").await.ok();

    let taken = pair.post(&pair.ben, "/accept").await.ok();
    assert_eq!(taken["agent"]["name"], "Ben");
    assert_eq!(taken["offer"], Value::Null);
    let gone = pair.anas.next_of("gone").await;
    assert_eq!(gone["conversation"], pair.visitor.conversation);
    assert_eq!(gone["agent"]["name"], "Ben", "she is told who has it");
    let told = page
        .until(|event| event["conversation"]["agent"] == "Ben")
        .await;
    assert_eq!(told["conversation"]["state"], "active");
    let refused = pair
        .visitor
        .answer(&pair.ana, "c")
        .await
        .problem("conflict");
    assert_eq!(refused["detail"], "Ben has this conversation.");
    let summary = pair
        .ben
        .get(&pair.visitor.agents_path("/summary"))
        .await
        .ok();
    assert_eq!(summary["cameFrom"]["agent"]["name"], "Ana");
    assert_eq!(
        happened(&pair.ben, &pair.visitor).await,
        [
            json!(["accepted", "Ana", null]),
            json!(["offered", "Ana", "Ben"]),
            json!(["handed-over", "Ana", "Ben"]),
        ]
    );
    let entry = pair.chat.audited("conversation.offered").await;
    assert_eq!(entry["details"], json!({"queue": "General", "to": "Ben"}));
    let entry = pair.chat.audited("conversation.handed-over").await;
    assert_eq!(
        entry["details"],
        json!({"queue": "General", "from": "Ana", "to": "Ben"})
    );
}

#[tokio::test]
async fn an_offer_is_declined_withdrawn_or_lapses_and_it_stays_with_its_agent() {
    let mut pair = pair().await;
    pair.offer().await;
    let declined = pair.post(&pair.ben, "/decline").await.ok();
    assert_eq!(declined["offer"], Value::Null);
    assert_eq!(pair.bens.next_of("gone").await["agent"]["name"], "Ana");
    let refused = pair.post(&pair.ben, "/accept").await.problem("conflict");
    assert_eq!(refused["detail"], "Ana has this conversation.");
    pair.post(&pair.ben, "/decline").await.problem("conflict");

    pair.offer().await;
    let cleo = pair.chat.agent("Cleo").await;
    let _cleos = Socket::of_agent(&pair.chat, &cleo).await;
    for body in [
        json!({"agent": id_of(&cleo).await}),
        json!({"queue": pair.chat.queue("VIP").await}),
    ] {
        let path = pair.visitor.agents_path("/hand-over");
        let refused = pair.ana.post(&path, &body).await.problem("conflict");
        assert_eq!(
            refused["detail"],
            "Ben is asked already. Withdraw that offer first."
        );
    }
    pair.post(&pair.ben, "/withdraw").await.problem("conflict");
    pair.post(&pair.ana, "/withdraw").await.ok();
    pair.post(&pair.ana, "/withdraw").await.ok();
    let refused = pair.post(&pair.ben, "/decline").await.problem("conflict");
    assert_eq!(
        refused["detail"],
        "This is not offered to you any more. Ana has this conversation."
    );

    pair.offer().await;
    pair.chat.clock.advance(Duration::from_mins(2));
    pair.bens
        .until(|event| event["type"] == "gone" && listed_conversation(event, &pair.visitor))
        .await;
    pair.anas
        .until(|event| event["event"]["kind"] == "offer-lapsed")
        .await;
    let kinds: Vec<Value> = happened(&pair.ana, &pair.visitor).await;
    assert_eq!(
        kinds[1..],
        [
            json!(["offered", "Ana", "Ben"]),
            json!(["offer-declined", "Ben", null]),
            json!(["offered", "Ana", "Ben"]),
            json!(["offer-withdrawn", "Ana", null]),
            json!(["offered", "Ana", "Ben"]),
            json!(["offer-lapsed", "Ben", null]),
        ]
    );
    let entry = pair.chat.audited("conversation.offer-lapsed").await;
    assert_eq!(
        entry["details"],
        json!({"queue": "General", "from": "Ana", "to": "Ben"})
    );
    assert_eq!(
        listed(&pair.ana, "active").await,
        std::slice::from_ref(&pair.visitor.conversation)
    );
}

fn listed_conversation(event: &Value, visitor: &Visitor) -> bool {
    event["conversation"] == visitor.conversation
}

#[tokio::test]
async fn an_offer_ends_with_what_it_offers() {
    let mut pair = pair().await;
    pair.offer().await;
    pair.visitor
        .client
        .post(&pair.visitor.path("/end"), &json!({}))
        .await
        .ok();
    pair.bens.next_of("gone").await;
    pair.post(&pair.ben, "/accept").await.problem("conflict");
    assert!(listed(&pair.ben, "offered").await.is_empty());
}

#[tokio::test]
async fn what_cannot_be_handed_over_says_why() {
    let pair = pair().await;
    let path = pair.visitor.agents_path("/hand-over");
    let ask = async |body: Value| pair.ana.post(&path, &body).await;
    for body in [
        json!({}),
        json!({"agent": id_of(&pair.ben).await, "queue": pair.chat.queue("VIP").await}),
    ] {
        let fault = ask(body).await.problem("invalid-request");
        assert_eq!(fault["fields"][0]["name"], "agent");
    }
    let fault = ask(json!({"queue": "que_none"}))
        .await
        .problem("invalid-request");
    assert_eq!(fault["fields"][0]["name"], "queue");
    let fault = ask(json!({"agent": "opr_none"}))
        .await
        .problem("invalid-request");
    assert!(text(&fault["fields"][0]["message"]).contains("serves the queue General"));
    let fault = ask(json!({"agent": id_of(&pair.ana).await}))
        .await
        .problem("invalid-request");
    assert!(text(&fault["fields"][0]["message"]).contains("already"));
    let fault = ask(json!({"queue": pair.chat.queue("VIP").await, "note": " "})).await;
    assert_eq!(
        fault.problem("invalid-request")["fields"][0]["name"],
        "note"
    );
    // Nobody is asked who is not there, or may not sign in.
    let gone = pair.chat.agent("Gus").await;
    let gus = id_of(&gone).await;
    let refused = ask(json!({"agent": gus})).await.problem("conflict");
    assert_eq!(
        refused["detail"],
        "Gus is not here. Choose somebody who is, or a queue."
    );
    let disabled = json!({"name": "Gus", "role": "agent", "disabled": true});
    pair.chat
        .admin
        .put(&format!("/admin/operators/{gus}"), &disabled)
        .await
        .ok();
    ask(json!({"agent": gus})).await.problem("invalid-request");

    // It is for whoever has it to say.
    let refused = pair.ben.post(&path, &json!({"queue": "que_none"})).await;
    assert_eq!(
        refused.problem("conflict")["detail"],
        "Ana has this conversation."
    );
    let waits = pair.chat.visit(&pair.shop, &json!({})).await;
    let refused = pair
        .ana
        .post(
            &waits.agents_path("/hand-over"),
            &json!({"queue": "que_none"}),
        )
        .await;
    assert_eq!(
        refused.problem("conflict")["detail"],
        "Accept the conversation first."
    );
}

#[tokio::test]
async fn colleagues_are_listed_with_who_is_here_and_how_much_they_have() {
    let pair = pair().await;
    let gone = pair.chat.agent("Gus").await;
    let other = pair.chat.visit_accepted(&pair.shop, &pair.ben).await;
    let only_gus = json!({"name": "VIP", "members": [id_of(&gone).await]});
    let vip = pair.chat.queue("VIP").await;
    pair.chat
        .admin
        .put(&format!("/admin/queues/{vip}"), &only_gus)
        .await
        .ok();
    // The administrator asked over HTTP a moment ago, but has no console: only what the console asks counts.
    let path = pair.visitor.agents_path("/colleagues");
    let colleagues = pair.ana.get(&path).await.ok();
    let agents: Vec<Value> = colleagues["agents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| json!([it["name"], it["isHere"], it["active"]]))
        .collect();
    assert_eq!(
        agents,
        [
            json!(["Ada", false, 0]),
            json!(["Ben", true, 1]),
            json!(["Gus", false, 0])
        ]
    );
    let queues: Vec<Value> = colleagues["queues"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| json!([it["name"], it["here"]]))
        .collect();
    assert_eq!(
        queues,
        [
            json!(["General", 2]),
            json!(["Members", 2]),
            json!(["VIP", 0])
        ]
    );
    pair.ben.get(&path).await.problem("forbidden");
    let members = pair.ben.get(&other.agents_path("/colleagues")).await.ok();
    assert_eq!(members["agents"][1]["name"], "Ana");
    assert_eq!(members["agents"][1]["active"], 1);
}
