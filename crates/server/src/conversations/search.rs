//! The search over all conversations that an agent may read.
//!
//! Texts are compared here, newest conversation first, and one answer looks through a limited number of them: then it says how
//! far it came, and the next goes on from there. So no search keeps the database busy for long, whatever is stored, and nothing
//! is written for the sake of searches that nobody makes.

use bonafide_protocol::id::{ConversationId, OperatorId, QueueId};
use bonafide_protocol::search::{FoundConversation, FoundConversations, FoundMessage, SearchState};

use super::{Agent, Conversations, Refused};
use crate::clock::timestamp;
use crate::domain::search_terms::SearchTerms;
use crate::storage::conversations::{self, Searched, SearchedFrom, StartedBefore};
use crate::storage::messages::{self, MessageRow, TOGETHER};
use crate::storage::paging::{After, Slice};
use crate::storage::{Connection, StorageError};

/// What is looked for.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    pub(crate) person: Option<SearchTerms>,
    pub(crate) text: Option<SearchTerms>,
    pub(crate) queue: Option<QueueId>,
    pub(crate) state: Option<SearchState>,
    pub(crate) agent: Option<OperatorId>,
    /// Unix milliseconds.
    pub(crate) from: i64,
    pub(crate) before: StartedBefore,
    pub(crate) limit: usize,
}

/// What was found, and whether there is more to look through.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) items: Vec<FoundConversation>,
    /// Where to go on.
    pub(crate) next: Option<StartedBefore>,
}

/// How much one answer may still look at.
struct Budget {
    conversations: usize,
    messages: usize,
}

impl Conversations {
    /// Looks for conversations.
    pub(crate) async fn search(&self, agent: &Agent, search: Search) -> Result<Found, Refused> {
        self.asked(agent);
        let among = among(agent, &search);
        let mut budget = Budget {
            conversations: MOST_CONVERSATIONS,
            messages: MOST_MESSAGES,
        };
        let mut hits: Vec<(Searched, Option<MessageRow>)> = Vec::new();
        let mut place = search.before.clone();
        let mut reader = self.storage.read().await?;
        let is_all = 'looking: loop {
            let batch =
                conversations::searched(&mut reader, &agent.id, &among, &place, BATCH).await?;
            // Those that started too early are the last that there are.
            let is_last = batch.len() < BATCH as usize
                || batch
                    .last()
                    .is_some_and(|last| last.started_at < search.from);
            let mut batch = batch.into_iter().peekable();
            while let Some((chunk, until)) = chunk(&mut batch, &search, &mut budget) {
                for hit in find_in(&mut reader, chunk, search.text.as_ref()).await? {
                    hits.push(hit);
                    if hits.len() > search.limit {
                        break 'looking false;
                    }
                }
                place = until;
                if budget.is_spent() {
                    break 'looking is_last && batch.peek().is_none();
                }
            }
            if is_last {
                break true;
            }
        };
        // One more than wanted shows that there is more.
        if hits.len() > search.limit {
            hits.truncate(search.limit);
            if let Some((last, _)) = hits.last() {
                place = place_of(last);
            }
        }
        let mut items = Vec::with_capacity(hits.len());
        for (hit, message) in hits {
            let row = Self::find(&mut reader, &hit.id).await?;
            items.push(FoundConversation {
                conversation: self.for_agent(&row),
                message: message
                    .zip(search.text.as_ref())
                    .map(|(message, terms)| shown(message, terms)),
            });
        }
        Ok(Found {
            items,
            next: (!is_all).then_some(place),
        })
    }
}

impl Found {
    /// As it is answered, with the cursor that `write` makes.
    pub(crate) fn answer(self, write: impl FnOnce(&After) -> String) -> FoundConversations {
        let searched_to = self.next.as_ref().map(|next| timestamp(next.started_at));
        let next = self.next.map(|next| {
            write(&After {
                key: next.started_at.to_string(),
                id: next.id,
            })
        });
        FoundConversations {
            items: self.items,
            next,
            searched_to,
        }
    }
}

impl Budget {
    fn is_spent(&self) -> bool {
        self.conversations == 0 || self.messages == 0
    }
}

/// Of another agent's only a supervisor finds anything, and of another state's nobody.
fn among(agent: &Agent, search: &Search) -> SearchedFrom {
    let (own, nobodys) = match search.state {
        None | Some(SearchState::Closed) => (true, true),
        Some(SearchState::Active) => (true, false),
        Some(SearchState::Waiting | SearchState::Unanswered) => (false, true),
    };
    let with = search.agent.as_ref();
    if own && with.is_none() && agent.is_supervisor {
        return SearchedFrom::All;
    }
    let of = with.unwrap_or(&agent.id);
    let may_read = *of == agent.id || agent.is_supervisor;
    SearchedFrom::Of {
        agent: (own && may_read).then(|| of.clone()),
        nobodys: nobodys && with.is_none(),
    }
}

