//! Reads the sources of a bundle one after another, the next one while one is written.

use std::sync::mpsc::sync_channel;
use std::thread;

use super::{BuildError, Draft, Request};
use crate::check::document_ref;
use crate::check::{Availability, LoadedFile};
use crate::manifest::{Document, SourcePage};
use crate::model::DocumentRef;
use crate::pdf::source::{CachedSource, Source};
use crate::pdf::write::PdfError;
use crate::plan::{Content, PlannedDocument};

/// A planned document with what it is made from.
pub(super) struct Listed<'a> {
    pub(super) planned: &'a PlannedDocument,
    pub(super) document: &'a Document,
    pub(super) pages: &'a [SourcePage],
    pub(super) name: DocumentRef,
    pub(super) known: &'a LoadedFile,
}

/// Those documents of a plan that have a file, in order.
pub(super) fn listed<'a>(
    request: &Request<'a>,
    draft: &'a Draft,
) -> Result<Vec<Listed<'a>>, BuildError> {
    let has_file = |planned: &&PlannedDocument| matches!(planned.content, Content::Source(_));
    let documents = draft.plan.documents().filter(has_file);
    documents
        .map(|planned| {
            let (section, document) = (planned.id.section, planned.id.document);
            let held = request.evidence.held(section, document);
            let section = request.case.sections.get(section);
            match (
                &planned.content,
                held,
                section.and_then(|section| Some((section, section.documents.get(document)?))),
            ) {
                (
                    Content::Source(pages),
                    Availability::Present(known),
                    Some((section, document)),
                ) => Ok(Listed {
                    planned,
                    document,
                    pages,
                    name: document_ref(section, document),
                    known,
                }),
                _ => Err(PdfError::Internal("a planned document is not in the case").into()),
            }
        })
        .collect()
}

impl Listed<'_> {
    /// What went wrong with this document; a fault of the output is nobody's.
    pub(super) fn failed(&self, error: PdfError) -> BuildError {
        match error {
            PdfError::Write(_) => BuildError::Pdf(error),
            error => BuildError::Document(Box::new(self.name.clone()), error),
        }
    }

    /// The objects of the source: kept since the survey, or else read again.
    fn open(&self, request: &Request<'_>) -> Result<Source, BuildError> {
        if let Some(source) = self.known.cached.as_ref().and_then(CachedSource::take) {
            request.go_on()?;
            return Ok(source);
        }
        let mut source = self.open_whole(request)?;
        // Its objects are enough, and twice the largest source is much.
        source.bytes = std::sync::Arc::default();
        Ok(source)
    }

    /// The source with its bytes.
    pub(super) fn open_whole(&self, request: &Request<'_>) -> Result<Source, BuildError> {
        request.go_on()?;
        let Some(file) = &self.document.file else {
            return Err(PdfError::Internal("a planned document has no file").into());
        };
        let source = Source::open(&request.case.folder.join(file), &self.known.opening)
            .map_err(|error| self.failed(error.into()))?;
        if source.facts.sha256 != self.known.facts.sha256 {
            return Err(self.failed(PdfError::SourceChanged));
        }
        Ok(source)
    }
}

/// Gives each source to `carry`, in order. Beside those that were kept no more than two are in memory: the one that is
/// carried and the next, which a second thread reads, unless the program was told to use only one.
pub(super) fn for_each_source(
    request: &Request<'_>,
    listed: &[Listed<'_>],
    mut carry: impl FnMut(&Listed<'_>, Source) -> Result<(), BuildError>,
) -> Result<(), BuildError> {
    if rayon::current_num_threads() < 2 {
        return listed.iter().try_for_each(|listed| carry(listed, listed.open(request)?));
    }
    let is_read = |listed: &&Listed<'_>| listed.known.cached.is_none();
    thread::scope(|scope| {
        // A place for none: the reader waits with one source in hand.
        let (sender, receiver) = sync_channel(0);
        scope.spawn(move || {
            for listed in listed.iter().filter(is_read) {
                let source = listed.open(request);
                let was_last = source.is_err();
                // Nobody waits for it where the writer has failed.
                if sender.send(source).is_err() || was_last {
                    break;
                }
            }
        });
        for listed in listed {
            let stopped = |_| PdfError::Internal("the reader of sources stopped");
            let source = match is_read(&listed) {
                true => receiver.recv().map_err(stopped)??,
                // Copied no sooner than it is wanted.
                false => listed.open(request)?,
            };
            carry(listed, source)?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::sync::atomic::AtomicBool;

    use crate::bundle::{End, Options, Request, attempt};
    use crate::check::{Survey, SurveyScope};
    use crate::manifest::read;

    const MANIFEST: &str = "[case]\ntitle = \"R v Example\"\n[[bundle]]\nname = \"court\"\naudience = \"court\"\nrules = \"own\"\nrules_file = \"rules.toml\"\n[[bundle]]\nname = \"defence\"\naudience = \"defence\"\nrules = \"own\"\nrules_file = \"rules.toml\"\n[[section]]\nletter = \"A\"\ntitle = \"Indictment\"\n[[section.document]]\ntitle = \"Indictment\"\nfile = \"indictment.pdf\"\nform = \"indictment\"\ndate = 2026-07-01\n";

    #[test]
    fn what_the_survey_has_read_is_not_read_again_for_any_bundle() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let source = Path::new("fixtures/case-complete/indictment.pdf");
        fs::copy(source, at("indictment.pdf")).unwrap();
        fs::write(at("rules.toml"), "[[profile]]\nname = \"own\"\nextends = \"general-2021\"\n")
            .unwrap();
        fs::write(at("bundle.toml"), MANIFEST).unwrap();
        let case = read(&at("bundle.toml")).case.unwrap();
        let stop = AtomicBool::new(false);
        let survey = Survey {
            scope: &SurveyScope::to_build(&case, &case.bundles),
            allow_damaged: false,
            ask: &|_| None,
            stop: &stop,
            progress: &|_| (),
        };
        let evidence = survey.run(&case);
        for name in ["indictment.pdf", "rules.toml", "bundle.toml"] {
            fs::remove_file(at(name)).unwrap();
        }
        for bundle in &case.bundles {
            let request = Request {
                case: &case,
                bundle,
                evidence: &evidence,
                options: Options::default(),
                stop: &stop,
                expected: &|_| (),
                progress: &|_| (),
            };
            let attempt = attempt(&request, Vec::new(), false);
            assert!(matches!(attempt.end, End::Built(..)), "{:?}", attempt.findings);
        }
    }
}
