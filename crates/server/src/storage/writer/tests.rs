//! Many writers at once: each stands for itself, and is told when it is on the disk.

use std::collections::BTreeSet;
use std::time::Duration;

use tempfile::TempDir;
use tokio::task::JoinSet;

use super::super::statement::{Batch, Statement};
use super::super::{Check, Storage, StorageError, Transaction};

async fn open() -> (TempDir, Storage) {
    let folder = tempfile::tempdir().unwrap();
    let storage = Storage::open(folder.path(), Check::Full).await.unwrap();
    let mut transaction = storage.write().await.unwrap();
    let make = "CREATE TABLE rows (number BIGINT PRIMARY KEY, filler BLOB)";
    sqlx::query(make).execute(&mut *transaction).await.unwrap();
    transaction.commit().await.unwrap();
    (folder, storage)
}

async fn add(transaction: &mut Transaction, number: i64, bytes: i64) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO rows VALUES ($1, zeroblob($2))")
        .bind(number)
        .bind(bytes)
        .execute(&mut **transaction)
        .await
        .map(drop)
}

async fn stored(storage: &Storage) -> BTreeSet<i64> {
    let mut reader = storage.read().await.unwrap();
    let rows: Vec<i64> = sqlx::query_scalar("SELECT number FROM rows")
        .fetch_all(&mut *reader)
        .await
        .unwrap();
    rows.into_iter().collect()
}

/// What each of many writers does at once, by its number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum End {
    Commits,
    Drops,
    /// Its row is there already.
    Fails,
    /// It is gone, as a request whose client hung up, at any moment.
    Vanishes,
}

