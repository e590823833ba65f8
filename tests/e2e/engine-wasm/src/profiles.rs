//! The one profile there is: the text that the host has put here.

use std::cell::RefCell;

use profilblik::note::Language;
use profilblik::profile::{self, Checked};

use crate::outcome::{Misuse, Outcome};

thread_local! {
    static GIVEN: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

pub fn put(profile: Vec<u8>) {
    GIVEN.set(profile);
}

pub fn named(names: &[String]) -> Result<Vec<Checked>, Misuse> {
    let text = GIVEN.with_borrow(|bytes| String::from_utf8_lossy(bytes).into_owned());
    Ok(names.iter().map(|name| profile::check(name, &text)).collect())
}

pub fn usable(profile: &Checked, language: Language, outcome: &mut Outcome) -> bool {
    for note in &profile.notes {
        outcome.complaints.push(note.text.of(language).to_owned());
    }
    profile.plan.is_some()
}
