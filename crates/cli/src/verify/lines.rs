//! Lines of a stream that nobody vouches for: any bytes, any length, in constant memory.

use std::io::{self, BufRead};

/// One line, without its line end.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Line {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// It had more bytes than allowed. These are the first of them; the others were read and thrown away.
    TooLong(Vec<u8>),
}

/// Reads the next line of at most `limit` bytes; `None` at the end.
pub(super) fn next(input: &mut impl BufRead, limit: usize) -> io::Result<Option<Line>> {
    let mut bytes = Vec::new();
    let mut is_too_long = false;
    let mut is_started = false;
    loop {
        let available = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if available.is_empty() {
            break;
        }
        is_started = true;
        let end = available.iter().position(|byte| *byte == b'\n');
        let part = &available[..end.unwrap_or(available.len())];
        is_too_long |= bytes.len() + part.len() > limit;
        let room = match is_too_long {
            true => KEPT.saturating_sub(bytes.len()),
            false => part.len(),
        };
        bytes.extend_from_slice(&part[..part.len().min(room)]);
        let used = end.map_or(available.len(), |end| end + 1);
        input.consume(used);
        if end.is_some() {
            break;
        }
    }
    if is_too_long {
        bytes.truncate(KEPT);
        bytes.shrink_to_fit();
    }
    Ok(match (is_started, is_too_long) {
        (false, _) => None,
        (true, true) => Some(Line::TooLong(bytes)),
        (true, false) => Some(Line::Bytes(bytes)),
    })
}

/// Bytes that are kept of a line that is too long: its beginning says whose it is.
const KEPT: usize = 64 * 1024;

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::{KEPT, Line, next};

    fn all(input: &[u8], limit: usize) -> Vec<Line> {
        // A small buffer, so that lines cross its border.
        let mut input = BufReader::with_capacity(3, input);
        std::iter::from_fn(|| next(&mut input, limit).unwrap()).collect()
    }

    fn bytes(text: &str) -> Line {
        Line::Bytes(text.as_bytes().to_vec())
    }

    #[test]
    fn lines_end_at_line_feeds_and_at_the_end() {
        assert_eq!(all(b"", 9), []);
        assert_eq!(all(b"\n", 9), [bytes("")]);
        assert_eq!(
            all(b"one\n\ntwo", 9),
            [bytes("one"), bytes(""), bytes("two")]
        );
        assert_eq!(all(b"one\r\n", 9), [bytes("one\r")]);
        assert_eq!(all(b"\xff\n", 9), [Line::Bytes(vec![0xff])]);
    }

    #[test]
    fn a_long_line_is_one_line_and_the_next_is_whole() {
        let long = "x".repeat(100_000);
        let input = format!("{long}\nok\n{long}");
        let beginning = || Line::TooLong(vec![b'x'; KEPT]);
        let expected = [beginning(), bytes("ok"), beginning()];
        assert_eq!(all(input.as_bytes(), 9), expected);
        // Also where the limit is the longer of the two.
        assert_eq!(all(input.as_bytes(), KEPT + 4), expected);
        assert_eq!(
            all(b"123456789\n1234567890\n", 9),
            [bytes("123456789"), Line::TooLong(b"1234567890".to_vec())]
        );
    }
}
