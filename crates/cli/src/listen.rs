//! Opens the port a server listens on, and says what to do when it cannot.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Once;

use anyhow::Context as _;
use bonafide_server::serve::descriptors;
use tokio::net::TcpListener;

/// Listens on `address`; `option` is the flag with which another one can be chosen. Allows this process as many
/// connections as the system does.
pub(crate) async fn on(address: SocketAddr, option: &str) -> anyhow::Result<TcpListener> {
    static RAISED: Once = Once::new();
    RAISED.call_once(descriptors::raise);
    let listener = TcpListener::bind(address).await;
    listener.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow::anyhow!(
            "{address} is in use by another program: stop that, or choose another port with `{option} {}:PORT` (port 0 takes any that is free).",
            host(address)
        ),
        ErrorKind::PermissionDenied => anyhow::anyhow!(
            "Listening on {address} is not permitted: ports below 1024 belong to the system; choose another with `{option} {}:PORT`.",
            host(address)
        ),
        ErrorKind::AddrNotAvailable => anyhow::anyhow!(
            "{} is not an address of this machine: choose another with `{option}`.",
            address.ip()
        ),
        _ => anyhow::anyhow!("Listening on {address} failed: {error}."),
    })
}

/// Where a listener can be reached from this machine, as an origin.
pub(crate) fn origin(listener: &TcpListener) -> anyhow::Result<String> {
    let mut address = listener
        .local_addr()
        .context("The address being listened on is not known.")?;
    if address.ip().is_unspecified() {
        let loopback: std::net::IpAddr = match address {
            SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        };
        address.set_ip(loopback);
    }
    Ok(format!("http://{address}"))
}

fn host(address: SocketAddr) -> String {
    match address {
        SocketAddr::V4(address) => address.ip().to_string(),
        SocketAddr::V6(address) => format!("[{}]", address.ip()),
    }
}
