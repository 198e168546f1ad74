//! NumericDate (RFC 7519, section 2) as whole seconds, and how a time is written in a sentence.
//!
//! There is no clock here. All arithmetic saturates, because the numbers come from strangers.

use std::fmt;

/// The first second after the year 9999. Milliseconds taken for seconds lie far beyond it.
const YEAR_10_000: i64 = 253_402_300_800;

/// Seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Time(pub(crate) i64);

/// A NumericDate that cannot be used.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum TimeError {
    NotFinite,
    TooLate,
}

impl Time {
    /// Reads a JSON number as the nearest `f64`, which is right to less than a microsecond. Fractions of a second are
    /// rounded up, which changes no comparison with a whole `now`: for whole n, `n >= x` exactly when `n >= ceil(x)`,
    /// and `n < x` exactly when `n < ceil(x)`. Only the last second of the year 9999 is rounded down: a time whose year
    /// has five digits cannot be written in RFC 3339, and whoever is given it may not be able to read it.
    pub(crate) fn from_json_number(number: &str) -> Result<Self, TimeError> {
        Self::rounded(number, f64::ceil)
    }

    /// As [`from_json_number`](Self::from_json_number), but rounded down: for a time that is the last at which something
    /// holds. For whole n, `n > x` exactly when `n > floor(x)`.
    pub(crate) fn last_second(number: &str) -> Result<Self, TimeError> {
        Self::rounded(number, f64::floor)
    }

    fn rounded(number: &str, round: fn(f64) -> f64) -> Result<Self, TimeError> {
        if let Ok(seconds) = number.parse::<i64>() {
            return if seconds < YEAR_10_000 {
                Ok(Self(seconds))
            } else {
                Err(TimeError::TooLate)
            };
        }
        match number.parse::<f64>() {
            Ok(seconds) if !seconds.is_finite() => Err(TimeError::NotFinite),
            // Casts from floating point saturate.
            Ok(seconds) if seconds < YEAR_10_000 as f64 => {
                Ok(Self((round(seconds) as i64).min(YEAR_10_000 - 1)))
            }
            Ok(_) => Err(TimeError::TooLate),
            Err(_) => Err(TimeError::NotFinite),
        }
    }

    pub(crate) fn plus(self, seconds: u32) -> Self {
        Self(self.0.saturating_add(i64::from(seconds)))
    }

    pub(crate) fn minus(self, seconds: u32) -> Self {
        Self(self.0.saturating_sub(i64::from(seconds)))
    }

    /// Midnight of a civil date, by the algorithm of Howard Hinnant's `days_from_civil`.
    pub(crate) fn from_civil(year: i64, month: i64, day: i64) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self((era * 146_097 + day_of_era - 719_468) * 86_400)
    }

    /// Year, month and day, the inverse of [`from_civil`](Self::from_civil).
    fn to_civil(self) -> (i64, i64, i64) {
        let days = self.0.div_euclid(86_400) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        (year_of_era + era * 400 + i64::from(month <= 2), month, day)
    }
}

/// How far two times lie apart, in words: `85 s`, `5 min 3 s`, `2 h 10 min`, `12 days`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Apart(u64);

impl Apart {
    pub(crate) fn between(one: Time, other: Time) -> Self {
        Self(one.0.abs_diff(other.0))
    }
}

impl fmt::Display for Apart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0;
        // Two units at most, and of the smaller one only where it counts.
        let (many, unit, few, smaller) = match seconds {
            0..120 => return write!(f, "{seconds} s"),
            120..7_200 => (seconds / 60, "min", seconds % 60, "s"),
            7_200..172_800 => (seconds / 3_600, "h", seconds / 60 % 60, "min"),
            _ => return write!(f, "{} days", seconds / 86_400),
        };
        write!(f, "{many} {unit}")?;
        match few {
            0 => Ok(()),
            _ => write!(f, " {few} {smaller}"),
        }
    }
}

/// `2018-11-19T11:07:52Z (1542625672)`; years that have no four digits as the number alone.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.to_civil();
        if !(0..=9999).contains(&year) {
            return write!(f, "{}", self.0);
        }
        let second = self.0.rem_euclid(86_400);
        let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z ({})",
            self.0
        )
    }
}
