//! The connection between two groups: it rests with the writer, and whoever needs it for what is no turn takes a place in the line
//! with it.

use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
use sqlx::sqlite::Sqlite;

use super::{Place, Writer};
use crate::storage::{Connection, StorageError};

/// The connection between two groups, and the place in the line with it.
pub(in crate::storage) struct Between {
    connection: Option<PoolConnection<Sqlite>>,
    writer: Writer,
    _place: Place,
}

impl Drop for Between {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.writer.resting.rest(connection);
        }
    }
}

impl Deref for Between {
    type Target = Connection;
    #[expect(clippy::expect_used, reason = "it is there until the drop")]
    fn deref(&self) -> &Connection {
        self.connection.as_deref().expect("there is a connection")
    }
}

impl DerefMut for Between {
    #[expect(clippy::expect_used, reason = "it is there until the drop")]
    fn deref_mut(&mut self) -> &mut Connection {
        let connection = self.connection.as_deref_mut();
        connection.expect("there is a connection")
    }
}

impl Writer {
    /// The connection, for what is no turn. Nobody writes while it is held, and what is open is committed first.
    pub(in crate::storage) async fn between(&self) -> Result<Between, StorageError> {
        loop {
            let place = self.place().await?;
            if place.is_none() {
                return Ok(Between {
                    connection: Some(self.resting.take().await?),
                    writer: self.clone(),
                    _place: place,
                });
            }
            self.finish(place).await;
        }
    }
}
