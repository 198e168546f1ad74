//! Messages and the socket, through everything that networks do.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::socket::{CLOSE_SESSION_OVER, VisitorEvent};
use bonafide_protocol::visitor::{Author, Conversation, SignIn};
use bonafide_widget::machine::{Answer, CallId, Input, RequestError, Ticket, Timer};

use crate::script::{
    END, START, Script, closed, config, message, page_of, problem, send, started, stored, waiting,
    welcome,
};

fn says(seq: u32, from: Author, text: &str) -> VisitorEvent {
    VisitorEvent::Message {
        message: message(seq, from, text),
    }
}

#[test]
fn a_message_is_sent_stored_and_read() {
    let mut script = Script::anonymous();
    script
        .on(
            send("hi"),
            &["draw hi=sending", "post? hi", "store cnv_1 hi"],
        )
        .answer(
            Answer::Message(message(1, Author::Visitor, "hi")),
            &["draw hi=sent", "message hi", "store cnv_1"],
        )
        // Its echo on the socket is no second message.
        .frame(says(1, Author::Visitor, "hi"), &[])
        .frame(
            says(2, Author::Agent, "hello"),
            &["draw hello=sent", "message hello", "read! 2", "store cnv_1"],
        )
        .frame(
            VisitorEvent::Conversation {
                conversation: Conversation {
                    read_by_agent: 1,
                    ..waiting()
                },
            },
            &["draw hi=read"],
        );
}

#[test]
fn a_message_is_sent_again_until_the_server_answers() {
    let mut script = Script::anonymous();
    script.quietly(send("hi"));
    script.on(send("you"), &["draw you=sending", "store cnv_1 hi you"]);
    let found = script.quietly(Input::Answered {
        ticket: Ticket(script.ticket),
        result: Err(RequestError::Unreachable),
    });
    assert!(found[0].starts_with("Resend in "), "{found:?}");
    script
        .fires(Timer::Resend, &["post? hi"])
        // It had arrived the first time: the socket says so before the answer.
        .frame(
            says(1, Author::Visitor, "hi"),
            &["draw hi=sent", "message hi", "store cnv_1 you"],
        )
        .answer(
            Answer::Message(message(1, Author::Visitor, "hi")),
            &["post? you"],
        );
}

#[test]
fn a_refused_message_stays_and_can_be_sent_again() {
    let mut script = Script::anonymous();
    script.quietly(send("hi"));
    script
        .refuse(
            ErrorCode::InvalidRequest,
            &["refused invalid-request", "draw hi=failed", "store cnv_1"],
        )
        .on(
            Input::Retry {
                client_id: "hi".into(),
            },
            &["draw hi=sending", "post? hi", "store cnv_1 hi"],
        );
}

#[test]
fn what_the_server_would_refuse_for_ever_is_refused_at_once() {
    let long = |length: usize, character: &str| character.repeat(length);
    let cases: [(&str, String, bool); 14] = [
        ("nothing", String::new(), false),
        ("blanks", "  \t\r\n".into(), false),
        // Blank to Rust's `trim`, and not to JavaScript's.
        ("a next line", "\u{85}".into(), false),
        ("a space of Japanese", "\u{3000}".into(), false),
        ("a NUL", "\0".into(), false),
        ("a NUL within", "be\0fore".into(), false),
        ("a NUL at the end", "before\0".into(), false),
        ("one too many", long(4_001, "x"), false),
        ("one too many of two bytes", long(4_001, "é"), false),
        (
            "one too many that JavaScript counts as two",
            long(4_001, "\u{1F600}"),
            false,
        ),
        ("as many as can be", long(4_000, "\u{1F600}"), true),
        // What JavaScript's lone surrogates have become.
        ("a replacement character", "\u{FFFD}".into(), true),
        // Blank to JavaScript's `trim`, and not to Rust's.
        ("a byte order mark", "\u{FEFF}".into(), true),
        (
            "other control characters",
            "\u{1}\u{7f}\u{9f}\u{200b}".into(),
            true,
        ),
    ];
    for (what, text, is_sent) in cases {
        let mut script = Script::anonymous();
        let found = script.quietly(Input::Send {
            call: CallId(1),
            client_id: "one".into(),
            text: text.clone(),
        });
        assert_eq!(
            found.iter().any(|it| it.starts_with("post? ")),
            is_sent,
            "{what}"
        );
        let is_refused = found.contains(&"1 rejected invalid-request".to_owned());
        assert_eq!(is_refused, !is_sent, "{what}: {found:?}");
        if is_sent {
            continue;
        }
        // What somebody wrote does not vanish, nor is it sent after all.
        let is_shown = found.iter().any(|it| it.ends_with("=failed"));
        assert_eq!(is_shown, !text.trim().is_empty(), "{what}: {found:?}");
        let client_id = "one".into();
        script.on(Input::Retry { client_id }, &[]);
        script.on(
            send("next"),
            &["draw next=sending", "post? next", "store cnv_1 next"],
        );
    }
}

