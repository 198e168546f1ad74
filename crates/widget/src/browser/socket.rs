//! The conversation's WebSocket. It must not know what is said on it.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::WebSocket;

use super::natives::{Callback, as_function, callback, property, send};

/// What a socket does.
pub(super) enum Event {
    Opened,
    Text(String),
    /// With the close code (RFC 6455, section 7.4).
    Closed(u16),
}

/// The code of a socket that ended without a word.
pub(super) const ABNORMAL: u16 = 1006;

/// Told what the socket does.
pub(super) type Happened = Rc<dyn Fn(Event)>;

/// A socket. It is closed with its `Drop`, and nobody is told.
pub(super) struct Socket {
    socket: WebSocket,
    is_live: Rc<Cell<bool>>,
    _listening: [Callback; 3],
}

impl Socket {
    /// Opens a socket.
    ///
    /// # Errors
    /// When the page has broken what the browser needs for it.
    pub(super) fn open(url: &str, happened: &Happened) -> Result<Self, JsValue> {
        let socket = WebSocket::new(url)?;
        let is_live = Rc::new(Cell::new(true));
        let on = |event: fn(JsValue) -> Option<Event>| {
            let (happened, is_live) = (Rc::clone(happened), Rc::clone(&is_live));
            callback(move |said, _| {
                if is_live.get()
                    && let Some(event) = event(said)
                {
                    is_live.set(!matches!(event, Event::Closed(_)));
                    happened(event);
                }
            })
        };
        let opened = on(|_| Some(Event::Opened));
        let message = on(|message| {
            let data = property(&message, "data").ok()?;
            data.as_string().map(Event::Text)
        });
        let closed = on(|close| {
            let code = property(&close, "code").ok().and_then(|code| code.as_f64());
            Some(Event::Closed(code.map_or(ABNORMAL, |code| code as u16)))
        });
        socket.set_onopen(Some(as_function(&opened)));
        socket.set_onmessage(Some(as_function(&message)));
        socket.set_onclose(Some(as_function(&closed)));
        Ok(Self {
            socket,
            is_live,
            _listening: [opened, message, closed],
        })
    }

    /// Sends a frame. On a socket that is not open nothing happens: what it brings, and when it closes, is told.
    pub(super) fn send(&self, frame: &str) {
        if self.is_live.get() && self.socket.ready_state() == WebSocket::OPEN {
            // It fails on a socket that is closed, which is told by itself.
            let _ = send(&self.socket, frame);
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.is_live.set(false);
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        // It fails for a close code only, and there is none.
        let _ = self.socket.close();
    }
}
