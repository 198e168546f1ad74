//! Until there is a conversation.

use bonafide_protocol::visitor::SignIn;
use bonafide_protocol::{ErrorCode, Secret};
use bonafide_widget::machine::{
    Answer, ClientFunctionOutcome, Input, RequestError, Surroundings, Ticket, Timer,
    UnsignedContext,
};

use crate::script::{
    AUTHENTICATE, START, Script, closed, config, message, page_of, proved, send, started, stored,
    token, waiting, welcome,
};
use bonafide_protocol::visitor::Author;

fn configured(client_function: Option<&str>, sign_in: SignIn) -> Script {
    let mut script = Script::new();
    script
        .on(Input::Open, &["config?", "view configuring none"])
        .answer(
            Answer::Config(config(client_function, sign_in)),
            &["ready", "view ready none"],
        );
    script
}

#[test]
fn a_signed_in_visitor_starts() {
    configured(Some("auth.get"), SignIn::Required)
        .on(
            START,
            &[
                "ClientFunction in 10000",
                "call auth.get",
                "view authenticating none",
            ],
        )
        .gives(token(), &["start? token", "view starting none"])
        .answer(
            Answer::Started(started(proved())),
            &[
                "started authenticated=true",
                "Leader in 300",
                "elect",
                "Renew in 720000",
                "store cnv_1",
                "view waiting connecting",
            ],
        )
        .on(
            Input::Elected,
            &["Silence in 10000", "socket!", "Renew in 720000"],
        );
}

#[test]
fn a_widget_without_a_setting_never_calls_the_page() {
    configured(None, SignIn::Optional)
        .on(Input::SetContext(UnsignedContext("{}".into())), &[])
        .on(START, &["start? context", "view starting none"])
        .answer(
            Answer::Started(started(waiting())),
            &[
                "started authenticated=false",
                "Leader in 300",
                "elect",
                "store cnv_1",
                "view waiting connecting",
            ],
        );
}

#[test]
fn no_token_where_one_is_required_asks_for_a_sign_in() {
    for outcome in [
        ClientFunctionOutcome::Nothing,
        ClientFunctionOutcome::Text {
            text: Secret::new(String::new()),
            life: None,
        },
    ] {
        let mut script = configured(Some("auth.get"), SignIn::Required);
        script.quietly(START);
        script.gives(
            outcome,
            &[
                "sign-in",
                "error token-not-provided",
                "view signinneeded none",
            ],
        );
        script.on(
            AUTHENTICATE,
            &[
                "ClientFunction in 10000",
                "call auth.get",
                "view authenticating none",
            ],
        );
    }
}

#[test]
fn no_token_where_none_is_required_starts_an_anonymous_chat() {
    let mut script = configured(Some("auth.get"), SignIn::Optional);
    script.quietly(START);
    script.gives(
        ClientFunctionOutcome::Nothing,
        &["start?", "view starting none"],
    );
}

#[test]
fn a_refused_token_never_becomes_an_anonymous_chat() {
    for sign_in in [SignIn::Optional, SignIn::Required] {
        let mut script = configured(Some("auth.get"), sign_in);
        script.quietly(START);
        script.quietly_gives(token());
        script.refuse(
            ErrorCode::TokenExpired,
            &["error token-expired", "view failed none"],
        );
        script.on(
            START,
            &[
                "ClientFunction in 10000",
                "call auth.get",
                "view authenticating none",
            ],
        );
    }
}

#[test]
fn each_way_to_have_no_token_has_its_code() {
    let text = |text: &str| ClientFunctionOutcome::Text {
        text: Secret::new(text.into()),
        life: None,
    };
    for (outcome, code) in [
        (
            ClientFunctionOutcome::Failed("It threw.".into()),
            "client-function-failed",
        ),
        (
            ClientFunctionOutcome::WrongType("object".into()),
            "token-malformed",
        ),
        (
            ClientFunctionOutcome::NotFound("`auth` is missing.".into()),
            "client-function-not-found",
        ),
        (
            ClientFunctionOutcome::PathRefused("It is `eval`.".into()),
            "configuration-invalid",
        ),
        (text("hello"), "token-malformed"),
        (text("\"a.b.c\""), "token-malformed"),
        (text("a.b.c.d"), "token-malformed"),
        (text("<html>..</html>"), "token-malformed"),
        (text(&"a".repeat(70_000)), "token-malformed"),
    ] {
        let mut script = configured(Some("auth.get"), SignIn::Optional);
        script.quietly(START);
        script.gives(outcome, &[&format!("error {code}"), "view failed none"]);
    }
}

