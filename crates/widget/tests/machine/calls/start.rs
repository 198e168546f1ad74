//! What a call to start is answered with.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::socket::VisitorEvent;
use bonafide_protocol::visitor::SignIn;
use bonafide_widget::machine::{
    Answer, CallId, ClientFunctionOutcome, Input, Surroundings, TabMessage, Ticket, Timer,
};

use super::{anonymous, authenticate, configured, end, nobody, resuming, start};
use crate::script::{
    SIGN_OUT, Script, closed, config, page_of, proved, started, stored, token, waiting, welcome,
};

#[test]
fn a_start_is_answered_with_the_conversation() {
    let begun = "cnv_1 authenticated=true";
    configured(SignIn::Required)
        .answers(start(1), &[])
        .given(token(), &[])
        .answers(start(2), &[])
        .answered(
            Answer::Started(started(proved())),
            &[&format!("1 started {begun}"), &format!("2 started {begun}")],
        )
        // It runs.
        .on(start(3), &[&format!("3 started {begun}")]);
    // The event comes before the answer.
    let mut script = configured(SignIn::Required);
    script.quietly(start(1));
    script.quietly_gives(token());
    let found = script.quietly_answer(Answer::Started(started(proved())));
    assert_eq!(found[0], "started authenticated=true");
    assert_eq!(found[1], "1 started cnv_1 authenticated=true");
    // What runs may have become authenticated since.
    let mut script = anonymous();
    let conversation = proved();
    script.quietly(Input::SocketFrame {
        ticket: Ticket(script.socket),
        event: VisitorEvent::Conversation { conversation },
    });
    script.answers(start(1), &["1 started cnv_1 authenticated=true"]);
}

#[test]
fn a_start_that_resumes_is_answered_when_it_is_known_how_the_conversation_stands() {
    let mut script = resuming(None);
    script.answers(start(1), &[]);
    script.quietly(Input::Elected);
    script.quietly(Input::SocketOpened(Ticket(script.socket)));
    let now = script.now;
    script.told(
        welcome(waiting(), now),
        &["1 started cnv_1 authenticated=false"],
    );
    // It is over: there is another one.
    let mut script = resuming(None);
    script.quietly(start(1));
    script.quietly(Input::Elected);
    script.quietly(Input::SocketOpened(Ticket(script.socket)));
    script.told(welcome(closed(), now), &[]).answered(
        Answer::Started(started(waiting())),
        &["1 started cnv_1 authenticated=false"],
    );
}

#[test]
fn a_start_is_rejected_by_what_stopped_it() {
    // The way to the server.
    Script::new()
        .answers(start(1), &[])
        .refused(
            ErrorCode::OriginNotAllowed,
            &["1 rejected origin-not-allowed"],
        )
        .answers(start(2), &[])
        .refused(ErrorCode::Unavailable, &["2 rejected unavailable"]);
    // The page's function.
    configured(SignIn::Required)
        .answers(start(1), &[])
        .given(
            ClientFunctionOutcome::Failed("It threw.".into()),
            &["1 rejected client-function-failed"],
        )
        .answers(start(2), &[])
        .later(10_000)
        .answers(
            Input::TimerFired(Timer::ClientFunction),
            &["2 rejected client-function-timeout"],
        )
        .answers(start(3), &[])
        .given(nobody(), &["3 rejected token-not-provided"]);
    // The server's judgement of the token.
    configured(SignIn::Required)
        .answers(start(1), &[])
        .given(token(), &[])
        .refused(ErrorCode::TokenExpired, &["1 rejected token-expired"])
        .answers(start(2), &[])
        .given(token(), &[])
        .refused(ErrorCode::SignInRequired, &["2 rejected sign-in-required"]);
}

#[test]
fn a_start_is_not_rejected_by_what_did_not_stop_it() {
    // A mistake elsewhere in the page.
    let mut script = configured(SignIn::Required);
    script.answers(start(1), &[]).answers(
        Input::BadArgument {
            call: Some(CallId(2)),
            sentence: "It is bad.".into(),
        },
        &["2 rejected configuration-invalid"],
    );
    script.given(token(), &[]).answered(
        Answer::Started(started(proved())),
        &["1 started cnv_1 authenticated=true"],
    );
    // A session of before that is over.
    let mut script = Script::new();
    script.quietly(Input::Resume(stored(true)));
    script.quietly_answer(Answer::Config(config(Some("auth.get"), SignIn::Required)));
    script
        .answers(start(1), &[])
        .given(token(), &[])
        .refused(ErrorCode::SessionExpired, &[])
        .given(token(), &[])
        .answered(
            Answer::Started(started(proved())),
            &["1 started cnv_1 authenticated=true"],
        );
    // The end of what ran before it.
    let mut script = resuming(None);
    script.quietly(end(1));
    script
        .answers(start(2), &[])
        .answered(Answer::Done, &["1 done"])
        .answered(
            Answer::Started(started(waiting())),
            &["2 started cnv_1 authenticated=false"],
        );
}

#[test]
fn a_way_that_is_ended_answers_who_waits_for_it() {
    let ended = ["1 rejected conflict", "2 rejected conflict", "3 done"];
    // While the configuration is under way.
    let mut script = Script::new();
    script.quietly(start(1));
    script.quietly(authenticate(2));
    script.answers(end(3), &ended);
    // While the page is asked.
    let mut script = configured(SignIn::Required);
    script.quietly(start(1));
    script.quietly(authenticate(2));
    script.answers(end(3), &ended);
    // While the server is asked.
    let mut script = configured(SignIn::Required);
    script.quietly(start(1));
    script.quietly(authenticate(2));
    script.quietly_gives(token());
    script
        .answers(end(3), &ended)
        .answered(Answer::Started(started(proved())), &[]);
    // While a conversation is resumed: that one is ended on the server first.
    let mut script = resuming(None);
    script.quietly(start(1));
    script
        .answers(end(2), &["1 rejected conflict"])
        .answered(Answer::Done, &["2 done"]);
}

#[test]
fn calls_before_the_page_is_configured_wait_for_other_tabs_too() {
    let mut script = Script::in_page(Surroundings {
        seed: 1,
        is_document_loaded: true,
        is_visible: true,
        shares_session: true,
    });
    script.quietly(start(1));
    script.quietly_answer(Answer::Config(config(None, SignIn::Optional)));
    script.answers(Input::Tab(TabMessage::Session(stored(false).session)), &[]);
    script.answered(
        page_of(&[], false),
        &["1 started cnv_1 authenticated=false"],
    );
    // By the other tab, where the server does not answer.
    let mut script = Script::in_page(Surroundings {
        seed: 1,
        is_document_loaded: true,
        is_visible: true,
        shares_session: true,
    });
    script.quietly(start(1));
    script.quietly_answer(Answer::Config(config(None, SignIn::Optional)));
    script.quietly(Input::Tab(TabMessage::Session(stored(false).session)));
    script.quietly(Input::TimerFired(Timer::Leader));
    script.answers(
        Input::Tab(TabMessage::State {
            conversation: waiting(),
            online: true,
            seq: 0,
            rank: 0,
        }),
        &["1 started cnv_1 authenticated=false"],
    );
    // Signed out meanwhile.
    let mut script = Script::new();
    script.quietly(start(1));
    script.quietly(SIGN_OUT);
    script.answered(Answer::Config(config(None, SignIn::Optional)), &[]);
}
