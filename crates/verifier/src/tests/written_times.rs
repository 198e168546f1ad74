//! How times are written in sentences, and how a calendar's date becomes one: as `chrono` says.

use chrono::DateTime;
use proptest::prelude::*;

use crate::time::Time;

const DAY: i64 = 86_400;
/// 0000-01-01 and 9999-12-31, as days since 1970-01-01.
const DAYS: std::ops::RangeInclusive<i64> = -719_528..=2_932_896;

fn written(seconds: i64) -> String {
    let time = DateTime::from_timestamp(seconds, 0).unwrap();
    format!("{} ({seconds})", time.format("%Y-%m-%dT%H:%M:%SZ"))
}

#[test]
fn each_day_of_four_centuries_is_written_with_its_date() {
    // The calendar comes round after 400 years; from before 1600 to after 2000.
    for day in -146_097..=12_784 {
        assert_eq!(Time(day * DAY).to_string(), written(day * DAY));
    }
}

#[test]
fn beyond_years_of_four_digits_the_number_stands_alone() {
    let (first, last) = (DAYS.start() * DAY, DAYS.end() * DAY + DAY - 1);
    for (seconds, says) in [
        (first, written(first)),
        (first - 1, (first - 1).to_string()),
        (last, written(last)),
        (last + 1, (last + 1).to_string()),
        (i64::MIN, i64::MIN.to_string()),
        (i64::MAX, i64::MAX.to_string()),
    ] {
        assert_eq!(Time(seconds).to_string(), says);
    }
}

proptest! {
    #[test]
    fn any_second_is_written_as_chrono_writes_it(day in DAYS, second in 0..DAY) {
        let seconds = day * DAY + second;
        prop_assert_eq!(Time(seconds).to_string(), written(seconds));
    }

    #[test]
    fn a_date_is_its_midnight(day in DAYS) {
        use chrono::Datelike as _;
        let date = DateTime::from_timestamp(day * DAY, 0).unwrap();
        let time = Time::from_civil(date.year().into(), date.month().into(), date.day().into());
        prop_assert_eq!(time, Time(day * DAY));
    }
}
