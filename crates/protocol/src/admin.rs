//! What administrators record: authentication settings, chat widgets, work streams, queues, contacts; and the audit.
//!
//! Each resource has a body that clients send (`…Body`) and the stored resource the server answers with.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::context::ContextValue;
use crate::id::{
    AuditId, AuthenticationSettingId, ChatWidgetId, ContactId, OperatorId, QueueId, WorkStreamId,
};
use crate::visitor::{Appearance, SignIn};

pub mod test_report;

/// How a website signs its visitors in. There is one way.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AuthenticationType {
    /// OAuth 2.0 implicit flow.
    Oauth2Implicit,
}

/// `POST /admin/authentication-settings`, `PUT …/{id}`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AuthenticationSettingBody {
    /// 1 to 100 characters, not in use.
    pub name: String,
    /// Who answers for it; the operator who records it when absent. At most 100 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Where the website publishes its public keys: an `https` URL of at most 2,048 characters.
    pub public_key_url: String,
    /// Dotted name of the page's function, at most 100 characters.
    pub client_function: String,
    /// When present, `iss` must be exactly this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_issuer: Option<String>,
    /// When present, `aud` must be or contain exactly this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_audience: Option<String>,
    /// Tolerance for clocks that differ, 0 to 300 s; 60 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leeway_seconds: Option<u16>,
    /// Accept each `jti` of an issuer once only; false when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub single_use: Option<bool>,
}

/// An authentication setting.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationSetting {
    /// The setting.
    pub id: AuthenticationSettingId,
    /// Its name.
    pub name: String,
    /// Who answers for it.
    pub owner: String,
    /// Always `oauth2-implicit`.
    #[serde(rename = "type")]
    pub type_: AuthenticationType,
    /// Where the website publishes its public keys.
    pub public_key_url: String,
    /// Dotted name of the page's function.
    pub client_function: String,
    /// Required `iss`.
    pub expected_issuer: Option<String>,
    /// Required `aud`.
    pub expected_audience: Option<String>,
    /// Tolerance for clocks that differ, in seconds.
    pub leeway_seconds: u16,
    /// Whether each `jti` is accepted once only.
    pub single_use: bool,
    /// The chat widgets that use it.
    pub used_by: Vec<Reference<ChatWidgetId>>,
    /// When it was recorded.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Names another resource.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Reference<I> {
    /// Its id.
    pub id: I,
    /// Its name.
    pub name: String,
}

/// `POST /admin/chat-widgets`, `PUT …/{id}`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ChatWidgetBody {
    /// 1 to 100 characters, not in use.
    pub name: String,
    /// Where its conversations enter.
    pub work_stream: WorkStreamId,
    /// Its authentication setting; `null` gives unauthenticated chats only.
    pub authentication_setting: Option<AuthenticationSettingId>,
    /// Whether a chat needs a token. Has no effect without an authentication setting.
    pub sign_in: SignIn,
    /// Exact origins such as `https://www.example.com`, or the single entry `*` for any page.
    pub allowed_origins: Vec<String>,
    /// How it looks and what it says.
    #[serde(default)]
    pub appearance: Appearance,
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

/// `POST /admin/work-streams`, `PUT …/{id}`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct WorkStreamBody {
    /// 1 to 100 characters, not in use.
    pub name: String,
    /// The context variables it admits; at most 100, names unique.
    pub context_variables: Vec<ContextVariable>,
    /// Routing rules, tried in order; at most 100.
    pub rules: Vec<RoutingRule>,
    /// Where a conversation goes that no rule takes.
    pub fallback_queue: QueueId,
}

/// A work stream.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WorkStream {
    /// The work stream.
    pub id: WorkStreamId,
    /// Its name.
    pub name: String,
    /// The context variables it admits.
    pub context_variables: Vec<ContextVariable>,
    /// Routing rules, in order.
    pub rules: Vec<RoutingRule>,
    /// Where a conversation goes that no rule takes.
    pub fallback_queue: QueueId,
    /// The chat widgets that use it.
    pub used_by: Vec<Reference<ChatWidgetId>>,
    /// When it was recorded.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Declares a context variable.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ContextVariable {
    /// 1 to 100 characters, compared exactly.
    pub name: String,
    /// What its value must be.
    #[serde(rename = "type")]
    pub type_: VariableType,
}

/// Type of a context variable.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum VariableType {
    /// Any text.
    Text,
    /// A JSON number, or text that is one.
    Number,
    /// `true` or `false`, or text that is one.
    Boolean,
}

/// Sends the conversations it matches to a queue. The first match wins.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RoutingRule {
    /// At most 100 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What must hold.
    pub when: Condition,
    /// Where a match goes.
    pub queue: QueueId,
    /// Higher is served first, -1,000 to 1,000.
    pub priority: i32,
}

/// What must hold for a rule to match: all of its tests, or any of them. At most 20 tests; `all` of none holds.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged, try_from = "ConditionFields")]
pub enum Condition {
    /// Every test holds.
    All {
        /// The tests.
        all: Vec<Test>,
    },
    /// At least one test holds.
    Any {
        /// The tests.
        any: Vec<Test>,
    },
}

