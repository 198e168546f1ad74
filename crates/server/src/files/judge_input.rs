//! What must hold of any bytes as a file. Compiled into the fuzz target `judge` too, so that the fuzzer and the tests ask the
//! same.

use super::judge::{Fault, Judge, Judged};

/// Panics where the judge says one thing of a file that comes whole and another of one that comes in pieces, keeps what is no
/// part of it, or refuses it without a sentence.
pub(crate) fn judge(content: &[u8]) {
    let whole = verdict(content, content.len());
    // Pieces of one byte find what must be remembered between them; others are of a size that the content says.
    for piece in [1, 2 + content.len() % 61] {
        assert_eq!(verdict(content, piece), whole, "in pieces of {piece}");
    }
    match whole {
        Ok((judged, kept)) => {
            assert_eq!(judged.bytes, kept as u64);
            let (file, rest) = content.split_at(kept);
            assert!(judged.size.is_some() || rest.is_empty(), "cut off");
            // What is stored is judged to be the same again.
            assert_eq!(verdict(file, file.len()), Ok((judged, kept)));
        }
        Err(fault) => {
            let sentence = fault.to_string();
            assert!(
                sentence.ends_with('.') && sentence.len() < 300,
                "{sentence}"
            );
        }
    }
}

/// The verdict on a file that arrives in such pieces, and how many of its bytes are kept.
fn verdict(content: &[u8], piece: usize) -> Result<(Judged, usize), Fault> {
    let mut judge = Judge::default();
    let mut kept = 0;
    for piece in content.chunks(piece.max(1)) {
        let length = judge.feed(piece)?;
        assert!(length <= piece.len());
        kept += length;
    }
    Ok((judge.finish()?, kept))
}
