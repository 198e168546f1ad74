//! What `builtins.js` calls the sink with: kinds of event, and how each becomes an input of the machine.

use bonafide_protocol::socket::VisitorEvent;
use wasm_bindgen::JsValue;

use super::codec;
use super::requests::{Requests, answer};
use crate::machine::{ClientFunctionOutcome, Input, TabMessage, Ticket, Timer};
use crate::wire::Wire;

/// What JavaScript says that happened, before it is understood.
pub(super) struct Event {
    pub(super) kind: u32,
    pub(super) ticket: u32,
    pub(super) value: JsValue,
    pub(super) extra: u32,
}

/// An event as the machine knows it, with what the page threw or passed as error.
pub(super) struct Understood {
    pub(super) input: Option<Input>,
    pub(super) cause: Option<JsValue>,
}

const ALL_TIMERS: &[Timer] = &[
    Timer::Ask,
    Timer::ClientFunction,
    Timer::ClientFunctionSearch,
    Timer::Configure,
    Timer::Gap,
    Timer::Handshake,
    Timer::Leader,
    Timer::Reconnect,
    Timer::Renew,
    Timer::Resend,
    Timer::Revoke,
];

/// The number under which JavaScript knows a timer.
pub(super) fn number_of(timer: Timer) -> u32 {
    let place = ALL_TIMERS.iter().position(|it| *it == timer);
    place.unwrap_or_default() as u32
}

/// Turns an event into an input. The numbers are those of `builtins.js`.
pub(super) fn understand(event: &Event, requests: &mut Requests) -> Understood {
    let ticket = Ticket(event.ticket);
    let text = || event.value.as_string().unwrap_or_default();
    let outcome = |outcome| Some(Input::ClientFunction { ticket, outcome });
    let failed = |what| Understood {
        input: outcome(ClientFunctionOutcome::Failed(what)),
        cause: Some(event.value.clone()),
    };
    let input = match event.kind {
        0 => ALL_TIMERS
            .get(event.ticket as usize)
            .map(|timer| Input::TimerFired(*timer)),
        1 => requests.take(ticket).map(|kind| Input::Answered {
            ticket,
            result: answer(kind, event.extra as u16, &text()),
        }),
        2 => outcome(codec::token(&event.value)),
        3 => return failed("The page's client function threw; the cause is what it threw."),
        4 => {
            return failed(
                "The page's client function called back with an error; the cause is that error.",
            );
        }
        5 => {
            return failed(
                "The promise of the page's client function was rejected; the cause is the reason.",
            );
        }
        6 => Some(Input::SocketOpened(ticket)),
        7 => VisitorEvent::read(&text()).map(|event| Input::SocketFrame { ticket, event }),
        8 => Some(Input::SocketClosed {
            ticket,
            code: event.extra as u16,
        }),
        9 => Some(Input::Elected),
        10 => TabMessage::read(&text()).map(Input::Tab),
        11 => Some(Input::Online(event.ticket == 1)),
        12 => Some(Input::DocumentLoaded),
        13 => Some(Input::Visible(event.ticket == 1)),
        // A flush: inputs are waiting already.
        _ => None,
    };
    Understood { input, cause: None }
}
