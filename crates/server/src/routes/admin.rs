//! What administrators record. Each resource: list, create, read, replace, delete; every change is audited in the
//! same transaction.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use bonafide_protocol::admin::{Actor, Reference};
use bonafide_protocol::context::ContextValue;
use bonafide_protocol::id::OperatorId;
use serde::Serialize;
use serde_json::{Map, Value};

use super::authenticate::Administrator;
use super::envelope::RequestId;
use super::problem::{ApiError, ApiResult};
use crate::conversations::{By, HandedBack};
use crate::settings::Fault;
use crate::state::AppState;
use crate::storage::audit::{self, Entry};
use crate::storage::{Connection, StorageError, Transaction};

pub mod api_tokens;
pub mod audit_log;
pub mod authentication_settings;
pub mod canned_replies;
pub mod chat_widgets;
pub mod contacts;
pub mod operators;
pub mod queues;
pub mod setting_test;
pub mod snippet;
pub mod work_stream_closing;
pub mod work_stream_rules;
pub mod work_streams;

/// Who changes something, in which request, when: what each audit entry of a change says. Taken from a request of an
/// administrator.
#[derive(Clone, Debug)]
pub struct Change {
    /// Who.
    pub administrator: Administrator,
    /// In which request.
    pub request_id: RequestId,
    /// Unix milliseconds.
    pub now_ms: i64,
}

impl FromRequestParts<AppState> for Change {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        Ok(Self {
            administrator: Administrator::from_request_parts(parts, state).await?,
            request_id: RequestId::from_request_parts(parts, state).await?,
            now_ms: state.clock.now_ms(),
        })
    }
}

impl Change {
    /// An entry for the audit, of this change.
    fn entry(&self, action: &'static str) -> Entry {
        Entry::new(self.now_ms, self.administrator.actor(), action)
            .request(self.request_id.as_str())
    }

    /// Appends an entry with the fields that differ between two answers of a resource, as `name.before` and
    /// `name.after`. A new resource has no `before`, a deleted one no `after`.
    ///
    /// # Errors
    /// When it cannot be stored.
    pub async fn audit<T: Serialize>(
        &self,
        connection: &mut Connection,
        action: &'static str,
        subject: &(impl ToString + Sync),
        before: Option<&T>,
        after: Option<&T>,
    ) -> ApiResult<()> {
        let (before, after) = (fields(before)?, fields(after)?);
        let mut entry = self.entry(action).subject(subject.to_string());
        if let Some(Value::String(name)) = before.get("name").or_else(|| after.get("name")) {
            entry = entry.called(name);
        }
        let entry = with_differences(entry, &before, &after);
        Ok(audit::append(connection, entry).await?)
    }

    /// Puts the conversations of agents who can go on with them no more back into their queues.
    async fn hand_back(
        &self,
        state: &AppState,
        transaction: &mut Transaction,
    ) -> ApiResult<HandedBack> {
        let actor = self.administrator.actor();
        let by = self.by(&actor);
        Ok(state.conversations.hand_back(transaction, by).await?)
    }

    /// The same for all that an operator has whose sign-ins are over.
    async fn hand_back_all_of(
        &self,
        state: &AppState,
        transaction: &mut Transaction,
        operator: &OperatorId,
    ) -> ApiResult<HandedBack> {
        let actor = self.administrator.actor();
        let by = self.by(&actor);
        let conversations = &state.conversations;
        Ok(conversations
            .hand_back_all_of(transaction, operator, by)
            .await?)
    }

    fn by<'a>(&'a self, actor: &'a Actor) -> By<'a> {
        By {
            actor,
            request_id: Some(self.request_id.as_str()),
            now_ms: self.now_ms,
        }
    }
}

fn fields<T: Serialize>(value: Option<&T>) -> ApiResult<Map<String, Value>> {
    match value
        .map(serde_json::to_value)
        .transpose()
        .map_err(ApiError::internal)?
    {
        Some(Value::Object(fields)) => Ok(fields),
        _ => Ok(Map::new()),
    }
}

fn with_differences(
    mut entry: Entry,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> Entry {
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        // The entry has the id and the time already; who uses a resource is no part of it.
        if matches!(
            name.as_str(),
            "id" | "createdAt" | "updatedAt" | "usedBy" | "version" | "waiting" | "warnings"
        ) {
            continue;
        }
        let (old, new) = (
            before.get(name).unwrap_or(&Value::Null),
            after.get(name).unwrap_or(&Value::Null),
        );
        if old != new {
            for (side, value) in [("before", old), ("after", new)] {
                if let Some(value) = detail(value) {
                    entry = entry.detail(format!("{name}.{side}"), value);
                }
            }
        }
    }
    entry
}

/// A field's value for the audit; lists and objects as JSON. `None` for null.
fn detail(value: &Value) -> Option<ContextValue> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(value) => ContextValue::Boolean(*value),
        Value::Number(number) => ContextValue::Number(number.into()),
        Value::String(text) => ContextValue::Text(text.clone()),
        Value::Array(_) | Value::Object(_) => ContextValue::Text(value.to_string()),
    })
}

/// Turns "another record has this value" into an answer that names the field.
fn name_taken(kind: &str) -> impl FnOnce(StorageError) -> ApiError {
    let message = format!("Another {kind} has this name; upper and lower case are the same.");
    move |error| match error {
        StorageError::Taken => ApiError::taken("name", Fault::duplicate(message)),
        error => error.into(),
    }
}

/// Refuses to delete what is in use, and says by what.
fn refuse_in_use<I>(kind: &str, users: &str, references: &[Reference<I>]) -> ApiResult<()> {
    if references.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = references
        .iter()
        .map(|reference| format!("`{}`", reference.name))
        .collect();
    Err(ApiError::conflict(format!(
        "This {kind} is in use by the {users} {}. Change them first.",
        names.join(", ")
    )))
}
