//! The server behind nginx, as distributions ship it: what a proxy that was not told everything leads to is said where
//! it is looked for, with the flag that mends it.
#![cfg(target_os = "linux")]

use std::fs::{self, File};

use reqwest::{Client, Method};
use serde_json::json;

use crate::chat::{add_administrator, widget};
use crate::nginx::Nginx;
use crate::not_tried::not_tried;
use crate::running::{Http, Running};

/// A visitor at one of this machine's addresses asks for a chat.
async fn start_from(last: u8, origin: &str, widget: &str) -> u16 {
    let client = Client::builder()
        .no_proxy()
        .local_address(std::net::IpAddr::from([127, 0, 0, last]))
        .build()
        .unwrap();
    let body = json!({"page": {"url": "https://shop.example/", "title": "", "locale": "en"}});
    let url = format!("{origin}/api/v1/widgets/{widget}/conversations");
    let request = client
        .request(Method::POST, url)
        .header("content-type", "application/json");
    request
        .body(body.to_string())
        .send()
        .await
        .unwrap()
        .status()
        .as_u16()
}

#[tokio::test]
async fn a_proxy_that_is_not_trusted_is_named_once_when_a_limit_is_reached() {
    const FORWARD: &str = "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;";
    for (trusted, answers) in [
        ("", [201, 429, 429, 429]),
        (" --trusted-proxies 127.0.0.1", [201, 429, 201, 429]),
    ] {
        let directory = tempfile::tempdir().unwrap();
        let at = directory.path();
        add_administrator(at);
        let log = at.join("log");
        let serve =
            format!("serve --listen 127.0.0.1:0 --data data --attempts-per-network 1{trusted}");
        let mut server = Running::start_with(at, &serve, |command| {
            command.stderr(File::create(&log).unwrap());
        });
        let (origin, widget) = widget(&mut server).await;
        let Some(nginx) = Nginx::start(at, &origin, FORWARD) else {
            return;
        };
        for (last, answer) in [2, 2, 3, 3].into_iter().zip(answers) {
            assert_eq!(
                start_from(last, &nginx.origin, &widget).await,
                answer,
                "127.0.0.{last}{trusted}"
            );
        }
        assert_eq!(server.stop(), 0);
        let log = fs::read_to_string(log).unwrap();
        let said = "127.0.0.1 reached the limit of one client, and its requests carry X-Forwarded-For, which is not believed from there. If it is your reverse proxy, all visitors behind it count as one: start with --trusted-proxies 127.0.0.1\n";
        assert_eq!(
            log.matches(said).count(),
            usize::from(trusted.is_empty()),
            "{log}"
        );
        assert_eq!(
            log.matches("WARN").count(),
            usize::from(trusted.is_empty()),
            "{log}"
        );
    }
}

