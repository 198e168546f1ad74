//! `cargo xtask`: builds, tests and checks everything in this repository.
//!
//! Only orders programs about; what the product does is in the other crates. Each subcommand is a module.

mod bench;
mod build;
mod codegen;
mod demo;
mod fresh;
mod progress;
mod shell;
mod size;
mod test;
mod tidy;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Builds, tests and checks Bonafide.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build what is missing or out of date, then run `bonafide demo`.
    Demo(demo::Arguments),
    /// Run the complete suite, browser tests included; install what it needs.
    Test(test::Arguments),
    /// Build the widget, the npm package, the consoles and the `bonafide` program.
    Build(build::Arguments),
    /// Write the generated files: the OpenAPI description and the TypeScript types made from it and from Rust.
    Codegen(codegen::Arguments),
    /// Check the rules that the compiler cannot: who may use what, file lengths, headers.
    Tidy,
    /// Say how many bytes a page loads, before and after the chat is opened, and what the engine is made of.
    Size(size::Arguments),
    /// Measure one part.
    Bench(bench::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        Command::Codegen(arguments) => codegen::run(&arguments),
        Command::Tidy => tidy::run(),
        Command::Size(arguments) => size::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\ncargo xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
