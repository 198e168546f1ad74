//! What was acknowledged is stored, whatever happens to the process or its disk; and a server whose disk was full
//! goes on by itself once there is room.

use std::collections::BTreeMap;

use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::chat::{Visitor, add_administrator, json_of, widget};
use crate::running::{Http, Running, run_with_small_files};

const SERVE: &str = "serve --listen 127.0.0.1:0 --data data --messages-per-conversation 1000000";

/// Files of this process may grow to 2 MB; what a write beyond that gets is what it gets from a full disk.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_is_said_and_room_is_used_at_once() {
    let directory = tempfile::tempdir().unwrap();
    add_administrator(directory.path());
    let mut server = Running::start_with_small_files(directory.path(), SERVE);
    let (origin, widget) = widget(&mut server).await;
    let visitor = Visitor::start(&origin, &widget).await;
    let mut probe = Http::new(&origin);
    assert_eq!(probe.get("/readyz").await.status, 200);

    let text = "x".repeat(3_900);
    let mut acknowledged: Vec<String> = Vec::new();
    let mut refused = Vec::new();
    // Less and less fits, until not even the probe's one row does.
    for number in 0.. {
        let client_id = format!("m{number}");
        let answer = visitor.write(&origin, &client_id, &text).await.unwrap();
        if answer.status() == 201 {
            assert!(refused.len() < 100 && number < 2_000, "it was never full");
            acknowledged.push(client_id);
            continue;
        }
        assert_eq!(answer.status(), 503);
        assert_eq!(json_of(answer).await["code"], "unavailable");
        refused.push(client_id);
        let ready = probe.get("/readyz").await;
        if ready.status != 200 {
            assert_eq!(ready.status, 503);
            assert_eq!(ready.json()["code"], "unavailable");
            break;
        }
    }
    assert!(!acknowledged.is_empty());
    let ids = |stored: Vec<(u64, String)>| -> Vec<String> {
        stored.into_iter().map(|(_, client_id)| client_id).collect()
    };
    assert_eq!(ids(visitor.stored(&origin).await), acknowledged);

    server.let_files_grow();
    assert_eq!(probe.get("/readyz").await.status, 200);
    for client_id in refused {
        let answer = visitor.write(&origin, &client_id, &text).await.unwrap();
        assert_eq!(answer.status(), 201, "at the first try");
        acknowledged.push(client_id);
    }
    assert_eq!(ids(visitor.stored(&origin).await), acknowledged);
    assert_eq!(server.stop(), 0);
}

/// Whatever step of it found the disk full.
#[cfg(target_os = "linux")]
#[test]
fn a_first_start_that_fails_is_followed_by_a_good_one() {
    // In half kilobytes: the first write, the schema half done, the log moved into the database.
    for blocks in [0, 1, 16, 64, 128, 256] {
        let directory = tempfile::tempdir().unwrap();
        let at = directory.path();
        let output = run_with_small_files(at, SERVE, blocks);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            !output.status.success() && output.stdout.is_empty(),
            "{blocks}"
        );
        let left = std::fs::read_dir(at.join("data")).unwrap();
        let left: Vec<_> = left.map(|file| file.unwrap().file_name()).collect();
        assert_eq!(left, ["bonafide.lock"], "{blocks}: {said}");
        add_administrator(at);
    }
}

#[tokio::test]
async fn a_kill_under_load_loses_no_acknowledged_message_and_doubles_none() {
    const VISITORS: usize = 8;
    /// Enough that the kill falls among writes of all visitors.
    const BEFORE_THE_KILL: usize = 200;
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    add_administrator(at);
    let mut server = Running::start(at, SERVE);
    let (origin, widget) = widget(&mut server).await;
    let (acknowledge, mut acknowledgements) = mpsc::unbounded_channel();
    let mut writing = JoinSet::new();
    let mut visitors = Vec::new();
    for index in 0..VISITORS {
        let visitor = Visitor::start(&origin, &widget).await;
        visitors.push(visitor.clone());
        let (origin, acknowledge) = (origin.clone(), acknowledge.clone());
        writing.spawn(async move {
            let mut sent = 0_usize;
            // Until the server is gone: the last one sent is the one nobody knows about.
            loop {
                let client_id = format!("m{sent}");
                sent += 1;
                let Ok(answer) = visitor.write(&origin, &client_id, "hello").await else {
                    return (index, sent);
                };
                assert_eq!(answer.status(), 201);
                let Ok(message) = answer.text().await else {
                    return (index, sent);
                };
                let message: serde_json::Value = serde_json::from_str(&message).unwrap();
                let seq = message["seq"].as_u64().unwrap();
                acknowledge.send((index, seq, client_id)).unwrap();
            }
        });
    }
    drop(acknowledge);
    let mut known = vec![BTreeMap::new(); VISITORS];
    let mut count = 0;
    let mut running = Some(server);
    while let Some((index, seq, client_id)) = acknowledgements.recv().await {
        known[index].insert(seq, client_id);
        count += 1;
        if count == BEFORE_THE_KILL {
            running.take().unwrap().kill();
        }
    }
    assert!(count >= BEFORE_THE_KILL);

    let mut server = Running::start(at, SERVE);
    let origin = server.address("listens on");
    while let Some(written) = writing.join_next().await {
        let (index, sent) = written.unwrap();
        let stored = visitors[index].stored(&origin).await;
        let by_seq: BTreeMap<u64, String> = stored.iter().cloned().collect();
        for (seq, client_id) in &known[index] {
            assert_eq!(by_seq.get(seq), Some(client_id), "acknowledged and lost");
        }
        // Sending everything again, as a page does that got no answer, doubles nothing.
        for number in 0..sent {
            let client_id = format!("m{number}");
            let answer = visitors[index].write(&origin, &client_id, "hello").await;
            assert_eq!(answer.unwrap().status(), 201);
        }
        let expected: Vec<(u64, String)> = (0..sent)
            .map(|number| (number as u64 + 1, format!("m{number}")))
            .collect();
        assert_eq!(visitors[index].stored(&origin).await, expected);
    }
    assert_eq!(server.stop(), 0);
}
