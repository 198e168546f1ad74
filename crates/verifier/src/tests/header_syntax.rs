//! Which bytes are a header: one JSON object in UTF-8 without duplicate names. Nothing is signed,
//! so there can be many.

use super::mint::encode_url;
#[cfg(target_family = "wasm")]
use super::test;
use crate::{
    base64,
    header::{Header, USUAL},
    structure,
};

/// Whether these bytes are taken for a header.
fn is_header(bytes: &[u8]) -> bool {
    let token = format!("{}..", encode_url(bytes));
    structure::check(&token, 65_536).is_ok()
}

fn with_value(value: &str) -> bool {
    is_header(format!("{{\"x\":{value}}}").as_bytes())
}

#[test]
fn numbers_are_those_of_rfc_8259() {
    for number in [
        "0",
        "-0",
        "1",
        "-1",
        "10",
        "1234567890",
        "0.5",
        "-0.05",
        "1.50",
        "0e0",
        "1e5",
        "1E5",
        "1e+5",
        "1E-05",
        "-1.5e+10",
    ] {
        assert!(with_value(number), "{number}");
    }
    for other in [
        "", "-", "+1", "01", "00", "-01", ".5", "1.", "1.e5", "-.5", "1e", "1e+", "1E-", "1e5.",
        "1e5e5", "1.2.3", "0x1", "1_0", "1-", "1+1", "1e++5", "--1", "e5", "Infinity", "NaN",
        "1 2",
    ] {
        assert!(!with_value(other), "{other}");
    }
}

#[test]
fn words_are_whole_and_lower_case() {
    for word in ["true", "false", "null"] {
        assert!(with_value(word));
        for other in [
            &word[..word.len() - 1],
            &word[1..],
            &format!("{word}x"),
            &word.to_uppercase(),
        ] {
            assert!(!with_value(other), "{other}");
        }
    }
}

#[test]
fn blanks_are_the_four_of_rfc_8259() {
    for (blank, expected) in [
        (" ", true),
        ("\t", true),
        ("\n", true),
        ("\r", true),
        ("\u{b}", false),
        ("\u{c}", false),
        ("\u{a0}", false),
        ("\0", false),
    ] {
        for place in [
            "_{\"x\":[1]}",
            "{_\"x\":[1]}",
            "{\"x\"_:[1]}",
            "{\"x\":_[1]}",
            "{\"x\":[_1]}",
            "{\"x\":[1_]}",
            "{\"x\":[1]_}",
            "{\"x\":[1]}_",
            "{\"x\":[]_,\"y\":1}",
            "{\"x\":[],_\"y\":{_}}",
        ] {
            assert_eq!(
                is_header(place.replace('_', blank).as_bytes()),
                expected,
                "{place:?} {blank:?}"
            );
            assert!(is_header(place.replace('_', "").as_bytes()));
        }
    }
}

#[test]
fn punctuation_is_exact() {
    for header in [
        "{}",
        "{\"x\":[]}",
        "{\"x\":{}}",
        "{\"x\":[[],{}]}",
        "{\"x\":[1,2],\"y\":{\"x\":3}}",
        "{\"\":1}",
    ] {
        assert!(is_header(header.as_bytes()), "{header}");
    }
    for other in [
        "",
        "{",
        "}",
        "[]",
        "[{}]",
        "\"\"",
        "{}}",
        "{}{}",
        "{},",
        "{,}",
        "{\"x\"}",
        "{\"x\":}",
        "{\"x\":1,}",
        "{\"x\":1 \"y\":2}",
        "{\"x\" 1}",
        "{\"x\"::1}",
        "{\"x\":1,,\"y\":2}",
        "{x:1}",
        "{1:1}",
        "{\"x\":[1,]}",
        "{\"x\":[,1]}",
        "{\"x\":[1 2]}",
        "{\"x\":[1}",
        "{\"x\":[1}}",
        "{\"x\":{]}",
        "{\"x\":(1)}",
        "{\"x\":\"}",
        "{\"x\":\"\\\"}",
        "{\"x",
        "{\"x\"",
        "{\"x\":",
        "{\"x\":1",
        "{\"x\":[",
        "{\"x\":[1",
        "{\"x\":[1,",
    ] {
        assert!(!is_header(other.as_bytes()), "{other}");
    }
}

#[test]
fn nesting_ends_at_128_levels() {
    for (open, close) in [("[", "]"), ("{\"x\":", "}"), ("[{\"x\":", "}]")] {
        let levels = open.matches(['[', '{']).count();
        let nested =
            |count: usize| with_value(&format!("{}1{}", open.repeat(count), close.repeat(count)));
        assert!(nested(127 / levels), "{open}");
        assert!(!nested(127 / levels + 1), "{open}");
    }
    assert!(
        with_value(&format!("[{}]", vec!["[[]]"; 1_000].join(","))),
        "depth is not the number of brackets"
    );
}

