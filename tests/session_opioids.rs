//! The page »Opioider«: sent once, exact, and arranged anew for every limit and filter.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use profilblik::day::Day;
use profilblik::note::Language;
use profilblik::profile::check;
use profilblik::protocol::{Reply, Request};
use profilblik::session::{Input, Session};
use profilblik::view::opioids::arrange::{Choice, Figure};
use profilblik::view::opioids::panel::OpioidPatientView;
use profilblik::view::opioids::{FlagState, OpioidsView};
use profilblik::view::text_opioids;

const PROFILE: &str = include_str!("opioid/page.toml");

const PATIENTS: &str = "cpr;navn;foedselsdato\n\
    6101301110;Anna;01-01-1930\n6101401120;Bo;01-01-1940\n6101501130;Carl;01-01-1950\n\
    6101701140;Dorte;01-01-1970\n6101801150;Erik;01-01-1980\n6101901160;Fie;01-01-1990\n";

const HEAD: &str = "cpr;atc;navn;styrke;form;dosering;doegndosis;enhed;type;startdato;slutdato\n";

/// Anna 120 for sure, Bo 90 (grey at 100), Carl 95 of morphine, Dorte at least 60, Erik 180 with an
/// exception; Fie has none.
const MEDICINES: &str = "6101301110;N02AA01;Morfin;60 mg;depottabletter;1 tablet morgen og aften;2;tablet;Fast;01-01-2026;31-12-2026\n\
    6101301110;N05BA04;Oxazepam;15 mg;tabletter;1 tablet nat;1;tablet;Fast;01-01-2026;31-12-2026\n\
    6101401120;N02AA05;Oxycodon;30 mg;depottabletter;1 tablet morgen og aften;2;tablet;Fast;01-01-2026;31-12-2026\n\
    6101501130;N02AA01;Morfin;95 mg;depottabletter;1 tablet daglig;1;tablet;Fast;01-01-2026;31-12-2026\n\
    6101701140;N02AA01;Morfin;30 mg;depottabletter;1 tablet morgen og aften;2;tablet;Fast;01-01-2026;31-12-2026\n\
    6101701140;N02AX02;Tramadol;50 mg;tabletter;efter aftale;;;Fast;01-01-2026;31-12-2026\n\
    6101801150;N02AA01;Morfin;180 mg;depottabletter;1 tablet daglig;1;tablet;Fast;01-01-2026;31-12-2026\n\
    6101801150;N02AA01;Morfin;10 mg;tabletter;1 tablet ved behov, højst 3 gange daglig;;;Efter behov;01-01-2026;31-12-2026\n";

const DIAGNOSES: &str = "cpr;icpc;tekst;dato\n6101801150;X99;Opdigtet undtagelse;01-03-2026\n";

fn session(files: &[(&str, String)]) -> Session {
    of_profile(PROFILE, files)
}

fn of_profile(profile: &str, files: &[(&str, String)]) -> Session {
    let mut session = Session::with_profiles(vec![check("opioid_flag.toml", profile)]);
    let inputs =
        files.iter().map(|(name, text)| Input::bytes(name, text.clone().into_bytes())).collect();
    session.read_all(inputs, Day::parse_iso("2026-06-01").unwrap(), &mut |_| {});
    session.request(&Request::SetIndexDate(Some("2026-06-01".into())), &mut |_| {});
    session
}

fn whole() -> Session {
    session(&[
        ("patienter.csv", PATIENTS.to_owned()),
        ("medicin.csv", format!("{HEAD}{MEDICINES}")),
        ("diagnoser.csv", DIAGNOSES.to_owned()),
    ])
}

fn opioids(session: &mut Session) -> OpioidsView {
    let mut answer = None;
    session.request(&Request::Opioids, &mut |reply| answer = Some(reply));
    match answer {
        Some(Reply::Opioids(view)) => *view,
        other => panic!("{other:?}"),
    }
}

fn panel(session: &mut Session, cpr: &str) -> OpioidPatientView {
    let mut answer = None;
    let request = Request::OpioidPatient { cpr: cpr.to_owned() };
    session.request(&request, &mut |reply| answer = Some(reply));
    match answer {
        Some(Reply::OpioidPatient(view)) => *view,
        other => panic!("{other:?}"),
    }
}

fn all(view: &OpioidsView) -> Choice {
    Choice { shown: (0u32..).take(view.flags.len()).collect(), ..Choice::default() }
}

fn names(view: &OpioidsView, of: &[u32]) -> Vec<String> {
    of.iter().map(|at| view.users[*at as usize].name.clone()).collect()
}

fn shown(view: &OpioidsView, choice: &Choice) -> Vec<String> {
    names(view, &view.arrange(choice).order)
}

