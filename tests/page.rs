//! The page's words and its arithmetic, tested without a browser: the feature `web` and its
//! dependencies are not needed for them, so these rooms are compiled in here once more.

#![allow(dead_code, reason = "only what the rooms' own tests use is called here")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::float_cmp)]

// The rooms say `crate::note` and `crate::view`.
use profilblik::{note, view};

#[path = "../src/web/text.rs"]
mod text;
#[path = "../src/web/window.rs"]
mod window;
