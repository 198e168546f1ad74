//! The key source: what it shares, keeps, refuses to repeat, and tells.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bonafide_server::Clock;
use bonafide_server::keys::fetch::{Fetcher, Limits};
use bonafide_server::keys::guard::AddressPolicy;
use bonafide_server::keys::report::key_report;
use bonafide_server::keys::source::{Held, KeyEvent, KeySource, KeysError};
use bonafide_verifier::{Policy, RefusalCode, verify};
use tokio::sync::{Semaphore, mpsc};

use crate::scripted::{Act, Scripted, answer, ok};
use crate::website::{Key, claims, key_array};

const NOW: i64 = 1_800_000_000;

struct Fixture {
    source: KeySource,
    events: mpsc::UnboundedReceiver<KeyEvent>,
    clock: Clock,
}

fn fixture() -> Fixture {
    let limits = Limits {
        connect: Duration::from_millis(400),
        total: Duration::from_millis(500),
        ..Limits::default()
    };
    let fetcher = Fetcher::new(AddressPolicy::private_allowed(), limits).unwrap();
    let clock = Clock::manual(NOW * 1000);
    let (source, events) = KeySource::new(fetcher, clock.clone());
    Fixture {
        source,
        events,
        clock,
    }
}

/// A server whose answer a test can change.
async fn changeable(body: Vec<u8>) -> (Scripted, Arc<Mutex<Vec<u8>>>) {
    let body = Arc::new(Mutex::new(body));
    let current = body.clone();
    let server = Scripted::start(move |_| Act::Send(current.lock().unwrap().clone())).await;
    (server, body)
}

fn kids(held: &Held) -> Vec<&str> {
    held.keys
        .keys()
        .iter()
        .filter_map(|key| key.kid())
        .collect()
}

fn unavailable() -> Vec<u8> {
    answer("503 Down", "Content-Length: 0\r\n", "")
}

/// What the server does with a token: judges it, and asks for newer keys when its key is unknown.
async fn judge(source: &KeySource, url: &str, token: &str) -> Result<(), RefusalCode> {
    let mut held = source.key_set(url).await.unwrap();
    loop {
        match verify(token, &held.keys, &Policy::default(), NOW) {
            Ok(_) => return Ok(()),
            Err(refusal) if refusal.code() == RefusalCode::KeyUnknown => {
                match source.newer_than(url, &held).await {
                    Some(newer) => held = newer,
                    None => return Err(refusal.code()),
                }
            }
            Err(refusal) => return Err(refusal.code()),
        }
    }
}

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
        f.clock.advance(Duration::from_secs(1));
    }
    assert_eq!(server.requests(), 1 + 3_600 / 15);
    *body.lock().unwrap() = ok(&key_array(&[&Key::new("next")]));
    f.clock.advance(Duration::from_secs(15));
    assert_eq!(
        kids(&f.source.key_set(&server.url).await.unwrap()),
        ["next"]
    );
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
            let header = serde_json::json!({"alg": "RS256", "kid": format!("invented-{number}")});
            // The signature does not matter: the key is looked for first.
            let token = format!("{}.e30.AA", base64_url(&header.to_string()));
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
    let header = serde_json::json!({"alg": "RS256", "kid": "another"});
    let token = format!("{}.e30.AA", base64_url(&header.to_string()));
    assert_eq!(
        judge(&f.source, &server.url, &token).await,
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
    let gate = Arc::new(Semaphore::new(0));
    let (before, after) = (ok(&key_array(&[&old])), ok(&key_array(&[&new])));
    let held = gate.clone();
    // The first answer was read from the website's disk before the rotation.
    let server = Scripted::start(move |number| match number {
        1 => Act::SendWhen(held.clone(), before.clone()),
        _ => Act::Send(after.clone()),
    })
    .await;
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
    let gate = Arc::new(Semaphore::new(0));
    let (before, after) = (ok(&key_array(&[&old])), ok(&key_array(&[&new])));
    let held = gate.clone();
    let server = Scripted::start(move |number| match number {
        1 => Act::SendWhen(held.clone(), before.clone()),
        _ => Act::Send(after.clone()),
    })
    .await;
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
async fn what_people_should_know_of_is_told() {
    let (one, two) = (Key::new("one"), Key::new("two"));
    let (server, body) = changeable(ok(&one.pem())).await;
    let mut f = fixture();
    let url = server.url.clone();
    f.source.key_set(&url).await.unwrap();
    let KeyEvent::Published {
        fingerprints: first,
        ..
    } = f.events.recv().await.unwrap()
    else {
        panic!("the first keys were not told");
    };
    f.clock.advance(Duration::from_secs(600));
    f.source.key_set(&url).await.unwrap();
    assert!(f.events.is_empty(), "the same keys again are no news");

    *body.lock().unwrap() = ok(&two.pem());
    f.clock.advance(Duration::from_secs(600));
    f.source.key_set(&url).await.unwrap();
    let KeyEvent::Published {
        fingerprints: second,
        ..
    } = f.events.recv().await.unwrap()
    else {
        panic!("the change was not told");
    };
    assert_ne!(first, second);

    *body.lock().unwrap() = ok(&two.private_pem());
    f.clock.advance(Duration::from_secs(600));
    f.source.key_set(&url).await.unwrap();
    assert_eq!(
        f.events.recv().await,
        Some(KeyEvent::PrivateKeyShown { url })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn fetches_at_once_are_bounded_over_all_urls() {
    let server = Scripted::start(|_| Act::StallAfter(Vec::new())).await;
    let f = fixture();
    let fetches: Vec<_> = (0..80)
        .map(|number| {
            let (source, url) = (f.source.clone(), format!("{}?{number}", server.url));
            tokio::spawn(async move { source.key_set(&url).await.map(drop) })
        })
        .collect();
    for fetch in fetches {
        assert!(fetch.await.unwrap().is_err());
    }
    assert!(server.requests() > 32, "later ones had their turn");
    assert!(server.most_open() <= 32, "{} at once", server.most_open());
}

fn base64_url(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}
