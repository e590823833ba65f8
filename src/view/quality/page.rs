//! The counts as the page »Datakvalitet«.

use serde::{Deserialize, Serialize};

use super::codes::{shown, titled};
use super::months::Months;
use super::profiles::ProfileCodes;
use super::{Quality, RegisterCounts, Topic};
use crate::code::Pattern;
use crate::note::Language;
use crate::schema::Register;
use crate::view::cell::NONE;
use crate::view::words::{month_and_year, number, register};
use crate::view::{ProfileRow, text_quality as text};

/// How the keys of the work lists begin.
pub const MISSING_CODE: &str = "kvalitet:";

/// The page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QualityView {
    /// »Har vi gode nok data?«
    pub heading: String,
    /// What is counted, and up to which day.
    pub lead: String,
    /// Registers that are still being read, as a sentence: nothing is counted yet.
    pub still_reading: String,
    /// The registers, lines set aside, unknown codes; an empty table is left out.
    pub tables: Vec<TableView>,
    /// »Rækker pr. måned«.
    pub months_title: String,
    /// What the bars are.
    pub months_lead: String,
    /// The first month of each year of the drawing.
    pub axis: Vec<String>,
    /// One per register with dates.
    pub months: Vec<MonthsView>,
    /// The same in numbers.
    pub numbers: TableView,
    /// »Måske manglende kode«.
    pub missing_title: String,
    /// What such a list says.
    pub missing_lead: String,
    /// The work lists.
    pub missing: Vec<WorkView>,
    /// »Koder i profilerne«.
    pub codes_title: String,
    /// What siblings are, and how many profiles have no remark.
    pub codes_lead: String,
    /// Profiles with a remark.
    pub profiles: Vec<RemarksView>,
}

/// A table; the first cell of a row is its heading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableView {
    /// Title.
    pub title: String,
    /// Column headings.
    pub headings: Vec<String>,
    /// How many columns hold text, from the left; the others are numbers.
    pub texts: usize,
    /// Rows.
    pub rows: Vec<Vec<String>>,
}

/// A register month by month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthsView {
    /// Register.
    pub name: String,
    /// Path of the bars, in a field of 300 × 24.
    pub bars: String,
    /// Path of the months without a row.
    pub gaps: String,
    /// The same in words.
    pub text: String,
}

/// A list to work through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkView {
    /// Key of the list.
    pub profile: String,
    /// Title.
    pub title: String,
    /// »14 patienter«, and what else is to be said.
    pub text: String,
    /// Where it comes from.
    pub source: String,
}

/// Remarks on a profile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemarksView {
    /// Key.
    pub profile: String,
    /// Title.
    pub title: String,
    /// One sentence each.
    pub remarks: Vec<String>,
}

/// The page while registers are being read.
#[must_use]
pub fn waiting(still_reading: String, language: Language) -> QualityView {
    let heading = text::heading(language).to_owned();
    QualityView { heading, still_reading, ..QualityView::default() }
}

/// The page; `missing` are the work lists with what was found, and their sources.
#[must_use]
pub fn page(
    topic: &Topic<'_>,
    quality: &Quality,
    missing: &[(ProfileRow, String)],
    language: Language,
) -> QualityView {
    let present = |(of, counts): &(Register, Option<RegisterCounts>)| Some((*of, counts.clone()?));
    let present: Vec<(Register, RegisterCounts)> =
        quality.registers.iter().filter_map(present).collect();
    let tables = [
        registers(topic, quality, language),
        reasons(&present, language),
        unknown_codes(&present, language),
    ];
    QualityView {
        heading: text::heading(language).to_owned(),
        lead: text::lead(topic.export_day, language),
        still_reading: String::new(),
        tables: tables.into_iter().filter(|table| !table.rows.is_empty()).collect(),
        months_title: text::months_title(language).to_owned(),
        months_lead: text::months_lead(language).to_owned(),
        axis: axis(&present, language),
        months: present.iter().filter_map(|(of, counts)| months(*of, counts, language)).collect(),
        numbers: numbers(&present, language),
        missing_title: text::missing_title(language).to_owned(),
        missing_lead: text::missing_lead(language).to_owned(),
        missing: missing.iter().map(|(row, source)| work(row, source, language)).collect(),
        codes_title: text::codes_title(language).to_owned(),
        codes_lead: text::codes_lead(quality.profiles_without_remark, language),
        profiles: quality.profiles.iter().map(|one| remarks(one, language)).collect(),
    }
}

fn cell(count: Option<u64>, language: Language) -> String {
    count.map_or_else(|| NONE.to_owned(), |count| number(count, language))
}

fn registers(topic: &Topic<'_>, quality: &Quality, language: Language) -> TableView {
    let row = |(of, counts): &(Register, Option<RegisterCounts>)| {
        let mut row = vec![register(*of, language).to_owned()];
        match counts {
            None => row.push(text::absent(language).to_owned()),
            Some(counts) => {
                row.extend(counted(counts).map(|count| cell(count, language)));
            }
        }
        row
    };
    TableView {
        title: text::registers_title(language).to_owned(),
        headings: text::register_headings(topic.export_day, language),
        texts: 1,
        rows: quality.registers.iter().map(row).collect(),
    }
}

