//! Looks at the pages of a source: for what must not leave the prosecution, for what the rules of a court are tested on,
//! and for room for a number.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::classify::PageKind;
use crate::inspect::{PageLeaks, SoughtNames, examine, examine_view, kind_of};
use crate::manifest::PageSelection;
use crate::pdf::page::edges::EdgeOccupancy;
use crate::pdf::page::edges::{EdgePage, Edges, NumberRoom, Pictures};
use crate::pdf::page::{
    Cache, DrawCache, FileWords, Fingerprint, Likeness, OpenFile, OpenPage, View,
};
use crate::pdf::source::Source;
use crate::pdf::source::timeout::Pulse;
use crate::pdf::write::invisible_content::copy_without;
use crate::verify::PageFacts;

/// So many pages before those searched are looked at for what they are: a form is named on its first page.
const MAX_BEFORE: u32 = 12;

/// Which pages of a file are to be looked at. A selection is what one document takes of the file; `None` is all of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct PageScope {
    leaks: Vec<Option<PageSelection>>,
    contents: Vec<Option<PageSelection>>,
    without: Vec<Option<PageSelection>>,
    compared: Vec<Option<PageSelection>>,
    uses: usize,
    names: Arc<SoughtNames>,
}

impl PageScope {
    /// Names are looked for on the pages that are searched.
    pub(crate) fn look_for(&mut self, names: &Arc<SoughtNames>) {
        self.names = Arc::clone(names);
    }
    /// The source is going to be carried into bundles so many times more.
    pub(crate) fn take(&mut self, uses: usize) {
        self.uses += uses;
    }

    /// How often it is going to be in all.
    pub(crate) fn uses(&self) -> usize {
        self.uses
    }

    /// The pages of a document are searched for what must not leave the prosecution.
    pub(crate) fn search(&mut self, selection: Option<PageSelection>) {
        self.leaks.push(selection);
    }

    /// And once more as they are without what nobody sees.
    pub(crate) fn search_without(&mut self, selection: Option<PageSelection>) {
        self.without.push(selection);
    }

    /// The pages of a document are compared with those of others.
    pub(crate) fn compare(&mut self, selection: Option<PageSelection>) {
        self.compared.push(selection);
    }

    /// What the pages of a document show is noted.
    pub(crate) fn inspect(&mut self, selection: Option<PageSelection>) {
        self.contents.push(selection);
    }
}

/// The pages of some selections, from 0. A selection that goes beyond the end is told elsewhere.
fn pages(selections: &[Option<PageSelection>], count: u32) -> BTreeSet<u32> {
    let mut pages = BTreeSet::new();
    for selection in selections {
        match selection {
            None => pages.extend(0..count),
            Some(selection) => {
                let selected = selection.resolve(count).unwrap_or_default();
                pages.extend(selected.into_iter().map(|page| page.0));
            }
        }
    }
    pages
}

