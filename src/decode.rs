//! Stage 1: dropped bytes → raw tables, streamed.
//!
//! [`probe`] looks at the first bytes of a file and says what it is; [`archive::Archive`] opens a
//! ZIP; tables are then pushed through [`crate::records::TableReader`] in slices of any size.

use crate::note::Said;
use crate::schema::Register;

pub mod archive;

/// How many first bytes [`probe`] wants (fewer only if the file is shorter).
pub const HEAD_BYTES: usize = 64 * 1024;

/// What a file is.
#[derive(Clone, Debug)]
pub enum Probe {
    /// A delimited table of a register.
    Table(Box<TableProbe>),
    /// A ZIP: read it whole and hand it to [`archive::Archive::open`].
    Archive,
    /// A profile (`.toml`).
    Profile,
    /// Cannot be read.
    Refused(Refusal),
}

/// How a table will be read.
#[derive(Clone, Debug)]
pub struct TableProbe {
    /// Which register it is.
    pub register: Register,
}

/// A file that is not read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Stable machine name: `empty`, `pdf`, `old-excel`, `excel`, `locked-archive`,
    /// `archive-too-large`, `broken-archive`, `not-a-table`, `no-cpr`, `unknown-table`, …
    pub code: &'static str,
    /// Names the file, says what is wrong and what to do.
    pub text: Said,
}

/// Says what a file is from its name, size and first [`HEAD_BYTES`].
#[must_use]
pub fn probe(name: &str, size: u64, head: &[u8]) -> Probe {
    let _ = (name, size, head);
    todo!("owner of decode")
}
