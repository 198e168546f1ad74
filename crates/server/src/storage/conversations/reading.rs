//! Who may read a conversation. Every route that shows one to an agent asks here: its summary, messages, notes, events, files
//! and transcript.

use bonafide_protocol::id::{ConversationId, OperatorId};
use sqlx::FromRow;

use crate::storage::{Connection, StorageError};

/// What an agent may do with a conversation as its reader.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Reading {
    /// It is in a queue that they do not serve, or there is none: they do not learn of it.
    Unknown,
    /// Somebody else has or had it: they learn that it exists, and who has it.
    Others,
    /// Somebody else had it, and they have a chat now with the person it was with: they may read it, and nothing else.
    OfTheirPerson,
    /// It waits or ended unanswered in a queue of theirs, is offered to them, is or was theirs; or they are a supervisor.
    Own,
}

#[derive(FromRow)]
struct Facts {
    state: String,
    agent_id: Option<String>,
    offered_to_id: Option<String>,
    is_supervisor: bool,
    serves_queue: bool,
    is_queue_gone: bool,
    has_person: bool,
}

/// What `agent` may do.
///
/// The person is the verified subject of an issuer under an authentication setting, never a name or an address that nobody
/// proved; nobody is the same person as an anonymous visitor.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn reading(
    connection: &mut Connection,
    agent: &OperatorId,
    id: &ConversationId,
) -> Result<Reading, StorageError> {
    let facts: Option<Facts> = sqlx::query_as(
        "WITH served AS (SELECT id FROM queues WHERE everyone
                 OR EXISTS (SELECT 1 FROM queue_members
                     WHERE queue_members.queue_id = queues.id AND queue_members.operator_id = $1)
                 OR EXISTS (SELECT 1 FROM operators WHERE operators.id = $1 AND operators.role = 'supervisor'))
         SELECT conversations.state, conversations.agent_id, conversations.offered_to_id,
             EXISTS (SELECT 1 FROM operators WHERE operators.id = $1 AND operators.role = 'supervisor') AS is_supervisor,
             EXISTS (SELECT 1 FROM served WHERE served.id = conversations.queue_id) AS serves_queue,
             NOT EXISTS (SELECT 1 FROM queues WHERE queues.id = conversations.queue_id) AS is_queue_gone,
             EXISTS (SELECT 1 FROM conversations AS running
                 WHERE running.subject = conversations.subject AND running.issuer = conversations.issuer
                     AND running.setting_id = conversations.setting_id AND running.open_queue_id IS NOT NULL
                     AND running.state = 'active' AND running.agent_id = $1
                     AND EXISTS (SELECT 1 FROM served WHERE served.id = running.queue_id)) AS has_person
         FROM conversations WHERE conversations.id = $2",
    )
    .bind(agent.as_str())
    .bind(id.as_str())
    .fetch_optional(connection)
    .await?;
    Ok(facts.map_or(Reading::Unknown, |facts| judge(&facts, agent.as_str())))
}

fn judge(facts: &Facts, agent: &str) -> Reading {
    let has_or_had = facts.agent_id.as_deref();
    let is_closed = facts.state == "closed";
    let was_theirs = facts.is_supervisor || is_closed && has_or_had == Some(agent);
    let knows_it = facts.serves_queue || was_theirs && facts.is_queue_gone;
    if !knows_it {
        return Reading::Unknown;
    }
    let is_others = facts.state != "waiting" && has_or_had.is_some_and(|has| has != agent);
    if facts.is_supervisor || facts.offered_to_id.as_deref() == Some(agent) || !is_others {
        Reading::Own
    } else if is_closed && facts.has_person {
        Reading::OfTheirPerson
    } else {
        Reading::Others
    }
}
