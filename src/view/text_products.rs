//! Sentences of the tables of medicines.

use crate::note::Language;
use crate::profile::plan::TableLine;
use crate::view::words::{number, pick};

/// Headings: substance, product (per product only), persons, share, rows, DDD.
#[must_use]
pub fn headings(per: TableLine, language: Language) -> Vec<String> {
    let product = (per == TableLine::Product).then(|| pick(language, "Præparat", "Product"));
    let rest = [
        pick(language, "Personer", "Persons"),
        pick(language, "Andel, %", "Share, %"),
        pick(language, "Rækker", "Rows"),
        "DDD",
    ];
    let first = pick(language, "Stof", "Substance");
    [first].into_iter().chain(product).chain(rest).map(str::to_owned).collect()
}

/// The last line of a unit.
#[must_use]
pub fn total(language: Language) -> &'static str {
    pick(language, "I alt", "Total")
}

/// A row that names neither substance nor product.
#[must_use]
pub fn unnamed(language: Language) -> &'static str {
    pick(language, "ikke oplyst", "not stated")
}

/// »mindst 12«.
#[must_use]
pub fn at_least(text: &str, language: Language) -> String {
    format!("{} {text}", pick(language, "mindst", "at least"))
}

/// How the table is counted.
#[must_use]
pub fn rule(asked: &str, language: Language) -> String {
    match language {
        Language::Danish => format!(
            "{asked} Hver person tæller én gang på hver linje og én gang i alt, så andelene kan blive mere end 100 % tilsammen. »mindst« ved DDD: nogle rækker siger ikke nok til at regne dem."
        ),
        Language::English => format!(
            "{asked} Each person counts once on each line and once in the total, so that shares can add up to more than 100 %. »at least« beside DDD: some rows do not say enough to compute them."
        ),
    }
}

/// Rows on no line.
#[must_use]
pub fn perhaps(rows: u64, language: Language) -> String {
    let rows = number(rows, language);
    match language {
        Language::Danish => format!("Rækker uden sikker dato eller kode, på ingen linje: {rows}."),
        Language::English => format!("Rows without a sure date or code, on no line: {rows}."),
    }
}

/// The export has no medicines.
#[must_use]
pub fn no_medicines(language: Language) -> &'static str {
    pick(language, "Medicin findes ikke i filen.", "There are no medicines in the file.")
}
