//! Key directories: what is on disk, what rotation does over time, what a crash leaves.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use std::fs;

use bonafide_issuer::{
    KeyDirectory, KeyDirectoryError, KeyPair, KeyRing, KeyRingError, KeySize, KeyState, Rotation,
};

const NOW: i64 = 1_800_000_000;
const MINUTE: i64 = 60;

fn new_pair() -> KeyPair {
    KeyPair::generate(KeySize::Bits2048).unwrap()
}

fn states(ring: &KeyRing, now: i64) -> Vec<KeyState> {
    let entries = ring.entries().iter();
    entries.map(|entry| ring.state(entry, now)).collect()
}

fn published(ring: &KeyRing, now: i64) -> usize {
    match ring.published(now) {
        None => 0,
        Some(keys) if keys.body.starts_with("-----BEGIN") => 1,
        Some(keys) => serde_json::from_str::<Vec<serde_json::Value>>(&keys.body)
            .unwrap()
            .len(),
    }
}

#[test]
fn rotation_overlaps_on_both_sides() {
    use KeyState::{Expired, Retiring, Signing, Upcoming};
    let ring = KeyRing::single(new_pair())
        .rotated(new_pair(), None, Rotation::default(), NOW)
        .unwrap();
    for (after, expected, count) in [
        (0, [Signing, Upcoming], 2),
        (15 * MINUTE - 1, [Signing, Upcoming], 2),
        (15 * MINUTE, [Retiring, Signing], 2),
        (90 * MINUTE - 1, [Retiring, Signing], 2),
        (90 * MINUTE, [Expired, Signing], 1),
    ] {
        assert_eq!(states(&ring, NOW + after), expected, "after {after} s");
        assert_eq!(published(&ring, NOW + after), count, "after {after} s");
    }
}

#[test]
fn a_second_rotation_never_prolongs_a_key_and_forgets_expired_ones() {
    let first = KeyRing::single(new_pair())
        .rotated(new_pair(), None, Rotation::default(), NOW)
        .unwrap();
    let expiry = first.entries()[0].expires_at;
    let soon = first
        .rotated(new_pair(), None, Rotation::default(), NOW + MINUTE)
        .unwrap();
    assert_eq!(soon.entries().len(), 3);
    assert_eq!(soon.entries()[0].expires_at, expiry);
    let late = first
        .rotated(new_pair(), None, Rotation::default(), NOW + 91 * MINUTE)
        .unwrap();
    assert_eq!(late.entries().len(), 2);
}

#[test]
fn a_clock_set_back_does_not_stop_the_website() {
    let directory = tempfile::tempdir().unwrap();
    let ring = KeyDirectory::new(directory.path())
        .add_first(new_pair(), None, NOW)
        .unwrap();
    assert_eq!(states(&ring, NOW - 86_400), [KeyState::Signing]);
}

#[test]
fn an_emergency_takes_the_old_key_away_at_once() {
    let emergency = Rotation {
        lead_seconds: 0,
        overlap_seconds: 0,
    };
    let ring = KeyRing::single(new_pair())
        .rotated(new_pair(), None, emergency, NOW)
        .unwrap();
    assert_eq!(states(&ring, NOW), [KeyState::Expired, KeyState::Signing]);
    assert_eq!(published(&ring, NOW), 1);
}

#[test]
fn key_ids_are_unique_and_within_limits() {
    let ring = KeyRing::single(new_pair());
    let taken = ring.entries()[0].key_id.clone();
    let rotated = |id: String| ring.rotated(new_pair(), Some(id), Rotation::default(), NOW);
    assert_eq!(
        rotated(taken.clone()).unwrap_err(),
        KeyRingError::DuplicateKeyId(taken)
    );
    assert_eq!(
        rotated(String::new()).unwrap_err(),
        KeyRingError::InvalidKeyId
    );
    assert_eq!(
        rotated("k".repeat(201)).unwrap_err(),
        KeyRingError::InvalidKeyId
    );
    assert_eq!(KeyRing::new(Vec::new()).unwrap_err(), KeyRingError::Empty);
}

