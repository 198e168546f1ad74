//! PEM (RFC 7468): text around DER. Says nothing about what the DER means.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// A PEM block: what it says it is, and its bytes. The bytes are wiped when it is dropped.
pub(crate) struct Block {
    pub(crate) label: String,
    pub(crate) der: Zeroizing<Vec<u8>>,
}

/// Why text is not PEM.
#[derive(Debug, Eq, PartialEq, thiserror::Error)]
pub(crate) enum PemError {
    #[error("it holds no line `-----BEGIN …-----`")]
    NoBegin,
    #[error("it holds no line `-----END {0}-----` that ends what `-----BEGIN {0}-----` began")]
    NoEnd(String),
    #[error("what stands between its BEGIN and END lines is not base64")]
    NotBase64,
}

/// Reads the first block whose label `wanted` accepts, or else the first block.
///
/// Text before and after blocks is skipped, as RFC 7468 section 2 asks: `openssl` writes remarks there.
pub(crate) fn read(text: &str, wanted: impl Fn(&str) -> bool) -> Result<Block, PemError> {
    let mut first = None;
    let mut lines = text.lines().map(str::trim);
    while let Some(line) = lines.next() {
        let Some(label) = boundary(line, "-----BEGIN ") else {
            continue;
        };
        let end = format!("-----END {label}-----");
        let mut encoded = Zeroizing::new(String::with_capacity(text.len()));
        let mut ended = false;
        for line in lines.by_ref() {
            if line == end {
                ended = true;
                break;
            }
            encoded.push_str(line);
        }
        if !ended {
            return Err(PemError::NoEnd(label.to_owned()));
        }
        if wanted(label) || first.is_none() {
            let der = STANDARD
                .decode(encoded.as_bytes())
                .map_err(|_| PemError::NotBase64)?;
            let block = Block {
                label: label.to_owned(),
                der: Zeroizing::new(der),
            };
            if wanted(label) {
                return Ok(block);
            }
            first = Some(block);
        }
    }
    first.ok_or(PemError::NoBegin)
}

/// Writes a block with lines of 64 characters that end in `line_end`, the last one too.
pub(crate) fn write(label: &str, der: &[u8], line_end: &str) -> Zeroizing<String> {
    let encoded = Zeroizing::new(STANDARD.encode(der));
    let mut text = Zeroizing::new(String::with_capacity(encoded.len() * 2 + 128));
    text.push_str("-----BEGIN ");
    text.push_str(label);
    text.push_str("-----");
    text.push_str(line_end);
    let mut rest = encoded.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(LINE));
        text.push_str(line);
        text.push_str(line_end);
        rest = after;
    }
    text.push_str("-----END ");
    text.push_str(label);
    text.push_str("-----");
    text.push_str(line_end);
    text
}

fn boundary<'a>(line: &'a str, begin: &str) -> Option<&'a str> {
    line.strip_prefix(begin)?.strip_suffix("-----")
}

/// RFC 7468 section 2: generators wrap at exactly 64.
const LINE: usize = 64;

#[cfg(test)]
mod tests {
    use super::{PemError, read, write};

    #[test]
    fn what_is_written_is_read() {
        for length in [0, 1, 47, 48, 49, 300] {
            let der: Vec<u8> = (0..length).map(|n: u32| n.to_le_bytes()[0]).collect();
            for line_end in ["\n", "\r\n"] {
                let text = write("PUBLIC KEY", &der, line_end);
                assert!(text.lines().all(|line| line.len() <= 64), "{}", *text);
                let block = read(&text, |label| label == "PUBLIC KEY").unwrap();
                assert_eq!(*block.der, der);
            }
        }
    }

    #[test]
    fn the_wanted_block_is_found_among_others() {
        let mut text = String::from("Key Attributes: <none>\n");
        text.push_str(&write("CERTIFICATE", b"c", "\n"));
        text.push_str(&write("PRIVATE KEY", b"k", "\n"));
        assert_eq!(*read(&text, |l| l == "PRIVATE KEY").unwrap().der, b"k");
        assert_eq!(read(&text, |l| l == "X").unwrap().label, "CERTIFICATE");
    }

    #[test]
    fn each_fault_has_its_name() {
        let fault = |text| read(text, |_| true).err().unwrap();
        assert_eq!(fault("hello"), PemError::NoBegin);
        assert_eq!(
            fault("-----BEGIN A-----\nAAAA\n"),
            PemError::NoEnd("A".into())
        );
        assert_eq!(
            fault("-----BEGIN A-----\n?\n-----END A-----"),
            PemError::NotBase64
        );
    }
}
