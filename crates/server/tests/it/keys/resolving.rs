//! Names: what they resolve to is judged, all of it, once, and the connection goes there.

use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use bonafide_server::keys::fetch::{FetchFailed, Fetcher, Limits, Seen, Surroundings};
use bonafide_server::keys::guard::AddressPolicy;
use bonafide_server::keys::resolver::Lookup;

use crate::scripted::{Act, Scripted, ok};

/// A resolver that gives one answer after the other, the last one for ever, and what it was asked.
fn resolver(answers: Vec<Vec<IpAddr>>) -> (Lookup, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let names = asked.clone();
    let turn = Arc::new(AtomicUsize::new(0));
    let lookup = Lookup::new(move |name| {
        names.lock().unwrap().push(name);
        let turn = turn.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
        let answer = answers[turn].clone();
        async move { Ok(answer) }
    });
    (lookup, asked)
}

fn fetcher(policy: AddressPolicy, lookup: Lookup) -> Fetcher {
    let surroundings = Surroundings {
        lookup,
        ..Surroundings::default()
    };
    Fetcher::within(policy, Limits::default(), surroundings).unwrap()
}

async fn fetched(fetcher: &Fetcher, url: &str) -> Result<Vec<u8>, FetchFailed> {
    let url = fetcher.policy().judge(url).unwrap();
    fetcher.fetch(&url, &mut Seen::default()).await
}

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

/// A server behind `keys.example`, and the policy of a real server that may reach its port.
async fn trap() -> (Scripted, String, AddressPolicy) {
    let server = Scripted::start(|_| Act::Send(ok("secret"))).await;
    let port = server.address.port();
    let url = format!("https://keys.example:{port}/keys");
    (server, url, AddressPolicy::public().with_ports([port]))
}

#[tokio::test]
async fn a_name_with_one_private_address_is_refused_wherever_that_stands() {
    let (server, url, policy) = trap().await;
    let (public, private) = (address("1.1.1.1"), address("127.0.0.1"));
    for answers in [
        vec![private],
        vec![public, private],
        vec![private, public],
        vec![public, public, public, private],
        vec![address("2606:4700:4700::1111"), address("::1")],
        vec![public, address("::ffff:127.0.0.1")],
    ] {
        let (lookup, asked) = resolver(vec![answers.clone()]);
        let result = fetched(&fetcher(policy.clone(), lookup), &url).await;
        assert_eq!(result, Err(FetchFailed::AddressNotAllowed), "{answers:?}");
        assert_eq!(*asked.lock().unwrap(), ["keys.example"]);
    }
    assert_eq!(server.connections(), 0, "nothing was even tried");
}

#[tokio::test]
async fn the_connection_goes_to_the_address_that_was_judged() {
    let judged = Scripted::listen("127.0.0.1:0", None, |_| Act::Send(ok("judged"))).await;
    let port = judged.address.port();
    let other = Scripted::listen(&format!("127.0.0.2:{port}"), None, |_| {
        Act::Send(ok("other"))
    })
    .await;
    // Were the name resolved again to connect, that would lead elsewhere.
    let (lookup, asked) = resolver(vec![vec![address("127.0.0.1")], vec![address("127.0.0.2")]]);
    let fetcher = fetcher(AddressPolicy::private_allowed(), lookup);
    let url = format!("http://keys.example:{port}/keys");
    assert_eq!(fetched(&fetcher, &url).await.unwrap(), b"judged");
    assert_eq!((judged.connections(), other.connections()), (1, 0));
    assert_eq!(asked.lock().unwrap().len(), 1);
    assert!(
        judged.heads()[0].contains(&format!("host: keys.example:{port}\r\n")),
        "{}",
        judged.heads()[0]
    );

    // The next fetch judges anew, and opens a connection of its own.
    assert_eq!(fetched(&fetcher, &url).await.unwrap(), b"other");
    assert_eq!((judged.connections(), other.connections()), (1, 1));
}

#[tokio::test]
async fn every_special_range_is_refused_as_an_answer_too() {
    let (server, url, policy) = trap().await;
    for text in SPECIAL {
        let (lookup, _) = resolver(vec![vec![address(text)]]);
        let result = fetched(&fetcher(policy.clone(), lookup), &url).await;
        assert_eq!(result, Err(FetchFailed::AddressNotAllowed), "{text}");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_name_nobody_knows_and_a_resolver_that_is_silent_are_told_apart() {
    let (_server, url, policy) = trap().await;
    let unknown = Lookup::new(async |_| Err(std::io::Error::other("no such name")));
    assert_eq!(
        fetched(&fetcher(policy.clone(), unknown), &url).await,
        Err(FetchFailed::NotResolved)
    );
    let (empty, _) = resolver(vec![vec![]]);
    assert_eq!(
        fetched(&fetcher(policy.clone(), empty), &url).await,
        Err(FetchFailed::NotResolved)
    );
    let silent = Lookup::new(async |_| std::future::pending().await);
    assert_eq!(
        fetched(&fetcher(policy, silent), &url).await,
        Err(FetchFailed::TimedOut)
    );
}

/// One address of each range that is not on the public internet, as a name server may give it.
const SPECIAL: &[&str] = &[
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "192.31.196.1",
    "192.52.193.1",
    "192.88.99.1",
    "192.168.1.1",
    "192.175.48.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:10.0.0.1",
    "::10.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:a00:1::1",
    "2620:4f:8000::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
];
