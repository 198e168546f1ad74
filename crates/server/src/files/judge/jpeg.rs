//! JPEG (ITU-T T.81): segments behind markers, and stretches of pixels that no marker but those of restarts interrupts.

use super::Size;
use super::steps::{Format, Next, be};

#[derive(Debug, Default)]
pub(super) struct Jpeg {
    stage: Stage,
    /// The marker whose segment is read.
    marker: u8,
    size: Option<Size>,
    has_pixels: bool,
    /// The last byte of the stretch of pixels may begin a marker.
    may_begin: bool,
}

#[derive(Clone, Copy, Debug, Default)]
enum Stage {
    /// `FF` and a code.
    #[default]
    Marker,
    /// `FF` may be repeated before the code.
    Code,
    Length,
    /// The beginning of a frame's header.
    Frame {
        length: u32,
    },
    /// A segment went by.
    Passed,
}

impl Format for Jpeg {
    fn begin() -> Next {
        Next::Take(2)
    }

    fn step(&mut self, taken: &[u8]) -> Result<Next, &'static str> {
        match (self.stage, taken) {
            (Stage::Marker, [0xff, 0xff]) => {
                self.stage = Stage::Code;
                Ok(Next::Take(1))
            }
            (Stage::Code, [0xff]) => Ok(Next::Take(1)),
            (Stage::Marker, [0xff, code]) | (Stage::Code, [code]) => self.code(*code),
            (Stage::Marker | Stage::Code, _) => Err("a marker in it is missing"),
            (Stage::Length, _) => {
                let length = be(taken, 0, 2);
                if length < 2 {
                    return Err("a segment in it has an impossible length");
                }
                if is_frame(self.marker) {
                    if length < 8 {
                        return Err("its frame has no size");
                    }
                    self.stage = Stage::Frame { length };
                    return Ok(Next::Take(5));
                }
                self.stage = Stage::Passed;
                Ok(Next::Pass(u64::from(length - 2)))
            }
            (Stage::Frame { length }, _) => {
                self.size.get_or_insert(Size {
                    height: be(taken, 1, 2),
                    width: be(taken, 3, 2),
                });
                self.stage = Stage::Passed;
                Ok(Next::Pass(u64::from(length - 7)))
            }
            (Stage::Passed, _) => {
                self.stage = Stage::Marker;
                if self.marker != START_OF_SCAN {
                    return Ok(Next::Take(2));
                }
                self.has_pixels = true;
                self.may_begin = false;
                Ok(Next::Scan)
            }
        }
    }

    fn scan(&mut self, bytes: &[u8]) -> Result<(usize, Option<Next>), &'static str> {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if !self.may_begin {
                match bytes[at..].iter().position(|byte| *byte == 0xff) {
                    Some(distance) => at += distance + 1,
                    None => break,
                }
                self.may_begin = true;
                continue;
            }
            at += 1;
            match byte {
                0xff => {}
                // A pixel byte `FF` is written so; and where decoding may begin again.
                0 | 0xd0..=0xd7 => self.may_begin = false,
                code => return Ok((at, Some(self.code(*code)?))),
            }
        }
        Ok((bytes.len(), None))
    }

    fn size(&self) -> Size {
        self.size.unwrap_or(Size {
            width: 0,
            height: 0,
        })
    }
}

impl Jpeg {
    fn code(&mut self, code: u8) -> Result<Next, &'static str> {
        self.stage = Stage::Marker;
        match code {
            // The image begins: it was recognised by that.
            0xd8 if self.marker == 0 => {
                self.marker = code;
                Ok(Next::Take(2))
            }
            0xd8 => Err("an image begins within it"),
            0 => Err("a marker in it is missing"),
            0x01 | 0xd0..=0xd7 => Ok(Next::Take(2)),
            0xd9 if self.has_pixels && self.size.is_some() => Ok(Next::End),
            0xd9 => Err("it has no image in it"),
            START_OF_SCAN if self.size.is_none() => Err("it has no frame for its pixels"),
            _ => {
                self.marker = code;
                self.stage = Stage::Length;
                Ok(Next::Take(2))
            }
        }
    }
}

const START_OF_SCAN: u8 = 0xda;

/// Markers of frames, one for each way to code pixels; three codes among them mean something else.
fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}
