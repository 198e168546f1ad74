//! What bytes are that are no text: compressed, in wide characters, DER, other binary forms.

use super::{Instead, PUBLISH_KEYS, encoded::Structure};
use crate::keys::wide;

/// The first bytes of compressed forms. Brotli has none.
const COMPRESSED: [(&[u8], &str); 6] = [
    (b"\x1F\x8B", "data compressed with gzip"),
    (b"\x28\xB5\x2F\xFD", "data compressed with zstd"),
    (b"\x78\x01", "data compressed with zlib"),
    (b"\x78\x9C", "data compressed with zlib"),
    (b"\x78\xDA", "data compressed with zlib"),
    (b"\xFD7zXZ", "data compressed with xz"),
];

/// Bytes of any kind.
pub(crate) fn of_any_bytes(bytes: &[u8]) -> Instead {
    of_bytes(bytes).unwrap_or_else(|| Instead::new("text that is not UTF-8", "save it as UTF-8"))
}

/// Bytes that are not UTF-8, or have U+0000 in them. `None` for text that is only badly encoded.
pub(crate) fn of_bytes(bytes: &[u8]) -> Option<Instead> {
    let compressed = COMPRESSED
        .iter()
        .find(|(signature, _)| bytes.starts_with(signature));
    if let Some((_, what)) = compressed {
        return Some(Instead::new(*what, "publish the keys uncompressed"));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(Instead::new(
            "a ZIP archive",
            "publish the file that is in it",
        ));
    }
    if bytes.starts_with(b"\xFE\xED\xFE\xED") || bytes.starts_with(b"\xCE\xCE\xCE\xCE") {
        return Some(Instead::new(
            "a Java key store",
            "publish the certificate alone: `keytool -exportcert -rfc` writes its PEM",
        ));
    }
    if let Some((encoding, _)) = wide::ascii(bytes) {
        return Some(Instead::new(
            format!("text in {encoding}"),
            "save it as UTF-8",
        ));
    }
    if let Some(structure) = Structure::of(bytes) {
        return Some(Instead::new(
            format!("{} as bare DER", structure.what()),
            structure.mend(),
        ));
    }
    // Text has line ends and tabs of all control characters, and a badly encoded text no others.
    let is_control = |byte: &u8| matches!(byte, 0..=8 | 14..=31);
    bytes.iter().take(1_024).any(is_control).then(|| {
        Instead::new(
            "binary data, perhaps compressed with brotli",
            format!("{PUBLISH_KEYS}, uncompressed"),
        )
    })
}
