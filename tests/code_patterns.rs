//! Patterns of profiles against codes of exports (rule R5). The codes are examples of the language's
//! own document; no rule of the program rests on them.

#![allow(clippy::unwrap_used)]

use profilblik::code::{Code, Pattern, PatternError, System};

fn matches(system: System, pattern: &str, code: &str) -> bool {
    Pattern::new(system, pattern).unwrap().matches(&Code::new(system, code).unwrap())
}

#[test]
fn atc_is_hierarchical() {
    assert!(matches(System::Atc, "N06DA", "n06da02 "));
    assert!(matches(System::Atc, "N06DA*", "N06DA02"));
    assert!(!matches(System::Atc, "N06DA02", "N06DA"));
    assert_eq!(Pattern::new(System::Atc, "N06DA0"), Err(PatternError::AtcLength(6)));
    assert_eq!(Pattern::new(System::Atc, " "), Err(PatternError::Empty));
}

#[test]
fn icpc_splits_at_the_dot_only() {
    assert!(matches(System::Icpc, "L95", " l95"));
    assert!(matches(System::Icpc, "P76", "P76.01"));
    assert!(!matches(System::Icpc, "L95", "L950"));
    assert!(matches(System::Icpc, "L9*", "L950"));
    assert!(matches(System::Icpc, "P76.01", "P 76.01"));
    assert!(!matches(System::Icpc, "P76.01", "P76"));
}

#[test]
fn sks_prefix_and_dots_are_ignored() {
    assert!(matches(System::Icd10, "E11", "DE11"));
    assert!(matches(System::Icd10, "D50", "DD50"));
    assert!(matches(System::Icd10, "D50", "D50"));
    assert!(matches(System::Icd10, "Z515", "DZ51.5"));
    assert!(!matches(System::Icd10, "E11", "E119"));
    assert!(matches(System::Icd10, "E11*", "DE119"));
}
