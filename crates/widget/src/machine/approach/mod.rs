//! Until there is a conversation on the screen: nothing asked for, on the way, or stuck. A start under way is shared, not
//! repeated.
//!
//! - [`configuring`]: the widget's configuration, and what other tabs have.
//! - [`starting`]: from there to a conversation, with a token or without.
//!
//! A session of before may be here, hidden: it must not be shown before it is known that it is the same person's.

mod configuring;
mod starting;

use bonafide_protocol::ErrorCode;

use super::client_function::ClientCall;
use super::context::Context;
use super::life::TokenLife;
use super::outbox::Outbox;
use super::proof::Proof;
use super::turn::{Course, Want};
use super::{
    Answer, ConversationCall, Effect, RequestError, Session, StoredSession, TabMessage, Ticket,
    failure,
};
use crate::view::{ChatFailure, Connection, Phase};
use configuring::Configuring;

#[derive(Debug, Default)]
pub(super) struct Approach {
    stage: Stage,
    hidden: Option<Hidden>,
    /// What was written already.
    pub(super) outbox: Outbox,
    /// Tries in a row that led to no conversation.
    failures: u32,
}

/// Where the way to a conversation stands.
#[derive(Debug, Default)]
enum Stage {
    /// Nothing asked for yet.
    #[default]
    Idle,
    /// Getting the configuration, and what other tabs have.
    Configuring(Configuring),
    /// Configured, and nothing more asked for.
    Ready,
    /// Getting a token from the page, and where a session is resumed, having it proved.
    Authenticating { want: Want, proof: Proof },
    /// Asking for a conversation.
    Starting {
        ticket: Ticket,
        life: Option<TokenLife>,
    },
    /// There was no token and there must be one.
    SignInNeeded,
    /// The way to what was wanted has failed.
    Failed(Want),
}

/// A session that is not shown yet, or not to the person who is here.
#[derive(Debug)]
struct Hidden {
    session: Session,
    /// The highest `seq` its visitor has seen.
    read: u32,
    /// Its messages that the page before had not sent.
    pending: Vec<(String, String)>,
    /// The server is asked to end its conversation.
    end: Option<Ticket>,
}

impl Hidden {
    fn new(session: Session) -> Self {
        Self {
            session,
            read: 0,
            pending: Vec::new(),
            end: None,
        }
    }
}

impl Approach {
    /// On the way to another conversation, with what was written for it.
    pub(super) fn with(outbox: Outbox) -> Self {
        Self {
            outbox,
            ..Self::default()
        }
    }

    /// Nothing is wanted any more, and nothing that was written is kept. The configuration goes on being read, if it is.
    pub(super) fn rest(&mut self, cx: &Context) {
        self.outbox = Outbox::default();
        match &mut self.stage {
            Stage::Configuring(configuring) => configuring.want = Want::Look,
            stage if cx.widget.config().is_some() => *stage = Stage::Ready,
            stage => *stage = Stage::Idle,
        }
    }

    pub(super) fn resume(&mut self, cx: &mut Context, stored: StoredSession) -> Course {
        if !matches!(self.stage, Stage::Idle) {
            return Ok(());
        }
        self.hidden = Some(Hidden {
            read: stored.read,
            pending: stored.pending,
            ..Hidden::new(stored.session)
        });
        self.failures = 0;
        self.configure(cx, Want::Resume);
        Ok(())
    }

    /// The chat was shown.
    pub(super) fn open(&mut self, cx: &mut Context) -> Course {
        match self.stage {
            Stage::Idle | Stage::Failed(Want::Look | Want::Resume) => self.begin(cx, Want::Look),
            _ => Ok(()),
        }
    }

    /// Somebody wants a conversation.
    pub(super) fn start(&mut self, cx: &mut Context) -> Course {
        match &mut self.stage {
            Stage::Idle | Stage::Ready | Stage::SignInNeeded | Stage::Failed(_) => {
                return self.begin(cx, Want::Start);
            }
            Stage::Configuring(configuring) => {
                configuring.want = Want::Start;
                return self.configure_again(cx);
            }
            Stage::Authenticating { want, .. } => *want = Want::Start,
            Stage::Starting { .. } => {}
        }
        Ok(())
    }

    /// The page has another function for tokens: what came to nothing for want of one is tried again.
    pub(super) fn token_function_set(&mut self, cx: &mut Context) -> Course {
        match self.stage {
            Stage::Failed(want) => self.begin(cx, want),
            Stage::SignInNeeded => self.begin(cx, Want::Start),
            _ => Ok(()),
        }
    }

    /// To write is to want a conversation.
    pub(super) fn send(&mut self, cx: &mut Context, client_id: String, text: String) -> Course {
        self.outbox.push(cx, client_id, text);
        self.start(cx)
    }

    pub(super) fn retry(&mut self, cx: &mut Context, client_id: &str) -> Course {
        if self.outbox.retry(cx, client_id) {
            return self.start(cx);
        }
        Ok(())
    }

    /// Ends the way to a conversation, and the conversation that is hidden.
    pub(super) fn end(&mut self, cx: &mut Context) {
        if let Some(hidden) = &mut self.hidden
            && hidden.end.is_none()
        {
            hidden.end = Some(cx.ask(&hidden.session, ConversationCall::End));
        }
        match &mut self.stage {
            Stage::Configuring(configuring) => configuring.want = Want::Look,
            Stage::Authenticating { proof, .. } => {
                proof.cancel(cx);
                self.stage = Stage::Ready;
            }
            Stage::Starting { .. } => self.stage = Stage::Ready,
            _ => return,
        }
        self.outbox.refuse_rest(cx);
    }

