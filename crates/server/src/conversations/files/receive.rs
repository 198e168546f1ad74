//! Takes a file in: piece by piece, in time, within its limits, and judged while it comes.

use std::time::Duration;

use aws_lc_rs::digest::{Context, SHA256};
use bonafide_protocol::ErrorCode;
use bonafide_protocol::file::{FilePolicy, FileType};
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use tokio::time::{Instant, timeout_at};

use super::Arriving;
use crate::conversations::Refused;
use crate::files::judge::{Fault as FileFault, Judge, Judged, called};
use crate::files::name::FileName;
use crate::files::store::FileWriter;
use crate::random;
use crate::settings::Fault;

/// Takes a file in and judges it. With a `writer` it is in the store then. Gives what it is, and the SHA-256 of what is kept of
/// it.
pub(super) async fn receive<S, E>(
    mut writer: Option<Box<dyn FileWriter>>,
    policy: &FilePolicy,
    arriving: &mut Arriving<S>,
) -> Result<(Judged, String), Refused>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let end = Instant::now() + arriving.patience + time_for(policy.max_bytes);
    let mut judge = Judge::default();
    let mut digest = Context::new(&SHA256);
    let mut received = 0_u64;
    while let Some(mut piece) = next(arriving, end).await? {
        received += piece.len() as u64;
        if received > policy.max_bytes.into() {
            return Err(too_large(&arriving.head.name, policy));
        }
        let kept = judge
            .feed(&piece)
            .map_err(|fault| refused(&arriving.head.name, &fault, policy))?;
        if let Some(kind) = judge.kind() {
            refuse_type(&arriving.head.name, kind, policy)?;
        }
        piece.truncate(kept);
        digest.update(&piece);
        if let Some(writer) = &mut writer {
            (writer.write(piece).await).map_err(|error| unavailable(&error))?;
        }
    }
    let judged = judge
        .finish()
        .map_err(|fault| refused(&arriving.head.name, &fault, policy))?;
    refuse_type(&arriving.head.name, judged.kind, policy)?;
    if let Some(writer) = writer {
        (writer.store().await).map_err(|error| unavailable(&error))?;
    }
    Ok((judged, random::hex(digest.finish().as_ref())))
}

/// The next piece, if it comes in time.
pub(super) async fn next<S, E>(
    arriving: &mut Arriving<S>,
    end: Instant,
) -> Result<Option<Bytes>, Refused>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let end = end.min(Instant::now() + arriving.patience);
    let fault = match timeout_at(end, arriving.pieces.next()).await {
        Ok(None) => return Ok(None),
        Ok(Some(Ok(piece))) => return Ok(Some(piece)),
        Ok(Some(Err(_))) => "did not arrive completely.",
        Err(_) => "took too long to arrive. Send it again.",
    };
    Err(named_fault(&arriving.head.name, fault))
}

fn refuse_type(name: &str, kind: FileType, policy: &FilePolicy) -> Result<(), Refused> {
    if policy.types.contains(&kind) {
        return Ok(());
    }
    let sentence = format!(
        "is a {}. This chat takes {}.",
        called(kind),
        list(&policy.types)
    );
    Err(named_fault(name, &sentence))
}

/// A refusal of the content, with what would be taken.
fn refused(name: &str, fault: &FileFault, policy: &FilePolicy) -> Refused {
    let taken = match fault {
        FileFault::Unknown(_) => format!(" This chat takes {}.", list(&policy.types)),
        _ => String::new(),
    };
    named_fault(name, &format!("{fault}{taken}"))
}

/// What is wrong with a file: the sentence goes on so after its name.
fn named_fault(name: &str, sentence: &str) -> Refused {
    let sentence = format!("{} {sentence}", FileName::shown(name));
    Refused::Fields(vec![Fault::invalid(sentence).of("file")])
}

pub(super) fn too_large(name: &str, policy: &FilePolicy) -> Refused {
    Refused::new(
        ErrorCode::PayloadTooLarge,
        format!(
            "{} is larger than {} bytes, which is the most that this chat takes.",
            FileName::shown(name),
            policy.max_bytes
        ),
    )
}

/// `PNG, JPEG or PDF`
fn list(types: &[FileType]) -> String {
    let names: Vec<&str> = types.iter().map(|kind| called(*kind)).collect();
    match names.as_slice() {
        [names @ .., last] if !names.is_empty() => format!("{} or {last}", names.join(", ")),
        names => names.concat(),
    }
}

pub(super) fn unavailable(error: &std::io::Error) -> Refused {
    tracing::error!(%error, "the store of files failed");
    Refused::new(
        ErrorCode::Unavailable,
        "The server cannot store or read files now. Nothing was sent; try again.",
    )
}

/// What a file of so many bytes may take altogether: a poor line brings so much.
fn time_for(bytes: u32) -> Duration {
    Duration::from_secs(u64::from(bytes / BYTES_PER_SECOND))
}

const BYTES_PER_SECOND: u32 = 16 * 1024;