#[test]
fn a_directory_keeps_what_it_was_given() {
    let parent = tempfile::tempdir().unwrap();
    let keys = KeyDirectory::new(parent.path().join("deep/keys"));
    assert!(!keys.is_in_use());
    let missing = keys.read().unwrap_err();
    assert!(
        missing.to_string().contains("bonafide keys new"),
        "{missing}"
    );

    let first = keys
        .add_first(new_pair(), Some("a/b+c=_".into()), NOW)
        .unwrap();
    let before = keys.revision().unwrap();
    assert_eq!(keys.read().unwrap().entries()[0].key_id, "a/b+c=_");
    let again = keys.add_first(new_pair(), None, NOW).unwrap_err();
    assert!(
        matches!(again, KeyDirectoryError::AlreadyInUse(_)),
        "{again}"
    );

    let second = keys
        .rotate(new_pair(), None, Rotation::default(), NOW)
        .unwrap();
    assert_ne!(keys.revision().unwrap(), before);
    let read = keys.read().unwrap();
    for (stored, given) in read.entries().iter().zip(second.entries()) {
        assert_eq!(stored.key_id, given.key_id);
        assert_eq!(stored.signs_from, given.signs_from);
        assert_eq!(stored.expires_at, given.expires_at);
        assert_eq!(stored.key_pair.fingerprint(), given.key_pair.fingerprint());
    }
    assert_eq!(
        read.entries()[0].key_pair.fingerprint(),
        first.entries()[0].key_pair.fingerprint()
    );
}

#[test]
fn an_expired_private_key_leaves_the_disk() {
    let directory = tempfile::tempdir().unwrap();
    let keys = KeyDirectory::new(directory.path());
    let private_keys = || {
        let files = fs::read_dir(directory.path()).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.ends_with(".private.pem")).count()
    };
    keys.add_first(new_pair(), None, NOW).unwrap();
    keys.rotate(new_pair(), None, Rotation::default(), NOW)
        .unwrap();
    assert_eq!(private_keys(), 2);
    keys.rotate(new_pair(), None, Rotation::default(), NOW + 91 * MINUTE)
        .unwrap();
    assert_eq!(private_keys(), 2);
}

#[test]
fn what_a_crash_left_behind_does_not_matter() {
    let directory = tempfile::tempdir().unwrap();
    let keys = KeyDirectory::new(directory.path());
    keys.add_first(new_pair(), None, NOW).unwrap();
    fs::write(directory.path().join("keys.json.new"), "{\"ke").unwrap();
    fs::write(directory.path().join("0abc.private.pem.new"), "-----BEG").unwrap();
    fs::write(
        directory.path().join("0abc.private.pem"),
        "no list names this",
    )
    .unwrap();
    assert_eq!(keys.read().unwrap().entries().len(), 1);
    keys.rotate(new_pair(), None, Rotation::default(), NOW)
        .unwrap();
    assert_eq!(keys.read().unwrap().entries().len(), 2);
}

#[test]
fn rotations_at_the_same_time_wait_for_each_other() {
    let directory = tempfile::tempdir().unwrap();
    let keys = KeyDirectory::new(directory.path());
    keys.add_first(new_pair(), None, NOW).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                keys.rotate(new_pair(), None, Rotation::default(), NOW)
                    .unwrap()
            });
        }
    });
    assert_eq!(keys.read().unwrap().entries().len(), 5);
}

#[test]
fn a_list_that_is_not_understood_says_where() {
    let directory = tempfile::tempdir().unwrap();
    let keys = KeyDirectory::new(directory.path());
    fs::write(directory.path().join("keys.json"), "{\"keys\": [\n  {]}").unwrap();
    let fault = keys.read().unwrap_err().to_string();
    assert!(
        fault.contains("keys.json") && fault.contains("line 2"),
        "{fault}"
    );
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn only_the_owner_can_read_any_of_it() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("keys");
        KeyDirectory::new(&path)
            .add_first(new_pair(), None, NOW)
            .unwrap();
        let mode =
            |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o700);
        for file in fs::read_dir(&path).unwrap() {
            let file = file.unwrap().path();
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
    }

    #[test]
    fn a_private_key_that_others_may_read_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let keys = KeyDirectory::new(directory.path());
        let ring = keys.add_first(new_pair(), None, NOW).unwrap();
        let fingerprint = ring.entries()[0].key_pair.fingerprint();
        let file = directory.path().join(format!("{fingerprint}.private.pem"));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        let fault = keys.read().unwrap_err().to_string();
        assert!(
            fault.contains("chmod 600") && fault.contains("040"),
            "{fault}"
        );
    }
}
