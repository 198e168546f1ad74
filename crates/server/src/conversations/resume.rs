//! A person who starts a chat while another of theirs runs, on a second page of the site or another device: where the
//! work stream says so, that one goes on. Must not continue anybody else's: only a token that was just verified says who
//! it is.

use bonafide_protocol::admin::Actor;
use bonafide_protocol::visitor::StartedConversation;
use bonafide_verifier::VerifiedToken;

use super::proof_events::{self, Came};
use super::{Caller, Conversations, Refused, link, session, view};
use crate::domain::context::admit;
use crate::domain::identity::{Identity, VerifiedIdentity};
use crate::settings::AllowedOrigins;
use crate::storage::audit::{self, Entry};
use crate::storage::conversations::{self, ConversationRow, MovedTo};
use crate::storage::widgets::{self, ChatWidgetRow};
use crate::storage::work_streams::WorkStreamRow;
use crate::storage::{Connection, Transaction};

/// A start that may continue a conversation.
pub(super) struct Attempt<'a> {
    pub(super) widget: &'a ChatWidgetRow,
    pub(super) work_stream: &'a WorkStreamRow,
    /// The page's, as the browser tells it.
    pub(super) origin: Option<&'a str>,
    pub(super) token: &'a VerifiedToken,
    pub(super) identity: VerifiedIdentity,
}

impl Conversations {
    /// Continues the person's newest open conversation of the work stream, with the token as its newest proof; `None` when
    /// there is none that this page may use. The caller commits, and then tells of it.
    pub(super) async fn resume(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        attempt: Attempt<'_>,
        now_ms: i64,
    ) -> Result<Option<StartedConversation>, Refused> {
        let Some(row) = find(transaction, &attempt).await? else {
            return Ok(None);
        };
        let contact = link::contact(transaction, attempt.identity.subject()).await?;
        let declared = &attempt.work_stream.context_variables;
        let admission = admit(declared, link::context_of(attempt.token));
        let identity = Identity::Verified(Box::new(attempt.identity));
        // It keeps its place, as with every renewal.
        let place = MovedTo {
            queue: row.queue.clone(),
            queue_name: row.queue_name.clone(),
            rule: row.rule.clone(),
            priority: row.priority,
        };
        conversations::set_identity(
            transaction,
            &row,
            &identity,
            &contact,
            &admission.admitted,
            &place,
        )
        .await?;
        let session = session::open(transaction, &row.id, now_ms).await?;
        let entry = Entry::new(now_ms, Actor::Visitor, "conversation.resumed")
            .subject(&row.id)
            .request(&caller.request_id)
            .text("widget", attempt.widget.name.as_str());
        audit::append(transaction, view::with_identity(entry, &identity)).await?;
        link::warn(transaction, caller, &row.id, &admission.warnings, now_ms).await?;
        let after = Self::find(transaction, &row.id).await?;
        proof_events::proved(transaction, &row, &after, Came::Elsewhere, now_ms).await?;
        let position = self.position(transaction, &after).await?;
        Ok(Some(StartedConversation {
            conversation: view::conversation(&after, position, now_ms),
            session,
        }))
    }
}

/// The conversation that goes on.
async fn find(
    connection: &mut Connection,
    attempt: &Attempt<'_>,
) -> Result<Option<ConversationRow>, Refused> {
    let open = conversations::open_of_person(connection, &attempt.identity, MOST).await?;
    let of_work_stream = open
        .into_iter()
        .filter(|row| row.work_stream == attempt.work_stream.id);
    for row in of_work_stream {
        // What follows is asked of the conversation's own widget, which must let this page in too.
        if row.widget == attempt.widget.id {
            return Ok(Some(row));
        }
        if let Some(widget) = widgets::find(connection, &row.widget).await?
            && AllowedOrigins::from_stored(widget.allowed_origins).allow(attempt.origin)
        {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

/// One person's open conversations that are looked at.
const MOST: usize = 20;
