//! The writer's connection for what is no turn, such as the stamp.

use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
use sqlx::sqlite::Sqlite;

use super::{Place, Writer};
use crate::storage::{Connection, StorageError};

/// The connection while no group is open, with the place in the line: nobody else writes.
pub(in crate::storage) struct Exclusive {
    connection: Option<PoolConnection<Sqlite>>,
    writer: Writer,
    _place: Place,
}

impl Drop for Exclusive {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.writer.idle.release(connection);
        }
    }
}

impl Deref for Exclusive {
    type Target = Connection;
    #[expect(clippy::expect_used, reason = "it is there until the drop")]
    fn deref(&self) -> &Connection {
        self.connection.as_deref().expect("there is a connection")
    }
}

impl DerefMut for Exclusive {
    #[expect(clippy::expect_used, reason = "it is there until the drop")]
    fn deref_mut(&mut self) -> &mut Connection {
        let connection = self.connection.as_deref_mut();
        connection.expect("there is a connection")
    }
}

impl Writer {
    /// The connection, for what is no turn. Nobody writes while it is held, and what is open is committed first.
    pub(in crate::storage) async fn exclusive(&self) -> Result<Exclusive, StorageError> {
        loop {
            let place = self.place().await?;
            if place.is_none() {
                return Ok(Exclusive {
                    connection: Some(self.idle.acquire().await?),
                    writer: self.clone(),
                    _place: place,
                });
            }
            self.finish(place).await;
        }
    }
}
