//! What is kept in memory of the database, as it stands after the last commit: who waits in which line, and the version of the
//! configuration. Changed by commits alone, in their order.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::lines::{Lines, Move};
use super::{Connection, StorageError, configuration};

/// Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    pub(super) lines: Lines,
    configuration: Arc<AtomicI64>,
}

/// What a transaction changes of it, once it is on the disk.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes {
    pub(super) moves: Vec<Move>,
    /// The new version, where there is one.
    pub(super) configuration: Option<i64>,
}

impl Kept {
    /// Reads all of it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(super) async fn fill(&self, connection: &mut Connection) -> Result<(), StorageError> {
        self.lines.fill(connection).await?;
        self.note_configuration(configuration::version(connection).await?);
        Ok(())
    }

    pub(super) fn apply(&self, changes: Changes) {
        self.lines.apply(changes.moves);
        if let Some(version) = changes.configuration {
            self.note_configuration(version);
        }
    }

    /// This version is stored, or a later one.
    pub(super) fn note_configuration(&self, version: i64) {
        self.configuration.fetch_max(version, Ordering::AcqRel);
    }

    pub(super) fn configuration(&self) -> i64 {
        self.configuration.load(Ordering::Acquire)
    }
}

impl Changes {
    /// With those of a later transaction.
    pub(super) fn add(&mut self, later: Self) {
        self.moves.extend(later.moves);
        self.configuration = later.configuration.or(self.configuration);
    }
}
