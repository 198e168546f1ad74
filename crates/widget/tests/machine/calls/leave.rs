//! What calls to end and to sign out are answered with.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::socket::{CLOSE_SESSION_OVER, VisitorEvent};
use bonafide_protocol::visitor::SignIn;
use bonafide_widget::machine::{Answer, Input, TabMessage, Ticket};

use super::{authenticate, configured, end, nobody, sign_out, start, write};
use crate::script::{Script, closed, config, started, stored, waiting};

#[test]
fn an_end_is_answered_when_it_is_over() {
    Script::anonymous()
        .answers(end(1), &[])
        .answers(end(2), &[])
        .refused(
            ErrorCode::Unavailable,
            &["1 rejected unavailable", "2 rejected unavailable"],
        )
        .answers(end(3), &[])
        .answered(Answer::Done, &["3 done"])
        .answers(end(4), &["4 done"]);
    // It was over already, as the answer says, or the socket.
    Script::anonymous()
        .answers(end(1), &[])
        .refused(ErrorCode::Conflict, &["1 done"]);
    Script::anonymous().answers(end(1), &[]).told(
        VisitorEvent::Conversation {
            conversation: closed(),
        },
        &["1 done"],
    );
    // The session does not open it any more.
    let mut script = Script::anonymous();
    script.quietly(end(1));
    script.answers(
        Input::SocketClosed {
            ticket: Ticket(script.socket),
            code: CLOSE_SESSION_OVER,
        },
        &["1 rejected session-expired"],
    );
    // There is nothing to end.
    Script::new().answers(end(1), &["1 done"]);
    configured(SignIn::Required).answers(end(1), &["1 done"]);
}

#[test]
fn an_end_of_a_conversation_that_is_not_shown_is_answered_too() {
    let hidden = || {
        let mut script = Script::new();
        script.quietly(Input::Resume(stored(true)));
        script.quietly_answer(Answer::Config(config(Some("auth.get"), SignIn::Optional)));
        script.answers(end(1), &[]);
        script
    };
    hidden().answered(Answer::Done, &["1 done"]);
    hidden().refused(ErrorCode::SessionExpired, &["1 done"]);
    hidden().refused(ErrorCode::Unavailable, &["1 rejected unavailable"]);
    // Somebody else begins another one meanwhile, which is not what was to end.
    let mut script = hidden();
    let ticket = Ticket(script.ticket);
    script
        .answers(start(2), &[])
        .given(nobody(), &["1 done"])
        .answered(
            Answer::Started(started(waiting())),
            &["2 started cnv_1 authenticated=false"],
        );
    let result = Ok(Answer::Done);
    script.on(Input::Answered { ticket, result }, &[]);
}

#[test]
fn a_sign_out_is_answered_when_the_session_is_revoked() {
    Script::signed_in()
        .answers(sign_out(1), &[])
        .answered(Answer::Done, &["1 done"])
        .answers(sign_out(2), &["2 done"]);
    Script::signed_in()
        .answers(sign_out(1), &[])
        .refused(ErrorCode::SessionExpired, &["1 done"]);
    Script::signed_in()
        .answers(sign_out(1), &[])
        .refused(ErrorCode::InvalidRequest, &["1 rejected invalid-request"]);
    // Tries go on after the answer, and who asks again is answered by the next one.
    Script::signed_in()
        .answers(sign_out(1), &[])
        .refused(ErrorCode::Unavailable, &["1 rejected unavailable"])
        .on(
            sign_out(2),
            &["tabs: signed out", "cleared", "left", "revoke?"],
        )
        .answers(sign_out(3), &[])
        .answered(Answer::Done, &["2 done", "3 done"]);
    // A session that this tab holds for itself, of which another tab said that it is to be revoked.
    let mut script = Script::signed_in();
    script.quietly(Input::Tab(TabMessage::SignedOut(None)));
    script
        .answers(sign_out(1), &[])
        .answered(Answer::Done, &["1 done"]);
}

#[test]
fn a_sign_out_rejects_what_was_wanted_before() {
    let waiting_calls = || {
        let mut script = Script::new();
        script.quietly(start(1));
        script.quietly(authenticate(2));
        script.quietly(write(3, "hi"));
        script
    };
    let rejected = [
        "1 rejected conflict",
        "2 rejected conflict",
        "3 rejected conflict",
    ];
    let here = [rejected[0], rejected[1], rejected[2], "4 done"];
    waiting_calls().answers(sign_out(4), &here);
    waiting_calls().answers(Input::Tab(TabMessage::SignedOut(None)), &rejected);
    // Also the end.
    let mut script = Script::anonymous();
    script.quietly(end(1));
    script.answers(sign_out(2), &["1 rejected conflict"]);
}
