//! Criteria on the patient's own fields.

use crate::note::Said;

use super::context::Context;
use super::grammar::{age, listed_for};
use super::plan::PatientTest;
use super::report::{Report, Span};
use super::section::Section;

/// Keys of a patient criterion.
pub(super) const KEYS: &[&str] = &["alder", "koen", "sikringsgruppe", "postnr", "tilmeldt_siden"];

/// Reads the tests; all must hold.
pub(super) fn tests(context: &mut Context<'_>, section: &Section<'_, '_>) -> Vec<PatientTest> {
    let report = &mut context.report;
    if section.first_of(KEYS).is_none() {
        let said = Said::new("kriteriet spørger ikke om noget", "the criterion asks nothing");
        let hint = Said::new(
            format!("skriv en af {}", KEYS.join(", ")),
            format!("write one of {}", KEYS.join(", ")),
        );
        report.error_with("empty-criterion", &section.span, said, hint);
    }
    let sex = section.word(report, "koen", &[("K", true), ("M", false)]);
    let group = section.integer(report, "sikringsgruppe", 1, 2).and_then(|n| u8::try_from(n).ok());
    [
        section.parsed(report, "alder", age),
        sex.map(PatientTest::Female),
        group.map(PatientTest::InsuranceGroup),
        postal_codes(report, section).map(PatientTest::PostalCode),
        section.parsed(report, "tilmeldt_siden", listed_for),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn postal_codes(report: &mut Report<'_>, section: &Section<'_, '_>) -> Option<Vec<String>> {
    let written = section.texts(report, "postnr")?;
    if written.is_empty() {
        let said = Said::new("»postnr« er tom", "`postnr` is empty");
        report.error("empty-list", &section.key_span("postnr"), said);
    }
    Some(written.into_iter().filter_map(|(text, span)| postal_code(report, text, &span)).collect())
}

fn postal_code(report: &mut Report<'_>, text: String, span: &Span) -> Option<String> {
    let stem = text.strip_suffix('*').unwrap_or(&text);
    let shaped = stem.len() <= 9 && stem.bytes().all(|b| b.is_ascii_alphanumeric());
    if shaped && !text.is_empty() {
        return Some(text);
    }
    let said =
        Said::new(format!("»{text}« er ikke et postnummer"), format!("`{text}` is no postal code"));
    let hint = Said::new("skriv fx \"8000\" eller \"80*\"", "write \"8000\" or \"80*\"");
    report.error_with("bad-postal-code", span, said, hint);
    None
}
