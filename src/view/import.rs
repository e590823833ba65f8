//! The import report: the account of every line, and what the contents mean for the profiles.

use std::collections::BTreeMap;

use crate::decode::Refusal;
use crate::note::Language;
use crate::records::{Ledger, Reason, Records, Source, Standing};
use crate::schema::{Field, Register};
use crate::sort;
use crate::view::words::{encoding, field, month_and_year, number, pick, register, separator};
use crate::view::{
    FileView, ImportView, LedgerView, LineView, RefusedView, RemarkKind, RemarkView, RepairView,
    SetAsideView, text_import, text_persons, text_repair,
};

/// What the report is made of.
#[derive(Clone, Copy)]
pub struct Topic<'a> {
    /// Everything that was read.
    pub records: &'a Records,
    /// Files that were not read.
    pub refused: &'a [(String, Refusal)],
    /// Per register, how many profiles ask for it.
    pub asking: &'a [(Register, u64)],
    /// Medicine rows whose end is assumed, and the days assumed, for the profiles that use it.
    pub assumed: u64,
    /// Some tables are still to come.
    pub still_reading: bool,
    /// Text that was encoded twice is repaired.
    pub repair: bool,
    /// Language.
    pub language: Language,
}

/// The report.
#[must_use]
pub fn import(topic: &Topic<'_>) -> ImportView {
    let sources = &topic.records.sources;
    let total = total(sources);
    ImportView {
        account: match sources.len() {
            0 => String::new(),
            files => text_import::account(&total, files, topic.language),
        },
        total: ledger(&total),
        files: sources.iter().enumerate().map(|(at, source)| file(topic, at, source)).collect(),
        refused: topic
            .refused
            .iter()
            .map(|(name, why)| refused(name, why, topic.language))
            .collect(),
        set_aside: set_aside(sources, topic.language),
        remarks: if sources.is_empty() { Vec::new() } else { remarks(topic) },
        duplicates: if sources.is_empty() { 0 } else { topic.records.duplicates() },
        still_reading: topic.still_reading,
        second: None,
        repair: repair(topic),
    }
}

// What still stands there comes before what was repaired: it can be repaired, too.
fn repair(topic: &Topic<'_>) -> Option<RepairView> {
    let (sources, language) = (&topic.records.sources, topic.language);
    let garbled = |source: &Source| {
        source.garbled.as_ref().map(|found| text_repair::garbled(&source.name, found, language))
    };
    let repaired = |source: &Source| {
        let count = source.repaired;
        (count > 0).then(|| text_repair::repaired(&source.name, count, language))
    };
    let lines: Vec<String> =
        sources.iter().filter_map(garbled).chain(sources.iter().filter_map(repaired)).collect();
    (!lines.is_empty()).then_some(RepairView { lines, done: topic.repair })
}

/// Lines set aside for a reason: where they stand, never what they hold.
#[must_use]
pub fn lines(records: &Records, reason: &str, most: u32, language: Language) -> Vec<LineView> {
    let all = records.sources.iter().flat_map(|source| {
        source.set_aside.iter().filter(|line| line.reason.name() == reason).map(|line| LineView {
            file: source.name.clone(),
            line: u64::from(line.line),
            reason: line.reason.text().of(language).to_owned(),
        })
    });
    all.take(most as usize).collect()
}

fn total(sources: &[Source]) -> Ledger {
    let mut sum = Ledger::default();
    for source in sources {
        let ledger = &source.ledger;
        sum.physical += ledger.physical;
        sum.header += ledger.header;
        sum.blank += ledger.blank;
        sum.continuation += ledger.continuation;
        sum.used += ledger.used;
        sum.set_aside += ledger.set_aside;
    }
    sum
}

fn ledger(of: &Ledger) -> LedgerView {
    LedgerView {
        physical: of.physical,
        header: of.header,
        blank: of.blank,
        continuation: of.continuation,
        used: of.used,
        set_aside: of.set_aside,
        balanced: of.balanced(),
    }
}

