//! What one page is.

use super::headings::{Hit, HitContext, Says, hits};
use super::table::{Meaning, table};
use super::titles::nearest;
use super::words::TokenText;
use super::{Certainty, Marking};
use crate::disclosure::classes::Class;
use crate::model::geometry::Rect;
use crate::pdf::page::Line;

/// What proves a class.
const PROOF: u16 = 12;

/// What comes near to it.
const HINT: u16 = 6;

/// What a short title proves, or one of a class that other papers have headings of.
const SHORT: u16 = 8;

/// So many dates with a time of day make a log.
const MIN_TIMES: usize = 8;

/// So many numbers of different forms in headings make a text about forms.
const MANY: usize = 3;

/// Something found on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Located<T> {
    /// What.
    pub what: T,
    /// Where it stands, in displayed space.
    pub place: Rect,
}

/// A class that a page may be of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassFound {
    /// The class, as `disclosure/forms.toml` has it.
    pub class: &'static str,
    /// How sure that is.
    pub certainty: Certainty,
    /// Whether such a page is never served.
    pub is_internal: bool,
}

/// What a page is, as far as its own words say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageKind {
    /// The classes that it may be of, the likeliest first.
    pub classes: Vec<Located<ClassFound>>,
    /// Its markings.
    pub markings: Vec<Located<Marking>>,
    /// Which page of how many it says it is.
    pub count: Option<(u16, u16)>,
    /// What its first and last lines say, numbers aside, in order: running heads and feet are the same on every page.
    pub edges: Vec<u64>,
    /// Whether a heading is made of letters that nobody can read.
    pub has_unread_heading: bool,
}

impl PageKind {
    /// The class that the page surely is of.
    pub fn sure(&self) -> Option<&'static str> {
        let first = self.classes.first().filter(|found| found.what.certainty == Certainty::Sure);
        first.map(|found| found.what.class)
    }
}

/// What a page of this height is, whose lines stand in rows.
pub(crate) fn page(rows: &[Vec<Line>], height: f64) -> PageKind {
    let words = TokenText::of_page(rows, height);
    let mut kind = ClassEvidence::of(&words).kind();
    kind.edges = edges(&words);
    kind.has_unread_heading = words.has_unread_heading;
    kind
}

/// What some words say that stand alone, as those of a bookmark do.
pub(crate) fn in_words(text: &str) -> PageKind {
    ClassEvidence::of(&TokenText::of_text(text)).kind()
}

/// What speaks for the classes.
struct ClassEvidence<'w> {
    words: &'w TokenText,
    hits: Vec<Hit>,
    covered: Vec<bool>,
    /// For each line of the table, how much.
    weights: Vec<(u16, Option<Rect>)>,
    /// The same, for labels, which are few of many.
    labels: Vec<(u16, Option<Rect>)>,
    /// Forms by their numbers.
    numbers: Vec<(&'static Class, Rect)>,
    markings: Vec<Located<Marking>>,
}

impl<'w> ClassEvidence<'w> {
    fn of(words: &'w TokenText) -> Self {
        let hits = hits(words);
        let mut covered = vec![false; words.words.len()];
        for hit in hits.iter().filter(|hit| stands_in_headings(hit)) {
            covered.get_mut(hit.first..=hit.last).unwrap_or_default().fill(true);
        }
        let nothing = vec![(0, None); table().pages.len()];
        let mut evidence = Self {
            words,
            covered,
            weights: nothing.clone(),
            labels: nothing,
            numbers: Vec::new(),
            markings: Vec::new(),
            hits,
        };
        evidence.weigh();
        evidence
    }

    fn weigh(&mut self) {
        let covered = std::mem::take(&mut self.covered);
        let mut seen = Vec::new();
        for hit in self.hits.clone() {
            let Some(context) = HitContext::new(self.words, &covered, hit) else {
                continue;
            };
            let place = self.place(hit);
            match hit.says {
                Says::Number(class) if self.is_number(&context, hit, class) => {
                    self.numbers.push((class, place));
                }
                Says::Phrase(Meaning::Title(class)) => {
                    self.add(class, self.title(&context, hit, class), place);
                }
                Says::Phrase(Meaning::Running(class)) if context.line().is_edge => {
                    self.add(class, PROOF, place);
                }
                Says::Phrase(Meaning::Hint(class)) if context.is_label() => {
                    self.add(class, HINT, place);
                }
                Says::Phrase(Meaning::Proof(class)) if context.is_label() => {
                    self.add(class, PROOF, place);
                }
                Says::Phrase(Meaning::Label(class))
                    if context.is_label() && !seen.contains(&self.said(hit)) =>
                {
                    seen.push(self.said(hit));
                    if let Some(label) = self.labels.get_mut(class) {
                        *label = (label.0 + 1, label.1.or(Some(place)));
                    }
                }
                Says::Phrase(Meaning::Marking(marking)) if is_marking(&context, marking) => {
                    let is_new = self.markings.iter().all(|known| known.what != marking);
                    self.markings.extend(is_new.then_some(Located { what: marking, place }));
                }
                _ => {}
            }
        }
        self.add_log();
        self.misread();
    }

