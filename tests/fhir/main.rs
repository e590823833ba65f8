//! FHIR R4: what becomes of each kind of resource, and that one clinic gives one answer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it finds something else than it expects"
)]

mod hostile;
mod mapping;
mod same;
mod writer;
