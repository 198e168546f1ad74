//! What changes of a conversation after its start.

use bonafide_protocol::agent::AgentName;
use bonafide_protocol::context::Context;
use bonafide_protocol::id::{ConversationId, OperatorId, QueueId};

use super::assignment::Moved;
use super::{ConversationRow, FIRST_TURN, InLine, StoredIdentity, linking};
use crate::domain::conversation::State;
use crate::domain::identity::Identity;
use crate::storage::lines::Move;
use crate::storage::{Connection, StorageError, Transaction, json};

/// Another place for a conversation that still waits.
#[derive(Clone, Debug)]
pub(crate) struct MovedTo {
    pub(crate) queue: QueueId,
    pub(crate) queue_name: String,
    pub(crate) rule: Option<String>,
    pub(crate) priority: i32,
}

/// An agent has a waiting conversation from now on; `pushed` where they did not take it themselves. False when it does not wait
/// any more.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn accept(
    transaction: &mut Transaction,
    id: &ConversationId,
    agent: &AgentName,
    pushed: bool,
    now_ms: i64,
) -> Result<bool, StorageError> {
    let left: Option<Moved> = sqlx::query_as(
        "UPDATE conversations SET state = 'active', agent_id = $2, agent_name = $3, accepted_at = $4, pushed = $5
         WHERE id = $1 AND state = 'waiting' RETURNING queue_id, priority, turn, started_at, id",
    )
    .bind(id.as_str())
    .bind(agent.id.as_str())
    .bind(&agent.name)
    .bind(now_ms)
    .bind(pushed)
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(transaction.note(left.map(Moved::out_of_line)))
}

/// Puts a conversation that `agent` has back into its queue, before the others of its priority. False when they have it no
/// more.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn hand_back(
    transaction: &mut Transaction,
    id: &ConversationId,
    agent: &OperatorId,
) -> Result<bool, StorageError> {
    let came: Option<Moved> = sqlx::query_as(
        "UPDATE conversations SET state = 'waiting', agent_id = NULL, agent_name = NULL, accepted_at = NULL, pushed = $4,
             turn = $3,
             came_from_id = NULL, came_from_name = NULL, came_from_queue_id = NULL, came_from_queue_name = NULL,
             offered_to_id = NULL, offered_to_name = NULL, offer_note = NULL, offer_lapses_at = NULL, joined = '[]'
         WHERE id = $1 AND state = 'active' AND agent_id = $2 RETURNING queue_id, priority, turn, started_at, id",
    )
    .bind(id.as_str())
    .bind(agent.as_str())
    .bind(FIRST_TURN)
    .bind(false)
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(transaction.note(came.map(Moved::into_line)))
}

/// Ends a conversation that stands as `from`. False when it stands otherwise by now.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn close(
    transaction: &mut Transaction,
    id: &ConversationId,
    from: &State,
    now_ms: i64,
) -> Result<bool, StorageError> {
    let (state, agent) = match from {
        State::Waiting => ("waiting", None),
        State::Active { agent } => ("active", Some(agent.as_str())),
        State::Closed { .. } => return Ok(false),
    };
    let left: Option<Moved> = sqlx::query_as(
        "UPDATE conversations SET state = 'closed', open_queue_id = NULL, closed_at = $2, joined = '[]',
             offered_to_id = NULL, offered_to_name = NULL, offer_note = NULL, offer_lapses_at = NULL
         WHERE id = $1 AND state = $3 AND COALESCE(agent_id, '') = COALESCE($4, '')
         RETURNING queue_id, priority, turn, started_at, id",
    )
    .bind(id.as_str())
    .bind(now_ms)
    .bind(state)
    .bind(agent)
    .fetch_optional(&mut **transaction)
    .await?;
    if *from != State::Waiting {
        return Ok(left.is_some());
    }
    Ok(transaction.note(left.map(Moved::out_of_line)))
}

/// Notes why its agent closed a conversation. False when that was noted before.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn set_closing_reason(
    connection: &mut Connection,
    id: &ConversationId,
    reason: &str,
) -> Result<bool, StorageError> {
    let result = sqlx::query(
        "UPDATE conversations SET closing_reason = $2
         WHERE id = $1 AND state = 'closed' AND closing_reason IS NULL",
    )
    .bind(id.as_str())
    .bind(reason)
    .execute(connection)
    .await?;
    Ok(result.rows_affected() == 1)
}

