//! The widget's engine: Rust to wasm, wasm-bindgen's glue for it, and what wasm-opt can take off.

mod glue;
mod names;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::fresh::Inputs;
use crate::shell::Program;
use crate::{progress, workspace};

use super::wasm_target::TARGET;
use names::Names;

/// Where the npm package expects the engine.
const PACKAGE: &str = "js/src/engine/pkg";

/// The engine's module in that folder.
const WASM: &str = "bonafide_widget_bg.wasm";

/// Whose standard library the engine has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Standard {
    /// The one that comes with the compiler. Quick to build.
    ReadyMade,
    /// One that is compiled for size together with the engine, as a release has it. Options of the compiler are needed for it
    /// that are not stable.
    ForSize,
}

impl Standard {
    /// What is made, in a few words.
    pub(crate) fn what(self) -> &'static str {
        match self {
            Self::ReadyMade => "compiling the engine to WebAssembly",
            Self::ForSize => {
                "compiling the engine, and a standard library for size, to WebAssembly"
            }
        }
    }
}

/// What the engine is made of.
const INPUTS: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "crates/protocol",
    "crates/verifier",
    "crates/widget",
    "crates/xtask/src/build/widget.rs",
    "crates/xtask/src/build/widget",
    // Names the wasm-opt.
    "package.json",
];

/// What the compiler may use; without these wasm-opt would refuse the module. Old enough for every browser that runs
/// the element itself.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// How the module is shrunk.
const WASM_OPT: &[&str] = &[
    // Control flow is taken apart and put together anew, then shrunk twice: what the first pass makes alike, the second
    // merges.
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    ONE_CALLER,
    "--converge",
    "--reorder-locals",
    // Those of one type stand together, and are alike.
    "--reorder-functions-by-name",
    // Below the first kilobyte is the end of the stack; and our memory is not imported, so it begins with zeros.
    "--low-memory-unused",
    "--zero-filled-memory",
    IMPLICIT_TRAPS,
    "--strip-producers",
];

/// What is called once is put in its caller's place only where it is short: of two long functions, each packs better.
const ONE_CALLER: &str = "--one-caller-inline-max-function-size=24";

/// What safe Rust never does: it loads from no place outside of its memory, and calls nothing by another type. Where it gives
/// up, that is a trap of its own, and stays one.
const IMPLICIT_TRAPS: &str = "--ignore-implicit-traps";

/// And once more, when imports and exports have their short names.
const WASM_OPT_AGAIN: &[&str] = &[
    "-Oz",
    ONE_CALLER,
    "--low-memory-unused",
    "--zero-filled-memory",
    IMPLICIT_TRAPS,
];

/// The engine as the compiler leaves it: [`finish`](Self::finish) makes of it what the npm package takes.
pub(crate) struct Compiled {
    /// What it was made of; `None` when the finished engine was found up to date.
    inputs: Option<Inputs>,
}

/// Compiles the engine where it is out of date. Waits for no npm package.
///
/// # Errors
/// When it does not compile.
pub(crate) fn compile(standard: Standard) -> Result<Compiled> {
    let inputs = Inputs::of("widget", &[INPUTS, &[standard.what()]].concat())?;
    if inputs.already_made(&workspace::path(PACKAGE).join(WASM)) {
        return Ok(Compiled { inputs: None });
    }
    progress::step("widget", standard.what(), || cargo_build(standard))?;
    Ok(Compiled {
        inputs: Some(inputs),
    })
}

impl Compiled {
    /// Puts the module where the npm package expects it, shrunk with the wasm-opt that npm installed.
    ///
    /// # Errors
    /// When that fails.
    pub(crate) fn finish(self) -> Result<()> {
        let Some(inputs) = self.inputs else {
            return Ok(());
        };
        let package = workspace::path(PACKAGE);
        let compiled = workspace::target().join(format!("{TARGET}/wasm/bonafide_widget.wasm"));
        glue::bind(&compiled, &package)?;
        let glue = package.join(glue::NAME).with_extension("js");
        shrink(&package.join(WASM), &glue)?;
        inputs.made()
    }
}

fn cargo_build(standard: Standard) -> Result<()> {
    // Quiet: another build's progress may be on the screen.
    let build = Program::cargo()
        .args(["build", "--quiet", "--package", "bonafide-widget", "--lib"])
        .args(["--target", TARGET, "--profile", "wasm"]);
    match standard {
        Standard::ReadyMade => build.run(),
        Standard::ForSize => {
            Program::new("rustup")
                .args(["component", "add", "rust-src"])
                .run()
                .context("a release's engine is compiled together with the standard library, whose source rustup cannot install")?;
            build
                .args(["-Z", "build-std=std,panic_abort"])
                .args(["-Z", "build-std-features=optimize_for_size"])
                .env("RUSTC_BOOTSTRAP", "1")
                .env("RUSTFLAGS", SMALLER)
                .run()
        }
    }
}

/// What the compiler leaves out of a library that shows nobody its panics. The names, which visitors do not load, are of
/// the scheme that tells of which crate a function is.
const SMALLER: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none \
     -Csymbol-mangling-version=v0 -Zmir-opt-level=3 -Cllvm-args=-inline-threshold=10";

/// The finished engine with its functions' names, for those who ask what the bytes are.
pub(crate) fn named() -> PathBuf {
    workspace::target().join(format!("{TARGET}/wasm/bonafide_widget.named.wasm"))
}

/// Shrinks the module with wasm-opt, and gives what it shares with its glue short names on both sides.
fn shrink(wasm: &Path, glue: &Path) -> Result<()> {
    let before = fs::metadata(wasm)?.len();
    let wasm_opt = |flags: &[&str], to: &Path| {
        Program::new(workspace::npm_program("wasm-opt"))
            .args(FEATURES)
            .args(flags)
            .args([wasm.as_os_str(), "-o".as_ref(), to.as_os_str()])
            .output()
    };
    // Not one after the other: to keep the names through costs a little of what is shipped.
    wasm_opt(&[WASM_OPT, &["--debuginfo"]].concat(), &named())?;
    wasm_opt(&[WASM_OPT, &["--strip-debug"]].concat(), wasm)?;
    // By itself: it prints what it did each time that it runs.
    let names = wasm_opt(&["--minify-imports-and-exports-and-modules"], wasm)?;
    let text = fs::read_to_string(glue)?;
    fs::write(glue, Names::read(&names)?.put_into(&text)?)?;
    wasm_opt(WASM_OPT_AGAIN, wasm)?;
    let after = fs::metadata(wasm)?.len();
    progress::skipped("widget", &format!("wasm-opt: {before} to {after} bytes"));
    Ok(())
}
