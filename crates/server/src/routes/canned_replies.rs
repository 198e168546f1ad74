//! What administrators' and agents' routes of canned replies have in common: the two differ in whose they are.

use bonafide_protocol::Page;
use bonafide_protocol::canned_reply::{CannedReply, CannedReplyBody};
use bonafide_protocol::id::{CannedReplyId, OperatorId};

use super::extract::{Paging, page};
use super::problem::{ApiError, ApiResult};
use super::version::BasedOn;
use crate::clock::timestamp;
use crate::random;
use crate::settings::{Fault, Fields, ReplyText, Text};
use crate::storage::canned_replies::{self, CannedReplyRow};
use crate::storage::paging::After;
use crate::storage::{Connection, FIRST_VERSION, StorageError, work_streams};

/// Replies of one owner, or of all: a list that is longer is no help in finding one.
pub(super) const MOST: u32 = 500;

/// A page of those that all share, and of the owner's.
pub(super) async fn list(
    connection: &mut Connection,
    owner: Option<&OperatorId>,
    paging: &Paging,
) -> ApiResult<Page<CannedReply>> {
    let slice = canned_replies::page(connection, owner, &paging.after, paging.limit).await?;
    let place = |row: &CannedReplyRow| After {
        key: row.name.to_lowercase(),
        id: row.id.to_string(),
    };
    Ok(page(slice, place, wire))
}

/// Stores a new one.
pub(super) async fn create(
    connection: &mut Connection,
    owner: Option<OperatorId>,
    body: &CannedReplyBody,
    now_ms: i64,
) -> ApiResult<CannedReply> {
    let (name, text) = check(connection, body).await?;
    if canned_replies::count(connection, owner.as_ref()).await? >= MOST {
        return Err(ApiError::conflict(format!(
            "There are {MOST} canned replies already. Delete one first."
        )));
    }
    let row = CannedReplyRow {
        id: CannedReplyId::from_bits(random::bits()),
        owner,
        name,
        text,
        version: FIRST_VERSION,
        created_at: now_ms,
        updated_at: now_ms,
    };
    canned_replies::insert(connection, &row)
        .await
        .map_err(name_taken)?;
    Ok(wire(row))
}

/// Replaces one; gives what it was and what it is.
pub(super) async fn replace(
    connection: &mut Connection,
    owner: Option<&OperatorId>,
    id: &CannedReplyId,
    based_on: &BasedOn,
    body: &CannedReplyBody,
    now_ms: i64,
) -> ApiResult<(CannedReply, CannedReply)> {
    let (name, text) = check(connection, body).await?;
    let before = find(connection, owner, id).await?;
    let after = CannedReplyRow {
        name,
        text,
        version: based_on.next(before.version)?,
        updated_at: now_ms,
        ..before.clone()
    };
    canned_replies::update(connection, &after)
        .await
        .map_err(name_taken)?;
    Ok((wire(before), wire(after)))
}

/// Deletes one; gives what it was.
pub(super) async fn delete(
    connection: &mut Connection,
    owner: Option<&OperatorId>,
    id: &CannedReplyId,
    based_on: &BasedOn,
) -> ApiResult<CannedReply> {
    let before = find(connection, owner, id).await?;
    let version = based_on.check(before.version)?;
    canned_replies::delete(connection, id, version).await?;
    Ok(wire(before))
}

/// The one with this id, when it is the owner's. Of others' nobody learns that they exist.
pub(super) async fn find(
    connection: &mut Connection,
    owner: Option<&OperatorId>,
    id: &CannedReplyId,
) -> ApiResult<CannedReplyRow> {
    canned_replies::find(connection, id, owner)
        .await?
        .ok_or_else(|| ApiError::not_found("canned reply"))
}

async fn check(connection: &mut Connection, body: &CannedReplyBody) -> ApiResult<(String, String)> {
    let context = work_streams::variable_names(connection).await?;
    let mut fields = Fields::default();
    let name = fields.take("name", Text::<50>::parse(&body.name));
    let text = fields.take("text", ReplyText::parse(&body.text, &context));
    let both = name.zip(text);
    fields
        .finish(both.map(|(name, text)| (name.into_string(), text.into_string())))
        .map_err(ApiError::invalid)
}

fn name_taken(error: StorageError) -> ApiError {
    match error {
        StorageError::Taken => ApiError::taken(
            "name",
            Fault::duplicate(
                "Another canned reply has this name; upper and lower case are the same.",
            ),
        ),
        error => error.into(),
    }
}

pub(super) fn wire(row: CannedReplyRow) -> CannedReply {
    CannedReply {
        id: row.id,
        name: row.name,
        text: row.text,
        shared: row.owner.is_none(),
        version: row.version,
        created_at: timestamp(row.created_at),
        updated_at: timestamp(row.updated_at),
    }
}
