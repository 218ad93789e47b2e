//! What a bundle is made from, as one hash. While neither that nor the bundle changes, a new one would be the same.
//!
//! Whatever cannot be seen from here, such as whether a password is still the right one, gives no hash, and a bundle
//! without one is built each time.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use sha2::{Digest, Sha256};

use super::{Options, Request};
use crate::check::display;
use crate::check::{Availability, lies_within};
use crate::disclosure;
use crate::manifest::{Bundle, Case};
use crate::model::DocumentId;
use crate::model::Sha256Hash;
use crate::pdf::source::Unlocking;

/// The version of the program, and its source: two builds of one version may differ while it is being written.
const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("COURTBUNDLE_SOURCE"));

/// What is there for a document of a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum There {
    /// A file with these bytes.
    File(Sha256Hash),
    /// Nothing.
    Nothing,
}

/// What there is for each document of a bundle, and for each that its reader must not have.
pub(super) struct Inputs {
    documents: BTreeMap<DocumentId, There>,
    barred: BTreeMap<DocumentId, There>,
    rules: Option<Sha256Hash>,
}

impl Inputs {
    /// As the survey has read them; `None` where they alone do not decide.
    pub(super) fn surveyed(request: &Request<'_>) -> Option<Self> {
        let Request { case, bundle, evidence, .. } = *request;
        let there = |id: DocumentId| match evidence.held(id.section, id.document) {
            Availability::Present(known) if known.facts.unlocking == Some(Unlocking::Password) => {
                None
            }
            Availability::Present(known) => Some(There::File(known.facts.sha256)),
            Availability::Missing { .. } => Some(There::Nothing),
            Availability::NotNamed if file(case, id).is_none() => Some(There::Nothing),
            Availability::NotNamed | Availability::Unreadable(_) => None,
        };
        Self::of(case, bundle, there, |file| evidence.rules.get(file)?.sha256)
    }

    fn of<'b>(
        case: &Case,
        bundle: &'b Bundle,
        there: impl Fn(DocumentId) -> Option<There>,
        rules: impl FnOnce(&'b Path) -> Option<Sha256Hash>,
    ) -> Option<Self> {
        let rules = match &bundle.rules_file {
            None => None,
            Some(file) => Some(rules(file)?),
        };
        let of = |ids: Vec<DocumentId>| -> Option<BTreeMap<DocumentId, There>> {
            let there = ids.into_iter().map(|id| Some((id, there(id)?)));
            there.collect()
        };
        // What must not be served decides as well: whether the same is served under another entry.
        let barred = disclosure::barred(case, bundle).into_iter().map(|(id, _)| id);
        let barred = match bundle.audience.is_served() {
            true => of(barred.collect())?,
            false => BTreeMap::new(),
        };
        Some(Self {
            documents: of(disclosure::included(case, bundle).into_iter().collect())?,
            barred,
            rules,
        })
    }

    /// The documents for which there is nothing.
    pub(super) fn absent(&self) -> HashSet<DocumentId> {
        let absent = |(id, there): (&DocumentId, &There)| (*there == There::Nothing).then_some(*id);
        self.documents.iter().filter_map(absent).collect()
    }

    /// The hash over all that decides what the bundle is.
    pub(super) fn hash(&self, case: &Case, bundle: &Bundle, options: Options) -> Sha256Hash {
        self.hash_by(PROGRAM, case, bundle, options)
    }

    fn hash_by(&self, program: &str, case: &Case, bundle: &Bundle, options: Options) -> Sha256Hash {
        let Options { allow_missing, allow_damaged, strict } = options;
        let mut parts = Parts(Sha256::new());
        parts.add(program);
        parts.add(case.manifest.file_name().unwrap_or_default().as_encoded_bytes());
        parts.add(case.sha256.0);
        parts.add(&bundle.name);
        parts.add([allow_missing, allow_damaged, strict].map(u8::from));
        parts.add(self.rules.map_or_else(Vec::new, |rules| rules.0.to_vec()));
        for (id, there) in self.documents.iter().chain(&self.barred) {
            parts.add(file(case, *id).map(display).unwrap_or_default());
            match there {
                There::File(hash) => parts.add(hash.0),
                There::Nothing => parts.add("nothing"),
            }
        }
        Sha256Hash(parts.0.finalize().into())
    }
}

/// The files of a case as they are on disk, each hashed once for all of its bundles.
pub struct FilesOnDisk<'a> {
    pub(super) case: &'a Case,
    pub(super) stop: &'a AtomicBool,
    /// By the file as the manifest names it; `None` where it cannot be read.
    there: RefCell<HashMap<&'a Path, Option<There>>>,
}

impl<'a> FilesOnDisk<'a> {
    /// The files of a case, none of them read so far; `stop` is set when the user wants to stop.
    pub fn new(case: &'a Case, stop: &'a AtomicBool) -> Self {
        Self { case, stop, there: RefCell::default() }
    }

    /// What a bundle is made from.
    pub(super) fn inputs(&self, bundle: &'a Bundle) -> Option<Inputs> {
        let there = |id| match file(self.case, id) {
            None => Some(There::Nothing),
            Some(file) => match self.there(file)? {
                There::File(_) if !self.is_allowed(file) => None,
                there => Some(there),
            },
        };
        Inputs::of(self.case, bundle, there, |file| match self.there(file)? {
            There::File(hash) => Some(hash),
            There::Nothing => None,
        })
    }

