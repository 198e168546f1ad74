//! Messages: written once however often they are sent, numbered, and read from any number on.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::id::{ConversationId, MessageId, OperatorId};
use bonafide_protocol::visitor::{
    Author, ConversationMessages, Message, Messages, MessagesWanted, PostMessage,
};
use metrics::counter;

use super::accept::named;
use super::fields::Side;
use super::{Agent, Conversations, Refused, fields, view};
use crate::domain::conversation::Party;
use crate::random;
use crate::storage::conversations::{self, ConversationRow};
use crate::storage::files::{self, FileRow};
use crate::storage::messages::{self, MessageRow};
use crate::storage::paging::Slice;
use crate::storage::{Connection, Transaction};

/// Messages of one answer: contract, [`MessagesWanted`].
const PAGE: u32 = 200;

/// Characters of the last message that lists show.
const BEGINNING: usize = 120;

impl Conversations {
    /// The visitor writes. The caller has checked the session.
    pub(crate) async fn write_as_visitor(
        &self,
        id: &ConversationId,
        body: PostMessage,
    ) -> Result<Message, Refused> {
        fields::judge_message(&body)?;
        self.limits.message(id)?;
        let mut transaction = self.storage.write().await?;
        let row = Self::find(&mut transaction, id).await?;
        if row.state.is_open() {
            self.presence.visitor_acted(id);
        }
        self.write(transaction, &row, None, Draft::of(body)).await
    }

    /// The agent who has the conversation writes, or a supervisor who joined them.
    pub(crate) async fn write_as_agent(
        &self,
        agent: &Agent,
        id: &ConversationId,
        body: PostMessage,
    ) -> Result<Message, Refused> {
        fields::judge_message(&body)?;
        self.asked(agent);
        let mut transaction = self.storage.write().await?;
        let row = Self::find_for_agent(&mut transaction, agent, id).await?;
        self.write(transaction, &row, Some(agent), Draft::of(body))
            .await
    }

    /// What the visitor's side wants to read, and how the conversation stands. The caller has checked the session.
    pub(crate) async fn read_as_visitor(
        &self,
        id: &ConversationId,
        wanted: &MessagesWanted,
    ) -> Result<ConversationMessages, Refused> {
        let mut reader = self.storage.read().await?;
        // First: what it says of the end is said with all the messages until then.
        let row = Self::find(&mut reader, id).await?;
        if row.state.is_open() {
            self.presence.visitor_asked(id);
            // What it has already it does not want.
            self.presence
                .delivered(id, wanted.after.unwrap_or(0).min(row.last_seq));
        }
        let position = self.position_now(&mut reader, &row).await?;
        let Messages { items, more } = Self::messages(&mut reader, id, wanted).await?;
        Ok(ConversationMessages {
            conversation: view::conversation(&row, position, self.clock.now_ms()),
            items,
            more,
        })
    }

    /// What the agent wants to read.
    pub(crate) async fn read_as_agent(
        &self,
        agent: &Agent,
        id: &ConversationId,
        wanted: &MessagesWanted,
    ) -> Result<Messages, Refused> {
        self.asked(agent);
        let mut reader = self.storage.read().await?;
        Self::find_to_read(&mut reader, agent, id).await?;
        Self::messages(&mut reader, id, wanted).await
    }

    async fn messages(
        connection: &mut Connection,
        id: &ConversationId,
        wanted: &MessagesWanted,
    ) -> Result<Messages, Refused> {
        match fields::judge_wanted(wanted)? {
            Side::After(seq) => Self::messages_after(connection, id, seq).await,
            Side::Before(seq) => {
                let slice = messages::before(connection, id, seq, PAGE).await?;
                Ok(page(slice))
            }
        }
    }

    /// The messages after `seq`, for a reader whose right to them is checked.
    pub(crate) async fn messages_after(
        connection: &mut Connection,
        id: &ConversationId,
        seq: u32,
    ) -> Result<Messages, Refused> {
        Ok(page(messages::after(connection, id, seq, PAGE).await?))
    }

    /// Notes that the visitor has seen everything up to `seq`.
    pub(crate) async fn visitor_read(&self, id: &ConversationId, seq: u32) -> Result<(), Refused> {
        self.presence.visitor_acted(id);
        let mut transaction = self.storage.write().await?;
        if conversations::read_by_visitor(&mut transaction, id, seq).await? {
            transaction.commit().await?;
            self.hub.conversation_changed(id);
        }
        Ok(())
    }

