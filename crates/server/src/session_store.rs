//! Keeps operators' sessions in our own storage, under the hash of the cookie's id.

use std::collections::HashMap;

use async_trait::async_trait;
use tower_sessions::SessionStore;
use tower_sessions::cookie::time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

use crate::clock::Clock;
use crate::random;
use crate::routes::authenticate::IDLE;
use crate::storage::{Storage, StorageError, sessions};

/// A store of operators' sessions. Cheap to clone.
#[derive(Clone, Debug)]
pub struct OperatorSessions {
    storage: Storage,
    clock: Clock,
}

impl OperatorSessions {
    /// Sessions in `storage`.
    #[must_use]
    pub fn new(storage: Storage, clock: Clock) -> Self {
        Self { storage, clock }
    }

    /// When a session that is stored now ends: by our clock, not by the one that the record was made with.
    fn expiry(&self) -> i64 {
        let idle = i64::try_from(IDLE.whole_milliseconds()).unwrap_or(i64::MAX);
        self.clock.now_ms().saturating_add(idle)
    }
}

#[async_trait]
impl SessionStore for OperatorSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let data = encode(record)?;
        let mut transaction = self.storage.write().await?;
        // Sign-ins are rare enough to sweep with each.
        sessions::delete_expired(&mut transaction, self.clock.now_ms()).await?;
        while !sessions::insert(&mut transaction, &key(&record.id), &data, self.expiry()).await? {
            record.id = Id::default();
        }
        Ok(transaction.commit().await?)
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let data = encode(record)?;
        let mut transaction = self.storage.write().await?;
        sessions::update(&mut transaction, &key(&record.id), &data, self.expiry()).await?;
        Ok(transaction.commit().await?)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let mut reader = self.storage.read().await?;
        let found = sessions::find(&mut reader, &key(id), self.clock.now_ms()).await?;
        let Some((data, expires_at)) = found else {
            return Ok(None);
        };
        let data: HashMap<String, serde_json::Value> =
            serde_json::from_str(&data).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(expires_at / 1000)
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record {
            id: *id,
            data,
            expiry_date,
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let mut transaction = self.storage.write().await?;
        sessions::delete(&mut transaction, &key(id)).await?;
        Ok(transaction.commit().await?)
    }
}

/// Under what a session is stored: the hash of its id.
pub(crate) fn key(id: &Id) -> String {
    random::secret_hash(&id.to_string())
}

fn encode(record: &Record) -> Result<String> {
    serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))
}

impl From<StorageError> for Error {
    fn from(error: StorageError) -> Self {
        Self::Backend(error.to_string())
    }
}
