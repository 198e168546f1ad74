//! Files of visitors: which are taken and which are not, what their messages say, and that nothing of them is lost or leaks.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    ETAG, IF_NONE_MATCH, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, Method, StatusCode};
use serde_json::{Value, json};

use crate::chat::{Chat, Shop, Visitor, text, times, with_fields};
use crate::console::Answer;
use crate::socket::Socket;

pub(crate) const PNG: &[u8] = include_bytes!("../../files/photo.png");
pub(crate) const PDF: &[u8] = include_bytes!("../../files/report.pdf");
const JPEG: &[u8] = include_bytes!("../../files/photo.jpg");
const WEBP: &[u8] = include_bytes!("../../files/photo.webp");
pub(super) const GIF: &[u8] = include_bytes!("../../files/photo.gif");

pub(crate) fn all_types() -> Value {
    json!([
        "image/png",
        "image/jpeg",
        "image/webp",
        "image/gif",
        "application/pdf"
    ])
}

/// A shop whose chats take files of at most so many bytes.
pub(crate) async fn shop(chat: &Chat, max_bytes: u32) -> Shop {
    let files = json!({"maxBytes": max_bytes, "types": all_types()});
    let widget = json!({"signIn": "optional", "files": files});
    chat.shop_with(&json!({}), &widget).await
}

pub(super) async fn send(visitor: &Visitor, client_id: &str, name: &str, content: &[u8]) -> Answer {
    let path = visitor.path("/files");
    visitor
        .client
        .send_file(&path, client_id, name, content)
        .await
}

/// Reads the file of a message.
async fn read(visitor: &Visitor, message: &Value) -> Answer {
    let file = text(&message["attachment"]["id"]);
    visitor
        .client
        .get(&visitor.path(&format!("/files/{file}")))
        .await
}

pub(super) async fn started(files: u32) -> (Chat, Shop, Visitor) {
    let chat = Chat::start().await;
    let shop = shop(&chat, files).await;
    let visitor = chat.visit(&shop, &json!({})).await;
    (chat, shop, visitor)
}

/// What a refusal says of the file.
fn fault(answer: &Answer) -> String {
    let problem = answer.problem("invalid-request");
    assert_eq!(problem["fields"][0]["name"], "file", "{problem}");
    text(&problem["fields"][0]["message"])
}

