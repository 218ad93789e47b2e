//! Sections and documents, proposed from nothing but relative paths.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::name::{Described, describe, leading_number};
use super::section::{SectionKind, kind_of};
use super::{RelPath, natural};
use crate::manifest::titles;

/// As many sections as there are one-letter and two-letter names.
const MAX_SECTIONS: usize = 26 + 26 * 26;

/// The sections of a draft.
#[derive(Debug, Default)]
pub(super) struct SectionProposal {
    pub(super) sections: Vec<DraftSection>,
    pub(super) notes: Vec<String>,
}

/// A section of a draft.
#[derive(Debug)]
pub(super) struct DraftSection {
    pub(super) letter: String,
    pub(super) title: String,
    pub(super) documents: Vec<(RelPath, Described)>,
}

/// A folder or a kind of document on its way to becoming a section.
#[derive(Debug)]
struct Group {
    /// The letter that the folder's name gives.
    letter: Option<String>,
    /// Whether the folder's name says where it stands.
    ordered: bool,
    from_folder: bool,
    kind: SectionKind,
    title: String,
    documents: Vec<(RelPath, Described)>,
}

/// Proposes sections for files that are in the order of the walk.
pub(super) fn propose(files: &[RelPath]) -> SectionProposal {
    let groups = sorted(groups(files));
    let mut sections = lettered(groups);
    let notes = drop_repeated_exhibits(&mut sections);
    SectionProposal { sections, notes }
}

/// One group per folder, and one per kind of document for files outside any folder.
fn groups(files: &[RelPath]) -> Vec<Group> {
    let base = common_folders(files);
    let mut by_folder: HashMap<&str, Vec<&RelPath>> = HashMap::new();
    for path in files {
        let folder = path.folders().nth(base).unwrap_or("");
        by_folder.entry(folder).or_default().push(path);
    }
    let loose = by_folder.remove("").unwrap_or_default();
    let mut folders: Vec<_> = by_folder.into_iter().collect();
    folders.sort_by(|(a, _), (b, _)| natural::compare(a, b));
    let names: Vec<_> = folders.iter().map(|(name, _)| *name).collect();
    let letters = folder_letters(&names);
    let folder_groups = folders.iter().zip(letters);
    let mut groups: Vec<_> =
        folder_groups.map(|((name, paths), letter)| from_folder(name, letter, paths)).collect();
    add_loose(&mut groups, documents(&loose));
    groups
}

/// How many folders all files have in common, and so say nothing about sections.
fn common_folders(files: &[RelPath]) -> usize {
    let Some(first) = files.first() else {
        return 0;
    };
    let common = files
        .iter()
        .map(|path| first.folders().zip(path.folders()).take_while(|(a, b)| a == b).count());
    let depth = common.min().unwrap_or(0);
    // If all lie in one folder and none deeper, that folder is still only a wrapper unless its
    // name is a section's.
    match first.folders().nth(depth.saturating_sub(1)) {
        Some(name)
            if depth > 0 && (kind_of(name) != SectionKind::Other || letter_of(name).is_some()) =>
        {
            depth - 1
        }
        _ => depth,
    }
}

fn documents(paths: &[&RelPath]) -> Vec<(RelPath, Described)> {
    let numbers = paths.iter().filter(|path| leading_number(path.stem()).is_some()).count();
    let numbered = numbers >= 2 && numbers * 2 >= paths.len();
    paths.iter().map(|path| ((*path).clone(), describe(path, numbered))).collect()
}

fn from_folder(name: &str, letter: Option<(String, &str)>, paths: &[&RelPath]) -> Group {
    let number = leading_number(name).map(|(_, after)| after);
    let rest = letter.as_ref().map(|(_, rest)| *rest).or(number).unwrap_or(name);
    let title = titles::readable(rest.trim_matches([' ', '.', ')', '-', '_', ':']));
    Group {
        ordered: letter.is_some() || number.is_some(),
        letter: letter.map(|(letter, _)| letter),
        from_folder: true,
        kind: kind_of(name),
        title,
        documents: documents(paths),
    }
}

/// The letter that each folder's name starts with, and the rest of the name.
fn folder_letters<'n>(names: &[&'n str]) -> Vec<Option<(String, &'n str)>> {
    let letters: Vec<_> = names.iter().map(|name| letter_of(name)).collect();
    let several = letters.iter().flatten().count() > 1;
    let mut used = HashSet::new();
    let sure = |(letter, rest): &(String, &str)| {
        // `A` and `I` are also words; alone and before a space they need company.
        let word = ["A", "I"].contains(&letter.as_str()) && rest.starts_with(' ');
        several || !word
    };
    letters
        .into_iter()
        .map(|found| found.filter(sure).filter(|(letter, _)| used.insert(letter.clone())))
        .collect()
}

