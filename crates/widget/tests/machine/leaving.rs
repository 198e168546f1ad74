//! Whose a conversation is when it is taken up again, and what becomes of what was written meanwhile.

use bonafide_protocol::id::ConversationId;
use bonafide_protocol::visitor::{Conversation, SignIn};
use bonafide_protocol::{ErrorCode, Secret};
use bonafide_widget::machine::{
    Answer, CallId, ClientFunctionOutcome, Input, RequestError, Session, Ticket, Timer,
};

use crate::script::{
    AUTHENTICATE, END, SIGN_OUT, START, Script, closed, config, problem, proved, send, started,
    stored, token, waiting, welcome,
};

/// A page that has a session of somebody who signed in, and is asked for a token.
fn resuming() -> Script {
    let mut script = Script::new();
    let mut session = stored(true);
    session.pending = vec![("theirs".into(), "theirs".into())];
    script.quietly(Input::Resume(session));
    script.quietly_answer(Answer::Config(config(Some("auth.get"), SignIn::Required)));
    script
}

#[test]
fn what_another_person_wrote_meanwhile_goes_with_them() {
    let mut script = resuming();
    // Never kept under a session that may be somebody else's.
    script.on(send("mine"), &["draw mine=sending", "store cnv_1 theirs"]);
    script.gives(token(), &["authenticate?", "view starting none"]);
    script
        .refuse(
            ErrorCode::Conflict,
            &[
                "left",
                "forget session",
                "cleared",
                "draw mine=sending",
                "ClientFunction in 10000",
                "call auth.get",
                "view authenticating none",
            ],
        )
        .gives(token(), &["start? token", "view starting none"]);
    let found = script.quietly_answer(Answer::Started(started(proved())));
    assert!(found.contains(&"post? mine".to_owned()), "{found:?}");
    assert!(found.contains(&"store cnv_1 mine".to_owned()), "{found:?}");
}

#[test]
fn what_the_same_person_wrote_is_sent_where_it_belongs() {
    let mut script = resuming();
    script.quietly(send("mine"));
    script.quietly_gives(token());
    let found = script.quietly_answer(Answer::Conversation(proved()));
    // In the order in which they were written.
    assert!(found.contains(&"post? theirs".to_owned()), "{found:?}");
    assert!(
        found.contains(&"store cnv_1 theirs mine".to_owned()),
        "{found:?}"
    );
}

#[test]
fn a_conversation_that_is_over_is_not_what_a_start_wants() {
    // Proved first.
    let mut script = resuming();
    script.quietly(START);
    script.quietly_gives(token());
    let over = Conversation {
        authenticated: true,
        ..closed()
    };
    script.answer(
        Answer::Conversation(over.clone()),
        &[
            "forget session",
            "cleared",
            "ClientFunction in 10000",
            "call auth.get",
            "view authenticating none",
        ],
    );
    // Nobody asked for one: it can be read.
    let mut script = resuming();
    script.quietly_gives(token());
    let found = script.quietly_answer(Answer::Conversation(over));
    assert!(found.contains(&"view ended none".to_owned()), "{found:?}");
    // Anonymous: only the socket says it.
    for asks in ["before", "after", "never"] {
        let mut script = Script::new();
        script.quietly(Input::Resume(stored(false)));
        if asks == "before" {
            script.quietly(START);
        }
        script.quietly_answer(Answer::Config(config(None, SignIn::Optional)));
        script.quietly(Input::Elected);
        if asks == "after" {
            script.on(START, &[]);
        }
        script.quietly(Input::SocketOpened(Ticket(script.socket)));
        let now = script.now;
        let event = welcome(closed(), now);
        let found = script.quietly(Input::SocketFrame {
            ticket: Ticket(script.socket),
            event,
        });
        let begins = found.contains(&"start?".to_owned());
        assert_eq!(begins, asks != "never", "{asks}: {found:?}");
    }
}

#[test]
fn an_anonymous_session_that_ended_meanwhile_is_no_error() {
    let expired = |wants_start: bool| {
        let mut script = Script::new();
        script.quietly(Input::Resume(stored(false)));
        if wants_start {
            script.quietly(START);
        }
        script.quietly_answer(Answer::Config(config(None, SignIn::Optional)));
        script
    };
    let gone = ["close socket", "resign", "forget session", "cleared"];
    let mut script = expired(false);
    script.refuse(
        ErrorCode::SessionExpired,
        &[gone[0], gone[1], gone[2], gone[3], "view ready none"],
    );
    let mut script = expired(true);
    script.refuse(
        ErrorCode::SessionExpired,
        &[
            gone[0],
            gone[1],
            gone[2],
            gone[3],
            "start?",
            "view starting none",
        ],
    );
}