#[test]
fn every_user_is_there_once_with_the_sum_and_the_flags() {
    let view = opioids(&mut whole());
    assert_eq!(view.heading, "Opioider pr. 01-06-2026");
    assert_eq!(names(&view, &[0, 1, 2, 3, 4]), ["Anna", "Bo", "Carl", "Dorte", "Erik"]);
    assert_eq!((view.users.len(), view.limit.unwrap().to_string()), (5, "100".to_owned()));
    let sums: Vec<String> = view
        .users
        .iter()
        .map(|user| text_opioids::sum(&user.sum.unwrap(), Language::Danish))
        .collect();
    assert_eq!(sums, ["120,0", "90,0", "95,0", "mindst 60,0", "180,0"]);
    let erik = view.users[4].sum.unwrap();
    assert_eq!(text_opioids::needed(&erik, Language::Danish), "højst 30,0");
    assert_eq!((view.exceptions.len(), view.users[4].exempt.clone()), (1, vec![0]));
}

#[test]
fn the_rows_survive_the_way_to_the_page_unchanged() {
    let view = opioids(&mut whole());
    let text = serde_json::to_string(&view).unwrap();
    assert_eq!(serde_json::from_str::<OpioidsView>(&text).unwrap(), view);
}

#[test]
fn each_person_stands_in_the_figures_as_the_limit_says() {
    let view = opioids(&mut whole());
    let choice = all(&view);
    let figure = |choice: &Choice, of: Figure| {
        let found = view.arrange(choice).figures;
        Figure::ALL.iter().zip(found).find(|(figure, _)| **figure == of).unwrap().1
    };
    assert_eq!(figure(&choice, Figure::Users), 5);
    assert_eq!(figure(&choice, Figure::Over), 1);
    assert_eq!(figure(&choice, Figure::Grey), 1);
    assert_eq!(figure(&choice, Figure::Unknown), 1);
    assert_eq!(figure(&choice, Figure::Exempt), 1);
    assert_eq!(figure(&choice, Figure::LongTerm), 1);
    for (of, name) in [
        (Figure::Over, "Anna"),
        (Figure::Grey, "Bo"),
        (Figure::Unknown, "Dorte"),
        (Figure::Exempt, "Erik"),
        (Figure::LongTerm, "Anna"),
    ] {
        let choice = Choice { figure: Some(of), ..choice.clone() };
        assert_eq!(shown(&view, &choice), [name], "{of:?}");
    }
}

#[test]
fn a_lower_limit_lets_in_by_name_and_a_higher_one_lets_out() {
    let view = opioids(&mut whole());
    let at = |limit| Choice { limit: Some(limit), ..all(&view) };
    let lower = view.arrange(&at(90));
    assert_eq!(names(&view, &lower.entering), ["Carl"]);
    assert!(lower.leaving.is_empty());
    let rows = view.rows(&at(90), &lower, (0, 5), Language::Danish);
    let noted: Vec<&str> = rows.iter().map(|row| row.note.as_str()).collect();
    assert_eq!(noted.iter().filter(|note| **note == "ny ved 90").count(), 1);
    let higher = view.arrange(&at(120));
    assert_eq!(names(&view, &higher.leaving), ["Anna"]);
    assert!(higher.entering.is_empty() && !view.is_moved(&at(100)));
    // An exception holds at every limit, and what cannot be counted is under none.
    for limit in 50..=120 {
        let limit = profilblik::ratio::Ratio::whole(limit);
        assert_eq!(view.dose_state(&view.users[4], limit), FlagState::Exempt);
        assert_ne!(view.dose_state(&view.users[3], limit), FlagState::No);
    }
}

#[test]
fn the_order_is_by_number_and_level_of_flags_then_by_the_sum() {
    let view = opioids(&mut whole());
    let choice = all(&view);
    assert_eq!(shown(&view, &choice), ["Anna", "Bo", "Dorte", "Carl", "Erik"]);
    let by = |key: &str, down| {
        let sort = Some((key.to_owned(), down));
        shown(&view, &Choice { sort, ..choice.clone() })
    };
    assert_eq!(by("omeq", true), ["Erik", "Anna", "Carl", "Bo", "Dorte"]);
    assert_eq!(by("navn", false), ["Anna", "Bo", "Carl", "Dorte", "Erik"]);
    assert_eq!(by("alder", false), ["Erik", "Dorte", "Carl", "Bo", "Anna"]);
    assert_eq!(by("over_100", true)[0], "Anna");
}

#[test]
fn a_combination_of_flags_and_a_search_filter_together() {
    let view = opioids(&mut whole());
    let at = |id: &str| u32::try_from(view.flags.iter().position(|f| f.id == id).unwrap()).unwrap();
    let wanted = vec![at("over_100"), at("bzd_z")];
    assert_eq!(shown(&view, &Choice { wanted, ..all(&view) }), ["Anna"]);
    assert_eq!(shown(&view, &Choice { search: "610150-1130".into(), ..all(&view) }), ["Carl"]);
    assert_eq!(shown(&view, &Choice { search: "dor".into(), ..all(&view) }), ["Dorte"]);
}

