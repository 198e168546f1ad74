//! `bonafide serve` and the commands that work beside it; `bonafide issuer` beside a website.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::bonafide::{bonafide, issuer, text};
use crate::chat;
use crate::running::{Http, Running};
use crate::website;

#[tokio::test]
async fn operators_are_added_and_disabled_beside_a_running_server() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    let mut server = Running::start(at, "serve --listen 127.0.0.1:0 --data data");
    let origin = server.address("listens on");
    let link = server.line("/setup#");
    assert!(link.contains(&format!("{origin}/setup#")), "{link}");

    let add =
        "operator add --data data --email ada@example.com --role administrator --password-stdin";
    let run = bonafide(at, add.split(' '), "correct horse battery\n");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let again = bonafide(at, add.split(' '), "correct horse battery\n");
    assert_eq!(again.code, 1);
    assert!(again.stderr.contains("ada@example.com"), "{}", again.stderr);
    let short = bonafide(at, add.replace("ada@", "eve@").split(' '), "short\n");
    assert_eq!(short.code, 1);
    assert!(short.stderr.contains("12"), "{}", short.stderr);

    let made = text(
        at,
        "operator add --data data --email bob@example.com --role agent",
    );
    let (_, password) = made.split_once("Password: ").unwrap();
    let sign_in = |email: &str, password: &str| json!({"email": email, "password": password});
    let session = "/api/v1/operator/session";
    let mut console = Http::new(&origin);
    let ada = sign_in("ada@example.com", "correct horse battery");
    assert_eq!(console.post(session, &ada).await.status, 204);
    let mut console = Http::new(&origin);
    let bob = sign_in("bob@example.com", password);
    assert_eq!(console.post(session, &bob).await.status, 204);

    let listed = text(at, "operator list --data data");
    assert!(
        listed.contains("active    administrator  ada@example.com"),
        "{listed}"
    );
    text(at, "operator disable --data data --email bob@example.com");
    assert_eq!(console.get(session).await.status, 401, "signed out at once");
    assert_eq!(console.post(session, &bob).await.status, 401);
    assert!(text(at, "operator list --data data").contains("disabled  agent"));
    let reset = |email: &str| text(at, &format!("operator reset --data data --email {email}"));
    let said = reset("bob@example.com");
    assert!(said.contains("bob@example.com is disabled"), "{said}");
    assert!(!reset("ada@example.com").contains("disabled"));
    let last = "operator disable --data data --email ada@example.com";
    assert_eq!(bonafide(at, last.split(' '), "").code, 1);

    assert_eq!(server.stop(), 0);
    assert_eq!(
        text(at, "migrate --data data"),
        "The database in `data` is up to date."
    );
}

/// The same limits as in the console, and a mistake adds nobody.
#[tokio::test]
async fn an_operator_is_added_with_a_capacity() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    let mut server = Running::start(at, "serve --listen 127.0.0.1:0 --data data");
    let origin = server.address("listens on");
    server.line("/setup#");
    let add = |name: &str, role: &str, more: &str| {
        let command = format!(
            "operator add --data data --email {name}@example.com --role {role} --password-stdin{more}"
        );
        bonafide(at, command.split(' '), "correct horse battery\n")
    };
    for (name, role, more) in [
        ("ada", "administrator", ""),
        ("bob", "agent", " --capacity 3"),
        ("cay", "agent", " --capacity 0"),
    ] {
        let run = add(name, role, more);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    for (more, code, said) in [
        (
            " --capacity 1001",
            1,
            "capacity: This must be from 0 to 1000.",
        ),
        (" --capacity many", 2, "'many'"),
        (" --capacity=-1", 2, "'-1'"),
    ] {
        let run = add("eve", "agent", more);
        assert_eq!(run.code, code, "{}", run.stderr);
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }

    let mut console = Http::new(&origin);
    let ada = json!({"email": "ada@example.com", "password": "correct horse battery"});
    console.post("/api/v1/operator/session", &ada).await;
    let listed = console.get("/api/v1/admin/operators").await;
    let listed: Value = serde_json::from_str(&listed.body).unwrap();
    let capacities: Vec<_> = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|operator| (&operator["email"], &operator["capacity"]))
        .collect();
    assert_eq!(
        capacities,
        [
            (&json!("ada@example.com"), &json!(null)),
            (&json!("bob@example.com"), &json!(3)),
            (&json!("cay@example.com"), &json!(0)),
        ]
    );
    assert_eq!(server.stop(), 0);
}

/// Whoever starts it waits for that line, and may change their mind.
#[test]
fn it_can_be_stopped_from_its_first_line_on() {
    let directory = tempfile::tempdir().unwrap();
    // Often enough that a signal falls between the line and what comes after it.
    for _ in 0..5 {
        let arguments = "serve --listen 127.0.0.1:0 --data data";
        let mut server = Running::start(directory.path(), arguments);
        server.line("listens on");
        assert_eq!(server.stop(), 0);
    }
}

