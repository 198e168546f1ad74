//! What happens by itself: proofs and offers lapse, sessions and single-use tokens are forgotten, conversations nobody can
//! answer in end, the sockets of an agent who was disabled from the command line close, and what follows from absences is
//! done.
//!
//! Must not be needed for who may do what: those rules are applied again when it matters. This tells people in time, acts
//! on absences, and keeps tables small.

use std::collections::HashSet;
use std::time::Duration;

use bonafide_protocol::admin::Actor;
use bonafide_protocol::id::OperatorId;
use tokio::time::{MissedTickBehavior, interval};

use super::close::{CLOSED, Closer};
use super::files::LONGEST_ARRIVAL_MS;
use super::{Conversations, Refused};
use crate::state::AppState;
use crate::storage::conversations;
use crate::storage::{StorageError, files, operators, token_ids, visitor_sessions};

/// How soon after a proof ran out, somebody came or went, or their agent was disabled by a command, people are told.
const TICK: Duration = Duration::from_secs(1);

/// Sweeps come once in this many ticks.
const SWEEP_EVERY: u32 = 60;

/// Files removed by one sweep; what is left is for the next.
const FILES_AT_ONCE: u32 = 100;

/// Runs for as long as the server does.
pub(crate) async fn keep_house(state: AppState) {
    let house = &state.conversations;
    let mut disabled = HashSet::new();
    let mut looked_at = None;
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for count in 0_u32.. {
        ticks.tick().await;
        if let Err(error) = house.tell_lapsed().await {
            tracing::warn!(?error, "lapsed proofs could not be noted");
        }
        if let Err(error) = house.tell_disabled(&mut disabled).await {
            tracing::warn!(?error, "disabled operators could not be read");
        }
        if let Err(error) = house.storage.look_at_configuration().await {
            tracing::warn!(?error, "the version of the configuration could not be read");
        }
        if let Err(error) = house.take_from_absent_agents().await {
            tracing::warn!(?error, "conversations could not be handed back");
        }
        if let Err(error) = house.lapse_offers().await {
            tracing::warn!(?error, "offers could not be ended");
        }
        if let Err(error) = house.release_places(&mut looked_at).await {
            tracing::warn!(
                ?error,
                "the places of visitors who are gone could not be released"
            );
        }
        house.tell_presence();
        if let Err(error) = house.tell_served().await {
            tracing::warn!(
                ?error,
                "visitors could not be told whether somebody is there"
            );
        }
        if count % SWEEP_EVERY == 0 {
            if let Err(error) = house.sweep().await {
                tracing::warn!(?error, "the sweep failed");
            }
            if let Err(error) = house.sweep_files().await {
                tracing::warn!(?error, "files that did not arrive could not be removed");
            }
        }
    }
}

impl Conversations {
    /// Lets the sockets of operators check their rights who were disabled since `known` was read. The console does so
    /// itself; a command beside the server cannot.
    async fn tell_disabled(&self, known: &mut HashSet<OperatorId>) -> Result<(), StorageError> {
        let mut reader = self.storage.read().await?;
        let disabled = operators::disabled(&mut reader).await?;
        for id in disabled.difference(known) {
            self.hub.operator_changed(id);
        }
        *known = disabled;
        Ok(())
    }

    /// Removes what is in the store of files that did not arrive: their senders, or a server before, gave up on them.
    async fn sweep_files(&self) -> Result<(), StorageError> {
        let before = self.clock.now_ms() - LONGEST_ARRIVAL_MS;
        let mut reader = self.storage.read().await?;
        let left = files::left_behind(&mut reader, before, FILES_AT_ONCE).await?;
        drop(reader);
        for id in left {
            self.discard_file(&id).await;
        }
        Ok(())
    }

    async fn sweep(&self) -> Result<(), Refused> {
        self.presence.sweep();
        let now = self.clock.now_ms();
        let mut transaction = self.storage.write().await?;
        token_ids::forget_old(&mut transaction, now.div_euclid(1000)).await?;
        visitor_sessions::delete_expired(&mut transaction, now).await?;
        let mut closed = Vec::new();
        for id in conversations::abandoned(&mut transaction).await? {
            let row = Self::find(&mut transaction, &id).await?;
            let by = Closer {
                actor: Actor::System,
                caller: None,
                action: CLOSED,
            };
            if self.close_row(&mut transaction, &row, by, now).await? {
                closed.push(row);
            }
        }
        transaction.commit().await?;
        for row in &closed {
            self.tell_closed(row);
        }
        Ok(())
    }
}
