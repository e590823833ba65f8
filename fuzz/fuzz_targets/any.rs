//! One binary for all targets: `PROFILBLIK_FUZZ` names the one.
#![no_main]

#[path = "../../tests/fuzz/targets.rs"]
mod targets;
#[allow(dead_code)]
#[path = "../../tests/workbooks/writer.rs"]
mod workbook;

use std::sync::LazyLock;

static TARGET: LazyLock<targets::Target> = LazyLock::new(|| {
    let name = std::env::var("PROFILBLIK_FUZZ").expect("PROFILBLIK_FUZZ names a target");
    let found = targets::ALL.iter().find(|(known, _)| *known == name);
    found.unwrap_or_else(|| panic!("no target {name}")).1
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| TARGET(bytes));
