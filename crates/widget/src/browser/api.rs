//! The visitor's half of the server's HTTP API: what each request of the machine's is, and what an answer says.

use bonafide_protocol::visitor::Authenticate;
use bonafide_protocol::{Problem, Secret};

use super::json::write;
use super::options::Options;
use super::page;
use super::request::{Answer as Answered, Question};
use super::wire::Wire;
use crate::machine::{Answer, ConversationCall, Request, RequestError, UnsignedContext};
use crate::text::{digits, sentence};

/// What a request is answered with when all is well.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wanted {
    Config,
    Started,
    Conversation,
    Messages,
    Message,
    Nothing,
}

/// A request of the machine's as one of HTTP.
pub(super) fn question(request: &Request, options: &Options) -> (Question, Wanted) {
    match request {
        Request::Config => {
            let url = options.url(&["widgets/", &options.widget]);
            (Question::get(url), Wanted::Config)
        }
        Request::Start { token, context } => {
            let url = options.url(&["widgets/", &options.widget, "/conversations"]);
            let body = start(token.as_ref(), context.as_ref());
            (Question::post(url).with(body), Wanted::Started)
        }
        Request::Conversation {
            conversation,
            secret,
            call,
        } => {
            let url = |what: &str| options.url(&["conversations/", conversation.as_str(), what]);
            let (question, wanted) = match call {
                ConversationCall::Authenticate(token) => {
                    let token = token.clone();
                    let question = Question::post(url("/authenticate"));
                    (
                        question.with(write(&Authenticate { token })),
                        Wanted::Conversation,
                    )
                }
                ConversationCall::Messages { side, seq } => {
                    let url = url(&sentence(&[
                        "/messages?",
                        side.as_str(),
                        "=",
                        &digits(*seq),
                    ]));
                    (Question::get(url), Wanted::Messages)
                }
                ConversationCall::Post(message) => {
                    let question = Question::post(url("/messages")).with(write(message));
                    (question.last(), Wanted::Message)
                }
                ConversationCall::SetContext(UnsignedContext(context)) => {
                    let body = sentence(&["{\"context\":", context, "}"]);
                    (Question::post(url("/context")).with(body), Wanted::Nothing)
                }
                ConversationCall::End => (Question::post(url("/end")).last(), Wanted::Nothing),
                ConversationCall::SignOut => {
                    (Question::delete(url("/session")).last(), Wanted::Nothing)
                }
            };
            (question.by(secret.clone()), wanted)
        }
    }
}

/// `StartConversation` as JSON. The context is JSON already.
fn start(token: Option<&Secret>, context: Option<&UnsignedContext>) -> String {
    let mut body = String::from("{");
    if let Some(token) = token {
        body.push_str("\"token\":");
        body.push_str(&write(token));
        body.push(',');
    }
    if let Some(UnsignedContext(context)) = context {
        body.push_str("\"context\":");
        body.push_str(context);
        body.push(',');
    }
    body.push_str("\"page\":");
    body.push_str(&write(&page::describe()));
    body.push('}');
    body
}

/// What an answer says.
pub(super) fn understood(wanted: Wanted, answered: &Answered) -> Result<Answer, RequestError> {
    let Answered { status, body, .. } = answered;
    let unreadable = RequestError::Unreadable { status: *status };
    if !(200..=299).contains(status) {
        return Err(match Problem::read(body) {
            Some(problem) => RequestError::Problem {
                code: problem.code,
                detail: problem.detail,
                request_id: problem.request_id,
                retry_after: answered.retry_after,
            },
            None => unreadable,
        });
    }
    let answer = match wanted {
        Wanted::Config => Wire::read(body).map(Answer::Config),
        Wanted::Started => Wire::read(body).map(Answer::Started),
        Wanted::Conversation => Wire::read(body).map(Answer::Conversation),
        Wanted::Messages => Wire::read(body).map(Answer::Messages),
        Wanted::Message => Wire::read(body).map(Answer::Message),
        Wanted::Nothing => Some(Answer::Done),
    };
    answer.ok_or(unreadable)
}
