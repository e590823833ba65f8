//! Rows of a table that a second worker has read: columns as bytes, so that they cross the border
//! as they are.

use serde::{Deserialize, Serialize};

use super::intern::Ids;
use super::load::{Reason, SetAside};
use super::raw::{LineRuns, RawColumn};
use crate::cpr::Cpr;

/// What a reader has of a table: rows, and the account of its lines. Numbers count from the
/// part's own beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub(super) lines: u64,
    pub(super) headers: u64,
    pub(super) blank: u64,
    pub(super) continuation: u64,
    /// Rows whose quotes are not doubled.
    pub(super) loose: u64,
    /// More was met than the rows of one table: the file must be read by one alone.
    pub(super) unfit: bool,
    aside: Words,
    #[serde(with = "serde_bytes")]
    reasons: Vec<u8>,
    /// Ten characters each.
    cprs: String,
    patient: PackedIds,
    columns: Vec<PackedColumn>,
    runs: Words,
    rows: u32,
    last_line: u32,
}

/// Numbers of 32 bits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Words(#[serde(with = "serde_bytes")] Vec<u8>);

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct PackedIds {
    /// Bytes of an id.
    width: usize,
    #[serde(with = "serde_bytes")]
    bytes: Vec<u8>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct PackedColumn {
    #[serde(with = "serde_bytes")]
    cells: Vec<u8>,
    ends: Words,
    ids: PackedIds,
}

/// What [`Part::pack`] takes.
pub(super) struct Contents<'a> {
    pub cprs: &'a [Cpr],
    pub patient: Ids,
    pub columns: Vec<RawColumn>,
    pub lines: &'a LineRuns,
    pub set_aside: &'a [SetAside],
}

impl Part {
    pub(super) fn pack(contents: Contents<'_>) -> Self {
        let Contents { cprs, patient, columns, lines, set_aside } = contents;
        let (runs, rows, last_line) = lines.packed();
        let place = |reason: Reason| Reason::ALL.iter().position(|known| *known == reason);
        Self {
            aside: Words::of(&set_aside.iter().map(|line| line.line).collect::<Vec<_>>()),
            reasons: set_aside
                .iter()
                .map(|line| place(line.reason).and_then(|at| u8::try_from(at).ok()).unwrap_or(0))
                .collect(),
            cprs: cprs.iter().flat_map(|cpr| [cpr.as_str(), "\n"]).collect(),
            patient: PackedIds::of(patient),
            columns: columns.into_iter().map(PackedColumn::of).collect(),
            runs: Words::of(&runs),
            rows,
            last_line,
            ..Self::default()
        }
    }

    /// Can it be joined to what another has read of the same table?
    #[must_use]
    pub const fn is_fit(&self) -> bool {
        !self.unfit
    }

    /// Its patients; rows name them by position.
    pub(super) fn cprs(&self) -> impl Iterator<Item = Cpr> {
        self.cprs.lines().filter_map(|cpr| Cpr::parse(cpr).ok())
    }

    /// The patient of each row, by position.
    pub(super) fn patient(&self) -> Ids {
        self.patient.unpack()
    }

    /// Lines set aside, `before` lines further down.
    pub(super) fn set_aside(&self, before: u32) -> impl Iterator<Item = SetAside> {
        self.aside.unpack().into_iter().zip(&self.reasons).map(move |(line, reason)| SetAside {
            line: line.saturating_add(before),
            reason: Reason::ALL.get(usize::from(*reason)).copied().unwrap_or(Reason::TooFewFields),
        })
    }

    /// Appends the rows to the columns of a reader of the same table.
    pub(super) fn append_to(&self, columns: &mut [RawColumn], lines: &mut LineRuns, before: u32) {
        for (mine, part) in columns.iter_mut().zip(&self.columns) {
            part.append_to(mine);
        }
        lines.append_packed(&self.runs.unpack(), (self.rows, self.last_line), before);
    }
}

impl Words {
    fn of(words: &[u32]) -> Self {
        Self(bytemuck::cast_slice(words).to_vec())
    }

    fn unpack(&self) -> Vec<u32> {
        bytemuck::pod_collect_to_vec(&self.0)
    }
}

impl PackedIds {
    fn of(ids: Ids) -> Self {
        let (width, bytes) = match ids {
            Ids::Narrow(ids) => (1, ids),
            Ids::Middle(ids) => (2, bytemuck::cast_slice(&ids).to_vec()),
            Ids::Wide(ids) => (4, bytemuck::cast_slice(&ids).to_vec()),
        };
        Self { width, bytes }
    }

    fn unpack(&self) -> Ids {
        match self.width {
            1 => Ids::Narrow(self.bytes.clone()),
            2 => Ids::Middle(bytemuck::pod_collect_to_vec(&self.bytes)),
            _ => Ids::Wide(bytemuck::pod_collect_to_vec(&self.bytes)),
        }
    }
}

impl PackedColumn {
    // Takes the column, so that not all of them are held twice.
    fn of(column: RawColumn) -> Self {
        let (cells, ends) = column.dictionary.packed();
        let (cells, ends) = (cells.to_vec(), Words::of(ends));
        Self { cells, ends, ids: PackedIds::of(column.ids) }
    }

    fn append_to(&self, column: &mut RawColumn) {
        let ends = self.ends.unpack();
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let map: Vec<u32> = starts
            .zip(&ends)
            .map(|(from, to)| {
                let cell = self.cells.get(from as usize..*to as usize).unwrap_or_default();
                column.dictionary.intern(cell)
            })
            .collect();
        let limit = column.dictionary.len();
        column.ids.append_mapped(&self.ids.unpack(), &map, limit);
    }
}
