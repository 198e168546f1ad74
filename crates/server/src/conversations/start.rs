//! A visitor starts a conversation: walk 1 of the design from the request to the answer.

use bonafide_protocol::admin::{Actor, Resume};
use bonafide_protocol::agent::{NotLinkedReason, UnverifiedReason};
use bonafide_protocol::context::Context;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::visitor::{SignIn, StartConversation, StartedConversation};
use bonafide_protocol::{ErrorCode, Secret};
use bonafide_verifier::VerifiedToken;
use metrics::counter;

use super::judge::{REPLAYED, TokenRefused};
use super::resume::Attempt;
use super::{Caller, Conversations, Refused, fields, link, session, view};
use crate::domain::context::{Warning, admit};
use crate::domain::conversation::State;
use crate::domain::identity::{Identity, VerifiedIdentity};
use crate::domain::routing::route;
use crate::random;
use crate::storage::audit::{self, Entry};
use crate::storage::conversations::{ContactLink, ConversationRow};
use crate::storage::settings::AuthenticationSettingRow;
use crate::storage::widgets::{self, ChatWidgetRow};
use crate::storage::work_streams::WorkStreamRow;
use crate::storage::{
    Connection, StorageError, Transaction, conversations, queues, settings, work_streams,
};

/// What a start is based on once the token, if any, is judged.
enum Proof {
    /// The token was accepted under this setting.
    Token(Box<VerifiedToken>, Box<AuthenticationSettingRow>),
    /// There is no proof, and none is needed.
    None(UnverifiedReason),
}

impl Conversations {
    /// Starts a conversation in `widget`, whose allowed origins the caller has checked against `origin`. Or continues the
    /// one that the same person has, where the work stream says so.
    pub(crate) async fn start(
        &self,
        caller: &Caller,
        widget: &ChatWidgetRow,
        origin: Option<&str>,
        body: StartConversation,
    ) -> Result<StartedConversation, Refused> {
        fields::judge_start(&body, widget.authentication_setting.is_some())?;
        self.limits.attempt(caller.network)?;
        self.limits.widget(&widget.id)?;
        let proof = self.prove(caller, widget, body.token.as_ref()).await?;
        if let Proof::Token(token, _) = &proof {
            self.limits.subject(token.issuer(), token.subject())?;
        }

        // Read before the write lock is taken: starts queue for it, so nothing stands inside that need not.
        let now = self.clock.now_ms();
        let mut reader = self.storage.read().await?;
        let work_stream = work_stream_of(&mut reader, widget).await?;
        let (row, warnings) = new_row(&mut reader, widget, &work_stream, &proof, body, now).await?;
        drop(reader);
        let mut transaction = self.storage.write().await?;
        // It was there when the page was let in. One that is deleted since must not leave a conversation behind.
        if widgets::find(&mut transaction, &widget.id).await?.is_none() {
            return Err(Refused::new(
                ErrorCode::WidgetNotFound,
                "There is no such chat widget.",
            ));
        }
        if let Proof::Token(token, setting) = &proof
            && setting.single_use
            && !link::use_up(&mut transaction, token).await?
        {
            drop(transaction);
            return Err(self
                .refuse_token(caller, TokenRefused::replayed(), &widget.id, setting)
                .await);
        }
        if let Proof::Token(token, setting) = &proof
            && work_stream.resume == Resume::SamePerson
        {
            let attempt = Attempt {
                widget,
                work_stream: &work_stream,
                origin,
                token,
                identity: identity_of(token, setting, now),
            };
            let resumed = Self::resume(&mut transaction, caller, attempt, now).await?;
            if let Some(started) = resumed {
                transaction.commit().await?;
                self.presence.visitor_acted(&started.conversation.id);
                self.hub.conversation_changed(&started.conversation.id);
                return Ok(started);
            }
        }
        conversations::insert(&mut transaction, &row)
            .await
            .map_err(queue_deleted)?;
        let session = session::open(&mut transaction, &row.id, now).await?;
        audit_start(&mut transaction, caller, widget, &row, &warnings, now).await?;
        let place = conversations::place(&mut transaction, &row).await?;
        transaction.commit().await?;

        let authenticated = if row.identity.is_verified() {
            "yes"
        } else {
            "no"
        };
        counter!("bonafide_conversations_started_total", "authenticated" => authenticated)
            .increment(1);
        self.presence.visitor_began(&row.id);
        // Before agents are told of it: nobody is alerted to one that is given to somebody anyway.
        if let Err(error) = self.push(vec![row.queue.clone()]).await {
            tracing::warn!(?error, "a new conversation could not be pushed");
            self.due.queue(&row.queue);
        }
        self.hub.conversation_changed(&row.id);
        if place.has_others_behind {
            self.hub.queue_moved(&row.queue);
        }
        Ok(StartedConversation {
            conversation: view::conversation(&row, Some(place.position), now),
            session,
        })
    }

