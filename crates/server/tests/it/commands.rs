//! Operators from the command line, beside a running server and without one.

use axum::http::StatusCode;
use bonafide_protocol::Secret;
use bonafide_protocol::operator::Role;
use bonafide_server::{Clock, Config, Server, operators};
use serde_json::json;

use crate::chat::Chat;
use crate::console::{PASSWORD, World};
use crate::socket::Socket;

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

#[tokio::test]
async fn operators_are_added_and_disabled_beside_a_running_server() {
    let world = World::new().await;
    let folder = world.folder();
    operators::add(
        &folder,
        "boss@example.com",
        "Boss",
        Role::Administrator,
        None,
        secret(PASSWORD),
    )
    .await
    .unwrap();
    let person = world.sign_in("boss@example.com", PASSWORD).await;
    person.get("/admin/queues").await.expect(StatusCode::OK);
    assert_eq!(
        person.get("/operator/setup").await.expect(StatusCode::OK),
        json!({"needed": false})
    );

    operators::add(
        &folder,
        "agent@example.com",
        "Agent",
        Role::Agent,
        None,
        secret(PASSWORD),
    )
    .await
    .unwrap();
    let agent = world.sign_in("agent@example.com", PASSWORD).await;
    let next = "another horse battery";
    operators::reset_password(&folder, "Agent@example.com", secret(next))
        .await
        .unwrap();
    agent
        .get("/operator/session")
        .await
        .problem("session-expired");
    let agent = world.sign_in("agent@example.com", next).await;
    let disabled = operators::disable(&folder, "AGENT@example.com")
        .await
        .unwrap();
    assert!(disabled.disabled);
    agent
        .get("/operator/session")
        .await
        .problem("session-expired");

    let all = operators::list(&folder).await.unwrap();
    let emails: Vec<_> = all
        .iter()
        .map(|operator| (operator.email.as_str(), operator.disabled))
        .collect();
    assert_eq!(
        emails,
        [("agent@example.com", true), ("boss@example.com", false)]
    );
}

#[tokio::test]
async fn mistakes_are_said_in_a_sentence() {
    let world = World::new().await;
    let folder = world.folder();
    let add = async |email: &str, name: &str, password: &str| {
        operators::add(
            &folder,
            email,
            name,
            Role::Administrator,
            None,
            secret(password),
        )
        .await
        .unwrap_err()
        .to_string()
    };
    assert!(add("nonsense", "A", PASSWORD).await.starts_with("email: "));
    assert!(
        add("a@example.com", " ", PASSWORD)
            .await
            .starts_with("name: ")
    );
    assert!(
        add("a@example.com", "A", "short")
            .await
            .contains("at least 12 characters")
    );
    operators::add(
        &folder,
        "a@example.com",
        "A",
        Role::Administrator,
        None,
        secret(PASSWORD),
    )
    .await
    .unwrap();
    assert!(
        add("A@example.com", "A", PASSWORD)
            .await
            .contains("exists already")
    );
    let error = operators::disable(&folder, "a@example.com")
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("last administrator"), "{error}");
    let error = operators::disable(&folder, "b@example.com")
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("no operator"), "{error}");
}

#[tokio::test]
async fn a_folder_serves_one_server_and_can_be_prepared_without_one() {
    let folder = tempfile::TempDir::new().unwrap();
    operators::add(
        folder.path(),
        "a@example.com",
        "A",
        Role::Administrator,
        None,
        secret(PASSWORD),
    )
    .await
    .unwrap();
    let server = Server::open(Config::new(folder.path())).await.unwrap();
    assert_eq!(server.setup_link(), None);
    let error = Server::open(Config::new(folder.path()))
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("one SQLite file serves one process"),
        "{error}"
    );
    drop(server);
}

#[tokio::test]
async fn a_wrong_public_url_is_said_at_once() {
    let folder = tempfile::TempDir::new().unwrap();
    let mut config = Config::new(folder.path());
    config.public_url = "https://example.com/chat".to_owned();
    let error = Server::open(config).await.unwrap_err().to_string();
    assert!(error.contains("without a path"), "{error}");
}

#[tokio::test]
async fn the_socket_of_an_operator_who_is_disabled_beside_the_server_closes() {
    let chat = Chat::with(Clock::system(), |config| {
        // Left to the heartbeat, it would stay open for as long as this test may take.
        config.heartbeat = std::time::Duration::from_hours(1);
    })
    .await;
    let agent = chat.agent("Ana").await;
    let mut socket = Socket::of_agent(&chat, &agent).await;
    let mut other = Socket::of_agent(&chat, &chat.admin).await;
    operators::disable(&chat.folder(), "ana@example.com")
        .await
        .unwrap();
    let (code, last) = socket.closed().await;
    assert_eq!(code, 4401);
    assert_eq!(last["problem"]["code"], "session-expired");
    chat.queue("Another").await;
    other.next_of("resync").await;
}

#[tokio::test]
async fn an_operator_from_the_command_line_is_audited_as_one_from_the_console() {
    let chat = Chat::start().await;
    let details = |entry: &serde_json::Value| entry["details"].clone();
    let by_command = chat.audit("operator.created").await;
    assert_eq!(
        details(&by_command[0]),
        json!({"name.after": "Ada", "email.after": "admin@example.com", "role.after": "administrator"})
    );
    chat.agent("Ana").await;
    let by_console = chat.audit("operator.created").await;
    assert_eq!(details(&by_console[0])["role.after"], "agent");
}