/// Every lead byte with continuations on both sides of each limit of RFC 3629, section 4.
#[test]
fn strings_are_utf_8() {
    let continuations = [b'A', 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0];
    let judge = |text: &[u8]| {
        let header = [b"{\"x\":\"", text, b"\"}"].concat();
        assert_eq!(
            is_header(&header),
            std::str::from_utf8(text).is_ok(),
            "{text:x?}"
        );
    };
    for lead in 0x80..=0xFF {
        judge(&[lead]);
        for second in continuations {
            judge(&[lead, second]);
            for third in continuations {
                judge(&[lead, second, third]);
                // Only the leads around the last ones have a fourth byte.
                if lead >= 0xEF {
                    for fourth in continuations {
                        judge(&[lead, second, third, fourth]);
                    }
                }
            }
        }
    }
    for control in 0..0x20 {
        assert!(
            !is_header(&[b"{\"x\":\"".as_slice(), &[control], b"\"}"].concat()),
            "{control}"
        );
    }
    assert!(with_value("\"\u{7f}\""));
}

#[test]
fn escapes_are_those_of_rfc_8259() {
    for escape in 0..=0x7F_u8 {
        let expected = b"\"\\/bfnrt".contains(&escape);
        // The quote that ends the string stands twice, so that an escaped one leaves a string as well.
        let header = [b"{\"x\":\"\\".as_slice(), &[escape], b"\"}"].concat();
        assert_eq!(is_header(&header), expected, "{}", char::from(escape));
    }
    for digits in [
        "0041", "00e9", "00E9", "abcd", "ABCD", "d7ff", "e000", "ffff", "0000",
    ] {
        assert!(with_value(&format!("\"\\u{digits}\"")), "{digits}");
    }
    for other in [
        "", "0", "00", "004", "004g", "g041", "+041", " 041", "00 41", "d800", "dbff", "dc00",
        "dfff",
    ] {
        assert!(!with_value(&format!("\"\\u{other}\"")), "{other}");
    }
    for pair in ["d800\\udc00", "dbff\\udfff", "D83D\\uDE00"] {
        assert!(with_value(&format!("\"\\u{pair}\"")), "{pair}");
    }
    for other in [
        "d800\\udbff",
        "d800\\ue000",
        "d800\\u0041",
        "d800\\n",
        "d800udc00",
        "d800\\\\udc00",
        "d800\\udc0",
        "dc00\\ud800",
    ] {
        assert!(!with_value(&format!("\"\\u{other}\"")), "{other}");
    }
}

/// A name is its value, however it is written.
#[test]
fn duplicate_names_are_found_behind_escapes() {
    let are_one = |one: &str, other: &str| {
        !is_header(format!("{{\"{one}\":1,\"y\":2,\"{other}\":3}}").as_bytes())
    };
    let escaped = |character: char| {
        let mut units = [0; 2];
        let units = character.encode_utf16(&mut units).iter();
        units
            .map(|unit| format!("\\u{unit:04x}"))
            .collect::<String>()
    };
    let characters = [
        'A',
        '~',
        '\u{80}',
        'é',
        '\u{7ff}',
        '\u{800}',
        '中',
        '\u{d7ff}',
        '\u{e000}',
        '\u{ffff}',
        '\u{10000}',
        '\u{10401}',
        '\u{1f600}',
        '\u{1f601}',
        '\u{10ffff}',
    ];
    for one in characters {
        assert!(are_one(&one.to_string(), &escaped(one)), "{one:?}");
        assert!(are_one(&escaped(one), &escaped(one)), "{one:?}");
        for other in characters.into_iter().filter(|other| *other != one) {
            assert!(
                !are_one(&one.to_string(), &other.to_string()),
                "{one:?} {other:?}"
            );
            assert!(
                !are_one(&escaped(one), &escaped(other)),
                "{one:?} {other:?}"
            );
            assert!(
                !are_one(&one.to_string(), &escaped(other)),
                "{one:?} {other:?}"
            );
        }
    }
    for (short, character) in [
        ("\\\"", '"'),
        ("\\\\", '\\'),
        ("\\/", '/'),
        ("\\b", '\u{8}'),
        ("\\f", '\u{c}'),
        ("\\n", '\n'),
        ("\\r", '\r'),
        ("\\t", '\t'),
    ] {
        assert!(are_one(short, &escaped(character)), "{short}");
        assert!(
            !are_one(short, &escaped('b')) && !are_one(short, &escaped('\u{b}')),
            "{short}"
        );
    }
    assert!(are_one("/", "\\/") && are_one("", "") && are_one("ab", "a\\u0062"));
    assert!(!are_one("", "a") && !are_one("a", "ab") && !are_one("ab", "a") && !are_one("a", "A"));
    assert!(!is_header(b"{\"a\":{},\"b\":1,\"a\":[]}"));
    assert!(
        is_header(b"{\"a\":{\"b\":1,\"b\":2},\"b\":[{\"a\":1,\"a\":1}]}"),
        "deeper down nobody reads them"
    );
}

#[test]
fn a_usual_header_is_known_for_what_it_says() {
    for segment in USUAL {
        let bytes = base64::decode_url(segment.as_bytes()).unwrap();
        let parsed = Header::parse(&bytes).unwrap();
        let usual = Header::usual(segment).unwrap();
        assert_eq!(format!("{usual:?}"), format!("{parsed:?}"));
    }
    assert!(Header::usual(&USUAL[0][1..]).is_none());
}
