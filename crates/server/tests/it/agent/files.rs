//! Files of agents, and what agents read of visitors' files.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::chat::{Chat, Visitor, text, with_fields};
use crate::client::Client;
use crate::console::Answer;
use crate::socket::Socket;
use crate::visitor::arriving_files::{Raw, until_files_are};
use crate::visitor::files::{PDF, PNG, files_in, shop};

async fn send(agent: &Client, visitor: &Visitor, client_id: &str, content: &[u8]) -> Answer {
    let path = visitor.agents_path("/files");
    agent
        .send_file(&path, client_id, "report.pdf", content)
        .await
}

pub(crate) async fn from_visitor(visitor: &Visitor) -> Value {
    let path = visitor.path("/files");
    visitor
        .client
        .send_file(&path, "v", "photo.png", PNG)
        .await
        .ok()
}

pub(crate) fn path_of(visitor: &Visitor, message: &Value) -> String {
    visitor.agents_path(&format!("/files/{}", text(&message["attachment"]["id"])))
}

#[tokio::test]
async fn both_sides_send_and_read() {
    let chat = Chat::start().await;
    let shop = shop(&chat, 1_000_000).await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let mut console = Socket::of_agent(&chat, &chat.admin).await;
    let photo = from_visitor(&visitor).await;
    let told = console.next_of("message").await;
    assert_eq!(told["message"], photo);
    let summary = chat.admin.get(&visitor.agents_path("/summary")).await.ok();
    assert_eq!(summary["files"]["maxBytes"], 1_000_000);
    let inbox = chat.admin.get("/agent/conversations").await.ok();
    assert_eq!(inbox["items"][0]["lastText"], "photo.png");
    // While it waits, its queue's agents look at it, and cannot answer.
    let seen = chat.admin.get(&path_of(&visitor, &photo)).await;
    assert!(seen.bytes == PNG);
    assert_eq!(seen.headers[CONTENT_TYPE], "image/png");
    send(&chat.admin, &visitor, "a", PDF)
        .await
        .problem("conflict");

    chat.admin
        .post(&visitor.agents_path("/accept"), &json!({}))
        .await
        .ok();
    let report = send(&chat.admin, &visitor, "a", PDF)
        .await
        .expect(StatusCode::CREATED);
    assert_eq!(report["from"], "agent");
    assert_eq!(report["name"], "Ada");
    assert_eq!(report["seq"], 2);
    let path = visitor.path(&format!("/files/{}", text(&report["attachment"]["id"])));
    let read = visitor.client.get(&path).await;
    assert!(read.bytes == PDF);
    assert!(
        read.headers[CONTENT_DISPOSITION]
            .to_str()
            .unwrap()
            .starts_with("attachment; ")
    );
    assert_eq!(send(&chat.admin, &visitor, "a", PDF).await.ok(), report);
    assert_eq!(files_in(&chat), 2);

    // Transcripts name them.
    let transcript = chat
        .admin
        .get(&visitor.agents_path("/transcript"))
        .await
        .text();
    for line in [
        "Unknown visitor (visitor): [file] photo.png (PNG, 2181 bytes, 48 × 32 pixels)",
        "Ada (agent): [file] report.pdf (PDF, 329 bytes)",
    ] {
        assert!(transcript.contains(line), "{line} is not in\n{transcript}");
    }
    let path = visitor.agents_path("/transcript?format=json");
    let transcript = chat.admin.get(&path).await.ok();
    assert_eq!(transcript["messages"], json!([photo, report]));
}

#[tokio::test]
async fn who_may_not_read_the_conversation_does_not_read_its_files() {
    let chat = Chat::start().await;
    let shop = shop(&chat, 1_000_000).await;
    let (ana, ben) = (chat.agent("Ana").await, chat.agent("Ben").await);
    let visitor = chat.visit_accepted(&shop, &ana).await;
    let photo = from_visitor(&visitor).await;
    let path = path_of(&visitor, &photo);
    assert!(ana.get(&path).await.bytes == PNG);
    ben.get(&path).await.problem("forbidden");
    send(&ben, &visitor, "b", PDF).await.problem("conflict");
    visitor.client.get(&path).await.problem("sign-in-required");
    chat.program().get(&path).await.problem("sign-in-required");
    // Another conversation's address does not lead to it.
    let other = chat.visit_accepted(&shop, &ben).await;
    ben.get(&path_of(&other, &photo)).await.problem("not-found");
    // Nor does a queue that is not theirs.
    let general = chat.queue("General").await;
    let me = ana.get("/operator/session").await.ok();
    let queue = json!({"name": "General", "members": [me["id"]]});
    chat.admin
        .put(&format!("/admin/queues/{general}"), &queue)
        .await
        .ok();
    ben.get(&path).await.problem("conversation-not-found");
    send(&ben, &visitor, "b", PDF)
        .await
        .problem("conversation-not-found");
    // The end leaves it to those who had it.
    ana.post(&visitor.agents_path("/close"), &json!({}))
        .await
        .ok();
    assert!(ana.get(&path).await.bytes == PNG);
    send(&ana, &visitor, "late", PDF).await.problem("conflict");
}

