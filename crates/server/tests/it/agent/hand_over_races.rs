//! Who meets in the same moment over one conversation: exactly one has it then, and the others are told who.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::hand_over::{id_of, listed};
use crate::chat::{Chat, Visitor, text};
use crate::client::Client;
use crate::console::Answer;
use crate::socket::Socket;

/// What was asked for, under a name, at once.
async fn at_once(asks: Vec<(&'static str, Client, String, Value)>) -> Vec<(&'static str, Answer)> {
    let tasks: Vec<_> = asks
        .into_iter()
        .map(|(name, client, path, body)| {
            tokio::spawn(async move { (name, client.post(&path, &body).await) })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    answers
}

fn winners(answers: &[(&'static str, Answer)]) -> Vec<&'static str> {
    let mut names: Vec<_> = answers
        .iter()
        .filter(|(_, answer)| answer.status == StatusCode::OK)
        .map(|(name, _)| *name)
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Who lists it as theirs.
async fn holders(agents: &[&Client], visitor: &Visitor) -> Vec<usize> {
    let mut holders = Vec::new();
    for (number, agent) in agents.iter().enumerate() {
        if listed(agent, "active")
            .await
            .contains(&visitor.conversation)
        {
            holders.push(number);
        }
    }
    holders
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_take_overs_and_an_accepted_offer_leave_it_with_one() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let _bens = Socket::of_agent(&chat, &ben).await;
    let mut supervisors = Vec::new();
    for name in ["Sue", "Tom", "Uma", "Val", "Wes"] {
        supervisors.push((name, chat.supervisor(name).await));
    }
    let visitor = chat.visit_accepted(&shop, &ana).await;
    let offer = json!({"agent": id_of(&ben).await});
    ana.post(&visitor.agents_path("/hand-over"), &offer)
        .await
        .ok();
    let from = json!({"from": id_of(&ana).await});
    let mut asks = vec![(
        "Ben",
        ben.clone(),
        visitor.agents_path("/accept"),
        json!({}),
    )];
    for number in 0..50 {
        let (name, client) = supervisors[number % 5].clone();
        asks.push((
            name,
            client,
            visitor.agents_path("/take-over"),
            from.clone(),
        ));
    }
    let answers = at_once(asks).await;
    let [winner] = winners(&answers)[..] else {
        panic!("{:?}", winners(&answers));
    };
    for (_, answer) in answers.iter().filter(|(name, _)| *name != winner) {
        let detail = text(&answer.problem("conflict")["detail"]);
        assert!(
            detail.contains(&format!("{winner} has this conversation.")),
            "{detail}"
        );
    }
    let taken_over = chat.audit("conversation.taken-over").await.len();
    let handed_over = chat.audit("conversation.handed-over").await.len();
    assert_eq!(
        (taken_over, handed_over),
        if winner == "Ben" { (0, 1) } else { (1, 0) }
    );
    let everybody: Vec<&Client> = supervisors
        .iter()
        .map(|(_, client)| client)
        .chain([&ana, &ben])
        .collect();
    assert_eq!(holders(&everybody, &visitor).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_accepts_against_assignments_of_what_waits_leave_it_with_one() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let _bens = Socket::of_agent(&chat, &ben).await;
    let sue = chat.supervisor("Sue").await;
    for _ in 0..5 {
        let visitor = chat.visit(&shop, &json!({})).await;
        let to_ben = json!({"to": id_of(&ben).await});
        let mut asks = Vec::new();
        for _ in 0..10 {
            asks.push((
                "Ana",
                ana.clone(),
                visitor.agents_path("/accept"),
                json!({}),
            ));
            asks.push((
                "Sue",
                sue.clone(),
                visitor.agents_path("/assign"),
                to_ben.clone(),
            ));
        }
        let answers = at_once(asks).await;
        let [winner] = winners(&answers)[..] else {
            panic!("{:?}", winners(&answers));
        };
        let holder = usize::from(winner == "Sue");
        assert_eq!(holders(&[&ana, &ben], &visitor).await, [holder]);
    }
    let accepted = chat.audit("conversation.accepted").await.len();
    let assigned = chat.audit("conversation.assigned").await.len();
    assert_eq!(accepted + assigned, 5);
}

/// Whatever comes first of what ends an offer, the others are told, and nothing is with two.
#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_many_end_at_once_ends_once() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let _anas = Socket::of_agent(&chat, &ana).await;
    let _bens = Socket::of_agent(&chat, &ben).await;
    let bens_id = id_of(&ben).await;
    for rival in ["/withdraw", "/close", "end"].repeat(4) {
        let visitor = chat.visit_accepted(&shop, &ana).await;
        let path = visitor.agents_path("/hand-over");
        ana.post(&path, &json!({"agent": bens_id})).await.ok();
        let other = if rival == "end" {
            (
                "rival",
                visitor.client.clone(),
                visitor.path("/end"),
                json!({}),
            )
        } else {
            ("rival", ana.clone(), visitor.agents_path(rival), json!({}))
        };
        let accept = (
            "Ben",
            ben.clone(),
            visitor.agents_path("/accept"),
            json!({}),
        );
        let answers = at_once(vec![accept, other]).await;
        let accepted = answers[0].1.status == StatusCode::OK;
        let read = visitor.client.get(&visitor.path("/messages")).await.ok();
        let state = text(&read["conversation"]["state"]);
        let holders = holders(&[&ana, &ben], &visitor).await;
        match rival {
            // The visitor may end it whoever has it.
            "end" => assert_eq!((state.as_str(), holders.len()), ("closed", 0)),
            _ if accepted => {
                assert_eq!((state.as_str(), holders), ("active", vec![1]), "{rival}");
                answers[1].1.problem("conflict");
            }
            "/close" => assert_eq!((state.as_str(), holders.len()), ("closed", 0)),
            _ => assert_eq!((state.as_str(), holders), ("active", vec![0]), "{rival}"),
        }
    }
}

/// Of a hand-over and a close one is done, and the other is told how it stands.
#[tokio::test(flavor = "multi_thread")]
async fn a_hand_over_to_a_queue_against_a_close_and_another_hand_over() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let ana = chat.agent("Ana").await;
    let (vip, members) = (chat.queue("VIP").await, chat.queue("Members").await);
    for _ in 0..8 {
        let visitor = chat.visit_accepted(&shop, &ana).await;
        let path = visitor.agents_path("/hand-over");
        let answers = at_once(vec![
            ("VIP", ana.clone(), path.clone(), json!({"queue": vip})),
            (
                "close",
                ana.clone(),
                visitor.agents_path("/close"),
                json!({}),
            ),
            ("Members", ana.clone(), path, json!({"queue": members})),
        ])
        .await;
        let [winner] = winners(&answers)[..] else {
            panic!("{:?}", winners(&answers));
        };
        for (_, answer) in answers.iter().filter(|(name, _)| *name != winner) {
            answer.problem("conflict");
        }
        let read = visitor.client.get(&visitor.path("/messages")).await.ok();
        let stands = &read["conversation"];
        if winner == "close" {
            assert_eq!(stands["state"], "closed");
        } else {
            assert_eq!(stands["state"], "waiting");
            assert_eq!(stands["queue"], winner);
        }
    }
}

/// Ana's sign-out hands back what Ben accepts: he has it either way, and nobody has it twice.
#[tokio::test(flavor = "multi_thread")]
async fn an_offer_accepted_while_its_agent_goes_is_with_one() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let ben = chat.agent("Ben").await;
    let _bens = Socket::of_agent(&chat, &ben).await;
    let bens_id = id_of(&ben).await;
    for number in 0..8 {
        let owner = chat.agent(&format!("Agent{number}")).await;
        let visitor = chat.visit_accepted(&shop, &owner).await;
        let path = visitor.agents_path("/hand-over");
        owner.post(&path, &json!({"agent": bens_id})).await.ok();
        let accept = visitor.agents_path("/accept");
        let nothing = json!({});
        let (accepted, left) = tokio::join!(
            ben.post(&accept, &nothing),
            owner.delete("/operator/session")
        );
        left.ok();
        accepted.ok();
        assert_eq!(holders(&[&ben], &visitor).await, [0]);
        let handed_over = subjects(&chat, "conversation.handed-over", &visitor).await;
        let handed_back = subjects(&chat, "conversation.handed-back", &visitor).await;
        let taken = subjects(&chat, "conversation.accepted", &visitor).await;
        // Accepted by its first agent, and by Ben only where it had been handed back.
        assert_eq!((handed_over + handed_back, taken), (1, 1 + handed_back));
    }
}

async fn subjects(chat: &Chat, action: &str, visitor: &Visitor) -> usize {
    let entries = chat.audit(action).await;
    let about = |entry: &&Value| entry["subject"] == visitor.conversation;
    entries.iter().filter(about).count()
}
