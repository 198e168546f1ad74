//! The `Engine` class that JavaScript sees. Converts and delegates; holds no logic.
//!
//! No method throws into the page: an argument that cannot be used comes back as an `error` output.

use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::browser::{self, Options, Runtime};
use crate::machine::Input;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What an engine needs. */
export interface EngineOptions {
  /** The chat server's address, for example `https://chat.example.com`. */
  server: string;
  /** The chat widget's id. */
  widget: string;
  /** The client function itself; it goes before the name that the administrator configured. */
  getToken?: Function | undefined;
  /** Whether the session outlives the page within its tab, and is shared with the site's other tabs. Default `session`. */
  storage?: "session" | "none" | undefined;
}
"#;

/// One visitor's conversation.
#[wasm_bindgen]
pub struct Engine {
    runtime: Rc<Runtime>,
    /// What is wrong with the options; then there is nothing that could be started.
    fault: Option<&'static str>,
}

#[wasm_bindgen]
impl Engine {
    /// Makes an engine. It does nothing until it is asked to, but for resuming the session of the page before.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "EngineOptions")] options: &JsValue,
        #[wasm_bindgen(
            unchecked_param_type = "(output: import(\"../../generated/Output.js\").Output, cause?: unknown) => void"
        )]
        listener: Function,
    ) -> Self {
        let (options, fault) = read_options(options, listener);
        let runtime = Runtime::new(options);
        let engine = Self { runtime, fault };
        if fault.is_some() {
            engine.ask(Input::Open);
        }
        engine
    }

    /// The chat was shown.
    pub fn open(&self) {
        self.ask(Input::Open);
    }

    /// The chat was hidden.
    pub fn close(&self) {
        self.ask(Input::Close);
    }

    /// Configures, gets a token, starts a conversation. A start under way is shared.
    pub fn start(&self) {
        self.ask(Input::Start);
    }

    /// Sends a message; gives its client id.
    pub fn send(&self, #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue) -> String {
        let client_id = browser::random_id();
        self.ask(match text.as_string() {
            Some(text) => Input::Send {
                client_id: client_id.clone(),
                text,
            },
            None => Input::BadArgument("`send` takes a text.".into()),
        });
        client_id
    }

    /// Sends a message again that was refused.
    pub fn retry(&self, #[wasm_bindgen(unchecked_param_type = "string")] client_id: &JsValue) {
        self.ask(match client_id.as_string() {
            Some(client_id) => Input::Retry { client_id },
            None => Input::BadArgument("`retry` takes a message's client id.".into()),
        });
    }

    /// The visitor is typing.
    pub fn typing(&self) {
        self.ask(Input::Typing);
    }

    /// Somebody signed in, or signed in again.
    pub fn authenticate(&self) {
        self.ask(Input::Authenticate);
    }

    /// Ends the conversation.
    pub fn end(&self) {
        self.ask(Input::End);
    }

    /// The visitor signed out.
    #[wasm_bindgen(js_name = signOut)]
    pub fn sign_out(&self) {
        self.ask(Input::SignOut);
    }

    /// Unsigned context for the next anonymous conversation.
    #[wasm_bindgen(js_name = setContext)]
    pub fn set_context(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Record<string, string | number | boolean>")]
        context: &JsValue,
    ) {
        self.ask(match browser::context(context) {
            Ok(context) => Input::SetContext(context),
            Err(sentence) => Input::BadArgument(sentence),
        });
    }

    fn ask(&self, input: Input) {
        self.runtime.post(match self.fault {
            Some(fault) => Input::BadArgument(fault.into()),
            None => input,
        });
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.runtime.stop();
    }
}

fn read_options(options: &JsValue, listener: Function) -> (Options, Option<&'static str>) {
    let text = |name| browser::property(options, name).as_string();
    let server = text("server").unwrap_or_default();
    let widget = text("widget").unwrap_or_default();
    let storage = browser::property(options, "storage");
    let token_function = browser::property(options, "getToken");
    let is_id = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    let fault = if !server.starts_with("https://") && !server.starts_with("http://") {
        Some("The option `server` is not an http or https address.")
    } else if widget.is_empty() || widget.len() > 64 || !widget.bytes().all(is_id) {
        Some("The option `widget` is not the id of a chat widget.")
    } else if !storage.is_undefined() && storage != "session" && storage != "none" {
        Some("The option `storage` is neither `session` nor `none`.")
    } else if !token_function.is_undefined() && !token_function.is_function() {
        Some("The option `getToken` is not a function.")
    } else {
        None
    };
    let options = Options {
        server: server.trim_end_matches('/').into(),
        widget,
        token_function: token_function.dyn_into().ok(),
        keeps_session: fault.is_none() && storage != "none",
        listener,
    };
    (options, fault)
}