/// How the server is asked for, what its public URL is, and what a sign-in from a page of that address is told.
#[tokio::test]
async fn another_host_than_the_public_url_is_said_with_both_and_the_flag() {
    let foreign = |from: &str, ours: &str| {
        format!(
            "This comes from a page of `{from}`, and only this server's own pages may send it, those of `{ours}`. If `{from}` is how browsers reach this server, start it with --public-url {from}."
        )
    };
    let plain = "This page was opened as `http://chat.example.com`, and this server's public URL is `https://chat.example.com`: the browser would not keep the session of a page without https. Open `https://chat.example.com`, or, if nobody has TLS here, start the server with --public-url http://chat.example.com.";
    // nginx asks by the upstream's name unless it is told to keep the browser's.
    let keep = "proxy_set_header Host chat.example.com;";
    let forward = "proxy_set_header X-Forwarded-Host chat.example.com; proxy_set_header X-Forwarded-Proto https;";
    let warned = |from: &str, ours: &str| {
        format!(
            "a request came for `{from}`, and this server's public URL is `{ours}`: sign-in, sockets and snippets work with the public URL only. If browsers reach it there, start it with --public-url {from}"
        )
    };
    let https = "https://chat.example.com";
    for (public, lines, from, refusal, warning) in [
        (None, "", https, Some(foreign(https, "OWN")), None),
        (
            None,
            forward,
            https,
            Some(foreign(https, "OWN")),
            Some(warned(https, "OWN")),
        ),
        // Its pages work: the browser's origin and the host are one.
        (
            None,
            keep,
            "http://chat.example.com",
            None,
            Some(warned("http://chat.example.com", "OWN")),
        ),
        (
            Some("https://other.example.com"),
            "",
            https,
            Some(foreign(https, "https://other.example.com")),
            None,
        ),
        (
            Some(https),
            "",
            "http://chat.example.com",
            Some(plain.to_owned()),
            None,
        ),
        (
            Some(https),
            keep,
            "http://chat.example.com",
            Some(plain.to_owned()),
            None,
        ),
        (Some(https), "", https, None, None),
        (Some(https), keep, https, None, None),
    ] {
        let directory = tempfile::tempdir().unwrap();
        let at = directory.path();
        add_administrator(at);
        let log = at.join("log");
        let flag = public.map_or(String::new(), |url| format!(" --public-url {url}"));
        let serve = format!("serve --listen 127.0.0.1:0 --data data{flag}");
        let mut server = Running::start_with(at, &serve, |command| {
            command.stderr(File::create(&log).unwrap());
        });
        let own = server.address("listens on");
        let Some(nginx) = Nginx::start(at, &own, lines) else {
            return;
        };
        let mut browser = Http::new(&nginx.origin);
        let credentials = json!({"email": "ada@example.com", "password": "correct horse battery"});
        let session = "/api/v1/operator/session";
        let what = format!("{public:?} {lines} {from}");
        for _ in 0..2 {
            let answer = browser.post_from(from, session, &credentials).await;
            match &refusal {
                Some(detail) => {
                    assert_eq!(answer.status, 403, "{what}");
                    assert_eq!(
                        answer.json()["detail"],
                        detail.replace("OWN", &own),
                        "{what}"
                    );
                }
                None => assert_eq!(answer.status, 204, "{what}: {}", answer.body),
            }
        }
        assert_eq!(server.stop(), 0);
        let log = fs::read_to_string(log).unwrap();
        if let Some(detail) = refusal {
            assert!(log.contains(&detail.replace("OWN", &own)), "{what}: {log}");
        }
        let warning = warning.map(|warning| warning.replace("OWN", &own));
        assert_eq!(
            log.matches("a request came for").count(),
            usize::from(warning.is_some()),
            "{what}: {log}"
        );
        assert!(
            warning.is_none_or(|warning| log.contains(&warning)),
            "{what}: {log}"
        );
    }
}

/// Below a path nothing that a page asks for is found. The page says why it is empty; the policy allows that.
#[tokio::test]
async fn below_a_path_the_page_says_why_it_is_empty() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    let mut server = Running::start(at, "serve --listen 127.0.0.1:0 --data data");
    let origin = server.address("listens on");
    let Some(nginx) = Nginx::start(at, &origin, "") else {
        return;
    };
    let page = Http::new(&nginx.origin).get("/chat/admin").await;
    if page.status == 200 {
        assert!(
            page.body.contains("Bonafide needs a host name of its own"),
            "{}",
            page.body
        );
        assert!(!page.body.contains("<style") && !page.body.contains(" style="));
    } else {
        assert_eq!(page.status, 404, "{}", page.body);
        not_tried(
            "what a page below a path says",
            "the consoles are not built (cargo xtask build)",
        );
    }
    drop(server);
    let run = crate::bonafide::bonafide(
        at,
        "serve --data data --public-url https://example.com/chat/".split(' '),
        "",
    );
    assert_eq!(run.code, 1);
    assert_eq!(
        crate::bonafide::without_log(&run.stderr),
        "the public URL `https://example.com/chat/` must be `http://` or `https://` and a host, without a path: for example https://chat.example.com. The server needs a host name of its own; it cannot live below a path of another site\n"
    );
}
