//! The running conversation: messages out and in, what has been read, and the several ways it ends.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::visitor::{
    Author, Conversation, ConversationState, Identity, Message, PostMessage,
};

use super::calls::Wanted;
use super::outbox::Outbox;
use super::start::{Stage, Want};
use super::{
    Answer, CallId, ConversationCall, Effect, Machine, RequestError, TabMessage, Timer, failure,
};
use crate::view::{MessageView, Output};

/// The server's limit.
const LONGEST_TEXT: usize = 4_000;
/// How long a message that is known to be missing may still come by itself.
const GAP_MS: u32 = 1_500;
/// How long to wait before messages are asked for again that could not be had.
const GAP_RETRY_MS: u32 = 5_000;

impl Machine {
    pub(super) fn send(&mut self, call: CallId, client_id: String, text: String) {
        let length = text.chars().take(LONGEST_TEXT + 1).count();
        if text.chars().all(char::is_whitespace) || length > LONGEST_TEXT {
            let failure = failure::here(
                ErrorCode::InvalidRequest,
                "A message has 1 to 4,000 characters.".into(),
            );
            self.refuse(&failure);
            return self.reject_call(Some(call), failure);
        }
        let wanted = Wanted::Message(client_id.clone());
        if self.outbox.holds(&client_id) && !self.outbox.will_send(&client_id) {
            let failure =
                failure::too_late("The message was refused. It is sent again by a retry.");
            return self.reject_call(Some(call), failure);
        }
        self.calls.wait(call, wanted);
        if self.outbox.holds(&client_id) {
            return;
        }
        self.outbox.push(client_id, text);
        self.is_session_changed = true;
        let messages = match self.stage {
            Stage::Ended => self.outbox.refuse_all(),
            _ => self.outbox.draw_last(),
        };
        self.output(Output::Messages { messages });
        match self.stage {
            Stage::Live => self.send_next(),
            // To write is to want a conversation.
            Stage::Ended => {}
            _ => self.start(),
        }
    }

    pub(super) fn retry(&mut self, client_id: &str) {
        if let Some(message) = self.outbox.set_refused(client_id, false) {
            if matches!(self.stage, Stage::Ended) {
                // There is no other conversation that it could still go to.
                return self.begin_afresh(Want::Start);
            }
            let messages = vec![message];
            self.output(Output::Messages { messages });
            self.is_session_changed = true;
            self.outbox.is_resting = false;
            match self.stage {
                Stage::Live => self.send_next(),
                _ => self.start(),
            }
        }
    }

    /// Draws what is on its way.
    pub(super) fn draw_unsent(&mut self) {
        let messages = self.outbox.draw_all();
        if !messages.is_empty() {
            self.output(Output::Messages { messages });
        }
    }

    /// Sends the oldest message, one at a time so that they arrive in order.
    pub(super) fn send_next(&mut self) {
        let is_free = self.outbox.in_flight.is_none() && !self.outbox.is_resting;
        if !is_free || !matches!(self.stage, Stage::Live) {
            return;
        }
        if let Some(next) = self.outbox.next() {
            let post = PostMessage {
                client_id: next.client_id.clone(),
                text: next.text.clone(),
            };
            self.outbox.in_flight_id = post.client_id.clone();
            self.clear_timer(Timer::Resend);
            self.outbox.in_flight = self.ask(ConversationCall::Post(post));
        }
    }

    pub(super) fn message_answered(&mut self, result: Result<Answer, RequestError>) {
        let error = match result {
            Ok(Answer::Message(message)) => {
                self.outbox.failures = 0;
                self.is_well();
                self.receive(vec![message]);
                return self.send_next();
            }
            Ok(_) => RequestError::Unreadable { status: 200 },
            Err(error) => error,
        };
        if failure::is_session_over(&error) {
            return self.session_over(&failure::of_request(error));
        }
        if failure::is_passing(&error) {
            self.outbox.failures += 1;
            self.outbox.is_resting = true;
            let wait = self.wait_ms(self.outbox.failures, &error);
            return self.set_timer(Timer::Resend, wait);
        }
        if failure::code(&error) == Some(ErrorCode::Conflict) && self.link.is_without_socket() {
            // The conversation is over, which the socket would have said.
            return self.closed();
        }
        // Refused for good. That the conversation is over meanwhile is told by the server in its own way.
        let client_id = std::mem::take(&mut self.outbox.in_flight_id);
        if let Some(message) = self.outbox.set_refused(&client_id, true) {
            let messages = vec![message];
            let failure = failure::of_request(error);
            self.refuse(&failure);
            self.output(Output::Messages { messages });
            self.reject(&Wanted::Message(client_id), &failure);
            self.is_session_changed = true;
        }
        self.send_next();
    }

    /// Takes messages, whichever way they came.
    pub(super) fn receive(&mut self, messages: Vec<Message>) {
        let mut drawn = Vec::new();
        let mut news = Vec::new();
        let mut stored = Vec::new();
        for message in messages {
            let is_own = message.from == Author::Visitor;
            let was_waiting = is_own && self.outbox.remove(&message.client_id);
            self.is_session_changed |= was_waiting;
            let is_known = message.seq <= self.transcript.complete_to();
            let own = is_own.then(|| self.transcript.draw(&message));
            let in_order = self.transcript.insert(message).to_vec();
            self.pass_on(&in_order);
            if let Some(own) = own {
                // The visitor's own message is known to be stored, even if one before it is still missing; and a known
                // one that was waiting was written a second time.
                if in_order.is_empty() && (was_waiting || !is_known) {
                    drawn.push(own.clone());
                }
                stored.push(own);
            }
            // What was said before this page was loaded is drawn, but no news to the page.
            let is_history = self.requests.is_catching_up && !was_waiting;
            let place = if is_history { &mut drawn } else { &mut news };
            for message in &in_order {
                place.push(self.transcript.draw(message));
            }
        }
        for message in &news {
            drawn.push(message.clone());
        }
        if !drawn.is_empty() {
            self.output(Output::Messages { messages: drawn });
        }
        for message in news {
            self.output(Output::Message { message });
        }
        self.answer_stored(stored);
        if self.transcript.has_gap() && self.requests.gap.is_none() {
            self.set_timer(Timer::Gap, GAP_MS);
        }
        self.mark_read();
    }

