//! Batches: turns that are known before they begin. Whoever gets the place takes up all that wait, many in one hand-over to the
//! driver's thread; where one of them fails, each is done again alone.

use std::collections::VecDeque;
use std::mem::replace;
use std::sync::atomic::Ordering;
use std::sync::{MutexGuard, PoisonError};

use tokio::sync::oneshot;

use super::{Group, MOST, Place, Told, Writer, gone, lose};
use crate::storage::StorageError;
use crate::storage::lines::Move;
use crate::storage::statement::Batch;

/// Batches run in one hand-over to the driver's thread.
const BATCHES_AT_ONCE: usize = 16;

/// Batches that wait to be stored.
#[derive(Debug, Default)]
pub(super) struct Batches {
    waiting: VecDeque<(Batch, Told)>,
    /// Whether somebody is on the way to take them up.
    is_taken: bool,
}

/// Why a batch is not stored.
enum Failed {
    /// It was undone alone.
    Alone(StorageError),
    /// The whole group is undone with it.
    WithAll(sqlx::Error),
}

impl Batches {
    /// Takes the first that is still waited for, with others like it: at most `most`.
    fn take_alike(&mut self, most: usize) -> Option<Vec<(Batch, Told)>> {
        self.waiting.retain(|(_, told)| !told.is_closed());
        let (first, _) = self.waiting.front()?;
        let alike: Vec<usize> = (0..)
            .zip(&self.waiting)
            .filter(|(_, (batch, _))| batch.is_like(first))
            .map(|(at, _)| at)
            .take(most)
            .collect();
        let count = 1 << alike.len().checked_ilog2()?;
        let places = alike.into_iter().take(count).rev();
        let mut taken: Vec<_> = places.filter_map(|at| self.waiting.remove(at)).collect();
        taken.reverse();
        Some(taken)
    }
}

impl Writer {
    /// Stores a batch: a turn that is known before it begins, so that those who wait at once need one turn in the line.
    pub(in crate::storage) async fn store(&self, batch: Batch) -> Result<(), StorageError> {
        let (told, hears) = oneshot::channel();
        let is_first = {
            let mut batches = self.batches();
            batches.waiting.push_back((batch, told));
            !replace(&mut batches.is_taken, true)
        };
        if is_first {
            tokio::spawn(self.clone().take_up());
        }
        hears.await.unwrap_or_else(gone)
    }

    /// Takes up all batches that wait, and those that come meanwhile.
    async fn take_up(self) {
        let before = self.batches().waiting.len();
        let mut place = match self.place().await {
            Ok(place) => place,
            Err(error) => return self.refuse_batches(before, &error),
        };
        if let Err(error) = self.group(&mut place).await {
            return self.refuse_batches(before, &error);
        }
        loop {
            let batches = self.next_batches(&place);
            let Some(group) = place.as_mut().filter(|_| !batches.is_empty()) else {
                break;
            };
            let ran = match group.turns {
                0 => group.run_first(batches, self.nobody_waits()).await,
                _ => group.run_all(batches).await.map(|()| false),
            };
            let error = match ran {
                Ok(true) => {
                    self.tell(place);
                    return self.pass_on(&mut self.batches());
                }
                Ok(false) => continue,
                Err(error) => error,
            };
            lose(&mut place, &error).await;
            if let Err(error) = self.group(&mut place).await {
                return self.refuse_batches(usize::MAX, &error);
            }
        }
        self.leave(place).await;
    }

    /// The next batches that wait, of which the group has room for all; none where there are none, or where it is full: then
    /// somebody else takes up the others. Nobody waits any more for those that are left out: their clients hung up.
    ///
    /// They are of one kind, and as many as a power of two: each number of each kind is a text of its own, of which the driver
    /// keeps a hundred prepared.
    fn next_batches(&self, place: &Place) -> Vec<(Batch, Told)> {
        let mut batches = self.batches();
        let room = place
            .as_ref()
            .map_or(0, |group| MOST.saturating_sub(group.turns));
        let most = room.min(BATCHES_AT_ONCE);
        if let Some(next) = batches.take_alike(most) {
            return next;
        }
        self.pass_on(&mut batches);
        Vec::new()
    }

