//! The inner loops of reading a table: where its cells stand ([`scan`], [`cut`]), which of them are
//! the same ([`intern`]), and in what order its rows come ([`sort`]).
//!
//! A package of its own because a compiler's level is set per package: the page is compiled for
//! size, and these loops, over every byte and every row, for speed. It knows nothing of exports.

pub mod cut;
pub mod intern;
pub mod scan;
pub mod sort;

/// Rows that one call of a pass over all rows deals with. Browsers compile well what is *called*
/// often; one long loop would run to its end in the code that they make first.
pub const ROWS_AT_ONCE: usize = 16 * 1024;
