//! Names by which content takes something from resources (ISO 32000-2, 7.8.3), category by category.

use std::collections::BTreeSet;

use crate::pdf::source::decoded;

/// A category of resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Category {
    States,
    Colours,
    Patterns,
    Shadings,
    XObjects,
    Fonts,
    Properties,
}

impl Category {
    pub(super) const ALL: [Self; 7] = [
        Self::States,
        Self::Colours,
        Self::Patterns,
        Self::Shadings,
        Self::XObjects,
        Self::Fonts,
        Self::Properties,
    ];

    /// Where a dictionary of resources has it.
    pub(super) fn key(self) -> &'static [u8] {
        match self {
            Self::States => b"ExtGState",
            Self::Colours => b"ColorSpace",
            Self::Patterns => b"Pattern",
            Self::Shadings => b"Shading",
            Self::XObjects => b"XObject",
            Self::Fonts => b"Font",
            Self::Properties => b"Properties",
        }
    }

    /// What the last name before an operator is taken from.
    pub(super) fn of_operator(operator: &[u8]) -> Option<Self> {
        Some(match operator {
            b"gs" => Self::States,
            b"cs" | b"CS" => Self::Colours,
            b"scn" | b"SCN" => Self::Patterns,
            b"sh" => Self::Shadings,
            b"Do" => Self::XObjects,
            b"Tf" => Self::Fonts,
            b"BDC" | b"DP" => Self::Properties,
            _ => return None,
        })
    }
}

/// The names that some content uses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NamesUsed([BTreeSet<Vec<u8>>; 7]);

impl NamesUsed {
    /// Adds a name as content spells it.
    pub(super) fn add(&mut self, category: Category, name: &[u8]) {
        let name = decoded(name);
        if let Some(names) = self.0.get_mut(category as usize)
            && !names.contains(&*name)
        {
            names.insert(name.into_owned());
        }
    }

    /// Adds a name as dictionaries have it.
    pub(super) fn add_plain(&mut self, category: Category, name: &[u8]) {
        if let Some(names) = self.0.get_mut(category as usize) {
            names.insert(name.to_vec());
        }
    }

    /// Adds a name that may be of any category.
    pub(super) fn add_to_all(&mut self, name: &[u8]) {
        Category::ALL.into_iter().for_each(|category| self.add(category, name));
    }

    pub(super) fn has(&self, category: Category, name: &[u8]) -> bool {
        self.0.get(category as usize).is_some_and(|names| names.contains(name))
    }

    pub(super) fn extend(&mut self, other: &Self) {
        for (names, more) in self.0.iter_mut().zip(&other.0) {
            names.extend(more.iter().cloned());
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Category, &[u8])> {
        let with = |(category, names)| {
            let names: &BTreeSet<Vec<u8>> = names;
            names.iter().map(move |name| (category, name.as_slice()))
        };
        Category::ALL.into_iter().zip(&self.0).flat_map(with)
    }
}
