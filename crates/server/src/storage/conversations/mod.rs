//! Conversations' rows: stored once at the start, then changed by compare-and-set.
//!
//! Writes that depend on a state name that state in their WHERE and say whether they found it, so of many
//! who act on the same state exactly one gets through.

use bonafide_protocol::agent::{AgentName, NotLinkedReason};
use bonafide_protocol::context::Context;
use bonafide_protocol::hand_over::CameFrom;
use bonafide_protocol::id::{
    ChatWidgetId, ContactId, ConversationId, OperatorId, QueueId, WorkStreamId,
};
use bonafide_protocol::visitor::PageInfo;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::lines::Move;
use super::statement::{Batch, Statement};
use super::{Connection, StorageError, json};
use crate::domain::conversation::State;
use crate::domain::identity::{Identity, VerifiedIdentity};

mod assignment;
mod changes;
mod hand_over;
mod identity;
mod inbox;
mod lapses;
mod lists;
mod overdue;
mod person;
mod reading;
mod search;

pub(crate) use assignment::{
    InLine, all_in_line, candidates, end_push_exclusions, exclude_from_push, first_for,
    first_in_line,
};
pub(crate) use changes::{
    MovedTo, Reader, accept, close, hand_back, message_added, read_by_agent, read_by_visitor,
    set_closing_reason, set_identity, set_unsigned_context,
};
pub(crate) use hand_over::{OfferRow, end_offer, give, lapsed_offers, offer, requeue, set_joined};
pub(crate) use identity::{IdentityRow, StoredIdentity};
pub(crate) use inbox::{Before, InboxState, inbox, is_visible_to};
pub(crate) use lapses::{lapsed, note_lapse};
pub(crate) use overdue::{Held, Waiting, abandoned, active_of, held, orphaned, waiting};
pub(crate) use person::{PersonsRow, of_person, open_of_person, open_of_person_for};
pub(crate) use reading::{Reading, reading};
pub(crate) use search::{Searched, SearchedFrom, StartedBefore, searched};

/// A stored conversation.
#[derive(Clone, Debug)]
pub(crate) struct ConversationRow {
    pub(crate) id: ConversationId,
    pub(crate) widget: ChatWidgetId,
    pub(crate) work_stream: WorkStreamId,
    pub(crate) queue: QueueId,
    /// The queue's name now, or its last one when the queue is gone.
    pub(crate) queue_name: String,
    /// The routing rule that chose the queue; `None` for the fallback.
    pub(crate) rule: Option<String>,
    pub(crate) priority: i32,
    pub(crate) state: State,
    /// Who has or had it.
    pub(crate) agent: Option<AgentName>,
    /// Unix milliseconds.
    pub(crate) started_at: i64,
    /// Whether an agent had it and could not go on: while it waits, it stands before the others of its priority.
    pub(crate) handed_back: bool,
    /// When whoever has or had it took it, as Unix milliseconds.
    pub(crate) accepted_at: Option<i64>,
    /// Whether they did not take it themselves: their queue or a supervisor gave it.
    pub(crate) pushed: bool,
    /// When it ended, as Unix milliseconds.
    pub(crate) closed_at: Option<i64>,
    pub(crate) page: PageInfo,
    pub(crate) identity: Identity,
    pub(crate) contact: ContactLink,
    pub(crate) signed: Context,
    pub(crate) unsigned: Context,
    pub(crate) last_seq: u32,
    /// Beginning of the last message.
    pub(crate) last_text: Option<String>,
    pub(crate) read_by_agent: u32,
    pub(crate) read_by_visitor: u32,
    /// The number of its last note for colleagues.
    pub(crate) last_note: u32,
    /// The number of the last event in it.
    pub(crate) last_event: u32,
    /// The reason its agent gave at the close.
    pub(crate) closing_reason: Option<String>,
    /// To whom its agent offers it.
    pub(crate) offer: Option<OfferRow>,
    /// The supervisors who write in it beside its agent.
    pub(crate) joined: Vec<AgentName>,
    /// Who had it before it was handed over.
    pub(crate) came_from: Option<CameFrom>,
    /// Whether an agent put it into its queue, where it stays.
    pub(crate) placed: bool,
}

/// The customer's record that a conversation is linked to, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ContactLink {
    /// Linked by the verified subject.
    Linked(LinkedContact),
    /// Not linked.
    NotLinked(NotLinkedReason),
}

/// What agents see of a contact.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LinkedContact {
    pub(crate) id: ContactId,
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
}

impl ConversationRow {
    /// Where it stands in the line of its queue while it waits.
    pub(crate) fn in_line(&self) -> InLine {
        InLine::of(
            self.priority,
            self.turn(),
            self.started_at,
            self.id.as_str(),
        )
    }

