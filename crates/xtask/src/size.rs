//! `cargo xtask size`: the bytes a page loads, before and after the chat is opened, against their budgets; and what the
//! engine is made of.

mod engine;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::{build, workspace};

/// What every page that embeds the chat loads: loader and launcher.
const BEFORE_OPENING: u64 = 5 * 1024;
/// What a visitor who opens the chat has loaded then, all in all.
const OPENED: u64 = 40 * 1024;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Also name so many of the engine's largest functions.
    #[arg(long, default_value_t = 0)]
    functions: usize,
}

/// Builds, measures, and prints the tables.
///
/// # Errors
/// When a budget is exceeded, the engine holds what it should not, or the built files are not there.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    build::web()?;
    let cdn = workspace::path("js/dist/cdn");
    let embed = File::measure(&cdn.join("embed.js"))?;
    let rest = on_opening(&cdn)?;
    println!("{:<44}{:>10}{:>10}", "file", "bytes", "brotli");
    embed.print();
    rest.iter().for_each(File::print);
    let opened = embed.brotli + rest.iter().map(|file| file.brotli).sum::<u64>();
    println!(
        "before the chat is opened: {} of {BEFORE_OPENING} bytes (brotli)",
        embed.brotli
    );
    println!("opened and chatting: {opened} of {OPENED} bytes (brotli)");
    engine::report(arguments.functions)?;
    if embed.brotli > BEFORE_OPENING || opened > OPENED {
        bail!("a page loads more than its budget: see the table above");
    }
    Ok(())
}

struct File {
    name: String,
    bytes: u64,
    brotli: u64,
}

impl File {
    fn measure(path: &Path) -> Result<Self> {
        let bytes = |path: &Path| {
            let file = fs::metadata(path);
            file.map(|file| file.len())
                .with_context(|| format!("{} is not there", path.display()))
        };
        let mut compressed = path.as_os_str().to_owned();
        compressed.push(".br");
        Ok(Self {
            name: path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            bytes: bytes(path)?,
            brotli: bytes(Path::new(&compressed))?,
        })
    }

    fn print(&self) {
        println!("{:<44}{:>10}{:>10}", self.name, self.bytes, self.brotli);
    }
}

/// What opening the chat in English loads: the panel with its glue, and the engine. Other languages and the developers'
/// report are chunks of their own, which few visitors load.
fn on_opening(cdn: &Path) -> Result<Vec<File>> {
    let assets = cdn.join("assets");
    let entries = fs::read_dir(&assets)
        .with_context(|| format!("{} is not there", assets.display()))?
        .collect::<Result<Vec<_>, _>>()?;
    let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
    paths.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(".wasm") || (name.starts_with("chat-") && name.ends_with(".js"))
    });
    paths.sort();
    paths.iter().map(|path| File::measure(path)).collect()
}
