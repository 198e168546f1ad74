//! Rebuilds when a migration is added: the migrations are embedded by a macro that cannot see new files.
//!
//! And says where the build folders of what browsers load are, by their real paths. `rust-embed` settles those when this
//! crate is compiled, but only of folders that are there: one that came later, or was just being made, would never be
//! found.

use std::path::Path;

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=migrations");
    let root = Path::new("../..").canonicalize()?;
    for (variable, folder) in [
        ("WIDGET_FOLDER", "js/dist/cdn"),
        ("CONSOLES_FOLDER", "www/dist"),
    ] {
        let folder = root.join(folder);
        println!("cargo::rustc-env={variable}={}", folder.display());
    }
    Ok(())
}
