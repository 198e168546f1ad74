//! The visitor's session: the secret that opens one conversation, until it has not been used for a while.

use bonafide_protocol::admin::Actor;
use bonafide_protocol::conversation_event::{ConversationEventKind, EventParty};
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::visitor::VisitorSession;
use bonafide_protocol::{ErrorCode, Secret};

use super::close::{CLOSED, Closer};
use super::{Caller, Conversations, Refused};
use crate::clock::timestamp;
use crate::random;
use crate::storage::audit::{self, Entry};
use crate::storage::events::{self, NewEvent};
use crate::storage::statement::Batch;
use crate::storage::visitor_sessions;

/// How long a session lasts without use, in milliseconds. The secret lives in the tab, so this only bounds how
/// long a tab left open on a shared computer can be found open.
pub(super) const IDLE_MS: i64 = 4 * 60 * 60 * 1_000;

/// A use puts the end off only when this much of the time is gone: a write for every request would cost more
/// than the precision is worth.
const EXTEND_AFTER_MS: i64 = 5 * 60 * 1_000;

/// Makes a session for a conversation that starts, or that is continued from another page, and adds it to what is to be stored.
pub(super) fn open(
    batch: &mut Batch,
    conversation: &ConversationId,
    now_ms: i64,
) -> VisitorSession {
    let secret = random::secret("vs_");
    let expires_at = now_ms + IDLE_MS;
    let hash = random::secret_hash(secret.expose());
    batch.push(visitor_sessions::insertion(
        &hash,
        conversation,
        now_ms,
        expires_at,
    ));
    VisitorSession {
        secret,
        expires_at: timestamp(expires_at),
        revocation_key: revocation_key(&hash),
    }
}

/// What ends the session with this hash of its secret, and opens nothing. A hash of the secret's hash with a prefix. The server
/// can compute it again, so it is not stored; neither the secret nor its hash can be computed from it.
fn revocation_key(secret_hash: &str) -> Secret {
    let hash = random::secret_hash(&format!("revoke {secret_hash}"));
    Secret::new(format!("vr_{hash}"))
}

impl Conversations {
    /// Lets the holder of a session's secret in, and notes the use. `None` is a request without a secret.
    pub(crate) async fn let_in(
        &self,
        conversation: &ConversationId,
        secret: Option<&Secret>,
    ) -> Result<(), Refused> {
        let now = self.clock.now_ms();
        let mut reader = self.storage.read().await?;
        Self::find(&mut reader, conversation).await?;
        let over = || {
            Refused::new(
                ErrorCode::SessionExpired,
                "The visitor's session is over. Start a new conversation.",
            )
        };
        let hash = random::secret_hash(secret.ok_or_else(over)?.expose());
        let expires_at = visitor_sessions::expiry(&mut reader, &hash, conversation, now)
            .await?
            .ok_or_else(over)?;
        drop(reader);
        if expires_at - now < IDLE_MS - EXTEND_AFTER_MS {
            let mut transaction = self.storage.write().await?;
            visitor_sessions::extend(&mut transaction, &hash, conversation, now + IDLE_MS).await?;
            transaction.commit().await?;
        }
        Ok(())
    }

    /// Lets in whoever may end the session: the holder of its secret, or of its revocation key.
    pub(crate) async fn let_out(
        &self,
        conversation: &ConversationId,
        key: Option<&Secret>,
    ) -> Result<(), Refused> {
        if let Some(key) = key {
            let now = self.clock.now_ms();
            let mut reader = self.storage.read().await?;
            let hashes = visitor_sessions::hashes(&mut reader, conversation, now).await?;
            // By their hashes, as a comparison of the keys themselves takes longer the more of them is right.
            let given = random::secret_hash(key.expose());
            let is_one =
                |hash: &String| given == random::secret_hash(revocation_key(hash).expose());
            if hashes.iter().any(is_one) {
                return Ok(());
            }
        }
        self.let_in(conversation, key).await
    }

    /// Signs the visitor out: the secret opens nothing any more, and the conversation, in which nobody could
    /// answer again, ends.
    pub(crate) async fn sign_out(
        &self,
        caller: &Caller,
        id: &ConversationId,
    ) -> Result<(), Refused> {
        let now = self.clock.now_ms();
        let mut transaction = self.storage.write().await?;
        let row = Self::find(&mut transaction, id).await?;
        let event = NewEvent::new(ConversationEventKind::SignedOut, EventParty::Visitor, now);
        events::append(&mut transaction, id, event).await?;
        let by = Closer {
            actor: Actor::Visitor,
            caller: Some(caller),
            action: CLOSED,
        };
        let ended = self.close_row(&mut transaction, &row, by, now).await?;
        visitor_sessions::revoke(&mut transaction, id).await?;
        let entry = Entry::new(now, Actor::Visitor, "visitor.signed-out")
            .subject(id)
            .request(&caller.request_id);
        audit::append(&mut transaction, entry).await?;
        transaction.commit().await?;
        self.hub.visitor_session_over(id);
        if ended {
            self.tell_closed(&row);
        } else {
            self.hub.agents_news(id);
        }
        Ok(())
    }
}
