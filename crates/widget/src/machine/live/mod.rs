//! A conversation that goes on, as far as is known: its session opens it, and it is on the screen.
//!
//! - [`proving`], [`renewal`]: who the visitor is, while it goes on.
//! - [`link`], [`leader`]: the socket, and which tab has it.
//! - [`messages`]: out and in. [`context`]: what the page says of its visitor meanwhile.

mod context;
mod leader;
mod link;
mod messages;
mod proving;
mod renewal;

use bonafide_protocol::ErrorCode;
use bonafide_protocol::visitor::{Conversation, ConversationState};

use super::calls::Wanted;
use super::client_function::ClientCall;
use super::context::Context;
use super::ended::Ended;
use super::life::TokenLife;
use super::outbox::Outbox;
use super::thread::Thread;
use super::turn::{Course, Turn, Want};
use super::{
    Answer, ConversationCall, Effect, Reply, RequestError, Session, StoredSession, Ticket, Timer,
    failure,
};
use crate::view::{ChatFailure, Connection, Output, Phase, Started};
use link::Link;
use proving::Proofs;

#[derive(Debug)]
pub(super) struct Live {
    session: Session,
    standing: Standing,
    pub(super) thread: Thread,
    link: Link,
    proofs: Proofs,
    /// The server is asked to end it.
    end: Option<Ticket>,
    /// The server is told what the page says of its visitor.
    context: Option<Ticket>,
}

/// How the conversation stands.
#[derive(Debug)]
pub(super) enum Standing {
    /// An anonymous session was resumed, and nobody has said yet whether its conversation goes on.
    Unknown {
        /// The page wants a conversation: this one, or another if this one is over.
        is_start_wanted: bool,
    },
    /// As the server told it last.
    Known(Conversation),
}

/// How there came to be a conversation, with the life of the token that proved who the visitor is.
#[derive(Debug)]
pub(super) enum Entrance {
    /// It has just begun.
    Begun(Option<TokenLife>),
    /// It began on another page or in another tab, and the visitor was proved again.
    Proved(Option<TokenLife>),
    /// It began on another page or in another tab, and is nobody's.
    Resumed,
}

impl Live {
    pub(super) fn new(
        session: Session,
        standing: Standing,
        outbox: Outbox,
        read: u32,
        end: Option<Ticket>,
    ) -> Self {
        Self {
            session,
            standing,
            thread: Thread::new(outbox, read),
            link: Link::default(),
            proofs: Proofs::default(),
            end,
            context: None,
        }
    }

    /// The session may be shown.
    pub(super) fn enter(&mut self, cx: &mut Context, entrance: &Entrance) -> Course {
        cx.error = None;
        cx.is_session_changed = true;
        if let Standing::Known(conversation) = &self.standing {
            let read_by_agent = conversation.read_by_agent;
            self.session.authenticated = conversation.authenticated;
            let _ = self.thread.transcript.mark_read_by_agent(read_by_agent);
        }
        if let Entrance::Proved(_) = entrance {
            // By the server's word, until the token's own is read.
            self.plan_renewal(cx, None);
        }
        self.tell_started(cx);
        cx.draw(self.thread.outbox.draw_all());
        if !matches!(entrance, Entrance::Begun(_)) {
            self.thread.is_catching_up = true;
            self.thread.ask_for_missing(cx, &self.session);
        }
        if !self.is_closed() {
            self.elect(cx);
            self.send_next(cx);
            self.send_context(cx);
        }
        match entrance {
            Entrance::Begun(life) => self.plan_renewal(cx, *life),
            Entrance::Proved(life) => self.proved(cx, *life),
            // The page said that somebody signed in, before it was known that there is a conversation of nobody's.
            Entrance::Resumed if cx.calls.is_wanted(&Wanted::Authenticate) => self.prove(cx),
            Entrance::Resumed => {}
        }
        self.unless_closed()
    }

    fn unless_closed(&self) -> Course {
        if self.is_closed() {
            return Err(Turn::Over);
        }
        Ok(())
    }

