//! Carries the documents of a bundle over, one after another.

use std::io::Write;

use super::reading::{for_each_source, listed};
use super::{BuildError, Draft, Request};
use crate::check::fold;
use crate::manifest::{Bundle, Comments, Document, Hidden};
use crate::model::Finding;
use crate::pdf::write::{BundleWriter, Excerpt, Treatment};

/// Carries every document over, and hands back what was changed or left out on the way.
pub(super) fn carry<W: Write>(
    request: &Request<'_>,
    draft: &Draft,
    writer: &mut BundleWriter<'_, W>,
) -> Result<Vec<Finding>, BuildError> {
    let mut findings = Vec::new();
    for_each_source(request, &listed(request, draft)?, |listed, source| {
        request.go_on()?;
        let planned = listed.planned;
        let found = writer
            .add_document(
                source,
                &Excerpt {
                    id: planned.id,
                    title: &listed.document.title,
                    pages: listed.pages,
                    first: planned.first,
                    treatment: treatment(request.bundle, listed.document),
                },
            )
            .map_err(|error| listed.failed(error))?;
        findings.extend(
            fold(found)
                .into_iter()
                .map(|finding| finding.of(listed.name.clone()).at_line(listed.document.line)),
        );
        (request.progress)(u32::try_from(listed.pages.len()).unwrap_or(u32::MAX));
        Ok(())
    })?;
    Ok(findings)
}

/// What the manifest wants taken out; the prosecution's own copy keeps everything.
pub(super) fn treatment(bundle: &Bundle, document: &Document) -> Treatment {
    let is_served = bundle.audience.is_served();
    Treatment {
        strip_comments: is_served && document.comments == Some(Comments::Strip),
        drop_hidden: is_served && document.hidden == Hidden::Drop,
    }
}
