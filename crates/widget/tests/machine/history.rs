//! What was said before the page was loaded: a page of it at a time, its end first.

use bonafide_protocol::socket::VisitorEvent;
use bonafide_protocol::visitor::{Author, Message, SignIn};
use bonafide_widget::machine::{Answer, Effect, Input, RequestError, Ticket, Timer};
use bonafide_widget::view::Output;

use crate::script::{Script, closed, config, message, page_in, page_of, stored, waiting, welcome};

/// Messages by their numbers, the visitor's odd ones first.
fn messages(from: u32, to: u32) -> Vec<Message> {
    let said = |seq: u32| {
        let author = if seq % 2 == 1 {
            Author::Visitor
        } else {
            Author::Agent
        };
        message(seq, author, &format!("m{seq}"))
    };
    (from..=to).map(said).collect()
}

fn resuming() -> Script {
    let mut script = Script::new();
    script.quietly(Input::Resume(stored(false)));
    let found = script.quietly_answer(Answer::Config(config(None, SignIn::Optional)));
    assert!(found.contains(&"messages? newest".to_owned()), "{found:?}");
    script
}

/// The messages that each output draws, and how many are told to the page one by one.
fn outputs(script: &mut Script, answer: Answer) -> (Vec<usize>, usize) {
    let (ticket, wall) = (Ticket(script.ticket), script.now as i64);
    let result = Ok(answer);
    let effects = (script.machine).handle(script.now, wall, Input::Answered { ticket, result });
    let (mut drawn, mut told) = (Vec::new(), 0);
    for effect in effects {
        match effect {
            Effect::Output(Output::Messages { messages }) => drawn.push(messages.len()),
            Effect::Output(Output::Message { .. }) => told += 1,
            Effect::Request { ticket, .. } => script.ticket = ticket.0,
            _ => {}
        }
    }
    (drawn, told)
}

#[test]
fn a_long_transcript_comes_in_pages_and_each_is_told_once() {
    let mut script = resuming();
    // As many as a busy year makes.
    let mut to = 5_000;
    while to > 0 {
        let page = page_of(&messages(to - 199, to), to > 200);
        assert_eq!(outputs(&mut script, page), (vec![200], 0), "to {to}");
        to -= 200;
    }
    script.quietly(Input::Elected);
    let ticket = Ticket(script.socket);
    script.on(Input::SocketOpened(ticket), &["hello after 5000"]);
    let now = script.now;
    script.frame(
        welcome(waiting(), now),
        // As far as the page before had read.
        &["Silence in 45000", "read! 1", "view waiting online"],
    );
}

#[test]
fn the_beginning_is_asked_for_once_the_end_is_there() {
    let mut script = resuming();
    script
        .answer(
            page_of(&messages(5, 6), true),
            &[
                "draw m5=sent m6=sent",
                "messages? before 5",
                "started authenticated=false",
                "view waiting connecting",
            ],
        )
        .answer(
            page_of(&messages(3, 4), true),
            &[
                "draw m3=sent m4=sent",
                "messages? before 3",
                "view waiting connecting",
            ],
        )
        .answer(
            page_of(&messages(1, 2), false),
            &["draw m1=sent m2=sent", "view waiting connecting"],
        );
    // One that is read is read in the older ones, too.
    script.connect(waiting());
    let mut conversation = waiting();
    conversation.read_by_agent = 3;
    script.frame(
        VisitorEvent::Conversation { conversation },
        &["draw m1=read m3=read"],
    );
}

#[test]
fn what_is_said_meanwhile_stands_at_the_end_and_is_news() {
    let mut script = resuming();
    script.quietly_answer(page_of(&messages(3, 4), true));
    let older = Ticket(script.ticket);
    script.connect(waiting());
    script
        .frame(
            VisitorEvent::Message {
                message: message(5, Author::Visitor, "m5"),
            },
            &["draw m5=sent", "message m5"],
        )
        // One is missing: it is asked for, after the page that is under way.
        .frame(
            VisitorEvent::Message {
                message: message(7, Author::Visitor, "m7"),
            },
            &["draw m7=sent"],
        );
    let result = Ok(page_of(&messages(1, 2), false));
    script.on(
        Input::Answered {
            ticket: older,
            result,
        },
        &["draw m1=sent m2=sent", "Gap in 5000", "view waiting online"],
    );
    script.fires(Timer::Gap, &["messages? after 5"]).answer(
        page_of(&messages(6, 7), false),
        &[
            "draw m6=sent m7=sent",
            "message m6",
            "message m7",
            "view waiting online",
        ],
    );
}

#[test]
fn more_than_the_socket_tells_again_is_read_in_pages() {
    let mut script = Script::anonymous();
    // The server tells the newest alone of many that were missed.
    script
        .frame(
            VisitorEvent::Message {
                message: message(250, Author::Agent, "m250"),
            },
            &["Gap in 1500"],
        )
        .fires(Timer::Gap, &["messages? after 0"]);
    assert_eq!(
        outputs(&mut script, page_of(&messages(1, 200), true)),
        (vec![200], 200)
    );
    assert_eq!(
        outputs(&mut script, page_of(&messages(201, 250), false)),
        (vec![50], 50)
    );
}

#[test]
fn a_page_that_does_not_come_is_asked_for_again() {
    for error in [
        RequestError::Unreachable,
        RequestError::Unreadable { status: 502 },
    ] {
        let mut script = resuming();
        let fails = |script: &mut Script| {
            let ticket = Ticket(script.ticket);
            let result = Err(error.clone());
            let found = script.quietly(Input::Answered { ticket, result });
            assert!(found.contains(&"Gap in 5000".to_owned()), "{found:?}");
        };
        fails(&mut script);
        script.fires(Timer::Gap, &["messages? newest"]);
        script.quietly_answer(page_of(&messages(3, 4), true));
        fails(&mut script);
        // Also while a socket is open.
        script.connect(waiting());
        script.fires(Timer::Gap, &["messages? before 3"]);
    }
}

#[test]
fn a_server_that_has_lost_the_beginning_is_not_asked_for_ever() {
    let mut script = resuming();
    script.quietly_answer(page_of(&messages(3, 4), true));
    script.answer(page_of(&[], true), &[]);
    script.connect(waiting());
    script.fires(Timer::Gap, &[]);
}

#[test]
fn the_transcript_of_a_conversation_that_is_over_comes_in_pages_too() {
    let mut script = resuming();
    script.answer(
        page_in(closed(), &messages(3, 4), true),
        &[
            "draw m3=sent m4=sent",
            "messages? before 3",
            "close socket",
            "resign",
            "ended",
            "view ended none",
        ],
    );
    script.answer(
        page_in(closed(), &messages(1, 2), false),
        &["draw m1=sent m2=sent", "view ended none"],
    );
}
