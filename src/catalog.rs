//! What stands in `profiles/`, built in; dropped profiles join it.

use crate::profile::plan::Column;
use crate::profile::shared_sets::{self, SharedSet};
use crate::profile::{self, Checked};

/// File name and text of each built-in profile, in the order of the overview: opioids first,
/// then the elderly and their medicines. A test holds the list against the folder.
const PROFILES: &[(&str, &str)] = &[
    ("opioid_6mdr.toml", include_str!("../profiles/opioid_6mdr.toml")),
    ("opioid_uden_opfoelgning.toml", include_str!("../profiles/opioid_uden_opfoelgning.toml")),
    ("opioid_over_100.toml", include_str!("../profiles/opioid_over_100.toml")),
    ("opioid_psyk.toml", include_str!("../profiles/opioid_psyk.toml")),
    ("opioid_flag.toml", include_str!("../profiles/opioid_flag.toml")),
    ("triple_whammy.toml", include_str!("../profiles/triple_whammy.toml")),
    ("aeldre_polyfarmaci.toml", include_str!("../profiles/aeldre_polyfarmaci.toml")),
    ("dosisdispensering.toml", include_str!("../profiles/dosisdispensering.toml")),
    ("demens.toml", include_str!("../profiles/demens.toml")),
    ("osteoporose.toml", include_str!("../profiles/osteoporose.toml")),
    ("kol.toml", include_str!("../profiles/kol.toml")),
    ("astma.toml", include_str!("../profiles/astma.toml")),
    ("diabetes_type2.toml", include_str!("../profiles/diabetes_type2.toml")),
    ("iskaemisk_hjertesygdom.toml", include_str!("../profiles/iskaemisk_hjertesygdom.toml")),
    ("hjerteinsufficiens.toml", include_str!("../profiles/hjerteinsufficiens.toml")),
    ("hypertension.toml", include_str!("../profiles/hypertension.toml")),
    ("depression_angst.toml", include_str!("../profiles/depression_angst.toml")),
    ("svaer_psykisk_sygdom.toml", include_str!("../profiles/svaer_psykisk_sygdom.toml")),
    ("boern_unge.toml", include_str!("../profiles/boern_unge.toml")),
];

/// Lists of patients for whom a code may be missing, as profiles: a medicine, but not its diagnosis.
const MISSING_CODES: &[(&str, &str)] = &[
    ("demens.toml", include_str!("../profiles/quality/demens.toml")),
    ("osteoporose.toml", include_str!("../profiles/quality/osteoporose.toml")),
    ("diabetes.toml", include_str!("../profiles/quality/diabetes.toml")),
    ("luftveje.toml", include_str!("../profiles/quality/luftveje.toml")),
];

/// The file of the common columns.
const COLUMNS: (&str, &str) = ("kolonner.toml", include_str!("../profiles/columns/kolonner.toml"));

/// The built-in profiles, checked, in the order of the overview.
#[must_use]
pub fn built_in() -> Vec<Checked> {
    PROFILES.iter().map(|(name, text)| profile::check(name, text)).collect()
}

/// File names and texts of the built-in profiles, for `test` and for showing a profile as a file.
#[must_use]
pub const fn texts() -> &'static [(&'static str, &'static str)] {
    PROFILES
}

/// File names and texts of the lists of the page »Datakvalitet«; they are no part of the overview.
#[must_use]
pub const fn missing_codes() -> &'static [(&'static str, &'static str)] {
    MISSING_CODES
}

/// The code sets that profiles share, by name.
#[must_use]
pub fn code_sets() -> Vec<SharedSet> {
    shared_sets::all()
}

/// Columns that every list offers and shows when asked to; their keys are stable.
#[must_use]
pub fn common_columns() -> Vec<Column> {
    let (name, text) = COLUMNS;
    // The file is built in and a test holds that it is free of errors.
    profile::read_columns(name, text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::Level;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn every_file_of_the_folder_is_built_in() {
        let there = |folder: &str| -> BTreeSet<String> {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            let entries = std::fs::read_dir(folder).unwrap();
            let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
            names.filter(|name| name.ends_with(".toml")).collect()
        };
        let built: BTreeSet<String> = PROFILES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(there("profiles"), built);
        let built = MISSING_CODES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(there("profiles/quality"), built);
        assert_eq!(there("profiles/columns"), BTreeSet::from([COLUMNS.0.to_owned()]));
    }

    #[test]
    fn every_shared_code_set_of_the_folder_is_built_in_and_free_of_errors() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles/codesets");
        let mut there = BTreeSet::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            let set = shared_sets::read(&name, &text).unwrap_or_else(|notes| panic!("{notes:#?}"));
            assert!(code_sets().contains(&set), "{name} is not built in");
            there.insert(name);
        }
        let built: BTreeSet<String> = code_sets().into_iter().map(|set| set.name).collect();
        assert_eq!(there, built);
    }

    #[test]
    fn the_built_in_profiles_are_free_of_errors_and_advice() {
        for checked in built_in() {
            assert!(checked.plan.is_some(), "{}: {:#?}", checked.id, checked.notes);
            assert_eq!(checked.notes, [], "{}", checked.id);
        }
    }

    #[test]
    fn the_lists_of_missing_codes_are_free_of_errors_and_pass_their_own_tests() {
        for (name, text) in MISSING_CODES {
            let checked = profile::check(name, text);
            assert_eq!(checked.notes, [], "{name}");
            assert_eq!(*name, format!("{}.toml", checked.id));
            let plan = checked.plan.unwrap();
            assert!(!plan.header.sources.is_empty() && plan.tests.len() > 1, "{name}");
            for outcome in crate::evaluate::test_patients::run(&plan) {
                assert!(outcome.differences.is_empty(), "{name}: {outcome:?}");
            }
        }
    }

    #[test]
    fn the_lists_are_the_same_without_test_patients() {
        for ((name, text), whole) in PROFILES.iter().zip(built_in()) {
            let part = profile::check_without_tests(name, text);
            assert_eq!(part.notes, whole.notes, "{name}");
            let (part, mut whole) = (part.plan.unwrap(), whole.plan.unwrap());
            assert!(!whole.tests.is_empty(), "{name}");
            whole.tests.clear();
            let same = format!("{part:?}") == format!("{whole:?}");
            assert!(same, "{name}: [[test]] must stand last");
        }
    }

    #[test]
    fn a_profile_is_named_like_its_file() {
        for ((name, _), checked) in PROFILES.iter().zip(built_in()) {
            assert_eq!(*name, format!("{}.toml", checked.id));
        }
    }

    #[test]
    fn the_common_columns_can_be_read() {
        let (name, text) = COLUMNS;
        let notes = profile::read_columns(name, text).err().unwrap_or_default();
        assert!(notes.iter().all(|note| note.level != Level::Error), "{notes:#?}");
        let keys: Vec<_> = common_columns().into_iter().map(|column| column.key).collect();
        assert_eq!(keys, ["praeparater", "aarskontrol"]);
    }
}
