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

/// Whether a token may be signed with a key now. The verifier judges in this order, too.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Times {
    Usable,
    /// From this second on.
    NotYet(i64),
    Expired,
}

impl Times {
    /// From which second on, where that is still to come.
    fn begins(self) -> Option<i64> {
        match self {
            Self::NotYet(from) => Some(from),
            Self::Usable | Self::Expired => None,
        }
    }
}

fn times(key: &PublicKey, now: i64) -> Times {
    match (key.not_before(), key.expires_at()) {
        (Some(from), _) if now < from => Times::NotYet(from),
        (_, Some(until)) if now > until => Times::Expired,
        _ => Times::Usable,
    }
}

/// What every token is refused with while no key is within its times; `None` while one is.
fn unusable(keys: &KeySet, now: i64) -> Option<ErrorCode> {
    let all = || keys.keys().iter().map(|key| times(key, now));
    if all().any(|times| times == Times::Usable) {
        None
    } else if all().any(|times| times == Times::Expired) {
        Some(ErrorCode::TokenKeyExpired)
    } else {
        Some(ErrorCode::TokenKeyUnknown)
    }
}

fn found(keys: &KeySet, now: i64) -> String {
    let all: Vec<Times> = keys.keys().iter().map(|key| times(key, now)).collect();
    let expired = all.iter().filter(|&&times| times == Times::Expired).count();
    let not_yet: Vec<i64> = all.iter().filter_map(|times| times.begins()).collect();
    // When the first of them becomes valid.
    let from = not_yet.iter().min();
    let from = from.map(|seconds| timestamp(seconds.saturating_mul(1000)));
    let is_one_kind = [expired, not_yet.len()].contains(&all.len());
    let which = match (is_one_kind, all.len()) {
        (true, 1) => "and it is ",
        (true, _) => "and all are ",
        (false, _) => "of which ",
    };
    let count = |count: usize| match is_one_kind {
        true => String::new(),
        false => format!("{count} "),
    };
    let mut parts = Vec::new();
    if expired > 0 {
        parts.push(format!("{}expired", count(expired)));
    }
    if let Some(from) = from {
        parts.push(format!(
            "{}not valid before {}",
            count(not_yet.len()),
            from.as_str()
        ));
    }
    let mut found = match all.len() {
        1 => "Found 1 key".to_owned(),
        many => format!("Found {many} keys"),
    };
    if !parts.is_empty() {
        found += &format!(", {which}{}", parts.join(" and "));
    }
    if !all.contains(&Times::Usable) {
        found +=
            ": every token is refused. The website has to publish the key that it signs with now";
    }
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
