//! The data folder: chats, password hashes and contacts are the business of the account that runs the server alone.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;

use bonafide_server::{Config, Server};

#[tokio::test]
async fn only_its_owner_enters_the_folder_and_reads_the_files() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("above").join("data");
    let server = Server::open(Config::new(&folder)).await.unwrap();
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(folder.parent().unwrap()), 0o700);
    let mut names = Vec::new();
    for file in folder.read_dir().unwrap() {
        let file = file.unwrap();
        let name = file.file_name().into_string().unwrap();
        assert_eq!(mode(&file.path()), 0o600, "{name}");
        names.push(name);
    }
    names.sort();
    assert_eq!(
        names,
        [
            "bonafide.lock",
            "bonafide.sqlite",
            "bonafide.sqlite-shm",
            "bonafide.sqlite-wal"
        ]
    );
    drop(server);
}
