//! The machine's timers, at most one of each.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;

use crate::machine::Timer;

/// The timers that are set. Each is cleared with its `Drop`.
#[derive(Default)]
pub(super) struct Timers(RefCell<Vec<(Timer, Timeout)>>);

impl Timers {
    /// Sets a timer, in place of the one of that name.
    pub(super) fn set(&self, timer: Timer, delay_ms: u32, fired: Box<dyn FnOnce()>) {
        self.clear(timer);
        let timeout = Timeout::new(delay_ms, fired);
        self.0.borrow_mut().push((timer, timeout));
    }

    pub(super) fn clear(&self, timer: Timer) {
        let mut timers = self.0.borrow_mut();
        let place = timers.iter().position(|(set, _)| *set == timer);
        let cleared = place.map(|place| timers.swap_remove(place));
        // The browser is called when it is dropped, and then nothing may be borrowed.
        drop(timers);
        drop(cleared);
    }

    pub(super) fn clear_all(&self) {
        drop(self.0.take());
    }
}
