//! PDF (ISO 32000): begins with its version, and ends with where its table of contents is. What is between is not looked at:
//! it may hold anything, script too, and is therefore only ever saved, never shown by this server.

/// Follows one by its end.
#[derive(Debug, Default)]
pub(super) struct Pdf {
    tail: Vec<u8>,
}

impl Pdf {
    pub(super) fn feed(&mut self, piece: &[u8]) {
        let piece = &piece[piece.len().saturating_sub(TAIL)..];
        let excess = (self.tail.len() + piece.len()).saturating_sub(TAIL);
        self.tail.drain(..excess.min(self.tail.len()));
        self.tail.extend_from_slice(piece);
    }

    /// Whether its end is there.
    pub(super) fn finish(&self) -> Result<bool, &'static str> {
        let Some(end) = last(&self.tail, b"%%EOF") else {
            return Ok(false);
        };
        let (before, after) = self.tail.split_at(end);
        if last(before, b"startxref").is_none() {
            return Err("it does not say where its table of contents is");
        }
        let after = after.get(b"%%EOF".len()..).unwrap_or_default();
        if after
            .iter()
            .all(|byte| byte.is_ascii_whitespace() || *byte == 0)
        {
            Ok(true)
        } else {
            Err("something follows its end")
        }
    }
}

fn last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .rposition(|window| window == wanted)
}

/// Readers look for the end in so many bytes.
const TAIL: usize = 1_024;
