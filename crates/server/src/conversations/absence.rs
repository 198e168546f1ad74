//! What follows when somebody is away: an agent's conversations wait again, a waiting visitor's place is given up, and
//! agents are told who is there.
//!
//! Each look is taken twice: once to see whether there is anything to do, and once more in the transaction that does it, so
//! that whoever came back or acted meanwhile keeps what they have.

use std::time::Duration;

use bonafide_protocol::admin::Actor;
use bonafide_protocol::id::{ChatWidgetId, ConversationId};
use metrics::{counter, gauge};

use super::close::Closer;
use super::hand_back::{By, HandedBack, Reason};
use super::{Conversations, Refused};
use crate::domain::conversation::State;
use crate::storage::conversations::{self, Held, Waiting};

/// Conversations handed back, or let go of, at once: after a start of the server all may be due in the same second, and
/// other writers wait no longer than this takes. The others follow a second later.
const AT_ONCE: usize = 200;

/// Conversations that wait, looked at in one second. Where more wait, a place is given up some seconds later than its widget
/// says, rather than all of them being read each second.
const LOOKED_AT: u32 = 5_000;

/// How far a look through those that wait has come.
pub(super) type LookedAt = (ChatWidgetId, ConversationId);

/// Conversations told of at once: each console that has one reads it anew.
const TOLD_AT_ONCE: usize = 50;

impl Conversations {
    /// Puts the conversations back into their queues whose agents are away, disabled or no members any more. The console
    /// hands back in the transaction that disables an agent; a command beside the server does not.
    pub(super) async fn take_from_absent_agents(&self) -> Result<(), Refused> {
        let mut reader = self.storage.read().await?;
        let has_orphans = !conversations::orphaned(&mut reader).await?.is_empty();
        let held = conversations::held(&mut reader).await?;
        drop(reader);
        let is_due = |held: &Held| {
            let absent_for = self.presence.absent_for(&held.agent);
            absent_for.is_some_and(|time| time >= seconds(held.absence_seconds))
        };
        let due: Vec<Held> = held.into_iter().filter(is_due).collect();
        if due.is_empty() && !has_orphans {
            return Ok(());
        }
        let by = By {
            actor: &Actor::System,
            request_id: None,
            now_ms: self.clock.now_ms(),
        };
        let mut transaction = self.storage.write().await?;
        let orphans = self.hand_back(&mut transaction, by).await?;
        let mut absent = HandedBack::default();
        for held in due.iter().filter(|held| is_due(held)) {
            let queue = Some(&held.queue);
            for id in conversations::active_of(&mut transaction, &held.agent, queue).await? {
                if absent.len() < AT_ONCE {
                    absent
                        .add(&mut transaction, &id, Reason::Absent, by)
                        .await?;
                }
            }
        }
        transaction.commit().await?;
        self.tell_handed_back(&orphans);
        self.tell_handed_back(&absent);
        Ok(())
    }

    /// Ends the conversations that wait and whose visitors are gone for longer than their widget keeps a place. Those that
    /// an agent has are the agent's to end, who sees that the visitor is gone.
    pub(super) async fn release_places(
        &self,
        looked_at: &mut Option<LookedAt>,
    ) -> Result<(), Refused> {
        let begin = || {
            (
                ChatWidgetId::from_text(String::new()),
                ConversationId::from_text(String::new()),
            )
        };
        let after = looked_at.take().unwrap_or_else(begin);
        let mut reader = self.storage.read().await?;
        let mut waiting = conversations::waiting(&mut reader, &after, LOOKED_AT).await?;
        drop(reader);
        if waiting.len() >= LOOKED_AT as usize {
            *looked_at = waiting
                .last()
                .map(|last| (last.widget.clone(), last.id.clone()));
        }
        let is_due = |waiting: &Waiting| {
            let gone_for = self.presence.gone_for(&waiting.id);
            gone_for.is_some_and(|time| time >= seconds(waiting.release_seconds))
        };
        waiting.retain(is_due);
        waiting.truncate(AT_ONCE);
        if waiting.is_empty() {
            return Ok(());
        }
        let now_ms = self.clock.now_ms();
        let mut released = Vec::new();
        let mut transaction = self.storage.write().await?;
        for waiting in waiting.iter().filter(|waiting| is_due(waiting)) {
            let row = Self::find(&mut transaction, &waiting.id).await?;
            let by = Closer {
                actor: Actor::System,
                caller: None,
                action: "conversation.released",
            };
            if row.state == State::Waiting
                && self.close_row(&mut transaction, &row, by, now_ms).await?
            {
                released.push(row);
            }
        }
        transaction.commit().await?;
        for row in &released {
            counter!("bonafide_conversations_released_total").increment(1);
            self.tell_closed(row);
        }
        Ok(())
    }

    /// Tells agents which visitors came and went, and what arrived with them.
    pub(super) fn tell_presence(&self) {
        for id in self.presence.news(TOLD_AT_ONCE) {
            self.hub.presence_changed(&id);
        }
        let (operators, visitors) = self.presence.count();
        gauge!("bonafide_agents_present").set(to_gauge(operators));
        gauge!("bonafide_visitors_present").set(to_gauge(visitors));
    }
}

fn seconds(seconds: u32) -> Duration {
    Duration::from_secs(seconds.into())
}

fn to_gauge(count: usize) -> f64 {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}
