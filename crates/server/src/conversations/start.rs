//! A visitor starts a conversation: walk 1 of the design from the request to the answer.

use std::sync::Arc;

use bonafide_protocol::admin::{Actor, Assignment, Resume};
use bonafide_protocol::agent::{NotLinkedReason, UnverifiedReason};
use bonafide_protocol::context::Context;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::visitor::{SignIn, StartConversation, StartedConversation};
use bonafide_protocol::{ErrorCode, Secret};
use bonafide_verifier::VerifiedToken;
use metrics::counter;

use super::judge::{REPLAYED, TokenRefused};
use super::resume::Attempt;
use super::{Caller, Conversations, Refused, Setup, fields, link, session, view};
use crate::domain::context::{Warning, admit};
use crate::domain::conversation::State;
use crate::domain::identity::{Identity, VerifiedIdentity};
use crate::domain::routing::route;
use crate::random;
use crate::settings::AllowedOrigins;
use crate::storage::audit::{self, Entry};
use crate::storage::conversations::{ContactLink, ConversationRow};
use crate::storage::settings::AuthenticationSettingRow;
use crate::storage::statement::Batch;
use crate::storage::widgets::ChatWidgetRow;
use crate::storage::work_streams::WorkStreamRow;
use crate::storage::{Connection, StorageError, conversations, queues, work_streams};

/// What a start is based on once the token, if any, is judged.
enum Proof {
    /// The token was accepted under this setting.
    Token(Box<VerifiedToken>, Box<AuthenticationSettingRow>),
    /// There is no proof, and none is needed.
    None(UnverifiedReason),
}

/// How often a start is decided anew where something that administrators set up was changed before it was stored.
const TRIES: usize = 10;

impl Conversations {
    /// Starts a conversation in the widget of `setup`, whose allowed origins the caller has checked against `origin`. Or continues
    /// the one that the same person has, where the work stream says so.
    pub(crate) async fn start(
        &self,
        caller: &Caller,
        mut setup: Arc<Setup>,
        origin: Option<&str>,
        body: StartConversation,
    ) -> Result<StartedConversation, Refused> {
        fields::judge_start(&body, setup.widget.authentication_setting.is_some())?;
        self.limits.attempt(caller.network)?;
        self.limits.widget(&setup.widget.id)?;
        for _ in 0..TRIES {
            let started = self.start_on(caller, &setup, origin, &body).await;
            if !matches!(started, Err(Refused::Storage(StorageError::OutOfDate))) {
                return started;
            }
            // What it was refused for may not be on the disk yet: it is once those before in line are. And another process may
            // have changed it.
            self.storage.write().await?.commit().await?;
            self.storage.look_at_configuration().await?;
            let now = self.setups.find(&self.storage, &setup.widget.id).await?;
            // It was there when the page was let in. One that is deleted since must not leave a conversation behind.
            setup = now.ok_or_else(|| {
                Refused::new(ErrorCode::WidgetNotFound, "There is no such chat widget.")
            })?;
            let allowed = AllowedOrigins::from_stored(setup.widget.allowed_origins.clone());
            if !allowed.allow(origin) {
                let widget = &setup.widget;
                return Err(self.refuse_origin(&caller.request_id, widget, origin).await);
            }
        }
        Err(StorageError::OutOfDate.into())
    }

    /// The same, for as long as this setup holds.
    async fn start_on(
        &self,
        caller: &Caller,
        setup: &Setup,
        origin: Option<&str>,
        body: &StartConversation,
    ) -> Result<StartedConversation, Refused> {
        let proof = self.prove(caller, setup, body.token.as_ref()).await?;
        if let Proof::Token(token, _) = &proof {
            self.limits.subject(token.issuer(), token.subject())?;
        }
        // All that can be is decided before anything is stored: starts queue for the writer.
        let now = self.clock.now_ms();
        let (row, warnings) = new_row(setup, &proof, body, now)?;
        let mut batch = Batch::default();
        conversations::insert(&mut batch, &row, setup.version)?;
        let session = session::open(&mut batch, &row.id, now);
        for entry in entries(caller, &setup.widget, &row, &warnings, now) {
            batch.push(audit::insertion(entry)?);
        }
        match &proof {
            Proof::Token(token, setting)
                if setting.single_use || setup.work_stream.resume == Resume::SamePerson =>
            {
                let attempt = Attempt {
                    widget: &setup.widget,
                    work_stream: &setup.work_stream,
                    origin,
                    token,
                    identity: identity_of(token, setting, now),
                };
                let resumed = self
                    .use_and_store(caller, attempt, setting, batch, now)
                    .await?;
                if let Some(started) = resumed {
                    return Ok(started);
                }
            }
            _ => self.storage.store(batch).await?,
        }
        // Before it is pushed, when it waits no more.
        let position = self.position(&row).await;
        self.tell_started(setup, &row).await?;
        Ok(StartedConversation {
            conversation: view::conversation(&row, position, now),
            session,
        })
    }

