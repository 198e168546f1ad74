//! Who is there, by a clock of the test's own.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use bonafide_protocol::agent::PresenceState::{self, Gone, Here, Idle};
use bonafide_protocol::id::{ConversationId, OperatorId};
use proptest::prelude::*;

use super::operators::{ConsoleId, OpenedBy, Operators};
use super::visitors::Visitors;
use crate::clock::Moment;

fn at(seconds: u64) -> Moment {
    Moment {
        wall_ms: 1_795_377_600_000 + i64::try_from(seconds * 1_000).unwrap(),
        passed: Duration::from_secs(seconds),
    }
}

fn chat(name: &str) -> ConversationId {
    ConversationId::from_text(name)
}

fn state(visitors: &Visitors, id: &ConversationId, seconds: u64) -> (PresenceState, Moment) {
    let look = visitors.look(id, at(seconds));
    (look.state, look.since)
}

#[test]
fn a_visitor_is_here_while_a_socket_is_open_and_gone_since_it_closed() {
    let mut visitors = Visitors::new(at(0));
    let id = chat("a");
    assert_eq!(state(&visitors, &id, 9), (Gone, at(0)), "since the start");
    visitors.enter(&id, at(10));
    visitors.enter(&id, at(11));
    visitors.leave(&id, at(20));
    assert_eq!(state(&visitors, &id, 30), (Here, at(10)), "the other tab");
    visitors.leave(&id, at(40));
    assert_eq!(state(&visitors, &id, 44), (Here, at(10)), "a reload");
    assert_eq!(state(&visitors, &id, 45), (Gone, at(40)));
    assert_eq!(
        visitors.gone_for(&id, at(100)),
        Some(Duration::from_secs(60))
    );
    visitors.enter(&id, at(110));
    assert_eq!(state(&visitors, &id, 110), (Here, at(110)));
    assert_eq!(visitors.gone_for(&id, at(110)), None);
}

#[test]
fn a_visitor_without_a_socket_is_seen_by_what_their_page_asks() {
    let mut visitors = Visitors::new(at(0));
    let id = chat("a");
    for seconds in (0..60).step_by(10) {
        visitors.ask(&id, at(seconds));
    }
    assert_eq!(state(&visitors, &id, 124), (Here, at(0)));
    assert_eq!(state(&visitors, &id, 125), (Gone, at(50)));
}

#[test]
fn who_does_nothing_for_five_minutes_is_idle_until_they_do_something() {
    let mut visitors = Visitors::new(at(0));
    let id = chat("a");
    visitors.enter(&id, at(0));
    visitors.act(&id, at(100));
    assert_eq!(state(&visitors, &id, 399), (Here, at(0)));
    assert_eq!(state(&visitors, &id, 400), (Idle, at(100)));
    // What its page does by itself is nothing they do.
    visitors.ask(&id, at(410));
    assert_eq!(state(&visitors, &id, 410), (Idle, at(100)));
    visitors.act(&id, at(420));
    assert_eq!(state(&visitors, &id, 420), (Here, at(420)));
}

#[test]
fn a_reload_is_no_news_and_everything_else_is_told_once() {
    let mut visitors = Visitors::new(at(0));
    let id = chat("a");
    visitors.begin(&id, at(0));
    assert!(visitors.news(at(0), 9).is_empty(), "told with its start");
    visitors.enter(&id, at(1));
    visitors.leave(&id, at(10));
    assert!(visitors.news(at(14), 9).is_empty());
    visitors.enter(&id, at(14));
    assert!(visitors.news(at(15), 9).is_empty());
    visitors.leave(&id, at(20));
    assert_eq!(visitors.news(at(25), 9), std::slice::from_ref(&id));
    assert!(visitors.news(at(26), 9).is_empty());
    visitors.enter(&id, at(30));
    visitors.deliver(&id, 3);
    assert_eq!(visitors.news(at(30), 9), std::slice::from_ref(&id));
    visitors.deliver(&id, 2);
    assert!(visitors.news(at(31), 9).is_empty(), "it had more already");
    assert_eq!(visitors.look(&id, at(31)).delivered, 3);
}

#[test]
fn news_come_in_portions_and_none_is_lost() {
    let mut visitors = Visitors::new(at(0));
    for number in 0..10 {
        visitors.enter(&chat(&number.to_string()), at(0));
    }
    let mut told = BTreeSet::new();
    for expected in [4, 4, 2, 0] {
        let news = visitors.news(at(1), 4);
        assert_eq!(news.len(), expected);
        told.extend(news.iter().map(ToString::to_string));
    }
    assert_eq!(told.len(), 10);
}

