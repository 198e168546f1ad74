//! What a chat widget stands on: its own settings, its authentication setting, its work stream and the queues of that. Read once
//! and kept until an administrator changes any of it, as each start needs all of it.
//!
//! Must not be trusted for longer than its version holds: what is stored on its ground names the version, and is refused where
//! another one stands by then.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bonafide_protocol::id::{ChatWidgetId, QueueId};

use crate::storage::queues::{self, QueueRow};
use crate::storage::settings::{self, AuthenticationSettingRow};
use crate::storage::widgets::{self, ChatWidgetRow};
use crate::storage::work_streams::{self, WorkStreamRow};
use crate::storage::{Connection, Storage, StorageError, configuration};

/// Widgets kept at once. Beyond it all are forgotten: they are read again as they are used.
const MOST: usize = 1_000;

/// Reads that an administrator's changes may spoil, one after the other.
const TRIES: usize = 5;

/// What a chat widget stands on, as of one version of the configuration.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) version: i64,
    pub(crate) widget: ChatWidgetRow,
    pub(crate) setting: Option<AuthenticationSettingRow>,
    pub(crate) work_stream: WorkStreamRow,
    queues: HashMap<QueueId, QueueRow>,
}

/// The widgets that were asked for lately.
#[derive(Debug, Default)]
pub(crate) struct Setups(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    version: i64,
    setups: HashMap<ChatWidgetId, Arc<Setup>>,
}

impl Setup {
    /// A queue that the work stream names. The foreign key keeps it there.
    pub(crate) fn queue(&self, id: &QueueId) -> Result<&QueueRow, StorageError> {
        self.queues.get(id).ok_or_else(|| {
            StorageError::Corrupt(format!("a work stream names {id}, which does not exist"))
        })
    }

    /// `None` where there is no such widget.
    async fn read(
        connection: &mut Connection,
        id: &ChatWidgetId,
    ) -> Result<Option<Self>, StorageError> {
        let version = configuration::version(connection).await?;
        let Some(widget) = widgets::find(connection, id).await? else {
            return Ok(None);
        };
        let setting = match &widget.authentication_setting {
            Some(setting) => settings::find(connection, &setting.id).await?,
            None => None,
        };
        let work_stream = work_streams::find(connection, &widget.work_stream.id).await?;
        let mut queues = HashMap::new();
        for id in work_stream.iter().flat_map(WorkStreamRow::queues) {
            if !queues.contains_key(id)
                && let Some(queue) = queues::find(connection, id).await?
            {
                queues.insert(id.clone(), queue);
            }
        }
        // One read after the other: in between it may have been changed.
        if configuration::version(connection).await? != version {
            return Err(StorageError::OutOfDate);
        }
        let work_stream =
            work_stream.ok_or_else(|| StorageError::Corrupt(format!("{id} has no work stream")))?;
        Ok(Some(Self {
            version,
            widget,
            setting,
            work_stream,
            queues,
        }))
    }
}

impl Setups {
    /// What a widget stands on now; `None` where there is no such widget.
    ///
    /// # Errors
    /// When the database cannot be read, or is changed at every read.
    pub(crate) async fn find(
        &self,
        storage: &Storage,
        id: &ChatWidgetId,
    ) -> Result<Option<Arc<Setup>>, StorageError> {
        let current = storage.configuration();
        if let Some(setup) = self.known(current).setups.get(id) {
            return Ok(Some(setup.clone()));
        }
        let mut reader = storage.read().await?;
        let mut read = Err(StorageError::OutOfDate);
        for _ in 0..TRIES {
            read = Setup::read(&mut reader, id).await;
            if !matches!(read, Err(StorageError::OutOfDate)) {
                break;
            }
        }
        let Some(setup) = read?.map(Arc::new) else {
            return Ok(None);
        };
        let mut known = self.known(current);
        if setup.version == known.version {
            if known.setups.len() >= MOST {
                known.setups.clear();
            }
            known.setups.insert(id.clone(), setup.clone());
        }
        Ok(Some(setup))
    }

    /// What is known of this version, or a later one.
    fn known(&self, version: i64) -> MutexGuard<'_, Known> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.version < version {
            *known = Known {
                version,
                setups: HashMap::new(),
            };
        }
        known
    }
}
