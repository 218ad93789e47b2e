//! What a case really holds: every listed file opened once, and the files that nothing lists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::rules::RulesFile;
use super::within::lies_within;
use super::{NearNames, Recorded, State, SurveyScope};
use crate::check::survey_pages;
use crate::check::survey_pages::PageScope;
use crate::classify::{Belonging, PageKind, belongings};
use crate::inspect::PageLeaks;
use crate::manifest::{Case, Document, Hidden, Numbering, SourcePage};
use crate::model::DocumentId;
use crate::model::memory_budget::MemoryBudget;
use crate::pdf::page::edges::{EdgeOccupancy, NumberRoom, Pictures};
use crate::pdf::page::{Fingerprint, Likeness};
use crate::pdf::source::timeout::{stack_for, watched};
use crate::pdf::source::{
    CachedSource, Facts, Opening, Password, PasswordOrigin, Source, SourceError,
};
use crate::plan::{Holding, PLACES, need_the_same_room, places};
use crate::verify::PageFacts;

/// The name that makes a folder a case.
pub const MANIFEST_NAME: &str = "bundle.toml";

/// How many files of a folder are looked through at the most.
const MAX_FILES: usize = 50_000;

/// What is there for one listed document.
#[derive(Debug, Clone)]
pub enum Availability {
    /// The file is there and can be read.
    Present(Arc<LoadedFile>),
    /// No file is named yet.
    NotNamed,
    /// The file named is not there.
    Missing {
        /// Names that are there and come near.
        nearest: Vec<String>,
    },
    /// The file is there and cannot be used.
    Unreadable(Arc<SourceError>),
}

/// What is known of one present file.
#[derive(Debug)]
pub struct LoadedFile {
    /// Pages, size and hash.
    pub facts: Facts,
    /// For each numbering of the survey, what is printed at the edges of each page.
    pub ink: Vec<Vec<EdgeOccupancy>>,
    /// What its pages betray, where that was asked for: each page searched, with its number from 1.
    pub leaks: Vec<(u32, PageLeaks)>,
    /// What the pages before those searched are, by their numbers from 1: a form is named on its first page.
    pub kinds_before: BTreeMap<u32, PageKind>,
    /// What the same pages betray once what nobody sees is taken out of them, where a document asks for
    /// that: those pages, by their numbers from 1, of which anything can be taken out.
    pub leaks_without: BTreeMap<u32, PageLeaks>,
    /// What its pages show, by their numbers from 1, where that was asked for.
    pub contents: BTreeMap<u32, PageFacts>,
    /// What tells its pages from others, by their numbers from 1, where that was asked for.
    pub fingerprints: BTreeMap<u32, Fingerprint>,
    /// What tells whether a page of a bundle shows the same as one of its pages, by their numbers from 1, where that was
    /// asked for.
    pub likenesses: BTreeMap<u32, Likeness>,
    /// How long its streams are that may be the same as those of another source.
    pub stream_lengths: Vec<usize>,
    /// What opens it again.
    pub opening: Opening,
    /// Its objects for the bundles that are to be written, where they were kept.
    pub(crate) cached: Option<CachedSource>,
}

impl LoadedFile {
    /// What each page searched is, by its own words and those of the pages about it, by its number from 1.
    pub fn belongings(&self) -> BTreeMap<u32, Belonging> {
        let searched = self.leaks.iter().map(|(page, leaks)| (*page, &leaks.kind));
        let before = self.kinds_before.iter().map(|(page, kind)| (*page, kind));
        let kinds: BTreeMap<u32, &PageKind> = searched.chain(before).collect();
        let kinds: Vec<(u32, &PageKind)> = kinds.into_iter().collect();
        let known = belongings(&kinds).into_iter();
        known.filter_map(|(page, belonging)| Some((page, belonging?))).collect()
    }
}

/// What the folder of a case holds.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// For each section, for each document.
    pub documents: Vec<Vec<Availability>>,
    /// Files that no document names, relative to the folder, sorted.
    pub unlisted: Vec<PathBuf>,
    /// The numberings for which room was looked for at the edges of pages.
    pub numberings: Vec<Numbering>,
    /// What the ledger of the case says of documents, where it was read.
    pub recorded: BTreeMap<DocumentId, Recorded>,
    /// The files of rules that its bundles name.
    pub(crate) rules: BTreeMap<PathBuf, RulesFile>,
}

impl Evidence {
    /// What is there for a document.
    pub fn held(&self, section: usize, document: usize) -> &Availability {
        self.documents
            .get(section)
            .and_then(|documents| documents.get(document))
            .unwrap_or(&Availability::NotNamed)
    }

    /// How a listed document stands.
    pub fn state(&self, listed: &Document, section: usize, document: usize) -> State {
        let recorded = self.recorded.get(&DocumentId { section, document }).copied();
        State::of(listed, self.held(section, document), recorded)
    }

