//! How often visitors may start, authenticate and write, and how often files are sent.
//!
//! Counted in this process only: the limits protect a server from being flooded, and each server counts what
//! reaches it.

use std::hash::Hash;
use std::num::NonZeroU32;
use std::time::Duration;

use bonafide_protocol::id::{ChatWidgetId, ConversationId};

use super::Refused;
use crate::clock::Clock;
use crate::rate_limit::RateLimit;
use crate::routes::client_address::Network;

/// How often each thing may happen in a minute. A whole minute's worth may come at once.
#[derive(Clone, Copy, Debug)]
pub struct RateQuotas {
    /// Starts and authentications from one network address. An office shares one.
    pub attempts_per_network: NonZeroU32,
    /// Starts for one proved person.
    pub starts_per_subject: NonZeroU32,
    /// Starts of one chat widget: more than its agents could ever answer.
    pub starts_per_widget: NonZeroU32,
    /// Messages of the visitor in one conversation.
    pub messages_per_conversation: NonZeroU32,
    /// Files of either side in one conversation.
    pub files_per_conversation: NonZeroU32,
    /// Files of visitors from one network address.
    pub files_per_network: NonZeroU32,
}

impl Default for RateQuotas {
    fn default() -> Self {
        Self {
            attempts_per_network: per_minute(120),
            starts_per_subject: per_minute(30),
            starts_per_widget: per_minute(3_000),
            messages_per_conversation: per_minute(120),
            files_per_conversation: per_minute(20),
            files_per_network: per_minute(60),
        }
    }
}

/// Counts, and refuses what comes too often.
#[derive(Debug)]
pub(crate) struct RateLimits {
    by_network: RateLimit<Network>,
    by_subject: RateLimit<(String, String)>,
    by_widget: RateLimit<ChatWidgetId>,
    by_conversation: RateLimit<ConversationId>,
    files_by_conversation: RateLimit<ConversationId>,
    files_by_network: RateLimit<Network>,
    origins_by_widget: RateLimit<ChatWidgetId>,
    contexts_by_conversation: RateLimit<ConversationId>,
}

impl RateLimits {
    pub(crate) fn new(quotas: RateQuotas, clock: &Clock) -> Self {
        Self {
            by_network: limit(quotas.attempts_per_network, clock),
            by_subject: limit(quotas.starts_per_subject, clock),
            by_widget: limit(quotas.starts_per_widget, clock),
            by_conversation: limit(quotas.messages_per_conversation, clock),
            files_by_conversation: limit(quotas.files_per_conversation, clock),
            files_by_network: limit(quotas.files_per_network, clock),
            origins_by_widget: RateLimit::new(
                ORIGINS_RECORDED,
                Duration::from_secs(60),
                clock.clone(),
            ),
            contexts_by_conversation: RateLimit::new(
                CONTEXTS_RECORDED,
                Duration::from_secs(60),
                clock.clone(),
            ),
        }
    }

    /// A start or an authentication.
    pub(super) fn attempt(&self, network: Network) -> Result<(), Refused> {
        self.by_network.check(&network).map_err(Refused::Limited)
    }

    /// A start of this person, proved.
    pub(super) fn subject(&self, issuer: &str, subject: &str) -> Result<(), Refused> {
        let person = (issuer.to_owned(), subject.to_owned());
        self.by_subject.check(&person).map_err(Refused::Limited)
    }

    /// A start of this widget.
    pub(super) fn widget(&self, widget: &ChatWidgetId) -> Result<(), Refused> {
        self.by_widget.check(widget).map_err(Refused::Limited)
    }

    /// Whether a start of this widget that was refused for its page's origin is recorded: anybody can make any number
    /// of them.
    pub(super) fn records_origin(&self, widget: &ChatWidgetId) -> bool {
        self.origins_by_widget.check(widget).is_ok()
    }

    /// Whether it is recorded that some of a running conversation's new context was not admitted: a page may send one with
    /// each of its visitor's steps.
    pub(super) fn records_context(&self, conversation: &ConversationId) -> bool {
        self.contexts_by_conversation.check(conversation).is_ok()
    }

    /// A file of either side.
    pub(super) fn file(&self, conversation: &ConversationId) -> Result<(), Refused> {
        self.files_by_conversation
            .check(conversation)
            .map_err(Refused::Limited)
    }

    /// A visitor's file.
    pub(super) fn file_of_network(&self, network: Network) -> Result<(), Refused> {
        self.files_by_network
            .check(&network)
            .map_err(Refused::Limited)
    }

    /// A visitor's message.
    pub(super) fn message(&self, conversation: &ConversationId) -> Result<(), Refused> {
        self.by_conversation
            .check(conversation)
            .map_err(Refused::Limited)
    }
}

/// Refused origins of one widget that are recorded at once; then one in a minute.
const ORIGINS_RECORDED: NonZeroU32 = NonZeroU32::new(5).unwrap();

/// Contexts of one conversation, not wholly admitted, that are recorded at once; then one in a minute.
const CONTEXTS_RECORDED: NonZeroU32 = NonZeroU32::MIN;

fn limit<K: Clone + Eq + Hash>(quota: NonZeroU32, clock: &Clock) -> RateLimit<K> {
    RateLimit::new(quota, Duration::from_secs(60) / quota.get(), clock.clone())
}

const fn per_minute(times: u32) -> NonZeroU32 {
    match NonZeroU32::new(times) {
        Some(times) => times,
        None => NonZeroU32::MIN,
    }
}