#[test]
fn an_anonymous_conversation_is_nobody_elses() {
    let mut script = Script::new();
    script.quietly(START);
    script.quietly_answer(Answer::Config(config(Some("auth.get"), SignIn::Optional)));
    script.quietly_gives(ClientFunctionOutcome::Nothing);
    script.quietly_answer(Answer::Started(started(waiting())));
    script.connect(waiting());
    script.quietly(AUTHENTICATE);
    script.quietly_gives(token());
    // It was closed in the same moment; nothing is taken from the screen.
    script.refuse(
        ErrorCode::Conflict,
        &[
            "error conflict",
            "messages? after 0",
            "close socket",
            "resign",
            "ended",
            "view ended none",
        ],
    );
    // And a widget that lost its setting is no other person either.
    let mut script = Script::signed_in();
    script.quietly(AUTHENTICATE);
    script.quietly_gives(token());
    script.refuse(
        ErrorCode::InvalidRequest,
        &[
            "error invalid-request",
            "Renew in 720000",
            "view waiting online",
        ],
    );
}

#[test]
fn to_end_ends_also_what_has_not_begun() {
    let config = || Answer::Config(config(Some("auth.get"), SignIn::Required));
    // Nothing runs.
    Script::new().on(END, &["view idle none"]);
    let mut script = Script::new();
    script.quietly(send("hi"));
    script
        .on(END, &["draw hi=failed"])
        .answer(config(), &["ready", "view ready none"]);
    // The page is being asked.
    let mut script = Script::new();
    script.quietly(START);
    script.quietly_answer(config());
    script.on(END, &["view ready none"]);
    // The server is being asked: what it makes of it is revoked.
    let mut script = Script::new();
    script.quietly(START);
    script.quietly_answer(config());
    script.quietly_gives(token());
    script.on(END, &["view ready none"]);
    script.answer(Answer::Started(started(proved())), &["revoke?"]);
    // A conversation of the page before, whoever is here now.
    let mut script = resuming();
    script
        .on(END, &["end?", "view ready none"])
        .answer(Answer::Done, &["forget session"]);
}

#[test]
fn what_ends_while_it_is_resumed_leaves_nothing_waiting() {
    let mut script = Script::new();
    script.quietly(Input::Resume(stored(true)));
    let asked = Ticket(script.ticket);
    script.quietly(END);
    let ended = Ticket(script.ticket);
    let result = Ok(Answer::Config(config(Some("auth.get"), SignIn::Required)));
    let found = script.quietly(Input::Answered {
        ticket: asked,
        result,
    });
    assert!(found.contains(&"call auth.get".to_owned()), "{found:?}");
    let result = Ok(Answer::Done);
    let found = script.quietly(Input::Answered {
        ticket: ended,
        result,
    });
    assert!(found.contains(&"forget session".to_owned()), "{found:?}");
    assert_eq!(found.last().unwrap(), "view ready none", "{found:?}");
    // And a start is one.
    script.on(
        START,
        &[
            "ClientFunction in 10000",
            "call auth.get",
            "view authenticating none",
        ],
    );
    script.gives(token(), &["start? token", "view starting none"]);
}

#[test]
fn what_was_ended_before_it_was_known_starts_nothing() {
    let mut script = Script::new();
    script.quietly(Input::Resume(stored(false)));
    script.quietly_answer(Answer::Config(config(None, SignIn::Optional)));
    let messages = Ticket(script.ticket);
    script.quietly(END);
    let found = script.quietly_answer(Answer::Done);
    assert!(found.contains(&"view ended none".to_owned()), "{found:?}");
    // What is missing of it cannot be had any more, for which nobody needs another conversation.
    let result = Err(problem(ErrorCode::SessionExpired));
    script.on(
        Input::Answered {
            ticket: messages,
            result,
        },
        &["forget session", "error session-expired", "view ended none"],
    );
}

