//! What `/metrics` tells of the key source: each of its rules leaves a mark.
//!
//! Each test has a recorder for its own thread, which is all that its runtime has.

use std::sync::Arc;
use std::time::Duration;

use bonafide_server::Clock;
use bonafide_server::keys::fetch::{Fetcher, Limits};
use bonafide_server::keys::guard::AddressPolicy;
use bonafide_server::keys::report::key_report;
use bonafide_server::keys::source::KeySource;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::sync::Semaphore;

use super::fixture::{NOW, changeable, fixture, impatient, invented, judge, unavailable};
use crate::authority::self_signed;
use crate::scripted::{Act, Scripted, answer, ok};
use crate::website::{Key, claims, key_array};

/// The value of a line; 0 when it is not there.
fn value(handle: &PrometheusHandle, line: &str) -> f64 {
    let text = handle.render();
    let mut found = text
        .lines()
        .filter_map(|text| text.strip_prefix(line)?.strip_prefix(' '));
    found.next().map_or(0.0, |value| value.parse().unwrap())
}

fn fetches(handle: &PrometheusHandle, outcome: &str) -> f64 {
    let line = format!("bonafide_key_fetches_total{{outcome=\"{outcome}\"}}");
    value(handle, &line)
}

fn used(handle: &PrometheusHandle, source: &str) -> f64 {
    let line = format!("bonafide_key_sets_used_total{{source=\"{source}\"}}");
    value(handle, &line)
}

fn searches(handle: &PrometheusHandle, outcome: &str) -> f64 {
    let line = format!("bonafide_key_searches_total{{outcome=\"{outcome}\"}}");
    value(handle, &line)
}

#[tokio::test]
async fn every_way_a_fetch_ends_is_counted_by_its_name() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    let _guard = metrics::set_default_local_recorder(&recorder);
    let keys = ok(&key_array(&[&Key::new("one")]));
    for (outcome, bytes) in [
        ("ok", keys),
        ("invalid", ok("<html>")),
        ("status", unavailable()),
        ("redirected", answer("302 Found", "Location: /\r\n", "")),
        (
            "compressed",
            answer("200 OK", "Content-Encoding: br\r\n", ""),
        ),
        (
            "too-large",
            answer("200 OK", "Content-Length: 262145\r\n", ""),
        ),
        ("broken", b"hello".to_vec()),
        ("timed-out", Vec::new()),
    ] {
        let server = Scripted::start(move |_| match outcome {
            "timed-out" => Act::StallAfter(Vec::new()),
            _ => Act::Send(bytes.clone()),
        })
        .await;
        let f = match outcome {
            "timed-out" => impatient(),
            _ => fixture(),
        };
        assert_eq!(fetches(&handle, outcome), 0.0);
        drop(f.source.key_set(&server.url).await);
        assert_eq!(fetches(&handle, outcome), 1.0, "{outcome}");
    }
    for (outcome, url) in [
        ("not-reached", "http://127.0.0.1:1/"),
        ("not-resolved", "http://does-not-exist.invalid/"),
    ] {
        drop(fixture().source.key_set(url).await);
        assert_eq!(fetches(&handle, outcome), 1.0, "{outcome}");
    }
    let fetcher = Fetcher::new(AddressPolicy::public(), Limits::default()).unwrap();
    let (guarded, _events) = KeySource::new(fetcher, Clock::system());
    drop(guarded.key_set("https://localhost/keys").await);
    assert_eq!(fetches(&handle, "address-not-allowed"), 1.0);
    let website = Scripted::start_tls(self_signed("localhost", false), |_| Act::Send(ok(""))).await;
    drop(fixture().source.key_set(&website.url).await);
    assert_eq!(fetches(&handle, "tls"), 1.0);
    assert_eq!(value(&handle, "bonafide_key_fetches_running"), 0.0);
    assert_eq!(value(&handle, "bonafide_key_fetch_seconds_count"), 12.0);
}

#[tokio::test]
async fn a_url_that_is_refused_as_it_is_written_counts_as_no_fetch() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    let _guard = metrics::set_default_local_recorder(&recorder);
    let fetcher = Fetcher::new(AddressPolicy::public(), Limits::default()).unwrap();
    let (source, _events) = KeySource::new(fetcher, Clock::system());
    for url in ["https://127.0.0.1/keys", "ftp://keys.example/", "keys"] {
        drop(source.key_set(url).await);
        drop(key_report(&source, url).await);
    }
    assert_eq!(value(&handle, "bonafide_key_urls_refused_total"), 6.0);
    let all = handle.render();
    assert!(!all.contains("bonafide_key_fetches_total"), "{all}");
}

