//! The sample data: recorded through the HTTP API, as an administrator would.
//!
//! What is there already stays as it is, whoever changed it; only the shop's address is brought up to date.

use std::path::Path;

use bonafide_protocol::admin::{
    Assignment, AuthenticationSetting, AuthenticationSettingBody, ChatWidget, ChatWidgetBody,
    Condition, Contact, ContactBody, ContextVariable, Operator, Queue, QueueBody, Resume,
    RoutingRule, Test, VariableType, WorkStream, WorkStreamBody,
};
use bonafide_protocol::context::ContextValue;
use bonafide_protocol::id::{
    AuthenticationSettingId, ChatWidgetId, ContactId, QueueId, WorkStreamId,
};
use bonafide_protocol::visitor::{Appearance, LauncherPosition, SignIn};
use bonafide_server::operators;

use super::api::{Api, Refused};
use super::people::{ADMINISTRATOR, CUSTOMERS};

/// The chat widgets of the shop's pages.
pub(super) struct Widgets {
    /// A setting, sign-in optional.
    pub(super) chat: ChatWidgetId,
    /// The same setting, sign-in required.
    pub(super) required: ChatWidgetId,
    /// No setting.
    pub(super) without_setting: ChatWidgetId,
}

/// Records what is missing on the server at `chat`, with data in `folder`, for the shop at `shop`; both are origins. A token of
/// the demo's administrator serves, and no password: that may be another by now.
pub(super) async fn record(folder: &Path, chat: &str, shop: &str) -> anyhow::Result<Widgets> {
    // A demo that was killed while it recorded left one.
    operators::revoke_api_tokens(folder, ADMINISTRATOR.email, TOKEN).await?;
    let token = operators::add_api_token(folder, ADMINISTRATOR.email, TOKEN).await?;
    let recorded = match Api::new(chat, token) {
        Ok(api) => record_with(&api, shop).await,
        Err(error) => Err(error),
    };
    operators::revoke_api_tokens(folder, ADMINISTRATOR.email, TOKEN).await?;
    recorded.map_err(|error| {
        let is_refused = error.downcast_ref::<Refused>().is_some();
        error.context(match is_refused {
            true => format!(
                "The sample data cannot be recorded: {} has to be an administrator who is not disabled",
                ADMINISTRATOR.email
            ),
            false => "The sample data cannot be recorded".to_owned(),
        })
    })
}

/// The name of the token that the sample data is recorded with.
const TOKEN: &str = "Demo: sample data";

async fn record_with(api: &Api, shop: &str) -> anyhow::Result<Widgets> {
    for customer in CUSTOMERS {
        contact(api, customer.contact, || ContactBody {
            id: Some(ContactId::from_text(customer.contact)),
            name: customer.name(),
            email: Some(customer.email.to_owned()),
            phone: Some(customer.phone.to_owned()),
            active: true,
        })
        .await?;
    }
    let priority = queue(api, "Priority").await?;
    let signed_in = queue(api, "Signed-in customers").await?;
    let general = queue(api, "General").await?;
    let work_stream = work_stream(api, &priority, &signed_in, &general).await?;
    let setting = setting(api, &format!("{shop}/_services/auth/publickey")).await?;
    let widgets = Recorder {
        api,
        known: api.list("/admin/chat-widgets").await?,
        work_stream,
        origins: origins(shop),
    };
    Ok(Widgets {
        chat: widgets
            .widget("Shop chat", Some(&setting), SignIn::Optional)
            .await?,
        required: widgets
            .widget(
                "Shop chat, sign-in required",
                Some(&setting),
                SignIn::Required,
            )
            .await?,
        without_setting: widgets
            .widget("Shop chat without setting", None, SignIn::Optional)
            .await?,
    })
}

async fn contact(api: &Api, id: &str, body: impl FnOnce() -> ContactBody) -> anyhow::Result<()> {
    if api
        .read::<Contact>(&format!("/admin/contacts/{id}"))
        .await?
        .is_none()
    {
        api.create::<Contact>("/admin/contacts", &body()).await?;
    }
    Ok(())
}

async fn queue(api: &Api, name: &str) -> anyhow::Result<QueueId> {
    let known: Vec<Queue> = api.list("/admin/queues").await?;
    if let Some(queue) = known.into_iter().find(|queue| queue.name == name) {
        return Ok(queue.id);
    }
    let body = QueueBody {
        name: name.to_owned(),
        members: None,
        absence_seconds: None,
        assignment: Assignment::default(),
    };
    Ok(api.create::<Queue>("/admin/queues", &body).await?.id)
}

async fn work_stream(
    api: &Api,
    priority: &QueueId,
    signed_in: &QueueId,
    general: &QueueId,
) -> anyhow::Result<WorkStreamId> {
    let known: Vec<WorkStream> = api.list("/admin/work-streams").await?;
    if let Some(stream) = known.into_iter().find(|stream| stream.name == WORK_STREAM) {
        return Ok(stream.id);
    }
    let variable = |name: &str, type_| ContextVariable {
        name: name.to_owned(),
        type_,
    };
    let body = WorkStreamBody {
        name: WORK_STREAM.to_owned(),
        context_variables: vec![
            variable("msdyn_cartvalue", VariableType::Number),
            variable("msdyn_isvip", VariableType::Boolean),
            variable("portalcontactid", VariableType::Text),
        ],
        rules: vec![
            rule(
                "Cart of 5,000 or more",
                priority,
                100,
                Some(at_least("msdyn_cartvalue", 5_000)),
            ),
            rule("VIP", signed_in, 50, Some(is_true("msdyn_isvip"))),
            rule("Signed in", signed_in, 10, None),
        ],
        fallback_queue: general.clone(),
        resume: Resume::default(),
        closing_reasons: Vec::new(),
        closing_reason_required: false,
    };
    Ok(api
        .create::<WorkStream>("/admin/work-streams", &body)
        .await?
        .id)
}