#[tokio::test]
async fn each_type_is_taken_and_given_back_byte_for_byte() {
    let (_chat, _shop, visitor) = started(1_000_000).await;
    let (mut page, _) = Socket::of_visitor(&_chat, &visitor, 0).await;
    visitor.write("before", "Here they come").await.ok();
    for (index, (name, kind, content, how)) in [
        ("photo.png", "image/png", PNG, "inline"),
        ("photo.jpg", "image/jpeg", JPEG, "inline"),
        ("photo.webp", "image/webp", WEBP, "inline"),
        ("photo.gif", "image/gif", GIF, "inline"),
        ("report.pdf", "application/pdf", PDF, "attachment"),
    ]
    .into_iter()
    .enumerate()
    {
        let sent = send(&visitor, &format!("f{index}"), name, content).await;
        let message = sent.expect(StatusCode::CREATED);
        assert_eq!(message["text"], name, "for who does not know of files");
        assert_eq!(message["seq"], index + 2, "in order with the texts");
        let attachment = &message["attachment"];
        assert_eq!(attachment["name"], name);
        assert_eq!(attachment["type"], kind);
        assert_eq!(attachment["bytes"], content.len());
        assert_eq!(attachment.get("width").is_some(), kind != "application/pdf");
        let told = loop {
            let event = page.next_of("message").await;
            if event["message"]["seq"] == message["seq"] {
                break event;
            }
        };
        assert_eq!(told["message"], message);

        let file = read(&visitor, &message).await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.bytes == content, "{name}");
        let header = |name: HeaderName| file.headers[name].to_str().unwrap().to_owned();
        assert_eq!(header(CONTENT_TYPE), kind);
        assert_eq!(header(CONTENT_LENGTH), content.len().to_string());
        assert_eq!(
            header(CONTENT_DISPOSITION),
            format!("{how}; filename=\"{name}\"; filename*=UTF-8''{name}")
        );
        assert_eq!(header(X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert_eq!(
            header(CONTENT_SECURITY_POLICY),
            "sandbox; default-src 'none'"
        );
        assert_eq!(header(CACHE_CONTROL), "private, no-cache");
        let policy = HeaderName::from_static("cross-origin-resource-policy");
        assert_eq!(header(policy), "same-origin");
        assert_eq!(
            file.headers.get_all(X_CONTENT_TYPE_OPTIONS).iter().count(),
            1
        );

        let mut again = visitor.client.clone();
        again
            .headers
            .insert(IF_NONE_MATCH, file.headers[ETAG].clone());
        let path = visitor.path(&format!("/files/{}", text(&attachment["id"])));
        let known = again.get(&path).await;
        assert_eq!(
            (known.status, known.bytes.len()),
            (StatusCode::NOT_MODIFIED, 0)
        );
    }
    let all = visitor.client.get(&visitor.path("/messages")).await.ok();
    assert_eq!(all["items"].as_array().unwrap().len(), 6);
    assert!(all["items"][0].get("attachment").is_none());
    assert_eq!(all["items"][1]["attachment"]["name"], "photo.png");
}

#[tokio::test]
async fn what_is_no_such_file_is_refused_and_leaves_nothing() {
    let (chat, _shop, visitor) = started(1_000_000).await;
    let page = b"<!DOCTYPE html><script>alert(document.cookie)</script>";
    for (name, content, said) in [
        (
            "report.exe",
            &b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0"[..],
            "report.exe is not a PDF or an image: it begins with MZ, as Windows programs do. This chat takes PNG, JPEG, WebP, GIF or PDF.",
        ),
        (
            "photo.png",
            page,
            "photo.png is not a PDF or an image: it begins with \u{201c}<!DOCTYPE ht\u{201d}. This chat takes PNG, JPEG, WebP, GIF or PDF.",
        ),
        (
            "page.png",
            &[&PNG[..8], page].concat(),
            "page.png is no sound PNG: it does not begin with its header.",
        ),
        (
            "page.gif",
            &[&GIF[..6], page].concat(),
            "page.gif is no sound GIF: there is a block in it that no GIF has.",
        ),
        (
            "page.pdf",
            &[b"%PDF-1.4\n", &page[..]].concat(),
            "page.pdf is cut off: it begins as a PDF and ends before its end.",
        ),
        (
            "half.png",
            &PNG[..PNG.len() / 2],
            "half.png is cut off: it begins as a PNG and ends before its end.",
        ),
        (
            "half.pdf",
            &PDF[..PDF.len() / 2],
            "half.pdf is cut off: it begins as a PDF and ends before its end.",
        ),
        (
            "both.pdf",
            &[PDF, b"PK\x03\x04"].concat(),
            "both.pdf is no sound PDF: something follows its end.",
        ),
        ("empty.png", b"", "empty.png is empty."),
        (
            "\u{202e}gnp.exe\0",
            b"\x7fELF\x02\x01\x01\0\0\0\0\0",
            "gnp.exe is not a PDF or an image: it begins with ELF, as Linux programs do. This chat takes PNG, JPEG, WebP, GIF or PDF.",
        ),
    ] {
        let answer = send(&visitor, "f", name, content).await;
        assert_eq!(fault(&answer), said);
    }
    assert_eq!(files_in(&chat), 0);
    let all = visitor.client.get(&visitor.path("/messages")).await.ok();
    assert_eq!(all["items"], json!([]));
    // None of them used up the client's id.
    send(&visitor, "f", "photo.png", PNG).await.ok();
    assert_eq!(files_in(&chat), 1);
}

/// An image that is an archive too, after its end, is stored as the image alone.
#[tokio::test]
async fn what_follows_an_images_end_is_not_stored() {
    let (_chat, _shop, visitor) = started(1_000_000).await;
    for (index, image) in [PNG, JPEG, WEBP, GIF].into_iter().enumerate() {
        let polyglot = [image, b"PK\x03\x04<script>alert(1)</script>"].concat();
        let sent = send(&visitor, &format!("f{index}"), "photo.jar", &polyglot)
            .await
            .ok();
        assert_eq!(sent["attachment"]["bytes"], image.len());
        assert!(read(&visitor, &sent).await.bytes == image);
    }
}

/// How many files lie in the data folder, whole or not.
pub(crate) fn files_in(chat: &Chat) -> usize {
    let Ok(shards) = std::fs::read_dir(chat.folder().join("files")) else {
        return 0;
    };
    shards
        .map(|shard| std::fs::read_dir(shard.unwrap().path()).unwrap().count())
        .sum()
}

#[tokio::test]
async fn a_name_leads_nowhere() {
    let (_chat, _shop, visitor) = started(1_000_000).await;
    for (index, (given, name)) in [
        ("../../etc/passwd", "passwd.png"),
        ("..\\..\\boot.ini", "boot.ini.png"),
        ("photo\u{202e}gnp.exe", "photognp.exe.png"),
        ("a\0b.png", "ab.png"),
        ("résumé \u{1f600}.PNG", "résumé \u{1f600}.PNG"),
        ("a\"; filename=\"evil.html", "a_; filename=_evil.html.png"),
        ("a\r\nSet-Cookie: x=1.png", "aSet-Cookie_ x=1.png"),
        (&"x".repeat(300), &format!("{}.png", "x".repeat(56))),
    ]
    .into_iter()
    .enumerate()
    {
        let sent = send(&visitor, &format!("f{index}"), given, PNG).await.ok();
        assert_eq!(sent["attachment"]["name"], name);
        assert_eq!(sent["text"], name);
        let file = read(&visitor, &sent).await;
        let disposition = file.headers[CONTENT_DISPOSITION].to_str().unwrap();
        assert_eq!(disposition.matches('"').count(), 2, "{disposition}");
        assert!(!file.headers.contains_key("set-cookie"));
    }
    // No name, no text, too long.
    for (name, code) in [
        (None, "required"),
        (Some("%ff"), "invalid"),
        (Some(""), "invalid"),
        (Some(&*"x".repeat(3_061)), "too-long"),
    ] {
        let mut client = visitor.client.clone();
        if let Some(name) = name {
            client.headers.insert("file-name", name.parse().unwrap());
        }
        let path = visitor.path("/files?clientId=x");
        client
            .send(Method::POST, &path, Some("{}".to_owned()))
            .await
            .refuses(&[("File-Name", code)]);
    }
}

#[tokio::test]
async fn sent_again_it_is_the_same_message() {
    let (chat, _shop, visitor) = started(1_000_000).await;
    let first = send(&visitor, "f", "photo.png", PNG).await.ok();
    let again = send(&visitor, "f", "photo.png", PNG).await.ok();
    assert_eq!(first, again);
    assert_eq!(files_in(&chat), 1);
    // Another file, another name, or a text under the same id is another message.
    send(&visitor, "f", "photo.png", GIF)
        .await
        .problem("conflict");
    send(&visitor, "f", "other.png", PNG)
        .await
        .problem("conflict");
    visitor.write("f", "photo.png").await.problem("conflict");
    visitor.write("t", "photo.png").await.ok();
    send(&visitor, "t", "photo.png", PNG)
        .await
        .problem("conflict");
    // What was stored stays acknowledged when the conversation is over.
    visitor
        .client
        .post(&visitor.path("/end"), &json!({}))
        .await
        .ok();
    assert_eq!(send(&visitor, "f", "photo.png", PNG).await.ok(), first);
    send(&visitor, "g", "photo.png", PNG)
        .await
        .problem("conflict");
    assert_eq!(files_in(&chat), 1);
}

/// Two tabs that send the same at once: one message, one file.
#[tokio::test]
async fn the_same_sent_at_once_is_stored_once() {
    let (chat, _shop, visitor) = started(1_000_000).await;
    for round in 0..8 {
        let client_id = format!("f{round}");
        let one = send(&visitor, &client_id, "photo.png", PNG);
        let other = send(&visitor, &client_id, "photo.png", PNG);
        let (one, other) = tokio::join!(one, other);
        assert_eq!(one.ok(), other.ok());
    }
    assert_eq!(files_in(&chat), 8);
}

#[tokio::test]
async fn only_where_the_widget_takes_files_and_only_those() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let path = format!("/widgets/{}", text(&shop.widget["id"]));
    let config = visitor.client.get(&path).await.ok();
    assert!(config.get("files").is_none(), "off by default: {config}");
    assert_eq!(shop.widget["files"], Value::Null);
    let off = send(&visitor, "f", "photo.png", PNG)
        .await
        .problem("forbidden");
    assert_eq!(off["detail"], "No files can be sent in this chat.");

    let admin_path = format!("/admin/chat-widgets/{}", text(&shop.widget["id"]));
    let mut body = json!({
        "name": "Shop chat", "workStream": shop.work_stream["id"], "authenticationSetting": null,
        "signIn": "optional", "allowedOrigins": [crate::chat::SHOP],
    });
    let only = json!({"maxBytes": 100_000, "types": ["application/pdf", "image/png"]});
    body = with_fields(body, &json!({"files": only}));
    chat.admin.put(&admin_path, &body).await.ok();
    let config = visitor.client.get(&path).await.ok();
    assert_eq!(
        config["files"],
        json!({"maxBytes": 100_000, "types": ["image/png", "application/pdf"]})
    );
    let sent = send(&visitor, "f", "photo.png", PNG).await.ok();
    assert_eq!(
        fault(&send(&visitor, "g", "photo.png", GIF).await),
        "photo.png is a GIF. This chat takes PNG or PDF."
    );
    // Switched off again, what was sent can still be read, and sent again.
    chat.admin
        .put(&admin_path, &with_fields(body, &json!({"files": null})))
        .await
        .ok();
    assert!(read(&visitor, &sent).await.bytes == PNG);
    assert_eq!(send(&visitor, "f", "photo.png", PNG).await.ok(), sent);
    send(&visitor, "h", "photo.png", PNG)
        .await
        .problem("forbidden");
}