#[test]
fn a_start_under_way_is_shared() {
    configured(Some("auth.get"), SignIn::Required)
        .on(
            START,
            &[
                "ClientFunction in 10000",
                "call auth.get",
                "view authenticating none",
            ],
        )
        .on(START, &[])
        .on(AUTHENTICATE, &[])
        .gives(token(), &["start? token", "view starting none"])
        .on(START, &[])
        .refuse(
            ErrorCode::KeysUnavailable,
            &["error keys-unavailable", "view failed none"],
        );
}

#[test]
fn another_function_for_tokens_repeats_what_came_to_nothing_and_cuts_nothing_off() {
    let mut script = configured(Some("auth.get"), SignIn::Required);
    script.on(Input::TokenFunctionSet, &[]);
    script.quietly(START);
    script.on(Input::TokenFunctionSet, &[]);
    let again = [
        "ClientFunction in 10000",
        "call auth.get",
        "view authenticating none",
    ];
    script.gives(
        ClientFunctionOutcome::NotFound("`auth` is missing.".into()),
        &["error client-function-not-found", "view failed none"],
    );
    script.on(Input::TokenFunctionSet, &again);
    script.gives(
        ClientFunctionOutcome::Nothing,
        &[
            "sign-in",
            "error token-not-provided",
            "view signinneeded none",
        ],
    );
    script.on(Input::TokenFunctionSet, &again);
    script
        .gives(token(), &["start? token", "view starting none"])
        .on(Input::TokenFunctionSet, &[]);
}

#[test]
fn a_call_that_never_ends_is_given_up() {
    let mut script = configured(Some("auth.get"), SignIn::Required);
    script.quietly(START);
    script
        .later(9_999)
        .fires(Timer::ClientFunction, &["ClientFunction in 1"])
        .later(1)
        .fires(
            Timer::ClientFunction,
            &["error client-function-timeout", "view failed none"],
        )
        .gives(token(), &[]);
}

#[test]
fn the_deadline_holds_although_the_timer_is_late() {
    let mut script = configured(Some("auth.get"), SignIn::Required);
    script.quietly(START);
    script.later(60_000).gives(
        token(),
        &["error client-function-timeout", "view failed none"],
    );
}

#[test]
fn a_missing_function_is_awaited_while_the_document_loads() {
    let missing = || ClientFunctionOutcome::NotFound("`auth` is missing.".into());
    let loading = || {
        let mut script = Script::in_page(Surroundings {
            seed: 1,
            ..Surroundings::default()
        });
        script.quietly(START);
        script.quietly_answer(Answer::Config(config(Some("auth.get"), SignIn::Required)));
        script.gives(missing(), &["ClientFunctionSearch in 100"]);
        script
    };
    // It appears.
    loading()
        .fires(Timer::ClientFunctionSearch, &["call auth.get"])
        .gives(token(), &["start? token", "view starting none"]);
    // It appears and takes its time: it is not called a second time when all is loaded.
    loading()
        .fires(Timer::ClientFunctionSearch, &["call auth.get"])
        .on(Input::DocumentLoaded, &[])
        .gives(token(), &["start? token", "view starting none"]);
    // It is still missing when all is loaded.
    loading()
        .on(Input::DocumentLoaded, &["call auth.get"])
        .gives(
            missing(),
            &["error client-function-not-found", "view failed none"],
        );
    // The document never gets loaded.
    loading().later(10_000).fires(
        Timer::ClientFunctionSearch,
        &["error client-function-not-found", "view failed none"],
    );
}