/// A rule for authenticated conversations that pass `test`.
fn rule(name: &str, queue: &QueueId, priority: i32, test: Option<Test>) -> RoutingRule {
    let mut all = vec![Test::Authenticated {
        authenticated: true,
    }];
    all.extend(test);
    RoutingRule {
        name: Some(name.to_owned()),
        when: Condition::All { all },
        queue: queue.clone(),
        priority,
    }
}

fn at_least(variable: &str, number: i64) -> Test {
    Test::Variable {
        variable: variable.to_owned(),
        operator: Operator::AtLeast,
        value: Some(ContextValue::Number(number.into())),
    }
}

fn is_true(variable: &str) -> Test {
    Test::Variable {
        variable: variable.to_owned(),
        operator: Operator::Equals,
        value: Some(ContextValue::Boolean(true)),
    }
}

async fn setting(api: &Api, public_key_url: &str) -> anyhow::Result<AuthenticationSettingId> {
    let path = "/admin/authentication-settings";
    let known: Vec<AuthenticationSetting> = api.list(path).await?;
    let Some(known) = known.into_iter().find(|setting| setting.name == SETTING) else {
        let body = AuthenticationSettingBody {
            name: SETTING.to_owned(),
            owner: None,
            public_key_url: public_key_url.to_owned(),
            client_function: "auth.getAuthenticationToken".to_owned(),
            expected_issuer: Some(super::people::ISSUER.to_owned()),
            expected_audience: None,
            leeway_seconds: None,
            single_use: None,
        };
        return Ok(api.create::<AuthenticationSetting>(path, &body).await?.id);
    };
    if known.public_key_url != public_key_url {
        let body = AuthenticationSettingBody {
            name: known.name,
            owner: Some(known.owner),
            public_key_url: public_key_url.to_owned(),
            client_function: known.client_function,
            expected_issuer: known.expected_issuer,
            expected_audience: known.expected_audience,
            leeway_seconds: Some(known.leeway_seconds),
            single_use: Some(known.single_use),
        };
        api.replace(&format!("{path}/{}", known.id), known.version, &body)
            .await?;
    }
    Ok(known.id)
}

/// Records chat widgets that share a work stream and origins.
struct Recorder<'a> {
    api: &'a Api,
    known: Vec<ChatWidget>,
    work_stream: WorkStreamId,
    origins: Vec<String>,
}

impl Recorder<'_> {
    async fn widget(
        &self,
        name: &str,
        setting: Option<&AuthenticationSettingId>,
        sign_in: SignIn,
    ) -> anyhow::Result<ChatWidgetId> {
        let path = "/admin/chat-widgets";
        let Some(known) = self.known.iter().find(|widget| widget.name == name) else {
            // On the page with two widgets each has a corner and a title of its own.
            let (title, position) = match setting {
                Some(_) => ("Contoso shop", LauncherPosition::End),
                None => ("Contoso shop, no setting", LauncherPosition::Start),
            };
            let body = ChatWidgetBody {
                name: name.to_owned(),
                work_stream: self.work_stream.clone(),
                authentication_setting: setting.cloned(),
                sign_in,
                allowed_origins: self.origins.clone(),
                appearance: Appearance {
                    title: Some(title.to_owned()),
                    greeting: Some("Hello! How can we help?".to_owned()),
                    accent_color: Some("#1f6f5c".to_owned()),
                    position: Some(position),
                },
                release_seconds: None,
                files: None,
            };
            return Ok(self.api.create::<ChatWidget>(path, &body).await?.id);
        };
        let missing = |origin: &&String| !known.allowed_origins.contains(origin);
        if self.origins.iter().any(|origin| missing(&origin)) {
            let body = ChatWidgetBody {
                name: known.name.clone(),
                work_stream: known.work_stream.id.clone(),
                authentication_setting: known
                    .authentication_setting
                    .as_ref()
                    .map(|setting| setting.id.clone()),
                sign_in: known.sign_in,
                allowed_origins: self.origins.clone(),
                appearance: known.appearance.clone(),
                release_seconds: Some(known.release_seconds),
                files: known.files.clone(),
            };
            self.api
                .replace(&format!("{path}/{}", known.id), known.version, &body)
                .await?;
        }
        Ok(known.id.clone())
    }
}

/// The shop's origin, also by the name that people type instead of the address.
fn origins(shop: &str) -> Vec<String> {
    let mut origins = vec![shop.to_owned()];
    if let Some(port) = shop.strip_prefix("http://127.0.0.1:") {
        origins.push(format!("http://localhost:{port}"));
    }
    origins
}

const WORK_STREAM: &str = "Contoso shop";
const SETTING: &str = "Contoso shop";
