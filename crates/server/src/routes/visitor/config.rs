//! `GET /widgets/{id}`: what a page must know before it can start a chat.

use axum::extract::State;
use bonafide_protocol::id::ChatWidgetId;
use bonafide_protocol::visitor::{SignIn, WidgetConfig};

use super::embedding::Embedding;
use crate::routes::extract::Json;
use crate::routes::problem::ApiResult;
use crate::state::AppState;
use crate::storage::settings;

/// How long the page's client function has to call back, in milliseconds: contract section 4.
const TIMEOUT_MS: u32 = 10_000;

/// The configuration of a chat widget.
#[utoipa::path(get, path = "/widgets/{id}", tag = "visitor", operation_id = "widgetConfig", security(()),
    params(("id" = ChatWidgetId, Path)), responses((status = OK, body = WidgetConfig)))]
pub async fn config(
    State(state): State<AppState>,
    Embedding(widget): Embedding,
) -> ApiResult<Json<WidgetConfig>> {
    let setting = match &widget.authentication_setting {
        Some(setting) => {
            let mut reader = state.storage.read().await?;
            settings::find(&mut reader, &setting.id).await?
        }
        None => None,
    };
    Ok(Json(WidgetConfig {
        id: widget.id,
        sign_in: if setting.is_some() {
            widget.sign_in
        } else {
            SignIn::Optional
        },
        client_function: setting.map(|setting| setting.client_function),
        timeout_ms: TIMEOUT_MS,
        appearance: widget.appearance,
        files: widget.files,
        server_time: state.clock.timestamp(),
    }))
}
