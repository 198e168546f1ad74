//! Files: sent by either side as a message, and read by both.
//!
//! A file is judged while it arrives, and in the store before the message that brings it is stored: what was acknowledged is
//! there. Its row is there before either, so that what a kill leaves in the store is found again without a look at all that
//! lies in it.

use std::time::Duration;

use bonafide_protocol::ErrorCode;
use bonafide_protocol::file::{FilePolicy, FileType};
use bonafide_protocol::id::{ConversationId, FileId};
use bonafide_protocol::operator::Role;
use bonafide_protocol::visitor::Message;
use bytes::Bytes;
use futures_util::Stream;
use metrics::counter;
use tokio::time::Instant;

use super::accept::named;
use super::messages::{Draft, party_of};
use super::{Agent, Caller, Conversations, Refused, fields};
use crate::files::name::FileName;
use crate::files::store::FileReader;
use crate::random;
use crate::settings::MOST_FILE_BYTES;
use crate::storage::conversations::ConversationRow;
use crate::storage::files::{self, FileRow};
use crate::storage::{Connection, messages, operators, widgets};

mod receive;

use receive::{next, receive, too_large, unavailable};

/// What is said of a file that arrives. Nothing of it is proved.
#[derive(Clone, Debug)]
pub struct FileHead {
    /// As its sender calls it.
    pub(crate) name: String,
    pub(crate) client_id: String,
    /// How long it is to be, where that is said.
    pub(crate) length: Option<u64>,
}

/// A file that arrives.
#[derive(Debug)]
pub(crate) struct Arriving<S> {
    pub(crate) head: FileHead,
    pub(crate) pieces: S,
    /// How long the next piece may take.
    pub(crate) patience: Duration,
}

/// A file that somebody reads.
pub(crate) struct OpenFile {
    pub(crate) row: FileRow,
    pub(crate) content: Box<dyn FileReader>,
}

impl Conversations {
    /// The visitor sends a file. The caller has checked the session.
    pub(crate) async fn send_file_as_visitor<S, E>(
        &self,
        caller: &Caller,
        id: &ConversationId,
        mut arriving: Arriving<S>,
    ) -> Result<Message, Refused>
    where
        S: Stream<Item = Result<Bytes, E>> + Send + Unpin,
        E: Send,
    {
        let limited = (self.limits).file_of_network(caller.network);
        let sent = match limited {
            Ok(()) => self.send_file(None, id, &mut arriving).await,
            Err(refused) => Err(refused),
        };
        self.told(sent, arriving).await
    }

    /// The agent who has the conversation sends a file.
    pub(crate) async fn send_file_as_agent<S, E>(
        &self,
        agent: &Agent,
        id: &ConversationId,
        mut arriving: Arriving<S>,
    ) -> Result<Message, Refused>
    where
        S: Stream<Item = Result<Bytes, E>> + Send + Unpin,
        E: Send,
    {
        self.asked(agent);
        let sent = self.send_file(Some(agent), id, &mut arriving).await;
        self.told(sent, arriving).await
    }

    /// A file of the visitor's conversation. The caller has checked the session.
    pub(crate) async fn file_for_visitor(
        &self,
        id: &ConversationId,
        file: &FileId,
    ) -> Result<OpenFile, Refused> {
        let mut reader = self.storage.read().await?;
        let row = find(&mut reader, id, file).await?;
        drop(reader);
        self.open_file(row).await
    }

    /// A file of a conversation that the agent may read.
    pub(crate) async fn file_for_agent(
        &self,
        agent: &Agent,
        id: &ConversationId,
        file: &FileId,
    ) -> Result<OpenFile, Refused> {
        let mut reader = self.storage.read().await?;
        Self::find_to_read(&mut reader, agent, id).await?;
        let row = find(&mut reader, id, file).await?;
        drop(reader);
        self.open_file(row).await
    }

