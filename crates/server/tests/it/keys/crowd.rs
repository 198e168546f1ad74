//! Too many at once: who asks for much gets turns of their own and no more, and nothing of it is held against the
//! websites. Names hang here, so that no time has to pass.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use bonafide_protocol::ErrorCode;
use bonafide_protocol::admin::test_report::KeysReport;
use bonafide_server::keys::fetch::{FetchFailed, Limits};
use bonafide_server::keys::report::key_report;
use bonafide_server::keys::resolver::Lookup;
use bonafide_server::keys::source::KeysError;
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::fixture::{Fixture, LIMITS, kids, resolving};
use crate::scripted::{Act, Scripted, ok};
use crate::website::{Key, key_array};

/// Names of which nothing is known until the gate is opened, and then that there are none. One leads somewhere.
struct Names {
    asked: watch::Receiver<usize>,
    gate: Arc<Semaphore>,
    f: Fixture,
}

/// The name that is found at once.
const FOUND: &str = "found.example";
const CROWDED: &str = "Too many public key URLs are being asked at once.";

impl Names {
    fn new(limits: Limits) -> Self {
        let (counter, asked) = watch::channel(0);
        let gate = Arc::new(Semaphore::new(0));
        let opened = gate.clone();
        let lookup = Lookup::new(move |name| {
            counter.send_modify(|asked| *asked += 1);
            let opened = opened.clone();
            async move {
                if name == FOUND {
                    return Ok(vec![IpAddr::V4(Ipv4Addr::LOCALHOST)]);
                }
                drop(opened.acquire().await);
                Err(std::io::Error::other("no such name"))
            }
        });
        Self {
            asked,
            gate,
            f: resolving(lookup, limits),
        }
    }

    fn start(&self, number: usize) -> JoinHandle<Result<(), KeysError>> {
        let source = self.f.source.clone();
        let url = format!("http://start-{number}.example/");
        tokio::spawn(async move { source.key_set(&url).await.map(drop) })
    }

    fn test(&self, name: &str) -> JoinHandle<KeysReport> {
        let source = self.f.source.clone();
        let url = format!("http://{name}.example/");
        tokio::spawn(async move { key_report(&source, &url).await.0 })
    }

    fn asked(&self) -> usize {
        *self.asked.borrow()
    }

    async fn wait_for(&self, lookups: usize) {
        let mut asked = self.asked.clone();
        asked.wait_for(|asked| *asked >= lookups).await.unwrap();
    }

    /// All that starts can have.
    async fn crowd(&self) -> Vec<JoinHandle<Result<(), KeysError>>> {
        let before = self.asked();
        let starts = (0..32).map(|number| self.start(number)).collect();
        self.wait_for(before + 32).await;
        starts
    }

    fn open(&self) {
        self.gate.add_permits(1_000);
    }
}

fn not_resolved() -> KeysError {
    KeysError::Unavailable(FetchFailed::NotResolved.to_string())
}

#[tokio::test(start_paused = true)]
async fn a_start_that_finds_no_room_says_so_and_may_try_again_at_once() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    let _guard = metrics::set_default_local_recorder(&recorder);
    let names = Names::new(LIMITS);
    let crowd = names.crowd().await;
    assert_eq!(names.start(32).await.unwrap(), Err(KeysError::Crowded));
    assert_eq!(names.asked(), 32);
    let counted = "bonafide_key_fetches_total{outcome=\"crowded\"} 1\n";
    assert!(handle.render().contains(counted), "{}", handle.render());
    names.open();
    for start in crowd {
        assert_eq!(start.await.unwrap(), Err(not_resolved()));
    }
    assert_eq!(names.start(32).await.unwrap(), Err(not_resolved()));
    assert_eq!(names.asked(), 33);
    // That one was asked, and so is left alone for a while.
    assert_eq!(names.start(32).await.unwrap(), Err(not_resolved()));
    assert_eq!(names.asked(), 33);
}

