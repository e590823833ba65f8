//! What an option's value must look like.

use profilblik::day::Day;
use profilblik::sql::Dialect;

use crate::outcome::Misuse;

/// An option that the command needs.
pub fn missing(option: &str) -> Misuse {
    Misuse::new(format!("`{option}` mangler"), format!("`{option}` is missing"))
}

/// `duckdb` or `spark`.
pub fn dialect(text: &str) -> Result<Dialect, Misuse> {
    Dialect::from_name(text).ok_or_else(|| {
        Misuse::new("`--dialect` er `duckdb` eller `spark`", "`--dialect` is `duckdb` or `spark`")
    })
}

/// `2026-11-01`.
pub fn day(text: &str) -> Result<Day, Misuse> {
    Day::parse_iso(text).ok_or_else(|| {
        Misuse::new(
            format!("`{text}` er ikke en dato som 2026-11-01"),
            format!("`{text}` is no date like 2026-11-01"),
        )
    })
}

/// A whole number.
pub fn number<N: std::str::FromStr>(option: &str, text: &str) -> Result<N, Misuse> {
    text.parse().map_err(|_| {
        Misuse::new(
            format!("`--{option}`: `{text}` er ikke et helt tal"),
            format!("`--{option}`: `{text}` is no whole number"),
        )
    })
}