    /// Its place among those of its priority: the lower first, then the longer wait.
    fn turn(&self) -> i64 {
        if self.handed_back {
            FIRST_TURN
        } else {
            FIRST_TURN + 1
        }
    }
}

impl FromRow<'_, SqliteRow> for ConversationRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let agent = agent(row)?;
        Ok(Self {
            id: ConversationId::from_text(row.try_get::<String, _>("id")?),
            widget: ChatWidgetId::from_text(row.try_get::<String, _>("widget_id")?),
            work_stream: WorkStreamId::from_text(row.try_get::<String, _>("work_stream_id")?),
            queue: QueueId::from_text(row.try_get::<String, _>("queue_id")?),
            queue_name: row.try_get("queue_name_now")?,
            rule: row.try_get("rule_name")?,
            priority: row.try_get("priority")?,
            state: state(row, agent.as_ref())?,
            agent,
            started_at: row.try_get("started_at")?,
            handed_back: row.try_get::<i64, _>("turn")? == FIRST_TURN,
            accepted_at: row.try_get("accepted_at")?,
            pushed: row.try_get("pushed")?,
            closed_at: row.try_get("closed_at")?,
            page: PageInfo {
                url: row.try_get("page_url")?,
                title: row.try_get("page_title")?,
                locale: row.try_get("page_locale")?,
            },
            identity: match row.try_get::<Option<String>, _>("unverified_reason")? {
                Some(_) => Identity::Unverified(json::read_word(row, "unverified_reason")?),
                None => Identity::Verified(Box::new(VerifiedIdentity::from_row(
                    IdentityRow::from_row(row)?,
                ))),
            },
            contact: contact(row)?,
            signed: json::read(row, "context_signed")?,
            unsigned: json::read(row, "context_unsigned")?,
            last_seq: row.try_get("last_seq")?,
            last_text: row.try_get("last_text")?,
            read_by_agent: row.try_get("read_by_agent")?,
            read_by_visitor: row.try_get("read_by_visitor")?,
            last_note: row.try_get("last_note")?,
            last_event: row.try_get("last_event")?,
            closing_reason: row.try_get("closing_reason")?,
            offer: hand_over::offer_of(row)?,
            joined: json::read(row, "joined")?,
            placed: row.try_get("placed")?,
            came_from: hand_over::came_from_of(row)?,
        })
    }
}

/// Who has or had it.
fn agent(row: &SqliteRow) -> sqlx::Result<Option<AgentName>> {
    let id: Option<String> = row.try_get("agent_id")?;
    let name: Option<String> = row.try_get("agent_name")?;
    Ok(id.zip(name).map(|(id, name)| AgentName {
        id: OperatorId::from_text(id),
        name,
    }))
}

fn state(row: &SqliteRow, agent: Option<&AgentName>) -> sqlx::Result<State> {
    let word: String = row.try_get("state")?;
    match (word.as_str(), agent.map(|agent| agent.id.clone())) {
        ("waiting", None) => Ok(State::Waiting),
        ("active", Some(agent)) => Ok(State::Active { agent }),
        ("closed", agent) => Ok(State::Closed { agent }),
        _ => Err(sqlx::Error::Decode(
            format!("a conversation is `{word}` without the agent that goes with it").into(),
        )),
    }
}

fn contact(row: &SqliteRow) -> sqlx::Result<ContactLink> {
    let id: Option<String> = row.try_get("contact_id")?;
    let name: Option<String> = row.try_get("contact_name")?;
    Ok(match (id, name) {
        (Some(id), Some(name)) => ContactLink::Linked(LinkedContact {
            id: ContactId::from_text(id),
            name,
            email: row.try_get("contact_email")?,
            phone: row.try_get("contact_phone")?,
        }),
        // Deleted since.
        (Some(_), None) => ContactLink::NotLinked(NotLinkedReason::NoSuchContact),
        (None, _) => ContactLink::NotLinked(json::read_word(row, "not_linked")?),
    })
}

/// The conversation with this id.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn find(
    connection: &mut Connection,
    id: &ConversationId,
) -> Result<Option<ConversationRow>, StorageError> {
    let row = sqlx::query_as(
        "SELECT conversations.*, COALESCE(queues.name, conversations.queue_name) AS queue_name_now,
             contacts.name AS contact_name, contacts.email AS contact_email, contacts.phone AS contact_phone
         FROM conversations
         LEFT JOIN queues ON queues.id = conversations.queue_id
         LEFT JOIN contacts ON contacts.id = conversations.contact_id
         WHERE conversations.id = $1",
    )
    .bind(id.as_str())
    .fetch_optional(connection)
    .await?;
    Ok(row)
}

