//! `pack`: the built page as one self-contained file. Trunk calls it after each build.

use std::env;
use std::path::PathBuf;

use profilblik::note::Language;

use crate::outcome::{Misuse, Outcome};
use crate::words::say;

/// Packs the folder, or the one that Trunk names in the environment.
pub fn run(folder: Option<PathBuf>, language: Language) -> Result<Outcome, Misuse> {
    let folder = folder.or_else(|| env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from));
    let folder = folder.ok_or_else(|| Misuse::new("ingen mappe angivet", "no folder given"))?;
    // Debug builds are packed quickly rather than small.
    let fast = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "debug");
    let mut outcome = Outcome::default();
    match profilblik::pack::run(&folder, fast) {
        Ok(packed) => {
            let said = say(language, "pakket: wasm", "packed: wasm");
            outcome.text = format!(
                "{said} {} B, html {} B, SHA-256 {}\n",
                packed.wasm, packed.html, packed.sha256
            );
        }
        Err(error) => outcome.refuse(&format!("profilblik pack: {error}")),
    }
    Ok(outcome)
}
