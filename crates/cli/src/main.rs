//! `bonafide`, the one binary. It wires the crates together and holds no logic of its own.
//!
//! What a person or another program asked for goes to standard output; logs and errors go to standard
//! error, errors as sentences that say what to do.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod backup;
mod clock;
mod connections;
mod demo;
mod issuer;
mod keys;
mod listen;
mod logging;
mod migrate;
mod openapi;
mod operator;
mod output;
mod restore;
mod serve;
mod shutdown;
mod token;
mod verify;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Live chat that knows who it is talking to.
#[derive(Parser)]
#[command(name = "bonafide", version, propagate_version = true)]
struct CommandLine {
    #[command(flatten)]
    logging: logging::Arguments,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Backup(backup::Arguments),
    Demo(demo::Arguments),
    Issuer(issuer::Arguments),
    #[command(subcommand)]
    Keys(keys::Command),
    Migrate(migrate::Arguments),
    Openapi(openapi::Arguments),
    #[command(subcommand)]
    Operator(operator::Command),
    Restore(restore::Arguments),
    Serve(serve::Arguments),
    Token(Box<token::Arguments>),
    Verify(verify::Arguments),
}

fn main() -> ExitCode {
    let CommandLine { logging, command } = CommandLine::parse();
    let default_log = match command {
        // Its output is read by a person who tries it, and the shop shows every failure.
        Command::Demo(_) => "warn",
        _ => "info",
    };
    if let Err(error) = logging.start(default_log) {
        eprintln!("{error:#}.");
        return ExitCode::from(2);
    }
    let done = match command {
        // The only command whose exit code says more than "it worked".
        Command::Verify(arguments) => return verify::run(&arguments),
        Command::Backup(arguments) => backup::run(arguments),
        Command::Demo(arguments) => demo::run(arguments),
        Command::Issuer(arguments) => issuer::run(arguments),
        Command::Keys(command) => keys::run(command),
        Command::Migrate(arguments) => migrate::run(arguments),
        Command::Openapi(_) => openapi::run(),
        Command::Operator(command) => operator::run(command),
        Command::Restore(arguments) => restore::run(arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::Token(arguments) => token::run(*arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", output::sentence(&error));
            ExitCode::FAILURE
        }
    }
}