/// What the site's pages know of the session of this conversation.
fn known(conversation: &str) -> Input {
    Input::Revoke(Session {
        conversation: ConversationId::from_text(conversation),
        secret: Secret::new("k3y".into()),
        authenticated: false,
    })
}

fn sign_out() -> Input {
    Input::SignOut { call: CallId(1) }
}

#[test]
fn a_sign_out_revokes_what_any_page_of_the_site_began() {
    // This one never had a conversation.
    let mut script = Script::new();
    script.on(known("cnv_1"), &["revoke?", "view idle none"]);
    let first = Ticket(script.ticket);
    script.on(known("cnv_2"), &["revoke?"]);
    let second = Ticket(script.ticket);
    script.on(sign_out(), &["tabs: signed out", "cleared", "left"]);
    let done = |ticket| Input::Answered {
        ticket,
        result: Ok(Answer::Done),
    };
    // Not before all of them are.
    script.on(done(second), &["revoked cnv_2"]);
    script.on(done(first), &["revoked cnv_1", "1 done"]);
    // This tab's own is among them: it is not revoked twice.
    let mut script = Script::anonymous();
    script.on(known("cnv_1"), &["revoke?"]);
    let found = script.quietly(sign_out());
    assert!(!found.contains(&"revoke?".to_owned()), "{found:?}");
    script.answer(Answer::Done, &["revoked cnv_1", "1 done"]);
}

#[test]
fn a_sign_out_that_the_server_does_not_hear_of_is_repeated_until_it_does() {
    let mut script = Script::signed_in();
    script.quietly(known("cnv_1"));
    script.quietly(sign_out());
    // The truth, at once.
    let found = script.quietly(Input::Answered {
        ticket: Ticket(script.ticket),
        result: Err(RequestError::Unreachable),
    });
    assert_eq!(found[1..], ["1 rejected network-unreachable"], "{found:?}");
    let failures = [
        RequestError::Unreachable,
        RequestError::Unreadable { status: 502 },
        problem(ErrorCode::Internal),
        problem(ErrorCode::RateLimited),
    ];
    // For a night, if need be.
    for number in 0..1_000 {
        script.fires(Timer::Revoke, &["revoke?"]);
        let found = script.quietly(Input::Answered {
            ticket: Ticket(script.ticket),
            result: Err(failures[number % failures.len()].clone()),
        });
        let wait = found[0].strip_prefix("Revoke in ").unwrap();
        assert!((200..=30_000).contains(&wait.parse().unwrap()), "{found:?}");
    }
    // At once with the network, and by another page, which found it.
    script.quietly(Input::Online(false));
    script.on(Input::Online(true), &["revoke?"]);
    script.answer(Answer::Done, &["revoked cnv_1"]);
    let mut script = Script::new();
    script.on(known("cnv_1"), &["revoke?", "view idle none"]);
    script.refuse(ErrorCode::SessionExpired, &["revoked cnv_1"]);
}

#[test]
fn a_second_sign_out_revokes_a_second_session() {
    let mut script = Script::signed_in();
    script.quietly(SIGN_OUT);
    let first = Ticket(script.ticket);
    script.quietly(START);
    script.quietly_gives(token());
    script.quietly_answer(Answer::Started(started(Conversation {
        id: ConversationId::from_text("cnv_2"),
        ..proved()
    })));
    let found = script.quietly(SIGN_OUT);
    assert!(found.contains(&"revoke?".to_owned()), "{found:?}");
    // The first is still tried, beside the second.
    let result = Err(RequestError::Unreachable);
    let found = script.quietly(Input::Answered {
        ticket: first,
        result,
    });
    assert!(found[0].starts_with("Revoke in "), "{found:?}");
    script.fires(Timer::Revoke, &["revoke?"]);
    script.answer(Answer::Done, &["revoked cnv_1"]);
    script.fires(Timer::Revoke, &[]);
}

#[test]
fn mistakes_of_the_page_are_not_shown_to_the_visitor() {
    let mut script = Script::anonymous();
    script.on(
        Input::BadArgument {
            call: None,
            sentence: "It is bad.".into(),
        },
        &["refused configuration-invalid"],
    );
    // Options that cannot be used leave nothing that could be done.
    Script::new().on(
        Input::BadOptions {
            call: None,
            sentence: "They are bad.".into(),
        },
        &["error configuration-invalid", "view idle none"],
    );
}