    /// Contract section 5: which starts need a token, and that a refused one ends the matter.
    async fn prove(
        &self,
        caller: &Caller,
        widget: &ChatWidgetRow,
        token: Option<&Secret>,
    ) -> Result<Proof, Refused> {
        let Some(setting) = &widget.authentication_setting else {
            return Ok(Proof::None(UnverifiedReason::NoSetting));
        };
        let setting = {
            let mut reader = self.storage.read().await?;
            settings::find(&mut reader, &setting.id).await?
        };
        // The reference and the row were read one after the other; in between it may have been taken off.
        let Some(setting) = setting else {
            return Err(being_changed());
        };
        let Some(token) = token.filter(|token| !token.expose().trim().is_empty()) else {
            return match widget.sign_in {
                SignIn::Optional => Ok(Proof::None(UnverifiedReason::NotSignedIn)),
                SignIn::Required => {
                    let refused = TokenRefused::not_provided(
                        "No token was sent, and the chat widget requires sign-in.",
                    );
                    Err(self
                        .refuse_token(caller, refused, &widget.id, &setting)
                        .await)
                }
            };
        };
        match self.judge(&setting, token).await {
            Ok(token) => Ok(Proof::Token(Box::new(token), Box::new(setting))),
            Err(refused) => Err(self
                .refuse_token(caller, refused, &widget.id, &setting)
                .await),
        }
    }
}

impl TokenRefused {
    pub(super) fn replayed() -> Self {
        Self {
            code: ErrorCode::TokenReplayed,
            cause: REPLAYED.to_owned(),
        }
    }

    pub(super) fn not_provided(cause: &str) -> Self {
        Self {
            code: ErrorCode::TokenNotProvided,
            cause: cause.to_owned(),
        }
    }
}

fn being_changed() -> Refused {
    Refused::new(
        ErrorCode::Unavailable,
        "The chat widget is being changed. Try again.",
    )
}

/// The queue was read before the transaction, and may have been deleted since.
fn queue_deleted(error: StorageError) -> Refused {
    match error {
        StorageError::InDependence => being_changed(),
        error => error.into(),
    }
}

/// The conversation as it is to be stored, and what of its context was not admitted.
async fn new_row(
    connection: &mut Connection,
    widget: &ChatWidgetRow,
    work_stream: &WorkStreamRow,
    proof: &Proof,
    body: StartConversation,
    now_ms: i64,
) -> Result<(ConversationRow, Vec<Warning>), Refused> {
    let declared = &work_stream.context_variables;
    let (identity, contact, signed, unsigned, warnings) = match proof {
        Proof::Token(token, setting) => {
            let admission = admit(declared, link::context_of(token));
            let identity = identity_of(token, setting, now_ms);
            let contact = link::contact(connection, identity.subject()).await?;
            (
                Identity::Verified(Box::new(identity)),
                contact,
                admission.admitted,
                Context::new(),
                admission.warnings,
            )
        }
        Proof::None(reason) => {
            let admission = admit(declared, body.context.unwrap_or_default());
            let contact = ContactLink::NotLinked(NotLinkedReason::NotAuthenticated);
            (
                Identity::Unverified(*reason),
                contact,
                Context::new(),
                admission.admitted,
                admission.warnings,
            )
        }
    };
    let context = if identity.is_verified() {
        &signed
    } else {
        &unsigned
    };
    let route = route(
        &work_stream.rules,
        &work_stream.fallback_queue,
        identity.is_verified(),
        context,
    );
    let row = ConversationRow {
        id: ConversationId::from_bits(random::bits()),
        widget: widget.id.clone(),
        work_stream: work_stream.id.clone(),
        queue_name: queue_name(connection, &route.queue).await?,
        queue: route.queue,
        rule: route.rule,
        priority: route.priority,
        state: State::Waiting,
        agent: None,
        started_at: now_ms,
        handed_back: false,
        accepted_at: None,
        pushed: false,
        closed_at: None,
        page: body.page,
        identity,
        contact,
        signed,
        unsigned,
        last_seq: 0,
        last_text: None,
        read_by_agent: 0,
        read_by_visitor: 0,
        last_note: 0,
        last_event: 0,
        placed: false,
        closing_reason: None,
        offer: None,
        joined: Vec::new(),
        came_from: None,
    };
    Ok((row, warnings))
}

fn identity_of(
    token: &VerifiedToken,
    setting: &AuthenticationSettingRow,
    now_ms: i64,
) -> VerifiedIdentity {
    VerifiedIdentity::from_token(token, setting.id.clone(), setting.name.clone(), now_ms)
}

/// The work stream of a widget. The foreign key keeps it there.
pub(super) async fn work_stream_of(
    connection: &mut Connection,
    widget: &ChatWidgetRow,
) -> Result<WorkStreamRow, StorageError> {
    work_streams::find(connection, &widget.work_stream.id)
        .await?
        .ok_or_else(|| StorageError::Corrupt(format!("{} has no work stream", widget.id)))
}

/// The name of a queue that a work stream names. The foreign key keeps it there.
pub(super) async fn queue_name(
    connection: &mut Connection,
    id: &bonafide_protocol::id::QueueId,
) -> Result<String, StorageError> {
    queues::find(connection, id)
        .await?
        .map(|queue| queue.name)
        .ok_or_else(|| {
            StorageError::Corrupt(format!("a work stream names {id}, which does not exist"))
        })
}

async fn audit_start(
    transaction: &mut Transaction,
    caller: &Caller,
    widget: &ChatWidgetRow,
    row: &ConversationRow,
    warnings: &[Warning],
    now_ms: i64,
) -> Result<(), Refused> {
    let entry = Entry::new(now_ms, Actor::Visitor, "conversation.started")
        .subject(&row.id)
        .request(&caller.request_id)
        .text("widget", widget.name.as_str())
        .text("queue", row.queue_name.as_str());
    audit::append(transaction, view::with_identity(entry, &row.identity)).await?;
    link::warn(transaction, caller, &row.id, warnings, now_ms).await
}
