//! Proving who one is while the conversation runs.

use std::time::Duration;

use bonafide_server::Clock;
use serde_json::{Value, json};

use crate::chat::{Chat, Visitor};
use crate::console::Answer;
use crate::socket::Socket;
use crate::website::SUBJECT;

#[tokio::test]
async fn an_anonymous_chat_becomes_an_authenticated_one_and_is_routed_again() {
    let chat = Chat::start().await;
    chat.contact().await;
    let shop = chat.shop().await;
    let visitor = chat
        .visit(&shop, &json!({"context": {"note": "from the page"}}))
        .await;
    visitor.write("a", "hello").await.ok();
    let body = json!({"token": shop.token(chat.now())});
    let conversation = visitor
        .client
        .post(&visitor.path("/authenticate"), &body)
        .await
        .ok();
    assert_eq!(conversation["id"], visitor.conversation);
    assert_eq!(conversation["authenticated"], true);
    assert_eq!(conversation["identity"], "current");
    assert_eq!(conversation["queue"], "VIP");
    let summary = chat.admin.get(&visitor.agents_path("/summary")).await.ok();
    assert_eq!(summary["authenticated"], "yes");
    assert_eq!(summary["contact"]["id"], SUBJECT);
    assert_eq!(summary["context"]["signed"]["msdyn_cartvalue"], 10000.0);
    assert_eq!(
        summary["context"]["unsigned"],
        json!({"note": "from the page"})
    );
    assert_eq!(chat.audit("conversation.authenticated").await.len(), 1);
    let messages = chat.admin.get(&visitor.agents_path("/messages")).await.ok();
    assert_eq!(messages["items"][0]["text"], "hello");
}

#[tokio::test]
async fn what_an_agent_has_taken_stays_with_them() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    chat.admin
        .post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let body = json!({"token": shop.token(chat.now())});
    let conversation = visitor
        .client
        .post(&visitor.path("/authenticate"), &body)
        .await
        .ok();
    assert_eq!(conversation["queue"], "General");
    assert_eq!(conversation["state"], "active");
    assert_eq!(conversation["agent"], "Ada");
}

#[tokio::test]
async fn another_person_cannot_go_on_with_a_conversation() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit_signed_in(&shop).await;
    for changes in [
        json!({"sub": "somebody-else"}),
        json!({"iss": "sister.example"}),
    ] {
        let body = json!({"token": shop.token_with(chat.now(), &changes)});
        let answer = visitor
            .client
            .post(&visitor.path("/authenticate"), &body)
            .await;
        answer.problem("conflict");
    }
    let summary = chat.admin.get(&visitor.agents_path("/summary")).await.ok();
    assert_eq!(summary["authentication"]["subject"], SUBJECT);
    assert_eq!(chat.audit("token.of-another-person").await.len(), 2);
}

#[tokio::test]
async fn a_refused_token_changes_nothing() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    for (token, code) in [("nonsense", "token-malformed"), ("", "token-not-provided")] {
        let body = json!({"token": token});
        let answer = visitor
            .client
            .post(&visitor.path("/authenticate"), &body)
            .await;
        answer.problem(code);
        assert_eq!(chat.audit("token.refused").await[0]["code"], code);
    }
    let summary = chat.admin.get(&visitor.agents_path("/summary")).await.ok();
    assert_eq!(summary["authenticated"], "no");
}

#[tokio::test]
async fn without_a_setting_or_after_the_end_there_is_nothing_to_prove() {
    let chat = Chat::start().await;
    let shop = chat
        .shop_with(&json!({}), &json!({"authenticationSetting": null}))
        .await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let body = json!({"token": shop.token(chat.now())});
    visitor
        .client
        .post(&visitor.path("/authenticate"), &body)
        .await
        .problem("invalid-request");
    visitor
        .client
        .post(&visitor.path("/end"), &json!({}))
        .await
        .ok();
    visitor
        .client
        .post(&visitor.path("/authenticate"), &body)
        .await
        .problem("invalid-request");
}

