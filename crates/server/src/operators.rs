//! Operators from the command line, beside a running server: each call is one short transaction.

use std::path::Path;

use bonafide_protocol::Secret;
use bonafide_protocol::admin::Actor;
use bonafide_protocol::id::{ApiTokenId, OperatorId};
use bonafide_protocol::operator::{Operator, Role};

use crate::clock::{Clock, timestamp};
use crate::conversations::availability;
use crate::passwords::{PasswordError, Passwords};
use crate::random;
use crate::routes::authenticate::API_TOKEN_PREFIX;
use crate::settings::{self, EmailAddress, Fault, Name, Password};
use crate::storage::api_tokens::{self, ApiTokenRow};
use crate::storage::audit::{self, Entry};
use crate::storage::operators::{self, OperatorRow};
use crate::storage::paging::After;
use crate::storage::{FIRST_VERSION, Storage, StorageError};

/// Why a command about operators failed.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// The last administrator who can sign in would be gone.
    #[error("{0} is the last administrator who can sign in; add another first")]
    LastAdministrator(String),
    /// A value is not allowed.
    #[error("{field}: {message}")]
    Invalid {
        /// Which.
        field: &'static str,
        /// What is wrong, as a sentence.
        message: String,
    },
    /// Another operator has this e-mail address.
    #[error("an operator with the e-mail address {0} exists already")]
    EmailTaken(String),
    /// There is no operator with this e-mail address.
    #[error("there is no operator with the e-mail address {0}")]
    NotFound(String),
    /// The password could not be hashed.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database could not be used.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Adds an operator, who is given at most `capacity` conversations; any number where there is none.
///
/// # Errors
/// When a value is not allowed or in use, or the database cannot be written.
pub async fn add(
    data: &Path,
    email: &str,
    name: &str,
    role: Role,
    capacity: Option<u32>,
    password: Secret,
) -> Result<Operator, OperatorError> {
    let invalid = |field| {
        move |fault: Fault| OperatorError::Invalid {
            field,
            message: fault.message,
        }
    };
    let email = EmailAddress::parse(email)
        .map_err(invalid("email"))?
        .into_string();
    let name = Name::parse(name).map_err(invalid("name"))?.into_string();
    let capacity = settings::capacity(capacity).map_err(invalid("capacity"))?;
    let password = Password::parse(password).map_err(invalid("password"))?;
    let password_hash = Passwords::new().await?.hash(password).await?;
    let clock = Clock::system();
    let row = OperatorRow {
        id: OperatorId::from_bits(random::bits()),
        name,
        email,
        role,
        password_hash,
        disabled: false,
        session_epoch: 0,
        capacity,
        away: None,
        version: FIRST_VERSION,
        created_at: clock.now_ms(),
    };
    let storage = Storage::open_beside(data).await?;
    let mut transaction = storage.write().await?;
    operators::insert(&mut transaction, &row)
        .await
        .map_err(|error| match error {
            StorageError::Taken => OperatorError::EmailTaken(row.email.clone()),
            error => error.into(),
        })?;
    let mut entry = Entry::new(clock.now_ms(), Actor::System, "operator.created")
        .subject(&row.id)
        .text("email.after", &row.email)
        .text("name.after", &row.name)
        .text("role.after", word(row.role));
    if let Some(capacity) = row.capacity {
        entry = entry.text("capacity.after", capacity.to_string());
    }
    audit::append(&mut transaction, entry).await?;
    transaction.commit().await?;
    storage.close().await;
    Ok(operator(row))
}

/// All operators, by e-mail address.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(data: &Path) -> Result<Vec<Operator>, OperatorError> {
    let storage = Storage::open_beside(data).await?;
    let mut reader = storage.read().await?;
    let mut all = Vec::new();
    let mut after = After::default();
    loop {
        let slice = operators::page(&mut reader, &after, PAGE).await?;
        if let Some(last) = slice.rows.last() {
            after = After {
                key: operators::email_key(&last.email),
                id: last.id.to_string(),
            };
        }
        all.extend(slice.rows.into_iter().map(operator));
        if !slice.more {
            break;
        }
    }
    drop(reader);
    storage.close().await;
    Ok(all)
}

