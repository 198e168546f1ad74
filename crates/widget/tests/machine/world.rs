//! A world for the machine: tabs of one site, their browser, a server that can be lost, and people who sign in and out.
//!
//! It answers effects as the real parts would, one event at a time, in whatever order it is told.

use std::collections::{BTreeMap, VecDeque};

use bonafide_protocol::ErrorCode;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::socket::{CLOSE_SESSION_OVER, VisitorEvent, VisitorFrame};
use bonafide_protocol::visitor::{Author, Conversation, ConversationState, SignIn};
use bonafide_widget::machine::{
    CallId, ClientFunctionOutcome, Effect, Input, Machine, Reply, Request, RequestError, Session,
    StoredSession, Surroundings, TabMessage, Ticket, Timer,
};
use bonafide_widget::view::{ChatFailure, Delivery, MessageView, Output, Phase, View};

use crate::answers::{Asked, Call};
use crate::script::{heartbeat, problem, server_time};
use crate::server::{Stored, token};

/// How a request ends.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fate {
    Answered,
    /// The server did it, but its answer is lost.
    AnswerLost,
    /// The server never heard of it.
    Lost,
    /// The server is too busy.
    Refused,
}

/// What the client function does.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Outcome {
    /// What the website says: a token for who is signed in, or nothing.
    Honest,
    Threw,
    Missing,
}

pub(crate) struct World {
    /// The server's clock.
    pub(crate) now: u64,
    /// How long the computer slept in all: the clock of its pages stood still meanwhile.
    slept: u64,
    pub(crate) sign_in: SignIn,
    /// Who is signed in to the website.
    pub(crate) person: Option<u8>,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) server: Vec<Stored>,
    /// What all pages of the site find of sessions that began, and of those that the visitor signed out of.
    begun: Vec<Session>,
    pub(crate) signed_out: Vec<Session>,
    /// Tabs that ask to lead a conversation, the leader first.
    locks: BTreeMap<ConversationId, VecDeque<usize>>,
    written: u32,
    /// Calls of the page's scripts in all.
    asked: u32,
    /// Calls of the client function in all.
    pub(crate) calls: u32,
    seeds: u32,
}

pub(crate) struct Tab {
    machine: Machine,
    pub(crate) requests: Vec<(Ticket, Request)>,
    pub(crate) timers: BTreeMap<Timer, u64>,
    pub(crate) call: Option<Ticket>,
    pub(crate) socket: Option<Socket>,
    pub(crate) heard: VecDeque<TabMessage>,
    /// Nothing reaches the page, and it does nothing.
    pub(crate) is_frozen: bool,
    pub(crate) is_elected: bool,
    elects: Option<ConversationId>,
    storage: Option<StoredSession>,
    pub(crate) view: Option<View>,
    pub(crate) drawn: BTreeMap<String, MessageView>,
    /// `order` of each message the page was told of, since the last time all were cleared.
    told: Vec<u32>,
    /// Texts written here that must arrive.
    pub(crate) written: Vec<String>,
    /// Those of them that were written before this page showed a conversation: they must arrive whoever the visitor
    /// turns out to be.
    unshown: Vec<String>,
    /// The page's calls that are not answered.
    pub(crate) unanswered: BTreeMap<CallId, Asked>,
    /// What the page was told since the last input: answers, and failures.
    pub(crate) answers: Vec<(CallId, Result<Reply, ChatFailure>)>,
    pub(crate) failures: Vec<ChatFailure>,
    has_started: bool,
    /// Whether the page has asked for something since it was loaded.
    pub(crate) is_asked: bool,
}

pub(crate) struct Socket {
    ticket: Ticket,
    conversation: ConversationId,
    is_open: bool,
    /// Nothing gets through it any more, and nobody says so.
    is_dead: bool,
    /// Highest `seq` that went out, once greeted.
    sent_to: Option<u32>,
    told: Option<Conversation>,
}