/// Whoever left the switch on by mistake must see it, on the screen and in the logs.
#[test]
fn a_server_that_may_call_into_its_network_warns() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    let serve = "serve --listen 127.0.0.1:0 --data data";
    let (warning, logged) = (
        "WARNING: public keys are fetched",
        "public keys are fetched",
    );
    for (arguments, variable) in [
        (format!("{serve} --allow-private-key-urls"), None),
        (serve.to_owned(), Some("true")),
    ] {
        let log = at.join("log");
        let mut server = Running::start_with(at, &arguments, |command| {
            command.stderr(std::fs::File::create(&log).unwrap());
            if let Some(value) = variable {
                command.env("BONAFIDE_ALLOW_PRIVATE_KEY_URLS", value);
            }
        });
        // The last line of all, so that a warning that is missing is not waited for.
        server.line("/setup#");
        let mut printed = server.printed.lines();
        let line = printed.find(|line| line.starts_with(warning));
        assert!(line.is_some_and(|line| line.contains("--allow-private-key-urls")));
        drop(server);
        let log = std::fs::read_to_string(&log).unwrap();
        let line = log.lines().find(|line| line.contains(logged));
        assert!(line.is_some_and(|line| line.contains("WARN")), "{log}");
    }
    let mut server = Running::start(at, serve);
    server.line("/setup#");
    assert!(!server.printed.contains("WARNING"), "{}", server.printed);
}

#[test]
fn the_api_s_description_is_printed() {
    let directory = tempfile::tempdir().unwrap();
    let text = text(directory.path(), "openapi");
    let description: Value = serde_json::from_str(&text).unwrap();
    assert!(description["paths"].as_object().unwrap().len() > 20);
}

#[tokio::test]
async fn the_issuer_works_beside_a_website_and_follows_rotations() {
    let directory = issuer();
    let at = directory.path();
    let website = website::open().await;
    let arguments = format!(
        "issuer --listen 127.0.0.1:0 --issuer contosohelp.com --client portal-1 --lifetime 60 --session-url {website}"
    );
    let mut running = Running::start(at, &arguments);
    let address = running.address("listens on");
    let origin = address.trim_end_matches("/_services/auth/");
    let ask = |cookie: &'static str| {
        let url = format!("{origin}/_services/auth/token?client_id=portal-1");
        let client = reqwest::Client::new();
        async move {
            client
                .get(url)
                .header("cookie", cookie)
                .send()
                .await
                .unwrap()
        }
    };

    let answer = ask("session=bert").await;
    assert_eq!(answer.headers()["expires_in"], "60");
    let token = answer.text().await.unwrap();
    let arguments = [
        "verify",
        "--keys",
        "public.pem",
        "--audience",
        "portal-1",
        &token,
    ];
    let run = bonafide(at, arguments, "");
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(ask("").await.headers().contains_key("x-responded-json"));
    assert_eq!(ask("session=broken").await.status(), 500);

    let mut http = Http::new(origin);
    let published = "/_services/auth/publickey";
    assert!(http.get(published).await.body.starts_with("-----BEGIN"));
    text(at, "keys rotate");
    // The issuer looks every two seconds.
    tokio::time::timeout(Duration::from_secs(30), async {
        while http.get(published).await.body.starts_with("-----BEGIN") {}
    })
    .await
    .expect("the rotation is published");
    assert_eq!(
        http.get(published).await.json().as_array().unwrap().len(),
        2
    );
    assert_eq!(running.stop(), 0);
}

#[tokio::test]
async fn a_request_that_is_never_finished_holds_no_connection_of_the_issuer() {
    let directory = issuer();
    let arguments = "issuer --listen 127.0.0.1:0 --issuer i --session-url http://127.0.0.1:1/ \
                     --header-timeout 1 --connections-per-address 1";
    let mut running = Running::start(directory.path(), arguments);
    let address = running.address("listens on");
    let host = address
        .trim_start_matches("http://")
        .trim_end_matches("/_services/auth/");
    let mut first = TcpStream::connect(host).await.unwrap();
    first.write_all(b"GET / HTTP/1.1\r\nHo").await.unwrap();
    let end = async |stream: &mut TcpStream| {
        let mut answer = Vec::new();
        // A reset is an end, too.
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8(answer).unwrap()
    };
    let patience = Duration::from_secs(10);
    let mut second = TcpStream::connect(host).await.unwrap();
    let refused = tokio::time::timeout(patience, end(&mut second)).await;
    assert_eq!(
        refused.unwrap(),
        "",
        "one connection is all that one address may hold"
    );
    let answer = tokio::time::timeout(patience, end(&mut first)).await;
    let answer = answer.expect("the half of a request is given up");
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 408"),
        "{answer}"
    );
}

