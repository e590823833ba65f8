//! **Profilblik** evaluates population-care profiles on a general practice's export, entirely
//! inside the browser. This library is the engine, its page, and its command line.
//!
//! # The stages
//!
//! | # | stage | in → out | fails how |
//! |---|---|---|---|
//! | 1 | [`decode`] | dropped bytes → raw tables, streamed (cells as byte ranges with line numbers; container, encoding, separator solved) | a file that cannot be read: one diagnostic, the others go on |
//! | 2 | [`records`] | raw tables + column map → typed columns, sorted by patient, origin kept per row | bad row set aside, counted, named by file and line |
//! | 3 | [`profile`] read | profile text → document as written | all errors, with line and hint |
//! | 4 | [`profile`] compile | document + code sets → checked flat plan | all errors; refuses to run |
//! | 5 | [`evaluate`] | plan + records + index date → verdict per patient and criterion, columns, markers | never; unknown is a verdict |
//! | 5b | [`evaluate::explain`] | the same + one patient → verdicts with evidence, assumptions, nearest miss | never |
//! | 6 | [`measures`] | populations + denominators → figures | a missing denominator is a value, not 0 |
//! | 7 | [`view`] | results → view models (text, dd-mm-yyyy, row window) | never |
//! | 8 | `web` | view models → DOM | – |
//! | alt 5–6 | [`normalise`], [`sql`] | records → typed tables; the same plan → SQL text for another engine | never; every part of a plan has a translation |
//!
//! Nothing in 1–7 reads a clock, the DOM, storage or the network; the index date is an argument.
//!
//! # Rooms, in the order of dependency
//!
//! words ([`day`] [`amount`] [`ratio`] [`code`] [`cpr`] [`truth`] [`marks`] [`note`] [`schema`] [`sort`], and short
//! texts: [`token`] [`dosage`] [`dose`] [`strength`] [`form`]) → [`decode`] → [`records`];
//! records → [`opioid`]; words → [`profile`] → [`catalog`]; records + opioid + profile →
//! [`evaluate`] → [`measures`] → [`view`] → [`session`] → `web` → binaries. Beside them,
//! evaluate + opioid → [`normalise`], profile → [`sql`]. `tests/layers.rs` holds this. Below them all,
//! in a package of its own that is compiled for speed (`crates/rows`): the loops over every byte and
//! row of a table.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod amount;
pub mod code;
pub mod cpr;
pub mod day;
pub mod dosage;
pub mod dose;
pub mod form;
pub mod marks;
pub mod note;
pub mod ratio;
pub mod schema;
pub mod sort;
pub mod strength;
pub mod token;
pub mod truth;

pub mod decode;
pub mod records;

pub mod catalog;
pub mod profile;

pub mod opioid;

pub mod evaluate;
pub mod measures;

pub mod normalise;
pub mod sql;

pub mod demo;
pub mod pack;
pub mod protocol;
pub mod session;
pub mod view;

#[cfg(feature = "web")]
pub mod web;
