//! Layers that are hidden when a file is opened (optional content, ISO 32000-2, 8.11), and where they
//! hold something.

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, Stream};

use super::tokens::decoded;
use crate::pdf::syntax::dictionaries::{dict_of, get_array, get_dict, get_name};
use crate::pdf::syntax::hidden_stretches::{Scan, Scanner};
use crate::pdf::syntax::layer_usage;
use crate::pdf::syntax::page_node::PageNode;

/// Conditions within conditions go no deeper than this.
const MAX_DEPTH: usize = 32;

/// The most that the content of one page or form may unpack to.
const MAX_CONTENT: usize = 1 << 28;

/// The layers of a file that are hidden when it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HiddenLayers(HashSet<ObjectId>);

impl HiddenLayers {
    /// `None` where nothing is hidden.
    pub(crate) fn read(pdf: &Pdf) -> Option<Self> {
        let properties = get_dict(pdf, pdf.catalog().ok()?, b"OCProperties")?;
        let default = get_dict(pdf, properties, b"D")?;
        let listed = |dict, key| references_at(pdf, dict, key);
        let starts_off = get_name(pdf, default, b"BaseState") == Some(b"OFF");
        let mut hidden: HashSet<ObjectId> = if starts_off {
            let on = listed(default, b"ON");
            let all = listed(properties, b"OCGs");
            all.difference(&on).copied().collect()
        } else {
            listed(default, b"OFF")
        };
        hidden.extend(layer_usage::off_on_screen(pdf, default));
        let layers = Self(hidden);
        (!layers.0.is_empty() || layers.hide_some_membership(pdf)).then_some(layers)
    }

    /// What is shown on the screen alone, or only at some sizes: `None` where everything is shown wherever anything is.
    pub(crate) fn shown_at_times(pdf: &Pdf) -> Option<Self> {
        let properties = get_dict(pdf, pdf.catalog().ok()?, b"OCProperties")?;
        let default = get_dict(pdf, properties, b"D")?;
        let groups = layer_usage::shown_at_times(pdf, default);
        (!groups.is_empty()).then_some(Self(groups))
    }

    /// Whether there is a condition that is not met, though no group is hidden: "where that layer is not shown".
    fn hide_some_membership(&self, pdf: &Pdf) -> bool {
        pdf.objects.values().any(|object| {
            object.as_dict().is_ok_and(|dict| dict.has_type(b"OCMD") && !self.is_met(pdf, dict))
        })
    }

    /// The hidden groups.
    pub(crate) fn groups(&self) -> &HashSet<ObjectId> {
        &self.0
    }

    /// Whether what belongs to a group or membership (`/OC`, or a marked property) is hidden.
    pub(crate) fn hide(&self, pdf: &Pdf, condition: &Object) -> bool {
        if let Object::Reference(id) = condition
            && self.0.contains(id)
        {
            return true;
        }
        let Ok((_, Object::Dictionary(dict))) = pdf.dereference(condition) else {
            return false;
        };
        dict.has_type(b"OCMD") && !self.is_met(pdf, dict)
    }

    /// Whether a dictionary's `/OC` hides it.
    pub(crate) fn hide_dict(&self, pdf: &Pdf, dict: &Dictionary) -> bool {
        dict.get(b"OC").is_ok_and(|condition| self.hide(pdf, condition))
    }

    /// Whether a membership (ISO 32000-2, table 97) shows what belongs to it.
    fn is_met(&self, pdf: &Pdf, membership: &Dictionary) -> bool {
        if let Ok(Object::Array(expression)) = membership.get_deref(b"VE", pdf) {
            return self.holds(pdf, expression, 0);
        }
        let groups = references_at(pdf, membership, b"OCGs");
        if groups.is_empty() {
            return true;
        }
        let is_on = |id: &ObjectId| !self.0.contains(id);
        match get_name(pdf, membership, b"P") {
            Some(b"AllOn") => groups.iter().all(is_on),
            Some(b"AnyOff") => !groups.iter().all(is_on),
            Some(b"AllOff") => !groups.iter().any(is_on),
            _ => groups.iter().any(is_on),
        }
    }