impl World {
    pub(crate) fn new(tabs: usize, sign_in: SignIn) -> Self {
        let mut world = Self {
            now: 1_000,
            slept: 0,
            sign_in,
            person: None,
            tabs: Vec::new(),
            server: Vec::new(),
            begun: Vec::new(),
            signed_out: Vec::new(),
            locks: BTreeMap::new(),
            written: 0,
            asked: 0,
            calls: 0,
            seeds: 0,
        };
        for _ in 0..tabs {
            let tab = world.new_tab();
            world.tabs.push(tab);
        }
        world
    }

    fn new_tab(&mut self) -> Tab {
        self.seeds += 3;
        Tab::new(self.seeds)
    }

    /// The clock of the computer's pages.
    fn page_now(&self) -> u64 {
        self.now - self.slept
    }

    pub(crate) fn sleep(&mut self, milliseconds: u64) {
        self.now += milliseconds;
        self.slept += milliseconds;
    }

    /// Gives a tab an input and takes its effects in.
    pub(crate) fn input(&mut self, index: usize, input: Input) {
        let (now, wall) = (self.page_now(), self.now as i64);
        let tab = &mut self.tabs[index];
        if matches!(
            input,
            Input::SignOut { .. } | Input::Tab(TabMessage::SignedOut(_))
        ) {
            // What a person who is gone had not sent goes with them.
            tab.unshown.clear();
            tab.written.clear();
        }
        tab.failures.clear();
        for effect in tab.machine.handle(now, wall, input) {
            self.carry_out(index, effect);
        }
        self.check_answers(index);
    }

    /// The page calls, and waits for an answer.
    pub(crate) fn ask(&mut self, index: usize, wanted: Call) {
        self.asked += 1;
        let call = CallId(self.asked);
        let conversation = self.tabs[index].conversation().cloned();
        let input = match &wanted {
            Call::Start => Input::Start { call },
            Call::Authenticate => Input::Authenticate { call },
            Call::End => Input::End { call },
            Call::SignOut => {
                self.signed_out.append(&mut self.begun);
                for session in self.signed_out.clone() {
                    self.input(index, Input::Revoke(session));
                }
                Input::SignOut { call }
            }
            Call::Send(text) => Input::Send {
                call,
                client_id: text.clone(),
                text: text.clone(),
            },
        };
        let asked = Asked {
            wanted,
            conversation,
        };
        self.tabs[index].unanswered.insert(call, asked);
        self.input(index, input);
    }

    fn carry_out(&mut self, index: usize, effect: Effect) {
        let now = self.page_now();
        let tab = &mut self.tabs[index];
        match effect {
            Effect::Request { ticket, request } => tab.requests.push((ticket, request)),
            Effect::CallClientFunction { ticket, .. } => {
                assert!(
                    tab.call.is_none(),
                    "the client function is called while it is running"
                );
                tab.call = Some(ticket);
                self.calls += 1;
            }
            Effect::ForgetClientFunction => tab.call = None,
            Effect::OpenSocket {
                ticket,
                conversation,
            } => {
                tab.socket = Some(Socket {
                    ticket,
                    conversation,
                    is_open: false,
                    is_dead: false,
                    sent_to: None,
                    told: None,
                });
            }
            Effect::SendFrame(VisitorFrame::Hello { after, .. }) => {
                tab.socket.as_mut().unwrap().sent_to = Some(after);
            }
            Effect::SendFrame(_) => assert!(tab.socket.is_some(), "a frame without a socket"),
            Effect::CloseSocket => tab.socket = None,
            Effect::SetTimer { timer, delay_ms } => {
                tab.timers.insert(timer, now + u64::from(delay_ms));
            }
            Effect::ClearTimer(timer) => {
                tab.timers.remove(&timer);
            }
            Effect::StoreSession(stored) => tab.storage = Some(stored),
            Effect::ClearSession => {
                tab.storage = None;
                // What a person who is gone had not sent goes with them, unless it is on the screen.
                let drawn = &tab.drawn;
                tab.written.retain(|text| drawn.contains_key(text));
            }
            Effect::KeepRevocable(revocable) => self.begun.push(revocable),
            Effect::ForgetRevocable(conversation) => {
                for list in [&mut self.begun, &mut self.signed_out] {
                    list.retain(|it| it.conversation != conversation);
                }
            }
            Effect::Elect(conversation) => {
                tab.elects = Some(conversation.clone());
                self.locks.entry(conversation).or_default().push_back(index);
            }
            Effect::Resign => self.resign(index),
            Effect::Post(message) => {
                for (other, tab) in self.tabs.iter_mut().enumerate() {
                    if other != index {
                        tab.heard.push_back(message.clone());
                    }
                }
            }
            Effect::Output(output) => tab.output(output),
            Effect::Settle { call, answer } => tab.answers.push((call, answer)),
        }
    }

