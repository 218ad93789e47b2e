//! The content of a page in the bundle: the page's own, closed where it was left open, then its
//! number.

use std::collections::HashMap;
use std::io::Write;

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, dictionary};

use super::PdfError;
use super::content::{Ending, read_ending};
use super::drawn::keep_only;
use super::entries::{BYTES, RESOURCES};
use super::file::{ObjectNumber, compressed};
use super::import::Import;
use super::named::Category;
use super::page::Stamping;
use super::stamp::content_stream;
use super::values::rectangle;
use crate::model::geometry::Rect;
use crate::pdf::syntax::PageNode;
use crate::pdf::syntax::dictionaries::{dict_of, get_dict, references};

/// How much content of one page is read to see what it leaves open.
const MAX_CONTENT: usize = 1 << 28;

/// The name of the number's font among a page's resources.
const FONT: &str = "CourtbundleNumber";

/// The name of a page that is drawn as a whole.
const PAGE: &str = "CourtbundlePage";

/// Resources that several pages of a source share, with the number's font added once. Pages that draw something else by
/// name have others.
pub(super) type SharedResources = HashMap<(ObjectId, [Vec<Vec<u8>>; 7]), (Object, String)>;

/// `/Contents` and `/Resources` of a page.
pub(super) struct PageStreams {
    pub(super) streams: Vec<Object>,
    pub(super) resources: Object,
    /// The form that draws the page's own content, where one does.
    pub(super) form: Option<ObjectNumber>,
    /// Whether anything else than the number is otherwise than in the source.
    pub(super) altered: bool,
}

/// Carries a page's content over. `number` gives the operators of the number for the name of its
/// font; where `clip` is given, nothing outside it may show; `annotations` are those of the page. `structure_key` is the page's key into
/// the parent tree; a form that draws the content needs it in place of the page.
pub(super) fn carry<W: Write>(
    import: &mut Import<'_, W>,
    (page, annotations): (&PageNode, &[Object]),
    stamping: &Stamping,
    clip: Option<Rect>,
    number: impl Fn(&str) -> Vec<u8>,
    shared: &mut SharedResources,
    structure_key: Option<i64>,
) -> Result<PageStreams, PdfError> {
    let parts = content_parts(&import.pdf, page);
    let (mut content, mut ending) = read_content(&import.pdf, &parts);
    let cleaned = content.as_ref().and_then(|content| import.clean_content(content));
    let is_changed = cleaned.is_some();
    if let Some(cleaned) = cleaned {
        ending = read_ending(&cleaned);
        content = Some(cleaned);
    }
    let mut own = own_resources(&import.pdf, page);
    let is_pruned = content
        .as_ref()
        .is_some_and(|content| drop_unused(import, page, &mut own, content, annotations));
    if let Some(content) = content
        && (is_changed || ending.foreign || !ending.stray_restores.is_empty())
    {
        let content = mend(content, &ending);
        let of_page = (page, own);
        return carry_as_form(import, of_page, stamping, &content, number, structure_key);
    }
    let (resources, font) = resources(import, (page, own), stamping, shared)?;
    let before = match clip {
        Some(clip) => import.file.add(content_stream(clip_operators(clip)))?,
        None => stamping.save,
    };
    let mut streams = vec![before.reference()];
    for part in parts {
        let mut part = Object::Reference(part);
        import.rewrite_as(&mut part, BYTES)?;
        streams.push(part);
    }
    let mut last = ending.close();
    last.extend(b"Q\n");
    last.extend(number(&font));
    streams.push(import.file.add(content_stream(last))?.reference());
    Ok(PageStreams { streams, resources, form: None, altered: is_pruned || clip.is_some() })
}

fn clip_operators(clip: Rect) -> Vec<u8> {
    let Rect { left, bottom, .. } = clip;
    format!("q {left} {bottom} {} {} re W n\n", clip.width(), clip.height()).into_bytes()
}

/// Content that readers understand in different ways is drawn as a form of its own (ISO 32000-2,
/// 8.10), so that nothing in it can reach the number. Its box is what the page displays.
fn carry_as_form<W: Write>(
    import: &mut Import<'_, W>,
    (page, mut own): (&PageNode, Dictionary),
    stamping: &Stamping,
    content: &[u8],
    number: impl Fn(&str) -> Vec<u8>,
    structure_key: Option<i64>,
) -> Result<PageStreams, PdfError> {
    // They stay on the page, too: annotations may borrow from them.
    let mut resources = own.clone();
    import.rewrite_dict_as(&mut own, RESOURCES)?;
    let mut form = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => rectangle(page.boxes.crop),
        "Resources" => own,
    };
    if let Some(key) = structure_key {
        form.set("StructParents", key);
    }
    let form = compressed(form, content)?;
    let form = import.file.add(Object::Stream(form))?;
    let font = stamping.font_reference.clone();
    let added = [("XObject", PAGE, form.reference()), ("Font", FONT, font)];
    let [page, font] = rewrite_with(import, &mut resources, added)?;
    let mut operators = format!("q /{page} Do Q\n").into_bytes();
    operators.extend(number(&font));
    Ok(PageStreams {
        streams: vec![import.file.add(content_stream(operators))?.reference()],
        resources: resources.into(),
        form: Some(form),
        altered: true,
    })
}

