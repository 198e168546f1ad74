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

use crate::json::Json;
use crate::machine::{Session, StoredSession, TabMessage};

/// Something that can be read from JSON.
pub trait Wire: Sized {
    /// Reads it from a value; `None` when the value is not one.
    fn of(value: Json<'_>) -> Option<Self>;

    /// Reads it from text.
    #[must_use]
    fn read(text: &str) -> Option<Self> {
        Self::of(Json::of(text))
    }
}

impl Wire for WidgetConfig {
    fn of(value: Json<'_>) -> Option<Self> {
        Some(Self {
            id: ChatWidgetId::from_text(value.field("id").text()?),
            client_function: value.field("clientFunction").text(),
            sign_in: match value.field("signIn").text()?.as_str() {
                "optional" => SignIn::Optional,
                _ => SignIn::Required,
            },
            timeout_ms: value.field("timeoutMs").number()?,
            appearance: Appearance::of(value.field("appearance"))?,
            server_time: Timestamp::of(value.field("serverTime"))?,
        })
    }
}

impl Wire for Appearance {
    fn of(value: Json<'_>) -> Option<Self> {
        let position = value.field("position").text();
        Some(Self {
            title: value.field("title").text(),
            greeting: value.field("greeting").text(),
            accent_color: value.field("accentColor").text(),
            position: position.map(|position| match position.as_str() {
                "start" => LauncherPosition::Start,
                _ => LauncherPosition::End,
            }),
        })
    }
}

impl Wire for StartedConversation {
    fn of(value: Json<'_>) -> Option<Self> {
        let session = value.field("session");
        Some(Self {
            conversation: Conversation::of(value.field("conversation"))?,
            session: VisitorSession {
                secret: Secret::new(session.field("secret").text()?),
                expires_at: Timestamp::of(session.field("expiresAt"))?,
            },
        })
    }
}

impl Wire for Conversation {
    fn of(value: Json<'_>) -> Option<Self> {
        Some(Self {
            id: ConversationId::of(value.field("id"))?,
            authenticated: value.field("authenticated").boolean()?,
            identity: match value.field("identity").text()?.as_str() {
                "current" => Identity::Current,
                "lapsed" => Identity::Lapsed,
                _ => Identity::None,
            },
            identity_expires_at: Timestamp::of(value.field("identityExpiresAt")),
            state: match value.field("state").text()?.as_str() {
                "waiting" => ConversationState::Waiting,
                "active" => ConversationState::Active,
                _ => ConversationState::Closed,
            },
            queue: value.field("queue").text()?,
            position: value.field("position").number(),
            agent: value.field("agent").text(),
            read_by_agent: value.field("readByAgent").number()?,
        })
    }
}

impl Wire for Messages {
    fn of(value: Json<'_>) -> Option<Self> {
        let mut items = Vec::new();
        for item in value.field("items").items() {
            items.push(Message::of(item)?);
        }
        Some(Self {
            items,
            more: value.field("more").boolean()?,
        })
    }
}

impl Wire for Message {
    fn of(value: Json<'_>) -> Option<Self> {
        Some(Self {
            id: MessageId::from_text(value.field("id").text()?),
            client_id: value.field("clientId").text()?,
            seq: value.field("seq").number()?,
            from: match value.field("from").text()?.as_str() {
                "visitor" => Author::Visitor,
                _ => Author::Agent,
            },
            name: value.field("name").text(),
            text: value.field("text").text()?,
            sent_at: Timestamp::of(value.field("sentAt"))?,
        })
    }
}

/// What the widget needs of a problem; the rest is for people who read answers. A code that this engine does not know
/// becomes `internal`: the server may be newer.
impl Wire for Problem {
    fn of(value: Json<'_>) -> Option<Self> {
        let code = value.field("code").text()?;
        let known = (ErrorCode::ALL.iter()).find(|known| known.as_str() == code);
        Some(Self {
            type_: String::new(),
            title: String::new(),
            status: 0,
            detail: value.field("detail").text()?,
            code: known.copied().unwrap_or(ErrorCode::Internal),
            request_id: value.field("requestId").text()?,
            fields: Vec::new(),
        })
    }
}

/// A frame of a type that this engine does not know is skipped: the server may be newer.
impl Wire for VisitorEvent {
    fn of(value: Json<'_>) -> Option<Self> {
        let kind = value.field("type").text()?;
        let conversation = || Conversation::of(value.field("conversation"));
        Some(match kind.as_str() {
            "welcome" => Self::Welcome {
                conversation: conversation()?,
                server_time: Timestamp::of(value.field("serverTime"))?,
            },
            "conversation" => Self::Conversation {
                conversation: conversation()?,
            },
            "message" => Self::Message {
                message: Message::of(value.field("message"))?,
            },
            "typing" => Self::Typing,
            "error" => Self::Error {
                problem: Problem::of(value.field("problem"))?,
            },
            _ => return None,
        })
    }
}

impl Wire for StoredSession {
    fn of(value: Json<'_>) -> Option<Self> {
        let mut pending = Vec::new();
        for pair in value.field("pending").items() {
            let mut pair = pair.items();
            pending.push((pair.next()?.text()?, pair.next()?.text()?));
        }
        Some(Self {
            session: Session::of(value.field("session"))?,
            read: value.field("read").number()?,
            pending,
        })
    }
}

impl Wire for Session {
    fn of(value: Json<'_>) -> Option<Self> {
        Some(Self {
            conversation: ConversationId::of(value.field("conversation"))?,
            secret: Secret::new(value.field("secret").text()?),
            authenticated: value.field("authenticated").boolean()?,
        })
    }
}

/// As serde writes an enum: the variant's name, or an object with it and its value.
impl Wire for TabMessage {
    fn of(value: Json<'_>) -> Option<Self> {
        let Some((kind, value)) = value.first_field() else {
            return (value.text()? == "Ask").then_some(Self::Ask);
        };
        let conversation = || ConversationId::of(value.field("conversation"));
        Some(match kind {
            "Session" => Self::Session(Session::of(value)?),
            "Follow" => Self::Follow(ConversationId::of(value)?),
            "State" => Self::State {
                conversation: Conversation::of(value.field("conversation"))?,
                online: value.field("online").boolean()?,
                seq: value.field("seq").number()?,
            },
            "Stored" => Self::Stored {
                conversation: conversation()?,
                message: Message::of(value.field("message"))?,
            },
            "AgentTyping" => Self::AgentTyping(ConversationId::of(value)?),
            "Typing" => Self::Typing(ConversationId::of(value)?),
            "Read" => Self::Read {
                conversation: conversation()?,
                seq: value.field("seq").number()?,
            },
            "SignedOut" => Self::SignedOut(ConversationId::of(value)),
            _ => return None,
        })
    }
}

impl Wire for ConversationId {
    fn of(value: Json<'_>) -> Option<Self> {
        value.text().map(Self::from_text)
    }
}

impl Wire for Timestamp {
    fn of(value: Json<'_>) -> Option<Self> {
        value.text().map(Self::from_rfc3339)
    }
}