#[tokio::test]
async fn nobody_else_reads_it() {
    let (chat, shop, visitor) = started(1_000_000).await;
    let sent = send(&visitor, "f", "photo.png", PNG).await.ok();
    let file = text(&sent["attachment"]["id"]);
    let other = chat.visit(&shop, &json!({})).await;
    // In their own conversation it is not, and into the other one they are not let in.
    let path = other.path(&format!("/files/{file}"));
    other.client.get(&path).await.problem("not-found");
    let path = visitor.path(&format!("/files/{file}"));
    other.client.get(&path).await.problem("session-expired");
    chat.page(crate::chat::SHOP)
        .get(&path)
        .await
        .problem("session-expired");
    let mut foreign = visitor.client.clone();
    foreign
        .headers
        .insert("origin", "https://evil.example".parse().unwrap());
    foreign.get(&path).await.problem("origin-not-allowed");
    let path = visitor.path("/files/fil_none");
    visitor.client.get(&path).await.problem("not-found");
    // The end leaves it to its visitor, the sign-out to nobody.
    visitor
        .client
        .post(&visitor.path("/end"), &json!({}))
        .await
        .ok();
    assert!(read(&visitor, &sent).await.bytes == PNG);
    visitor.client.delete(&visitor.path("/session")).await.ok();
    read(&visitor, &sent).await.problem("session-expired");
}

