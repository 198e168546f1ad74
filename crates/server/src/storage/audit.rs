//! The audit: what was done, by whom, when. Rows are only ever added; never a token, key or password in one.

use std::collections::BTreeMap;

use bonafide_protocol::ErrorCode;
use bonafide_protocol::admin::Actor;
use bonafide_protocol::context::ContextValue;
use bonafide_protocol::id::{AuditId, OperatorId};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};

use super::paging::{Slice, one_more};
use super::statement::Statement;
use super::{Connection, StorageError, json};
use crate::random;

/// Longest value kept of a detail, in characters: enough to recognise it, and a list stays readable.
const MAX_DETAIL: usize = 4_000;

/// Where the details hold the subject's name. With a blank, which keeps it apart from the names of fields.
const SUBJECT_NAME: &str = "subject name";

/// One entry that is to be appended.
#[derive(Clone, Debug)]
#[must_use = "an entry is only stored by `append`"]
pub struct Entry {
    at: i64,
    actor: Actor,
    action: &'static str,
    subject: Option<String>,
    request_id: Option<String>,
    code: Option<ErrorCode>,
    details: BTreeMap<String, ContextValue>,
}

impl Entry {
    /// `actor` did `action` (`queue.created`, `token.refused` …) at `now_ms`.
    pub fn new(now_ms: i64, actor: Actor, action: &'static str) -> Self {
        Self {
            at: now_ms,
            actor,
            action,
            subject: None,
            request_id: None,
            code: None,
            details: BTreeMap::new(),
        }
    }

    /// The id of what it was done to.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "takes an id, a reference to one, or text"
    )]
    pub fn subject(mut self, id: impl ToString) -> Self {
        self.subject = Some(id.to_string());
        self
    }

    /// What that is called: an id says nothing to people once the record is gone.
    pub fn called(self, name: impl Into<String>) -> Self {
        self.text(SUBJECT_NAME, name)
    }

    /// The request in which it was done.
    pub fn request(mut self, id: &str) -> Self {
        self.request_id = Some(id.to_owned());
        self
    }

    /// The error code of a refusal.
    pub fn code(mut self, code: ErrorCode) -> Self {
        self.code = Some(code);
        self
    }

    /// Something a person needs to understand it.
    pub fn detail(mut self, name: impl Into<String>, value: ContextValue) -> Self {
        let value = match value {
            ContextValue::Text(text) => ContextValue::Text(cut(text)),
            other => other,
        };
        self.details.insert(name.into(), value);
        self
    }

    /// As [`Self::detail`], for text.
    pub fn text(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.detail(name, ContextValue::Text(value.into()))
    }
}

/// A stored entry.
#[derive(Clone, Debug)]
pub struct AuditRow {
    /// The entry; its id is its place in the order.
    pub id: AuditId,
    /// Unix milliseconds.
    pub at: i64,
    /// Who did it.
    pub actor: Actor,
    /// What was done.
    pub action: String,
    /// To what.
    pub subject: Option<String>,
    /// What that was called.
    pub subject_name: Option<String>,
    /// In which request.
    pub request_id: Option<String>,
    /// The error code of a refusal.
    pub code: Option<ErrorCode>,
    /// What a person needs to understand it.
    pub details: BTreeMap<String, ContextValue>,
}

impl FromRow<'_, SqliteRow> for AuditRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let kind: String = row.try_get("actor_kind")?;
        let code: Option<String> = row.try_get("code")?;
        let mut details: BTreeMap<String, ContextValue> = json::read(row, "details")?;
        let subject_name = match details.remove(SUBJECT_NAME) {
            Some(ContextValue::Text(name)) => Some(name),
            _ => None,
        };
        Ok(Self {
            id: AuditId::from_text(row.try_get::<String, _>("id")?),
            at: row.try_get("at")?,
            actor: match kind.as_str() {
                "operator" => Actor::Operator {
                    id: OperatorId::from_text(row.try_get::<String, _>("actor_id")?),
                    name: row.try_get("actor_name")?,
                },
                "visitor" => Actor::Visitor,
                _ => Actor::System,
            },
            action: row.try_get("action")?,
            subject: row.try_get("subject")?,
            subject_name,
            request_id: row.try_get("request_id")?,
            code: if code.is_some() {
                Some(json::read_word(row, "code")?)
            } else {
                None
            },
            details,
        })
    }
}

