//! Logs and databases that belong together, and that they do after a kill at any commit.

use std::path::Path;
use std::process::Command;

use sqlx::AssertSqlSafe;
use tokio::task::JoinSet;

use super::{Progress, Stamped, fits};
use crate::storage::{Check, Storage};

#[test]
fn a_log_fits_the_database_it_was_begun_over() {
    for (base, log, is_fitting) in [
        // Stamped in its first transaction, before and after a checkpoint.
        (6, (7, 7), true),
        (7, (7, 7), true),
        // Stamped after another transaction wrote the first page.
        (6, (6, 7), true),
        (7, (6, 7), true),
        // A copy of a generation ago, a newer database, another one.
        (5, (7, 7), false),
        (5, (6, 7), false),
        (8, (7, 7), false),
        (912_345, (7, 7), false),
        // Written before stamps were.
        (0, (0, 0), true),
        (0, (0, 1), true),
    ] {
        assert_eq!(fits(base, log), is_fitting, "{base} {log:?}");
    }
}

#[test]
fn a_log_that_cannot_be_read_for_a_while_is_not_stamped_twice() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let begin_anew = |salt: u8| std::fs::write(&log, [salt; 32]).unwrap();
    let mut progress = Progress {
        // A folder cannot be read as a file.
        stamped: Stamped::now(folder.path()),
        is_raising: false,
    };
    begin_anew(1);
    assert!(!progress.needs_stamp(&log), "it may have its stamp");
    assert!(!progress.needs_stamp(folder.path()));
    assert!(!progress.needs_stamp(&log));
    begin_anew(2);
    assert!(progress.needs_stamp(&log));
}

const MAKE: &str = "CREATE TABLE filler (bytes BLOB)";
/// 1,500 pages: SQLite moves the log into the database while it commits, and begins it anew with the next transaction.
const LARGE: &str = "INSERT INTO filler VALUES (zeroblob(6144000))";
const SMALL: &str = "INSERT INTO filler VALUES (zeroblob(10))";

async fn run(storage: &Storage, sql: &'static str) {
    let mut transaction = storage.write().await.unwrap();
    let run = sqlx::query(AssertSqlSafe(sql)).execute(&mut *transaction);
    run.await.unwrap();
    transaction.commit().await.unwrap();
}

/// Waits until nobody writes any more: writers take turns.
async fn settle(storage: &Storage) {
    tokio::task::yield_now().await;
    drop(storage.writer.exclusive().await.unwrap());
}

/// Starts on what a kill would leave now.
async fn start_after_a_kill(folder: &Path, after: &str) {
    let copy = tempfile::tempdir().unwrap();
    // Another process: to close the files here would take away the locks that this one holds.
    let copied = Command::new("cp")
        .arg("-r")
        .args([folder, copy.path()])
        .status();
    assert!(copied.unwrap().success());
    let folder = copy.path().join(folder.file_name().unwrap());
    let storage = Storage::open(&folder, Check::Heads).await;
    storage
        .unwrap_or_else(|error| panic!("{after}: {error}"))
        .close()
        .await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_generation_that_began_with_a_large_transaction_is_stamped_once() {
    let folder = tempfile::tempdir().unwrap();
    let storage = Storage::open(folder.path(), Check::Full).await.unwrap();
    let mut done = String::new();
    for (name, sql) in [
        ("table", MAKE),
        ("large", LARGE),
        ("large", LARGE),
        ("small", SMALL),
        ("small", SMALL),
        ("large", LARGE),
        ("small", SMALL),
        ("large", LARGE),
        ("small", SMALL),
        ("small", SMALL),
    ] {
        run(&storage, sql).await;
        settle(&storage).await;
        done += name;
        start_after_a_kill(folder.path(), &done).await;
        done += ", ";
    }
    storage.close().await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_stamp_that_waited_for_other_writers_is_not_a_second_one() {
    let folder = tempfile::tempdir().unwrap();
    let storage = Storage::open(folder.path(), Check::Full).await.unwrap();
    run(&storage, MAKE).await;
    for round in 0..8 {
        let mut writing = JoinSet::new();
        for number in 0..10 {
            let storage = storage.clone();
            let sql = if (number + round) % 5 < 2 {
                LARGE
            } else {
                SMALL
            };
            writing.spawn(async move { run(&storage, sql).await });
        }
        while let Some(written) = writing.join_next().await {
            written.unwrap();
        }
        settle(&storage).await;
        start_after_a_kill(folder.path(), &format!("round {round}")).await;
    }
    storage.close().await;
}
