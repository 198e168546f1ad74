//! `/admin/chat-widgets`: embeddable chats. A change holds for the next page that loads the widget.

use axum::extract::State;
use axum::http::StatusCode;
use bonafide_protocol::Page;
use bonafide_protocol::admin::{ChatWidget, ChatWidgetBody, Reference};
use bonafide_protocol::id::ChatWidgetId;
use bonafide_protocol::page::PageRequest;
use bonafide_protocol::visitor::Appearance;

use super::{Change, name_taken};
use crate::clock::timestamp;
use crate::random;
use crate::routes::extract::{Json, Paging, Path, page};
use crate::routes::problem::{ApiError, ApiResult};
use crate::routes::version::{BasedOn, Versioned, created};
use crate::settings::{
    AccentColor, AllowedOrigins, Fault, Fields, MultilineText, Name, Text, file_policy,
    release_seconds,
};
use crate::state::AppState;
use crate::storage::paging::After;
use crate::storage::widgets::{self, ChatWidgetRow};
use crate::storage::{Connection, FIRST_VERSION, settings, visitor_sessions, work_streams};

/// Chat widgets by name.
#[utoipa::path(get, path = "/admin/chat-widgets", tag = "chat-widgets", operation_id = "listChatWidgets",
    params(PageRequest), responses((status = OK, body = Page<ChatWidget>)))]
pub async fn list(
    State(state): State<AppState>,
    paging: Paging,
) -> ApiResult<Json<Page<ChatWidget>>> {
    let mut reader = state.storage.read().await?;
    let slice = widgets::page(&mut reader, &paging.after, paging.limit).await?;
    Ok(Json(page(
        slice,
        |row| After {
            key: row.name.to_lowercase(),
            id: row.id.to_string(),
        },
        wire,
    )))
}

/// Makes a chat widget.
#[utoipa::path(post, path = "/admin/chat-widgets", tag = "chat-widgets", operation_id = "createChatWidget",
    request_body = ChatWidgetBody, responses((status = CREATED, body = ChatWidget)))]
pub async fn create(
    State(state): State<AppState>,
    change: Change,
    Json(request): Json<ChatWidgetBody>,
) -> ApiResult<(StatusCode, Versioned<ChatWidget>)> {
    let now = change.now_ms;
    let mut transaction = state.storage.write().await?;
    let row = check(
        &mut transaction,
        request,
        ChatWidgetId::from_bits(random::bits()),
        FIRST_VERSION,
        now,
        now,
    )
    .await?;
    widgets::insert(&mut transaction, &row)
        .await
        .map_err(name_taken("chat widget"))?;
    let widget = wire(row);
    change
        .audit(
            &mut transaction,
            "chat-widget.created",
            &widget.id,
            None,
            Some(&widget),
        )
        .await?;
    transaction.commit().await?;
    Ok(created(widget))
}

/// A chat widget.
#[utoipa::path(get, path = "/admin/chat-widgets/{id}", tag = "chat-widgets", operation_id = "readChatWidget",
    params(("id" = ChatWidgetId, Path)), responses((status = OK, body = ChatWidget)))]
pub async fn read(
    State(state): State<AppState>,
    Path(id): Path<ChatWidgetId>,
) -> ApiResult<Versioned<ChatWidget>> {
    let mut reader = state.storage.read().await?;
    Ok(Versioned(wire(find(&mut reader, &id).await?)))
}

/// Replaces a chat widget.
#[utoipa::path(put, path = "/admin/chat-widgets/{id}", tag = "chat-widgets", operation_id = "replaceChatWidget",
    params(("id" = ChatWidgetId, Path)), request_body = ChatWidgetBody,
    responses((status = OK, body = ChatWidget)))]
pub async fn replace(
    State(state): State<AppState>,
    change: Change,
    based_on: BasedOn,
    Path(id): Path<ChatWidgetId>,
    Json(request): Json<ChatWidgetBody>,
) -> ApiResult<Versioned<ChatWidget>> {
    let now = change.now_ms;
    let mut transaction = state.storage.write().await?;
    let before = find(&mut transaction, &id).await?;
    let version = based_on.next(before.version)?;
    let created_at = before.created_at;
    let after = check(&mut transaction, request, id, version, created_at, now).await?;
    widgets::update(&mut transaction, &after)
        .await
        .map_err(name_taken("chat widget"))?;
    let (before, after) = (wire(before), wire(after));
    change
        .audit(
            &mut transaction,
            "chat-widget.updated",
            &after.id,
            Some(&before),
            Some(&after),
        )
        .await?;
    transaction.commit().await?;
    Ok(Versioned(after))
}

/// Deletes a chat widget that has no open conversations. Pages that embed it show that it is gone.
///
/// Conversations that began with it stay for agents to read; their visitors' sessions end.
#[utoipa::path(delete, path = "/admin/chat-widgets/{id}", tag = "chat-widgets", operation_id = "deleteChatWidget",
    params(("id" = ChatWidgetId, Path)), responses((status = NO_CONTENT, description = "Deleted")))]
