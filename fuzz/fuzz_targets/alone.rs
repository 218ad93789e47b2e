//! One PDF alone in a case, built as `courtbundle build` does.

use std::fs;
use std::sync::atomic::AtomicBool;

use courtbundle::bundle::{End, Options, Request, attempt};
use courtbundle::model::{Code, Finding};
use courtbundle::manifest;
use courtbundle::check::{SurveyScope, Survey};
use tempfile::TempDir;

const MANIFEST: &str = "[case]\ntitle = \"R v Alone\"\n[[bundle]]\naudience = \"prosecution\"\noutput = \"alone.pdf\"\n\
     [[section]]\nletter = \"A\"\n[[section.document]]\ntitle = \"The document\"\nfile = \"it.pdf\"\n";

/// The program catches panics of the renderer and says that a page could not be looked at; libFuzzer
/// would take them for crashes. What nobody catches still ends the run.
pub fn let_panics_be_caught() {
    std::panic::set_hook(Box::new(|_| ()));
}

/// Builds a bundle; only the document itself may be the reason why there is none.
pub fn build(bytes: &[u8]) {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("it.pdf"), bytes).expect("room for a file");
    let case = manifest::parse(MANIFEST, &folder.path().join("bundle.toml")).case;
    let case = case.expect("a sound manifest");
    let bundle = case.bundles.first().expect("a bundle");
    let stop = AtomicBool::new(false);
    let by = Survey {
        scope: &SurveyScope::to_build(&case, std::slice::from_ref(bundle)),
        allow_damaged: false,
        ask: &|_| None,
        stop: &stop,
        progress: &|_| (),
    };
    let request = Request {
        case: &case,
        bundle,
        evidence: &by.run(&case),
        options: Options::default(),
        stop: &stop,
        expected: &|_| (),
        progress: &|_| (),
    };
    let tried = attempt(&request, Vec::new(), false);
    let mut errors = tried
        .findings
        .iter()
        .filter(|finding| Finding::is_error(finding));
    match tried.end {
        End::Built(..) => assert_eq!(errors.next(), None),
        _ => assert!(
            errors.all(|error| error.code == Code::DocumentUnreadable),
            "{:?}",
            tried.findings
        ),
    }
}
