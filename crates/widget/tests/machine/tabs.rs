//! Several tabs of one site.

use bonafide_protocol::visitor::{Author, SignIn};
use bonafide_widget::machine::{Answer, Effect, Input, Surroundings, TabMessage, Ticket, Timer};
use bonafide_widget::view::Output;

use crate::script::{
    START, Script, closed, config, message, proved, send, started, stored, token, waiting, welcome,
};

fn tab() -> Script {
    Script::in_page(Surroundings {
        seed: 1,
        is_document_loaded: true,
        is_visible: true,
        shares_session: true,
    })
}

/// A tab that went on with the anonymous conversation of another one, and follows it.
fn following() -> Script {
    let mut script = tab();
    script
        .on(
            Input::Open,
            &[
                "tabs: ask",
                "Ask in 3000",
                "config?",
                "view configuring none",
            ],
        )
        .on(
            Input::Tab(TabMessage::Session(stored(false).session)),
            &["store cnv_1"],
        )
        .answer(
            Answer::Config(config(None, SignIn::Optional)),
            &[
                "ready",
                "messages? newest",
                "Leader in 300",
                "elect",
                "store cnv_1",
                "view starting connecting",
            ],
        )
        .answer(
            crate::script::page_of(&[message(1, Author::Visitor, "hi")], false),
            &[
                "draw hi=sent",
                "started authenticated=false",
                "view waiting connecting",
            ],
        )
        .fires(Timer::Leader, &["Leader in 3000", "tabs: follow"])
        .on(
            Input::Tab(TabMessage::State {
                conversation: waiting(),
                online: true,
                seq: 1,
                rank: 0,
            }),
            &["Leader in 20000", "view waiting online"],
        );
    script
}

#[test]
fn a_tab_without_a_session_hears_of_it_from_another() {
    following();
}

#[test]
fn a_lone_tab_does_not_wait_long() {
    let mut script = tab();
    script.quietly(START);
    script
        .answer(
            Answer::Config(config(None, SignIn::Optional)),
            &["ready", "view configuring none"],
        )
        .fires(Timer::Ask, &["start?", "view starting none"]);
}

#[test]
fn a_follower_hears_from_its_leader_and_speaks_through_it() {
    let mut script = following();
    let conversation = stored(false).session.conversation;
    script
        .on(
            Input::Tab(TabMessage::Stored {
                conversation: conversation.clone(),
                message: message(2, Author::Agent, "hello"),
            }),
            &[
                "draw hello=sent",
                "message hello",
                "tabs: read 2",
                "store cnv_1",
            ],
        )
        .on(
            Input::Tab(TabMessage::AgentTyping(conversation)),
            &["agent typing"],
        )
        .on(Input::Typing, &["tabs: typing"])
        .on(
            send("me"),
            &["draw me=sending", "post? me", "store cnv_1 me"],
        );
}

#[test]
fn a_follower_leads_when_its_turn_comes() {
    following().on(
        Input::Elected,
        &["Silence in 10000", "socket!", "view waiting connecting"],
    );
}

#[test]
fn a_leader_that_does_not_answer_is_not_waited_for() {
    following()
        .fires(Timer::Leader, &["Leader in 3000", "tabs: follow"])
        .fires(
            Timer::Leader,
            &["Silence in 10000", "socket!", "view waiting connecting"],
        );
}

#[test]
fn a_leader_answers_and_passes_on_what_it_hears() {
    let mut script = tab();
    script.quietly(START);
    script.quietly_answer(Answer::Config(config(None, SignIn::Optional)));
    script.quietly(Input::TimerFired(Timer::Ask));
    script.answer(
        Answer::Started(started(waiting())),
        &[
            "tabs: session",
            "started authenticated=false",
            "Leader in 300",
            "elect",
            "store cnv_1",
            "view waiting connecting",
        ],
    );
    script.connect(waiting());
    let conversation = waiting().id;
    script
        .on(Input::Tab(TabMessage::Ask), &["tabs: session"])
        .on(
            Input::Tab(TabMessage::Follow(conversation.clone())),
            &["tabs: state online=true"],
        )
        .on(
            Input::Tab(TabMessage::Typing(conversation.clone())),
            &["typing!"],
        )
        .frame(
            bonafide_protocol::socket::VisitorEvent::Message {
                message: message(1, Author::Agent, "one"),
            },
            &[
                "tabs: stored 1",
                "draw one=sent",
                "message one",
                "view waiting online",
            ],
        )
        .on(
            Input::Tab(TabMessage::Read {
                conversation,
                seq: 1,
            }),
            &["read! 1", "store cnv_1", "view waiting online"],
        );
}

#[test]
fn a_tab_that_shows_the_end_goes_on_where_another_began_anew() {
    let mut script = following();
    script.quietly(Input::Tab(TabMessage::State {
        conversation: closed(),
        online: true,
        seq: 1,
        rank: 0,
    }));
    // What it shows is nothing for a tab that asks what there is.
    script.on(Input::Tab(TabMessage::Ask), &[]);
    let mut second = stored(false).session;
    second.conversation = bonafide_protocol::id::ConversationId::from_text("cnv_2");
    script
        // The visitor still reads what was said.
        .on(Input::Tab(TabMessage::Session(second.clone())), &[])
        .on(
            START,
            &[
                "forget session",
                "cleared",
                "tabs: ask",
                "Ask in 3000",
                "config?",
                "view configuring none",
            ],
        )
        .on(Input::Tab(TabMessage::Session(second)), &["store cnv_2"]);
    let found = script.quietly_answer(Answer::Config(config(None, SignIn::Optional)));
    assert!(found.contains(&"elect".to_owned()), "{found:?}");
    assert!(!found.contains(&"start?".to_owned()), "{found:?}");
}

