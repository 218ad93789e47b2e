//! Structure types (ISO 32000-2, 14.8.4) and role maps (14.7.3): a type of one source must not get
//! the meaning that another source gives to the same name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use lopdf::{Dictionary, Document as Pdf, Object};

use super::walk::Element;
use crate::pdf::syntax::dictionaries::{get, get_dict};

/// The standard types of PDF 1.7, which every source understands in the same way unless it maps them
/// itself (ISO 32000-2, annex L).
const STANDARD: [&[u8]; 49] = [
    b"Document",
    b"Part",
    b"Art",
    b"Sect",
    b"Div",
    b"BlockQuote",
    b"Caption",
    b"TOC",
    b"TOCI",
    b"Index",
    b"NonStruct",
    b"Private",
    b"P",
    b"H",
    b"H1",
    b"H2",
    b"H3",
    b"H4",
    b"H5",
    b"H6",
    b"L",
    b"LI",
    b"Lbl",
    b"LBody",
    b"Table",
    b"TR",
    b"TH",
    b"TD",
    b"THead",
    b"TBody",
    b"TFoot",
    b"Span",
    b"Quote",
    b"Note",
    b"Reference",
    b"BibEntry",
    b"Code",
    b"Link",
    b"Annot",
    b"Ruby",
    b"RB",
    b"RT",
    b"RP",
    b"Warichu",
    b"WT",
    b"WP",
    b"Figure",
    b"Formula",
    b"Form",
];

/// No chain of roles that people made is as long; those of others may be loops.
const MAX_STEPS: usize = 32;

/// The role of a type that stands for nothing known.
const NO_ROLE: &[u8] = b"";

type RoleMap = BTreeMap<Vec<u8>, Vec<u8>>;

/// The role map of one source.
#[derive(Debug, Default)]
pub(super) struct SourceRoles(RoleMap);

impl SourceRoles {
    /// Reads the role map. Types that it lacks are in it, too, as long as they are not standard:
    /// another source may know them.
    pub(super) fn read(pdf: &Pdf, root: &Dictionary, elements: &[Element]) -> Self {
        let empty = Dictionary::new();
        let map = get_dict(pdf, root, b"RoleMap").unwrap_or(&empty);
        let role = |name: &[u8]| Some(get(pdf, map, name)?.as_name().ok()?.to_vec());
        let mut roles: RoleMap = map
            .iter()
            .filter_map(|(name, _)| Some((name.clone(), role(name)?)))
            .filter(|(name, role)| name != role)
            .collect();
        let used = elements
            .iter()
            .filter(|element| element.is_in_default_namespace(pdf))
            .map(|element| element.structure_type(pdf).to_vec());
        let named: BTreeSet<Vec<u8>> = roles.values().cloned().chain(used).collect();
        for name in named {
            if !STANDARD.contains(&name.as_slice()) {
                roles.entry(name).or_insert_with(|| NO_ROLE.to_vec());
            }
        }
        Self(roles)
    }

    /// What a type stands for in the end.
    pub(super) fn meaning<'a>(&'a self, name: &'a [u8]) -> &'a [u8] {
        meaning(&self.0, name)
    }
}

/// Names of one source that are others in the bundle.
pub(super) type RenamedRoles = HashMap<Vec<u8>, Vec<u8>>;

/// The role map of the bundle so far. A standard type is never mapped in it, as that would change
/// the elements of all other sources.
#[derive(Debug, Default)]
pub(super) struct Roles(RoleMap);

impl Roles {
    /// Adds the role map of a source.
    pub(super) fn add(&mut self, source: &SourceRoles) -> RenamedRoles {
        let renamed: RenamedRoles = source
            .0
            .keys()
            .filter(|name| STANDARD.contains(&name.as_slice()) || self.differs(name, source, name))
            .map(|name| (name.clone(), self.unique(name, source)))
            .collect();
        let own = |name: &Vec<u8>| renamed.get(name).unwrap_or(name).clone();
        for (name, role) in &source.0 {
            self.0.entry(own(name)).or_insert_with(|| own(role));
        }
        renamed
    }

