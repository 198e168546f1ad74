//! The site's other tabs: a channel to them, and which of them leads. It must not know what they tell each other.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::{Array, Function, Promise};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, BroadcastChannel};

use super::natives::{Callback, as_function, callback, function, property, settled, soon, window};
use super::page::Listening;
use super::storage;

/// Told what another tab said.
type Heard = Box<dyn Fn(String)>;

/// The way to the other tabs. It ends with its `Drop`.
pub(super) enum Channel {
    Broadcast {
        channel: BroadcastChannel,
        _listening: Callback,
    },
    /// Without `BroadcastChannel`, only what is public gets through, by an event of storage.
    Storage { name: String, _listening: Listening },
}

impl Channel {
    /// Opens the channel of this name.
    pub(super) fn open(name: &str, heard: Heard) -> Self {
        // Where a browser blocks storage, it throws; where there is none, it does so too.
        match BroadcastChannel::new(name) {
            Ok(channel) => {
                let _listening = callback(move |message, _| {
                    if let Ok(data) = property(&message, "data")
                        && let Some(text) = data.as_string()
                    {
                        heard(text);
                    }
                });
                channel.set_onmessage(Some(as_function(&_listening)));
                Self::Broadcast {
                    channel,
                    _listening,
                }
            }
            Err(_) => {
                let key = name.to_owned();
                let stored = callback(move |event, _| {
                    let text = |name| property(&event, name).ok()?.as_string();
                    if text("key").as_ref() == Some(&key)
                        && let Some(text) = text("newValue")
                    {
                        heard(text);
                    }
                });
                let _listening = Listening::to(&window(), "storage", stored);
                Self::Storage {
                    name: name.into(),
                    _listening,
                }
            }
        }
    }

    /// Tells the other tabs; what is not public only where nothing else reads it.
    pub(super) fn post(&self, text: &str, is_public: bool) {
        match self {
            // It fails on a closed channel, and for what cannot be cloned.
            Self::Broadcast { channel, .. } => drop(channel.post_message(&text.into())),
            Self::Storage { name, .. } if is_public => storage::announce(name, text),
            Self::Storage { .. } => {}
        }
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Self::Broadcast { channel, .. } = self {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}

#[wasm_bindgen]
extern "C" {
    /// The browser's locks, which are shared by the tabs of one site.
    type Locks;
    #[wasm_bindgen(method, catch)]
    fn request(
        this: &Locks,
        name: &str,
        options: &JsValue,
        hold: &Function,
    ) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn query(this: &Locks) -> Result<Promise, JsValue>;
}

/// The locks, where this browser has them and tabs can talk to each other.
fn locks() -> Option<Locks> {
    let locks = property(&property(&window(), "navigator").ok()?, "locks").ok()?;
    let can_talk = property(&window(), "BroadcastChannel").is_ok_and(|it| it.is_function());
    (can_talk && locks.is_object()).then(|| locks.unchecked_into())
}

/// This tab's part in an election: it waits to lead, or leads. It ends with its `Drop`.
pub(super) struct Candidacy(Rc<Lead>);

struct Lead {
    /// Nothing once nobody is to be told any more.
    elected: RefCell<Option<Rc<dyn Fn()>>>,
    /// Gives the lock back.
    release: RefCell<Option<Function>>,
    controller: Option<AbortController>,
}

impl Lead {
    fn win(&self) {
        let elected = self.elected.borrow().clone();
        if let Some(elected) = elected {
            elected();
        }
    }
}

impl Candidacy {
    /// Asks to lead the tabs that ask for `name`: `elected` is called when this tab's turn comes, and soon where the browser
    /// has no locks.
    pub(super) fn for_lead(name: &str, elected: Rc<dyn Fn()>) -> Self {
        let lead = Rc::new(Lead {
            elected: RefCell::new(Some(elected)),
            release: RefCell::new(None),
            controller: AbortController::new().ok(),
        });
        if request(name, &lead).is_none() {
            let winner = Rc::clone(&lead);
            soon(&function(move |_, _| winner.win()));
        }
        Self(lead)
    }
}

#[derive(Serialize)]
struct LockOptions {
    #[serde(with = "serde_wasm_bindgen::preserve")]
    signal: JsValue,
}

/// Asks for the lock; nothing where there are none.
fn request(name: &str, lead: &Rc<Lead>) -> Option<()> {
    let signal = lead.controller.as_ref()?.signal().into();
    let options = super::to_js::to_js(&LockOptions { signal });
    let holder = Rc::clone(lead);
    // Held until the promise that it gives is resolved.
    let hold = Closure::<dyn Fn() -> JsValue>::new(move || {
        holder.win();
        Promise::new(&mut |done, _| {
            if holder.elected.borrow().is_some() {
                holder.release.replace(Some(done));
            } else {
                drop(done.call0(&JsValue::UNDEFINED));
            }
        })
        .into()
    });
    let held = locks()?
        .request(name, &options, hold.into_js_value().unchecked_ref())
        .ok()?;
    let loser = Rc::clone(lead);
    // Another script may take a lock away. Then this tab goes on as one of a browser without locks.
    let became = move |outcome: Result<JsValue, JsValue>| {
        if outcome.is_err() {
            loser.win();
        }
    };
    settled(&held, became).ok()
}

impl Drop for Candidacy {
    fn drop(&mut self) {
        self.0.elected.take();
        if let Some(release) = self.0.release.take() {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
        if let Some(controller) = &self.0.controller {
            controller.abort();
        }
    }
}

/// How long a tab may need to say that it has a conversation which it does not lead yet; and any tab, where there are no
/// locks.
const MOMENT_MS: u32 = 100;
const NO_LOCKS_MS: u32 = 1_000;

/// Calls `nobody` when no tab leads under a name that begins with `prefix`. Where one may, it says nothing.
pub(super) fn unless_led(prefix: String, nobody: Rc<dyn Fn()>) -> Timeout {
    let wait = if locks().is_some() {
        MOMENT_MS
    } else {
        NO_LOCKS_MS
    };
    Timeout::new(wait, move || {
        let told = Rc::clone(&nobody);
        let became = move |outcome: Result<JsValue, JsValue>| {
            if !outcome.is_ok_and(|snapshot| is_held(&snapshot, &prefix)) {
                told();
            }
        };
        let held = locks().and_then(|locks| locks.query().ok());
        let asked = held.and_then(|held| settled(&held, became).ok());
        if asked.is_none() {
            nobody();
        }
    })
}

/// Whether a lock is held under such a name.
fn is_held(snapshot: &JsValue, prefix: &str) -> bool {
    let Ok(held) = property(snapshot, "held") else {
        return false;
    };
    let held: Array = held.unchecked_into();
    held.iter().any(|lock| {
        let name = property(&lock, "name")
            .ok()
            .and_then(|name| name.as_string());
        name.is_some_and(|name| name.starts_with(prefix))
    })
}
