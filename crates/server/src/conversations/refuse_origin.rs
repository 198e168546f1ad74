//! A page that the widget does not allow asks for a chat. Recorded for the administrator, who may have forgotten the
//! page, but not each time: whoever floods the server must not fill its database.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::admin::Actor;
use metrics::counter;

use super::{Conversations, Refused};
use crate::settings::AllowedOrigins;
use crate::storage::audit::Entry;
use crate::storage::widgets::ChatWidgetRow;

impl Conversations {
    /// Refuses `widget` to a page of `origin`; `None` when the request named none.
    pub(crate) async fn refuse_origin(
        &self,
        request_id: &str,
        widget: &ChatWidgetRow,
        origin: Option<&str>,
    ) -> Refused {
        counter!("bonafide_origins_refused_total").increment(1);
        if self.limits.records_origin(&widget.id) {
            let now = self.clock.now_ms();
            let entry = Entry::new(now, Actor::Visitor, "conversation.origin-refused")
                .subject(&widget.id)
                .called(&widget.name)
                .request(request_id)
                .code(ErrorCode::OriginNotAllowed)
                .text("widget", widget.name.as_str())
                .text("origin", shown(origin.unwrap_or("none")));
            if let Err(error) = self.storage.audit(entry).await {
                return error.into();
            }
        }
        Refused::new(
            ErrorCode::OriginNotAllowed,
            "This page's origin is not on the chat widget's list of allowed origins.",
        )
    }
}

/// What is recorded of it: whoever sends it chooses its length.
fn shown(origin: &str) -> String {
    match origin.char_indices().nth(AllowedOrigins::MAX_LENGTH) {
        Some((end, _)) => format!("{}…", &origin[..end]),
        None => origin.to_owned(),
    }
}
