//! Reads the parts of what a cell says from its tokens: phrases here, days and times in files of their own.

use jiff::civil::Time;

use super::cell::{Day, Kind, NOT_UNDERSTOOD, Why};
use super::tokens::{Token, tokens};
use crate::manifest::Session;

/// One part of what a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
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
pub(super) struct Cursor<'t> {
    pub(super) tokens: &'t [Token],
    pub(super) at: usize,
    pub(super) kind: Kind,
    pub(super) prefers: Kind,
}

impl Cursor<'_> {
    pub(super) fn items(mut self) -> Result<Vec<Item>, Why> {
        let mut items = Vec::new();
        while self.at < self.tokens.len() {
            items.extend(self.item()?);
        }
        Ok(items)
    }

    fn item(&mut self) -> Result<Vec<Item>, Why> {
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
            Some(Token::Sign(',' | '@' | '(' | ')' | ';')) => Ok(Vec::new()),
            Some(Token::Sign('-')) if self.eat_sign('>') => Ok(vec![Item::Moved, Item::To]),
            Some(Token::Sign('→' | '>')) => Ok(vec![Item::Moved, Item::To]),
            Some(Token::Sign('-')) => Ok(vec![Item::Dash]),
            _ => Err(NOT_UNDERSTOOD),
        }
    }

    /// What words say that are neither of a day nor of a time.
    fn words(&mut self) -> Option<Vec<Item>> {
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

    fn day_item(&mut self) -> Option<Result<Vec<Item>, Why>> {
        let start = self.at;
        if let Some(moment) = self.serial() {
            return Some(Ok(moment));
        }
        let day = self.day();
        if day.is_none() {
            self.at = start;
        }
        day.map(|day| day.map(|day| vec![Item::Day(day)]))
    }

    fn time_item(&mut self) -> Option<Result<Vec<Item>, Why>> {
        let time = self.time()?;
        let zone = self.zone();
        Some(time.map(|time| [Some(Item::Time(time)), zone].into_iter().flatten().collect()))
    }

    pub(super) fn next(&mut self) -> Option<&Token> {
        let token = self.tokens.get(self.at);
        self.at += 1;
        token
    }

    pub(super) fn eat_sign(&mut self, sign: char) -> bool {
        let is_there = self.tokens.get(self.at) == Some(&Token::Sign(sign));
        self.at += usize::from(is_there);
        is_there
    }

    pub(super) fn eat_word(&mut self, words: &[&str]) -> bool {
        let there = self.tokens.get(self.at);
        let is_there = matches!(there, Some(Token::Word(word)) if words.contains(&word.as_str()));
        self.at += usize::from(is_there);
        is_there
    }

    pub(super) fn digits(&mut self, lengths: std::ops::RangeInclusive<usize>) -> Option<String> {
        match self.tokens.get(self.at) {
            Some(Token::Number(digits)) if lengths.contains(&digits.len()) => {
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
            .find(|sign| self.tokens.get(self.at) == Some(&Token::Sign(*sign)));
        self.at += usize::from(sign.is_some());
        sign
    }
}

/// Phrases and what they say, longer ones first where one begins another.
const PHRASES: [(&str, &[Item]); 49] = [
    ("not before", &[Item::NotBefore]),
    ("not earlier than", &[Item::NotBefore]),
    ("n/b", &[Item::NotBefore]),
    ("n.b.", &[Item::NotBefore]),
    ("nb:", &[Item::NotBefore]),
    ("nb.", &[Item::NotBefore]),
    ("nb", &[Item::NotBefore]),
    ("vacated", &[Item::Off]),
    ("cancelled", &[Item::Off]),
    ("canceled", &[Item::Off]),
    ("withdrawn", &[Item::Off]),
    ("stood out", &[Item::Off]),
    ("taken out", &[Item::Off]),
    ("removed", &[Item::Off]),
    ("adjourned", &[Item::Moved]),
    ("adjd", &[Item::Moved]),
    ("adj.", &[Item::Moved]),
    ("adj", &[Item::Moved]),
    ("moved", &[Item::Moved]),
    ("relisted", &[Item::Moved]),
    ("re-listed", &[Item::Moved]),
    ("rescheduled", &[Item::Moved]),
    ("postponed", &[Item::Moved]),
    ("transferred", &[Item::Moved]),
    ("put back", &[Item::Moved]),
    ("brought forward", &[Item::Moved]),
    ("now", &[Item::Moved, Item::To]),
    ("was", &[Item::Moved, Item::From]),
    ("from", &[Item::From]),
    ("until", &[Item::To]),
    ("till", &[Item::To]),
    ("to", &[Item::To]),
    ("for", &[Item::To]),
    ("morning session", &[Item::Session(Session::Morning)]),
    ("am session", &[Item::Session(Session::Morning)]),
    ("afternoon session", &[Item::Session(Session::Afternoon)]),
    ("pm session", &[Item::Session(Session::Afternoon)]),
    ("morning", &[Item::Session(Session::Morning)]),
    ("afternoon", &[Item::Session(Session::Afternoon)]),
    ("am", &[Item::Session(Session::Morning)]),
    ("pm", &[Item::Session(Session::Afternoon)]),
    ("a.m.", &[Item::Session(Session::Morning)]),
    ("p.m.", &[Item::Session(Session::Afternoon)]),
    ("listed for", &[]),
    ("listed", &[]),
    ("at", &[]),
    ("on", &[]),
    ("and", &[]),
    ("hrs", &[]),
];