#[test]
fn what_something_on_the_way_refuses_for_ever_is_not_sent_for_ever() {
    for (status, is_final) in [
        (403, true),
        (413, true),
        (406, true),
        (502, false),
        (200, false),
        (404, false),
    ] {
        let mut script = Script::anonymous();
        script.quietly(send("<script>"));
        let found = script.quietly(Input::Answered {
            ticket: Ticket(script.ticket),
            result: Err(RequestError::Unreadable { status }),
        });
        let is_shown = found.contains(&"draw <script>=failed".to_owned());
        assert_eq!(is_shown, is_final, "{status}: {found:?}");
        let is_again = found.iter().any(|it| it.starts_with("Resend in "));
        assert_eq!(is_again, !is_final, "{status}: {found:?}");
    }
}

#[test]
fn messages_come_in_order_although_one_is_late() {
    let mut script = Script::anonymous();
    script.quietly(send("two"));
    script
        .answer(
            Answer::Message(message(2, Author::Visitor, "two")),
            &["draw two=sent", "Gap in 1500", "store cnv_1"],
        )
        .frame(
            says(1, Author::Agent, "one"),
            &[
                "draw one=sent two=sent",
                "message one",
                "message two",
                "read! 2",
                "store cnv_1",
            ],
        );
}

#[test]
fn a_missing_message_is_asked_for() {
    let mut script = Script::anonymous();
    script
        .frame(says(2, Author::Agent, "two"), &["Gap in 1500"])
        .fires(Timer::Gap, &["messages? after 0"])
        .answer(
            page_of(&[message(1, Author::Agent, "one")], false),
            &[
                "draw one=sent two=sent",
                "message one",
                "message two",
                "read! 2",
                "store cnv_1",
            ],
        );
}

#[test]
fn a_lost_socket_is_opened_again_where_it_stopped() {
    let mut script = Script::anonymous();
    script.quietly(Input::SocketFrame {
        ticket: Ticket(script.socket),
        event: says(1, Author::Agent, "one"),
    });
    let ticket = Ticket(script.socket);
    let found = script.quietly(Input::SocketClosed { ticket, code: 1006 });
    assert!(found[0].starts_with("Reconnect in "), "{found:?}");
    // Until there is another one, what the agent writes is asked for.
    assert_eq!(found[1..], ["Gap in 5000", "view waiting connecting"]);
    script.fires(Timer::Reconnect, &["Silence in 10000", "socket!"]);
    // What the old socket still says is not heard.
    script.on(
        Input::SocketFrame {
            ticket,
            event: says(2, Author::Agent, "ghost"),
        },
        &[],
    );
    let ticket = Ticket(script.socket);
    script.on(Input::SocketOpened(ticket), &["hello after 1"]);
    let now = script.now;
    script.frame(
        welcome(waiting(), now),
        &["Silence in 45000", "read! 1", "view waiting online"],
    );
}

#[test]
fn tries_go_on_and_messages_come_without_a_socket() {
    let mut script = Script::anonymous();
    for _ in 0..4 {
        let ticket = Ticket(script.socket);
        script.quietly(Input::SocketClosed { ticket, code: 1006 });
        script.quietly(Input::TimerFired(Timer::Reconnect));
    }
    script.unreachable(&["Gap in 5413", "view waiting offline"]);
    script.fires(Timer::Gap, &["messages? after 0"]);
    script.answer(
        page_of(&[message(1, Author::Agent, "one")], false),
        &[
            "draw one=sent",
            "message one",
            "Gap in 7299",
            "store cnv_1",
            "view waiting polling",
        ],
    );
    let ticket = Ticket(script.socket);
    script.quietly(Input::SocketClosed { ticket, code: 1006 });
    script.on(
        Input::Online(true),
        &["Silence in 10000", "socket!", "view waiting connecting"],
    );
}

#[test]
fn a_socket_that_is_never_welcomed_is_given_up() {
    let mut script = Script::anonymous();
    script.quietly(Input::SocketClosed {
        ticket: Ticket(script.socket),
        code: 1006,
    });
    script.quietly(Input::TimerFired(Timer::Reconnect));
    let found = script.quietly(Input::TimerFired(Timer::Silence));
    assert_eq!(found[0], "close socket");
    assert!(found[1].starts_with("Reconnect in "), "{found:?}");
}

