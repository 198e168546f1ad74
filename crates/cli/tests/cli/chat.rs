//! A running server with one chat widget for any page, and a visitor who writes in it.

use std::path::Path;

use reqwest::{Client, Response};
use serde_json::{Value, json};

use crate::bonafide::bonafide;
use crate::running::{Http, Running};

/// A visitor's conversation.
#[derive(Clone)]
pub(crate) struct Visitor {
    client: Client,
    messages: String,
    files: String,
    secret: String,
}

/// Adds an administrator to the data in `data`.
pub(crate) fn add_administrator(directory: &Path) {
    let add =
        "operator add --data data --email ada@example.com --role administrator --password-stdin";
    let run = bonafide(directory, add.split(' '), "correct horse battery\n");
    assert_eq!(run.code, 0, "{}", run.stderr);
}

/// The origin of a server that was just started, and the id of a chat widget that is made there.
pub(crate) async fn widget(server: &mut Running) -> (String, String) {
    let origin = server.address("listens on");
    let mut console = Http::new(&origin);
    let credentials = json!({"email": "ada@example.com", "password": "correct horse battery"});
    let answer = console.post("/api/v1/operator/session", &credentials).await;
    assert_eq!(answer.status, 204, "{}", answer.body);
    let streams = console.get("/api/v1/admin/work-streams").await.json();
    let widget = json!({
        "name": "Any page", "workStream": streams["items"][0]["id"], "authenticationSetting": null,
        "signIn": "optional", "allowedOrigins": ["*"],
        "files": {"maxBytes": 1_000_000, "types": ["image/png", "application/pdf"]},
    });
    let made = console.post("/api/v1/admin/chat-widgets", &widget).await;
    assert_eq!(made.status, 201, "{}", made.body);
    (origin, made.json()["id"].as_str().unwrap().to_owned())
}

impl Visitor {
    pub(crate) async fn start(origin: &str, widget: &str) -> Self {
        let client = Client::builder().no_proxy().build().unwrap();
        let body = json!({"page": {"url": "https://shop.example/", "title": "", "locale": "en"}});
        let answer = client
            .post(format!("{origin}/api/v1/widgets/{widget}/conversations"))
            .header("content-type", "application/json")
            .body(body.to_string())
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 201);
        let started = json_of(answer).await;
        let id = started["conversation"]["id"].as_str().unwrap();
        Self {
            client,
            messages: format!("/api/v1/conversations/{id}/messages"),
            files: format!("/api/v1/conversations/{id}/files"),
            secret: started["session"]["secret"].as_str().unwrap().to_owned(),
        }
    }

    /// Writes a message; an error when the server is gone.
    pub(crate) async fn write(
        &self,
        origin: &str,
        client_id: &str,
        text: &str,
    ) -> reqwest::Result<Response> {
        let body = json!({"clientId": client_id, "text": text});
        self.client
            .post(format!("{origin}{}", self.messages))
            .header("content-type", "application/json")
            .bearer_auth(&self.secret)
            .body(body.to_string())
            .send()
            .await
    }

    /// Sends a file; an error when the server is gone.
    pub(crate) async fn send_file(
        &self,
        origin: &str,
        client_id: &str,
        content: &[u8],
    ) -> reqwest::Result<Response> {
        self.client
            .post(format!("{origin}{}?clientId={client_id}", self.files))
            .header("file-name", "a%20file")
            .bearer_auth(&self.secret)
            .body(content.to_vec())
            .send()
            .await
    }

    /// Reads a file.
    pub(crate) async fn file(&self, origin: &str, id: &str) -> Response {
        self.client
            .get(format!("{origin}{}/{id}", self.files))
            .bearer_auth(&self.secret)
            .send()
            .await
            .unwrap()
    }

    /// Number and client id of every stored message, in order.
    pub(crate) async fn stored(&self, origin: &str) -> Vec<(u64, String)> {
        let mut stored: Vec<(u64, String)> = Vec::new();
        loop {
            let after = stored.last().map_or(0, |(seq, _)| *seq);
            let answer = self
                .client
                .get(format!("{origin}{}?after={after}", self.messages))
                .bearer_auth(&self.secret)
                .send()
                .await
                .unwrap();
            assert_eq!(answer.status(), 200);
            let page = json_of(answer).await;
            for message in page["items"].as_array().unwrap() {
                let client_id = message["clientId"].as_str().unwrap().to_owned();
                stored.push((message["seq"].as_u64().unwrap(), client_id));
            }
            if page["more"] == false {
                return stored;
            }
        }
    }
}

pub(crate) async fn json_of(answer: Response) -> Value {
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}
