//! The field's own terms, each checked when it is made.

use std::fmt;
use std::str::FromStr;

macro_rules! text_newtype {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(super) String);

        impl $name {
            /// The text in its normal form.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

text_newtype! {
    /// The unique reference number that police and CPS share, in the form of the CPS's own
    /// validation: 11 characters, then an optional `M`, `(M)`, `S` or `(S)`, then `/n`.
    Urn;
    /// The court's own case number, such as `T20260123`.
    CourtCaseNumber;
    /// An exhibit reference: the producer's initials and a number, `JS/1`.
    ExhibitRef;
    /// A form or class of document, such as `MG11`.
    Form;
    /// The letter of a section: one or two capitals.
    SectionLetter;
}

impl FromStr for Urn {
    type Err = String;

    /// The rule is the CPS's own: `^\d{2}[A-Z0-9]{2}\d{7}(M|\(M\)|S|\(S\))?(/\d{1,2})?$`.
    fn from_str(text: &str) -> Result<Self, String> {
        let urn = without_space(text).to_uppercase();
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let unit = |part: &str| part.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
        let right = || {
            let (force, rest) = urn.split_at_checked(2)?;
            let (unit_code, rest) = rest.split_at_checked(2)?;
            let (sequence_and_year, suffix) = rest.split_at_checked(7)?;
            let (mark, split) = suffix.split_once('/').unwrap_or((suffix, "1"));
            let ok = digits(force)
                && unit(unit_code)
                && digits(sequence_and_year)
                && ["", "M", "(M)", "S", "(S)"].contains(&mark)
                && (1..=2).contains(&split.len())
                && digits(split);
            ok.then_some(())
        };
        match right() {
            Some(()) => Ok(Self(urn)),
            None => Err("a URN is two digits, two letters or digits, then seven digits, \
                         such as 01AB1234526, with M, S or /1 after it where the file was split"
                .to_owned()),
        }
    }
}

impl Urn {
    /// The last two digits of the year in which the police opened the file.
    pub fn year_of_century(&self) -> Option<u8> {
        self.0.get(9..11)?.parse().ok()
    }
}

impl FromStr for CourtCaseNumber {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = without_space(text).to_uppercase();
        let digits = number.strip_prefix(['T', 'A', 'S', 'U']).unwrap_or("");
        if digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(Self(number));
        }
        Err("a Crown Court number is T, A, S or U and eight digits, such as T20260123".to_owned())
    }
}

impl FromStr for ExhibitRef {
    type Err = String;

    /// `^[A-Z][A-Za-z]{1,4}[ /-]?\d{1,4}[A-Z]?$`, the initials and the number joined by a slash.
    fn from_str(text: &str) -> Result<Self, String> {
        let initials_end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
        let (initials, rest) = text.split_at(initials_end);
        let number = rest.strip_prefix([' ', '/', '-']).unwrap_or(rest);
        let digits = number.strip_suffix(|c: char| c.is_ascii_uppercase()).unwrap_or(number);
        let right = (2..=5).contains(&initials.len())
            && initials.starts_with(|c: char| c.is_ascii_uppercase())
            && (1..=4).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit());
        if right {
            return Ok(Self(format!("{initials}/{number}")));
        }
        Err("an exhibit reference is the producer's initials and a number, such as JS/1".to_owned())
    }
}

impl ExhibitRef {
    /// What two spellings of one reference have in common: `JS/01` is `JS/1`.
    pub(crate) fn key(&self) -> String {
        let (initials, number) = self.0.split_once('/').unwrap_or((&self.0, ""));
        format!("{}/{}", initials.to_uppercase(), number.trim_start_matches('0').to_uppercase())
    }
}

impl From<&str> for Form {
    /// Any name of a form; `mg 11` becomes `MG11`.
    fn from(text: &str) -> Self {
        let tight = text.replace([' ', '_', '-'], "").to_uppercase();
        let number = tight.strip_prefix("MG").unwrap_or("");
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        let variant = number.get(digits..).unwrap_or("");
        let is_mg = (1..=2).contains(&digits)
            && (variant.is_empty()
                || variant == "(R)"
                || (variant.len() == 1 && variant.bytes().all(|b| b.is_ascii_uppercase())));
        Self(if is_mg { tight } else { text.trim().to_owned() })
    }
}

impl FromStr for SectionLetter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let letter = text.trim().to_ascii_uppercase();
        if (1..=2).contains(&letter.len()) && letter.bytes().all(|b| b.is_ascii_uppercase()) {
            return Ok(Self(letter));
        }
        Err("a section has one or two letters from A to Z".to_owned())
    }
}

fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_urn_has_the_form_of_the_cps() {
        for (typed, normal) in [
            ("01AB1234526", "01AB1234526"),
            (" 01 ab 12345 26 ", "01AB1234526"),
            ("12121234526M", "12121234526M"),
            ("01AB1234526(s)/2", "01AB1234526(S)/2"),
            ("01AB1234526/12", "01AB1234526/12"),
        ] {
            assert_eq!(typed.parse::<Urn>().unwrap().as_str(), normal);
        }
        for typed in [
            "",
            "01AB123452",
            "01AB12345267",
            "1AAB1234526",
            "01AB1234526X",
            "01AB1234526/",
            "01AB1234526/123",
            "11S243751/6",
            "01ŵB1234526",
            "01AB12345é6",
            "01AB1234526MS",
        ] {
            assert!(typed.parse::<Urn>().is_err(), "{typed}");
        }
        assert_eq!("01AB1234526M".parse::<Urn>().unwrap().year_of_century(), Some(26));
    }

    #[test]
    fn an_exhibit_reference_has_one_form() {
        for (typed, normal) in [
            ("JS/1", "JS/1"),
            ("JS1", "JS/1"),
            ("JS-12", "JS/12"),
            ("JS 3A", "JS/3A"),
            ("WRo1", "WRo/1"),
        ] {
            assert_eq!(typed.parse::<ExhibitRef>().unwrap().as_str(), normal);
        }
        for typed in ["", "J/1", "js1", "JS", "JS/", "JS/12345", "ABCDEF1", "1", "JS//1", "JSŵ1"] {
            assert!(typed.parse::<ExhibitRef>().is_err(), "{typed}");
        }
        let key = |text: &str| text.parse::<ExhibitRef>().unwrap().key();
        assert_eq!(key("JS/01"), key("JS1"));
        assert_ne!(key("JS/10"), key("JS1"));
    }

    #[test]
    fn forms_numbers_and_letters_are_normalised() {
        for (typed, normal) in [
            ("mg 11", "MG11"),
            ("MG6C", "MG6C"),
            ("mg-6 c", "MG6C"),
            ("MG11(R)", "MG11(R)"),
            ("SFR1", "SFR1"),
            ("Witness statement", "Witness statement"),
            ("MG Rover", "MG Rover"),
        ] {
            assert_eq!(Form::from(typed).as_str(), normal);
        }
        assert_eq!("t2026 0123".parse::<CourtCaseNumber>().unwrap().as_str(), "T20260123");
        assert!("X20260123".parse::<CourtCaseNumber>().is_err());
        assert_eq!("ab".parse::<SectionLetter>().unwrap().as_str(), "AB");
        for typed in ["", "A1", "ABC", "Ŵ"] {
            assert!(typed.parse::<SectionLetter>().is_err(), "{typed}");
        }
    }
}
