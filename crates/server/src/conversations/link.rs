//! What follows from a verified token: the context it vouches for, and that it is used up.

use bonafide_protocol::Number;
use bonafide_protocol::admin::{Actor, ContextVariable};
use bonafide_protocol::context::{Context, ContextValue};
use bonafide_protocol::id::ConversationId;
use bonafide_verifier::VerifiedToken;

use super::{Caller, Refused};
use crate::domain::context::{Warning, admit};
use crate::storage::audit::{self, Entry};
use crate::storage::{Connection, StorageError, token_ids};

/// What a work stream that declares so would not admit of a token's context.
pub(crate) fn not_admitted(declared: &[ContextVariable], token: &VerifiedToken) -> Vec<Warning> {
    admit(declared, context_of(token)).warnings
}

/// The context a token carries, in the wire's types.
pub(super) fn context_of(token: &VerifiedToken) -> Context {
    use bonafide_verifier::ContextValue as Verified;
    token
        .context()
        .map(|(name, value)| {
            let value = match value {
                Verified::Boolean(boolean) => ContextValue::Boolean(boolean),
                // Both read the same grammar, so none is kept as text.
                Verified::Number(digits) => Number::parse(digits).map_or_else(
                    || ContextValue::Text(digits.to_owned()),
                    ContextValue::Number,
                ),
                Verified::Text(text) => ContextValue::Text(text.to_owned()),
            };
            (name.to_owned(), value)
        })
        .collect()
}

/// Uses up a single-use token. False when it was used before.
pub(super) async fn use_up(
    connection: &mut Connection,
    token: &VerifiedToken,
) -> Result<bool, StorageError> {
    // `require_token_id` made sure there is one; a token without one must not pass as unused.
    let Some(id) = token.token_id() else {
        return Ok(false);
    };
    // The leeway of a setting may be raised later, up to five minutes.
    let forget_after = token.expires_at().saturating_add(600);
    token_ids::take(connection, token.issuer(), id, forget_after).await
}

/// Tells administrators which context was not admitted.
pub(super) async fn warn(
    connection: &mut Connection,
    caller: &Caller,
    conversation: &ConversationId,
    warnings: &[Warning],
    now_ms: i64,
) -> Result<(), Refused> {
    if let Some(entry) = warning(caller, conversation, warnings, now_ms) {
        audit::append(connection, entry).await?;
    }
    Ok(())
}

/// What [`warn`] writes down, if anything.
pub(super) fn warning(
    caller: &Caller,
    conversation: &ConversationId,
    warnings: &[Warning],
    now_ms: i64,
) -> Option<Entry> {
    if warnings.is_empty() {
        return None;
    }
    let entry = Entry::new(now_ms, Actor::Visitor, "context.not-admitted")
        .subject(conversation)
        .request(&caller.request_id);
    Some(warnings.iter().fold(entry, |entry, warning| {
        entry.text(warning.name.as_str(), warning.to_string())
    }))
}
