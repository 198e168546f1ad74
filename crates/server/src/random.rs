//! The one place where the server draws randomness: ids, and secrets with the hashes that are stored for them.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU16, Ordering};

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bonafide_protocol::Secret;

/// 128 random bits, for an id that nobody can guess.
#[must_use]
pub fn bits() -> u128 {
    u128::from_be_bytes(bytes())
}

/// 128 bits, of which nobody can guess 80; the first 48 are the time. Ids of one moment stand beside each other in each index, so
/// that what is stored at once changes few pages. Within a millisecond they have no order.
#[must_use]
pub fn timed_bits(now_ms: i64) -> u128 {
    ordered_bits_from(now_ms) | (bits() >> 48)
}

/// 128 bits that grow with `now_ms`: 48 bits of time, 16 that count within it, 64 random ones. For ids that are
/// also an order.
#[must_use]
pub fn ordered_bits(now_ms: i64) -> u128 {
    static COUNT: AtomicU16 = AtomicU16::new(0);
    let time = u128::from(now_ms.max(0).unsigned_abs());
    let count = u128::from(COUNT.fetch_add(1, Ordering::Relaxed));
    let random = u128::from(u64::from_be_bytes(bytes()));
    (time << 80) | (count << 64) | random
}

/// From 0 to 1, for what is not to happen everywhere in one moment.
#[must_use]
pub fn fraction() -> f64 {
    f64::from(u32::from_be_bytes(bytes())) / f64::from(u32::MAX)
}

/// Below all of [`ordered_bits`] of this time and later, and above all of earlier ones.
#[must_use]
pub fn ordered_bits_from(now_ms: i64) -> u128 {
    u128::from(now_ms.max(0).unsigned_abs()) << 80
}

/// A new secret of 256 random bits: `prefix` and 43 characters of base64url.
#[must_use]
pub fn secret(prefix: &str) -> Secret {
    Secret::new(format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes::<32>())))
}

/// What is stored for a secret of [`secret`]: its SHA-256 as hex. Such a secret has too many bits to be searched
/// for, so it needs no slow hash; and since the hash is looked up, no comparison in constant time either.
#[must_use]
pub fn secret_hash(secret: &str) -> String {
    hex(digest(&SHA256, secret.as_bytes()).as_ref())
}

/// Lower-case hex.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(
        clippy::expect_used,
        reason = "without randomness no secret may be made; there is no way on"
    )]
    aws_lc_rs::rand::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}

#[cfg(test)]
mod tests {
    use super::{bits, ordered_bits, ordered_bits_from, secret, secret_hash, timed_bits};

    #[test]
    fn secrets_differ_and_hash_the_same_way_each_time() {
        let (one, two) = (secret("s_"), secret("s_"));
        assert_ne!(one, two);
        assert_eq!(one.expose().len(), 2 + 43);
        assert_eq!(secret_hash(one.expose()), secret_hash(one.expose()));
        assert_ne!(bits(), bits());
    }

    #[test]
    fn timed_bits_are_of_their_time_and_differ() {
        let one = timed_bits(1_000);
        assert!((ordered_bits_from(1_000)..ordered_bits_from(1_001)).contains(&one));
        assert_ne!(one, timed_bits(1_000));
    }

    #[test]
    fn ordered_bits_grow_with_time() {
        assert!(ordered_bits(1_000) < ordered_bits(1_001));
    }
}
