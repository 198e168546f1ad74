//! What a stranger can make the verifier do, at the default limit and at the largest one that makes sense.

use std::hint::black_box;

use bonafide_verifier::{KeySet, Policy, verify};
use serde_json::json;

use super::{
    mint::{self, NOW, encode_url},
    stopwatch::{Candidate, race},
};

pub(crate) fn race_hostile_inputs(keys: &KeySet) {
    // 48 KB of text make 64 KB of base64.
    let nesting = |open: &str, close: &str, levels: usize| {
        format!(
            r#"{{"alg":"RS256","x":{}{}}}"#,
            open.repeat(levels),
            close.repeat(levels)
        )
    };
    let names = |format: fn(usize) -> String| {
        let mut header = String::from(r#"{"alg":"RS256""#);
        for name in 0.. {
            let member = format(name);
            if header.len() + member.len() > 48_000 {
                break;
            }
            header += &member;
        }
        header + "}"
    };
    let unsigned = |header: String| format!("{}.e30.AAAA", encode_url(header.as_bytes()));
    let cases = [
        (
            "24,000 levels of nesting in the header",
            unsigned(nesting("[", "]", 24_000)),
        ),
        (
            "128 levels, over and over",
            unsigned(nesting(&nested_array(), "", 1)),
        ),
        (
            "short different names in the header",
            unsigned(names(|name| format!(",\"{name:x}\":1"))),
        ),
        (
            "long names with one beginning",
            unsigned(names(|name| format!(",\"aaaaaaaaaaaaaaaa{name:x}\":1"))),
        ),
        (
            "names behind escapes",
            unsigned(names(|name| format!(",\"\\u0061{name:x}\":1"))),
        ),
        (
            "48 KB of escapes",
            unsigned(format!(
                r#"{{"alg":"RS256","x":"{}"}}"#,
                "\\\"".repeat(23_900)
            )),
        ),
        (
            "48 KB of blanks",
            unsigned(format!("{}{{\"alg\":\"RS256\"", " ".repeat(48_000))),
        ),
        ("64 KB of dots", ".".repeat(65_536)),
        ("100,000 dots", ".".repeat(100_000)),
        (
            "1 MB signature",
            format!(
                "{}.e30.{}",
                encode_url(b"{\"alg\":\"RS256\"}"),
                "A".repeat(1 << 20)
            ),
        ),
    ];
    let default = Policy::default();
    let generous = Policy {
        max_token_bytes: 2 << 20,
        ..Policy::default()
    };
    for (name, token) in &cases {
        for (limit, policy) in [("64 KiB", &default), ("2 MiB", &generous)] {
            race(&mut [Candidate::refusal(
                &format!("hostile, limit {limit}: {name}"),
                || verify(black_box(token), keys, policy, NOW).is_ok(),
            )]);
        }
    }
    // Signed by a website that means harm.
    let mut context = String::from("{");
    for name in 0..100 {
        context += &format!(
            "{}\"{name:0>100}\":\"\\u0061{}\"",
            if name == 0 { "" } else { "," },
            "x".repeat(300)
        );
    }
    let token = mint::a().claims(&mint::with_claim("lwicontexts", Some(json!(context + "}"))));
    race(&mut [Candidate::new(
        "hostile but signed: 100 variables of 300 characters",
        || verify(black_box(&token), keys, &default, NOW).is_ok(),
    )]);
}

/// As many arrays of 126 levels as 48 KB hold.
fn nested_array() -> String {
    let one = format!("{}{}", "[".repeat(126), "]".repeat(126));
    format!("[{}]", vec![one; 188].join(","))
}
