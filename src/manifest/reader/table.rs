//! One table of the manifest: takes its values key by key, then reports what nobody asked for.

use std::ops::RangeInclusive;

use serde::de::DeserializeOwned;
use serde::de::value::{Error, StrDeserializer};
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::choice::{one_of, words_of};
use super::keys::{home_of, keys_of};
use super::value::{clean_text, describe};
use super::{At, Log, Problem, quoted};
use crate::model::Code;
use crate::model::nearest::nearest;

/// A table being read.
#[derive(Debug)]
pub(in crate::manifest) struct Table<'t> {
    /// The header as typed, such as `[[section]]`; finds the keys in the schema.
    name: &'static str,
    /// The byte at which the table starts.
    at: usize,
    entries: Option<&'t DeTable<'t>>,
    asked: Vec<&'static str>,
    /// Stands in for something that has been reported; what it lacks is not worth a word.
    stand_in: bool,
    log: &'t Log<'t>,
}

impl<'t> Table<'t> {
    /// The whole manifest.
    pub(in crate::manifest) fn root(entries: &'t DeTable<'t>, log: &'t Log<'t>) -> Self {
        Self::new("the manifest", 0, Some(entries), log)
    }

    fn new(
        name: &'static str,
        at: usize,
        entries: Option<&'t DeTable<'t>>,
        log: &'t Log<'t>,
    ) -> Self {
        Self { name, at, entries, asked: Vec::new(), stand_in: false, log }
    }

    /// Where findings go.
    pub(in crate::manifest) fn log(&self) -> &'t Log<'t> {
        self.log
    }

    /// The byte at which the table starts.
    pub(in crate::manifest) fn at(&self) -> usize {
        self.at
    }

    /// The line of the table's header, from 1.
    pub(in crate::manifest) fn line(&self) -> usize {
        self.log.line(self.at)
    }

    /// Whether the manifest has this key at all, usable or not.
    pub(in crate::manifest) fn has(&self, key: &str) -> bool {
        self.entries.is_some_and(|entries| entries.contains_key(key))
    }

    /// The byte at which a key stands; the table's own if it is not there.
    pub(in crate::manifest) fn key_at(&self, key: &str) -> usize {
        let entry = self.entries.and_then(|entries| entries.get_key_value(key));
        entry.map_or(self.at, |(key, _)| key.span().start)
    }

    pub(super) fn entry(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        debug_assert!(
            keys_of(self.name).contains(&key),
            "{key} is not in the schema of {}",
            self.name
        );
        self.asked.push(key);
        self.entries.and_then(|entries| entries.get(key))
    }

    /// Any value that serde can make; `expected` says in words what belongs here.
    pub(in crate::manifest) fn take<T: DeserializeOwned>(
        &mut self,
        key: &'static str,
        expected: &str,
    ) -> Option<At<T>> {
        let entry = self.entry(key)?;
        let at = entry.span().start;
        let taken = T::deserialize(ValueDeserializer::from(entry.clone()));
        if taken.is_err() {
            self.wrong_type(key, expected, entry);
        }
        taken.ok().map(|value| At { value, at })
    }

    /// Whether a switch is on.
    pub(in crate::manifest) fn flag(&mut self, key: &'static str, default: bool) -> bool {
        self.take(key, "true or false").map_or(default, |flag| flag.value)
    }

    /// A whole number within bounds.
    pub(in crate::manifest) fn number<N: TryFrom<i64>>(
        &mut self,
        key: &'static str,
        bounds: RangeInclusive<i64>,
    ) -> Option<N> {
        let (least, most) = (bounds.start(), bounds.end());
        let expected = format!("a whole number from {least} to {most}");
        let number = self.take::<i64>(key, &expected)?;
        let result = N::try_from(number.value).ok().filter(|_| bounds.contains(&number.value));
        let wrong = || {
            Problem::new(
                Code::BadValue,
                format!("\"{key}\" must be {expected}, not {}", number.value),
            )
        };
        self.checked(number.at, result.ok_or_else(wrong)).map(|number| number.value)
    }

    /// A text exactly as typed.
    pub(in crate::manifest) fn raw(&mut self, key: &'static str) -> Option<At<String>> {
        self.take(key, "a text in quotes")
    }

    /// A text fit to be printed.
    pub(in crate::manifest) fn text(&mut self, key: &'static str) -> Option<At<String>> {
        let raw = self.raw(key)?;
        self.checked(raw.at, clean_text(key, &raw.value))
    }

