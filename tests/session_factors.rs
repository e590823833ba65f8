//! Factors that are not the built-in table's own: everything is worked out anew, and everything says
//! whose factors it has.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use profilblik::day::Day;
use profilblik::note::Language;
use profilblik::opioid::table;
use profilblik::profile::check;
use profilblik::protocol::{FactorChoice, ListQuery, Reply, Request};
use profilblik::session::{Input, Session};
use profilblik::view::factors::FactorsView;
use profilblik::view::opioids::OpioidsView;
use profilblik::view::opioids::panel::OpioidPatientView;
use profilblik::view::{ListView, ProfileRow, text_opioids};

const PROFILE: &str = include_str!("opioid/page.toml");
const ANNA: &str = "6101301110";
const BO: &str = "6101401120";
const PATIENTS: &str =
    "cpr;navn;foedselsdato\n6101301110;Anna;01-01-1930\n6101401120;Bo;01-01-1940\n";
const MEDICINES: &str = "cpr;atc;navn;styrke;form;dosering;doegndosis;enhed;type;startdato;slutdato\n\
    6101301110;N02AA01;Morfin;60 mg;depottabletter;1 tablet morgen og aften;2;tablet;Fast;01-01-2026;31-12-2026\n\
    6101401120;N02AA05;Oxycodon;30 mg;depottabletter;1 tablet morgen og aften;2;tablet;Fast;01-01-2026;31-12-2026\n";

/// A list of those over 100 mg, beside the page's profile.
const OVER: &str = r#"
format = 1
[profil]
id = "over"
version = "1"
titel = "Over 100 mg"
[kriterie.over_100]
tekst = "Mere end 100 mg"
register = "medicin"
koder = ["N02A"]
beregning = "omeq_pr_doegn"
vaerdi = "> 100 mg"
[population]
inklusion = { alle = ["over_100"] }
"#;

fn session() -> Session {
    let profiles = vec![check("opioid_flag.toml", PROFILE), check("over.toml", OVER)];
    let mut session = Session::with_profiles(profiles);
    drop_files(&mut session, &[("patienter.csv", PATIENTS), ("medicin.csv", MEDICINES)]);
    session.request(&Request::SetIndexDate(Some("2026-06-01".into())), &mut |_| {});
    session
}

fn drop_files(session: &mut Session, files: &[(&str, &str)]) {
    let inputs =
        files.iter().map(|(name, text)| Input::bytes(name, text.as_bytes().to_vec())).collect();
    session.read_all(inputs, Day::parse_iso("2026-06-01").unwrap(), &mut |_| {});
}

fn replies(session: &mut Session, request: &Request) -> Vec<Reply> {
    let mut replies = Vec::new();
    session.request(request, &mut |reply| replies.push(reply));
    replies
}

fn set(session: &mut Session, choice: FactorChoice) -> FactorsView {
    match replies(session, &Request::SetFactors(choice)).pop() {
        Some(Reply::Factors(view)) => *view,
        other => panic!("{other:?}"),
    }
}

fn oxycodone() -> u32 {
    let at = table().factors.iter().position(|line| line.substance == "oxycodon").unwrap();
    u32::try_from(at).unwrap()
}

fn edit(session: &mut Session, typed: &str) -> FactorsView {
    set(session, FactorChoice::Edit { line: oxycodone(), typed: typed.into() })
}

fn opioids(session: &mut Session) -> OpioidsView {
    match replies(session, &Request::Opioids).pop() {
        Some(Reply::Opioids(view)) => *view,
        other => panic!("{other:?}"),
    }
}

fn panel(session: &mut Session, cpr: &str) -> OpioidPatientView {
    match replies(session, &Request::OpioidPatient { cpr: cpr.into() }).pop() {
        Some(Reply::OpioidPatient(view)) => *view,
        other => panic!("{other:?}"),
    }
}

fn list(session: &mut Session, profile: &str) -> ListView {
    let query = ListQuery { profile: profile.into(), count: 10, ..ListQuery::default() };
    match replies(session, &Request::List(query)).pop() {
        Some(Reply::List(view)) => *view,
        other => panic!("{other:?}"),
    }
}

fn row(session: &Session, profile: &str) -> ProfileRow {
    let rows = session.overview().rows;
    rows.into_iter().find(|row| row.id == profile).unwrap()
}

fn bo(session: &mut Session) -> String {
    text_opioids::sum(&opioids(session).users[1].sum.unwrap(), Language::Danish)
}

