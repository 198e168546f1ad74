//! What the page's script says that happened, and what that is to the machine.

use bonafide_protocol::socket::VisitorEvent;
use bonafide_protocol::{Problem, Secret};

use super::effects::ALL_TIMERS;
use crate::json::Json;
use crate::machine::{
    Answer, CallId, ClientFunctionOutcome, Input, RequestError, StoredSession, TabMessage, Ticket,
    UnsignedContext,
};
use crate::wire::Wire;

/// Turns an event into an input, by the kinds of `engine.js`. `number` is the ticket of what it is about, or a timer, or
/// whether something is so; `extra` is a close code, or a status with the seconds that the server wants us to wait above its
/// 16 bits. `None` when it says nothing that this engine knows.
pub(super) fn understand(kind: u32, number: u32, extra: u32, text: String) -> Option<Input> {
    let ticket = Ticket(number);
    let call = CallId(number);
    let outcome = match kind {
        // The page's script wants something.
        0 => return Some(Input::Open),
        1 => return Some(Input::Close),
        2 => return Some(Input::Start { call }),
        3 => {
            let message = Json::of(&text);
            return Some(Input::Send {
                call,
                client_id: message.field("clientId").text()?,
                text: message.field("text").text()?,
            });
        }
        4 => return Some(Input::Retry { client_id: text }),
        5 => return Some(Input::Typing),
        6 => return Some(Input::Authenticate { call }),
        7 => return Some(Input::End { call }),
        8 => return Some(Input::SignOut { call }),
        9 => return Some(Input::SetContext(UnsignedContext(text))),
        10 if number != 0 => {
            return Some(Input::BadOptions {
                call: None,
                sentence: text,
            });
        }
        10 => {
            return Some(Input::BadArgument {
                call: None,
                sentence: text,
            });
        }
        // The browser has news.
        11 => return StoredSession::read(&text).map(Input::Resume),
        12 => {
            return ALL_TIMERS
                .get(number as usize)
                .map(|timer| Input::TimerFired(*timer));
        }
        13 => return Some(Input::SocketOpened(ticket)),
        14 => return VisitorEvent::read(&text).map(|event| Input::SocketFrame { ticket, event }),
        15 => {
            return Some(Input::SocketClosed {
                ticket,
                code: extra as u16,
            });
        }
        16 => return Some(Input::Elected),
        17 => return TabMessage::read(&text).map(Input::Tab),
        18 => return Some(Input::Online(number != 0)),
        19 => return Some(Input::DocumentLoaded),
        20 => return Some(Input::Visible(number != 0)),
        // The client function was looked for and called.
        21 => ClientFunctionOutcome::Text(Secret::new(text)),
        22 => ClientFunctionOutcome::Nothing,
        23 => ClientFunctionOutcome::WrongType(text),
        24 => ClientFunctionOutcome::Failed(text),
        25 => ClientFunctionOutcome::NotFound(text),
        26 => ClientFunctionOutcome::PathRefused(text),
        // The server answered, and the kind says what was asked for.
        _ => {
            let result = answer(kind, extra, &text);
            return Some(Input::Answered { ticket, result });
        }
    };
    Some(Input::ClientFunction { ticket, outcome })
}

/// What an answer says. Status 0 stands for no answer.
fn answer(kind: u32, extra: u32, body: &str) -> Result<Answer, RequestError> {
    let status = extra as u16;
    let unreadable = RequestError::Unreadable { status };
    match status {
        0 => Err(RequestError::Unreachable),
        200..=299 => match kind {
            30 => Wire::read(body).map(Answer::Config),
            31 => Wire::read(body).map(Answer::Started),
            32 => Wire::read(body).map(Answer::Conversation),
            33 => Wire::read(body).map(Answer::Messages),
            34 => Wire::read(body).map(Answer::Message),
            _ => Some(Answer::Done),
        }
        .ok_or(unreadable),
        _ => match Problem::read(body) {
            Some(problem) => Err(RequestError::Problem {
                code: problem.code,
                detail: problem.detail,
                request_id: problem.request_id,
                retry_after: (extra >> 16) as u16,
            }),
            None => Err(unreadable),
        },
    }
}
