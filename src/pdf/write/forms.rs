//! Form fields (ISO 32000-2, 12.7): the fields of all sources in one form, values and looks kept,
//! names unique.

use std::collections::{BTreeSet, HashSet};
use std::io::Write;

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, dictionary};

use super::PdfError;
use super::actions;
use super::appearance::{FieldTally, draw_fields};
use super::entries::{ENCODING, FONT, MARK};
use super::import::Import;
use crate::model::{Code, Finding};
use crate::pdf::syntax::dictionaries::{get, get_array, get_dict, references};

/// No tree of fields that people made comes near this depth.
const MAX_DEPTH: usize = 64;

/// The form of the bundle so far.
#[derive(Debug, Default)]
pub(super) struct Forms {
    fields: Vec<Object>,
    names: HashSet<Vec<u8>>,
    fonts: Dictionary,
    encodings: Dictionary,
    calculation_order: Vec<Object>,
}

/// The old and the new name of a font.
type RenamedFont = (Vec<u8>, Vec<u8>);

/// The form of one source, made ready; references still its own.
pub(super) struct SourceForm {
    fields: Vec<ObjectId>,
    fonts: Dictionary,
    encodings: Dictionary,
    calculation_order: Vec<Object>,
}

impl SourceForm {
    /// Reads the form of a source. `widgets` are the annotations of the pages taken; where not all
    /// pages are, fields without a widget there are left out, as their values belong to other pages.
    pub(super) fn read(
        pdf: &mut Pdf,
        widgets: &HashSet<ObjectId>,
        all_pages: bool,
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let form = get_dict(pdf, pdf.catalog().ok()?, b"AcroForm")?.clone();
        if form.has(b"XFA") {
            findings.push(
                Finding::new(
                    Code::XfaDropped,
                    "the form's XFA part was left out; its printed look is kept",
                )
                .hint("compare the pages with the original; print it to a new PDF if they differ"),
            );
        }
        let mut roots: Vec<ObjectId> = references(get_array(pdf, &form, b"Fields")).collect();
        if roots.is_empty() {
            roots = unlisted(pdf, widgets);
        }
        let (mut seen, mut removed) = (HashSet::new(), BTreeSet::new());
        let fields = roots
            .into_iter()
            .filter(|field| keep(pdf, *field, widgets, all_pages, 0, (&mut seen, &mut removed)))
            .collect::<Vec<_>>();
        findings.extend(removed.into_iter().map(|kind| {
            let message = format!("an action of the kind {kind} was taken out of a form field");
            Finding::new(Code::ActionRemoved, message)
        }));
        for field in &fields {
            push_down(pdf, *field, &form);
        }
        if asks_for_appearances(pdf, &form) {
            findings.extend(drawn_findings(draw_fields(pdf, &fields, &form)));
        }
        let resources = get_dict(pdf, &form, b"DR").cloned().unwrap_or_default();
        let category = |key: &[u8]| get_dict(pdf, &resources, key).cloned().unwrap_or_default();
        Some(Self {
            fonts: category(b"Font"),
            encodings: category(b"Encoding"),
            calculation_order: if all_pages {
                get_array(pdf, &form, b"CO").to_vec()
            } else {
                Vec::new()
            },
            fields,
        })
    }
}

/// The fields above some widgets, where the form lists none at all: readers show them with the form's fonts all the same.
fn unlisted(pdf: &Pdf, widgets: &HashSet<ObjectId>) -> Vec<ObjectId> {
    let is_widget = |dict: &Dictionary| {
        let subtype = get(pdf, dict, b"Subtype").and_then(|subtype| subtype.as_name().ok());
        subtype.is_some_and(|subtype| subtype == b"Widget")
    };
    let parent = |field: ObjectId| {
        let parent = pdf.get_dictionary(field).ok()?.get(b"Parent").ok()?;
        let parent = parent.as_reference().ok()?;
        pdf.get_dictionary(parent).is_ok().then_some(parent)
    };
    let widgets = widgets.iter().copied();
    let widgets = widgets.filter(|id| pdf.get_dictionary(*id).is_ok_and(is_widget));
    let roots: BTreeSet<ObjectId> = widgets
        .map(|mut field| {
            for _ in 0..MAX_DEPTH {
                match parent(field) {
                    Some(above) => field = above,
                    None => break,
                }
            }
            field
        })
        .filter(|field| {
            let dict = pdf.get_dictionary(*field);
            dict.is_ok_and(|dict| dict.has(b"FT") || dict.has(b"T"))
        })
        .collect();
    roots.into_iter().collect()
}

