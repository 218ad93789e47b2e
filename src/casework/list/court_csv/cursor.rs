//! Reads the parts of what a cell says from its tokens: phrases here, days and times in files of their own.

use jiff::civil::Time;

use super::cell::{Day, Kind, NOT_UNDERSTOOD, Why};
use super::tokens::{CellToken, tokens};
use crate::manifest::Session;

/// One part of what a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellItem {
    Day(Day),
    Time(Time),
    Session(Session),
    NotBefore,
    Off,
    Moved,
    From,
    To,
    /// Of a range, or between a day and its time.
    Dash,
    /// Hours and minutes that the clock is ahead of Greenwich.
    Zone(i32),
}

/// Reads items from tokens.
pub(super) struct CellCursor<'t> {
    pub(super) tokens: &'t [CellToken],
    pub(super) at: usize,
    pub(super) kind: Kind,
    pub(super) prefers: Kind,
}

impl CellCursor<'_> {
    pub(super) fn items(mut self) -> Result<Vec<CellItem>, Why> {
        let mut items = Vec::new();
        while self.at < self.tokens.len() {
            items.extend(self.item()?);
        }
        Ok(items)
    }

    fn item(&mut self) -> Result<Vec<CellItem>, Why> {
        if let Some(items) = self.words() {
            return Ok(items);
        }
        let moment = match self.prefers {
            Kind::Date => self.day_item().or_else(|| self.time_item()),
            Kind::Time => self.time_item().or_else(|| self.day_item()),
        };
        if let Some(items) = moment {
            return items;
        }
        match self.next().cloned() {
            Some(CellToken::Sign(',' | '@' | '(' | ')' | ';')) => Ok(Vec::new()),
            Some(CellToken::Sign('-')) if self.eat_sign('>') => {
                Ok(vec![CellItem::Moved, CellItem::To])
            }
            Some(CellToken::Sign('→' | '>')) => Ok(vec![CellItem::Moved, CellItem::To]),
            Some(CellToken::Sign('-')) => Ok(vec![CellItem::Dash]),
            _ => Err(NOT_UNDERSTOOD),
        }
    }

    /// What words say that are neither of a day nor of a time.
    fn words(&mut self) -> Option<Vec<CellItem>> {
        PHRASES.iter().find_map(|(phrase, items)| {
            let words = tokens(phrase);
            let rest = self.tokens.get(self.at..)?;
            // `t` and `h` stand between numbers, and `am` after a time is read with it.
            rest.starts_with(&words).then(|| {
                self.at += words.len();
                items.to_vec()
            })
        })
    }

    fn day_item(&mut self) -> Option<Result<Vec<CellItem>, Why>> {
        let start = self.at;
        if let Some(moment) = self.serial() {
            return Some(Ok(moment));
        }
        let day = self.day();
        if day.is_none() {
            self.at = start;
        }
        day.map(|day| day.map(|day| vec![CellItem::Day(day)]))
    }

    fn time_item(&mut self) -> Option<Result<Vec<CellItem>, Why>> {
        let time = self.time()?;
        let zone = self.zone();
        Some(time.map(|time| [Some(CellItem::Time(time)), zone].into_iter().flatten().collect()))
    }

    pub(super) fn next(&mut self) -> Option<&CellToken> {
        let token = self.tokens.get(self.at);
        self.at += 1;
        token
    }

    pub(super) fn eat_sign(&mut self, sign: char) -> bool {
        let is_there = self.tokens.get(self.at) == Some(&CellToken::Sign(sign));
        self.at += usize::from(is_there);
        is_there
    }

    pub(super) fn eat_word(&mut self, words: &[&str]) -> bool {
        let there = self.tokens.get(self.at);
        let is_there =
            matches!(there, Some(CellToken::Word(word)) if words.contains(&word.as_str()));
        self.at += usize::from(is_there);
        is_there
    }

    pub(super) fn digits(&mut self, lengths: std::ops::RangeInclusive<usize>) -> Option<String> {
        match self.tokens.get(self.at) {
            Some(CellToken::Number(digits)) if lengths.contains(&digits.len()) => {
                self.at += 1;
                Some(digits.clone())
            }
            _ => None,
        }
    }

    /// Tries a way to read on; where it leads nowhere, nothing was read.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let read = read(self);
        if read.is_none() {
            self.at = start;
        }
        read
    }

    pub(super) fn sign_of(&mut self, signs: &[char]) -> Option<char> {
        let sign = signs
            .iter()
            .copied()
            .find(|sign| self.tokens.get(self.at) == Some(&CellToken::Sign(*sign)));
        self.at += usize::from(sign.is_some());
        sign
    }
}

/// Phrases and what they say, longer ones first where one begins another.
const PHRASES: [(&str, &[CellItem]); 49] = [
    ("not before", &[CellItem::NotBefore]),
    ("not earlier than", &[CellItem::NotBefore]),
    ("n/b", &[CellItem::NotBefore]),
    ("n.b.", &[CellItem::NotBefore]),
    ("nb:", &[CellItem::NotBefore]),
    ("nb.", &[CellItem::NotBefore]),
    ("nb", &[CellItem::NotBefore]),
    ("vacated", &[CellItem::Off]),
    ("cancelled", &[CellItem::Off]),
    ("canceled", &[CellItem::Off]),
    ("withdrawn", &[CellItem::Off]),
    ("stood out", &[CellItem::Off]),
    ("taken out", &[CellItem::Off]),
    ("removed", &[CellItem::Off]),
    ("adjourned", &[CellItem::Moved]),
    ("adjd", &[CellItem::Moved]),
    ("adj.", &[CellItem::Moved]),
    ("adj", &[CellItem::Moved]),
    ("moved", &[CellItem::Moved]),
    ("relisted", &[CellItem::Moved]),
    ("re-listed", &[CellItem::Moved]),
    ("rescheduled", &[CellItem::Moved]),
    ("postponed", &[CellItem::Moved]),
    ("transferred", &[CellItem::Moved]),
    ("put back", &[CellItem::Moved]),
    ("brought forward", &[CellItem::Moved]),
    ("now", &[CellItem::Moved, CellItem::To]),
    ("was", &[CellItem::Moved, CellItem::From]),
    ("from", &[CellItem::From]),
    ("until", &[CellItem::To]),
    ("till", &[CellItem::To]),
    ("to", &[CellItem::To]),
    ("for", &[CellItem::To]),
    ("morning session", &[CellItem::Session(Session::Morning)]),
    ("am session", &[CellItem::Session(Session::Morning)]),
    ("afternoon session", &[CellItem::Session(Session::Afternoon)]),
    ("pm session", &[CellItem::Session(Session::Afternoon)]),
    ("morning", &[CellItem::Session(Session::Morning)]),
    ("afternoon", &[CellItem::Session(Session::Afternoon)]),
    ("am", &[CellItem::Session(Session::Morning)]),
    ("pm", &[CellItem::Session(Session::Afternoon)]),
    ("a.m.", &[CellItem::Session(Session::Morning)]),
    ("p.m.", &[CellItem::Session(Session::Afternoon)]),
    ("listed for", &[]),
    ("listed", &[]),
    ("at", &[]),
    ("on", &[]),
    ("and", &[]),
    ("hrs", &[]),
];
