//! `GET /widgets/{id}`: what a page must know before it can start a chat.

use axum::extract::State;
use bonafide_protocol::id::ChatWidgetId;
use bonafide_protocol::visitor::{SignIn, WidgetConfig};

use super::embedding::Embedding;
use crate::routes::extract::Json;
use crate::state::AppState;

/// How long the page's client function has to call back, in milliseconds: contract section 4.
const TIMEOUT_MS: u32 = 10_000;

/// The configuration of a chat widget.
#[utoipa::path(get, path = "/widgets/{id}", tag = "visitor", operation_id = "widgetConfig", security(()),
    params(("id" = ChatWidgetId, Path)), responses((status = OK, body = WidgetConfig)))]
pub async fn config(
    State(state): State<AppState>,
    Embedding(setup): Embedding,
) -> Json<WidgetConfig> {
    let (widget, setting) = (&setup.widget, setup.setting.as_ref());
    Json(WidgetConfig {
        id: widget.id.clone(),
        sign_in: if setting.is_some() {
            widget.sign_in
        } else {
            SignIn::Optional
        },
        client_function: setting.map(|setting| setting.client_function.clone()),
        timeout_ms: TIMEOUT_MS,
        appearance: widget.appearance.clone(),
        files: widget.files.clone(),
        server_time: state.clock.timestamp(),
    })
}
