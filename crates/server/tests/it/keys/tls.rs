//! Real TLS with real certificates: what is refused, and whether an administrator can act on what is said.

use std::time::Duration;

use bonafide_server::Clock;
use bonafide_server::keys::fetch::{FetchFailed, Fetcher, Limits, Seen, Surroundings, TlsFailed};
use bonafide_server::keys::guard::AddressPolicy;
use bonafide_server::keys::report::key_report;
use bonafide_server::keys::resolver::Lookup;
use bonafide_server::keys::source::KeySource;
use rustls::ServerConfig;
use tokio::time::Instant;

use crate::authority::{Authority, expired, of_the_future, self_signed};
use crate::scripted::{Act, Scripted, ok};
use crate::website::{Key, key_array};

/// Where the tests' names lead.
const HOST: &str = "keys.shop.example";

/// A fetcher that finds every name on this machine and trusts `authority`.
fn fetcher(authority: &Authority) -> Fetcher {
    let surroundings = Surroundings {
        lookup: Lookup::new(async |_| Ok(vec![[127, 0, 0, 1].into()])),
        further_authorities: vec![authority.certificate()],
    };
    Fetcher::within(
        AddressPolicy::private_allowed(),
        Limits::default(),
        surroundings,
    )
    .unwrap()
}

async fn server(tls: ServerConfig) -> Scripted {
    let mut server = Scripted::start_tls(tls, |_| Act::Send(ok("keys"))).await;
    server.url = server.url.replace("localhost", HOST);
    server
}

async fn fetched(authority: &Authority, url: &str) -> Result<Vec<u8>, FetchFailed> {
    let fetcher = fetcher(authority);
    let url = fetcher.policy().judge(url).unwrap();
    fetcher.fetch(&url, &mut Seen::default()).await
}

/// What a fetch from a server with this certificate says. Nothing may have been asked.
async fn refused(authority: &Authority, tls: ServerConfig) -> String {
    let server = server(tls).await;
    let failed = fetched(authority, &server.url).await.unwrap_err();
    assert!(matches!(failed, FetchFailed::Tls(_)), "{failed:?}");
    assert_eq!(failed.outcome(), "tls");
    assert_eq!(server.requests(), 0, "the request went to a stranger");
    failed.to_string()
}

#[tokio::test]
async fn a_certificate_for_the_name_by_a_trusted_authority_is_accepted() {
    let authority = Authority::new("Ours");
    for names in [&[HOST][..], &["other.example", "*.shop.example"]] {
        let server = server(authority.server(names, |_| {})).await;
        assert_eq!(fetched(&authority, &server.url).await.unwrap(), b"keys");
    }
}

#[tokio::test]
async fn a_certificate_that_vouches_for_itself_is_refused() {
    let authority = Authority::new("Ours");
    let (stranger, impostor) = (Authority::new("Somebody"), Authority::new("Ours"));
    for tls in [
        self_signed(HOST, false),
        self_signed(HOST, true),
        stranger.server(&[HOST], |_| {}),
        impostor.server(&[HOST], |_| {}),
    ] {
        let said = refused(&authority, tls).await;
        assert!(
            said.contains("not issued by an authority that this server trusts")
                && said.contains("whole chain"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn an_expired_certificate_says_since_when() {
    let authority = Authority::new("Ours");
    let said = refused(&authority, authority.server(&[HOST], expired)).await;
    assert_eq!(
        said,
        "The public key URL's certificate expired on 2020-01-31. Renew it."
    );
    let said = refused(&authority, authority.server(&[HOST], of_the_future)).await;
    assert!(said.contains("valid only from 2999-03-01 on"), "{said}");
}

#[tokio::test]
async fn a_certificate_for_other_names_says_which() {
    let authority = Authority::new("Ours");
    let names = [
        "shop.example",
        "*.shop.test",
        "third.example",
        "fourth.example",
    ];
    let said = refused(&authority, authority.server(&names, |_| {})).await;
    assert!(
        said.contains(
            "for `shop.example`, `*.shop.test`, `third.example`, not for `keys.shop.example`"
        ),
        "{said}"
    );
    assert!(!said.contains("fourth"), "{said}");
    let said = refused(&authority, authority.server(&[], |_| {})).await;
    assert!(
        said.contains("is for no host, not for `keys.shop.example`"),
        "{said}"
    );
}

#[tokio::test]
async fn an_address_needs_a_certificate_too() {
    let authority = Authority::new("Ours");
    let tls = authority.server(&[HOST], |_| {});
    let mut server = server(tls).await;
    server.url = server.url.replace(HOST, "127.0.0.1");
    let failed = fetched(&authority, &server.url).await.unwrap_err();
    assert!(
        failed.to_string().contains("not for `127.0.0.1`"),
        "{failed}"
    );
}

#[tokio::test]
async fn a_server_that_encrypts_in_no_way_of_ours_is_told_which_it_needs() {
    let authority = Authority::new("Ours");
    let mut tls = authority.server(&[HOST], |_| {});
    // It speaks only what this client never offers.
    tls.alpn_protocols = vec![b"spdy/1".to_vec()];
    let server = server(tls).await;
    let failed = fetched(&authority, &server.url).await.unwrap_err();
    assert_eq!(failed.outcome(), "tls", "{failed}");
}

#[tokio::test]
async fn a_server_without_tls_is_said_to_have_none() {
    let authority = Authority::new("Ours");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let (mut stream, _) = listener.accept().await.unwrap();
        // As web servers do when they get a handshake on a port for plain HTTP.
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
            .await
            .unwrap();
        drop(stream.read_u8().await);
    });
    let failed = fetched(&authority, &format!("https://{HOST}:{port}/keys")).await;
    assert_eq!(failed, Err(FetchFailed::Tls(TlsFailed::NotTls)));
}

#[tokio::test]
async fn a_handshake_that_stalls_ends_with_the_time_to_connect() {
    let authority = Authority::new("Ours");
    // It reads the handshake for a request that never ends, and never answers.
    let mut server = Scripted::start(|_| Act::Send(ok("keys"))).await;
    server.url = server.url.replace("http:", "https:");
    let began = Instant::now();
    let failed = fetched(&authority, &server.url).await;
    assert_eq!(failed, Err(FetchFailed::TimedOut));
    let took = began.elapsed();
    // The product's limit for connecting, and not yet the one for everything.
    let expected = Duration::from_millis(1_990)..Duration::from_millis(4_900);
    assert!(expected.contains(&took), "{took:?}");
    assert_eq!((server.connections(), server.requests()), (1, 0));
}

/// What the administrator reads after *Test*, and the visitor's start leaves in the audit.
#[tokio::test]
async fn the_report_says_what_is_wrong_with_the_certificate() {
    let authority = Authority::new("Ours");
    let expired = server(authority.server(&[HOST], expired)).await;
    let (source, _events) = KeySource::new(fetcher(&authority), Clock::system());
    let (report, keys) = key_report(&source, &expired.url).await;
    assert!(
        report.message.contains("expired on 2020-01-31"),
        "{}",
        report.message
    );
    assert!(keys.is_none());
    assert_eq!(report.status, None);

    let body = key_array(&[&Key::new("one")]);
    let good = authority.server(&[HOST], |_| {});
    let mut good = Scripted::start_tls(good, move |_| Act::Send(ok(&body))).await;
    good.url = good.url.replace("localhost", HOST);
    let (report, _) = key_report(&source, &good.url).await;
    assert_eq!(report.message, "Found 1 key.");
}
