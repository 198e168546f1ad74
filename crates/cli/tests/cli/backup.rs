//! `bonafide backup` and `bonafide restore`, beside a server under load: what was acknowledged before the backup began
//! is in it, whatever was written meanwhile.

use std::fs;
use std::path::Path;

use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::bonafide::{bonafide, text};
use crate::chat::{Visitor, add_administrator, json_of, widget};
use crate::running::Running;

const SERVE: &str = "serve --listen 127.0.0.1:0 --data data --messages-per-conversation 1000000";
const RESTORING: &str = "bonafide.sqlite.restoring";
const VISITORS: usize = 8;
const BEFORE_THE_BACKUP: usize = 400;

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_under_load_holds_what_was_acknowledged_before_and_is_restored() {
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
            for number in 0.. {
                let text = "x".repeat(1_000);
                let id = format!("m{number}");
                let Ok(answer) = visitor.write(&origin, &id, &text).await else {
                    return;
                };
                let seq = json_of(answer).await["seq"].as_u64().unwrap();
                if acknowledge.send((index, seq)).is_err() {
                    return;
                }
            }
        });
    }
    drop(acknowledge);
    let mut acknowledged = vec![0; VISITORS];
    for _ in 0..BEFORE_THE_BACKUP {
        let (index, seq) = acknowledgements.recv().await.unwrap();
        acknowledged[index] = seq;
    }
    let folder = at.to_owned();
    let command = "backup --data data --verify saved.sqlite";
    let backup = tokio::task::spawn_blocking(move || text(&folder, command));
    let printed = backup.await.unwrap();
    assert!(
        printed.contains("`saved.sqlite` holds the data of `data`")
            && printed
                .contains("is sound: 1 operators, 1 chat widgets, 0 contacts, 8 conversations, "),
        "{printed}"
    );
    let refused = bonafide(
        at,
        "restore --data data saved.sqlite --replace".split(' '),
        "",
    );
    assert_eq!(refused.code, 1);
    assert!(
        refused.stderr.starts_with(
            "`data` is in use by a running server. Stop the server, and restore then."
        ),
        "{}",
        refused.stderr
    );
    assert_eq!(names(at), ["data", "saved.sqlite"], "nothing half is left");
    // It did go on meanwhile.
    let mut after = 0;
    while after < BEFORE_THE_BACKUP {
        acknowledgements.recv().await.unwrap();
        after += 1;
    }
    server.kill();
    acknowledgements.close();
    while writing.join_next().await.is_some() {}

    let held = bonafide(at, "restore --data data saved.sqlite".split(' '), "");
    assert_eq!(held.code, 1);
    assert!(held.stderr.contains("`--replace`"), "{}", held.stderr);
    text(at, "restore --data elsewhere saved.sqlite");
    let printed = text(at, "restore --data data saved.sqlite --replace");
    assert!(
        printed.contains("The former database is kept as `data/bonafide.sqlite.replaced-"),
        "{printed}"
    );
    for folder in ["data", "elsewhere"] {
        let mut server = Running::start(at, &SERVE.replace("data data", &format!("data {folder}")));
        let origin = server.address("listens on");
        for (visitor, acknowledged) in visitors.iter().zip(&acknowledged) {
            let stored = visitor.stored(&origin).await;
            let expected: Vec<_> = (1..=stored.len() as u64)
                .map(|seq| (seq, format!("m{}", seq - 1)))
                .collect();
            assert_eq!(stored, expected);
            assert!(
                stored.len() as u64 >= *acknowledged,
                "acknowledged and not in the backup"
            );
        }
        assert_eq!(server.stop(), 0);
    }
}

