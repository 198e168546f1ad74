//! What a file is, by what it holds: never by its name, nor by what its sender says.
//!
//! A file is judged piece by piece while it arrives, in a few hundred bytes of memory. The beginning alone proves nothing: a
//! page can begin as an image does. So each format is followed from its first byte to its end. What comes after an image's
//! end, where cameras put videos and others put archives, is not part of it and not kept: [`Judge::feed`] says how many
//! bytes are. Pixels are not decoded: a browser does that, in a process that is made for it.
//!
//! No I/O here, and no panic whatever comes.

use std::fmt::{self, Display, Formatter};

use bonafide_protocol::file::FileType;

mod beginning;
mod gif;
mod jpeg;
mod pdf;
mod png;
mod steps;
mod webp;

use self::pdf::Pdf;
use self::steps::Steps;

/// Follows one file.
#[derive(Debug, Default)]
pub struct Judge {
    /// The first bytes, until they say what it is.
    head: Vec<u8>,
    form: Option<Form>,
    kept: u64,
}

/// A file that was found to be one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Judged {
    /// What it is.
    pub kind: FileType,
    /// Its bytes, without what came after its end.
    pub bytes: u64,
    /// Of an image, in pixels.
    pub size: Option<Size>,
}

/// An image's size in pixels.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Size {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// Why a file is none that may be sent. Displayed, it goes on after the file's name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Fault {
    /// It has not one byte.
    Empty,
    /// It begins as none of the types does; with these bytes.
    Unknown(Vec<u8>),
    /// It ends before its end.
    CutOff(FileType),
    /// Something in it is not as its type demands: the sentence goes on so after "is no sound PNG: ".
    Broken(FileType, &'static str),
    /// It would take more memory to show than anybody has for it.
    TooManyPixels(Size),
}

#[derive(Debug)]
enum Form {
    Png(Steps<png::Png>),
    Jpeg(Steps<jpeg::Jpeg>),
    Gif(Steps<gif::Gif>),
    Webp(Steps<webp::Webp>),
    Pdf(Pdf),
}

impl Judge {
    /// Takes the next piece. Gives how many of its bytes belong to the file: fewer than all where its end was passed.
    ///
    /// # Errors
    /// The fault, as soon as there is one. Nothing more may be asked then.
    pub fn feed(&mut self, piece: &[u8]) -> Result<usize, Fault> {
        let kept = match &mut self.form {
            Some(form) => form.feed(piece)?,
            None => {
                self.head.extend_from_slice(piece);
                if self.head.len() < HEAD {
                    piece.len()
                } else {
                    let before = self.head.len() - piece.len();
                    // No file of any type ends within so few bytes.
                    self.recognise()?.saturating_sub(before)
                }
            }
        };
        self.kept += kept as u64;
        Ok(kept)
    }

    /// What it is, once that is known.
    #[must_use]
    pub fn kind(&self) -> Option<FileType> {
        self.form.as_ref().map(Form::kind)
    }

    /// Nothing more comes.
    ///
    /// # Errors
    /// When what came is no whole file.
    pub fn finish(mut self) -> Result<Judged, Fault> {
        let form = match self.form.take() {
            Some(form) => form,
            None if self.head.is_empty() => return Err(Fault::Empty),
            None => {
                self.recognise()?;
                self.form.ok_or(Fault::Unknown(self.head))?
            }
        };
        let size = form.finish()?;
        Ok(Judged {
            kind: form.kind(),
            bytes: self.kept,
            size,
        })
    }

    /// Chooses the format by the first bytes, and has it follow them.
    fn recognise(&mut self) -> Result<usize, Fault> {
        let head = std::mem::take(&mut self.head);
        let mut form = match beginning::recognise(&head) {
            Some(FileType::Png) => Form::Png(Steps::default()),
            Some(FileType::Jpeg) => Form::Jpeg(Steps::default()),
            Some(FileType::Gif) => Form::Gif(Steps::default()),
            Some(FileType::Webp) => Form::Webp(Steps::default()),
            Some(FileType::Pdf) => Form::Pdf(Pdf::default()),
            None => return Err(Fault::Unknown(head.into_iter().take(HEAD).collect())),
        };
        let kept = form.feed(&head)?;
        self.form = Some(form);
        Ok(kept)
    }
}

impl Form {
    fn kind(&self) -> FileType {
        match self {
            Self::Png(_) => FileType::Png,
            Self::Jpeg(_) => FileType::Jpeg,
            Self::Gif(_) => FileType::Gif,
            Self::Webp(_) => FileType::Webp,
            Self::Pdf(_) => FileType::Pdf,
        }
    }

    fn feed(&mut self, piece: &[u8]) -> Result<usize, Fault> {
        let kept = match self {
            Self::Png(steps) => steps.feed(piece),
            Self::Jpeg(steps) => steps.feed(piece),
            Self::Gif(steps) => steps.feed(piece),
            Self::Webp(steps) => steps.feed(piece),
            Self::Pdf(pdf) => {
                pdf.feed(piece);
                Ok(piece.len())
            }
        };
        kept.map_err(|cause| Fault::Broken(self.kind(), cause))
    }

    fn finish(&self) -> Result<Option<Size>, Fault> {
        let ended = match self {
            Self::Png(steps) => steps.ended(),
            Self::Jpeg(steps) => steps.ended(),
            Self::Gif(steps) => steps.ended(),
            Self::Webp(steps) => steps.ended(),
            Self::Pdf(pdf) => {
                return match pdf.finish() {
                    Ok(true) => Ok(None),
                    Ok(false) => Err(Fault::CutOff(FileType::Pdf)),
                    Err(cause) => Err(Fault::Broken(FileType::Pdf, cause)),
                };
            }
        };
        let size = ended.ok_or_else(|| Fault::CutOff(self.kind()))?;
        let pixels = u64::from(size.width) * u64::from(size.height);
        if pixels == 0 {
            Err(Fault::Broken(self.kind(), "it has no pixels"))
        } else if pixels > MAX_PIXELS {
            Err(Fault::TooManyPixels(size))
        } else {
            Ok(Some(size))
        }
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "is empty."),
            Self::Unknown(head) => {
                write!(f, "is not a PDF or an image: ")?;
                beginning::describe(head, f)
            }
            Self::CutOff(kind) => write!(
                f,
                "is cut off: it begins as a {} and ends before its end.",
                called(*kind)
            ),
            Self::Broken(kind, cause) => write!(f, "is no sound {}: {cause}.", called(*kind)),
            Self::TooManyPixels(Size { width, height }) => write!(
                f,
                "has {width} × {height} pixels; at most {} million can be shown.",
                MAX_PIXELS / 1_000_000
            ),
        }
    }
}

/// What people call a type.
#[must_use]
pub fn called(kind: FileType) -> &'static str {
    match kind {
        FileType::Png => "PNG",
        FileType::Jpeg => "JPEG",
        FileType::Webp => "WebP",
        FileType::Gif => "GIF",
        FileType::Pdf => "PDF",
    }
}

/// So many bytes tell the types apart.
const HEAD: usize = 12;

/// What phones take at their best. Four bytes of memory each.
const MAX_PIXELS: u64 = 120_000_000;

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
