//! To whom a conversation can be handed over, and who of them is there.

use std::collections::{HashMap, HashSet};

use bonafide_protocol::hand_over::{Colleagues, HandOverAgent, StaffedQueue};
use bonafide_protocol::id::{ConversationId, OperatorId, QueueId};

use super::{Agent, Conversations, Refused};
use crate::storage::colleagues;

impl Conversations {
    /// The colleagues who serve a conversation's queue, and all queues. Whoever may read it may ask.
    pub(crate) async fn hand_over_targets(
        &self,
        agent: &Agent,
        id: &ConversationId,
    ) -> Result<Colleagues, Refused> {
        self.asked(agent);
        let mut reader = self.storage.read().await?;
        let row = Self::find_as_own(&mut reader, agent, id).await?;
        let mut agents = Vec::new();
        for colleague in colleagues::of_queue(&mut reader, &row.queue).await? {
            if colleague.id != agent.id {
                agents.push(HandOverAgent {
                    is_here: self.presence.is_here(&colleague.id),
                    id: colleague.id,
                    name: colleague.name,
                    is_away: colleague.is_away,
                    active: colleague.active,
                });
            }
        }
        let enabled = colleagues::enabled(&mut reader).await?;
        let here: HashSet<OperatorId> = enabled
            .iter()
            .filter(|operator| self.presence.is_here(&operator.id))
            .map(|operator| operator.id.clone())
            .collect();
        let mut members: HashMap<QueueId, HashSet<OperatorId>> = HashMap::new();
        for (queue, member) in colleagues::members(&mut reader).await? {
            if here.contains(&member) {
                members.entry(queue).or_default().insert(member);
            }
        }
        // They serve all queues, also those that name others.
        let supervisors: HashSet<OperatorId> = enabled
            .into_iter()
            .filter(|operator| operator.is_supervisor && here.contains(&operator.id))
            .map(|operator| operator.id)
            .collect();
        let queues = colleagues::queues(&mut reader).await?;
        let queues = queues.into_iter().map(|queue| {
            let count = if queue.everyone {
                here.len()
            } else {
                let named = members.get(&queue.id);
                let named = named.map_or(0, |named| named.difference(&supervisors).count());
                named + supervisors.len()
            };
            StaffedQueue {
                id: queue.id,
                name: queue.name,
                here: u32::try_from(count).unwrap_or(u32::MAX),
            }
        });
        Ok(Colleagues {
            agents,
            queues: queues.collect(),
        })
    }
}
