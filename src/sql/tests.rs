use super::*;
use crate::catalog;
use crate::profile::check;

const PROFILE: &str = r#"
format = 1
[profil]
id = "proeve"
version = "1"
titel = "Prøve"
[kriterie.a]
tekst = "første; anden -- linje"
register = "medicin"
koder = ["A99"]
vindue = ["-6 mdr", "0 d"]
navn_indeholder = ["o'brien"]
[kriterie.b]
register = "patient"
alder = ">= 18"
[kriterie.c]
register = "diagnose"
koder = ["X99*"]
system = "ICPC"
anker = { kriterie = "a", vaelg = "foerste" }
vindue = ["0 d", "3 mdr"]
[population]
inklusion = { alle = ["a", "b"] }
eksklusion = { en_af = ["c"] }
[[maalepunkt]]
id = "m"
titel = "m"
taeller = "a"
"#;

fn plan(text: &str) -> Plan {
    let checked = check("proeve.toml", text);
    checked.plan.unwrap_or_else(|| panic!("{:?}", checked.notes))
}

fn text(dialect: Dialect) -> String {
    sql(&plan(PROFILE), Day::parse_iso("2025-08-31").unwrap(), dialect)
}

#[test]
fn the_window_is_worked_out_before_the_text() {
    let (from, to) =
        (Day::parse_iso("2025-02-28").unwrap().0, Day::parse_iso("2025-08-31").unwrap().0);
    assert!(text(Dialect::DuckDb).contains(&format!("{from} AS fra, {to} AS til, FALSE")));
}

#[test]
fn nothing_of_the_text_asks_a_clock_or_uses_what_engines_read_differently() {
    for dialect in [Dialect::DuckDb, Dialect::Spark] {
        let text = text(dialect).to_lowercase();
        for word in ["current_date", "now()", " like ", "interval", "nulls ", "age("] {
            assert!(!text.contains(word), "{dialect:?}: {word}");
        }
    }
}

#[test]
fn a_quote_stays_a_quote_in_each_engine() {
    assert!(text(Dialect::DuckDb).contains("instr(r.tekst, 'o''brien') > 0"));
    assert!(text(Dialect::Spark).contains(r"instr(r.tekst, 'o\'brien') > 0"));
}

#[test]
fn comments_end_no_statement() {
    let text = text(Dialect::Spark);
    assert!(text.contains("-- pb_k1 = a: første, anden -- linje\n"));
    // Each statement ends its line, so that a text can be cut into statements.
    assert!(text.lines().all(|line| line.matches(';').count() == usize::from(line.ends_with(';'))
        || line.starts_with("--")));
}

#[test]
fn a_criterion_stands_after_those_it_names() {
    let later = PROFILE.replace("kriterie.a]", "kriterie.z]").replace("\"a\"", "\"z\"");
    let text = sql(&plan(&later), Day(20_000), Dialect::DuckDb);
    let at = |name: &str| text.find(&format!("TABLE {name} AS")).unwrap();
    let named = text.lines().find(|line| line.contains(" = z:")).unwrap();
    let named = named.split(' ').nth(1).unwrap();
    let naming = text.lines().find(|line| line.contains(" = c:")).unwrap();
    assert!(at(named) < at(naming.split(' ').nth(1).unwrap()));
}

#[test]
fn the_same_profile_and_date_give_the_same_text() {
    assert_eq!(text(Dialect::DuckDb), text(Dialect::DuckDb));
    assert_ne!(text(Dialect::DuckDb), text(Dialect::Spark));
}

const SUMS: &str = r#"
format = 1
[profil]
id = "summer"
version = "1"
titel = "Summer"
[kriterie.omeq]
register = "medicin"
koder = ["A99"]
beregning = "omeq_pr_doegn"
vaerdi = "> 0.5"
[kriterie.ddd]
register = "medicin"
beregning = "ddd_sum"
vindue = ["-90 d", "0 d"]
[kriterie.stoffer]
register = "medicin"
distinkt = "stof"
antal = ">= 2"
[population]
inklusion = { alle = ["omeq", "ddd", "stoffer"] }
"#;

#[test]
fn sums_are_held_against_limits_in_whole_parts() {
    let text = sql(&plan(SUMS), Day(20_000), Dialect::DuckDb);
    assert!(text.contains("s.fast > 90252220558500000 THEN TRUE"), "{text}");
    // Without `vaerdi`: more than nothing.
    assert!(text.contains("coalesce(z.mindst, CAST(0 AS HUGEINT)) > 0 THEN TRUE"), "{text}");
}

#[test]
fn every_built_in_profile_has_a_translation() {
    for plan in catalog::built_in().into_iter().map(|profile| profile.plan.unwrap()) {
        for dialect in [Dialect::DuckDb, Dialect::Spark] {
            let text = sql(&plan, Day(20_000), dialect);
            assert!(text.contains("pb_resultat"), "{}", plan.header.id);
        }
    }
}

#[test]
fn the_empty_tables_have_no_cpr_but_in_one() {
    let text = tables(Dialect::Spark);
    assert_eq!(text.matches("CREATE TABLE").count(), 10);
    assert_eq!(text.matches(" cpr ").count(), 1);
}