pub async fn delete(
    State(state): State<AppState>,
    change: Change,
    based_on: BasedOn,
    Path(id): Path<ChatWidgetId>,
) -> ApiResult<StatusCode> {
    let mut transaction = state.storage.write().await?;
    let before = find(&mut transaction, &id).await?;
    let version = based_on.check(before.version)?;
    let open = widgets::open_conversations(&mut transaction, &id).await?;
    if open > 0 {
        return Err(ApiError::conflict(format!(
            "{} of this chat widget not over yet. It can be deleted when they are closed; until then, a widget without allowed pages starts no more.",
            if open == 1 {
                "1 conversation is".to_owned()
            } else {
                format!("{open} conversations are")
            }
        )));
    }
    let over = visitor_sessions::revoke_of_widget(&mut transaction, &id).await?;
    widgets::delete(&mut transaction, &id, version).await?;
    change
        .audit(
            &mut transaction,
            "chat-widget.deleted",
            &id,
            Some(&wire(before)),
            None,
        )
        .await?;
    transaction.commit().await?;
    for conversation in &over {
        state.conversations.hub.visitor_session_over(conversation);
    }
    Ok(StatusCode::NO_CONTENT)
}

/// The widget, or the answer that there is none.
///
/// # Errors
/// `not-found`, or when the database cannot be read.
pub(super) async fn find(
    connection: &mut Connection,
    id: &ChatWidgetId,
) -> ApiResult<ChatWidgetRow> {
    widgets::find(connection, id)
        .await?
        .ok_or_else(|| ApiError::not_found("chat widget"))
}

async fn check(
    connection: &mut Connection,
    body: ChatWidgetBody,
    id: ChatWidgetId,
    version: i64,
    created_at: i64,
    updated_at: i64,
) -> ApiResult<ChatWidgetRow> {
    let mut fields = Fields::default();
    let name = fields.take("name", Name::parse(&body.name));
    let work_stream = work_streams::find(connection, &body.work_stream).await?;
    let work_stream =
        work_stream.ok_or_else(|| Fault::not_found("There is no work stream with this id."));
    let work_stream = fields.take("workStream", work_stream);
    let setting = match &body.authentication_setting {
        None => Some(None),
        Some(id) => {
            let found = settings::find(connection, id).await?;
            let found = found.ok_or_else(|| {
                Fault::not_found("There is no authentication setting with this id.")
            });
            fields.take("authenticationSetting", found).map(Some)
        }
    };
    let origins = AllowedOrigins::parse(&body.allowed_origins, "allowedOrigins", &mut fields);
    let appearance = appearance(&body.appearance, &mut fields);
    let release = fields.take("releaseSeconds", release_seconds(body.release_seconds));
    let files = file_policy(body.files.as_ref(), &mut fields);
    let all = name
        .zip(work_stream)
        .zip(setting)
        .zip(origins)
        .zip(appearance)
        .zip(release)
        .zip(files);
    let row = all.map(
        |((((((name, work_stream), setting), origins), appearance), release_seconds), files)| {
            ChatWidgetRow {
                id,
                name: name.into_string(),
                work_stream: Reference {
                    id: work_stream.id,
                    name: work_stream.name,
                },
                authentication_setting: setting.map(|setting| Reference {
                    id: setting.id,
                    name: setting.name,
                }),
                sign_in: body.sign_in,
                allowed_origins: origins.into_entries(),
                appearance,
                release_seconds,
                files,
                version,
                created_at,
                updated_at,
            }
        },
    );
    fields.finish(row).map_err(ApiError::invalid)
}

fn appearance(body: &Appearance, fields: &mut Fields) -> Option<Appearance> {
    let title = fields.take(
        "appearance.title",
        Text::<60>::parse_optional(body.title.as_deref()),
    );
    let greeting = fields.take(
        "appearance.greeting",
        MultilineText::<500>::parse_optional(body.greeting.as_deref()),
    );
    let color = fields.take(
        "appearance.accentColor",
        AccentColor::parse_optional(body.accent_color.as_deref()),
    );
    title
        .zip(greeting)
        .zip(color)
        .map(|((title, greeting), color)| Appearance {
            title: title.map(Text::into_string),
            greeting: greeting.map(MultilineText::into_string),
            accent_color: color.map(AccentColor::into_string),
            position: body.position,
        })
}

fn wire(row: ChatWidgetRow) -> ChatWidget {
    ChatWidget {
        id: row.id,
        name: row.name,
        work_stream: row.work_stream,
        authentication_setting: row.authentication_setting,
        sign_in: row.sign_in,
        allowed_origins: row.allowed_origins,
        appearance: row.appearance,
        release_seconds: row.release_seconds,
        files: row.files,
        version: row.version,
        created_at: timestamp(row.created_at),
        updated_at: timestamp(row.updated_at),
    }
}
