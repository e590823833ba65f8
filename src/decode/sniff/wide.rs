//! Lists with one row per patient, where a cell holds rows of another register.

use super::content::{Look, Sample};
use crate::decode::heading::{Synonyms, fold};
use crate::schema::{Field, Kind, Register};
use crate::sort;

/// A column whose cells hold rows of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wide {
    /// The register.
    pub register: Register,
    /// Position of the column.
    pub column: usize,
    /// Position of the column with its date.
    pub date: Option<usize>,
    /// Its heading.
    pub heading: String,
    /// Codes of the values, by folded unit.
    pub codes: Vec<(String, String)>,
}

/// The columns of a table with one row per patient that hold rows of other registers; none if it
/// could be a list of events as well.
pub fn columns(headings: &[String], key: usize, sample: &Sample<'_>) -> Vec<Wide> {
    if !is_unique(sample.cells(key)) {
        return Vec::new();
    }
    let own = (0..headings.len()).filter(|at| *at != key);
    let mut found: Vec<Wide> = own.filter_map(|at| wide(headings, at, sample)).collect();
    for wide in &mut found {
        wide.date = date_of(headings, wide.column);
    }
    let says = found.len() > 1 || found.iter().any(|wide| is_said(wide, sample));
    if !says || could_be_events(headings, &found, sample) {
        found.clear();
    }
    found
}

/// The headings, with those of wide columns and their dates left empty.
pub fn without(headings: &[String], wide: &[Wide]) -> Vec<String> {
    let is_wide = |at| wide.iter().any(|wide| wide.column == at || wide.date == Some(at));
    let kept = |(at, heading): (usize, &String)| {
        if is_wide(at) { String::new() } else { heading.clone() }
    };
    headings.iter().enumerate().map(kept).collect()
}

fn is_unique(cells: &[&str]) -> bool {
    let mut sorted = cells.to_vec();
    sort::plain(&mut sorted);
    sorted.windows(2).all(|pair| pair.first() != pair.last())
}

const LATEST: [&str; 4] = ["seneste", "sidste", "nyeste", "latest"];

fn latest(folded: &str) -> Option<&str> {
    LATEST.iter().find_map(|word| folded.strip_prefix(word))
}

/// A heading without what is in brackets: »HbA1c (mmol/mol)«.
fn name_of(heading: &str) -> String {
    let folded = fold(heading.split('(').next().unwrap_or(heading));
    latest(&folded).unwrap_or(&folded).to_owned()
}

fn wide(headings: &[String], at: usize, sample: &Sample<'_>) -> Option<Wide> {
    let heading = headings.get(at)?;
    let name = name_of(heading);
    let mut out: Option<Wide> = None;
    for line in include_str!("../../../profiles/formats/wide-columns.csv").lines().skip(1) {
        let mut cells = line.split(';');
        let (spelling, register) = (cells.next()?, cells.next()?);
        let register = Register::ALL.into_iter().find(|known| known.name() == register)?;
        if fold(spelling) != name || !fits(register, at, sample) {
            continue;
        }
        let (column, heading) = (at, heading.clone());
        let new = Wide { register, column, date: None, heading, codes: Vec::new() };
        let (unit, code) = (cells.next()?, cells.next()?);
        let codes = &mut out.get_or_insert(new).codes;
        if !code.is_empty() {
            codes.push((unit.to_owned(), code.to_owned()));
        }
    }
    out
}

fn fits(register: Register, at: usize, sample: &Sample<'_>) -> bool {
    let cells = sample.cells(at);
    let hits = |look: fn(&str) -> bool| cells.iter().filter(|cell| look(cell)).count() * 2;
    match register {
        Register::Proeve => {
            hits(|cell| cell.starts_with(|c: char| c.is_ascii_digit() || c == '<')) >= cells.len()
        }
        Register::Diagnose => hits(is_listed) >= cells.len(),
        _ => sample.share(at, Look::Date) == 0,
    }
}

fn is_listed(cell: &str) -> bool {
    let first = cell.split([' ', ',', ';', ':', '\n']).next().unwrap_or(cell);
    super::content::is_icpc(first) || super::content::is_icd(first)
}

/// Does the column say by itself that a row is a patient, not an event?
fn is_said(wide: &Wide, sample: &Sample<'_>) -> bool {
    let code = |part: &str| {
        let first = part.trim().split(' ').next().unwrap_or_default();
        is_listed(first) || (first.len() >= 5 && super::content::is_atc(first))
    };
    let several =
        |cell: &&str| cell.split([',', ';', '\n', '|']).filter(|part| code(part)).count() > 1;
    latest(&fold(&wide.heading)).is_some() || sample.cells(wide.column).iter().any(several)
}

/// »Dato HbA1c«, »HbA1c dato«, »Dato for seneste HbA1c«, or a bare »Dato« right behind a latest value.
fn date_of(headings: &[String], at: usize) -> Option<usize> {
    let own = headings.get(at)?;
    let name = name_of(own);
    let is_date = |heading: &String| {
        let folded = fold(heading);
        let rest = folded.strip_prefix("datofor").or_else(|| folded.strip_prefix("dato"));
        let rest = rest.or_else(|| folded.strip_suffix("dato"));
        rest.is_some_and(|rest| latest(rest).unwrap_or(rest) == name)
    };
    let bare = || {
        let next = headings.get(at + 1)?;
        (latest(&fold(own)).is_some() && fold(next) == "dato").then_some(at + 1)
    };
    headings.iter().position(is_date).or_else(bare)
}

/// Another column that dates or belongs to events.
fn could_be_events(headings: &[String], wide: &[Wide], sample: &Sample<'_>) -> bool {
    let is_wide = |at| wide.iter().any(|wide| wide.column == at || wide.date == Some(at));
    let mut others = headings.iter().enumerate().filter(|(at, _)| !is_wide(*at));
    others.any(|(at, heading)| {
        let is_personal = own(Register::Patient, heading, |_| true);
        let looks_dated = sample.share(at, Look::Date) >= 60;
        let of_events = |wide: &Wide| {
            own(wide.register, heading, |field| !is_personal || field.kind() == Kind::Date)
        };
        fold(heading) == "dato" || (looks_dated && !is_personal) || wide.iter().any(of_events)
    })
}

/// Does the heading mean such a field of this register, and not of all?
fn own(register: Register, heading: &str, is_such: impl Fn(Field) -> bool) -> bool {
    let fields = Synonyms::built_in().fields(register, heading);
    fields.iter().any(|(rank, field)| *rank < 100 && is_such(*field))
}
