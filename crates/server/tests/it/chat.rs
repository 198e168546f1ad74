//! A server that listens, a shop with a sign-in of its own, agents and visitors: over real connections.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use bonafide_protocol::Secret;
use bonafide_protocol::operator::Role;
use bonafide_server::{Clock, Config, Server, operators};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tower::ServiceExt as _;

use crate::client::{Client, sign_in};
use crate::console::{Answer, PASSWORD};
use crate::scripted::{Act, PATIENCE, Scripted, ok};
use crate::website::{Key, SUBJECT, claims, key_array};

/// The shop's origin.
pub(crate) const SHOP: &str = "https://shop.example";

/// A listening server.
pub(crate) struct Chat {
    /// `http://127.0.0.1:1234`
    pub(crate) address: String,
    pub(crate) clock: Clock,
    pub(crate) admin: Client,
    metrics: Router,
    folder: Arc<TempDir>,
    http: reqwest::Client,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

/// The shop: its keys, its public key URL, its work stream, its widget.
pub(crate) struct Shop {
    pub(crate) key: Key,
    pub(crate) keys: Scripted,
    /// What the public key URL answers.
    pub(crate) published: Arc<Mutex<Vec<u8>>>,
    pub(crate) work_stream: Value,
    pub(crate) widget: Value,
}

/// A visitor with a conversation.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(crate) client: Client,
    pub(crate) conversation: String,
    pub(crate) secret: String,
    pub(crate) started: Value,
}

impl Chat {
    pub(crate) async fn start() -> Self {
        Self::with(Clock::system(), |_| {}).await
    }

    /// With a clock of the test's own, and a configuration that differs.
    pub(crate) async fn with(clock: Clock, change: impl FnOnce(&mut Config)) -> Self {
        let folder = Arc::new(TempDir::new().unwrap());
        operators::add(
            folder.path(),
            "admin@example.com",
            "Ada",
            Role::Administrator,
            None,
            Secret::new(PASSWORD.to_owned()),
        )
        .await
        .unwrap();
        Self::open(folder, clock, change).await
    }

    async fn open(folder: Arc<TempDir>, clock: Clock, change: impl FnOnce(&mut Config)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let mut config = Config::new(folder.path());
        config.public_url = address.clone();
        config.allow_private_key_urls = true;
        config.clock = clock.clone();
        change(&mut config);
        let server = Server::open(config).await.unwrap();
        let metrics = server.metrics_router();
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(async move {
            let shutdown = async { drop(stopped.await) };
            server.serve(listener, shutdown).await.unwrap();
        });
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let admin = sign_in(&http, &address, "admin@example.com").await;
        Self {
            address,
            clock,
            admin,
            metrics,
            folder,
            http,
            stop,
            running,
        }
    }

    /// Stops the server and opens it again on the same folder, at another address.
    pub(crate) async fn restart(self) -> Self {
        self.restart_with(|_| {}).await
    }

    /// The same with a configuration that differs.
    pub(crate) async fn restart_with(self, change: impl FnOnce(&mut Config)) -> Self {
        let Self {
            clock,
            folder,
            stop,
            running,
            ..
        } = self;
        stop.send(()).unwrap();
        running.await.unwrap();
        Self::open(folder, clock, change).await
    }

    /// Another server on the same database, as a second node would be. One SQLite file serves one process, and a lock
    /// sees to that; here the lock is taken away, because only what the database guarantees is to be seen.
    pub(crate) async fn second_node(&self, change: impl FnOnce(&mut Config)) -> Self {
        std::fs::remove_file(self.folder.path().join("bonafide.lock")).unwrap();
        Self::open(self.folder.clone(), self.clock.clone(), change).await
    }

    /// The data folder.
    pub(crate) fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// An agent, signed in.
    pub(crate) async fn agent(&self, name: &str) -> Client {
        self.operator(name, "agent").await
    }

    /// A supervisor, signed in.
    pub(crate) async fn supervisor(&self, name: &str) -> Client {
        self.operator(name, "supervisor").await
    }

