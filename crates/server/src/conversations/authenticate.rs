//! A visitor proves who they are while the conversation runs: renews a proof, or upgrades an anonymous chat.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::admin::Actor;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::visitor::{Authenticate, Conversation};

use super::judge::TokenRefused;
use super::proof_events::{self, Came};
use super::start::{queue_name, work_stream_of};
use super::{Caller, Conversations, Refused, link, view};
use crate::domain::context::admit;
use crate::domain::conversation::State;
use crate::domain::identity::{Identity, VerifiedIdentity};
use crate::domain::routing::route;
use crate::storage::audit::{self, Entry};
use crate::storage::conversations::{self, ConversationRow, MovedTo};
use crate::storage::settings::AuthenticationSettingRow;
use crate::storage::widgets::{self, ChatWidgetRow};
use crate::storage::work_streams::WorkStreamRow;
use crate::storage::{Connection, settings};

impl Conversations {
    /// Judges a new token for a conversation whose session the caller has checked. One that is closed is shown to
    /// the person who had it, and stays as it is.
    pub(crate) async fn authenticate(
        &self,
        caller: &Caller,
        id: &ConversationId,
        body: Authenticate,
    ) -> Result<Conversation, Refused> {
        self.limits.attempt(caller.network)?;
        let (widget, setting) = self.setting_of(id).await?;
        let judged = if body.token.expose().trim().is_empty() {
            Err(TokenRefused::not_provided(
                "The token sent for a running conversation is empty.",
            ))
        } else {
            self.judge(&setting, &body.token).await
        };
        let token = match judged {
            Ok(token) => token,
            Err(refused) => return Err(self.refuse_token(caller, refused, id, &setting).await),
        };

        let now = self.clock.now_ms();
        let mut transaction = self.storage.write().await?;
        let row = Self::find(&mut transaction, id).await?;
        let identity =
            VerifiedIdentity::from_token(&token, setting.id.clone(), setting.name.clone(), now);
        let before = row.identity.verified();
        let is_same_person = before.is_some_and(|before| before.is_same_person_as(&identity));
        let is_closed = matches!(row.state, State::Closed { .. });
        if is_closed && !is_same_person {
            return Err(closed());
        }
        if before.is_some() && !is_same_person {
            drop(transaction);
            return Err(self.refuse_stranger(caller, id, &identity).await);
        }
        if setting.single_use && !link::use_up(&mut transaction, &token).await? {
            drop(transaction);
            return Err(self
                .refuse_token(caller, TokenRefused::replayed(), id, &setting)
                .await);
        }
        if is_closed {
            // Whoever had it may read it, so that a page that is loaded again shows what was said. Nothing more is
            // recorded of a conversation that is over but that the token is used up.
            transaction.commit().await?;
            return Ok(view::conversation(&row, None, now));
        }

        let work_stream = work_stream_of(&mut transaction, &widget).await?;
        let is_upgrade = before.is_none();
        let admission = admit(&work_stream.context_variables, link::context_of(&token));
        let place = place(&mut transaction, &row, &work_stream, &admission.admitted).await?;
        let identity = Identity::Verified(Box::new(identity));
        conversations::set_identity(
            &mut transaction,
            &row,
            &identity,
            &admission.admitted,
            &place,
        )
        .await?;
        let action = if is_upgrade {
            "conversation.authenticated"
        } else {
            "conversation.renewed"
        };
        let entry = Entry::new(now, Actor::Visitor, action)
            .subject(id)
            .request(&caller.request_id);
        audit::append(&mut transaction, view::with_identity(entry, &identity)).await?;
        link::warn(&mut transaction, caller, id, &admission.warnings, now).await?;
        let after = Self::find(&mut transaction, id).await?;
        proof_events::proved(&mut transaction, &row, &after, Came::Here, now).await?;
        transaction.commit().await?;
        let position = self.position(&after).await;

        self.hub.conversation_changed(id);
        if row.queue != after.queue || row.priority != after.priority {
            self.hub.queue_moved(&row.queue);
            self.hub.queue_moved(&after.queue);
            self.due.queue(&after.queue);
        }
        Ok(view::conversation(&after, position, now))
    }

    /// The widget a conversation was started in, with the setting it has now.
    async fn setting_of(
        &self,
        id: &ConversationId,
    ) -> Result<(ChatWidgetRow, AuthenticationSettingRow), Refused> {
        let mut reader = self.storage.read().await?;
        let row = Self::find(&mut reader, id).await?;
        let widget = widgets::find(&mut reader, &row.widget)
            .await?
            .ok_or_else(|| {
                Refused::new(
                    ErrorCode::WidgetNotFound,
                    "The conversation's chat widget is gone.",
                )
            })?;
        let setting = match &widget.authentication_setting {
            Some(setting) => settings::find(&mut reader, &setting.id).await?,
            None => None,
        };
        // No conflict: a page would take it for the news that somebody else is here, and clear the chat.
        let setting = setting.ok_or_else(|| {
            Refused::new(
                ErrorCode::InvalidRequest,
                "The chat widget has no authentication setting, so no token can be judged.",
            )
        })?;
        Ok((widget, setting))
    }

    /// A genuine token of somebody else must not take over a conversation, nor be shown it.
    async fn refuse_stranger(
        &self,
        caller: &Caller,
        id: &ConversationId,
        stranger: &VerifiedIdentity,
    ) -> Refused {
        let entry = Entry::new(
            self.clock.now_ms(),
            Actor::Visitor,
            "token.of-another-person",
        )
        .subject(id)
        .request(&caller.request_id)
        .code(ErrorCode::Conflict)
        .text("issuer", stranger.issuer())
        .text("subject", stranger.subject());
        match self.stranger_refused(id, entry).await {
            Ok(()) => Refused::new(
                ErrorCode::Conflict,
                "The token is another person's. Sign out and start a new conversation.",
            ),
            Err(error) => error.into(),
        }
    }
}

/// Nobody but whoever had it learns more of a conversation that is over.
fn closed() -> Refused {
    Refused::new(ErrorCode::Conflict, "The conversation is closed.")
}

/// An upgrade while it waits is routed again, by what is known now. A renewal keeps its place, an agent keeps what they
/// accepted, and what an agent handed to a queue stays there.
async fn place(
    connection: &mut Connection,
    row: &ConversationRow,
    work_stream: &WorkStreamRow,
    signed: &bonafide_protocol::context::Context,
) -> Result<MovedTo, Refused> {
    if row.state != State::Waiting || row.identity.is_verified() || row.placed {
        return Ok(MovedTo {
            queue: row.queue.clone(),
            queue_name: row.queue_name.clone(),
            rule: row.rule.clone(),
            priority: row.priority,
        });
    }
    // What the website vouches for outweighs what the page said before.
    let mut context = row.unsigned.clone();
    context.extend(signed.clone());
    let route = route(
        &work_stream.rules,
        &work_stream.fallback_queue,
        true,
        &context,
    );
    Ok(MovedTo {
        queue_name: queue_name(connection, &route.queue).await?,
        queue: route.queue,
        rule: route.rule,
        priority: route.priority,
    })
}
