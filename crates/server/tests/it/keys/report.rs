//! What the administrator's *Test* says.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bonafide_protocol::ErrorCode;
use bonafide_server::Clock;
use bonafide_server::keys::fetch::{Fetcher, Limits};
use bonafide_server::keys::guard::AddressPolicy;
use bonafide_server::keys::report::key_report;
use bonafide_server::keys::source::KeySource;

use serde_json::json;

use crate::scripted::{Act, Scripted, answer, ok};
use crate::website::{Key, key_array};

fn source(policy: AddressPolicy) -> KeySource {
    with_clock(policy, Clock::system())
}

fn with_clock(policy: AddressPolicy, clock: Clock) -> KeySource {
    let fetcher = Fetcher::new(policy, Limits::default()).unwrap();
    KeySource::new(fetcher, clock).0
}

#[tokio::test]
async fn good_keys_are_described_and_never_shown() {
    let (one, two) = (Key::new("one/+="), Key::new("two"));
    let body = key_array(&[&one, &two]);
    let length = body.len();
    let server = Scripted::start(move |_| Act::Send(ok(&body))).await;
    let clock = Clock::manual(0);
    let source = with_clock(AddressPolicy::private_allowed(), clock.clone());
    let (report, keys) = key_report(&source, &server.url).await;
    assert_eq!(report.code, None, "{}", report.message);
    assert_eq!(report.message, "Found 2 keys.");
    assert_eq!(report.status, Some(200));
    assert_eq!(report.content_type.as_deref(), Some("text/plain"));
    assert_eq!(report.bytes, Some(u32::try_from(length).unwrap()));
    assert_eq!(report.format.as_deref(), Some("array"));
    assert_eq!(report.keys[0].kid.as_deref(), Some("one/+="));
    assert_eq!(report.keys[0].bits, 2048);
    assert_eq!(report.keys[0].fingerprint.len(), 64);
    assert_eq!(keys.unwrap().keys().len(), 2);

    // Past the cache each time.
    clock.advance(Duration::from_secs(2));
    key_report(&source, &server.url).await;
    assert_eq!(server.requests(), 2);
    // And what it found serves the next start.
    source.key_set(&server.url).await.unwrap();
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn a_bad_body_is_described_by_line_and_column() {
    let body = "[\n  {\n    \"kid\": \"one\",\n    \"publicKey\": LS0t\n  }\n]";
    let server = Scripted::start(move |_| Act::Send(ok(body))).await;
    let (report, keys) = key_report(&source(AddressPolicy::private_allowed()), &server.url).await;
    assert_eq!(report.code, Some(ErrorCode::KeysInvalid));
    assert!(
        report.message.contains("Line 4, column 18"),
        "{}",
        report.message
    );
    assert!(!report.message.contains("LS0t"), "{}", report.message);
    assert!(keys.is_none() && report.keys.is_empty() && report.format.is_none());
}

#[tokio::test]
async fn a_failed_answer_keeps_its_status() {
    let server =
        Scripted::start(|_| Act::Send(answer("404 Not Found", "Content-Length: 0\r\n", ""))).await;
    let (report, _) = key_report(&source(AddressPolicy::private_allowed()), &server.url).await;
    assert_eq!(report.code, Some(ErrorCode::KeysUnavailable));
    assert_eq!(report.status, Some(404));
}

#[tokio::test]
async fn of_an_address_that_is_not_allowed_nothing_is_said() {
    let server = Scripted::start(|_| Act::Send(ok("keys"))).await;
    for url in [
        "https://localhost/keys",
        "https://127.0.0.1/keys",
        "https://169.254.169.254/keys",
    ] {
        let (report, _) = key_report(&source(AddressPolicy::public()), url).await;
        assert_eq!(report.code, Some(ErrorCode::KeysUnavailable));
        assert_eq!(
            report.message,
            "The public key URL's address is not allowed."
        );
        assert_eq!(
            (report.status, report.bytes, report.content_type),
            (None, None, None)
        );
    }
    assert_eq!(server.requests(), 0);
}

/// A certificate of the verifier's tests, valid from this second on.
const CERTIFICATE: &str =
    include_str!("../../../../verifier/src/tests/data/test-only-a.certificate.pem");
const BEGINS: i64 = 1_795_380_857;

#[tokio::test]
async fn keys_that_no_token_may_be_signed_with_now_are_told_as_every_token_is_refused() {
    let certificate = json!({"kid": "next", "publicKey": STANDARD.encode(CERTIFICATE)}).to_string();
    let good = key_array(&[&Key::new("good")]);
    let expired = good.replacen('{', "{\"expiry\":1,", 1);
    let both = |one: &str| format!("[{certificate},{}]", &one[1..one.len() - 1]);
    let not_yet = "not valid before 2026-11-22T20:54:17.000Z";
    let refused = "every token is refused";
    for (body, before, code, said) in [
        (
            CERTIFICATE.to_owned(),
            1,
            "token-key-unknown",
            vec!["Found 1 key, and it is", not_yet, refused],
        ),
        (CERTIFICATE.to_owned(), 0, "", vec!["Found 1 key."]),
        (
            both(&expired),
            1,
            "token-key-expired",
            vec!["of which 1 expired and 1", not_yet, refused],
        ),
        (
            both(&good),
            1,
            "",
            vec!["Found 2 keys, of which 1", not_yet],
        ),
        (
            both(&expired),
            0,
            "",
            vec!["Found 2 keys, of which 1 expired."],
        ),
    ] {
        let served = body.clone();
        let server = Scripted::start(move |_| Act::Send(ok(&served))).await;
        let clock = Clock::manual((BEGINS - before) * 1000);
        let source = with_clock(AddressPolicy::private_allowed(), clock);
        let (report, _) = key_report(&source, &server.url).await;
        let found = report.code.map_or("", |code| code.as_str());
        assert_eq!(found, code, "{}", report.message);
        for part in said {
            assert!(report.message.contains(part), "{part}: {}", report.message);
        }
        let is_refused = report.message.contains(refused);
        assert_eq!(is_refused, !code.is_empty(), "{}", report.message);
    }
}

/// The *Test* page reads it with `Date`, which throws at years that have no four digits.
#[tokio::test]
async fn an_extreme_expiry_is_told_as_a_time_that_can_be_read() {
    for (expiry, told) in [
        ("253402300799.5", "9999-12-31T23:59:59.000Z"),
        ("253402300799", "9999-12-31T23:59:59.000Z"),
        ("-62167219200", "0000-01-01T00:00:00.000Z"),
        ("-62167219201", "0000-01-01T00:00:00.000Z"),
        ("-1e300", "0000-01-01T00:00:00.000Z"),
        ("-9223372036854775808", "0000-01-01T00:00:00.000Z"),
    ] {
        let entry = key_array(&[&Key::new("one")]);
        let body = entry.replacen('{', &format!("{{\"expiry\":{expiry},"), 1);
        let server = Scripted::start(move |_| Act::Send(ok(&body))).await;
        let (report, _) = key_report(&source(AddressPolicy::private_allowed()), &server.url).await;
        let code = expiry
            .starts_with('-')
            .then_some(ErrorCode::TokenKeyExpired);
        assert_eq!(report.code, code, "{expiry}: {}", report.message);
        let expires_at = report.keys[0].expires_at.as_ref();
        assert_eq!(expires_at.unwrap().as_str(), told, "{expiry}");
    }
}
