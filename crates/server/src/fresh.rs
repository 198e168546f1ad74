//! What a fresh database begins with: the queue *General*, and the work stream *Web chat* that uses it.

use bonafide_protocol::admin::{Assignment, Resume};
use bonafide_protocol::id::{QueueId, WorkStreamId};

use crate::random;
use crate::settings::DEFAULT_ABSENCE;
use crate::storage::paging::After;
use crate::storage::queues::QueueRow;
use crate::storage::work_streams::WorkStreamRow;
use crate::storage::{FIRST_VERSION, Storage, StorageError, queues, work_streams};

/// Fills a database that has no queue and no work stream. An administrator who deleted both gets them back with the
/// next start, which is as good: without them no chat widget can be made.
///
/// # Errors
/// When it cannot be stored.
pub(crate) async fn fill(storage: &Storage, now_ms: i64) -> Result<(), StorageError> {
    let mut transaction = storage.write().await?;
    let has_queue = !queues::page(&mut transaction, &After::default(), 1)
        .await?
        .rows
        .is_empty();
    let has_work_stream = !work_streams::page(&mut transaction, &After::default(), 1)
        .await?
        .rows
        .is_empty();
    if has_queue || has_work_stream {
        return Ok(());
    }
    let queue = QueueRow {
        id: QueueId::from_bits(random::bits()),
        name: "General".to_owned(),
        everyone: true,
        absence_seconds: DEFAULT_ABSENCE,
        assignment: Assignment::default(),
        version: FIRST_VERSION,
        created_at: now_ms,
        updated_at: now_ms,
    };
    queues::insert(&mut transaction, &queue, None).await?;
    let work_stream = WorkStreamRow {
        id: WorkStreamId::from_bits(random::bits()),
        name: "Web chat".to_owned(),
        context_variables: Vec::new(),
        rules: Vec::new(),
        fallback_queue: queue.id,
        resume: Resume::default(),
        closing_reasons: Vec::new(),
        closing_reason_required: false,
        version: FIRST_VERSION,
        created_at: now_ms,
        updated_at: now_ms,
    };
    work_streams::insert(&mut transaction, &work_stream).await?;
    transaction.commit().await
}
