//! The figures of a profile as text to be pasted elsewhere: small numbers withheld, as on paper.

use crate::day::Day;
use crate::note::Language;
use crate::profile::plan::Plan;
use crate::view::figures::{FiguresView, MeasureView};
use crate::view::outward;
use crate::view::products::ProductsView;
use crate::view::text_figures as text;

/// Lines with tabs between cells, each cell made safe by [`outward::cell`]. First what it is: profile, version, fingerprint, index date.
#[must_use]
pub fn copy(view: &FiguresView, plan: &Plan, index_date: Day, language: Language) -> String {
    let header = &plan.header;
    let mut lines = vec![
        row([&header.title, &header.version, &plan.fingerprint]),
        row([text::as_of(index_date, language)]),
        row([text::copy_note(language)]),
    ];
    lines.extend(view.measures.iter().flat_map(|one| measure(one, language)));
    lines.extend(view.products.iter().flat_map(products));
    let absent = view.absent.iter().map(|one| row([&one.title, &one.reason]));
    lines.extend(absent);
    lines.join("\n") + "\n"
}

fn measure(measure: &MeasureView, language: Language) -> Vec<String> {
    let [practice, numerator, denominator, undecided, source] = text::columns(language);
    let title = &measure.value_title;
    let mut lines = vec![String::new(), row([&measure.title])];
    lines.push(row([practice, numerator, denominator, title, undecided, source]));
    lines.extend(measure.rows.iter().map(|one| {
        let cells = &one.printed;
        let numbers = [&cells.numerator, &cells.denominator, &cells.value, &cells.undecided];
        row([&one.practice].into_iter().chain(numbers).chain([&cells.source]))
    }));
    lines.push(row([&measure.rule]));
    lines
}

fn products(table: &ProductsView) -> Vec<String> {
    let mut lines = vec![String::new(), row([&table.title])];
    for unit in &table.units {
        let headings = table.headings.iter().map(String::as_str);
        lines.push(row([unit.practice.as_str()].into_iter().chain(headings)));
        lines.extend(unit.rows.iter().map(|one| {
            let cells = one.names.iter().chain(&one.printed).map(String::as_str);
            row([""].into_iter().chain(cells))
        }));
    }
    lines.extend((!table.remark.is_empty()).then(|| row([&table.remark])));
    lines.push(row([&table.rule]));
    lines
}

fn row<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    cells.into_iter().map(|cell| outward::cell(cell.as_ref())).collect::<Vec<_>>().join("\t")
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn no_cell_moves_another_or_is_a_formula() {
        assert_eq!(row(["a\tb", "c\r\nd", "=1+1", "@x", "5 mg"]), "a b\tc  d\t'=1+1\t'@x\t5 mg");
    }
}