    /// A text that `parse` can make sense of.
    pub(in crate::manifest) fn parsed<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Problem>,
    ) -> Option<At<T>> {
        let text = self.text(key)?;
        self.checked(text.at, parse(&text.value))
    }

    /// One of the words of an enum.
    pub(in crate::manifest) fn choice<T: DeserializeOwned>(
        &mut self,
        key: &'static str,
    ) -> Option<At<T>> {
        let word = self.raw(key)?;
        self.checked(word.at, one_of(key, &word.value, words_of::<T>()))?;
        self.take(key, "one of the allowed words")
    }

    /// Words of an enum, in a list.
    pub(in crate::manifest) fn choices<T: DeserializeOwned>(
        &mut self,
        key: &'static str,
    ) -> Option<Vec<T>> {
        let words = self.list(key)?;
        let read = |word: At<String>| {
            self.checked(word.at, one_of(key, &word.value, words_of::<T>()))?;
            T::deserialize(StrDeserializer::<Error>::new(&word.value)).ok()
        };
        // A list of nothing but wrong words is not an empty list.
        let is_empty = words.is_empty();
        let read: Vec<T> = words.into_iter().filter_map(read).collect();
        (is_empty || !read.is_empty()).then_some(read)
    }

    /// A list of texts.
    pub(in crate::manifest) fn list(&mut self, key: &'static str) -> Option<Vec<At<String>>> {
        let items: At<Vec<Spanned<String>>> =
            self.take(key, "a list of texts, such as [\"A\", \"B\"]")?;
        let place = |item: Spanned<String>| At { at: item.span().start, value: item.into_inner() };
        Some(items.value.into_iter().map(place).collect())
    }

    /// A list of texts fit to be printed; each that is not is reported.
    pub(in crate::manifest) fn texts(&mut self, key: &'static str) -> Vec<String> {
        let items = self.list(key).unwrap_or_default();
        let text = |item: At<String>| self.checked(item.at, clean_text(key, &item.value));
        items.into_iter().filter_map(text).map(|text| text.value).collect()
    }

    /// A table below this one.
    pub(in crate::manifest) fn table(
        &mut self,
        key: &'static str,
        name: &'static str,
    ) -> Option<Table<'t>> {
        let entry = self.entry(key)?;
        let table = entry.get_ref().as_table();
        if table.is_none() {
            self.wrong_shape(key, &format!("a single table, {name}"), name, entry);
        }
        table.map(|entries| Table::new(name, entry.span().start, Some(entries), self.log))
    }

    /// A table below this one that the manifest does not have.
    pub(in crate::manifest) fn empty(
        &mut self,
        key: &'static str,
        name: &'static str,
    ) -> Table<'t> {
        self.asked.push(key);
        Table::new(name, self.at, None, self.log)
    }

    /// A table below this one, empty if the manifest does not have it.
    pub(in crate::manifest) fn table_or_empty(
        &mut self,
        key: &'static str,
        name: &'static str,
    ) -> Table<'t> {
        let mut empty = self.empty(key, name);
        empty.stand_in = self.has(key);
        self.table(key, name).unwrap_or(empty)
    }

    /// The tables of a list below this one.
    pub(in crate::manifest) fn tables(
        &mut self,
        key: &'static str,
        name: &'static str,
    ) -> Vec<Table<'t>> {
        let Some(entry) = self.entry(key) else {
            return Vec::new();
        };
        let expected = format!("a list of tables, each starting with {name}");
        let items: Vec<_> = match entry.get_ref().as_array() {
            Some(items) => items.iter().collect(),
            None => {
                self.wrong_shape(key, &expected, name, entry);
                // Single brackets are one slip; what is below them is read all the same.
                Some(entry).filter(|entry| entry.get_ref().is_table()).into_iter().collect()
            }
        };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref().as_table() {
                Some(entries) => {
                    tables.push(Table::new(name, item.span().start, Some(entries), self.log));
                }
                None => self.wrong_shape(key, &expected, name, item),
            }
        }
        tables
    }

    fn wrong_shape(&self, key: &str, expected: &str, header: &str, entry: &Spanned<DeValue<'_>>) {
        // Past a broken header its keys land in the wrong table; that is not another mistake.
        if !self.log.is_broken() {
            let found = describe(entry.get_ref());
            let message = format!("\"{key}\" must be {expected}, not {found}");
            let problem = Problem::new(Code::WrongType, message);
            self.log.report(entry.span().start, problem.hint(format!("write {header}")));
        }
    }

    /// Reports keys that do not go with another.
    pub(in crate::manifest) fn refuse(&mut self, keys: &[&'static str], with: &str) {
        for key in keys {
            if self.entry(key).is_some() {
                let message = format!("\"{key}\" does not go with \"{with}\"");
                let problem = Problem::new(Code::BadValue, message);
                self.log.report(self.key_at(key), problem.hint("take one of the two out"));
            }
        }
    }

    /// Reports that a key must be there.
    pub(in crate::manifest) fn missing(&self, key: &str, hint: &str) {
        if self.stand_in {
            return;
        }
        let message = format!("\"{key}\" is missing from {}", self.name);
        self.log.report(self.at, Problem::new(Code::MissingKey, message).hint(hint));
    }

    /// Reports every key that nobody asked for.
    pub(in crate::manifest) fn finish(self) {
        debug_assert!(
            keys_of(self.name).iter().all(|key| self.asked.contains(key)),
            "a key of {} is in the schema and never read",
            self.name
        );
        let unknown = self.entries.into_iter().flat_map(|entries| entries.keys());
        for key in unknown.filter(|key| !self.asked.contains(&key.get_ref().as_ref())) {
            let word = key.get_ref();
            let message = format!("unknown key {} in {}", quoted(word), self.name);
            let problem = Problem::new(Code::UnknownKey, message).hint(self.meant(word));
            self.log.report(key.span().start, problem);
        }
    }

    /// What somebody may have meant by an unknown key.
    fn meant(&self, word: &str) -> String {
        let keys = keys_of(self.name);
        match (nearest(word, keys), home_of(word)) {
            (Some(near), _) => format!("did you mean \"{near}\"?"),
            (None, Some(home)) => format!("\"{word}\" belongs in {home}"),
            (None, None) => format!("the keys of {} are: {}", self.name, keys.join(", ")),
        }
    }

    /// The value, or a report of why there is none.
    pub(in crate::manifest) fn checked<T>(
        &self,
        at: usize,
        result: Result<T, Problem>,
    ) -> Option<At<T>> {
        match result {
            Ok(value) => Some(At { value, at }),
            Err(problem) => {
                self.log.report(at, problem);
                None
            }
        }
    }

    pub(super) fn wrong_type(&self, key: &str, expected: &str, entry: &Spanned<DeValue<'_>>) {
        let found = describe(entry.get_ref());
        let message = format!("\"{key}\" must be {expected}, not {found}");
        self.log.report(entry.span().start, Problem::new(Code::WrongType, message));
    }
}
