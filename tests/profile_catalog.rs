//! The built-in profiles: codes as in their sources, wording within its limits, test patients that
//! show every verdict.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use profilblik::amount::Amount;
use profilblik::catalog;
use profilblik::code::{Code, System};
use profilblik::evaluate::test_patients;
use profilblik::profile::plan::{Body, CodeFilter, ColumnContent, Op, Plan, Test};
use profilblik::truth::Truth;

fn plans() -> Vec<Plan> {
    catalog::built_in().into_iter().map(|checked| checked.plan.unwrap()).collect()
}

fn plan(id: &str) -> Plan {
    plans().into_iter().find(|plan| plan.header.id == id).unwrap()
}

fn codes<'p>(plan: &'p Plan, criterion: &str) -> &'p CodeFilter {
    let found = plan.criteria.iter().find(|c| c.id == criterion).unwrap();
    let Body::Select(selection) = &found.body else { panic!("{criterion} is not simple") };
    selection.codes.as_ref().unwrap()
}

fn shown(filter: &CodeFilter) -> BTreeSet<String> {
    filter.include.iter().map(|pattern| pattern.shown()).collect()
}

fn set(codes: &[&str]) -> BTreeSet<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

#[test]
fn dementia_asks_for_exactly_the_codes_of_its_source() {
    let plan = plan("demens");
    assert_eq!(shown(codes(&plan, "diagnose")), set(&["P70", "P20", "P15"]));
    let drugs = set(&["N06DA02", "N06DA03", "N06DA04", "N06DX01"]);
    assert_eq!(shown(codes(&plan, "middel")), drugs);
    assert_eq!(shown(codes(&plan, "antipsykotika")), set(&["N05A"]));
}

#[test]
fn dementia_shows_every_column_that_its_source_names() {
    let plan = plan("demens");
    let titles: Vec<&str> = plan.columns.iter().map(|column| column.title.as_str()).collect();
    for title in [
        "Adresse",
        "Psykiatriske diagnoser",
        "Antipsykotika",
        "Antidepressiva",
        "Benzodiazepiner",
        "Benzodiazepinlignende",
        "MMSE",
        "BASIC",
        "EKG",
        "Næste aftale",
    ] {
        assert!(titles.contains(&title), "{title} is missing among {titles:?}");
    }
}

#[test]
fn opioid_and_psychiatric_codes_are_those_of_the_source() {
    let plan = plan("opioid_psyk");
    assert_eq!(shown(codes(&plan, "opioid")), set(&["N02A"]));
    assert_eq!(shown(codes(&plan, "diagnose")), set(&["P15", "P19", "P74", "P76"]));
}

#[test]
fn the_opioid_limit_is_that_of_the_source() {
    let plan = plan("opioid_over_100");
    assert_eq!(shown(codes(&plan, "over_100")), set(&["N02A"]));
    let found = plan.criteria.iter().find(|c| c.id == "over_100").unwrap();
    let Body::Select(selection) = &found.body else { panic!("over_100 is not simple") };
    let Some(Test::Value(compare)) = &selection.test else { panic!("no limit") };
    assert_eq!((compare.op, compare.limit), (Op::Greater, Amount::whole(100)));
    assert!(plan.header.caveat.contains("omregning ved skift"), "{}", plan.header.caveat);
}

fn matches(filter: &CodeFilter, code: &str) -> bool {
    let code = Code::new(System::Atc, code).unwrap();
    let any = |patterns: &[profilblik::code::Pattern]| patterns.iter().any(|p| p.matches(&code));
    any(&filter.include) && !any(&filter.except)
}

#[test]
fn triple_whammy_counts_combinations_in_both_groups_and_leaves_glucosamine_out() {
    let plan = plan("triple_whammy");
    let groups = |code: &str| {
        ["nsaid", "ace_at2", "diuretikum"].map(|group| matches(codes(&plan, group), code))
    };
    for (code, expected) in [
        ("M01AE01", [true, false, false]),
        ("M01AX05", [false, false, false]),
        ("M01AX25", [false, false, false]),
        ("M01AX26", [false, false, false]),
        ("M05BX05", [false, false, false]),
        ("N02AJ08", [true, false, false]),
        ("N02AJ06", [false, false, false]),
        ("N02AJ13", [false, false, false]),
        ("C09AA02", [false, true, false]),
        ("C09BA02", [false, true, true]),
        ("C09BB04", [false, true, false]),
        ("C09DA01", [false, true, true]),
        ("C09DX01", [false, true, true]),
        ("C09DX04", [false, true, false]),
        ("C10BX10", [false, true, false]),
        ("C03CA01", [false, false, true]),
        ("C07BB02", [false, false, true]),
        ("C09XA52", [false, false, true]),
        ("C09XA02", [false, false, false]),
    ] {
        assert_eq!(groups(code), expected, "{code}");
    }
}

