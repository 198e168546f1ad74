//! Records what the key source saw: a website whose keys changed, that publishes entries nobody can use, or that shows a
//! private key to everybody.
//!
//! Must not lose one to a database that is busy or full: whoever swaps a website's keys can be anybody there, and this
//! row is how people find out.

use std::time::Duration;

use bonafide_protocol::admin::Actor;
use tokio::sync::mpsc;

use super::Conversations;
use crate::keys::source::{KeyEvent, PublishedKey};
use crate::state::AppState;
use crate::storage::audit::{self, Entry};
use crate::storage::published_keys::{self, Known};
use crate::storage::{StorageError, Transaction};

/// Runs until the key source is gone.
pub(crate) async fn watch_keys(state: AppState, events: mpsc::Receiver<KeyEvent>) {
    record_all(events, |event| {
        let at = state.conversations.clock.now_ms();
        let state = state.clone();
        // Each try has the time at which the event came.
        move || {
            let (state, event) = (state.clone(), event.clone());
            async move { state.conversations.record(&event, at).await }
        }
    })
    .await;
}

/// Stores one event after the other. What fails is tried again until it is stored; those behind it wait in the
/// channel, whose sender tells again of what found no room.
async fn record_all<Try, Stored>(
    mut events: mpsc::Receiver<KeyEvent>,
    mut tries: impl FnMut(KeyEvent) -> Try,
) where
    Try: FnMut() -> Stored,
    Stored: Future<Output = Result<(), StorageError>>,
{
    while let Some(event) = events.recv().await {
        match &event {
            KeyEvent::PrivateKeyShown { url } => tracing::error!(
                url,
                "a public key URL shows a private key to everybody; replace that key"
            ),
            KeyEvent::PassedOver { url, entries } => tracing::warn!(
                url,
                entries = entries.len(),
                "a public key URL publishes entries that cannot be used"
            ),
            KeyEvent::Published { .. } => {}
        }
        let mut store = tries(event);
        let mut pause = FIRST_PAUSE;
        while let Err(error) = store().await {
            tracing::warn!(%error, "an event of the key source could not be recorded yet");
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}

impl Conversations {
    async fn record(&self, event: &KeyEvent, at: i64) -> Result<(), StorageError> {
        let mut transaction = self.storage.write().await?;
        match event {
            KeyEvent::Published { url, keys } => published(&mut transaction, url, keys, at).await?,
            KeyEvent::PassedOver { url, entries } => {
                let entry = Entry::new(at, Actor::System, "keys.passed-over")
                    .subject(url)
                    .text("entries", entries.join(" "));
                audit::append(&mut transaction, entry).await?;
            }
            KeyEvent::PrivateKeyShown { url } => {
                let entry = Entry::new(at, Actor::System, "keys.private-key-shown").subject(url);
                audit::append(&mut transaction, entry).await?;
            }
        }
        transaction.commit().await
    }
}

async fn published(
    transaction: &mut Transaction,
    url: &str,
    keys: &[PublishedKey],
    at: i64,
) -> Result<(), StorageError> {
    let before = published_keys::find(transaction, url).await?;
    if matches!(&before, Some(Known::Keys(before)) if before == keys) {
        return Ok(());
    }
    published_keys::store(transaction, url, keys, at).await?;
    if let Some(before) = before
        && !before.is(keys)
    {
        let entry = Entry::new(at, Actor::System, "keys.changed")
            .subject(url)
            .text("before", known(&before))
            .text("after", list(keys));
        audit::append(transaction, entry).await?;
    }
    Ok(())
}

fn known(before: &Known) -> String {
    match before {
        Known::Keys(keys) => list(keys),
        Known::Fingerprints(fingerprints) => fingerprints.join(" "),
        Known::Unreadable => "what was stored cannot be read".to_owned(),
    }
}

/// Fingerprints, each before the id of its key.
fn list(keys: &[PublishedKey]) -> String {
    let keys = keys.iter().map(|key| match &key.kid {
        Some(kid) => format!("{} `{}`", key.fingerprint, kid.escape_debug()),
        None => key.fingerprint.clone(),
    });
    keys.collect::<Vec<_>>().join(" ")
}

/// Pauses between tries: a short one for a lock, and longer ones for a full disk.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use tokio::time::Instant;

    use super::*;

    fn shown(url: &str) -> KeyEvent {
        KeyEvent::PrivateKeyShown {
            url: url.to_owned(),
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_cannot_be_stored_is_tried_again_until_it_is() {
        let (sender, events) = mpsc::channel(2);
        sender.try_send(shown("first")).unwrap();
        sender.try_send(shown("second")).unwrap();
        drop(sender);
        let (stored, tries) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
        let began = Instant::now();
        record_all(events, |event| {
            let (stored, tries) = (&stored, &tries);
            move || {
                let event = event.clone();
                async move {
                    tries.borrow_mut().push(began.elapsed().as_secs());
                    if tries.borrow().len() < 10 {
                        return Err(StorageError::Taken);
                    }
                    stored.borrow_mut().push(event);
                    Ok(())
                }
            }
        })
        .await;
        assert_eq!(stored.into_inner(), [shown("first"), shown("second")]);
        // 1, 2, 4 … seconds apart, then a minute; the second is stored at once.
        let expected = [0, 1, 3, 7, 15, 31, 63, 123, 183, 243, 243];
        assert_eq!(tries.into_inner(), expected);
    }
}
