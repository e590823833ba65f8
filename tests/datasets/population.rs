//! Populations that no one here made: every row is read or set aside, and nothing panics.

use std::fs;
use std::path::PathBuf;

use profilblik::schema::Register;
use profilblik::session::Input;

use crate::read_inputs;

/// The folder of files that no one here wrote; `None` with a notice where it is absent.
fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var("PROFILBLIK_SHARED").unwrap_or_else(|_| "../shared".into());
    let path = PathBuf::from(root).join("data").join(path);
    if !path.exists() {
        eprintln!("SKIPPED: {} is not here", path.display());
        return None;
    }
    Some(path)
}

/// Every file of a folder, and how many lines with content they have.
fn files(folder: &PathBuf) -> (Vec<Input>, u64) {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut lines = 0;
    let mut inputs = Vec::new();
    for path in paths {
        let bytes = fs::read(&path).unwrap();
        lines += String::from_utf8_lossy(&bytes).lines().filter(|l| !l.trim().is_empty()).count();
        inputs.push(Input::bytes(&path.file_name().unwrap().to_string_lossy(), bytes));
    }
    (inputs, lines as u64)
}

#[test]
fn fhir_of_others_is_read_to_the_last_resource() {
    let Some(folder) = shared("fhir-ndjson") else { return };
    let (inputs, resources) = files(&folder);
    let session = read_inputs(inputs);
    assert_eq!(session.refused(), []);
    let (mut rows, mut aside) = (0, 0);
    for source in &session.records().sources {
        let ledger = source.ledger;
        assert!(ledger.balanced(), "{}: {ledger:?}", source.name);
        assert_eq!(ledger.set_aside, source.set_aside.len() as u64);
        eprintln!("{}: {} rows, {} set aside", source.name, ledger.used, ledger.set_aside);
        rows += ledger.used;
        aside += ledger.set_aside;
    }
    // An observation of several components is several rows; no resource is less than one.
    assert!(rows + aside >= resources, "{rows} and {aside} of {resources}");
    for register in [Register::Patient, Register::Diagnose, Register::Proeve] {
        assert!(session.records().has(register), "{register:?}");
    }
    assert!(rows * 10 > (rows + aside) * 9, "most of it is of use: {rows}, {aside}");
}

/// Tables of OMOP or Synthea, where the folder has some.
#[test]
fn tables_of_others_are_read_to_the_last_line() {
    for name in ["omop", "synthea"] {
        let Some(folder) = shared(name) else { continue };
        let (inputs, _) = files(&folder);
        let count = inputs.len();
        let session = read_inputs(inputs);
        let sources = &session.records().sources;
        assert!(sources.iter().all(|source| source.ledger.balanced()));
        assert!(sources.len() + session.refused().len() >= count.min(1), "{name}");
        for (name, refusal) in session.refused() {
            assert!(["not-used", "dataset-too-large"].contains(&refusal.code), "{name}");
        }
    }
}
