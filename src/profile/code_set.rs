//! `[kodesaet.…]`, and the code keys of a criterion: `koder`, `kodesaet`, `undtagen`, `system`.
//!
//! A name is looked for in the profile first, then among the sets that profiles share.

use crate::code::{Pattern, PatternError, System};
use crate::note::Said;
use crate::schema::Register;

use super::context::Context;
use super::header::plain_name;
use super::plan::CodeFilter;
use super::report::{Report, Span};
use super::section::Section;
use super::shared_sets;

type Written = Vec<(String, Span)>;

/// Most codes of all criteria and columns together, a set counted each time that it is used: a set
/// is resolved for each of them.
pub const MOST_CODES: usize = 100_000;

/// A named code set as written.
pub(super) struct CodeSet {
    pub(super) system: Option<System>,
    pub(super) codes: Written,
    pub(super) except: Written,
    pub(super) about: About,
    span: Span,
    used: bool,
}

/// What a code set says about itself, for people.
#[derive(Default)]
pub(super) struct About {
    pub(super) version: String,
    pub(super) text: String,
    pub(super) sources: Vec<String>,
    pub(super) caveat: String,
    /// Code → Danish title.
    pub(super) titles: Vec<(String, String)>,
}

const KEYS: &[&str] =
    &["system", "koder", "undtagen", "tekst", "version", "kilde", "forbehold", "titler"];

/// Reads every `[kodesaet.…]`.
pub(super) fn read_all(context: &mut Context<'_>, document: &Section<'_, '_>) {
    let Some(sets) = document.table(&mut context.report, "kodesaet") else { return };
    for (name, span, value) in sets.entries() {
        let named = format!("kodesaet.{name}");
        plain_name(&mut context.report, name, &span);
        if let Some(section) = Section::of(&mut context.report, value, span, named) {
            let set = read(&mut context.report, section);
            context.code_sets.insert(name.to_owned(), set);
        }
    }
}

/// Reads one code set.
pub(super) fn read(report: &mut Report<'_>, section: Section<'_, '_>) -> CodeSet {
    let section = section.only(report, &[KEYS]);
    let about = about(report, &section);
    let codes = section.texts(report, "koder").unwrap_or_default();
    if codes.is_empty() {
        let said = Said::new(
            format!("»{}« er tomt", section.name),
            format!("`{}` is empty", section.name),
        );
        let hint = Said::new(
            "kriterier, der bruger det, finder ingen rækker",
            "criteria that use it find no record",
        );
        report.advice("empty-code-set", &section.span, said, hint);
    }
    CodeSet {
        system: system(report, &section),
        codes,
        except: section.texts(report, "undtagen").unwrap_or_default(),
        about,
        span: section.span,
        used: false,
    }
}

fn about(report: &mut Report<'_>, section: &Section<'_, '_>) -> About {
    About {
        version: section.text(report, "version").unwrap_or_default(),
        text: section.text(report, "tekst").unwrap_or_default(),
        sources: section.lines(report, "kilde"),
        caveat: section.lines(report, "forbehold").join(" "),
        titles: titles(report, section),
    }
}

/// `titler`: a table of code → title.
fn titles(report: &mut Report<'_>, section: &Section<'_, '_>) -> Vec<(String, String)> {
    let Some(table) = section.table(report, "titler") else { return Vec::new() };
    let codes = table.entries().into_iter().map(|(code, ..)| code);
    codes.filter_map(|code| Some((code.to_owned(), table.text(report, code)?))).collect()
}

/// Advice on sets that no criterion names.
pub(super) fn advise_unused(context: &mut Context<'_>) {
    for (name, set) in context.code_sets.iter().filter(|(_, set)| !set.used) {
        let said = Said::new(
            format!("kodesættet »{name}« er ikke brugt"),
            format!("the code set `{name}` is not used"),
        );
        let hint = Said::new(
            "slet det, eller brug det i et kriterie",
            "delete it, or use it in a criterion",
        );
        context.report.advice("unused-code-set", &set.span, said, hint);
    }
}

fn system(report: &mut Report<'_>, section: &Section<'_, '_>) -> Option<System> {
    let name = section.text(report, "system")?;
    let system = System::from_name(&name);
    if system.is_none() {
        let said = Said::new(
            format!("ukendt kodesystem »{name}«"),
            format!("unknown code system `{name}`"),
        );
        let known =
            ["ATC", "ICPC", "NPU", "ydelse", "ICD10", "SNOMED", "LOINC", "RXNORM", "CVX", "OMOP"];
        report.error_with(
            "unknown-system",
            &section.value_span("system"),
            said,
            report.did_you_mean(&name, known),
        );
    }
    system
}

/// The system that a register's codes belong to when nothing else is said (rule R5).
const fn default_system(register: Register) -> Option<System> {
    match register {
        Register::Diagnose => Some(System::Icpc),
        Register::Medicin => Some(System::Atc),
        Register::Proeve => Some(System::Npu),
        Register::Ydelse => Some(System::Ydelse),
        Register::Patient | Register::Aftale | Register::Henvisning => None,
    }
}