    /// What a plan needs to know of it.
    pub fn holding(&self, id: DocumentId) -> Holding {
        match self.held(id.section, id.document) {
            Availability::Present(known) => Holding::Pages(known.facts.page_count()),
            Availability::Unreadable(_) => Holding::Unreadable,
            Availability::NotNamed | Availability::Missing { .. } => Holding::Nothing,
        }
    }

    /// At which of the six places of a page no number of a numbering can stand, where comments stay or go: at all of
    /// them where it was not looked at.
    pub fn taken_places(
        &self,
        numbering: &Numbering,
        (id, page): (DocumentId, SourcePage),
        comments_stay: bool,
    ) -> [bool; 6] {
        let Availability::Present(known) = self.held(id.section, id.document) else {
            return [false; 6];
        };
        let mut numberings = self.numberings.iter();
        let ink = numberings
            .position(|one| need_the_same_room(one, numbering))
            .and_then(|index| known.ink.get(index)?.get(page.0 as usize));
        ink.map_or([true; 6], |ink| ink.taken(comments_stay))
    }
}

/// How a case is surveyed.
#[derive(Clone)]
pub struct Survey<'a> {
    /// What is looked for.
    pub scope: &'a SurveyScope,
    /// Whether what is left of damaged files is taken, whatever the manifest says.
    pub allow_damaged: bool,
    /// Asks the user for the password of a file, where there is a user to ask.
    pub ask: &'a (dyn Fn(&Path) -> Option<String> + Sync),
    /// Set when the user wants to stop; files that are not opened by then count as not named.
    pub stop: &'a AtomicBool,
    /// Told the pages of each file when it is done.
    pub progress: &'a (dyn Fn(u32) + Sync),
}

type Opened = Result<Arc<LoadedFile>, Arc<SourceError>>;

/// A file as a document lists it; two documents may open the same file in different ways.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Listing<'c> {
    file: &'c Path,
    password_env: Option<&'c str>,
    allow_damaged: bool,
}

impl<'c> Listing<'c> {
    fn of(document: &'c Document) -> Option<Self> {
        Some(Self {
            file: document.file.as_deref()?,
            password_env: document.password_env.as_deref(),
            allow_damaged: document.allow_damaged,
        })
    }
}

impl Survey<'_> {
    /// Opens every listed file once, several at a time.
    pub fn run(&self, case: &Case) -> Evidence {
        let listings = self.listings(case);
        let size = |listing: &Listing<'_>| fs::metadata(case.folder.join(listing.file));
        let sizes = listings.keys().filter_map(|listing| size(listing).ok());
        let room = MemoryBudget::new(sizes.map(|size| size.len()).max().unwrap_or(0));
        let opened: BTreeMap<Listing<'_>, Opened> = listings
            .par_iter()
            .filter(|_| !self.stop.load(Ordering::Relaxed))
            .map(|(listing, wanted)| {
                let opened = self.open(case, listing, wanted, &room);
                (*listing, opened.map(Arc::new).map_err(Arc::new))
            })
            .collect();
        let unlisted = unlisted(case);
        let near = NearNames::new(&unlisted);
        let held = |document: &Document| match Listing::of(document)
            .map(|listing| (listing.file, opened.get(&listing)))
        {
            None | Some((_, None)) => Availability::NotNamed,
            Some((_, Some(Ok(known)))) => Availability::Present(Arc::clone(known)),
            Some((file, Some(Err(error)))) if matches!(**error, SourceError::NotFound) => {
                Availability::Missing { nearest: near.nearest(file) }
            }
            Some((_, Some(Err(error)))) => Availability::Unreadable(Arc::clone(error)),
        };
        Evidence {
            documents: case
                .sections
                .iter()
                .map(|section| section.documents.iter().map(held).collect())
                .collect(),
            unlisted,
            numberings: self.scope.numberings.clone(),
            recorded: BTreeMap::new(),
            rules: RulesFile::of(case).into_iter().collect(),
        }
    }

    /// The files listed, with what of each is to be searched.
    fn listings<'c>(&self, case: &'c Case) -> BTreeMap<Listing<'c>, PageScope> {
        let mut listings: BTreeMap<Listing<'c>, PageScope> = BTreeMap::new();
        for (section, listed) in case.sections.iter().enumerate() {
            for (index, document) in listed.documents.iter().enumerate() {
                let id = DocumentId { section, document: index };
                let Some(listing) = Listing::of(document) else {
                    continue;
                };
                let wanted = listings.entry(listing).or_default();
                if self.scope.search.contains(&id) {
                    wanted.look_for(&self.scope.names);
                    wanted.search(document.pages.clone());
                    if document.hidden == Hidden::Drop {
                        wanted.search_without(document.pages.clone());
                    }
                }
                if self.scope.inspect.contains(&id) {
                    wanted.inspect(document.pages.clone());
                }
                wanted.take(self.scope.uses.get(&id).copied().unwrap_or_default());
                if self.scope.compare.contains(&id) {
                    wanted.compare(document.pages.clone());
                }
            }
        }
        listings
    }

    fn open(
        &self,
        case: &Case,
        listing: &Listing<'_>,
        wanted: &PageScope,
        room: &Arc<MemoryBudget>,
    ) -> Result<LoadedFile, SourceError> {
        let path = case.folder.join(listing.file);
        let mut opening = Opening {
            password: listing.password_env.and_then(Password::from_variable),
            allow_damaged: self.allow_damaged || listing.allow_damaged,
            limits: case.limits,
        };
        let is_allowed = || case.allow_outside || lies_within(&path, &case.folder);
        let mut known = self.look(&path, &opening, wanted, room, is_allowed);
        if matches!(known, Err(SourceError::Encrypted)) {
            match ((self.ask)(&path), listing.password_env) {
                (Some(typed), _) => {
                    opening.password = Some(Password::new(typed, PasswordOrigin::Typed));
                    known = self.look(&path, &opening, wanted, room, is_allowed);
                }
                (None, Some(variable)) => {
                    return Err(SourceError::PasswordNotSet(variable.to_owned()));
                }
                (None, None) => {}
            }
        }
        let known = known?;
        (self.progress)(known.facts.page_count());
        Ok(known)
    }

    /// Opens a file and looks at its pages.
    fn look(
        &self,
        path: &Path,
        opening: &Opening,
        wanted: &PageScope,
        room: &Arc<MemoryBudget>,
        is_allowed: impl Fn() -> bool,
    ) -> Result<LoadedFile, SourceError> {
        let size = fs::metadata(path).map_err(SourceError::from_io)?.len();
        let place = room.enter(size);
        let permit = place.permit();
        let bytes = crate::pdf::source::read(path)?;
        if !is_allowed() {
            return Err(SourceError::Outside);
        }
        let stack = stack_for(&bytes);
        let rooms: Vec<NumberRoom> = self.scope.numberings.iter().map(room_for).collect();
        let (limits, opening, wanted) = (opening.limits, opening.clone(), wanted.clone());
        watched(&limits, stack, move |pulse| {
            let mut source = Source::load(bytes, &opening)?;
            let changed = survey_pages::without_unseen(&source, &wanted);
            let pictures = Pictures::of(&source.pdf, &source.pages, limits);
            let changed = changed.filter(|_| pictures.are_honest());
            let stream_lengths = source.stream_lengths();
            let cached = source.put_away_objects(wanted.uses());
            permit.keep(size);
            let found = survey_pages::search(&source, &wanted, &rooms, &pictures, pulse);
            Ok(LoadedFile {
                facts: source.facts,
                ink: found.ink,
                leaks: found.leaks,
                kinds_before: found.kinds_before,
                leaks_without: changed
                    .map(|changed| survey_pages::search_changed(changed, pulse))
                    .unwrap_or_default(),
                contents: found.contents,
                fingerprints: found.fingerprints,
                likenesses: found.likenesses,
                stream_lengths,
                opening,
                cached,
            })
        })
    }
}

