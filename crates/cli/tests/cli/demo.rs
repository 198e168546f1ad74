//! `bonafide demo`: its story from the shop to the agent, over HTTP alone.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Command, Stdio};

use bonafide_server::operators;
use serde_json::{Value, json};

use crate::bonafide::{bonafide, text};
use crate::running::{Http, Running};

struct Demo {
    running: Running,
    chat: String,
    shop: String,
}

fn demo(directory: &std::path::Path, more: &str) -> Demo {
    let arguments = format!("demo --listen 127.0.0.1:0 --shop-listen 127.0.0.1:0{more}");
    let mut running = Running::start(directory, &arguments);
    let shop = running.address("  Shop ");
    let agent = running.address("  Agent ");
    Demo {
        running,
        chat: agent.trim_end_matches("/agent").to_owned(),
        shop,
    }
}

impl Demo {
    /// The widget that a page of the shop embeds.
    async fn widget(&self, path: &str) -> String {
        let page = Http::new(&self.shop).get(path).await;
        assert_eq!(page.status, 200, "{path}");
        let embed = format!(
            "<script async src=\"{}/embed.js\" data-widget=\"",
            self.chat
        );
        let (_, rest) = page.body.split_once(&embed).expect("a script tag");
        rest.split('"').next().unwrap().to_owned()
    }

    /// Starts a chat as a page of the shop does.
    async fn start(&self, page: &str, token: Option<&str>) -> (u16, Value) {
        let path = format!("/api/v1/widgets/{}/conversations", self.widget(page).await);
        let page = json!({"url": format!("{}{page}", self.shop), "title": "Shop", "locale": "en"});
        let body = match token {
            Some(token) => json!({"page": page, "token": token}),
            None => json!({"page": page}),
        };
        let answer = Http::new(&self.chat)
            .post_from(&self.shop, &path, &body)
            .await;
        (answer.status, answer.json())
    }

    async fn customer(&self, key: &str) -> Http {
        let mut shop = Http::new(&self.shop);
        let answer = shop.post("/shop/sign-in", &json!({"customer": key})).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        shop
    }

    async fn operator(&self, name: &str) -> Http {
        let mut console = Http::new(&self.chat);
        let email = format!("{name}@example.com");
        let password = format!("bonafide-demo-{name}");
        let body = json!({"email": email, "password": password});
        let answer = console.post("/api/v1/operator/session", &body).await;
        assert_eq!(answer.status, 204, "{}", answer.body);
        console
    }

