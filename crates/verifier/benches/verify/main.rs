//! How fast verification is, side by side with the raw signature check, `jsonwebtoken` and `jwt-compact`.
//!
//! Prints one line per figure; the last is exactly `verify: ratio to raw aws-lc-rs N.NN`. Everything is
//! measured in turn, round after round, and the quiet rounds count.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark: it measures and prints"
)]

mod allocations;
mod hostile;
#[path = "../../src/tests/mint.rs"]
#[allow(dead_code, reason = "the tests need more of it")]
mod mint;
mod peers;
mod stopwatch;

use std::hint::black_box;

use bonafide_verifier::{KeySet, Policy, explain, verify};
use serde_json::{Value, json};

use self::{
    mint::{KID, NOW, PUBLIC_A, encode_url, entry},
    stopwatch::{Candidate, long_race, race},
};

/// The size that the aim was set for: a real token with context.
const TOKEN_BYTES: usize = 819;

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let is_trial = !std::env::args().any(|argument| argument == "--bench");
    stopwatch::set_trial(is_trial);

    let token = sample_token(TOKEN_BYTES);
    let raw = peers::Raw::new(&token);
    let jsonwebtoken = peers::Jsonwebtoken::new();
    let jwt_compact = peers::JwtCompact::new();
    let keys = KeySet::parse(PUBLIC_A.as_bytes()).unwrap();
    let policy = Policy::default();

    // By themselves: whoever runs in between leaves the caches cold.
    let times = long_race(&mut [
        Candidate::new("raw aws-lc-rs, signature only", || raw.verify()),
        Candidate::new("bonafide-verifier, complete", || {
            verify(black_box(&token), &keys, &policy, NOW).is_ok()
        }),
    ]);
    let ratio = times.ratio(1, 0);
    println!(
        "verify: over the signature itself: {:.0} ns",
        times.quiet[1] - times.quiet[0]
    );
    race(&mut [
        Candidate::new("bonafide-verifier, explained", || {
            explain(black_box(&token), &keys, &policy, NOW)
                .outcome()
                .is_ok()
        }),
        Candidate::new("jsonwebtoken 11 on aws-lc-rs", || {
            jsonwebtoken.verify(black_box(&token))
        }),
        Candidate::new("jwt-compact 0.8 on rsa", || {
            jwt_compact.verify(black_box(&token))
        }),
        Candidate::new("jwt-compact 0.8, parsing alone", || {
            jwt_compact.parse(black_box(&token))
        }),
    ]);

    number_of_keys();
    token_lengths(&keys);
    rejections();
    hostile::race_hostile_inputs(&keys);
    allocations::count(&token, &keys);
    println!("verify: ratio to raw aws-lc-rs {ratio:.2}");
}

/// A token of exactly `bytes` bytes with the claims of a signed-in visitor and three context variables.
fn sample_token(bytes: usize) -> String {
    let header = r#"{"alg":"RS256","typ":"JWT"}"#;
    let claims = |padding: usize| {
        json!({
            "sub": "87b4d06c-abc2-e811-a9b0-000d3a10e09e",
            "given_name": "Bert",
            "email": "admin@contosohelp.com",
            "lwicontexts": r#"{"msdyn_cartvalue":"10000","msdyn_isvip":"false","portalcontactid":"87b4d06c"}"#,
            "iat": 1_542_622_071,
            "iss": "contosohelp.com",
            "exp": 1_542_625_672,
            "preferred_username": "x".repeat(padding),
        })
        .to_string()
    };
    let length = |padding| {
        encode_url(header.as_bytes()).len() + encode_url(claims(padding).as_bytes()).len() + 344
    };
    // Three bytes make four characters.
    let estimate = bytes.saturating_sub(length(0)) * 3 / 4;
    let padding = (estimate.saturating_sub(3)..)
        .find(|&padding| length(padding) >= bytes)
        .unwrap();
    let token = mint::a().token(header, claims(padding));
    assert!(
        token.len() - bytes <= 1,
        "base64 has lengths that it cannot reach"
    );
    token
}

