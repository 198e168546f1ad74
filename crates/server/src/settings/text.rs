//! Names, addresses and other short texts.

use bonafide_protocol::Secret;

use super::Fault;

/// Text of one line: trimmed, not blank, at most `MAX` characters, no control characters.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Text<const MAX: usize>(String);

/// The name of a resource or person.
pub type Name = Text<100>;
/// A telephone number; numbering plans differ, so only its length is judged.
pub type PhoneNumber = Text<50>;

impl<const MAX: usize> Text<MAX> {
    /// Trims and judges `text`.
    ///
    /// # Errors
    /// When it is blank, too long or holds control characters.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Fault::required("This must not be blank."));
        }
        judge(text, MAX)?;
        Ok(Self(text.to_owned()))
    }

    /// As [`Self::parse`], but blank or absent text is none.
    ///
    /// # Errors
    /// When it is too long or holds control characters.
    pub fn parse_optional(text: Option<&str>) -> Result<Option<Self>, Fault> {
        text.map(str::trim)
            .filter(|text| !text.is_empty())
            .map(Self::parse)
            .transpose()
    }

    /// The text.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Text that may have line breaks: trimmed, at most `MAX` characters, no other control characters.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MultilineText<const MAX: usize>(String);

impl<const MAX: usize> MultilineText<MAX> {
    /// Trims and judges `text`; blank or absent text is none.
    ///
    /// # Errors
    /// When it is too long or holds control characters other than line breaks.
    pub fn parse_optional(text: Option<&str>) -> Result<Option<Self>, Fault> {
        let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let text = text.replace("\r\n", "\n");
        judge(&text.replace('\n', " "), MAX)?;
        Ok(Some(Self(text)))
    }

    /// The text.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Text that is compared byte by byte with a claim, so it is not trimmed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ExactText(String);

impl ExactText {
    /// Judges `text`; absent text is none.
    ///
    /// # Errors
    /// When it is blank, longer than 2,048 characters, or holds control characters.
    pub fn parse_optional(text: Option<&str>) -> Result<Option<Self>, Fault> {
        let Some(text) = text else { return Ok(None) };
        if text.trim().is_empty() {
            return Err(Fault::required(
                "This must not be blank. Leave the field out to accept any value.",
            ));
        }
        // Contract section 2: an `iss` has at most 2,048 characters.
        judge(text, 2_048)?;
        Ok(Some(Self(text.to_owned())))
    }

    /// The text.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// The name of a context variable: 1 to 100 characters, compared exactly, so it is not trimmed.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct ContextVariableName(String);

impl ContextVariableName {
    /// Judges `text`.
    ///
    /// # Errors
    /// When it is blank, begins or ends with a blank, is too long, or holds control characters.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        if text.trim().is_empty() {
            return Err(Fault::required("A context variable needs a name."));
        }
        if text.trim() != text {
            return Err(Fault::invalid(
                "A context variable's name must not begin or end with a blank: names are compared exactly.",
            ));
        }
        judge(text, 100)?;
        Ok(Self(text.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An e-mail address, judged loosely: only sending a message would tell whether it exists.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Trims and judges `text`.
    ///
    /// # Errors
    /// When it is blank, longer than 254 characters (RFC 5321 section 4.5.3.1), or not of the form `a@b`.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Fault::required("This must not be blank."));
        }
        judge(text, 254)?;
        let (local, domain) = text.rsplit_once('@').unwrap_or_default();
        if local.is_empty() || domain.is_empty() || text.chars().any(char::is_whitespace) {
            return Err(Fault::invalid(
                "This is not an e-mail address such as `name@example.com`.",
            ));
        }
        Ok(Self(text.to_owned()))
    }

    /// As [`Self::parse`], but blank or absent text is none.
    ///
    /// # Errors
    /// As [`Self::parse`], but for blank text.
    pub fn parse_optional(text: Option<&str>) -> Result<Option<Self>, Fault> {
        text.map(str::trim)
            .filter(|text| !text.is_empty())
            .map(Self::parse)
            .transpose()
    }

    /// The address.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// A new password.
#[derive(Clone, Debug)]
pub struct Password(Secret);

impl Password {
    /// Shortest, in characters: what NIST SP 800-63B rev. 4 asks is 15 for a password alone, 8 with a second factor;
    /// guessing is throttled here.
    pub const MIN: usize = 12;
    /// Longest, in characters: a hash of more would be a way to keep the server busy.
    pub const MAX: usize = 128;

    /// Judges a password. Length only: rules about kinds of characters make passwords worse.
    ///
    /// # Errors
    /// When it is too short or too long.
    pub fn parse(secret: Secret) -> Result<Self, Fault> {
        let length = secret.expose().chars().count();
        if length < Self::MIN {
            return Err(Fault::invalid(format!(
                "A password has at least {} characters.",
                Self::MIN
            )));
        }
        if length > Self::MAX {
            return Err(Fault::too_many_characters(length, Self::MAX));
        }
        Ok(Self(secret))
    }