/// One test of a rule.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged, try_from = "TestFields")]
pub enum Test {
    /// The conversation is authenticated, or is not.
    Authenticated {
        /// Which of the two.
        authenticated: bool,
    },
    /// A context variable compares so.
    Variable {
        /// Name of a declared context variable.
        variable: String,
        /// How to compare.
        operator: Operator,
        /// With what; absent for `isSet`.
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<ContextValue>,
    },
}

/// How a test compares a context variable with its value. A variable that is not set only passes `notEquals`.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Operator {
    /// The same text, number or boolean.
    Equals,
    /// Not the same.
    NotEquals,
    /// Numbers only.
    GreaterThan,
    /// Numbers only.
    AtLeast,
    /// Numbers only.
    LessThan,
    /// Numbers only.
    AtMost,
    /// Text only; upper and lower case differ.
    Contains,
    /// Text only; upper and lower case differ.
    StartsWith,
    /// The variable is there.
    IsSet,
}

/// `POST /admin/queues`, `PUT …/{id}`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct QueueBody {
    /// 1 to 100 characters, not in use.
    pub name: String,
    /// The operators who serve it; absent or `null` means all, an empty list nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<OperatorId>>,
}

/// A queue.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Queue {
    /// The queue.
    pub id: QueueId,
    /// Its name.
    pub name: String,
    /// The operators who serve it; `null` means all.
    pub members: Option<Vec<OperatorId>>,
    /// The work streams that send conversations to it.
    pub used_by: Vec<Reference<WorkStreamId>>,
    /// Conversations that wait in it now.
    pub waiting: u32,
    /// When it was recorded.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// `POST /admin/contacts`, `PUT …/{id}`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ContactBody {
    /// The GUID the customer has elsewhere, which a token's `sub` names; made by the server when absent. Cannot be changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<ContactId>,
    /// 1 to 200 characters.
    pub name: String,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Telephone number, at most 50 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Only active contacts are linked to conversations.
    pub active: bool,
}

/// A contact.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// The contact.
    pub id: ContactId,
    /// Its name.
    pub name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Whether it is linked to conversations.
    pub active: bool,
    /// When it was recorded.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// One line of the audit. Append-only.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// The entry.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What was done: `authentication-setting.updated`, `token.refused`, `keys.changed` …
    pub action: String,
    /// Id of what it was done to.
    pub subject: Option<String>,
    /// Joins the entry to an answer and to the log.
    pub request_id: Option<String>,
    /// The error code of a refusal.
    pub code: Option<crate::ErrorCode>,
    /// What a person needs to understand it; for a change the fields before and after. Never a token or key.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub details: std::collections::BTreeMap<String, ContextValue>,
}

/// Who did something.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum Actor {
    /// A person at a console, or their API token.
    Operator {
        /// Who.
        id: OperatorId,
        /// Their name at the time.
        name: String,
    },
    /// A person in a widget.
    Visitor,
    /// The server itself, or its command line.
    System,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionFields {
    all: Option<Vec<Test>>,
    any: Option<Vec<Test>>,
}

impl TryFrom<ConditionFields> for Condition {
    type Error = &'static str;

    fn try_from(fields: ConditionFields) -> Result<Self, Self::Error> {
        match (fields.all, fields.any) {
            (Some(all), None) => Ok(Self::All { all }),
            (None, Some(any)) => Ok(Self::Any { any }),
            _ => Err("give exactly one of `all` and `any`"),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TestFields {
    authenticated: Option<bool>,
    variable: Option<String>,
    operator: Option<Operator>,
    value: Option<ContextValue>,
}

impl TryFrom<TestFields> for Test {
    type Error = &'static str;

    fn try_from(fields: TestFields) -> Result<Self, Self::Error> {
        match fields {
            TestFields {
                authenticated: Some(authenticated),
                variable: None,
                operator: None,
                value: None,
            } => Ok(Self::Authenticated { authenticated }),
            TestFields {
                authenticated: None,
                variable: Some(variable),
                operator: Some(operator),
                value,
            } => Ok(Self::Variable {
                variable,
                operator,
                value,
            }),
            _ => Err("give either `authenticated`, or `variable` and `operator` with a `value`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Condition, RoutingRule};

    #[test]
    fn a_condition_is_all_or_any_and_says_so() {
        let read = serde_json::from_str::<Condition>;
        assert!(read(r#"{"all":[{"authenticated":true},{"variable":"v","operator":"atLeast","value":"5"}]}"#).is_ok());
        assert!(read(r#"{"any":[{"variable":"v","operator":"isSet"}]}"#).is_ok());
        let both = read(r#"{"all":[],"any":[]}"#).unwrap_err().to_string();
        assert!(both.contains("exactly one of `all` and `any`"), "{both}");
        let mixed = read(r#"{"all":[{"authenticated":true,"variable":"v"}]}"#)
            .unwrap_err()
            .to_string();
        assert!(mixed.contains("either `authenticated`"), "{mixed}");
    }

    #[test]
    fn a_rule_is_written_as_it_is_read() {
        let json = r#"{"when":{"all":[{"variable":"v","operator":"equals","value":true}]},"queue":"que_1","priority":5}"#;
        let rule: RoutingRule = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&rule).unwrap(), json);
    }
}