fn number_of_keys() {
    let token = mint::a().token(
        json!({ "alg": "RS256", "kid": KID }).to_string(),
        mint::sample_claims().to_string(),
    );
    let set = |count: usize| {
        let mut entries: Vec<Value> = (1..count)
            .map(|i| entry(&format!("{KID}{i}")[8..], PUBLIC_A))
            .collect();
        entries.insert(count / 2, entry(KID, PUBLIC_A));
        KeySet::parse(Value::from(entries).to_string().as_bytes()).unwrap()
    };
    let (one, hundred) = (set(1), set(100));
    let policy = Policy::default();
    let times = race(&mut [
        Candidate::new("1 key in the set", || {
            verify(black_box(&token), &one, &policy, NOW).is_ok()
        }),
        Candidate::new("100 keys in the set", || {
            verify(black_box(&token), &hundred, &policy, NOW).is_ok()
        }),
    ]);
    println!(
        "verify: 100 keys take {:+.1} % of the time of 1 key",
        (1.0 / times.ratio(1, 0) - 1.0) * 100.0
    );
}

fn token_lengths(keys: &KeySet) {
    let policy = Policy::default();
    let mut previous: Option<(usize, f64, f64)> = None;
    for kilobytes in [1, 2, 4, 8, 16, 32, 64] {
        let token = sample_token(kilobytes * 1024);
        let token = if token.len() > policy.max_token_bytes {
            sample_token(kilobytes * 1024 - 2)
        } else {
            token
        };
        let raw = peers::Raw::new(&token);
        let times = race(&mut [
            Candidate::new(
                &format!("raw aws-lc-rs, token of {} bytes", token.len()),
                || raw.verify(),
            ),
            Candidate::new(&format!("complete, token of {} bytes", token.len()), || {
                verify(black_box(&token), keys, &policy, NOW).is_ok()
            }),
        ]);
        if let Some((bytes, raw, complete)) = previous {
            let more = (token.len() - bytes) as f64;
            println!(
                "verify: each further byte up to {}: {:.2} ns, of which hashing {:.2} ns",
                token.len(),
                (times.quiet[1] - complete) / more,
                (times.quiet[0] - raw) / more
            );
        }
        previous = Some((token.len(), times.quiet[0], times.quiet[1]));
    }
}

fn rejections() {
    let token = sample_token(TOKEN_BYTES);
    let keys = KeySet::parse(
        json!([entry(KID, PUBLIC_A), entry("b", PUBLIC_A)])
            .to_string()
            .as_bytes(),
    )
    .unwrap();
    let lone = KeySet::parse(PUBLIC_A.as_bytes()).unwrap();
    let other = KeySet::parse(mint::PUBLIC_B.as_bytes()).unwrap();
    let with = |name: &str, value: Value| mint::a().claims(&mint::with_claim(name, Some(value)));
    let cases = [
        (
            "malformed (last character)",
            format!("{}*", &token[..token.len() - 1]),
            &lone,
        ),
        (
            "algorithm-unsupported",
            mint::a().token(r#"{"alg":"none"}"#, mint::sample_claims().to_string()),
            &lone,
        ),
        ("key-unknown", token.clone(), &keys),
        ("signature-invalid", token.clone(), &other),
        (
            "claim-missing",
            mint::a().claims(&mint::with_claim("sub", None)),
            &lone,
        ),
        ("claim-invalid", with("sub", json!("")), &lone),
        ("expired", with("exp", json!(1)), &lone),
        (
            "context-invalid",
            with("lwicontexts", json!("{\"a\":[]}")),
            &lone,
        ),
    ];
    let policy = Policy::default();
    for (name, token, keys) in &cases {
        race(&mut [Candidate::refusal(&format!("refusal: {name}"), || {
            verify(black_box(token), keys, &policy, NOW).is_ok()
        })]);
    }
}