    /// A visibility expression: `[/And a b]`, `[/Or a b]`, `[/Not a]`.
    fn holds(&self, pdf: &Pdf, expression: &[Object], depth: usize) -> bool {
        let Some((operator, operands)) = expression.split_first() else {
            return true;
        };
        if depth > MAX_DEPTH {
            return true;
        }
        let holds = |operand: &Object| match (operand, pdf.dereference(operand)) {
            (_, Ok((_, Object::Array(inner)))) => self.holds(pdf, inner, depth + 1),
            (Object::Reference(id), _) => !self.0.contains(id),
            _ => true,
        };
        match operator.as_name() {
            Ok(b"And") => operands.iter().all(holds),
            Ok(b"Or") => operands.iter().any(holds),
            Ok(b"Not") => !operands.first().is_some_and(holds),
            _ => true,
        }
    }

    /// The pages, from 1, that hold something in hidden layers.
    pub(crate) fn pages(&self, pdf: &Pdf, pages: &[PageNode]) -> Vec<u32> {
        let mut seen = HashMap::new();
        let holds = |page: &PageNode| self.on_page(pdf, page, &mut seen);
        let found: Vec<bool> = pages.iter().map(holds).collect();
        (1..).zip(found).filter_map(|(page, found)| found.then_some(page)).collect()
    }

    fn on_page(&self, pdf: &Pdf, page: &PageNode, seen: &mut HashMap<ObjectId, bool>) -> bool {
        let annotations = page.dict.get_deref(b"Annots", pdf).and_then(Object::as_array);
        let hidden = |annotation: &Object| {
            let annotation = pdf.dereference(annotation).ok().map(|(_, object)| object);
            let dict = annotation.and_then(|annotation| annotation.as_dict().ok());
            dict.is_some_and(|dict| self.hide_dict(pdf, dict))
        };
        if annotations.is_ok_and(|annotations| annotations.iter().any(hidden)) {
            return true;
        }
        let empty = Dictionary::new();
        let resources = get_dict(pdf, &page.dict, b"Resources").unwrap_or(&empty);
        let content = page_content(pdf, page).unwrap_or_default();
        let looks = get_array(pdf, &page.dict, b"Annots").iter().flat_map(|one| looks(pdf, one));
        self.in_content(pdf, &content, &[resources], seen, 0)
            || looks.into_iter().any(|look| self.in_form(pdf, look, resources, seen, 0))
    }

    fn in_content(
        &self,
        pdf: &Pdf,
        content: &[u8],
        resources: &[&Dictionary],
        seen: &mut HashMap<ObjectId, bool>,
        depth: usize,
    ) -> bool {
        let scan = self.scan(pdf, content, resources);
        if scan.found() || depth > MAX_DEPTH {
            return scan.found();
        }
        let id_of = |name: &Vec<u8>| {
            let mut found = resources.iter().find_map(|one| entry(pdf, one, b"XObject", name));
            found.take()?.as_reference().ok()
        };
        let forms: Vec<ObjectId> = scan.drawn.iter().filter_map(id_of).collect();
        let outer = resources.last().copied();
        outer.is_some_and(|outer| {
            forms.into_iter().any(|id| self.in_form(pdf, id, outer, seen, depth + 1))
        })
    }

