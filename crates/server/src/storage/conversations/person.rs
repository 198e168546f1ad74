//! One person's conversations: the open ones, and all. The same person is the same `sub` of the same `iss`, proved under the same setting:
//! what another website calls by that name is somebody else.

use bonafide_protocol::agent::{AgentName, AgentQueue};
use bonafide_protocol::id::{ConversationId, OperatorId, QueueId};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::{ConversationRow, StartedBefore, StorageError, agent, state};
use crate::domain::conversation::State;
use crate::domain::identity::VerifiedIdentity;
use crate::storage::Connection;
use crate::storage::paging::{Slice, one_more};

/// The newest of them, at most `limit`.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn open_of_person(
    connection: &mut Connection,
    person: &VerifiedIdentity,
    limit: usize,
) -> Result<Vec<ConversationRow>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT conversations.*, COALESCE(queues.name, conversations.queue_name) AS queue_name_now,
             contacts.name AS contact_name, contacts.email AS contact_email, contacts.phone AS contact_phone
         FROM conversations
         LEFT JOIN queues ON queues.id = conversations.queue_id
         LEFT JOIN contacts ON contacts.id = conversations.contact_id
         WHERE conversations.subject = $1 AND conversations.issuer = $2 AND conversations.setting_id = $3
             AND conversations.open_queue_id IS NOT NULL
         ORDER BY conversations.started_at DESC, conversations.id DESC LIMIT $4",
    )
    .bind(person.subject())
    .bind(person.issuer())
    .bind(person.setting().as_str())
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

/// As [`open_of_person`], without those in queues that `agent` does not serve: of these they do not learn. A supervisor serves all.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn open_of_person_for(
    connection: &mut Connection,
    agent: &OperatorId,
    person: &VerifiedIdentity,
    limit: usize,
) -> Result<Vec<ConversationRow>, StorageError> {
    let rows = sqlx::query_as(
        "SELECT conversations.*, queues.name AS queue_name_now,
             contacts.name AS contact_name, contacts.email AS contact_email, contacts.phone AS contact_phone
         FROM conversations
         JOIN queues ON queues.id = conversations.queue_id
         LEFT JOIN contacts ON contacts.id = conversations.contact_id
         WHERE conversations.subject = $1 AND conversations.issuer = $2 AND conversations.setting_id = $3
             AND conversations.open_queue_id IS NOT NULL
             AND (queues.everyone
                 OR EXISTS (SELECT 1 FROM queue_members
                     WHERE queue_members.queue_id = conversations.queue_id AND queue_members.operator_id = $4)
                 OR EXISTS (SELECT 1 FROM operators WHERE operators.id = $4 AND operators.role = 'supervisor'))
         ORDER BY conversations.started_at DESC, conversations.id DESC LIMIT $5",
    )
    .bind(person.subject())
    .bind(person.issuer())
    .bind(person.setting().as_str())
    .bind(agent.as_str())
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

/// What is listed of a person's conversation.
#[derive(Clone, Debug)]
pub(crate) struct PersonsRow {
    pub(crate) id: ConversationId,
    pub(crate) state: State,
    pub(crate) queue: AgentQueue,
    /// Who has or had it.
    pub(crate) agent: Option<AgentName>,
    /// Unix milliseconds.
    pub(crate) started_at: i64,
    /// Unix milliseconds.
    pub(crate) closed_at: Option<i64>,
    pub(crate) closing_reason: Option<String>,
    pub(crate) page_url: String,
}

impl FromRow<'_, SqliteRow> for PersonsRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let agent = agent(row)?;
        Ok(Self {
            id: ConversationId::from_text(row.try_get::<String, _>("id")?),
            state: state(row, agent.as_ref())?,
            queue: AgentQueue {
                id: QueueId::from_text(row.try_get::<String, _>("queue_id")?),
                name: row.try_get("queue_name_now")?,
            },
            agent,
            started_at: row.try_get("started_at")?,
            closed_at: row.try_get("closed_at")?,
            closing_reason: row.try_get("closing_reason")?,
            page_url: row.try_get("page_url")?,
        })
    }
}

/// The ids of a person's conversations that the reader may know of: the open ones, or those that are over. Each has an index.
macro_rules! readable {
    ($open:literal) => {
        concat!(
            "SELECT conversations.id FROM conversations LEFT JOIN queues ON queues.id = conversations.queue_id
             WHERE conversations.subject = $1 AND conversations.issuer = $2 AND conversations.setting_id = $3
                 AND conversations.open_queue_id ",
            $open,
            " AND (conversations.started_at, conversations.id) < ($4, $5) AND conversations.id <> $6
                 AND ($7 OR queues.everyone
                     OR EXISTS (SELECT 1 FROM queue_members
                         WHERE queue_members.queue_id = conversations.queue_id AND queue_members.operator_id = $8))
             ORDER BY conversations.started_at DESC, conversations.id DESC LIMIT $9"
        )
    };
}

/// All conversations of a person but one, those that started last first, from a place on: in all queues, or in those only that
/// `reader` serves.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn of_person(
    connection: &mut Connection,
    reader: &OperatorId,
    (person, but): (&VerifiedIdentity, &ConversationId),
    in_all_queues: bool,
    before: &StartedBefore,
    limit: u32,
) -> Result<Slice<PersonsRow>, StorageError> {
    let rows = sqlx::query_as(concat!(
        "SELECT conversations.id, conversations.state, conversations.queue_id, conversations.agent_id,
             conversations.agent_name, conversations.started_at, conversations.closed_at, conversations.closing_reason,
             conversations.page_url, COALESCE(queues.name, conversations.queue_name) AS queue_name_now
         FROM conversations LEFT JOIN queues ON queues.id = conversations.queue_id
         WHERE conversations.id IN (SELECT id FROM (",
        readable!("IS NOT NULL"),
        ") AS open_ones UNION ALL SELECT id FROM (",
        readable!("IS NULL"),
        ") AS closed_ones)
         ORDER BY conversations.started_at DESC, conversations.id DESC LIMIT $9",
    ))
    .bind(person.subject())
    .bind(person.issuer())
    .bind(person.setting().as_str())
    .bind(before.started_at)
    .bind(&before.id)
    .bind(but.as_str())
    .bind(in_all_queues)
    .bind(reader.as_str())
    .bind(one_more(limit))
    .fetch_all(connection)
    .await?;
    Ok(Slice::new(rows, limit))
}
