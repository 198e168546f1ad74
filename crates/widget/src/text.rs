//! Texts from their parts. Not by `format!`, whose machinery every visitor would load.

/// One text from its parts.
#[must_use]
pub fn sentence(parts: &[&str]) -> String {
    let mut sentence = String::new();
    for part in parts {
        sentence.push_str(part);
    }
    sentence
}

/// A number as text.
#[must_use]
pub fn digits(number: u32) -> String {
    let rest = number / 10;
    let mut text = if rest > 0 {
        digits(rest)
    } else {
        String::new()
    };
    text.push(char::from(b'0' + (number % 10) as u8));
    text
}

#[cfg(test)]
mod tests {
    use super::{digits, sentence};

    #[test]
    fn texts_are_joined_and_numbers_written() {
        assert_eq!(sentence(&["a", "", "b"]), "ab");
        for number in [0, 7, 10, 502, u32::MAX] {
            assert_eq!(digits(number), number.to_string());
        }
    }
}
