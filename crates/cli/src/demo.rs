//! `bonafide demo`: a chat server with sample data, and a shop on another origin to try it with.
//!
//! Both are the real thing: the shop mounts the issuer as any website would, and the sample data is recorded
//! through the server's own HTTP API, as an administrator would. Passwords are well known, so it listens on
//! loopback addresses only, and must not touch data that it did not make.

use std::future::Future;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use bonafide_issuer::{KeyDirectory, KeyPair, KeyRing, KeySize};
use bonafide_protocol::Secret;
use bonafide_protocol::operator::Role;
use bonafide_server::serve::{Limits, serve as serve_connections};
use bonafide_server::{Config, Server, operators, storage};
use clap::Args;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::{clock, listen, output, serve, shutdown};

mod api;
mod people;
mod sample_data;
mod shop;

use people::{ADMINISTRATOR, AGENT, Operator};
use shop::Shop;

/// Run the chat server with sample data, and a demo shop with its own issuer
#[derive(Args)]
pub(crate) struct Arguments {
    /// Address and port of the chat server and its consoles; port 0 takes any that is free
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,

    /// Address and port of the shop; port 0 takes any that is free
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8081")]
    shop_listen: SocketAddr,

    /// Directory that keeps the data; a temporary one when absent
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    serve::runtime()?.block_on(async {
        for (option, address) in [
            ("--listen", arguments.listen),
            ("--shop-listen", arguments.shop_listen),
        ] {
            if !address.ip().is_loopback() {
                bail!(
                    "The demo's passwords are well known, so it listens on loopback addresses only: `{option} 127.0.0.1:{}`. For others there is `bonafide serve`.",
                    address.port()
                );
            }
        }
        let chat = listen::on(arguments.listen, "--listen").await?;
        let shop = listen::on(arguments.shop_listen, "--shop-listen").await?;
        let folder = Folder::open(arguments.data)?;
        folder.make_the_demos()?;
        serve_both(chat, shop, &folder).await
    })
}

async fn serve_both(chat: TcpListener, shop: TcpListener, folder: &Folder) -> anyhow::Result<()> {
    let chat_origin = listen::origin(&chat)?;
    let shop_origin = listen::origin(&shop)?;
    let mut config = Config::new(folder.path());
    config.public_url.clone_from(&chat_origin);
    // The shop's issuer is on this machine. Said on the screen, too.
    config.allow_private_key_urls = true;
    let server = Server::open(config).await?;
    for operator in [ADMINISTRATOR, AGENT] {
        add_operator(folder.path(), operator).await?;
    }
    let stop = Stop::new();
    let serving = tokio::spawn(server.serve(chat, stop.requested()));
    let widgets = sample_data::record(folder.path(), &chat_origin, &shop_origin).await?;
    let router = Shop::new(&chat_origin, &widgets, shop_keys(folder.path())?)?.router();
    let selling = tokio::spawn(serve_connections(
        router,
        shop,
        Limits::default(),
        stop.requested(),
    ));
    announce(&chat_origin, &shop_origin, folder)?;
    let (served, ()) = tokio::try_join!(serving, selling).context("The demo broke off")?;
    Ok(served?)
}

async fn add_operator(data: &Path, operator: Operator) -> anyhow::Result<()> {
    let known = operators::list(data).await?;
    if known.iter().any(|known| known.email == operator.email) {
        return Ok(());
    }
    let role = match operator.is_administrator {
        true => Role::Administrator,
        false => Role::Agent,
    };
    let password = Secret::new(operator.password.to_owned());
    operators::add(data, operator.email, operator.name, role, None, password).await?;
    Ok(())
}

/// The keys of the shop's issuer. They live as long as the data.
fn shop_keys(data: &Path) -> anyhow::Result<KeyRing> {
    let directory = KeyDirectory::new(data.join("shop-keys"));
    Ok(match directory.is_in_use() {
        true => directory.read()?,
        false => {
            let pair = KeyPair::generate(KeySize::Bits2048)?;
            directory.add_first(pair, None, clock::unix_now())?
        }
    })
}

fn announce(chat: &str, shop: &str, folder: &Folder) -> anyhow::Result<()> {
    let kept = match folder {
        Folder::Kept(path) => format!("Data is kept in {}.", path.display()),
        Folder::Temporary(_) => "Data is gone when it stops; `--data DIR` keeps it.".to_owned(),
    };
    Ok(output::line(format!(
        "The demo is ready.

  Shop           {shop}
  Agent          {chat}/agent  {}  {}
  Administrator  {chat}/admin  {}  {}
  (Passwords as the demo makes them; whoever changed theirs knows it.)

Sign in at the shop as Bert Hair and open the chat: the agent sees \"Authenticated: Yes\", his contact and
his cart of 10,000, which brought him into the queue Priority. Sign out and chat again: \"No\", and the queue
General. The shop's panel \"Make it fail\" shows what a visitor and a page's developer see when it does.

{kept}
The server fetches public keys from private addresses (--allow-private-key-urls): for trying only.
Ctrl-C stops it.",
        AGENT.email, AGENT.password, ADMINISTRATOR.email, ADMINISTRATOR.password
    ))?)
}

/// Where the demo's data is.
enum Folder {
    Kept(PathBuf),
    /// Removed when dropped.
    Temporary(tempfile::TempDir),
}

impl Folder {
    fn open(kept: Option<PathBuf>) -> anyhow::Result<Self> {
        match kept {
            Some(path) => Ok(Self::Kept(path)),
            None => tempfile::Builder::new()
                .prefix("bonafide-demo-")
                .tempdir()
                .map(Self::Temporary)
                .context("A temporary directory cannot be made; name one with `--data DIR`"),
        }
    }

    /// Marks a folder without data as the demo's. The mark comes before the first data, so whatever interrupts this,
    /// data without a mark is somebody else's: its operators would get an administrator whose password is known.
    fn make_the_demos(&self) -> anyhow::Result<()> {
        let path = self.path();
        let mark = path.join(MARK);
        if mark.exists() {
            return Ok(());
        }
        if storage::is_in_use(path) {
            bail!(
                "The data in {} was not made by the demo, whose passwords are well known: name another directory with `--data DIR`, or serve this one with `bonafide serve --data {}`.",
                path.display(),
                path.display()
            );
        }
        let failed = || format!("The directory {} cannot be used", path.display());
        storage::create_folder(path).with_context(failed)?;
        std::fs::write(&mark, MARK_TEXT).with_context(failed)
    }

    fn path(&self) -> &Path {
        match self {
            Self::Kept(path) => path,
            Self::Temporary(directory) => directory.path(),
        }
    }
}

/// One signal that stops both servers.
struct Stop(watch::Receiver<bool>);

impl Stop {
    fn new() -> Self {
        let (sender, receiver) = watch::channel(false);
        let requested = shutdown::requested();
        tokio::spawn(async move {
            requested.await;
            sender.send_replace(true);
        });
        Self(receiver)
    }

    fn requested(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut receiver = self.0.clone();
        async move {
            // An error means that nobody can ask any more, which only happens when the runtime ends.
            let _ = receiver.wait_for(|stop| *stop).await;
        }
    }
}

/// The file in the data directory that says whose it is.
const MARK: &str = "made-by-bonafide-demo";
const MARK_TEXT: &str = "The passwords of this data are well known: it is for trying only.\n";
