//! `/agent/conversations/{id}/notes`: notes for colleagues, which no visitor sees.

use axum::extract::State;
use axum::http::StatusCode;
use bonafide_protocol::id::ConversationId;
use bonafide_protocol::note::{Note, Notes, NumbersWanted, PostNote};

use crate::routes::authenticate::Operator;
use crate::routes::extract::{Json, Path, Query};
use crate::routes::problem::ApiResult;
use crate::state::AppState;

/// At most 200 notes, in order.
#[utoipa::path(get, path = "/agent/conversations/{id}/notes", tag = "agent", operation_id = "readNotes",
    params(("id" = ConversationId, Path), NumbersWanted), responses((status = OK, body = Notes)))]
pub async fn read(
    State(state): State<AppState>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    Query(request): Query<NumbersWanted>,
) -> ApiResult<Json<Notes>> {
    let after = request.after.unwrap_or(0);
    let notes = state
        .conversations
        .notes(&operator.into(), &id, after)
        .await?;
    Ok(Json(notes))
}

/// Writes a note. An answer means that it is stored; sending it again changes nothing.
#[utoipa::path(post, path = "/agent/conversations/{id}/notes", tag = "agent", operation_id = "postNote",
    params(("id" = ConversationId, Path)), request_body = PostNote, responses((status = CREATED, body = Note)))]
pub async fn post(
    State(state): State<AppState>,
    operator: Operator,
    Path(id): Path<ConversationId>,
    Json(body): Json<PostNote>,
) -> ApiResult<(StatusCode, Json<Note>)> {
    let note = state
        .conversations
        .write_note(&operator.into(), &id, body)
        .await?;
    Ok((StatusCode::CREATED, Json(note)))
}
