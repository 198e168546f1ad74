//! `cargo xtask demo`: build what is missing, then become `bonafide demo`.

use std::io::ErrorKind;
use std::net::TcpListener;

use anyhow::{Result, bail};

use crate::shell::Program;
use crate::{build, workspace};

/// Options that name an address, with what `bonafide demo` takes when they are absent.
const ADDRESSES: &[(&str, &str)] = &[
    ("--listen", "127.0.0.1:8080"),
    ("--shop-listen", "127.0.0.1:8081"),
];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Arguments for `bonafide demo`: --listen, --shop-listen, --data.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    forwarded: Vec<String>,
}

/// Builds, then runs the demo.
///
/// # Errors
/// When a port is taken or a build step fails.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    // Before the build: nobody wants to hear of a taken port minutes later.
    for &(option, default) in ADDRESSES {
        check_is_free(
            option,
            value(&arguments.forwarded, option).unwrap_or(default),
        )?;
    }
    build::everything(build::Standard::ReadyMade)?;
    Program::new(workspace::bonafide())
        .args(["demo"])
        .args(&arguments.forwarded)
        .become_it()
}

fn value<'a>(arguments: &'a [String], option: &str) -> Option<&'a str> {
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == option {
            return rest.next().map(String::as_str);
        }
        if let Some(value) = argument
            .strip_prefix(option)
            .and_then(|value| value.strip_prefix('='))
        {
            return Some(value);
        }
    }
    None
}

/// Anything but "in use" is left for `bonafide demo` to judge: it knows its own arguments.
fn check_is_free(option: &str, address: &str) -> Result<()> {
    match TcpListener::bind(address) {
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "{address} is in use by another program: stop it, or choose another port: cargo xtask demo {option} 127.0.0.1:0"
        ),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{check_is_free, value};

    #[test]
    fn an_option_is_found_in_both_spellings() {
        let arguments = ["--data", "d", "--listen", "a:1", "--shop-listen=b:2"].map(str::to_owned);
        assert_eq!(value(&arguments, "--listen"), Some("a:1"));
        assert_eq!(value(&arguments, "--shop-listen"), Some("b:2"));
        assert_eq!(value(&arguments, "--other"), None);
    }

    #[test]
    fn a_taken_port_is_said_with_a_way_out() {
        let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap().to_string();
        let error = check_is_free("--listen", &address).unwrap_err().to_string();
        assert!(
            error.contains(&address) && error.contains("--listen 127.0.0.1:0"),
            "{error}"
        );
        drop(taken);
        assert!(check_is_free("--listen", &address).is_ok());
    }
}
