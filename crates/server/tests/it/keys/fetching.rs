//! One fetch: every limit, and what is said when one is passed.

use std::time::Duration;

use bonafide_server::keys::fetch::{FetchFailed, Fetcher, Limits, Seen, key_body};
use bonafide_server::keys::guard::{AddressPolicy, UrlRefused};

use crate::scripted::{Act, Scripted, answer, ok};

/// Short, so that what must time out does so soon; the product's limits are as many seconds.
const LIMITS: Limits = Limits {
    connect: Duration::from_millis(400),
    total: Duration::from_millis(500),
    body: 64 * 1024,
};

async fn fetch(server: &Scripted) -> (Result<Vec<u8>, FetchFailed>, Seen) {
    let policy = AddressPolicy::private_allowed();
    let url = policy.judge(&server.url).unwrap();
    let mut seen = Seen::default();
    let result = Fetcher::new(policy, LIMITS)
        .unwrap()
        .fetch(&url, &mut seen)
        .await;
    (result, seen)
}

async fn fetched(
    act: impl Fn() -> Act + Send + Sync + 'static,
) -> (Result<Vec<u8>, FetchFailed>, Seen) {
    fetch(&Scripted::start(move |_| act()).await).await
}

#[tokio::test]
async fn a_body_comes_with_what_was_seen_of_its_answer() {
    let (result, seen) = fetched(|| Act::Send(ok("keys"))).await;
    assert_eq!(result.unwrap(), b"keys");
    assert_eq!(seen.status, Some(200));
    assert_eq!(seen.content_type.as_deref(), Some("text/plain"));
    assert_eq!(seen.bytes, Some(4));
}

#[tokio::test]
async fn slow_headers_and_slow_bodies_time_out() {
    let (result, seen) = fetched(|| Act::StallAfter(b"HTTP/1.1 200 OK\r\n".to_vec())).await;
    assert_eq!(result, Err(FetchFailed::TimedOut));
    assert_eq!(seen.status, None);

    let (result, seen) =
        fetched(|| Act::StallAfter(answer("200 OK", "Content-Length: 9\r\n", "half"))).await;
    assert_eq!(result, Err(FetchFailed::TimedOut));
    assert_eq!(seen.status, Some(200));
    assert_eq!(seen.bytes, Some(4));
}

#[tokio::test]
async fn a_body_without_end_is_cut_off_at_the_limit() {
    let endless = || Act::Endless(answer("200 OK", "", ""), vec![b' '; 1000]);
    let (result, seen) = fetched(endless).await;
    assert_eq!(result, Err(FetchFailed::TooLarge { limit: LIMITS.body }));
    assert!(seen.bytes.unwrap() <= LIMITS.body);

    // One that says so beforehand is not read at all.
    let announced = || Act::StallAfter(answer("200 OK", "Content-Length: 65537\r\n", ""));
    let (result, seen) = fetched(announced).await;
    assert_eq!(result, Err(FetchFailed::TooLarge { limit: LIMITS.body }));
    assert_eq!(seen.bytes, None);
}

#[tokio::test]
async fn a_body_of_exactly_the_limit_is_read() {
    let (result, _) = fetched(|| Act::Send(ok(&"k".repeat(LIMITS.body)))).await;
    assert_eq!(result.unwrap().len(), LIMITS.body);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = Scripted::start(|_| Act::Send(ok("keys"))).await;
    let location = format!("Location: {}\r\nContent-Length: 0\r\n", target.url);
    for status in [301, 302, 303, 307, 308] {
        let location = location.clone();
        let redirect = move || Act::Send(answer(&format!("{status} Elsewhere"), &location, ""));
        let (result, seen) = fetched(redirect).await;
        assert_eq!(result, Err(FetchFailed::Redirected(status)));
        assert_eq!(seen.status, Some(status));
    }
    assert_eq!(target.requests(), 0);
}

#[tokio::test]
async fn nothing_is_unpacked() {
    for encoding in ["gzip", "br", "deflate", "zstd", "x-anything"] {
        let headers = format!("Content-Encoding: {encoding}\r\nContent-Length: 4\r\n");
        let (result, _) = fetched(move || Act::Send(answer("200 OK", &headers, "bomb"))).await;
        assert_eq!(result, Err(FetchFailed::Compressed), "{encoding}");
    }
}

#[tokio::test]
async fn only_200_is_an_answer() {
    for status in [201, 204, 206, 400, 401, 404, 500, 503] {
        let failing = move || {
            Act::Send(answer(
                &format!("{status} Whatever"),
                "Content-Length: 0\r\n",
                "",
            ))
        };
        let (result, _) = fetched(failing).await;
        assert_eq!(result, Err(FetchFailed::Status(status)));
    }
}

#[tokio::test]
async fn what_is_not_http_and_what_does_not_answer_is_told_apart() {
    let (result, _) = fetched(|| Act::Send(b"220 mail.example ESMTP\r\n".to_vec())).await;
    assert_eq!(result, Err(FetchFailed::Broken));
    let (result, _) =
        fetched(|| Act::Send(answer("200 OK", "Content-Length: 9\r\n", "half"))).await;
    assert_eq!(result, Err(FetchFailed::Broken));

    let mut server = Scripted::start(|_| Act::Send(ok("keys"))).await;
    server.url = "http://127.0.0.1:1/keys".to_owned();
    assert_eq!(fetch(&server).await.0, Err(FetchFailed::NotReached));
    server.url = "http://does-not-exist.invalid/keys".to_owned();
    assert_eq!(fetch(&server).await.0, Err(FetchFailed::NotResolved));
}

#[tokio::test]
async fn a_server_without_tls_gives_no_secure_connection() {
    let mut server = Scripted::start(|_| Act::Send(ok("keys"))).await;
    // It reads the handshake for a request that never ends, so it must hear that there is none.
    server.url = server.url.replace("http:", "https:");
    let result = fetch(&server).await.0;
    assert!(
        matches!(
            result,
            Err(FetchFailed::Tls(_) | FetchFailed::TimedOut | FetchFailed::NotReached)
        ),
        "{result:?}"
    );
    assert_eq!(server.requests(), 0);
}

#[tokio::test]
async fn a_private_address_is_refused_in_the_same_words_however_it_is_named() {
    let by_name = key_body("https://localhost/keys", AddressPolicy::public())
        .await
        .unwrap_err();
    let by_number = key_body("https://127.0.0.1/keys", AddressPolicy::public())
        .await
        .unwrap_err();
    assert_eq!(by_name, FetchFailed::AddressNotAllowed);
    assert_eq!(by_number, FetchFailed::Url(UrlRefused::AddressNotAllowed));
    assert_eq!(by_name.to_string(), by_number.to_string());
    assert_eq!(
        by_name.to_string(),
        "The public key URL's address is not allowed."
    );
}