    /// Lines with a date and a time of day, and any label of a log, are those of one.
    fn add_log(&mut self) {
        let number = |at: usize, digits: usize| {
            let word = self.words.words.get(at);
            let text = word.and_then(|word| self.words.text.get(word.start..word.end));
            text.is_some_and(|text| text.len() == digits && text.iter().all(u8::is_ascii_digit))
        };
        let is_time = |at: usize| {
            let mut parts = [2, 2, 4, 2, 2].iter().enumerate();
            self.words.words.get(at + 4).is_some_and(|minutes| minutes.sign == ':')
                && parts.all(|(next, digits)| number(at + next, *digits))
        };
        let mut times = (0..self.words.words.len()).filter(|at| is_time(*at));
        let Some(last) = times.nth(MIN_TIMES - 1) else {
            return;
        };
        let place = self.words.line(last).map(|line| line.extent);
        for (at, _) in table().pages.iter().enumerate().filter(|(_, page)| page.is_timed()) {
            if self.labels.get(at).is_none_or(|(labels, _)| *labels == 0) {
                continue;
            }
            self.add(at, SHORT, place.unwrap_or(Rect::new(0.0, 0.0, 0.0, 0.0)));
        }
    }

    /// The letters of a hit, which tell it from others.
    fn said(&self, hit: Hit) -> Vec<u8> {
        self.words.between(hit.first, hit.last).1.to_vec()
    }

    fn add(&mut self, class: usize, weight: u16, place: Rect) {
        if let Some(known) = self.weights.get_mut(class).filter(|_| weight > 0) {
            *known = (known.0.max(weight), known.1.or(Some(place)));
        }
    }

    fn place(&self, hit: Hit) -> Rect {
        let lines = self.words.words.get(hit.first..=hit.last).unwrap_or_default().iter();
        let extents = lines.filter_map(|word| Some(self.words.lines.get(word.line)?.extent));
        extents.reduce(Rect::join).unwrap_or(Rect::new(0.0, 0.0, 0.0, 0.0))
    }

    /// Whether the number of a form is a heading.
    fn is_number(&self, context: &HitContext<'_>, hit: Hit, class: &Class) -> bool {
        if self.words.is_bare {
            return hit.first == 0;
        }
        let line = context.line();
        let after_label = self.is_cell_of_form(hit);
        let others = || {
            self.hits.iter().filter_map(|other| match other.says {
                Says::Number(other_class)
                    if self.words.line(other.first).is_some_and(|one| one.row == line.row) =>
                {
                    Some(other_class)
                }
                _ => None,
            })
        };
        let is_one_of_several = others().any(|other| other.name != class.name);
        let in_row =
            line.is_alone || line.is_edge || line.is_apart || self.is_row_of_headings(line.row);
        after_label || (line.is_prominent && in_row && !is_one_of_several && context.is_heading())
    }

    /// Whether the cell before that of a number says that it is one.
    fn is_cell_of_form(&self, hit: Hit) -> bool {
        let Some(number) = self.words.words.get(hit.first).map(|word| word.line) else {
            return false;
        };
        let Some(line) = self.words.lines.get(number) else {
            return false;
        };
        let is_whole = line.words == (hit.first, hit.last + 1);
        let labels: [&[u8]; 5] = [b"FORM", b"FORMNO", b"FORMNUMBER", b"FORMREF", b"FORMTYPE"];
        is_whole
            && self.words.lines.iter().any(|other| {
                other.row == line.row
                    && other.extent.right <= line.extent.left
                    && other.words.1 > other.words.0
                    && labels.contains(&self.words.between(other.words.0, other.words.1 - 1).0)
            })
    }