/// Against the project's own code list, where it is at hand.
#[test]
fn code_lists_agree_with_the_clinical_table() {
    let shared = std::env::var("PROFILBLIK_SHARED").unwrap_or_else(|_| "../shared".into());
    let Ok(text) = std::fs::read(PathBuf::from(shared).join("clinical/codes.csv")) else {
        eprintln!("NOTICE: skipped, the clinical code table is not here");
        return;
    };
    let mut table: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for row in csv::Reader::from_reader(text.as_slice()).records() {
        let row = row.unwrap();
        let [profile, role, system, code] = [0, 1, 2, 3].map(|at| row[at].to_owned());
        if system == "ATC" || system.starts_with("ICPC") {
            table.entry((profile, role)).or_default().insert(code);
        }
    }
    let listed = |profile: &str, role: &str| table[&(profile.into(), role.into())].clone();
    let dementia = plan("demens");
    let mut included = shown(codes(&dementia, "diagnose"));
    included.extend(shown(codes(&dementia, "middel")));
    assert_eq!(included, listed("demens", "inklusion"));
    let columns: BTreeSet<String> = dementia
        .columns
        .iter()
        .filter_map(|column| match &column.content {
            ColumnContent::Records { selection, .. } => selection.codes.as_ref(),
            ColumnContent::Fields(_) => None,
        })
        .flat_map(shown)
        .collect();
    for code in listed("demens", "kolonne") {
        assert!(columns.contains(&code), "{code} has no column");
    }
    let triple = plan("triple_whammy");
    let mut nsaid = listed("triple_whammy", "A: NSAID");
    nsaid.extend(listed("triple_whammy", "A: NSAID (kombi)"));
    assert_eq!(shown(codes(&triple, "nsaid")), nsaid);
    let except = codes(&triple, "nsaid").except.iter().map(|p| p.shown()).collect::<BTreeSet<_>>();
    assert_eq!(except, listed("triple_whammy", "A: NSAID (undtag)"));
    assert_eq!(shown(codes(&triple, "ace_at2")), listed("triple_whammy", "B: ACE/ARB"));
    assert_eq!(shown(codes(&triple, "diuretikum")), listed("triple_whammy", "C: diuretikum"));
}

/// Codes of the table of opioid flags: `N06AB*`, `N02AJ06-09`, `W90-W93`, `J96*`, `Z51.5`.
fn flag_codes(folder: &std::path::Path) -> BTreeSet<String> {
    let text = std::fs::read_to_string(folder.join("flags.csv")).unwrap();
    let mut codes = BTreeSet::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && !"*-.".contains(c)) {
        let word = word.trim_end_matches('.');
        codes.insert(word.replace('.', "").trim_end_matches('*').to_owned());
        codes.insert(word.replace('.', ""));
        let Some((first, last)) = word.split_once('-') else { continue };
        let stem = first.trim_end_matches(|c: char| c.is_ascii_digit());
        let last = last.trim_start_matches(stem);
        if let (Ok(from), Ok(to)) = (first[stem.len()..].parse(), last.parse::<u32>()) {
            codes.extend((from..=to).map(|number| format!("{stem}{number:02}")));
        }
    }
    codes
}

/// Every code that a profile writes stands in the table, or in what the table says of a code.
#[test]
fn no_code_is_outside_the_clinical_table() {
    let shared = std::env::var("PROFILBLIK_SHARED").unwrap_or_else(|_| "../shared".into());
    let folder = PathBuf::from(shared).join("clinical");
    let Ok(text) = std::fs::read(folder.join("codes.csv")) else {
        eprintln!("NOTICE: skipped, the clinical code table is not here");
        return;
    };
    let rows = csv::Reader::from_reader(text.as_slice()).into_records();
    let mut table: BTreeSet<String> = rows.map(|row| row.unwrap()[3].to_owned()).collect();
    table.extend(flag_codes(&folder));
    // Diabetes medicines given for more than diabetes; tramadol; home visits. The table names them
    // in its remarks, and the opioid tables beside it.
    let remarked =
        set(&["A10BJ", "A10BK01", "A10BK03", "N02AX02", "N02AJ13", "N02AJ15", "04*", "G473*"]);
    for plan in plans() {
        let of_criteria = plan.criteria.iter().filter_map(|criterion| match &criterion.body {
            Body::Select(selection) => selection.codes.as_ref(),
            _ => None,
        });
        let of_columns = plan.columns.iter().filter_map(|column| match &column.content {
            ColumnContent::Records { selection, .. } => selection.codes.as_ref(),
            ColumnContent::Fields(_) => None,
        });
        for filter in of_criteria.chain(of_columns) {
            for code in filter.include.iter().chain(&filter.except).map(|p| p.shown()) {
                let known = table.contains(&code) || remarked.contains(&code);
                assert!(known, "{}: {code} is not in the table", plan.header.id);
            }
        }
    }
}