    /// Tells the tabs that follow, whichever way the messages came.
    fn pass_on(&mut self, messages: &[Message]) {
        if !self.link.leads() || !self.surroundings.shares_session {
            return;
        }
        for message in messages {
            if let Some(session) = &self.session {
                let conversation = session.conversation.clone();
                let message = message.clone();
                self.effect(Effect::Post(TabMessage::Stored {
                    conversation,
                    message,
                }));
            }
        }
    }

    pub(super) fn ask_for_missing(&mut self) {
        if self.requests.gap.is_none() {
            let after = self.transcript.complete_to();
            self.requests.gap = self.ask(ConversationCall::Messages { after });
        }
    }

    pub(super) fn messages_answered(&mut self, result: Result<Answer, RequestError>) {
        let error = match result {
            Ok(Answer::Messages(page)) => {
                let has_more = page.more && !page.items.is_empty();
                let newest = page.items.last().map_or(0, |message| message.seq);
                self.doubt_is_over(newest > self.transcript.complete_to());
                self.receive(page.items);
                if has_more {
                    return self.ask_for_missing();
                }
                self.requests.is_catching_up = false;
                let is_without_socket = self.link.is_without_socket();
                if is_without_socket {
                    self.conclude_from_messages();
                }
                if is_without_socket || self.transcript.has_gap() {
                    self.set_timer(Timer::Gap, GAP_RETRY_MS);
                }
                return;
            }
            Ok(_) => RequestError::Unreadable { status: 200 },
            Err(error) => error,
        };
        if failure::is_session_over(&error) {
            return self.session_over(&failure::of_request(error));
        }
        self.doubt_is_over(true);
        if self.requests.is_catching_up || self.transcript.has_gap() {
            let wait = self.wait_ms(0, &error).max(GAP_RETRY_MS);
            self.set_timer(Timer::Gap, wait);
        }
    }

    /// Where no socket can be opened nobody tells how the conversation stands. That its messages can be read, and
    /// whether an agent wrote one, is enough to go on; that it is over shows when the visitor writes again.
    fn conclude_from_messages(&mut self) {
        if let Some(session) = &self.session
            && self.conversation.is_none()
        {
            self.conversation_is(Conversation {
                id: session.conversation.clone(),
                authenticated: session.authenticated,
                identity: Identity::None,
                identity_expires_at: None,
                state: ConversationState::Waiting,
                queue: String::new(),
                position: None,
                agent: None,
                read_by_agent: 0,
            });
        }
        if let Some(message) = self.transcript.latest_of_agent()
            && let Some(conversation) = &mut self.conversation
        {
            conversation.state = ConversationState::Active;
            conversation.position = None;
            conversation.agent.clone_from(&message.name);
        }
        self.tell_followers();
    }

    /// The agent's messages are read when the chat is open in a page that can be seen.
    pub(super) fn mark_read(&mut self) {
        let is_seen = self.is_open && self.surroundings.is_visible;
        if !is_seen || self.transcript.unread_after(self.read) == 0 {
            return;
        }
        let seq = self.transcript.complete_to();
        if self.surroundings.shares_session
            && let Some(session) = &self.session
        {
            let conversation = session.conversation.clone();
            self.effect(Effect::Post(TabMessage::Read { conversation, seq }));
        }
        self.read_to(seq);
    }

    pub(super) fn read_to(&mut self, seq: u32) {
        if seq > self.read {
            self.read = seq;
            self.is_session_changed = true;
            self.send_read();
        }
    }

    /// The conversation as the server tells it.
    pub(super) fn conversation_is(&mut self, conversation: Conversation) {
        let messages = (self.transcript).mark_read_by_agent(conversation.read_by_agent);
        if !messages.is_empty() {
            self.output(Output::Messages { messages });
        }
        let before = self.conversation.as_ref();
        let is_first = before.is_none();
        let is_upgraded = before.is_some_and(|it| !it.authenticated) && conversation.authenticated;
        let is_news =
            before.map(|it| &it.identity_expires_at) != Some(&conversation.identity_expires_at);
        let is_closed = conversation.state == ConversationState::Closed;
        if let Some(session) = &mut self.session
            && session.authenticated != conversation.authenticated
        {
            session.authenticated = conversation.authenticated;
            self.is_session_changed = true;
        }
        if is_first && is_closed && self.is_start_wanted {
            return self.begin_afresh(Want::Start);
        }
        self.conversation = Some(conversation);
        if is_first && matches!(self.stage, Stage::Live) {
            self.tell_started();
        }
        // Where this tab asked for the proof, it speaks of it when its own answer comes.
        if is_upgraded && !self.proofs.is_asking_server() {
            self.output(Output::Authenticated);
        }
        if is_news {
            self.plan_renewal(None);
        }
        if is_closed && matches!(self.stage, Stage::Live) {
            self.over();
        }
    }
}

impl Outbox {
    /// The message written last, as the list that the page is told.
    fn draw_last(&self) -> Vec<MessageView> {
        self.draw_all().pop().into_iter().collect()
    }
}