fn asks_for_appearances(pdf: &Pdf, form: &Dictionary) -> bool {
    get(pdf, form, b"NeedAppearances").is_some_and(|value| value.as_bool().unwrap_or(false))
}

fn drawn_findings(drawn: FieldTally) -> Vec<Finding> {
    let fields = |number| {
        if number == 1 { "1 form field".to_owned() } else { format!("{number} form fields") }
    };
    let mut findings = Vec::new();
    if drawn.drawn > 0 {
        let message = format!(
            "it leaves the look of its form to the reader; {} drawn from the values",
            were(&fields(drawn.drawn), drawn.drawn)
        );
        findings.push(
            Finding::new(Code::FormDrawn, message).hint("compare the form with the original"),
        );
    }
    if drawn.undrawn > 0 {
        let message = format!(
            "{} kept the look in the file, which may not show the value",
            fields(drawn.undrawn)
        );
        findings.push(
            Finding::new(Code::FormUndrawn, message)
                .hint("open the original, print it to a new PDF and list that"),
        );
    }
    findings
}

fn were(fields: &str, number: u32) -> String {
    format!("{fields} {}", if number == 1 { "was" } else { "were" })
}

/// Whether a field has a widget on a page that is taken; kids that have none are cut off.
fn keep(
    pdf: &mut Pdf,
    field: ObjectId,
    widgets: &HashSet<ObjectId>,
    all_pages: bool,
    depth: usize,
    (seen, removed): (&mut HashSet<ObjectId>, &mut BTreeSet<String>),
) -> bool {
    if depth > MAX_DEPTH || !seen.insert(field) {
        return false;
    }
    let Some(Object::Dictionary(dict)) = pdf.objects.get(&field) else {
        return false;
    };
    if is_flattened(dict) {
        return false;
    }
    let mut cleaned = dict.clone();
    let actions = actions::clean(pdf, &mut cleaned);
    removed.extend(actions);
    if !widgets.contains(&field) {
        // Only what stands on a page can be clicked.
        cleaned.remove(b"A");
    }
    pdf.objects.insert(field, Object::Dictionary(cleaned.clone()));
    let dict = &cleaned;
    let kids = get_array(pdf, dict, b"Kids").to_vec();
    if kids.is_empty() {
        return all_pages || widgets.contains(&field);
    }
    let kept: Vec<Object> = kids
        .into_iter()
        .filter(|kid| {
            kid.as_reference()
                .is_ok_and(|kid| keep(pdf, kid, widgets, all_pages, depth + 1, (seen, removed)))
        })
        .collect();
    let is_kept = !kept.is_empty();
    if let Some(Object::Dictionary(dict)) = pdf.objects.get_mut(&field) {
        dict.set("Kids", kept);
    }
    is_kept
}

/// A signature that became a stamp is no field any more.
fn is_flattened(dict: &Dictionary) -> bool {
    dict.get(b"Subtype")
        .is_ok_and(|subtype| subtype.as_name().is_ok_and(|subtype| subtype == b"Stamp"))
}

/// Gives a root field the form's own default appearance and alignment, which are not shared with
/// other sources.
fn push_down(pdf: &mut Pdf, field: ObjectId, form: &Dictionary) {
    let defaults = [b"DA".as_slice(), b"Q"].map(|key| (key, get(pdf, form, key).cloned()));
    if let Some(Object::Dictionary(dict)) = pdf.objects.get_mut(&field) {
        for (key, value) in defaults {
            if let Some(value) = value
                && !dict.has(key)
            {
                dict.set(key, value);
            }
        }
    }
}

impl Forms {
    /// Adds the form of a source.
    pub(super) fn add<W: Write>(
        &mut self,
        import: &mut Import<'_, W>,
        form: SourceForm,
        findings: &mut Vec<Finding>,
    ) -> Result<(), PdfError> {
        for (from, to) in self.add_fonts(import, form.fonts)? {
            for field in &form.fields {
                rename_font(&mut import.pdf, *field, &from, &to, 0);
            }
        }
        for (name, mut encoding) in form.encodings {
            if !self.encodings.has(&name) {
                import.rewrite_as(&mut encoding, ENCODING)?;
                self.encodings.set(name, encoding);
            }
        }
        for field in form.fields {
            if let Some((from, to)) = self.make_unique(&mut import.pdf, field) {
                findings.push(Finding::new(
                    Code::FieldRenamed,
                    format!("the form field \"{from}\" is called \"{to}\" in the bundle, as another document has one of that name"),
                ));
            }
            let mut reference = Object::Reference(field);
            import.rewrite_as(&mut reference, MARK)?;
            self.fields.push(reference);
        }
        for mut field in form.calculation_order {
            import.rewrite_as(&mut field, MARK)?;
            if !field.is_null() {
                self.calculation_order.push(field);
            }
        }
        Ok(())
    }