#[test]
fn a_flag_that_is_off_is_decided_and_may_be_switched_on() {
    let view = opioids(&mut whole());
    let off = view.flags.iter().position(|flag| !flag.on).unwrap();
    assert_eq!(view.flags[off].id, "aeldre");
    assert_eq!(view.users[2].flag(off), FlagState::Yes);
    assert_eq!(view.users[3].flag(off), FlagState::No);
    assert!(view.flags.iter().all(|flag| !flag.name.is_empty() && !flag.rule.is_empty()));
}

#[test]
fn the_panel_has_the_receipt_line_by_line() {
    let mut session = whole();
    let view = panel(&mut session, "6101801150");
    let receipt = view.receipt.unwrap();
    assert_eq!((receipt.fixed.len(), receipt.needed.len()), (1, 1));
    let row = &receipt.fixed[0];
    assert_eq!(
        [&row.per_day, &row.factor, &row.omeq, &row.written].map(String::as_str),
        ["180 mg", "× 1", "180,0", "»1 tablet daglig«, 01-01-2026"]
    );
    assert_eq!(receipt.needed[0].omeq, "højst 30,0");
    assert!(!receipt.sources.is_empty());
    let dorte = panel(&mut session, "6101701140");
    assert_eq!(dorte.receipt.unwrap().missing.len(), 1);
    let bo = panel(&mut session, "6101401120").receipt.unwrap();
    assert!(!bo.fixed[0].factor_span.is_empty() && bo.fixed[0].omeq_span.contains('–'));
}

#[test]
fn nobody_and_nothing_are_said_in_words() {
    let patients = ("patienter.csv", PATIENTS.to_owned());
    let view = opioids(&mut session(std::slice::from_ref(&patients)));
    assert_eq!(view.empty, "Medicin findes ikke i udtrækket. Opioider kan ikke opgøres.");
    let other =
        "6101301110;N06AB04;Citalopram;20 mg;tabletter;1 tablet morgen;1;tablet;Fast;01-01-2026;\n";
    let mut session = session(&[patients, ("medicin.csv", format!("{HEAD}{other}"))]);
    assert_eq!(
        opioids(&mut session).empty,
        "Ingen patienter har et registreret opioid i perioden pr. 01-06-2026."
    );
    session.request(&Request::SetLanguage(Language::English), &mut |_| {});
    assert_eq!(opioids(&mut session).heading, "Opioids on 01-06-2026");
}

#[test]
fn without_the_profile_the_page_says_so() {
    let mut session = Session::with_profiles(Vec::new());
    let file = Input::bytes("patienter.csv", PATIENTS.as_bytes().to_vec());
    session.read_all(vec![file], Day::parse_iso("2026-06-01").unwrap(), &mut |_| {});
    let mut answer = None;
    session.request(&Request::Opioids, &mut |reply| answer = Some(reply));
    assert!(matches!(answer, Some(Reply::Failed(text)) if !text.is_empty()));
}

const REFERRED: &str = "\n[[kolonne]]\ntitel = \"Henvist til et sted (seneste)\"\nregister = \"henvisning\"\n\
    navn_indeholder = [\"et sted\"]\nvis = \"seneste\"\n";

const REFERRALS: &str = "cpr;dato;henvist_til;tekst\n6101301110;01-02-2025;Et Sted;a\n\
    6101301110;01-09-2024;Et sted;b\n6101401120;01-05-2026;et sted nord;c\n6101501130;01-05-2026;Et andet;d\n";

fn referred(files: &[(&str, String)]) -> (OpioidsView, Vec<String>) {
    let profile = format!("{PROFILE}{REFERRED}");
    let mut session = of_profile(&profile, files);
    let view = opioids(&mut session);
    let choice = Choice { sort: Some(("henvist".into(), true)), ..all(&view) };
    let arranged = view.arrange(&choice);
    let columns = view.columns(&choice, Language::Danish);
    assert_eq!(columns.last().unwrap().title, "Henvist til et sted (seneste)");
    let rows = view.rows(&choice, &arranged, (0, 5), Language::Danish);
    assert!(rows.iter().all(|row| row.cells.len() == columns.len()));
    let shown = |row: &profilblik::view::RowView| {
        format!("{}: {}", row.cells[1].text, row.cells.last().unwrap().text)
    };
    let rows = rows.iter().map(shown).collect();
    (view, rows)
}

#[test]
fn the_latest_referral_is_a_column_of_the_profile_and_sorts_by_its_day() {
    let medicines = format!("{HEAD}{MEDICINES}");
    let files = [("patienter.csv", PATIENTS.to_owned()), ("medicin.csv", medicines)];
    let with = [files.as_slice(), &[("henvisninger.csv", REFERRALS.to_owned())]].concat();
    let (_, rows) = referred(&with);
    assert_eq!(
        rows,
        [
            "Bo: et sted nord (01-05-2026)",
            "Anna: Et Sted (01-02-2025)",
            "Carl: –",
            "Dorte: –",
            "Erik: –"
        ]
    );
    // Without referrals in the export nobody knows.
    let (_, rows) = referred(&files);
    assert_eq!(rows[0], "Anna: ukendt");
    assert_eq!(opioids(&mut whole()).referred, "");
}
