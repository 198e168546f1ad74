//! A proof of who the visitor is, while it is being made: the page is asked for a token, then the server for its word.

use bonafide_protocol::Secret;

use super::client_function::ClientCall;
use super::context::Context;
use super::life::TokenLife;
use super::{ConversationCall, Session, Ticket};

#[derive(Debug)]
pub(super) enum Proof {
    /// The client function is running.
    Calling(ClientCall),
    /// The token is on its way to the server.
    Proving {
        ticket: Ticket,
        life: Option<TokenLife>,
    },
}

impl Proof {
    /// Asks the server to take a token as the proof of a session's visitor.
    pub(super) fn of(
        cx: &mut Context,
        session: &Session,
        token: Secret,
        life: Option<TokenLife>,
    ) -> Self {
        let ticket = cx.ask(session, ConversationCall::Authenticate(token));
        Self::Proving { ticket, life }
    }

    pub(super) fn is_calling(&self) -> bool {
        matches!(self, Self::Calling(_))
    }

    /// Whether the server is being asked to take this ticket's token.
    pub(super) fn awaits(&self, ticket: Ticket) -> bool {
        matches!(self, Self::Proving { ticket: wanted, .. } if *wanted == ticket)
    }

    pub(super) fn client_call(&mut self) -> Option<&mut ClientCall> {
        match self {
            Self::Calling(call) => Some(call),
            Self::Proving { .. } => None,
        }
    }

    /// Gives it up.
    pub(super) fn cancel(&self, cx: &mut Context) {
        if self.is_calling() {
            ClientCall::forget(cx);
        }
    }
}