#[tokio::test]
async fn a_proof_lapses_in_the_agents_sight_and_is_renewed() {
    let clock = Clock::manual(1_800_000_000_000);
    let chat = Chat::with(clock.clone(), |_| {}).await;
    let shop = chat.shop().await;
    let visitor = chat.visit_signed_in(&shop).await;
    let mut agent = Socket::of_agent(&chat, &chat.admin).await;
    let (mut page, _) = Socket::of_visitor(&chat, &visitor, 0).await;
    clock.advance(Duration::from_secs(899));
    let summary = chat.admin.get(&visitor.agents_path("/summary")).await.ok();
    assert_eq!(summary["authentication"]["state"], "current");

    clock.advance(Duration::from_secs(1));
    // The visitor is idle by then, too, which agents are told as well.
    let event = agent
        .until(|event| event["conversation"]["identity"] == "lapsed")
        .await;
    assert_eq!(event["conversation"]["authenticated"], "yes");
    assert_eq!(
        page.next_of("conversation").await["conversation"]["identity"],
        "lapsed"
    );
    let summary = chat.admin.get(&visitor.agents_path("/summary")).await.ok();
    assert_eq!(summary["authentication"]["state"], "lapsed");

    let body = json!({"token": shop.token(chat.now())});
    let conversation = visitor
        .client
        .post(&visitor.path("/authenticate"), &body)
        .await
        .ok();
    assert_eq!(conversation["identity"], "current");
    agent
        .until(|event| event["conversation"]["identity"] == "current")
        .await;
    assert_eq!(chat.audit("conversation.renewed").await.len(), 1);
}

/// A page that is loaded again after the agent closed the chat: the same person reads what was said, and the record of
/// it stays as it was.
#[tokio::test]
async fn a_closed_conversation_is_shown_to_the_person_who_had_it() {
    let clock = Clock::manual(1_800_000_000_000);
    let chat = Chat::with(clock.clone(), |_| {}).await;
    let shop = chat.shop().await;
    let visitor = chat.visit_signed_in(&shop).await;
    chat.admin
        .post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    visitor.write("a", "hello").await.ok();
    let closed = chat
        .admin
        .post(&visitor.agents_path("/close"), &json!({}))
        .await;
    closed.ok();
    let summary = chat.admin.get(&visitor.agents_path("/summary")).await.ok();

    clock.advance(Duration::from_secs(60));
    for _ in 0..2 {
        let body = json!({"token": shop.token(chat.now())});
        let path = visitor.path("/authenticate");
        let conversation = visitor.client.post(&path, &body).await.ok();
        assert_eq!(conversation["id"], visitor.conversation);
        assert_eq!(conversation["state"], "closed");
        assert_eq!(conversation["authenticated"], true);
        assert_eq!(conversation["agent"], "Ada");
        assert_eq!(conversation["position"], Value::Null);
    }
    let messages = visitor.client.get(&visitor.path("/messages")).await.ok();
    assert_eq!(messages["items"][0]["text"], "hello");
    visitor.write("b", "again").await.problem("conflict");
    let after = chat.admin.get(&visitor.agents_path("/summary")).await.ok();
    assert_eq!(after, summary);
    assert!(chat.audit("conversation.renewed").await.is_empty());
}

#[tokio::test]
async fn a_closed_conversation_tells_nobody_else_more_than_that_it_is_closed() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let path = |visitor: &Visitor| visitor.path("/authenticate");
    let signed_in = chat.visit_signed_in(&shop).await;
    let anonymous = chat.visit(&shop, &json!({})).await;
    for visitor in [&signed_in, &anonymous] {
        visitor
            .client
            .post(&visitor.path("/end"), &json!({}))
            .await
            .ok();
    }
    let told = |answer: &Answer| answer.problem("conflict")["detail"].clone();
    for changes in [
        json!({"sub": "somebody-else"}),
        json!({"iss": "sister.example"}),
    ] {
        let body = json!({"token": shop.token_with(chat.now(), &changes)});
        let answer = signed_in.client.post(&path(&signed_in), &body).await;
        assert_eq!(told(&answer), "The conversation is closed.");
    }
    assert!(chat.audit("token.of-another-person").await.is_empty());
    // Nobody was proved before it ended, so nobody is that person now.
    let body = json!({"token": shop.token(chat.now())});
    let answer = anonymous.client.post(&path(&anonymous), &body).await;
    assert_eq!(told(&answer), "The conversation is closed.");

    // A token that proves nothing is told so, and recorded, as everywhere.
    let expired = json!({"token": shop.token(chat.now() - 3_600)});
    let answer = signed_in.client.post(&path(&signed_in), &expired).await;
    answer.problem("token-expired");
    assert_eq!(chat.audit("token.refused").await.len(), 1);
}
