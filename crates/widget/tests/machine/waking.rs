//! What happens while nobody looks: a computer that sleeps, a network that comes and goes.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::visitor::{Author, Identity, SignIn};
use bonafide_widget::machine::{Answer, ClientFunctionOutcome, Input, RequestError, Ticket, Timer};

use crate::script::{END, START, Script, config, message, proved, send, stored, token, welcome};

const RENEWS: [&str; 2] = ["ClientFunction in 10000", "call auth.get"];

#[test]
fn a_proof_is_renewed_in_time_although_the_clock_stood_still() {
    // Whatever happens first after the sleep.
    let mut script = Script::signed_in();
    script.sleeps(719_000).fires(
        Timer::Renew,
        &[
            "Renew in 1000",
            "Silence in 10000",
            "socket!",
            "messages? after 0",
            "Renew in 1000",
            "view waiting connecting",
        ],
    );
    script.later(1_000).fires(Timer::Renew, &RENEWS);
    let mut script = Script::signed_in();
    script.sleeps(800_000).on(
        Input::Typing,
        &[
            "typing!",
            "Silence in 10000",
            "socket!",
            "messages? after 0",
            RENEWS[0],
            RENEWS[1],
            "view waiting connecting",
        ],
    );
    // Where the time of day is wrong as well, the server's word counts.
    let mut script = Script::signed_in();
    let ticket = Ticket(script.socket);
    script.quietly(Input::SocketClosed { ticket, code: 1006 });
    script.quietly(Input::TimerFired(Timer::Reconnect));
    script.quietly(Input::SocketOpened(Ticket(script.socket)));
    let now = script.now + 800_000;
    script.frame(
        welcome(proved(), now),
        &[
            "Silence in 45000",
            RENEWS[0],
            RENEWS[1],
            "view waiting online",
        ],
    );
}

#[test]
fn a_clock_that_is_set_is_no_sleep_that_never_ends() {
    let mut script = Script::signed_in();
    script.sleeps(800_000);
    script.quietly(Input::Typing);
    script.quietly_gives(token());
    script.connect(proved());
    // Set back again: nothing is undone, and nothing is renewed twice.
    script.slept = 0;
    script.later(2_000).on(Input::Typing, &["typing!"]);
}

#[test]
fn a_proof_that_lapsed_while_the_computer_slept_is_renewed_once() {
    let lapsed = || {
        let mut script = Script::signed_in();
        script
            .later(720_000)
            .quietly(Input::TimerFired(Timer::Renew));
        script.quietly_gives(ClientFunctionOutcome::Failed("It threw.".into()));
        script.later(200_000);
        script.quietly(Input::TimerFired(Timer::Renew));
        script.quietly_gives(ClientFunctionOutcome::Failed("It threw.".into()));
        script
    };
    let mut script = lapsed();
    // Not in a hurry: the last try was just now.
    script.on(
        Input::Visible(true),
        &[
            "Silence in 10000",
            "socket!",
            "messages? after 0",
            "Renew in 15000",
            "view waiting connecting",
        ],
    );
    script.later(20_000).on(Input::Visible(true), &RENEWS);
    script.gives(ClientFunctionOutcome::Failed("It threw.".into()), &[]);
    let mut script = lapsed();
    let ticket = Ticket(script.socket);
    script.quietly(Input::SocketClosed { ticket, code: 1006 });
    script
        .later(20_000)
        .quietly(Input::TimerFired(Timer::Reconnect));
    script.quietly(Input::SocketOpened(Ticket(script.socket)));
    let mut conversation = proved();
    conversation.identity = Identity::Lapsed;
    let now = script.now;
    script.frame(
        welcome(conversation, now),
        &[
            "Silence in 45000",
            RENEWS[0],
            RENEWS[1],
            "view waiting online",
        ],
    );
}

#[test]
fn a_renewal_that_the_network_broke_is_tried_again_with_the_network() {
    let mut script = Script::signed_in();
    script
        .later(720_000)
        .quietly(Input::TimerFired(Timer::Renew));
    script.gives(token(), &["authenticate?"]);
    script.unreachable(&[
        "error network-unreachable",
        "Renew in 144000",
        "view waiting online",
    ]);
    script.quietly(Input::Online(false));
    let found = script.later(30_000).quietly(Input::Online(true));
    assert!(found.contains(&"call auth.get".to_owned()), "{found:?}");
}

#[test]
fn a_network_that_comes_back_gets_a_new_socket() {
    let mut script = Script::anonymous();
    script.on(Input::Online(true), &[]);
    script.on(Input::Online(false), &["view waiting offline"]);
    script.on(
        Input::Online(true),
        &["Silence in 10000", "socket!", "view waiting connecting"],
    );
}

#[test]
fn the_server_says_how_long_to_wait() {
    let busy = || {
        Err(RequestError::Problem {
            code: ErrorCode::RateLimited,
            detail: "Too often.".into(),
            request_id: "req_1".into(),
            retry_after: 77,
        })
    };
    let mut script = Script::anonymous();
    script.quietly(send("hi"));
    let ticket = Ticket(script.ticket);
    let result = busy();
    script.on(Input::Answered { ticket, result }, &["Resend in 77000"]);
    // A session that is resumed waits too, and is not given up.
    let mut script = Script::new();
    script.quietly(Input::Resume(stored(true)));
    script.quietly_answer(Answer::Config(config(Some("auth.get"), SignIn::Required)));
    script.quietly_gives(token());
    let ticket = Ticket(script.ticket);
    let result = busy();
    script
        .on(
            Input::Answered { ticket, result },
            &[
                "Configure in 77000",
                "error rate-limited",
                "view configuring none",
            ],
        )
        .fires(Timer::Configure, &["config?"])
        .answer(
            Answer::Config(config(Some("auth.get"), SignIn::Required)),
            &[RENEWS[0], RENEWS[1], "view authenticating none"],
        )
        .gives(token(), &["authenticate?", "view starting none"]);
    // Once more: the page was told.
    let found = script.quietly(Input::Answered {
        ticket: Ticket(script.ticket),
        result: Err(RequestError::Unreachable),
    });
    assert!(found[0].starts_with("Configure in "), "{found:?}");
    assert_eq!(found[1..], ["view configuring none"]);
    // Who asks for the chat is told at once.
    script.quietly(START);
    script.unreachable(&["error network-unreachable", "view failed none"]);
}

#[test]
fn what_failed_is_no_news_after_a_success() {
    let mut script = Script::signed_in();
    script.quietly(END);
    script
        .unreachable(&["error network-unreachable", "view waiting online"])
        .on(
            send("hi"),
            &["draw hi=sending", "post? hi", "store cnv_1 hi"],
        )
        .answer(
            Answer::Message(message(1, Author::Visitor, "hi")),
            &[
                "draw hi=sent",
                "message hi",
                "store cnv_1",
                "view waiting online",
            ],
        );
}
