//! Text in UTF-16 or UTF-32, which some editors and shells write: seen, so that it can be named and searched for private keys,
//! and never read as keys.

/// The encoding of such a text, and its characters with what is not ASCII replaced. `None` for any other text.
pub(super) fn ascii(bytes: &[u8]) -> Option<(&'static str, Vec<u8>)> {
    let encodings: [(&str, usize, usize, &[u8]); 4] = [
        ("UTF-32", 4, 0, b"\xFF\xFE\0\0"),
        ("UTF-32", 4, 3, b"\0\0\xFE\xFF"),
        ("UTF-16", 2, 0, b"\xFF\xFE"),
        ("UTF-16", 2, 1, b"\xFE\xFF"),
    ];
    encodings
        .into_iter()
        .find_map(|(name, width, place, mark)| {
            let is_marked = bytes.starts_with(mark);
            let text = if is_marked { &bytes[width..] } else { bytes };
            let character = |unit: &[u8]| {
                let is_ascii = unit.iter().enumerate().all(|(at, &byte)| {
                    if at == place {
                        (1..0x80).contains(&byte)
                    } else {
                        byte == 0
                    }
                });
                is_ascii.then(|| unit[place])
            };
            // Keys are ASCII, so nearly all of a text that holds some is.
            let beginning = || text.chunks_exact(width).take(LOOKED_AT);
            let known = beginning().filter_map(character).count();
            let is_text = is_marked || (known > 0 && known * 10 >= beginning().count() * 9);
            is_text.then(|| {
                let units = text.chunks_exact(width);
                (
                    name,
                    units.map(|unit| character(unit).unwrap_or(b'?')).collect(),
                )
            })
        })
}

/// How many characters show what the others are.
const LOOKED_AT: usize = 64;