/// What appends an entry. In the same transaction as the change it tells of, so that neither exists alone.
///
/// # Errors
/// When a value cannot be written.
pub(crate) fn insertion(entry: Entry) -> Result<Statement, StorageError> {
    let (kind, id, name) = match entry.actor {
        Actor::Operator { id, name } => ("operator", Some(id.to_string()), Some(name)),
        Actor::Visitor => ("visitor", None, None),
        Actor::System => ("system", None, None),
    };
    let statement = Statement::insertion(
        "INSERT INTO audit (id, at, actor_kind, actor_id, actor_name, action, subject, request_id, code, details) VALUES",
        "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    );
    Ok(statement
        .bind(AuditId::from_bits(random::ordered_bits(entry.at)).as_str())
        .bind(entry.at)
        .bind(kind)
        .bind(id)
        .bind(name)
        .bind(entry.action)
        .bind(entry.subject)
        .bind(entry.request_id)
        .bind(entry.code.map(ErrorCode::as_str))
        .bind(json::write(&entry.details)?))
}

/// Appends an entry; see [`insertion`].
///
/// # Errors
/// When it cannot be stored.
pub async fn append(connection: &mut Connection, entry: Entry) -> Result<(), StorageError> {
    insertion(entry)?.run(connection).await
}

/// Which entries are wanted; an empty text asks for nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) action: String,
    /// An operator's id, or `visitor`, or `system`.
    pub(crate) actor: String,
    pub(crate) subject: String,
    pub(crate) request: String,
    /// The first time, in Unix milliseconds.
    pub(crate) from: i64,
    /// The first time that is too late.
    pub(crate) to: Option<i64>,
}

/// The query with what its index leads with. Ids grow with time, so they bound the time and give the order too.
macro_rules! query {
    ($lead:literal) => {
        concat!(
            "SELECT * FROM audit WHERE ",
            $lead,
            "id < $5 AND id >= $6 AND ($1 = '' OR action = $1) AND ($2 = '' OR COALESCE(actor_id, actor_kind) = $2)
                 AND ($3 = '' OR subject = $3) AND ($4 = '' OR request_id = $4)
             ORDER BY id DESC LIMIT $7"
        )
    };
}

/// The entries that are wanted, the newest first, older than that with the id `after`.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn page(
    connection: &mut Connection,
    wanted: &Wanted,
    after: &str,
    limit: u32,
) -> Result<Slice<AuditRow>, StorageError> {
    // The one that leaves the fewest entries comes first.
    let query = if !wanted.request.is_empty() {
        query!("request_id = $4 AND ")
    } else if !wanted.subject.is_empty() {
        query!("subject = $3 AND ")
    } else if wanted.actor.starts_with(OperatorId::PREFIX) {
        query!("COALESCE(actor_id, actor_kind) = $2 AND ")
    } else if !wanted.action.is_empty() {
        query!("action = $1 AND ")
    } else if !wanted.actor.is_empty() {
        query!("COALESCE(actor_id, actor_kind) = $2 AND ")
    } else {
        query!("")
    };
    let at = |time| AuditId::from_bits(random::ordered_bits_from(time));
    let end = at(wanted.to.unwrap_or(LAST_TIME)).to_string();
    let before = match after {
        "" => end,
        after => end.min(after.to_owned()),
    };
    let rows = sqlx::query_as(query)
        .bind(&wanted.action)
        .bind(&wanted.actor)
        .bind(&wanted.subject)
        .bind(&wanted.request)
        .bind(before)
        .bind(at(wanted.from).as_str())
        .bind(one_more(limit))
        .fetch_all(connection)
        .await?;
    Ok(Slice::new(rows, limit))
}

/// As late as an id can say.
const LAST_TIME: i64 = (1 << 48) - 1;

fn cut(text: String) -> String {
    match text.char_indices().nth(MAX_DETAIL) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