/// What is refused, word by word, and leaves everything as it was.
#[test]
fn nothing_is_overwritten_unasked() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    add_administrator(at);
    text(at, "backup --data data saved");
    fs::create_dir(at.join("folder")).unwrap();
    fs::write(at.join("notes"), "not a database at all, but long enough to have a head of a hundred bytes, which is what SQLite's files begin with").unwrap();
    fs::write(at.join("short"), "SQLite format 3\0").unwrap();
    let mut damaged = fs::read(at.join("saved")).unwrap();
    damaged.truncate(damaged.len() / 2);
    fs::write(at.join("half"), damaged).unwrap();
    fs::create_dir(at.join("halfway")).unwrap();
    fs::write(at.join("halfway/bonafide.lock"), "").unwrap();
    fs::copy(at.join("saved"), at.join("halfway").join(RESTORING)).unwrap();
    #[cfg(unix)]
    for (link, file) in [
        ("own", "data/bonafide.sqlite"),
        ("left", &*format!("halfway/{RESTORING}")),
    ] {
        std::os::unix::fs::symlink(file, at.join(link)).unwrap();
    }
    let before = contents(at);
    for (arguments, said) in [
        (
            "backup --data data saved",
            "`saved` exists already, and was left as it is. Choose another name, or give `--overwrite`.",
        ),
        (
            "backup --data data folder",
            "`folder` is a folder. Name the file that is to be written.",
        ),
        (
            "backup --data data folder/none/saved",
            "`folder/none/saved` cannot be made: its folder does not exist. Make the folder, or name another.",
        ),
        (
            "backup --data data --overwrite data/bonafide.sqlite",
            "`data/bonafide.sqlite` is one of the server's own files. Choose another name or folder for the backup.",
        ),
        (
            "backup --data data --overwrite data/bonafide.sqlite-wal",
            "`data/bonafide.sqlite-wal` is one of the server's own files. Choose another name or folder for the backup.",
        ),
        (
            "backup --data none new",
            "`none/bonafide.sqlite` does not exist: no server kept data in this folder. Name the server's folder with `--data`.",
        ),
        (
            "restore --data new missing",
            "`missing` is no file. Name a backup.",
        ),
        (
            "restore --data new folder",
            "`folder` is no file. Name a backup.",
        ),
        (
            "restore --data data saved",
            "`data` holds a database already, and was left as it is. Choose another folder with `--data`, or give `--replace`: the former database is then kept under another name.",
        ),
        (
            "restore --data data --replace notes",
            "`notes` does not begin as a SQLite database does: its head is damaged, or it is another kind of file. Name another backup; nothing was changed.",
        ),
        (
            "restore --data data --replace short",
            "`short` is cut off after 16 bytes. Name another backup; nothing was changed.",
        ),
        (
            "restore --data data --replace data/bonafide.sqlite",
            "`data/bonafide.sqlite` is the server's own database. Name a backup.",
        ),
        #[cfg(unix)]
        (
            "restore --data data --replace own",
            "`own` is the server's own database. Name a backup.",
        ),
        (
            "restore --data halfway halfway/bonafide.sqlite.restoring",
            "`halfway/bonafide.sqlite.restoring` is what an interrupted restore left. Name a backup.",
        ),
        #[cfg(unix)]
        (
            "restore --data halfway left",
            "`left` is what an interrupted restore left. Name a backup.",
        ),
        (
            "operator list --data halfway",
            "`halfway/bonafide.sqlite.restoring` is what an interrupted restore left, and there is no database yet. Run `bonafide restore` again with the backup you named before.",
        ),
    ] {
        let run = bonafide(at, arguments.split(' '), "");
        assert_eq!(run.code, 1, "{arguments}");
        let said = format!("{said} This process runs as user {}.\n", user());
        assert_eq!(run.stderr, said, "{arguments}");
    }
    let half = bonafide(at, "restore --data data --replace half".split(' '), "");
    assert_eq!(half.code, 1);
    assert!(
        half.stderr.starts_with("`half` is cut off: it has "),
        "{}",
        half.stderr
    );
    assert_eq!(contents(at), before);
    text(at, "backup --data data --overwrite saved");
}

/// The files' names in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Every file in two levels, with what it holds.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut contents = Vec::new();
    for name in names(folder) {
        let path = folder.join(&name);
        match path.is_dir() {
            true => contents.extend(contents_of(&path)),
            false => contents.push((name, fs::read(path).unwrap())),
        }
    }
    contents
}

fn contents_of(folder: &Path) -> impl Iterator<Item = (String, Vec<u8>)> {
    let files = names(folder).into_iter();
    // What SQLite's readers keep for each other.
    let files = files.filter(|name| !name.ends_with("-shm"));
    let files = files.map(|name| {
        let bytes = fs::read(folder.join(&name)).unwrap();
        (name, bytes)
    });
    files.collect::<Vec<_>>().into_iter()
}

/// This process's user, as `id -u` has it.
pub(crate) fn user() -> String {
    let output = std::process::Command::new("id").arg("-u").output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
