//! What a fetch may cost: each limit, against a server that goes past it, and that nothing is unpacked or followed.

use std::io::Write as _;
use std::time::Duration;

use bonafide_server::keys::fetch::{FetchFailed, Limits, Seen};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::fixture::{LIMITS, fetch, fetched};
use crate::scripted::{Act, Scripted, answer, ok};

/// Short, so that what must time out does so soon; the product's limits are as many seconds.
const IMPATIENT: Limits = Limits {
    connect: Duration::from_millis(400),
    total: Duration::from_millis(500),
    ..LIMITS
};

/// For what never ends by itself.
async fn fetched_impatiently(
    act: impl Fn() -> Act + Send + Sync + 'static,
) -> (Result<Vec<u8>, FetchFailed>, Seen) {
    fetch(&Scripted::start(move |_| act()).await, IMPATIENT).await
}

#[test]
fn the_products_limits_are_those_of_its_promise() {
    let limits = Limits::default();
    assert_eq!(limits.connect, Duration::from_secs(2));
    assert_eq!(limits.total, Duration::from_secs(5));
    assert_eq!(limits.body, 256 * 1024);
}

#[tokio::test]
async fn slow_headers_time_out() {
    let (result, seen) =
        fetched_impatiently(|| Act::StallAfter(b"HTTP/1.1 200 OK\r\n".to_vec())).await;
    assert_eq!(result, Err(FetchFailed::TimedOut));
    assert_eq!(seen.status, None);
}

#[tokio::test]
async fn headers_that_drip_time_out() {
    let drip = || {
        let head = b"HTTP/1.1 200 OK\r\n".to_vec();
        Act::Drip(head, b"X-Y: z\r\n".to_vec(), Duration::from_millis(20))
    };
    let (result, seen) = fetched_impatiently(drip).await;
    assert_eq!(result, Err(FetchFailed::TimedOut));
    assert_eq!(seen.status, None);
}

#[tokio::test]
async fn a_slow_body_times_out() {
    let (result, seen) =
        fetched_impatiently(|| Act::StallAfter(answer("200 OK", "Content-Length: 9\r\n", "half")))
            .await;
    assert_eq!(result, Err(FetchFailed::TimedOut));
    assert_eq!(seen.status, Some(200));
    assert_eq!(seen.bytes, Some(4));
}

#[tokio::test]
async fn a_body_that_drips_does_not_put_the_end_off() {
    let drip = || {
        let head = answer("200 OK", "Content-Length: 60000\r\n", "");
        Act::Drip(head, b"k".to_vec(), Duration::from_millis(20))
    };
    let (result, seen) = fetched_impatiently(drip).await;
    assert_eq!(result, Err(FetchFailed::TimedOut));
    assert!(seen.bytes.is_some_and(|bytes| bytes < 100), "{seen:?}");
}

#[tokio::test]
async fn a_body_without_end_is_cut_off_at_the_limit() {
    let endless = || Act::Endless(answer("200 OK", "", ""), vec![b' '; 1000]);
    let (result, seen) = fetched(endless).await;
    assert_eq!(result, Err(FetchFailed::TooLarge { limit: LIMITS.body }));
    assert!(seen.bytes.unwrap() <= LIMITS.body);
}

#[tokio::test]
async fn a_chunked_body_without_end_is_cut_off_at_the_limit() {
    let endless = || {
        let head = answer("200 OK", "Transfer-Encoding: chunked\r\n", "");
        Act::Endless(head, format!("3e8\r\n{:1000}\r\n", "").into_bytes())
    };
    let (result, seen) = fetched(endless).await;
    assert_eq!(result, Err(FetchFailed::TooLarge { limit: LIMITS.body }));
    assert!(seen.bytes.unwrap() <= LIMITS.body);
}

#[tokio::test]
async fn a_body_that_announces_its_size_is_not_read_past_the_limit() {
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

/// What is around the body has no limit of its own to name, but none of it goes on for ever.
#[tokio::test]
async fn headers_answers_and_chunks_without_end_are_given_up() {
    let endless: [(&str, &[u8]); 3] = [
        (
            "HTTP/1.1 200 OK\r\n",
            b"X-Y: zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz\r\n",
        ),
        ("", b"HTTP/1.1 102 Processing\r\n\r\n"),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;",
            b"extension",
        ),
    ];
    for (head, more) in endless {
        let act = move || Act::Endless(head.as_bytes().to_vec(), more.to_vec());
        let (result, seen) = fetched_impatiently(act).await;
        assert!(
            matches!(result, Err(FetchFailed::Broken | FetchFailed::TimedOut)),
            "{head}: {result:?}"
        );
        assert_eq!(seen.bytes.unwrap_or(0), 0, "{head}");
    }
}

/// 64 MB of blanks in 64 KB: it would be an empty key body, and a server that unpacks it pays for it.
#[tokio::test]
async fn a_gzip_bomb_is_refused_where_it_says_so_and_is_plain_bytes_where_it_does_not() {
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..64 {
        bomb.write_all(&vec![b' '; 1_000_000]).unwrap();
    }
    let bomb = bomb.finish().unwrap();
    assert!(bomb.len() < LIMITS.body, "{}", bomb.len());

    for coding in ["Content-Encoding: gzip\r\n", "content-encoding: GZIP\r\n"] {
        let (head, body) = (
            format!("{coding}Content-Length: {}\r\n", bomb.len()),
            bomb.clone(),
        );
        let (result, seen) = fetched(move || Act::Send(answer("200 OK", &head, &body))).await;
        assert_eq!(result, Err(FetchFailed::Compressed));
        assert_eq!(seen.bytes, None, "not even read");
    }
    for header in ["", "Transfer-Encoding: gzip, chunked\r\n"] {
        let (head, body) = (
            format!("{header}Content-Type: application/gzip\r\n"),
            bomb.clone(),
        );
        let (result, _) = fetched(move || Act::Send(answer("200 OK", &head, &body))).await;
        match result {
            Ok(bytes) => assert_eq!(bytes, bomb, "not unpacked"),
            Err(failed) => assert_eq!(failed, FetchFailed::Broken, "no such transfer coding"),
        }
    }
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
async fn a_redirect_is_not_followed_wherever_it_leads() {
    let target = Scripted::start(|_| Act::Send(ok("keys"))).await;
    for status in [301, 302, 303, 307, 308] {
        for location in [
            target.url.as_str(),
            "https://169.254.169.254/latest/meta-data/",
            "https://[::1]/",
            "//10.0.0.1/keys",
            "file:///etc/passwd",
            "/elsewhere",
        ] {
            let headers = format!("Location: {location}\r\nContent-Length: 0\r\n");
            let server = Scripted::start(move |_| {
                Act::Send(answer(&format!("{status} Elsewhere"), &headers, ""))
            })
            .await;
            let (result, seen) = fetch(&server, LIMITS).await;
            assert_eq!(result, Err(FetchFailed::Redirected(status)));
            assert_eq!(seen.status, Some(status));
            assert_eq!(server.requests(), 1);
        }
    }
    assert_eq!(target.connections(), 0);
}

#[tokio::test]
async fn only_200_is_an_answer() {
    for status in [
        201, 202, 203, 204, 205, 206, 226, 304, 400, 401, 404, 429, 500, 503,
    ] {
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