#[test]
fn a_typed_factor_changes_every_answer_and_every_answer_says_so() {
    const LABEL: &str = "Egen faktor: oxycodon (oral) 2,0";
    let mut session = session();
    assert_eq!((bo(&mut session), row(&session, "over").members), ("90,0".into(), 1));
    assert!(session.overview().strip.factors.is_empty() && row(&session, "over").sums);
    let view = edit(&mut session, "2,0");
    assert_eq!((view.label.as_str(), view.refused), (LABEL, None));
    let line = &view.lines[oxycodone() as usize];
    assert_eq!((line.default.as_str(), line.factor.as_str(), line.changed), ("1,5", "2,0", true));
    assert_eq!(bo(&mut session), "120,0");
    let over = list(&mut session, "over");
    assert_eq!((over.total, over.strip.factors.as_str()), (2, LABEL));
    assert_eq!(row(&session, "over").members, 2);
    assert!(opioids(&mut session).factors.contains(LABEL));
    let receipt = panel(&mut session, BO).receipt.unwrap();
    assert!(receipt.factors.contains(LABEL), "{receipt:?}");
    assert_eq!(
        (receipt.fixed[0].factor.as_str(), receipt.fixed[0].omeq.as_str()),
        ("× 2", "120,0")
    );
    assert!(receipt.fixed[0].notes.contains("egen faktor; tabellens er 1,5"), "{receipt:?}");
    let timeline = Request::Timeline { profile: "opioid_flag".into(), cpr: BO.into() };
    let drawn = format!("{:?}", replies(&mut session, &timeline));
    assert!(drawn.contains("120"), "{drawn}");
    assert_eq!(edit(&mut session, "").label, "");
    assert_eq!((bo(&mut session), list(&mut session, "over").total), ("90,0".into(), 1));
}

#[test]
fn what_is_no_factor_is_named_beside_its_line_and_nothing_changes() {
    let mut session = session();
    for typed in ["to", "0", "-1", "101", "1,5,2"] {
        let answers = replies(
            &mut session,
            &Request::SetFactors(FactorChoice::Edit { line: oxycodone(), typed: typed.into() }),
        );
        assert_eq!(answers.len(), 1, "nothing is recomputed: {typed}");
        let Some(Reply::Factors(view)) = answers.into_iter().next() else { panic!("{typed}") };
        let (line, why) = view.refused.unwrap();
        assert_eq!((line, view.label.as_str()), (oxycodone(), ""));
        assert!(why.contains(&format!("»{typed}«")), "{why}");
    }
    assert_eq!(bo(&mut session), "90,0");
}

#[test]
fn sets_change_the_sum_and_never_its_span() {
    let mut session = session();
    let before = opioids(&mut session).users[1].sum.unwrap();
    let highest = set(&mut session, FactorChoice::Set("hoejeste".into()));
    assert_eq!(highest.label, "Faktorsæt: højeste kilde");
    assert!(highest.sets.iter().any(|one| one.chosen && one.name == "hoejeste"));
    let after = opioids(&mut session).users[1].sum.unwrap();
    assert_eq!((after.low, after.high), (before.low, before.high));
    assert_eq!(bo(&mut session), "120,0");
    let source = set(&mut session, FactorChoice::Set("NO-HDIR".into()));
    assert!(source.label.contains("resten standard"), "{}", source.label);
    assert_eq!(bo(&mut session), "90,0");
    assert_eq!(set(&mut session, FactorChoice::Default).label, "");
    let unknown = replies(&mut session, &Request::SetFactors(FactorChoice::Set("ukendt".into())));
    assert!(matches!(unknown.as_slice(), [Reply::Failed(text)] if text.contains("laveste")));
}

#[test]
fn a_dropped_table_is_in_force_by_its_name_and_may_be_left_again() {
    let own = table::BUILT_IN.1.replacen("standard = \"1.5\"", "standard = \"1.75\"", 1);
    let mut session = session();
    drop_files(&mut session, &[("vores.toml", &own)]);
    assert!(session.refused().is_empty(), "{:?}", session.refused());
    assert_eq!((bo(&mut session).as_str(), row(&session, "over").members), ("105,0", 2));
    assert_eq!(list(&mut session, "over").strip.factors, "Egen tabel: vores.toml");
    let left = set(&mut session, FactorChoice::Own(false));
    assert_eq!((left.own.as_str(), left.uses_own, left.label.as_str()), ("vores.toml", false, ""));
    assert_eq!(bo(&mut session), "90,0");
    assert!(set(&mut session, FactorChoice::Own(true)).uses_own);
    assert_eq!(bo(&mut session), "105,0");
}

