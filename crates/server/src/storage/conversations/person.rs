//! One person's open conversations. The same person is the same `sub` of the same `iss`, proved under the same setting:
//! what another website calls by that name is somebody else.

use bonafide_protocol::id::OperatorId;

use super::{ConversationRow, StorageError};
use crate::domain::identity::VerifiedIdentity;
use crate::storage::Connection;

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