/// Leaves out resources that the page does not use: nobody sees them, and anybody can take them out. Tools that
/// split or edit files leave them there. Returns whether there were any.
fn drop_unused<W: Write>(
    import: &mut Import<'_, W>,
    page: &PageNode,
    own: &mut Dictionary,
    content: &[u8],
    annotations: &[Object],
) -> bool {
    let (pdf, drawn) = (&import.pdf, &mut import.drawn);
    let known = drawn.of_page(page).cloned();
    let names = known.or_else(|| drawn.on_page(pdf, own, content, annotations));
    let gone = names.map(|names| keep_only(pdf, own, &names, &drawn.used)).unwrap_or_default();
    import.count_unused(&gone);
    !gone.is_empty()
}

fn own_resources(pdf: &Pdf, page: &PageNode) -> Dictionary {
    let own = page.dict.get(b"Resources").ok();
    own.and_then(|own| dict_of(pdf, own)).cloned().unwrap_or_default()
}

/// The page's resources with the number's font among them, and the name it has there.
fn resources<W: Write>(
    import: &mut Import<'_, W>,
    (page, mut resources): (&PageNode, Dictionary),
    stamping: &Stamping,
    shared: &mut SharedResources,
) -> Result<(Object, String), PdfError> {
    let id = page.dict.get(b"Resources").ok().and_then(|resources| resources.as_reference().ok());
    let listed = |category: Category| get_dict(&import.pdf, &resources, category.key());
    let names = Category::ALL.map(|category| {
        let listed = listed(category).into_iter().flatten();
        listed.map(|(name, _)| name.clone()).collect()
    });
    let key = id.map(|id| (id, names));
    if let Some(known) = key.as_ref().and_then(|key| shared.get(key)) {
        return Ok(known.clone());
    }
    let font = stamping.font_reference.clone();
    let [name] = rewrite_with(import, &mut resources, [("Font", FONT, font)])?;
    let Some(key) = key else {
        return Ok((resources.into(), name));
    };
    let known = (import.file.add(resources.into())?.reference(), name);
    shared.insert(key, known.clone());
    Ok(known)
}

/// Turns the references in resources into those of the bundle, and adds something of the bundle to some categories.
/// Returns the names that it has there.
fn rewrite_with<W: Write, const N: usize>(
    import: &mut Import<'_, W>,
    resources: &mut Dictionary,
    added: [(&str, &str, Object); N],
) -> Result<[String; N], PdfError> {
    let mut names = added.each_ref().map(|(_, name, _)| (*name).to_owned());
    let mut listed = Vec::new();
    for ((category, _, object), name) in added.into_iter().zip(&mut names) {
        let own = get_dict(&import.pdf, resources, category.as_bytes());
        let mut own = own.cloned().unwrap_or_default();
        while own.has(name.as_bytes()) {
            name.push('X');
        }
        if let Some(kind) = RESOURCES.under(category.as_bytes(), false) {
            import.rewrite_dict_as(&mut own, kind)?;
        }
        own.set(name.clone(), object);
        resources.remove(category.as_bytes());
        listed.push((category, own));
    }
    import.rewrite_dict_as(resources, RESOURCES)?;
    for (category, own) in listed {
        resources.set(category, own);
    }
    Ok(names)
}

/// The streams of a page's content, in order.
fn content_parts(pdf: &Pdf, page: &PageNode) -> Vec<ObjectId> {
    let is_stream = |id: &ObjectId| matches!(pdf.objects.get(id), Some(Object::Stream(_)));
    let parts = match page.dict.get(b"Contents") {
        Ok(Object::Reference(id)) => match pdf.objects.get(id) {
            Some(Object::Array(parts)) => references(parts).collect(),
            _ => vec![*id],
        },
        Ok(Object::Array(parts)) => references(parts).collect(),
        _ => Vec::new(),
    };
    parts.into_iter().filter(is_stream).collect()
}

/// The content, unless a part of it cannot be decoded, and what it leaves open.
fn read_content(pdf: &Pdf, parts: &[ObjectId]) -> (Option<Vec<u8>>, Ending) {
    let mut content = Vec::new();
    let mut whole = true;
    for part in parts {
        if let Some(Object::Stream(stream)) = pdf.objects.get(part) {
            match stream.get_plain_content_with_limit(MAX_CONTENT) {
                Ok(plain) => content.extend(plain),
                Err(_) => whole = false,
            }
            content.push(b'\n');
        }
    }
    let ending = read_ending(&content);
    (whole.then_some(content), ending)
}

/// Blanks each `Q` that readers pass over: within a form some would not.
fn mend(mut content: Vec<u8>, ending: &Ending) -> Vec<u8> {
    for position in &ending.stray_restores {
        if let Some(byte) = content.get_mut(*position) {
            *byte = b' ';
        }
    }
    content
}