/// Disables an operator: they are signed out at once and cannot sign in.
///
/// # Errors
/// When there is no such operator, they are the last administrator, or the database cannot be written.
pub async fn disable(data: &Path, email: &str) -> Result<Operator, OperatorError> {
    let storage = Storage::open_beside(data).await?;
    let mut transaction = storage.write().await?;
    let found = operators::find_by_email(&mut transaction, email.trim()).await?;
    let before = found.ok_or_else(|| OperatorError::NotFound(email.to_owned()))?;
    let after = OperatorRow {
        disabled: true,
        session_epoch: before.session_epoch + i64::from(!before.disabled),
        version: before.version + 1,
        ..before.clone()
    };
    operators::update(&mut transaction, &after).await?;
    if operators::enabled_administrators(&mut transaction).await? == 0
        && before.role == Role::Administrator
    {
        return Err(OperatorError::LastAdministrator(after.email));
    }
    let entry =
        Entry::new(Clock::system().now_ms(), Actor::System, "operator.disabled").subject(&after.id);
    audit::append(&mut transaction, entry).await?;
    transaction.commit().await?;
    storage.close().await;
    Ok(operator(after))
}

/// Sets another password: the way back for whoever forgot theirs. Their sessions are over.
///
/// # Errors
/// When there is no such operator, the password is not allowed, or the database cannot be written.
pub async fn reset_password(
    data: &Path,
    email: &str,
    password: Secret,
) -> Result<Operator, OperatorError> {
    let password = Password::parse(password).map_err(|fault| OperatorError::Invalid {
        field: "password",
        message: fault.message,
    })?;
    let hash = Passwords::new().await?.hash(password).await?;
    let storage = Storage::open_beside(data).await?;
    let mut transaction = storage.write().await?;
    let found = operators::find_by_email(&mut transaction, email.trim()).await?;
    let row = found.ok_or_else(|| OperatorError::NotFound(email.to_owned()))?;
    operators::set_password(&mut transaction, &row.id, &hash).await?;
    let now = Clock::system().now_ms();
    let entry = Entry::new(now, Actor::System, "operator.password-changed")
        .subject(&row.id)
        .called(&row.name);
    audit::append(&mut transaction, entry).await?;
    transaction.commit().await?;
    storage.close().await;
    Ok(operator(row))
}

/// The secret of a new API token of an operator: for a command that works through the HTTP API of the server it has just started.
/// It calls [`revoke_api_tokens`] when it is done.
///
/// # Errors
/// When there is no such operator, or the database cannot be written.
pub async fn add_api_token(data: &Path, email: &str, name: &str) -> Result<Secret, OperatorError> {
    let storage = Storage::open_beside(data).await?;
    let mut transaction = storage.write().await?;
    let found = operators::find_by_email(&mut transaction, email).await?;
    let row = found.ok_or_else(|| OperatorError::NotFound(email.to_owned()))?;
    let now = Clock::system().now_ms();
    let secret = random::secret(API_TOKEN_PREFIX);
    let token = ApiTokenRow {
        id: ApiTokenId::from_bits(random::bits()),
        name: name.to_owned(),
        operator: row.id,
        created_at: now,
    };
    api_tokens::insert(
        &mut transaction,
        &token,
        &random::secret_hash(secret.expose()),
    )
    .await?;
    let entry = Entry::new(now, Actor::System, "api-token.created")
        .subject(&token.id)
        .called(name);
    audit::append(&mut transaction, entry).await?;
    transaction.commit().await?;
    storage.close().await;
    Ok(secret)
}

/// Revokes an operator's API tokens of this name, if there are any: those that [`add_api_token`] made, also by a process that was
/// killed before it could.
///
/// # Errors
/// When the database cannot be written.
pub async fn revoke_api_tokens(data: &Path, email: &str, name: &str) -> Result<(), OperatorError> {
    let storage = Storage::open_beside(data).await?;
    let mut transaction = storage.write().await?;
    let found = operators::find_by_email(&mut transaction, email).await?;
    let row = found.ok_or_else(|| OperatorError::NotFound(email.to_owned()))?;
    let now = Clock::system().now_ms();
    for id in api_tokens::ids_named(&mut transaction, &row.id, name).await? {
        api_tokens::delete(&mut transaction, &id).await?;
        let entry = Entry::new(now, Actor::System, "api-token.deleted")
            .subject(&id)
            .called(name);
        audit::append(&mut transaction, entry).await?;
    }
    transaction.commit().await?;
    storage.close().await;
    Ok(())
}

const PAGE: u32 = 200;

/// As the wire spells it, and so the audit of an operator made in the console.
fn word(role: Role) -> &'static str {
    match role {
        Role::Administrator => "administrator",
        Role::Agent => "agent",
        Role::Supervisor => "supervisor",
    }
}

fn operator(row: OperatorRow) -> Operator {
    let OperatorRow {
        id,
        name,
        email,
        role,
        disabled,
        capacity,
        away,
        version,
        created_at,
        ..
    } = row;
    Operator {
        id,
        name,
        email,
        role,
        disabled,
        capacity,
        availability: availability::wire(away),
        version,
        created_at: timestamp(created_at),
    }
}