    /// `outer` are the resources of the page, where readers look for what those of a form lack.
    fn in_form(
        &self,
        pdf: &Pdf,
        id: ObjectId,
        outer: &Dictionary,
        seen: &mut HashMap<ObjectId, bool>,
        depth: usize,
    ) -> bool {
        if let Some(known) = seen.get(&id) {
            return *known;
        }
        // A form that draws itself is looked at once.
        seen.insert(id, false);
        let Some(Object::Stream(form)) = pdf.objects.get(&id) else {
            return false;
        };
        let Some(content) = form_content(form) else {
            return false;
        };
        let own = get_dict(pdf, &form.dict, b"Resources");
        let resources: Vec<&Dictionary> = own.into_iter().chain([outer]).collect();
        let found = self.in_content(pdf, &content, &resources, seen, depth);
        seen.insert(id, found);
        found
    }

    /// What of a content stream is hidden. A name is looked for in its own resources, then in those that it may borrow.
    pub(crate) fn scan(&self, pdf: &Pdf, content: &[u8], resources: &[&Dictionary]) -> Scan {
        let found = |category: &[u8], name: &[u8]| {
            resources.iter().find_map(|resources| entry(pdf, resources, category, name))
        };
        let mark = |name: &[u8]| found(b"Properties", name).is_some_and(|oc| self.hide(pdf, oc));
        let object = |name: &[u8]| {
            let object = found(b"XObject", name);
            let stream = object.and_then(|object| pdf.dereference(object).ok()?.1.as_stream().ok());
            stream.is_some_and(|stream| self.hide_dict(pdf, &stream.dict))
        };
        Scanner::new(&mark, &object).run(content)
    }
}

/// The looks of an annotation in all its states.
fn looks(pdf: &Pdf, annotation: &Object) -> Vec<ObjectId> {
    let looks = dict_of(pdf, annotation).and_then(|annotation| get_dict(pdf, annotation, b"AP"));
    let of_look = |look: &Object| {
        let id = look.as_reference().ok();
        let is_form = id.is_some_and(|id| matches!(pdf.objects.get(&id), Some(Object::Stream(_))));
        let states = dict_of(pdf, look).into_iter().flat_map(Dictionary::iter);
        let states = states.filter_map(|(_, state)| state.as_reference().ok());
        id.filter(|_| is_form).into_iter().chain(states.filter(|_| !is_form)).collect::<Vec<_>>()
    };
    looks.into_iter().flat_map(Dictionary::iter).flat_map(|(_, look)| of_look(look)).collect()
}

/// The whole content of a page, its parts joined; `None` where a part cannot be decoded.
pub(crate) fn page_content(pdf: &Pdf, page: &PageNode) -> Option<Vec<u8>> {
    let parts = match page.dict.get_deref(b"Contents", pdf) {
        Ok(Object::Array(parts)) => parts.iter().collect(),
        Ok(_) => vec![page.dict.get(b"Contents").ok()?],
        Err(_) => Vec::new(),
    };
    let mut content = Vec::new();
    for part in parts {
        if let Ok((_, Object::Stream(stream))) = pdf.dereference(part) {
            content.extend(form_content(stream)?);
            content.push(b'\n');
        }
    }
    Some(content)
}

/// The content of a form; `None` where it cannot be decoded.
pub(crate) fn form_content(form: &Stream) -> Option<Vec<u8>> {
    form.get_plain_content_with_limit(MAX_CONTENT).ok()
}

/// A resource of a category by its name as content has it.
pub(crate) fn entry<'a>(
    pdf: &'a Pdf,
    resources: &'a Dictionary,
    category: &[u8],
    name: &[u8],
) -> Option<&'a Object> {
    get_dict(pdf, resources, category)?.get(&decoded(name)).ok()
}

/// The references under a key: a list of them, or one alone.
pub(crate) fn references_at(pdf: &Pdf, dict: &Dictionary, key: &[u8]) -> HashSet<ObjectId> {
    let list = match dict.get_deref(key, pdf) {
        Ok(Object::Array(list)) => list.iter().collect(),
        _ => dict.get(key).into_iter().collect::<Vec<_>>(),
    };
    let references = list.into_iter().filter_map(|object| object.as_reference().ok());
    references.collect()
}
