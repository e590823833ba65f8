//! Which command takes which options.

#[rustfmt::skip]
const EVALUATE: [&str; 12] = [
    "profile", "mapping", "date", "json", "attrition", "products", "columns", "factors", "factor-set", "choose",
    "switch-on", "lang",
];
#[rustfmt::skip]
const WHY: [&str; 10] = [
    "profile", "mapping", "date", "cpr", "json", "factors", "factor-set", "choose", "switch-on", "lang",
];
/// Every option.
#[rustfmt::skip]
pub const ALL: [&str; 19] = [
    "profile", "mapping", "date", "cpr", "patients", "seed", "out", "export", "dialect", "json", "attrition",
    "products", "columns", "table", "factors", "factor-set", "choose", "switch-on", "lang",
];

/// The options of a command; `None` = there is no such command.
pub fn of(command: &str) -> Option<&'static [&'static str]> {
    Some(match command {
        "evaluate" => &EVALUATE,
        "why" => &WHY,
        "say" => &["date", "table", "lang"],
        "test" | "pack" => &["lang"],
        "demo" => &["patients", "seed", "date", "out", "lang"],
        "quality" => &["mapping", "date", "json", "lang"],
        "report" => &["json", "mapping", "lang"],
        "mapping" => &["out", "mapping", "lang"],
        "dosage" => &["json", "lang"],
        "normalise" => &["out", "mapping", "export", "factors", "factor-set", "lang"],
        "sql" => &["date", "dialect", "lang"],
        _ => return None,
    })
}
