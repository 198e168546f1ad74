//! A certificate serves within its validity, and only then.

#[cfg(target_family = "wasm")]
use super::test;

use super::{
    judge::{code_with, judge_with},
    mint::{self, with_claim},
};
use crate::{KeySet, Policy};

const CERTIFICATE: &str = include_str!("data/test-only-a.certificate.pem");

#[test]
fn it_serves_from_its_first_to_its_last_second() {
    let keys = KeySet::parse(CERTIFICATE.as_bytes()).unwrap();
    let key = &keys.keys()[0];
    let (begins, ends) = (key.not_before().unwrap(), key.expires_at().unwrap());
    // `openssl x509 -noout -dates` says so too, see the file's own comment in data/README.md.
    assert_eq!((begins, ends), (1_795_380_857, 2_110_740_857));

    let token = |issued_at: i64| {
        let mut claims = with_claim("nbf", None);
        claims["iat"] = issued_at.into();
        claims["exp"] = (issued_at + 900).into();
        mint::a().claims(&claims)
    };
    let policy = Policy {
        leeway_seconds: 300,
        ..Policy::default()
    };
    let at = |now: i64| code_with(&token(now), CERTIFICATE, &policy, now);
    assert_eq!(at(begins - 1), "token-key-unknown");
    assert_eq!(at(begins), "accepted");
    assert_eq!(at(ends), "accepted");
    assert_eq!(at(ends + 1), "token-key-expired");
    let refusal = judge_with(&token(begins), CERTIFICATE, &policy, begins - 1).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "The token's key is a certificate that is not valid before 2026-11-22T20:54:17Z (1795380857), 1 s from now; \
         now is 2026-11-22T20:54:16Z (1795380856)."
    );
}

#[test]
fn an_entrys_expiry_and_the_certificates_both_hold() {
    let with = |expiry: i64| {
        let mut entry = mint::entry("k", CERTIFICATE);
        entry["expiry"] = expiry.into();
        KeySet::parse(entry.to_string().as_bytes()).unwrap().keys()[0].expires_at()
    };
    assert_eq!(with(1_800_000_000), Some(1_800_000_000));
    assert_eq!(with(3_000_000_000), Some(2_110_740_857));
}

/// The certificate with another validity: tag and text of both times. Nobody judges its signature.
fn with_validity(times: [(u8, &str); 2]) -> String {
    let base64: String = CERTIFICATE
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    let mut der = mint::decode_standard(&base64);
    let validity: Vec<u8> = times
        .into_iter()
        .flat_map(|(tag, text)| [&[tag, text.len() as u8], text.as_bytes()].concat())
        .collect();
    // The validity's 30 bytes of content begin with a UTCTime.
    let at = der
        .windows(4)
        .position(|window| window == [0x30, 30, 0x17, 13])
        .unwrap();
    der.splice(at + 2..at + 32, validity.iter().copied());
    der[at + 1] = validity.len() as u8;
    // Certificate and TBSCertificate each have two bytes of length.
    for length_at in [2, 6] {
        let length = u16::from_be_bytes([der[length_at], der[length_at + 1]]);
        let length = length + validity.len() as u16 - 30;
        der[length_at..length_at + 2].copy_from_slice(&length.to_be_bytes());
    }
    format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        mint::encode_standard(&der)
    )
}

const UTC: u8 = 0x17;
const GENERALIZED: u8 = 0x18;

#[test]
fn its_times_are_read_in_both_forms() {
    let seconds = |tag, text| {
        let body = with_validity([(UTC, "700101000000Z"), (tag, text)]);
        let keys = KeySet::parse(body.as_bytes()).unwrap();
        assert_eq!(keys.keys()[0].not_before(), Some(0));
        keys.keys()[0].expires_at().unwrap()
    };
    for (text, expected) in [
        ("491231235959Z", 2_524_607_999),
        ("500101000000Z", -631_152_000),
        ("991231235959Z", 946_684_799),
        ("000229123456Z", 951_827_696),
        ("240229000000Z", 1_709_164_800),
        ("230228000000Z", 1_677_542_400),
        ("260430000000Z", 1_777_507_200),
    ] {
        assert_eq!(seconds(UTC, text), expected, "{text}");
    }
    for (text, expected) in [
        ("20500101000000Z", 2_524_608_000),
        ("99991231235959Z", 253_402_300_799),
        ("24000229000000Z", 13_574_563_200),
        ("21000228000000Z", 4_107_456_000),
        ("19000301000000Z", -2_203_891_200),
        ("00010101000000Z", -62_135_596_800),
    ] {
        assert_eq!(seconds(GENERALIZED, text), expected, "{text}");
    }
}

#[test]
fn times_that_do_not_exist_or_are_not_utc_are_damage() {
    let utc = [
        "",
        "Z",
        "2611222054Z",
        "261122205417",
        "261122205417+0000",
        "2611222054170Z",
        "26112220541Z",
        "261122205417z",
        "260022205417Z",
        "261322205417Z",
        "261100205417Z",
        "261131205417Z",
        "260931205417Z",
        "260631205417Z",
        "260431205417Z",
        "260132205417Z",
        "230229205417Z",
        "240230205417Z",
        "261122245417Z",
        "261122206017Z",
        "261122205460Z",
        "26112220541xZ",
        "2a1122205417Z",
        "20261122205417Z",
    ];
    let generalized = [
        "",
        "202",
        "20261122205417",
        "20261122205417.5Z",
        "202611222054Z",
        "261122205417Z",
        "20261322205417Z",
        "21000229205417Z",
        "19000229205417Z",
        "2o261122205417Z",
        "20261122205417-0100",
    ];
    let cases = (utc.map(|text| (UTC, text)).into_iter())
        .chain(generalized.map(|text| (GENERALIZED, text)));
    for (tag, text) in cases {
        for times in [
            [(tag, text), (UTC, "361119205417Z")],
            [(UTC, "261122205417Z"), (tag, text)],
        ] {
            let error = KeySet::parse(with_validity(times).as_bytes()).unwrap_err();
            assert!(
                error
                    .to_string()
                    .contains("expected a date and time in UTC at DER byte"),
                "{text:?}: {error}"
            );
        }
    }
    // Neither of the two kinds of time.
    let error =
        KeySet::parse(with_validity([(UTC, "261122205417Z"), (0x16, "361119205417Z")]).as_bytes());
    assert!(
        error
            .unwrap_err()
            .to_string()
            .contains("expected a UTCTime (0x17) at DER byte")
    );
}
