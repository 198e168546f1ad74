//! Finds a conversation for an agent who reads it. Who may is decided in storage, in one place for all.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::id::ConversationId;

use super::accept::{holder_name, not_in_their_queues};
use super::{Agent, Conversations, Refused};
use crate::storage::Connection;
use crate::storage::conversations::{self, ConversationRow, Reading};

impl Conversations {
    /// The conversation, when the agent may read it.
    pub(super) async fn find_to_read(
        connection: &mut Connection,
        agent: &Agent,
        id: &ConversationId,
    ) -> Result<ConversationRow, Refused> {
        let (row, _) = Self::find_reading(connection, agent, id).await?;
        Ok(row)
    }

    /// The conversation, when the agent may read it and do more than that: write a note in it, say.
    pub(super) async fn find_as_own(
        connection: &mut Connection,
        agent: &Agent,
        id: &ConversationId,
    ) -> Result<ConversationRow, Refused> {
        match Self::find_reading(connection, agent, id).await? {
            (row, Reading::OfTheirPerson) => Err(Refused::new(
                ErrorCode::Forbidden,
                format!(
                    "{} had this conversation. You may read it because you have a chat with the same person, and nothing else.",
                    holder_name(&row)
                ),
            )),
            (row, _) => Ok(row),
        }
    }

    /// The conversation, when the agent may read it, and as what.
    pub(super) async fn find_reading(
        connection: &mut Connection,
        agent: &Agent,
        id: &ConversationId,
    ) -> Result<(ConversationRow, Reading), Refused> {
        let row = Self::find(connection, id).await?;
        match conversations::reading(connection, &agent.id, id).await? {
            Reading::Unknown => Err(not_in_their_queues()),
            Reading::Others => Err(Refused::new(
                ErrorCode::Forbidden,
                format!("{} has this conversation.", holder_name(&row)),
            )),
            reading @ (Reading::OfTheirPerson | Reading::Own) => Ok((row, reading)),
        }
    }
}
