//! `format` and `[profil]`.

use crate::note::Said;

use super::plan::Header;
use super::report::{Report, Span};
use super::section::Section;

/// The version of the language that this program reads.
const FORMAT: i64 = 1;

const KEYS: &[&str] = &[
    "id",
    "version",
    "titel",
    "formaal",
    "kilde",
    "forfatter",
    "gennemgaaet",
    "naeste_gennemgang",
    "forbehold",
];

/// Reads `format`; another version is refused, since its keys may mean something else.
pub(super) fn format(report: &mut Report<'_>, document: &Section<'_, '_>) {
    if !document.has("format") {
        return document.missing(report, "format");
    }
    document.integer(report, "format", FORMAT, FORMAT);
}

/// Reads `[profil]`.
pub(super) fn header(report: &mut Report<'_>, document: &Section<'_, '_>) -> Header {
    if !document.has("profil") {
        document.missing(report, "profil");
        return Header::default();
    }
    let Some(section) = document.table(report, "profil") else { return Header::default() };
    let section = section.only(report, &[KEYS]);
    let id = section.required_text(report, "id").unwrap_or_default();
    if !id.is_empty() {
        plain_name(report, &id, &section.value_span("id"));
    }
    Header {
        id,
        version: section.required_text(report, "version").unwrap_or_default(),
        title: section.required_text(report, "titel").unwrap_or_default(),
        purpose: section.lines(report, "formaal"),
        sources: section.lines(report, "kilde"),
        author: section.text(report, "forfatter").unwrap_or_default(),
        reviewed: section.date(report, "gennemgaaet"),
        next_review: section.date(report, "naeste_gennemgang"),
        caveat: section.lines(report, "forbehold").join(" "),
    }
}

/// Names are lower-case words, so that they read well and travel safely through files and pages.
pub(super) fn plain_name(report: &mut Report<'_>, name: &str, span: &Span) -> bool {
    let letter = |c: char| c.is_ascii_lowercase() || "æøå".contains(c);
    let plain = name.starts_with(letter)
        && name.chars().count() <= 60
        && name.chars().all(|c| letter(c) || c.is_ascii_digit() || c == '_' || c == '-');
    if !plain {
        let said = Said::new(
            format!("»{name}« kan ikke bruges som navn"),
            format!("`{name}` cannot be used as a name"),
        );
        let hint = Said::new(
            "skriv små bogstaver, tal, _ og -, først et bogstav, højst 60 tegn",
            "write lower-case letters, digits, _ and -, a letter first, at most 60 characters",
        );
        report.error_with("bad-name", span, said, hint);
    }
    plain
}
