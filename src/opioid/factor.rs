//! Which line of the table a medicine row belongs to: by its code and its route.

use crate::form;

use super::table::{Factor, Table};

/// The line of a row, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// This line.
    Line(&'static Factor),
    /// Nothing says which route, and the routes differ.
    NoRoute,
    /// The table has the medicine, but not by this route.
    OtherRoute,
}

/// Route of a row: what its cell says, else what the form implies. `Err` = the cell says
/// something that is no known route.
///
/// # Errors
/// An unknown word in the cell.
pub fn route(table: &Table, cell: &str, form: &str) -> Result<Option<String>, ()> {
    let folded = cell.trim().to_lowercase();
    if folded.is_empty() {
        return Ok(form::implied_route(form).map(str::to_owned));
    }
    form::route_of_code(&folded)
        .map(str::to_owned)
        .or_else(|| {
            folded.split(|c: char| !c.is_alphanumeric()).find_map(|word| of_word(table, word))
        })
        .map(Some)
        .ok_or(())
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
pub fn choose(lines: &[&'static Factor], route: Option<&str>) -> Found {
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
    let fits = |line: &&&'static Factor| line.routes.iter().any(|known| known == route);
    lines.iter().find(fits).map_or(Found::OtherRoute, |line| Found::Line(line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opioid::table::table;

    fn of(cell: &str, form: &str) -> Result<Option<String>, ()> {
        route(table(), cell, form)
    }

    #[test]
    fn the_cell_goes_before_the_form() {
        let route = |text: &str| Ok(Some(text.to_owned()));
        for (cell, form, expected) in [
            ("oral", "", route("oral")),
            ("Oral anvendelse", "plaster", route("oral")),
            ("peroral", "", route("oral")),
            ("OR", "", route("oral")),
            ("TD", "", route("transdermal")),
            ("intravenøs anvendelse", "", route("parenteral")),
            ("", "depotplaster", route("transdermal")),
            ("", "resoribletter", route("sublingual")),
            ("", "", Ok(None)),
            ("noget andet", "tabletter", Err(())),
        ] {
            assert_eq!(of(cell, form), expected, "{cell} {form}");
        }
    }
}
