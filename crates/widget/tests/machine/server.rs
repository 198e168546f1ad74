//! The server of the world: what it keeps, and how it answers.

use bonafide_protocol::id::{ConversationId, MessageId};
use bonafide_protocol::visitor::{
    Author, Conversation, ConversationMessages, ConversationState, Identity, Message,
    StartedConversation, VisitorSession,
};
use bonafide_protocol::{ErrorCode, Secret};
use bonafide_widget::machine::{
    Answer, ClientFunctionOutcome, ConversationCall, Request, RequestError, Side, TokenLife,
    UnsignedContext,
};

use crate::script::{SERVER_SECONDS, config, problem, server_time, waiting};
use crate::world::World;

/// A conversation on the server.
pub(crate) struct Stored {
    pub(crate) conversation: Conversation,
    pub(crate) person: Option<u8>,
    lapses_at: u64,
    pub(crate) is_revoked: bool,
    pub(crate) messages: Vec<Message>,
    /// What the page says of its visitor.
    pub(crate) context: Option<UnsignedContext>,
}

/// How long a proof lasts.
const LIFE_S: u64 = 900;

/// A token as the website mints it when it is asked, with a signature that says who.
pub(crate) fn token(person: u8, now: u64) -> ClientFunctionOutcome {
    let issued = SERVER_SECONDS + (now as i64 - 1_000) / 1_000;
    let expires = issued + LIFE_S as i64;
    let payload = base64url(format!(r#"{{"iat":{issued},"exp":{expires}}}"#).as_bytes());
    let signature = ["AA", "AQ"][usize::from(person)];
    ClientFunctionOutcome::Text {
        text: Secret::new(format!("e30.{payload}.{signature}")),
        life: Some(TokenLife {
            issued_at: issued,
            expires_at: expires,
        }),
    }
}

fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let six = bits >> (18 - 6 * place) & 63;
            text.push(char::from(ALPHABET[six as usize]));
        }
    }
    text
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
            Request::Start { token, context } => {
                let person = token.as_ref().map(person);
                let lapses_at = self.now + LIFE_S * 1_000;
                let id = ConversationId::from_text(format!("cnv_{}", self.server.len()));
                let conversation = Conversation {
                    id: id.clone(),
                    authenticated: person.is_some(),
                    identity: if person.is_some() {
                        Identity::Current
                    } else {
                        Identity::None
                    },
                    identity_expires_at: person.map(|_| server_time(lapses_at)),
                    ..waiting()
                };
                self.server.push(Stored {
                    conversation: conversation.clone(),
                    person,
                    lapses_at,
                    is_revoked: false,
                    messages: Vec::new(),
                    context,
                });
                Ok(Answer::Started(StartedConversation {
                    conversation,
                    session: VisitorSession {
                        secret: Secret::new(id.as_str().into()),
                        expires_at: server_time(self.now),
                        revocation_key: Secret::new(id.as_str().into()),
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
                stored.serve(call, self.now)
            }
        }
    }

    /// What the server tells of a proof changes by itself.
    pub(crate) fn let_proofs_lapse(&mut self) {
        for stored in &mut self.server {
            if stored.person.is_some() && stored.lapses_at <= self.now {
                stored.conversation.identity = Identity::Lapsed;
            }
        }
    }
}

impl Stored {
    fn page(&self, items: Vec<Message>, more: bool) -> Answer {
        Answer::Messages(ConversationMessages {
            conversation: self.conversation.clone(),
            items,
            more,
        })
    }

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
            attachment: None,
            sent_at: server_time(1_000),
        };
        self.messages.push(message.clone());
        message
    }

    fn serve(&mut self, call: ConversationCall, now: u64) -> Result<Answer, RequestError> {
        let is_closed = self.conversation.state == ConversationState::Closed;
        match call {
            ConversationCall::Authenticate(token) => {
                let by = person(&token);
                let is_same = self.person == Some(by);
                if !is_same && (is_closed || self.person.is_some()) {
                    return Err(problem(ErrorCode::Conflict));
                }
                if is_closed {
                    return Ok(Answer::Conversation(self.conversation.clone()));
                }
                self.person = Some(by);
                self.lapses_at = now + LIFE_S * 1_000;
                self.conversation.identity_expires_at = Some(server_time(self.lapses_at));
                self.conversation.authenticated = true;
                self.conversation.identity = Identity::Current;
                Ok(Answer::Conversation(self.conversation.clone()))
            }
            // Two at a time, so that there are pages.
            ConversationCall::Messages {
                side: Side::After,
                seq,
            } => {
                let rest = self.messages.get(seq as usize..).unwrap_or_default();
                let items = rest.iter().take(2).cloned().collect();
                Ok(self.page(items, rest.len() > 2))
            }
            ConversationCall::Messages {
                side: Side::Before,
                seq,
            } => {
                let to = (seq as usize - 1).min(self.messages.len());
                let items = self.messages[to.saturating_sub(2)..to].to_vec();
                Ok(self.page(items, to > 2))
            }
            ConversationCall::SetContext(context) => {
                if is_closed || self.person.is_some() {
                    return Err(problem(ErrorCode::Conflict));
                }
                self.context = Some(context);
                Ok(Answer::Done)
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
