//! The wire's answers, frames and stored forms from their JSON.
//!
//! The shapes are the protocol crate's; this is a second reader of them beside serde's. It exists for its weight: the
//! readers that serde derives for these few types are three times as large, and every visitor loads them. A test
//! reads what serde wrote, field by field, so the two cannot come apart.

use bonafide_protocol::id::{ChatWidgetId, ConversationId, MessageId};
use bonafide_protocol::socket::VisitorEvent;
use bonafide_protocol::visitor::{
    Appearance, Author, Conversation, ConversationState, Identity, LauncherPosition, Message,
    Messages, SignIn, StartedConversation, VisitorSession, WidgetConfig,
};
use bonafide_protocol::{ErrorCode, Problem, Secret, Timestamp};

use crate::json::{self, Value};
use crate::machine::{Session, StoredSession, TabMessage};

/// Something that can be read from JSON.
pub trait Wire: Sized {
    /// Reads it from a value; `None` when the value is not one.
    fn of(value: Value) -> Option<Self>;

    /// Reads it from text.
    #[must_use]
    fn read(text: &str) -> Option<Self> {
        Self::of(json::read(text).ok()?)
    }
}

impl Wire for WidgetConfig {
    fn of(mut value: Value) -> Option<Self> {
        Some(Self {
            id: ChatWidgetId::from_text(value.take("id").text()?),
            client_function: value.take("clientFunction").text(),
            sign_in: match value.take("signIn").text()?.as_str() {
                "optional" => SignIn::Optional,
                _ => SignIn::Required,
            },
            timeout_ms: value.take("timeoutMs").number()?,
            appearance: Appearance::of(value.take("appearance"))?,
            server_time: Timestamp::of(value.take("serverTime"))?,
        })
    }
}

impl Wire for Appearance {
    fn of(mut value: Value) -> Option<Self> {
        let position = value.take("position").text();
        Some(Self {
            title: value.take("title").text(),
            greeting: value.take("greeting").text(),
            accent_color: value.take("accentColor").text(),
            position: position.map(|position| match position.as_str() {
                "start" => LauncherPosition::Start,
                _ => LauncherPosition::End,
            }),
        })
    }
}

impl Wire for StartedConversation {
    fn of(mut value: Value) -> Option<Self> {
        let mut session = value.take("session");
        Some(Self {
            conversation: Conversation::of(value.take("conversation"))?,
            session: VisitorSession {
                secret: Secret::new(session.take("secret").text()?),
                expires_at: Timestamp::of(session.take("expiresAt"))?,
            },
        })
    }
}

impl Wire for Conversation {
    fn of(mut value: Value) -> Option<Self> {
        Some(Self {
            id: ConversationId::of(value.take("id"))?,
            authenticated: value.take("authenticated").boolean()?,
            identity: match value.take("identity").text()?.as_str() {
                "current" => Identity::Current,
                "lapsed" => Identity::Lapsed,
                _ => Identity::None,
            },
            identity_expires_at: Timestamp::of(value.take("identityExpiresAt")),
            state: match value.take("state").text()?.as_str() {
                "waiting" => ConversationState::Waiting,
                "active" => ConversationState::Active,
                _ => ConversationState::Closed,
            },
            queue: value.take("queue").text()?,
            position: value.take("position").number(),
            agent: value.take("agent").text(),
            read_by_agent: value.take("readByAgent").number()?,
        })
    }
}

impl Wire for Messages {
    fn of(mut value: Value) -> Option<Self> {
        let items = value.take("items").list()?;
        Some(Self {
            items: items.into_iter().map(Message::of).collect::<Option<_>>()?,
            more: value.take("more").boolean()?,
        })
    }
}

impl Wire for Message {
    fn of(mut value: Value) -> Option<Self> {
        Some(Self {
            id: MessageId::from_text(value.take("id").text()?),
            client_id: value.take("clientId").text()?,
            seq: value.take("seq").number()?,
            from: match value.take("from").text()?.as_str() {
                "visitor" => Author::Visitor,
                _ => Author::Agent,
            },
            name: value.take("name").text(),
            text: value.take("text").text()?,
            sent_at: Timestamp::of(value.take("sentAt"))?,
        })
    }
}

