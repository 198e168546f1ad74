//! Readers take turns on the connections, and none is lost.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::timeout;

use super::super::{Check, READERS, Storage};

async fn answer(storage: &Storage) -> i64 {
    let mut reader = storage.read().await.unwrap();
    sqlx::query_scalar("SELECT 1")
        .fetch_one(&mut *reader)
        .await
        .unwrap()
}

/// Half of them hang up while they read, or while they wait.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_hangs_up_takes_no_connection_along() {
    let folder = tempfile::tempdir().unwrap();
    let storage = Storage::open(folder.path(), Check::Full).await.unwrap();
    let mut running = JoinSet::new();
    let mut hung_up = Vec::new();
    for number in 0..400 {
        let storage = storage.clone();
        let reading = running.spawn(async move { answer(&storage).await });
        if number % 2 == 0 {
            tokio::task::yield_now().await;
            reading.abort();
            hung_up.push(reading.id());
        }
    }
    while let Some(done) = running.join_next_with_id().await {
        match done {
            Ok((_, answer)) => assert_eq!(answer, 1),
            Err(error) => assert!(hung_up.contains(&error.id()), "{error}"),
        }
    }
    // All are there at once.
    let mut all = Vec::new();
    for _ in 0..READERS {
        all.push(storage.read().await.unwrap());
    }
    let beyond = tokio::spawn({
        let storage = storage.clone();
        async move { answer(&storage).await }
    });
    tokio::task::yield_now().await;
    assert!(!beyond.is_finished());
    all.pop();
    assert_eq!(beyond.await.unwrap(), 1);
    // Closing waits for those that read, and lets nobody in.
    let closing = tokio::spawn({
        let storage = storage.clone();
        async move { storage.close().await }
    });
    while storage.read().await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(!closing.is_finished());
    drop(all);
    timeout(Duration::from_secs(30), closing)
        .await
        .expect("nothing is held any more")
        .unwrap();
}
