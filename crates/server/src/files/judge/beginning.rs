//! The first bytes of a file: what they say it is, and what a refusal says of them.

use std::fmt::{self, Formatter};

use bonafide_protocol::file::FileType;

/// The type that a file with these first bytes must be, if it is any.
pub(super) fn recognise(head: &[u8]) -> Option<FileType> {
    match head {
        // The rest of the signature tells of a damage; that is said then.
        [0x89, b'P', b'N', b'G', ..] => Some(FileType::Png),
        [0xff, 0xd8, 0xff, ..] => Some(FileType::Jpeg),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(FileType::Gif),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some(FileType::Webp),
        [
            b'%',
            b'P',
            b'D',
            b'F',
            b'-',
            b'1' | b'2',
            b'.',
            b'0'..=b'9',
            ..,
        ] => Some(FileType::Pdf),
        _ => None,
    }
}

/// Says what a file with other first bytes begins with, and what that may be.
pub(super) fn describe(head: &[u8], f: &mut Formatter<'_>) -> fmt::Result {
    let known = match head {
        [b'M', b'Z', ..] => Some(("MZ", "as Windows programs do")),
        [b'P', b'K', 3, 4, ..] => Some(("PK", "as ZIP archives and Office documents do")),
        [0x7f, b'E', b'L', b'F', ..] => Some(("ELF", "as Linux programs do")),
        [b'B', b'M', ..] => Some(("BM", "as BMP images do; send it as PNG or JPEG")),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => {
            return write!(f, "it is a TIFF image; send it as PNG or JPEG.");
        }
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => {
            return match brand {
                b"heic" | b"heix" | b"hevc" | b"mif1" | b"msf1" => {
                    write!(f, "it is a HEIC photo; send it as JPEG.")
                }
                b"avif" | b"avis" => write!(f, "it is an AVIF image; send it as PNG or JPEG."),
                _ => write!(f, "it is a video or a sound."),
            };
        }
        _ => None,
    };
    if let Some((letters, meaning)) = known {
        return write!(f, "it begins with {letters}, {meaning}.");
    }
    let is_text = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
    let letters: String = head
        .iter()
        .take_while(|byte| is_text(byte))
        .map(|byte| char::from(*byte))
        .collect();
    if letters.trim().len() >= 2 {
        return write!(f, "it begins with \u{201c}{letters}\u{201d}.");
    }
    write!(f, "it begins with the bytes")?;
    for byte in head.iter().take(8) {
        write!(f, " {byte:02X}")?;
    }
    write!(f, ".")
}
