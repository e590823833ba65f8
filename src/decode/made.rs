//! Tables made out of a file of another kind.
//!
//! A workbook or a bundle becomes delimited text, one table for each sheet or register. So columns,
//! values, the account of lines and every later stage are those of any other table.

use super::{Refusal, SetAside};
use crate::note::Said;

/// A table made out of a file of another kind: delimited text (UTF-8, `;`, quoted where needed)
/// for the table reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MadeTable {
    /// Name of the sheet or of the register.
    pub name: String,
    /// The delimited text.
    pub text: Vec<u8>,
    /// What was set aside while making it; the line is the row of the sheet or the number of the
    /// resource. These lines are physical lines of the table, too.
    pub set_aside: Vec<SetAside>,
    /// What else a reader should know: a hidden sheet, cells that held an error, …
    pub remarks: Vec<Said>,
}

/// The tables of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// In the file's own order.
    pub tables: Vec<MadeTable>,
    /// Parts that are not read, such as one sheet.
    pub refused: Vec<Refusal>,
}
