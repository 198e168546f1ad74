//! The shop's pages: one template, embedded in the binary, with the script tags that each page has.

use std::borrow::Cow;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use bonafide_protocol::id::ChatWidgetId;
use rust_embed::RustEmbed;

use super::Shop;

#[derive(RustEmbed)]
#[folder = "../../www/shop"]
struct Files;

/// A page: its name in the navigation, what it shows, and its chat widgets.
struct Page<'a> {
    name: &'static str,
    about: &'static str,
    widgets: &'a [Embed<'a>],
}

/// A chat widget in a page, with what its script tag says beyond the snippet.
struct Embed<'a> {
    widget: &'a ChatWidgetId,
    more: &'static str,
}

pub(super) async fn home(State(shop): State<Arc<Shop>>) -> Response {
    shop.page(&Page {
        name: "Shop",
        about: "One chat widget with an authentication setting. Sign-in is optional: signed-out visitors can chat, and the agent sees Authenticated: No.",
        widgets: &[right(&shop.chat)],
    })
}

pub(super) async fn required(State(shop): State<Arc<Shop>>) -> Response {
    shop.page(&Page {
        name: "Sign-in required",
        about: "This page's chat widget requires a sign-in: without a token there is no chat, but a card that asks the visitor to sign in.",
        widgets: &[right(&shop.required)],
    })
}

pub(super) async fn no_setting(State(shop): State<Arc<Shop>>) -> Response {
    shop.page(&Page {
        name: "No setting",
        about: "This page's chat widget has no authentication setting: the agent sees Authenticated: No, whoever is signed in.",
        widgets: &[left(&shop.without_setting)],
    })
}

pub(super) async fn two(State(shop): State<Arc<Shop>>) -> Response {
    shop.page(&Page {
        name: "Two widgets",
        about: "Two chat widgets on one page, one in each corner: the left one has no authentication setting, the right one has.",
        widgets: &[right(&shop.chat), left(&shop.without_setting)],
    })
}

/// The same shop under a policy that allows no inline script or style, and of other origins the chat only.
pub(super) async fn strict_csp(State(shop): State<Arc<Shop>>) -> Response {
    let page = shop.page(&Page {
        name: "Strict policy",
        about: "This page's Content-Security-Policy allows no inline script or style, and of other origins nothing but the chat.",
        widgets: &[right(&shop.chat)],
    });
    let chat = &shop.chat_origin;
    let socket = chat.replacen("http", "ws", 1);
    let policy = format!(
        "default-src 'none'; script-src 'self' {chat} 'wasm-unsafe-eval'; connect-src 'self' {chat} {socket}; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    ([(header::CONTENT_SECURITY_POLICY, policy)], page).into_response()
}

/// Styles, scripts and pictures.
pub(super) async fn asset(Path(path): Path<String>) -> Response {
    match Files::get(&path).filter(|_| path != TEMPLATE) {
        Some(file) => (
            [
                (header::CONTENT_TYPE, file.metadata.mimetype()),
                (header::CACHE_CONTROL, "no-cache"),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ],
            file.data,
        )
            .into_response(),
        None => not_found().await,
    }
}

pub(super) async fn not_found() -> Response {
    (
        StatusCode::NOT_FOUND,
        "The shop has nothing at this address.\n",
    )
        .into_response()
}

impl Shop {
    fn page(&self, page: &Page<'_>) -> Response {
        let Some(template) = Files::get(TEMPLATE) else {
            return (
                StatusCode::INTERNAL_SERVER_ERROR,
                "The shop's page is missing.\n",
            )
                .into_response();
        };
        let links = PAGES.map(|(address, name)| {
            let current = if name == page.name {
                " aria-current=\"page\""
            } else {
                ""
            };
            format!("<li><a href=\"{address}\"{current}>{name}</a></li>")
        });
        let embeds = page.widgets.iter().map(|Embed { widget, more }| {
            let (chat, widget) = (escape(&self.chat_origin), escape(widget.as_str()));
            format!(
                "<script async src=\"{chat}/embed.js\" data-widget=\"{widget}\"{more}></script>\n    "
            )
        });
        Html(
            String::from_utf8_lossy(&template.data)
                .replace("{{name}}", page.name)
                .replace("{{about}}", page.about)
                .replace("{{links}}", &links.concat())
                .replace("{{chat}}", embeds.collect::<String>().trim_end()),
        )
        .into_response()
    }
}

fn left(widget: &ChatWidgetId) -> Embed<'_> {
    // So that it stands there at once; the widget's own appearance is asked for later.
    let more = " data-position=\"start\"";
    Embed { widget, more }
}

fn right(widget: &ChatWidgetId) -> Embed<'_> {
    Embed { widget, more: "" }
}

/// For attribute values.
fn escape(text: &str) -> Cow<'_, str> {
    match text.contains(['&', '<', '>', '"']) {
        false => text.into(),
        true => text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
            .into(),
    }
}

const TEMPLATE: &str = "page.html";
const PAGES: [(&str, &str); 5] = [
    ("/", "Shop"),
    ("/required", "Sign-in required"),
    ("/no-setting", "No setting"),
    ("/two", "Two widgets"),
    ("/strict-csp", "Strict policy"),
];
