//! Idle connections, kept between two uses. Given back to the driver's pool, each would go to its thread and back for nothing.
//!
//! Must keep none once it is closed: who closes the pool waits for all of them.

use std::mem::take;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sqlx::Connection as _;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{Sqlite, SqlitePool};

/// Those of one pool. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct IdleConnections {
    pool: SqlitePool,
    kept: Arc<Mutex<Kept>>,
}

#[derive(Debug, Default)]
struct Kept {
    connections: Vec<PoolConnection<Sqlite>>,
    is_closed: bool,
}

impl IdleConnections {
    pub(super) fn new(pool: SqlitePool) -> Self {
        Self {
            pool,
            kept: Arc::default(),
        }
    }

    /// The pool, for what comes before the first use: the schema's changes.
    pub(super) fn pool(&self) -> &SqlitePool {
        &self.pool
    }

    /// An idle one, or another. Whoever calls it has seen to it that the pool has one left.
    pub(super) async fn acquire(&self) -> sqlx::Result<PoolConnection<Sqlite>> {
        let idle = self.kept().connections.pop();
        match idle {
            Some(connection) => Ok(connection),
            None => self.pool.acquire().await,
        }
    }

    /// Keeps one for the next. What is still in a transaction goes to the pool, which undoes that.
    pub(super) fn release(&self, connection: PoolConnection<Sqlite>) {
        let mut kept = self.kept();
        if !kept.is_closed && !connection.is_in_transaction() {
            kept.connections.push(connection);
        }
    }

    /// Closes all, after what is done with them now.
    pub(super) async fn close(&self) {
        let idle = {
            let mut kept = self.kept();
            kept.is_closed = true;
            take(&mut kept.connections)
        };
        drop(idle);
        self.pool.close().await;
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