    /// Whether every cell of a row may stand in a heading, as far as it says anything.
    fn is_row_of_headings(&self, row: usize) -> bool {
        let cells = self.words.lines.iter().filter(|line| line.row == row);
        cells.flat_map(|line| line.words.0..line.words.1).all(|at| {
            let Some(word) = self.words.words.get(at) else {
                return false;
            };
            let text = self.words.text.get(word.start..word.end).unwrap_or_default();
            let look = self.words.look.get(word.start..word.end).unwrap_or_default();
            let is_said = self
                .hits
                .iter()
                .any(|hit| (hit.first..=hit.last).contains(&at) && stands_in_headings(hit));
            is_said || text.iter().any(u8::is_ascii_digit) || table().is_filler(look)
        })
    }

    /// What the title of a class proves.
    fn title(&self, context: &HitContext<'_>, hit: Hit, class: usize) -> u16 {
        let line = *context.line();
        let in_line = |other: &&Hit| {
            let is_number = matches!(other.says, Says::Number(_));
            is_number && self.words.line(other.first).is_some_and(|one| one.row == line.row)
        };
        let has_number = self.hits.iter().filter(in_line).any(|other| other.first != hit.first);
        let stands_out = line.is_prominent
            || (line.is_alone && context.is_upper())
            || (has_number && line.is_alone);
        let page = table().pages.get(class);
        if !stands_out || !context.is_heading() || page.is_none() {
            return 0;
        }
        match context.is_long() {
            true if page.is_some_and(|page| !page.is_bound() || page.is_internal()) => PROOF,
            true if line.is_prominent => PROOF,
            false
                if page.is_some_and(super::table::ClassPhrases::is_internal)
                    && line.is_prominent =>
            {
                PROOF
            }
            _ if context.is_whole() && (line.is_apart || context.is_upper()) => SHORT,
            _ => HINT,
        }
    }

    /// Titles with letters misread, where headings stand and nothing else is said.
    fn misread(&mut self) {
        let mut found = Vec::new();
        for (number, line) in self.words.lines.iter().enumerate() {
            let (first, end) = line.words;
            let is_read = |hit: &Hit| {
                (first..end).contains(&hit.first)
                    && !matches!(hit.says, Says::Phrase(Meaning::Marking(_) | Meaning::Filler))
            };
            if !line.is_prominent || end <= first || self.hits.iter().any(is_read) {
                continue;
            }
            let next = self.words.lines.get(number + 1).map_or(end, |next| next.words.1);
            let read = |end: usize| nearest(self.words.between(first, end - 1).1);
            let class = read(end).or_else(|| (next > end).then(|| read(next)).flatten());
            found.extend(class.map(|class| (class, line.extent)));
        }
        for (class, place) in found {
            self.add(class, PROOF, place);
        }
    }

    /// The classes, the likeliest first, with markings and the count of pages.
    fn kind(self) -> PageKind {
        let is_guidance = self.is_about_forms();
        let mut classes: Vec<(u16, Located<ClassFound>)> = Vec::new();
        let mut of_numbers = self.numbers.clone();
        of_numbers.dedup_by_key(|(class, _)| class.name.as_str());
        let pages = table().pages.iter().zip(self.weights.iter().zip(&self.labels));
        for (page, (weight, labels)) in pages {
            let number = self.numbers.iter().find(|(class, _)| class.name == page.class);
            let mut sum = if is_guidance { 0 } else { weight.0 + number.map_or(0, |_| PROOF) };
            sum += (PROOF * labels.0 / page.enough().max(1)).min(PROOF);
            let place = number.map(|(_, place)| *place).or(weight.1).or(labels.1);
            if let (Some(class), Some(place)) = (page.known(), place) {
                classes.extend(found(class, sum, place).map(|found| (sum, found)));
            }
        }
        // Forms of which nothing is known but the number.
        if !is_guidance {
            let others =
                of_numbers.iter().filter(|(class, _)| table().place(&class.name).is_none());
            classes.extend(
                others.filter_map(|(class, place)| Some((PROOF, found(class, PROOF, *place)?))),
            );
        }
        // Of equals what may be served least; then the first of the table.
        classes.sort_by_key(|(sum, found)| std::cmp::Reverse((*sum, found.what.is_internal)));
        PageKind {
            classes: classes.into_iter().map(|(_, found)| found).collect(),
            markings: self.markings,
            count: count(self.words),
            ..PageKind::default()
        }
    }

