//! Every special range in every notation that leads to an address: refused when the setting is saved, and again when
//! its URL is about to be asked.

use std::net::{Ipv4Addr, Ipv6Addr};

use bonafide_server::keys::fetch::{FetchFailed, key_body};
use bonafide_server::keys::guard::{AddressPolicy, UrlRefused};
use serde_json::json;

use crate::console::World;

/// One address at each end of every IPv4 range that is not on the public internet.
const SPECIAL_V4: &[[u8; 4]] = &[
    [0, 0, 0, 0],
    [0, 255, 255, 255],
    [10, 0, 0, 0],
    [10, 255, 255, 255],
    [100, 64, 0, 0],
    [100, 127, 255, 255],
    [127, 0, 0, 1],
    [127, 255, 255, 254],
    [168, 63, 129, 16],
    [169, 254, 0, 0],
    [169, 254, 169, 254],
    [172, 16, 0, 1],
    [172, 31, 255, 255],
    [192, 0, 0, 1],
    [192, 0, 2, 1],
    [192, 31, 196, 1],
    [192, 52, 193, 1],
    [192, 88, 99, 1],
    [192, 168, 0, 1],
    [192, 168, 255, 255],
    [192, 175, 48, 1],
    [198, 18, 0, 1],
    [198, 19, 255, 255],
    [198, 51, 100, 1],
    [203, 0, 113, 1],
    [224, 0, 0, 1],
    [239, 255, 255, 255],
    [240, 0, 0, 1],
    [255, 255, 255, 255],
];

/// The same for IPv6, as far as no IPv4 address is inside.
const SPECIAL_V6: &[&str] = &[
    "::",
    "::1",
    "100::1",
    "100:0:0:1::1",
    "1fff:ffff::1",
    "2001::1",
    "2001:1ff:ffff::1",
    "2001:db8::1",
    "2620:4f:8000::1",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "febf::1",
    "fec0::1",
    "ff02::1",
];

/// What WHATWG URL parsers, and so browsers and this server, read as the address.
fn notations(address: Ipv4Addr) -> Vec<String> {
    let [a, b, c, d] = address.octets();
    let all = address.to_bits();
    let (last3, last2) = (all & 0xff_ffff, all & 0xffff);
    let dotted = address.to_string();
    vec![
        dotted.clone(),
        format!("{dotted}."),
        format!("0{a:o}.0{b:o}.0{c:o}.0{d:o}"),
        format!("0{a:05o}.0{b:05o}.0{c:05o}.0{d:05o}"),
        format!("0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}"),
        format!("0X{a:02X}.0X{b:02X}.0X{c:02X}.0X{d:02X}"),
        format!("0x{a:x}.0{b:o}.{last2}"),
        format!("{a}.{last3}"),
        format!("0{a:o}.0x{last3:x}"),
        format!("{all}"),
        format!("{all}."),
        format!("0x{all:x}"),
        format!("0{all:o}"),
        format!("00000000{all:o}"),
        digits(&dotted, '０', '．'),
        digits(&dotted, '０', '。'),
        digits(&dotted, '０', '｡'),
        digits(&dotted, '𝟎', '.'),
        digits(&dotted, '𝟘', '.'),
        digits(&all.to_string(), '０', '.'),
        dotted.bytes().map(|byte| format!("%{byte:02x}")).collect(),
        digits(&dotted, '０', '．')
            .bytes()
            .map(|byte| format!("%{byte:02X}"))
            .collect(),
        dotted.replace('.', "\t."),
        dotted.replace('.', ".\n"),
        // A soft hyphen and a joiner, which IDNA takes away.
        dotted.replace('.', "\u{ad}."),
        dotted.replace('.', "\u{2060}."),
    ]
}

/// IPv6 addresses that carry the IPv4 address inside, where a gateway or the own machine would unwrap it.
fn carriers(address: Ipv4Addr) -> Vec<Ipv6Addr> {
    let bits = address.to_bits();
    let (high, low) = ((bits >> 16) as u16, bits as u16);
    vec![
        address.to_ipv6_mapped(),
        Ipv6Addr::new(0, 0, 0, 0, 0, 0, high, low),
        Ipv6Addr::new(0, 0, 0, 0, 0xffff, 0, high, low),
        Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low),
        Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, high, low),
        Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1),
        // Teredo: the server's address, and the client's turned over.
        Ipv6Addr::new(0x2001, 0, high, low, 0, 0, 0, 0),
        Ipv6Addr::new(0x2001, 0, 0x4136, 0xe378, 0x8000, 0x63bf, !high, !low),
    ]
}