/// The pages, from 0, before some pages and none of them.
fn before(pages: &BTreeSet<u32>) -> BTreeSet<u32> {
    let before = pages.iter().flat_map(|page| page.saturating_sub(MAX_BEFORE)..*page);
    before.filter(|page| !pages.contains(page)).collect()
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct SurveyedPages {
    /// For each room, what stands at the edges of each page of the source, in order.
    pub(crate) ink: Vec<Vec<EdgeOccupancy>>,
    /// By page from 1.
    pub(crate) leaks: Vec<(u32, PageLeaks)>,
    /// By page from 1.
    pub(crate) contents: BTreeMap<u32, PageFacts>,
    /// By page from 1.
    pub(crate) fingerprints: BTreeMap<u32, Fingerprint>,
    pub(crate) likenesses: BTreeMap<u32, Likeness>,
    /// What the pages before those searched are, by page from 1.
    pub(crate) kinds_before: BTreeMap<u32, PageKind>,
}

/// Looks at the pages wanted, each once, with a sign of life before each, and at the edges of all where numbers are to stand
/// there. A page that cannot be looked at has ink and leaks that say so, and no content. Of the source, its bytes are enough.
pub(crate) fn search(
    source: &Source,
    wanted: &PageScope,
    rooms: &[NumberRoom],
    pictures: &Pictures,
    pulse: Pulse<'_>,
) -> SurveyedPages {
    let count = source.facts.page_count();
    let search = Search {
        source,
        before: before(&pages(&wanted.leaks, count)),
        searched: pages(&wanted.leaks, count),
        inspected: pages(&wanted.contents, count),
        compared: pages(&wanted.compared, count),
        names: &wanted.names,
        rooms,
        pictures,
    };
    let nothing = [&search.searched, &search.inspected, &search.compared].map(BTreeSet::is_empty);
    if rooms.is_empty() && nothing == [true; 3] {
        return SurveyedPages::default();
    }
    let looked = || Some(search.look_over(&OpenFile::of(source)?, pulse));
    let looked = catch_unwind(AssertUnwindSafe(looked)).ok().flatten();
    looked.unwrap_or_else(|| search.unread())
}

/// Pages, from 0, that change when what nobody sees is taken out of them, and a file of them in order.
pub(crate) struct Changed {
    pages: BTreeSet<u32>,
    bytes: Vec<u8>,
}

/// The pages wanted without what nobody sees, as far as they change; `None` where none does.
pub(crate) fn without_unseen(source: &Source, wanted: &PageScope) -> Option<Changed> {
    let wanted = pages(&wanted.without, source.facts.page_count());
    let (pages, bytes) = copy_without(source, &wanted)?;
    Some(Changed { pages, bytes })
}

/// What those pages betray then, by page from 1. A page that cannot be searched is left out.
pub(crate) fn search_changed(changed: Changed, pulse: Pulse<'_>) -> BTreeMap<u32, PageLeaks> {
    let Changed { pages, bytes } = changed;
    let open = OpenFile::open(Arc::new(bytes), "");
    let Some(file) = open.filter(|file| file.page_count() == pages.len()) else {
        return BTreeMap::new();
    };
    let (cache, words) = (Cache::new(), file.words(0));
    let leaks = (0..).zip(&pages).filter_map(|(index, number)| {
        pulse();
        Some((number + 1, examine(file.page(index, &cache)?, &words)))
    });
    leaks.filter(|(_, leaks)| leaks.searched).collect()
}

/// One look at the pages of a source.
struct Search<'s> {
    source: &'s Source,
    /// From 0.
    searched: BTreeSet<u32>,
    /// From 0.
    before: BTreeSet<u32>,
    /// From 0.
    inspected: BTreeSet<u32>,
    /// From 0.
    compared: BTreeSet<u32>,
    names: &'s SoughtNames,
    rooms: &'s [NumberRoom],
    pictures: &'s Pictures,
}

