//! What an agent's console says over its socket: that it is there, that the agent types, how far they read.
//!
//! Must not answer: a frame has no answer, and what the agent may not do is passed over.

use bonafide_protocol::id::ConversationId;
use bonafide_protocol::socket::{AgentEvent, AgentFrame};
use bonafide_protocol::visitor::Author;

use super::{End, Follower, TYPING_EVERY};
use crate::conversations::party_of;
use crate::realtime::connection::{Connection, Incoming};
use crate::routes::problem::ApiError;
use crate::storage::conversations;

impl Follower {
    /// Acts on a frame of the agent. What they may not do is ignored: a frame has no answer, and a conversation
    /// may change hands while one is under way.
    pub(super) async fn take(
        &mut self,
        incoming: Incoming<AgentFrame>,
        connection: &mut Connection,
    ) -> Result<(), End> {
        match incoming {
            Incoming::Frame(AgentFrame::Heartbeat) => self.show_life(connection).await,
            Incoming::Frame(AgentFrame::Typing { conversation }) => {
                self.type_on(&conversation).await
            }
            Incoming::Frame(AgentFrame::Read { conversation, seq }) => {
                let read = self
                    .state
                    .conversations
                    .agent_read(&self.agent, &conversation, seq)
                    .await;
                ignore_refusal(read.map_err(ApiError::from))
            }
            // Whether messages arrived with agents nobody asks.
            Incoming::Arrived(_) => Ok(()),
            Incoming::Bad(reason) => Err(End::BadFrame(reason)),
            Incoming::Gone => Err(End::Gone),
        }
    }

    /// A ping of the protocol's is answered by the browser, and the console never sees it. This one it does.
    pub(super) async fn show_life(&self, connection: &mut Connection) -> Result<(), End> {
        let server_time = self.state.clock.timestamp();
        let event = AgentEvent::Heartbeat { server_time };
        Ok(connection.send(&event).await?)
    }

    async fn type_on(&mut self, id: &ConversationId) -> Result<(), End> {
        let now = self.state.clock.monotonic();
        if self
            .typed_at
            .is_some_and(|at| now.saturating_sub(at) < TYPING_EVERY)
        {
            return Ok(());
        }
        self.typed_at = Some(now);
        let mut reader = self.state.storage.read().await?;
        let row = conversations::find(&mut reader, id).await?;
        let is_visible = conversations::is_visible_to(&mut reader, &self.agent.id, id).await?;
        let may_write = row.is_some_and(|row| {
            let party = party_of(&row, Some(&self.agent));
            row.state.write(&party).is_ok()
        });
        if is_visible && may_write {
            self.state.conversations.hub.typing(id, Author::Agent);
        }
        Ok(())
    }
}

fn ignore_refusal(result: Result<(), ApiError>) -> Result<(), End> {
    match result {
        Err(error) if error.status().is_server_error() => Err(End::Refused(error)),
        Err(_) | Ok(()) => Ok(()),
    }
}