    async fn operator(&self, name: &str, role: &str) -> Client {
        let email = format!("{}@example.com", name.to_lowercase());
        let body = json!({"name": name, "email": email, "role": role, "password": PASSWORD});
        self.admin
            .post("/admin/operators", &body)
            .await
            .expect(201.try_into().unwrap());
        sign_in(&self.http, &self.address, &email).await
    }

    /// The administrator looks at the inbox: visitors have a place in line while somebody is there who serves their queue.
    pub(crate) async fn somebody_is_there(&self) {
        self.admin.get("/agent/conversations?limit=1").await.ok();
    }

    /// A browser on a page of this origin.
    pub(crate) fn page(&self, origin: &str) -> Client {
        let mut client = Client::new(&self.http, &self.address);
        client
            .headers
            .insert(header::ORIGIN, origin.parse().unwrap());
        client
    }

    /// A program: no origin, no cookie.
    pub(crate) fn program(&self) -> Client {
        Client::new(&self.http, &self.address)
    }

    /// Seconds since 1970 by the server's clock.
    pub(crate) fn now(&self) -> i64 {
        self.clock.now_s()
    }

    /// What the server tells Prometheus.
    pub(crate) async fn metrics(&self) -> String {
        let request = Request::get("/metrics").body(Body::empty()).unwrap();
        let response = self.metrics.clone().oneshot(request).await.unwrap();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    /// The newest audit entries with this action.
    pub(crate) async fn audit(&self, action: &str) -> Vec<Value> {
        let page = self.admin.get("/admin/audit?limit=200").await.ok();
        let entries = page["items"].as_array().unwrap().clone();
        entries
            .into_iter()
            .filter(|entry| entry["action"] == action)
            .collect()
    }

    /// The one audit entry with this action, which is recorded beside the request that caused it.
    pub(crate) async fn audited(&self, action: &str) -> Value {
        let recorded = async {
            loop {
                if let [entry] = self.audit(action).await.as_slice() {
                    return entry.clone();
                }
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, recorded)
            .await
            .expect("one audit entry in time")
    }

    /// The id of the queue with this name; makes it when there is none.
    pub(crate) async fn queue(&self, name: &str) -> String {
        let page = self.admin.get("/admin/queues?limit=200").await.ok();
        let found = page["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|queue| queue["name"] == name)
            .cloned();
        let queue = match found {
            Some(queue) => queue,
            None => self
                .admin
                .post("/admin/queues", &json!({"name": name}))
                .await
                .ok(),
        };
        text(&queue["id"])
    }

    /// A shop whose signed-in visitors go to *Members*, those with a full cart to *VIP*, all others to *General*.
    pub(crate) async fn shop(&self) -> Shop {
        self.shop_with(&json!({}), &json!({"signIn": "optional"}))
            .await
    }

    /// The same with other fields of the setting and the widget.
    pub(crate) async fn shop_with(&self, setting: &Value, widget: &Value) -> Shop {
        let key = Key::new("shop-1");
        let published = Arc::new(Mutex::new(ok(&key_array(&[&key]))));
        let current = published.clone();
        let keys = Scripted::start(move |_| Act::Send(current.lock().unwrap().clone())).await;
        let setting = with_fields(
            json!({"name": "Shop sign-in", "publicKeyUrl": keys.url, "clientFunction": "auth.getAuthenticationToken"}),
            setting,
        );
        let setting = self
            .admin
            .post("/admin/authentication-settings", &setting)
            .await
            .ok();
        let (general, members, vip) = (
            self.queue("General").await,
            self.queue("Members").await,
            self.queue("VIP").await,
        );
        let signed_in = json!({"authenticated": true});
        let work_stream = json!({
            "name": "Shop",
            "contextVariables": [
                {"name": "msdyn_cartvalue", "type": "number"},
                {"name": "msdyn_isvip", "type": "boolean"},
                {"name": "note", "type": "text"},
            ],
            "rules": [
                {"name": "Full carts", "queue": vip, "priority": 10, "when": {"all": [
                    signed_in, {"variable": "msdyn_cartvalue", "operator": "atLeast", "value": 5000},
                ]}},
                {"name": "Signed in", "queue": members, "priority": 5, "when": {"all": [signed_in]}},
            ],
            "fallbackQueue": general,
        });
        let work_stream = self
            .admin
            .post("/admin/work-streams", &work_stream)
            .await
            .ok();
        let widget = with_fields(
            json!({
                "name": "Shop chat", "workStream": work_stream["id"], "authenticationSetting": setting["id"],
                "signIn": "required", "allowedOrigins": [SHOP],
            }),
            widget,
        );
        let widget = self.admin.post("/admin/chat-widgets", &widget).await.ok();
        Shop {
            key,
            keys,
            published,
            work_stream,
            widget,
        }
    }

    /// Adds the samples' contact.
    pub(crate) async fn contact(&self) {
        let contact = json!({"id": SUBJECT, "name": "Nancy Anderson (sample)", "email": "nancy@example.com", "active": true});
        self.admin.post("/admin/contacts", &contact).await.ok();
    }

    /// Asks for a start from the shop's page.
    pub(crate) async fn ask_start(&self, shop: &Shop, body: &Value) -> Answer {
        let path = format!("/widgets/{}/conversations", text(&shop.widget["id"]));
        self.page(SHOP)
            .post(&path, &with_fields(json!({"page": page()}), body))
            .await
    }

    /// Starts a conversation from the shop's page.
    pub(crate) async fn visit(&self, shop: &Shop, body: &Value) -> Visitor {
        let started = self.ask_start(shop, body).await.ok();
        let secret = text(&started["session"]["secret"]);
        let mut client = self.page(SHOP);
        client.headers.insert(
            header::AUTHORIZATION,
            format!("Bearer {secret}").parse().unwrap(),
        );
        Visitor {
            client,
            conversation: text(&started["conversation"]["id"]),
            secret,
            started,
        }
    }

    /// Starts a conversation that `agent` accepts.
    pub(crate) async fn visit_accepted(&self, shop: &Shop, agent: &Client) -> Visitor {
        let visitor = self.visit(shop, &json!({})).await;
        agent
            .post(&visitor.agents_path("/accept"), &json!({}))
            .await
            .ok();
        visitor
    }

    /// Starts a conversation with the sample visitor's token.
    pub(crate) async fn visit_signed_in(&self, shop: &Shop) -> Visitor {
        self.visit(shop, &json!({"token": shop.token(self.now())}))
            .await
    }
}

impl Shop {
    /// A good token of the sample visitor.
    pub(crate) fn token(&self, now: i64) -> String {
        self.key.token(&claims(now))
    }

    /// A token of the sample visitor with some claims changed; `null` takes one away.
    pub(crate) fn token_with(&self, now: i64, changes: &Value) -> String {
        let mut claims = with_fields(claims(now), changes);
        claims
            .as_object_mut()
            .unwrap()
            .retain(|_, value| !value.is_null());
        self.key.token(&claims)
    }
}

impl Visitor {
    pub(crate) fn path(&self, below: &str) -> String {
        format!("/conversations/{}{below}", self.conversation)
    }

    pub(crate) async fn write(&self, client_id: &str, text: &str) -> Answer {
        self.client
            .post(
                &self.path("/messages"),
                &json!({"clientId": client_id, "text": text}),
            )
            .await
    }

    /// Writes to the visitor.
    pub(crate) async fn answer(&self, agent: &Client, client_id: &str) -> Answer {
        let body = json!({"clientId": client_id, "text": "Hello"});
        agent.post(&self.agents_path("/messages"), &body).await
    }

    /// The path of the conversation for agents.
    pub(crate) fn agents_path(&self, below: &str) -> String {
        format!("/agent/conversations/{}{below}", self.conversation)
    }
}

/// The page the shop's visitors are on.
pub(crate) fn page() -> Value {
    json!({"url": "https://shop.example/cart", "title": "Cart", "locale": "en-US"})
}

/// `object` with the fields of `others` put over it.
pub(crate) fn with_fields(mut object: Value, others: &Value) -> Value {
    object
        .as_object_mut()
        .unwrap()
        .extend(others.as_object().unwrap().clone());
    object
}

pub(crate) fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no text"))
        .to_owned()
}

/// A quota.
pub(crate) fn times(count: u32) -> NonZeroU32 {
    NonZeroU32::new(count).unwrap()
}