impl Search<'_> {
    fn unread(&self) -> SurveyedPages {
        let leaks = self.searched.iter();
        SurveyedPages {
            ink: vec![vec![EdgeOccupancy::UNSEEN; self.source.pages.len()]; self.rooms.len()],
            leaks: leaks.map(|page| (page + 1, PageLeaks::default())).collect(),
            contents: BTreeMap::new(),
            fingerprints: BTreeMap::new(),
            likenesses: BTreeMap::new(),
            kinds_before: BTreeMap::new(),
        }
    }

    fn look_over(&self, file: &OpenFile, pulse: Pulse<'_>) -> SurveyedPages {
        let (cache, drawing) = (Cache::new(), DrawCache::new());
        let edges = Edges::new(self.pictures);
        // A box may be drawn as a picture of one point, so small ones are looked into.
        let is_honest = |number: &u32| self.pictures.are_honest_on(*number);
        let first = self.searched.iter().find(|number| is_honest(number));
        // Where these stop the reader, no page counts as searched; room for the numbers is looked for all the same.
        let words = catch_unwind(AssertUnwindSafe(|| match first {
            None => FileWords::default(),
            Some(first) => file.words(*first as usize),
        }));
        let sought = words.as_ref().ok().zip(Some(self.names));
        let mut found =
            SurveyedPages { ink: vec![Vec::new(); self.rooms.len()], ..SurveyedPages::default() };
        for (number, node) in (0..).zip(&self.source.pages) {
            let search = self.searched.contains(&number);
            let note = Noted {
                content: self.inspected.contains(&number),
                fingerprint: self.compared.contains(&number),
            };
            let look = search || note.content || note.fingerprint;
            if self.before.contains(&number) && is_honest(&number) {
                let page = file.page(number as usize, &cache);
                let page = page.filter(|page| self.may_search(*page));
                found.kinds_before.extend(page.map(|page| (number + 1, kind_of(page))));
            }
            if self.rooms.is_empty() && !look {
                continue;
            }
            pulse();
            let page = file.page(number as usize, &cache);
            let view = page
                .filter(|page| look && is_honest(&number) && self.may_search(*page))
                .and_then(|page| catch_unwind(AssertUnwindSafe(|| page.view())).ok());
            let (boxes, known) = (node.boxes, view.as_ref());
            let is_scan = note.content && known.is_some_and(|view| view.pictures().count() == 1);
            let scan = is_scan.then(|| drawing.last_scan());
            for (room, ink) in self.rooms.iter().zip(&mut found.ink) {
                ink.push(page.map_or(EdgeOccupancy::UNSEEN, |page| {
                    let view = known;
                    edges.look(EdgePage { page, boxes, view, scan }, room)
                }));
            }
            let shown = page.zip(view.as_ref()).filter(|_| note.content);
            found.likenesses.extend(
                shown.map(|(page, view)| (number + 1, page.likeness(view, node.boxes.crop))),
            );
            let (leaks, content, fingerprint) = page
                .zip(view)
                .map(|(page, view)| {
                    let drawing =
                        PageDrawing { cache: &drawing, allowed: self.pictures.may_draw() };
                    look_at(page, view, sought.filter(|_| search), note, drawing)
                })
                .unwrap_or_default();
            if search {
                found.leaks.push((number + 1, leaks));
            }
            found.contents.extend(content.map(|content| (number + 1, content)));
            let fingerprint = fingerprint.map(|fingerprint| (number + 1, fingerprint));
            found.fingerprints.extend(fingerprint);
        }
        found
    }

    fn may_search(&self, page: OpenPage<'_, '_>) -> bool {
        let content = page.content();
        content.is_none_or(|content| self.pictures.may_search(content))
    }
}

/// What is noted of a page besides what it betrays.
#[derive(Clone, Copy)]
struct Noted {
    content: bool,
    fingerprint: bool,
}

/// What draws the pages of a source, and whether their pictures may be unpacked.
#[derive(Clone, Copy)]
struct PageDrawing<'c, 'a> {
    cache: &'c DrawCache<'a>,
    allowed: bool,
}

fn look_at<'a>(
    page: OpenPage<'_, 'a>,
    view: View,
    search: Option<(&FileWords, &SoughtNames)>,
    note: Noted,
    drawing: PageDrawing<'_, 'a>,
) -> (PageLeaks, Option<PageFacts>, Option<Fingerprint>) {
    catch_unwind(AssertUnwindSafe(|| {
        let lines = if note.content || note.fingerprint { view.lines() } else { Vec::new() };
        let seen = (&view, lines.as_slice());
        let content =
            note.content.then(|| PageFacts::of(page, drawing.cache, seen, drawing.allowed));
        let fingerprint = note.fingerprint.then(|| page.fingerprint(&view, &lines));
        let leaks = search.map(|(words, names)| {
            let named = names.find(&view);
            let mut leaks = examine_view(page, view, words);
            leaks.add_names(named);
            leaks
        });
        (leaks.unwrap_or_default(), content, fingerprint)
    }))
    .unwrap_or_default()
}
