//! One PDF alone in a case, built in process through the library, as `courtbundle build` does.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

use courtbundle::bundle::{End, Options, Request, attempt};
use courtbundle::check::{Availability, Evidence, Survey, SurveyScope};
use courtbundle::manifest::{self, Case};
use courtbundle::model::geometry::Rect;
use courtbundle::model::{Code, Finding};
use courtbundle::plan::{PLACES, places};
use tempfile::TempDir;

const MANIFEST: &str = "[case]\ntitle = \"R v Alone\"\n[[bundle]]\naudience = \"prosecution\"\noutput = \"out/alone.pdf\"\n\
     [[section]]\nletter = \"A\"\n[[section.document]]\ntitle = \"The document\"\nfile = \"it.pdf\"\n";

/// What says that pages may look otherwise than in their file.
const TELLING: [Code; 5] =
    [Code::MarkDrawn, Code::DocumentRepaired, Code::FormDrawn, Code::FormUndrawn, Code::XfaDropped];

/// What became of a file.
pub enum Outcome {
    Built(Bundle),
    /// With the code and the message of each error.
    Refused(Vec<(Code, String)>),
    Panicked(String),
}

/// A bundle of one document.
pub struct Bundle {
    pub bytes: Vec<u8>,
    /// Where the document's first page stands, from 0.
    pub first: usize,
    /// For each page of the document where its number stands, in displayed space; `None` where the
    /// page was made smaller so that the number stands beside it.
    pub numbers: Vec<Option<Rect>>,
    pub findings: Vec<Finding>,
}

impl Bundle {
    /// Whether the findings say that pages may look otherwise.
    pub fn is_told(&self) -> bool {
        self.findings.iter().any(|finding| TELLING.contains(&finding.code))
    }

    pub fn is_repaired(&self) -> bool {
        self.findings.iter().any(|finding| finding.code == Code::DocumentRepaired)
    }
}

/// Builds a bundle of one file.
pub fn build(bytes: &[u8]) -> Outcome {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("it.pdf"), bytes).unwrap();
    fs::write(folder.path().join("bundle.toml"), MANIFEST).unwrap();
    let case = manifest::read(&folder.path().join("bundle.toml")).case.unwrap();
    catch_unwind(AssertUnwindSafe(|| build_case(&case)))
        .unwrap_or_else(|panic| Outcome::Panicked(said(panic.as_ref())))
}

/// What a panic says.
pub fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default()
}

fn build_case(case: &Case) -> Outcome {
    let stop = AtomicBool::new(false);
    let bundle = &case.bundles[0];
    let by = Survey {
        scope: &SurveyScope::to_build(case, std::slice::from_ref(bundle)),
        allow_damaged: false,
        ask: &|_| None,
        stop: &stop,
        progress: &|_| (),
    };
    let evidence = by.run(case);
    let request = Request {
        case,
        bundle,
        evidence: &evidence,
        options: Options::default(),
        stop: &stop,
        expected: &|_| (),
        progress: &|_| (),
    };
    let tried = attempt(&request, Vec::new(), false);
    let End::Built(draft, ..) = tried.end else {
        let errors = tried.findings.iter().filter(|finding| finding.is_error());
        // Files are read on threads of their own, where a panic becomes an error.
        if let Some(panic) = errors.clone().find(|error| error.message.contains("stops the reader"))
        {
            return Outcome::Panicked(panic.message.clone());
        }
        return Outcome::Refused(
            errors.map(|finding| (finding.code, finding.message.clone())).collect(),
        );
    };
    let first = draft.plan.documents().next().unwrap().first.index();
    let boxes = boxes(&evidence);
    let numbers = draft.placements[first..]
        .iter()
        .zip(boxes)
        .map(|(placement, page)| {
            let place = PLACES.iter().position(|place| *place == placement.position)?;
            (!placement.enlarged).then(|| places(page, &bundle.numbering)[place])
        })
        .collect();
    Outcome::Built(Bundle {
        bytes: fs::read(case.folder.join(&bundle.output)).unwrap(),
        first,
        numbers,
        findings: tried.findings,
    })
}

fn boxes(evidence: &Evidence) -> Vec<courtbundle::model::geometry::PageBox> {
    match evidence.held(0, 0) {
        Availability::Present(known) => known.facts.pages.clone(),
        _ => Vec::new(),
    }
}

/// Ends the whole run where one piece of work takes too long, as a thread that hangs cannot be ended
/// by itself.
pub struct Watchdog {
    running: Arc<Mutex<BTreeMap<String, Instant>>>,
}

impl Watchdog {
    pub fn new(limit: Duration) -> Self {
        let running = Arc::default();
        let watched = Arc::downgrade(&running);
        std::thread::spawn(move || watch(&watched, limit));
        Self { running }
    }

    /// Does a piece of work whose name no other has. Returns how long it took, too.
    pub fn over<T>(&self, name: &str, work: impl FnOnce() -> T) -> (T, Duration) {
        let start = Instant::now();
        self.running.lock().unwrap().insert(name.to_owned(), start);
        let done = work();
        self.running.lock().unwrap().remove(name);
        (done, start.elapsed())
    }
}

#[allow(clippy::print_stderr, clippy::exit, reason = "nothing else ends a run whose thread hangs")]
fn watch(running: &Weak<Mutex<BTreeMap<String, Instant>>>, limit: Duration) {
    while let Some(running) = running.upgrade() {
        for (name, start) in running.lock().unwrap().iter() {
            if start.elapsed() > limit {
                eprintln!("{name} takes longer than {limit:?}");
                std::process::exit(1);
            }
        }
        drop(running);
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// Threads whose panics say nothing: they are caught, counted and told by the test, and those of the
/// renderer are no fault.
pub fn quiet_threads() -> rayon::ThreadPool {
    const QUIET: &str = "quiet";
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(QUIET) {
            before(panic);
        }
    }));
    rayon::ThreadPoolBuilder::new().thread_name(|_| QUIET.to_owned()).build().unwrap()
}