fn file(topic: &Topic<'_>, at: usize, source: &Source) -> FileView {
    let language = topic.language;
    let used = source.columns.iter().filter(|(_, field)| field.is_some()).count();
    let of = pick(language, "af", "of");
    FileView {
        file: u32::try_from(at).unwrap_or(u32::MAX),
        name: source.name.clone(),
        register: register(source.register, language).to_owned(),
        read_as: format!(
            "{}, {}",
            encoding(source.encoding, language),
            separator(source.separator, language)
        ),
        ledger: ledger(&source.ledger),
        content: content(topic, source),
        columns: format!("{used} {of} {}", source.columns.len()),
        column_map: source
            .columns
            .iter()
            .map(|(heading, read)| mapped(heading, *read, language))
            .collect(),
    }
}

fn mapped(heading: &str, read: Option<Field>, language: Language) -> (String, Option<String>) {
    (heading.to_owned(), read.map(|read| field(read, language)))
}

// »2.412 tilmeldte, 61 afdøde, 23 passanter«, or »maj 1998 til nov. 2026«.
fn content(topic: &Topic<'_>, source: &Source) -> String {
    if source.register == Register::Patient {
        return text_import::standings(&standings(topic.records), topic.language);
    }
    let Some((from, to)) = source.period else { return crate::view::cell::NONE.to_owned() };
    let (from, to) = (month_and_year(from, topic.language), month_and_year(to, topic.language));
    if from == to {
        return from;
    }
    format!("{from} {} {to}", pick(topic.language, "til", "to"))
}

/// How many patients of each standing, those who are in the patient register.
#[must_use]
pub fn standings(records: &Records) -> BTreeMap<Standing, u64> {
    let mut counts = BTreeMap::new();
    for patient in records.patients.ids() {
        *counts.entry(records.patients.standing(patient)).or_insert(0) += 1;
    }
    counts
}

fn refused(name: &str, why: &Refusal, language: Language) -> RefusedView {
    RefusedView {
        name: name.to_owned(),
        text: why.text.of(language).to_owned(),
        is_table: why.table.is_some(),
    }
}

fn set_aside(sources: &[Source], language: Language) -> Vec<SetAsideView> {
    let mut groups: Vec<SetAsideView> =
        Reason::ALL.iter().filter_map(|reason| set_aside_for(sources, *reason, language)).collect();
    sort::by_key(&mut groups, |group| std::cmp::Reverse(group.count));
    groups
}

fn set_aside_for(sources: &[Source], reason: Reason, language: Language) -> Option<SetAsideView> {
    let mut count = 0;
    let mut files: Vec<&str> = Vec::new();
    for source in sources {
        let here = source.set_aside.iter().filter(|line| line.reason == reason).count();
        if here > 0 {
            count += here as u64;
            files.push(&source.name);
        }
    }
    (count > 0).then(|| SetAsideView {
        reason: reason.name().to_owned(),
        text: reason.text().of(language).to_owned(),
        count,
        files: files.join(", "),
    })
}

fn remarks(topic: &Topic<'_>) -> Vec<RemarkView> {
    let mut remarks = missing_registers(topic);
    remarks.extend(of_the_whole(topic));
    for source in &topic.records.sources {
        remarks.extend(of_source(source, topic.language));
    }
    remarks
}

// While reading goes on it is not known what is missing.
fn missing_registers(topic: &Topic<'_>) -> Vec<RemarkView> {
    let missing = |register: &Register| !topic.still_reading && !topic.records.has(*register);
    let mut remarks = Vec::new();
    for register in Register::ALL.into_iter().filter(missing) {
        if register == Register::Patient {
            remarks.push(text_import::no_patient_list(topic.language));
            continue;
        }
        let asking = topic.asking.iter().find(|(r, _)| *r == register).map_or(0, |(_, n)| *n);
        remarks.push(text_import::missing_register(register, asking, topic.language));
    }
    sort::by_key(&mut remarks, |remark| remark.kind != RemarkKind::Unknown);
    remarks
}

