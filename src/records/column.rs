//! A column of a register: distinct texts, their typed meaning, one id per row.

use super::Map;
use super::date::{self, DateCell};
use super::intern::{Dictionary, Ids};
use super::raw::RawColumn;
use super::value::Reading;
use crate::day::Day;
use crate::decode::delimited::unquote;
use crate::decode::encoding::{Encoding, decode};
use crate::marks::visible;
use crate::schema::{Field, Kind};

/// Distinct texts are unique, decoded and trimmed; id 0 is the empty text.
#[derive(Clone, Debug)]
pub struct Column {
    /// What it holds.
    pub field: Field,
    /// Distinct texts.
    pub texts: Vec<String>,
    /// One id per row, in the order of the files.
    pub ids: Ids,
    /// The texts, typed.
    pub typed: Typed,
    /// Ids whose typed meaning is the same have the same number (rule R6).
    pub same_as: Vec<u32>,
}

/// Typed meaning per distinct text.
#[derive(Clone, Debug)]
pub enum Typed {
    /// As it stands.
    Text,
    /// Days.
    Date(Vec<Option<Day>>),
    /// Numbers and answers.
    Reading(Vec<Reading>),
    /// Yes or no.
    Flag(Vec<Option<bool>>),
}

impl Column {
    /// Decodes a raw column and types it.
    pub fn new(raw: RawColumn, encoding: Encoding) -> Self {
        let (texts, ids) = distinct_texts(raw.dictionary, raw.ids, encoding, raw.field.kind());
        let mut out =
            Self { field: raw.field, texts, ids, typed: Typed::Text, same_as: Vec::new() };
        out.retype();
        out
    }

    /// A column of `rows` empty cells.
    pub fn empty(field: Field, rows: usize) -> Self {
        let mut out = Self::new(RawColumn::new(0, field), Encoding::Utf8);
        out.ids.pad(rows);
        out
    }

    /// Appends the rows of another column of the same field.
    pub fn append(&mut self, other: &Self) {
        let mut index: Map<String, u32> =
            (0..).zip(&self.texts).map(|(i, t)| (t.clone(), i)).collect();
        let map: Vec<u32> = other.texts.iter().map(|t| self.id_of(t.clone(), &mut index)).collect();
        let limit = self.texts.len();
        self.ids.append_mapped(&other.ids, &map, limit);
        self.retype();
    }

    fn id_of(&mut self, text: String, index: &mut Map<String, u32>) -> u32 {
        let next = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        *index.entry(text).or_insert_with_key(|text| {
            self.texts.push(text.clone());
            next
        })
    }

    /// The day of every row as a number, `undated` where there is none.
    pub fn days(&self, undated: i32) -> Vec<i32> {
        let Typed::Date(days) = &self.typed else { return vec![undated; self.ids.len()] };
        let table: Vec<i32> = days.iter().map(|day| day.map_or(undated, |day| day.0)).collect();
        self.ids.look_up(&table, undated)
    }

    /// The typed day of a row.
    pub fn day(&self, row: usize) -> Option<Day> {
        match &self.typed {
            Typed::Date(days) => days.get(self.ids.get(row)).copied().flatten(),
            _ => None,
        }
    }

    /// Rows whose cell satisfies `test`, decided per distinct text.
    pub fn count_rows(&self, test: impl Fn(usize) -> bool) -> u64 {
        let hits: Vec<bool> = (0..self.texts.len()).map(test).collect();
        if !hits.contains(&true) {
            return 0;
        }
        let hit = |row: &usize| hits.get(self.ids.get(*row)).copied().unwrap_or(false);
        (0..self.ids.len()).filter(hit).count() as u64
    }

    /// Cells that hold something that is no date.
    pub fn unreadable_dates(&self) -> u64 {
        let Typed::Date(_) = self.typed else { return 0 };
        let unreadable =
            |id: usize| self.texts.get(id).is_some_and(|t| date::read(t) == DateCell::Unreadable);
        self.count_rows(unreadable)
    }

