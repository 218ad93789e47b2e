//! Page selections such as `1-2, 5, 7-`, and pages of a source.

use std::fmt;
use std::str::FromStr;

/// A page of a source file, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePage(pub u32);

impl SourcePage {
    /// The page's number for people, from 1.
    pub fn number(self) -> u32 {
        self.0 + 1
    }
}

/// Which pages of a source are taken, in the order typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSelection {
    /// Ranges of page numbers from 1, both ends included; no last page means up to the end.
    ranges: Vec<(u32, Option<u32>)>,
}

impl PageSelection {
    /// The pages of a source of `count` pages.
    ///
    /// # Errors
    ///
    /// The first page number from 1 that the source does not have.
    pub fn resolve(&self, count: u32) -> Result<Vec<SourcePage>, u32> {
        let mut pages = Vec::new();
        for &(first, last) in &self.ranges {
            let last = last.unwrap_or(count);
            if first > count {
                return Err(first);
            }
            if last > count {
                return Err(last);
            }
            pages.extend((first..=last).map(|number| SourcePage(number - 1)));
        }
        Ok(pages)
    }

    /// The first page asked for.
    pub fn first(&self) -> SourcePage {
        let first = self.ranges.first().map_or(1, |(first, _)| *first);
        SourcePage(first.saturating_sub(1))
    }

    /// The stretches of pages, first and last from 1, in order, none touching the next.
    pub(super) fn stretches(&self) -> Vec<(u32, u32)> {
        let mut ends: Vec<_> =
            self.ranges.iter().map(|&(first, last)| (first, last.unwrap_or(u32::MAX))).collect();
        ends.sort_unstable();
        let mut stretches: Vec<(u32, u32)> = Vec::new();
        for (first, last) in ends {
            match stretches.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => {
                    before.1 = before.1.max(last);
                }
                _ => stretches.push((first, last)),
            }
        }
        stretches
    }

    /// Whether two selections of one file take a page in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        let end = |last: Option<u32>| last.unwrap_or(u32::MAX);
        self.ranges
            .iter()
            .any(|&(a, b)| other.ranges.iter().any(|&(c, d)| a <= end(d) && c <= end(b)))
    }
}

impl FromStr for PageSelection {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |part: &str| match part.trim().parse::<u32>() {
            Ok(0) => Err("pages are counted from 1".to_owned()),
            Ok(number) => Ok(number),
            Err(_) => Err(format!("\"{}\" is not a page number", part.trim())),
        };
        let ranges = text
            .split(',')
            .map(|part| match part.split_once(['-', '–']) {
                None => number(part).map(|page| (page, Some(page))),
                Some((first, last)) if last.trim().is_empty() => Ok((number(first)?, None)),
                Some((first, last)) => {
                    let (first, last) = (number(first)?, number(last)?);
                    if last < first {
                        return Err(format!("{first}-{last} runs backwards"));
                    }
                    Ok((first, Some(last)))
                }
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self { ranges })
    }
}

impl fmt::Display for PageSelection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, &(first, last)) in self.ranges.iter().enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            match last {
                Some(last) if last == first => write!(f, "{comma}{first}")?,
                Some(last) => write!(f, "{comma}{first}-{last}")?,
                None => write!(f, "{comma}{first}-")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn selection(text: &str) -> PageSelection {
        text.parse().unwrap()
    }

    #[test]
    fn a_selection_is_read_in_the_order_typed() {
        let pages = selection(" 7 - , 1-2,5").resolve(8).unwrap();
        let numbers: Vec<_> = pages.iter().map(|page| page.number()).collect();
        assert_eq!(numbers, [7, 8, 1, 2, 5]);
        assert_eq!(selection("7-, 1–2,5").to_string(), "7-, 1-2, 5");
        assert_eq!(selection("2-9").resolve(8), Err(9));
    }

    #[test]
    fn what_is_not_a_selection_says_why() {
        for (text, why) in [
            ("0", "pages are counted from 1"),
            ("", "\"\" is not a page number"),
            ("1,,2", "\"\" is not a page number"),
            ("a-3", "\"a\" is not a page number"),
            ("5-2", "5-2 runs backwards"),
            ("99999999999", "\"99999999999\" is not a page number"),
        ] {
            assert_eq!(text.parse::<PageSelection>(), Err(why.to_owned()));
        }
    }

    #[test]
    fn stretches_are_merged_and_sorted() {
        assert_eq!(selection("5-,1-2,3,2").stretches(), [(1, 3), (5, u32::MAX)]);
        assert!(selection("1-3").overlaps(&selection("3-")));
        assert!(!selection("1-3").overlaps(&selection("4")));
    }

    proptest! {
        #![proptest_config(crate::properties())]

        #[test]
        fn a_selection_reads_back_as_it_is_written(
            ranges in vec((1u32..60, proptest::option::of(0u32..60)), 1..8),
            count in 0u32..100,
        ) {
            let ranges = ranges.into_iter().map(|(first, more)| (first, more.map(|more| first + more)));
            let written = PageSelection { ranges: ranges.collect() };
            prop_assert_eq!(&selection(&written.to_string()), &written);
            let expected: Option<Vec<u32>> = written
                .ranges
                .iter()
                .map(|&(first, last)| {
                    let last = last.unwrap_or(count);
                    (first <= count && last <= count).then_some(first..=last)
                })
                .collect::<Option<Vec<_>>>()
                .map(|ranges| ranges.into_iter().flatten().collect());
            match written.resolve(count) {
                Ok(pages) => {
                    let numbers: Vec<u32> = pages.iter().map(|page| page.number()).collect();
                    prop_assert_eq!(Some(numbers), expected);
                }
                Err(page) => {
                    prop_assert!(page > count);
                    prop_assert_eq!(expected, None);
                }
            }
        }

        #[test]
        fn selections_overlap_where_they_share_a_page(
            one in vec((1u32..12, 0u32..4), 1..4),
            other in vec((1u32..12, 0u32..4), 1..4),
        ) {
            let [one, other] = [one, other].map(|ranges| PageSelection {
                ranges: ranges.into_iter().map(|(first, more)| (first, Some(first + more))).collect(),
            });
            let pages = other.resolve(20).unwrap();
            let shared = one.resolve(20).unwrap().iter().any(|page| pages.contains(page));
            prop_assert_eq!(one.overlaps(&other), shared);
            let stretches = one.stretches();
            prop_assert!(stretches.windows(2).all(|pair| pair[0].1 + 1 < pair[1].0));
        }

        #[test]
        fn any_text_is_a_selection_or_says_why(text in "[0-9 ,\u{2013}a-]{0,20}") {
            if let Err(why) = text.parse::<PageSelection>() {
                prop_assert!(!why.is_empty());
            }
        }
    }
}
