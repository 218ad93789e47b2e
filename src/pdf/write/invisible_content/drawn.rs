//! What the names in a page's content stand for.

use std::collections::HashSet;
use std::rc::Rc;

use lopdf::{Dictionary, Document as Pdf, Object, Stream};

use super::font::GlyphReach;
use crate::model::geometry::{Matrix, Rect};
use crate::pdf::syntax::dictionaries::{get_dict, get_name};
use crate::pdf::syntax::optional_content::{entry, form_content};

/// The unit square, which an image fills (ISO 32000-2, 8.9.5).
pub(super) const UNIT: Rect = Rect { left: 0.0, bottom: 0.0, right: 1.0, top: 1.0 };

/// An image or form that `Do` draws.
pub(super) struct ExternalObject {
    /// What it covers, and the matrix that leads from there to the space of whoever draws it; `None`
    /// where that cannot be told.
    pub(super) area: Option<(Matrix, Rect)>,
    /// Whether a picture may be in it.
    pub(super) picture: bool,
    /// Whether the tags of the file lead to it in their own way.
    pub(super) tagged: bool,
}

/// What a graphics state sets (ISO 32000-2, 8.4.5); a number that is none cannot be told.
pub(super) struct StateParameters {
    pub(super) font: bool,
    pub(super) line_width: Option<f64>,
    pub(super) mitre_limit: Option<f64>,
}

/// A file and the resources of one of its pages.
pub(super) struct Resources<'a> {
    pub(super) pdf: &'a Pdf,
    pub(super) dict: &'a Dictionary,
}

impl Resources<'_> {
    pub(super) fn font(&self, name: &[u8]) -> Option<Rc<GlyphReach>> {
        let font = self.named(b"Font", name)?.as_dict().ok()?;
        GlyphReach::of(self.pdf, font).map(Rc::new)
    }

    /// What a graphics state sets; one that cannot be found may set anything.
    pub(super) fn state(&self, name: &[u8]) -> StateParameters {
        let state = self.named(b"ExtGState", name);
        let Some(state) = state.and_then(|state| state.as_dict().ok()) else {
            return StateParameters {
                font: true,
                line_width: Some(f64::NAN),
                mitre_limit: Some(f64::NAN),
            };
        };
        let number = |key: &[u8]| {
            let number = state.get_deref(key, self.pdf).ok()?;
            Some(number.as_float().map_or(f64::NAN, f64::from))
        };
        StateParameters {
            font: state.has(b"Font"),
            line_width: number(b"LW"),
            mitre_limit: number(b"ML"),
        }
    }

    /// Whether a property list says in words what is marked with it.
    pub(super) fn has_words(&self, name: &[u8]) -> bool {
        let list = self.named(b"Properties", name);
        let dict = list.and_then(|list| list.as_dict().ok());
        dict.is_some_and(|dict| {
            [b"ActualText".as_slice(), b"Alt", b"E"].iter().any(|key| dict.has(key))
        })
    }

    pub(super) fn drawn(&self, name: &[u8]) -> Option<ExternalObject> {
        let stream = self.named(b"XObject", name)?.as_stream().ok()?;
        let dict = &stream.dict;
        let tagged = dict.has(b"StructParent") || dict.has(b"StructParents");
        Some(match get_name(self.pdf, dict, b"Subtype")? {
            b"Image" => {
                ExternalObject { area: Some((Matrix::IDENTITY, UNIT)), picture: true, tagged }
            }
            b"Form" => ExternalObject {
                area: self.form_area(dict),
                picture: may_show_picture(self.pdf, [stream]),
                tagged,
            },
            _ => return None,
        })
    }

    fn form_area(&self, form: &Dictionary) -> Option<(Matrix, Rect)> {
        let numbers = |key: &[u8]| -> Option<Vec<f64>> {
            let list = form.get_deref(key, self.pdf).ok()?.as_array().ok()?;
            let number =
                |object| Some(f64::from(self.pdf.dereference(object).ok()?.1.as_float().ok()?));
            list.iter().map(number).collect()
        };
        let [x0, y0, x1, y1] = numbers(b"BBox")?.try_into().ok()?;
        let matrix = if form.has(b"Matrix") {
            Matrix(numbers(b"Matrix")?.try_into().ok()?)
        } else {
            Matrix::IDENTITY
        };
        let sound = [x0, y0, x1, y1].iter().all(|corner| corner.is_finite());
        sound.then(|| (matrix, Rect::new(x0, y0, x1, y1)))
    }

    fn named(&self, category: &[u8], name: &[u8]) -> Option<&Object> {
        let object = entry(self.pdf, self.dict, category, name)?;
        Some(self.pdf.dereference(object).ok()?.1)
    }

    /// Whether pictures may stand anywhere: in patterns, and as the glyphs of fonts.
    pub(super) fn pictures_anywhere(&self) -> bool {
        let mut below = Vec::new();
        below_resources(self.pdf, self.dict, &[b"Pattern"], &mut below);
        has_type3(self.pdf, self.dict) || may_show_picture(self.pdf, below)
    }
}