    /// Cells that can be read in two ways.
    pub fn ambiguous_numbers(&self) -> u64 {
        let Typed::Reading(readings) = &self.typed else { return 0 };
        self.count_rows(|id| readings.get(id) == Some(&Reading::Ambiguous))
    }

    fn retype(&mut self) {
        let texts = &self.texts;
        if self.field.kind() == Kind::Date {
            return self.retype_dates();
        }
        self.typed = match self.field.kind() {
            Kind::Number | Kind::Reading => {
                Typed::Reading(texts.iter().map(|t| Reading::read(t)).collect())
            }
            Kind::Flag => Typed::Flag(texts.iter().map(|text| flag(text)).collect()),
            Kind::Cpr | Kind::Code | Kind::Date | Kind::Text => Typed::Text,
        };
        self.same_as = match &self.typed {
            Typed::Reading(readings) => {
                first_same(texts, |id| readings.get(id).and_then(Reading::exact))
            }
            Typed::Flag(flags) => first_same(texts, |id| flags.get(id).copied().flatten()),
            Typed::Text | Typed::Date(_) => {
                (0..u32::try_from(texts.len()).unwrap_or(u32::MAX)).collect()
            }
        };
    }

    /// An empty cell and `00-00-0000` both say that there is no date; what is unreadable may say
    /// one day or another.
    fn retype_dates(&mut self) {
        let cells: Vec<DateCell> = self.texts.iter().map(|text| date::read(text)).collect();
        let readable = |id: usize| cells.get(id).filter(|cell| **cell != DateCell::Unreadable);
        self.same_as = first_same(&self.texts, readable);
        self.typed = Typed::Date(cells.iter().map(|cell| cell.day()).collect());
    }

    /// Holds for copies what each distinct text was read as; an empty list is nothing read.
    pub fn same_where_read_alike<T: std::hash::Hash + Eq>(&mut self, read: &[Vec<T>]) {
        self.same_as = first_same(&self.texts, |id| read.get(id).filter(|all| !all.is_empty()));
    }
}

/// Unquotes, decodes, trims, and shows what nobody would see. Distinct cells stay distinct unless that took something away.
fn distinct_texts(
    dictionary: Dictionary,
    ids: Ids,
    encoding: Encoding,
    kind: Kind,
) -> (Vec<String>, Ids) {
    let mut cut = false;
    let read = |cell: &[u8]| {
        let inner = unquote(cell);
        let decoded = decode(&inner, encoding);
        let trimmed = decoded.trim();
        // Codes, numbers and days are read from what stands there.
        let text = if kind == Kind::Text { visible(trimmed) } else { trimmed.into() };
        cut |= inner.len() != cell.len() || text.len() != decoded.len();
        text.into_owned()
    };
    let texts: Vec<String> = dictionary.iter().map(read).collect();
    if !cut {
        return (texts, ids);
    }
    let (mut index, mut distinct) = (Map::default(), Vec::with_capacity(texts.len()));
    let number = |text: String| {
        let next = u32::try_from(distinct.len()).unwrap_or(u32::MAX);
        *index.entry(text).or_insert_with_key(|text| {
            distinct.push(text.clone());
            next
        })
    };
    let map: Vec<u32> = texts.into_iter().map(number).collect();
    let limit = distinct.len();
    (distinct, ids.mapped(&map, limit))
}

/// For each id the first one with the same key; without a key it stands alone.
fn first_same<K: std::hash::Hash + Eq>(
    texts: &[String],
    key: impl Fn(usize) -> Option<K>,
) -> Vec<u32> {
    let mut first: Map<K, u32> = Map::default();
    let ids = 0..u32::try_from(texts.len()).unwrap_or(u32::MAX);
    ids.map(|id| key(id as usize).map_or(id, |key| *first.entry(key).or_insert(id))).collect()
}

fn flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "ja" | "j" | "x" | "1" | "*" | "sand" | "true" | "yes" | "y" | "dd" => Some(true),
        "nej" | "n" | "0" | "falsk" | "false" | "no" => Some(false),
        _ => None,
    }
}