    fn end_answered(&mut self, cx: &mut Context, result: Result<Answer, RequestError>) -> Course {
        match result {
            Err(error)
                if failure::code(&error) != Some(ErrorCode::Conflict)
                    && !failure::is_session_over(&error) =>
            {
                cx.end_failed(error);
                Ok(())
            }
            // Done, or it was over already.
            _ => self.lose_session(cx),
        }
    }

    /// The hidden session is of no use any more, and may just be resumed: then what was wanted goes on without it.
    fn lose_session(&mut self, cx: &mut Context) -> Course {
        self.forget_session(cx);
        if let Stage::Authenticating { want, proof } = &self.stage {
            let want = *want;
            proof.cancel(cx);
            return self.proceed(cx, want);
        }
        Ok(())
    }

    fn forget_session(&mut self, cx: &mut Context) {
        if self.hidden.take().is_some() {
            cx.effect(Effect::ClearSession);
        }
    }

    /// Gives up what is under way, and the session.
    pub(super) fn leave(&mut self, cx: &mut Context) {
        if let Stage::Authenticating { proof, .. } = &self.stage {
            proof.cancel(cx);
        }
        self.forget_session(cx);
    }

    pub(super) fn awaits(&self, ticket: Ticket) -> bool {
        (self.hidden.as_ref()).is_some_and(|hidden| hidden.end == Some(ticket))
            || match &self.stage {
                Stage::Starting { ticket: wanted, .. } => *wanted == ticket,
                Stage::Configuring(configuring) => configuring.awaits(ticket),
                Stage::Authenticating { proof, .. } => proof.awaits(ticket),
                _ => false,
            }
    }

    /// The answer to one of the tickets that it awaits.
    pub(super) fn answered(
        &mut self,
        cx: &mut Context,
        ticket: Ticket,
        result: Result<Answer, RequestError>,
    ) -> Course {
        if let Some(hidden) = &mut self.hidden
            && hidden.end.take_if(|wanted| *wanted == ticket).is_some()
        {
            return self.end_answered(cx, result);
        }
        match &self.stage {
            Stage::Configuring(_) => self.config_answered(cx, result),
            Stage::Starting { .. } => self.start_answered(cx, result),
            _ => self.proof_answered(cx, result),
        }
    }

    pub(super) fn client_call(&mut self) -> Option<&mut ClientCall> {
        match &mut self.stage {
            Stage::Authenticating { proof, .. } => proof.client_call(),
            _ => None,
        }
    }

    pub(super) fn heard(&mut self, cx: &mut Context, message: TabMessage) -> Course {
        match (message, &mut self.hidden) {
            (TabMessage::Ask, Some(hidden)) => hidden.session.share(cx, hidden.read),
            (TabMessage::Session(session), None) => return self.adopt(cx, session),
            // The session may have only just come from another tab.
            (TabMessage::Read { conversation, seq }, Some(hidden))
                if hidden.session.conversation == conversation && seq > hidden.read =>
            {
                hidden.read = seq;
                cx.is_session_changed = true;
            }
            _ => {}
        }
        Ok(())
    }

    /// The way to what was wanted ends here, until somebody wants it again.
    fn fail(&mut self, cx: &mut Context, want: Want, failure: &ChatFailure) {
        self.stage = Stage::Failed(want);
        cx.report(failure);
        cx.reject_way(failure);
    }

    pub(super) fn session(&self) -> Option<&Session> {
        self.hidden.as_ref().map(|hidden| &hidden.session)
    }

    /// What was written here meanwhile may be another person's than the session is.
    pub(super) fn stored(&self) -> Option<StoredSession> {
        let hidden = self.hidden.as_ref()?;
        Some(StoredSession {
            session: hidden.session.clone(),
            read: hidden.read,
            pending: hidden.pending.clone(),
        })
    }

    pub(super) fn is_ending(&self) -> bool {
        self.hidden.as_ref().is_some_and(|it| it.end.is_some())
    }

    /// Whether there may still be a conversation for those who asked for one.
    pub(super) fn is_starting(&self) -> bool {
        match &self.stage {
            Stage::Starting { .. } => true,
            Stage::Configuring(configuring) => configuring.want == Want::Start,
            Stage::Authenticating { want, .. } => *want == Want::Start,
            _ => false,
        }
    }

    pub(super) fn phase(&self) -> Phase {
        match &self.stage {
            Stage::Idle => Phase::Idle,
            Stage::Configuring(_) => Phase::Configuring,
            Stage::Ready => Phase::Ready,
            Stage::Authenticating { proof, .. } if proof.is_calling() => Phase::Authenticating,
            Stage::Authenticating { .. } | Stage::Starting { .. } => Phase::Starting,
            Stage::SignInNeeded => Phase::SignInNeeded,
            Stage::Failed(_) => Phase::Failed,
        }
    }

    pub(super) fn connection(&self, is_online: bool) -> Connection {
        match self.stage {
            Stage::Configuring(_) if !is_online => Connection::Offline,
            _ => Connection::None,
        }
    }
}