fn letter_of(name: &str) -> Option<(String, &str)> {
    let after_word = name
        .get(..8)
        .filter(|word| word.eq_ignore_ascii_case("section "))
        .and_then(|_| name.get(8..));
    let text = after_word.unwrap_or(name);
    let end = text.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(text.len());
    let (letter, rest) = text.split_at(end);
    let most = if after_word.is_some() { 2 } else { 1 };
    let apart = rest.is_empty() || rest.starts_with([' ', '.', ')', '-', '_', ':']);
    (apart && (1..=most).contains(&letter.len())).then(|| (letter.to_owned(), rest))
}

/// Files outside any folder join the folder of their kind, or make a section of that kind.
fn add_loose(groups: &mut Vec<Group>, loose: Vec<(RelPath, Described)>) {
    let mut by_kind: BTreeMap<SectionKind, Vec<_>> = BTreeMap::new();
    for document in loose {
        by_kind.entry(document.1.kind).or_default().push(document);
    }
    for (kind, documents) in by_kind {
        match groups.iter_mut().find(|group| group.kind == kind && kind != SectionKind::Other) {
            Some(group) => group.documents.extend(documents),
            None => groups.push(Group {
                letter: None,
                ordered: false,
                from_folder: false,
                kind,
                title: kind.title().to_owned(),
                documents,
            }),
        }
    }
}

/// In the order that the folders' names ask for, otherwise in that of a trial bundle.
fn sorted(mut groups: Vec<Group>) -> Vec<Group> {
    // The sort is stable, so folders of one rank stay in natural order.
    if groups.iter().any(|group| group.ordered) {
        groups.sort_by_key(|group| match (group.from_folder, group.kind) {
            (false, SectionKind::Indictment) => 0,
            (true, _) => 1,
            (false, _) => 2,
        });
    } else {
        groups.sort_by_key(|group| (group.kind, !group.from_folder));
    }
    groups
}

/// Gives each group its letter; folders that name one keep it.
fn lettered(groups: Vec<Group>) -> Vec<DraftSection> {
    let taken: HashSet<_> = groups.iter().filter_map(|group| group.letter.clone()).collect();
    let mut free = (0..MAX_SECTIONS).map(letter).filter(|letter| !taken.contains(letter));
    let mut sections: Vec<DraftSection> = Vec::new();
    for group in groups {
        match (group.letter.or_else(|| free.next()), sections.last_mut()) {
            (Some(letter), _) => {
                let title = match group.title.as_str() {
                    "" => format!("Section {letter}"),
                    title => title.to_owned(),
                };
                sections.push(DraftSection { letter, title, documents: group.documents });
            }
            // More folders than letters: nothing may be lost, so the last section takes the rest.
            (None, Some(last)) => last.documents.extend(group.documents),
            (None, None) => {}
        }
    }
    if !taken.is_empty() {
        sections.sort_by(|a, b| (a.letter.len(), &a.letter).cmp(&(b.letter.len(), &b.letter)));
    }
    sections
}

/// `A` to `Z`, then `AA` to `ZZ`.
fn letter(index: usize) -> String {
    let capital = |n: usize| u8::try_from(n % 26).map_or('Z', |n| char::from(b'A' + n));
    match index.checked_sub(26) {
        None => capital(index).to_string(),
        Some(index) => [capital(index / 26), capital(index)].iter().collect(),
    }
}

/// A reference names one exhibit, so only the first document of two keeps it.
fn drop_repeated_exhibits(sections: &mut [DraftSection]) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut notes = Vec::new();
    for (path, document) in sections.iter_mut().flat_map(|section| section.documents.iter_mut()) {
        let Some(exhibit) = document.exhibit.take() else {
            continue;
        };
        if seen.insert(exhibit.key()) {
            document.exhibit = Some(exhibit);
        } else {
            notes.push(format!(
                "{}: exhibit {exhibit} is the reference of another document, so it is not filled in",
                path.as_str()
            ));
            if !document.title.contains(exhibit.as_str()) {
                document.title = format!("{} ({exhibit})", document.title);
            }
        }
    }
    notes
}
