//! A website in some other language: all it does is to say at one URL who has these cookies.

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Opens it; gives its session URL.
pub(crate) async fn open() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/session", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(answer(socket));
        }
    });
    url
}

async fn answer(mut socket: TcpStream) {
    let mut cookie = String::new();
    let mut lines = BufReader::new(&mut socket).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("cookie: ") {
            value.clone_into(&mut cookie);
        }
    }
    let (status, body) = match cookie.as_str() {
        "session=bert" => ("200 OK", BERT),
        "session=broken" => ("500 Internal Server Error", ""),
        _ => ("401 Unauthorized", ""),
    };
    let length = body.len();
    let answer =
        format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}");
    socket.write_all(answer.as_bytes()).await.unwrap();
}

const BERT: &str = r#"{
    "subject": "bert",
    "profile": {"givenName": "Bert"},
    "context": {"msdyn_cartvalue": 10000, "msdyn_isvip": false}
}"#;
