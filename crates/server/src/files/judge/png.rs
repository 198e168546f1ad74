//! PNG (ISO/IEC 15948): a signature, then chunks with checksums, from `IHDR` to `IEND`.

use crc32fast::Hasher;

use super::Size;
use super::steps::{Format, Next, be};

#[derive(Debug, Default)]
pub(super) struct Png {
    stage: Stage,
    checksum: Hasher,
    size: Option<Size>,
    has_pixels: bool,
    is_last: bool,
}

#[derive(Clone, Copy, Debug, Default)]
enum Stage {
    #[default]
    Signature,
    /// Length and name of a chunk.
    Chunk,
    /// What `IHDR` holds.
    Header,
    /// What another chunk holds went by.
    Data,
    Checksum,
}

impl Format for Png {
    fn begin() -> Next {
        Next::Take(SIGNATURE.len())
    }

    fn step(&mut self, taken: &[u8]) -> Result<Next, &'static str> {
        match self.stage {
            Stage::Signature => {
                if taken != SIGNATURE {
                    return Err("its signature is damaged, as by a transfer as text");
                }
                self.stage = Stage::Chunk;
                Ok(Next::Take(8))
            }
            Stage::Chunk => self.chunk(be(taken, 0, 4), taken.get(4..).unwrap_or_default()),
            Stage::Header => {
                self.checksum.update(taken);
                self.size = Some(Size {
                    width: be(taken, 0, 4),
                    height: be(taken, 4, 4),
                });
                self.stage = Stage::Checksum;
                Ok(Next::Take(4))
            }
            Stage::Data => {
                self.stage = Stage::Checksum;
                Ok(Next::Take(4))
            }
            Stage::Checksum => {
                if std::mem::take(&mut self.checksum).finalize() != be(taken, 0, 4) {
                    return Err("a checksum in it is wrong");
                }
                if self.is_last {
                    return Ok(Next::End);
                }
                self.stage = Stage::Chunk;
                Ok(Next::Take(8))
            }
        }
    }

    fn pass(&mut self, bytes: &[u8]) {
        self.checksum.update(bytes);
    }

    fn size(&self) -> Size {
        self.size.unwrap_or(Size {
            width: 0,
            height: 0,
        })
    }
}

impl Png {
    fn chunk(&mut self, length: u32, name: &[u8]) -> Result<Next, &'static str> {
        self.checksum.update(name);
        if self.size.is_none() {
            if name != b"IHDR" || length != 13 {
                return Err("it does not begin with its header");
            }
            self.stage = Stage::Header;
            return Ok(Next::Take(13));
        }
        if length > MAX_LENGTH {
            return Err("a part of it has an impossible length");
        }
        match name {
            b"IDAT" => self.has_pixels = true,
            b"IEND" if length != 0 || !self.has_pixels => return Err("it has no image in it"),
            b"IEND" => self.is_last = true,
            b"PLTE" => {}
            // A small letter at the beginning: who does not know the chunk may pass it.
            [first, rest @ ..]
                if first.is_ascii_lowercase() && rest.iter().all(u8::is_ascii_alphabetic) => {}
            _ => return Err("there is a part in it that no PNG has"),
        }
        self.stage = Stage::Data;
        Ok(Next::Pass(length.into()))
    }
}

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The standard's own limit.
const MAX_LENGTH: u32 = i32::MAX.unsigned_abs();
