//! A conversation whose agent can go on with it no more returns to its queue: the agent is away, signed out, was disabled,
//! or is no member of the queue any more. The visitor would otherwise wait for somebody who does not even see it.
//!
//! It stands before the others of its priority: its visitor waited their turn already. Not before those of a higher
//! priority, which the administrator wants served first whoever else waits.

use bonafide_protocol::admin::Actor;
use bonafide_protocol::conversation_event::ConversationEventKind;
use bonafide_protocol::id::{ConversationId, OperatorId};
use metrics::counter;

use super::{Agent, Caller, Conversations, Refused, asides};
use crate::domain::conversation::{Change, State};
use crate::storage::Transaction;
use crate::storage::audit::{self, Entry};
use crate::storage::conversations::{self, ConversationRow};
use crate::storage::events::{self, NewEvent};

/// Why an agent cannot go on with a conversation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Reason {
    /// No console of theirs was there for as long as the queue allows.
    Absent,
    /// They may not sign in any more.
    Disabled,
    /// They are no member of the queue any more.
    NoMember,
    /// They signed out, or their sign-ins ended with a new password.
    SignedOut,
}

impl Reason {
    /// As the audit and the metrics spell it.
    fn as_str(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Disabled => "disabled",
            Self::NoMember => "no-member",
            Self::SignedOut => "signed-out",
        }
    }
}

/// Who hands back, in which request, when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct By<'a> {
    pub(crate) actor: &'a Actor,
    /// `None` for what the server does unasked.
    pub(crate) request_id: Option<&'a str>,
    pub(crate) now_ms: i64,
}

/// Conversations that were handed back and nobody was told of yet.
#[derive(Debug, Default)]
#[must_use = "agents and visitors are told once it is stored"]
pub(crate) struct HandedBack(Vec<(ConversationRow, Reason)>);

impl Conversations {
    /// Hands back what no agent can go on with, as things stand in this transaction. Whoever commits it then calls
    /// [`Self::tell_handed_back`].
    pub(crate) async fn hand_back(
        &self,
        transaction: &mut Transaction,
        by: By<'_>,
    ) -> Result<HandedBack, Refused> {
        let mut handed_back = HandedBack::default();
        for orphan in conversations::orphaned(transaction).await? {
            let reason = if orphan.is_member {
                Reason::Disabled
            } else {
                Reason::NoMember
            };
            handed_back.add(transaction, &orphan.id, reason, by).await?;
        }
        Ok(handed_back)
    }

    /// Hands back all that an operator has whose sign-ins are over. Whoever commits then calls
    /// [`Self::tell_handed_back`].
    pub(crate) async fn hand_back_all_of(
        &self,
        transaction: &mut Transaction,
        operator: &OperatorId,
        by: By<'_>,
    ) -> Result<HandedBack, Refused> {
        let mut handed_back = HandedBack::default();
        for id in conversations::active_of(transaction, operator, None).await? {
            handed_back
                .add(transaction, &id, Reason::SignedOut, by)
                .await?;
        }
        Ok(handed_back)
    }

    /// The sign-in with this session is over. What its operator has waits again, unless another console of theirs is there.
    pub(crate) async fn signed_out(
        &self,
        caller: &Caller,
        agent: &Agent,
        session: &str,
    ) -> Result<(), Refused> {
        let is_last = self.presence.session_over(&agent.id, session);
        let now_ms = self.clock.now_ms();
        let mut transaction = self.storage.write().await?;
        let entry = Entry::new(now_ms, agent.actor(), "operator.signed-out")
            .subject(&agent.id)
            .request(&caller.request_id);
        audit::append(&mut transaction, entry).await?;
        let mut handed_back = HandedBack::default();
        if is_last {
            let by = By {
                actor: &agent.actor(),
                request_id: Some(&caller.request_id),
                now_ms,
            };
            handed_back = self
                .hand_back_all_of(&mut transaction, &agent.id, by)
                .await?;
        }
        transaction.commit().await?;
        self.tell_handed_back(&handed_back);
        Ok(())
    }

    /// Tells everybody: the agents of the queue have one more to take, the visitor waits again.
    pub(crate) fn tell_handed_back(&self, handed_back: &HandedBack) {
        for (row, reason) in &handed_back.0 {
            counter!("bonafide_conversations_handed_back_total", "reason" => reason.as_str())
                .increment(1);
            self.hub.conversation_changed(&row.id);
            self.hub.queue_moved(&row.queue);
            self.due.queue(&row.queue);
            if let Some(agent) = &row.agent {
                self.due.agent(&agent.id);
            }
        }
    }
}

impl HandedBack {
    /// How many.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Hands one back that somebody has.
    pub(super) async fn add(
        &mut self,
        transaction: &mut Transaction,
        id: &ConversationId,
        reason: Reason,
        by: By<'_>,
    ) -> Result<(), Refused> {
        let row = Conversations::find(transaction, id).await?;
        let State::Active { agent } = &row.state else {
            return Ok(());
        };
        if row.state.hand_back() == Change::Nothing
            || !conversations::hand_back(transaction, id, agent).await?
        {
            return Ok(());
        }
        if reason == Reason::Absent {
            conversations::exclude_from_push(transaction, id, agent).await?;
        }
        let kind = ConversationEventKind::HandedBack;
        let event = NewEvent::new(kind, asides::party(by.actor), by.now_ms)
            .name(row.agent.as_ref().map(|agent| agent.name.as_str()));
        events::append(transaction, id, event).await?;
        let mut entry = Entry::new(by.now_ms, by.actor.clone(), "conversation.handed-back")
            .subject(id)
            .text("queue", row.queue_name.as_str())
            .text("reason", reason.as_str());
        if let Some(agent) = &row.agent {
            entry = entry.text("agent", agent.name.as_str());
        }
        if let Some(request_id) = by.request_id {
            entry = entry.request(request_id);
        }
        audit::append(transaction, entry).await?;
        self.0.push((row, reason));
        Ok(())
    }
}