/// Where the numbers of a numbering may stand.
fn room_for(numbering: &Numbering) -> NumberRoom {
    let usual = PLACES.iter().position(|place| *place == numbering.position);
    let numbering = numbering.clone();
    NumberRoom {
        places: Arc::new(move |page| places(page, &numbering)),
        usual: usual.unwrap_or_default(),
    }
}

/// Files of the case's folder that no document names; what the program wrote itself is left out.
pub(crate) fn unlisted(case: &Case) -> Vec<PathBuf> {
    let documents = case.sections.iter().flat_map(|section| &section.documents);
    let listed: BTreeSet<&Path> =
        documents.filter_map(|document| document.file.as_deref()).collect();
    let outputs: BTreeSet<PathBuf> = case
        .bundles
        .iter()
        .flat_map(|bundle| [bundle.output.clone(), audit_record(&bundle.output)])
        .collect();
    let output_folders: BTreeSet<&Path> = case
        .bundles
        .iter()
        .filter_map(|bundle| bundle.output.parent())
        .filter(|folder| {
            *folder != Path::new("") && !listed.iter().any(|file| file.starts_with(folder))
        })
        .collect();
    let mut files: Vec<PathBuf> = WalkDir::new(&case.folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| {
            entry.depth() == 0 || !(is_system_file(entry) || is_other_case(entry))
        })
        .filter_map(Result::ok)
        .take(MAX_FILES)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| entry.path().strip_prefix(&case.folder).ok().map(Path::to_path_buf))
        .filter(|file| {
            !outputs.contains(file) && !output_folders.iter().any(|folder| file.starts_with(folder))
        })
        .filter(|file| {
            !listed.contains(file.as_path()) && file.extension().is_none_or(|kind| kind != "toml")
        })
        .collect();
    files.sort();
    files
}

/// The audit record that stands beside a bundle.
pub fn audit_record(output: &Path) -> PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(".json");
    PathBuf::from(name)
}

fn is_system_file(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.')
        || name.starts_with("~$")
        || matches!(name.as_ref(), "Thumbs.db" | "desktop.ini" | "__MACOSX")
}

fn is_other_case(entry: &DirEntry) -> bool {
    entry.file_type().is_dir() && entry.path().join(MANIFEST_NAME).is_file()
}