#[test]
fn it_does_not_grow_for_ever() {
    let mut visitors = Visitors::new(at(0));
    for number in 0..100 {
        visitors.ask(&chat(&number.to_string()), at(0));
    }
    visitors.enter(&chat("there"), at(0));
    visitors.ask(&chat("over"), at(90_000));
    visitors.end(&chat("over"), at(90_000));
    visitors.sweep(at(90_000));
    assert_eq!(visitors.len(), 2, "one is there, one was until now");
    visitors.sweep(at(93_600));
    assert_eq!(visitors.len(), 1, "the one who is there");

    let mut operators = Operators::new(at(0));
    let (ana, ben) = (OperatorId::from_text("ana"), OperatorId::from_text("ben"));
    operators.ask(&ana, false, at(0));
    operators.enter(&ben, ConsoleId(1), OpenedBy::ApiToken, at(0));
    operators.sweep(at(90_000));
    assert_eq!(operators.len(), 1);
}

#[test]
fn an_operator_is_absent_since_their_last_console_closed_or_asked() {
    let mut operators = Operators::new(at(0));
    let ana = OperatorId::from_text("ana");
    let absent = |operators: &Operators, seconds| {
        let absent = operators.absent_for(&ana, at(seconds));
        absent.map(|time| time.as_secs())
    };
    assert_eq!(absent(&operators, 7), Some(7), "since the start");
    operators.enter(&ana, ConsoleId(1), OpenedBy::ApiToken, at(10));
    operators.enter(&ana, ConsoleId(2), OpenedBy::ApiToken, at(10));
    operators.leave(&ana, ConsoleId(1), at(20));
    assert_eq!(absent(&operators, 1_000), None);
    assert_eq!(operators.present(), 1);
    operators.leave(&ana, ConsoleId(2), at(1_000));
    assert_eq!(absent(&operators, 1_030), Some(30));
    operators.ask(&ana, false, at(1_040));
    assert_eq!(absent(&operators, 1_041), Some(1));
    assert_eq!(operators.present(), 0);
}

#[test]
fn a_sign_in_that_is_over_leaves_the_consoles_of_others() {
    let session = |name: &str| OpenedBy::Session(name.to_owned());
    let mut operators = Operators::new(at(0));
    let ana = OperatorId::from_text("ana");
    assert!(operators.end_session(&ana, "a", at(1)), "none was there");
    operators.enter(&ana, ConsoleId(1), session("a"), at(0));
    operators.enter(&ana, ConsoleId(2), session("a"), at(0));
    operators.enter(&ana, ConsoleId(3), session("b"), at(0));
    assert!(!operators.end_session(&ana, "a", at(4)));
    assert_eq!(operators.absent_for(&ana, at(5)), None);
    assert!(operators.end_session(&ana, "b", at(6)));
    // Its socket closes after that.
    operators.leave(&ana, ConsoleId(3), at(9));
    assert_eq!(
        operators.absent_for(&ana, at(9)),
        Some(Duration::from_secs(3)),
        "since that sign-in was over"
    );

    operators.enter(&ana, ConsoleId(4), session("c"), at(10));
    operators.enter(&ana, ConsoleId(5), OpenedBy::ApiToken, at(10));
    assert!(operators.has_program(&ana));
    operators.end_sessions(&ana, at(11));
    assert_eq!(
        operators.absent_for(&ana, at(20)),
        None,
        "a program's stays"
    );
    operators.leave(&ana, ConsoleId(5), at(21));
    assert!(!operators.has_program(&ana));
    operators.enter(&ana, ConsoleId(6), session("d"), at(22));
    assert!(!operators.has_program(&ana));
    operators.end_sessions(&ana, at(25));
    assert_eq!(
        operators.absent_for(&ana, at(30)),
        Some(Duration::from_secs(5))
    );
}

#[derive(Clone, Debug)]
enum Event {
    Enter(usize),
    Leave(usize),
    Ask(usize),
    Did(usize),
    Deliver(usize, u32),
    Over(usize),
    Pass(u64),
    Tell(usize),
    Sweep,
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let who = 0_usize..3;
    let event = prop_oneof![
        who.clone().prop_map(Event::Enter),
        who.clone().prop_map(Event::Leave),
        who.clone().prop_map(Event::Ask),
        who.clone().prop_map(Event::Did),
        (who.clone(), 0_u32..9).prop_map(|(who, seq)| Event::Deliver(who, seq)),
        who.prop_map(Event::Over),
        (0_u64..400).prop_map(Event::Pass),
        (0_usize..3).prop_map(Event::Tell),
        Just(Event::Sweep),
    ];
    prop::collection::vec(event, 0..60)
}

