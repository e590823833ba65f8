//! Workbooks: random sheets give the cells that were written, and the files
//! of others are read or refused clearly.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it finds something else than it expects"
)]

mod others;
mod random;
mod session;
mod writer;
