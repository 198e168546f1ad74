//! Which files a chat widget takes.

use bonafide_protocol::file::{FilePolicy, FileType};

use super::{Fault, Fields};

/// The largest limit. A photo has a tenth of it; what is larger is not for a chat.
pub(crate) const MOST_FILE_BYTES: u32 = 25 * 1024 * 1024;

/// The smallest limit: below it there are no files that anybody sends.
const FEWEST_BYTES: u32 = 1024;

/// A chat widget's `files`; `Some(None)` where it takes none.
pub fn file_policy(given: Option<&FilePolicy>, fields: &mut Fields) -> Option<Option<FilePolicy>> {
    let Some(given) = given else {
        return Some(None);
    };
    let bytes = fields.take("files.maxBytes", max_bytes(given.max_bytes));
    let mut types = given.types.clone();
    types.sort_unstable();
    types.dedup();
    let types = if types.is_empty() {
        Err(Fault::required(
            "Name at least one type, or leave `files` out to take no files.",
        ))
    } else if given.types.len() > FileType::ALL.len() {
        Err(Fault::too_many_entries(
            given.types.len(),
            FileType::ALL.len(),
        ))
    } else if types.len() < given.types.len() {
        Err(Fault::duplicate("A type is named twice."))
    } else {
        Ok(types)
    };
    let types = fields.take("files.types", types);
    bytes
        .zip(types)
        .map(|(max_bytes, types)| Some(FilePolicy { max_bytes, types }))
}

fn max_bytes(bytes: u32) -> Result<u32, Fault> {
    if (FEWEST_BYTES..=MOST_FILE_BYTES).contains(&bytes) {
        Ok(bytes)
    } else {
        Err(Fault::invalid(format!(
            "This must be from {FEWEST_BYTES} to {MOST_FILE_BYTES} bytes."
        )))
    }
}
