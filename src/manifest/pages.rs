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

    /// Whether two selections of one file take a page in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        let end = |last: Option<u32>| last.unwrap_or(u32::MAX);
        self.ranges.iter().any(|&(a, b)| {
            other
                .ranges
                .iter()
                .any(|&(c, d)| a <= end(d) && c <= end(b))
        })
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