    fn resign(&mut self, index: usize) {
        let tab = &mut self.tabs[index];
        tab.is_elected = false;
        if let Some(conversation) = tab.elects.take() {
            let queue = self.locks.get_mut(&conversation).unwrap();
            queue.retain(|waiting| *waiting != index);
        }
    }

    /// Whether the tab could be told now that it leads.
    pub(crate) fn may_be_elected(&self, tab: usize) -> bool {
        let Some(conversation) = &self.tabs[tab].elects else {
            return false;
        };
        !self.tabs[tab].is_elected
            && !self.tabs[tab].is_frozen
            && self.locks[conversation].front() == Some(&tab)
    }

    /// Another script of the site takes the lock away and gives it back: the tab that had it is told as of a browser
    /// that has no locks, and somebody else has it.
    pub(crate) fn steal_lock(&mut self, tab: usize) {
        if !self.tabs[tab].is_elected || self.tabs[tab].is_frozen {
            return;
        }
        if let Some(conversation) = &self.tabs[tab].elects {
            let queue = self.locks.get_mut(conversation).unwrap();
            queue.retain(|waiting| *waiting != tab);
            self.input(tab, Input::Elected);
        }
    }

    pub(crate) fn elect(&mut self, tab: usize) {
        if self.may_be_elected(tab) {
            self.tabs[tab].is_elected = true;
            self.input(tab, Input::Elected);
        }
    }

    pub(crate) fn write(&mut self, tab: usize) {
        self.written += 1;
        let text = format!("m{}", self.written);
        self.tabs[tab].is_asked = true;
        if !self.tabs[tab].has_started && self.tabs[tab].phase() != Phase::Ended {
            self.tabs[tab].unshown.push(text.clone());
        }
        self.ask(tab, Call::Send(text));
    }

    pub(crate) fn fire(&mut self, tab: usize, timer: Timer) {
        if self.tabs[tab].is_frozen {
            return;
        }
        if let Some(due) = self.tabs[tab].timers.remove(&timer) {
            self.now = self.now.max(due + self.slept);
            let lives = |socket: &Socket| !socket.is_dead && socket.told.is_some();
            let alive = self.tabs[tab].socket.as_ref().filter(|it| lives(it));
            // The server has said so meanwhile.
            if timer == Timer::Silence
                && let Some(ticket) = alive.map(|socket| socket.ticket)
            {
                let event = heartbeat(self.now);
                self.input(tab, Input::SocketFrame { ticket, event });
            }
            self.input(tab, Input::TimerFired(timer));
        }
    }

    pub(crate) fn hear(&mut self, tab: usize) {
        if !self.tabs[tab].is_frozen
            && let Some(message) = self.tabs[tab].heard.pop_front()
        {
            self.input(tab, Input::Tab(message));
        }
    }

    pub(crate) fn call_ends(&mut self, tab: usize, outcome: Outcome) {
        if self.tabs[tab].is_frozen {
            return;
        }
        let Some(ticket) = self.tabs[tab].call.take() else {
            return;
        };
        let outcome = match (outcome, self.person) {
            (Outcome::Honest, Some(person)) => token(person, self.now),
            (Outcome::Honest, None) => ClientFunctionOutcome::Nothing,
            (Outcome::Threw, _) => ClientFunctionOutcome::Failed("It threw.".into()),
            (Outcome::Missing, _) => ClientFunctionOutcome::NotFound("It is missing.".into()),
        };
        self.input(tab, Input::ClientFunction { ticket, outcome });
    }

