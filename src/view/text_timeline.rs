//! What the timeline says, in both languages.

use crate::day::Day;
use crate::evaluate::course::{Measure, Onset, Treated, Trend, measure};
use crate::note::Language;
use crate::opioid::sum::Sum;
use crate::ratio::Ratio;
use crate::view::text_receipt::number;
use crate::view::timeline::BarKind;
use crate::view::words::{month_and_year, pick};

pub(super) fn no_medicine(language: Language) -> &'static str {
    pick(language, "Medicin findes ikke i udtrækket.", "The export has no medicine.")
}

pub(super) fn nothing(first: Day, last: Day, language: Language) -> String {
    let words = pick(language, "Intet at tegne fra", "Nothing to draw from");
    let to = pick(language, "til", "to");
    format!("{words} {} {to} {}.", first.danish(), last.danish())
}

/// The year in January, else the month.
pub(super) fn quarter(day: Day, language: Language) -> String {
    let (year, month, _) = day.ymd();
    let name = month_and_year(day, language);
    match month {
        1 => year.to_string(),
        _ => name.rsplit_once(' ').map_or(String::new(), |(month, _)| month.to_owned()),
    }
}

pub(super) fn begins(label: &str, kind: BarKind, language: Language) -> String {
    let need = as_needed(kind, language);
    format!("{label}{need} {}", pick(language, "begynder", "begins"))
}

pub(super) fn ends(label: &str, kind: BarKind, language: Language) -> String {
    let need = as_needed(kind, language);
    let assumed = match kind {
        BarKind::Assumed => pick(language, " (antaget)", " (assumed)"),
        _ => "",
    };
    format!("{label}{need} {}{assumed}", pick(language, "sidste dag", "last day"))
}

fn as_needed(kind: BarKind, language: Language) -> &'static str {
    match kind {
        BarKind::AsNeeded => pick(language, ", efter behov,", ", as needed,"),
        _ => "",
    }
}

pub(super) fn limit(limit: Ratio, language: Language) -> String {
    let limit = number(limit, language);
    match language {
        Language::Danish => format!("{limit} mg, grænsen i profilen"),
        Language::English => format!("{limit} mg, the profile's limit"),
    }
}

/// »OMEQ 90 → mindst 120«.
pub(super) fn change(before: &Sum, after: &Sum, language: Language) -> String {
    format!("OMEQ {} → {}", sum(before, language), sum(after, language))
}

fn sum(sum: &Sum, language: Language) -> String {
    let fixed = number(sum.fixed, language);
    if sum.missing > 0 {
        format!("{} {fixed}", pick(language, "mindst", "at least"))
    } else {
        fixed
    }
}

/// A sentence per course, the latest first, at most three.
pub(super) fn courses(treated: &Treated, index: Day, language: Language) -> Vec<String> {
    let last = treated.courses.len();
    let said = treated.courses.iter().enumerate().rev().take(3).map(|(at, (from, to))| {
        let runs = index <= *to;
        let until = match (runs, language) {
            (true, Language::Danish) => "løber på indeksdatoen".to_owned(),
            (true, Language::English) => "runs on the index date".to_owned(),
            (false, Language::Danish) => format!("til {}", to.danish()),
            (false, Language::English) => format!("until {}", to.danish()),
        };
        let course = pick(language, "Opioidforløb fra", "Opioid course from");
        let onset = if at + 1 == last { onset(treated.onset, language) } else { String::new() };
        format!("{course} {}, {until}{onset}.", from.danish())
    });
    let mut said: Vec<String> = said.collect();
    let gap = measure().gap_days;
    said.push(match language {
        Language::Danish => {
            format!("Højst {gap} dage uden opioid afbryder ikke et forløb (eget valg).")
        }
        Language::English => {
            format!("At most {gap} days without an opioid do not end a course (our choice).")
        }
    });
    said
}

fn onset(onset: Onset, language: Language) -> String {
    let free = measure().washout_days;
    match (onset, language) {
        (Onset::First, Language::Danish) => ", det første i udtrækket".to_owned(),
        (Onset::First, Language::English) => ", the first in the export".to_owned(),
        (Onset::Again, Language::Danish) => format!(", efter mindst {free} dage uden opioid"),
        (Onset::Again, Language::English) => format!(", after at least {free} days without an opioid"),
        (Onset::Soon, Language::Danish) => format!(", efter under {free} dage uden opioid"),
        (Onset::Soon, Language::English) => format!(", after less than {free} days without an opioid"),
        (Onset::Unknown, Language::Danish) => {
            "; om det er det første, kan ikke afgøres: udtrækket rækker ikke langt nok tilbage, eller en række mangler dato".to_owned()
        }
        (Onset::Unknown, Language::English) => {
            "; whether it is the first cannot be decided: the export does not reach back far enough, or a row has no date".to_owned()
        }
    }
}

/// What new, rising and falling mean.
#[must_use]
pub fn rule(language: Language) -> String {
    let Measure { washout_days, new_days, compare_days, change_percent, .. } = measure();
    match language {
        Language::Danish => format!(
            "Nyt: under {new_days} dage gammelt, efter mindst {washout_days} dage uden opioid. \
             Stigende eller faldende: mere end {change_percent} % i forhold til {compare_days} dage før."
        ),
        Language::English => format!(
            "New: less than {new_days} days old, after at least {washout_days} days without an opioid. \
             Rising or falling: more than {change_percent} % against {compare_days} days before."
        ),
    }
}

/// »Stigende: 120 mod 90 for 30 dage siden; en ændring er mere end 10 %.«
pub(super) fn trend(treated: &Treated, language: Language) -> String {
    let word = match treated.trend {
        Trend::NotRunning => {
            return pick(
                language,
                "Intet opioid løber på indeksdatoen.",
                "No opioid runs on the index date.",
            )
            .to_owned();
        }
        Trend::New => pick(language, "Nyt forløb", "New course"),
        Trend::Rising => pick(language, "Stigende", "Rising"),
        Trend::Stable => pick(language, "Uændret", "Unchanged"),
        Trend::Tapering => pick(language, "Faldende", "Falling"),
        Trend::Unknown => {
            pick(language, "Udviklingen kan ikke afgøres", "The trend cannot be decided")
        }
    };
    let (now, before) = &treated.sums;
    let (now, before) = (sum(now, language), sum(before, language));
    let (days, percent) = (measure().compare_days, measure().change_percent);
    match language {
        Language::Danish => format!(
            "{word}: {now} mg OMEQ mod {before} for {days} dage siden; en ændring er mere end {percent} %."
        ),
        Language::English => format!(
            "{word}: {now} mg OMEQ against {before} {days} days earlier; a change is more than {percent} %."
        ),
    }
}

pub(super) fn not_drawn(products: usize, undated: usize, language: Language) -> Vec<String> {
    let mut said = Vec::new();
    if products > 0 {
        said.push(match language {
            Language::Danish => format!("{products} andre præparater er ikke tegnet."),
            Language::English => format!("{products} other products are not drawn."),
        });
    }
    if undated > 0 {
        said.push(match language {
            Language::Danish => format!("{undated} medicinrækker uden startdato er ikke tegnet."),
            Language::English => format!("{undated} medicine rows without a start are not drawn."),
        });
    }
    said
}
