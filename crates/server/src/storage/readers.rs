//! Connections to read with, shared by all who read.
//!
//! Must not open more than the pool has: who waits for the pool would not hear of the idle ones.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{Sqlite, SqlitePool};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::idle::IdleConnections;
use super::{ACQUIRE_TIMEOUT, Connection, StorageError};

/// All of them. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Readers {
    /// One for each connection that the pool may have.
    free: Arc<Semaphore>,
    idle: IdleConnections,
}

/// A connection that reads.
#[derive(Debug)]
pub struct Reader {
    /// There until the drop.
    connection: Option<PoolConnection<Sqlite>>,
    readers: Readers,
    /// Free once the connection is idle.
    _permit: OwnedSemaphorePermit,
}

impl Readers {
    /// On a pool of at most this many connections.
    pub(super) fn new(pool: SqlitePool, most: u32) -> Self {
        Self {
            free: Arc::new(Semaphore::new(most as usize)),
            idle: IdleConnections::new(pool),
        }
    }

    /// Waits for one that is free.
    pub(super) async fn reader(&self) -> Result<Reader, StorageError> {
        let permit = timeout(ACQUIRE_TIMEOUT, self.free.clone().acquire_owned())
            .await
            .map_err(|_| sqlx::Error::PoolTimedOut)?
            .map_err(|_| sqlx::Error::PoolClosed)?;
        Ok(Reader {
            connection: Some(self.idle.acquire().await?),
            readers: self.clone(),
            _permit: permit,
        })
    }

    /// Closes all, after what reads with them now.
    pub(super) async fn close(&self) {
        self.free.close();
        self.idle.close().await;
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.readers.idle.release(connection);
        }
    }
}

impl Deref for Reader {
    type Target = Connection;
    #[expect(clippy::expect_used, reason = "it is there until the drop")]
    fn deref(&self) -> &Connection {
        self.connection.as_deref().expect("there is a connection")
    }
}

impl DerefMut for Reader {
    #[expect(clippy::expect_used, reason = "it is there until the drop")]
    fn deref_mut(&mut self) -> &mut Connection {
        let connection = self.connection.as_deref_mut();
        connection.expect("there is a connection")
    }
}

#[cfg(test)]
mod tests;
