//! Requests over real connections.

use axum::http::{HeaderMap, Method, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::console::{Answer, PASSWORD};

/// Somebody who sends requests, always with the same headers.
#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    base: String,
    pub(crate) headers: HeaderMap,
}

impl Client {
    pub(crate) fn new(http: &reqwest::Client, address: &str) -> Self {
        Self {
            http: http.clone(),
            base: format!("{address}/api/v1"),
            headers: HeaderMap::new(),
        }
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

    /// Sends a file, as the route of files takes it.
    pub(crate) async fn send_file(
        &self,
        path: &str,
        client_id: &str,
        name: &str,
        content: &[u8],
    ) -> Answer {
        let name = utf8_percent_encode(name, NON_ALPHANUMERIC).to_string();
        let request = self
            .http
            .post(format!("{}{path}?clientId={client_id}", self.base))
            .headers(self.headers.clone())
            .header("File-Name", name)
            .body(content.to_vec());
        let response = request.send().await.unwrap();
        Answer {
            status: response.status(),
            headers: response.headers().clone(),
            bytes: response.bytes().await.unwrap().to_vec(),
        }
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<String>) -> Answer {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.base))
            .header(header::IF_MATCH, "*")
            .headers(self.headers.clone());
        if let Some(body) = body {
            request = request
                .header(header::CONTENT_TYPE, "application/json")
                .body(body);
        }
        let response = request.send().await.unwrap();
        Answer {
            status: response.status(),
            headers: response.headers().clone(),
            bytes: response.bytes().await.unwrap().to_vec(),
        }
    }
}

impl Answer {
    /// The body of an answer that is no error.
    #[track_caller]
    pub(crate) fn ok(&self) -> Value {
        assert!(
            self.status.is_success(),
            "{}: {}",
            self.status,
            String::from_utf8_lossy(&self.bytes)
        );
        self.expect(self.status)
    }
}

/// An operator at a console of the server's own.
pub(crate) async fn sign_in(http: &reqwest::Client, address: &str, email: &str) -> Client {
    let mut client = Client::new(http, address);
    client
        .headers
        .insert(header::ORIGIN, address.parse().unwrap());
    let answer = client
        .post(
            "/operator/session",
            &json!({"email": email, "password": PASSWORD}),
        )
        .await;
    answer.ok();
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    client.headers.insert(
        header::COOKIE,
        cookie.split(';').next().unwrap().parse().unwrap(),
    );
    client
}
