//! A socket that is not live and does not say so: it is found dead, replaced, and not waited for.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::socket::VisitorEvent;
use bonafide_protocol::visitor::{Author, Conversation, ConversationState, SignIn};
use bonafide_widget::machine::{Answer, Input, RequestError, Ticket, Timer};

use crate::script::{
    START, Script, closed, config, heartbeat, message, page_in, page_of, problem, send, stored,
    waiting, welcome,
};

/// An hour of heartbeats in time, and then none.
fn fallen_silent() -> Script {
    let mut script = Script::anonymous();
    for _ in 0..180 {
        let now = script.later(20_000).now;
        script.frame(heartbeat(now), &[]);
    }
    script
}

/// Gives up the socket that is being opened, or is open, because the server says nothing.
fn gives_up(script: &mut Script) -> Vec<String> {
    let found = script.quietly(Input::TimerFired(Timer::Silence));
    assert_eq!(found[0], "close socket", "{found:?}");
    assert!(found[1].starts_with("Reconnect in "), "{found:?}");
    found[2..].to_vec()
}

#[test]
fn an_open_socket_that_falls_silent_is_replaced_within_a_minute() {
    let mut script = fallen_silent();
    script
        .later(44_999)
        .fires(Timer::Silence, &["Silence in 1"]);
    script.later(1);
    assert_eq!(
        gives_up(&mut script),
        [
            "Gap in 5000",
            "messages? after 0",
            "view waiting connecting"
        ]
    );
    script.fires(Timer::Reconnect, &["Silence in 10000", "socket!"]);
    // What the dead one still brings is not heard.
    script.on(
        Input::SocketFrame {
            ticket: Ticket(1),
            event: VisitorEvent::Typing,
        },
        &[],
    );
    script.connect(waiting());
    script.on(Input::Typing, &["typing!"]);
}

#[test]
fn whatever_comes_is_a_sign_of_life() {
    for event in [
        VisitorEvent::Typing,
        VisitorEvent::Message {
            message: message(1, Author::Agent, "one"),
        },
        VisitorEvent::Conversation {
            conversation: waiting(),
        },
        heartbeat(1_000),
    ] {
        let mut script = fallen_silent();
        let ticket = Ticket(script.socket);
        script.later(40_000);
        script.quietly(Input::SocketFrame { ticket, event });
        script
            .later(44_000)
            .fires(Timer::Silence, &["Silence in 1000"]);
    }
}

#[test]
fn a_socket_is_not_waited_for_at_any_stage() {
    // The handshake is never answered; it is, and the server says nothing; it says how often it does, and does not.
    for stage in 0..3 {
        let mut script = Script::anonymous();
        script.quietly(Input::Online(false));
        script.quietly(Input::Online(true));
        let ticket = Ticket(script.socket);
        if stage > 0 {
            script.on(Input::SocketOpened(ticket), &["hello after 0"]);
        }
        let mut limit = 10_000;
        if stage == 2 {
            let now = script.now;
            script.quietly(Input::SocketFrame {
                ticket,
                event: welcome(waiting(), now),
            });
            limit = 45_000;
        }
        script.later(limit);
        let found = gives_up(&mut script);
        assert!(
            found.contains(&"messages? after 0".to_owned()),
            "stage {stage}: {found:?}"
        );
    }
}

#[test]
fn what_is_shown_is_true() {
    let lost = || {
        let mut script = fallen_silent();
        script.later(45_000);
        gives_up(&mut script);
        let asked = Ticket(script.ticket);
        script.quietly(Input::TimerFired(Timer::Reconnect));
        gives_up(&mut script);
        (script, asked)
    };
    type Said = Result<Answer, RequestError>;
    let cases: [(Said, &str); 5] = [
        (Ok(page_of(&[], false)), "view waiting polling"),
        (Err(problem(ErrorCode::RateLimited)), "view waiting polling"),
        (Err(problem(ErrorCode::Unavailable)), "view waiting polling"),
        (Err(RequestError::Unreachable), "view waiting offline"),
        (
            Err(RequestError::Unreadable { status: 502 }),
            "view waiting offline",
        ),
    ];
    for (result, view) in cases {
        let (mut script, ticket) = lost();
        let said = format!("{result:?}");
        let found = script.quietly(Input::Answered { ticket, result });
        assert_eq!(found.last().unwrap(), view, "{said}: {found:?}");
        // The browser's own word goes first.
        script.on(
            Input::Online(false),
            if view.ends_with("offline") {
                &[]
            } else {
                &["view waiting offline"]
            },
        );
        // And the next answer says how it is by then.
        script.quietly(Input::Online(true));
        script.connect(waiting());
        script.on(Input::Typing, &["typing!"]);
    }
}

