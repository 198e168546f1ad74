//! Keeps operators' sessions in our own storage, under the hash of the cookie's id.

use std::collections::HashMap;

use async_trait::async_trait;
use tower_sessions::SessionStore;
use tower_sessions::cookie::time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

use crate::clock::Clock;
use crate::random;
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
}

#[async_trait]
impl SessionStore for OperatorSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let data = encode(record)?;
        let mut transaction = self.storage.write().await.map_err(backend)?;
        // Sign-ins are rare enough to sweep with each.
        sessions::delete_expired(&mut transaction, self.clock.now_ms())
            .await
            .map_err(backend)?;
        while !sessions::insert(&mut transaction, &key(&record.id), &data, expiry(record))
            .await
            .map_err(backend)?
        {
            record.id = Id::default();
        }
        transaction.commit().await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let data = encode(record)?;
        let mut transaction = self.storage.write().await.map_err(backend)?;
        sessions::update(&mut transaction, &key(&record.id), &data, expiry(record))
            .await
            .map_err(backend)?;
        transaction.commit().await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let mut reader = self.storage.read().await.map_err(backend)?;
        let found = sessions::find(&mut reader, &key(id), self.clock.now_ms())
            .await
            .map_err(backend)?;
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
        let mut transaction = self.storage.write().await.map_err(backend)?;
        sessions::delete(&mut transaction, &key(id))
            .await
            .map_err(backend)?;
        transaction.commit().await.map_err(backend)
    }
}

fn key(id: &Id) -> String {
    random::secret_hash(&id.to_string())
}

fn expiry(record: &Record) -> i64 {
    record.expiry_date.unix_timestamp().saturating_mul(1000)
}

fn encode(record: &Record) -> Result<String> {
    serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))
}

fn backend(error: StorageError) -> Error {
    Error::Backend(error.to_string())
}
