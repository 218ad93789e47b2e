//! Tags (ISO 32000-2, 14.7 and 14.8): the structure trees of all sources side by side below one root,
//! each below an element for its document, so that what a screen reader knew of a page it knows of
//! the page in the bundle.
//!
//! Nothing that a source says of its tree is trusted: the tree is walked from its root, and the parent
//! tree is made anew from what the elements hold.

mod attributes;
mod leaves;
mod names;
mod parents;
mod prune;
mod roles;
mod source;
#[cfg(test)]
mod tests;
mod walk;
mod write;

use std::collections::{BTreeMap, HashMap};
use std::io::Write;

use lopdf::{Document as Pdf, Object, ObjectId, StringFormat, dictionary};

use self::attributes::identifier;
use self::leaves::Leaves;
use self::names::{Classes, Namespaces};
use self::roles::Roles;
pub(super) use self::source::SourceTags;
pub(super) use self::walk::Scope;
use self::write::{ElementWriter, Entries, NewNames};
use super::PdfError;
use super::file::{FileWriter, ObjectNumber};
use super::import::Import;
use super::values::text;

/// The structure tree of the bundle so far.
pub(super) struct Structure {
    /// The root; there is none until a source has tags.
    root: Option<ObjectNumber>,
    documents: Vec<Object>,
    roles: Roles,
    classes: Classes,
    namespaces: Namespaces,
    parents: Leaves,
    identifiers: BTreeMap<Vec<u8>, ObjectNumber>,
    next_key: i64,
}

impl Default for Structure {
    fn default() -> Self {
        Self {
            root: None,
            documents: Vec::new(),
            roles: Roles::default(),
            classes: Classes::default(),
            namespaces: Namespaces::default(),
            parents: Leaves::new("Nums"),
            identifiers: BTreeMap::new(),
            next_key: 0,
        }
    }
}

impl Structure {
    /// Gives the content of a source its keys into the parent tree, before anything of it is carried:
    /// what has a key cannot be shared with other sources. Returns the keys of pages; a page that is
    /// taken twice has one in its first place only, as an element has its content in one place.
    pub(super) fn give_keys<W: Write>(
        &mut self,
        tags: &mut SourceTags,
        import: &mut Import<'_, W>,
    ) -> HashMap<ObjectNumber, i64> {
        tags.first_key = self.next_key;
        self.next_key += i64::try_from(tags.parents.len()).unwrap_or(i64::MAX);
        tags.set_keys(&mut import.pdf);
        tags.parents
            .page_keys(tags.first_key)
            .filter_map(|(page, key)| Some((import.number_of(page)?, key)))
            .collect()
    }

    /// Adds the tags of a source. `forms` are the pages whose content is drawn as a form.
    pub(super) fn add<W: Write>(
        &mut self,
        import: &mut Import<'_, W>,
        tags: &SourceTags,
        title: &str,
        forms: &HashMap<ObjectId, ObjectNumber>,
    ) -> Result<(), PdfError> {
        let root = match self.root {
            Some(root) => root,
            None => *self.root.insert(import.file.reserve()?),
        };
        let document = import.file.reserve()?;
        let names = NewNames {
            types: self.roles.add(&tags.roles),
            classes: self.classes.add(import, tags)?,
            prefix: self.prefix(&import.pdf, tags),
        };
        self.namespaces.add(import, &tags.root, &names.types)?;
        let mut writer = ElementWriter::new(import, tags, names, forms, document)?;
        let (tops, identifiers) = writer.write()?;
        let parents = writer.write_parents()?;
        self.parents.write(import.file, &parents)?;
        self.identifiers.extend(identifiers);
        let mut dict = dictionary! {
            "Type" => "StructElem",
            "S" => "Document",
            "P" => root.reference(),
            "T" => text(title),
            "K" => tops,
        };
        if let Some(language) = &tags.language {
            dict.set("Lang", language.clone());
        }
        import.file.put(document, dict.into())?;
        self.documents.push(document.reference());
        Ok(())
    }

    /// What goes before the identifiers of a source: nothing, unless another source has one of them.
    fn prefix(&self, pdf: &Pdf, tags: &SourceTags) -> Vec<u8> {
        let own: Vec<&[u8]> = tags
            .elements
            .iter()
            .filter(|element| element.kept)
            .filter_map(|element| identifier(pdf, element))
            .collect();
        let mut prefix = Vec::new();
        let mut number = self.documents.len();
        while own.iter().any(|own| self.identifiers.contains_key(&[&prefix, *own].concat())) {
            number += 1;
            prefix = format!("{number}-").into_bytes();
        }
        prefix
    }

    /// Writes the root, where any source has tags.
    pub(super) fn finish<W: Write>(
        self,
        file: &mut FileWriter<W>,
    ) -> Result<Option<ObjectNumber>, PdfError> {
        let Some(root) = self.root else {
            return Ok(None);
        };
        let mut identifiers = Leaves::new("Names");
        let entries: Entries = self
            .identifiers
            .into_iter()
            .map(|(own, number)| {
                let own = Object::String(own, StringFormat::Literal);
                (own, number.reference())
            })
            .collect();
        identifiers.write(file, &entries)?;
        let mut dict = dictionary! {
            "Type" => "StructTreeRoot",
            "K" => self.documents,
            "ParentTreeNextKey" => self.next_key,
        };
        let parts = [
            ("ParentTree", self.parents.into_root(file)?),
            ("IDTree", identifiers.into_root(file)?),
            ("RoleMap", self.roles.into_map().map(Object::from)),
            ("ClassMap", self.classes.into_map().map(Object::from)),
            ("Namespaces", self.namespaces.into_list().map(Object::from)),
        ];
        for (key, part) in parts {
            if let Some(part) = part {
                dict.set(key, part);
            }
        }
        file.put(root, dict.into())?;
        Ok(Some(root))
    }
}
