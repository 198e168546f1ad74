//! Measures the server from outside. Prints; judges nothing. See the README.
#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark reads the time; it is no part of the server"
)]

mod client;
mod floor;
mod load;
mod product;
mod report;
mod seed;
mod sockets;
mod tokens;
mod usage;
mod works;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use clap::{Parser, Subcommand};

use floor::Floor;
use product::Product;
use report::{Line, print_head};
use tokens::Website;
use works::Work;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measures a server.
    Server(Options),
    /// The least that a start can cost: verifies tokens and answers. Started by `server`.
    #[command(hide = true)]
    Floor,
}

#[derive(clap::Args)]
struct Options {
    /// The server's program.
    #[arg(long)]
    program: PathBuf,
    /// How long each turn lasts, in seconds.
    #[arg(long, default_value_t = 4)]
    seconds: u64,
    /// How often each work gets its turn.
    #[arg(long, default_value_t = 3)]
    turns: usize,
    /// Requests at once.
    #[arg(long, value_delimiter = ',', default_values_t = [1, 8, 64])]
    clients: Vec<usize>,
    /// Conversations that wait in a second pass; 0 for none.
    #[arg(long, default_value_t = 0)]
    waiting: u64,
    /// Conversations that are over in the second pass.
    #[arg(long, default_value_t = 0)]
    stored: u64,
    /// Visitors who are connected at once, after the rest; 0 for none.
    #[arg(long, default_value_t = 0)]
    sockets: usize,
    /// Messages a second to them.
    #[arg(long, default_value_t = 1_000)]
    rate: u32,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    // One thread: what is measured shall have the rest of the machine.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    match arguments.command {
        Command::Server(options) => runtime.block_on(measure(&options)),
        Command::Floor => {
            drop(runtime);
            floor::serve()
        }
    }
}

async fn measure(options: &Options) -> Result<()> {
    let website = Website::open().await?;
    let floor = Floor::start(&website).await?;
    let mut product = Product::start(&options.program, &website).await?;
    println!("a fresh database");
    pass(options, &website, &floor, &product).await?;
    if options.waiting + options.stored > 0 {
        product.stop().await?;
        seed::fill(&product.database(), options.waiting, options.stored).await?;
        product.restart().await?;
        println!(
            "\n{} waiting more, {} over more; ready after {} ms",
            options.waiting,
            options.stored,
            product.ready_after.as_millis()
        );
        pass(options, &website, &floor, &product).await?;
    }
    if options.sockets > 0 {
        println!();
        let length = Duration::from_secs(options.seconds);
        sockets::measure(&product, &website, options.sockets, options.rate, length).await?;
    }
    product.stop().await
}

/// All works once, with each number of clients.
async fn pass(
    options: &Options,
    website: &Website,
    floor: &Floor,
    product: &Product,
) -> Result<()> {
    print_head();
    let length = Duration::from_secs(options.seconds);
    for &clients in &options.clients {
        let mut bare = Vec::new();
        let mut starts = Vec::new();
        for _ in 0..options.turns {
            let work = Work::floor(floor, website);
            bare.push(load::run(&work, floor.process, clients, length).await?);
            let work = Work::starts(product, website);
            starts.push(load::run(&work, product.process()?, clients, length).await?);
        }
        let floor = Line::of("floor", clients, &bare);
        println!("{floor}");
        println!("{}", Line::of("starts", clients, &starts).beside(&floor));
        for name in ["messages", "accepts", "inbox"] {
            let mut turns = Vec::new();
            for _ in 0..options.turns {
                let work = match name {
                    "messages" => Work::messages(product, website, clients).await?,
                    "accepts" => Work::accepts(product, website).await?,
                    _ => Work::inbox(product),
                };
                turns.push(load::run(&work, product.process()?, clients, length).await?);
            }
            println!("{}", Line::of(name, clients, &turns));
        }
    }
    Ok(())
}