    /// Stores a start that depends on what else is stored: whether its token was used, whether its person has a conversation.
    /// Where it continues one, that is the answer.
    async fn use_and_store(
        &self,
        caller: &Caller,
        attempt: Attempt<'_>,
        setting: &AuthenticationSettingRow,
        batch: Batch,
        now_ms: i64,
    ) -> Result<Option<StartedConversation>, Refused> {
        let mut transaction = self.storage.write().await?;
        if setting.single_use && !link::use_up(&mut transaction, attempt.token).await? {
            drop(transaction);
            let replayed = TokenRefused::replayed();
            return Err(self
                .refuse_token(caller, replayed, &attempt.widget.id, setting)
                .await);
        }
        if attempt.work_stream.resume == Resume::SamePerson
            && let Some((row, session)) =
                Self::resume(&mut transaction, caller, attempt, now_ms).await?
        {
            transaction.commit().await?;
            self.presence.visitor_acted(&row.id);
            self.hub.conversation_changed(&row.id);
            let position = self.position(&row).await;
            return Ok(Some(StartedConversation {
                conversation: view::conversation(&row, position, now_ms),
                session,
            }));
        }
        transaction.store(batch).await?;
        transaction.commit().await?;
        Ok(None)
    }

    /// Tells of a conversation that is stored.
    async fn tell_started(&self, setup: &Setup, row: &ConversationRow) -> Result<(), Refused> {
        let authenticated = if row.identity.is_verified() {
            "yes"
        } else {
            "no"
        };
        counter!("bonafide_conversations_started_total", "authenticated" => authenticated)
            .increment(1);
        self.presence.visitor_began(&row.id);
        // Before agents are told of it: nobody is alerted to one that is given to somebody anyway.
        if setup.queue(&row.queue)?.assignment == Assignment::Push
            && let Err(error) = self.push(vec![row.queue.clone()]).await
        {
            tracing::warn!(?error, "a new conversation could not be pushed");
            self.due.queue(&row.queue);
        }
        self.hub.conversation_changed(&row.id);
        let place = self.storage.lines().place(&row.queue, &row.in_line());
        if place.is_some_and(|place| place.position < place.of) {
            self.hub.queue_moved(&row.queue);
        }
        Ok(())
    }

    /// Contract section 5: which starts need a token, and that a refused one ends the matter.
    async fn prove(
        &self,
        caller: &Caller,
        setup: &Setup,
        token: Option<&Secret>,
    ) -> Result<Proof, Refused> {
        let Some(setting) = setup.setting.clone() else {
            return Ok(Proof::None(UnverifiedReason::NoSetting));
        };
        let widget = &setup.widget;
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

/// The conversation as it is to be stored, and what of its context was not admitted.
fn new_row(
    setup: &Setup,
    proof: &Proof,
    body: &StartConversation,
    now_ms: i64,
) -> Result<(ConversationRow, Vec<Warning>), Refused> {
    let work_stream = &setup.work_stream;
    let declared = &work_stream.context_variables;
    let (identity, signed, unsigned, warnings) = match proof {
        Proof::Token(token, setting) => {
            let admission = admit(declared, link::context_of(token));
            let identity = identity_of(token, setting, now_ms);
            (
                Identity::Verified(Box::new(identity)),
                admission.admitted,
                Context::new(),
                admission.warnings,
            )
        }
        Proof::None(reason) => {
            let admission = admit(declared, body.context.clone().unwrap_or_default());
            (
                Identity::Unverified(*reason),
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
    let is_verified = identity.is_verified();
    let row = ConversationRow {
        id: ConversationId::from_bits(random::timed_bits(now_ms)),
        widget: setup.widget.id.clone(),
        work_stream: work_stream.id.clone(),
        queue_name: setup.queue(&route.queue)?.name.clone(),
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
        page: body.page.clone(),
        identity,
        // The database links it to the contact of its subject, as contacts are when it is stored.
        contact: ContactLink::NotLinked(if is_verified {
            NotLinkedReason::NoSuchContact
        } else {
            NotLinkedReason::NotAuthenticated
        }),
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

/// What is written down of a start.
fn entries(
    caller: &Caller,
    widget: &ChatWidgetRow,
    row: &ConversationRow,
    warnings: &[Warning],
    now_ms: i64,
) -> impl Iterator<Item = Entry> {
    let entry = Entry::new(now_ms, Actor::Visitor, "conversation.started")
        .subject(&row.id)
        .request(&caller.request_id)
        .text("widget", widget.name.as_str())
        .text("queue", row.queue_name.as_str());
    let started = view::with_identity(entry, &row.identity);
    [started]
        .into_iter()
        .chain(link::warning(caller, &row.id, warnings, now_ms))
}
