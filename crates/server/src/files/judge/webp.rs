//! WebP (RFC 9649): a RIFF container that states its length, with chunks that state theirs.

use super::Size;
use super::steps::{Format, Next, le};

#[derive(Debug, Default)]
pub(super) struct Webp {
    stage: Stage,
    /// Bytes of the container that no chunk has had yet.
    left: u64,
    size: Option<Size>,
    has_image: bool,
    is_lossless: bool,
}

#[derive(Clone, Copy, Debug, Default)]
enum Stage {
    #[default]
    Container,
    /// Name and length of a chunk.
    Chunk,
    /// The beginning of the first chunk, and what of it remains then.
    First { after: u64, is_extended: bool },
    /// A chunk went by.
    Passed,
}

impl Format for Webp {
    fn begin() -> Next {
        Next::Take(12)
    }

    fn step(&mut self, taken: &[u8]) -> Result<Next, &'static str> {
        match self.stage {
            Stage::Container => {
                self.left = u64::from(le(taken, 4, 4)).saturating_sub(4);
                self.next_chunk()
            }
            Stage::Chunk => self.chunk(taken),
            Stage::First { after, is_extended } => {
                self.size = Some(if is_extended {
                    Size {
                        width: le(taken, 4, 3) + 1,
                        height: le(taken, 7, 3) + 1,
                    }
                } else if self.is_lossless {
                    let bits = le(taken, 1, 4);
                    if taken.first() != Some(&0x2f) {
                        return Err("its image has no beginning");
                    }
                    Size {
                        width: (bits & 0x3fff) + 1,
                        height: (bits >> 14 & 0x3fff) + 1,
                    }
                } else {
                    if taken.get(3..6) != Some(&[0x9d, 0x01, 0x2a]) {
                        return Err("its image has no beginning");
                    }
                    Size {
                        width: le(taken, 6, 2) & 0x3fff,
                        height: le(taken, 8, 2) & 0x3fff,
                    }
                });
                self.stage = Stage::Passed;
                Ok(Next::Pass(after))
            }
            Stage::Passed => self.next_chunk(),
        }
    }

    fn size(&self) -> Size {
        self.size.unwrap_or(Size {
            width: 0,
            height: 0,
        })
    }
}

impl Webp {
    fn next_chunk(&mut self) -> Result<Next, &'static str> {
        self.stage = Stage::Chunk;
        match self.left {
            0 if self.has_image => Ok(Next::End),
            0 => Err("it has no image in it"),
            1..8 => Err("its parts do not fill it"),
            _ => Ok(Next::Take(8)),
        }
    }

    fn chunk(&mut self, taken: &[u8]) -> Result<Next, &'static str> {
        let length = u64::from(le(taken, 4, 4));
        // Chunks begin at even places.
        let padded = length + length % 2;
        self.left = (self.left - 8)
            .checked_sub(padded)
            .ok_or("a part of it is longer than it is")?;
        let name = taken.get(..4).unwrap_or_default();
        self.has_image |= matches!(name, b"VP8 " | b"VP8L" | b"ANMF");
        if self.size.is_some() {
            self.stage = Stage::Passed;
            return Ok(Next::Pass(padded));
        }
        let wanted = match name {
            b"VP8X" | b"VP8 " => 10,
            b"VP8L" => 5,
            _ => return Err("it does not begin with an image"),
        };
        self.is_lossless = name == b"VP8L";
        self.stage = Stage::First {
            after: padded
                .checked_sub(wanted)
                .ok_or("its image has no beginning")?,
            is_extended: name == b"VP8X",
        };
        Ok(Next::Take(if wanted == 5 { 5 } else { 10 }))
    }
}
