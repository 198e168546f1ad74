//! `/admin/contacts`: customers' records. A verified `sub` that is a contact's id links it to the conversation.

use axum::extract::State;
use axum::http::StatusCode;
use bonafide_protocol::FieldError;
use bonafide_protocol::Page;
use bonafide_protocol::admin::{Contact, ContactBody};
use bonafide_protocol::id::ContactId;
use bonafide_protocol::page::PageRequest;

use super::Change;
use crate::clock::timestamp;
use crate::random;
use crate::routes::extract::{Json, Paging, Path, page};
use crate::routes::problem::{ApiError, ApiResult};
use crate::routes::version::{BasedOn, Versioned, created};
use crate::settings::{ContactGuid, EmailAddress, Fault, Fields, PhoneNumber, Text};
use crate::state::AppState;
use crate::storage::contacts::{self, ContactRow};
use crate::storage::paging::After;
use crate::storage::{Connection, FIRST_VERSION, StorageError};

/// Contacts by name.
#[utoipa::path(get, path = "/admin/contacts", tag = "contacts", operation_id = "listContacts",
    params(PageRequest), responses((status = OK, body = Page<Contact>)))]
pub async fn list(State(state): State<AppState>, paging: Paging) -> ApiResult<Json<Page<Contact>>> {
    let mut reader = state.storage.read().await?;
    let slice = contacts::page(&mut reader, &paging.after, paging.limit).await?;
    Ok(Json(page(
        slice,
        |row| After {
            key: row.name.to_lowercase(),
            id: row.id.to_string(),
        },
        wire,
    )))
}

/// Records a contact.
#[utoipa::path(post, path = "/admin/contacts", tag = "contacts", operation_id = "createContact",
    request_body = ContactBody, responses((status = CREATED, body = Contact)))]
pub async fn create(
    State(state): State<AppState>,
    change: Change,
    Json(request): Json<ContactBody>,
) -> ApiResult<(StatusCode, Versioned<Contact>)> {
    let now = change.now_ms;
    let checked = Checked::parse(&request).map_err(ApiError::invalid)?;
    let id = checked
        .id
        .clone()
        .unwrap_or_else(|| ContactId::from_bits(random::bits()));
    let row = checked.into_row(id, FIRST_VERSION, now, now);
    let mut transaction = state.storage.write().await?;
    contacts::insert(&mut transaction, &row)
        .await
        .map_err(id_taken)?;
    let contact = wire(row);
    change
        .audit(
            &mut transaction,
            "contact.created",
            &contact.id,
            None,
            Some(&contact),
        )
        .await?;
    transaction.commit().await?;
    Ok(created(contact))
}

/// A contact.
#[utoipa::path(get, path = "/admin/contacts/{id}", tag = "contacts", operation_id = "readContact",
    params(("id" = ContactId, Path)), responses((status = OK, body = Contact)))]
pub async fn read(
    State(state): State<AppState>,
    Path(id): Path<ContactId>,
) -> ApiResult<Versioned<Contact>> {
    let mut reader = state.storage.read().await?;
    Ok(Versioned(wire(find(&mut reader, &id).await?)))
}

/// Replaces a contact. Its id cannot be changed.
#[utoipa::path(put, path = "/admin/contacts/{id}", tag = "contacts", operation_id = "replaceContact",
    params(("id" = ContactId, Path)), request_body = ContactBody, responses((status = OK, body = Contact)))]
pub async fn replace(
    State(state): State<AppState>,
    change: Change,
    based_on: BasedOn,
    Path(id): Path<ContactId>,
    Json(request): Json<ContactBody>,
) -> ApiResult<Versioned<Contact>> {
    if request
        .id
        .as_ref()
        .is_some_and(|other| !other.as_str().eq_ignore_ascii_case(id.as_str()))
    {
        let fault =
            Fault::invalid("A contact's id cannot be changed. Record another contact instead.");
        return Err(ApiError::invalid(vec![fault.of("id")]));
    }
    // The id of an existing contact was judged when it was recorded, or made by this server.
    let checked = Checked::parse(&ContactBody {
        id: None,
        ..request
    })
    .map_err(ApiError::invalid)?;
    let now = change.now_ms;
    let mut transaction = state.storage.write().await?;
    let before = find(&mut transaction, &id).await?;
    let version = based_on.next(before.version)?;
    let after = checked.into_row(before.id.clone(), version, before.created_at, now);
    contacts::update(&mut transaction, &after).await?;
    let (before, after) = (wire(before), wire(after));
    change
        .audit(
            &mut transaction,
            "contact.updated",
            &after.id,
            Some(&before),
            Some(&after),
        )
        .await?;
    transaction.commit().await?;
    Ok(Versioned(after))
}

/// Deletes a contact. Conversations that were linked to it keep its id.
#[utoipa::path(delete, path = "/admin/contacts/{id}", tag = "contacts", operation_id = "deleteContact",
    params(("id" = ContactId, Path)), responses((status = NO_CONTENT, description = "Deleted")))]
pub async fn delete(
    State(state): State<AppState>,
    change: Change,
    based_on: BasedOn,
    Path(id): Path<ContactId>,
) -> ApiResult<StatusCode> {
    let mut transaction = state.storage.write().await?;
    let before = find(&mut transaction, &id).await?;
    let version = based_on.check(before.version)?;
    let id = before.id.clone();
    contacts::delete(&mut transaction, &id, version).await?;
    change
        .audit(
            &mut transaction,
            "contact.deleted",
            &id,
            Some(&wire(before)),
            None,
        )
        .await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn find(connection: &mut Connection, id: &ContactId) -> ApiResult<ContactRow> {
    contacts::find(connection, id.as_str())
        .await?
        .ok_or_else(|| ApiError::not_found("contact"))
}

/// A body whose fields were judged.
struct Checked {
    id: Option<ContactId>,
    name: String,
    email: Option<String>,
    phone: Option<String>,
    active: bool,
}

impl Checked {
    fn parse(body: &ContactBody) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::default();
        let id = fields.take(
            "id",
            body.id
                .as_ref()
                .map(|id| ContactGuid::parse(id.as_str()))
                .transpose(),
        );
        let name = fields.take("name", Text::<200>::parse(&body.name));
        let email = fields.take("email", EmailAddress::parse_optional(body.email.as_deref()));
        let phone = fields.take("phone", PhoneNumber::parse_optional(body.phone.as_deref()));
        let all = id.zip(name).zip(email).zip(phone);
        fields.finish(all.map(|(((id, name), email), phone)| Self {
            id: id.map(|id| ContactId::from_text(id.into_string())),
            name: name.into_string(),
            email: email.map(EmailAddress::into_string),
            phone: phone.map(PhoneNumber::into_string),
            active: body.active,
        }))
    }

    fn into_row(self, id: ContactId, version: i64, created_at: i64, updated_at: i64) -> ContactRow {
        let Self {
            name,
            email,
            phone,
            active,
            ..
        } = self;
        ContactRow {
            id,
            name,
            email,
            phone,
            active,
            version,
            created_at,
            updated_at,
        }
    }
}

fn id_taken(error: StorageError) -> ApiError {
    match error {
        StorageError::Taken => {
            ApiError::taken("id", Fault::duplicate("Another contact has this id."))
        }
        error => error.into(),
    }
}

fn wire(row: ContactRow) -> Contact {
    let ContactRow {
        id,
        name,
        email,
        phone,
        active,
        version,
        created_at,
        updated_at,
    } = row;
    Contact {
        id,
        name,
        email,
        phone,
        active,
        version,
        created_at: timestamp(created_at),
        updated_at: timestamp(updated_at),
    }
}