    /// The page is loaded again, or a tab is closed and a new one opened, which has no storage.
    pub(crate) fn reload(&mut self, index: usize, keeps_storage: bool) {
        self.resign(index);
        let storage = self.tabs[index].storage.take().filter(|_| keeps_storage);
        let pending: Vec<_> = storage
            .iter()
            .flat_map(|stored| &stored.pending)
            .map(|(_, text)| text.clone())
            .collect();
        let heard = std::mem::take(&mut self.tabs[index].heard);
        self.tabs[index] = self.new_tab();
        // A message may be on its way to the page that is being loaded.
        self.tabs[index].heard = heard;
        self.tabs[index].written = pending;
        let is_out = |stored: &StoredSession| {
            (self.signed_out.iter()).any(|it| it.conversation == stored.session.conversation)
        };
        let resumed = storage.filter(|stored| !is_out(stored));
        if resumed.is_none() {
            self.tabs[index].written.clear();
        }
        for session in self.signed_out.clone() {
            self.input(index, Input::Revoke(session));
        }
        if let Some(stored) = resumed {
            self.tabs[index].storage = Some(stored.clone());
            self.input(index, Input::Resume(stored));
        }
    }

    /// The agent writes into, or closes, the newest conversation.
    pub(crate) fn agent_writes(&mut self) {
        if let Some(stored) = self.server.last_mut() {
            stored.conversation.state = match stored.conversation.state {
                ConversationState::Closed => return,
                _ => ConversationState::Active,
            };
            let seq = stored.messages.len() as u32 + 1;
            stored.store(Author::Agent, &format!("a{seq}"));
        }
    }

    pub(crate) fn agent_closes(&mut self) {
        if let Some(stored) = self.server.last_mut() {
            stored.conversation.state = ConversationState::Closed;
        }
    }

    pub(crate) fn request_ends(&mut self, tab: usize, place: usize, fate: Fate) {
        if self.tabs[tab].requests.is_empty() || self.tabs[tab].is_frozen {
            return;
        }
        let place = place % self.tabs[tab].requests.len();
        let (ticket, request) = self.tabs[tab].requests.remove(place);
        let result = match fate {
            Fate::Answered => self.serve(request),
            Fate::AnswerLost => {
                let _ = self.serve(request);
                Err(RequestError::Unreachable)
            }
            Fate::Lost => Err(RequestError::Unreachable),
            Fate::Refused => Err(problem(ErrorCode::Unavailable)),
        };
        self.input(tab, Input::Answered { ticket, result });
    }

    /// The next thing the socket does.
    pub(crate) fn socket_moves(&mut self, tab: usize) {
        if self.tabs[tab].is_frozen {
            return;
        }
        self.let_proofs_lapse();
        let Some(socket) = self.tabs[tab].socket.as_mut().filter(|it| !it.is_dead) else {
            return;
        };
        let ticket = socket.ticket;
        let stored = (self.server.iter())
            .find(|stored| stored.conversation.id == socket.conversation)
            .unwrap();
        if !socket.is_open {
            socket.is_open = true;
            return self.input(tab, Input::SocketOpened(ticket));
        }
        let Some(sent_to) = socket.sent_to else {
            return;
        };
        if stored.is_revoked {
            self.tabs[tab].socket = None;
            return self.input(
                tab,
                Input::SocketClosed {
                    ticket,
                    code: CLOSE_SESSION_OVER,
                },
            );
        }
        let event = if socket.told.is_none() {
            socket.told = Some(stored.conversation.clone());
            VisitorEvent::Welcome {
                conversation: stored.conversation.clone(),
                server_time: server_time(self.now),
                heartbeat_ms: 20_000,
            }
        } else if let Some(message) = stored.messages.get(sent_to as usize) {
            socket.sent_to = Some(sent_to + 1);
            VisitorEvent::Message {
                message: message.clone(),
            }
        } else if socket.told.as_ref() != Some(&stored.conversation) {
            socket.told = Some(stored.conversation.clone());
            VisitorEvent::Conversation {
                conversation: stored.conversation.clone(),
            }
        } else {
            return;
        };
        self.input(tab, Input::SocketFrame { ticket, event });
    }

