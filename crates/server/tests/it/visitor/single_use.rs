//! A token with a `jti` of a setting that accepts each once: however many try, on however many nodes, one gets in.

use axum::http::StatusCode;
use bonafide_server::Clock;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::chat::{Chat, Shop, times};
use crate::console::Answer;

async fn shop(chat: &Chat) -> Shop {
    chat.shop_with(&json!({"singleUse": true}), &json!({"signIn": "optional"}))
        .await
}

fn body(chat: &Chat, shop: &Shop, jti: &str) -> Value {
    json!({"token": shop.token_with(chat.now(), &json!({"jti": jti}))})
}

/// How many were let in. The others must have been told why not.
#[track_caller]
fn let_in(answers: &[Answer], status: StatusCode) -> usize {
    let (inside, outside): (Vec<_>, Vec<_>) =
        answers.iter().partition(|answer| answer.status == status);
    for answer in outside {
        answer.problem("token-replayed");
    }
    inside.len()
}

#[tokio::test]
async fn a_single_use_token_works_once_however_many_try_at_once() {
    let chat = Chat::start().await;
    let shop = shop(&chat).await;
    let without = json!({"token": shop.token(chat.now())});
    chat.ask_start(&shop, &without)
        .await
        .problem("token-claim-missing");

    let once = body(&chat, &shop, "once");
    let answers = join_all((0..20).map(|_| chat.ask_start(&shop, &once))).await;
    assert_eq!(let_in(&answers, StatusCode::CREATED), 1);
    let other_issuer = json!({"jti": "once", "iss": "sister.example"});
    let token = shop.token_with(chat.now(), &other_issuer);
    chat.visit(&shop, &json!({"token": token})).await;
}

#[tokio::test]
async fn a_single_use_token_is_remembered_across_a_restart() {
    let chat = Chat::start().await;
    let shop = shop(&chat).await;
    let once = body(&chat, &shop, "once");
    chat.visit(&shop, &once).await;
    let chat = chat.restart().await;
    chat.ask_start(&shop, &once).await.problem("token-replayed");
}

/// Two servers on one database, as behind a load balancer: neither knows what the other has let in but by the
/// database.
#[tokio::test(flavor = "multi_thread")]
async fn of_many_starts_with_one_token_on_two_nodes_one_is_let_in() {
    let unlimited = |config: &mut bonafide_server::Config| {
        config.rate_quotas.attempts_per_network = times(100_000);
        config.rate_quotas.starts_per_subject = times(100_000);
        config.rate_quotas.starts_per_widget = times(100_000);
    };
    let first = Chat::with(Clock::system(), unlimited).await;
    let shop = shop(&first).await;
    let second = first.second_node(unlimited).await;
    let mut replays = 0;
    for round in 0..5 {
        let body = body(&first, &shop, &format!("once-{round}"));
        let starts = (0..30).map(|number| {
            let node = if number % 2 == 0 { &first } else { &second };
            node.ask_start(&shop, &body)
        });
        let answers = join_all(starts).await;
        assert_eq!(let_in(&answers, StatusCode::CREATED), 1, "round {round}");
        replays += answers.len() - 1;
    }
    let inbox = first.admin.get("/agent/conversations?limit=200").await.ok();
    assert_eq!(inbox["items"].as_array().unwrap().len(), 5);
    assert_eq!(first.audit("token.refused").await.len(), replays);
}

/// A start and a renewal are two uses as well.
#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_started_a_chat_on_one_node_renews_none_on_the_other() {
    let first = Chat::start().await;
    let shop = shop(&first).await;
    let second = first.second_node(|_| {}).await;
    let visitor = first.visit(&shop, &body(&first, &shop, "start")).await;
    let mut on_second = second.page(crate::chat::SHOP);
    on_second.headers.extend(visitor.client.headers.clone());
    let path = visitor.path("/authenticate");
    on_second
        .post(&path, &body(&first, &shop, "start"))
        .await
        .problem("token-replayed");

    let renewal = body(&first, &shop, "renewal");
    let answers = join_all((0..20).map(|number| {
        let client = if number % 2 == 0 {
            &visitor.client
        } else {
            &on_second
        };
        client.post(&path, &renewal)
    }))
    .await;
    assert_eq!(let_in(&answers, StatusCode::OK), 1);
}
