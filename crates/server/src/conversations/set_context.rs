//! The page says something else of its visitor while an anonymous conversation runs.
//!
//! Must not touch what a website signed, nor move the conversation: whoever waits keeps their place, as a page could
//! otherwise put its visitors where it likes at any time.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::visitor::SetContext;

use super::start::work_stream_of;
use super::{Caller, Conversations, Refused, fields, link};
use crate::domain::context::admit;
use crate::domain::conversation::State;
use crate::storage::{conversations, widgets};

impl Conversations {
    /// Replaces the unsigned context of a conversation whose session the caller has checked.
    pub(crate) async fn set_context(
        &self,
        caller: &Caller,
        id: &ConversationId,
        body: SetContext,
    ) -> Result<(), Refused> {
        fields::judge_set_context(&body.context)?;
        self.limits.message(id)?;
        let now = self.clock.now_ms();
        let mut transaction = self.storage.write().await?;
        let row = Self::find(&mut transaction, id).await?;
        if row.identity.is_verified() {
            return Err(Refused::new(
                ErrorCode::Conflict,
                "The conversation is authenticated: its context is what the website signed.",
            ));
        }
        if matches!(row.state, State::Closed { .. }) {
            return Err(Refused::new(
                ErrorCode::Conflict,
                "The conversation is closed.",
            ));
        }
        let widget = widgets::find(&mut transaction, &row.widget)
            .await?
            .ok_or_else(|| {
                Refused::new(
                    ErrorCode::WidgetNotFound,
                    "The conversation's chat widget is gone.",
                )
            })?;
        let work_stream = work_stream_of(&mut transaction, &widget).await?;
        let admission = admit(&work_stream.context_variables, body.context);
        let is_news = admission.admitted != row.unsigned;
        if is_news {
            conversations::set_unsigned_context(&mut transaction, id, &admission.admitted).await?;
        }
        // Also where nothing changes: that is so for a page that gives nothing but undeclared names.
        if !admission.warnings.is_empty() && self.limits.records_context(id) {
            link::warn(&mut transaction, caller, id, &admission.warnings, now).await?;
        }
        transaction.commit().await?;
        if is_news {
            self.hub.conversation_changed(id);
        }
        Ok(())
    }
}