const fn counted(counts: &RegisterCounts) -> [Option<u64>; 13] {
    [
        Some(counts.lines),
        Some(counts.used),
        Some(counts.set_aside),
        Some(counts.copies),
        counts.undated,
        counts.after_export,
        counts.after_index,
        counts.without_code,
        counts.unknown_code_rows,
        Some(counts.patients),
        counts.not_in_list,
        counts.passing,
        counts.dead,
    ]
}

fn reasons(present: &[(Register, RegisterCounts)], language: Language) -> TableView {
    let rows = present.iter().flat_map(|(of, counts)| {
        counts.reasons.iter().map(|(reason, lines)| {
            let name = register(*of, language).to_owned();
            vec![name, reason.text().of(language).to_owned(), number(*lines, language)]
        })
    });
    TableView {
        title: text::reasons_title(language).to_owned(),
        headings: text::reason_headings(language),
        texts: 2,
        rows: rows.collect(),
    }
}

fn unknown_codes(present: &[(Register, RegisterCounts)], language: Language) -> TableView {
    let rows = present.iter().flat_map(|(of, counts)| {
        counts.unknown_codes.iter().map(|one| {
            let name = register(*of, language).to_owned();
            vec![name, shown(&one.code), number(one.rows, language)]
        })
    });
    TableView {
        title: text::unknown_title(language).to_owned(),
        headings: text::unknown_headings(language),
        texts: 2,
        rows: rows.collect(),
    }
}

/// Height of the field of bars; two units are air.
const HEIGHT: u64 = 24;

fn months(of: Register, counts: &RegisterCounts, language: Language) -> Option<MonthsView> {
    let months = counts.months.as_ref()?;
    let most = months.rows.iter().copied().max().unwrap_or(0).max(1);
    let (mut bars, mut gaps) = (String::new(), String::new());
    for (month, rows) in months.rows.iter().enumerate().filter(|(_, rows)| **rows > 0) {
        let height = (rows * (HEIGHT - 2)).div_ceil(most);
        bars.push_str(&format!("M{} {HEIGHT}v-{height}h4v{height}z", month * 5));
    }
    for month in months.gaps.iter().flat_map(|(first, last)| *first..=*last) {
        gaps.push_str(&format!("M{} {HEIGHT}l4-22", month * 5));
    }
    let undated = counts.undated.unwrap_or(0);
    let text = text::months(months, undated, language);
    Some(MonthsView { name: register(of, language).to_owned(), bars, gaps, text })
}

fn axis(present: &[(Register, RegisterCounts)], language: Language) -> Vec<String> {
    let any = present.iter().find_map(|(_, counts)| counts.months.as_ref());
    let year = |months: &Months| {
        let firsts = (0..months.rows.len()).step_by(12);
        firsts.map(|month| month_and_year(months.day(month), language)).collect()
    };
    any.map_or_else(Vec::new, year)
}

// Before, month by month, after, undated, and what they come to.
fn numbers(present: &[(Register, RegisterCounts)], language: Language) -> TableView {
    let columns: Vec<(Register, &Months, u64)> = present
        .iter()
        .filter_map(|(of, counts)| Some((*of, counts.months.as_ref()?, counts.undated?)))
        .collect();
    let Some((_, any, _)) = columns.first() else { return TableView::default() };
    let row = |name: &str, count: &dyn Fn(&Months, u64) -> u64| {
        let counts = columns.iter().map(|(_, months, undated)| count(months, *undated));
        let mut row = vec![name.to_owned()];
        row.extend(counts.map(|count| number(count, language)));
        row
    };
    let [month, before, after, undated, all] = text::number_headings(language);
    let mut rows = vec![row(before, &|months, _| months.before)];
    for at in 0..any.rows.len() {
        let name = month_and_year(any.day(at), language);
        rows.push(row(&name, &|months, _| months.rows.get(at).copied().unwrap_or(0)));
    }
    rows.push(row(after, &|months, _| months.after));
    rows.push(row(undated, &|_, undated| undated));
    rows.push(row(all, &|months, undated| {
        months.before + months.rows.iter().sum::<u64>() + months.after + undated
    }));
    let mut headings = vec![month.to_owned()];
    headings.extend(columns.iter().map(|(of, ..)| register(*of, language).to_owned()));
    TableView { title: text::numbers_title(language).to_owned(), headings, texts: 1, rows }
}

fn work(row: &ProfileRow, source: &str, language: Language) -> WorkView {
    WorkView {
        profile: row.id.clone(),
        title: row.title.clone(),
        text: text::work(row, language),
        source: source.to_owned(),
    }
}

fn remarks(one: &ProfileCodes, language: Language) -> RemarksView {
    let mut remarks = Vec::new();
    if !one.absent.is_empty() {
        let names: Vec<String> =
            one.absent.iter().map(|of| register(*of, language).to_owned()).collect();
        remarks.push(text::absent_registers(&names, language));
    }
    if !one.zero.is_empty() {
        let codes: Vec<String> = one.zero.iter().map(titled).collect();
        remarks.push(text::zero(&codes, one.asked, language));
    }
    if !one.siblings.is_empty() {
        let named = |code: &super::codes::CodeCount| {
            let title = Pattern::new(code.code.system, &code.code.shown()).map(|of| titled(&of));
            let title = title.unwrap_or_else(|_| shown(&code.code));
            text::with_rows(&title, code.rows, language)
        };
        let codes: Vec<String> = one.siblings.iter().map(named).collect();
        remarks.push(text::siblings(&codes, language));
    }
    RemarksView { profile: one.profile.clone(), title: one.title.clone(), remarks }
}
