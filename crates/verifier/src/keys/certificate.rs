//! The public key and the validity of an X.509 certificate (RFC 5280, section 4.1).
//!
//! A certificate is a container here, nothing more: it is trusted because it came from the website's public
//! key URL, just as a bare key is. Its structure is strict to the last byte; what its names and extensions say, and
//! whether its signature is right, is not judged.

use super::{
    der::{
        self, Der, EXTENSIONS, GENERALIZED_TIME, INTEGER, ISSUER_ID, SEQUENCE, SUBJECT_ID,
        UTC_TIME, VERSION,
    },
    error::KeyFault,
    rsa::RsaNumbers,
};
use crate::time::Time;

/// What a certificate says about its key.
#[derive(Debug)]
pub(crate) struct Certificate<'a> {
    pub(crate) numbers: RsaNumbers<'a>,
    pub(crate) not_before: Time,
    pub(crate) not_after: Time,
}

impl<'a> Certificate<'a> {
    /// Reads one certificate and nothing after it.
    pub(crate) fn from_der(bytes: &'a [u8]) -> Result<Self, KeyFault> {
        der::check(bytes)?;
        let mut outer = Der::new(bytes);
        let mut certificate = outer.read(SEQUENCE)?;
        outer.end()?;
        let mut signed = certificate.read(SEQUENCE)?;
        let algorithm = certificate.read(SEQUENCE)?;
        certificate.read_bytes()?; // signature
        certificate.end()?;

        if signed.starts_with(VERSION) {
            let mut version = signed.read(VERSION)?;
            let number = version.read(INTEGER)?;
            version.end()?;
            // 0, the first version, is the default and not written in DER.
            if !matches!(number.bytes(), [1 | 2]) {
                return Err(number
                    .expected("version 2 or 3 of certificates (1 or 2)")
                    .into());
            }
        }
        signed.read(INTEGER)?; // serial number
        let signed_algorithm = signed.read(SEQUENCE)?;
        if signed_algorithm.bytes() != algorithm.bytes() {
            return Err(algorithm
                .expected("the same signature algorithm twice")
                .into());
        }
        signed.read(SEQUENCE)?; // issuer
        let mut validity = signed.read(SEQUENCE)?;
        let not_before = read_time(&mut validity)?;
        let not_after = read_time(&mut validity)?;
        validity.end()?;
        signed.read(SEQUENCE)?; // subject
        let numbers = RsaNumbers::read_spki(&mut signed)?;
        for optional in [ISSUER_ID, SUBJECT_ID, EXTENSIONS] {
            if signed.starts_with(optional) {
                signed.read(optional)?;
            }
        }
        signed.end()?;
        Ok(Self {
            numbers,
            not_before,
            not_after,
        })
    }
}

/// UTCTime or GeneralizedTime, both to the second and in UTC (RFC 5280, section 4.1.2.5). That certificate authorities
/// should write years before 2050 in the former is their business: the latter means the same.
fn read_time(validity: &mut Der<'_>) -> Result<Time, KeyFault> {
    let (content, is_generalized) = if validity.starts_with(GENERALIZED_TIME) {
        (validity.read(GENERALIZED_TIME)?, true)
    } else {
        (validity.read(UTC_TIME)?, false)
    };
    let time = if is_generalized {
        generalized_time(content.bytes())
    } else {
        utc_time(content.bytes())
    };
    time.ok_or_else(|| content.expected("a date and time in UTC").into())
}

/// `YYMMDDHHMMSSZ`.
fn utc_time(text: &[u8]) -> Option<Time> {
    let (year, rest) = text.split_at_checked(2)?;
    let year = digits(year)?;
    let century = if year >= 50 { 1900 } else { 2000 };
    within_year(century + year, rest)
}

/// `YYYYMMDDHHMMSSZ`.
fn generalized_time(text: &[u8]) -> Option<Time> {
    let (year, rest) = text.split_at_checked(4)?;
    within_year(digits(year)?, rest)
}

fn within_year(year: i64, rest: &[u8]) -> Option<Time> {
    let [fields @ .., b'Z'] = rest else {
        return None;
    };
    if fields.len() != 10 {
        return None;
    }
    let field = |index: usize, range: std::ops::RangeInclusive<i64>| {
        digits(fields.get(index * 2..index * 2 + 2)?).filter(|value| range.contains(value))
    };
    let month = field(0, 1..=12)?;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    };
    let day = field(1, 1..=days)?;
    let (hour, minute, second) = (field(2, 0..=23)?, field(3, 0..=59)?, field(4, 0..=59)?);
    let midnight = Time::from_civil(year, month, day);
    Some(Time(midnight.0 + hour * 3_600 + minute * 60 + second))
}

fn digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0, |value, digit| {
        digit
            .is_ascii_digit()
            .then(|| value * 10 + i64::from(digit - b'0'))
    })
}
