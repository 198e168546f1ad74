//! Random histories: whatever happens in whatever order, no message is lost or doubled, no call is made twice, and
//! there is always a way on.

use bonafide_protocol::visitor::{ConversationState, Identity, SignIn};
use bonafide_widget::machine::{Input, Timer, UnsignedContext};
use bonafide_widget::view::{Delivery, Phase};
use proptest::prelude::*;

use crate::answers::Call;
use crate::world::{Fate, Outcome, World};

#[derive(Clone, Debug)]
enum Step {
    Page(usize, Wish),
    Calls(usize, Call),
    Write(usize),
    RequestEnds(usize, usize, Fate),
    CallEnds(usize, Outcome),
    TimerFires(usize, usize),
    SocketMoves(usize),
    SocketBreaks(usize),
    SocketDies(usize),
    Elected(usize),
    Hears(usize),
    Reloads(usize, bool),
    SignsIn(Option<u8>),
    AgentWrites,
    AgentCloses,
    Waits(u64),
    Sleeps(u64),
    Freezes(usize),
    Thaws(usize),
    LosesLock(usize),
}

#[derive(Clone, Debug)]
enum Wish {
    Open,
    Close,
    Typing,
    Retry(u32),
    SetContext(u8),
    SetTokenFunction,
    BadArgument,
    Online(bool),
    Visible(bool),
    Loaded,
}

impl Wish {
    fn input(&self) -> Input {
        match self {
            Self::Open => Input::Open,
            Self::Close => Input::Close,
            Self::Typing => Input::Typing,
            Self::Retry(number) => Input::Retry {
                client_id: format!("m{number}"),
            },
            Self::SetTokenFunction => Input::TokenFunctionSet,
            Self::SetContext(number) => Input::SetContext(UnsignedContext(number.to_string())),
            Self::BadArgument => Input::BadArgument {
                call: None,
                sentence: "It is bad.".into(),
            },
            Self::Online(is_online) => Input::Online(*is_online),
            Self::Visible(is_visible) => Input::Visible(*is_visible),
            Self::Loaded => Input::DocumentLoaded,
        }
    }
}

const TABS: usize = 2;

fn step() -> impl Strategy<Value = Step> {
    let fate = prop_oneof![
        6 => Just(Fate::Answered),
        1 => Just(Fate::AnswerLost),
        1 => Just(Fate::Lost),
        1 => Just(Fate::Refused),
    ];
    let outcome = prop_oneof![4 => Just(Outcome::Honest), 1 => Just(Outcome::Threw), 1 => Just(Outcome::Missing)];
    let wish = prop_oneof![
        4 => Just(Wish::Open),
        2 => Just(Wish::Close),
        1 => Just(Wish::Typing),
        1 => (1..6_u32).prop_map(Wish::Retry),
        1 => (0..3_u8).prop_map(Wish::SetContext),
        1 => Just(Wish::SetTokenFunction),
        1 => Just(Wish::BadArgument),
        1 => any::<bool>().prop_map(Wish::Online),
        1 => any::<bool>().prop_map(Wish::Visible),
        1 => Just(Wish::Loaded),
    ];
    let call = prop_oneof![
        8 => Just(Call::Start),
        2 => Just(Call::Authenticate),
        1 => Just(Call::End),
        1 => Just(Call::SignOut),
    ];
    let tab = 0..TABS;
    prop_oneof![
        2 => (tab.clone(), call).prop_map(|(tab, call)| Step::Calls(tab, call)),
        2 => tab.clone().prop_map(Step::Freezes),
        2 => tab.clone().prop_map(Step::Thaws),
        1 => tab.clone().prop_map(Step::LosesLock),
        1 => (0..2_000_000_u64).prop_map(Step::Sleeps),
        3 => (tab.clone(), wish).prop_map(|(tab, wish)| Step::Page(tab, wish)),
        3 => tab.clone().prop_map(Step::Write),
        10 => (tab.clone(), 0..4_usize, fate).prop_map(|(tab, place, fate)| Step::RequestEnds(tab, place, fate)),
        4 => (tab.clone(), outcome).prop_map(|(tab, outcome)| Step::CallEnds(tab, outcome)),
        3 => (tab.clone(), 0..8_usize).prop_map(|(tab, place)| Step::TimerFires(tab, place)),
        6 => tab.clone().prop_map(Step::SocketMoves),
        1 => tab.clone().prop_map(Step::SocketBreaks),
        1 => tab.clone().prop_map(Step::SocketDies),
        3 => tab.clone().prop_map(Step::Elected),
        5 => tab.clone().prop_map(Step::Hears),
        1 => (tab, any::<bool>()).prop_map(|(tab, keeps)| Step::Reloads(tab, keeps)),
        1 => prop::option::weighted(0.7, 0..2_u8).prop_map(Step::SignsIn),
        2 => Just(Step::AgentWrites),
        1 => prop::bool::weighted(0.2).prop_map(|closes| if closes { Step::AgentCloses } else { Step::AgentWrites }),
        1 => (0..400_000_u64).prop_map(Step::Waits),
    ]
}