    /// Notes that the agent has seen everything up to `seq`.
    pub(crate) async fn agent_read(
        &self,
        agent: &Agent,
        id: &ConversationId,
        seq: u32,
    ) -> Result<(), Refused> {
        let mut transaction = self.storage.write().await?;
        let row = Self::find_for_agent(&mut transaction, agent, id).await?;
        // Looking into a waiting conversation is not reading it for the visitor.
        row.state
            .write(&Party::Agent(agent.id.clone()))
            .map_err(|refused| named(refused, &row))?;
        if conversations::read_by_agent(&mut transaction, id, seq).await? {
            transaction.commit().await?;
            self.hub.conversation_changed(id);
        }
        Ok(())
    }

    /// Stores a message, or finds it stored. A file that it brings is in the store already.
    pub(super) async fn write(
        &self,
        mut transaction: Transaction,
        row: &ConversationRow,
        agent: Option<&Agent>,
        draft: Draft,
    ) -> Result<Message, Refused> {
        let operator: Option<&OperatorId> = agent.map(|agent| &agent.id);
        // First: what was stored stays acknowledged, also when the conversation has ended since.
        if let Some(stored) =
            messages::find(&mut transaction, &row.id, operator, &draft.client_id).await?
        {
            return if draft.is(&stored) {
                transaction.commit().await?;
                Ok(view::message(stored))
            } else {
                Err(Refused::new(
                    ErrorCode::Conflict,
                    "Another message was stored under this `clientId`.",
                ))
            };
        }
        let party = party_of(row, agent);
        row.state
            .write(&party)
            .map_err(|refused| named(refused, row))?;
        let now = self.clock.now_ms();
        let message = MessageRow {
            id: MessageId::from_bits(random::ordered_bits(now)),
            client_id: draft.client_id,
            seq: row.last_seq.saturating_add(1),
            author: if agent.is_some() {
                Author::Agent
            } else {
                Author::Visitor
            },
            name: agent.map(|agent| agent.name.clone()),
            text: draft.text,
            file: draft.file,
            sent_at: now,
        };
        if let Some(file) = &message.file
            && !files::complete(&mut transaction, file, now).await?
        {
            // It took so long that it was taken for one that was left behind.
            return Err(Refused::raced());
        }
        messages::insert(&mut transaction, &row.id, operator, &message).await?;
        let beginning: String = message.text.chars().take(BEGINNING).collect();
        conversations::message_added(
            &mut transaction,
            &row.id,
            message.seq,
            &beginning,
            match party {
                Party::Visitor => Some(conversations::Reader::Visitor),
                Party::Agent(_) => Some(conversations::Reader::Agent),
                // What they wrote whoever has it has yet to read.
                Party::Joined => None,
            },
        )
        .await?;
        transaction.commit().await?;
        let from = if agent.is_some() { "agent" } else { "visitor" };
        counter!("bonafide_messages_stored_total", "from" => from).increment(1);
        self.hub.message_stored(&row.id, message.seq);
        Ok(view::message(message))
    }
}

/// A message that is to be stored.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) client_id: String,
    pub(super) text: String,
    pub(super) file: Option<FileRow>,
}

impl Draft {
    fn of(body: PostMessage) -> Self {
        Self {
            client_id: body.client_id,
            text: body.text,
            file: None,
        }
    }

    /// Whether this message is the one that was stored: sent again, a file has another id.
    fn is(&self, stored: &MessageRow) -> bool {
        let content = |file: &Option<FileRow>| file.as_ref().map(|file| file.sha256.clone());
        self.text == stored.text && content(&self.file) == content(&stored.file)
    }
}

fn page(slice: Slice<MessageRow>) -> Messages {
    Messages {
        items: slice.rows.into_iter().map(view::message).collect(),
        more: slice.more,
    }
}

/// As whom somebody writes in a conversation; no agent is its visitor.
pub(crate) fn party_of(row: &ConversationRow, agent: Option<&Agent>) -> Party {
    match agent {
        None => Party::Visitor,
        Some(agent)
            if agent.is_supervisor && row.joined.iter().any(|joined| joined.id == agent.id) =>
        {
            Party::Joined
        }
        Some(agent) => Party::Agent(agent.id.clone()),
    }
}
