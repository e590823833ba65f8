//! One table of the document, read key by key; every wrong or unknown key is complained about.

use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

use crate::day::Day;
use crate::note::Said;
use crate::sort;

use super::grammar::Read;
use super::nearest::nearest;
use super::report::{Report, Span};
use super::value::{Value, complain_unless, day_of, list_text, wrong_date, wrong_type};

/// The keys that a table may have, in groups that several kinds of table share.
pub(super) type Keys = &'static [&'static [&'static str]];

/// A table with more keys than this is no table that somebody wrote.
const MOST_KEYS: usize = 200;

fn in_any(known: Keys, key: &str) -> bool {
    known.iter().any(|group| group.contains(&key))
}

/// A table, what it is called, and where it begins.
#[derive(Clone)]
pub(super) struct Section<'d, 't> {
    table: &'d DeTable<'t>,
    /// Where complaints about the table as a whole point to.
    pub(super) span: Span,
    /// The name it has in complaints, `kriterie.diagnose`; empty = the whole profile.
    pub(super) name: String,
    known: Keys,
}

impl<'d, 't> Section<'d, 't> {
    /// The whole document.
    pub(super) fn document(table: &'d DeTable<'t>) -> Self {
        Self { table, span: 0..0, name: String::new(), known: &[] }
    }

    /// A value that must be a table.
    pub(super) fn of(
        report: &mut Report<'_>,
        value: &'d Value<'t>,
        span: Span,
        name: impl Into<String>,
    ) -> Option<Self> {
        match value.get_ref() {
            DeValue::Table(table) => Some(Self { table, span, name: name.into(), known: &[] }),
            other => {
                wrong_type(report, value.span(), &name.into(), "en tabel", "a table", other);
                None
            }
        }
    }

    /// The same table; complains about every key that is not in `known`.
    pub(super) fn only(self, report: &mut Report<'_>, known: Keys) -> Self {
        for (key, _) in self.table.iter() {
            if report.is_full() {
                break;
            }
            if in_any(known, key.get_ref()) {
                continue;
            }
            let written = key.get_ref();
            let said = Said::new(
                format!("ukendt nøgle »{written}« i {}", self.called().da),
                format!("unknown key `{written}` in {}", self.called().en),
            );
            let hint = report.did_you_mean(written, known.iter().copied().flatten().copied());
            report.error_with("unknown-key", &key.span(), said, hint);
        }
        Self { known, ..self }
    }

    fn called(&self) -> Said {
        if self.name.is_empty() {
            return Said::new("profilen", "the profile");
        }
        Said::new(format!("»{}«", self.name), format!("`{}`", self.name))
    }

    /// Is the key there?
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The first of these keys that is there.
    pub(super) fn first_of(&self, keys: &[&'static str]) -> Option<&'static str> {
        keys.iter().copied().find(|key| self.has(key))
    }

    /// Place of a key; the section's own place if it is not there.
    pub(super) fn key_span(&self, key: &str) -> Span {
        self.table.get_key_value(key).map_or_else(|| self.span.clone(), |(k, _)| k.span())
    }

    /// Place of a value; the section's own place if it is not there.
    pub(super) fn value_span(&self, key: &str) -> Span {
        self.get(key).map_or_else(|| self.span.clone(), Spanned::span)
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&'d Value<'t>> {
        self.table.get(key)
    }

    /// Keys and values in the order of the file.
    pub(super) fn entries(&self) -> Vec<(&'d str, Span, &'d Value<'t>)> {
        let mut all: Vec<_> =
            self.table.iter().map(|(k, v)| (k.get_ref().as_ref(), k.span(), v)).collect();
        sort::by_key(&mut all, |(_, span, _)| span.start);
        all
    }

    /// Does an unknown key stand there that is probably meant to be this one? In a table with very
    /// many keys nobody has misspelt one.
    pub(super) fn misspelt(&self, key: &str) -> bool {
        if self.table.len() > MOST_KEYS {
            return false;
        }
        let meant =
            |written: &str| !in_any(self.known, written) && nearest(written, [key]).is_some();
        self.entries().iter().any(|(written, ..)| meant(written))
    }

    /// Complains that a key is missing, unless a misspelt one stands in its place.
    pub(super) fn missing(&self, report: &mut Report<'_>, key: &str) {
        if self.misspelt(key) {
            return;
        }
        let said = Said::new(
            format!("»{key}« mangler i {}", self.called().da),
            format!("`{key}` is missing in {}", self.called().en),
        );
        report.error("missing-key", &self.span, said);
    }

    /// A text.
    pub(super) fn text(&self, report: &mut Report<'_>, key: &str) -> Option<String> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(text.trim().to_owned()),
            other => {
                wrong_type(
                    report,
                    value.span(),
                    key,
                    "tekst i anførselstegn",
                    "quoted text",
                    other,
                );
                None
            }
        }
    }

    /// A text that must be there and not be empty.
    pub(super) fn required_text(&self, report: &mut Report<'_>, key: &str) -> Option<String> {
        if !self.has(key) {
            self.missing(report, key);
            return None;
        }
        let text = self.text(report, key)?;
        if text.is_empty() {
            let said = Said::new(format!("»{key}« er tom"), format!("`{key}` is empty"));
            report.error("missing-key", &self.value_span(key), said);
            return None;
        }
        Some(text)
    }

    /// A list of texts with their places; one text alone counts as a list of one.
    pub(super) fn texts(&self, report: &mut Report<'_>, key: &str) -> Option<Vec<(String, Span)>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Array(items) => {
                // All items are looked at, so that all are complained about.
                let read: Vec<_> = items.iter().map(|item| list_text(report, key, item)).collect();
                read.into_iter().collect()
            }
            DeValue::String(_) => Some(list_text(report, key, value).into_iter().collect()),
            other => {
                wrong_type(
                    report,
                    value.span(),
                    key,
                    "en liste af tekster",
                    "a list of texts",
                    other,
                );
                None
            }
        }
    }

    /// The texts without their places; empty if the key is not there.
    pub(super) fn lines(&self, report: &mut Report<'_>, key: &str) -> Vec<String> {
        self.texts(report, key).unwrap_or_default().into_iter().map(|(text, _)| text).collect()
    }

    /// A whole number in a range.
    pub(super) fn integer(
        &self,
        report: &mut Report<'_>,
        key: &str,
        least: i64,
        most: i64,
    ) -> Option<i64> {
        let value = self.get(key)?;
        let DeValue::Integer(number) = value.get_ref() else {
            wrong_type(report, value.span(), key, "et helt tal", "an integer", value.get_ref());
            return None;
        };
        let number = i64::from_str_radix(number.as_str(), number.radix()).ok();
        let fits = number.filter(|n| (least..=most).contains(n));
        if fits.is_none() {
            let said = Said::new(
                format!("»{key}« skal ligge mellem {least} og {most}"),
                format!("`{key}` must lie between {least} and {most}"),
            );
            report.error("number-range", &value.span(), said);
        }
        fits
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, report: &mut Report<'_>, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            other => {
                wrong_type(report, value.span(), key, "true eller false", "true or false", other);
                None
            }
        }
    }

    /// A date without quotes and without a time.
    pub(super) fn date(&self, report: &mut Report<'_>, key: &str) -> Option<Day> {
        let value = self.get(key)?;
        let day = day_of(value.get_ref());
        if day.is_none() {
            wrong_date(report, value);
        }
        day
    }

    /// One of a closed list of words.
    pub(super) fn word<T: Copy>(
        &self,
        report: &mut Report<'_>,
        key: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let text = self.text(report, key)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let said = Said::new(
                format!("»{key}« kan ikke være »{text}«"),
                format!("`{key}` cannot be `{text}`"),
            );
            let hint = report.did_you_mean(&text, words.iter().map(|(word, _)| *word));
            report.error_with("unknown-word", &self.value_span(key), said, hint);
        }
        found
    }

    /// A small text with a grammar of its own.
    pub(super) fn parsed<T>(
        &self,
        report: &mut Report<'_>,
        key: &str,
        read: impl Fn(&str) -> Read<T>,
    ) -> Option<T> {
        let value = self.get(key)?;
        let DeValue::String(text) = value.get_ref() else {
            wrong_type(
                report,
                value.span(),
                key,
                "tekst i anførselstegn",
                "quoted text",
                value.get_ref(),
            );
            return None;
        };
        complain_unless(report, key, text, &value.span(), read(text))
    }

    /// A table under a key.
    pub(super) fn table(&self, report: &mut Report<'_>, key: &str) -> Option<Self> {
        let value = self.get(key)?;
        Self::of(report, value, self.key_span(key), key)
    }

    /// A list of tables under a key; empty if it is not there.
    pub(super) fn tables(&self, report: &mut Report<'_>, key: &str) -> Vec<Self> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            wrong_type(
                report,
                value.span(),
                key,
                "en liste af tabeller",
                "a list of tables",
                value.get_ref(),
            );
            return Vec::new();
        };
        items.iter().filter_map(|item| Self::of(report, item, item.span(), key)).collect()
    }
}