/// Whose account ends while their file arrives does not send it, and whose role ends sends as who they are then.
#[tokio::test]
async fn rights_are_those_of_the_files_end() {
    let chat = Chat::start().await;
    let shop = shop(&chat, 1_000_000).await;
    let (ana, sue) = (chat.agent("Ana").await, chat.supervisor("Sue").await);
    let visitor = chat.visit_accepted(&shop, &ana).await;
    sue.post(&visitor.agents_path("/join"), &json!({}))
        .await
        .ok();
    for (number, (client, name, then)) in [
        (&sue, "Sue", json!({"role": "agent", "disabled": false})),
        (&ana, "Ana", json!({"role": "agent", "disabled": true})),
    ]
    .into_iter()
    .enumerate()
    {
        let me = client.get("/operator/session").await.ok();
        let cookie = client.headers[header::COOKIE].to_str().unwrap();
        let credentials = format!("Origin: {}\r\nCookie: {cookie}", chat.address);
        let path = visitor.agents_path("/files");
        let length = format!("Content-Length: {}", PDF.len());
        let mut sending = Raw::begin(&chat, &path, &credentials, &length).await;
        sending.write(&PDF[..100]).await;
        until_files_are(&chat, 1).await;
        let path = format!("/admin/operators/{}", text(&me["id"]));
        chat.admin
            .put(&path, &with_fields(json!({"name": name}), &then))
            .await
            .ok();
        sending.write(&PDF[100..]).await;
        let answer = sending.answer().await;
        let status = ["HTTP/1.1 409", "HTTP/1.1 401"][number];
        assert!(answer.starts_with(status), "{answer}");
        until_files_are(&chat, 0).await;
    }
}

/// A form or an image in a foreign page cannot send one for an agent who is signed in.
#[tokio::test]
async fn no_other_page_sends_one_for_an_agent() {
    let chat = Chat::start().await;
    let shop = shop(&chat, 1_000_000).await;
    let ana = chat.agent("Ana").await;
    let visitor = chat.visit_accepted(&shop, &ana).await;
    let mut foreign = ana.clone();
    foreign
        .headers
        .insert(header::ORIGIN, "https://evil.example".parse().unwrap());
    send(&foreign, &visitor, "a", PDF)
        .await
        .problem("forbidden");
    let path = format!("{}?clientId=a", visitor.agents_path("/files"));
    ana.send(Method::POST, &path, Some("{}".to_owned()))
        .await
        .refuses(&[("File-Name", "required")]);
}

#[tokio::test]
async fn what_is_wrong_with_a_widgets_files_is_said() {
    let chat = Chat::start().await;
    let stream = text(&chat.shop().await.work_stream["id"]);
    let post = async |files: Value| {
        let body = json!({
            "name": "Files", "workStream": stream, "authenticationSetting": null,
            "signIn": "optional", "allowedOrigins": ["*"], "files": files,
        });
        chat.admin.post("/admin/chat-widgets", &body).await
    };
    for bytes in [0, 1_023, 26_214_401] {
        post(json!({"maxBytes": bytes, "types": ["image/png"]}))
            .await
            .refuses(&[("files.maxBytes", "invalid")]);
    }
    let none = json!({"maxBytes": 2_000, "types": []});
    post(none).await.refuses(&[("files.types", "required")]);
    let twice = json!({"maxBytes": 2_000, "types": ["image/png", "image/png"]});
    post(twice).await.refuses(&[("files.types", "duplicate")]);
    let unknown = json!({"maxBytes": 2_000, "types": ["image/svg+xml"]});
    post(unknown)
        .await
        .refuses(&[("files.types[0]", "invalid")]);
    let more = json!({"maxBytes": 2_000, "types": ["image/png"], "scan": true});
    post(more).await.refuses(&[("files.scan", "unknown")]);
    for bytes in [1_024, 26_214_400] {
        let made = post(json!({"maxBytes": bytes, "types": ["image/png"]}))
            .await
            .ok();
        assert_eq!(
            made["files"],
            json!({"maxBytes": bytes, "types": ["image/png"]})
        );
        let path = format!("/admin/chat-widgets/{}", text(&made["id"]));
        chat.admin
            .delete(&path)
            .await
            .expect(StatusCode::NO_CONTENT);
    }
}
