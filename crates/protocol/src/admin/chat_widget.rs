//! Chat widgets: one embeddable chat each, and the snippet that embeds it.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::admin::Reference;
use crate::file::FilePolicy;
use crate::id::{AuthenticationSettingId, ChatWidgetId, WorkStreamId};
use crate::visitor::{Appearance, SignIn};

/// `POST /admin/chat-widgets`, `PUT …/{id}`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ChatWidgetBody {
    /// 1 to 100 characters, not in use.
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub name: String,
    /// Where its conversations enter.
    pub work_stream: WorkStreamId,
    /// Its authentication setting; `null` gives unauthenticated chats only. Must be there: a body that forgets it must
    /// not open the widget to everybody.
    #[serde(deserialize_with = "Option::deserialize")]
    #[cfg_attr(feature = "openapi", schema(required = true))]
    pub authentication_setting: Option<AuthenticationSettingId>,
    /// Whether a chat needs a token. Has no effect without an authentication setting.
    pub sign_in: SignIn,
    /// Exact origins such as `https://www.example.com`, or the single entry `*` for any page.
    #[cfg_attr(feature = "openapi", schema(max_items = 100))]
    pub allowed_origins: Vec<String>,
    /// How it looks and what it says.
    #[serde(default)]
    pub appearance: Appearance,
    /// How long a waiting visitor who is gone keeps their place, 60 to 86,400 s; 600 when absent. Then the conversation ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_seconds: Option<u32>,
    /// Which files may be sent; none when absent or `null`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<FilePolicy>,
}

/// A chat widget.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChatWidget {
    /// The widget.
    pub id: ChatWidgetId,
    /// Its name.
    pub name: String,
    /// Where its conversations enter.
    pub work_stream: Reference<WorkStreamId>,
    /// Its authentication setting.
    pub authentication_setting: Option<Reference<AuthenticationSettingId>>,
    /// Whether a chat needs a token.
    pub sign_in: SignIn,
    /// Origins that may embed it.
    pub allowed_origins: Vec<String>,
    /// How it looks and what it says.
    pub appearance: Appearance,
    /// How long a waiting visitor who is gone keeps their place, in seconds.
    pub release_seconds: u32,
    /// Which files may be sent; `null` where none may.
    pub files: Option<FilePolicy>,
    /// Counts its changes, from 1: what `If-Match` names in the next change. Only changes of its own fields count.
    pub version: i64,
    /// When it was recorded.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// `GET /admin/chat-widgets/{id}/snippet`: what to paste into the website.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Snippet {
    /// The script tag.
    pub html: String,
    /// The script tag with an `integrity` attribute, for sites that pin what they load.
    pub html_with_integrity: String,
    /// Directives the website's Content-Security-Policy needs.
    pub content_security_policy: String,
}