#[test]
fn a_server_that_is_away_is_told_and_tried_again_when_asked() {
    let mut script = Script::new();
    script
        .on(START, &["config?", "view configuring none"])
        .unreachable(&["error network-unreachable", "view failed none"])
        .on(Input::Online(true), &["config?", "view configuring none"])
        .refuse(
            ErrorCode::OriginNotAllowed,
            &["error origin-not-allowed", "view failed none"],
        )
        .on(Input::Online(true), &[])
        .on(START, &["config?", "view configuring none"]);
}

#[test]
fn an_answer_that_is_not_the_servers_is_an_error_too() {
    let mut script = Script::new();
    script.quietly(START);
    let result = Err(RequestError::Unreadable { status: 502 });
    let ticket = Ticket(script.ticket);
    script.on(
        Input::Answered { ticket, result },
        &["error unavailable", "view failed none"],
    );
}

#[test]
fn to_write_is_to_start_and_nothing_written_is_lost() {
    configured(Some("auth.get"), SignIn::Required)
        .on(
            send("hi"),
            &[
                "draw hi=sending",
                "ClientFunction in 10000",
                "call auth.get",
                "view authenticating none",
            ],
        )
        .on(send("you"), &["draw you=sending"])
        .gives(token(), &["start? token", "view starting none"])
        .answer(
            Answer::Started(started(proved())),
            &[
                "started authenticated=true",
                "draw hi=sending you=sending",
                "Leader in 300",
                "elect",
                "post? hi",
                "Renew in 720000",
                "store cnv_1 hi you",
                "view waiting connecting",
            ],
        )
        .answer(
            Answer::Message(message(1, Author::Visitor, "hi")),
            &["draw hi=sent", "message hi", "post? you", "store cnv_1 you"],
        );
}

#[test]
fn an_anonymous_session_is_resumed_with_its_messages() {
    let mut script = Script::new();
    let mut session = stored(false);
    session.pending = vec![("late".into(), "late".into())];
    script
        .on(
            Input::Resume(session),
            &["config?", "view configuring none"],
        )
        .answer(
            Answer::Config(config(None, SignIn::Optional)),
            &[
                "ready",
                "draw late=sending",
                "messages? newest",
                "Leader in 300",
                "elect",
                "post? late",
                "store cnv_1 late",
                "view starting connecting",
            ],
        );
    let history = [
        message(1, Author::Visitor, "old"),
        message(2, Author::Agent, "new"),
    ];
    let ticket = Ticket(script.ticket - 1);
    let result = Ok(page_of(&history, false));
    script
        .on(
            Input::Answered { ticket, result },
            // The answer says also how it stands, before there is a socket.
            &[
                "draw old=sent new=sent",
                "started authenticated=false",
                "view waiting connecting",
            ],
        )
        .on(Input::Elected, &["Silence in 10000", "socket!"])
        .on(Input::SocketOpened(Ticket(5)), &[])
        .on(Input::SocketOpened(Ticket(4)), &["hello after 2"]);
    script.socket = 4;
    let now = script.now;
    script.frame(
        welcome(waiting(), now),
        &["Silence in 45000", "read! 1", "view waiting online"],
    );
}

#[test]
fn a_signed_in_session_is_shown_again_only_after_a_new_proof() {
    let mut script = Script::new();
    script
        .on(
            Input::Resume(stored(true)),
            &["config?", "view configuring none"],
        )
        .answer(
            Answer::Config(config(Some("auth.get"), SignIn::Required)),
            &[
                "ready",
                "ClientFunction in 10000",
                "call auth.get",
                "view authenticating none",
            ],
        )
        .gives(token(), &["authenticate?", "view starting none"])
        .answer(
            Answer::Conversation(proved()),
            &[
                "Renew in 720000",
                "started authenticated=true",
                "messages? newest",
                "Leader in 300",
                "elect",
                "authenticated",
                "Renew in 720000",
                "store cnv_1",
                "view waiting connecting",
            ],
        );
}

