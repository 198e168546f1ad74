//! Faults that only the database can make, and what only it can show. The rest of the tests know no SQL.

use std::fs;

use axum::http::StatusCode;
use bonafide_server::{Clock, Config, Server};
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _};
use tokio::time::timeout;

use crate::agent::files::{from_visitor, path_of};
use crate::chat::{Chat, text};
use crate::console::NOW;
use crate::scripted::PATIENCE;
use crate::visitor::files::{PNG, files_in, shop};

/// A connection of the test's own, beside the server's.
async fn database(chat: &Chat) -> SqliteConnection {
    SqliteConnectOptions::new()
        .filename(chat.folder().join("bonafide.sqlite"))
        .connect()
        .await
        .unwrap()
}

async fn run(database: &mut SqliteConnection, sql: String) {
    sqlx::query(AssertSqlSafe(sql))
        .execute(database)
        .await
        .unwrap();
}

async fn count(database: &mut SqliteConnection, table: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("SELECT count(*) FROM {table}")))
        .fetch_one(database)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_start_that_fails_midway_leaves_nothing_not_even_a_used_token() {
    let chat = Chat::start().await;
    let optional = json!({"signIn": "optional"});
    let shop = chat.shop_with(&json!({"singleUse": true}), &optional).await;
    let token = shop.token_with(chat.now(), &json!({"jti": "once"}));
    let mut database = database(&chat).await;
    // The token is used up first, then come these.
    for step in [
        "conversations",
        "visitor_sessions",
        "audit WHEN NEW.action = 'conversation.started'",
        "audit WHEN NEW.action = 'context.not-admitted'",
    ] {
        let fault = format!(
            "CREATE TRIGGER fault BEFORE INSERT ON {step} BEGIN SELECT RAISE(ABORT, 'fault'); END"
        );
        run(&mut database, fault).await;
        let body = json!({"token": shop.token_with(chat.now(), &json!({
            "jti": "once", "lwicontexts": {"undeclared": 1},
        }))});
        chat.ask_start(&shop, &body).await.problem("unavailable");
        for table in ["conversations", "visitor_sessions", "token_ids"] {
            assert_eq!(count(&mut database, table).await, 0, "{table} after {step}");
        }
        assert!(chat.audit("conversation.started").await.is_empty());
        let inbox = chat.admin.get("/agent/conversations").await.ok();
        assert_eq!(inbox["items"], json!([]));
        run(&mut database, "DROP TRIGGER fault".to_owned()).await;
    }
    // Nothing stands in the way of trying again.
    let visitor = chat.visit(&shop, &json!({"token": token})).await;
    assert_eq!(visitor.started["conversation"]["authenticated"], true);
    chat.ask_start(&shop, &json!({"token": token}))
        .await
        .problem("token-replayed");
    assert_eq!(count(&mut database, "conversations").await, 1);
}

#[tokio::test]
async fn no_session_outlives_its_widget() {
    let chat = Chat::start().await;
    let shop = chat.shop().await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let end = visitor.path("/end");
    visitor.client.post(&end, &json!({})).await.ok();
    let mut database = database(&chat).await;
    assert_eq!(count(&mut database, "visitor_sessions").await, 1);
    let path = format!("/admin/chat-widgets/{}", text(&shop.widget["id"]));
    let deleted = chat.admin.delete(&path).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    assert_eq!(count(&mut database, "visitor_sessions").await, 0);
    assert_eq!(count(&mut database, "conversations").await, 1);
}

/// Another version's tables, and another program's.
#[tokio::test]
async fn a_database_that_this_version_cannot_use_is_refused() {
    for (change, said) in [
        (
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'later', 1, x'00', 0)",
            "was written by a newer version of Bonafide: it has schema 9999, and this version knows up to ",
        ),
        (
            "DROP TABLE _sqlx_migrations",
            "is another program's database. Choose another folder.",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::open(Config::new(folder.path())).await.unwrap();
        drop(server);
        let path = folder.path().join("bonafide.sqlite");
        let mut database = SqliteConnectOptions::new()
            .filename(&path)
            .connect()
            .await
            .unwrap();
        run(&mut database, change.to_owned()).await;
        sqlx::Connection::close(database).await.unwrap();
        let opened = Server::open(Config::new(folder.path())).await;
        let error = opened.unwrap_err().to_string();
        let expected = format!("`{}` {said}", path.display());
        assert!(error.starts_with(&expected), "{error}");
    }
}

/// A kill between the file and its message leaves the file, or half of it, and a row that says it never arrived.
#[tokio::test]
async fn what_a_kill_left_is_swept_and_what_was_acknowledged_stays() {
    let clock = Clock::manual(NOW);
    let chat = Chat::with(clock.clone(), |_| {}).await;
    let shop = shop(&chat, 1_000_000).await;
    let visitor = chat.visit(&shop, &json!({})).await;
    let photo = from_visitor(&visitor).await;
    let folder = chat.folder().join("files");
    fs::create_dir_all(folder.join("aa")).unwrap();
    let mut database = database(&chat).await;
    for (id, ending) in [("fil_1aa", ""), ("fil_2aa", ".partial"), ("fil_3aa", "")] {
        fs::write(folder.join(format!("aa/{id}{ending}")), "x").unwrap();
        // The third arrives just now.
        let began = if id == "fil_3aa" { NOW } else { 0 };
        sqlx::query(
            "INSERT INTO files (id, conversation_id, began_at, bytes) VALUES ($1, $2, $3, 9)",
        )
        .bind(id)
        .bind(&visitor.conversation)
        .bind(began)
        .execute(&mut database)
        .await
        .unwrap();
    }
    drop(database);
    assert_eq!(files_in(&chat), 4);
    // The sweep comes when the server starts, and then once a minute.
    let chat = chat.restart().await;
    let swept = async {
        while files_in(&chat) > 2 {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, swept)
        .await
        .expect("what was left is removed");
    assert!(folder.join("aa/fil_3aa").exists());
    let ada = chat.admin.get(&path_of(&visitor, &photo)).await;
    assert!(ada.bytes == PNG);
}
