//! The other conversations of the verified person whom a conversation is with: earlier ones, and those that run elsewhere.

use bonafide_protocol::id::ConversationId;
use bonafide_protocol::same_person::SamePersonConversation;

use super::{Agent, Conversations, Refused, view};
use crate::clock::timestamp;
use crate::domain::conversation::State;
use crate::storage::conversations::{self, PersonsRow, Reading, StartedBefore};
use crate::storage::paging::Slice;

impl Conversations {
    /// Those that started before a place, newest start first; none where nobody is proved. Whoever has the conversation learns
    /// that the others exist, in whichever queue; whoever else may read it, of those in queues that they serve. What they may
    /// read of one is judged as when they ask for it.
    pub(crate) async fn same_person(
        &self,
        agent: &Agent,
        id: &ConversationId,
        before: &StartedBefore,
        limit: u32,
    ) -> Result<Slice<(StartedBefore, SamePersonConversation)>, Refused> {
        self.asked(agent);
        let mut reader = self.storage.read().await?;
        let row = Self::find_to_read(&mut reader, agent, id).await?;
        let Some(person) = row.identity.verified() else {
            return Ok(Slice {
                rows: Vec::new(),
                more: false,
            });
        };
        let has_it = matches!(&row.state, State::Active { agent: holder } if *holder == agent.id);
        let in_all_queues = has_it || agent.is_supervisor;
        let others = conversations::of_person(
            &mut reader,
            &agent.id,
            (person, id),
            in_all_queues,
            before,
            limit,
        )
        .await?;
        let mut rows = Vec::with_capacity(others.rows.len());
        for other in others.rows {
            let reading = conversations::reading(&mut reader, &agent.id, &other.id).await?;
            let place = StartedBefore {
                started_at: other.started_at,
                id: other.id.as_str().to_owned(),
            };
            rows.push((place, shown(other, reading)));
        }
        Ok(Slice {
            rows,
            more: others.more,
        })
    }
}

fn shown(row: PersonsRow, reading: Reading) -> SamePersonConversation {
    SamePersonConversation {
        id: row.id,
        state: view::state(&row.state),
        queue: row.queue,
        agent: row.agent,
        started_at: timestamp(row.started_at),
        closed_at: row.closed_at.map(timestamp),
        closing_reason: row.closing_reason,
        page_url: (reading != Reading::Unknown).then_some(row.page_url),
        is_readable: matches!(reading, Reading::Own | Reading::OfTheirPerson),
    }
}