#[test]
fn a_table_with_errors_is_refused_with_its_lines() {
    let at = table::BUILT_IN.1.lines().position(|line| line == "standard = \"1.5\"").unwrap() + 1;
    let wrong = table::BUILT_IN.1.replacen("standard = \"1.5\"", "standard = \"0\"", 1);
    let mut session = session();
    drop_files(&mut session, &[("vores.toml", &wrong)]);
    let (name, refusal) = &session.refused()[0];
    assert_eq!(name, "vores.toml");
    assert!(refusal.text.da.contains("linje ") && refusal.text.da.contains("»0«"), "{refusal:?}");
    let line: usize =
        refusal.text.da.split("linje ").nth(1).unwrap().split(':').next().unwrap().parse().unwrap();
    assert!(line <= at && at - line < 12, "{line} {at}");
    assert_eq!(bo(&mut session), "90,0");
}

#[test]
fn a_marker_that_is_switched_on_is_on_the_list_and_in_the_panel() {
    let mut session = session();
    let has = |session: &mut Session| {
        let view = panel(session, BO);
        view.patient.markers.iter().any(|marker| marker.chip.text == "≥ 65")
    };
    assert!(!has(&mut session));
    let marker = PROFILE.split("tekst = \"≥ 65\"").next().unwrap();
    let marker = marker.rsplit("id = \"").next().unwrap().split('"').next().unwrap().to_owned();
    let switch =
        |on| Request::SwitchMarker { profile: "opioid_flag".into(), marker: marker.clone(), on };
    assert!(matches!(replies(&mut session, &switch(true)).as_slice(), [Reply::Overview(_)]));
    assert!(has(&mut session));
    assert_eq!(row(&session, "opioid_flag").changed, "Slået til: ≥ 65");
    assert_eq!(list(&mut session, "opioid_flag").profile.changed, "Slået til: ≥ 65");
    replies(&mut session, &switch(false));
    assert!(!has(&mut session) && row(&session, "opioid_flag").changed.is_empty());
}

#[test]
fn another_variant_is_named_and_read_from_its_own_registers() {
    let mut session = Session::new();
    drop_files(&mut session, &[("patienter.csv", PATIENTS), ("medicin.csv", MEDICINES)]);
    let before = opioids(&mut session).long_term_name;
    let choose = |variant: &str| Request::Choose {
        profile: "opioid_flag".into(),
        criterion: "langtid".into(),
        variant: variant.into(),
    };
    replies(&mut session, &choose("langtid_ddd"));
    let after = opioids(&mut session);
    assert_ne!(before, after.long_term_name);
    assert_eq!(after.profile.changed, format!("Valgt: {}", after.long_term_name));
    assert!(matches!(replies(&mut session, &choose("nej")).as_slice(), [Reply::Failed(_)]));
    replies(&mut session, &choose("langtid_standard"));
    assert_eq!(opioids(&mut session).profile.changed, "");
}

#[test]
fn the_grey_zone_is_a_chip_and_a_figure_of_its_own_and_stays_whatever_is_chosen() {
    let mut session = session();
    let chips = |session: &mut Session, place: usize| -> Vec<String> {
        let rows = list(session, "opioid_flag").rows;
        let bo = rows.iter().find(|row| row.cpr == [ANNA, BO][place]).unwrap();
        bo.markers.iter().map(|chip| chip.text.clone()).collect()
    };
    // Bo has 90 mg of oxycodone by one source and 120 by another; Anna's morphine is the same by all.
    assert_eq!(chips(&mut session, 1), ["gråzone: > 100 mg"]);
    assert!(!chips(&mut session, 0).iter().any(|text| text.starts_with("gråzone")));
    let text: Vec<_> = panel(&mut session, BO).patient.markers;
    assert_eq!(text.last().unwrap().chip.text, "gråzone: > 100 mg");
    assert_eq!((row(&session, "over").grey, row(&session, "over").members), (1, 1));
    assert_eq!(row(&session, "opioid_flag").grey, 1);
    set(&mut session, FactorChoice::Set("hoejeste".into()));
    assert_eq!((row(&session, "over").grey, row(&session, "over").members), (1, 2));
    assert_eq!(chips(&mut session, 1), ["> 100 mg", "gråzone: > 100 mg"]);
}