#[test]
fn a_text_search_and_what_it_means_are_told_in_the_caveat() {
    for plan in plans() {
        let of_criteria = plan.criteria.iter().filter_map(|criterion| match &criterion.body {
            Body::Select(selection) => Some(selection),
            _ => None,
        });
        let of_columns = plan.columns.iter().filter_map(|column| match &column.content {
            ColumnContent::Records { selection, .. } => Some(&**selection),
            ColumnContent::Fields(_) => None,
        });
        let searches =
            of_criteria.chain(of_columns).any(|selection| !selection.name_contains.is_empty());
        let told = plan.header.caveat.contains("søge");
        assert!(!searches || told, "{}: a text search without a caveat", plan.header.id);
    }
}

/// A flag of the opioid profile says everything that one needs to check it.
#[test]
fn every_opioid_flag_says_its_label_rule_source_and_what_clears_it() {
    let plan = plan("opioid_flag");
    for marker in &plan.markers {
        for words in [&marker.name, &marker.rule, &marker.source, &marker.clears] {
            assert!(!words.is_empty(), "{}", marker.id);
        }
    }
    let off: Vec<&str> = plan.markers_off().map(|marker| marker.id.as_str()).collect();
    let expected = [
        "op_fornyet_uden_fremmoede",
        "op_psyk_misbrug_udvidet",
        "op_over_90_120",
        "op_tramadol_kodein",
        "op_koersel",
    ];
    assert_eq!(off, expected);
    assert_eq!(shown(codes(&plan, "kaps")), set(&["P15", "P19", "P74", "P76"]));
    assert_eq!(shown(codes(&plan, "p18")), set(&["P18"]));
}

/// Every flag of the table is a marker, or the caveat says why it is none.
#[test]
fn every_flag_of_the_table_is_a_marker_or_told_in_the_caveat() {
    let shared = std::env::var("PROFILBLIK_SHARED").unwrap_or_else(|_| "../shared".into());
    let Ok(text) = std::fs::read(PathBuf::from(shared).join("clinical/flags.csv")) else {
        eprintln!("NOTICE: skipped, the table of flags is not here");
        return;
    };
    let plan = plan("opioid_flag");
    let rows = csv::Reader::from_reader(text.as_slice()).into_records();
    let rows: Vec<csv::StringRecord> = rows.map(Result::unwrap).collect();
    let ids: BTreeSet<&str> = rows.iter().map(|row| &row[0]).collect();
    for row in &rows {
        let (id, on) = (&row[0], &row[8]);
        let of = |marker: &&profilblik::profile::plan::Marker| {
            let level = marker.id.starts_with(&format!("{id}_")) && !ids.contains(&*marker.id);
            marker.id == *id || level
        };
        let markers: Vec<_> = plan.markers.iter().filter(of).collect();
        if id == "op_flere_ordinatorer" {
            assert!(markers.is_empty() && plan.header.caveat.contains("flere ordinatorer"));
            continue;
        }
        assert!(!markers.is_empty(), "{id} is no marker");
        for marker in markers {
            assert_eq!(marker.on, on.starts_with("ja"), "{id}: on as the table says");
        }
    }
}

/// Every version of the long-term user, and every sign of the next one, that the table numbers.
#[test]
fn opioid_flags_have_every_version_and_sign_of_the_table() {
    let shared = std::env::var("PROFILBLIK_SHARED").unwrap_or_else(|_| "../shared".into());
    let Ok(text) = std::fs::read_to_string(PathBuf::from(shared).join("clinical/flags.csv")) else {
        eprintln!("NOTICE: skipped, the table of flags is not here");
        return;
    };
    let row = |id: &str| text.lines().find(|line| line.starts_with(&format!("{id},"))).unwrap();
    let plan = plan("opioid_flag");
    let named = |id: &str| match &plan.criteria.iter().find(|one| one.id == id).unwrap().body {
        Body::Group(group) => group.of.len(),
        _ => 0,
    };
    let lettered = ["(a)", "(b)", "(c)"].iter().filter(|one| row("op_langtid").contains(**one));
    let choice = plan.choices().find(|choice| choice.criterion.id == "langtid");
    let options = choice.unwrap().alternatives.len();
    assert_eq!((lettered.count() + 1, options), (4, 4));
    let signs = (1..=5).filter(|sign| row("op_naeste_langtid").contains(&format!("({sign}) ")));
    let signs = signs.count();
    assert_eq!((signs, named("mindst_et_tegn"), named("mindst_tre_tegn")), (5, 5, 5));
}

