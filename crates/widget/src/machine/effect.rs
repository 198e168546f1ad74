//! What the machine wants done. Data only; `browser` does it.

use bonafide_protocol::Secret;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::socket::VisitorFrame;
use bonafide_protocol::visitor::PostMessage;

use super::call::{CallId, Reply};
use super::session::{Session, StoredSession, UnsignedContext};
use super::tabs::TabMessage;
use crate::view::{ChatFailure, Output};

/// Names one request, call or socket, so that an answer that comes too late is known for what it is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Ticket(pub u32);

/// Something to be done, in the order given.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Ask the server; exactly one [`Input::Answered`](super::Input::Answered) follows.
    Request {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What to ask.
        request: Request,
    },
    /// Call the client function; at most one [`Input::ClientFunction`](super::Input::ClientFunction) follows.
    CallClientFunction {
        /// Comes back with the outcome.
        ticket: Ticket,
        /// The configured dotted name. A function that the page gave directly goes first.
        path: String,
    },
    /// Whatever the client function still does is of no interest.
    ForgetClientFunction,
    /// Open the conversation's socket, in place of one that is open.
    OpenSocket {
        /// Comes back with everything the socket does.
        ticket: Ticket,
        /// The conversation.
        conversation: ConversationId,
    },
    /// Send a frame on the open socket.
    SendFrame(VisitorFrame),
    /// Close the socket; nothing more is heard of it.
    CloseSocket,
    /// Set a timer, in place of the one of that name.
    SetTimer {
        /// Its name.
        timer: Timer,
        /// When it fires, in milliseconds from now.
        delay_ms: u32,
    },
    /// Clear a timer, if it is set.
    ClearTimer(Timer),
    /// Keep the session for the next page of this tab.
    StoreSession(StoredSession),
    /// Forget the stored session.
    ClearSession,
    /// Keep for all pages of the site what ends a session that began: it has its revocation key for a secret.
    KeepRevocable(Session),
    /// Forget what ends the session of this conversation: it is over.
    ForgetRevocable(ConversationId),
    /// Ask to lead the tabs that have this conversation; [`Input::Elected`](super::Input::Elected) follows when and
    /// if this tab's turn comes.
    Elect(ConversationId),
    /// Give up the lead, or the wait for it.
    Resign,
    /// Tell the other tabs.
    Post(TabMessage),
    /// Tell the page.
    Output(Output),
    /// Answer a call of the page's. Each call is answered once, unless the engine is disposed of before.
    Settle {
        /// Which call.
        call: CallId,
        /// What its promise resolves to, or rejects with.
        answer: Result<Reply, ChatFailure>,
    },
}

/// What to ask of the server.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// The widget's configuration.
    Config,
    /// Start a conversation; the adapter adds what it knows of the page.
    Start {
        /// The visitor's token.
        token: Option<Secret>,
        /// Unsigned context; only without a token.
        context: Option<UnsignedContext>,
    },
    /// Something about a conversation, with its session's secret.
    Conversation {
        /// The conversation.
        conversation: ConversationId,
        /// Opens it.
        secret: Secret,
        /// What is wanted.
        call: ConversationCall,
    },
}

impl Request {
    /// About the conversation of a session.
    pub(super) fn of(session: Session, call: ConversationCall) -> Self {
        Self::Conversation {
            conversation: session.conversation,
            secret: session.secret,
            call,
        }
    }
}

/// What is wanted of a conversation.
#[derive(Clone, Debug, PartialEq)]
pub enum ConversationCall {
    /// Prove who the visitor is.
    Authenticate(Secret),
    /// The first messages after a `seq`, or the last ones before it.
    Messages {
        /// On which side of it.
        side: Side,
        /// The `seq`.
        seq: u32,
    },
    /// Store a message.
    Post(PostMessage),
    /// Replace what the page says of its visitor.
    SetContext(UnsignedContext),
    /// End it.
    End,
    /// Revoke the session.
    SignOut,
}

/// The timers. There is at most one of each.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Timer {
    /// Other tabs had time to say whether they have a conversation.
    Ask,
    /// The client function had its time.
    ClientFunction,
    /// Look for a missing client function again, while the document is loading.
    ClientFunctionSearch,
    /// Ask for the configuration again.
    Configure,
    /// Send again what the page says of its visitor.
    Context,
    /// Ask for missing messages, or those that no socket brings.
    Gap,
    /// The leading tab had time to answer, or is to be asked again.
    Leader,
    /// Open the socket again.
    Reconnect,
    /// Prove again who the visitor is, before the proof lapses.
    Renew,
    /// Send the oldest message again.
    Resend,
    /// Ask again that sessions be revoked.
    Revoke,
    /// The server had time to say something on the socket.
    Silence,
}

/// On which side of a message's number others are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Side {
    /// With higher numbers.
    After,
    /// With lower numbers.
    Before,
}

impl Side {
    /// As the server's API has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::After => "after",
            Self::Before => "before",
        }
    }
}
