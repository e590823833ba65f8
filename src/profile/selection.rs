//! Simple criteria on records: which records, when, pick, compare, count.

use crate::note::Said;
use crate::schema::Register;

use super::code_set;
use super::context::Context;
use super::derived::{closed, derived, limit};
use super::grammar::{comparison, count, duration_days, spread};
use super::plan::ASSUMED_COVER_DAYS;
use super::plan::{
    CountTest, Derived, Distinct, Extreme, Form, Op, Outside, Pick, Selection, Test, TimeBasis,
};
use super::report::Report;
use super::section::Section;
use super::window::{anchor, default_window, window};

/// Keys of a selection; criteria and columns have them in common.
pub(super) const KEYS: &[&str] = &[
    "register",
    "koder",
    "kodesaet",
    "undtagen",
    "system",
    "navn_indeholder",
    "tid",
    "vindue",
    "anker",
    "vaelg",
    "ved_samme_dag",
    "vaerdi",
    "svar",
    "reference",
    "antal",
    "distinkt",
    "spredning",
    "antaget_daekning",
    "beregning",
    "gab",
    "dage_mellem",
    "form",
    "vej",
    "dosisdispenseret",
];

/// The register that a section names.
pub(super) fn register(context: &mut Context<'_>, section: &Section<'_, '_>) -> Option<Register> {
    let report = &mut context.report;
    if !section.has("register") {
        section.missing(report, "register");
        return None;
    }
    let name = section.text(report, "register")?;
    let register = Register::from_name(&name);
    if register.is_none() {
        let said =
            Said::new(format!("ukendt register »{name}«"), format!("unknown register `{name}`"));
        let hint = report.did_you_mean(&name, Register::ALL.map(Register::name));
        report.error_with("unknown-register", &section.value_span("register"), said, hint);
    }
    register
}

/// Reads a selection on `register`.
pub(super) fn selection(
    context: &mut Context<'_>,
    section: &Section<'_, '_>,
    register: Register,
) -> Selection {
    let codes = code_set::filter(context, section, register);
    let anchor = anchor(context, section);
    let derived = derived(context, section, register);
    let report = &mut context.report;
    medicine_only(report, section, register);
    let bases =
        [("dato", TimeBasis::Date), ("periode", TimeBasis::Period), ("slut", TimeBasis::End)];
    let basis = section.word(report, "tid", &bases).unwrap_or(TimeBasis::Date);
    let pick = section.word(report, "vaelg", PICKS);
    let test = test(report, section, derived.as_ref());
    needs_pick(report, section, derived.is_some());
    values_are_laboratory(report, section, register, derived.is_some());
    let window = window(report, section);
    closed(report, section, derived.as_ref(), window);
    Selection {
        register,
        codes,
        name_contains: names(report, section),
        form: section.word(report, "form", FORMS),
        route: section.text(report, "vej").map(|route| route.to_lowercase()),
        dose_dispensed: section.flag(report, "dosisdispenseret"),
        basis,
        window: window.unwrap_or(default_window(basis)),
        anchor,
        pick,
        same_day: section.word(report, "ved_samme_dag", EXTREMES),
        test,
        count: section.parsed(report, "antal", count).unwrap_or(AT_LEAST_ONE),
        distinct: section.word(report, "distinkt", DISTINCT),
        spread: section.parsed(report, "spredning", spread),
        assumed_cover_days: section
            .parsed(report, "antaget_daekning", duration_days)
            .unwrap_or(ASSUMED_COVER_DAYS),
        derived,
    }
}

/// The default of `antal`.
const AT_LEAST_ONE: CountTest = CountTest { op: Op::AtLeast, number: 1 };

const PICKS: &[(&str, Pick)] = &[
    ("seneste", Pick::Latest),
    ("foerste", Pick::First),
    ("hoejeste", Pick::Highest),
    ("laveste", Pick::Lowest),
    ("alle", Pick::All),
];

const EXTREMES: &[(&str, Extreme)] =
    &[("laveste", Extreme::Lowest), ("hoejeste", Extreme::Highest)];

const FORMS: &[(&str, Form)] =
    &[("depot", Form::Depot), ("kort", Form::Short), ("plaster", Form::Patch)];

