//! The key source against real servers: TCP and TLS on loopback, names that a test resolves, a clock that it moves.

mod addresses;
mod counts;
mod crowd;
mod fetching;
mod fixture;
mod front_door;
mod http2;
mod limits;
mod outage;
mod report;
mod resolving;
mod rotation;
mod source;
mod tls;
