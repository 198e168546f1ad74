//! The key source: what it shares, keeps, refuses to repeat, and tells.

use std::sync::Arc;
use std::time::Duration;

use bonafide_server::keys::source::{KeyEvent, KeysError, PublishedKey};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use super::fixture::{Fixture, changeable, fixture, impatient, kids, landed, unavailable};
use crate::scripted::{Act, Scripted, answer, ok};
use crate::website::{Key, key_array};

#[tokio::test]
async fn a_set_is_kept_for_600_seconds_and_not_longer() {
    let (server, body) = changeable(ok(&key_array(&[&Key::new("old")]))).await;
    let f = fixture();
    f.source.key_set(&server.url).await.unwrap();
    *body.lock().unwrap() = ok(&key_array(&[&Key::new("new")]));
    f.clock.advance(Duration::from_millis(599_999));
    assert_eq!(kids(&f.source.key_set(&server.url).await.unwrap()), ["old"]);
    assert_eq!(server.requests(), 1);
    f.clock.advance(Duration::from_millis(1));
    assert_eq!(kids(&f.source.key_set(&server.url).await.unwrap()), ["new"]);
    assert_eq!(server.requests(), 2);
}

/// Keys age by the time that passes. Whoever sets the machine's clock changes neither when the website is asked nor how
/// long keys serve that were perhaps withdrawn.
#[tokio::test]
async fn the_clock_on_the_wall_may_jump_by_a_day() {
    let day = Duration::from_secs(24 * 60 * 60);
    for is_forward in [true, false] {
        let (server, body) = changeable(ok(&key_array(&[&Key::new("one")]))).await;
        let f = fixture();
        let jump = || {
            let by = i64::try_from(day.as_millis()).unwrap();
            f.clock
                .set_wall(f.clock.now_ms() + if is_forward { by } else { -by });
        };
        f.source.key_set(&server.url).await.unwrap();
        jump();
        f.source.key_set(&server.url).await.unwrap();
        f.clock.advance(Duration::from_millis(599_999));
        jump();
        f.source.key_set(&server.url).await.unwrap();
        assert_eq!(server.requests(), 1);
        f.clock.advance(Duration::from_millis(1));
        jump();
        f.source.key_set(&server.url).await.unwrap();
        assert_eq!(server.requests(), 2);

        *body.lock().unwrap() = unavailable();
        f.clock.advance(Duration::from_millis(6 * 3_600_000 - 1));
        jump();
        f.source.key_set(&server.url).await.unwrap();
        f.clock.advance(Duration::from_millis(1));
        jump();
        f.source.key_set(&server.url).await.unwrap_err();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_starts_on_a_cold_cache_share_one_fetch() {
    let gate = Arc::new(Semaphore::new(0));
    let body = ok(&key_array(&[&Key::new("one")]));
    let held = gate.clone();
    let server = Scripted::start(move |_| Act::SendWhen(held.clone(), body.clone())).await;
    let f = fixture();
    let starts: Vec<_> = (0..1_000)
        .map(|_| {
            let (source, url) = (f.source.clone(), server.url.clone());
            tokio::spawn(async move { source.key_set(&url).await })
        })
        .collect();
    server.wait_for_requests(1).await;
    gate.add_permits(1_000);
    for start in starts {
        assert_eq!(kids(&start.await.unwrap().unwrap()), ["one"]);
    }
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn whoever_began_a_fetch_may_go_away_without_ending_it() {
    let gate = Arc::new(Semaphore::new(0));
    let body = ok(&key_array(&[&Key::new("one")]));
    let held = gate.clone();
    let server = Scripted::start(move |_| Act::SendWhen(held.clone(), body.clone())).await;
    let f = fixture();
    let first = {
        let (source, url) = (f.source.clone(), server.url.clone());
        tokio::spawn(async move { source.key_set(&url).await.map(drop) })
    };
    server.wait_for_requests(1).await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    gate.add_permits(1);
    f.source.key_set(&server.url).await.unwrap();
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn a_failure_is_not_repeated_at_once() {
    let (server, body) = changeable(unavailable()).await;
    let f = fixture();
    let error = f.source.key_set(&server.url).await.unwrap_err();
    assert!(error.to_string().contains("status 503"), "{error}");
    f.clock.advance(Duration::from_millis(14_999));
    assert_eq!(f.source.key_set(&server.url).await.unwrap_err(), error);
    assert_eq!(server.requests(), 1);
    *body.lock().unwrap() = ok(&key_array(&[&Key::new("one")]));
    f.clock.advance(Duration::from_millis(1));
    f.source.key_set(&server.url).await.unwrap();
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn with_the_endpoint_down_for_an_hour_chats_go_on() {
    let (server, body) = changeable(ok(&key_array(&[&Key::new("good")]))).await;
    let f = fixture();
    f.source.key_set(&server.url).await.unwrap();
    f.clock.advance(Duration::from_secs(600));
    for second in 0..3_600 {
        // Down in turns: refused, then nonsense.
        let answer = if second % 2 == 0 {
            unavailable()
        } else {
            ok("<html>")
        };
        *body.lock().unwrap() = answer;
        let held = f.source.key_set(&server.url).await.unwrap();
        assert_eq!(kids(&held), ["good"]);
        landed(&f.source, &server.url, &held).await;
        f.clock.advance(Duration::from_secs(1));
    }
    assert_eq!(server.requests(), 1 + 3_600 / 15);
    *body.lock().unwrap() = ok(&key_array(&[&Key::new("next")]));
    f.clock.advance(Duration::from_secs(15));
    let held = f.source.key_set(&server.url).await.unwrap();
    landed(&f.source, &server.url, &held).await;
    assert_eq!(
        kids(&f.source.key_set(&server.url).await.unwrap()),
        ["next"]
    );
}

/// Everything that may come instead of good keys, and what it is called.
fn nothing_good() -> Vec<(&'static str, Vec<u8>)> {
    let key = Key::new("one");
    let too_many: Vec<&Key> = std::iter::repeat_n(&key, 101).collect();
    let quoteless = key_array(&[&key]).replacen("\"publicKey\":\"", "\"publicKey\":", 1);
    let latin = answer("200 OK", "", b"[{\"kid\":\"m\xfcller\"}]");
    let whole = ok(&key_array(&[&key]));
    vec![
        ("an error", unavailable()),
        ("a redirect", answer("302 Found", "Location: /\r\n", "")),
        ("nothing", answer("200 OK", "Content-Length: 0\r\n", "")),
        ("no HTTP", b"hello".to_vec()),
        ("a page", ok("<!DOCTYPE html><title>Maintenance</title>")),
        ("an empty list", ok("[]")),
        ("JSON that is none", ok(&quoteless)),
        ("bytes that are no UTF-8", latin),
        ("half of it", whole[..whole.len() - 40].to_vec()),
        ("a private key", ok(&key.private_pem())),
        ("101 keys", ok(&key_array(&too_many))),
        ("too much", ok(&" ".repeat(256 * 1024 + 1))),
    ]
}

#[tokio::test]
async fn nothing_that_is_no_key_set_takes_the_place_of_one() {
    let (server, body) = changeable(ok(&key_array(&[&Key::new("good")]))).await;
    let f = fixture();
    f.source.key_set(&server.url).await.unwrap();
    f.clock.advance(Duration::from_secs(600));
    for (number, (what, answer)) in nothing_good().into_iter().enumerate() {
        *body.lock().unwrap() = answer;
        let held = f.source.key_set(&server.url).await.unwrap();
        landed(&f.source, &server.url, &held).await;
        assert_eq!(kids(&held), ["good"], "{what}");
        let held = f.source.key_set(&server.url).await.unwrap();
        assert_eq!(kids(&held), ["good"], "{what}");
        assert_eq!(server.requests(), number + 2, "{what} was not asked for");
        f.clock.advance(Duration::from_secs(15));
    }
}

#[tokio::test]
async fn where_there_never_was_a_key_set_each_of_them_is_refused() {
    for (what, answer) in nothing_good() {
        let (server, _) = changeable(answer).await;
        let error = fixture().source.key_set(&server.url).await.unwrap_err();
        let said = error.to_string();
        assert!(said.starts_with("The public key URL"), "{what}: {said}");
        assert!(said.ends_with('.') && said.len() < 400, "{what}: {said}");
    }
}

#[tokio::test]
async fn a_hundred_keys_are_read() {
    let keys: Vec<String> = (0..100).map(|number| format!("key-{number}")).collect();
    let pem = Key::new("").pem();
    let entries: Vec<_> = keys
        .iter()
        .map(|kid| serde_json::json!({"kid": kid, "publicKey": base64_of(&pem)}))
        .collect();
    let (server, _) = changeable(ok(&serde_json::Value::Array(entries).to_string())).await;
    let held = fixture().source.key_set(&server.url).await.unwrap();
    assert_eq!(kids(&held), keys);
}

fn base64_of(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(text)
}

#[tokio::test]
async fn a_private_key_is_told_of_once_until_it_is_gone() {
    let key = Key::new("one");
    let (server, body) = changeable(ok(&key.private_pem())).await;
    let mut f = fixture();
    let shown = KeyEvent::PrivateKeyShown {
        url: server.url.clone(),
    };
    for _ in 0..5 {
        f.source.key_set(&server.url).await.unwrap_err();
        f.clock.advance(Duration::from_secs(15));
    }
    assert_eq!(server.requests(), 5);
    assert_eq!(f.events.recv().await, Some(shown.clone()));
    assert!(
        f.events.is_empty(),
        "each visitor's start would tell of it again"
    );

    *body.lock().unwrap() = ok(&key.pem());
    f.source.key_set(&server.url).await.unwrap();
    assert!(matches!(
        f.events.recv().await,
        Some(KeyEvent::Published { .. })
    ));
    *body.lock().unwrap() = ok(&key.private_pem());
    f.clock.advance(Duration::from_secs(600));
    f.source.key_set(&server.url).await.unwrap();
    assert_eq!(f.events.recv().await, Some(shown));
}

#[tokio::test]
async fn stale_keys_have_an_end() {
    let (server, body) = changeable(ok(&key_array(&[&Key::new("good")]))).await;
    let f = fixture();
    f.source.key_set(&server.url).await.unwrap();
    *body.lock().unwrap() = unavailable();
    f.clock.advance(Duration::from_secs(6 * 3_600 - 1));
    f.source.key_set(&server.url).await.unwrap();
    f.clock.advance(Duration::from_secs(1));
    let error = f.source.key_set(&server.url).await.unwrap_err();
    assert!(matches!(error, KeysError::Unavailable(_)), "{error}");
}

#[tokio::test]
async fn what_people_should_know_of_is_told() {
    let (one, two) = (Key::new("one"), Key::new("two"));
    let (server, body) = changeable(ok(&one.pem())).await;
    let mut f = fixture();
    let url = server.url.clone();
    f.source.key_set(&url).await.unwrap();
    let first = published(&mut f);
    f.clock.advance(Duration::from_secs(600));
    f.source.key_set(&url).await.unwrap();
    assert!(f.events.is_empty(), "the same keys again are no news");

    *body.lock().unwrap() = ok(&two.pem());
    f.clock.advance(Duration::from_secs(600));
    f.source.key_set(&url).await.unwrap();
    let second = published(&mut f);
    assert_ne!(first, second);

    *body.lock().unwrap() = ok(&two.private_pem());
    f.clock.advance(Duration::from_secs(600));
    f.source.key_set(&url).await.unwrap();
    assert_eq!(
        f.events.recv().await,
        Some(KeyEvent::PrivateKeyShown { url })
    );
}

#[tokio::test]
async fn a_key_under_another_s_id_is_told_of() {
    let (one, two) = (Key::new("one"), Key::new("two"));
    let (server, body) = changeable(ok(&key_array(&[&one, &two]))).await;
    let mut f = fixture();
    f.source.key_set(&server.url).await.unwrap();
    let before = published(&mut f);
    let swapped = key_array(&[&one, &two])
        .replace("\"one\"", "\"three\"")
        .replace("\"two\"", "\"one\"")
        .replace("\"three\"", "\"two\"");
    *body.lock().unwrap() = ok(&swapped);
    f.clock.advance(Duration::from_secs(600));
    f.source.key_set(&server.url).await.unwrap();
    let after = published(&mut f);
    let ids = |keys: &[PublishedKey]| -> Vec<_> {
        keys.iter().map(|key| key.kid.clone().unwrap()).collect()
    };
    assert_eq!((ids(&before), ids(&after)), (ids(&after), ids(&before)));
    assert_eq!(before[0].fingerprint, after[1].fingerprint);
}

#[tokio::test]
async fn news_that_find_no_listener_are_told_again() {
    let (server, body) = changeable(ok(&Key::new("").pem())).await;
    let mut f = fixture();
    f.source.key_set(&server.url).await.unwrap();
    let (first, key) = (published(&mut f), Key::new(""));
    // A crowd of others, until nobody can listen to more.
    for number in 0.. {
        let url = format!("{}?{number}", server.url);
        f.source.key_set(&url).await.unwrap();
        if f.events.len() == f.events.max_capacity() {
            break;
        }
    }
    *body.lock().unwrap() = ok(&key.pem());
    f.clock.advance(Duration::from_secs(600));
    f.source.key_set(&server.url).await.unwrap();
    while f.events.try_recv().is_ok() {}
    f.clock.advance(Duration::from_secs(600));
    f.source.key_set(&server.url).await.unwrap();
    assert_ne!(published(&mut f), first);
}

/// What was told before the start got its keys.
fn published(f: &mut Fixture) -> Vec<PublishedKey> {
    match f.events.try_recv() {
        Ok(KeyEvent::Published { keys, .. }) => keys,
        other => panic!("no keys were told of but {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fetches_at_once_are_bounded_over_all_urls() {
    let (gate, body) = (
        Arc::new(Semaphore::new(0)),
        ok(&key_array(&[&Key::new("k")])),
    );
    let held = gate.clone();
    let server = Scripted::start(move |_| Act::SendWhen(held.clone(), body.clone())).await;
    let f = fixture();
    let fetches = fetch_many(&f, &server);
    for answered in 0..=48 {
        server.wait_for_requests(32 + answered).await;
        gate.add_permits(1);
    }
    gate.add_permits(80);
    for fetch in fetches {
        fetch.await.unwrap().unwrap();
    }
    assert_eq!((server.requests(), server.most_open()), (80, 32));
}

#[tokio::test(flavor = "multi_thread")]
async fn websites_that_never_answer_leave_others_their_turn() {
    let server = Scripted::start(|_| Act::StallAfter(Vec::new())).await;
    let f = impatient();
    for fetch in fetch_many(&f, &server) {
        assert!(fetch.await.unwrap().is_err());
    }
    assert!(server.requests() > 32, "{} requests", server.requests());
}

/// Fetches of 80 URLs at once.
fn fetch_many(f: &Fixture, server: &Scripted) -> Vec<JoinHandle<Result<(), KeysError>>> {
    (0..80)
        .map(|number| {
            let (source, url) = (f.source.clone(), format!("{}?{number}", server.url));
            tokio::spawn(async move { source.key_set(&url).await.map(drop) })
        })
        .collect()
}
