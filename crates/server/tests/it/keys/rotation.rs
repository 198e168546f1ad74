//! Keys change while tokens come: a new key is found at once, nothing older replaces it, and invented key ids cost the
//! website next to nothing.

use std::sync::Arc;
use std::time::Duration;

use bonafide_server::keys::report::key_report;
use bonafide_verifier::RefusalCode;
use tokio::sync::Semaphore;

use super::fixture::{NOW, changeable, fixture, invented, judge, kids, unavailable};
use crate::scripted::{Act, Scripted, ok};
use crate::website::{Key, claims, key_array};

/// A website that rotates while it answers: what it says first was read from its disk before, and comes when the gate
/// is opened.
async fn rotating(old: &Key, new: &Key) -> (Scripted, Arc<Semaphore>) {
    let gate = Arc::new(Semaphore::new(0));
    let (before, after) = (ok(&key_array(&[old])), ok(&key_array(&[new])));
    let held = gate.clone();
    let server = Scripted::start(move |number| match number {
        1 => Act::SendWhen(held.clone(), before.clone()),
        _ => Act::Send(after.clone()),
    })
    .await;
    (server, gate)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_invented_key_ids_costs_one_fetch_and_loses_no_good_token() {
    let good = Key::new("good");
    let server = {
        let body = ok(&key_array(&[&good]));
        Scripted::start(move |_| Act::Send(body.clone())).await
    };
    let f = fixture();
    let good_token = good.token(&claims(NOW));
    let floods: Vec<_> = (0..1_000)
        .map(|number| {
            let token = invented(&format!("invented-{number}"));
            let (source, url, good_token) =
                (f.source.clone(), server.url.clone(), good_token.clone());
            tokio::spawn(async move {
                let invented = judge(&source, &url, &token).await;
                (invented, judge(&source, &url, &good_token).await)
            })
        })
        .collect();
    for flood in floods {
        let (invented, genuine) = flood.await.unwrap();
        assert_eq!(invented, Err(RefusalCode::KeyUnknown));
        assert_eq!(genuine, Ok(()));
    }
    assert_eq!(server.requests(), 2, "the first fetch, and one search");
    f.clock.advance(Duration::from_secs(15));
    assert_eq!(
        judge(&f.source, &server.url, &invented("another")).await,
        Err(RefusalCode::KeyUnknown)
    );
    assert_eq!(server.requests(), 3);
}

#[tokio::test]
async fn a_rotated_key_is_found_at_its_first_token() {
    let (old, new) = (Key::new("old"), Key::new("new"));
    let (server, body) = changeable(ok(&key_array(&[&old]))).await;
    let f = fixture();
    assert_eq!(
        judge(&f.source, &server.url, &old.token(&claims(NOW))).await,
        Ok(())
    );
    *body.lock().unwrap() = ok(&key_array(&[&old, &new]));
    assert_eq!(
        judge(&f.source, &server.url, &new.token(&claims(NOW))).await,
        Ok(())
    );
    assert_eq!(
        judge(&f.source, &server.url, &old.token(&claims(NOW))).await,
        Ok(())
    );
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn a_key_that_rotates_while_a_fetch_is_under_way_is_found() {
    let (old, new) = (Key::new("old"), Key::new("new"));
    let (server, gate) = rotating(&old, &new).await;
    let f = fixture();
    let start = {
        let (source, url, token) = (
            f.source.clone(),
            server.url.clone(),
            new.token(&claims(NOW)),
        );
        tokio::spawn(async move { judge(&source, &url, &token).await })
    };
    server.wait_for_requests(1).await;
    gate.add_permits(1);
    assert_eq!(start.await.unwrap(), Ok(()));
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn an_older_answer_never_replaces_a_newer_one() {
    let (old, new) = (Key::new("old"), Key::new("new"));
    let (server, gate) = rotating(&old, &new).await;
    let f = fixture();
    let start = {
        let (source, url) = (f.source.clone(), server.url.clone());
        tokio::spawn(async move { source.key_set(&url).await.unwrap() })
    };
    server.wait_for_requests(1).await;
    // An administrator's test overtakes the start's fetch.
    let (report, _) = key_report(&f.source, &server.url).await;
    assert_eq!(report.keys[0].kid.as_deref(), Some("new"));
    gate.add_permits(1);
    assert_eq!(kids(&start.await.unwrap()), ["new"]);
    assert_eq!(kids(&f.source.key_set(&server.url).await.unwrap()), ["new"]);
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn a_search_that_fails_takes_no_key_away_and_is_not_repeated_at_once() {
    let good = Key::new("good");
    let (server, body) = changeable(ok(&key_array(&[&good]))).await;
    let f = fixture();
    let token = good.token(&claims(NOW));
    assert_eq!(judge(&f.source, &server.url, &token).await, Ok(()));
    for broken in [unavailable(), ok("<html>"), ok(&good.private_pem())] {
        *body.lock().unwrap() = broken;
        let before = server.requests();
        for number in 0..20 {
            let token = invented(&number.to_string());
            let refused = judge(&f.source, &server.url, &token).await;
            assert_eq!(refused, Err(RefusalCode::KeyUnknown));
        }
        assert_eq!(server.requests(), before + 1);
        assert_eq!(judge(&f.source, &server.url, &token).await, Ok(()));
        f.clock.advance(Duration::from_secs(15));
    }
}

#[tokio::test]
async fn after_a_search_a_new_key_is_found_within_the_cool_down() {
    let (old, new) = (Key::new("old"), Key::new("new"));
    let (server, body) = changeable(ok(&key_array(&[&old]))).await;
    let f = fixture();
    let refused = judge(&f.source, &server.url, &invented("x")).await;
    assert_eq!(refused, Err(RefusalCode::KeyUnknown));
    assert_eq!(server.requests(), 2);

    *body.lock().unwrap() = ok(&key_array(&[&new]));
    let token = new.token(&claims(NOW));
    f.clock.advance(Duration::from_millis(14_999));
    assert_eq!(
        judge(&f.source, &server.url, &token).await,
        Err(RefusalCode::KeyUnknown)
    );
    f.clock.advance(Duration::from_millis(1));
    assert_eq!(judge(&f.source, &server.url, &token).await, Ok(()));
    assert_eq!(server.requests(), 3);
    // What the website withdrew is gone with it.
    assert_eq!(
        judge(&f.source, &server.url, &old.token(&claims(NOW))).await,
        Err(RefusalCode::KeyUnknown)
    );
}

#[tokio::test]
async fn an_older_failure_is_forgotten_too() {
    let gate = Arc::new(Semaphore::new(0));
    let good = ok(&key_array(&[&Key::new("good")]));
    let held = gate.clone();
    let server = Scripted::start(move |number| match number {
        1 => Act::SendWhen(held.clone(), unavailable()),
        _ => Act::Send(good.clone()),
    })
    .await;
    let f = fixture();
    let start = {
        let (source, url) = (f.source.clone(), server.url.clone());
        tokio::spawn(async move { source.key_set(&url).await.map(|held| kids(&held).len()) })
    };
    server.wait_for_requests(1).await;
    key_report(&f.source, &server.url).await;
    gate.add_permits(1);
    assert_eq!(
        start.await.unwrap(),
        Ok(1),
        "the failure came last but began first"
    );
    assert_eq!(server.requests(), 2);
}
