//! Who the visitor is, over time.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::socket::VisitorEvent;
use bonafide_protocol::visitor::{Conversation, Identity, SignIn};
use bonafide_widget::machine::{Answer, ClientFunctionOutcome, Input, RequestError, Ticket, Timer};

use crate::script::{
    AUTHENTICATE, SERVER_SECONDS, SIGN_OUT, START, Script, config, proved, started, time_of, token,
    waiting,
};

fn renewed() -> Conversation {
    Conversation {
        identity_expires_at: Some(time_of(SERVER_SECONDS + 1_620)),
        ..proved()
    }
}

#[test]
fn the_proof_is_renewed_at_80_percent_of_its_life() {
    let mut script = Script::signed_in();
    script
        .later(719_000)
        .fires(Timer::Renew, &["Renew in 1000"])
        .later(1_000)
        .fires(Timer::Renew, &["ClientFunction in 10000", "call auth.get"])
        .fires(Timer::Renew, &[])
        .gives(token(), &["authenticate?"]);
    // The page gave the same token again: 80 % of what is left, counted from now.
    script.answer(
        Answer::Conversation(renewed()),
        &["Renew in 720000", "authenticated", "Renew in 144000"],
    );
}

#[test]
fn a_tab_that_slept_renews_when_it_is_seen_again() {
    let mut script = Script::signed_in();
    script.quietly(Input::Visible(false));
    script.later(800_000).on(
        Input::Visible(true),
        &[
            "Silence in 10000",
            "socket!",
            "messages? after 0",
            "ClientFunction in 10000",
            "call auth.get",
            "view waiting connecting",
        ],
    );
}

#[test]
fn a_renewal_that_fails_is_told_once_and_tried_until_the_proof_lapses() {
    let mut script = Script::signed_in();
    script
        .later(720_000)
        .quietly(Input::TimerFired(Timer::Renew));
    script
        .gives(
            ClientFunctionOutcome::Failed("It threw.".into()),
            &[
                "error client-function-failed",
                "Renew in 144000",
                "view waiting online",
            ],
        )
        .later(144_000)
        .fires(Timer::Renew, &["ClientFunction in 10000", "call auth.get"])
        .gives(token(), &["authenticate?"])
        .refuse(ErrorCode::KeysUnavailable, &["Renew in 28800"])
        .later(36_000)
        .fires(Timer::Renew, &["ClientFunction in 10000", "call auth.get"])
        .gives(ClientFunctionOutcome::Nothing, &[])
        .frame(
            VisitorEvent::Conversation {
                conversation: Conversation {
                    identity: Identity::Lapsed,
                    ..proved()
                },
            },
            &["view waiting online"],
        )
        // The page can still repair it, and then failures are told again.
        .on(
            AUTHENTICATE,
            &[
                "ClientFunction in 10000",
                "call auth.get",
                "view waiting online",
            ],
        )
        .gives(token(), &["authenticate?"]);
    script.answer(
        Answer::Conversation(renewed()),
        &[
            "Renew in 576000",
            "authenticated",
            "Renew in 15000",
            "view waiting online",
        ],
    );
}

#[test]
fn an_anonymous_chat_becomes_an_authenticated_one() {
    let mut script = Script::new();
    script.quietly(START);
    script.quietly_answer(Answer::Config(config(Some("auth.get"), SignIn::Optional)));
    script.quietly_gives(ClientFunctionOutcome::Nothing);
    script.quietly_answer(Answer::Started(started(waiting())));
    script.connect(waiting());
    script
        .on(AUTHENTICATE, &["ClientFunction in 10000", "call auth.get"])
        .on(AUTHENTICATE, &[])
        .gives(
            ClientFunctionOutcome::Nothing,
            &["error token-not-provided", "view waiting online"],
        )
        .on(
            AUTHENTICATE,
            &[
                "ClientFunction in 10000",
                "call auth.get",
                "view waiting online",
            ],
        )
        .gives(token(), &["authenticate?"])
        .on(AUTHENTICATE, &[])
        // The socket may be faster than the answer; the page hears of it once.
        .frame(
            VisitorEvent::Conversation {
                conversation: proved(),
            },
            &["Renew in 720000", "store cnv_1", "view waiting online"],
        );
    script.answer(
        Answer::Conversation(proved()),
        &["authenticated", "Renew in 720000"],
    );
}