fn end_of(number: i64) -> End {
    match number % 7 {
        0 => End::Drops,
        1 => End::Fails,
        2 => End::Vanishes,
        _ => End::Commits,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_of_a_group_stands_for_itself() {
    const WRITERS: i64 = 700;
    let (_folder, storage) = open().await;
    let mut first = storage.write().await.unwrap();
    add(&mut first, -1, 1).await.unwrap();
    let mut running = JoinSet::new();
    let mut vanishing = Vec::new();
    for number in 0..WRITERS {
        let storage = storage.clone();
        let task = async move {
            let mut transaction = storage.write().await.unwrap();
            add(&mut transaction, number, 10).await.unwrap();
            match end_of(number) {
                End::Drops => return None,
                End::Fails => {
                    add(&mut transaction, number, 10).await.unwrap_err();
                    return None;
                }
                End::Commits | End::Vanishes => transaction.commit().await.unwrap(),
            }
            Some(number)
        };
        let handle = running.spawn(task);
        if end_of(number) == End::Vanishes {
            vanishing.push((number, handle));
        }
    }
    first.commit().await.unwrap();
    for (number, handle) in vanishing {
        // At moments that spread over all that is done.
        let pauses = usize::try_from(number).unwrap() % 40;
        for _ in 0..pauses {
            tokio::task::yield_now().await;
        }
        handle.abort();
    }
    let mut acknowledged = BTreeSet::new();
    while let Some(done) = running.join_next().await {
        acknowledged.extend(done.ok().flatten());
    }
    let stored = stored(&storage).await;
    assert!(
        acknowledged.is_subset(&stored),
        "what was acknowledged is there"
    );
    for number in 0..WRITERS {
        match end_of(number) {
            End::Commits => assert!(acknowledged.contains(&number), "{number} was not stored"),
            End::Drops | End::Fails => assert!(!stored.contains(&number), "{number} was undone"),
            // It may have been too late to stop it.
            End::Vanishes => {}
        }
    }
    storage.close().await;
}

/// Batches stand for themselves too, among each other and among those who take turns.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_batch_stands_for_itself() {
    const BATCHES: i64 = 700;
    let (_folder, storage) = open().await;
    let mut running = JoinSet::new();
    for number in 0..BATCHES {
        let storage = storage.clone();
        running.spawn(async move {
            let row = |number: i64| {
                Statement::insertion("INSERT INTO rows VALUES", "($1, zeroblob($2))")
                    .bind(number)
                    .bind(10_i64)
            };
            match number % 5 {
                // One that takes a turn of its own in between.
                0 => {
                    let mut transaction = storage.write().await.unwrap();
                    add(&mut transaction, number, 10).await.unwrap();
                    transaction.commit().await.unwrap();
                }
                // Of another kind.
                2 => {
                    let mut batch = Batch::default();
                    batch.push(row(number));
                    storage.store(batch).await.unwrap();
                }
                // The first of its statements goes with the second.
                1 => {
                    let mut batch = Batch::default();
                    batch.push(row(number));
                    batch.push(row(number));
                    let refused = storage.store(batch).await.unwrap_err();
                    assert!(matches!(refused, StorageError::Taken), "{refused}");
                    return None;
                }
                _ => {
                    let mut batch = Batch::default();
                    batch.push(row(number));
                    batch.push(row(number + BATCHES));
                    storage.store(batch).await.unwrap();
                }
            }
            Some(number)
        });
    }
    let mut acknowledged = BTreeSet::new();
    while let Some(done) = running.join_next().await {
        acknowledged.extend(done.unwrap());
    }
    let both = |number: i64| [number, number + BATCHES];
    let expected: BTreeSet<i64> = (0..BATCHES)
        .flat_map(|number| match number % 5 {
            0 | 2 => vec![number],
            1 => Vec::new(),
            _ => both(number).to_vec(),
        })
        .collect();
    assert_eq!(stored(&storage).await, expected);
    assert_eq!(acknowledged.len(), 560);
    storage.close().await;
}

#[tokio::test]
async fn a_batch_that_nobody_waits_for_is_not_stored() {
    let (_folder, storage) = open().await;
    let first = storage.write().await.unwrap();
    let batch = |number: i64| {
        let mut batch = Batch::default();
        let insert = Statement::new("INSERT INTO rows VALUES ($1, zeroblob(1))");
        batch.push(insert.bind(number));
        batch
    };
    for number in [1, 2] {
        let mut left = Box::pin(storage.store(batch(number)));
        let soon = Duration::from_millis(1);
        assert!(tokio::time::timeout(soon, &mut left).await.is_err());
    }
    let stays = tokio::spawn({
        let (storage, batch) = (storage.clone(), batch(3));
        async move { storage.store(batch).await }
    });
    first.commit().await.unwrap();
    stays.await.unwrap().unwrap();
    assert_eq!(stored(&storage).await, BTreeSet::from([3]));
    storage.close().await;
}

#[tokio::test]
async fn a_group_is_told_when_it_is_on_the_disk() {
    let (folder, storage) = open().await;
    let mut first = storage.write().await.unwrap();
    add(&mut first, 1, 1).await.unwrap();
    let second = tokio::spawn({
        let storage = storage.clone();
        async move {
            let mut transaction = storage.write().await.unwrap();
            add(&mut transaction, 2, 1).await.unwrap();
            transaction
        }
    });
    // So that it stands in line.
    tokio::task::yield_now().await;
    let mut first = tokio::spawn(first.commit());
    let second = second.await.unwrap();
    assert!(
        tokio::time::timeout(Duration::from_millis(50), &mut first)
            .await
            .is_err(),
        "not before the group is committed"
    );
    assert!(stored(&storage).await.is_empty());
    second.commit().await.unwrap();
    first.await.unwrap().unwrap();
    assert_eq!(stored(&storage).await, BTreeSet::from([1, 2]));
    storage.close().await;
    drop(folder);
}

#[tokio::test]
async fn who_leaves_the_line_leaves_nobody_waiting() {
    let (_folder, storage) = open().await;
    let mut first = storage.write().await.unwrap();
    add(&mut first, 1, 1).await.unwrap();
    let mut leaving = Box::pin(storage.write());
    let stands = tokio::time::timeout(Duration::ZERO, &mut leaving).await;
    assert!(stands.is_err(), "it stands in line");
    let mut first = tokio::spawn(first.commit());
    // The place is the other's now, who does not look.
    let kept = tokio::time::timeout(Duration::from_millis(50), &mut first).await;
    assert!(kept.is_err(), "it waits for the other");
    drop(leaving);
    first.await.unwrap().unwrap();
    assert_eq!(stored(&storage).await, BTreeSet::from([1]));
    storage.close().await;
}

#[tokio::test]
async fn who_only_read_is_told_with_those_whose_changes_they_read() {
    let (_folder, storage) = open().await;
    let mut first = storage.write().await.unwrap();
    add(&mut first, 1, 1).await.unwrap();
    let mut reads = Box::pin(storage.write());
    assert!(
        tokio::time::timeout(Duration::ZERO, &mut reads)
            .await
            .is_err()
    );
    let first = tokio::spawn(first.commit());
    let mut reads = reads.await.unwrap();
    let rows: Vec<i64> = sqlx::query_scalar("SELECT number FROM rows")
        .fetch_all(&mut *reads)
        .await
        .unwrap();
    assert_eq!(rows, [1]);
    assert!(stored(&storage).await.is_empty(), "not on the disk");
    reads.commit().await.unwrap();
    assert_eq!(stored(&storage).await, BTreeSet::from([1]));
    first.await.unwrap().unwrap();
    storage.close().await;
}

#[tokio::test]
async fn a_full_disk_fails_the_whole_group_and_not_the_next() {
    let (_folder, storage) = open().await;
    let mut transaction = storage.write().await.unwrap();
    let limit = "PRAGMA max_page_count = 200";
    sqlx::query(limit).execute(&mut *transaction).await.unwrap();
    add(&mut transaction, 1, 1).await.unwrap();
    let large = tokio::spawn({
        let storage = storage.clone();
        async move {
            let mut transaction = storage.write().await.unwrap();
            add(&mut transaction, 2, 10_000_000).await.unwrap_err();
        }
    });
    tokio::task::yield_now().await;
    transaction.commit().await.unwrap_err();
    large.await.unwrap();
    let mut after = storage.write().await.unwrap();
    add(&mut after, 3, 1).await.unwrap();
    after.commit().await.unwrap();
    assert_eq!(stored(&storage).await, BTreeSet::from([3]));
    storage.close().await;
}

/// A batch that comes alone is begun, run and committed at once.
#[tokio::test]
async fn a_batch_that_fails_alone_leaves_nothing_and_the_next_is_stored() {
    let (_folder, storage) = open().await;
    let batch = |rows: &[(i64, i64)]| {
        let mut batch = Batch::default();
        for (number, bytes) in rows {
            let insert = Statement::new("INSERT INTO rows VALUES ($1, zeroblob($2))");
            batch.push(insert.bind(*number).bind(*bytes));
        }
        batch
    };
    storage.store(batch(&[(1, 10)])).await.unwrap();
    let refused = storage.store(batch(&[(2, 10), (1, 10)])).await;
    assert!(matches!(refused, Err(StorageError::Taken)), "{refused:?}");
    storage.store(batch(&[(2, 10), (3, 10)])).await.unwrap();

    let mut transaction = storage.write().await.unwrap();
    let limit = "PRAGMA max_page_count = 200";
    sqlx::query(limit).execute(&mut *transaction).await.unwrap();
    transaction.commit().await.unwrap();
    let full = storage.store(batch(&[(4, 10), (5, 10_000_000)])).await;
    assert!(
        matches!(
            full,
            Err(StorageError::Unavailable(_) | StorageError::Undone(_))
        ),
        "{full:?}"
    );
    storage.store(batch(&[(4, 10)])).await.unwrap();
    assert_eq!(stored(&storage).await, (1..=4).collect());
    // And nothing is open that others would wait for.
    drop(storage.writer.exclusive().await.unwrap());
    storage.close().await;
}

/// As what keeps house does while the server stops.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_writes_or_reads_while_it_is_closed_does_not_keep_it_open() {
    for round in 0..50 {
        let (_folder, storage) = open().await;
        let mut running = JoinSet::new();
        for number in 0..8 {
            let storage = storage.clone();
            running.spawn(async move {
                for row in 0.. {
                    let Ok(mut transaction) = storage.write().await else {
                        break;
                    };
                    let added = add(&mut transaction, number * 1_000 + row, 1).await;
                    if added.is_err() || transaction.commit().await.is_err() {
                        break;
                    }
                    if storage.read().await.is_err() {
                        break;
                    }
                }
            });
        }
        for _ in 0..round {
            tokio::task::yield_now().await;
        }
        let closed = tokio::time::timeout(Duration::from_secs(30), storage.close()).await;
        closed.expect("nobody holds a connection for ever");
        while running.join_next().await.is_some() {}
    }
}
