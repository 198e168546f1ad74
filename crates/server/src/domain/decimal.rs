//! Numbers of context variables as exact decimals: two that a 64-bit float cannot tell apart are still two.
//!
//! Must not calculate beyond comparing: no number is ever written in other digits than it came with.

use std::cmp::Ordering;

use bonafide_protocol::Number;

/// A number as `0.d₁d₂d₃… · 10^magnitude`, so that comparing needs no arithmetic.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Decimal {
    is_negative: bool,
    /// Without zeros at either end; empty for zero.
    digits: Vec<u8>,
    magnitude: i64,
}

impl Decimal {
    pub(crate) fn of(number: &Number) -> Self {
        let text = number.as_str();
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = [whole, fraction].concat();
        let significant = all.trim_start_matches('0');
        let zeros = all.len() - significant.len();
        let digits = significant.trim_end_matches('0').as_bytes().to_vec();
        if digits.is_empty() {
            return Self {
                is_negative: false,
                digits,
                magnitude: 0,
            };
        }
        // Of an exponent with more digits than an `i64` holds only the sign matters: nothing else comes near.
        let exponent = exponent
            .parse::<i64>()
            .unwrap_or(match exponent.as_bytes() {
                [b'-', ..] => i64::MIN,
                _ => i64::MAX,
            });
        let point = i64::try_from(whole.len()).unwrap_or(i64::MAX);
        let zeros = i64::try_from(zeros).unwrap_or(i64::MAX);
        Self {
            is_negative: unsigned.len() < text.len(),
            digits,
            magnitude: exponent.saturating_add(point - zeros),
        }
    }

    /// The digits of a whole number, without exponent and point; `None` for one with a fraction. A finite 64-bit float has at
    /// most 309.
    pub(crate) fn whole(&self) -> Option<String> {
        let places = usize::try_from(self.magnitude).ok()?;
        if self.digits.is_empty() {
            return Some("0".to_owned());
        }
        let zeros = places
            .checked_sub(self.digits.len())
            .filter(|&zeros| zeros <= MAX_ZEROS)?;
        let digits = self.digits.iter().map(|&digit| char::from(digit));
        let sign = self.is_negative.then_some('-');
        let zeros = std::iter::repeat_n('0', zeros);
        Some(sign.into_iter().chain(digits).chain(zeros).collect())
    }
}

impl Decimal {
    /// What orders numbers of one sign.
    fn size(&self) -> (i64, &[u8]) {
        (self.magnitude, &self.digits)
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |number: &Self| match (number.digits.is_empty(), number.is_negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        match sign(self).cmp(&sign(other)) {
            Ordering::Equal if self.is_negative => other.size().cmp(&self.size()),
            Ordering::Equal => self.size().cmp(&other.size()),
            different => different,
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// More zeros than any finite 64-bit float ends with.
const MAX_ZEROS: usize = 400;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::of(&Number::parse(text).unwrap())
    }

    #[test]
    fn numbers_are_ordered_by_what_they_mean() {
        let groups: [&[&str]; 17] = [
            &["-1e300"],
            &["-123456789012345678901234567891"],
            &["-123456789012345678901234567890"],
            &["-10", "-1e1", "-10.0", "-0.1E+2", "-100e-1"],
            &["-1.5"],
            &["-1e-999"],
            &["0", "-0", "0.0", "0e5", "-0.0E-7", "0e99999999999999999999"],
            &["1e-99999999999999999999"],
            &["1e-999"],
            &["0.1", "1e-1", "0.10", "100e-3"],
            &["0.1000000000000000055511151231257827"],
            &["1", "1.0", "1e0", "10e-1"],
            &["9007199254740992"],
            &["9007199254740993", "9007199254740.993e3"],
            &["18446744073709551616"],
            &[
                "123456789012345678901234567890",
                "1.23456789012345678901234567890e29",
            ],
            &["1e300", "10e299"],
        ];
        for (place, group) in groups.iter().enumerate() {
            for (other_place, other_group) in groups.iter().enumerate() {
                for (a, b) in group
                    .iter()
                    .flat_map(|a| other_group.iter().map(move |b| (a, b)))
                {
                    let expected = place.cmp(&other_place);
                    assert_eq!(decimal(a).cmp(&decimal(b)), expected, "{a} {b}");
                }
            }
        }
    }

    #[test]
    fn whole_numbers_are_written_out() {
        for (number, digits) in [
            ("0", Some("0")),
            ("-0", Some("0")),
            ("10000", Some("10000")),
            ("10000.0", Some("10000")),
            ("1e4", Some("10000")),
            ("-1.50e2", Some("-150")),
            (
                "123456789012345678901234567890",
                Some("123456789012345678901234567890"),
            ),
            ("100e-2", Some("1")),
            ("1.5", None),
            ("1e-1", None),
            ("1e-99999999999999999999", None),
        ] {
            assert_eq!(decimal(number).whole().as_deref(), digits, "{number}");
        }
        assert_eq!(
            decimal("1e308").whole().map(|digits| digits.len()),
            Some(309)
        );
    }

    proptest! {
        #[test]
        fn whole_numbers_compare_as_integers(a in any::<i128>(), b in any::<i128>()) {
            prop_assert_eq!(decimal(&a.to_string()).cmp(&decimal(&b.to_string())), a.cmp(&b));
            prop_assert_eq!(decimal(&a.to_string()).whole(), Some(a.to_string()));
        }
    }
}
