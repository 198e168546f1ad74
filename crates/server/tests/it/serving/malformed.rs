//! Requests that are HTTP only by half: each gets a problem, in the form of all others.

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::start;
use crate::chat::{Chat, text};
use crate::scripted::PATIENCE;

/// Sends bytes; gives the status, the content type and the body.
async fn ask(address: &str, request: &[u8]) -> (u16, String, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    timeout(PATIENCE, stream.read_to_end(&mut answer))
        .await
        .unwrap()
        .unwrap();
    // An answer may quote a header that is no text.
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head
        .split(' ')
        .nth(1)
        .map_or(0, |status| status.parse().unwrap());
    let content_type = head
        .lines()
        .find_map(|line| line.strip_prefix("content-type: "))
        .unwrap_or_default();
    (status, content_type.to_owned(), body.to_owned())
}

#[tokio::test]
async fn a_request_of_http_1_1_names_one_host() {
    let running = start(|_| {}).await;
    let address = running.address.to_string();
    let none = "The request has no `Host` header. HTTP/1.1 needs one (RFC 9112, section 3.2).";
    let two = "The request has more than one `Host` header. HTTP/1.1 needs exactly one (RFC 9112, section 3.2).";
    let wrong =
        "The request's `Host` header is not a host with an optional port (RFC 9112, section 3.2).";
    for (version, headers, refusal) in [
        ("1.1", &[][..], Some(none)),
        ("1.1", &[b"Hosts: a".as_slice()], Some(none)),
        ("1.1", &[b"Host: a"], None),
        ("1.1", &[b"host: a:8080"], None),
        ("1.1", &[b"Host: [::1]:8080"], None),
        ("1.1", &[b"Host:"], None),
        ("1.1", &[b"Host: a", b"Host: b"], Some(two)),
        ("1.1", &[b"Host: a", b"hOST: a"], Some(two)),
        ("1.1", &[b"Host: a b"], Some(wrong)),
        ("1.1", &[b"Host: a, b"], Some(wrong)),
        ("1.1", &[b"Host: u@a"], Some(wrong)),
        ("1.1", &[b"Host: http://a"], Some(wrong)),
        ("1.1", &[b"Host: a/b"], Some(wrong)),
        ("1.1", &[b"Host: :80"], Some(wrong)),
        ("1.1", &[b"Host: a\xff"], Some(wrong)),
        ("1.0", &[], None),
        ("1.0", &[b"Host: a"], None),
        ("1.0", &[b"Host: a", b"Host: b"], Some(two)),
    ] {
        let mut request =
            format!("GET /healthz HTTP/{version}\r\nConnection: close\r\n").into_bytes();
        for header in headers {
            request.extend(*header);
            request.extend(b"\r\n");
        }
        request.extend(b"\r\n");
        let (status, content_type, body) = ask(&address, &request).await;
        let what = String::from_utf8_lossy(&request).into_owned();
        let Some(detail) = refusal else {
            assert_eq!(status, 200, "{what}");
            continue;
        };
        assert_eq!(
            (status, content_type.as_str()),
            (400, "application/problem+json"),
            "{what}"
        );
        let problem: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(problem["detail"], detail, "{what}");
        assert_eq!(problem["code"], "invalid-request");
        assert!(problem["requestId"].as_str().unwrap().starts_with("req_"));
    }
}

/// Addresses and headers that are no text, of visitors, agents and administrators.
#[tokio::test]
async fn what_cannot_be_read_is_a_problem() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let widget = text(&shop.widget["id"]);
    let address = chat.address.strip_prefix("http://").unwrap().to_owned();
    let mut signed_in = String::new();
    for (name, value) in &chat.admin.headers {
        if name != "origin" {
            signed_in += &format!("{name}: {}\r\n", value.to_str().unwrap());
        }
    }
    let mut requests = Vec::new();
    for id in ["%ff", "%c3%28", "a%80", "%ed%a0%80", "%", "%zz"] {
        for path in [
            format!("GET /api/v1/widgets/{id}"),
            format!("POST /api/v1/widgets/{id}/conversations"),
            format!("POST /api/v1/conversations/{id}/authenticate"),
            format!("GET /api/v1/conversations/{id}/messages"),
            format!("GET /api/v1/conversations/{id}/socket"),
            format!("POST /api/v1/conversations/{id}/end"),
            format!("DELETE /api/v1/conversations/{id}/session"),
            format!("GET /api/v1/admin/queues/{id}"),
            format!("PUT /api/v1/admin/contacts/{id}"),
            format!("GET /api/v1/admin/chat-widgets/{id}/snippet"),
            format!("POST /api/v1/admin/authentication-settings/{id}/test"),
            format!("DELETE /api/v1/admin/api-tokens/{id}"),
            format!("GET /api/v1/agent/conversations/{id}/summary"),
            format!("POST /api/v1/agent/conversations/{id}/accept"),
            format!("GET /api/v1/agent/conversations/{id}/messages"),
            format!("GET /api/v1/{id}"),
        ] {
            requests.push((path, b"".to_vec()));
        }
    }
    for query in [
        "after=%ff",
        "after=x",
        "after=-1",
        "after=1&after=2",
        "limit=%ff",
        "nothing=1",
    ] {
        requests.push((
            format!("GET /api/v1/agent/conversations?{query}"),
            b"".to_vec(),
        ));
        requests.push((format!("GET /api/v1/admin/queues?{query}"), b"".to_vec()));
    }
    for header in [
        b"Origin: \xff".as_slice(),
        b"Content-Type: \xff",
        b"Content-Type: text/plain",
        b"Content-Length: x",
    ] {
        requests.push((
            format!("POST /api/v1/widgets/{widget}/conversations"),
            header.to_vec(),
        ));
        requests.push(("POST /api/v1/admin/queues".to_owned(), header.to_vec()));
    }
    requests.push(("GET /api/v1/agent/socket".to_owned(), b"".to_vec()));
    requests.push((
        "GET /api/v1/agent/socket".to_owned(),
        b"Connection: close, Upgrade\r\nUpgrade: websocket".to_vec(),
    ));
    requests.push(("BREW /api/v1/admin/queues".to_owned(), b"".to_vec()));
    for (line, header) in requests {
        let begins = |name: &[u8]| header.starts_with(name);
        let mut request = format!("{line} HTTP/1.1\r\nHost: {address}\r\n{signed_in}").into_bytes();
        if !begins(b"Origin") {
            request.extend(format!("Origin: http://{address}\r\n").as_bytes());
        }
        if !begins(b"Connection") {
            request.extend(b"Connection: close\r\n");
        }
        request.extend(&header);
        request.extend(if header.is_empty() {
            &b"\r\n"[..]
        } else {
            b"\r\n\r\n"
        });
        let (status, content_type, body) = ask(&address, &request).await;
        let what = format!(
            "{line} {}: {status} {body}",
            String::from_utf8_lossy(&header)
        );
        if begins(b"Content-Length") {
            // Not even a request: there is no telling where it ends.
            assert_eq!(status, 400, "{what}");
            continue;
        }
        assert!((400..500).contains(&status), "{what}");
        assert_eq!(content_type, "application/problem+json", "{what}");
        let problem: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(problem["status"], status, "{what}");
        assert!(!problem["requestId"].as_str().unwrap().is_empty(), "{what}");
    }
}
