//! What the page's calls are answered with, and when. Each has a number of its own, and is answered once.

mod authenticate;
mod leave;
mod send;
mod start;

use bonafide_protocol::ErrorCode;
use bonafide_protocol::socket::VisitorEvent;
use bonafide_protocol::visitor::SignIn;
use bonafide_widget::machine::{Answer, CallId, ClientFunctionOutcome, Input, Ticket};

use crate::script::{START, Script, config, problem, send_as, started, stored, waiting};

pub(crate) fn start(call: u32) -> Input {
    Input::Start { call: CallId(call) }
}

pub(crate) fn authenticate(call: u32) -> Input {
    Input::Authenticate { call: CallId(call) }
}

pub(crate) fn end(call: u32) -> Input {
    Input::End { call: CallId(call) }
}

pub(crate) fn sign_out(call: u32) -> Input {
    Input::SignOut { call: CallId(call) }
}

pub(crate) fn write(call: u32, text: &str) -> Input {
    send_as(CallId(call), text)
}

pub(crate) fn nobody() -> ClientFunctionOutcome {
    ClientFunctionOutcome::Nothing
}

impl Script {
    /// Gives the machine an input. These calls are answered, in this order.
    #[track_caller]
    pub(crate) fn answers(&mut self, input: Input, answers: &[&str]) -> &mut Self {
        let said = format!("{input:?}");
        let mut found = self.quietly(input);
        found.retain(|effect| effect.starts_with(|first: char| first.is_ascii_digit()));
        assert_eq!(found, answers, "after {said}");
        self
    }

    /// The answer to the newest request, and the answers to calls that follow from it.
    #[track_caller]
    pub(crate) fn answered(&mut self, answer: Answer, answers: &[&str]) -> &mut Self {
        let ticket = Ticket(self.ticket);
        let result = Ok(answer);
        self.answers(Input::Answered { ticket, result }, answers)
    }

    #[track_caller]
    pub(crate) fn refused(&mut self, code: ErrorCode, answers: &[&str]) -> &mut Self {
        let ticket = Ticket(self.ticket);
        let result = Err(problem(code));
        self.answers(Input::Answered { ticket, result }, answers)
    }

    #[track_caller]
    pub(crate) fn given(&mut self, outcome: ClientFunctionOutcome, answers: &[&str]) -> &mut Self {
        let ticket = Ticket(self.ticket);
        self.answers(Input::ClientFunction { ticket, outcome }, answers)
    }

    #[track_caller]
    pub(crate) fn told(&mut self, event: VisitorEvent, answers: &[&str]) -> &mut Self {
        let ticket = Ticket(self.socket);
        self.answers(Input::SocketFrame { ticket, event }, answers)
    }
}

/// A widget with an authentication setting, and nothing asked for.
pub(crate) fn configured(sign_in: SignIn) -> Script {
    let mut script = Script::new();
    script.quietly(Input::Open);
    script.quietly_answer(Answer::Config(config(Some("auth.get"), sign_in)));
    script
}

/// An anonymous conversation of a widget with an authentication setting.
pub(crate) fn anonymous() -> Script {
    let mut script = configured(SignIn::Optional);
    script.quietly(START);
    script.quietly_gives(nobody());
    script.quietly_answer(Answer::Started(started(waiting())));
    script.connect(waiting());
    script
}

/// A page that was loaded again, with the session of an anonymous conversation.
pub(crate) fn resuming(client_function: Option<&str>) -> Script {
    let mut script = Script::new();
    script.quietly(Input::Resume(stored(false)));
    script.quietly_answer(Answer::Config(config(client_function, SignIn::Optional)));
    script
}
