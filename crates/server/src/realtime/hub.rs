//! Carries hints between the parts of this process: from whoever changed something to the sockets that show it.
//!
//! Must not carry content and must not wait: a slow socket loses hints, is told that it did, and reads the
//! table again.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bonafide_protocol::id::{ConversationId, OperatorId, QueueId};
use bonafide_protocol::visitor::Author;
use tokio::sync::{broadcast, watch};
use tokio::time::timeout;

/// The hints of this process. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Hub(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    conversations: Topics<ConversationId, VisitorHint>,
    queues: Topics<QueueId, ()>,
    agents: broadcast::Sender<AgentHint>,
    /// True once the server stops. Every socket holds a receiver for as long as it lives.
    stopping: watch::Sender<bool>,
}

/// For the visitor's sockets of one conversation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum VisitorHint {
    /// State, agent, identity, queue or a read mark changed.
    Changed,
    /// A message was stored.
    Message,
    /// The visitor's session may be over: check it now.
    Session,
    /// The agent types.
    Typing,
}

/// For the sockets of all agents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum AgentHint {
    /// A conversation is new or changed.
    Changed(ConversationId),
    /// A message was stored.
    Message {
        /// Where.
        conversation: ConversationId,
        /// Its number.
        seq: u32,
    },
    /// The visitor of a conversation came or went, or messages arrived with them.
    Presence(ConversationId),
    /// The visitor types.
    Typing(ConversationId),
    /// An operator's session, role or password changed: those sockets check their rights now.
    Operator(OperatorId),
    /// An operator is here again, or went away.
    Availability(OperatorId),
    /// Queues or their members changed: everybody may see something else now.
    Queues,
}

impl Hub {
    /// A hub without listeners.
    pub(crate) fn new() -> Self {
        Self(Arc::new(Inner {
            conversations: Topics::default(),
            queues: Topics::default(),
            agents: broadcast::Sender::new(AGENT_HINTS),
            stopping: watch::Sender::new(false),
        }))
    }

    /// A conversation is new or changed in what visitors or agents see of it.
    pub(crate) fn conversation_changed(&self, id: &ConversationId) {
        self.0.conversations.tell(id, VisitorHint::Changed);
        self.tell_agents(AgentHint::Changed(id.clone()));
    }

    /// There is something new in a conversation for agents only. The visitor's sockets are not even told that there is.
    pub(crate) fn agents_news(&self, id: &ConversationId) {
        self.tell_agents(AgentHint::Changed(id.clone()));
    }

    /// The visitor of a conversation came or went, or messages arrived with them. They know that themselves.
    pub(crate) fn presence_changed(&self, id: &ConversationId) {
        self.tell_agents(AgentHint::Presence(id.clone()));
    }

    /// The places in a queue changed.
    pub(crate) fn queue_moved(&self, id: &QueueId) {
        self.0.queues.tell(id, ());
    }

    /// A message was stored under this number.
    pub(crate) fn message_stored(&self, conversation: &ConversationId, seq: u32) {
        self.0
            .conversations
            .tell(conversation, VisitorHint::Message);
        self.tell_agents(AgentHint::Message {
            conversation: conversation.clone(),
            seq,
        });
    }

    /// Somebody types, and the other side may see it.
    pub(crate) fn typing(&self, conversation: &ConversationId, author: Author) {
        match author {
            Author::Agent => self.0.conversations.tell(conversation, VisitorHint::Typing),
            Author::Visitor => self.tell_agents(AgentHint::Typing(conversation.clone())),
        }
    }

    /// The visitor's sessions of a conversation were revoked.
    pub(crate) fn visitor_session_over(&self, conversation: &ConversationId) {
        self.0
            .conversations
            .tell(conversation, VisitorHint::Session);
    }

    /// An operator signed out, was disabled, or has another role or password.
    pub(crate) fn operator_changed(&self, id: &OperatorId) {
        self.tell_agents(AgentHint::Operator(id.clone()));
    }

    /// An operator is here again, or went away.
    pub(crate) fn availability_changed(&self, id: &OperatorId) {
        self.tell_agents(AgentHint::Availability(id.clone()));
    }

    /// Queues were made, deleted, renamed, or have other members.
    pub(crate) fn queues_changed(&self) {
        self.tell_agents(AgentHint::Queues);
    }