#[test]
fn polls_are_bounded_and_never_end_before_there_is_a_socket() {
    let mut script = fallen_silent();
    script.later(45_000);
    gives_up(&mut script);
    let mut answers: Vec<Result<Answer, RequestError>> = vec![
        Err(RequestError::Unreachable),
        Ok(page_of(&[], false)),
        Err(problem(ErrorCode::Internal)),
        Err(RequestError::Unreadable { status: 200 }),
    ];
    for _ in 0..12 {
        answers.rotate_left(1);
        let (ticket, result) = (Ticket(script.ticket), answers[0].clone());
        let found = script.quietly(Input::Answered { ticket, result });
        let wait = (found.iter()).find_map(|it| it.strip_prefix("Gap in ")?.parse::<u32>().ok());
        assert!((5_000..=10_000).contains(&wait.unwrap()), "{found:?}");
        script.quietly(Input::TimerFired(Timer::Reconnect));
        gives_up(&mut script);
        // The failed try asked at once; that is one question, not two.
        script.fires(Timer::Gap, &[]);
    }
    // With a socket there is nothing more to poll.
    script.quietly_answer(page_of(&[], false));
    script.quietly(Input::TimerFired(Timer::Reconnect));
    script.connect(waiting());
    script.fires(Timer::Gap, &[]);
    // The server may want more time.
    let mut script = fallen_silent();
    script.later(45_000);
    gives_up(&mut script);
    let ticket = Ticket(script.ticket);
    let result = Err(RequestError::Problem {
        code: ErrorCode::RateLimited,
        detail: "Too often.".into(),
        request_id: "req_1".into(),
        retry_after: 77,
    });
    script.on(Input::Answered { ticket, result }, &["Gap in 77000"]);
}

#[test]
fn what_is_polled_is_all_that_a_socket_says() {
    let mut script = fallen_silent();
    script.later(45_000);
    gives_up(&mut script);
    let active = |read_by_agent| Conversation {
        state: ConversationState::Active,
        agent: Some("Ada".into()),
        position: None,
        read_by_agent,
        ..waiting()
    };
    script.answer(
        page_in(active(0), &[message(1, Author::Agent, "one")], false),
        &[
            "draw one=sent",
            "message one",
            "Gap in 5000",
            "store cnv_1",
            "view active connecting",
        ],
    );
    script.quietly(send("hi"));
    script.answer(
        Answer::Message(message(2, Author::Visitor, "hi")),
        &["draw hi=sent", "message hi", "store cnv_1"],
    );
    script.fires(Timer::Gap, &["messages? after 2"]);
    script.answer(
        page_in(active(2), &[], false),
        &["draw hi=read", "Gap in 5000"],
    );
    script.fires(Timer::Gap, &["messages? after 2"]);
    script.answer(
        page_in(closed(), &[message(3, Author::Agent, "bye")], false),
        &[
            "draw bye=sent",
            "message bye",
            "messages? after 3",
            "close socket",
            "resign",
            "ended",
            "store cnv_1",
            "view ended none",
        ],
    );
}

#[test]
fn who_comes_back_to_a_silent_socket_tries_it_and_to_a_dead_one_gets_another() {
    let back = || [Input::Visible(true), Input::Online(true)];
    for input in back() {
        // It has spoken a moment ago.
        fallen_silent().later(4_000).on(input.clone(), &[]);
        // It may be dead: a router that forgot it says so when something is sent.
        let is_seen = input == Input::Visible(true);
        let tried: &[&str] = if is_seen {
            &["Silence in 5000", "heartbeat!"]
        } else {
            // The browser was online all the time.
            &[]
        };
        fallen_silent().later(20_000).on(input, tried);
    }
    let mut script = fallen_silent();
    script.later(20_000).quietly(Input::Visible(true));
    let now = script.later(1_000).now;
    script.frame(heartbeat(now), &[]);
    script
        .later(4_000)
        .fires(Timer::Silence, &["Silence in 41000"]);
    // No answer, however often somebody looks.
    let mut script = fallen_silent();
    script.later(20_000).quietly(Input::Visible(true));
    script.later(4_000).on(Input::Visible(true), &[]);
    script.later(1_000);
    gives_up(&mut script);
    // So late, there is no longer to wait than there was.
    let mut script = fallen_silent();
    script.later(44_000).on(Input::Visible(true), &[]);
    script.later(1_000);
    gives_up(&mut script);
    // Slept for so long that nothing can be alive.
    let mut script = fallen_silent();
    script.sleeps(60_000).on(
        Input::Visible(true),
        &[
            "Silence in 10000",
            "socket!",
            "messages? after 0",
            "view waiting connecting",
        ],
    );
}

/// A tab that resumed an anonymous conversation where no socket can be opened.
fn without_sockets() -> Script {
    let mut script = Script::new();
    script.quietly(Input::Resume(stored(false)));
    script.quietly_answer(Answer::Config(config(None, SignIn::Optional)));
    script
}

#[test]
fn where_no_socket_gets_through_the_answers_let_the_conversation_go_on() {
    let mut script = without_sockets();
    let messages = Ticket(script.ticket);
    script.quietly(Input::Elected);
    let found = gives_up(&mut script);
    assert!(found.is_empty(), "asked twice: {found:?}");
    let result = Ok(page_of(&[], false));
    script.on(
        Input::Answered {
            ticket: messages,
            result,
        },
        &[
            "started authenticated=false",
            "Gap in 5000",
            "view waiting connecting",
        ],
    );
    // That it is over shows also when somebody writes.
    script.quietly(send("hi"));
    script.refuse(
        ErrorCode::Conflict,
        &[
            "messages? after 0",
            "close socket",
            "resign",
            "draw hi=failed",
            "ended",
            "store cnv_1",
            "view ended none",
        ],
    );
}

#[test]
fn a_call_to_start_is_answered_without_a_socket() {
    let mut script = without_sockets();
    script.quietly(START);
    let ticket = Ticket(script.ticket);
    let result = Ok(page_of(&[], false));
    let found = script.quietly(Input::Answered { ticket, result });
    assert_eq!(found[0], "started authenticated=false");
}
