//! The wire's answers, frames and stored forms from their JSON.
//!
//! The shapes are the protocol crate's; this is a second reader of them beside serde's. It exists for its weight: the
//! readers that serde derives for these few types are several times as large, and every visitor loads them. A test
//! reads what serde wrote, field by field, so the two cannot come apart.

use bonafide_protocol::file::FilePolicy;
use bonafide_protocol::id::{ChatWidgetId, ConversationId, MessageId};
use bonafide_protocol::socket::VisitorEvent;
use bonafide_protocol::visitor::{
    Appearance, Author, Conversation, ConversationMessages, ConversationState, Identity,
    LauncherPosition, Message, SignIn, StartedConversation, VisitorSession, WidgetConfig,
};
use bonafide_protocol::{ErrorCode, Problem, Secret, Timestamp};

use super::json::Json;
use crate::machine::{Session, StoredSession, TabMessage};

/// Something that can be read from JSON.
pub(super) trait Wire: Sized {
    /// Reads it from text; `None` when the text is not one.
    #[must_use]
    fn read(text: &str) -> Option<Self> {
        let reader = &mut Reader::default();
        let read = Self::of(&Json::of(text), reader);
        (!reader.has_failed).then_some(read)
    }

    /// Reads it from a value. Where something is missing or of another kind, `reader` knows, and the result is of no use.
    fn of(value: &Json, reader: &mut Reader) -> Self;
}

/// Remembers whether all was there. Each question has an answer in any case: to stop at the first fault, a reader must
/// be able to let go of what it has at every field, and that is most of what readers weigh.
#[derive(Debug, Default)]
pub(super) struct Reader {
    has_failed: bool,
}

impl Reader {
    fn some<T: Default>(&mut self, found: Option<T>) -> T {
        self.has_failed |= found.is_none();
        found.unwrap_or_default()
    }

    fn text(&mut self, value: &Json) -> String {
        self.some(value.text())
    }

    fn number(&mut self, value: &Json) -> u32 {
        self.some(value.number())
    }

    fn boolean(&mut self, value: &Json) -> bool {
        self.some(value.boolean())
    }

    fn time(&mut self, value: &Json) -> Timestamp {
        Timestamp::from_rfc3339(self.text(value))
    }

    fn conversation(&mut self, value: &Json) -> ConversationId {
        ConversationId::from_text(self.text(value))
    }
}

impl Wire for WidgetConfig {
    fn of(value: &Json, reader: &mut Reader) -> Self {
        Self {
            id: ChatWidgetId::from_text(reader.text(&value.field("id"))),
            client_function: value.field("clientFunction").text(),
            sign_in: match reader.text(&value.field("signIn")).as_str() {
                "optional" => SignIn::Optional,
                _ => SignIn::Required,
            },
            timeout_ms: reader.number(&value.field("timeoutMs")),
            appearance: Appearance::of(&value.field("appearance"), reader),
            files: value.field("files").is_there().then(FilePolicy::default),
            server_time: reader.time(&value.field("serverTime")),
        }
    }
}

impl Wire for Appearance {
    fn of(value: &Json, _: &mut Reader) -> Self {
        let position = value.field("position").text();
        Self {
            title: value.field("title").text(),
            greeting: value.field("greeting").text(),
            accent_color: value.field("accentColor").text(),
            position: position.map(|position| match position.as_str() {
                "start" => LauncherPosition::Start,
                _ => LauncherPosition::End,
            }),
        }
    }
}

impl Wire for StartedConversation {
    fn of(value: &Json, reader: &mut Reader) -> Self {
        let session = value.field("session");
        Self {
            conversation: Conversation::of(&value.field("conversation"), reader),
            session: VisitorSession {
                secret: Secret::new(reader.text(&session.field("secret"))),
                expires_at: reader.time(&session.field("expiresAt")),
                revocation_key: Secret::new(reader.text(&session.field("revocationKey"))),
            },
        }
    }
}

impl Wire for Conversation {
    fn of(value: &Json, reader: &mut Reader) -> Self {
        Self {
            id: reader.conversation(&value.field("id")),
            authenticated: reader.boolean(&value.field("authenticated")),
            identity: match reader.text(&value.field("identity")).as_str() {
                "current" => Identity::Current,
                "lapsed" => Identity::Lapsed,
                _ => Identity::None,
            },
            identity_expires_at: value
                .field("identityExpiresAt")
                .text()
                .map(Timestamp::from_rfc3339),
            state: match reader.text(&value.field("state")).as_str() {
                "waiting" => ConversationState::Waiting,
                "active" => ConversationState::Active,
                _ => ConversationState::Closed,
            },
            queue: reader.text(&value.field("queue")),
            position: value.field("position").number(),
            agent: value.field("agent").text(),
            read_by_agent: reader.number(&value.field("readByAgent")),
        }
    }
}

