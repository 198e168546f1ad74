//! Who waits in which queue, in the order of serving, in memory: what place somebody has is asked each time anybody comes or
//! goes, and to count the rows before it would cost as much as the queue is long.
//!
//! Kept beside the table, never instead of it: filled from it when the database is opened, and changed when a transaction that
//! changed the table is on the disk, in the order of the commits. Must decide nothing that is stored.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bonafide_protocol::id::QueueId;

use super::conversations::{self, InLine};
use super::{Connection, StorageError};

/// A line is kept in parts of at most this many, so that nobody's coming moves more than one part.
const PART: usize = 512;

/// The lines of all queues. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lines(Arc<Mutex<HashMap<QueueId, Line>>>);

/// Somebody came into the line of a queue, or left it.
#[derive(Clone, Debug)]
pub(crate) struct Move {
    queue: QueueId,
    who: InLine,
    comes: bool,
}

/// Where somebody stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Place {
    /// From 1.
    pub(crate) position: u32,
    /// How many wait in the queue, with this one.
    pub(crate) of: u32,
}

impl Move {
    pub(super) fn into(queue: QueueId, who: InLine) -> Self {
        Self {
            queue,
            who,
            comes: true,
        }
    }

    pub(super) fn out_of(queue: QueueId, who: InLine) -> Self {
        Self {
            queue,
            who,
            comes: false,
        }
    }
}

impl Lines {
    /// Reads who waits.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(super) async fn fill(&self, connection: &mut Connection) -> Result<(), StorageError> {
        self.apply(conversations::all_in_line(connection).await?);
        Ok(())
    }

    /// What a commit changed.
    pub(super) fn apply(&self, moves: impl IntoIterator<Item = Move>) {
        let mut lines = self.lock();
        for Move { queue, who, comes } in moves {
            if comes {
                lines.entry(queue).or_default().add(who);
            } else if let Some(line) = lines.get_mut(&queue) {
                line.remove(&who);
                if line.parts.is_empty() {
                    lines.remove(&queue);
                }
            }
        }
    }

    /// The place of one that waits; `None` when it does not, or is not stored yet.
    pub(crate) fn place(&self, queue: &QueueId, who: &InLine) -> Option<Place> {
        self.lock().get(queue)?.place(who)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<QueueId, Line>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One queue's line, in order. No part is empty.
#[derive(Debug, Default)]
struct Line {
    parts: Vec<Vec<InLine>>,
}

impl Line {
    fn len(&self) -> usize {
        self.parts.iter().map(Vec::len).sum()
    }

    /// The part in which one stands, or would.
    fn part_of(&self, who: &InLine) -> usize {
        self.parts
            .partition_point(|part| part.last().is_some_and(|last| last < who))
    }

    fn add(&mut self, who: InLine) {
        let mut index = self.part_of(&who);
        if index == self.parts.len() {
            // Behind all: mostly so, as those of one priority stand by the time they came.
            index = match self.parts.last() {
                Some(last) if last.len() < PART => index - 1,
                _ => {
                    self.parts.push(Vec::new());
                    index
                }
            };
        }
        let Some(part) = self.parts.get_mut(index) else {
            return;
        };
        let Err(at) = part.binary_search(&who) else {
            return;
        };
        part.insert(at, who);
        if part.len() > PART {
            let rest = part.split_off(PART / 2);
            self.parts.insert(index + 1, rest);
        }
    }

    fn remove(&mut self, who: &InLine) {
        let index = self.part_of(who);
        let Some(part) = self.parts.get_mut(index) else {
            return;
        };
        if let Ok(at) = part.binary_search(who) {
            part.remove(at);
        }
        if part.is_empty() {
            self.parts.remove(index);
        }
    }

    fn place(&self, who: &InLine) -> Option<Place> {
        let index = self.part_of(who);
        let at = self.parts.get(index)?.binary_search(who).ok()?;
        let before: usize = self.parts.iter().take(index).map(Vec::len).sum();
        Some(Place {
            position: count(before + at + 1),
            of: count(self.len()),
        })
    }
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn length(lines: &Lines, queue: &QueueId) -> usize {
        lines.lock().get(queue).map_or(0, Line::len)
    }

    fn queue(number: u8) -> QueueId {
        QueueId::from_text(format!("que_{number}"))
    }

    /// Few values, so that equal ones and neighbours come up.
    fn somebody() -> impl Strategy<Value = (u8, InLine)> {
        (0..3_u8, -2..3_i32, any::<bool>(), 0..40_i64, 0..4_u8).prop_map(
            |(queue, priority, is_first, started_at, id)| {
                let id = format!("cnv_{id}");
                (
                    queue,
                    InLine::of(priority, i64::from(!is_first), started_at, &id),
                )
            },
        )
    }

    proptest! {
        /// Against plain counting, whoever comes and goes.
        #[test]
        fn places_are_those_of_a_sorted_list(moves in vec((any::<bool>(), somebody()), 0..2_000)) {
            let lines = Lines::default();
            let mut plain: HashMap<u8, Vec<InLine>> = HashMap::new();
            for (comes, (number, who)) in moves {
                let known = plain.entry(number).or_default();
                known.retain(|other| *other != who);
                if comes {
                    known.push(who.clone());
                    lines.apply([Move::into(queue(number), who)]);
                } else {
                    lines.apply([Move::out_of(queue(number), who)]);
                }
            }
            for (number, mut known) in plain {
                known.sort_unstable();
                prop_assert_eq!(length(&lines, &queue(number)), known.len());
                for (before, who) in known.iter().enumerate() {
                    let place = Place { position: count(before + 1), of: count(known.len()) };
                    prop_assert_eq!(lines.place(&queue(number), who), Some(place));
                }
            }
        }
    }

    #[test]
    fn a_long_line_stands_in_parts_that_are_never_empty() {
        let lines = Lines::default();
        let who = |number: i64| InLine::of(0, 1, number, "cnv_1");
        // Every third first, so that others come between.
        for step in 0..3 {
            lines.apply((0..5_000).map(|number| Move::into(queue(1), who(number * 3 + step))));
        }
        let of = 15_000;
        for position in [1, 2, 512, 513, 7_777, of] {
            let place = lines.place(&queue(1), &who(i64::from(position) - 1));
            assert_eq!(place, Some(Place { position, of }));
        }
        for part in &lines.lock()[&queue(1)].parts {
            assert!((1..=PART).contains(&part.len()));
        }
        lines.apply((0..15_000).map(|number| Move::out_of(queue(1), who(number))));
        assert_eq!(length(&lines, &queue(1)), 0);
        assert!(lines.lock().is_empty());
    }
}
