//! The server of the world: what it keeps, and how it answers.

use bonafide_protocol::id::{ConversationId, MessageId};
use bonafide_protocol::visitor::{
    Author, Conversation, ConversationState, Identity, Message, Messages, StartedConversation,
    VisitorSession,
};
use bonafide_protocol::{ErrorCode, Secret};
use bonafide_widget::machine::{Answer, ConversationCall, Request, RequestError};

use crate::script::{config, problem, server_time, waiting};
use crate::world::World;

/// A conversation on the server.
pub(crate) struct Stored {
    pub(crate) conversation: Conversation,
    person: Option<u8>,
    pub(crate) is_revoked: bool,
    pub(crate) messages: Vec<Message>,
}

pub(crate) fn token(person: u8) -> Secret {
    // {"iat":1795377600,"exp":1795378500}, and a signature that says who.
    Secret::new(format!(
        "e30.eyJpYXQiOjE3OTUzNzc2MDAsImV4cCI6MTc5NTM3ODUwMH0.{}",
        ["AA", "AQ"][usize::from(person)]
    ))
}

fn person(token: &Secret) -> u8 {
    u8::from(token.expose().ends_with("AQ"))
}

impl World {
    pub(crate) fn serve(&mut self, request: Request) -> Result<Answer, RequestError> {
        match request {
            Request::Config => {
                let mut config = config(Some("auth.get"), self.sign_in);
                config.server_time = server_time(self.now);
                Ok(Answer::Config(config))
            }
            Request::Start { token, .. } => {
                let person = token.as_ref().map(person);
                let id = ConversationId::from_text(format!("cnv_{}", self.server.len()));
                let conversation = Conversation {
                    id: id.clone(),
                    authenticated: person.is_some(),
                    identity: if person.is_some() {
                        Identity::Current
                    } else {
                        Identity::None
                    },
                    ..waiting()
                };
                self.server.push(Stored {
                    conversation: conversation.clone(),
                    person,
                    is_revoked: false,
                    messages: Vec::new(),
                });
                Ok(Answer::Started(StartedConversation {
                    conversation,
                    session: VisitorSession {
                        secret: Secret::new(id.as_str().into()),
                        expires_at: server_time(self.now),
                    },
                }))
            }
            Request::Conversation {
                conversation, call, ..
            } => {
                let stored = (self.server.iter_mut())
                    .find(|stored| stored.conversation.id == conversation)
                    .unwrap();
                if stored.is_revoked {
                    return Err(problem(ErrorCode::SessionExpired));
                }
                stored.serve(call)
            }
        }
    }
}

impl Stored {
    pub(crate) fn store(&mut self, from: Author, text: &str) -> Message {
        if let Some(known) = self
            .messages
            .iter()
            .find(|message| message.client_id == text)
        {
            return known.clone();
        }
        let seq = self.messages.len() as u32 + 1;
        let message = Message {
            id: MessageId::from_bits(seq.into()),
            client_id: text.into(),
            seq,
            from,
            name: None,
            text: text.into(),
            sent_at: server_time(1_000),
        };
        self.messages.push(message.clone());
        message
    }

    fn serve(&mut self, call: ConversationCall) -> Result<Answer, RequestError> {
        let is_closed = self.conversation.state == ConversationState::Closed;
        match call {
            ConversationCall::Authenticate(token) => {
                let by = person(&token);
                if is_closed || self.person.is_some_and(|person| person != by) {
                    return Err(problem(ErrorCode::Conflict));
                }
                self.person = Some(by);
                self.conversation.authenticated = true;
                self.conversation.identity = Identity::Current;
                Ok(Answer::Conversation(self.conversation.clone()))
            }
            // Two at a time, so that there are pages.
            ConversationCall::Messages { after } => {
                let rest = self.messages.get(after as usize..).unwrap_or_default();
                Ok(Answer::Messages(Messages {
                    items: rest.iter().take(2).cloned().collect(),
                    more: rest.len() > 2,
                }))
            }
            ConversationCall::Post(post) => {
                let is_new = !self
                    .messages
                    .iter()
                    .any(|message| message.client_id == post.client_id);
                if is_closed && is_new {
                    return Err(problem(ErrorCode::Conflict));
                }
                Ok(Answer::Message(
                    self.store(Author::Visitor, &post.client_id),
                ))
            }
            ConversationCall::End => {
                self.conversation.state = ConversationState::Closed;
                Ok(Answer::Done)
            }
            ConversationCall::SignOut => {
                self.is_revoked = true;
                Ok(Answer::Done)
            }
        }
    }
}
