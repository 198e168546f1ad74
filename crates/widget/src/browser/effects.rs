//! What the machine wants done, as the page's script reads it: a JSON list of lists, each a name and its arguments.
//!
//! What goes on to the server or to other tabs is a text in it that holds JSON of its own, so that the script passes it
//! on as it is: in a page with old libraries, `JSON.stringify` is not to be trusted.

use bonafide_protocol::Secret;
use bonafide_protocol::visitor::Authenticate;
use serde::Serialize;

use crate::json::{append, digits, write};
use crate::machine::{
    ConversationCall, Effect, Reply, Request, TabMessage, Ticket, Timer, UnsignedContext,
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
pub(super) fn to_script(effects: &[Effect]) -> String {
    let mut calls = Calls(String::from("["));
    for effect in effects {
        calls.add(effect);
    }
    calls
        .0
        .push_str(if effects.is_empty() { "]" } else { "]]" });
    calls.0
}

struct Calls(String);

impl Calls {
    /// Begins the next call.
    fn call(&mut self, name: &str) -> &mut Self {
        let is_first = self.0.len() == 1;
        self.0.push_str(if is_first { "[\"" } else { "],[\"" });
        self.0.push_str(name);
        self.0.push('"');
        self
    }

    fn number(&mut self, number: u32) -> &mut Self {
        self.0.push(',');
        digits(&mut self.0, number);
        self
    }

    fn text(&mut self, text: &str) -> &mut Self {
        self.value(text)
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> &mut Self {
        self.0.push(',');
        append(&mut self.0, value);
        self
    }

    fn add(&mut self, effect: &Effect) {
        match effect {
            Effect::Request { ticket, request } => self.ask(*ticket, request),
            Effect::CallClientFunction { ticket, path } => {
                self.call("callPage").number(ticket.0).text(path)
            }
            Effect::ForgetClientFunction => self.call("forgetCall"),
            Effect::OpenSocket {
                ticket,
                conversation,
            } => (self.call("openSocket").number(ticket.0)).text(conversation.as_str()),
            Effect::SendFrame(frame) => self.call("sendFrame").text(&write(frame)),
            Effect::CloseSocket => self.call("closeSocket"),
            Effect::SetTimer { timer, delay_ms } => {
                (self.call("setTimer").number(*timer as u32)).number(*delay_ms)
            }
            Effect::ClearTimer(timer) => self.call("clearTimer").number(*timer as u32),
            Effect::StoreSession(stored) => self.call("storeSession").text(&write(stored)),
            Effect::ClearSession => self.call("storeSession"),
            Effect::Elect(conversation) => self.call("elect").text(conversation.as_str()),
            Effect::Resign => self.call("resign"),
            Effect::Post(message) => {
                let kind = match message {
                    // A question, which perhaps nobody is there to answer.
                    TabMessage::Ask => 2,
                    // Nothing but the word that somebody signed out may go where other things could read it.
                    TabMessage::SignedOut(_) => 1,
                    _ => 0,
                };
                (self.call("tellTabs").text(&write(message))).number(kind)
            }
            Effect::Output(output) => self.call("tell").value(output),
            Effect::Settle { call, answer } => {
                let settled = self.call("settle").number(call.0);
                match answer {
                    Ok(Reply::Done) => settled,
                    Ok(Reply::Started(started)) => settled.value(started),
                    Ok(Reply::Message(message)) => settled.value(message),
                    Err(failure) => settled.value(failure).number(1),
                }
            }
        };
    }

    fn ask(&mut self, ticket: Ticket, request: &Request) -> &mut Self {
        match request {
            Request::Config => self.call("config").number(ticket.0),
            Request::Start { token, context } => {
                let visitor = visitor(token.as_ref(), context.as_ref());
                self.call("start").number(ticket.0).text(&visitor)
            }
            Request::Conversation {
                conversation,
                secret,
                call,
            } => {
                let (name, argument) = match call {
                    ConversationCall::Authenticate(token) => {
                        let token = token.clone();
                        ("authenticate", write(&Authenticate { token }))
                    }
                    ConversationCall::Messages { after } => ("messages", write(after)),
                    ConversationCall::Post(message) => ("post", write(message)),
                    ConversationCall::End => ("end", String::new()),
                    ConversationCall::SignOut => ("signOut", String::new()),
                };
                let call = self.call(name).number(ticket.0);
                (call.text(conversation.as_str()).text(secret.expose())).text(&argument)
            }
        }
    }
}

/// The beginning of `StartConversation`'s fields: what it says of the visitor. The script adds what it knows of the page.
fn visitor(token: Option<&Secret>, context: Option<&UnsignedContext>) -> String {
    let mut fields = String::new();
    if let Some(token) = token {
        fields.push_str("\"token\":");
        append(&mut fields, token);
        fields.push(',');
    }
    if let Some(UnsignedContext(context)) = context {
        fields.push_str("\"context\":");
        fields.push_str(context);
        fields.push(',');
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::{ALL_TIMERS, to_script};
    use crate::machine::{Effect, Timer};

    #[test]
    fn a_timer_is_found_under_its_number() {
        for (number, timer) in ALL_TIMERS.iter().enumerate() {
            assert_eq!(*timer as usize, number);
        }
    }

    #[test]
    fn effects_are_a_list_of_calls() {
        let timer = Timer::ClientFunction;
        let effects = [
            Effect::SetTimer {
                timer,
                delay_ms: 50,
            },
            Effect::Resign,
        ];
        assert_eq!(to_script(&effects), r#"[["setTimer",1,50],["resign"]]"#);
        assert_eq!(to_script(&[]), "[]");
    }
}