/// The active contact whose id is a subject.
macro_rules! contact {
    ($subject:literal, $active:literal) => {
        concat!(
            "(SELECT id FROM contacts WHERE id = ",
            $subject,
            " AND active = ",
            $active,
            ")"
        )
    };
}

/// Why there is no such contact: the reason for one that is not active, or the one for none.
macro_rules! not_linked {
    ($subject:literal, $active:literal, $inactive:literal, $none:literal) => {
        concat!(
            "CASE WHEN EXISTS ",
            contact!($subject, $active),
            " THEN NULL WHEN EXISTS (SELECT 1 FROM contacts WHERE id = ",
            $subject,
            ") THEN ",
            $inactive,
            " ELSE ",
            $none,
            " END"
        )
    };
}

/// Adds a new conversation, which waits in its queue, to what is to be stored; only while `configuration` is the version of what
/// its start was decided by.
///
/// # Errors
/// When a value cannot be written. [`StorageError::OutOfDate`] comes when it is stored.
pub(crate) fn insert(
    batch: &mut Batch,
    row: &ConversationRow,
    configuration: i64,
) -> Result<(), StorageError> {
    let identity = StoredIdentity::new(&row.identity)?;
    let not_linked = match &row.contact {
        ContactLink::NotLinked(reason) => Some(json::write_word(reason)?),
        ContactLink::Linked(_) => None,
    };
    let statement = Statement::insertion(
        "INSERT INTO conversations (id, widget_id, work_stream_id, queue_id, open_queue_id, queue_name, rule_name, priority, state,
             started_at, page_url, page_title, page_locale, unverified_reason, setting_id, setting_name, issuer,
             subject, key_id, key_fingerprint, verified_at, identity_expires_at, profile, context_signed,
             context_unsigned, contact_id, not_linked, last_seq, read_by_agent, read_by_visitor) VALUES",
        concat!(
            "($1, (SELECT $2 FROM configuration WHERE version = $3), $4, $5, $5, $6, $7, $8, 'waiting', $9, $10, $11, $12,
             $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, ",
            contact!("$25", "$26"),
            ", ",
            not_linked!("$25", "$26", "$27", "$28"),
            ", 0, 0, 0)"
        ),
    )
    .bind(row.id.as_str())
    .bind(row.widget.as_str())
    .bind(configuration)
    .bind(row.work_stream.as_str())
    .bind(row.queue.as_str())
    .bind(row.queue_name.as_str())
    .bind(row.rule.as_deref())
    .bind(row.priority)
    .bind(row.started_at)
    .bind(row.page.url.as_str())
    .bind(row.page.title.as_str())
    .bind(row.page.locale.as_str())
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
    .bind(json::write(&row.signed)?)
    .bind(json::write(&row.unsigned)?)
    .bind(identity.subject.map(str::to_ascii_lowercase))
    .bind(true)
    .bind(json::write_word(&NotLinkedReason::ContactInactive)?)
    .bind(not_linked);
    batch.push(statement);
    batch.note(Move::into(row.queue.clone(), row.in_line()));
    Ok(())
}

/// What links a conversation to the customer's record: the active contact whose id is the verified subject, as the contacts are at
/// that moment. `None` where nobody is verified.
///
/// # Errors
/// When a value cannot be written.
fn linking(id: &ConversationId, subject: Option<&str>) -> sqlx::Result<Option<Statement>> {
    let Some(subject) = subject else {
        return Ok(None);
    };
    let statement = Statement::new(concat!(
        "UPDATE conversations SET contact_id = ",
        contact!("$2", "$3"),
        ", not_linked = ",
        not_linked!("$2", "$3", "$4", "$5"),
        " WHERE id = $1"
    ));
    Ok(Some(
        statement
            .bind(id.as_str())
            .bind(subject.to_ascii_lowercase())
            .bind(true)
            .bind(json::write_word(&NotLinkedReason::ContactInactive)?)
            .bind(json::write_word(&NotLinkedReason::NoSuchContact)?),
    ))
}

/// The chat widget a conversation was started in.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn widget_of(
    connection: &mut Connection,
    id: &ConversationId,
) -> Result<Option<ChatWidgetId>, StorageError> {
    let widget: Option<String> =
        sqlx::query_scalar("SELECT widget_id FROM conversations WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(connection)
            .await?;
    Ok(widget.map(ChatWidgetId::from_text))
}

/// Stands before the others of its priority: `turn` of a conversation that was handed back.
const FIRST_TURN: i64 = 0;
