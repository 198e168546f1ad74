//! What a message is answered with, and mistakes of the page.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::socket::VisitorEvent;
use bonafide_protocol::visitor::{Author, SignIn};
use bonafide_widget::machine::{Answer, CallId, Input, Surroundings, TabMessage, Timer};

use super::{authenticate, configured, end, nobody, resuming, start, write};
use crate::script::{
    Script, closed, config, message, proved, send, started, stored, token, waiting,
};

#[test]
fn a_message_is_answered_when_it_is_stored() {
    let hi = || Answer::Message(message(1, Author::Visitor, "hi"));
    let mut script = Script::anonymous();
    script.quietly(write(1, "hi"));
    script.answer(
        hi(),
        &[
            "draw hi=sent",
            "message hi",
            "1 stored hi as 1",
            "store cnv_1",
        ],
    );
    // The socket says so first.
    let said = || VisitorEvent::Message {
        message: message(1, Author::Visitor, "hi"),
    };
    Script::anonymous()
        .answers(write(1, "hi"), &[])
        .refused(ErrorCode::Unavailable, &[])
        .told(said(), &["1 stored hi as 1"])
        .answers(Input::TimerFired(Timer::Resend), &[]);
    // The one before it is missing.
    let late = Answer::Message(message(2, Author::Visitor, "hi"));
    Script::anonymous()
        .answers(write(1, "hi"), &[])
        .answered(late, &["1 stored hi as 2"]);
    // Before there is a conversation.
    configured(SignIn::Required)
        .answers(write(1, "hi"), &[])
        .given(token(), &[])
        .answered(Answer::Started(started(proved())), &[])
        .answered(hi(), &["1 stored hi as 1"]);
    // By the tab that leads.
    let mut script = Script::in_page(Surroundings {
        seed: 1,
        is_document_loaded: true,
        is_visible: true,
        shares_session: true,
    });
    script.quietly(Input::Resume(stored(false)));
    script.quietly_answer(Answer::Config(config(None, SignIn::Optional)));
    script.answers(write(1, "hi"), &[]).answers(
        Input::Tab(TabMessage::Stored {
            conversation: ConversationId::from_text("cnv_1"),
            message: message(1, Author::Visitor, "hi"),
        }),
        &["1 stored hi as 1"],
    );
}

#[test]
fn a_message_is_rejected_by_what_stopped_it() {
    Script::anonymous()
        .on(
            write(1, " "),
            &["refused invalid-request", "1 rejected invalid-request"],
        )
        .answers(write(2, "hi"), &[])
        .refused(ErrorCode::InvalidRequest, &["2 rejected invalid-request"])
        .answers(write(3, "one"), &[])
        .answers(write(4, "two"), &[])
        .told(
            VisitorEvent::Conversation {
                conversation: closed(),
            },
            &["3 rejected conflict", "4 rejected conflict"],
        )
        .answers(write(5, "three"), &["5 rejected conflict"]);
    // No conversation could be had. It is sent once there is one.
    configured(SignIn::Required)
        .answers(write(1, "hi"), &[])
        .given(nobody(), &["1 rejected token-not-provided"])
        .answers(write(2, "you"), &[])
        .given(token(), &[])
        .refused(ErrorCode::Unavailable, &["2 rejected unavailable"])
        .answers(start(3), &[])
        .given(token(), &[])
        .answer(
            Answer::Started(started(proved())),
            &[
                "started authenticated=true",
                "3 started cnv_1 authenticated=true",
                "draw hi=sending you=sending",
                "Leader in 300",
                "elect",
                "post? hi",
                "Renew in 720000",
                "store cnv_1 hi you",
                "view waiting connecting",
            ],
        );
    // The way to one was ended.
    let mut script = Script::new();
    script.quietly(write(1, "hi"));
    script.answers(end(2), &["1 rejected conflict", "2 done"]);
    // It was taken from the screen with the conversation, as somebody else is here.
    let mut script = Script::signed_in();
    script.quietly(write(1, "hi"));
    script.quietly(authenticate(2));
    script
        .given(token(), &[])
        .refused(ErrorCode::Conflict, &["1 rejected conflict"]);
}

#[test]
fn a_message_that_goes_on_to_another_conversation_is_answered_there() {
    let mut script = resuming(None);
    script.quietly(write(1, "hi"));
    script
        .refused(ErrorCode::SessionExpired, &[])
        .answered(Answer::Started(started(waiting())), &[])
        .answered(
            Answer::Message(message(1, Author::Visitor, "hi")),
            &["1 stored hi as 1"],
        );
}

#[test]
fn a_message_that_is_sent_twice_is_answered_twice() {
    let hi = || Answer::Message(message(1, Author::Visitor, "hi"));
    Script::anonymous()
        .answers(write(1, "hi"), &[])
        .answers(write(2, "hi"), &[])
        .answered(hi(), &["1 stored hi as 1", "2 stored hi as 1"]);
    // It was refused before: it waits for the visitor.
    Script::anonymous()
        .answers(send("hi"), &[])
        .refused(ErrorCode::InvalidRequest, &[])
        .answers(write(1, "hi"), &["1 rejected conflict"]);
    // It was stored before.
    let mut script = Script::anonymous();
    script.quietly(send("hi"));
    script.quietly_answer(hi());
    script.quietly(write(1, "hi"));
    script.answer(hi(), &["draw hi=sent", "1 stored hi as 1", "store cnv_1"]);
}

#[test]
fn mistakes_of_the_page_reject_the_call_that_they_are_made_in() {
    Script::new()
        .on(
            Input::BadArgument {
                call: Some(CallId(1)),
                sentence: "It is bad.".into(),
            },
            &[
                "refused configuration-invalid",
                "1 rejected configuration-invalid",
                "view idle none",
            ],
        )
        .on(
            Input::BadOptions {
                call: Some(CallId(2)),
                sentence: "They are bad.".into(),
            },
            &[
                "error configuration-invalid",
                "2 rejected configuration-invalid",
                "view idle none",
            ],
        );
}