#[tokio::test]
async fn where_keys_came_from_is_counted() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    let _guard = metrics::set_default_local_recorder(&recorder);
    let (server, body) = changeable(ok(&Key::new("").pem())).await;
    let f = fixture();
    f.source.key_set(&server.url).await.unwrap();
    f.source.key_set(&server.url).await.unwrap();
    *body.lock().unwrap() = unavailable();
    f.clock.advance(Duration::from_secs(600));
    f.source.key_set(&server.url).await.unwrap();
    f.clock.advance(Duration::from_secs(6 * 3_600));
    f.source.key_set(&server.url).await.unwrap_err();
    // Nobody asks again so soon; that is no second failure of the website.
    f.clock.advance(Duration::from_secs(14));
    f.source.key_set(&server.url).await.unwrap_err();
    assert_eq!(fetches(&handle, "status"), 2.0);
    for source in ["fetch", "memory", "stale", "none", "cool-down"] {
        assert_eq!(used(&handle, source), 1.0, "{source}");
    }
    assert_eq!(value(&handle, "bonafide_key_sets_changed_total"), 0.0);

    *body.lock().unwrap() = ok(&Key::new("").pem());
    f.clock.advance(Duration::from_secs(1));
    f.source.key_set(&server.url).await.unwrap();
    assert_eq!(value(&handle, "bonafide_key_sets_changed_total"), 1.0);
}

#[tokio::test]
async fn searches_shared_fetches_and_late_answers_are_counted() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    let _guard = metrics::set_default_local_recorder(&recorder);
    let (old, new) = (Key::new("old"), Key::new("new"));
    let (server, body) = changeable(ok(&key_array(&[&old]))).await;
    let f = fixture();
    for kid in ["a", "b", "c"] {
        judge(&f.source, &server.url, &invented(kid))
            .await
            .unwrap_err();
    }
    assert_eq!(searches(&handle, "answered"), 1.0);
    // The first one's, too, when the new set did not have it either.
    assert_eq!(searches(&handle, "declined"), 3.0);
    *body.lock().unwrap() = ok(&key_array(&[&new]));
    f.clock.advance(Duration::from_secs(15));
    let token = new.token(&claims(NOW));
    judge(&f.source, &server.url, &token).await.unwrap();
    assert_eq!(searches(&handle, "answered"), 2.0);
    *body.lock().unwrap() = unavailable();
    f.clock.advance(Duration::from_secs(15));
    judge(&f.source, &server.url, &invented("d"))
        .await
        .unwrap_err();
    assert_eq!(searches(&handle, "failed"), 1.0);

    let gate = Arc::new(Semaphore::new(0));
    let (held, late) = (gate.clone(), ok(&key_array(&[&old])));
    let server = Scripted::start(move |number| match number {
        1 => Act::SendWhen(held.clone(), late.clone()),
        _ => Act::Send(late.clone()),
    })
    .await;
    let starts: Vec<_> = (0..10)
        .map(|_| {
            let (source, url) = (f.source.clone(), server.url.clone());
            tokio::spawn(async move { source.key_set(&url).await.map(drop) })
        })
        .collect();
    server.wait_for_requests(1).await;
    key_report(&f.source, &server.url).await;
    gate.add_permits(1);
    for start in starts {
        start.await.unwrap().unwrap();
    }
    assert_eq!(value(&handle, "bonafide_key_fetches_shared_total"), 9.0);
    assert_eq!(value(&handle, "bonafide_key_answers_outdated_total"), 1.0);
}

/// Others may have joined it: it ends by itself.
#[tokio::test]
async fn a_test_that_is_broken_off_leaves_no_fetch_running_for_long() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    let _guard = metrics::set_default_local_recorder(&recorder);
    let gate = Arc::new(Semaphore::new(0));
    let held = gate.clone();
    let server = Scripted::start(move |_| Act::SendWhen(held.clone(), ok("none"))).await;
    let f = fixture();
    let test = || {
        let (source, url) = (f.source.clone(), server.url.clone());
        tokio::spawn(async move { key_report(&source, &url).await.0 })
    };
    let first = test();
    server.wait_for_requests(1).await;
    assert_eq!(value(&handle, "bonafide_key_fetches_running"), 1.0);
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    let second = test();
    gate.add_permits(1);
    assert_eq!(second.await.unwrap().status, Some(200));
    assert_eq!(value(&handle, "bonafide_key_fetches_running"), 0.0);
    assert_eq!(server.requests(), 1);
}