    async fn names(&self, list: &str) -> Vec<Value> {
        let mut admin = self.operator("admin").await;
        let answer = admin.get(&format!("/api/v1/admin/{list}")).await.json();
        let items = answer["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["name"].clone()).collect()
    }
}

#[tokio::test]
async fn the_story_from_the_shop_to_the_agent() {
    let directory = tempfile::tempdir().unwrap();
    let demo = demo(directory.path(), "");
    let mut agent = demo.operator("agent").await;

    let mut bert = demo.customer("bert").await;
    assert_eq!(bert.get("/shop/account").await.json()["cartValue"], 10_000);
    let token = bert.get("/_services/auth/token").await.body;
    let (status, started) = demo.start("/", Some(&token)).await;
    assert_eq!(status, 201, "{started}");
    assert_eq!(started["conversation"]["authenticated"], true);
    assert_eq!(started["conversation"]["queue"], "Priority");
    let id = started["conversation"]["id"].as_str().unwrap();
    let path = format!("/api/v1/agent/conversations/{id}/summary");
    let summary = agent.get(&path).await.json();
    assert_eq!(summary["authenticated"], "yes", "{summary}");
    assert_eq!(summary["authentication"]["issuer"], "contosohelp.com");
    assert_eq!(summary["authentication"]["setting"]["name"], "Contoso shop");
    assert_eq!(summary["contact"]["name"], "Bert Hair");
    assert_eq!(
        summary["contact"]["id"],
        "87b4d06c-abc2-e811-a9b0-000d3a10e09e"
    );
    assert_eq!(summary["profile"]["phoneNumber"], "1234567");
    let context = &summary["context"]["signed"];
    assert_eq!(context.as_object().unwrap().len(), 3, "{context}");
    assert_eq!(
        context["portalcontactid"],
        "87b4d06c-abc2-e811-a9b0-000d3a10e09e"
    );
    assert_eq!(summary["rule"], "Cart of 5,000 or more");

    let mut mara = demo.customer("mara").await;
    let token = mara.get("/_services/auth/token").await.body;
    let (_, started) = demo.start("/required", Some(&token)).await;
    assert_eq!(
        started["conversation"]["queue"], "Signed-in customers",
        "{started}"
    );
    // What is in the cart decides, and the shop's server knows what that is.
    let change = json!({"product": "sofa", "quantity": 2});
    assert_eq!(
        mara.post("/shop/cart", &change).await.json()["cartValue"],
        7_380
    );
    let token = mara.get("/_services/auth/token").await.body;
    let (_, started) = demo.start("/", Some(&token)).await;
    assert_eq!(started["conversation"]["queue"], "Priority", "{started}");

    for page in ["/", "/no-setting"] {
        let (status, started) = demo.start(page, None).await;
        assert_eq!(status, 201, "{started}");
        assert_eq!(started["conversation"]["authenticated"], false);
        assert_eq!(started["conversation"]["queue"], "General");
    }
    let (_, started) = demo.start("/no-setting", Some(&token)).await;
    assert_eq!(started["conversation"]["authenticated"], false, "{started}");
}

#[tokio::test]
async fn what_the_shop_makes_fail_fails() {
    let directory = tempfile::tempdir().unwrap();
    let demo = demo(directory.path(), "");
    let mut bert = demo.customer("bert").await;
    for (path, code) in [
        ("/demo/token/expired", "token-expired"),
        ("/demo/token/wrong-key", "token-signature-invalid"),
    ] {
        let token = bert.get(path).await.body;
        for page in ["/", "/required"] {
            let (status, problem) = demo.start(page, Some(&token)).await;
            assert_eq!(status, 401, "{problem}");
            assert_eq!(problem["code"], code);
        }
    }
    let (status, problem) = demo.start("/required", None).await;
    assert_eq!(
        (status, &problem["code"]),
        (401, &json!("token-not-provided"))
    );
    assert_eq!(bert.post("/shop/sign-out", &json!({})).await.status, 200);
    let answer = bert.get("/_services/auth/token").await;
    assert_eq!(answer.headers["x-responded-json"], r#"{"status":401}"#);
}

#[tokio::test]
async fn every_page_of_the_shop_is_whole() {
    let directory = tempfile::tempdir().unwrap();
    let demo = demo(directory.path(), "");
    let mut shop = Http::new(&demo.shop);
    for page in ["/", "/required", "/no-setting", "/two", "/strict-csp"] {
        let answer = shop.get(page).await;
        assert_eq!(answer.status, 200, "{page}");
        assert!(!answer.body.contains("{{"), "{page}: {}", answer.body);
        let tags = answer.body.matches("data-widget=\"wgt_").count();
        assert_eq!(tags, if page == "/two" { 2 } else { 1 }, "{page}");
        for address in answer
            .body
            .split(['"'])
            .filter(|text| text.starts_with("/assets/"))
        {
            let file = shop.get(address.split('#').next().unwrap()).await;
            assert_eq!(file.status, 200, "{address}");
        }
    }
    let policy = shop.get("/strict-csp").await.headers["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        policy.contains("'wasm-unsafe-eval'") && !policy.contains("'unsafe-inline'"),
        "{policy}"
    );
    assert_eq!(shop.get("/assets/page.html").await.status, 404);
    assert_eq!(shop.get("/assets/../Cargo.toml").await.status, 404);
}

#[tokio::test]
async fn a_second_start_on_the_same_data_doubles_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let lists = [
        "contacts",
        "queues",
        "work-streams",
        "authentication-settings",
        "chat-widgets",
        "operators",
    ];
    let first = demo(directory.path(), " --data kept");
    let mut before = Vec::new();
    for list in lists {
        before.push(first.names(list).await);
    }
    let widget = first.widget("/").await;
    assert_eq!(first.running.stop(), 0);

    let second = demo(directory.path(), " --data kept");
    for (list, before) in lists.iter().zip(before) {
        assert_eq!(second.names(list).await, before, "{list}");
    }
    assert_eq!(second.widget("/").await, widget);
    // The shop has another port now, and both sides know.
    let mut bert = second.customer("bert").await;
    let token = bert.get("/_services/auth/token").await.body;
    let (status, started) = second.start("/", Some(&token)).await;
    assert_eq!(status, 201, "{started}");
    assert_eq!(started["conversation"]["authenticated"], true);
}

/// Its passwords are well known, so people change them.
#[tokio::test]
async fn it_starts_again_after_its_administrator_has_another_password() {
    let directory = tempfile::tempdir().unwrap();
    let first = demo(directory.path(), " --data data");
    let widget = first.widget("/").await;
    assert_eq!(first.running.stop(), 0);
    let reset = "operator reset --data data --email admin@example.com";
    let said = text(directory.path(), reset);
    let (_, password) = said.split_once("Password: ").unwrap();
    let second = demo(directory.path(), " --data data");
    assert_eq!(second.widget("/").await, widget);
    let sign_in = async |password: &str| {
        let mut console = Http::new(&second.chat);
        let body = json!({"email": "admin@example.com", "password": password});
        let answer = console.post("/api/v1/operator/session", &body).await;
        (answer.status, console)
    };
    assert_eq!(sign_in("bonafide-demo-admin").await.0, 401);
    let (status, mut console) = sign_in(password).await;
    assert_eq!(status, 204);
    // What recorded the sample data opens nothing any more.
    let tokens = console.get("/api/v1/admin/api-tokens").await.json();
    assert_eq!(tokens["items"], json!([]));
}

/// It records with a token, and says why it may not; no token is left of one that failed, or that was killed before.
#[tokio::test]
async fn whoever_may_not_record_the_sample_data_is_told_so() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    let first = demo(at, " --data data");
    assert_eq!(first.running.stop(), 0);
    let add = "operator add --data data --email ada@example.com --role administrator";
    let said = text(at, add);
    let (_, password) = said.split_once("Password: ").unwrap();
    let email = "admin@example.com";
    let data = at.join("data");
    let left = operators::add_api_token(&data, email, "Demo: sample data").await;
    drop(left.unwrap());
    text(at, &format!("operator disable --data data --email {email}"));

