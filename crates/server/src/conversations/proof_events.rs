//! What changes in who the visitor is proved to be is kept as an event, so that agents see when it did. Must not decide who
//! that is.

use bonafide_protocol::conversation_event::{ConversationEventKind, EventParty};
use bonafide_protocol::id::ConversationId;

use super::view::visitor_name;
use super::{Conversations, Refused};
use crate::storage::audit::{self, Entry};
use crate::storage::conversations::{self, ConversationRow};
use crate::storage::events::{self, NewEvent};
use crate::storage::{StorageError, Transaction};

/// Lapses noted at once: after a downtime many are due, and other writers wait no longer than this takes. The others follow a
/// second later.
const AT_ONCE: u32 = 200;

/// How a proof came.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Came {
    /// From the page that has the conversation.
    Here,
    /// With a start from another page or device.
    Elsewhere,
}

/// Notes a new proof in a conversation that stood as `before` and now stands as `after`.
pub(super) async fn proved(
    transaction: &mut Transaction,
    before: &ConversationRow,
    after: &ConversationRow,
    came: Came,
    now_ms: i64,
) -> Result<(), Refused> {
    use ConversationEventKind::{Authenticated, IdentityChanged, Renewed, Resumed};
    let new = |kind| NewEvent::new(kind, EventParty::Visitor, now_ms);
    let (was, name) = (visitor_name(before), visitor_name(after));
    let is_first = !before.identity.is_verified();
    let is_renamed = !is_first && was != name;
    let mut news = Vec::new();
    if came == Came::Elsewhere {
        news.push(new(Resumed));
    }
    if is_first {
        news.push(new(Authenticated).name(name));
    } else if is_renamed {
        news.push(new(IdentityChanged).name(name).detail(was));
    } else if came == Came::Here {
        news.push(new(Renewed));
    }
    for event in news {
        events::append(transaction, &after.id, event).await?;
    }
    Ok(())
}

impl Conversations {
    /// Notes the proofs that ran out, and tells of them. Also those that did while the server was down: they are told of
    /// with the time at which they did.
    pub(super) async fn tell_lapsed(&self) -> Result<(), Refused> {
        let now = self.clock.now_s();
        let mut reader = self.storage.read().await?;
        let lapsed = conversations::lapsed(&mut reader, now, AT_ONCE).await?;
        drop(reader);
        if lapsed.is_empty() {
            return Ok(());
        }
        let mut transaction = self.storage.write().await?;
        let mut told = Vec::new();
        for (id, expired_at) in lapsed {
            // A renewal may have come between.
            if conversations::note_lapse(&mut transaction, &id, expired_at).await? {
                let at = expired_at.saturating_mul(1_000);
                let lapse = NewEvent::new(ConversationEventKind::Lapsed, EventParty::System, at);
                events::append(&mut transaction, &id, lapse).await?;
                told.push(id);
            }
        }
        transaction.commit().await?;
        for id in &told {
            self.hub.conversation_changed(id);
        }
        Ok(())
    }

    /// Notes that somebody else's token was refused: in the audit with whose it was, in the conversation only that it came.
    pub(super) async fn stranger_refused(
        &self,
        id: &ConversationId,
        entry: Entry,
    ) -> Result<(), StorageError> {
        let now = self.clock.now_ms();
        let mut transaction = self.storage.write().await?;
        let other = ConversationEventKind::OtherPerson;
        let event = NewEvent::new(other, EventParty::Visitor, now);
        events::append(&mut transaction, id, event).await?;
        audit::append(&mut transaction, entry).await?;
        transaction.commit().await?;
        self.hub.agents_news(id);
        Ok(())
    }
}