#[test]
fn a_widget_without_a_setting_cannot_authenticate() {
    let mut script = Script::anonymous();
    script.on(AUTHENTICATE, &["error configuration-invalid"]);
}

#[test]
fn somebody_else_never_continues_a_conversation() {
    let mut script = Script::signed_in();
    script.quietly(AUTHENTICATE);
    script.quietly_gives(token());
    script.refuse(
        ErrorCode::Conflict,
        &[
            "left",
            "close socket",
            "resign",
            "forget session",
            "cleared",
            "ClientFunction in 10000",
            "call auth.get",
            "view authenticating none",
        ],
    );
    // Nobody looks at the chat: it is only taken away.
    let mut script = Script::signed_in();
    script.quietly(Input::Close);
    script
        .later(720_000)
        .quietly(Input::TimerFired(Timer::Renew));
    script.quietly_gives(token());
    let found = script.quietly(Input::Answered {
        ticket: Ticket(script.ticket),
        result: Err(crate::script::problem(ErrorCode::Conflict)),
    });
    assert!(found.contains(&"cleared".to_owned()), "{found:?}");
    assert!(
        !found.iter().any(|effect| effect.starts_with("call")),
        "{found:?}"
    );
}

#[test]
fn signing_out_clears_the_page_tells_the_tabs_and_revokes_the_session() {
    let mut script = Script::signed_in();
    script.on(
        SIGN_OUT,
        &[
            "tabs: signed out",
            "close socket",
            "resign",
            "forget session",
            "cleared",
            "left",
            "revoke?",
            "view ready none",
        ],
    );
    let found = script.quietly(Input::Answered {
        ticket: Ticket(script.ticket),
        result: Err(RequestError::Unreachable),
    });
    assert!(found[0].starts_with("Revoke in "), "{found:?}");
    script
        .fires(Timer::Revoke, &["revoke?"])
        .answer(Answer::Done, &["revoked cnv_1"]);
}

#[test]
fn signing_out_of_a_start_revokes_what_the_server_made_of_it() {
    let mut script = Script::new();
    script.quietly(START);
    script.quietly_answer(Answer::Config(config(Some("auth.get"), SignIn::Required)));
    script.quietly_gives(token());
    script
        .on(
            SIGN_OUT,
            &["tabs: signed out", "cleared", "left", "view ready none"],
        )
        .answer(Answer::Started(started(proved())), &["revoke?"]);
}

#[test]
fn signing_out_while_the_page_is_asked_ends_the_asking() {
    let mut script = Script::new();
    script.quietly(START);
    script.quietly_answer(Answer::Config(config(Some("auth.get"), SignIn::Required)));
    script
        .on(
            SIGN_OUT,
            &["tabs: signed out", "cleared", "left", "view ready none"],
        )
        .gives(token(), &[]);
}

#[test]
fn an_upgrade_is_told_once_whichever_word_comes_first() {
    let mut script = Script::new();
    script.quietly(START);
    script.quietly_answer(Answer::Config(config(Some("auth.get"), SignIn::Optional)));
    script.quietly_gives(ClientFunctionOutcome::Nothing);
    script.quietly_answer(Answer::Started(started(waiting())));
    script.connect(waiting());
    script.quietly(AUTHENTICATE);
    script.quietly_gives(token());
    // The answer comes before the socket's word.
    script
        .answer(
            Answer::Conversation(proved()),
            &[
                "Renew in 720000",
                "authenticated",
                "Renew in 720000",
                "store cnv_1",
                "view waiting online",
            ],
        )
        .frame(
            VisitorEvent::Conversation {
                conversation: proved(),
            },
            &[],
        );
}