    let start = [
        "demo",
        "--listen",
        "127.0.0.1:0",
        "--shop-listen",
        "127.0.0.1:0",
        "--data",
        "data",
    ];
    let run = bonafide(at, start, "");
    assert_eq!(run.code, 1);
    let expected = "The sample data cannot be recorded: admin@example.com has to be an administrator who is not disabled";
    assert!(run.stderr.contains(expected), "{}", run.stderr);

    let mut server = Running::start(at, "serve --listen 127.0.0.1:0 --data data");
    let mut console = Http::new(&server.address("listens on"));
    let credentials = json!({"email": "ada@example.com", "password": password});
    let answer = console.post("/api/v1/operator/session", &credentials).await;
    assert_eq!(answer.status, 204, "{}", answer.body);
    let tokens = console.get("/api/v1/admin/api-tokens").await.json();
    assert_eq!(tokens["items"], json!([]));
}

/// The demo's passwords stand in its documentation: they must open nobody else's data.
#[test]
fn data_that_the_demo_did_not_make_is_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    crate::chat::add_administrator(at);
    let mut child = Command::new(env!("CARGO_BIN_EXE_bonafide"))
        .args(["demo", "--listen", "127.0.0.1:0"])
        .args(["--shop-listen", "127.0.0.1:0", "--data", "data"])
        .current_dir(at)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A demo that starts after all says so, and would then run for ever.
    let mut said = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut said)
        .unwrap();
    if !said.is_empty() {
        child.kill().unwrap();
    }
    let output = child.wait_with_output().unwrap();
    assert_eq!((said.as_str(), output.status.code()), ("", Some(1)));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("bonafide serve --data data"), "{stderr}");
    let operators = text(at, "operator list --data data");
    assert_eq!(operators.lines().count(), 1, "{operators}");
}

/// Killed at any time, it finds its own data again.
#[tokio::test]
async fn data_of_a_demo_that_was_killed_is_the_demos() {
    let directory = tempfile::tempdir().unwrap();
    // Killed after it said whose the directory is, and before there was anything in it.
    let first = demo(directory.path(), " --data kept");
    first.running.kill();
    for file in std::fs::read_dir(directory.path().join("kept")).unwrap() {
        let file = file.unwrap();
        if file.file_name().to_str().unwrap().starts_with("bonafide.") {
            std::fs::remove_file(file.path()).unwrap();
        }
    }
    let second = demo(directory.path(), " --data kept");
    let widget = second.widget("/").await;
    second.running.kill();
    // Killed in the middle of its work.
    let third = demo(directory.path(), " --data kept");
    assert_eq!(third.widget("/").await, widget);
}

#[test]
fn what_keeps_it_from_starting_is_said_in_a_sentence() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    std::fs::write(at.join("file"), "not a directory").unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    for (arguments, said) in [
        (
            format!("demo --listen 127.0.0.1:{port}"),
            "is in use by another program",
        ),
        (
            format!("demo --listen 127.0.0.1:0 --shop-listen 127.0.0.1:{port}"),
            "--shop-listen",
        ),
        (
            "demo --listen 0.0.0.0:0".to_owned(),
            "loopback addresses only",
        ),
        (
            format!("serve --listen 127.0.0.1:{port}"),
            "choose another port with `--listen",
        ),
        ("serve --listen 127.0.0.1:0 --data file".to_owned(), "file"),
        (
            "serve --listen 127.0.0.1:0 --public-url nonsense".to_owned(),
            "nonsense",
        ),
        (
            "issuer --issuer i --session-url http://127.0.0.1:1/".to_owned(),
            "bonafide keys new",
        ),
    ] {
        let run = bonafide(at, arguments.split(' '), "");
        assert_eq!(run.code, 1, "{arguments}: {}", run.stderr);
        assert!(run.stderr.contains(said), "{arguments}: {}", run.stderr);
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    }
}
