//! Which line of the table a medicine row belongs to: by its code and its route.

use std::sync::Arc;

use crate::form;

use super::table::{Factor, Table};

/// The line of a row, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// This line.
    Line(&'a Arc<Factor>),
    /// Nothing says which route, and the routes differ.
    NoRoute,
    /// The table has the medicine, but not by this route.
    OtherRoute,
}

/// What a row says of its route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// This one.
    Known(String),
    /// Nothing.
    Silent,
    /// Something that is no known route.
    Unknown,
}

/// Route of a row: what its cell says, else what the form implies.
#[must_use]
pub fn route(table: &Table, cell: &str, form: &str) -> Route {
    let folded = cell.trim().to_lowercase();
    if folded.is_empty() {
        let implied = form::implied_route(form);
        return implied.map_or(Route::Silent, |route| Route::Known(route.to_owned()));
    }
    let mut words = folded.split(|c: char| !c.is_alphanumeric());
    let code = form::route_of_code(&folded).map(str::to_owned);
    code.or_else(|| words.find_map(|word| of_word(table, word)))
        .map_or(Route::Unknown, Route::Known)
}

fn of_word(table: &Table, word: &str) -> Option<String> {
    let known =
        |name: &str| table.factors.iter().any(|factor| factor.routes.iter().any(|r| r == name));
    let name =
        [Some(word), word.strip_prefix("per")].into_iter().flatten().find(|name| known(name));
    let other =
        || table.route_words.iter().find(|(known, _)| known == word).map(|(_, route)| route);
    name.map(str::to_owned).or_else(|| other().cloned())
}

/// Of the lines of one code the one for this route. Without a route, the first if all have one
/// factor (rule R18).
#[must_use]
pub fn choose<'a>(lines: &[&'a Arc<Factor>], route: Option<&str>) -> Found<'a> {
    let any_route = lines.iter().find(|line| line.routes.is_empty());
    if let Some(line) = any_route {
        return Found::Line(line);
    }
    let Some(route) = route else {
        let mut same = lines.iter().map(|line| (line.default, line.unit, line.counted));
        let first = same.next();
        return match lines.first() {
            Some(line) if same.all(|other| Some(other) == first) => Found::Line(line),
            _ => Found::NoRoute,
        };
    };
    let fits = |line: &&&'a Arc<Factor>| line.routes.iter().any(|known| known == route);
    lines.iter().find(fits).map_or(Found::OtherRoute, |line| Found::Line(line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opioid::table::table;

    #[test]
    fn the_cell_goes_before_the_form() {
        let known = |text: &str| Route::Known(text.to_owned());
        for (cell, form, expected) in [
            ("oral", "", known("oral")),
            ("Oral anvendelse", "plaster", known("oral")),
            ("peroral", "", known("oral")),
            ("OR", "", known("oral")),
            ("TD", "", known("transdermal")),
            ("intravenøs anvendelse", "", known("parenteral")),
            ("", "depotplaster", known("transdermal")),
            ("", "resoribletter", known("sublingual")),
            ("", "", Route::Silent),
            ("noget andet", "tabletter", Route::Unknown),
        ] {
            assert_eq!(route(table(), cell, form), expected, "{cell} {form}");
        }
    }
}
