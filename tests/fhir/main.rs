//! FHIR R4: what becomes of each kind of resource.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it finds something else than it expects"
)]

mod hostile;
mod mapping;
mod rows;
