//! What the page says of its visitor without a signature: with a start, and while a conversation runs.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::visitor::SignIn;
use bonafide_widget::machine::{
    Answer, ClientFunctionOutcome, Input, RequestError, Ticket, Timer, UnsignedContext,
};

use crate::script::{START, Script, closed, config, page_in, problem, started, stored, waiting};

fn says(context: &str) -> Input {
    Input::SetContext(UnsignedContext(context.into()))
}

#[test]
fn it_goes_with_a_start_and_is_not_said_twice() {
    let mut script = Script::new();
    script.quietly(Input::Open);
    script.quietly(says("{1}"));
    script.quietly_answer(Answer::Config(config(None, SignIn::Optional)));
    script.on(START, &["start? context", "view starting none"]);
    // Said while the start is under way.
    script.on(says("{2}"), &[]);
    let found = script.quietly_answer(Answer::Started(started(waiting())));
    assert!(found.contains(&"context? {2}".to_owned()), "{found:?}");
    script.answer(Answer::Done, &[]);
    script.connect(waiting());
    script.on(says("{2}"), &[]);
    script.on(says("{3}"), &["context? {3}"]);
}

#[test]
fn a_conversation_of_nobodys_that_runs_is_told() {
    let mut script = Script::anonymous();
    script.on(says("{1}"), &["context? {1}"]);
    // One after the other, and only the last of those that came meanwhile.
    script.on(says("{2}"), &[]).on(says("{3}"), &[]);
    script.answer(Answer::Done, &["context? {3}"]);
    script.answer(Answer::Done, &[]);
    // Also one that began on a page before.
    let mut script = Script::new();
    script.quietly(Input::Resume(stored(false)));
    script.quietly(says("{1}"));
    let found = script.quietly_answer(Answer::Config(config(None, SignIn::Optional)));
    assert!(found.contains(&"context? {1}".to_owned()), "{found:?}");
}

#[test]
fn somebody_who_is_proved_has_what_the_website_signed() {
    let mut script = Script::signed_in();
    script.on(says("{1}"), &[]);
    // The next anonymous one has it.
    script.quietly(crate::script::SIGN_OUT);
    script.quietly_answer(Answer::Done);
    script.quietly(START);
    let found = script.quietly_gives(ClientFunctionOutcome::Nothing);
    assert!(found.contains(&"sign-in".to_owned()), "{found:?}");
}

#[test]
fn what_does_not_arrive_is_sent_again_and_what_is_refused_is_told() {
    let passing = [
        RequestError::Unreachable,
        RequestError::Unreadable { status: 502 },
        problem(ErrorCode::RateLimited),
    ];
    for error in passing {
        let mut script = Script::anonymous();
        script.quietly(says("{1}"));
        let ticket = Ticket(script.ticket);
        let found = script.quietly(Input::Answered {
            ticket,
            result: Err(error),
        });
        assert!(found[0].starts_with("Context in "), "{found:?}");
        script.fires(Timer::Context, &["context? {1}"]);
    }
    // Something on the way that refuses it will refuse it again.
    let mut script = Script::anonymous();
    script.quietly(says("{1}"));
    let ticket = Ticket(script.ticket);
    let result = Err(RequestError::Unreadable { status: 403 });
    let found = script.quietly(Input::Answered { ticket, result });
    assert!(found[0].starts_with("refused "), "{found:?}");
    // What is refused does not keep back what comes after it.
    let mut script = Script::anonymous();
    script.quietly(says("{1}"));
    script.on(says("{2}"), &[]);
    script.refuse(
        ErrorCode::InvalidRequest,
        &["refused invalid-request", "context? {2}"],
    );
    // It was proved in another tab, or closed, in the same moment: nothing that a page did wrong.
    let mut script = Script::anonymous();
    script.quietly(says("{1}"));
    script.refuse(ErrorCode::Conflict, &[]);
    script.quietly(Input::Online(false));
    let found = script.quietly(Input::Online(true));
    assert!(!found.contains(&"context? {1}".to_owned()), "{found:?}");
    let mut script = Script::anonymous();
    script.quietly(says("{1}"));
    let found = script.quietly(Input::Answered {
        ticket: Ticket(script.ticket),
        result: Err(problem(ErrorCode::SessionExpired)),
    });
    assert!(found.contains(&"view ended none".to_owned()), "{found:?}");
}

#[test]
fn a_conversation_that_is_over_is_not_told() {
    let mut script = Script::new();
    script.quietly(Input::Resume(stored(false)));
    script.quietly_answer(Answer::Config(config(None, SignIn::Optional)));
    script.quietly_answer(page_in(closed(), &[], false));
    script.on(says("{1}"), &[]);
}