    /// Removes what the store has of a file that did not arrive, and then its row: a row without content is found again,
    /// content without a row is not. Leaves one alone that did arrive.
    pub(super) async fn discard_file(&self, id: &FileId) {
        if let Err(error) = self.try_discard_file(id).await {
            tracing::warn!(
                ?error,
                "a file that did not arrive stays until the next sweep"
            );
        }
    }

    async fn try_discard_file(&self, id: &FileId) -> Result<(), Refused> {
        let mut transaction = self.storage.write().await?;
        // From here on it cannot be completed any more.
        if !files::give_up(&mut transaction, id).await? {
            return Ok(());
        }
        transaction.commit().await?;
        (self.files.delete(id).await).map_err(|error| unavailable(&error))?;
        let mut transaction = self.storage.write().await?;
        files::forget(&mut transaction, id).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn open_file(&self, row: FileRow) -> Result<OpenFile, Refused> {
        match self.files.open(&row.id).await {
            Ok(Some(content)) => Ok(OpenFile { row, content }),
            Ok(None) => {
                tracing::error!(file = %row.id, "a file is missing in the data folder");
                Err(Refused::new(
                    ErrorCode::Unavailable,
                    "The file is missing on the server.",
                ))
            }
            Err(error) => Err(unavailable(&error)),
        }
    }

    async fn send_file<S, E>(
        &self,
        agent: Option<&Agent>,
        id: &ConversationId,
        arriving: &mut Arriving<S>,
    ) -> Result<Message, Refused>
    where
        S: Stream<Item = Result<Bytes, E>> + Send + Unpin,
        E: Send,
    {
        fields::judge_file(&arriving.head.client_id)?;
        self.limits.file(id)?;
        let file = FileId::from_bits(random::bits());
        let (policy, is_new) = self.begin_file(agent, id, &file, &arriving.head).await?;
        let sent = async {
            let writer = match is_new {
                true => {
                    let writer = self.files.create(&file).await;
                    Some(writer.map_err(|error| unavailable(&error))?)
                }
                false => None,
            };
            let (judged, sha256) = receive(writer, &policy, arriving).await?;
            let name = FileName::new(&arriving.head.name, judged.kind).into_string();
            let row = FileRow {
                id: file.clone(),
                name: name.clone(),
                kind: judged.kind,
                // The limit is one.
                bytes: u32::try_from(judged.bytes).unwrap_or(u32::MAX),
                width: judged.size.map(|size| size.width),
                height: judged.size.map(|size| size.height),
                sha256,
            };
            let mut transaction = self.storage.write().await?;
            let agent = match agent {
                Some(agent) => Some(still(&mut transaction, agent).await?),
                None => None,
            };
            let agent = agent.as_ref();
            let conversation = Self::find_party(&mut transaction, agent, id).await?;
            let draft = Draft {
                client_id: arriving.head.client_id.clone(),
                text: name,
                file: Some(row),
            };
            self.write(transaction, &conversation, agent, draft).await
        };
        let sent = sent.await;
        let is_sent = matches!(&sent, Ok(message) if message.attachment.as_ref().is_some_and(|sent| sent.id == file));
        if is_new && !is_sent {
            // It was refused, or the same was sent twice at once.
            self.discard_file(&file).await;
        }
        sent
    }

    /// Notes that a file arrives, if this one may. Gives which it may be, and whether it is one that is to be stored: of one
    /// that is sent again it is only looked whether it is the same.
    async fn begin_file(
        &self,
        agent: Option<&Agent>,
        id: &ConversationId,
        file: &FileId,
        head: &FileHead,
    ) -> Result<(FilePolicy, bool), Refused> {
        let mut transaction = self.storage.write().await?;
        let row = Self::find_party(&mut transaction, agent, id).await?;
        if agent.is_none() && row.state.is_open() {
            self.presence.visitor_acted(id);
        }
        let operator = agent.map(|agent| &agent.id);
        let client_id = &head.client_id;
        // What was stored stays acknowledged, whatever has changed since.
        if (messages::find(&mut transaction, id, operator, client_id).await?).is_some() {
            return Ok((any_files(), false));
        }
        row.state
            .write(&party_of(&row, agent))
            .map_err(|refused| named(refused, &row))?;
        let Some(policy) = widgets::files(&mut transaction, &row.widget).await? else {
            return Err(Refused::new(
                ErrorCode::Forbidden,
                "No files can be sent in this chat.",
            ));
        };
        let length = head.length.unwrap_or_else(|| policy.max_bytes.into());
        let most = match u32::try_from(length) {
            Ok(most) if most <= policy.max_bytes => most,
            _ => return Err(too_large(&head.name, &policy)),
        };
        let total = files::total(&mut transaction, id).await?;
        if total.count >= MOST_FILES || total.bytes + u64::from(most) > MOST_BYTES {
            return Err(Refused::new(
                ErrorCode::Conflict,
                format!(
                    "A conversation holds at most {MOST_FILES} files, and {} MB of them. There is no room for this one.",
                    MOST_BYTES / 1024 / 1024
                ),
            ));
        }
        // Not 0, which means that it was given up.
        let most = most.max(1);
        files::begin(&mut transaction, file, id, most, self.clock.now_ms()).await?;
        transaction.commit().await?;
        Ok((policy, true))
    }

    /// The answer, once its reader can be expected to read it: one that still sends does not, and would see a connection
    /// that broke.
    async fn told<S, E>(
        &self,
        sent: Result<Message, Refused>,
        mut arriving: Arriving<S>,
    ) -> Result<Message, Refused>
    where
        S: Stream<Item = Result<Bytes, E>> + Send + Unpin,
        E: Send,
    {
        if sent.is_err() {
            counter!("bonafide_files_refused_total").increment(1);
            let end = Instant::now() + arriving.patience;
            let mut left = MOST_PASSED;
            while let Ok(Some(piece)) = next(&mut arriving, end).await {
                left = left.saturating_sub(piece.len());
                if left == 0 {
                    break;
                }
            }
        }
        sent
    }

    /// The conversation as this party may find it.
    async fn find_party(
        connection: &mut Connection,
        agent: Option<&Agent>,
        id: &ConversationId,
    ) -> Result<ConversationRow, Refused> {
        match agent {
            Some(agent) => Self::find_for_agent(connection, agent, id).await,
            None => Self::find(connection, id).await,
        }
    }
}

/// An agent with the rights of now: a file may take long to arrive.
async fn still(connection: &mut Connection, agent: &Agent) -> Result<Agent, Refused> {
    match operators::find(connection, &agent.id).await? {
        Some(row) if !row.disabled => Ok(Agent {
            is_supervisor: row.role == Role::Supervisor,
            ..agent.clone()
        }),
        _ => Err(Refused::new(
            ErrorCode::SessionExpired,
            "This account was disabled while the file arrived.",
        )),
    }
}

async fn find(
    connection: &mut Connection,
    conversation: &ConversationId,
    id: &FileId,
) -> Result<FileRow, Refused> {
    files::find(connection, conversation, id)
        .await?
        .ok_or_else(|| {
            Refused::new(
                ErrorCode::NotFound,
                "There is no such file in this conversation.",
            )
        })
}

/// Of one that is sent again only the content is compared.
fn any_files() -> FilePolicy {
    FilePolicy {
        max_bytes: MOST_FILE_BYTES,
        types: FileType::ALL.to_vec(),
    }
}

/// Files of one conversation, and their bytes together: what a stranger can fill of the disk with each.
const MOST_FILES: u32 = 50;
const MOST_BYTES: u64 = 200 * 1024 * 1024;

/// Read, and not looked at, of a file that is refused. More than the largest that any chat takes.
const MOST_PASSED: usize = 32 * 1024 * 1024;

/// After so long no file arrives any more. The largest is allowed half of it.
pub(super) const LONGEST_ARRIVAL_MS: i64 = 60 * 60 * 1_000;
