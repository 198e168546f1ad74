//! Any text as `lwicontexts` of a genuine token.
#![no_main]

#[allow(dead_code, reason = "this target needs only some of it")]
mod signer;

libfuzzer_sys::fuzz_target!(|context: &str| {
    let claims = serde_json::json!({
        "iss": "contosohelp.com",
        "sub": "87b4d06c-abc2-e811-a9b0-000d3a10e09e",
        "iat": 1_542_622_071,
        "exp": 1_542_625_672,
        "lwicontexts": context,
    });
    signer::judge(&signer::sign(
        br#"{"alg":"RS256","typ":"JWT"}"#,
        claims.to_string().as_bytes(),
    ));
});