    /// `/RoleMap`, where there is any.
    pub(super) fn into_map(self) -> Option<Dictionary> {
        let map: Dictionary = self
            .0
            .into_iter()
            .filter(|(_, role)| role != NO_ROLE)
            .map(|(name, role)| (name, Object::Name(role)))
            .collect();
        (!map.is_empty()).then_some(map)
    }

    /// Whether `known` means something else in the bundle than `name` in the source.
    fn differs(&self, known: &[u8], source: &SourceRoles, name: &[u8]) -> bool {
        self.0.contains_key(known) && meaning(&self.0, known) != source.meaning(name)
    }

    fn unique(&self, name: &[u8], source: &SourceRoles) -> Vec<u8> {
        let mut number = 2;
        loop {
            let unique = [name, format!("_{number}").as_bytes()].concat();
            if !source.0.contains_key(&unique) && !self.differs(&unique, source, name) {
                return unique;
            }
            number += 1;
        }
    }
}

fn meaning<'a>(map: &'a RoleMap, name: &'a [u8]) -> &'a [u8] {
    let mut name = name;
    for _ in 0..MAX_STEPS {
        match map.get(name) {
            Some(role) => name = role,
            None => break,
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(pairs: &[(&str, &str)]) -> SourceRoles {
        let bytes = |text: &str| text.as_bytes().to_vec();
        SourceRoles(pairs.iter().map(|(name, role)| (bytes(name), bytes(role))).collect())
    }

    fn new_name<'a>(renamed: &'a RenamedRoles, name: &'a str) -> &'a str {
        let own = renamed.get(name.as_bytes()).map(Vec::as_slice);
        std::str::from_utf8(own.unwrap_or(name.as_bytes())).unwrap()
    }

    #[test]
    fn a_type_with_another_meaning_gets_another_name() {
        let mut all = Roles::default();
        assert!(all.add(&roles(&[("Heading", "H1")])).is_empty());
        assert!(all.add(&roles(&[("Heading", "H1")])).is_empty());
        let other = roles(&[("Heading", "Title"), ("Title", "P")]);
        assert_eq!(new_name(&all.add(&other), "Heading"), "Heading_2");
        // The same difference again needs no third name.
        assert_eq!(new_name(&all.add(&other), "Heading"), "Heading_2");
        let third = all.add(&roles(&[("Heading", "Span")]));
        assert_eq!(new_name(&third, "Heading"), "Heading_3");
        assert_eq!(meaning(&all.0, b"Heading"), b"H1");
        assert_eq!(meaning(&all.0, b"Heading_2"), b"P");
        assert_eq!(meaning(&all.0, b"Heading_3"), b"Span");
    }

    #[test]
    fn a_standard_type_keeps_its_meaning_for_the_others() {
        let mut all = Roles::default();
        let renamed = all.add(&roles(&[("H1", "P"), ("Chapter", "H1")]));
        assert_eq!(new_name(&renamed, "H1"), "H1_2");
        assert_eq!(meaning(&all.0, b"H1"), b"H1");
        assert_eq!(meaning(&all.0, b"Chapter"), b"P");
    }

    #[test]
    fn a_type_that_a_source_does_not_explain_is_not_explained_by_another() {
        let mut all = Roles::default();
        let unknown = roles(&[("Article", "")]);
        assert!(all.add(&unknown).is_empty());
        let known = roles(&[("Article", "Art")]);
        assert_eq!(new_name(&all.add(&known), "Article"), "Article_2");
        assert!(all.add(&unknown).is_empty());
        let map = all.into_map().unwrap();
        assert_eq!(map.len(), 1);
        assert_eq!(map.get(b"Article_2").unwrap().as_name().unwrap(), b"Art");
    }

    #[test]
    fn a_role_map_that_runs_in_a_circle_ends() {
        let mut all = Roles::default();
        let circle = roles(&[("A", "B"), ("B", "A")]);
        all.add(&circle);
        all.add(&circle);
        all.add(&roles(&[("A", "P")]));
        assert_eq!(meaning(&all.0, b"A_2"), b"P");
    }
}
