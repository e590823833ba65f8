//! Opioids in oral morphine equivalents (rule R18), defined daily doses (R17b), substances (R12).
//!
//! | room | does |
//! |---|---|
//! | [`mod@table`] | the factor table: `profiles/factors/opioider.toml`, read when first asked for |
//! | [`choose`] | whose factors: the own, one source's, lowest, highest, typed |
//! | [`factor`] | a row's medicine and route → its line in the table |
//! | [`dose`] | a row's cells → daily dose in the unit of the factor, or why not |
//! | [`doses`] | the same for every opioid row of a file, each distinct row once |
//! | [`order`] | rows → orders that run on a day |
//! | [`sum`] | orders → fixed sum, as-needed sum, span over the sources |
//! | [`receipt`] | the sum, line by line |
//! | [`defined`] | a row's number of defined daily doses |
//!
//! For an overview only. Factors for switching between medicines are other numbers, and are left
//! out on purpose.

pub mod choose;
pub mod defined;
pub mod dose;
pub mod doses;
pub mod factor;
pub mod order;
mod read;
pub mod receipt;
pub mod sum;
pub mod table;

pub use choose::FactorSet;
pub use doses::Doses;
pub use receipt::Receipt;
pub use sum::Sum;
pub use table::{Table, table};
