//! The words of a search, and whether a text holds them.
//!
//! Upper and lower case are the same in every script, which no two databases agree on: so texts are compared here and not in
//! SQL. A word is found inside a longer one too.

/// Words to look for; at least one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct SearchTerms(Vec<String>);

impl SearchTerms {
    /// The words of `text`; `None` for blank text.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        // Only the first keeps its place: the excerpt begins there.
        let first = words.first()?.clone();
        words.retain(|word| *word != first);
        words.sort_unstable();
        words.dedup();
        words.insert(0, first);
        Some(Self(words))
    }

    /// Whether `text` holds all the words.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.0.iter().all(|word| text.contains(word))
    }

    /// The part of `text` around the first word, in one line, with `…` where it is cut.
    pub(crate) fn excerpt(&self, text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let at = self.first_in(&chars).unwrap_or(0);
        let begin = if chars.len() <= EXCERPT {
            0
        } else {
            at.saturating_sub(BEFORE).min(chars.len() - EXCERPT)
        };
        let end = chars.len().min(begin + EXCERPT);
        let mut excerpt: String = chars[begin..end]
            .iter()
            .map(|char| if char.is_whitespace() { ' ' } else { *char })
            .collect();
        if begin > 0 {
            excerpt = format!("…{}", excerpt.trim_start());
        }
        if end < chars.len() {
            excerpt = format!("{}…", excerpt.trim_end());
        }
        excerpt
    }

    /// Where the first word begins. Lower case may have more characters than upper case, so places in the one are not places
    /// in the other.
    fn first_in(&self, chars: &[char]) -> Option<usize> {
        let word = self.0.first()?;
        let length = word.chars().count();
        (0..chars.len()).find(|&at| {
            let rest = chars[at..].iter().take(length);
            let folded: String = rest.collect::<String>().to_lowercase();
            folded.starts_with(word.as_str())
        })
    }
}

/// Characters of an excerpt, without the marks.
const EXCERPT: usize = 158;
/// Characters before the word, of a text that is cut.
const BEFORE: usize = 50;

#[cfg(test)]
mod tests {
    use super::SearchTerms;

    fn terms(text: &str) -> SearchTerms {
        SearchTerms::parse(text).unwrap()
    }

    #[test]
    fn all_words_must_be_there_in_any_order_and_case() {
        let text = "Meine Bestellung 4711 aus KÖLN ist nicht da. Где мой ЗАКАЗ?";
        for found in ["köln", "köln 4711", "bestell", "заказ где", "  da. "] {
            assert!(terms(found).are_in(text), "{found}");
        }
        for missing in ["koln", "4711 berlin", "4712"] {
            assert!(!terms(missing).are_in(text), "{missing}");
        }
        assert_eq!(SearchTerms::parse(" \n "), None);
    }

    #[test]
    fn an_excerpt_shows_the_first_word() {
        assert_eq!(terms("two one").excerpt("one\ntwo"), "one two");
        let long = format!("{}Parcel {}", "a ".repeat(300), "b ".repeat(300));
        let excerpt = terms("parcel").excerpt(&long);
        assert!(excerpt.contains("Parcel"), "{excerpt}");
        assert!(
            excerpt.starts_with('…') && excerpt.ends_with('…'),
            "{excerpt}"
        );
        assert!(excerpt.chars().count() <= 160, "{excerpt}");
        let at_the_end = format!("{}Parcel", "a ".repeat(300));
        assert!(terms("parcel").excerpt(&at_the_end).ends_with("Parcel"));
        // U+0130 becomes two characters in lower case.
        let grows = format!("{}x Parcel", "\u{130}".repeat(200));
        assert!(terms("parcel").excerpt(&grows).contains("Parcel"));
    }
}