#[test]
fn a_signed_out_visitor_does_not_see_the_session_of_before() {
    let resuming = |sign_in| {
        let mut script = Script::new();
        script.quietly(Input::Resume(stored(true)));
        script.quietly_answer(Answer::Config(config(Some("auth.get"), sign_in)));
        script
    };
    // Nobody asked for a chat: nothing is said, and the owner may still come back.
    let mut script = resuming(SignIn::Required);
    script
        .gives(ClientFunctionOutcome::Nothing, &["view ready none"])
        .on(
            START,
            &[
                "ClientFunction in 10000",
                "call auth.get",
                "view authenticating none",
            ],
        )
        .gives(token(), &["authenticate?", "view starting none"]);
    // The chat is on the screen: it says what it takes to see more.
    let mut script = resuming(SignIn::Required);
    script.on(Input::Open, &[]).gives(
        ClientFunctionOutcome::Nothing,
        &[
            "sign-in",
            "error token-not-provided",
            "view signinneeded none",
        ],
    );
    // Where none is needed, the session is not given up for that: only who asks for a chat gets an anonymous one.
    let mut script = resuming(SignIn::Optional);
    script
        .on(Input::Open, &[])
        .gives(ClientFunctionOutcome::Nothing, &["view ready none"]);
    // Somebody else asks for one without signing in.
    let mut script = resuming(SignIn::Optional);
    script.on(START, &[]).gives(
        ClientFunctionOutcome::Nothing,
        &["forget session", "start?", "view starting none"],
    );
}

#[test]
fn another_person_gets_a_conversation_of_their_own() {
    let mut script = Script::new();
    script.quietly(Input::Resume(stored(true)));
    script.quietly_answer(Answer::Config(config(Some("auth.get"), SignIn::Required)));
    script.quietly(START);
    script.quietly_gives(token());
    script
        .refuse(
            ErrorCode::Conflict,
            &[
                "left",
                "forget session",
                "cleared",
                "ClientFunction in 10000",
                "call auth.get",
                "view authenticating none",
            ],
        )
        .gives(token(), &["start? token", "view starting none"]);
}

#[test]
fn a_session_that_ended_meanwhile_is_no_error() {
    let mut script = Script::new();
    script.quietly(Input::Resume(stored(true)));
    script.quietly_answer(Answer::Config(config(Some("auth.get"), SignIn::Required)));
    script.quietly_gives(token());
    script.refuse(
        ErrorCode::SessionExpired,
        &["forget session", "view ready none"],
    );
}

#[test]
fn a_page_loaded_while_the_server_restarts_finds_its_conversation() {
    let mut script = Script::new();
    script.quietly(Input::Resume(stored(false)));
    let found = script.quietly(Input::Answered {
        ticket: Ticket(1),
        result: Err(RequestError::Unreachable),
    });
    assert!(found[0].starts_with("Configure in "), "{found:?}");
    assert_eq!(
        found[1..],
        ["error network-unreachable", "view configuring none"]
    );
    script.fires(Timer::Configure, &["config?"]);
    let found = script.quietly(Input::Answered {
        ticket: Ticket(2),
        result: Err(RequestError::Unreachable),
    });
    assert_eq!(found.len(), 1, "one error is enough: {found:?}");
    script.on(Input::Online(true), &["config?"]);
}

#[test]
fn a_conversation_that_ended_while_the_page_was_away_can_be_read() {
    let mut script = Script::new();
    script.quietly(Input::Resume(stored(false)));
    script.quietly_answer(Answer::Config(config(None, SignIn::Optional)));
    script.quietly_answer(page_of(&[message(1, Author::Agent, "bye")], false));
    script.quietly(Input::Elected);
    let socket = Ticket(script.socket);
    script.quietly(Input::SocketOpened(socket));
    let now = script.now;
    script.frame(
        welcome(closed(), now),
        &[
            "Silence in 45000",
            "messages? after 1",
            "close socket",
            "resign",
            "ended",
            "view ended none",
        ],
    );
    script.on(
        START,
        &[
            "forget session",
            "cleared",
            "config?",
            "view configuring none",
        ],
    );
}
