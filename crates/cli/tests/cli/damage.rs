//! A start on a database that is damaged, or mixed from two, is refused with the file, one cause and what to do; and
//! the files stay as they are, for whoever wants to save them.

use std::fs::{self, File};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;

use crate::backup::user;
use crate::bonafide::{bonafide, text, without_log};
use crate::chat::{Visitor, add_administrator, widget};
use crate::running::Running;

const SERVE: &str = "serve --listen 127.0.0.1:0 --messages-per-conversation 1000000 --data ";
const DATABASE: &str = "bonafide.sqlite";
const LOG: &str = "bonafide.sqlite-wal";

const RESTORE: &str = "Restore a backup with `bonafide restore`.";

/// Three folders with data: `clean` was stopped in order, `killed` was killed, and `old` is a copy of its database from
/// before the write-ahead log was begun anew, `other` is another server's.
async fn make_data(at: &Path) {
    for name in ["clean", "killed", "other"] {
        let run = bonafide(
            at,
            format!("operator add --data {name} --email ada@example.com --role administrator --password-stdin").split(' '),
            "correct horse battery\n",
        );
        assert_eq!(run.code, 0, "{}", run.stderr);
        let mut server = Running::start(at, &format!("{SERVE}{name}"));
        let (origin, widget) = widget(&mut server).await;
        let visitor = Visitor::start(&origin, &widget).await;
        let log = at.join(name).join(LOG);
        let text = "x".repeat(4_000);
        let mut number = 0;
        // The log is begun anew when its first bytes change.
        for _ in 0..3 {
            let generation = head(&log);
            while head(&log) == generation {
                let id = format!("m{number}");
                assert_eq!(
                    visitor.write(&origin, &id, &text).await.unwrap().status(),
                    201
                );
                number += 1;
            }
            if name == "killed" && !at.join("old").exists() {
                fs::create_dir(at.join("old")).unwrap();
                fs::copy(at.join(name).join(DATABASE), at.join("old").join(DATABASE)).unwrap();
            }
        }
        // Enough for several transactions after the stamp.
        for _ in 0..10 {
            let id = format!("m{number}");
            assert_eq!(
                visitor.write(&origin, &id, &text).await.unwrap().status(),
                201
            );
            number += 1;
        }
        match name {
            "clean" => assert_eq!(server.stop(), 0),
            _ => server.kill(),
        }
    }
}

fn head(log: &Path) -> Vec<u8> {
    let bytes = fs::read(log).unwrap_or_default();
    bytes.get(..32).unwrap_or_default().to_vec()
}

fn write_at(file: &Path, at: u64, bytes: &[u8]) {
    let mut file = File::options().write(true).open(file).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(bytes).unwrap();
}

fn cut(file: &Path, length: u64) {
    File::options()
        .write(true)
        .open(file)
        .unwrap()
        .set_len(length)
        .unwrap();
}

/// Copies the folder `from` to `data`, without what SQLite would find of a process that is gone.
fn copy(at: &Path, from: &str) {
    let _ = fs::remove_dir_all(at.join("data"));
    fs::create_dir(at.join("data")).unwrap();
    for file in fs::read_dir(at.join(from)).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), at.join("data").join(file.file_name())).unwrap();
    }
}

/// The database and its log, as bytes.
fn kept(data: &Path) -> [Vec<u8>; 2] {
    [DATABASE, LOG].map(|name| fs::read(data.join(name)).unwrap_or_default())
}

