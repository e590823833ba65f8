//! The one file there is: the bytes that the host has put here.

use std::cell::RefCell;
use std::path::PathBuf;

use profilblik::day::Day;
use profilblik::session::Input;

use crate::outcome::Misuse;

thread_local! {
    static GIVEN: RefCell<(Vec<u8>, Day)> = const { RefCell::new((Vec::new(), Day(0))) };
}

pub fn put(export: Vec<u8>, today: Day) {
    GIVEN.set((export, today));
}

pub fn files(_: &[PathBuf]) -> Result<Vec<Input>, Misuse> {
    Ok(vec![Input::bytes("export.zip", GIVEN.with_borrow(|(export, _)| export.clone()))])
}

pub fn today() -> Day {
    GIVEN.with_borrow(|(_, today)| *today)
}
