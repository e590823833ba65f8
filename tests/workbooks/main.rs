//! Workbooks: the same clinic gives the same answers, random sheets the same cells, and the files
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
mod same;
mod session;
mod writer;
