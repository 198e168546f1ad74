//! The bytes that mean something inside a string: quotes, backslashes and control characters.
//!
//! They are found 64 at a time, so that each byte of a text is looked at once however many strings it holds. Written so
//! that the compiler makes vector instructions of it; there is no `unsafe`, and nothing that depends on the target.

/// How many bytes are looked at together: a bit for each fits into the mask.
const BLOCK: usize = 64;

/// The block that was looked at last.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Specials {
    start: usize,
    end: usize,
    /// Bit n stands for byte `start + n`.
    mask: u64,
}

impl Specials {
    /// The place of the first special byte from `at` on, or the end of the text.
    #[inline]
    pub(super) fn next(&mut self, text: &[u8], mut at: usize) -> usize {
        loop {
            if (self.start..self.end).contains(&at) {
                let mask = self.mask >> (at - self.start);
                if mask != 0 {
                    return at + mask.trailing_zeros() as usize;
                }
                at = self.end;
            }
            if at >= text.len() {
                return text.len();
            }
            self.look_at(text, at);
        }
    }

    fn look_at(&mut self, text: &[u8], at: usize) {
        let rest = text.get(at..).unwrap_or_default();
        let (mask, length) = match (rest.first_chunk(), text.last_chunk()) {
            (Some(block), _) => (mask(block), BLOCK),
            // The last block overlaps the one before.
            (None, Some(block)) => (mask(block) >> (BLOCK - rest.len()), rest.len()),
            (None, None) => {
                let mut block = [0; BLOCK];
                block[..rest.len()].copy_from_slice(rest);
                (mask(&block), rest.len())
            }
        };
        *self = Self {
            start: at,
            end: at + length,
            mask,
        };
    }
}

/// Bit n says whether byte n is special.
fn mask(block: &[u8; BLOCK]) -> u64 {
    let is_special = block.map(|byte| match byte {
        ..0x20 | b'"' | b'\\' => 0xFF,
        _ => 0,
    });
    let (eights, _) = is_special.as_chunks();
    let mut mask = 0;
    for (place, &eight) in eights.iter().enumerate() {
        // Each byte keeps the bit that is its own; the product has the sum of all of them in its highest byte.
        let own_bits = u64::from_le_bytes(eight) & 0x8040_2010_0804_0201;
        let gathered = own_bits.wrapping_mul(0x0101_0101_0101_0101) >> 56;
        mask |= gathered << (place * 8);
    }
    mask
}
