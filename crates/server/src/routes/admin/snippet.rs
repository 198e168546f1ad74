//! `/admin/chat-widgets/{id}/snippet`: what to paste into a website.

use axum::extract::State;
use bonafide_protocol::ErrorCode;
use bonafide_protocol::admin::Snippet;
use bonafide_protocol::id::ChatWidgetId;

use super::chat_widgets::find;
use crate::assets;
use crate::routes::extract::{Json, Path};
use crate::routes::problem::{ApiError, ApiResult};
use crate::state::AppState;

/// The script tag for a chat widget, and what the website's Content-Security-Policy needs.
#[utoipa::path(get, path = "/admin/chat-widgets/{id}/snippet", tag = "chat-widgets",
    operation_id = "readChatWidgetSnippet", params(("id" = ChatWidgetId, Path)),
    responses((status = OK, body = Snippet)))]
pub async fn read(
    State(state): State<AppState>,
    Path(id): Path<ChatWidgetId>,
) -> ApiResult<Json<Snippet>> {
    let mut reader = state.storage.read().await?;
    let widget = find(&mut reader, &id).await?;
    let integrity = assets::script_integrity().ok_or_else(|| {
        let detail =
            "This server was built without the widget's script, so there is nothing to embed.";
        ApiError::new(ErrorCode::Unavailable, detail)
    })?;
    let server = state.public_url.origin();
    let socket = state.public_url.socket_origin();
    // An id is made by this server and an origin is parsed: neither can hold a quote.
    let id = widget.id;
    Ok(Json(Snippet {
        html: format!(r#"<script async src="{server}/embed.js" data-widget="{id}"></script>"#),
        html_with_integrity: format!(
            r#"<script async src="{server}/embed.js" data-widget="{id}" integrity="{integrity}" crossorigin="anonymous"></script>"#
        ),
        content_security_policy: format!(
            "script-src {server} 'wasm-unsafe-eval'; connect-src {server} {socket}; img-src {server}"
        ),
    }))
}