impl World {
    fn take(&mut self, step: &Step) {
        match step {
            Step::Page(tab, wish) => {
                self.tabs[*tab].is_frozen = false;
                self.tabs[*tab].is_asked = true;
                self.input(*tab, wish.input());
            }
            Step::Calls(tab, call) => {
                self.tabs[*tab].is_frozen = false;
                self.tabs[*tab].is_asked = true;
                self.ask(*tab, call.clone());
            }
            Step::Write(tab) => {
                self.tabs[*tab].is_frozen = false;
                self.write(*tab);
            }
            Step::RequestEnds(tab, place, fate) => self.request_ends(*tab, *place, *fate),
            Step::CallEnds(tab, outcome) => self.call_ends(*tab, *outcome),
            Step::TimerFires(tab, place) => {
                let timers: Vec<_> = self.tabs[*tab].timers.keys().copied().collect();
                if let Some(timer) = timers.get(place % timers.len().max(1)) {
                    self.fire(*tab, *timer);
                }
            }
            Step::SocketMoves(tab) => self.socket_moves(*tab),
            Step::SocketDies(tab) => self.socket_dies(*tab),
            Step::SocketBreaks(tab) => self.socket_breaks(*tab),
            Step::Elected(tab) => self.elect(*tab),
            Step::Hears(tab) => self.hear(*tab),
            Step::Reloads(tab, keeps) => self.reload(*tab, *keeps),
            Step::SignsIn(person) => self.person = *person,
            Step::AgentWrites => self.agent_writes(),
            Step::AgentCloses => self.agent_closes(),
            Step::Waits(milliseconds) => self.now += milliseconds,
            Step::Sleeps(milliseconds) => self.sleep(*milliseconds),
            Step::Freezes(tab) => self.tabs[*tab].is_frozen = true,
            Step::Thaws(tab) => self.tabs[*tab].is_frozen = false,
            Step::LosesLock(tab) => self.steal_lock(*tab),
        }
    }

    /// From now on all goes well, for longer than a proof lasts; and then until nothing is left to happen but what repeats
    /// for ever.
    fn settle(&mut self) {
        for tab in 0..TABS {
            self.tabs[tab].is_frozen = false;
            self.input(tab, Input::Online(true));
            self.input(tab, Input::DocumentLoaded);
        }
        let (end, calls) = (self.now + 2_000_000, self.calls);
        for _ in 0..6_000 {
            if self.moves() {
                continue;
            }
            let is_over = self.now >= end;
            let next = (0..TABS).flat_map(|tab| {
                let timers = self.tabs[tab].timers.iter();
                timers.map(move |(timer, due)| (*due, tab, *timer))
            });
            let next = next
                .filter(|(.., timer)| {
                    !is_over || !matches!(timer, Timer::Renew | Timer::Leader | Timer::Silence)
                })
                .min();
            match next {
                Some((_, tab, timer)) => self.fire(tab, timer),
                // Nobody waits for anything at all.
                None if !is_over => self.now = end,
                None => {
                    // Each of two tabs may find at its first renewal that somebody else is here, and start anew; each
                    // conversation renews three times in that time.
                    let renewals = self.calls - calls;
                    let is_signed_in = self.person.is_some();
                    assert!(
                        !is_signed_in || renewals <= 16,
                        "{renewals} calls of the client function"
                    );
                    return;
                }
            }
        }
        panic!("this never comes to rest");
    }

    /// What was not sent by the end of a conversation can still be sent.
    fn try_again_after_the_end(&mut self) {
        for tab in 0..TABS {
            let refused = (self.tabs[tab].drawn.values())
                .find(|message| message.delivery == Delivery::Failed)
                .map(|message| message.client_id.clone());
            if self.tabs[tab].phase() == Phase::Ended
                && let Some(client_id) = refused
            {
                self.tabs[tab].is_asked = true;
                self.input(tab, Input::Retry { client_id });
                assert_ne!(self.tabs[tab].phase(), Phase::Ended, "of tab {tab}");
            }
        }
        self.settle();
        self.check_settled();
    }