#[tokio::test]
async fn keys_at_hand_serve_while_there_is_no_room_and_searches_are_not_used_up() {
    let body = ok(&key_array(&[&Key::new("good")]));
    let server = Scripted::start(move |_| Act::Send(body.clone())).await;
    let names = Names::new(LIMITS);
    let (source, url) = (
        &names.f.source,
        format!("http://{FOUND}:{}/keys", server.address.port()),
    );
    source.key_set(&url).await.unwrap();
    tokio::time::pause();
    let crowd = names.crowd().await;
    let held = source.key_set(&url).await.unwrap();
    assert!(source.newer_than(&url, &held).await.is_none());
    names.f.clock.advance(Duration::from_secs(600));
    let began = Instant::now();
    assert_eq!(kids(&source.key_set(&url).await.unwrap()), ["good"]);
    assert!(began.elapsed() < Duration::from_secs(3));
    assert_eq!(server.requests(), 1);
    names.open();
    for start in crowd {
        start.await.unwrap().unwrap_err();
    }
    tokio::time::resume();
    // Neither the search nor the refresh has to wait until something has cooled down.
    assert!(source.newer_than(&url, &held).await.is_some());
    assert_eq!(server.requests(), 2);
    names.f.clock.advance(Duration::from_secs(600));
    source.key_set(&url).await.unwrap();
    assert_eq!(server.requests(), 3);
}

#[tokio::test(start_paused = true)]
async fn tests_take_no_turn_of_a_start() {
    let names = Names::new(LIMITS);
    let running: Vec<_> = (0..4)
        .map(|number| names.test(&format!("test-{number}")))
        .collect();
    names.wait_for(4).await;
    let others: Vec<_> = (4..40)
        .map(|number| names.test(&format!("test-{number}")))
        .collect();
    for test in others {
        let report = test.await.unwrap();
        assert_eq!(report.code, Some(ErrorCode::KeysUnavailable));
        assert_eq!(report.message, CROWDED);
    }
    assert_eq!(names.asked(), 4);
    let crowd = names.crowd().await;
    names.open();
    for start in crowd {
        assert_eq!(start.await.unwrap(), Err(not_resolved()));
    }
    for test in running {
        let message = test.await.unwrap().message;
        assert_eq!(message, FetchFailed::NotResolved.to_string());
    }
}

#[tokio::test(start_paused = true)]
async fn tests_of_one_url_share_an_answer_and_come_two_seconds_apart() {
    let names = Names::new(LIMITS);
    let tests: Vec<_> = (0..10).map(|_| names.test("shop")).collect();
    names.wait_for(1).await;
    names.open();
    for test in tests {
        let message = test.await.unwrap().message;
        assert_eq!(message, FetchFailed::NotResolved.to_string());
    }
    assert_eq!(names.asked(), 1);

    let took = async |tests: usize| {
        let began = Instant::now();
        let tests: Vec<_> = (0..tests).map(|_| names.test("shop")).collect();
        for test in tests {
            test.await.unwrap();
        }
        began.elapsed().as_millis().div_euclid(100)
    };
    names.f.clock.advance(Duration::from_millis(500));
    assert_eq!(took(10).await, 15, "tenths of a second");
    assert_eq!(names.asked(), 2, "a new answer, for all of them");
    assert_eq!(names.test("other").await.unwrap().status, None);
    assert_eq!(names.asked(), 3, "another URL does not wait");
    names.f.clock.advance(Duration::from_millis(3_500));
    assert_eq!(took(1).await, 0);
    assert_eq!(names.asked(), 4);
}

/// What the operating system looks up goes on in a thread when nobody waits for it any more.
#[tokio::test(start_paused = true)]
async fn lookups_that_outlive_their_fetch_keep_their_turn() {
    let names = Names::new(Limits::default());
    for number in 0..32 {
        let error = names.start(number).await.unwrap().unwrap_err();
        assert_eq!(error.to_string(), FetchFailed::TimedOut.to_string());
    }
    assert_eq!(names.start(32).await.unwrap(), Err(KeysError::Crowded));
    assert_eq!(names.asked(), 32);
    // Tests have lookups of their own, and as few as they have turns.
    for number in 0..4 {
        let report = names.test(&format!("test-{number}")).await.unwrap();
        assert_eq!(report.message, FetchFailed::TimedOut.to_string());
    }
    assert_eq!(names.test("test-4").await.unwrap().message, CROWDED);
    assert_eq!(names.asked(), 36);
    names.open();
    assert_eq!(names.start(32).await.unwrap(), Err(not_resolved()));
    let message = names.test("test-4").await.unwrap().message;
    assert_eq!(message, FetchFailed::NotResolved.to_string());
}