fn v6_notations(address: Ipv6Addr) -> Vec<String> {
    let segments = address.segments().map(|segment| format!("{segment:04x}"));
    let [.., high, low] = address.segments();
    let tail = Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low));
    vec![
        format!("[{address}]"),
        format!("[{}]", segments.join(":")),
        format!("[{}]", segments.join(":").to_uppercase()),
        format!("[{}:{tail}]", segments[..6].join(":")),
    ]
}

/// `text` with its digits counted from `zero`, and its dots written as `dot`.
fn digits(text: &str, zero: char, dot: char) -> String {
    text.chars()
        .map(|character| match character.to_digit(10) {
            Some(digit) => char::from_u32(u32::from(zero) + digit).unwrap(),
            None => dot,
        })
        .collect()
}

fn judged(host: &str) -> Result<(), UrlRefused> {
    let url = format!("https://{host}/keys");
    AddressPolicy::public().judge(&url).map(drop)
}

#[test]
fn every_special_ipv4_range_is_refused_in_every_notation() {
    for &octets in SPECIAL_V4 {
        for host in notations(octets.into()) {
            assert_eq!(
                judged(&host),
                Err(UrlRefused::AddressNotAllowed),
                "{host:?}"
            );
        }
    }
}

#[test]
fn the_notation_alone_is_no_fault() {
    for host in notations(Ipv4Addr::new(1, 2, 3, 4)) {
        assert_eq!(judged(&host), Ok(()), "{host:?}");
    }
    for host in v6_notations("2606:4700:4700::1111".parse().unwrap()) {
        assert_eq!(judged(&host), Ok(()), "{host:?}");
    }
}

#[test]
fn every_ipv6_form_that_carries_an_ipv4_address_is_refused() {
    // Also around a public address: nobody publishes keys behind such a gateway.
    let public = [1, 2, 3, 4];
    for &octets in SPECIAL_V4.iter().chain([&public]) {
        for address in carriers(octets.into()) {
            for host in v6_notations(address) {
                assert_eq!(judged(&host), Err(UrlRefused::AddressNotAllowed), "{host}");
            }
        }
    }
}

#[test]
fn every_special_ipv6_range_is_refused_in_every_notation() {
    for text in SPECIAL_V6 {
        for host in v6_notations(text.parse().unwrap()) {
            assert_eq!(judged(&host), Err(UrlRefused::AddressNotAllowed), "{host}");
        }
    }
}

#[test]
fn what_only_looks_like_an_address_is_no_host() {
    for host in [
        "[fe80::1%25eth0]",
        "[::1",
        "1.2.3.4.5",
        "256.0.0.1",
        "0x100000000",
        "08.0.0.1",
    ] {
        assert!(
            matches!(judged(host), Err(UrlRefused::Unreadable(_))),
            "{host}: {:?}",
            judged(host)
        );
    }
}

#[tokio::test]
async fn a_fetch_refuses_before_it_asks_anybody() {
    for host in notations(Ipv4Addr::new(169, 254, 169, 254)) {
        let url = format!("https://{host}/keys");
        let failed = key_body(&url, AddressPolicy::public()).await.unwrap_err();
        assert_eq!(failed, FetchFailed::Url(UrlRefused::AddressNotAllowed));
        assert_eq!(failed.outcome(), "address-not-allowed");
    }
}

#[tokio::test]
async fn a_setting_is_not_saved_with_any_of_them() {
    let world = World::new().await;
    let admin = world.administrator().await;
    let loopback = Ipv4Addr::LOCALHOST;
    let carried = carriers(loopback).into_iter().flat_map(v6_notations);
    let metadata = notations(Ipv4Addr::new(169, 254, 169, 254));
    let names = [
        "localhost",
        "LOCALHOST.",
        "ｌｏｃａｌｈｏｓｔ",
        "db.internal",
    ];
    let hosts = notations(loopback)
        .into_iter()
        .chain(carried)
        .chain(metadata)
        .chain(names.map(str::to_owned));
    for host in hosts {
        let body = json!({
            "name": "Shop",
            "publicKeyUrl": format!("https://{host}/keys"),
            "clientFunction": "auth.token",
        });
        let answer = admin.post("/admin/authentication-settings", &body).await;
        answer.refuses(&[("publicKeyUrl", "invalid")]);
        let said = answer.problem("invalid-request")["fields"][0]["message"].clone();
        assert_eq!(
            said, "The public key URL's address is not allowed.",
            "{host:?}"
        );
    }
}