    fn there(&self, file: &'a Path) -> Option<There> {
        let hashed = || Some(hash(&self.case.folder.join(file), self.stop).ok()?.into());
        *self.there.borrow_mut().entry(file).or_insert_with(hashed)
    }

    fn is_allowed(&self, file: &Path) -> bool {
        self.case.allow_outside || lies_within(&self.case.folder.join(file), &self.case.folder)
    }
}

impl From<Option<Sha256Hash>> for There {
    fn from(hash: Option<Sha256Hash>) -> Self {
        hash.map_or(Self::Nothing, Self::File)
    }
}

/// Parts of what is hashed, each with its length before it, so that none runs into the next.
struct Parts(Sha256);

impl Parts {
    fn add(&mut self, part: impl AsRef<[u8]>) {
        let part = part.as_ref();
        self.0.update((part.len() as u64).to_be_bytes());
        self.0.update(part);
    }
}

fn file(case: &Case, id: DocumentId) -> Option<&Path> {
    let document = case.sections.get(id.section)?.documents.get(id.document)?;
    document.file.as_deref()
}

/// The hash of a file; `None` where there is none.
pub(super) fn hash(path: &Path, stop: &AtomicBool) -> io::Result<Option<Sha256Hash>> {
    match fs::metadata(path) {
        // What is no file might never end.
        Ok(metadata) if !metadata.is_file() => return Err(ErrorKind::InvalidInput.into()),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(error),
        Ok(_) => {}
    }
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        if stop.load(Ordering::Relaxed) {
            return Err(ErrorKind::Interrupted.into());
        }
        match file.read(&mut buffer)? {
            0 => return Ok(Some(Sha256Hash(hasher.finalize().into()))),
            read => hasher.update(buffer.get(..read).unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::parse;

    const MANIFEST: &str = "[case]\ntitle = \"R v X\"\n[[bundle]]\nrules_file = \"rules.toml\"\n[[section]]\nletter = \"A\"\n[[section.document]]\nfile = \"a.pdf\"\n[[section.document]]\nfile = \"b.pdf\"\n";

    fn inputs(there: [There; 2], rules: Option<Sha256Hash>) -> Inputs {
        let id = |document| DocumentId { section: 0, document };
        Inputs {
            documents: BTreeMap::from([(id(0), there[0])]),
            barred: BTreeMap::from([(id(1), there[1])]),
            rules,
        }
    }

    #[test]
    fn everything_that_decides_changes_the_hash() {
        let case = parse(MANIFEST, Path::new("bundle.toml")).case.unwrap();
        let bundle = &case.bundles[0];
        let file = |text: &str| There::File(Sha256Hash::of(text.as_bytes()));
        let rules = Some(Sha256Hash::of(b"rules"));
        let usual = inputs([file("a"), file("b")], rules);
        let options = Options::default();
        let with_options = |options| usual.hash_by("1", &case, bundle, options);
        let with_inputs = |there, rules| inputs(there, rules).hash_by("1", &case, bundle, options);
        let commented = parse(&format!("{MANIFEST}# more"), Path::new("bundle.toml")).case;
        let moved = parse(MANIFEST, Path::new("other.toml")).case.unwrap();
        let mut named = bundle.clone();
        named.name.push('2');
        let all = [
            with_options(options),
            with_options(Options { allow_missing: true, ..options }),
            with_options(Options { allow_damaged: true, ..options }),
            with_options(Options { strict: true, ..options }),
            with_inputs([file("a"), file("c")], rules),
            with_inputs([file("b"), file("a")], rules),
            with_inputs([file("a"), There::Nothing], rules),
            with_inputs([There::Nothing, file("b")], rules),
            with_inputs([file("a"), file("b")], None),
            with_inputs([file("a"), file("b")], Some(Sha256Hash::of(b"other rules"))),
            usual.hash_by("2", &case, bundle, options),
            usual.hash_by("1", &commented.unwrap(), bundle, options),
            usual.hash_by("1", &moved, bundle, options),
            usual.hash_by("1", &case, &named, options),
        ];
        assert_eq!(HashSet::from(all).len(), all.len());
        let elsewhere = parse(MANIFEST, Path::new("there/bundle.toml")).case.unwrap();
        assert_eq!(usual.hash_by("1", &elsewhere, bundle, options), all[0]);
    }

    #[test]
    fn what_is_no_file_is_told_from_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let stop = AtomicBool::new(false);
        assert_eq!(hash(&folder.path().join("a.pdf"), &stop).unwrap(), None);
        assert!(hash(folder.path(), &stop).is_err());
        fs::write(folder.path().join("a.pdf"), "a").unwrap();
        let a = hash(&folder.path().join("a.pdf"), &stop).unwrap();
        assert_eq!(a, Some(Sha256Hash::of(b"a")));
        assert_eq!(hash(&folder.path().join("a.pdf/b"), &stop).unwrap(), None);
        stop.store(true, Ordering::Relaxed);
        assert!(hash(&folder.path().join("a.pdf"), &stop).is_err());
    }
}
