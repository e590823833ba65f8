//! The CPR number of a patient block, carried down to the rows that leave it out.

use crate::decode::delimited::Block;
use crate::note::Said;

/// Whom the rows without a CPR number belong to.
#[derive(Debug)]
pub struct Carried {
    /// Columns that name a person; `None` = the table has no such blocks.
    personal: Option<Vec<usize>>,
    last: Option<u32>,
    /// Line of the last row.
    line: u32,
    /// Rows so far.
    rows: u64,
}

impl Carried {
    pub const fn new(personal: Option<Vec<usize>>) -> Self {
        Self { personal, last: None, line: 0, rows: 0 }
    }

    /// A row with a number of its own.
    #[inline]
    pub fn of(&mut self, patient: u32, block: &Block<'_>, row: usize) {
        if self.personal.is_some() {
            self.last = Some(patient);
            self.line = block.lines.get(row).copied().unwrap_or(0);
        }
    }

    /// Does the row belong to the patient above? Not across a line that is no row, not if it names
    /// a person itself, and not if it is empty or a total.
    pub fn fits(&mut self, block: &Block<'_>, row: usize) -> bool {
        let (Some(personal), Some(_)) = (&self.personal, self.last) else { return false };
        let line = block.lines.get(row).copied().unwrap_or(0);
        let broken = block.breaks.iter().any(|gap| self.line < *gap && *gap < line);
        let named = personal.iter().any(|at| !block.is_empty_cell(row, *at));
        let fits = !broken
            && !named
            && !block.is_blank(row)
            && !block.is_total(row)
            && !block.is_title(row);
        self.line = line;
        fits
    }

    /// Its patient, counted.
    pub fn take(&mut self) -> u32 {
        self.rows += 1;
        self.last.unwrap_or_default()
    }

    /// Something else stands here.
    pub const fn end(&mut self) {
        self.last = None;
    }

    /// Says how often it was done.
    pub fn remark(&self) -> Option<Said> {
        let rows = self.rows;
        (rows > 0).then(|| {
            Said::new(
                format!("CPR båret ned i {rows} rækker: listen har kun CPR på den første række for hver patient."),
                format!("CPR carried down to {rows} rows: the list has CPR on the first row of each patient only."),
            )
        })
    }
}
