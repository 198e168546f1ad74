//! Connections to read with. They rest here between two readers: given back to the driver's pool, each would go to its thread and
//! back for nothing.
//!
//! Must not open more than the pool has: who waits for the pool would not hear of those that rest.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sqlx::Connection as _;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{Sqlite, SqlitePool};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::{ACQUIRE_TIMEOUT, Connection, StorageError};

/// All of them. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Readers {
    pool: SqlitePool,
    /// One for each connection that the pool may have.
    free: Arc<Semaphore>,
    resting: Arc<Mutex<Resting>>,
}

#[derive(Debug, Default)]
struct Resting {
    connections: Vec<PoolConnection<Sqlite>>,
    is_closed: bool,
}

/// A connection that reads.
#[derive(Debug)]
pub struct Reader {
    /// There until the drop.
    connection: Option<PoolConnection<Sqlite>>,
    readers: Readers,
    /// Free once the connection rests.
    _permit: OwnedSemaphorePermit,
}

impl Readers {
    /// On a pool of at most this many connections.
    pub(super) fn new(pool: SqlitePool, most: u32) -> Self {
        Self {
            pool,
            free: Arc::new(Semaphore::new(most as usize)),
            resting: Arc::default(),
        }
    }

    /// Waits for one that is free.
    pub(super) async fn reader(&self) -> Result<Reader, StorageError> {
        let permit = timeout(ACQUIRE_TIMEOUT, self.free.clone().acquire_owned())
            .await
            .map_err(|_| sqlx::Error::PoolTimedOut)?
            .map_err(|_| sqlx::Error::PoolClosed)?;
        let resting = self.resting().connections.pop();
        let connection = match resting {
            Some(connection) => connection,
            None => self.pool.acquire().await?,
        };
        Ok(Reader {
            connection: Some(connection),
            readers: self.clone(),
            _permit: permit,
        })
    }

    /// Closes all, after what reads with them now.
    pub(super) async fn close(&self) {
        self.free.close();
        let resting = {
            let mut resting = self.resting();
            resting.is_closed = true;
            std::mem::take(&mut resting.connections)
        };
        drop(resting);
        self.pool.close().await;
    }

    fn resting(&self) -> MutexGuard<'_, Resting> {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else {
            return;
        };
        let mut resting = self.readers.resting();
        // What is still in a transaction, or comes after the close, is the pool's.
        if !resting.is_closed && !connection.is_in_transaction() {
            resting.connections.push(connection);
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
