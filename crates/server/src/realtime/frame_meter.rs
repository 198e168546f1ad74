//! Counts the frames that come in on a WebSocket, by their heads (RFC 6455, section 5.2). What reads the frames tells
//! only of whole messages: pings it answers itself, and a message in a million empty pieces is one, or none yet. Must
//! not change or keep what it passes on.

use std::io::{Error, Result};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A stream that ends with an error once too many frames came.
#[derive(Debug)]
pub(super) struct FrameMeter<S> {
    stream: S,
    heads: Heads,
    frames: u32,
    most: u32,
}

impl<S> FrameMeter<S> {
    /// Lets `most` frames through until [`Self::begin_anew`].
    pub(super) fn new(stream: S, most: u32) -> Self {
        Self {
            stream,
            heads: Heads::default(),
            frames: 0,
            most,
        }
    }

    /// Counts from zero.
    pub(super) fn begin_anew(&mut self) {
        self.frames = 0;
    }

    /// Whether too many came.
    pub(super) fn is_exceeded(&self) -> bool {
        self.frames > self.most
    }

    /// What comes in, uncounted.
    pub(super) fn stream(&mut self) -> &mut S {
        &mut self.stream
    }
}

/// Finds where frames begin in a stream that comes in pieces.
#[derive(Debug, Default)]
struct Heads {
    /// The head that is coming in.
    head: [u8; 14],
    filled: usize,
    /// What is still to come of the payload.
    payload: u64,
}

impl Heads {
    /// Takes the next bytes; how many heads ended in them.
    fn take(&mut self, mut bytes: &[u8]) -> u32 {
        let mut count = 0_u32;
        while !bytes.is_empty() {
            if self.payload > 0 {
                let skipped = usize::try_from(self.payload)
                    .unwrap_or(usize::MAX)
                    .min(bytes.len());
                bytes = &bytes[skipped..];
                self.payload -= skipped as u64;
                continue;
            }
            let missing = self.length() - self.filled;
            let (taken, rest) = bytes.split_at(missing.min(bytes.len()));
            self.head[self.filled..self.filled + taken.len()].copy_from_slice(taken);
            self.filled += taken.len();
            bytes = rest;
            // The first two bytes say how long the head is.
            if self.filled == self.length() {
                self.payload = self.payload_length();
                self.filled = 0;
                count = count.saturating_add(1);
            }
        }
        count
    }

    /// Length of the head, as far as is known: two bytes at least.
    fn length(&self) -> usize {
        if self.filled < 2 {
            return 2;
        }
        let extended = match self.head[1] & 0x7f {
            126 => 2,
            127 => 8,
            _ => 0,
        };
        let mask = if self.head[1] & 0x80 == 0 { 0 } else { 4 };
        2 + extended + mask
    }

    fn payload_length(&self) -> u64 {
        let [_, second, rest @ ..] = &self.head;
        match second & 0x7f {
            126 => u64::from(u16::from_be_bytes([rest[0], rest[1]])),
            127 => rest
                .first_chunk()
                .map_or(0, |bytes| u64::from_be_bytes(*bytes)),
            short => u64::from(short),
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for FrameMeter<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        if self.is_exceeded() {
            return Poll::Ready(Err(Error::other("too many frames")));
        }
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        if let Poll::Ready(Ok(())) = polled {
            let count = self.heads.take(&buffer.filled()[before..]);
            self.frames = self.frames.saturating_add(count);
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for FrameMeter<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::Heads;

    #[test]
    fn frames_are_counted_however_they_are_cut() {
        let mut stream = Vec::new();
        let frame = |first: u8, length: u64, mask: bool, stream: &mut Vec<u8>| {
            stream.push(first);
            let bit = if mask { 0x80 } else { 0 };
            match length {
                0..126 => stream.push(bit | length as u8),
                126..65_536 => {
                    stream.push(bit | 126);
                    stream.extend((length as u16).to_be_bytes());
                }
                _ => {
                    stream.push(bit | 127);
                    stream.extend(length.to_be_bytes());
                }
            }
            stream.extend(if mask { &[1, 2, 3, 4][..] } else { &[] });
            // What would be heads, if it were read as such.
            stream.extend(std::iter::repeat_n(0x80, length as usize));
        };
        for (first, length) in [
            (0x01, 0),
            (0x00, 0),
            (0x89, 125),
            (0x80, 126),
            (0x81, 65_535),
            (0x81, 70_000),
            (0x8a, 0),
        ] {
            frame(first, length, true, &mut stream);
            frame(first, length, false, &mut stream);
        }
        for piece in [1, 2, 3, 7, 1_000, stream.len()] {
            let mut heads = Heads::default();
            let count: u32 = stream.chunks(piece).map(|bytes| heads.take(bytes)).sum();
            assert_eq!(count, 14, "{piece}");
        }
    }
}
