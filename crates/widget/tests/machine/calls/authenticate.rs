//! What a call to authenticate is answered with.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::socket::VisitorEvent;
use bonafide_protocol::visitor::{Conversation, SignIn};
use bonafide_widget::machine::{Answer, Input, Ticket, Timer};

use super::{anonymous, authenticate, configured, nobody, resuming};
use crate::script::{
    END, Script, closed, config, proved, started, stored, token, waiting, welcome,
};

#[test]
fn to_authenticate_is_answered_by_the_proof() {
    anonymous()
        .answers(authenticate(1), &[])
        .answers(authenticate(2), &[])
        .given(
            nobody(),
            &[
                "1 rejected token-not-provided",
                "2 rejected token-not-provided",
            ],
        )
        .answers(authenticate(3), &[])
        .given(token(), &[])
        .answers(authenticate(4), &[])
        // That the socket says so first is not the answer.
        .told(
            VisitorEvent::Conversation {
                conversation: proved(),
            },
            &[],
        )
        .answered(Answer::Conversation(proved()), &["3 done", "4 done"])
        .answers(authenticate(5), &[])
        .given(token(), &[])
        .refused(ErrorCode::TokenExpired, &["5 rejected token-expired"]);
    // A renewal that is under way is the proof.
    let mut script = Script::signed_in();
    script
        .later(720_000)
        .quietly(Input::TimerFired(Timer::Renew));
    script
        .answers(authenticate(1), &[])
        .given(token(), &[])
        .answered(Answer::Conversation(proved()), &["1 done"]);
    // An anonymous conversation was closed in the same moment.
    anonymous()
        .answers(authenticate(1), &[])
        .given(token(), &[])
        .refused(ErrorCode::Conflict, &["1 rejected conflict"]);
    // The session is over.
    anonymous()
        .answers(authenticate(1), &[])
        .given(token(), &[])
        .refused(ErrorCode::SessionExpired, &["1 rejected session-expired"]);
    // The proof is accepted, and says that the conversation is over.
    let over = Conversation {
        authenticated: true,
        ..closed()
    };
    let mut script = Script::signed_in();
    script
        .answers(authenticate(1), &[])
        .given(token(), &[])
        .answered(Answer::Conversation(over), &["1 done"]);
}

#[test]
fn to_authenticate_starts_a_conversation_where_there_is_none() {
    configured(SignIn::Optional)
        .answers(authenticate(1), &[])
        .given(token(), &[])
        .answered(Answer::Started(started(proved())), &["1 done"]);
    configured(SignIn::Optional)
        .answers(authenticate(1), &[])
        .given(nobody(), &[])
        .answered(
            Answer::Started(started(waiting())),
            &["1 rejected token-not-provided"],
        );
    configured(SignIn::Required)
        .answers(authenticate(1), &[])
        .given(nobody(), &["1 rejected token-not-provided"]);
    // After the end of one.
    let mut script = Script::signed_in();
    script.quietly(END);
    script.quietly_answer(Answer::Done);
    script.on(
        authenticate(1),
        &[
            "forget session",
            "cleared",
            "config?",
            "view configuring none",
        ],
    );
    script.quietly_answer(Answer::Config(config(Some("auth.get"), SignIn::Required)));
    script
        .given(token(), &[])
        .answered(Answer::Started(started(proved())), &["1 done"]);
    // Another person gets their own.
    Script::signed_in()
        .answers(authenticate(1), &[])
        .given(token(), &[])
        .refused(ErrorCode::Conflict, &[])
        .given(token(), &[])
        .answered(Answer::Started(started(proved())), &["1 done"]);
}

#[test]
fn nobody_can_be_authenticated_without_a_setting() {
    Script::anonymous().on(
        authenticate(1),
        &[
            "error configuration-invalid",
            "1 rejected configuration-invalid",
        ],
    );
    let mut script = Script::new();
    script.quietly(authenticate(1));
    script.quietly_answer(Answer::Config(config(None, SignIn::Optional)));
    script.answered(
        Answer::Started(started(waiting())),
        &["1 rejected configuration-invalid"],
    );
    let mut script = Script::new();
    script.quietly(Input::Resume(stored(false)));
    script.answers(authenticate(1), &[]).answered(
        Answer::Config(config(None, SignIn::Optional)),
        &["1 rejected configuration-invalid"],
    );
}

#[test]
fn who_signs_in_before_their_anonymous_conversation_is_resumed_is_authenticated_in_it() {
    let mut script = Script::new();
    script.quietly(Input::Resume(stored(false)));
    script.quietly(authenticate(1));
    let found = script.quietly_answer(Answer::Config(config(Some("auth.get"), SignIn::Optional)));
    assert!(found.contains(&"call auth.get".to_owned()), "{found:?}");
    // That it is anonymous until then is not the answer.
    let call = Ticket(script.ticket);
    script.quietly(Input::Elected);
    script.quietly(Input::SocketOpened(Ticket(script.socket)));
    let now = script.now;
    script.told(welcome(waiting(), now), &[]);
    let outcome = token();
    script
        .answers(
            Input::ClientFunction {
                ticket: call,
                outcome,
            },
            &[],
        )
        .answered(Answer::Conversation(proved()), &["1 done"]);
}

#[test]
fn who_signs_in_to_a_conversation_that_turns_out_to_be_over_gets_another() {
    // The server says so of the proof.
    resuming(Some("auth.get"))
        .answers(authenticate(1), &[])
        .given(token(), &[])
        .refused(ErrorCode::Conflict, &[])
        .given(token(), &[])
        .answered(Answer::Started(started(proved())), &["1 done"]);
    // Or that the session is over.
    resuming(Some("auth.get"))
        .answers(authenticate(1), &[])
        .given(token(), &[])
        .refused(ErrorCode::SessionExpired, &[])
        .given(token(), &[])
        .answered(Answer::Started(started(proved())), &["1 done"]);
    // Another tab signed them in there meanwhile.
    let over = Conversation {
        authenticated: true,
        ..closed()
    };
    resuming(Some("auth.get"))
        .answers(authenticate(1), &[])
        .given(token(), &[])
        .answered(Answer::Conversation(over), &[])
        .given(token(), &[])
        .answered(Answer::Started(started(proved())), &["1 done"]);
}