impl Wire for ConversationMessages {
    fn of(value: &Json, reader: &mut Reader) -> Self {
        let mut items = Vec::new();
        for item in value.field("items").items() {
            items.push(Message::of(&item, reader));
        }
        Self {
            conversation: Conversation::of(&value.field("conversation"), reader),
            items,
            more: reader.boolean(&value.field("more")),
        }
    }
}

impl Wire for Message {
    fn of(value: &Json, reader: &mut Reader) -> Self {
        Self {
            id: MessageId::from_text(reader.text(&value.field("id"))),
            client_id: reader.text(&value.field("clientId")),
            seq: reader.number(&value.field("seq")),
            from: match reader.text(&value.field("from")).as_str() {
                "visitor" => Author::Visitor,
                _ => Author::Agent,
            },
            name: value.field("name").text(),
            text: reader.text(&value.field("text")),
            attachment: None,
            sent_at: reader.time(&value.field("sentAt")),
        }
    }
}

/// What the widget needs of a problem; the rest is for people who read answers. A code that this engine does not know
/// becomes `internal`: the server may be newer.
impl Wire for Problem {
    fn of(value: &Json, reader: &mut Reader) -> Self {
        let code = reader.text(&value.field("code"));
        let known = (ErrorCode::ALL.iter()).find(|known| known.as_str() == code);
        Self {
            type_: String::new(),
            title: String::new(),
            status: 0,
            detail: reader.text(&value.field("detail")),
            code: known.copied().unwrap_or(ErrorCode::Internal),
            request_id: reader.text(&value.field("requestId")),
            fields: Vec::new(),
        }
    }
}

/// A frame of a type that this engine does not know is skipped: the server may be newer.
impl Wire for VisitorEvent {
    fn of(value: &Json, reader: &mut Reader) -> Self {
        match reader.text(&value.field("type")).as_str() {
            "welcome" => Self::Welcome {
                conversation: Conversation::of(&value.field("conversation"), reader),
                server_time: reader.time(&value.field("serverTime")),
                heartbeat_ms: reader.number(&value.field("heartbeatMs")),
            },
            "heartbeat" => Self::Heartbeat {
                server_time: reader.time(&value.field("serverTime")),
            },
            "conversation" => Self::Conversation {
                conversation: Conversation::of(&value.field("conversation"), reader),
            },
            "message" => Self::Message {
                message: Message::of(&value.field("message"), reader),
            },
            "error" => Self::Error {
                problem: Problem::of(&value.field("problem"), reader),
            },
            kind => {
                reader.has_failed |= kind != "typing";
                Self::Typing
            }
        }
    }
}

impl Wire for StoredSession {
    fn of(value: &Json, reader: &mut Reader) -> Self {
        Self {
            session: Session::of(&value.field("session"), reader),
            read: reader.number(&value.field("read")),
            pending: Wire::of(&value.field("pending"), reader),
        }
    }
}

/// Pairs of texts: a list of lists.
impl Wire for Vec<(String, String)> {
    fn of(value: &Json, reader: &mut Reader) -> Self {
        let mut pairs = Vec::new();
        for pair in value.items() {
            let mut pair = pair.items().map(|item| reader.text(&item));
            pairs.push((
                pair.next().unwrap_or_default(),
                pair.next().unwrap_or_default(),
            ));
        }
        pairs
    }
}

impl Wire for Session {
    fn of(value: &Json, reader: &mut Reader) -> Self {
        Self {
            conversation: reader.conversation(&value.field("conversation")),
            secret: Secret::new(reader.text(&value.field("secret"))),
            authenticated: reader.boolean(&value.field("authenticated")),
        }
    }
}

/// As serde writes an enum: the variant's name, or an object with it and its value.
impl Wire for TabMessage {
    fn of(value: &Json, reader: &mut Reader) -> Self {
        let Some((kind, value)) = &value.first_field() else {
            reader.has_failed |= value.text().as_deref() != Some("Ask");
            return Self::Ask;
        };
        match kind.as_str() {
            "Session" => Self::Session(Session::of(value, reader)),
            "Follow" => Self::Follow(reader.conversation(value)),
            "State" => Self::State {
                conversation: Conversation::of(&value.field("conversation"), reader),
                online: reader.boolean(&value.field("online")),
                seq: reader.number(&value.field("seq")),
                // A tab that was loaded before the widget was updated says nothing of it.
                rank: value.field("rank").number().unwrap_or_default(),
            },
            "Stored" => Self::Stored {
                conversation: reader.conversation(&value.field("conversation")),
                message: Message::of(&value.field("message"), reader),
            },
            "AgentTyping" => Self::AgentTyping(reader.conversation(value)),
            "Typing" => Self::Typing(reader.conversation(value)),
            "Read" => Self::Read {
                conversation: reader.conversation(&value.field("conversation")),
                seq: reader.number(&value.field("seq")),
            },
            "SignedOut" => Self::SignedOut(value.text().map(ConversationId::from_text)),
            _ => {
                reader.has_failed = true;
                Self::Ask
            }
        }
    }
}
