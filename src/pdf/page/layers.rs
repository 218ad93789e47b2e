//! Pages with layers (optional content, ISO 32000-2, 8.11), whether they are shown or not.

use std::sync::{Arc, LazyLock};

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::xref::XRef;

use super::{Cache, View, view_with};

/// A file without layers. hayro asks the catalog which layers are hidden, and for nothing else; asked of this one,
/// none is.
static WITHOUT_LAYERS: LazyLock<Option<Pdf>> = LazyLock::new(|| {
    let bytes = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n\
        trailer<</Root 1 0 R/Size 4>>\n%%EOF\n";
    Pdf::new(Arc::new(bytes.to_vec())).ok()
});

/// Whether the file of a page has layers.
pub(crate) fn has_layers(page: &Page<'_>) -> bool {
    page.xref().has_optional_content_groups()
}

/// Looks at a page with all of its layers shown.
pub(crate) fn view_of_all_layers<'a>(page: &'a Page<'a>, cache: &Cache<'a>) -> View {
    view_with(page, cache, without_layers(page))
}

/// A catalog that hides no layer.
pub(crate) fn without_layers<'a>(page: &Page<'a>) -> &'a XRef {
    WITHOUT_LAYERS.as_ref().map_or(page.xref(), Pdf::xref)
}
