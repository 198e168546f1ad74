//! What visitors do.

mod authenticate;
mod changed_keys;
mod deleted_widget;
mod embedding;
mod hints;
mod messages;
mod refusals;
mod same_person;
mod session;
mod single_use;
mod socket;
mod socket_limits;
mod start;