/// Whether it may be read, and is one of those that are looked for.
fn is_wanted(searched: &Searched, search: &Search) -> bool {
    let is_so = match search.state {
        None => true,
        Some(SearchState::Waiting) => searched.state == "waiting",
        Some(SearchState::Active) => searched.state == "active",
        Some(SearchState::Closed) => searched.state == "closed",
        Some(SearchState::Unanswered) => searched.state == "closed" && searched.agent.is_none(),
    };
    let queue = search.queue.as_ref();
    let person = search.person.as_ref();
    searched.is_readable
        && searched.started_at >= search.from
        && is_so
        && queue.is_none_or(|queue| *queue == searched.queue)
        && person.is_none_or(|terms| is_with(searched, terms))
}

/// The next conversations that are wanted and whose messages are read together, and the place of the last that was
/// looked at. `None` at the end.
fn chunk(
    batch: &mut std::iter::Peekable<std::vec::IntoIter<Searched>>,
    search: &Search,
    budget: &mut Budget,
) -> Option<(Vec<Searched>, StartedBefore)> {
    let mut until = None;
    let mut chunk = Vec::new();
    let mut messages = 0;
    while chunk.len() < TOGETHER
        && !budget.is_spent()
        && let Some(next) = batch.next_if(|next| {
            chunk.is_empty() || messages + next.last_seq as usize <= MESSAGES_AT_ONCE
        })
    {
        until = Some(place_of(&next));
        budget.conversations -= 1;
        if is_wanted(&next, search) {
            messages += next.last_seq as usize;
            budget.messages = budget.messages.saturating_sub(next.last_seq as usize);
            chunk.push(next);
        }
    }
    until.map(|until| (chunk, until))
}

/// Whether all words stand in the names, the addresses or the subject of whom a conversation is with.
fn is_with(searched: &Searched, terms: &SearchTerms) -> bool {
    let profile = &searched.profile;
    let texts = [
        &searched.contact_name,
        &searched.contact_email,
        &profile.given_name,
        &profile.family_name,
        &profile.preferred_username,
        &profile.email,
        &searched.subject,
    ];
    let texts: Vec<&str> = texts.into_iter().flatten().map(String::as_str).collect();
    terms.are_in(&texts.join("\n"))
}

/// Those of the chunk with a message that holds all words, in order; all of them where no text is looked for.
async fn find_in(
    connection: &mut Connection,
    chunk: Vec<Searched>,
    terms: Option<&SearchTerms>,
) -> Result<Vec<(Searched, Option<MessageRow>)>, StorageError> {
    let Some(terms) = terms else {
        return Ok(chunk.into_iter().map(|searched| (searched, None)).collect());
    };
    if chunk.is_empty() {
        return Ok(Vec::new());
    }
    if let [long] = chunk.as_slice()
        && long.last_seq as usize > MESSAGES_AT_ONCE
    {
        let message = find_in_long(connection, long, terms).await?;
        return Ok(message
            .map(|message| (long.clone(), Some(message)))
            .into_iter()
            .collect());
    }
    let ids: Vec<&ConversationId> = chunk.iter().map(|searched| &searched.id).collect();
    let mut messages = messages::of_all(connection, &ids).await?;
    messages.retain(|(_, message)| terms.are_in(&message.text));
    let found = chunk.into_iter().filter_map(|searched| {
        let (_, message) = messages.iter().find(|(id, _)| *id == searched.id)?;
        Some((searched, Some(message.clone())))
    });
    Ok(found.collect())
}

/// The first message of a long conversation that holds all words, read in portions.
async fn find_in_long(
    connection: &mut Connection,
    searched: &Searched,
    terms: &SearchTerms,
) -> Result<Option<MessageRow>, StorageError> {
    let mut after = 0;
    loop {
        let Slice { rows, more } =
            messages::after(connection, &searched.id, after, PORTION).await?;
        after = rows.last().map_or(after, |row| row.seq);
        let found = rows.into_iter().find(|row| terms.are_in(&row.text));
        if found.is_some() || !more {
            return Ok(found);
        }
    }
}

fn place_of(searched: &Searched) -> StartedBefore {
    StartedBefore {
        started_at: searched.started_at,
        id: searched.id.as_str().to_owned(),
    }
}

fn shown(row: MessageRow, terms: &SearchTerms) -> FoundMessage {
    FoundMessage {
        seq: row.seq,
        from: row.author,
        name: row.name,
        excerpt: terms.excerpt(&row.text),
        sent_at: timestamp(row.sent_at),
    }
}

/// Conversations that one answer looks at, at most: less than a tenth of a second.
const MOST_CONVERSATIONS: usize = 10_000;
/// Messages that one answer looks at, but for the rest of its last conversations: about a tenth of a second.
const MOST_MESSAGES: usize = 20_000;
/// Conversations read from the index at once.
const BATCH: u32 = 200;
/// Messages read at once; a conversation with more is read by itself, in portions.
const MESSAGES_AT_ONCE: usize = 2_000;
const PORTION: u32 = 1_000;
