//! Configured, and on to a conversation: the one of a hidden session, if it is the same person's, or another.

use bonafide_protocol::visitor::{ConversationState, StartedConversation};
use bonafide_protocol::{ErrorCode, Secret};

use super::{Approach, Hidden, Stage};
use crate::machine::client_function::{ClientCall, Token};
use crate::machine::context::Context;
use crate::machine::life::TokenLife;
use crate::machine::live::{Entrance, Live, Standing};
use crate::machine::proof::Proof;
use crate::machine::turn::{Course, Turn, Want};
use crate::machine::{Answer, Effect, Request, RequestError, Session, failure};
use crate::view::{ChatFailure, Output};

impl Approach {
    /// Configured: go on to what is wanted.
    pub(super) fn proceed(&mut self, cx: &mut Context, want: Want) -> Course {
        if self.session().is_some_and(|session| !session.authenticated) {
            // It is nobody's, so whoever is here may go on with it.
            let is_start_wanted = want == Want::Start;
            return self.enter(Standing::Unknown { is_start_wanted }, Entrance::Resumed);
        }
        if cx.widget.client_function().is_none() {
            // The widget lost its authentication setting, so nobody can prove to be the person of before.
            self.forget_session(cx);
        }
        if self.hidden.is_none() && want != Want::Start {
            self.stage = Stage::Ready;
        } else if let Some(call) = ClientCall::begin(cx) {
            let proof = Proof::Calling(call);
            self.stage = Stage::Authenticating { want, proof };
        } else {
            self.start_with(cx, None, None);
        }
        Ok(())
    }

    /// What the page's client function came to: of the person of the hidden session, or of anybody.
    pub(in crate::machine) fn token(&mut self, cx: &mut Context, token: Token) -> Course {
        let Stage::Authenticating { want, .. } = self.stage else {
            return Ok(());
        };
        match token {
            Token::Given(token, life) => {
                if let Some(session) = self.session() {
                    let proof = Proof::of(cx, session, token, life);
                    self.stage = Stage::Authenticating { want, proof };
                } else {
                    self.start_with(cx, Some(token), life);
                }
            }
            Token::NotProvided(failure) => self.no_token(cx, want, &failure),
            Token::Failed(failure) => self.fail(cx, want, &failure),
        }
        Ok(())
    }

    /// The website says that nobody is signed in.
    fn no_token(&mut self, cx: &mut Context, want: Want, failure: &ChatFailure) {
        let wants_start = want == Want::Start;
        if cx.widget.is_sign_in_required() && (cx.is_open || wants_start) {
            // The session stays stored and hidden, for when its owner signs in again.
            self.need_sign_in(cx, failure);
        } else if wants_start {
            self.forget_session(cx);
            self.start_with(cx, None, None);
        } else {
            // Nobody asked for anything.
            self.stage = Stage::Ready;
        }
    }

    fn need_sign_in(&mut self, cx: &mut Context, failure: &ChatFailure) {
        self.stage = Stage::SignInNeeded;
        cx.output(Output::SignIn);
        cx.report(failure);
        cx.reject_way(failure);
    }

    /// The server's word on whether the token is of the person whose session is hidden.
    pub(super) fn proof_answered(
        &mut self,
        cx: &mut Context,
        result: Result<Answer, RequestError>,
    ) -> Course {
        let Stage::Authenticating {
            want,
            proof: Proof::Proving { life, .. },
        } = self.stage
        else {
            return Ok(());
        };
        let error = match result {
            Ok(Answer::Conversation(conversation)) => {
                let is_closed = conversation.state == ConversationState::Closed;
                if is_closed && want == Want::Start {
                    return Err(Turn::Afresh(want));
                }
                let standing = Standing::Known(conversation);
                return self.enter(standing, Entrance::Proved(life));
            }
            Ok(_) => failure::fault(),
            Err(error) => error,
        };
        if failure::code(&error) == Some(ErrorCode::Conflict) {
            // The token is another person's. What was written while it was not known who is here is theirs.
            cx.output(Output::Left);
            return Err(Turn::Afresh(want));
        }
        if failure::is_session_over(&error) {
            // It ended while nobody looked: not worth an error, a new conversation can be had.
            self.forget_session(cx);
            return self.proceed(cx, want);
        }
        if failure::is_passing(&error) {
            self.way_failed(cx, want, error);
        } else {
            self.fail(cx, want, &failure::of_request(error));
        }
        Ok(())
    }

    /// Asks for a conversation. Context from the page goes only without a token: with one, the website has spoken.
    fn start_with(&mut self, cx: &mut Context, token: Option<Secret>, life: Option<TokenLife>) {
        let context = match token {
            Some(_) => None,
            None => cx.widget.take_context(),
        };
        let ticket = cx.request(Request::Start { token, context });
        self.stage = Stage::Starting { ticket, life };
    }

    pub(super) fn start_answered(
        &mut self,
        cx: &mut Context,
        result: Result<Answer, RequestError>,
    ) -> Course {
        let error = match result {
            Ok(Answer::Started(started)) => return self.begun(cx, started),
            Ok(_) => failure::fault(),
            Err(error) => error,
        };
        let needs_sign_in = matches!(
            failure::code(&error),
            Some(ErrorCode::TokenNotProvided | ErrorCode::SignInRequired)
        );
        let failure = failure::of_request(error);
        if needs_sign_in {
            self.need_sign_in(cx, &failure);
        } else {
            self.fail(cx, Want::Start, &failure);
        }
        Ok(())
    }

    fn begun(&mut self, cx: &mut Context, started: StartedConversation) -> Course {
        let Stage::Starting { life, .. } = self.stage else {
            return Ok(());
        };
        let session = Session {
            conversation: started.conversation.id.clone(),
            secret: started.session.secret,
            authenticated: started.conversation.authenticated,
        };
        session.share(cx, 0);
        cx.effect(Effect::KeepRevocable(Session {
            secret: started.session.revocation_key,
            ..session.clone()
        }));
        self.hidden = Some(Hidden::new(session));
        self.enter(Standing::Known(started.conversation), Entrance::Begun(life))
    }

    /// The session may be shown. What the page before had not sent was written first.
    fn enter(&mut self, standing: Standing, entrance: Entrance) -> Course {
        let Some(hidden) = self.hidden.take() else {
            return Ok(());
        };
        let mut outbox = std::mem::take(&mut self.outbox);
        outbox.put_first(hidden.pending);
        let live = Live::new(hidden.session, standing, outbox, hidden.read, hidden.end);
        Err(Turn::Enter(Box::new((live, entrance))))
    }
}
