//! What is known of the chat widget: its configuration, how fresh it is, and the context that the page gave for it.

use bonafide_protocol::visitor::{SignIn, WidgetConfig};

use super::UnsignedContext;

/// How old the configuration, and what the other tabs said, may be when a conversation is started with it.
const CONFIG_LIFE_MS: u64 = 5 * 60 * 1000;

#[derive(Debug, Default)]
pub(super) struct Widget {
    config: Option<WidgetConfig>,
    fresh_until: u64,
    /// Goes with each start that has no token.
    context: Option<UnsignedContext>,
    /// The conversation that runs has it, or is not to have it.
    is_context_sent: bool,
}

impl Widget {
    pub(super) fn set_context(&mut self, context: UnsignedContext) {
        if self.context.as_ref() != Some(&context) {
            self.context = Some(context);
            self.is_context_sent = false;
        }
    }

    /// The context, for a conversation that begins without a token.
    pub(super) fn take_context(&mut self) -> Option<UnsignedContext> {
        self.is_context_sent = true;
        self.context.clone()
    }

    /// The context, unless the conversation that runs has it.
    pub(super) fn take_new_context(&mut self) -> Option<UnsignedContext> {
        if self.is_context_sent {
            return None;
        }
        self.take_context()
    }

    /// It did not arrive, and is to be sent again.
    pub(super) fn context_lost(&mut self) {
        self.is_context_sent = false;
    }

    pub(super) fn config(&self) -> Option<&WidgetConfig> {
        self.config.as_ref()
    }

    /// Takes the configuration. Whether it is the first.
    pub(super) fn configure(&mut self, config: WidgetConfig, now: u64) -> bool {
        self.fresh_until = now + CONFIG_LIFE_MS;
        self.config.replace(config).is_none()
    }

    /// Whether the next start needs no new configuration.
    pub(super) fn is_fresh(&self, now: u64) -> bool {
        now < self.fresh_until
    }

    /// The next start asks for the configuration, and the other tabs, again.
    pub(super) fn expire(&mut self) {
        self.fresh_until = 0;
    }

    /// The dotted name of the page's client function, if the widget has an authentication setting.
    pub(super) fn client_function(&self) -> Option<&str> {
        self.config.as_ref()?.client_function.as_deref()
    }

    pub(super) fn is_sign_in_required(&self) -> bool {
        (self.config.as_ref()).is_none_or(|config| config.sign_in == SignIn::Required)
    }
}
