//! What the machine wants done, as the page's script reads it: a JSON list of lists, each a name and its arguments.
//!
//! What goes on to the server or to other tabs is a text in it that holds JSON of its own, so that the script passes it
//! on as it is: in a page with old libraries, `JSON.stringify` is not to be trusted.

use bonafide_protocol::Secret;
use bonafide_protocol::visitor::Authenticate;

use crate::json::{append, write};
use crate::machine::{
    ConversationCall, Effect, Request, TabMessage, Ticket, Timer, UnsignedContext,
};

/// The timers in the order of their numbers.
pub(super) const ALL_TIMERS: &[Timer] = &[
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

/// Writes effects for `engine.js`, which has a function for each of the names.
pub(super) fn to_script(effects: Vec<Effect>) -> String {
    let mut json = String::from("[");
    for effect in effects {
        if json.len() > 1 {
            json.push(',');
        }
        one(&mut json, effect);
    }
    json.push(']');
    json
}

fn one(json: &mut String, effect: Effect) {
    match effect {
        Effect::Request { ticket, request } => ask(json, ticket, request),
        Effect::CallClientFunction { ticket, path } => append(json, &("callPage", ticket.0, path)),
        Effect::ForgetClientFunction => append(json, &["forgetCall"]),
        Effect::OpenSocket {
            ticket,
            conversation,
        } => append(json, &("openSocket", ticket.0, conversation)),
        Effect::SendFrame(frame) => append(json, &("sendFrame", write(&frame))),
        Effect::CloseSocket => append(json, &["closeSocket"]),
        Effect::SetTimer { timer, delay_ms } => {
            append(json, &("setTimer", timer as u32, delay_ms));
        }
        Effect::ClearTimer(timer) => append(json, &("clearTimer", timer as u32)),
        Effect::StoreSession(stored) => append(json, &("storeSession", write(&stored))),
        Effect::ClearSession => append(json, &["storeSession"]),
        Effect::Elect(conversation) => append(json, &("elect", conversation)),
        Effect::Resign => append(json, &["resign"]),
        Effect::Post(message) => {
            // Nothing but the word that somebody signed out may go where other things could read it.
            let is_public = matches!(message, TabMessage::SignedOut(_));
            append(json, &("tellTabs", write(&message), is_public));
        }
        Effect::Output(output) => append(json, &("tell", output)),
    }
}

fn ask(json: &mut String, ticket: Ticket, request: Request) {
    match request {
        Request::Config => append(json, &("config", ticket.0)),
        Request::Start { token, context } => {
            append(json, &("start", ticket.0, visitor(token, context)));
        }
        Request::Conversation {
            conversation,
            secret,
            call,
        } => {
            let (name, argument) = match call {
                ConversationCall::Authenticate(token) => {
                    ("authenticate", write(&Authenticate { token }))
                }
                ConversationCall::Messages { after } => ("messages", write(&after)),
                ConversationCall::Post(message) => ("post", write(&message)),
                ConversationCall::End => ("end", String::new()),
                ConversationCall::SignOut => ("signOut", String::new()),
            };
            append(json, &(name, ticket.0, conversation, secret, argument));
        }
    }
}

/// The beginning of `StartConversation`'s fields: what it says of the visitor. The script adds what it knows of the page.
fn visitor(token: Option<Secret>, context: Option<UnsignedContext>) -> String {
    let mut fields = String::new();
    if let Some(token) = token {
        fields.push_str("\"token\":");
        append(&mut fields, &token);
        fields.push(',');
    }
    if let Some(UnsignedContext(context)) = context {
        fields.push_str("\"context\":");
        fields.push_str(&context);
        fields.push(',');
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::ALL_TIMERS;

    #[test]
    fn a_timer_is_found_under_its_number() {
        for (number, timer) in ALL_TIMERS.iter().enumerate() {
            assert_eq!(*timer as usize, number);
        }
    }
}
