//! The browser's storage. One that is blocked, or full, is as good as one that forgets.

use wasm_bindgen::JsCast;
use web_sys::Storage;

use super::natives::{property, window};

/// Whose it is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Area {
    /// The tab's, which ends with it.
    Tab,
    /// The site's. Everything on the site can read it, for as long as the browser likes.
    Site,
}

/// What is kept under a name.
pub(super) fn read(area: Area, name: &str) -> Option<String> {
    of(area)?.get_item(name).ok()?
}

/// Keeps a text, or forgets it.
pub(super) fn write(area: Area, name: &str, text: Option<&str>) {
    if let Some(storage) = of(area) {
        // Full is as good as none.
        let _ = match text {
            Some(text) => storage.set_item(name, text),
            None => storage.remove_item(name),
        };
    }
}

/// Lets the other tabs of the site see a text for a moment.
pub(super) fn announce(name: &str, text: &str) {
    for text in [Some(text), None] {
        write(Area::Site, name, text);
    }
}

/// Where a browser blocks storage, to look at it throws.
fn of(area: Area) -> Option<Storage> {
    let name = match area {
        Area::Tab => "sessionStorage",
        Area::Site => "localStorage",
    };
    let storage = property(&window(), name).ok()?;
    storage.is_object().then(|| storage.unchecked_into())
}
