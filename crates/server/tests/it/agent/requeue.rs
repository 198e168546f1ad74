//! A conversation that its agent puts into a queue, or gives back to whom it came from.

use serde_json::{Value, json};

use super::hand_over::{happened, id_of, listed, pair};
use crate::chat::{Chat, text};
use crate::socket::Socket;

#[tokio::test]
async fn in_another_queue_it_waits_in_front_with_its_history() {
    let mut pair = pair().await;
    let vip = pair.chat.queue("VIP").await;
    let before = pair.chat.visit_signed_in(&pair.shop).await;
    let moved = pair.chat.visit_signed_in(&pair.shop).await;
    pair.ana
        .post(&moved.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let (mut page, _) = Socket::of_visitor(&pair.chat, &moved, 0).await;
    // Back in line of its own queue: in front of one that waited longer.
    let body = json!({"queue": vip, "note": "I have to go."});
    let path = moved.agents_path("/hand-over");
    let answer = pair.ana.post(&path, &body).await.ok();
    assert_eq!(answer["state"], "waiting");
    assert_eq!(answer["handedBack"], true);
    let told = page.next_of("conversation").await["conversation"].clone();
    assert_eq!(
        (&told["state"], &told["position"]),
        (&json!("waiting"), &json!(1))
    );
    assert_eq!(
        listed(&pair.ben, "waiting").await,
        [moved.conversation.clone(), before.conversation.clone()]
    );
    let refused = pair.ana.post(&path, &body).await.problem("conflict");
    assert!(text(&refused["detail"]).contains("waits in its queue again"));

    // To one that she does not serve.
    let members = pair.chat.queue("Members").await;
    let only_ben = json!({"name": "Members", "members": [id_of(&pair.ben).await]});
    let queue_path = format!("/admin/queues/{members}");
    pair.chat.admin.put(&queue_path, &only_ben).await.ok();
    pair.anas.next_of("resync").await;
    pair.bens.next_of("resync").await;
    let path = pair.visitor.agents_path("/hand-over");
    pair.visitor.write("a", "Hello").await.ok();
    let answer = pair.ana.post(&path, &json!({"queue": members})).await.ok();
    assert_eq!(answer["queue"]["name"], "Members");
    let gone = pair.anas.next_of("gone").await;
    assert_eq!(gone["agent"], Value::Null);
    pair.ana
        .get(&pair.visitor.agents_path("/summary"))
        .await
        .problem("conversation-not-found");
    let summary = pair
        .ben
        .get(&pair.visitor.agents_path("/summary"))
        .await
        .ok();
    assert_eq!(summary["rule"], Value::Null);
    assert_eq!(summary["cameFrom"]["queue"]["name"], "General");
    // Who proves who they are now stays where the agent put them.
    let body = json!({"token": pair.shop.token(pair.chat.now())});
    let client = &pair.visitor.client;
    client
        .post(&pair.visitor.path("/authenticate"), &body)
        .await
        .ok();
    pair.post(&pair.ben, "/accept").await.ok();
    assert_eq!(
        happened(&pair.ben, &pair.visitor).await[1],
        json!(["requeued", "Ana", "Members"])
    );
    let requeued = pair.chat.audit("conversation.requeued").await;
    assert_eq!(
        requeued[0]["details"],
        json!({"queue": "General", "to": "Members"})
    );

    // Ana does not serve it: back to the queue that it came from.
    let back = pair.post(&pair.ben, "/hand-back").await.ok();
    assert_eq!(back["state"], "waiting");
    assert_eq!(back["queue"]["name"], "General");
}

#[tokio::test]
async fn whoever_got_it_gives_it_back_to_whom_it_came_from() {
    let mut pair = pair().await;
    let refused = pair.post(&pair.ana, "/hand-back").await.problem("conflict");
    assert!(text(&refused["detail"]).contains("nobody to give it back to"));
    pair.offer().await;
    pair.post(&pair.ben, "/accept").await.ok();
    pair.anas.next_of("gone").await;
    let body = json!({"note": "It was for you after all."});
    let path = pair.visitor.agents_path("/hand-back");
    let offered = pair.ben.post(&path, &body).await.ok();
    assert_eq!(offered["offer"]["to"]["name"], "Ana");
    pair.post(&pair.ana, "/accept").await.ok();
    assert_eq!(
        listed(&pair.ana, "active").await,
        std::slice::from_ref(&pair.visitor.conversation)
    );

    // Whoever is not here is not asked: it waits again.
    let refused = pair.post(&pair.ben, "/hand-back").await.problem("conflict");
    assert_eq!(refused["detail"], "Ana has this conversation.");
    pair.ben.delete("/operator/session").await.ok();
    let back = pair.post(&pair.ana, "/hand-back").await.ok();
    assert_eq!(back["state"], "waiting");
    assert_eq!(back["queue"]["name"], "General");
}

#[tokio::test]
async fn what_was_put_into_a_queue_stays_there_also_when_it_was_handed_back_meanwhile() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let visitor = chat.visit(&shop, &json!({})).await;
    let accept = visitor.agents_path("/accept");
    ana.post(&accept, &json!({})).await.ok();
    let vip = json!({"queue": chat.queue("VIP").await});
    ana.post(&visitor.agents_path("/hand-over"), &vip)
        .await
        .ok();
    ben.post(&accept, &json!({})).await.ok();
    ben.delete("/operator/session").await.ok();
    let body = json!({"token": shop.token(chat.now())});
    let path = visitor.path("/authenticate");
    visitor.client.post(&path, &body).await.ok();
    let summary = ana.get(&visitor.agents_path("/summary")).await.ok();
    assert_eq!(
        (&summary["state"], &summary["queue"]["name"]),
        (&json!("waiting"), &json!("VIP"))
    );
}
