//! Reads SQLite's write-ahead log as a file, to see whether it belongs to the database beside it
//! (<https://www.sqlite.org/fileformat2.html#the_write_ahead_log>). SQLite itself cannot tell: it puts whatever valid
//! log it finds over whatever database it is given, and the mixture looks sound until somebody reads it.
//!
//! Must not change a file. `read` is for before the database is opened. `salts` may be called while it is open: SQLite
//! holds no locks on the log.

use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read};
use std::path::Path;

/// What a log holds that SQLite would apply.
#[derive(Debug, Default)]
pub(super) struct Wal {
    /// Page size in bytes; 0 when there is no log.
    pub(super) page_size: u32,
    /// Pages that committed transactions wrote, each once, in order.
    pub(super) pages: Vec<u32>,
    /// Size of the database in pages after the last transaction; 0 when the log holds none.
    pub(super) database_pages: u32,
    /// The stamps ([`super::stamp`]) that committed transactions wrote: the first and the last.
    pub(super) stamps: Option<(u32, u32)>,
}

/// Why a log cannot be trusted.
#[derive(Debug)]
pub(super) enum WalError {
    /// Something is wrong with its content; a clause without a subject, such as "has a damaged header".
    Damaged(String),
    /// It cannot be read.
    Io(io::Error),
}

impl From<io::Error> for WalError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// A log's two random numbers. They change whenever SQLite begins it anew, so they name its generation.
pub(super) type Salts = [u8; 8];

/// The salts of the log at `path`; `None` when there is none, or it is empty.
///
/// # Errors
/// When it cannot be read.
pub(super) fn salts(path: &Path) -> io::Result<Option<Salts>> {
    let mut header = [0; HEADER];
    match File::open(path).and_then(|mut file| file.read_exact(&mut header)) {
        Ok(()) => Ok(header[16..24].try_into().ok()),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::UnexpectedEof) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Reads the log at `path`; an absent or empty one is one that holds nothing.
///
/// # Errors
/// When it cannot be read, or is damaged before its end. What a power cut left of the last transaction is no damage:
/// nobody was told that it was stored.
pub(super) fn read(path: &Path) -> Result<Wal, WalError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Wal::default()),
        Err(error) => return Err(error.into()),
    };
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let mut header = [0; HEADER];
    // A log is made empty, and its header written later.
    if !fill(&mut reader, &mut header)? || header == [0; HEADER] {
        return Ok(Wal::default());
    }
    Frames::begin(&header)?.collect(&mut reader)
}

/// The position in a log: what the next frame must continue.
struct Frames {
    is_big_endian: bool,
    page_size: u32,
    salts: Salts,
    checksum: (u32, u32),
}

impl Frames {
    fn begin(header: &[u8; HEADER]) -> Result<Self, WalError> {
        let damaged = |what: &str| WalError::Damaged(what.to_owned());
        let magic = be32(header, 0);
        if !matches!(magic, MAGIC_LITTLE | MAGIC_BIG) || be32(header, 4) != VERSION {
            return Err(damaged("does not begin as a write-ahead log does"));
        }
        let is_big_endian = magic == MAGIC_BIG;
        let checksum = checksum(is_big_endian, (0, 0), &header[..24]);
        if checksum != (be32(header, 24), be32(header, 28)) {
            return Err(damaged("has a damaged header"));
        }
        let mut salts = Salts::default();
        salts.copy_from_slice(&header[16..24]);
        Ok(Self {
            is_big_endian,
            page_size: be32(header, 8),
            salts,
            checksum,
        })
    }

    fn collect(mut self, reader: &mut impl Read) -> Result<Wal, WalError> {
        let size = usize::try_from(self.page_size)
            .ok()
            .filter(|size| size.is_power_of_two() && (512..=65_536).contains(size))
            .ok_or_else(|| WalError::Damaged("names no possible page size".to_owned()))?;
        let mut wal = Wal {
            page_size: self.page_size,
            ..Wal::default()
        };
        let (mut pages, mut stamps) = (Vec::new(), None);
        let mut frame = vec![0; FRAME_HEADER + size];
        let mut number = 0_u64;
        while fill(reader, &mut frame)? {
            number += 1;
            if !self.take(&frame) {
                return match self.goes_on_after(&frame, reader)? {
                    true => Err(WalError::Damaged(format!(
                        "is damaged at frame {number}, in the middle of what was stored"
                    ))),
                    false => Ok(finished(wal)),
                };
            }
            let page = be32(&frame, 0);
            pages.push(page);
            if page == 1 {
                let stamp = be32(&frame, FRAME_HEADER + super::stamp::OFFSET);
                stamps = Some((stamps.map_or(stamp, |(first, _)| first), stamp));
            }
            // Only a commit makes what came before it count.
            let committed = be32(&frame, 4);
            if committed > 0 {
                wal.database_pages = committed;
                wal.pages.append(&mut pages);
                wal.stamps = wal.stamps.map_or(stamps, |(first, last)| {
                    Some((first, stamps.map_or(last, |(_, last)| last)))
                });
            }
        }
        Ok(finished(wal))
    }

    /// Whether a frame continues the log: then SQLite applies it.
    fn take(&mut self, frame: &[u8]) -> bool {
        if frame[8..16] != self.salts {
            return false;
        }
        let sum = checksum(self.is_big_endian, self.checksum, &frame[..8]);
        let sum = checksum(self.is_big_endian, sum, &frame[FRAME_HEADER..]);
        if sum != (be32(frame, 16), be32(frame, 20)) {
            return false;
        }
        self.checksum = sum;
        true
    }

    /// Whether a transaction began after the one that the unusable frame belongs to. It did so only once that one was
    /// on the disk, so the frame was good then. Frames of former generations, which have other salts, do not count.
    fn goes_on_after(&self, unusable: &[u8], reader: &mut impl Read) -> io::Result<bool> {
        let mut frame = unusable.to_vec();
        let mut is_committed = false;
        loop {
            if frame[8..16] == self.salts {
                if is_committed {
                    return Ok(true);
                }
                is_committed = be32(&frame, 4) > 0;
            }
            if !fill(reader, &mut frame)? {
                return Ok(false);
            }
        }
    }
}

fn finished(mut wal: Wal) -> Wal {
    wal.pages.sort_unstable();
    wal.pages.dedup();
    wal
}

/// SQLite's checksum: pairs of 32-bit words, as the magic number says.
fn checksum(is_big_endian: bool, (mut one, mut two): (u32, u32), bytes: &[u8]) -> (u32, u32) {
    let word = if is_big_endian {
        u32::from_be_bytes
    } else {
        u32::from_le_bytes
    };
    let (pairs, _) = bytes.as_chunks::<8>();
    for &[a, b, c, d, e, f, g, h] in pairs {
        one = one.wrapping_add(word([a, b, c, d])).wrapping_add(two);
        two = two.wrapping_add(word([e, f, g, h])).wrapping_add(one);
    }
    (one, two)
}

/// Fills the whole buffer; false when the file ends before.
fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match reader.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// A big-endian number, as SQLite's files have them.
pub(super) fn be32(bytes: &[u8], at: usize) -> u32 {
    bytes[at..]
        .first_chunk()
        .map_or(0, |bytes| u32::from_be_bytes(*bytes))
}

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
const MAGIC_LITTLE: u32 = 0x377f_0682;
const MAGIC_BIG: u32 = 0x377f_0683;
const VERSION: u32 = 3_007_000;
