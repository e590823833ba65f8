//! Code sets that profiles share: where a name is looked for, what a file must say, and that a
//! fingerprint covers them (appendix D of the language).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use profilblik::catalog;
use profilblik::code::{Pattern, System};
use profilblik::note::Note;
use profilblik::profile::plan::{Body, CodeFilter, ColumnContent, Plan};
use profilblik::profile::{self, Checked, shared_sets};

const HEAD: &str = "format = 1\n[profil]\nid = \"x\"\nversion = \"1\"\ntitel = \"X\"\n";

fn check(criterion: &str, rest: &str) -> Checked {
    let population = "[population]\ninklusion = { alle = [\"a\"] }\n";
    profile::check("x.toml", &format!("{HEAD}[kriterie.a]\n{criterion}\n{population}{rest}"))
}

fn filter(checked: &Checked) -> CodeFilter {
    let plan = checked.plan.as_ref().unwrap_or_else(|| panic!("{:#?}", checked.notes));
    let Body::Select(selection) = &plan.criteria[0].body else { panic!() };
    selection.codes.clone().unwrap()
}

fn shown(patterns: &[Pattern]) -> Vec<String> {
    patterns.iter().map(|pattern| pattern.shown()).collect()
}

#[test]
fn a_name_that_the_profile_does_not_have_is_a_shared_set() {
    let found = filter(&check("register = \"medicin\"\nkodesaet = \"bzd_z\"", ""));
    assert_eq!(shown(&found.include), ["N05BA", "N05CD", "N05CF", "N03AE"]);
    assert_eq!((found.system, found.set_name.as_str()), (Some(System::Atc), "bzd_z"));
}

#[test]
fn the_exceptions_of_a_shared_set_hold_and_a_criterion_may_add_its_own() {
    let criterion = "register = \"medicin\"\nkodesaet = \"nsaid\"\nundtagen = [\"M01AH\"]";
    let found = filter(&check(criterion, ""));
    assert_eq!(shown(&found.except), ["M01AH", "M01AX05", "M01AX25", "M01AX26"]);
}

#[test]
fn the_profiles_own_set_of_the_same_name_wins() {
    let own = "[kodesaet.bzd_z]\nkoder = [\"N05CF\"]\n";
    let found = filter(&check("register = \"medicin\"\nkodesaet = \"bzd_z\"", own));
    assert_eq!(shown(&found.include), ["N05CF"]);
}

#[test]
fn a_set_that_is_nowhere_is_an_error_on_its_line_and_shared_names_are_suggested() {
    let checked = check("register = \"medicin\"\nkodesaet = \"bzd_s\"", "");
    let note = checked.notes.iter().find(|note| note.code == "unknown-code-set").unwrap();
    assert_eq!((note.place.line, note.place.column), (8, 12));
    assert_eq!(note.text.da, "ukendt kodesæt »bzd_s«");
    assert_eq!(note.hint.da, "mente du »bzd_z«?");
}

#[test]
fn the_fingerprint_covers_the_shared_sets_that_are_used() {
    let text = |name: &str| {
        let rest = "[population]\ninklusion = { alle = [\"a\"] }\n";
        format!("{HEAD}[kriterie.a]\nregister = \"medicin\"\n{name}\n{rest}")
    };
    let of = |text: &str| profile::check("x.toml", text).plan.unwrap().fingerprint;
    let shared = text("kodesaet = \"bzd_z\"");
    assert_ne!(of(&shared), profile::fingerprint(&shared), "more than the text of the profile");
    assert_eq!(of(&shared), of(&shared.replace('\n', "\r\n")));
    let alone = text("koder = [\"N05CF\"]");
    assert_eq!(of(&alone), profile::fingerprint(&alone), "nothing shared: the text alone");
}

const SET: &str = r#"format = 1
[kodesaet.s]
version = "1.0"
tekst = "S"
system = "ATC"
koder = ["N02A"]
undtagen = ["N02AA"]
kilde = "K"
[kodesaet.s.titler]
N02A = "Opioider"
N02AA = "Opiumalkaloider"
"#;

fn complaints(name: &str, text: &str) -> Vec<(u32, String)> {
    let all: Vec<Note> = shared_sets::read(name, text).err().unwrap_or_default();
    all.into_iter().map(|note| (note.place.line, note.code)).collect()
}

#[test]
fn a_shared_file_says_where_it_comes_from_and_titles_every_code() {
    assert_eq!(complaints("s", SET), []);
    let without = |line: &str| SET.replace(line, "");
    for (name, text, expected) in [
        ("s", without("version = \"1.0\"\n"), (2, "missing-key")),
        ("s", without("kilde = \"K\"\n"), (2, "missing-key")),
        ("s", without("tekst = \"S\"\n"), (2, "missing-key")),
        ("s", without("system = \"ATC\"\n"), (2, "missing-key")),
        ("s", without("N02AA = \"Opiumalkaloider\"\n"), (7, "missing-key")),
        ("s", without("undtagen = [\"N02AA\"]\n"), (8, "unknown-name")),
        ("s", SET.replace("N02A = \"Opioider\"", "N02A = 7"), (10, "wrong-type")),
        ("s", without("format = 1\n"), (1, "missing-key")),
        ("s", "format = 1\n".into(), (1, "missing-key")),
        ("t", SET.into(), (2, "unknown-name")),
    ] {
        let found = complaints(name, &text);
        let expected = (expected.0, expected.1.to_owned());
        assert!(found.contains(&expected), "{found:?} for {text}");
    }
    assert!(!complaints("s", "[kodesaet").is_empty());
}

fn filters(plan: &Plan) -> Vec<&CodeFilter> {
    let criteria = plan.criteria.iter().filter_map(|criterion| match &criterion.body {
        Body::Select(selection) => selection.codes.as_ref(),
        _ => None,
    });
    let columns = plan.columns.iter().filter_map(|column| match &column.content {
        ColumnContent::Records { selection, .. } => selection.codes.as_ref(),
        ColumnContent::Fields(_) => None,
    });
    criteria.chain(columns).collect()
}

#[test]
fn every_shared_set_is_used_and_its_codes_can_be_read() {
    let plans: Vec<Plan> = catalog::built_in().into_iter().map(|c| c.plan.unwrap()).collect();
    let used: BTreeSet<&str> =
        plans.iter().flat_map(filters).map(|filter| filter.set_name.as_str()).collect();
    for set in catalog::code_sets() {
        assert!(used.contains(set.name.as_str()), "{} is used by no profile", set.name);
        for code in set.codes.iter().chain(&set.except) {
            assert!(Pattern::new(set.system.unwrap(), code).is_ok(), "{}: {code}", set.name);
        }
    }
}

/// Against the project's own code list, where it is at hand.
#[test]
fn every_code_of_a_shared_set_stands_in_the_clinical_table() {
    let shared = std::env::var("PROFILBLIK_SHARED").unwrap_or_else(|_| "../shared".into());
    let path = std::path::PathBuf::from(shared).join("clinical/codes.csv");
    let Ok(text) = std::fs::read(path) else {
        eprintln!("NOTICE: skipped, the clinical code table is not here");
        return;
    };
    let rows = csv::Reader::from_reader(text.as_slice()).into_records();
    let table: BTreeSet<String> = rows.map(|row| row.unwrap()[3].to_owned()).collect();
    for set in catalog::code_sets() {
        for code in set.codes.iter().chain(&set.except) {
            // The table has one number of the home visits that »04*« stands for.
            let listed = table.contains(code) || code == "04*" && table.contains("0411");
            assert!(listed, "{}: {code} is not in the table", set.name);
        }
    }
}
