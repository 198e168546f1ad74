//! The agent console's socket: what happens in the agent's queues and conversations.
//!
//! Keeps which conversations the console knows of, so that it can say when one is gone, and which messages it
//! has. Every event is read from the table with the agent's rights as they are then.

mod frames;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use bonafide_protocol::agent::AgentName;
use bonafide_protocol::id::{ConversationId, OperatorId};
use bonafide_protocol::socket::AgentEvent;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, MissedTickBehavior, interval_at};
use tower_sessions::Session;

use super::asides::Asides;
use super::connection::{BadFrame, Connection, Gone};
use super::hub::AgentHint;
use crate::conversations::{Agent, Conversations};
use crate::domain::conversation::State;
use crate::routes::authenticate::{self, Operator};
use crate::routes::envelope::RequestId;
use crate::routes::problem::ApiError;
use crate::session_store::OperatorSessions;
use crate::state::AppState;
use crate::storage::conversations::{self, InboxState};
use crate::storage::{Connection as StorageConnection, queues};

/// Typing is passed on at most this often.
const TYPING_EVERY: Duration = Duration::from_secs(2);

/// Conversations read at once when the socket opens.
const PAGE: u32 = 200;

/// Why a socket ends.
enum End {
    /// The other side went away, or is too slow.
    Gone,
    /// A frame was wrong.
    BadFrame(BadFrame),
    /// The server stops.
    Stopped,
    /// The sign-in is over, or something failed.
    Refused(ApiError),
}

impl From<Gone> for End {
    fn from(_: Gone) -> Self {
        Self::Gone
    }
}