    /// Tells the page that there is a conversation that goes on, which began here or before this page was loaded.
    fn tell_started(&self, cx: &mut Context) {
        if let Standing::Known(conversation) = &self.standing
            && !self.is_closed()
        {
            let started = started(conversation);
            cx.output(Output::Started {
                conversation: started.conversation.clone(),
                authenticated: started.authenticated,
            });
            cx.answer_started(started, self.is_proving());
        }
    }

    /// The conversation as the server tells it.
    fn conversation_is(&mut self, cx: &mut Context, conversation: Conversation) -> Course {
        cx.draw((self.thread.transcript).mark_read_by_agent(conversation.read_by_agent));
        let before = self.conversation();
        let is_first = before.is_none();
        let is_upgraded = before.is_some_and(|it| !it.authenticated) && conversation.authenticated;
        let is_news =
            before.map(|it| &it.identity_expires_at) != Some(&conversation.identity_expires_at);
        if self.session.authenticated != conversation.authenticated {
            self.session.authenticated = conversation.authenticated;
            cx.is_session_changed = true;
        }
        let is_start_wanted = self.is_start_wanted();
        self.standing = Standing::Known(conversation);
        if self.is_closed() && is_start_wanted {
            return Err(Turn::Afresh(Want::Start));
        }
        if is_first {
            self.tell_started(cx);
        }
        // Where this tab asked for the proof, it speaks of it when its own answer comes.
        if is_upgraded && !self.is_asking_server() {
            cx.output(Output::Authenticated);
        }
        if is_news {
            self.plan_renewal(cx, None);
        }
        self.unless_closed()
    }

    pub(super) fn conversation(&self) -> Option<&Conversation> {
        match &self.standing {
            Standing::Unknown { .. } => None,
            Standing::Known(conversation) => Some(conversation),
        }
    }

    fn is_closed(&self) -> bool {
        (self.conversation()).is_some_and(|it| it.state == ConversationState::Closed)
    }

    /// Whether the page waits for a conversation, while it is not known yet how this one stands.
    pub(super) fn is_start_wanted(&self) -> bool {
        matches!(
            self.standing,
            Standing::Unknown {
                is_start_wanted: true
            }
        )
    }

    fn want_start(&mut self, is_wanted: bool) {
        if let Standing::Unknown { is_start_wanted } = &mut self.standing {
            *is_start_wanted = is_wanted;
        }
    }

    /// The page wants a conversation: it is this one, if it goes on.
    pub(super) fn start(&mut self, cx: &mut Context) {
        self.want_start(true);
        if let Standing::Known(conversation) = &self.standing {
            cx.answer(&Wanted::Start, &Reply::Started(started(conversation)));
        }
    }

    /// The browser has a network again.
    pub(super) fn online(&mut self, cx: &mut Context, was_offline: bool) {
        self.send_again(cx);
        self.reconnect_now(cx, was_offline);
        self.renew_again(cx);
    }

    /// Time has passed of which this tab saw nothing.
    pub(super) fn look_after_all(&mut self, cx: &mut Context) {
        self.look_after_link(cx);
        self.renew_again(cx);
    }

    /// The visitor ends it.
    pub(super) fn end(&mut self, cx: &mut Context) {
        self.want_start(false);
        if self.end.is_none() {
            self.end = Some(cx.ask(&self.session, ConversationCall::End));
        }
    }

    pub(super) fn is_ending(&self) -> bool {
        self.end.is_some()
    }

    fn end_answered(&mut self, cx: &mut Context, result: Result<Answer, RequestError>) -> Course {
        self.end = None;
        match result {
            Err(error) if failure::is_session_over(&error) => {
                Err(self.session_over(failure::of_request(error)))
            }
            Err(error) if failure::code(&error) != Some(ErrorCode::Conflict) => {
                cx.end_failed(error);
                Ok(())
            }
            // Done, or it was over already.
            _ => Err(self.closed()),
        }
    }

    pub(super) fn awaits(&self, ticket: Ticket) -> bool {
        let thread = &self.thread;
        [self.end, self.context, thread.gap, thread.outbox.in_flight].contains(&Some(ticket))
            || self.proofs.awaits(ticket)
    }

