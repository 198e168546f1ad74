//! Names that nobody else chose: token ids and correlation ids.

use aws_lc_rs::rand;

/// A random GUID (RFC 9562, version 4), as lower-case text. `None` when the system gives no randomness.
pub(crate) fn guid() -> Option<String> {
    let mut bytes = [0_u8; 16];
    rand::fill(&mut bytes).ok()?;
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let bits = u128::from_be_bytes(bytes);
    Some(format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        bits >> 96,
        (bits >> 80) & 0xffff,
        (bits >> 64) & 0xffff,
        (bits >> 48) & 0xffff,
        bits & 0xffff_ffff_ffff
    ))
}

#[cfg(test)]
mod tests {
    use super::guid;

    #[test]
    fn a_guid_has_the_form_of_version_4_and_never_repeats() {
        let (one, two) = (guid().unwrap(), guid().unwrap());
        assert_ne!(one, two);
        let groups: Vec<_> = one.split('-').map(str::len).collect();
        assert_eq!(groups, [8, 4, 4, 4, 12], "{one}");
        assert_eq!(one.as_bytes()[14], b'4', "{one}");
        assert!(
            matches!(one.as_bytes()[19], b'8' | b'9' | b'a' | b'b'),
            "{one}"
        );
    }
}