fn of_the_whole(topic: &Topic<'_>) -> Vec<RemarkView> {
    let language = topic.language;
    let sum = |of: fn(&Source) -> u64| topic.records.sources.iter().map(of).sum::<u64>();
    let dates = sum(|source| source.unreadable_dates);
    let numbers = sum(|source| source.ambiguous_numbers);
    let files = |of: fn(&Source) -> u64| named(&topic.records.sources, of);
    let mut remarks = Vec::new();
    if dates > 0 {
        let files = files(|source| source.unreadable_dates);
        remarks.push(text_import::unreadable_dates(dates, &files, language));
    }
    if numbers > 0 {
        let files = files(|source| source.ambiguous_numbers);
        remarks.push(text_import::ambiguous_numbers(numbers, &files, language));
    }
    for (register, count) in without_code(topic.records) {
        remarks.push(text_import::without_code(register, count, language));
    }
    remarks.extend(of_persons(topic));
    if topic.assumed > 0 {
        remarks.push(text_import::assumed_ends(topic.assumed, language));
    }
    let duplicates = topic.records.duplicates();
    if duplicates > 0 {
        remarks.push(text_import::duplicates(duplicates, language));
    }
    remarks
}

// Two clinics, and what is said of a person in two ways.
fn of_persons(topic: &Topic<'_>) -> Vec<RemarkView> {
    let (patients, language) = (&topic.records.patients, topic.language);
    let mut remarks = Vec::new();
    let practices: Vec<(&str, u64)> = patients.practices().into_iter().collect();
    if practices.len() > 1 {
        remarks.push(text_persons::practices(&practices, language));
    }
    let all = patients.contradictions();
    for field in [Field::Foedselsdato, Field::Koen] {
        let mut of_field = all.iter().filter(|one| one.field == field);
        let Some(first) = of_field.next() else { continue };
        let others = of_field.count() as u64;
        let source = topic.records.sources.get(first.origin.file as usize);
        let file = source.map_or("", |source| source.name.as_str());
        let place = text_persons::place(file, first.origin.line, others > 0, language);
        remarks.push(text_persons::contradictions(field, others + 1, &place, language));
    }
    remarks
}

// Rows that no code of a profile can find (rule R5).
fn without_code(records: &Records) -> Vec<(Register, u64)> {
    let coded = [Register::Diagnose, Register::Medicin, Register::Proeve, Register::Ydelse];
    let count = |register| {
        let events = records.events(register)?;
        let empty = events.code_groups().iter().position(Vec::is_empty)?;
        let rows = (0..events.len()).filter(|row| events.code_id(*row) == empty).count() as u64;
        (rows > 0).then_some((register, rows))
    };
    coded.into_iter().filter_map(count).collect()
}

fn named(sources: &[Source], of: fn(&Source) -> u64) -> String {
    let names = sources.iter().filter(|source| of(source) > 0).map(|source| source.name.as_str());
    names.collect::<Vec<_>>().join(", ")
}

fn of_source(source: &Source, language: Language) -> Vec<RemarkView> {
    let mut remarks = Vec::new();
    for said in &source.remarks {
        remarks.push(text_import::of_file(&source.name, said.of(language)));
    }
    let unused: Vec<String> = source
        .columns
        .iter()
        .filter(|(heading, read)| read.is_none() && !heading.is_empty())
        .map(|(heading, _)| heading.clone())
        .collect();
    if !unused.is_empty() {
        remarks.push(text_import::unused_columns(&source.name, &unused, language));
    }
    remarks
}

/// »6 filer, 2.412 tilmeldte«; the files are counted where one archive stands for several.
#[must_use]
pub fn files_and_patients(records: &Records, dropped: usize, language: Language) -> String {
    let files = records.sources.len();
    let listed = records.patients.ids().filter(|p| records.patients.looked_at(*p)).count() as u64;
    let people = if records.has(Register::Patient) {
        pick(language, "tilmeldte", "listed")
    } else {
        pick(language, "patienter med rækker", "patients with rows")
    };
    let people = format!("{} {people}", number(listed, language));
    if files <= dropped {
        return people;
    }
    let word = text_import::files(files, language);
    format!("{files} {word}, {people}")
}
