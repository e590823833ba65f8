//! One value of the document: what it is, and what is said when it is something else.

use serde_spanned::Spanned;
use toml::de::DeValue;

use crate::amount::Amount;
use crate::day::Day;
use crate::note::Said;

use super::document::kind_of;
use super::grammar::Read;
use super::report::{Report, Span};

/// A value with its place.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// The value of a read text, or a complaint at its place.
pub(super) fn complain_unless<T>(
    report: &mut Report<'_>,
    key: &str,
    text: &str,
    span: &Span,
    read: Read<T>,
) -> Option<T> {
    match read {
        Ok(value) => Some(value),
        Err((code, hint)) => {
            let said = Said::new(
                format!("»{key}« kan ikke læses: »{text}«"),
                format!("`{key}` cannot be read: `{text}`"),
            );
            report.error_with(code, span, said, hint);
            None
        }
    }
}

/// The day of a TOML date without a time.
pub(super) fn day_of(value: &DeValue<'_>) -> Option<Day> {
    let DeValue::Datetime(written) = value else { return None };
    let date = written.date.filter(|_| written.time.is_none() && written.offset.is_none())?;
    Day::from_ymd(i32::from(date.year), u32::from(date.month), u32::from(date.day))
}

/// Complains about a date that is none.
pub(super) fn wrong_date(report: &mut Report<'_>, value: &Value<'_>) {
    let said = Said::new("her skal stå en dato", "a date belongs here");
    let hint = Said::new(
        "skriv den uden anførselstegn og klokkeslæt, fx 2026-11-02",
        "write it without quotes and time, such as 2026-11-02",
    );
    report.error_with("bad-date", &value.span(), said, hint);
}

/// A number as exports write it: decimal comma, no thousands mark.
pub(super) fn number_text(value: &DeValue<'_>) -> Option<String> {
    let amount = match value {
        DeValue::Integer(n) if n.radix() == 10 => Amount::parse(n.as_str()),
        DeValue::Float(n) => Amount::parse(n.as_str()),
        _ => None,
    };
    amount.map(Amount::danish)
}

/// Complains about a value of the wrong type.
pub(super) fn wrong_type(
    report: &mut Report<'_>,
    span: Span,
    key: &str,
    da: &str,
    en: &str,
    found: &DeValue<'_>,
) {
    let kind = kind_of(found);
    let said = Said::new(
        format!("{key} skal være {da}; her står {}", kind.da),
        format!("{key} must be {en}; found {}", kind.en),
    );
    report.error("wrong-type", &span, said);
}

/// A text of a list, with its place.
pub(super) fn list_text(
    report: &mut Report<'_>,
    key: &str,
    item: &Value<'_>,
) -> Option<(String, Span)> {
    match item.get_ref() {
        DeValue::String(text) => Some((text.trim().to_owned(), item.span())),
        other => {
            wrong_type(report, item.span(), key, "tekst i anførselstegn", "quoted text", other);
            None
        }
    }
}
