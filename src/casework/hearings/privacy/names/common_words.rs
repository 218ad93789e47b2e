//! Parts of names that are words of every day, too.

use std::collections::HashSet;
use std::sync::LazyLock;

type WordSet = LazyLock<HashSet<&'static str>>;

/// Parts of names that are words of many titles, and so tell nothing by themselves.
pub(super) static NOT_ALONE: WordSet = LazyLock::new(|| {
    set("\
    a aka al alias also an and as at be bin by da de del den der di do dr du el for formerly he in is jr junior \
    known la le master miss mr mrs ms mx my nee no of on or senior so sr the to van von youth")
});

/// Names that are words, too. They count with a capital, or where nothing has one.
pub(super) static WORDS: WordSet = LazyLock::new(|| {
    set("\
    abbot amber april archer art august autumn bail bank banks best bill bishop black bond bridge brook brown \
    bush carpenter case chance chase church cook court cross dawn day dean drew earl faith field fields ford \
    forest frank frost gates good grace grant gray green grey hall hand hill hope house hunt joy judge june \
    justice king lake lane law list long love mark marks may mill moss new old page park peace pike pool porter \
    price rich rose rule sage sharp short sky stone street summer temple ward way west white will wills wood \
    young")
});

/// Months are no names beside the number of a day or year.
pub(super) static MONTHS: WordSet = LazyLock::new(|| set("april august june may"));

fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_ascii_whitespace().collect()
}
