//! `bonafide verify`: one token's verdict step by step, or a verdict for each line of a stream.
//!
//! Exit codes: 0 accept, 1 reject, 2 unusable arguments. A stream ends with 0, whatever its lines held. The verdict on
//! one token is the exit code, whether or not anybody reads what is printed.

use std::io::{self, Read as _};
use std::process::ExitCode;

use anyhow::Context as _;
use bonafide_server::keys::fetch;
use bonafide_server::keys::guard::AddressPolicy;
use bonafide_verifier::{Explanation, KeySet, Policy, StepVerdict, explain};
use clap::Args;

use crate::{clock, output};

mod ids;
mod jsonl;
mod lines;

/// Judge a token, step by step. Exits with 0 for accept, 1 for reject, 2 for unusable arguments
#[derive(Args)]
pub(crate) struct Arguments {
    /// What stands at the public key URL: a file with it, or the URL
    #[arg(long, value_name = "FILE|URL", required_unless_present = "jsonl")]
    keys: Option<String>,

    /// The time to judge at, in Unix seconds; now by default
    #[arg(
        long,
        value_name = "SECONDS",
        conflicts_with = "jsonl",
        allow_hyphen_values = true
    )]
    now: Option<i64>,

    /// By how many seconds clocks may differ
    #[arg(long, value_name = "SECONDS", default_value_t = 60, conflicts_with = "jsonl",
        value_parser = clap::value_parser!(u32).range(0..=300))]
    leeway: u32,

    /// What `iss` must be
    #[arg(long, conflicts_with = "jsonl")]
    issuer: Option<String>,

    /// What `aud` must be or contain
    #[arg(long, conflicts_with = "jsonl")]
    audience: Option<String>,

    /// Fetch keys from http URLs and private addresses, too
    #[arg(long, conflicts_with = "jsonl")]
    allow_private_key_urls: bool,

    /// Read lines `{"id","token","keys","now","leeway"?,"issuer"?,"audience"?}`, answer each with one line
    ///
    /// An answer is `{"id","verdict":"accept"|"reject","code"?,"message"?,"subject"?,"issuer"?,"kid"?,"context"?}`.
    /// `keys` is the body's text. A line that is no such question is rejected with the code `invalid-request`, and so is
    /// one of more than 4 MiB, whatever is wrong with the token in it. Its `id` comes back where it can be read: of a
    /// line that is too long, when it stands first and ends within 64 KiB. Keys that cannot be used are rejected with
    /// `keys-invalid`, tokens with their own codes. Every answer is one line, also for readers that end lines at
    /// U+0085, U+2028 or U+2029: those are escaped, and an `id` loses the blanks between its parts.
    #[arg(long, conflicts_with_all = ["keys", "token"])]
    jsonl: bool,

    /// The token; read from standard input when absent
    token: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let explanation = match arguments.jsonl {
        true => None,
        false => match explanation(arguments) {
            Ok(explanation) => Some(explanation),
            Err(error) => return unusable(&error),
        },
    };
    let printed = match &explanation {
        Some((keys, explanation)) => warn(keys).and_then(|()| show(explanation)),
        None => jsonl::answer_all(io::stdin().lock(), io::stdout().lock()).map_err(Into::into),
    };
    match printed {
        Err(error) if !output::is_closed_pipe(&error) => unusable(&error),
        _ => match explanation
            .as_ref()
            .map(|(_, explained)| explained.outcome())
        {
            Some(Err(_)) => ExitCode::from(REJECTED),
            Some(Ok(_)) | None => ExitCode::SUCCESS,
        },
    }
}

fn unusable(error: &anyhow::Error) -> ExitCode {
    // It may quote a key body or a certificate.
    eprintln!("{}", output::printable(&format!("{error:#}")));
    ExitCode::from(UNUSABLE)
}

fn explanation(arguments: &Arguments) -> anyhow::Result<(KeySet, Explanation)> {
    let source = arguments
        .keys
        .as_deref()
        .context("`--keys` is missing: name the file or URL with the public keys.")?;
    let body = key_body(source, arguments.allow_private_key_urls)?;
    let keys = KeySet::parse(&body).with_context(|| format!("`{source}`"))?;
    let token = match &arguments.token {
        Some(token) => token.clone(),
        None => read_token()?,
    };
    let policy = Policy {
        leeway_seconds: arguments.leeway,
        expected_issuer: arguments.issuer.clone(),
        expected_audience: arguments.audience.clone(),
        ..Policy::default()
    };
    let now = arguments.now.unwrap_or_else(clock::unix_now);
    let explanation = explain(token.trim(), &keys, &policy, now);
    Ok((keys, explanation))
}

/// Says which entries of the keys were passed over.
fn warn(keys: &KeySet) -> anyhow::Result<()> {
    for passed_over in keys.passed_over() {
        let word = match passed_over.is_mistake() {
            true => "warning",
            false => "ignored",
        };
        let reason = output::printable(&passed_over.to_string());
        output::line(format!("{word:7}  {:19}  {reason}", "keys"))?;
    }
    Ok(())
}

fn show(explanation: &Explanation) -> anyhow::Result<()> {
    for step in explanation.steps() {
        let verdict = match step.verdict() {
            StepVerdict::Passed => "passed",
            StepVerdict::Failed => "FAILED",
            StepVerdict::Skipped => "skipped",
        };
        output::line(format!(
            "{verdict:7}  {:19}  {}",
            step.name(),
            output::printable(step.detail())
        ))?;
    }
    match explanation.outcome() {
        Ok(token) => output::line(format!(
            "accept   subject `{}` of issuer `{}`",
            output::printable(token.subject()),
            output::printable(token.issuer())
        ))?,
        Err(refusal) => output::line(format!("reject   {}", refusal.code().as_str()))?,
    }
    Ok(())
}

fn key_body(source: &str, allow_private: bool) -> anyhow::Result<Vec<u8>> {
    if !is_url(source) {
        let file = std::fs::File::open(source)
            .with_context(|| format!("The keys in `{source}` cannot be read"))?;
        let mut body = Vec::new();
        file.take(MAX_INPUT)
            .read_to_end(&mut body)
            .with_context(|| format!("The keys in `{source}` cannot be read"))?;
        return Ok(body);
    }
    let policy = match allow_private {
        true => AddressPolicy::private_allowed(),
        false => AddressPolicy::public(),
    };
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(fetch::key_body(source, policy))
        .with_context(|| format!("`{source}`"))
}

/// Schemes may be written in any case.
fn is_url(source: &str) -> bool {
    source.split_once("://").is_some_and(|(scheme, _)| {
        ["http", "https"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known))
    })
}

fn read_token() -> anyhow::Result<String> {
    let mut token = Vec::new();
    io::stdin()
        .lock()
        .take(MAX_INPUT)
        .read_to_end(&mut token)
        .context("The token cannot be read from standard input")?;
    // What is not UTF-8 is no token, and the verifier says so of the replacement as well.
    Ok(String::from_utf8_lossy(&token).into_owned())
}

/// A megabyte: four times the largest key body, sixteen times the longest token.
const MAX_INPUT: u64 = 1024 * 1024;
const REJECTED: u8 = 1;
const UNUSABLE: u8 = 2;