    /// Whether something happened in one of the tabs that needs no time.
    fn moves(&mut self) -> bool {
        let mut has_moved = false;
        for tab in 0..TABS {
            if !self.tabs[tab].requests.is_empty() {
                self.request_ends(tab, 0, Fate::Answered);
            } else if self.tabs[tab].call.is_some() {
                self.call_ends(tab, Outcome::Honest);
            } else if !self.tabs[tab].heard.is_empty() {
                self.hear(tab);
            } else if self.may_be_elected(tab) {
                self.elect(tab);
            } else if self.socket_may_move(tab) {
                self.socket_moves(tab);
            } else {
                continue;
            }
            has_moved = true;
        }
        has_moved
    }

    /// Holds at every moment.
    fn check_alive(&self) {
        for (index, tab) in self.tabs.iter().enumerate() {
            let waits_for_nothing = tab.requests.is_empty()
                && tab.call.is_none()
                && !tab.has_socket()
                && tab.timers.is_empty()
                && !self.may_be_elected(index);
            let is_working = matches!(
                tab.phase(),
                Phase::Configuring
                    | Phase::Authenticating
                    | Phase::Starting
                    | Phase::Waiting
                    | Phase::Active
            );
            assert!(
                !(is_working && waits_for_nothing),
                "tab {index} is stuck in {:?}",
                tab.phase()
            );
            let calls = usize::from(tab.call.is_some());
            assert!(
                calls == 0 || tab.timers.contains_key(&Timer::ClientFunction),
                "a call without a deadline"
            );
        }
    }

    /// Holds when all has come to rest.
    fn check_settled(&self) {
        assert!(
            self.signed_out.is_empty(),
            "the server is never told of {:?}",
            self.signed_out
        );
        for (index, tab) in self.tabs.iter().enumerate() {
            assert!(
                !matches!(
                    tab.phase(),
                    Phase::Configuring | Phase::Authenticating | Phase::Starting
                ),
                "tab {index} stays in {:?}",
                tab.phase()
            );
            assert!(
                tab.unanswered.is_empty(),
                "tab {index} never hears of {:?}",
                tab.unanswered
            );
            for message in tab.drawn.values() {
                let is_waiting = message.delivery == Delivery::Sending;
                // Where a start failed or a sign-in is needed, what was written waits for the next one.
                assert!(
                    !is_waiting || matches!(tab.phase(), Phase::SignInNeeded | Phase::Failed),
                    "{} of tab {index} is never sent in {:?}",
                    message.text,
                    tab.phase()
                );
            }
            if let (Phase::Ended, Some(id)) = (tab.phase(), tab.conversation()) {
                assert!(self.is_over(id), "tab {index} says that {id} is over");
            }
            if !matches!(tab.phase(), Phase::Waiting | Phase::Active) {
                continue;
            }
            let id = tab.conversation().unwrap();
            let stored = self
                .server
                .iter()
                .find(|stored| stored.conversation.id == *id)
                .unwrap();
            assert_ne!(
                stored.conversation.state,
                ConversationState::Closed,
                "tab {index} missed the end"
            );
            for message in &stored.messages {
                let drawn = tab.drawn.get(&message.client_id);
                assert_eq!(
                    drawn.map(|it| it.order),
                    Some(message.seq),
                    "tab {index} misses a message"
                );
            }
            for text in &tab.written {
                let copies = stored
                    .messages
                    .iter()
                    .filter(|message| message.text == *text)
                    .count();
                assert_eq!(copies, 1, "{text} of tab {index} arrived {copies} times");
            }
            // A person who is signed in stays proved.
            assert!(
                self.person.is_none()
                    || stored.person != self.person
                    || stored.conversation.identity == Identity::Current,
                "tab {index} let its proof lapse"
            );
            let sockets = (self.tabs.iter())
                .filter(|other| other.has_socket_of(id))
                .count();
            assert_eq!(sockets, 1, "sockets of the conversation of tab {index}");
        }
    }
}

proptest! {
    // `PROPTEST_CASES` asks for more or fewer.
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases * 4, ..ProptestConfig::default() })]

    #[test]
    fn no_history_goes_wrong(is_required: bool, steps in prop::collection::vec(step(), 0..120)) {
        let sign_in = if is_required { SignIn::Required } else { SignIn::Optional };
        let mut world = World::new(TABS, sign_in);
        world.check_alive();
        for step in &steps {
            world.take(step);
            world.check_alive();
        }
        world.settle();
        world.check_settled();
        world.try_again_after_the_end();
    }
}