    /// The answer to one of the tickets that it awaits.
    pub(super) fn answered(
        &mut self,
        cx: &mut Context,
        ticket: Ticket,
        result: Result<Answer, RequestError>,
    ) -> Course {
        let ticket = Some(ticket);
        self.link.answered(&result);
        if self.end == ticket {
            self.end_answered(cx, result)
        } else if self.context == ticket {
            self.context_answered(cx, result)
        } else if self.thread.gap == ticket {
            self.messages_answered(cx, result)
        } else if self.thread.outbox.in_flight == ticket {
            self.message_answered(cx, result)
        } else {
            self.proof_answered(cx, result)
        }
    }

    /// The conversation is closed, as something else than the conversation itself says.
    fn closed(&mut self) -> Turn {
        if self.is_start_wanted() {
            // Whoever wants a conversation wants one that goes on.
            return Turn::Afresh(Want::Start);
        }
        if let Standing::Known(conversation) = &mut self.standing {
            conversation.state = ConversationState::Closed;
        }
        Turn::Over
    }

    /// The session does not open the conversation any more.
    fn session_over(&self, failure: ChatFailure) -> Turn {
        match &self.standing {
            Standing::Known(_) => Turn::SessionOver(Box::new(failure)),
            // It ended while nobody looked: not worth an error, a new conversation can be had.
            Standing::Unknown {
                is_start_wanted: true,
            } => Turn::Afresh(Want::Start),
            Standing::Unknown { .. } => Turn::Afresh(Want::Look),
        }
    }

    /// Something went well: what failed before is no news any more, but for a proof that could not be renewed.
    fn is_well(&self, cx: &mut Context) {
        if !self.proofs.is_failing {
            cx.error = None;
        }
    }

    /// It ends, because it is closed or because its session is over. It can be read, also after the page is loaded again.
    pub(super) fn end_up(mut self, cx: &mut Context, session_over: Option<&ChatFailure>) -> Ended {
        if session_over.is_none() {
            self.thread.ask_for_missing(cx, &self.session);
            self.tell_followers(cx);
        }
        // Until there is to be another conversation, a tab that shows the end too may have one.
        cx.widget.expire();
        self.shut(cx);
        self.thread.outbox.refuse_rest(cx);
        let conversation = match self.standing {
            Standing::Known(conversation) => Some(conversation),
            Standing::Unknown { .. } => None,
        };
        let mut ended = Ended::new(self.session, conversation, self.thread);
        if let Some(failure) = session_over {
            ended.session_over(cx, failure);
            cx.reject(&Wanted::End, failure);
            cx.reject(&Wanted::Authenticate, failure);
        } else {
            cx.error = None;
            cx.output(Output::Ended);
        }
        ended
    }

    /// No more socket, no more part in the tabs' conversation, and no more proofs.
    fn shut(&mut self, cx: &mut Context) {
        self.shut_link(cx);
        self.cancel_proofs(cx);
        cx.clear_timer(Timer::Context);
    }

    /// Forgets it, here and for the next page.
    pub(super) fn leave(&mut self, cx: &mut Context) {
        self.shut(cx);
        cx.effect(Effect::ClearSession);
    }

    pub(super) fn client_call(&mut self) -> Option<&mut ClientCall> {
        self.proofs.client_call()
    }

    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    pub(super) fn stored(&self) -> StoredSession {
        self.thread.stored(&self.session)
    }

    pub(super) fn phase(&self) -> Phase {
        match self.conversation().map(|it| it.state) {
            None => Phase::Starting,
            Some(ConversationState::Waiting) => Phase::Waiting,
            Some(ConversationState::Active) => Phase::Active,
            Some(ConversationState::Closed) => Phase::Ended,
        }
    }

    pub(super) fn connection(&self, is_online: bool) -> Connection {
        self.link.connection(is_online)
    }
}

fn started(conversation: &Conversation) -> Started {
    Started {
        conversation: conversation.id.as_str().into(),
        authenticated: conversation.authenticated,
    }
}