/// Records a newly verified identity with what follows from it, the contact too, and a new place when the conversation is to
/// move. Only in the transaction that read `row`.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn set_identity(
    transaction: &mut Transaction,
    row: &ConversationRow,
    identity: &Identity,
    signed: &Context,
    place: &MovedTo,
) -> Result<(), StorageError> {
    let identity = StoredIdentity::new(identity)?;
    sqlx::query(
        "UPDATE conversations SET unverified_reason = $2, setting_id = $3, setting_name = $4, issuer = $5,
             subject = $6, key_id = $7, key_fingerprint = $8, verified_at = $9, identity_expires_at = $10,
             profile = $11, context_signed = $12, queue_id = $13,
             open_queue_id = CASE WHEN state = 'closed' THEN NULL ELSE $13 END,
             queue_name = $14, rule_name = $15, priority = $16
         WHERE id = $1",
    )
    .bind(row.id.as_str())
    .bind(identity.unverified_reason)
    .bind(identity.setting)
    .bind(identity.setting_name)
    .bind(identity.issuer)
    .bind(identity.subject)
    .bind(identity.key_id)
    .bind(identity.key_fingerprint)
    .bind(identity.verified_at)
    .bind(identity.expires_at)
    .bind(identity.profile)
    .bind(json::write(signed)?)
    .bind(place.queue.as_str())
    .bind(&place.queue_name)
    .bind(&place.rule)
    .bind(place.priority)
    .execute(&mut **transaction)
    .await?;
    if let Some(linking) = linking(&row.id, identity.subject)? {
        linking.run(transaction).await?;
    }
    if row.state == State::Waiting {
        let before = row.in_line();
        let after = InLine::of(place.priority, row.turn(), row.started_at, row.id.as_str());
        if row.queue != place.queue || before != after {
            transaction.note(Some(Move::out_of(row.queue.clone(), before)));
            transaction.note(Some(Move::into(place.queue.clone(), after)));
        }
    }
    Ok(())
}

/// Replaces what the page says of its visitor.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn set_unsigned_context(
    connection: &mut Connection,
    id: &ConversationId,
    unsigned: &Context,
) -> Result<(), StorageError> {
    sqlx::query("UPDATE conversations SET context_unsigned = $2 WHERE id = $1")
        .bind(id.as_str())
        .bind(json::write(unsigned)?)
        .execute(connection)
        .await?;
    Ok(())
}

/// Which side has read what it says is read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Reader {
    Agent,
    Visitor,
}

/// Notes that message `seq` is the last one, and that its author's side has read up to it, if it has.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn message_added(
    connection: &mut Connection,
    id: &ConversationId,
    seq: u32,
    beginning: &str,
    read_by: Option<Reader>,
) -> Result<(), StorageError> {
    sqlx::query(
        "UPDATE conversations SET last_seq = $2, last_text = $3,
             read_by_agent = CASE WHEN $4 THEN $2 ELSE read_by_agent END,
             read_by_visitor = CASE WHEN $5 THEN $2 ELSE read_by_visitor END
         WHERE id = $1",
    )
    .bind(id.as_str())
    .bind(seq)
    .bind(beginning)
    .bind(read_by == Some(Reader::Agent))
    .bind(read_by == Some(Reader::Visitor))
    .execute(connection)
    .await?;
    Ok(())
}

/// The agent's side has read up to `seq`. False when it had already, or there is no such message.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn read_by_agent(
    connection: &mut Connection,
    id: &ConversationId,
    seq: u32,
) -> Result<bool, StorageError> {
    let result = sqlx::query(
        "UPDATE conversations SET read_by_agent = $2 WHERE id = $1 AND read_by_agent < $2 AND last_seq >= $2",
    )
    .bind(id.as_str())
    .bind(seq)
    .execute(connection)
    .await?;
    Ok(result.rows_affected() == 1)
}

/// The visitor has read up to `seq`. False when they had already, or there is no such message.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn read_by_visitor(
    connection: &mut Connection,
    id: &ConversationId,
    seq: u32,
) -> Result<bool, StorageError> {
    let result = sqlx::query(
        "UPDATE conversations SET read_by_visitor = $2 WHERE id = $1 AND read_by_visitor < $2 AND last_seq >= $2",
    )
    .bind(id.as_str())
    .bind(seq)
    .execute(connection)
    .await?;
    Ok(result.rows_affected() == 1)
}
