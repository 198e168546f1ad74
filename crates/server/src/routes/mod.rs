//! The table of every URL. What each does stands in the module that is named; who may call it, in [`assemble`].

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::AppState;

pub mod admin;
pub mod agent;
pub mod assemble;
pub mod authenticate;
mod caller;
mod canned_replies;
pub mod client_address;
pub mod envelope;
pub mod extract;
mod file;
mod limits;
pub mod openapi;
pub mod operator;
mod optional_json;
pub mod probes;
pub mod problem;
pub mod public_host;
mod refused;
pub mod same_origin;
mod to_the_end;
mod version;
pub mod visitor;

/// What every URL of the API begins with. Outside of it: `/healthz`, `/readyz`, and the files.
pub const BASE: &str = "/api/v1";

/// Whoever signs in, or is signed in.
fn operator_routes() -> OpenApiRouter<AppState> {
    use operator::{password, session, setup};
    OpenApiRouter::new()
        .routes(routes!(
            session::who_am_i,
            session::sign_in,
            session::sign_out
        )) // /operator/session
        .routes(routes!(password::change)) // /operator/password
        .routes(routes!(setup::is_needed, setup::set_up)) // /operator/setup
}

/// Administrators.
#[rustfmt::skip] // One line a URL.
fn admin_routes() -> OpenApiRouter<AppState> {
    use admin::{
        api_tokens, audit_log, authentication_settings, canned_replies, chat_widgets, contacts, operators,
        queues, setting_test, snippet, work_streams,
    };
    OpenApiRouter::new()
        .routes(routes!(authentication_settings::list, authentication_settings::create)) // /admin/authentication-settings
        .routes(routes!(authentication_settings::read, authentication_settings::replace, authentication_settings::delete))
        .routes(routes!(setting_test::test)) // /admin/authentication-settings/{id}/test
        .routes(routes!(chat_widgets::list, chat_widgets::create)) // /admin/chat-widgets
        .routes(routes!(chat_widgets::read, chat_widgets::replace, chat_widgets::delete))
        .routes(routes!(snippet::read)) // /admin/chat-widgets/{id}/snippet
        .routes(routes!(work_streams::list, work_streams::create)) // /admin/work-streams
        .routes(routes!(work_streams::read, work_streams::replace, work_streams::delete))
        .routes(routes!(queues::list, queues::create)) // /admin/queues
        .routes(routes!(queues::read, queues::replace, queues::delete))
        .routes(routes!(contacts::list, contacts::create)) // /admin/contacts
        .routes(routes!(contacts::read, contacts::replace, contacts::delete))
        .routes(routes!(operators::list, operators::create)) // /admin/operators
        .routes(routes!(operators::read, operators::replace, operators::delete))
        .routes(routes!(api_tokens::list, api_tokens::create)) // /admin/api-tokens
        .routes(routes!(api_tokens::delete))
        .routes(routes!(canned_replies::list, canned_replies::create)) // /admin/canned-replies
        .routes(routes!(canned_replies::read, canned_replies::replace, canned_replies::delete))
        .routes(routes!(audit_log::list)) // /admin/audit
}

/// All operators; some routes only supervisors.
#[rustfmt::skip] // One line a URL.
fn agent_routes() -> OpenApiRouter<AppState> {
    use agent::{
        accept, accept_next, availability, canned_replies, close, events, files, hand_over, inbox, messages, notes, queues,
        same_person, search, socket, summary, supervise, transcript,
    };
    OpenApiRouter::new()
        .routes(routes!(inbox::list)) // /agent/conversations
        .routes(routes!(summary::read)) // /agent/conversations/{id}/summary
        .routes(routes!(accept_next::accept_next)) // /agent/accept-next
        .routes(routes!(availability::read, availability::set)) // /agent/availability
        .routes(routes!(availability::colleagues)) // /agent/colleagues
        .routes(routes!(queues::list)) // /agent/queues
        .routes(routes!(search::search)) // /agent/search
        .routes(routes!(same_person::list)) // /agent/conversations/{id}/same-person
        .routes(routes!(accept::accept)) // /agent/conversations/{id}/accept
        .routes(routes!(messages::read, messages::post)) // /agent/conversations/{id}/messages
        .routes(routes!(files::send)) // /agent/conversations/{id}/files
        .routes(routes!(files::read)) // /agent/conversations/{id}/files/{file}
        .routes(routes!(notes::read, notes::post)) // /agent/conversations/{id}/notes
        .routes(routes!(events::read)) // /agent/conversations/{id}/events
        .routes(routes!(transcript::read)) // /agent/conversations/{id}/transcript
        .routes(routes!(close::close)) // /agent/conversations/{id}/close
        .routes(routes!(hand_over::colleagues)) // /agent/conversations/{id}/colleagues
        .routes(routes!(hand_over::hand_over)) // /agent/conversations/{id}/hand-over
        .routes(routes!(hand_over::hand_back)) // /agent/conversations/{id}/hand-back
        .routes(routes!(hand_over::decline)) // /agent/conversations/{id}/decline
        .routes(routes!(hand_over::withdraw)) // /agent/conversations/{id}/withdraw
        .routes(routes!(supervise::take_over)) // /agent/conversations/{id}/take-over
        .routes(routes!(supervise::assign)) // /agent/conversations/{id}/assign
        .routes(routes!(supervise::join)) // /agent/conversations/{id}/join
        .routes(routes!(supervise::leave)) // /agent/conversations/{id}/leave
        .routes(routes!(canned_replies::list, canned_replies::create)) // /agent/canned-replies
        .routes(routes!(canned_replies::read, canned_replies::replace, canned_replies::delete))
        .routes(routes!(socket::socket)) // /agent/socket
}

/// The widget, in pages of other origins.
fn visitor_routes() -> OpenApiRouter<AppState> {
    use visitor::{authenticate, config, end, files, messages, set_context, socket, start};
    OpenApiRouter::new()
        .routes(routes!(config::config)) // /widgets/{id}
        .routes(routes!(start::start)) // /widgets/{id}/conversations
        .routes(routes!(authenticate::authenticate)) // /conversations/{id}/authenticate
        .routes(routes!(messages::read, messages::post)) // /conversations/{id}/messages
        .routes(routes!(files::send)) // /conversations/{id}/files
        .routes(routes!(files::read)) // /conversations/{id}/files/{file}
        .routes(routes!(set_context::set_context)) // /conversations/{id}/context
        .routes(routes!(socket::socket)) // /conversations/{id}/socket
        .routes(routes!(end::end)) // /conversations/{id}/end
        .routes(routes!(end::sign_out)) // /conversations/{id}/session
}
