//! Marks: eight hex digits that stand for one value at one place, so that whoever lets it pass lets nothing else pass.

use std::fmt;

use sha2::{Digest, Sha256};

use super::Sha256Hash;

/// How many bytes a mark has.
const LENGTH: usize = 4;

/// Stands for one value of one kind at one place. It stands in the manifest, beside the evidence, and in no report that
/// goes out: with the file at hand, a short value could be found by trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark([u8; LENGTH]);

impl Mark {
    /// Of a value of some kind on a page of a file, from 1.
    pub(crate) fn of(file: Sha256Hash, page: u32, kind: &str, value: Sha256Hash) -> Self {
        let mut hash = Sha256::new();
        hash.update(file.0);
        hash.update(page.to_be_bytes());
        hash.update(kind.as_bytes());
        hash.update(value.0);
        let mut mark = [0; LENGTH];
        mark.iter_mut().zip(hash.finalize()).for_each(|(byte, of_hash)| *byte = of_hash);
        Self(mark)
    }

    /// Of a value of some kind in words of the manifest.
    pub(crate) fn of_words(kind: &str, value: Sha256Hash) -> Self {
        Self::of(Sha256Hash::default(), 0, kind, value)
    }

    /// As it is typed.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let number = u32::from_str_radix(text, 16).ok()?;
        let is_plain = text.len() == 2 * LENGTH && text.bytes().all(|c| c.is_ascii_hexdigit());
        is_plain.then_some(Self(number.to_be_bytes()))
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_as_it_is_written() {
        let value = Sha256Hash::of(b"LS14BT");
        let file = Sha256Hash::of(b"a file");
        let mark = Mark::of(file, 2, "postcode", value);
        assert_eq!(Mark::parse(&mark.to_string()), Some(mark));
        assert_eq!(Mark::parse(&mark.to_string().to_uppercase()), Some(mark));
        for other in ["", "12345", "1234567g", "+1234567", "123456789"] {
            assert_eq!(Mark::parse(other), None, "{other}");
        }
    }

    #[test]
    fn file_page_kind_and_value_each_make_another_mark() {
        let (file, value) = (Sha256Hash::of(b"a file"), Sha256Hash::of(b"LS14BT"));
        let marks = [
            Mark::of(file, 2, "postcode", value),
            Mark::of(Sha256Hash::of(b"another"), 2, "postcode", value),
            Mark::of(file, 3, "postcode", value),
            Mark::of(file, 2, "address", value),
            Mark::of(file, 2, "postcode", Sha256Hash::of(b"LS14BX")),
            Mark::of_words("postcode", value),
        ];
        let apart: std::collections::BTreeSet<Mark> = marks.into_iter().collect();
        assert_eq!(apart.len(), marks.len());
    }
}
