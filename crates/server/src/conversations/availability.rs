//! Agents say whether they are here or away, see that of their colleagues, and take what is next in all their queues.

use bonafide_protocol::ErrorCode;
use bonafide_protocol::availability::{
    AcceptedNext, Availability, AvailabilityChange, AvailabilityState, Colleague,
};
use bonafide_protocol::id::OperatorId;

use super::{Agent, Caller, Conversations, Refused};
use crate::clock::timestamp;
use crate::settings::{Fault, Text};
use crate::storage::audit::{self, Entry};
use crate::storage::availability::{self, Away, ColleagueRow};
use crate::storage::paging::{After, Slice};
use crate::storage::{Connection, conversations, queues};

/// A reason: a few words.
type Reason = Text<100>;

impl Conversations {
    /// The agent as their colleagues see them.
    pub(crate) async fn availability(&self, agent: &Agent) -> Result<Colleague, Refused> {
        self.asked(agent);
        let mut reader = self.storage.read().await?;
        self.colleague(&mut reader, &agent.id).await
    }

    /// The agent is here, or away. Saying the same again changes nothing, also not since when it is so.
    pub(crate) async fn set_availability(
        &self,
        caller: &Caller,
        agent: &Agent,
        change: AvailabilityChange,
    ) -> Result<Colleague, Refused> {
        let reason = judge(&change)?;
        self.asked(agent);
        let now = self.clock.now_ms();
        let mut transaction = self.storage.write().await?;
        let before = self.colleague(&mut transaction, &agent.id).await?;
        if before.availability.state == change.state && before.availability.reason == reason {
            transaction.commit().await?;
            return Ok(before);
        }
        let (away, action) = match change.state {
            AvailabilityState::Here => (None, "operator.here"),
            AvailabilityState::Away => {
                let away = Away {
                    since: now,
                    reason: reason.clone(),
                };
                (Some(away), "operator.away")
            }
        };
        availability::set(&mut transaction, &agent.id, away.as_ref()).await?;
        let mut entry = Entry::new(now, agent.actor(), action)
            .subject(&agent.id)
            .request(&caller.request_id);
        if let Some(reason) = reason {
            entry = entry.text("reason", reason);
        }
        audit::append(&mut transaction, entry).await?;
        let after = self.colleague(&mut transaction, &agent.id).await?;
        transaction.commit().await?;
        self.hub.availability_changed(&agent.id);
        self.due.agent(&agent.id);
        Ok(after)
    }

    /// The agent and those who serve a queue together with them, by name.
    pub(crate) async fn colleagues(
        &self,
        agent: &Agent,
        after: &After,
        limit: u32,
    ) -> Result<Slice<Colleague>, Refused> {
        self.asked(agent);
        let mut reader = self.storage.read().await?;
        let Slice { rows, more } =
            availability::colleagues(&mut reader, &agent.id, after, limit).await?;
        let rows = rows.into_iter().map(|row| self.shown(row)).collect();
        Ok(Slice { rows, more })
    }

    /// An operator as `viewer` sees them, if the two are colleagues.
    pub(crate) async fn colleague_for(
        &self,
        connection: &mut Connection,
        viewer: &OperatorId,
        id: &OperatorId,
    ) -> Result<Option<Colleague>, Refused> {
        if !availability::are_colleagues(connection, viewer, id).await? {
            return Ok(None);
        }
        let row = availability::find(connection, id).await?;
        Ok(row.map(|row| self.shown(row)))
    }

    /// Takes the conversation that is to be served next in the agent's queues. The server chooses, so two agents who ask at
    /// once get two, and nobody gets more than their capacity.
    pub(crate) async fn accept_next(
        &self,
        caller: &Caller,
        agent: &Agent,
    ) -> Result<AcceptedNext, Refused> {
        self.asked(agent);
        let now = self.clock.now_ms();
        let mut transaction = self.storage.write().await?;
        let standing = self.colleague(&mut transaction, &agent.id).await?;
        if let Some(capacity) = standing.capacity
            && standing.active >= capacity
        {
            return Err(Refused::new(
                ErrorCode::Conflict,
                full(standing.active, capacity),
            ));
        }
        let mut first = None;
        for queue in queues::served_by(&mut transaction, &agent.id, None).await? {
            let next = conversations::first_in_line(&mut transaction, &queue).await?;
            first = first.into_iter().chain(next).min();
        }
        let Some(first) = first else {
            return Ok(AcceptedNext { conversation: None });
        };
        let row = Self::find(&mut transaction, &first.id).await?;
        let after = Self::take(&mut transaction, caller, agent, &row, now).await?;
        transaction.commit().await?;
        self.tell_accepted(&row);
        Ok(AcceptedNext {
            conversation: Some(self.for_agent(&after)),
        })
    }

    async fn colleague(
        &self,
        connection: &mut Connection,
        id: &OperatorId,
    ) -> Result<Colleague, Refused> {
        let row = availability::find(connection, id).await?;
        // They were signed in a moment ago.
        row.map(|row| self.shown(row)).ok_or_else(|| {
            Refused::new(
                ErrorCode::SignInRequired,
                "There is no such operator any more.",
            )
        })
    }

    fn shown(&self, row: ColleagueRow) -> Colleague {
        Colleague {
            connected: self.presence.absent_for(&row.id).is_none(),
            id: row.id,
            name: row.name,
            availability: wire(row.away),
            active: row.active,
            capacity: row.capacity,
        }
    }
}

/// What somebody says of themselves, as it is shown.
pub(crate) fn wire(away: Option<Away>) -> Availability {
    match away {
        None => Availability {
            state: AvailabilityState::Here,
            reason: None,
            since: None,
        },
        Some(Away { since, reason }) => Availability {
            state: AvailabilityState::Away,
            reason,
            since: Some(timestamp(since)),
        },
    }
}

fn judge(change: &AvailabilityChange) -> Result<Option<String>, Refused> {
    let reason = change.reason.as_deref().map(Reason::parse).transpose();
    let refused = |fault: Fault| Refused::Fields(vec![fault.of("reason")]);
    let reason = reason.map_err(refused)?.map(Reason::into_string);
    if reason.is_some() && change.state == AvailabilityState::Here {
        return Err(refused(Fault::invalid(
            "A reason is for `away`. Leave it out, or say `away`.",
        )));
    }
    Ok(reason)
}

fn full(active: u32, capacity: u32) -> String {
    let have = match active {
        0 => "no conversation".to_owned(),
        1 => "1 conversation".to_owned(),
        more => format!("{more} conversations"),
    };
    let mend = if active == 0 {
        "Pick one by hand"
    } else {
        "Close one first, or pick one by hand"
    };
    format!("You have {have}, and your capacity is {capacity}. {mend}: that is not limited.")
}