    /// The password.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// A contact's id from elsewhere: a GUID, kept in lower case because either case means the same.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ContactGuid(String);

impl ContactGuid {
    /// Judges `text`.
    ///
    /// # Errors
    /// When it is not of the form `8-4-4-4-12` hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let groups: Vec<&str> = text.split('-').collect();
        let is_hex = |group: &str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
        if groups.iter().map(|group| group.len()).ne([8, 4, 4, 4, 12])
            || !groups.iter().all(|group| is_hex(group))
        {
            return Err(Fault::invalid(
                "A contact's id is a GUID such as `87b4d06c-abc2-e811-a9b0-000d3a10e09e`. Leave the field out to have one made.",
            ));
        }
        Ok(Self(text.to_ascii_lowercase()))
    }

    /// The GUID in lower case.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// A colour as `#rrggbb`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AccentColor(String);

impl AccentColor {
    /// Judges `text`; absent text is none.
    ///
    /// # Errors
    /// When it is not `#` and six hexadecimal digits.
    pub fn parse_optional(text: Option<&str>) -> Result<Option<Self>, Fault> {
        let Some(text) = text else { return Ok(None) };
        match text.strip_prefix('#') {
            Some(digits)
                if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) =>
            {
                Ok(Some(Self(text.to_ascii_lowercase())))
            }
            _ => Err(Fault::invalid(
                "A colour is written as `#rrggbb`, for example `#0f6cbd`.",
            )),
        }
    }

    /// The colour.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Length and characters. U+0000 and other control characters break logs and some databases.
fn judge(text: &str, max: usize) -> Result<(), Fault> {
    let length = text.chars().count();
    if length > max {
        return Err(Fault::too_many_characters(length, max));
    }
    if text.chars().any(char::is_control) {
        return Err(Fault::invalid(
            "This must not hold control characters such as line breaks.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use bonafide_protocol::{FieldErrorCode, Secret};

    use super::{
        AccentColor, ContactGuid, ContextVariableName, EmailAddress, ExactText, Name, Password,
    };

    #[test]
    fn a_name_is_trimmed_and_measured_in_characters() {
        assert_eq!(
            Name::parse("  Shop \u{e9}  ").unwrap().into_string(),
            "Shop \u{e9}"
        );
        assert!(Name::parse(&"\u{e9}".repeat(100)).is_ok());
        assert_eq!(
            Name::parse(&"x".repeat(101)).unwrap_err().code,
            FieldErrorCode::TooLong
        );
        assert_eq!(
            Name::parse("  ").unwrap_err().code,
            FieldErrorCode::Required
        );
        assert_eq!(
            Name::parse("a\nb").unwrap_err().code,
            FieldErrorCode::Invalid
        );
        assert_eq!(
            Name::parse("a\0b").unwrap_err().code,
            FieldErrorCode::Invalid
        );
    }

    #[test]
    fn texts_that_are_compared_exactly_are_not_trimmed() {
        assert_eq!(
            ExactText::parse_optional(Some(" a "))
                .unwrap()
                .unwrap()
                .into_string(),
            " a "
        );
        assert!(ExactText::parse_optional(Some(" ")).is_err());
        assert_eq!(ExactText::parse_optional(None).unwrap(), None);
        assert!(ContextVariableName::parse("msdyn_cartvalue").is_ok());
        assert!(ContextVariableName::parse(" a").is_err());
    }

    #[test]
    fn an_address_has_a_name_and_a_domain() {
        assert!(EmailAddress::parse("a@b").is_ok());
        for wrong in ["", "a", "@b", "a@", "a b@c"] {
            assert!(EmailAddress::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_password_is_judged_by_its_length() {
        let parse = |length| Password::parse(Secret::new("\u{e9}".repeat(length)));
        assert!(
            parse(11).is_err() && parse(12).is_ok() && parse(128).is_ok() && parse(129).is_err()
        );
    }

    #[test]
    fn a_guid_is_kept_in_lower_case() {
        let guid = ContactGuid::parse("87B4D06C-ABC2-E811-A9B0-000D3A10E09E").unwrap();
        assert_eq!(guid.into_string(), "87b4d06c-abc2-e811-a9b0-000d3a10e09e");
        for wrong in [
            "",
            "87b4d06cabc2e811a9b0000d3a10e09e",
            "87b4d06c-abc2-e811-a9b0-000d3a10e09g",
            "a-b-c-d-e",
        ] {
            assert!(ContactGuid::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_colour_has_six_digits() {
        assert!(AccentColor::parse_optional(Some("#0F6CBD")).is_ok());
        for wrong in ["", "red", "#fff", "#0f6cbd;", "#0f6cbg"] {
            assert!(AccentColor::parse_optional(Some(wrong)).is_err(), "{wrong}");
        }
    }
}
