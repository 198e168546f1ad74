//! Requests to the server: addresses, bodies, and what the answers mean. The wire's shapes are the protocol crate's.

use bonafide_protocol::visitor::{Authenticate, PageInfo};
use bonafide_protocol::{Problem, Secret};
use js_sys::Function;

use super::builtins::{self, Running};
use crate::json;
use crate::machine::{Answer, ConversationCall, Request, RequestError, Ticket, UnsignedContext};
use crate::wire::Wire;

/// How long the server has to answer. Longer than its own limit for fetching a website's keys (5 s), so that its
/// reason arrives and not ours.
const LIMIT_MS: u32 = 20_000;

/// What an answer is read as.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Config,
    Started,
    Conversation,
    Messages,
    Message,
    Done,
}

/// The requests under way.
pub(super) struct Requests {
    base: String,
    widget: String,
    running: Vec<(Ticket, Kind, Running)>,
}

impl Requests {
    /// `server` is the server's address without a slash at the end.
    pub(super) fn new(server: &str, widget: &str) -> Self {
        Self {
            base: [server, "/api/v1/"].concat(),
            widget: widget.into(),
            running: Vec::new(),
        }
    }

    /// Address of a conversation's socket.
    pub(super) fn socket_url(&self, conversation: &str) -> String {
        // http becomes ws, https becomes wss.
        let rest = self.base.get(4..).unwrap_or_default();
        ["ws", rest, "conversations/", conversation, "/socket"].concat()
    }

    pub(super) fn send(&mut self, ticket: Ticket, request: Request, sink: &Function) {
        let widget = ["widgets/", &self.widget].concat();
        let (kind, method, path, secret, body) = match request {
            Request::Config => (Kind::Config, "GET", widget, None, None),
            Request::Start { token, context } => {
                let page = PageInfo {
                    url: builtins::page(0),
                    title: builtins::page(1),
                    locale: builtins::page(2),
                };
                let start = start_body(token.as_ref(), context.as_ref(), &page);
                let path = [widget.as_str(), "/conversations"].concat();
                (Kind::Started, "POST", path, None, Some(start))
            }
            Request::Conversation {
                conversation,
                secret,
                call,
            } => {
                let (kind, method, rest, body) = conversation_call(call);
                let path = ["conversations/", conversation.as_str(), &rest].concat();
                (kind, method, path, Some(secret), body)
            }
        };
        let running = Running::new(builtins::request(
            method,
            &[self.base.as_str(), &path].concat(),
            secret.as_ref().map(Secret::expose),
            body.as_deref(),
            LIMIT_MS,
            ticket.0,
            sink,
        ));
        self.running.push((ticket, kind, running));
    }

    /// Ends all requests; no answer comes.
    pub(super) fn clear(&mut self) {
        self.running.clear();
    }

    /// The answer to this request has come.
    pub(super) fn take(&mut self, ticket: Ticket) -> Option<Kind> {
        let place = (self.running.iter()).position(|(running, ..)| *running == ticket)?;
        Some(self.running.swap_remove(place).1)
    }
}

/// The body of `StartConversation`. Written by hand because the context is JSON already.
fn start_body(
    token: Option<&Secret>,
    context: Option<&UnsignedContext>,
    page: &PageInfo,
) -> String {
    let mut body = String::from("{");
    if let Some(token) = token {
        body.push_str("\"token\":");
        body.push_str(&json::write(token));
        body.push(',');
    }
    if let Some(UnsignedContext(context)) = context {
        body.push_str("\"context\":");
        body.push_str(context);
        body.push(',');
    }
    body.push_str("\"page\":");
    body.push_str(&json::write(page));
    body.push('}');
    body
}

fn conversation_call(call: ConversationCall) -> (Kind, &'static str, String, Option<String>) {
    match call {
        ConversationCall::Authenticate(token) => {
            let body = json::write(&Authenticate { token });
            (
                Kind::Conversation,
                "POST",
                "/authenticate".into(),
                Some(body),
            )
        }
        ConversationCall::Messages { after } => {
            let mut path = String::from("/messages?after=");
            json::digits(&mut path, after);
            (Kind::Messages, "GET", path, None)
        }
        ConversationCall::Post(message) => {
            let body = json::write(&message);
            (Kind::Message, "POST", "/messages".into(), Some(body))
        }
        ConversationCall::End => (Kind::Done, "POST", "/end".into(), None),
        ConversationCall::SignOut => (Kind::Done, "DELETE", "/session".into(), None),
    }
}

/// What an answer says. Status 0 stands for no answer.
pub(super) fn answer(kind: Kind, status: u16, body: &str) -> Result<Answer, RequestError> {
    let unreadable = RequestError::Unreadable { status };
    match status {
        0 => Err(RequestError::Unreachable),
        200..=299 => match kind {
            Kind::Config => Wire::read(body).map(Answer::Config),
            Kind::Started => Wire::read(body).map(Answer::Started),
            Kind::Conversation => Wire::read(body).map(Answer::Conversation),
            Kind::Messages => Wire::read(body).map(Answer::Messages),
            Kind::Message => Wire::read(body).map(Answer::Message),
            Kind::Done => Some(Answer::Done),
        }
        .ok_or(unreadable),
        _ => match Problem::read(body) {
            Some(problem) => Err(RequestError::Problem {
                code: problem.code,
                detail: problem.detail,
                request_id: problem.request_id,
            }),
            None => Err(unreadable),
        },
    }
}
