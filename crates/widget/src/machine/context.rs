//! What is true whatever the conversation's state: the clocks, the surroundings, the widget, the calls that wait; and the
//! effects that are collected for one input.
//!
//! Each part of the machine is given it. It must hold nothing that only some states have.

use super::calls::Calls;
use super::time::Chance;
use super::widget::Widget;
use super::{ConversationCall, Effect, Request, Session, Surroundings, TabMessage, Ticket, Timer};
use crate::view::{ChatFailure, MessageView, Output};

#[derive(Debug)]
pub(super) struct Context {
    pub(super) effects: Vec<Effect>,
    /// Our clock, in milliseconds. It never goes back, and may stand still while the computer sleeps.
    pub(super) now: u64,
    /// The wall clock minus ours, in milliseconds.
    pub(super) ahead: Option<i64>,
    /// The server's clock minus ours, in milliseconds: as measured, and by how long the computer slept since.
    pub(super) clock_offset: i64,
    pub(super) chance: Chance,
    last_ticket: u32,
    pub(super) surroundings: Surroundings,
    pub(super) is_open: bool,
    pub(super) is_online: bool,
    pub(super) widget: Widget,
    pub(super) calls: Calls,
    /// The failure that the visitor is shown.
    pub(super) error: Option<ChatFailure>,
    /// What the next page of this tab must know is not what was stored last.
    pub(super) is_session_changed: bool,
}

impl Context {
    pub(super) fn new(surroundings: Surroundings) -> Self {
        Self {
            effects: Vec::new(),
            now: 0,
            ahead: None,
            clock_offset: 0,
            chance: Chance(surroundings.seed | 1),
            last_ticket: 0,
            surroundings,
            is_open: false,
            is_online: true,
            widget: Widget::default(),
            calls: Calls::default(),
            error: None,
            is_session_changed: false,
        }
    }

    pub(super) fn ticket(&mut self) -> Ticket {
        self.last_ticket += 1;
        Ticket(self.last_ticket)
    }

    pub(super) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    pub(super) fn output(&mut self, output: Output) {
        self.effect(Effect::Output(output));
    }

    /// Draws messages that are new or changed.
    pub(super) fn draw(&mut self, messages: Vec<MessageView>) {
        if !messages.is_empty() {
            self.output(Output::Messages { messages });
        }
    }

    pub(super) fn post(&mut self, message: TabMessage) {
        self.effect(Effect::Post(message));
    }

    pub(super) fn set_timer(&mut self, timer: Timer, delay_ms: u32) {
        self.effect(Effect::SetTimer { timer, delay_ms });
    }

    pub(super) fn clear_timer(&mut self, timer: Timer) {
        self.effect(Effect::ClearTimer(timer));
    }

    pub(super) fn request(&mut self, request: Request) -> Ticket {
        let ticket = self.ticket();
        self.effect(Effect::Request { ticket, request });
        ticket
    }

    /// Asks something about the conversation of a session.
    pub(super) fn ask(&mut self, session: &Session, call: ConversationCall) -> Ticket {
        self.request(Request::of(session.clone(), call))
    }

    /// Tells the page of a failure and shows it.
    pub(super) fn report(&mut self, failure: &ChatFailure) {
        self.error = Some(failure.clone());
        self.tell_error(failure);
    }

    /// Tells the page alone of a failure: there is nothing that the visitor could do about it.
    pub(super) fn tell_error(&mut self, failure: &ChatFailure) {
        let error = failure.clone();
        self.output(Output::Error { error });
    }

    /// Tells the page of a mistake or of one message's refusal: nothing that the visitor could do anything about, and
    /// nothing that stops what else is under way.
    pub(super) fn refuse(&mut self, failure: &ChatFailure) {
        let error = failure.clone();
        self.output(Output::Refused { error });
    }
}
