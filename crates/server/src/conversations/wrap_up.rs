//! What an agent says of a conversation when they close it: a reason of the work stream's list, and a note for colleagues.
//! Where the visitor's end came first, it is taken all the same, once.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::FieldError;
use bonafide_protocol::agent::{CloseConversation, Closing};
use bonafide_protocol::id::ConversationId;

use super::{Agent, Refused, asides, fields};
use crate::settings::Fault;
use crate::storage::conversations::{self, ConversationRow};
use crate::storage::{Connection, Transaction, work_streams};

/// Under which client id the note of a close is stored. No client can send it: it holds a character that they may not.
const CLIENT_ID: &str = "@close";

/// What was said, within the limits of its fields.
#[derive(Debug)]
pub(super) struct WrapUp {
    pub(super) reason: Option<String>,
    note: Option<String>,
}

impl WrapUp {
    /// Judges a request as far as no conversation is needed for it.
    pub(super) fn judge(body: CloseConversation) -> Result<Self, Refused> {
        fields::judge_close(&body)?;
        Ok(Self {
            reason: body.reason,
            note: body.note,
        })
    }

    /// Judges the reason against those that the work stream offers. `is_closing` is false when it is over already: then
    /// none is missed.
    pub(super) fn check(&self, offered: &Closing, is_closing: bool) -> Result<(), Refused> {
        let known = offered.reasons.join("`, `");
        match &self.reason {
            None if offered.required && is_closing => Err(refused(Fault::required(format!(
                "Say why it is closed. Known are `{known}`."
            )))),
            Some(_) if offered.reasons.is_empty() => Err(refused(Fault::not_found(
                "The work stream has no closing reasons. Leave the reason out.",
            ))),
            Some(reason) if !offered.reasons.contains(reason) => Err(refused(Fault::not_found(
                format!("The work stream has no such closing reason. Known are `{known}`."),
            ))),
            Some(_) | None => Ok(()),
        }
    }

    /// Stores it with a conversation that is closed. What is stored already may be sent again and is not replaced.
    pub(super) async fn store(
        self,
        transaction: &mut Transaction,
        agent: &Agent,
        id: &ConversationId,
        before: &ConversationRow,
        now_ms: i64,
    ) -> Result<(), Refused> {
        if let Some(reason) = &self.reason
            && before.closing_reason.as_ref() != Some(reason)
            && !conversations::set_closing_reason(transaction, id, reason).await?
        {
            return Err(Refused::new(
                ErrorCode::Conflict,
                "The conversation was closed with another reason already.",
            ));
        }
        if let Some(note) = self.note {
            asides::add_note(transaction, agent, id, CLIENT_ID, note, now_ms).await?;
        }
        Ok(())
    }
}

/// What may be said when a conversation is closed, and what was. A work stream that is gone offers nothing.
pub(super) async fn closing(
    connection: &mut Connection,
    row: &ConversationRow,
) -> Result<Closing, Refused> {
    let work_stream = work_streams::find(connection, &row.work_stream).await?;
    let (reasons, required) = work_stream
        .map(|found| (found.closing_reasons, found.closing_reason_required))
        .unwrap_or_default();
    Ok(Closing {
        reasons,
        required,
        reason: row.closing_reason.clone(),
    })
}

fn refused(fault: Fault) -> Refused {
    let field: FieldError = fault.of("reason");
    Refused::Fields(vec![field])
}
