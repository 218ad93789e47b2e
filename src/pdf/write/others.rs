//! What belongs to pages that are not taken. None of it comes along, by whatever key of a page that is taken it is reached.

use std::collections::HashSet;

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use crate::manifest::SourcePage;
use crate::pdf::source::{Follow, Needs, Part, borrows_names, own_names};
use crate::pdf::syntax::PageNode;
use crate::pdf::syntax::dictionaries::{dict_of, get, get_array, get_dict, references};

/// What a page shows, with its annotations and the fields that these belong to.
const SHOWN: Follow = Follow { annotations: true, kids: false, relatives: false, leads: false };

/// The keys of a field (ISO 32000-2, tables 226, 228 and 232 to 234), apart from those of its look on one page.
#[rustfmt::skip]
const OF_A_FIELD: [&[u8]; 17] = [
    b"FT", b"Parent", b"Kids", b"T", b"TU", b"TM", b"Ff", b"V", b"DV", b"DA", b"Q", b"DS", b"RV", b"Opt", b"MaxLen",
    b"TI", b"I",
];

/// The objects that only pages which are not taken need, and all their annotations. A field with its look on such a page
/// that holds the value of one on a page taken keeps the value and loses that look.
pub(super) fn of_others(
    pdf: &mut Pdf,
    nodes: &[PageNode],
    taken: &HashSet<SourcePage>,
) -> HashSet<ObjectId> {
    let pages = (0..).map(SourcePage).zip(nodes);
    let (own, others): (Vec<_>, Vec<_>) = pages.partition(|(page, _)| taken.contains(page));
    let [own, others] = [own, others].map(|pages| pages.into_iter().map(|(_, node)| node));
    let (own, others): (Vec<&PageNode>, Vec<&PageNode>) = (own.collect(), others.collect());
    let ours = needed_by(pdf, nodes, &own);
    let mut theirs = Needs::new(pdf, nodes, Follow { relatives: true, ..SHOWN });
    for page in &others {
        theirs.walk(&page.dict, Part::Page, &mut |_| {});
    }
    let mut barred = theirs.reached();
    let shown = ours.reached();
    barred.retain(|id| !shown.contains(id));
    let listed = annotations(pdf, &own);
    let of_others: Vec<ObjectId> = annotations(pdf, &others).difference(&listed).copied().collect();
    let holds_value = |id: &ObjectId| ours.has_mark(*id) && is_field(pdf, *id);
    let (fields, gone): (Vec<ObjectId>, Vec<ObjectId>) =
        of_others.into_iter().partition(holds_value);
    barred.extend(gone);
    barred.extend(contents(pdf, &others).difference(&contents(pdf, &own)));
    for field in fields {
        barred.remove(&field);
        keep_value(pdf, field);
    }
    barred
}

/// The annotations of some pages.
pub(super) fn annotations(pdf: &Pdf, pages: &[&PageNode]) -> HashSet<ObjectId> {
    let listed = pages.iter().flat_map(|page| references(get_array(pdf, &page.dict, b"Annots")));
    listed.collect()
}

/// The streams of content of some pages, which are nothing else as well.
fn contents(pdf: &Pdf, pages: &[&PageNode]) -> HashSet<ObjectId> {
    let parts = |page: &&PageNode| -> Vec<ObjectId> {
        let own = page.dict.get(b"Contents").ok();
        let own = own.and_then(|own| own.as_reference().ok());
        let listed = references(get_array(pdf, &page.dict, b"Contents"));
        listed.chain(own).collect()
    };
    let is_drawing = |id: &ObjectId| {
        let stream = pdf.objects.get(id).and_then(|object| dict_of(pdf, object));
        stream.is_some_and(|dict| dict.has(b"Subtype") || dict.has(b"PatternType"))
    };
    let parts = pages.iter().flat_map(parts);
    parts.filter(|id| !is_drawing(id)).collect()
}

fn is_field(pdf: &Pdf, id: ObjectId) -> bool {
    let subtype = pdf.get_dictionary(id).ok();
    let subtype = subtype.and_then(|dict| get(pdf, dict, b"Subtype")?.as_name().ok());
    subtype == Some(b"Widget")
}

/// What pages need of their own; of resources that pages share what each names, where that can be told.
fn needed_by<'a>(pdf: &'a Pdf, nodes: &[PageNode], own: &[&PageNode]) -> Needs<'a> {
    let mut borrows = false;
    let mut all = Needs::new(pdf, nodes, SHOWN);
    for page in own {
        all.walk(&page.dict, Part::Page, &mut |dict| {
            borrows |= borrows_names(pdf, dict);
        });
    }
    let mut needs = if borrows {
        all
    } else {
        let mut needs = Needs::new(pdf, nodes, SHOWN);
        for page in own {
            needs.walk(&with_named_resources(pdf, page), Part::Page, &mut |_| {});
        }
        needs
    };
    needs.walk(&of_the_document(pdf), Part::Content, &mut |_| {});
    needs
}

/// The page with those resources that its content names.
fn with_named_resources(pdf: &Pdf, page: &PageNode) -> Dictionary {
    let mut dict = page.dict.clone();
    let (Some(resources), Some(names)) = (get_dict(pdf, &dict, b"Resources"), own_names(pdf, page))
    else {
        return dict;
    };
    let mut named = resources.clone();
    for (category, entries) in resources {
        let Some(mut entries) = dict_of(pdf, entries).cloned() else {
            continue;
        };
        // Some colour spaces stand in for others without being named (ISO 32000-2, 8.6.5.6).
        let unnamed = |name: &[u8]| !names.contains(name) && !name.starts_with(b"Default");
        let keys = entries.iter().map(|(name, _)| name.clone());
        let unnamed: Vec<Vec<u8>> = keys.filter(|name| unnamed(name)).collect();
        for name in unnamed {
            entries.remove(&name);
        }
        named.set(category.clone(), entries);
    }
    dict.set("Resources", named);
    dict
}

/// What comes along with any page: the fonts of the form, the conditions of print.
fn of_the_document(pdf: &Pdf) -> Dictionary {
    let mut dict = Dictionary::new();
    let Ok(catalog) = pdf.catalog() else {
        return dict;
    };
    let form = get_dict(pdf, catalog, b"AcroForm");
    let resources = form.and_then(|form| get(pdf, form, b"DR"));
    dict.set("DR", resources.cloned().unwrap_or(Object::Null));
    let intents = get_array(pdf, catalog, b"OutputIntents");
    dict.set("OutputIntents", intents.to_vec());
    dict
}

fn keep_value(pdf: &mut Pdf, field: ObjectId) {
    let Ok(dict) = pdf.get_dictionary_mut(field) else {
        return;
    };
    let keys = dict.iter().map(|(key, _)| key.clone());
    let others: Vec<Vec<u8>> = keys.filter(|key| !OF_A_FIELD.contains(&key.as_slice())).collect();
    for key in others {
        dict.remove(&key);
    }
}
