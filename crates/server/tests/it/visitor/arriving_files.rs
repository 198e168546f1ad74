//! Files while they arrive: sent piece by piece over a connection of its own. No limit is passed, whoever drips is cut off, and
//! what breaks off gives its room back.

use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{interval, timeout};

use super::files::{GIF, PNG, files_in, send, shop, started};
use crate::chat::{Chat, Visitor, text};
use crate::scripted::PATIENCE;

#[tokio::test]
async fn a_limit_holds_whatever_length_is_stated() {
    let (chat, _shop, visitor) = started(1_024).await;
    let largest = {
        // A comment before the end makes a GIF of any length: of 1,024 bytes here.
        let mut gif = GIF[..GIF.len() - 1].to_vec();
        gif.extend(b"!\xfe");
        while gif.len() + 258 < 1_024 {
            gif.push(0xff);
            gif.extend([b'x'; 255]);
        }
        let rest = 1_024 - gif.len() - 3;
        gif.push(u8::try_from(rest).unwrap());
        gif.extend(std::iter::repeat_n(b'x', rest));
        gif.extend(b"\0;");
        gif
    };
    assert_eq!(largest.len(), 1_024);
    send(&visitor, "fits", "a.gif", &largest).await.ok();
    let too_large = send(&visitor, "f", "photo.png", PNG).await;
    let problem = too_large.problem("payload-too-large");
    assert_eq!(
        problem["detail"],
        "photo.png is larger than 1024 bytes, which is the most that this chat takes."
    );
    // Without a length, in chunks.
    let answer = raw(&chat, &visitor, "Transfer-Encoding: chunked", |body| {
        let mut body_in_chunks = Vec::new();
        for chunk in body.chunks(100) {
            body_in_chunks.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
            body_in_chunks.extend(chunk);
            body_in_chunks.extend(b"\r\n");
        }
        body_in_chunks.extend(b"0\r\n\r\n");
        body_in_chunks
    })
    .await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(answer.contains("larger than 1024 bytes"), "{answer}");
    // Longer than stated, and shorter: of the one only what was stated is looked at, of the other nothing is stored.
    let answer = raw(&chat, &visitor, "Content-Length: 500", <[u8]>::to_vec).await;
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    assert!(answer.contains("is cut off"), "{answer}");
    raw(&chat, &visitor, "Content-Length: 900", |body| {
        body[..600].to_vec()
    })
    .await;
    assert_eq!(files_in(&chat), 1);
}

/// Sends a PNG of 2,181 bytes over a connection of its own, as `write` puts it. Gives the answer.
async fn raw(
    chat: &Chat,
    visitor: &Visitor,
    header: &str,
    write: impl FnOnce(&[u8]) -> Vec<u8>,
) -> String {
    let mut sending = Raw::begin_as(chat, visitor, header).await;
    sending.write(&write(PNG)).await;
    sending.0.shutdown().await.unwrap();
    sending.answer().await
}

/// A file that is sent over a connection of its own, piece by piece.
pub(crate) struct Raw(TcpStream);

impl Raw {
    /// With headers that say who sends, and one that says how long it is.
    pub(crate) async fn begin(chat: &Chat, path: &str, credentials: &str, length: &str) -> Self {
        let address = chat.address.strip_prefix("http://").unwrap();
        let mut raw = Self(TcpStream::connect(address).await.unwrap());
        let head = format!(
            "POST /api/v1{path}?clientId=raw HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{credentials}\r\n\
             File-Name: photo.png\r\n{length}\r\n\r\n"
        );
        raw.write(head.as_bytes()).await;
        raw
    }

    async fn begin_as(chat: &Chat, visitor: &Visitor, length: &str) -> Self {
        let credentials = format!(
            "Origin: https://shop.example\r\nAuthorization: Bearer {}",
            visitor.secret
        );
        Self::begin(chat, &visitor.path("/files"), &credentials, length).await
    }

    pub(crate) async fn write(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).await.unwrap();
    }

    /// What the server says before it closes the connection.
    pub(crate) async fn answer(mut self) -> String {
        let mut answer = Vec::new();
        // A connection that was closed with something unread is reset.
        let _ = timeout(PATIENCE, self.0.read_to_end(&mut answer))
            .await
            .unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

/// Waits until so many files lie in the data folder, whole or not.
pub(crate) async fn until_files_are(chat: &Chat, number: usize) {
    let mut looks = interval(Duration::from_millis(10));
    timeout(PATIENCE, async {
        while files_in(chat) != number {
            looks.tick().await;
        }
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn one_that_drips_is_cut_off() {
    let chat = Chat::with(bonafide_server::Clock::system(), |config| {
        config.body_timeout = Duration::from_millis(300);
    })
    .await;
    let shop = shop(&chat, 2_048).await;
    let visitor = chat.visit(&shop, &json!({})).await;
    for drips in [true, false] {
        let mut sending = Raw::begin_as(&chat, &visitor, "Content-Length: 2048").await;
        sending.write(&PNG[..12]).await;
        let (mut answers, mut body) = sending.0.into_split();
        let drip = tokio::spawn(async move {
            let mut drops = interval(Duration::from_millis(10));
            // Each is one of a chunk in the image, so that nothing else is wrong with it.
            for byte in PNG[12..].iter().take(if drips { usize::MAX } else { 0 }) {
                drops.tick().await;
                if body.write_all(&[*byte]).await.is_err() {
                    break;
                }
            }
            body
        });
        let mut answer = vec![0; 4_096];
        let length = timeout(PATIENCE, answers.read(&mut answer))
            .await
            .unwrap()
            .unwrap();
        let answer = String::from_utf8_lossy(&answer[..length]).into_owned();
        assert!(
            answer.contains("photo.png took too long to arrive"),
            "{answer}"
        );
        drop(answers);
        timeout(PATIENCE, drip).await.unwrap().unwrap();
    }
    assert_eq!(files_in(&chat), 0);
}

/// What arrives takes room before it is there: with all that may still come, where its length is not said.
#[tokio::test]
async fn files_that_arrive_at_once_do_not_pass_the_quota_together() {
    let (chat, _shop, visitor) = started(26_214_400).await;
    let mut arriving = Vec::new();
    for number in 1..=8 {
        let mut sending = Raw::begin_as(&chat, &visitor, "Transfer-Encoding: chunked").await;
        sending.write(b"c\r\n").await;
        sending.write(&PNG[..12]).await;
        sending.write(b"\r\n").await;
        arriving.push(sending);
        until_files_are(&chat, number).await;
    }
    let full = send(&visitor, "more", "photo.gif", GIF)
        .await
        .problem("conflict");
    assert!(text(&full["detail"]).contains("and 200 MB of"), "{full}");
    // One that breaks off gives its room back.
    arriving.pop();
    until_files_are(&chat, 7).await;
    send(&visitor, "more", "photo.gif", GIF).await.ok();
    let full = send(&visitor, "yet-more", "photo.png", &vec![0; 26_214_400]).await;
    full.problem("conflict");
}