#[expect(clippy::type_complexity, reason = "a table's row")]
#[tokio::test]
async fn a_damaged_or_mixed_database_is_refused_and_left_as_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    make_data(at).await;
    let pages = fs::metadata(at.join("clean").join(DATABASE)).unwrap().len() / 4096;
    let half = pages / 2;
    let cut_off = format!("is cut off: it has {half} of {pages} pages. {RESTORE}");
    let table: &[(&str, &str, &dyn Fn(&Path), &str, &str)] = &[
        (
            "the first byte",
            "clean",
            &|data| write_at(&data.join(DATABASE), 0, b"s"),
            DATABASE,
            "does not begin as a SQLite database does: its head is damaged, or it is another kind of file. Restore a backup with `bonafide restore`.",
        ),
        (
            "the page size",
            "clean",
            &|data| write_at(&data.join(DATABASE), 16, &[0x13, 0x37]),
            DATABASE,
            "has a damaged head: it names no possible page size. Restore a backup with `bonafide restore`.",
        ),
        (
            "a page in the middle",
            "clean",
            &|data| write_at(&data.join(DATABASE), half * 4096, &[0xa5; 4096]),
            DATABASE,
            "is damaged (",
        ),
        (
            "a byte of a page's head",
            "clean",
            &|data| write_at(&data.join(DATABASE), half * 4096, &[0xa5]),
            DATABASE,
            "is damaged (",
        ),
        (
            "half the file",
            "clean",
            &|data| cut(&data.join(DATABASE), half * 4096),
            DATABASE,
            &cut_off,
        ),
        (
            "half a page is missing",
            "clean",
            &|data| cut(&data.join(DATABASE), pages * 4096 - 2048),
            DATABASE,
            "is cut off: it has ",
        ),
        (
            "a few bytes",
            "clean",
            &|data| cut(&data.join(DATABASE), 50),
            DATABASE,
            "is cut off after 50 bytes. Restore a backup with `bonafide restore`.",
        ),
        (
            "no bytes",
            "clean",
            &|data| cut(&data.join(DATABASE), 0),
            DATABASE,
            "is empty (0 bytes). Restore a backup, or remove the file if this server never held data.",
        ),
        (
            "a directory",
            "clean",
            &|data| {
                fs::remove_file(data.join(DATABASE)).unwrap();
                fs::create_dir(data.join(DATABASE)).unwrap();
            },
            DATABASE,
            "is a directory, not a file. Move it away, or choose another folder.",
        ),
        (
            "a link that leads nowhere",
            "clean",
            &|data| {
                fs::remove_file(data.join(DATABASE)).unwrap();
                std::os::unix::fs::symlink("gone", data.join(DATABASE)).unwrap();
            },
            DATABASE,
            "is a link that leads nowhere. Mend the link.",
        ),
        (
            "a directory for the log",
            "clean",
            &|data| fs::create_dir(data.join(LOG)).unwrap(),
            LOG,
            "is a directory, not a file. Move it away, or choose another folder.",
        ),
        (
            "an older copy over a newer log",
            "killed",
            &|data| {
                fs::copy(data.join("../old").join(DATABASE), data.join(DATABASE)).unwrap();
            },
            LOG,
            "does not belong to the database beside it, which is an older copy or another one (stamp ",
        ),
        (
            "the log of another database",
            "killed",
            &|data| {
                fs::copy(data.join("../other").join(LOG), data.join(LOG)).unwrap();
            },
            LOG,
            "does not belong to the database beside it, which is an older copy or another one (stamp ",
        ),
        (
            "a log beside a database that was stopped in order",
            "clean",
            &|data| {
                fs::copy(data.join("../other").join(LOG), data.join(LOG)).unwrap();
            },
            LOG,
            "does not belong to the database beside it, which is an older copy or another one (stamp ",
        ),
        (
            "a log alone",
            "killed",
            &|data| fs::remove_file(data.join(DATABASE)).unwrap(),
            LOG,
            "is there without its database. Put the database back beside it, or restore a backup with `bonafide restore`.",
        ),
        (
            "a log of something else",
            "killed",
            &|data| write_at(&data.join(LOG), 0, b"not a log at all"),
            LOG,
            "does not begin as a write-ahead log does. Restore a backup with `bonafide restore`; without the log, the last messages are missing.",
        ),
        (
            "the log's head",
            "killed",
            &|data| write_at(&data.join(LOG), 20, &[0xa5; 4]),
            LOG,
            "has a damaged header. Restore a backup with `bonafide restore`; without the log, the last messages are missing.",
        ),
        (
            "a frame of the log",
            "killed",
            &|data| write_at(&data.join(LOG), 32 + 24 + 100, &[0xa5; 8]),
            LOG,
            "is damaged at frame 1, in the middle of what was stored. Restore a backup with `bonafide restore`; without the log, the last messages are missing.",
        ),
        (
            "another database's journal",
            "clean",
            &|data| fs::write(data.join("bonafide.sqlite-journal"), "x").unwrap(),
            "bonafide.sqlite-journal",
            "is a rollback journal, which this database does not use: it belongs to another one. Move it away.",
        ),
        (
            "an interrupted restore",
            "clean",
            &|data| {
                fs::rename(data.join(DATABASE), data.join("bonafide.sqlite.restoring")).unwrap();
            },
            "bonafide.sqlite.restoring",
            "is what an interrupted restore left, and there is no database yet. Run `bonafide restore` again with the backup you named before.",
        ),
    ];
    for (what, from, damage, file, said) in table {
        copy(at, from);
        let data = at.join("data");
        damage(&data);
        let before = kept(&data);
        for command in [
            "serve --listen 127.0.0.1:0 --data data",
            "migrate --data data",
        ] {
            let run = bonafide(at, command.split(' '), "");
            assert_eq!(run.code, 1, "{what}: {}", run.stderr);
            let said_all = without_log(&run.stderr);
            assert_eq!(said_all.lines().count(), 1, "{what}: {said_all}");
            let expected = format!("`data/{file}` {said}");
            assert!(said_all.starts_with(&expected), "{what}: {said_all}");
            let owner = format!(" This process runs as user {}.\n", user());
            assert!(said_all.ends_with(&owner), "{what}: {said_all}");
            assert!(kept(&data) == before, "{what}: changed");
        }
        let add = "operator add --data data --email eve@example.com --role agent";
        let run = bonafide(at, add.split(' '), "");
        if !said.starts_with("is damaged (") {
            assert_eq!(run.code, 1, "{what}");
            assert!(kept(&data) == before, "{what}: changed by a command");
        }
    }
    // What is left of the last transaction is no damage, nor is a whole folder that was moved, nor no log.
    for (from, change) in [
        ("killed", (&|_: &Path| ()) as &dyn Fn(&Path)),
        ("clean", &|_| ()),
        ("clean", &|data| {
            File::create(data.join(LOG)).map(drop).unwrap();
        }),
        ("killed", &|data| {
            cut(
                &data.join(LOG),
                fs::metadata(data.join(LOG)).unwrap().len() - 100,
            );
        }),
    ] {
        copy(at, from);
        change(&at.join("data"));
        let printed = text(at, "migrate --data data");
        assert_eq!(printed, "The database in `data` is up to date.");
    }
}

/// The whole database is read, but for who says that it is not to be.
#[tokio::test]
async fn the_check_of_all_pages_can_be_skipped() {
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    add_administrator(at);
    let mut server = Running::start(at, &format!("{SERVE}data"));
    let (origin, widget) = widget(&mut server).await;
    let visitor = Visitor::start(&origin, &widget).await;
    for number in 0..50 {
        visitor
            .write(&origin, &format!("m{number}"), &"x".repeat(4_000))
            .await
            .unwrap();
    }
    assert_eq!(server.stop(), 0);
    let database = at.join("data").join(DATABASE);
    let pages = fs::metadata(&database).unwrap().len() / 4096;
    write_at(&database, (pages - 10) * 4096, &[0xa5; 4096]);
    let refused = bonafide(at, format!("{SERVE}data").split(' '), "");
    assert!(
        refused.stderr.contains("is damaged ("),
        "{}",
        refused.stderr
    );
    let mut server = Running::start(at, &format!("{SERVE}data --skip-database-check"));
    server.address("listens on");
    assert_eq!(server.stop(), 0);
}
