//! Files that people send: a kill loses none that was acknowledged, and a backup has them.

use std::fs;
use std::path::Path;

use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::bonafide::{bonafide, text};
use crate::chat::{Visitor, add_administrator, json_of, widget};
use crate::running::Running;

const SERVE: &str = "serve --listen 127.0.0.1:0 --data data --files-per-conversation 100000 --files-per-network 100000";
const PNG: &[u8] = include_bytes!("../../../server/tests/files/photo.png");
const PDF: &[u8] = include_bytes!("../../../server/tests/files/report.pdf");

/// A PDF that no other is like: the sample, changed as editors do, by an addition after its end.
fn pdf(number: usize) -> Vec<u8> {
    let addition = format!("% {number} {}\nstartxref\n9\n%%EOF\n", "x".repeat(100_000));
    [PDF, addition.as_bytes()].concat()
}

#[tokio::test]
async fn a_kill_loses_no_file_that_was_acknowledged() {
    const VISITORS: usize = 4;
    const BEFORE_THE_KILL: usize = 20;
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    add_administrator(at);
    let mut server = Running::start(at, SERVE);
    let (origin, widget) = widget(&mut server).await;
    let (acknowledge, mut acknowledgements) = mpsc::unbounded_channel();
    let mut sending = JoinSet::new();
    for index in 0..VISITORS {
        let visitor = Visitor::start(&origin, &widget).await;
        let (origin, acknowledge) = (origin.clone(), acknowledge.clone());
        sending.spawn(async move {
            // Until the server is gone, or the conversation full.
            for number in 0..50 {
                let content = pdf(index * 1_000 + number);
                let client_id = format!("f{number}");
                let sent = visitor.send_file(&origin, &client_id, &content).await;
                let Ok(answer) = sent else { break };
                assert_eq!(answer.status(), 201);
                let Ok(message) = answer.text().await else {
                    break;
                };
                let message: serde_json::Value = serde_json::from_str(&message).unwrap();
                let id = message["attachment"]["id"].as_str().unwrap().to_owned();
                acknowledge.send((index, id, content)).unwrap();
            }
            (index, visitor)
        });
    }
    drop(acknowledge);
    let mut known = Vec::new();
    let mut running = Some(server);
    while let Some(acknowledged) = acknowledgements.recv().await {
        known.push(acknowledged);
        if known.len() == BEFORE_THE_KILL {
            running.take().unwrap().kill();
        }
    }
    let mut server = Running::start(at, SERVE);
    let origin = server.address("listens on");
    while let Some(done) = sending.join_next().await {
        let (index, visitor) = done.unwrap();
        for (_, id, content) in known.iter().filter(|(sender, ..)| *sender == index) {
            let read = visitor.file(&origin, id).await;
            assert_eq!(read.status(), 200, "acknowledged and lost");
            assert!(read.bytes().await.unwrap() == content.as_slice());
        }
    }
    assert_eq!(server.stop(), 0);
}

