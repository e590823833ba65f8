//! Which records a selection asks for: codes, names, form, route (rules R5, R10).
//!
//! Everything is resolved once over the register's dictionaries, so that a row costs one or a few
//! table lookups.

use crate::code::Code;
use crate::evaluate::compare::fold_text;
use crate::evaluate::hit::Doubt;
use crate::form::{self, Release};
use crate::profile::plan::{CodeFilter, Form, Selection};
use crate::records::Events;
use crate::schema::Field;
use crate::truth::Truth;

/// The filters of a selection, resolved.
#[derive(Debug)]
pub(crate) struct Filter {
    codes: Option<Vec<bool>>,
    texts: Vec<Texts>,
    dose_dispensed: Option<DoseDispensed>,
}

/// Does any of these fields say so? One verdict per dictionary entry.
#[derive(Debug)]
struct Texts {
    fields: Vec<(Field, Vec<Truth>)>,
    // What the row counts as if none of the fields says anything.
    missing: Field,
}

#[derive(Clone, Copy, Debug)]
struct DoseDispensed {
    wanted: bool,
    column: bool,
    // The column only ever marks the dispensed ones (an X), so that an empty cell says no.
    marks_only: bool,
}

impl Filter {
    /// Resolves the filters over the dictionaries of `events`.
    pub fn new(ask: &Selection, events: &Events) -> Self {
        let codes = ask.codes.as_ref().map(|filter| resolve_codes(filter, events));
        let mut texts = Vec::new();
        if !ask.name_contains.is_empty() {
            texts.push(names(ask, events));
        }
        if let Some(form) = ask.form {
            texts.push(Texts::one(events, Field::Form, |text| form_says(text, form)));
        }
        if let Some(route) = &ask.route {
            texts.push(Texts::one(events, Field::Administrationsvej, |text| {
                route_says(text, route)
            }));
        }
        let dose_dispensed = ask.dose_dispensed.map(|wanted| DoseDispensed::new(wanted, events));
        Self { codes, texts, dose_dispensed }
    }

    /// By code group: is it asked for? `None` = codes are not asked for.
    pub fn codes(&self) -> Option<&[bool]> {
        self.codes.as_deref()
    }

    /// `None` = surely not asked for; else the doubt, if any.
    #[expect(clippy::option_option, reason = "no match, a sure match and a doubtful one")]
    #[inline]
    pub fn admits(&self, events: &Events, position: usize) -> Option<Option<Doubt>> {
        let doubt = self.admits_together(events, position)?;
        match &self.dose_dispensed {
            None => Some(doubt),
            Some(dispensed) => match dispensed.verdict(events, position) {
                Truth::No => None,
                Truth::Unknown => Some(doubt.or(Some(Doubt::Field(Field::Dosisdispensering)))),
                Truth::Yes => Some(doubt),
            },
        }
    }

    /// The same by what `samtidig` uses of a criterion (rule R16): codes, names, form and route.
    #[expect(clippy::option_option, reason = "as above")]
    #[inline]
    pub fn admits_together(&self, events: &Events, position: usize) -> Option<Option<Doubt>> {
        if let Some(codes) = &self.codes
            && !codes.get(events.code_id(position)).copied().unwrap_or(false)
        {
            return None;
        }
        if self.texts.is_empty() { Some(None) } else { self.admits_by_text(events, position) }
    }

    #[expect(clippy::option_option, reason = "as above")]
    fn admits_by_text(&self, events: &Events, position: usize) -> Option<Option<Doubt>> {
        let mut doubt = None;
        for texts in &self.texts {
            match texts.verdict(events, position) {
                Truth::No => return None,
                Truth::Unknown => doubt = doubt.or(Some(Doubt::Field(texts.missing))),
                Truth::Yes => {}
            }
        }
        Some(doubt)
    }
}

fn resolve_codes(filter: &CodeFilter, events: &Events) -> Vec<bool> {
    let asked = |code: &Code| filter.include.iter().any(|p| p.matches(code));
    let excepted = |code: &Code| filter.except.iter().any(|p| p.matches(code));
    let wanted = |codes: &Vec<Code>| {
        // A row with codes of several systems is one record: an exception on any of them wins.
        codes.iter().any(asked) && !codes.iter().any(excepted)
    };
    events.code_groups().iter().map(wanted).collect()
}

