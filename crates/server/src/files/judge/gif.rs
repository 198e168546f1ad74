//! GIF (87a and 89a): a screen, then images and extensions in blocks of at most 255 bytes, then a trailer.

use super::Size;
use super::steps::{Format, Next, le};

#[derive(Debug, Default)]
pub(super) struct Gif {
    stage: Stage,
    size: Option<Size>,
    has_image: bool,
}

#[derive(Clone, Copy, Debug, Default)]
enum Stage {
    #[default]
    Screen,
    /// A table of colours went by; what follows begins a block.
    Colours,
    /// What begins a block.
    Block,
    Image,
    /// An image's own colours went by.
    ImageColours,
    /// The byte before the pieces of an image, or of an extension.
    Before,
    /// The length of a piece.
    Length,
    /// A piece went by.
    Piece,
}

impl Format for Gif {
    fn begin() -> Next {
        Next::Take(13)
    }

    fn step(&mut self, taken: &[u8]) -> Result<Next, &'static str> {
        match self.stage {
            Stage::Screen => {
                self.size = Some(Size {
                    width: le(taken, 6, 2),
                    height: le(taken, 8, 2),
                });
                self.stage = Stage::Colours;
                Ok(Next::Pass(colours(taken, 10)))
            }
            Stage::Colours => {
                self.stage = Stage::Block;
                Ok(Next::Take(1))
            }
            Stage::Block => match taken {
                [b','] => {
                    self.has_image = true;
                    self.stage = Stage::Image;
                    Ok(Next::Take(9))
                }
                [b'!'] => {
                    self.stage = Stage::Before;
                    Ok(Next::Take(1))
                }
                [b';'] if self.has_image => Ok(Next::End),
                [b';'] => Err("it has no image in it"),
                _ => Err("there is a block in it that no GIF has"),
            },
            Stage::Image => {
                // Browsers enlarge the screen to a frame that passes its edge.
                let size = self.size();
                self.size = Some(Size {
                    width: size.width.max(le(taken, 0, 2) + le(taken, 4, 2)),
                    height: size.height.max(le(taken, 2, 2) + le(taken, 6, 2)),
                });
                self.stage = Stage::ImageColours;
                Ok(Next::Pass(colours(taken, 8)))
            }
            Stage::ImageColours => {
                self.stage = Stage::Before;
                Ok(Next::Take(1))
            }
            Stage::Before | Stage::Piece => {
                self.stage = Stage::Length;
                Ok(Next::Take(1))
            }
            Stage::Length => match taken {
                [0] => {
                    self.stage = Stage::Block;
                    Ok(Next::Take(1))
                }
                _ => {
                    self.stage = Stage::Piece;
                    Ok(Next::Pass(le(taken, 0, 1).into()))
                }
            },
        }
    }

    fn size(&self) -> Size {
        self.size.unwrap_or(Size {
            width: 0,
            height: 0,
        })
    }
}

/// How many bytes of colours follow, by the flags at `at`.
fn colours(taken: &[u8], at: usize) -> u64 {
    let flags = taken.get(at).copied().unwrap_or_default();
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 7) + 1)
    }
}
