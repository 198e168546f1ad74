//! `/admin/…`.

mod api_tokens;
mod audit_log;
mod authentication_settings;
mod canned_replies;
mod chat_widgets;
mod contacts;
mod operators;
mod queues;
mod roles;
mod setting_test;
mod snippet;
mod versions;
mod work_stream_closing;
mod work_streams;