/// What a marker says is where to look, never what to do with a treatment.
#[test]
fn markers_never_say_start_stop_or_dose() {
    for plan in plans() {
        for marker in &plan.markers {
            let said = marker.action.to_lowercase();
            let words: Vec<&str> = said.split(|c: char| !c.is_alphabetic()).collect();
            for command in ["start", "stop", "seponer", "øg", "nedsæt", "ring", "indkald", "skift"]
            {
                assert!(!words.contains(&command), "{}: `{command}` in `{said}`", plan.header.id);
            }
        }
    }
}

#[test]
fn test_patients_expect_every_verdict_of_every_criterion_and_marker() {
    for plan in plans() {
        let expected = |pick: fn(&profilblik::profile::plan::Expected) -> &[(String, Truth)]| {
            let all = plan.tests.iter().flat_map(move |test| pick(&test.expected));
            all.cloned().collect::<BTreeSet<(String, Truth)>>()
        };
        let criteria = expected(|e| &e.criteria);
        for criterion in &plan.criteria {
            let possible = [Truth::Yes, Truth::No, Truth::Unknown];
            for truth in possible.into_iter().filter(|truth| criterion.can_be(*truth)) {
                let seen = criteria.contains(&(criterion.id.clone(), truth));
                assert!(seen, "{}: {} never {truth:?}", plan.header.id, criterion.id);
            }
        }
        let markers = expected(|e| &e.markers);
        for marker in &plan.markers {
            for truth in [Truth::Yes, Truth::No, Truth::Unknown] {
                let seen = markers.contains(&(marker.id.clone(), truth));
                assert!(seen, "{}: marker {} never {truth:?}", plan.header.id, marker.id);
            }
        }
        for truth in [Truth::Yes, Truth::No, Truth::Unknown] {
            let seen = plan.tests.iter().any(|test| test.expected.population == Some(truth));
            assert!(seen, "{}: population never {truth:?}", plan.header.id);
        }
        let names: BTreeSet<&str> = plan.tests.iter().map(|test| test.name.as_str()).collect();
        assert_eq!(names.len(), plan.tests.len(), "{}: two tests of one name", plan.header.id);
    }
}

#[test]
fn every_test_patient_comes_out_as_expected_and_every_verdict_is_met() {
    for plan in plans() {
        let outcomes = test_patients::run(&plan);
        for outcome in &outcomes {
            assert!(outcome.passed, "{}: {outcome:#?}", plan.header.id);
        }
        assert_eq!(test_patients::coverage(&plan, &outcomes), [], "{}", plan.header.id);
    }
}

#[test]
fn every_profile_says_what_for_from_where_and_until_when() {
    for plan in plans() {
        let header = &plan.header;
        assert!(!header.purpose.is_empty() && !header.sources.is_empty(), "{}", header.id);
        assert!(!header.caveat.is_empty() && !header.author.is_empty(), "{}", header.id);
        assert!(header.reviewed.is_some() && header.reviewed < header.next_review, "{}", header.id);
        assert!(plan.criteria.iter().all(|c| !c.text.is_empty()), "{}", header.id);
        assert!(plan.markers.iter().all(|m| !m.action.is_empty()), "{}", header.id);
        assert!(!plan.columns.is_empty() && !plan.sorting.is_empty(), "{}", header.id);
    }
}

/// Words that a page which gives no advice must not use about a patient.
const FORBIDDEN: [&str; 15] = [
    "alarm",
    "analys",
    "beregn",
    "diagnosticer",
    "fortolk",
    "generer",
    "kontroller",
    "konverter",
    "monitorer",
    "måler",
    "høj risiko",
    "bør ",
    "anbefal",
    "anonym",
    "advarsel",
];

fn shown_texts(plan: &Plan) -> Vec<&str> {
    let header = &plan.header;
    let mut all: Vec<&str> = vec![&header.title, &header.caveat];
    all.extend(header.purpose.iter().map(String::as_str));
    all.extend(plan.criteria.iter().map(|c| c.text.as_str()));
    all.extend(plan.markers.iter().flat_map(|m| [m.text.as_str(), m.action.as_str()]));
    all.extend(plan.markers.iter().flat_map(|m| [m.name.as_str(), &m.rule, &m.clears]));
    all.extend(plan.columns.iter().map(|c| c.title.as_str()));
    all.extend(plan.measures.iter().map(|m| m.title.as_str()));
    all.extend(plan.tests.iter().map(|t| t.name.as_str()));
    all
}

#[test]
fn wording_stays_within_its_limits() {
    for plan in plans() {
        for text in shown_texts(&plan) {
            let lower = format!("{} ", text.to_lowercase());
            for word in FORBIDDEN {
                assert!(!lower.contains(word), "{}: `{word}` in `{text}`", plan.header.id);
            }
        }
    }
}
