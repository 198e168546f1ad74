//! What visitors do.

pub(crate) mod arriving_files;
mod authenticate;
mod changed_keys;
mod deleted_widget;
mod embedding;
pub(crate) mod files;
mod hints;
mod messages;
mod numbers;
mod passed_over;
mod places;
mod refusals;
mod same_person;
mod session;
mod set_context;
mod single_use;
mod socket;
mod socket_limits;
mod start;
