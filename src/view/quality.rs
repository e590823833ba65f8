//! »Har vi gode nok data?«: what the registers hold, counted row by row, and which codes of the
//! profiles the file does not have. The page says it with [`page::page`].
//!
//! Every row that was used has one place: `rows + copies = used`, and
//! `before + months + after + undated = rows`.

use serde::{Serialize, Serializer};

use crate::day::Day;
use crate::profile::plan::Plan;
use crate::records::{Reason, Records, Standing};
use crate::schema::Register;

pub mod codes;
pub mod months;
pub mod page;
pub mod profiles;
pub mod tally;

use codes::CodeCount;
use months::Months;
use profiles::ProfileCodes;

/// What is counted.
#[derive(Clone, Copy)]
pub struct Topic<'a> {
    /// Everything that was read.
    pub records: &'a Records,
    /// Key, title and plan of each profile.
    pub profiles: &'a [(&'a str, &'a str, &'a Plan)],
    /// The day of the export (rule R1 without a choice): what is dated later is implausible.
    pub export_day: Day,
    /// The index date in force.
    pub index_date: Day,
}

/// Everything that was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quality {
    /// All seven registers; `None` where the export has no such register.
    #[serde(serialize_with = "by_register")]
    pub registers: Vec<(Register, Option<RegisterCounts>)>,
    /// Each profile that has something to say.
    pub profiles: Vec<ProfileCodes>,
    /// Profiles of which every code is in the file and no sibling is.
    pub profiles_without_remark: u64,
}

/// One register. `None` = the question has no meaning here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RegisterCounts {
    /// Physical lines of its tables.
    pub lines: u64,
    /// Lines that became rows.
    pub used: u64,
    /// Lines set aside.
    pub set_aside: u64,
    /// The same by reason.
    #[serde(serialize_with = "as_map")]
    pub reasons: Vec<(Reason, u64)>,
    /// Rows that say what another row says (rule R6): counted once.
    pub copies: u64,
    /// Rows without them.
    pub rows: u64,
    /// Rows without an event date, or with one that cannot be read.
    pub undated: Option<u64>,
    /// Rows dated after the day of the export.
    pub after_export: Option<u64>,
    /// Rows dated after the index date.
    pub after_index: Option<u64>,
    /// Rows without any code, in registers that have a code column.
    pub without_code: Option<u64>,
    /// Rows with a code that does not have the form of its system.
    pub unknown_code_rows: Option<u64>,
    /// The most frequent of them.
    pub unknown_codes: Vec<CodeCount>,
    /// Dated rows by month.
    pub months: Option<Months>,
    /// Patients with a row here.
    pub patients: u64,
    /// Of these, not in the patient list; `None` without such a list.
    pub not_in_list: Option<u64>,
    /// Of these, passing guests.
    pub passing: Option<u64>,
    /// Of these, deceased.
    pub dead: Option<u64>,
}

/// Counts; looks at every row once.
#[must_use]
pub fn quality(topic: &Topic<'_>) -> Quality {
    let tallies: Vec<tally::Tally> =
        Register::ALL.into_iter().map(|of| tally::tally(topic, of)).collect();
    let occurring: Vec<_> = Register::ALL
        .into_iter()
        .zip(&tallies)
        .map(|(of, tally)| codes::occurring(topic.records, of, tally))
        .collect();
    let registers = Register::ALL.into_iter().zip(&tallies).zip(&occurring);
    let (profiles, profiles_without_remark) = profiles::profiles(topic, &occurring);
    Quality {
        registers: registers
            .map(|((of, tally), codes)| {
                (of, topic.records.has(of).then(|| register(topic, of, tally, codes)))
            })
            .collect(),
        profiles,
        profiles_without_remark,
    }
}

fn register(
    topic: &Topic<'_>,
    of: Register,
    tally: &tally::Tally,
    codes: &[CodeCount],
) -> RegisterCounts {
    let mut counts = ledger(topic.records, of);
    counts.copies = topic.records.copies(of);
    counts.rows = counts.used.saturating_sub(counts.copies);
    counts.patients = tally.standings.values().sum();
    if topic.records.has(Register::Patient) {
        let with = |standing| tally.standings.get(&standing).copied().unwrap_or(0);
        counts.not_in_list = (of != Register::Patient).then(|| with(Standing::NotInRegister));
        counts.passing = Some(with(Standing::Passant));
        counts.dead = Some(with(Standing::Dead));
    }
    if of == Register::Patient {
        return counts;
    }
    counts.undated = Some(tally.undated);
    counts.after_export = Some(tally.after_export);
    counts.after_index = Some(tally.after_index);
    counts.months = Some(months::months(tally, of));
    if codes::is_coded(of) {
        let (rows, most) = codes::unknown(codes);
        counts.without_code = Some(tally.without_code);
        counts.unknown_code_rows = Some(rows);
        counts.unknown_codes = most;
    }
    counts
}

fn ledger(records: &Records, of: Register) -> RegisterCounts {
    let mut counts = RegisterCounts::default();
    for source in records.sources.iter().filter(|source| source.register == of) {
        counts.lines += source.ledger.physical;
        counts.used += source.ledger.used;
        counts.set_aside += source.ledger.set_aside;
    }
    let lines = || records.sources.iter().filter(|s| s.register == of).flat_map(|s| &s.set_aside);
    let count =
        |reason: &Reason| (*reason, lines().filter(|line| line.reason == *reason).count() as u64);
    counts.reasons = Reason::ALL.iter().map(count).filter(|(_, lines)| *lines > 0).collect();
    counts
}

fn as_map<S: Serializer>(reasons: &[(Reason, u64)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(reasons.iter().map(|(reason, lines)| (reason.name(), lines)))
}

fn by_register<S: Serializer>(
    registers: &[(Register, Option<RegisterCounts>)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(registers.iter().map(|(register, counts)| (register.name(), counts)))
}
