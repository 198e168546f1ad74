//! What a search looks through: the conversations that an agent may read, newest start first, and their messages.
//!
//! Must not compare texts: how upper and lower case compare differs between databases. What can be said in numbers, ids and
//! states is said here.

use bonafide_protocol::agent::Profile;
use bonafide_protocol::id::{ConversationId, OperatorId, QueueId};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use crate::storage::{Connection, StorageError, json};

/// Which conversations are looked through.
#[derive(Clone, Debug)]
pub(crate) enum SearchedFrom {
    /// Everybody's, as a supervisor may.
    All,
    /// Those that an agent has or had, and where `nobodys`, those that nobody has or had.
    Of {
        /// The agent; nobody's own where there is none.
        agent: Option<OperatorId>,
        /// Whether those count that nobody has or had.
        nobodys: bool,
    },
}

/// A place in the order of a search: the next ones started before it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct StartedBefore {
    /// Unix milliseconds.
    pub(crate) started_at: i64,
    pub(crate) id: String,
}

/// What a search compares of a conversation.
#[derive(Clone, Debug)]
pub(crate) struct Searched {
    pub(crate) id: ConversationId,
    /// Unix milliseconds.
    pub(crate) started_at: i64,
    /// How many messages it has.
    pub(crate) last_seq: u32,
    pub(crate) subject: Option<String>,
    pub(crate) profile: Profile,
    pub(crate) contact_name: Option<String>,
    pub(crate) contact_email: Option<String>,
    pub(crate) queue: QueueId,
    /// As the table has it: `waiting`, `active` or `closed`.
    pub(crate) state: String,
    /// Who has or had it.
    pub(crate) agent: Option<OperatorId>,
    /// Whether whoever searches serves its queue, or had it in a queue that is gone. With what `conversations/search.rs` asks
    /// besides, it is the rule of `reading.rs`, which reads one conversation at a time.
    pub(crate) is_readable: bool,
}

impl FromRow<'_, SqliteRow> for Searched {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let profile: Option<String> = row.try_get("profile")?;
        Ok(Self {
            id: ConversationId::from_text(row.try_get::<String, _>("id")?),
            started_at: row.try_get("started_at")?,
            last_seq: row.try_get("last_seq")?,
            subject: row.try_get("subject")?,
            profile: match profile {
                Some(_) => json::read(row, "profile")?,
                None => Profile::default(),
            },
            contact_name: row.try_get("contact_name")?,
            contact_email: row.try_get("contact_email")?,
            queue: QueueId::from_text(row.try_get::<String, _>("queue_id")?),
            state: row.try_get("state")?,
            agent: row
                .try_get::<Option<String>, _>("agent_id")?
                .map(OperatorId::from_text),
            is_readable: row.try_get("is_readable")?,
        })
    }
}

/// The next conversations to look at, those that started last first. Each list is read in the order of its index and nothing in
/// it is passed over: whoever asks says what is wanted, and what may not be read, and counts it all.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn searched(
    connection: &mut Connection,
    reader: &OperatorId,
    among: &SearchedFrom,
    before: &StartedBefore,
    limit: u32,
) -> Result<Vec<Searched>, StorageError> {
    let (all, agent, nobodys) = match among {
        SearchedFrom::All => (true, None, false),
        SearchedFrom::Of { agent, nobodys } => {
            (false, agent.as_ref().map(OperatorId::as_str), *nobodys)
        }
    };
    let rows = sqlx::query_as(
        "SELECT conversations.id, conversations.started_at, conversations.last_seq, conversations.subject,
             conversations.profile, conversations.queue_id, conversations.state, conversations.agent_id,
             contacts.name AS contact_name, contacts.email AS contact_email,
             (EXISTS (SELECT 1 FROM operators WHERE operators.id = $1 AND operators.role = 'supervisor')
                 OR EXISTS (SELECT 1 FROM queues WHERE queues.id = conversations.queue_id AND queues.everyone)
                 OR EXISTS (SELECT 1 FROM queue_members WHERE queue_members.queue_id = conversations.queue_id
                     AND queue_members.operator_id = $1)
                 OR conversations.state = 'closed' AND conversations.agent_id = $1
                     AND NOT EXISTS (SELECT 1 FROM queues WHERE queues.id = conversations.queue_id)) AS is_readable
         FROM conversations LEFT JOIN contacts ON contacts.id = conversations.contact_id
         WHERE conversations.id IN (
             SELECT id FROM (
                 SELECT id FROM conversations
                 WHERE agent_id = $4 AND (started_at, id) < ($2, $3)
                 ORDER BY started_at DESC, id DESC LIMIT $7) AS theirs
             UNION ALL
             SELECT id FROM (
                 SELECT id FROM conversations
                 WHERE agent_id IS NULL AND (started_at, id) < ($2, $3) AND $5
                 ORDER BY started_at DESC, id DESC LIMIT $7) AS nobodys
             UNION ALL
             SELECT id FROM (
                 SELECT id FROM conversations
                 WHERE (started_at, id) < ($2, $3) AND $6
                 ORDER BY started_at DESC, id DESC LIMIT $7) AS everybodys)
         ORDER BY conversations.started_at DESC, conversations.id DESC LIMIT $7",
    )
    .bind(reader.as_str())
    .bind(before.started_at)
    .bind(&before.id)
    .bind(agent)
    .bind(nobodys)
    .bind(all)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    Ok(rows)
}