    /// Adds the fonts of a source. Returns those that had to be renamed.
    fn add_fonts<W: Write>(
        &mut self,
        import: &mut Import<'_, W>,
        fonts: Dictionary,
    ) -> Result<Vec<RenamedFont>, PdfError> {
        let mut renamed = Vec::new();
        for (name, mut font) in fonts {
            import.rewrite_as(&mut font, FONT)?;
            let unique = unique_name(&name, |name| self.fonts.has(name));
            if unique != name {
                renamed.push((name, unique.clone()));
            }
            self.fonts.set(unique, font);
        }
        Ok(renamed)
    }

    /// Gives a root field a name that no other has; a full name is the path from the root, so the
    /// root is enough.
    fn make_unique(&mut self, pdf: &mut Pdf, field: ObjectId) -> Option<(String, String)> {
        let dict = pdf.get_dictionary(field).ok()?;
        let name = get(pdf, dict, b"T")?.clone();
        let plain = lopdf::decode_text_string(&name).ok()?;
        let unique = unique_name(plain.as_bytes(), |name| self.names.contains(name));
        self.names.insert(unique.clone());
        if unique == plain.as_bytes() {
            return None;
        }
        let unique = String::from_utf8(unique).ok()?;
        pdf.get_dictionary_mut(field).ok()?.set("T", super::values::text(&unique));
        Some((plain, unique))
    }

    /// `/AcroForm` of the catalog, where there is any field.
    pub(super) fn into_form(self) -> Option<Object> {
        if self.fields.is_empty() {
            return None;
        }
        let mut form = dictionary! {
            "Fields" => self.fields,
            "DR" => dictionary! { "Font" => self.fonts, "Encoding" => self.encodings },
        };
        if !self.calculation_order.is_empty() {
            form.set("CO", self.calculation_order);
        }
        Some(form.into())
    }
}

pub(super) fn unique_name(name: &[u8], is_taken: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut unique = name.to_vec();
    let mut number = 1;
    while is_taken(&unique) {
        number += 1;
        unique = [name, format!("_{number}").as_bytes()].concat();
    }
    unique
}

/// Follows a renamed font into the default appearances of a field and all below it.
fn rename_font(pdf: &mut Pdf, field: ObjectId, from: &[u8], to: &[u8], depth: usize) {
    let Some(Object::Dictionary(dict)) = pdf.objects.get_mut(&field) else {
        return;
    };
    if let Ok(Object::String(appearance, _)) = dict.get_mut(b"DA") {
        *appearance = renamed_in(appearance, from, to);
    }
    let kids: Vec<ObjectId> = match pdf.get_dictionary(field) {
        Ok(dict) => references(get_array(pdf, dict, b"Kids")).collect(),
        Err(_) => Vec::new(),
    };
    if depth < MAX_DEPTH {
        for kid in kids {
            rename_font(pdf, kid, from, to, depth + 1);
        }
    }
}

fn renamed_in(appearance: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut renamed = Vec::with_capacity(appearance.len() + to.len());
    let mut rest = appearance;
    while let Some(slash) = rest.iter().position(|byte| *byte == b'/') {
        let (before, name) = rest.split_at(slash + 1);
        let end = name
            .iter()
            .position(|byte| byte.is_ascii_whitespace() || b"/[]()<>{}%".contains(byte))
            .unwrap_or(name.len());
        let (name, after) = name.split_at(end);
        renamed.extend(before);
        renamed.extend(if name == from { to } else { name });
        rest = after;
    }
    renamed.extend(rest);
    renamed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_is_renamed_as_a_whole_name_only() {
        assert_eq!(renamed_in(b"0 g /Helv 12 Tf", b"Helv", b"Helv_2"), b"0 g /Helv_2 12 Tf");
        assert_eq!(renamed_in(b"/HelvBold 9 Tf/Helv", b"Helv", b"H"), b"/HelvBold 9 Tf/H");
    }

    #[test]
    fn names_get_numbers_until_they_are_unique() {
        let taken: [&[u8]; 2] = [b"name", b"name_2"];
        assert_eq!(unique_name(b"name", |name| taken.contains(&name)), b"name_3");
        assert_eq!(unique_name(b"other", |name| taken.contains(&name)), b"other");
    }
}