/// What an administrator may save, and what a visitor may send, as the command line says.
#[tokio::test]
async fn ports_of_key_urls_and_the_length_of_tokens_are_the_command_line_s() {
    let flags = "--key-url-ports 8443,9443 --max-token-bytes 1000";
    for (flags, ports, longest) in [(flags, [201, 201, 422], 1_000), ("", [422; 3], 65_536)] {
        let directory = tempfile::tempdir().unwrap();
        let at = directory.path();
        chat::add_administrator(at);
        let arguments = format!("serve --listen 127.0.0.1:0 --data data {flags}");
        let mut server = Running::start(at, arguments.trim());
        let (origin, _) = chat::widget(&mut server).await;
        let mut console = Http::new(&origin);
        let credentials = json!({"email": "ada@example.com", "password": "correct horse battery"});
        console.post("/api/v1/operator/session", &credentials).await;

        let setting =
            |url: &str| json!({"name": url, "publicKeyUrl": url, "clientFunction": "auth.token"});
        let settings = "/api/v1/admin/authentication-settings";
        for (port, expected) in [8443, 9443, 10443].into_iter().zip(ports) {
            let url = format!("https://keys.example:{port}/keys");
            let answer = console.post(settings, &setting(&url)).await;
            assert_eq!(answer.status, expected, "{url} {flags}: {}", answer.body);
            assert!(
                expected == 201 || answer.body.contains("publicKeyUrl"),
                "{}",
                answer.body
            );
        }

        let url = format!("https://keys{longest}.example/keys");
        let saved = console.post(settings, &setting(&url)).await.json();
        let streams = console.get("/api/v1/admin/work-streams").await.json();
        let widget = json!({
            "name": "Shop", "workStream": streams["items"][0]["id"], "authenticationSetting": saved["id"],
            "signIn": "required", "allowedOrigins": ["*"],
        });
        let widget = console
            .post("/api/v1/admin/chat-widgets", &widget)
            .await
            .json();
        let path = format!(
            "/api/v1/widgets/{}/conversations",
            widget["id"].as_str().unwrap()
        );
        for (refusals, bytes, is_too_long) in [(1, longest, false), (2, longest + 1, true)] {
            let page = json!({"url": "https://shop.example/", "title": "", "locale": "en"});
            let body = json!({"page": page, "token": "a".repeat(bytes)});
            let answer = Http::new(&origin).post(&path, &body).await;
            let problem = answer.json();
            assert_eq!(problem["code"], "token-malformed", "{}", answer.body);
            let said = newest_refusal(&mut console, refusals).await;
            let limit = format!("{longest}");
            assert_eq!(
                said.contains(&limit),
                is_too_long,
                "{bytes} bytes {flags}: {said}"
            );
        }
        assert_eq!(server.stop(), 0);
    }
}

/// Why the newest of `count` refused tokens was refused. The audit is written behind the visitor's back.
async fn newest_refusal(console: &mut Http, count: usize) -> String {
    let written = async {
        loop {
            let audit = console.get("/api/v1/admin/audit").await.json();
            let rows = audit["items"].as_array().unwrap().iter();
            let refusals: Vec<_> = rows
                .filter(|row| row["action"] == "token.refused")
                .collect();
            if refusals.len() == count {
                break refusals[0]["details"]["cause"].as_str().unwrap().to_owned();
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), written)
        .await
        .expect("an audit row in time")
}

/// How much goes on is for whoever runs the server.
#[tokio::test]
async fn metrics_are_on_a_port_of_their_own_and_only_when_they_are_asked_for() {
    let directory = tempfile::tempdir().unwrap();
    let arguments = "serve --listen 127.0.0.1:0 --metrics-listen 127.0.0.1:0 --data data";
    let mut server = Running::start(directory.path(), arguments);
    let origin = server.address("listens on");
    let metrics = server.address("Metrics are on");
    let metrics = metrics.trim_end_matches("/metrics");
    assert_ne!(metrics, origin);
    let public = Http::new(&origin).get("/metrics").await;
    assert!(!public.body.contains("bonafide_"), "{}", public.body);
    let told = Http::new(metrics).get("/metrics").await;
    assert_eq!(told.status, 200);
    assert!(
        told.body.contains("bonafide_http_requests_total"),
        "{}",
        told.body
    );
    assert_eq!(
        Http::new(metrics)
            .get("/api/v1/operator/setup")
            .await
            .status,
        404
    );
    assert_eq!(server.stop(), 0);
}
