//! `bonafide token`: mints a token for a test.

use std::path::PathBuf;

use anyhow::Context as _;
use bonafide_issuer::{ContextValue, Grant, KeyDirectory, KeyPair, KeyRing, Person, Profile, mint};
use clap::Args;

use crate::{clock, output};

/// Mint a test token
#[derive(Args)]
pub(crate) struct Arguments {
    /// Directory with the key pairs; the one that signs now is used
    #[arg(
        long,
        value_name = "DIR",
        default_value = "keys",
        env = "BONAFIDE_KEYS"
    )]
    keys: PathBuf,

    /// Private key file (PEM) to use instead
    #[arg(long, value_name = "FILE", conflicts_with = "keys")]
    key: Option<PathBuf>,

    /// Who issues it: the claim `iss`
    #[arg(long)]
    issuer: String,

    /// Whom it is about: the claim `sub`
    #[arg(long)]
    subject: String,

    /// For whom it is: the claims `aud` and `appid`
    #[arg(long)]
    audience: Option<String>,

    /// The claim `nonce`
    #[arg(long)]
    nonce: Option<String>,

    /// A context variable: `NAME=TEXT`, or `NAME:=JSON` for a number or boolean
    #[arg(long, value_name = "NAME=TEXT", value_parser = context_variable)]
    context: Vec<(String, ContextValue)>,

    /// The claim `preferred_username`
    #[arg(long)]
    preferred_username: Option<String>,

    /// The claim `given_name`
    #[arg(long)]
    given_name: Option<String>,

    /// The claim `family_name`
    #[arg(long)]
    family_name: Option<String>,

    /// The claim `email`
    #[arg(long)]
    email: Option<String>,

    /// The claim `phone_number`
    #[arg(long)]
    phone_number: Option<String>,

    /// Seconds until it expires
    #[arg(long, value_name = "SECONDS", default_value_t = 900)]
    lifetime: u32,

    /// The time at which it is issued, in Unix seconds; now by default
    #[arg(long, value_name = "SECONDS", allow_hyphen_values = true)]
    now: Option<i64>,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let now = arguments.now.unwrap_or_else(clock::unix_now);
    let ring = match &arguments.key {
        Some(file) => {
            let pem = std::fs::read_to_string(file)
                .with_context(|| format!("`{}` cannot be read", file.display()))?;
            let pair = KeyPair::from_pem(&pem).with_context(|| format!("`{}`", file.display()))?;
            KeyRing::single(pair)
        }
        None => KeyDirectory::new(&arguments.keys).read()?,
    };
    let key = ring
        .signing(now)
        .context("Every key pair has expired at that time; choose another with `--now`.")?;
    let person = Person {
        subject: arguments.subject,
        profile: Profile {
            preferred_username: arguments.preferred_username,
            given_name: arguments.given_name,
            family_name: arguments.family_name,
            email: arguments.email,
            phone_number: arguments.phone_number,
        },
        context: arguments.context.into_iter().collect(),
    };
    let grant = Grant {
        issuer: arguments.issuer,
        audience: arguments.audience,
        nonce: arguments.nonce,
        issued_at: now,
        lifetime_seconds: arguments.lifetime,
    };
    Ok(output::line(mint(&person, &grant, key)?)?)
}

fn context_variable(text: &str) -> Result<(String, ContextValue), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or("write NAME=TEXT, or NAME:=JSON for a number or boolean")?;
    match name.strip_suffix(':') {
        None => Ok((name.to_owned(), value.into())),
        Some(name) => serde_json::from_str(value)
            .map(|value| (name.to_owned(), value))
            .map_err(|_| format!("`{value}` is not a JSON number, boolean or string")),
    }
}
