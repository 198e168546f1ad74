//! Writers take turns on one connection and share the wait for the disk. Whoever is done leaves the changes to the next in
//! line; one commit at the end makes the whole group durable, and only then is each of them told. Each is a savepoint, so that one
//! that fails or is dropped undoes its own changes alone.
//!
//! Must tell nobody that something is stored before it is on the disk. What ends a turn runs as a task of its own: a request
//! that is dropped, as when its client hangs up, must not leave the others of its group waiting.

use std::fmt::Display;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{Sqlite, SqlitePool};
use sqlx::{AssertSqlSafe, Executor as _};
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};
use tokio::time::timeout;

use self::batches::Batches;
use super::idle::IdleConnections;
use super::kept::{Changes, Kept};
use super::{ACQUIRE_TIMEOUT, Alone, Connection, StorageError};

/// Why a group is undone that was left at the end of the program.
const LEFT: &str = "a turn was left without its end";

/// Turns in one group, so that the first does not wait for long.
const MOST: usize = 64;

/// The one who writes. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    /// The one connection, between two groups.
    idle: IdleConnections,
    line: Arc<Mutex<Option<Group>>>,
    /// How many stand in line for a turn. Whether it is right decides about speed alone.
    waiting: Arc<AtomicUsize>,
    /// Batches that nobody has taken up yet.
    batches: Arc<std::sync::Mutex<Batches>>,
    /// What commits change.
    kept: Kept,
    /// Whose stamp grows with what is committed.
    alone: Option<Arc<Alone>>,
}

/// A transaction that is open, and those whose changes are in it.
#[derive(Debug)]
struct Group {
    connection: PoolConnection<Sqlite>,
    members: Vec<Told>,
    changes: Changes,
    /// Turns so far.
    turns: usize,
    /// Whether somebody stands in line to commit it.
    is_awaited: bool,
    /// Whether a turn was left without being undone.
    is_spoiled: bool,
}

/// Told what became of the group.
type Told = oneshot::Sender<Result<(), StorageError>>;

type Place = OwnedMutexGuard<Option<Group>>;

/// One turn. Dropping it undoes what was done in it.
#[derive(Debug)]
pub(super) struct Turn {
    writer: Writer,
    /// There until the turn ends.
    place: Option<Place>,
    /// Which of its group, from 1: its savepoint's name.
    number: usize,
}

impl Writer {
    /// On a pool of one connection.
    pub(super) fn new(pool: SqlitePool, kept: Kept) -> Self {
        Self {
            idle: IdleConnections::new(pool),
            batches: Arc::default(),
            kept,
            line: Arc::default(),
            waiting: Arc::default(),
            alone: None,
        }
    }

    /// With the stamp that commits raise.
    pub(super) fn alone(self, alone: Arc<Alone>) -> Self {
        Self {
            alone: Some(alone),
            ..self
        }
    }

    /// The connection's pool, for what comes before the first turn: the schema's changes.
    pub(super) fn pool(&self) -> &SqlitePool {
        self.idle.pool()
    }

    /// Waits for a turn, and begins it.
    pub(super) async fn begin(&self) -> Result<Turn, StorageError> {
        let mut place = self.place().await?;
        let group = self.group(&mut place).await?;
        group.turns += 1;
        let mut turn = Turn {
            writer: self.clone(),
            number: group.turns,
            place: Some(place),
        };
        let begin = match turn.number {
            1 => "BEGIN IMMEDIATE; SAVEPOINT turn_1".to_owned(),
            number => format!("SAVEPOINT turn_{number}"),
        };
        run(&mut turn, begin).await?;
        Ok(turn)
    }

    /// Waits for a turn in the line.
    async fn place(&self) -> Result<Place, StorageError> {
        let standing = Standing::in_line(&self.waiting);
        let place = timeout(ACQUIRE_TIMEOUT, self.line.clone().lock_owned()).await;
        drop(standing);
        let mut place = place.map_err(|_| StorageError::Unavailable(sqlx::Error::PoolTimedOut))?;
        if place.as_ref().is_some_and(|group| group.is_spoiled) {
            lose(&mut place, &LEFT).await;
        }
        Ok(place)
    }