#[tokio::test]
async fn a_backup_has_the_files_and_a_restore_puts_them_back() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    add_administrator(at);
    let mut server = Running::start(at, SERVE);
    let (origin, widget) = widget(&mut server).await;
    let visitor = Visitor::start(&origin, &widget).await;
    let mut sent = Vec::new();
    for (client_id, content) in [("a", PNG.to_vec()), ("b", pdf(1))] {
        let answer = visitor
            .send_file(&origin, client_id, &content)
            .await
            .unwrap();
        assert_eq!(answer.status(), 201);
        let message = json_of(answer).await;
        sent.push((
            message["attachment"]["id"].as_str().unwrap().to_owned(),
            content,
        ));
    }
    let printed = text(at, "backup --data data --verify saved");
    assert!(
        printed.contains("With it go 2 files that people sent."),
        "{printed}"
    );
    assert!(printed.contains(", 2 files."), "{printed}");
    // Sent after the backup: not in it.
    let later = visitor.send_file(&origin, "c", &pdf(2)).await.unwrap();
    assert_eq!(later.status(), 201);
    assert_eq!(server.stop(), 0);

    text(at, "restore --data elsewhere saved");
    let printed = text(at, "restore --data data saved --replace");
    assert!(
        printed.contains("The former files are kept as `data/files.replaced-"),
        "{printed}"
    );
    for folder in ["elsewhere", "data"] {
        assert_eq!(files_in(&at.join(folder).join("files")), 2);
        let mut server = Running::start(at, &SERVE.replace("data data", &format!("data {folder}")));
        let origin = server.address("listens on");
        for (id, content) in &sent {
            let read = visitor.file(&origin, id).await;
            assert_eq!(read.status(), 200);
            assert!(read.bytes().await.unwrap() == content.as_slice());
        }
        assert_eq!(server.stop(), 0);
    }

    // What is missing is said, and takes nothing else with it.
    let files = at.join("elsewhere/files");
    fs::remove_file(
        files
            .join(&sent[0].0[sent[0].0.len() - 2..])
            .join(&sent[0].0),
    )
    .unwrap();
    let printed = text(at, "backup --data elsewhere incomplete");
    assert!(printed.contains("With it go 1 files"), "{printed}");
    assert!(
        printed.contains("WARNING: 1 files that messages bring are missing in `elsewhere/files`"),
        "{printed}"
    );
    let printed = text(at, "restore --data third incomplete");
    assert!(printed.contains(", 1 files."), "{printed}");
    assert_eq!(files_in(&at.join("third/files")), 1);

    // One that a disk has changed is refused.
    let mut damaged = fs::read(at.join("saved")).unwrap();
    // Everywhere: pages that are not in use any more may hold a copy.
    for piece in damaged.chunks_exact_mut(40) {
        if piece == [b'x'; 40] {
            piece[0] = b'y';
        }
    }
    fs::write(at.join("damaged"), damaged).unwrap();
    let refused = bonafide(at, "restore --data fourth damaged".split(' '), "");
    assert_eq!(refused.code, 1);
    assert!(
        refused
            .stderr
            .contains("`damaged` holds a damaged file. Name another backup; nothing was changed."),
        "{}",
        refused.stderr
    );
    assert_eq!(names(&at.join("fourth"), ""), ["bonafide.lock"]);
    let mut server = Running::start(at, &SERVE.replace("data data", "data fourth"));
    server.address("listens on");
    assert_eq!(server.stop(), 0);
    // Over the folder of files no backup is written, nor over what a restore put aside; beside them it is.
    let former = names(&at.join("data"), "files.replaced-").pop().unwrap();
    for (name, code) in [("files", 1), (&*former, 1), ("files-of-may", 0)] {
        let backup = format!("backup --data data --overwrite data/{name}");
        let run = bonafide(at, backup.split(' '), "");
        assert_eq!(run.code, code, "{name}: {}", run.stderr);
    }

    // A backup that knows of no file leaves none where no row would ever find them.
    fs::create_dir(at.join("new")).unwrap();
    add_administrator(&at.join("new"));
    text(at, "backup --data new/data without");
    let printed = text(at, "restore --data third without --replace");
    assert!(!printed.contains(" files."), "{printed}");
    assert!(
        printed.contains("The former files are kept as `third/files.replaced-"),
        "{printed}"
    );
    assert!(!at.join("third/files").exists());
    // One that was copied by hand knows of some that may be those which are there.
    text(at, "restore --data fifth saved");
    fs::copy(at.join("fifth/bonafide.sqlite"), at.join("by-hand")).unwrap();
    let printed = text(at, "restore --data fifth by-hand --replace");
    assert!(!printed.contains("former files"), "{printed}");
    assert_eq!(files_in(&at.join("fifth/files")), 2);
}

/// What in a folder is called so.
fn names(folder: &Path, prefix: &str) -> Vec<String> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(prefix))
        .collect()
}

fn files_in(folder: &Path) -> usize {
    fs::read_dir(folder)
        .unwrap()
        .map(|shard| fs::read_dir(shard.unwrap().path()).unwrap().count())
        .sum()
}