const DISTINCT: &[(&str, Distinct)] = &[
    ("dag", Distinct::Day),
    ("maaned", Distinct::Month),
    ("kvartal", Distinct::Quarter),
    ("kode", Distinct::Code),
    ("stof", Distinct::Substance),
];

const OUTSIDE: &[(&str, Outside)] =
    &[("under", Outside::Below), ("over", Outside::Above), ("udenfor", Outside::Either)];

fn names(report: &mut Report<'_>, section: &Section<'_, '_>) -> Vec<String> {
    let written = section.texts(report, "navn_indeholder").unwrap_or_default();
    for (text, span) in &written {
        if text.is_empty() {
            let said =
                Said::new("en tom tekst findes i alle navne", "an empty text is in every name");
            report.error("empty-code", span, said);
        }
    }
    written.into_iter().map(|(text, _)| text.to_lowercase()).collect()
}

fn test(
    report: &mut Report<'_>,
    section: &Section<'_, '_>,
    derived: Option<&Derived>,
) -> Option<Test> {
    let tests = ["vaerdi", "svar", "reference"];
    for extra in tests.iter().filter(|key| section.has(key)).skip(1) {
        let said = Said::new(
            "kun én af vaerdi, svar og reference kan stå i et kriterie",
            "only one of vaerdi, svar and reference can stand in a criterion",
        );
        let hint = Said::new(
            "del det i to kriterier, og saml dem med alle",
            "split it in two and join them with alle",
        );
        report.error_with("conflicting-keys", &section.key_span(extra), said, hint);
    }
    if let (Some(_), Some(key)) = (derived, section.first_of(&["svar", "reference"])) {
        let said = Said::new("en afledt værdi har kun vaerdi", "a derived value has vaerdi only");
        report.error("conflicting-keys", &section.key_span(key), said);
    }
    let value = match derived {
        Some(derived) => section.parsed(report, "vaerdi", |text| limit(derived, text)),
        None => section.parsed(report, "vaerdi", comparison),
    };
    let answers = section.lines(report, "svar");
    let outside = section.word(report, "reference", OUTSIDE);
    let answers = section.has("svar").then(|| answers.iter().map(|a| a.to_lowercase()).collect());
    value.map(Test::Value).or(answers.map(Test::Answer)).or(outside.map(Test::Reference))
}

/// Which of several values? The language never guesses.
fn needs_pick(report: &mut Report<'_>, section: &Section<'_, '_>, derived: bool) {
    let Some(key) = section.first_of(&["vaerdi", "svar", "reference"]) else { return };
    if derived || section.has("beregning") || section.has("vaelg") {
        return;
    }
    let said = Said::new(
        format!("»vaelg« mangler ved »{key}«"),
        format!("`vaelg` is missing beside `{key}`"),
    );
    let hint = Said::new(
        "skriv vaelg = \"seneste\" (eller foerste, hoejeste, laveste, alle), når en værdi skal sammenlignes",
        "write vaelg = \"seneste\" (or foerste, hoejeste, laveste, alle) when a value is compared",
    );
    report.error_with("value-without-pick", &section.key_span(key), said, hint);
}

fn values_are_laboratory(
    report: &mut Report<'_>,
    section: &Section<'_, '_>,
    register: Register,
    derived: bool,
) {
    let Some(key) = section.first_of(&["vaerdi", "svar", "reference"]) else { return };
    if !derived && !section.has("beregning") && register != Register::Proeve {
        not_for_register(report, section, key, register);
    }
}

fn medicine_only(report: &mut Report<'_>, section: &Section<'_, '_>, register: Register) {
    for key in ["form", "vej", "dosisdispenseret"] {
        if section.has(key) && register != Register::Medicin {
            not_for_register(report, section, key, register);
        }
    }
}

fn not_for_register(
    report: &mut Report<'_>,
    section: &Section<'_, '_>,
    key: &str,
    register: Register,
) {
    let said = Said::new(
        format!("rækker i registeret »{}« har ingen »{key}«", register.name()),
        format!("records of the register `{}` have no `{key}`", register.name()),
    );
    report.error("key-not-for-register", &section.key_span(key), said);
}