impl<E: Into<ApiError>> From<E> for End {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

/// What a console knows.
struct Follower {
    state: AppState,
    agent: Agent,
    /// What opened the socket, to ask again with.
    parts: Parts,
    /// The conversations it was told of, with the number of the last message it has.
    known: HashMap<ConversationId, u32>,
    /// Which notes and events it was told of.
    asides: Asides,
    typed_at: Option<Duration>,
}

/// Serves one socket until it ends.
pub(crate) async fn serve(
    state: AppState,
    mut connection: Connection,
    operator: Operator,
    parts: Parts,
    request_id: RequestId,
) {
    let mut stop = state.conversations.hub.follow_stop();
    let follower = Follower {
        state,
        agent: operator.into(),
        parts,
        known: HashMap::new(),
        asides: Asides::default(),
        typed_at: None,
    };
    let end = tokio::select! {
        result = follower.follow(&mut connection) => match result {
            Ok(never) => match never {},
            Err(end) => end,
        },
        () = stop.requested() => End::Stopped,
    };
    match end {
        End::Gone => {}
        End::BadFrame(reason) => connection.refuse_frame(reason).await,
        End::Stopped => connection.interrupt().await,
        End::Refused(error) => {
            let event = |problem| AgentEvent::Error { problem };
            connection.refuse(&error, &request_id, event).await;
        }
    }
}

impl Follower {
    async fn follow(mut self, connection: &mut Connection) -> Result<Infallible, End> {
        // Before the first read, so that nothing falls between.
        let mut hints = self.state.conversations.hub.follow_as_agent();
        let opened_by = authenticate::opened_by(&self.parts);
        let presence = &self.state.conversations.presence;
        let _here = presence.console(&self.agent.id, opened_by);
        self.state.conversations.due.agent(&self.agent.id);
        self.read_known().await?;
        let server_time = self.state.clock.timestamp();
        let welcome = AgentEvent::Welcome {
            server_time,
            heartbeat_ms: self.state.config.heartbeat_ms(),
        };
        connection.send(&welcome).await?;

        let every = self.state.config.heartbeat;
        let mut heartbeat = interval_at(Instant::now() + every, every);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                incoming = connection.next() => self.take(incoming, connection).await?,
                hint = hints.recv() => match hint {
                    Ok(hint) => self.show(hint, connection).await?,
                    Err(RecvError::Lagged(_)) => {
                        // Whatever is still in the channel is covered by reading everything again.
                        hints = hints.resubscribe();
                        self.resync(connection).await?;
                    }
                    Err(RecvError::Closed) => return Err(End::Gone),
                },
                _ = heartbeat.tick() => {
                    connection.heartbeat().await?;
                    self.show_life(connection).await?;
                    self.check_rights(connection).await?;
                }
            }
        }
    }

    /// Whether the sign-in that opened the socket still holds. Reads the session anew: the one of the handshake
    /// remembers what it read then.
    async fn check_rights(&mut self, connection: &mut Connection) -> Result<(), End> {
        if let Some(session) = self.parts.extensions.get::<Session>() {
            let store = OperatorSessions::new(self.state.storage.clone(), self.state.clock.clone());
            let fresh = Session::new(session.id(), Arc::new(store), None);
            self.parts.extensions.insert(fresh);
        }
        self.parts.extensions.remove::<Operator>();
        let operator = Operator::from_request_parts(&mut self.parts, &self.state).await?;
        let was_supervisor = self.agent.is_supervisor;
        self.agent = operator.into();
        if was_supervisor == self.agent.is_supervisor {
            return Ok(());
        }
        // They see other conversations now.
        self.resync(connection).await
    }

    async fn show(&mut self, hint: AgentHint, connection: &mut Connection) -> Result<(), End> {
        match hint {
            AgentHint::Changed(id) => self.show_conversation(id, connection).await,
            AgentHint::Message { conversation, seq } => {
                self.show_messages(conversation, seq, connection).await
            }
            AgentHint::Presence(id) if self.known.contains_key(&id) => {
                self.show_conversation(id, connection).await
            }
            AgentHint::Presence(_) => Ok(()),
            AgentHint::Typing(conversation) => {
                if self.known.contains_key(&conversation) {
                    connection
                        .send(&AgentEvent::Typing { conversation })
                        .await?;
                }
                Ok(())
            }
            AgentHint::Operator(id) if id == self.agent.id => self.check_rights(connection).await,
            AgentHint::Operator(_) => Ok(()),
            AgentHint::Availability(id) => self.show_colleague(&id, connection).await,
            AgentHint::Queues => self.resync(connection).await,
        }
    }

    /// Sends whether the agent themselves or a colleague is here or away.
    async fn show_colleague(
        &self,
        id: &OperatorId,
        connection: &mut Connection,
    ) -> Result<(), End> {
        let mut reader = self.state.storage.read().await?;
        let conversations = &self.state.conversations;
        let colleague = conversations
            .colleague_for(&mut reader, &self.agent.id, id)
            .await?;
        drop(reader);
        if let Some(colleague) = colleague {
            connection
                .send(&AgentEvent::Colleague { colleague })
                .await?;
        }
        Ok(())
    }

    /// Sends a conversation as it stands, or that it is gone.
    async fn show_conversation(
        &mut self,
        id: ConversationId,
        connection: &mut Connection,
    ) -> Result<(), End> {
        let mut reader = self.state.storage.read().await?;
        let row = conversations::find(&mut reader, &id).await?;
        let is_visible = conversations::is_visible_to(&mut reader, &self.agent.id, &id).await?;
        let holder = if !is_visible && self.known.contains_key(&id) {
            self.holder(&mut reader, &id).await?
        } else {
            None
        };
        let row = row.filter(|_| is_visible);
        let asides = self.asides.news(&mut reader, &id, row.as_ref()).await?;
        drop(reader);
        match row {
            Some(row) => {
                let conversation = self.state.conversations.for_agent(&row);
                connection
                    .send(&AgentEvent::Conversation { conversation })
                    .await?;
                for aside in &asides {
                    connection.send(aside).await?;
                }
                match (row.state, self.known.entry(id)) {
                    // Its end was told; nothing more will happen in it.
                    (State::Closed { .. }, Entry::Occupied(known)) => {
                        known.remove();
                    }
                    (State::Closed { .. }, Entry::Vacant(_)) | (_, Entry::Occupied(_)) => {}
                    (_, Entry::Vacant(unknown)) => {
                        unknown.insert(row.last_seq);
                    }
                }
            }
            None if self.known.remove(&id).is_some() => {
                connection
                    .send(&AgentEvent::Gone {
                        conversation: id,
                        agent: holder,
                    })
                    .await?;
            }
            None => {}
        }
        Ok(())
    }

    /// Who has a conversation that is gone: whoever serves its queue may know. Read anew, as it may have changed hands since its
    /// row was read.
    async fn holder(
        &self,
        reader: &mut StorageConnection,
        id: &ConversationId,
    ) -> Result<Option<AgentName>, End> {
        let Some(row) = conversations::find(reader, id).await? else {
            return Ok(None);
        };
        let serves = queues::is_served_by(reader, &row.queue, &self.agent.id).await?;
        Ok(row.agent.filter(|_| serves && row.state.is_open()))
    }

    /// Sends the messages the console lacks, then the conversation, whose last message and marks changed too.
    async fn show_messages(
        &mut self,
        id: ConversationId,
        seq: u32,
        connection: &mut Connection,
    ) -> Result<(), End> {
        let mut sent = self
            .known
            .get(&id)
            .copied()
            .unwrap_or_else(|| seq.saturating_sub(1));
        loop {
            let mut reader = self.state.storage.read().await?;
            if !conversations::is_visible_to(&mut reader, &self.agent.id, &id).await? {
                break;
            }
            let messages = Conversations::messages_after(&mut reader, &id, sent).await?;
            drop(reader);
            for message in messages.items {
                sent = message.seq;
                let conversation = id.clone();
                connection
                    .send(&AgentEvent::Message {
                        conversation,
                        message,
                    })
                    .await?;
            }
            self.known.insert(id.clone(), sent);
            if !messages.more {
                break;
            }
        }
        self.show_conversation(id, connection).await
    }

    /// Tells the console to read its lists again.
    async fn resync(&mut self, connection: &mut Connection) -> Result<(), End> {
        self.known.clear();
        self.asides = Asides::default();
        self.read_known().await?;
        Ok(connection.send(&AgentEvent::Resync).await?)
    }

    /// Notes what the console reads when it is told to read its lists.
    async fn read_known(&mut self) -> Result<(), End> {
        if self.agent.is_supervisor {
            return self.read_list(InboxState::All).await;
        }
        self.read_list(InboxState::Open).await?;
        self.read_list(InboxState::Offered).await
    }

    async fn read_list(&mut self, list: InboxState) -> Result<(), End> {
        let mut after = None;
        loop {
            let mut reader = self.state.storage.read().await?;
            let slice =
                conversations::inbox(&mut reader, &self.agent.id, list, after.as_ref(), PAGE)
                    .await?;
            drop(reader);
            after = slice.rows.last().map(conversations::Before::of);
            self.asides.know(&slice.rows);
            let seen = slice.rows.into_iter().map(|row| (row.id, row.last_seq));
            self.known.extend(seen);
            if !slice.more {
                return Ok(());
            }
        }
    }
}
