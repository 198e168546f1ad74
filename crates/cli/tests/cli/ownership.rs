//! Files that belong to somebody else.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::backup::user;
use crate::chat::add_administrator;
use crate::not_tried::not_tried;

/// Who may not read or write is told whose the file is. Root may everything, so it is tried as nobody.
#[test]
fn a_file_of_somebody_else_is_named_with_its_owner() {
    const NOBODY: &str = "65534";
    if user() != "0" {
        return not_tried(
            "a_file_of_somebody_else_is_named_with_its_owner",
            "only root can give files away",
        );
    }
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    add_administrator(at);
    let open = |path: &Path, mode: &str| {
        assert!(
            Command::new("chmod")
                .arg(mode)
                .arg(path)
                .status()
                .unwrap()
                .success()
        );
    };
    open(at, "755");
    let give = |path: &Path| {
        assert!(
            Command::new("chown")
                .arg(NOBODY)
                .arg(path)
                .status()
                .unwrap()
                .success()
        );
    };
    let data = at.join("data");
    // A copy where nobody may run it.
    let binary = at.join("bonafide");
    fs::copy(env!("CARGO_BIN_EXE_bonafide"), &binary).unwrap();
    open(&binary, "755");
    let said = || {
        let output = Command::new("setpriv")
            .args(["--reuid", NOBODY, "--clear-groups"])
            .arg(&binary)
            .args(["migrate", "--data", "data"])
            .current_dir(at)
            .env_clear()
            .output()
            .unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    let mend = "Give it to the account that runs the server (chown), or start the server as its owner. This process runs as user 65534.\n";
    assert_eq!(
        said(),
        format!(
            "`data/bonafide.lock` may not be read and written: its folder belongs to user 0 with mode 0700. {mend}"
        )
    );
    give(&data);
    assert_eq!(
        said(),
        format!(
            "`data/bonafide.lock` may not be read and written: it belongs to user 0 with mode 0600. {mend}"
        )
    );
    give(&data.join("bonafide.lock"));
    assert_eq!(
        said(),
        format!(
            "`data/bonafide.sqlite` may not be read and written: it belongs to user 0 with mode 0600. {mend}"
        )
    );
    give(&data.join("bonafide.sqlite"));
    open(&data.join("bonafide.sqlite"), "400");
    assert_eq!(
        said(),
        format!(
            "`data/bonafide.sqlite` may not be read and written: it belongs to user 65534 with mode 0400. {mend}"
        )
    );
    open(&data.join("bonafide.sqlite"), "600");
    open(&data, "500");
    assert_eq!(
        said(),
        format!(
            "`data` may not be read and written: it belongs to user 65534 with mode 0500. {mend}"
        )
    );
    open(&data, "700");
    assert_eq!(said(), "");
}