proptest! {
    /// Against what is obvious: a count of sockets, the last sign of life, and what was told last.
    #[test]
    fn whatever_happens_nobody_with_a_socket_is_gone_and_nobody_without_a_sign_is_here(events in events()) {
        let ids = [chat("a"), chat("b"), chat("c")];
        let mut visitors = Visitors::new(at(0));
        let mut sockets = [0_usize; 3];
        let mut signs: [Option<u64>; 3] = [None; 3];
        let mut delivered = [0_u32; 3];
        let mut told: HashMap<ConversationId, (PresenceState, u32)> = HashMap::new();
        let mut is_over = [false; 3];
        let mut now = 0;
        for event in events {
            match event {
                Event::Enter(who) => {
                    visitors.enter(&ids[who], at(now));
                    sockets[who] += 1;
                    signs[who] = Some(now);
                }
                Event::Leave(who) if sockets[who] > 0 => {
                    visitors.leave(&ids[who], at(now));
                    sockets[who] -= 1;
                    signs[who] = Some(now);
                }
                Event::Ask(who) => {
                    visitors.ask(&ids[who], at(now));
                    signs[who] = Some(now);
                }
                Event::Did(who) => {
                    visitors.act(&ids[who], at(now));
                    signs[who] = Some(now);
                }
                Event::Deliver(who, seq) => {
                    visitors.deliver(&ids[who], seq);
                    if signs[who].is_some() {
                        delivered[who] = delivered[who].max(seq);
                    }
                }
                Event::Over(who) => {
                    visitors.end(&ids[who], at(now));
                    if signs[who].is_some() {
                        is_over[who] = true;
                    }
                }
                Event::Pass(seconds) => now += seconds,
                Event::Tell(most) => {
                    let news = visitors.news(at(now), most);
                    prop_assert!(news.len() <= most);
                    for id in news {
                        let look = visitors.look(&id, at(now));
                        let holds = (look.state, look.delivered);
                        let before = told.insert(id, holds).unwrap_or((Gone, 0));
                        prop_assert_ne!(before, holds, "news are new");
                    }
                }
                Event::Leave(_) => {}
                Event::Sweep => visitors.sweep(at(now)),
            }
            for who in 0..3 {
                let look = visitors.look(&ids[who], at(now));
                prop_assert!(look.since.passed <= at(now).passed);
                let silence = signs[who].map_or(u64::MAX, |sign| now - sign);
                if is_over[who] {
                    prop_assert_eq!(look.state, Gone);
                    continue;
                }
                if sockets[who] > 0 {
                    prop_assert_ne!(look.state, Gone);
                } else if silence >= 75 {
                    prop_assert_eq!(look.state, Gone);
                    prop_assert_eq!(look.since, at(signs[who].unwrap_or(0)));
                } else if silence < 5 {
                    prop_assert_ne!(look.state, Gone);
                }
                prop_assert_eq!(look.delivered, delivered[who]);
            }
        }
        // In the end everybody knows how it stands.
        now += 1;
        for id in visitors.news(at(now), usize::MAX) {
            let look = visitors.look(&id, at(now));
            told.insert(id, (look.state, look.delivered));
        }
        for (id, _) in ids.iter().zip(is_over).filter(|(_, is_over)| !is_over) {
            let look = visitors.look(id, at(now));
            let known = told.get(id).copied().unwrap_or((Gone, 0));
            prop_assert_eq!(known, (look.state, look.delivered));
        }
    }
}

#[test]
fn at_work_is_who_is_at_a_console_and_no_program_is() {
    let session = |name: &str| OpenedBy::Session(name.to_owned());
    let mut operators = Operators::new(at(0));
    let ana = OperatorId::from_text("ana");
    let is_at_work = |operators: &Operators, seconds| operators.at_work(at(seconds)).contains(&ana);
    operators.enter(&ana, ConsoleId(1), OpenedBy::ApiToken, at(0));
    operators.ask(&ana, true, at(0));
    assert!(operators.is_here(&ana, at(0)) && !is_at_work(&operators, 0));
    // A console that can have no socket asks in turns.
    operators.ask(&ana, false, at(10));
    assert!(is_at_work(&operators, 84) && !is_at_work(&operators, 85));
    operators.enter(&ana, ConsoleId(2), session("a"), at(100));
    assert!(is_at_work(&operators, 1_000));
    // A page that is loaded anew is no absence.
    operators.leave(&ana, ConsoleId(2), at(1_000));
    assert!(is_at_work(&operators, 1_004) && !is_at_work(&operators, 1_005));
    operators.ask(&ana, false, at(1_010));
    operators.end_session(&ana, "a", at(1_011));
    assert!(!is_at_work(&operators, 1_011));
}
