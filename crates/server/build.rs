//! Rebuilds when a migration is added: the migrations are embedded by a macro that cannot see new files.
//!
//! And makes sure that the build folders of what browsers load are there. `rust-embed` settles their real paths when this
//! crate is compiled; a folder that came later would never be found, whoever compiled first. For the same reason those who
//! build these files empty the folders, and do not remove them.

use std::fs;

fn main() {
    println!("cargo::rerun-if-changed=migrations");
    for folder in ["../../js/dist/cdn", "../../www/dist"] {
        // Where the sources are read-only there is nothing to build either.
        let _ = fs::create_dir_all(folder);
    }
}
