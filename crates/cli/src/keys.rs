//! `bonafide keys`: an issuer's key pairs.

use std::path::PathBuf;

use anyhow::Context as _;
use bonafide_issuer::{KeyDirectory, KeyPair, KeyRing, KeySize, KeyState, Rotation};
use clap::{Args, Subcommand, ValueEnum};

use crate::{clock, output};

/// Make, list, rotate and publish an issuer's key pairs
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make the first key pair
    New(NewKey),
    /// Show all key pairs, and what each does now
    List(Directory),
    /// Bring in a new key pair, without an interruption
    Rotate(Rotate),
    /// Print what belongs at the public key URL now
    Publish(Directory),
}

#[derive(Args)]
pub(crate) struct Directory {
    /// Directory with the key pairs
    #[arg(
        long,
        value_name = "DIR",
        default_value = "keys",
        env = "BONAFIDE_KEYS"
    )]
    keys: PathBuf,
}

#[derive(Args)]
pub(crate) struct NewKey {
    #[command(flatten)]
    directory: Directory,

    /// Size of the new key
    #[arg(long, value_enum, default_value_t = Bits::B2048, conflicts_with = "import")]
    bits: Bits,

    /// Take this private key (PEM, as openssl writes it) instead of making one
    #[arg(long, value_name = "FILE")]
    import: Option<PathBuf>,

    /// Key id; by default one that follows from the public key
    #[arg(long, value_name = "ID")]
    kid: Option<String>,
}

#[derive(Args)]
pub(crate) struct Rotate {
    #[command(flatten)]
    new: NewKey,

    /// Seconds for which the new key is published before it signs: longer than chat servers keep keys
    #[arg(long, value_name = "SECONDS", default_value_t = Rotation::default().lead_seconds)]
    lead: u32,

    /// Seconds for which the old key stays published after that: longer than tokens live. With `--lead 0
    /// --overlap 0` it is gone at once, for a key that somebody else may have
    #[arg(long, value_name = "SECONDS", default_value_t = Rotation::default().overlap_seconds)]
    overlap: u32,
}

#[derive(Clone, Copy, ValueEnum)]
enum Bits {
    #[value(name = "2048")]
    B2048,
    #[value(name = "3072")]
    B3072,
    #[value(name = "4096")]
    B4096,
}

pub(crate) fn run(command: Command) -> anyhow::Result<()> {
    let now = clock::unix_now();
    match command {
        Command::New(new) => {
            let pair = new.key_pair()?;
            let ring = new.directory.open().add_first(pair, new.kid, now)?;
            list(&ring, now)
        }
        Command::List(directory) => list(&directory.open().read()?, now),
        Command::Rotate(Rotate { new, lead, overlap }) => {
            let rotation = Rotation {
                lead_seconds: lead,
                overlap_seconds: overlap,
            };
            let directory = new.directory.open();
            // Before time is spent on a new key.
            directory.read()?;
            let pair = new.key_pair()?;
            let ring = directory.rotate(pair, new.kid, rotation, now)?;
            list(&ring, now)
        }
        Command::Publish(directory) => {
            let ring = directory.open().read()?;
            let keys = ring.published(now).context(
                "Every key pair has expired, so there is nothing to publish; make a new one with `bonafide keys rotate --lead 0`.",
            )?;
            Ok(output::line(keys.body.trim_end())?)
        }
    }
}

impl Directory {
    fn open(&self) -> KeyDirectory {
        KeyDirectory::new(&self.keys)
    }
}

impl NewKey {
    fn key_pair(&self) -> anyhow::Result<KeyPair> {
        let Some(file) = &self.import else {
            return Ok(KeyPair::generate(self.bits.into())?);
        };
        let pem = std::fs::read_to_string(file)
            .with_context(|| format!("`{}` cannot be read", file.display()))?;
        KeyPair::from_pem(&pem).with_context(|| format!("`{}`", file.display()))
    }
}

impl From<Bits> for KeySize {
    fn from(bits: Bits) -> Self {
        match bits {
            Bits::B2048 => Self::Bits2048,
            Bits::B3072 => Self::Bits3072,
            Bits::B4096 => Self::Bits4096,
        }
    }
}

/// One line a key, columns apart by at least two spaces.
fn list(ring: &KeyRing, now: i64) -> anyhow::Result<()> {
    let width = ring
        .entries()
        .iter()
        .map(|entry| entry.key_id.chars().count())
        .max()
        .unwrap_or_default()
        .max("KEY ID".len());
    output::line(format!(
        "{:width$}  BITS  STATE     {:20}  {:20}  SHA-256 OF THE PUBLIC KEY",
        "KEY ID", "SIGNS FROM", "PUBLISHED UNTIL"
    ))?;
    for entry in ring.entries() {
        let state = match ring.state(entry, now) {
            KeyState::Upcoming => "upcoming",
            KeyState::Signing => "signing",
            KeyState::Retiring => "retiring",
            KeyState::Expired => "expired",
        };
        output::line(format!(
            "{:width$}  {:4}  {state:8}  {:20}  {:20}  {}",
            entry.key_id,
            entry.key_pair.bits(),
            clock::rfc3339(entry.signs_from),
            entry
                .expires_at
                .map_or_else(|| "rotated".to_owned(), clock::rfc3339),
            entry.key_pair.fingerprint(),
        ))?;
    }
    Ok(())
}