#[tokio::test]
async fn too_many_are_refused() {
    let chat = Chat::with(bonafide_server::Clock::system(), |config| {
        config.rate_quotas.files_per_conversation = times(2);
    })
    .await;
    let shop = shop(&chat, 1_000_000).await;
    let visitor = chat.visit(&shop, &json!({})).await;
    for client_id in ["a", "b"] {
        send(&visitor, client_id, "photo.gif", GIF).await.ok();
    }
    send(&visitor, "c", "photo.gif", GIF)
        .await
        .problem("rate-limited");

    let chat = chat
        .restart_with(|config| {
            config.rate_quotas.files_per_conversation = times(10_000);
            config.rate_quotas.files_per_network = times(10_000);
        })
        .await;
    let visitor = chat.visit(&shop, &json!({})).await;
    for number in 0..50 {
        send(&visitor, &format!("f{number}"), "photo.gif", GIF)
            .await
            .ok();
    }
    let full = send(&visitor, "more", "photo.gif", GIF)
        .await
        .problem("conflict");
    assert!(text(&full["detail"]).contains("at most 50 files"), "{full}");
    // Which does not concern what was stored, nor another conversation.
    send(&visitor, "f0", "photo.gif", GIF).await.ok();
    let other = chat.visit(&shop, &json!({})).await;
    send(&other, "f", "photo.gif", GIF).await.ok();
}
