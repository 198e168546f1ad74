//! One fetch: what it asks, what it brings, and what is said when nothing comes.

use bonafide_server::keys::fetch::{FetchFailed, Fetcher, Seen, key_body};
use bonafide_server::keys::guard::{AddressPolicy, UrlRefused};

use super::fixture::{LIMITS, fetch, fetched};
use crate::scripted::{Act, Scripted, answer, ok};

#[tokio::test]
async fn a_body_comes_with_what_was_seen_of_its_answer() {
    let (result, seen) = fetched(|| Act::Send(ok("keys"))).await;
    assert_eq!(result.unwrap(), b"keys");
    assert_eq!(seen.status, Some(200));
    assert_eq!(seen.content_type.as_deref(), Some("text/plain"));
    assert_eq!(seen.bytes, Some(4));
}

#[tokio::test]
async fn a_request_says_what_is_wanted_and_no_more() {
    let cookie = "Set-Cookie: a=b; Path=/\r\nContent-Length: 4\r\n";
    let server = Scripted::start(move |_| Act::Send(answer("200 OK", cookie, "keys"))).await;
    let policy = AddressPolicy::private_allowed();
    let url = policy.judge(&format!("{}?kid=1", server.url)).unwrap();
    let fetcher = Fetcher::new(policy, LIMITS).unwrap();
    for _ in 0..2 {
        fetcher.fetch(&url, &mut Seen::default()).await.unwrap();
    }
    for head in server.heads() {
        let mut lines = head.trim_end().split("\r\n");
        assert_eq!(lines.next(), Some("GET /keys?kid=1 HTTP/1.1"));
        let mut names: Vec<_> = lines
            .map(|line| line.split_once(':').unwrap().0.to_lowercase())
            .collect();
        names.sort_unstable();
        // No cookie (though one was set), no credentials, no referrer, no address of ours.
        assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"]);
        assert!(head.contains("accept-encoding: identity\r\n"), "{head}");
    }
    assert_eq!(server.connections(), 2, "none is kept: each is judged");
}

#[tokio::test]
async fn what_is_not_http_and_what_does_not_answer_is_told_apart() {
    let (result, _) = fetched(|| Act::Send(b"220 mail.example ESMTP\r\n".to_vec())).await;
    assert_eq!(result, Err(FetchFailed::Broken));
    let (result, _) =
        fetched(|| Act::Send(answer("200 OK", "Content-Length: 9\r\n", "half"))).await;
    assert_eq!(result, Err(FetchFailed::Broken));
    let (result, _) = fetched(|| Act::Send(Vec::new())).await;
    assert_eq!(result, Err(FetchFailed::Broken));

    let mut server = Scripted::start(|_| Act::Send(ok("keys"))).await;
    server.url = "http://127.0.0.1:1/keys".to_owned();
    assert_eq!(fetch(&server, LIMITS).await.0, Err(FetchFailed::NotReached));
    server.url = "http://does-not-exist.invalid/keys".to_owned();
    assert_eq!(
        fetch(&server, LIMITS).await.0,
        Err(FetchFailed::NotResolved)
    );
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

#[tokio::test]
async fn only_https_on_443_is_asked_and_ports_that_were_allowed() {
    let server = Scripted::start(|_| Act::Send(ok("keys"))).await;
    let port = server.address.port();
    for (url, refused) in [
        ("http://keys.example/".to_owned(), UrlRefused::NotHttps),
        (
            format!("https://keys.example:{port}/"),
            UrlRefused::Port(port),
        ),
        ("https://keys.example:80/".to_owned(), UrlRefused::Port(80)),
        (
            "https://a:b@keys.example/".to_owned(),
            UrlRefused::HasCredentials,
        ),
        (
            format!("https://keys.example/{}", "k".repeat(2_048)),
            UrlRefused::TooLong,
        ),
    ] {
        let failed = key_body(&url, AddressPolicy::public()).await;
        assert_eq!(failed, Err(FetchFailed::Url(refused)), "{url}");
    }
    let policy = AddressPolicy::public().with_ports([port]);
    assert!(
        policy
            .judge(&format!("https://keys.example:{port}/"))
            .is_ok()
    );
    assert!(policy.judge("https://keys.example/").is_ok());
    assert!(policy.judge("https://keys.example:1/").is_err());
    // A port that is allowed does not make an address so.
    let failed = key_body(&format!("https://127.0.0.1:{port}/"), policy).await;
    assert_eq!(failed, Err(FetchFailed::Url(UrlRefused::AddressNotAllowed)));
    assert_eq!(server.connections(), 0);
}
