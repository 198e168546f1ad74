//! Conversations that go from one colleague to another: offered, handed over, joined.
//!
//! Each change names the state it was decided on in its WHERE: who has it, and to whom it is offered.

use bonafide_protocol::agent::AgentName;
use bonafide_protocol::hand_over::CameFrom;
use bonafide_protocol::id::{ConversationId, OperatorId, QueueId};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::assignment::Moved;
use super::{ConversationRow, FIRST_TURN};
use crate::storage::{Connection, StorageError, Transaction, json};

/// To whom a conversation is offered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OfferRow {
    pub(crate) to: AgentName,
    pub(crate) note: Option<String>,
    /// Unix milliseconds.
    pub(crate) lapses_at: i64,
}

/// The offer in a row of `conversations`.
pub(super) fn offer_of(row: &SqliteRow) -> sqlx::Result<Option<OfferRow>> {
    let to: Option<String> = row.try_get("offered_to_id")?;
    let Some(to) = to else { return Ok(None) };
    Ok(Some(OfferRow {
        to: AgentName {
            id: OperatorId::from_text(to),
            name: row.try_get("offered_to_name")?,
        },
        note: row.try_get("offer_note")?,
        lapses_at: row.try_get("offer_lapses_at")?,
    }))
}

/// From whom the conversation of a row came.
pub(super) fn came_from_of(row: &SqliteRow) -> sqlx::Result<Option<CameFrom>> {
    let from: Option<String> = row.try_get("came_from_id")?;
    let Some(from) = from else { return Ok(None) };
    Ok(Some(CameFrom {
        agent: AgentName {
            id: OperatorId::from_text(from),
            name: row.try_get("came_from_name")?,
        },
        queue: bonafide_protocol::agent::AgentQueue {
            id: QueueId::from_text(row.try_get::<String, _>("came_from_queue_id")?),
            name: row.try_get("came_from_queue_name")?,
        },
    }))
}

/// Its agent offers a conversation, which they have as in `row`. False when it stands otherwise by now.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn offer(
    connection: &mut Connection,
    row: &ConversationRow,
    offer: &OfferRow,
) -> Result<bool, StorageError> {
    let result = sqlx::query(
        "UPDATE conversations SET offered_to_id = $3, offered_to_name = $4, offer_note = $5, offer_lapses_at = $6
         WHERE id = $1 AND state = 'active' AND agent_id = $2 AND offered_to_id IS NULL",
    )
    .bind(row.id.as_str())
    .bind(row.agent.as_ref().map(|agent| agent.id.as_str()))
    .bind(offer.to.id.as_str())
    .bind(&offer.to.name)
    .bind(&offer.note)
    .bind(offer.lapses_at)
    .execute(connection)
    .await?;
    Ok(result.rows_affected() == 1)
}

/// Ends the offer of `row`; its agent keeps the conversation. False when it stands otherwise by now.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn end_offer(
    connection: &mut Connection,
    row: &ConversationRow,
) -> Result<bool, StorageError> {
    let result = sqlx::query(
        "UPDATE conversations SET offered_to_id = NULL, offered_to_name = NULL, offer_note = NULL, offer_lapses_at = NULL
         WHERE id = $1 AND state = 'active' AND agent_id = $2 AND offered_to_id = $3",
    )
    .bind(row.id.as_str())
    .bind(row.agent.as_ref().map(|agent| agent.id.as_str()))
    .bind(row.offer.as_ref().map(|offer| offer.to.id.as_str()))
    .execute(connection)
    .await?;
    Ok(result.rows_affected() == 1)
}

/// Another agent has the conversation from now on; `pushed` where they did not take it themselves. False when it stands
/// otherwise than in `row` by now.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn give(
    connection: &mut Connection,
    row: &ConversationRow,
    to: &AgentName,
    pushed: bool,
    now_ms: i64,
) -> Result<bool, StorageError> {
    let others: Vec<&AgentName> = row.joined.iter().filter(|it| it.id != to.id).collect();
    let result = sqlx::query(
        "UPDATE conversations SET agent_id = $4, agent_name = $5, accepted_at = $6, joined = $7,
             came_from_id = agent_id, came_from_name = agent_name,
             came_from_queue_id = queue_id, came_from_queue_name = $8, pushed = $9,
             offered_to_id = NULL, offered_to_name = NULL, offer_note = NULL, offer_lapses_at = NULL
         WHERE id = $1 AND state = 'active' AND agent_id = $2 AND COALESCE(offered_to_id, '') = COALESCE($3, '')",
    )
    .bind(row.id.as_str())
    .bind(row.agent.as_ref().map(|agent| agent.id.as_str()))
    .bind(row.offer.as_ref().map(|offer| offer.to.id.as_str()))
    .bind(to.id.as_str())
    .bind(&to.name)
    .bind(now_ms)
    .bind(json::write(&others)?)
    .bind(&row.queue_name)
    .bind(pushed)
    .execute(connection)
    .await?;
    Ok(result.rows_affected() == 1)
}

/// The conversation waits in a queue, before the others of its priority. False when it stands otherwise than in `row` by now.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn requeue(
    transaction: &mut Transaction,
    row: &ConversationRow,
    queue: &QueueId,
    queue_name: &str,
) -> Result<bool, StorageError> {
    let came: Option<Moved> = sqlx::query_as(
        "UPDATE conversations SET state = 'waiting', agent_id = NULL, agent_name = NULL, accepted_at = NULL, turn = $3,
             came_from_id = agent_id, came_from_name = agent_name,
             came_from_queue_id = queue_id, came_from_queue_name = $6, joined = '[]', pushed = $7, placed = $8,
             queue_id = $4, open_queue_id = $4, queue_name = $5,
             rule_name = CASE WHEN queue_id = $4 THEN rule_name ELSE NULL END
         WHERE id = $1 AND state = 'active' AND agent_id = $2 AND offered_to_id IS NULL
         RETURNING queue_id, priority, turn, started_at, id",
    )
    .bind(row.id.as_str())
    .bind(row.agent.as_ref().map(|agent| agent.id.as_str()))
    .bind(FIRST_TURN)
    .bind(queue.as_str())
    .bind(queue_name)
    .bind(&row.queue_name)
    .bind(false)
    .bind(true)
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(transaction.note(came.map(Moved::into_line)))
}

/// Other supervisors write in the conversation. False when it stands otherwise than in `row` by now.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn set_joined(
    connection: &mut Connection,
    row: &ConversationRow,
    joined: &[AgentName],
) -> Result<bool, StorageError> {
    let result = sqlx::query(
        "UPDATE conversations SET joined = $4
         WHERE id = $1 AND state = 'active' AND agent_id = $2 AND joined = $3",
    )
    .bind(row.id.as_str())
    .bind(row.agent.as_ref().map(|agent| agent.id.as_str()))
    .bind(json::write(&row.joined)?)
    .bind(json::write(&joined)?)
    .execute(connection)
    .await?;
    Ok(result.rows_affected() == 1)
}

/// Conversations whose offer ended by this time (unix milliseconds), the first to end first.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn lapsed_offers(
    connection: &mut Connection,
    now_ms: i64,
    limit: u32,
) -> Result<Vec<ConversationId>, StorageError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM conversations WHERE offered_to_id IS NOT NULL AND offer_lapses_at <= $1
         ORDER BY offer_lapses_at LIMIT $2",
    )
    .bind(now_ms)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(ConversationId::from_text).collect())
}