/// What the widget needs of a problem; the rest is for people who read answers. A code that this engine does not know
/// becomes `internal`: the server may be newer.
impl Wire for Problem {
    fn of(mut value: Value) -> Option<Self> {
        let code = value.take("code").text()?;
        let known = (ErrorCode::ALL.iter()).find(|known| known.as_str() == code);
        Some(Self {
            type_: String::new(),
            title: String::new(),
            status: 0,
            detail: value.take("detail").text()?,
            code: known.copied().unwrap_or(ErrorCode::Internal),
            request_id: value.take("requestId").text()?,
            fields: Vec::new(),
        })
    }
}

/// A frame of a type that this engine does not know is skipped: the server may be newer.
impl Wire for VisitorEvent {
    fn of(mut value: Value) -> Option<Self> {
        let kind = value.take("type").text()?;
        let mut conversation = || Conversation::of(value.take("conversation"));
        Some(match kind.as_str() {
            "welcome" => Self::Welcome {
                conversation: conversation()?,
                server_time: Timestamp::of(value.take("serverTime"))?,
            },
            "conversation" => Self::Conversation {
                conversation: conversation()?,
            },
            "message" => Self::Message {
                message: Message::of(value.take("message"))?,
            },
            "typing" => Self::Typing,
            "error" => Self::Error {
                problem: Problem::of(value.take("problem"))?,
            },
            _ => return None,
        })
    }
}

impl Wire for StoredSession {
    fn of(mut value: Value) -> Option<Self> {
        let pending = value.take("pending").list()?;
        Some(Self {
            session: Session::of(value.take("session"))?,
            read: value.take("read").number()?,
            pending: (pending.into_iter())
                .map(|pair| {
                    let mut pair = pair.list()?.into_iter();
                    Some((pair.next()?.text()?, pair.next()?.text()?))
                })
                .collect::<Option<_>>()?,
        })
    }
}

impl Wire for Session {
    fn of(mut value: Value) -> Option<Self> {
        Some(Self {
            conversation: ConversationId::of(value.take("conversation"))?,
            secret: Secret::new(value.take("secret").text()?),
            authenticated: value.take("authenticated").boolean()?,
        })
    }
}

/// As serde writes an enum: the variant's name, or an object with it and its value.
impl Wire for TabMessage {
    fn of(value: Value) -> Option<Self> {
        let Value::Object(mut fields) = value else {
            return (value == Value::Text("Ask".into())).then_some(Self::Ask);
        };
        let (kind, mut value) = fields.pop()?;
        let conversation = |value: &mut Value| ConversationId::of(value.take("conversation"));
        Some(match kind.as_str() {
            "Session" => Self::Session(Session::of(value)?),
            "Follow" => Self::Follow(ConversationId::of(value)?),
            "State" => Self::State {
                conversation: Conversation::of(value.take("conversation"))?,
                online: value.take("online").boolean()?,
                seq: value.take("seq").number()?,
            },
            "Stored" => Self::Stored {
                conversation: conversation(&mut value)?,
                message: Message::of(value.take("message"))?,
            },
            "AgentTyping" => Self::AgentTyping(ConversationId::of(value)?),
            "Typing" => Self::Typing(ConversationId::of(value)?),
            "Read" => Self::Read {
                conversation: conversation(&mut value)?,
                seq: value.take("seq").number()?,
            },
            "SignedOut" => Self::SignedOut(ConversationId::of(value)),
            _ => return None,
        })
    }
}

impl Wire for ConversationId {
    fn of(value: Value) -> Option<Self> {
        value.text().map(Self::from_text)
    }
}

impl Wire for Timestamp {
    fn of(value: Value) -> Option<Self> {
        value.text().map(Self::from_rfc3339)
    }
}