    /// Hints about one conversation from now on.
    pub(crate) fn follow_conversation(
        &self,
        id: &ConversationId,
    ) -> broadcast::Receiver<VisitorHint> {
        self.0.conversations.follow(id)
    }

    /// Hints about the places in one queue from now on.
    pub(crate) fn follow_queue(&self, id: &QueueId) -> broadcast::Receiver<()> {
        self.0.queues.follow(id)
    }

    /// All hints for agents from now on.
    pub(crate) fn follow_as_agent(&self) -> broadcast::Receiver<AgentHint> {
        self.0.agents.subscribe()
    }

    /// What a socket waits on to hear that the server stops.
    pub(crate) fn follow_stop(&self) -> Stop {
        Stop(self.0.stopping.subscribe())
    }

    /// Tells all sockets that the server stops, and gives them a moment to say so to the other side, which then
    /// comes back at once instead of waiting for a dead connection.
    pub(crate) async fn stop(&self) {
        self.0.stopping.send_replace(true);
        // An error means that some socket is stuck in a write; it is cut off.
        let _ = timeout(STOP_WAIT, self.0.stopping.closed()).await;
    }

    fn tell_agents(&self, hint: AgentHint) {
        // An error means that no agent is connected.
        let _ = self.0.agents.send(hint);
    }
}

/// Tells that the server stops.
#[derive(Debug)]
pub(crate) struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Completes when the server stops.
    pub(crate) async fn requested(&mut self) {
        // An error means that the hub is gone, which is a stop too.
        let _ = self.0.wait_for(|is_stopping| *is_stopping).await;
    }
}

/// One channel for each key that somebody follows.
#[derive(Debug)]
struct Topics<K, T>(Mutex<HashMap<K, broadcast::Sender<T>>>);

impl<K, T> Default for Topics<K, T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Clone + Eq + Hash, T: Clone> Topics<K, T> {
    fn tell(&self, key: &K, hint: T) {
        let mut topics = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The last follower left: the channel goes when it is next used, so that leaving needs no lock.
        if topics
            .get(key)
            .is_some_and(|topic| topic.send(hint).is_err())
        {
            topics.remove(key);
        }
    }

    fn follow(&self, key: &K) -> broadcast::Receiver<T> {
        let mut topics = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if topics.len() >= topics.capacity() {
            // Before the map grows: conversations that were left and never changed again.
            topics.retain(|_, topic| topic.receiver_count() > 0);
        }
        topics
            .entry(key.clone())
            .or_insert_with(|| broadcast::Sender::new(VISITOR_HINTS))
            .subscribe()
    }
}

/// Hints kept for a visitor's socket. They are handled together, so a few are plenty.
pub(super) const VISITOR_HINTS: usize = 16;

/// How long sockets have to close when the server stops.
const STOP_WAIT: Duration = Duration::from_secs(3);

/// Hints kept for an agent's socket: a second of a very busy day.
pub(super) const AGENT_HINTS: usize = 1_024;

#[cfg(test)]
mod tests {
    use super::*;

    fn conversation(name: &str) -> ConversationId {
        ConversationId::from_text(name)
    }

    #[tokio::test]
    async fn a_visitor_hears_of_their_own_conversation_only() {
        let hub = Hub::new();
        let mut mine = hub.follow_conversation(&conversation("mine"));
        hub.message_stored(&conversation("other"), 1);
        hub.message_stored(&conversation("mine"), 1);
        assert_eq!(mine.recv().await, Ok(VisitorHint::Message));
        assert!(mine.is_empty());
    }

    #[tokio::test]
    async fn a_slow_agent_is_told_that_hints_were_lost() {
        let hub = Hub::new();
        let mut agent = hub.follow_as_agent();
        for _ in 0..=AGENT_HINTS {
            hub.queues_changed();
        }
        assert_eq!(
            agent.recv().await,
            Err(broadcast::error::RecvError::Lagged(1))
        );
    }

    #[tokio::test]
    async fn channels_nobody_follows_do_not_pile_up() {
        let hub = Hub::new();
        for number in 0..1_000 {
            drop(hub.follow_conversation(&conversation(&number.to_string())));
        }
        let kept = hub.0.conversations.0.lock().unwrap().len();
        assert!(kept < 100, "{kept} channels kept");
    }
}
