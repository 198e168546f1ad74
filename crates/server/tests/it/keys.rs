//! Public keys: one fetch, and the source that shares and keeps what fetches bring. Against a scripted server.

mod fetching;
mod report;
mod source;
