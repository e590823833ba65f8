//! Pharmaceutical form: prolonged release, patch, neither; and the route that a form implies.
//!
//! The words are data: `profiles/formats/form-words.csv`. The first word of a list that stands in
//! the text decides, so that `depotplaster` is a patch.

use std::sync::OnceLock;

const WORDS: &str = include_str!("../profiles/formats/form-words.csv");

/// How a form gives off its substance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Release {
    /// Prolonged.
    Depot,
    /// Neither prolonged nor a patch.
    Short,
    /// A patch.
    Patch,
}

struct Words {
    release: Vec<(&'static str, Release)>,
    route: Vec<(&'static str, &'static str)>,
    code: Vec<(&'static str, &'static str)>,
}

fn words() -> &'static Words {
    static READ: OnceLock<Words> = OnceLock::new();
    READ.get_or_init(|| {
        let rows = |about: &'static str| {
            WORDS.lines().skip(1).filter_map(move |line| {
                let mut cells = line.split(';');
                (cells.next() == Some(about)).then_some(())?;
                Some((cells.next()?, cells.next()?))
            })
        };
        let release = |means| if means == "plaster" { Release::Patch } else { Release::Depot };
        Words {
            release: rows("release").map(|(word, means)| (word, release(means))).collect(),
            route: rows("route").collect(),
            code: rows("route_code").collect(),
        }
    })
}

/// What a form text says; `None` for an empty one.
///
/// ```
/// use profilblik::form::{Release, release};
/// assert_eq!(release("Depotplastre"), Some(Release::Patch));
/// assert_eq!(release("filmovertrukne tabletter"), Some(Release::Short));
/// assert_eq!(release(" "), None);
/// ```
#[must_use]
pub fn release(form: &str) -> Option<Release> {
    let folded = form.trim().to_lowercase();
    if folded.is_empty() {
        return None;
    }
    let said = words().release.iter().find(|(word, _)| folded.contains(word));
    Some(said.map_or(Release::Short, |(_, release)| *release))
}

/// The route that a form implies (`oral`, `transdermal`, `rektal`, `parenteral`, …); `None` where
/// it implies none.
///
/// ```
/// use profilblik::form::implied_route;
/// assert_eq!(implied_route("depottabletter"), Some("oral"));
/// assert_eq!(implied_route("injektionsvæske, opløsning"), Some("parenteral"));
/// assert_eq!(implied_route("dråber"), None);
/// ```
#[must_use]
pub fn implied_route(form: &str) -> Option<&'static str> {
    let folded = form.to_lowercase();
    words().route.iter().find(|(word, _)| folded.contains(word)).map(|(_, route)| *route)
}

/// The route of a whole cell that is a code (`OR`), in lower case.
#[must_use]
pub fn route_of_code(folded: &str) -> Option<&'static str> {
    words().code.iter().find(|(code, _)| *code == folded).map(|(_, route)| *route)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_file_is_read() {
        let all = words();
        let rows = WORDS.lines().count() - 1;
        assert_eq!(all.release.len() + all.route.len() + all.code.len(), rows);
        for line in WORDS.lines() {
            assert_eq!(line.split(';').filter(|cell| !cell.trim().is_empty()).count(), 4, "{line}");
        }
    }

    #[test]
    fn a_patch_is_a_patch_before_it_is_a_depot() {
        assert_eq!(release("DEPOTPLASTER"), Some(Release::Patch));
        assert_eq!(release("depotkapsler, hårde"), Some(Release::Depot));
        assert_eq!(implied_route("depotplaster"), Some("transdermal"));
        assert_eq!(implied_route("resoribletter, sublinguale"), Some("sublingual"));
        assert_eq!(implied_route("vaginaltabletter"), Some("vaginal"));
        assert_eq!(route_of_code("or"), Some("oral"));
        assert_eq!(route_of_code("xx"), None);
    }
}
