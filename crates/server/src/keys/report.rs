//! What the administrator's *Test* says about a public key URL.
//!
//! Must not show the body; for an address that is not allowed it says only that.

use std::sync::Arc;

use bonafide_protocol::ErrorCode;
use bonafide_protocol::admin::test_report::{KeyReport, KeysReport, PassedOverReport};
use bonafide_verifier::{KeySet, PublicKey};

use super::fetch::Seen;
use super::looks::Looked;
use super::source::KeySource;
use crate::clock::timestamp;

/// Asks `url` now, past the cache, though not more than once in 2 s. Gives the key set too, when there is one, to judge a token with.
pub async fn key_report(source: &KeySource, url: &str) -> (KeysReport, Option<Arc<KeySet>>) {
    let Looked { result, seen } = match source.judge(url) {
        Ok(url) => source.look(&url).await,
        Err(refused) => Looked {
            result: Err(refused),
            seen: Seen::default(),
        },
    };
    let now = source.clock().now_s();
    let (code, message) = match &result {
        Ok(keys) => (unusable(keys, now), found(keys, now)),
        Err(error) => (Some(error.code()), error.to_string()),
    };
    let keys = result.ok();
    let report = KeysReport {
        code,
        message,
        status: seen.status,
        content_type: seen.content_type,
        bytes: seen.bytes.and_then(|bytes| u32::try_from(bytes).ok()),
        duration_ms: u32::try_from(seen.took.as_millis()).unwrap_or(u32::MAX),
        format: keys.as_ref().map(|keys| keys.format().as_str().to_owned()),
        keys: keys.as_deref().map(key_reports).unwrap_or_default(),
        passed_over: keys.as_deref().map(passed_over).unwrap_or_default(),
    };
    (report, keys)
}

/// What every token is refused with while no key is within its times; `None` while one is.
fn unusable(keys: &KeySet, now: i64) -> Option<ErrorCode> {
    let keys = keys.keys();
    if keys.iter().any(|key| key.is_usable_at(now)) {
        None
    } else if keys.iter().any(|key| is_expired(key, now)) {
        Some(ErrorCode::TokenKeyExpired)
    } else {
        Some(ErrorCode::TokenNotYetValid)
    }
}

fn is_expired(key: &PublicKey, now: i64) -> bool {
    key.expires_at().is_some_and(|at| at < now)
}

fn found(keys: &KeySet, now: i64) -> String {
    let expired = keys.keys().iter().filter(|key| is_expired(key, now));
    let found = match (keys.keys().len(), expired.count()) {
        (1, 1) => "Found 1 key, and it has expired: every token is refused. The website has to publish the key that it signs with now".to_owned(),
        (1, _) => "Found 1 key".to_owned(),
        (many, 0) => format!("Found {many} keys"),
        (many, expired) if expired == many => {
            format!("Found {many} keys, and all have expired: every token is refused. The website has to publish the key that it signs with now")
        }
        (many, expired) => format!("Found {many} keys, of which {expired} expired"),
    };
    let mistakes = keys.passed_over().iter().filter(|entry| entry.is_mistake());
    match mistakes.count() {
        0 => format!("{found}."),
        1 => format!("{found}; 1 entry cannot be used."),
        many => format!("{found}; {many} entries cannot be used."),
    }
}

fn passed_over(keys: &KeySet) -> Vec<PassedOverReport> {
    let entries = keys.passed_over().iter();
    entries
        .map(|entry| PassedOverReport {
            entry: entry
                .error()
                .entry()
                .and_then(|entry| u32::try_from(entry).ok())
                .unwrap_or_default(),
            kid: entry.kid().map(str::to_owned),
            is_mistake: entry.is_mistake(),
            reason: entry.error().to_string(),
        })
        .collect()
}

fn key_reports(keys: &KeySet) -> Vec<KeyReport> {
    keys.keys()
        .iter()
        .map(|key| KeyReport {
            kid: key.kid().map(str::to_owned),
            bits: key.bits(),
            fingerprint: key.fingerprint().to_string(),
            expires_at: key
                .expires_at()
                .map(|seconds| timestamp(seconds.saturating_mul(1000))),
        })
        .collect()
}
