//! One request to the server within a time limit, and what came back as text. It must not know what is asked for.

use std::cell::Cell;
use std::rc::Rc;

use bonafide_protocol::Secret;
use gloo_timers::callback::Timeout;
use js_sys::Promise;
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, Response};

use super::natives::{fetch, text};
use super::to_js::to_js;
use crate::text::sentence;

/// How long the server has to answer, in milliseconds. Longer than its own limit for fetching a website's keys (5 s), so
/// that its reason arrives and not ours.
const LIMIT_MS: u32 = 20_000;

/// What all requests that outlive a page may carry together is 64 KiB.
const LONGEST_LAST: usize = 60_000;

/// The longest wait that is believed of a server, in seconds.
const LONGEST_WAIT: u16 = 3_600;

/// What to ask.
pub(super) struct Question {
    method: &'static str,
    url: String,
    secret: Option<Secret>,
    /// JSON.
    body: Option<String>,
    /// It reaches the server even if the page goes away.
    is_last: bool,
}

impl Question {
    pub(super) fn get(url: String) -> Self {
        Self::of("GET", url)
    }

    pub(super) fn post(url: String) -> Self {
        Self::of("POST", url)
    }

    pub(super) fn delete(url: String) -> Self {
        Self::of("DELETE", url)
    }

    fn of(method: &'static str, url: String) -> Self {
        Self {
            method,
            url,
            secret: None,
            body: None,
            is_last: false,
        }
    }

    /// With a body of JSON.
    pub(super) fn with(mut self, body: String) -> Self {
        self.body = Some(body);
        self
    }

    /// By who has this session.
    pub(super) fn by(mut self, secret: Secret) -> Self {
        self.secret = Some(secret);
        self
    }

    /// It is to reach the server even if the page goes away.
    pub(super) fn last(mut self) -> Self {
        self.is_last = true;
        self
    }
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: String,
    /// Seconds that the server wants us to wait, 0 when it does not say.
    pub(super) retry_after: u16,
}

/// Told the answer, or that there is none.
pub(super) type Answered = Box<dyn FnOnce(Option<Answer>)>;

/// A request under way. Once it is dropped nobody is told, and it is given up unless it is a last one.
pub(super) struct InFlight {
    shared: Rc<Shared>,
    is_last: bool,
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.shared.answered.take();
        if !self.is_last {
            self.shared.controller.abort();
        }
    }
}

struct Shared {
    answered: Cell<Option<Answered>>,
    controller: AbortController,
}

impl Shared {
    fn settle(&self, answer: Option<Answer>) {
        if let Some(answered) = self.answered.take() {
            answered(answer);
        }
    }
}

/// Asks. `answered` is told once, and not before this returns.
///
/// # Errors
/// When the page has broken what the browser needs for it.
pub(super) fn ask(question: &Question, answered: Answered) -> Result<InFlight, JsValue> {
    let controller = AbortController::new()?;
    let response = fetch(&question.url, &options(question, &controller))?;
    let shared = Rc::new(Shared {
        answered: Cell::new(Some(answered)),
        controller,
    });
    spawn_local(answer(Rc::clone(&shared), response));
    Ok(InFlight {
        shared,
        is_last: question.is_last,
    })
}

async fn answer(shared: Rc<Shared>, response: Promise) {
    let late = Rc::clone(&shared);
    // Also where the page has seen to it that nothing can be aborted, the wait has an end.
    let _limit = Timeout::new(LIMIT_MS, move || {
        late.settle(None);
        late.controller.abort();
    });
    let answer = read(response).await;
    shared.settle(answer.ok());
}

async fn read(response: Promise) -> Result<Answer, JsValue> {
    let response: Response = JsFuture::from(response).await?.unchecked_into();
    // A date, which it may be as well, is no number.
    let wait = response
        .headers()
        .get("retry-after")?
        .and_then(|wait| wait.parse().ok());
    let status = response.status();
    let body = JsFuture::from(text(&response)?).await?;
    Ok(Answer {
        status,
        body: body.as_string().unwrap_or_default(),
        retry_after: wait.filter(|wait| *wait < LONGEST_WAIT).unwrap_or_default(),
    })
}

#[derive(Serialize)]
struct Headers {
    accept: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorization: Option<String>,
    #[serde(rename = "content-type", skip_serializing_if = "Option::is_none")]
    content_type: Option<&'static str>,
}

/// What `fetch` takes beside the address.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Options<'a> {
    method: &'static str,
    headers: Headers,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a str>,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    signal: JsValue,
    mode: &'static str,
    credentials: &'static str,
    cache: &'static str,
    redirect: &'static str,
    referrer_policy: &'static str,
    /// It outlives its page.
    keepalive: bool,
}

fn options(question: &Question, controller: &AbortController) -> JsValue {
    const JSON: &str = "application/json";
    let bearer = |secret: &Secret| sentence(&["Bearer ", secret.expose()]);
    let body = question.body.as_deref();
    to_js(&Options {
        method: question.method,
        headers: Headers {
            accept: JSON,
            authorization: question.secret.as_ref().map(bearer),
            content_type: body.map(|_| JSON),
        },
        body,
        signal: controller.signal().into(),
        mode: "cors",
        credentials: "omit",
        cache: "no-store",
        redirect: "error",
        referrer_policy: "strict-origin",
        keepalive: question.is_last && body.map_or(0, str::len) < LONGEST_LAST,
    })
}
