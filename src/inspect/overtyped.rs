//! Text that was crossed out on the keyboard: other letters are typed over it, and both can be copied.

use super::{Leak, LeakKind, LeakPlace, Redaction};
use crate::model::geometry::Rect;
use crate::pdf::page::{Drawn, Ink, Letter, LetterText, View, lines};

/// What is typed over text to hide it, besides blocks. Rules and leaders are made of other signs.
const CROSSES: [char; 12] =
    ['|', 'X', 'x', '#', 'M', 'W', '/', '\\', '\u{d7}', '\u{25cf}', '\u{25a0}', '\u{25ae}'];

/// The same sign at least so often.
const MIN: usize = 6;

/// Signs in a run are no further from each other than this, in ems, from origin to origin.
const APART: f64 = 1.2;

/// Letters that must lie beneath, and how near to the baseline of the run, in ems.
const MIN_BENEATH: usize = 4;
const SAME_LINE: f64 = 0.35;

/// A run of one sign.
struct LetterRun {
    first: usize,
    sign: char,
    baseline: f64,
    size: f64,
    extent: Rect,
    count: usize,
    last: (f64, f64),
}

/// Text beneath a run of one sign.
pub(super) fn find(view: &View) -> Vec<Leak> {
    let runs = runs(view);
    // Nothing is typed over on most pages.
    if runs.is_empty() {
        return Vec::new();
    }
    let by_baseline = by_baseline(view);
    let beneath = |run: &LetterRun| {
        let near = near(&by_baseline, run);
        let drawn_before = near.iter().filter(|(_, index, _)| *index < run.first);
        let letters = drawn_before.map(|(_, _, letter)| *letter);
        let letters: Vec<&Letter> = letters.filter(|letter| lies_beneath(letter, run)).collect();
        (letters.len() >= MIN_BENEATH).then(|| lines(letters))
    };
    let mut leaks: Vec<Leak> = Vec::new();
    for line in runs.iter().filter_map(beneath).flatten() {
        let leak = Leak {
            kind: LeakKind::Redaction(Redaction::TextBeneath),
            place: LeakPlace::of(line.extent, view.size.1),
        };
        // Signs are often typed over text several times.
        if !leaks.contains(&leak) {
            leaks.push(leak);
        }
    }
    leaks
}

/// The letters with their baselines and their places in the order of painting, from the bottom of the page.
fn by_baseline(view: &View) -> Vec<(f64, usize, &Letter)> {
    let marks = view.marks.iter().enumerate();
    let letters = marks.filter_map(|(index, mark)| match &mark.drawn {
        Drawn::Letter(letter) => Some((letter.origin.1, index, letter)),
        _ => None,
    });
    let mut letters: Vec<_> = letters.collect();
    letters.sort_by(|one, other| one.0.total_cmp(&other.0));
    letters
}

/// Those of them whose baselines are near that of a run.
fn near<'l, 'v>(
    letters: &'l [(f64, usize, &'v Letter)],
    run: &LetterRun,
) -> &'l [(f64, usize, &'v Letter)] {
    let reach = SAME_LINE * run.size;
    let start = letters.partition_point(|(baseline, ..)| *baseline < run.baseline - reach);
    let end = letters.partition_point(|(baseline, ..)| *baseline <= run.baseline + reach);
    letters.get(start..end).unwrap_or_default()
}

fn runs(view: &View) -> Vec<LetterRun> {
    let mut runs: Vec<LetterRun> = Vec::new();
    let mut open: Option<LetterRun> = None;
    for (index, mark) in view.marks.iter().enumerate() {
        let Drawn::Letter(letter) = &mark.drawn else {
            continue;
        };
        let sign = cross(letter);
        if let (Some(run), Some(sign)) = (&mut open, sign)
            && goes_on(run, letter, sign)
        {
            run.count += 1;
            run.extent = run.extent.join(letter.extent);
            run.last = letter.origin;
            continue;
        }
        runs.extend(open.take().filter(|run| run.count >= MIN));
        open = sign.map(|sign| LetterRun {
            first: index,
            sign,
            baseline: letter.origin.1,
            size: letter.up.1,
            extent: letter.extent,
            count: 1,
            last: letter.origin,
        });
    }
    runs.extend(open.filter(|run| run.count >= MIN));
    runs
}

/// The sign of an upright letter that is typed over others.
fn cross(letter: &Letter) -> Option<char> {
    let LetterText::One(sign) = letter.text else {
        return None;
    };
    let is_upright = letter.up.1 > 0.0 && letter.up.0.abs() < 0.1 * letter.up.1;
    let is_block = ('\u{2580}'..='\u{2593}').contains(&sign);
    (is_upright && letter.opacity > 0.5 && (is_block || CROSSES.contains(&sign))).then_some(sign)
}

fn goes_on(run: &LetterRun, letter: &Letter, sign: char) -> bool {
    let step = letter.origin.0 - run.last.0;
    run.sign == sign
        && (letter.origin.1 - run.baseline).abs() < 0.1 * run.size
        && step > 0.0
        && step < APART * run.size
}

fn lies_beneath(letter: &Letter, run: &LetterRun) -> bool {
    let (middle, _) = letter.extent.middle();
    let is_same = matches!(letter.text, LetterText::One(sign) if sign == run.sign);
    !is_same
        && !letter.text.is_blank()
        && letter.opacity > 0.02
        && letter.ink != Ink::Invisible
        && (letter.origin.1 - run.baseline).abs() < SAME_LINE * run.size
        && (run.extent.left..=run.extent.right).contains(&middle)
}