    /// The group that is open, or a new one.
    async fn group<'a>(&self, place: &'a mut Place) -> Result<&'a mut Group, StorageError> {
        let group = match place.take() {
            Some(group) => group,
            None => Group::new(self.idle.acquire().await?),
        };
        Ok(place.insert(group))
    }

    /// After the work in hand; nobody writes any more.
    pub(super) async fn close(&self) {
        self.finish(self.line.clone().lock_owned().await).await;
        self.idle.close().await;
    }

    /// Leaves what a turn did to its group, and commits that where nobody else is to come.
    async fn keep(self, mut place: Place, number: usize, changes: Changes, told: Told) {
        let Some(group) = place.as_mut() else { return };
        let released = run(&mut group.connection, format!("RELEASE turn_{number}")).await;
        if let Err(error) = released {
            // As when the disk is full: SQLite has undone all of it.
            lose(&mut place, &error).await;
            let _ = told.send(Err(error.into()));
            return;
        }
        group.members.push(told);
        group.changes.add(changes);
        self.leave(place).await;
    }

    /// Undoes what was done in a turn.
    async fn undo(self, mut place: Place, number: usize) {
        let Some(group) = place.as_mut() else { return };
        match group.undo(&format!("turn_{number}")).await {
            Ok(()) => self.leave(place).await,
            Err(error) => lose(&mut place, &error).await,
        }
    }

    /// Gives the place to the next; the last one commits.
    async fn leave(self, mut place: Place) {
        let Some(group) = place.as_mut() else { return };
        if self.waiting.load(Ordering::Relaxed) == 0 || group.turns >= MOST {
            return self.finish(place).await;
        }
        // Those in line may all leave it: then it is this one's turn, which stands behind them.
        if !group.is_awaited {
            group.is_awaited = true;
            let line = self.line.clone();
            tokio::spawn(async move { self.finish(line.lock_owned().await).await });
        }
    }

    /// Commits the group, if there is one, and tells its members.
    async fn finish(&self, mut place: Place) {
        let Some(group) = place.as_mut() else { return };
        if group.is_spoiled {
            return lose(&mut place, &LEFT).await;
        }
        if group.turns > 0
            && let Err(error) = run(&mut group.connection, "COMMIT").await
        {
            return lose(&mut place, &error).await;
        }
        self.tell(place);
    }

    /// Tells the members of a group that it is on the disk.
    fn tell(&self, mut place: Place) {
        let Some(group) = place.take() else { return };
        self.idle.release(group.connection);
        // In the order of the commits, so before anybody else may commit.
        self.kept.apply(group.changes);
        drop(place);
        for told in group.members {
            let _ = told.send(Ok(()));
        }
        if let Some(alone) = &self.alone {
            alone.stamp.note_commit(self);
        }
    }
}

impl Group {
    fn new(connection: PoolConnection<Sqlite>) -> Self {
        Self {
            connection,
            members: Vec::new(),
            changes: Changes::default(),
            turns: 0,
            is_awaited: false,
            is_spoiled: false,
        }
    }

    /// Undoes one turn. An error where the transaction is gone with it, as when the disk is full: SQLite undoes all of it then.
    async fn undo(&mut self, savepoint: &str) -> sqlx::Result<()> {
        for sql in ["ROLLBACK TO", "RELEASE"] {
            if let Err(error) = run(&mut self.connection, format!("{sql} {savepoint}")).await {
                // The turn may not even have begun. No transaction begins within another.
                let is_open = run(&mut self.connection, "BEGIN").await.is_err();
                return if is_open { Ok(()) } else { Err(error) };
            }
        }
        Ok(())
    }
}

impl Turn {
    /// Ends the turn, and waits until its changes are on the disk.
    pub(super) async fn commit(mut self, changes: Changes) -> Result<(), StorageError> {
        let (told, hears) = oneshot::channel();
        if let Some(place) = self.place.take() {
            tokio::spawn(self.writer.clone().keep(place, self.number, changes, told));
        }
        hears.await.unwrap_or_else(gone)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some(mut place) = self.place.take() else {
            return;
        };
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(self.writer.clone().undo(place, self.number))),
            // The program ends: what was left must not be taken for a turn that was kept.
            Err(_) => {
                if let Some(group) = place.as_mut() {
                    group.is_spoiled = true;
                }
            }
        }
    }
}

impl Deref for Turn {
    type Target = Connection;
    #[expect(
        clippy::expect_used,
        reason = "a turn has its place until it is consumed or dropped"
    )]
    fn deref(&self) -> &Connection {
        let group = self.place.as_deref().and_then(Option::as_ref);
        &group.expect("a turn has a group").connection
    }
}

impl DerefMut for Turn {
    #[expect(
        clippy::expect_used,
        reason = "a turn has its place until it is consumed or dropped"
    )]
    fn deref_mut(&mut self) -> &mut Connection {
        let group = self.place.as_deref_mut().and_then(Option::as_mut);
        &mut group.expect("a turn has a group").connection
    }
}

/// Whoever was to tell is gone.
fn gone(_: oneshot::error::RecvError) -> Result<(), StorageError> {
    Err(StorageError::Unavailable(sqlx::Error::WorkerCrashed))
}

/// Counts somebody who waits, for as long as it lives.
struct Standing<'a>(&'a AtomicUsize);

impl<'a> Standing<'a> {
    fn in_line(waiting: &'a AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting)
    }
}

impl Drop for Standing<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn run(connection: &mut Connection, sql: impl Into<String>) -> sqlx::Result<()> {
    let query = sqlx::query(AssertSqlSafe(sql.into())).persistent(false);
    connection.execute(query).await.map(drop)
}

/// Undoes all of a group. The connection goes: whatever is wrong with it, SQLite undoes what is open when it is closed.
async fn lose(place: &mut Place, why: &(dyn Display + Sync)) {
    let Some(mut group) = place.take() else {
        return;
    };
    if run(&mut group.connection, "ROLLBACK").await.is_err() {
        group.connection.close_on_drop();
    }
    if group.members.is_empty() {
        return;
    }
    tracing::warn!(error = %why, members = group.members.len(), "transactions were undone together");
    for told in group.members {
        let _ = told.send(Err(StorageError::Undone(why.to_string())));
    }
}

mod batches;
mod exclusive;
#[cfg(test)]
mod tests;