fn names(ask: &Selection, events: &Events) -> Texts {
    let contains = |text: &str| {
        let folded = text.to_lowercase();
        let found = ask.name_contains.iter().any(|name| folded.contains(name.as_str()));
        if folded.is_empty() { Truth::Unknown } else { Truth::known(found) }
    };
    let descriptive = ask.register.descriptive_fields();
    let fields = descriptive
        .iter()
        .filter(|field| events.has_field(**field))
        .map(|field| (*field, events.dictionary(*field).iter().map(|t| contains(t)).collect()))
        .collect();
    Texts { fields, missing: descriptive.first().copied().unwrap_or(Field::Tekst) }
}

impl Texts {
    fn one(events: &Events, field: Field, says: impl Fn(&str) -> Truth) -> Self {
        let by_text = events.dictionary(field).iter().map(|text| says(&fold_text(text))).collect();
        let fields = if events.has_field(field) { vec![(field, by_text)] } else { Vec::new() };
        Self { fields, missing: field }
    }

    // Yes if any field says yes; no if one says no and none yes; unknown if all are silent.
    fn verdict(&self, events: &Events, position: usize) -> Truth {
        let mut said = Truth::Unknown;
        for (field, by_text) in &self.fields {
            match by_text.get(events.text_id(position, *field)) {
                Some(Truth::Yes) => return Truth::Yes,
                Some(Truth::No) => said = Truth::No,
                Some(Truth::Unknown) | None => {}
            }
        }
        said
    }
}

impl DoseDispensed {
    fn new(wanted: bool, events: &Events) -> Self {
        let column = events.has_field(Field::Dosisdispensering);
        let says_no = |p| events.flag(p, Field::Dosisdispensering) == Some(false);
        Self { wanted, column, marks_only: column && !(0..events.len()).any(says_no) }
    }

    fn verdict(self, events: &Events, position: usize) -> Truth {
        match events.flag(position, Field::Dosisdispensering) {
            _ if !self.column => Truth::Unknown,
            Some(dispensed) => Truth::known(dispensed == self.wanted),
            None if self.marks_only
                && events.text(position, Field::Dosisdispensering).is_empty() =>
            {
                Truth::known(!self.wanted)
            }
            None => Truth::Unknown,
        }
    }
}

fn form_says(folded: &str, wanted: Form) -> Truth {
    match form::release(folded) {
        None => Truth::Unknown,
        Some(Release::Patch) => Truth::known(wanted == Form::Patch),
        Some(Release::Depot) => Truth::known(wanted == Form::Depot),
        Some(Release::Short) => Truth::known(wanted == Form::Short),
    }
}

// »Oral anvendelse«, »peroral« and »oral« are one route; FMK writes OR, TD, …
fn route_says(folded: &str, wanted: &str) -> Truth {
    let is_route = |word: &str| word == wanted || word.strip_prefix("per") == Some(wanted);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    if folded.is_empty() {
        return Truth::Unknown;
    }
    match form::route_of_code(folded) {
        Some(route) => Truth::known(wanted == route),
        None => Truth::known(words.any(is_route)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Truth::{No, Unknown, Yes};

    #[test]
    fn form_is_read_from_the_words() {
        for (text, depot, short, patch) in [
            ("depottabletter", Yes, No, No),
            ("depotplaster", No, No, Yes),
            ("plastre", No, No, Yes),
            ("kort", No, Yes, No),
            ("filmovertrukne tabletter", No, Yes, No),
            ("", Unknown, Unknown, Unknown),
        ] {
            assert_eq!(form_says(text, Form::Depot), depot, "{text}");
            assert_eq!(form_says(text, Form::Short), short, "{text}");
            assert_eq!(form_says(text, Form::Patch), patch, "{text}");
        }
    }

    #[test]
    fn routes_are_whole_words() {
        assert_eq!(route_says("oral anvendelse", "oral"), Yes);
        assert_eq!(route_says("peroral", "oral"), Yes);
        assert_eq!(route_says("or", "oral"), Yes);
        assert_eq!(route_says("perioral", "oral"), No);
        assert_eq!(route_says("transdermal", "oral"), No);
        assert_eq!(route_says("", "oral"), Unknown);
    }
}