/// Whether the looks of an annotation may show a picture.
pub(super) fn annotation_may_show_picture(pdf: &Pdf, annotation: &Dictionary) -> bool {
    let Some(looks) = get_dict(pdf, annotation, b"AP") else {
        return false;
    };
    let mut streams = Vec::new();
    for (_, look) in looks.iter() {
        match pdf.dereference(look) {
            Ok((_, Object::Stream(stream))) => streams.push(stream),
            Ok((_, Object::Dictionary(states))) => streams.extend(streams_of(pdf, states)),
            _ => {}
        }
    }
    may_show_picture(pdf, streams)
}

/// Whether any picture may come of drawing some streams; where it cannot be told it may.
fn may_show_picture<'a>(pdf: &'a Pdf, streams: impl IntoIterator<Item = &'a Stream>) -> bool {
    let mut left: Vec<&Stream> = streams.into_iter().collect();
    let mut seen: HashSet<*const Stream> = HashSet::new();
    while let Some(stream) = left.pop() {
        if !seen.insert(std::ptr::from_ref(stream)) {
            continue;
        }
        if get_name(pdf, &stream.dict, b"Subtype") == Some(b"Image") {
            return true;
        }
        let Some(content) = form_content(stream) else {
            return true;
        };
        // Two letters somewhere are enough to leave things as they are.
        let inline = content.windows(2).any(|pair| pair == b"BI");
        match get_dict(pdf, &stream.dict, b"Resources") {
            Some(own) if !inline && !has_type3(pdf, own) => {
                below_resources(pdf, own, &[b"XObject", b"Pattern"], &mut left);
            }
            // It draws with the resources of others, of which it may take anything.
            None if !inline && !content.windows(2).any(|pair| pair == b"Do") => {}
            _ => return true,
        }
    }
    false
}

fn below_resources<'a>(
    pdf: &'a Pdf,
    resources: &'a Dictionary,
    categories: &[&[u8]],
    streams: &mut Vec<&'a Stream>,
) {
    for category in categories {
        if let Some(category) = get_dict(pdf, resources, category) {
            streams.extend(streams_of(pdf, category));
        }
    }
}

fn streams_of<'a>(pdf: &'a Pdf, dict: &'a Dictionary) -> impl Iterator<Item = &'a Stream> {
    dict.iter().filter_map(|(_, value)| pdf.dereference(value).ok()?.1.as_stream().ok())
}

fn has_type3(pdf: &Pdf, resources: &Dictionary) -> bool {
    let Some(fonts) = get_dict(pdf, resources, b"Font") else {
        return false;
    };
    fonts.iter().any(|(_, font)| {
        let font = pdf.dereference(font).ok().map(|(_, font)| font);
        let font = font.and_then(|font| font.as_dict().ok());
        font.is_none_or(|font| get_name(pdf, font, b"Subtype") == Some(b"Type3"))
    })
}