    /// Leaves those that wait to another taker.
    fn pass_on(&self, batches: &mut Batches) {
        batches.is_taken = !batches.waiting.is_empty();
        if batches.is_taken {
            tokio::spawn(self.clone().take_up());
        }
    }

    /// Whether nobody else is to come into the group. Whether it is right decides about speed alone.
    fn nobody_waits(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) == 0 && self.batches().waiting.is_empty()
    }

    /// Refuses the first `count` of those that wait. Who came later has waited less, and gets a taker of its own.
    fn refuse_batches(&self, count: usize, why: &StorageError) {
        let refused: Vec<_> = {
            let mut batches = self.batches();
            let count = count.min(batches.waiting.len());
            let refused = batches.waiting.drain(..count).collect();
            self.pass_on(&mut batches);
            refused
        };
        for (_, told) in refused {
            let _ = told.send(Err(StorageError::Undone(why.to_string())));
        }
    }

    fn batches(&self) -> MutexGuard<'_, Batches> {
        self.batches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Group {
    /// Begins, runs these, and commits where nobody else is to come: all in one hand-over, and without a savepoint, for which SQLite
    /// would copy each page. Where that fails, nothing of it is there, and it does as [`Group::run_all`]. Whether they are
    /// committed. An error is the whole group's.
    async fn run_first(
        &mut self,
        batches: Vec<(Batch, Told)>,
        is_whole: bool,
    ) -> sqlx::Result<bool> {
        let all = batches.iter().map(|(batch, _)| batch);
        let end = if is_whole { "COMMIT" } else { "" };
        if Batch::run(all, &mut self.connection, "BEGIN IMMEDIATE;", end)
            .await
            .is_ok()
        {
            self.turns += batches.len();
            for (batch, told) in batches {
                self.keep(batch.moves, told);
            }
            return Ok(is_whole);
        }
        if let Err(error) = super::run(&mut self.connection, "ROLLBACK").await {
            // It may not even have begun, or SQLite has undone all of it: the connection goes.
            self.members
                .extend(batches.into_iter().map(|(_, told)| told));
            return Err(error);
        }
        self.run_all(batches).await.map(|()| false)
    }

    /// Runs these together, or, where one of them fails, each alone, and tells those that failed. An error is the whole group's.
    async fn run_all(&mut self, batches: Vec<(Batch, Told)>) -> sqlx::Result<()> {
        if let [_, _, ..] = *batches {
            let begin = self.begin_batch();
            self.turns += batches.len();
            let all = batches.iter().map(|(batch, _)| batch);
            if Batch::run(all, &mut self.connection, begin, "RELEASE batch")
                .await
                .is_ok()
            {
                for (batch, told) in batches {
                    self.keep(batch.moves, told);
                }
                return Ok(());
            }
            if let Err(error) = self.undo("batch").await {
                self.members
                    .extend(batches.into_iter().map(|(_, told)| told));
                return Err(error);
            }
        }
        let mut batches = batches.into_iter();
        while let Some((batch, told)) = batches.next() {
            match self.run(&batch).await {
                Ok(()) => self.keep(batch.moves, told),
                Err(Failed::Alone(error)) => drop(told.send(Err(error))),
                Err(Failed::WithAll(error)) => {
                    let others = batches.map(|(_, told)| told);
                    self.members.extend([told].into_iter().chain(others));
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// What was done is part of the group, and its member is told when that is stored.
    fn keep(&mut self, moves: Vec<Move>, told: Told) {
        self.changes.moves.extend(moves);
        self.members.push(told);
    }

    fn begin_batch(&self) -> &'static str {
        match self.turns {
            0 => "BEGIN IMMEDIATE; SAVEPOINT batch;",
            _ => "SAVEPOINT batch;",
        }
    }

    /// Runs a batch as a turn of its own.
    async fn run(&mut self, batch: &Batch) -> Result<(), Failed> {
        let begin = self.begin_batch();
        self.turns += 1;
        match Batch::run([batch], &mut self.connection, begin, "RELEASE batch").await {
            Ok(()) => Ok(()),
            Err(error) => match self.undo("batch").await {
                Ok(()) => Err(Failed::Alone(error.into())),
                Err(error) => Err(Failed::WithAll(error)),
            },
        }
    }
}