/// The codes that a selection asks for; `None` = every record.
pub(super) fn filter(
    context: &mut Context<'_>,
    section: &Section<'_, '_>,
    register: Register,
) -> Option<CodeFilter> {
    if context.codes_spent() {
        return None;
    }
    let report = &mut context.report;
    let named = section.text(report, "kodesaet");
    let mut codes = section.texts(report, "koder");
    let mut except: Written = section.texts(report, "undtagen").unwrap_or_default();
    let mut chosen = system(report, section);
    if named.is_some() && codes.is_some() {
        let said = Said::new(
            "»koder« og »kodesaet« kan ikke stå sammen",
            "`koder` and `kodesaet` cannot stand together",
        );
        report.error("conflicting-keys", &section.key_span("kodesaet"), said);
    }
    let (mut set_text, mut titles) = Default::default();
    if let Some(name) = &named {
        let set = find_set(context, section, name)?;
        codes.get_or_insert(set.codes);
        except.extend(set.except);
        chosen = chosen.or(set.system);
        (set_text, titles) = (set.text, set.titles);
    }
    let Some(codes) = codes else {
        if !except.is_empty() {
            let said = Said::new("»undtagen« står uden koder", "`undtagen` stands without codes");
            let hint = Said::new("skriv koder eller kodesaet", "write koder or kodesaet");
            context.report.error_with("missing-key", &section.key_span("undtagen"), said, hint);
        }
        return None;
    };
    let Some(system) = chosen.or(default_system(register)) else {
        no_system(&mut context.report, section, register);
        return None;
    };
    advise_empty(&mut context.report, section, &codes);
    if !context.take_codes(codes.len() + except.len(), &section.span) {
        return None;
    }
    let include = patterns(&mut context.report, system, &codes);
    let except = patterns(&mut context.report, system, &except);
    let set_name = named.unwrap_or_default();
    Some(CodeFilter { include, except, system: Some(system), set_name, set_text, titles })
}

/// What a criterion takes from the set that it names.
struct Found {
    codes: Written,
    except: Written,
    system: Option<System>,
    text: String,
    titles: Vec<(String, String)>,
}

fn find_set(context: &mut Context<'_>, section: &Section<'_, '_>, name: &str) -> Option<Found> {
    if let Some(set) = context.code_sets.get_mut(name) {
        set.used = true;
        return Some(Found {
            codes: set.codes.clone(),
            except: set.except.clone(),
            system: set.system,
            text: set.about.text.clone(),
            titles: set.about.titles.clone(),
        });
    }
    // The profile's own sets come first, so that a profile may narrow a shared one for itself.
    let span = section.value_span("kodesaet");
    if let Some(set) = context.shared_set(name) {
        let here = |codes: Vec<String>| codes.into_iter().map(|c| (c, span.clone())).collect();
        return Some(Found {
            codes: here(set.codes),
            except: here(set.except),
            system: set.system,
            text: set.text,
            titles: set.titles,
        });
    }
    let said = Said::new(format!("ukendt kodesæt »{name}«"), format!("unknown code set `{name}`"));
    let shared = shared_sets::names().map(|name| -> &str { name });
    let known = context.code_sets.keys().map(String::as_str).chain(shared);
    let hint = context.report.did_you_mean(name, known);
    context.report.error_with("unknown-code-set", &span, said, hint);
    None
}

fn no_system(report: &mut Report<'_>, section: &Section<'_, '_>, register: Register) {
    let said = Said::new(
        format!("registeret »{}« har intet fast kodesystem", register.name()),
        format!("the register `{}` has no code system of its own", register.name()),
    );
    let hint = Said::new(
        "skriv system, eller brug navn_indeholder",
        "write system, or use navn_indeholder",
    );
    let key = section.first_of(&["koder", "kodesaet"]).unwrap_or("koder");
    report.error_with("missing-key", &section.key_span(key), said, hint);
}

fn advise_empty(report: &mut Report<'_>, section: &Section<'_, '_>, codes: &Written) {
    if codes.is_empty() && section.has("koder") {
        let said = Said::new("»koder« er tom", "`koder` is empty");
        let hint = Said::new("kriteriet finder ingen rækker", "the criterion finds no record");
        report.advice("empty-code-set", &section.key_span("koder"), said, hint);
    }
}

/// Typed codes; each that is refused is complained about where it stands.
fn patterns(report: &mut Report<'_>, system: System, codes: &Written) -> Vec<Pattern> {
    codes
        .iter()
        .filter_map(|(code, span)| match Pattern::new(system, code) {
            Ok(pattern) => Some(pattern),
            Err(error) => {
                complain(report, error, code, span);
                None
            }
        })
        .collect()
}

fn complain(report: &mut Report<'_>, error: PatternError, code: &str, span: &Span) {
    match error {
        PatternError::Empty => {
            report.error("empty-code", span, Said::new("koden er tom", "the code is empty"));
        }
        PatternError::AtcLength(length) => {
            let said = Said::new(
                format!("ATC-koden »{code}« har {length} tegn"),
                format!("the ATC code `{code}` has {length} characters"),
            );
            let hint = Said::new(
                "ATC har kun niveauer med 1, 3, 4, 5 og 7 tegn",
                "ATC has levels with 1, 3, 4, 5 and 7 characters only",
            );
            report.error_with("bad-atc-length", span, said, hint);
        }
    }
}
