//! The keys that each public key URL published last, each with its id.

use serde::{Deserialize, Serialize};

use super::{Connection, StorageError, json};
use crate::keys::source::PublishedKey;

/// What is known of the keys that a URL published before.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Known {
    /// Each key.
    Keys(Vec<PublishedKey>),
    /// A row from before ids were stored: fingerprints, sorted.
    Fingerprints(Vec<String>),
    /// Something was stored, but it is not what any version writes.
    Unreadable,
}

impl Known {
    /// Whether these are the keys, as far as is known. `keys` are sorted.
    pub(crate) fn is(&self, keys: &[PublishedKey]) -> bool {
        match self {
            Self::Keys(known) => known == keys,
            Self::Fingerprints(known) => {
                let mut fingerprints: Vec<&str> =
                    keys.iter().map(|key| key.fingerprint.as_str()).collect();
                fingerprints.sort_unstable();
                *known == fingerprints
            }
            Self::Unreadable => false,
        }
    }
}

/// An element of the JSON list in the column `fingerprints`.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Element {
    Key {
        kid: Option<String>,
        fingerprint: String,
    },
    Fingerprint(String),
}

/// What was seen at `url` before. `None` when it was never read.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn find(
    connection: &mut Connection,
    url: &str,
) -> Result<Option<Known>, StorageError> {
    let text: Option<String> =
        sqlx::query_scalar("SELECT fingerprints FROM published_keys WHERE url = $1")
            .bind(url)
            .fetch_optional(connection)
            .await?;
    Ok(text.map(|text| read(&text)))
}

/// Stores what `url` publishes now.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn store(
    connection: &mut Connection,
    url: &str,
    keys: &[PublishedKey],
    now_ms: i64,
) -> Result<(), StorageError> {
    sqlx::query(
        "INSERT INTO published_keys (url, fingerprints, seen_at) VALUES ($1, $2, $3)
         ON CONFLICT (url) DO UPDATE SET fingerprints = excluded.fingerprints, seen_at = excluded.seen_at",
    )
    .bind(url)
    .bind(json::write(&keys.iter().map(element).collect::<Vec<_>>())?)
    .bind(now_ms)
    .execute(connection)
    .await?;
    Ok(())
}

fn element(key: &PublishedKey) -> Element {
    Element::Key {
        kid: key.kid.clone(),
        fingerprint: key.fingerprint.clone(),
    }
}

fn read(text: &str) -> Known {
    let Ok(elements) = serde_json::from_str::<Vec<Element>>(text) else {
        return Known::Unreadable;
    };
    let (mut keys, mut fingerprints) = (Vec::new(), Vec::new());
    for element in elements {
        match element {
            Element::Key { kid, fingerprint } => keys.push(PublishedKey { kid, fingerprint }),
            Element::Fingerprint(fingerprint) => fingerprints.push(fingerprint),
        }
    }
    match fingerprints.is_empty() {
        true => Known::Keys(keys),
        false if keys.is_empty() => Known::Fingerprints(fingerprints),
        false => Known::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(kid: Option<&str>, fingerprint: &str) -> PublishedKey {
        PublishedKey {
            kid: kid.map(str::to_owned),
            fingerprint: fingerprint.to_owned(),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let keys = [key(None, "f1"), key(Some("a `b`"), "f2")];
        let text = json::write(&keys.iter().map(element).collect::<Vec<_>>()).unwrap();
        assert_eq!(read(&text), Known::Keys(keys.to_vec()));
    }

    #[test]
    fn a_row_from_before_ids_were_stored_knows_only_fingerprints() {
        let known = read(r#"["f1","f2"]"#);
        assert!(known.is(&[key(Some("a"), "f2"), key(Some("b"), "f1")]));
        assert!(!known.is(&[key(Some("a"), "f1")]));
        assert!(!read(r#"{"f1":2}"#).is(&[]));
        assert!(!read(r#"["f1",{"kid":null,"fingerprint":"f1"}]"#).is(&[key(None, "f1")]));
    }
}
