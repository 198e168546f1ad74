//! What happens to a conversation: the page's wishes, answers, events of the browser. Data only.

use bonafide_protocol::socket::VisitorEvent;
use bonafide_protocol::visitor::{
    Conversation, ConversationMessages, Message, StartedConversation, WidgetConfig,
};
use bonafide_protocol::{ErrorCode, Secret};

use super::call::CallId;
use super::effect::{Ticket, Timer};
use super::life::TokenLife;
use super::session::{Session, StoredSession, UnsignedContext};
use super::tabs::TabMessage;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// The page was loaded again, or the visitor came from another page of the site: go on with this session.
    Resume(StoredSession),
    /// The chat was shown.
    Open,
    /// The chat was hidden.
    Close,
    /// The page wants a conversation.
    Start {
        /// Answered with the conversation.
        call: CallId,
    },
    /// The visitor wrote a message.
    Send {
        /// Answered with the message once it is stored.
        call: CallId,
        /// Chosen by the adapter from random bits; 1 to 64 of `[A-Za-z0-9_-]`.
        client_id: String,
        /// What was written.
        text: String,
    },
    /// The visitor wants a message sent again that was refused.
    Retry {
        /// Which.
        client_id: String,
    },
    /// The visitor is typing.
    Typing,
    /// The page says that somebody signed in: prove it, in the running conversation if there is one.
    Authenticate {
        /// Answered when the server has the proof.
        call: CallId,
    },
    /// The visitor ends the conversation.
    End {
        /// Answered when it is over.
        call: CallId,
    },
    /// The page says that the visitor signed out.
    SignOut {
        /// Answered when the server has revoked the session, and those that are to be revoked, or there are none.
        call: CallId,
    },
    /// The visitor signs out, or did so on a page before, and the server was not told of this session, which any page of the
    /// site may have begun. What it has for a secret may be its revocation key.
    Revoke(Session),
    /// The page set another function of its own for tokens, or none.
    TokenFunctionSet,
    /// Unsigned context, for the anonymous conversation that runs, or the next one.
    SetContext(UnsignedContext),
    /// An argument from the page's script that cannot be used.
    BadArgument {
        /// The call that it was given to, if that one is answered.
        call: Option<CallId>,
        /// Names the argument.
        sentence: String,
    },
    /// The page asked for something of a chat that it made with options that cannot be used, so nothing can be had.
    BadOptions {
        /// What was asked for, if that is answered.
        call: Option<CallId>,
        /// Names one of the options.
        sentence: String,
    },
    /// The answer to a request.
    Answered {
        /// Which request.
        ticket: Ticket,
        /// What came back.
        result: Result<Answer, RequestError>,
    },
    /// What became of a call of the client function.
    ClientFunction {
        /// Which call.
        ticket: Ticket,
        /// What became of it.
        outcome: ClientFunctionOutcome,
    },
    /// The socket is open; nothing was said yet.
    SocketOpened(Ticket),
    /// The server said something.
    SocketFrame {
        /// Which socket.
        ticket: Ticket,
        /// What it said.
        event: VisitorEvent,
    },
    /// The socket is closed, or could not be opened.
    SocketClosed {
        /// Which socket.
        ticket: Ticket,
        /// The close code (RFC 6455, section 7.4).
        code: u16,
    },
    /// A timer that was set has run out.
    TimerFired(Timer),
    /// The browser says that it has a network again, or has none.
    Online(bool),
    /// The document and its scripts are loaded.
    DocumentLoaded,
    /// The page can be seen, or cannot.
    Visible(bool),
    /// This tab holds the lock it asked for, or the browser has no locks: it leads.
    Elected,
    /// Another tab of this site said something.
    Tab(TabMessage),
}

/// What the server answered when all is well.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The widget's configuration.
    Config(WidgetConfig),
    /// A conversation was started.
    Started(StartedConversation),
    /// The identity was proved; the conversation as it stands.
    Conversation(Conversation),
    /// Messages asked for.
    Messages(ConversationMessages),
    /// The message was stored.
    Message(Message),
    /// Done, nothing to say.
    Done,
}

/// Why a request has no good answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum RequestError {
    /// Nothing came back.
    Unreachable,
    /// The server refused, with a problem body.
    Problem {
        /// The code.
        code: ErrorCode,
        /// The sentence.
        detail: String,
        /// Joins it to the server's log.
        request_id: String,
        /// Seconds after which the server wants to be asked again, 0 when it does not say.
        retry_after: u16,
    },
    /// Something answered that is not our server, or not in our words: a proxy's page, for example.
    Unreadable {
        /// The HTTP status.
        status: u16,
    },
}

/// What became of a call of the client function.
#[derive(Clone, Debug, PartialEq)]
pub enum ClientFunctionOutcome {
    /// It gave this string; the adapter took off the blanks around it, as JavaScript's `trim` does.
    Text {
        /// The string.
        text: Secret,
        /// What it says of its own life, if it is a token that does.
        life: Option<TokenLife>,
    },
    /// It gave `null` or `undefined`.
    Nothing,
    /// It gave something that is neither; what `typeof` says of it.
    WrongType(String),
    /// It threw, rejected or called back with an error; a sentence that says which. The adapter keeps the cause.
    Failed(String),
    /// There is no function at the configured path; the sentence says which segment is missing.
    NotFound(String),
    /// The configured path is not one that may be called; the sentence says why.
    PathRefused(String),
}
