//! A fresh server in a temporary folder, and people at its consoles. They send real requests through the whole router.

use std::path::PathBuf;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, header};
use bonafide_server::{Clock, Config, Server};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt as _;

/// The server's own origin.
pub(crate) const ORIGIN: &str = "https://chat.example.com";
/// A password that is long enough.
pub(crate) const PASSWORD: &str = "correct horse battery";
/// 2026-11-22T20:00:00Z in milliseconds.
pub(crate) const NOW: i64 = 1_795_377_600_000;

/// A server, its folder and its clock.
pub(crate) struct World {
    pub(crate) server: Server,
    pub(crate) clock: Clock,
    router: Router,
    folder: TempDir,
}

/// Somebody who sends requests.
#[derive(Clone)]
pub(crate) struct Person {
    router: Router,
    /// Sent with every request.
    pub(crate) headers: HeaderMap,
}

/// What a request got.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl World {
    /// A fresh server.
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A fresh server whose configuration differs from the default.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::open(TempDir::new().unwrap(), Clock::manual(NOW), change).await
    }

    async fn open(folder: TempDir, clock: Clock, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::new(folder.path());
        config.public_url = ORIGIN.to_owned();
        config.clock = clock.clone();
        change(&mut config);
        let server = Server::open(config).await.unwrap();
        Self {
            router: server.router(),
            server,
            clock,
            folder,
        }
    }

    /// The data folder.
    pub(crate) fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Stops the server, as a signal would. Requests that come later find the database closed.
    pub(crate) async fn stop(self) -> (TempDir, Clock) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        self.server.serve(listener, async {}).await.unwrap();
        (self.folder, self.clock)
    }

    /// Stops the server and opens it again on the same folder.
    pub(crate) async fn restart(self) -> Self {
        let (folder, clock) = self.stop().await;
        Self::open(folder, clock, |_| {}).await
    }

    /// Somebody at this server's own pages, not signed in.
    pub(crate) fn anybody(&self) -> Person {
        let mut headers = HeaderMap::new();
        headers.insert(header::ORIGIN, HeaderValue::from_static(ORIGIN));
        Person {
            router: self.router.clone(),
            headers,
        }
    }

    /// A program: no cookie, no origin.
    pub(crate) fn program(&self) -> Person {
        Person {
            router: self.router.clone(),
            headers: HeaderMap::new(),
        }
    }

    /// The set-up link's secret.
    pub(crate) fn set_up_secret(&self) -> String {
        self.server
            .setup_link()
            .unwrap()
            .split_once('#')
            .unwrap()
            .1
            .to_owned()
    }

    /// The first administrator, by way of the set-up link: `admin@example.com`.
    pub(crate) async fn administrator(&self) -> Person {
        let mut person = self.anybody();
        let body = json!({
            "secret": self.set_up_secret(), "name": "Ada", "email": "admin@example.com", "password": PASSWORD
        });
        let answer = person.post("/operator/setup", &body).await;
        answer.expect(StatusCode::NO_CONTENT);
        person.keep_cookie(&answer);
        person
    }

    /// An operator whom `administrator` adds, signed in.
    pub(crate) async fn operator(&self, administrator: &Person, email: &str, role: &str) -> Person {
        let body = json!({"name": "Bo", "email": email, "role": role, "password": PASSWORD});
        administrator
            .post("/admin/operators", &body)
            .await
            .expect(StatusCode::CREATED);
        self.sign_in(email, PASSWORD).await
    }

    /// Signs in.
    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> Person {
        let mut person = self.anybody();
        let answer = person
            .post(
                "/operator/session",
                &json!({"email": email, "password": password}),
            )
            .await;
        answer.expect(StatusCode::NO_CONTENT);
        person.keep_cookie(&answer);
        person
    }

    /// What Prometheus gets, on its own listener.
    pub(crate) async fn metrics(&self) -> Answer {
        let program = Person {
            router: self.server.metrics_router(),
            headers: HeaderMap::new(),
        };
        program.get("//metrics").await
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, time: Duration) {
        self.clock.advance(time);
    }
}

impl Person {
    /// With another header.
    pub(crate) fn with(&self, name: &'static str, value: &str) -> Self {
        let mut person = self.clone();
        person
            .headers
            .insert(HeaderName::from_static(name), value.parse().unwrap());
        person
    }

    /// Without a header.
    pub(crate) fn without(&self, name: &'static str) -> Self {
        let mut person = self.clone();
        person.headers.remove(name);
        person
    }

    /// Keeps the session's cookie of an answer.
    pub(crate) fn keep_cookie(&mut self, answer: &Answer) {
        let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
        let pair = cookie.split(';').next().unwrap();
        self.headers.insert(header::COOKIE, pair.parse().unwrap());
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, Some(body.to_string())).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PUT, path, Some(body.to_string())).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    /// Sends a request below the API's base; a path that begins with `//` stands outside of it. Changes whatever version there
    /// is, unless a header says which.
    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<String>) -> Answer {
        if self.headers.contains_key(header::IF_MATCH) {
            return self.send_exactly(method, path, body).await;
        }
        let any = self.with("if-match", "*");
        any.send_exactly(method, path, body).await
    }

    /// As [`Self::send`], without a header that was not asked for.
    pub(crate) async fn send_exactly(
        &self,
        method: Method,
        path: &str,
        body: Option<String>,
    ) -> Answer {
        let uri = match path.strip_prefix("//") {
            Some(outside) => format!("/{outside}"),
            None => format!("/api/v1{path}"),
        };
        let mut request = Request::builder().method(method).uri(uri);
        *request.headers_mut().unwrap() = self.headers.clone();
        if body.is_some() && !self.headers.contains_key(header::CONTENT_TYPE) {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let request = request
            .body(body.map_or(Body::empty(), Body::from))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes,
        }
    }
}

impl Answer {
    /// The body, when the status is the expected one.
    #[track_caller]
    pub(crate) fn expect(&self, status: StatusCode) -> Value {
        assert_eq!(
            self.status,
            status,
            "{}",
            String::from_utf8_lossy(&self.bytes)
        );
        if self.bytes.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&self.bytes).unwrap()
        }
    }

    /// The problem, when the code is the expected one; checks what holds for every problem.
    #[track_caller]
    pub(crate) fn problem(&self, code: &str) -> Value {
        let body: Value = serde_json::from_slice(&self.bytes).unwrap_or_else(|_| {
            panic!("{}: {}", self.status, String::from_utf8_lossy(&self.bytes))
        });
        assert_eq!(body["code"], code, "{body}");
        assert_eq!(body["status"], self.status.as_u16());
        assert_eq!(body["type"], format!("/docs/errors#{code}"));
        assert_eq!(
            self.headers[header::CONTENT_TYPE],
            "application/problem+json"
        );
        assert_eq!(
            body["requestId"],
            self.headers["x-request-id"].to_str().unwrap()
        );
        assert!(
            !body["title"].as_str().unwrap().is_empty()
                && !body["detail"].as_str().unwrap().is_empty()
        );
        body
    }

    /// The names and codes of the fields that were refused.
    #[track_caller]
    pub(crate) fn fields(&self) -> Vec<(String, String)> {
        let problem = self.problem("invalid-request");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        problem["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| (text(&field["name"]), text(&field["code"])))
            .collect()
    }

    /// Asserts which fields were refused.
    #[track_caller]
    pub(crate) fn refuses(&self, expected: &[(&str, &str)]) {
        let fields = self.fields();
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, code)| (name.as_str(), code.as_str()))
            .collect();
        assert_eq!(fields, expected, "{}", String::from_utf8_lossy(&self.bytes));
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }
}