#[test]
fn only_the_leader_renews() {
    let mut script = tab();
    script.quietly(START);
    script.quietly_answer(Answer::Config(config(Some("auth.get"), SignIn::Required)));
    script.quietly(Input::TimerFired(Timer::Ask));
    script.quietly_gives(token());
    script.quietly_answer(Answer::Started(started(proved())));
    script.quietly(Input::TimerFired(Timer::Leader));
    script.later(720_000).fires(Timer::Renew, &[]).on(
        Input::Elected,
        &[
            "Silence in 10000",
            "socket!",
            "ClientFunction in 10000",
            "call auth.get",
        ],
    );
}

#[test]
fn a_sign_out_reaches_all_tabs() {
    let conversation = stored(false).session.conversation;
    // The same session: the tab that signed out revokes it.
    following().on(
        Input::Tab(TabMessage::SignedOut(Some(conversation))),
        &[
            "close socket",
            "resign",
            "forget session",
            "cleared",
            "left",
            "view ready none",
        ],
    );
    // A session of its own is revoked by the tab itself.
    following().on(
        Input::Tab(TabMessage::SignedOut(None)),
        &[
            "close socket",
            "resign",
            "forget session",
            "cleared",
            "left",
            "revoke?",
            "view ready none",
        ],
    );
}

#[test]
fn what_is_said_of_other_conversations_is_not_heard() {
    let other = bonafide_protocol::id::ConversationId::from_text("cnv_2");
    following()
        .on(Input::Tab(TabMessage::AgentTyping(other.clone())), &[])
        .on(Input::Tab(TabMessage::Follow(other.clone())), &[])
        .on(
            Input::Tab(TabMessage::Stored {
                conversation: other,
                message: message(2, Author::Agent, "x"),
            }),
            &[],
        );
}

/// What a tab that leads says.
fn state(online: bool, rank: u32) -> Input {
    Input::Tab(TabMessage::State {
        conversation: waiting(),
        online,
        seq: 1,
        rank,
    })
}

/// A tab that leads although it was not elected, because the one that was does not answer.
fn usurping() -> Script {
    let mut script = following();
    script.quietly(Input::TimerFired(Timer::Leader));
    script.quietly(Input::TimerFired(Timer::Leader));
    script.quietly(Input::SocketOpened(Ticket(script.socket)));
    let now = script.now;
    script.frame(
        welcome(waiting(), now),
        &[
            "Silence in 45000",
            "tabs: state online=true",
            "view waiting online",
        ],
    );
    script
}

#[test]
fn of_two_leaders_the_elected_one_stays() {
    usurping().on(state(true, 1 << 31), &["close socket", "Leader in 20000"]);
    // One that has no socket is no better.
    usurping().on(state(false, 1 << 31), &[]);
    // Both were not elected: the lower rank makes room, and is told where it does not know.
    usurping().on(state(true, 7), &["close socket", "Leader in 20000"]);
    let mut elected = usurping();
    elected.quietly(Input::Elected);
    elected.on(state(true, 7), &["tabs: state online=true"]);
    elected.on(state(true, u32::MAX), &["close socket", "Leader in 20000"]);
}

#[test]
fn a_tab_that_is_looked_at_does_not_wait_for_one_in_the_background() {
    let mut script = following();
    script
        .on(Input::Visible(true), &["Leader in 3000", "tabs: follow"])
        .on(
            state(false, 1 << 31),
            &[
                "Leader in 20000",
                "Silence in 10000",
                "socket!",
                "view waiting connecting",
            ],
        );
    // Its leader is well.
    following()
        .on(Input::Visible(true), &["Leader in 3000", "tabs: follow"])
        .on(state(true, 1 << 31), &["Leader in 20000"]);
    // Nobody looks.
    let mut script = following();
    script.quietly(Input::Visible(false));
    script.quietly(Input::TimerFired(Timer::Leader));
    script.on(
        state(false, 1 << 31),
        &["Leader in 20000", "view waiting connecting"],
    );
}

#[test]
fn what_was_read_in_another_tab_is_read_here() {
    let conversation = stored(false).session.conversation;
    let mut asked = following();
    asked.quietly(Input::Tab(TabMessage::Stored {
        conversation: conversation.clone(),
        message: message(2, Author::Agent, "hello"),
    }));
    asked.on(
        Input::Tab(TabMessage::Ask),
        &["tabs: session", "tabs: read 2"],
    );
    let mut script = tab();
    script.quietly(START);
    script.quietly(Input::Tab(TabMessage::Session(stored(false).session)));
    script.on(
        Input::Tab(TabMessage::Read {
            conversation,
            seq: 2,
        }),
        &["store cnv_1"],
    );
    script.quietly_answer(Answer::Config(config(None, SignIn::Optional)));
    let effects = script.machine.handle(
        script.now,
        script.now as i64,
        Input::Answered {
            ticket: Ticket(script.ticket),
            result: Ok(crate::script::page_of(
                &[
                    message(1, Author::Agent, "one"),
                    message(2, Author::Agent, "two"),
                    message(3, Author::Agent, "three"),
                ],
                false,
            )),
        },
    );
    let unread = effects.iter().find_map(|effect| match effect {
        Effect::Output(Output::View { view }) => Some(view.unread),
        _ => None,
    });
    assert_eq!(unread, Some(1));
}
