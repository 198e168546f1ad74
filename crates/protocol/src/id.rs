//! Ids: opaque text with a prefix that says of what. This module draws no randomness; the server does.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Longest id accepted, in bytes. Ours have 36; a contact may bring its own.
pub const MAX_ID_LENGTH: usize = 64;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)+) => {$(
        $(#[$doc])*
        ///
        /// Opaque to clients: compare it, keep it, put it in a path; nothing else.
        #[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
        #[cfg_attr(feature = "typescript", ts(as = "String"))]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// What every id made by [`Self::from_bits`] begins with.
            pub const PREFIX: &'static str = $prefix;

            /// Makes an id from 128 random bits.
            #[must_use]
            pub fn from_bits(bits: u128) -> Self {
                Self(format!("{}{bits:032x}", $prefix))
            }

            /// Wraps text that is already known to be an id: a path segment to look up, a stored row.
            #[must_use]
            pub fn from_text(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// An authentication setting.
    AuthenticationSettingId = "set_";
    /// A chat widget.
    ChatWidgetId = "wgt_";
    /// A work stream.
    WorkStreamId = "wst_";
    /// A queue.
    QueueId = "que_";
    /// A contact. An administrator may give a contact the GUID it has elsewhere, so not all begin with the prefix.
    ContactId = "cnt_";
    /// A conversation.
    ConversationId = "cnv_";
    /// A message.
    MessageId = "msg_";
    /// A file of a conversation.
    FileId = "fil_";
    /// A note for colleagues.
    NoteId = "not_";
    /// A canned reply.
    CannedReplyId = "rpl_";
    /// An operator.
    OperatorId = "opr_";
    /// An API token of an operator.
    ApiTokenId = "tok_";
    /// An audit entry.
    AuditId = "aud_";
}

#[cfg(test)]
mod tests {
    use super::{ChatWidgetId, MAX_ID_LENGTH};

    #[test]
    fn an_id_is_its_prefix_and_128_bits() {
        let id = ChatWidgetId::from_bits(0xabc);
        assert_eq!(id.as_str(), "wgt_00000000000000000000000000000abc");
        assert!(id.as_str().len() <= MAX_ID_LENGTH);
    }
}