#[test]
fn a_session_that_is_over_leaves_what_was_said_and_a_way_on() {
    for end in [0, 1, 2] {
        let mut script = Script::anonymous();
        script.quietly(send("hi"));
        let ticket = Ticket(script.socket);
        let found = match end {
            0 => script.quietly(Input::SocketClosed {
                ticket,
                code: CLOSE_SESSION_OVER,
            }),
            1 => script.quietly(Input::Answered {
                ticket: Ticket(script.ticket),
                result: Err(problem(ErrorCode::SessionExpired)),
            }),
            _ => script.quietly(Input::Answered {
                ticket: Ticket(script.ticket),
                result: Err(problem(ErrorCode::ConversationNotFound)),
            }),
        };
        assert_eq!(
            found[..4],
            ["close socket", "resign", "draw hi=failed", "forget session"],
            "{end}"
        );
        assert_eq!(found[5], "view ended none");
        script.on(START, &["cleared", "config?", "view configuring none"]);
    }
}

#[test]
fn what_was_not_sent_by_the_end_can_be_sent_in_a_conversation_of_its_own() {
    let mut script = Script::anonymous();
    script.quietly(send("one"));
    script.quietly(send("two"));
    script.frame(
        VisitorEvent::Conversation {
            conversation: closed(),
        },
        &[
            "messages? after 0",
            "close socket",
            "resign",
            "draw one=failed two=failed",
            "ended",
            "store cnv_1",
            "view ended none",
        ],
    );
    let retry = |client_id: &str| Input::Retry {
        client_id: client_id.into(),
    };
    script.on(retry("three"), &[]).on(
        retry("two"),
        &[
            "forget session",
            "cleared",
            "draw one=failed two=sending",
            "config?",
            "view configuring none",
        ],
    );
    script.quietly_answer(Answer::Config(config(None, SignIn::Optional)));
    let found = script.quietly_answer(Answer::Started(started(waiting())));
    assert!(found.contains(&"post? two".to_owned()), "{found:?}");
    // Also what the page before had not sent.
    let mut script = Script::new();
    let mut session = stored(false);
    session.pending = vec![("late".into(), "late".into())];
    script.quietly(Input::Resume(session));
    script.quietly_answer(Answer::Config(config(None, SignIn::Optional)));
    script.connect(closed());
    let found = script.quietly(retry("late"));
    assert!(found.contains(&"draw late=sending".to_owned()), "{found:?}");
}

#[test]
fn the_agent_closes_the_conversation() {
    let mut script = Script::anonymous();
    script
        .frame(
            VisitorEvent::Conversation {
                conversation: closed(),
            },
            &[
                "messages? after 0",
                "close socket",
                "resign",
                "ended",
                "view ended none",
            ],
        )
        .answer(
            page_of(&[message(1, Author::Agent, "bye")], false),
            &["draw bye=sent", "message bye", "store cnv_1"],
        )
        .on(send("wait"), &["draw wait=failed", "store cnv_1"]);
}

#[test]
fn the_visitor_ends_the_conversation() {
    let mut script = Script::anonymous();
    script.on(END, &["end?"]).on(END, &[]).answer(
        Answer::Done,
        &[
            "messages? after 0",
            "close socket",
            "resign",
            "ended",
            "view ended none",
        ],
    );
}

#[test]
fn an_end_that_does_not_reach_the_server_is_told() {
    let mut script = Script::anonymous();
    script.quietly(END);
    script
        .unreachable(&["error network-unreachable", "view waiting online"])
        .on(END, &["end?"]);
}

#[test]
fn typing_is_passed_on_at_most_every_two_seconds() {
    let mut script = Script::anonymous();
    script
        .on(Input::Typing, &["typing!"])
        .later(1_999)
        .on(Input::Typing, &[])
        .later(1)
        .on(Input::Typing, &["typing!"])
        .frame(VisitorEvent::Typing, &["agent typing"]);
}

#[test]
fn what_arrives_while_the_chat_is_closed_is_unread() {
    let mut script = Script::anonymous();
    script.quietly(Input::Close);
    script
        .frame(
            says(1, Author::Agent, "one"),
            &["draw one=sent", "message one", "view waiting online"],
        )
        .on(
            Input::Open,
            &["read! 1", "store cnv_1", "view waiting online"],
        );
}