    /// Whether it is a text about forms, or a list of papers: its headings name them, and it is none.
    fn is_about_forms(&self) -> bool {
        if self.words.is_bare {
            return false;
        }
        let mut names: Vec<&str> =
            self.numbers.iter().map(|(class, _)| class.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let all = self.hits.iter().filter(|hit| matches!(hit.says, Says::Number(_))).count();
        let is_list = || self.hits.iter().any(|hit| self.is_list(*hit));
        let says_so =
            || self.hits.iter().any(|hit| matches!(hit.says, Says::Phrase(Meaning::Guidance)));
        names.len() >= MANY || (all > 0 && says_so()) || (all > 0 && is_list())
    }

    /// Whether something is the heading of a list.
    fn is_list(&self, hit: Hit) -> bool {
        let context = HitContext::new(self.words, &[], hit);
        matches!(hit.says, Says::Phrase(Meaning::List))
            && context.is_some_and(|context| context.line().is_prominent && context.is_whole())
    }
}

fn found(class: &Class, sum: u16, place: Rect) -> Option<Located<ClassFound>> {
    let certainty = match sum {
        PROOF.. => Certainty::Sure,
        HINT.. => Certainty::Likely,
        _ => return None,
    };
    let class = crate::disclosure::classes::find(&class.name)?;
    let what =
        ClassFound { class: class.name.as_str(), certainty, is_internal: class.is_internal() };
    Some(Located { what, place })
}

/// Whether what is said may stand beside something else in a heading.
fn stands_in_headings(hit: &Hit) -> bool {
    match hit.says {
        Says::Number(_) => true,
        Says::Phrase(meaning) => {
            matches!(
                meaning,
                Meaning::Title(_)
                    | Meaning::Running(_)
                    | Meaning::Marking(_)
                    | Meaning::Filler
                    | Meaning::List
            )
        }
    }
}

/// Whether the words of a marking are one, and no part of a sentence.
fn is_marking(context: &HitContext<'_>, marking: Marking) -> bool {
    let line = context.line();
    let stands_out = line.is_prominent || (line.is_alone && context.is_upper());
    match marking {
        Marking::NotDisclosable => {
            let is_said = line.is_alone && context.is_said_of_page();
            (stands_out && context.is_heading()) || is_said
        }
        Marking::Sensitive => stands_out && context.is_upper() && context.is_heading(),
        Marking::TopSecret
            if line.is_apart && line.is_alone && context.is_title_case() && context.is_whole() =>
        {
            true
        }
        _ => context.is_upper() && context.is_heading(),
    }
}

/// Which page of how many a page says it is.
fn count(words: &TokenText) -> Option<(u16, u16)> {
    let text = |at: usize| {
        let word = words.words.get(at)?;
        words.text.get(word.start..word.end)
    };
    let number = |at: usize| -> Option<u16> { std::str::from_utf8(text(at)?).ok()?.parse().ok() };
    (0..words.words.len()).find_map(|at| {
        let is_page = matches!(text(at)?, b"PAGE" | b"TUDALEN" | b"DALEN");
        let (page, of) = (
            number(at + 1)?,
            if matches!(text(at + 2)?, b"OF" | b"O") { number(at + 3)? } else { return None },
        );
        let is_edge = words.line(at).is_some_and(|line| line.is_edge || line.is_prominent);
        (is_page && is_edge && page > 0 && page <= of).then_some((page, of))
    })
}

/// What the lines at the edges of a page say, numbers aside.
fn edges(words: &TokenText) -> Vec<u64> {
    let lines = words.lines.iter().filter(|line| line.is_edge && line.words.1 > line.words.0);
    let said = lines.map(|line| words.between(line.words.0, line.words.1 - 1).0);
    let mut edges: Vec<u64> = said.filter_map(edge).collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// What stands for a line at the edge of a page, as [`PageKind::edges`] has it.
pub(crate) fn edge_of(line: &str) -> Option<u64> {
    edge(&TokenText::of_text(line).text)
}

fn edge(text: &[u8]) -> Option<u64> {
    let letters = || text.iter().filter(|letter| !letter.is_ascii_digit());
    // FNV-1a: the same on every computer.
    let hash = letters().fold(0xcbf2_9ce4_8422_2325_u64, |hash, letter| {
        (hash ^ u64::from(*letter)).wrapping_mul(0x0100_0000_01b3)
    });
    (letters().count() >= 8).then_some(hash)
}
