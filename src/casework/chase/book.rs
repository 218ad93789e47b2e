//! The address book: who is written to for each supplier, and in which language.

use serde::Deserialize;
use thiserror::Error;

use crate::manifest::Language;

/// Whom letters go to, and who signs them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Book {
    /// Who signs.
    #[serde(default)]
    pub sender: Option<Sender>,
    /// The correspondents.
    #[serde(default)]
    pub supplier: Vec<Correspondent>,
}

/// Who signs the letters.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sender {
    /// The name under the letter.
    pub name: String,
    /// The address that it comes from.
    #[serde(default)]
    pub email: Option<String>,
    /// More lines under the name: office, telephone.
    #[serde(default)]
    pub lines: Vec<String>,
}

/// One supplier.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correspondent {
    /// The supplier as manifests name it.
    pub name: String,
    /// Other names that manifests use for it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The addresses that a letter goes to.
    pub to: Vec<String>,
    /// Those that get a copy.
    #[serde(default)]
    pub cc: Vec<String>,
    /// Who is addressed: `Dear {greeting},`.
    #[serde(default)]
    pub greeting: Option<String>,
    /// The language of the letter.
    #[serde(default)]
    pub language: Language,
}

/// Why an address book cannot be used.
#[derive(Debug, Error)]
pub enum BookError {
    /// It is not the TOML of an address book.
    #[error("the address book cannot be read: {0}")]
    Syntax(#[from] toml::de::Error),
    /// Something in the place of an address is none.
    #[error("\"{0}\" is no e-mail address\n  hint: write to = [\"name@example.org\"]")]
    Address(String),
    /// A name leads to two correspondents.
    #[error("\"{0}\" is there twice in the address book\n  hint: give each supplier one entry")]
    Twice(String),
}

impl Book {
    /// Reads and checks an address book.
    pub fn parse(text: &str) -> Result<Self, BookError> {
        let book: Self = toml::from_str(text)?;
        let of_suppliers = book.supplier.iter().flat_map(|one| one.to.iter().chain(&one.cc));
        let of_sender = book.sender.iter().filter_map(|sender| sender.email.as_ref());
        if let Some(wrong) = of_suppliers.chain(of_sender).find(|address| !is_address(address)) {
            return Err(BookError::Address(wrong.clone()));
        }
        let mut names: Vec<String> = book
            .supplier
            .iter()
            .flat_map(|one| std::iter::once(&one.name).chain(&one.aliases))
            .map(|name| fold(name))
            .collect();
        names.sort();
        let mut pairs = names.iter().zip(names.iter().skip(1));
        match pairs.find(|(one, next)| one == next) {
            Some((twice, _)) => Err(BookError::Twice(twice.clone())),
            None => Ok(book),
        }
    }

    /// The correspondent for a supplier, however the name is written.
    pub fn find(&self, supplier: &str) -> Option<&Correspondent> {
        let wanted = fold(supplier);
        self.supplier.iter().find(|one| {
            std::iter::once(&one.name).chain(&one.aliases).any(|name| fold(name) == wanted)
        })
    }
}

/// One sign between two parts, and nothing that would break a header. Whether somebody reads it only the
/// post can tell.
fn is_address(text: &str) -> bool {
    let parts: Vec<&str> = text.split('@').collect();
    let sound = |part: &&str| {
        !part.is_empty()
            && part.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>,;\"".contains(c))
    };
    parts.len() == 2 && parts.iter().all(sound)
}

fn fold(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_supplier_is_found_by_any_of_its_names() {
        let book = Book::parse(
            "[[supplier]]\nname = 'Police'\naliases = ['force file unit']\nto = ['a@b.example']",
        )
        .unwrap();
        for name in ["police", " POLICE ", "Force  File Unit"] {
            assert!(book.find(name).is_some(), "{name}");
        }
        assert!(book.find("hospital").is_none());
    }

    #[test]
    fn what_cannot_be_posted_is_refused() {
        for (text, message) in [
            ("[[supplier]]\nname = 'p'\nto = ['nobody']", "\"nobody\" is no"),
            ("[[supplier]]\nname = 'p'\nto = ['a@b.example\\nBcc: x@y.example']", "is no e-mail"),
            (
                "[[supplier]]\nname = 'Pp'\nto = []\n[[supplier]]\nname = 'q'\naliases = ['pP']\nto = []",
                "\"pp\" is there twice",
            ),
            ("[[supplier]]\nname = 'p'\nto = []\nlanguage = 'fr'", "language"),
            ("[[suplier]]", "suplier"),
        ] {
            let error = Book::parse(text).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
