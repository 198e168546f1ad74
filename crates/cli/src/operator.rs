//! `bonafide operator`: the people who sign in to the consoles. Works beside a running server.

use std::io::BufRead as _;
use std::path::PathBuf;

use anyhow::Context as _;
use aws_lc_rs::rand;
use bonafide_protocol::Secret;
use bonafide_protocol::operator::Role;
use bonafide_server::operators;
use clap::{Args, Subcommand, ValueEnum};

use crate::{output, serve};

/// Add, list and disable the people who sign in to the consoles, and reset their passwords
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Add an operator
    Add(Add),
    /// Show all operators
    List(Data),
    /// Set another password for an operator, and end their sessions
    Reset(Reset),
    /// Keep an operator from signing in, and end their sessions
    Disable(Disable),
}

#[derive(Args)]
pub(crate) struct Data {
    /// Directory with the server's data
    #[arg(long, value_name = "DIR", default_value = serve::DATA, env = "BONAFIDE_DATA")]
    data: PathBuf,
}

#[derive(Args)]
pub(crate) struct Add {
    /// E-mail address to sign in with
    #[arg(long)]
    email: String,

    /// Name to show; the part of the e-mail address before the @ when absent
    #[arg(long)]
    name: Option<String>,

    /// What the operator may do
    #[arg(long, value_enum)]
    role: RoleName,

    /// How many conversations they are given at most, from 0 to 1,000; no limit when absent
    #[arg(long, value_name = "N")]
    capacity: Option<u32>,

    /// Read the password, one line of 12 to 128 characters, from standard input; without this a random one
    /// is made and printed
    #[arg(long)]
    password_stdin: bool,

    #[command(flatten)]
    data: Data,
}

#[derive(Args)]
pub(crate) struct Disable {
    /// E-mail address of the operator
    #[arg(long)]
    email: String,

    #[command(flatten)]
    data: Data,
}

#[derive(Args)]
pub(crate) struct Reset {
    /// E-mail address of the operator
    #[arg(long)]
    email: String,

    /// Read the password, one line of 12 to 128 characters, from standard input; without this a random one
    /// is made and printed
    #[arg(long)]
    password_stdin: bool,

    #[command(flatten)]
    data: Data,
}

#[derive(Clone, Copy, ValueEnum)]
enum RoleName {
    Administrator,
    Agent,
    Supervisor,
}

pub(crate) fn run(command: Command) -> anyhow::Result<()> {
    serve::runtime()?.block_on(async {
        match command {
            Command::Add(add) => add.run().await,
            Command::List(Data { data }) => list(data).await,
            Command::Reset(reset) => reset.run().await,
            Command::Disable(Disable { email, data }) => {
                operators::disable(&data.data, &email).await?;
                Ok(output::line(format!("{email} can no longer sign in."))?)
            }
        }
    })
}

impl Add {
    async fn run(self) -> anyhow::Result<()> {
        let password = match self.password_stdin {
            true => read_password()?,
            false => random_password()?,
        };
        let name = self
            .name
            .unwrap_or_else(|| self.email.split('@').next().unwrap_or_default().to_owned());
        let role = match self.role {
            RoleName::Administrator => Role::Administrator,
            RoleName::Agent => Role::Agent,
            RoleName::Supervisor => Role::Supervisor,
        };
        let made = (!self.password_stdin).then(|| password.clone());
        operators::add(
            &self.data.data,
            &self.email,
            &name,
            role,
            self.capacity,
            password,
        )
        .await?;
        output::line(format!(
            "{} can sign in as {}.",
            self.email,
            role_name(role)
        ))?;
        if let Some(password) = made {
            output::line(format!("Password: {}", password.expose()))?;
        }
        Ok(())
    }
}

impl Reset {
    async fn run(self) -> anyhow::Result<()> {
        let password = match self.password_stdin {
            true => read_password()?,
            false => random_password()?,
        };
        let made = (!self.password_stdin).then(|| password.clone());
        let operator = operators::reset_password(&self.data.data, &self.email, password).await?;
        output::line(format!(
            "{} has another password and is signed out everywhere.",
            self.email
        ))?;
        if operator.disabled {
            output::line(format!(
                "{} is disabled and cannot sign in with it: an administrator has to allow that in the console, under Operators.",
                self.email
            ))?;
        }
        if let Some(password) = made {
            output::line(format!("Password: {}", password.expose()))?;
        }
        Ok(())
    }
}

async fn list(data: PathBuf) -> anyhow::Result<()> {
    for operator in operators::list(&data).await? {
        let state = if operator.disabled {
            "disabled"
        } else {
            "active"
        };
        let role = role_name(operator.role);
        output::line(format!(
            "{state:8}  {role:13}  {}  {}",
            operator.email, operator.name
        ))?;
    }
    Ok(())
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Administrator => "administrator",
        Role::Agent => "agent",
        Role::Supervisor => "supervisor",
    }
}

fn read_password() -> anyhow::Result<Secret> {
    let mut password = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut password)
        .context("The password cannot be read from standard input")?;
    Ok(Secret::new(
        password.trim_end_matches(['\r', '\n']).to_owned(),
    ))
}

/// 120 random bits as 24 letters and digits that are hard to confuse, in groups of six.
fn random_password() -> anyhow::Result<Secret> {
    let mut bytes = [0_u8; 24];
    rand::fill(&mut bytes)
        .ok()
        .context("The system gave no randomness for a password.")?;
    let mut password = String::new();
    for (index, byte) in bytes.iter().enumerate() {
        if index > 0 && index % 6 == 0 {
            password.push('-');
        }
        // 32 divides 256: every letter is equally likely.
        password.push(char::from(LETTERS[usize::from(byte % 32)]));
    }
    Ok(Secret::new(password))
}

/// No `0 1 l o`.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