    pub(crate) fn socket_breaks(&mut self, tab: usize) {
        if self.tabs[tab].is_frozen {
            return;
        }
        if let Some(socket) = self.tabs[tab].socket.take() {
            self.input(
                tab,
                Input::SocketClosed {
                    ticket: socket.ticket,
                    code: 1006,
                },
            );
        }
    }

    /// From now on the socket is silent, and takes what it is given.
    pub(crate) fn socket_dies(&mut self, tab: usize) {
        if let Some(socket) = &mut self.tabs[tab].socket {
            socket.is_dead = true;
        }
    }

    /// Whether the socket has something to do or say.
    pub(crate) fn socket_may_move(&self, tab: usize) -> bool {
        (self.tabs[tab].socket.as_ref()).is_some_and(|socket| {
            let stored = (self.server.iter())
                .find(|stored| stored.conversation.id == socket.conversation)
                .unwrap();
            let has_news = !socket.is_open
                || socket.told.as_ref() != Some(&stored.conversation)
                || stored.is_revoked
                || socket
                    .sent_to
                    .is_some_and(|seq| (seq as usize) < stored.messages.len());
            has_news && !socket.is_dead
        })
    }
}

impl Tab {
    fn new(seed: u32) -> Self {
        Self {
            machine: Machine::new(Surroundings {
                seed,
                is_document_loaded: seed.is_multiple_of(2),
                is_visible: true,
                shares_session: true,
            }),
            requests: Vec::new(),
            timers: BTreeMap::new(),
            call: None,
            socket: None,
            heard: VecDeque::new(),
            is_frozen: false,
            is_elected: false,
            elects: None,
            storage: None,
            view: None,
            drawn: BTreeMap::new(),
            told: Vec::new(),
            written: Vec::new(),
            unshown: Vec::new(),
            unanswered: BTreeMap::new(),
            answers: Vec::new(),
            failures: Vec::new(),
            has_started: false,
            is_asked: false,
        }
    }

    pub(crate) fn phase(&self) -> Phase {
        self.view.as_ref().map_or(Phase::Idle, |view| view.phase)
    }

    /// The conversation that the tab keeps for its next page.
    pub(crate) fn conversation(&self) -> Option<&ConversationId> {
        self.storage
            .as_ref()
            .map(|stored| &stored.session.conversation)
    }

    /// Whether the tab has a socket for anything that could bring something.
    pub(crate) fn has_socket(&self) -> bool {
        self.socket.as_ref().is_some_and(|socket| !socket.is_dead)
    }

    /// Whether the tab has a socket for this conversation.
    pub(crate) fn has_socket_of(&self, conversation: &ConversationId) -> bool {
        let is_its = |socket: &Socket| socket.conversation == *conversation;
        self.has_socket() && self.socket.as_ref().is_some_and(is_its)
    }

    fn output(&mut self, output: Output) {
        match output {
            Output::View { view } => {
                assert_ne!(
                    self.view.as_ref(),
                    Some(&view),
                    "the same view is shown twice"
                );
                self.view = Some(view);
            }
            Output::Messages { messages } => {
                for message in messages {
                    // Sent again and again until it arrives, or the visitor is told that it will not.
                    let text = message.text.clone();
                    self.written.retain(|other| *other != text);
                    if message.delivery == Delivery::Sending {
                        self.written.push(text);
                    } else {
                        self.unshown.retain(|other| *other != text);
                    }
                    self.drawn.insert(message.client_id.clone(), message);
                }
            }
            Output::Message { message } => {
                let order = message.order;
                assert!(
                    self.told.last().is_none_or(|last| *last < order),
                    "told {order} after {:?}",
                    self.told
                );
                self.told.push(order);
            }
            Output::Cleared => {
                self.drawn.clear();
                self.told.clear();
                self.written = self.unshown.clone();
                self.has_started = false;
            }
            Output::Started { .. } => {
                assert!(!self.has_started, "told twice that it started");
                self.has_started = true;
                self.unshown.clear();
            }
            Output::Ended => self.has_started = false,
            Output::Error { error } | Output::Refused { error } => self.failures.push(error),
            _ => {}
        }
    }
}
