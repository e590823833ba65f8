//! »Regnestykke for OMEQ« as a table: product, per day, factor, OMEQ, with the ranges.

use serde::{Deserialize, Serialize};

use crate::evaluate::Trace;
use crate::note::Language;
use crate::opioid::dose::Dose;
use crate::opioid::receipt::{Receipt, ReceiptLine};
use crate::opioid::table::{Factor, Table};
use crate::ratio::{Range, Ratio};
use crate::records::{Events, Records};
use crate::schema::{Field, Register};
use crate::view::text_receipt::{Text, say};
use crate::view::words::pick;
use crate::view::{row, text_factors, text_opioids as text};

/// A sum, line by line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReceiptView {
    /// Doses taken every day.
    pub fixed: Vec<ReceiptRow>,
    /// As-needed doses; not part of the sum.
    pub needed: Vec<ReceiptRow>,
    /// Orders that cannot be counted, each with what is missing.
    pub missing: Vec<String>,
    /// Running opioids outside the sum.
    pub apart: Vec<String>,
    /// Substance → its factors, each with its source.
    pub sources: Vec<(String, String)>,
    /// Version of the factor table.
    pub factors: String,
}

/// A line: texts as shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReceiptRow {
    /// Product with strength and form.
    pub product: String,
    /// The dose text as written, and its date.
    pub written: String,
    /// »slut antaget 27-12-2026«; empty if nothing is assumed about the end.
    pub assumed: String,
    /// Where the daily dose comes from, and what else was taken for granted.
    pub notes: String,
    /// »40 mg«.
    pub per_day: String,
    /// »× 1,5«.
    pub factor: String,
    /// »1,3–2«.
    pub factor_span: String,
    /// »60,0«.
    pub omeq: String,
    /// »52,0–80,0«.
    pub omeq_span: String,
}

/// The table of a criterion's sum; `None` where it has none.
#[must_use]
pub fn receipt(records: &Records, trace: &Trace, language: Language) -> Option<ReceiptView> {
    let (receipt, events) = (trace.receipt.as_ref()?, records.events(Register::Medicin)?);
    let words = Text { events, language };
    let table = Lines { words, trace };
    Some(table.view(receipt))
}

struct Lines<'a> {
    words: Text<'a>,
    trace: &'a Trace,
}

impl Lines<'_> {
    fn view(&self, receipt: &Receipt) -> ReceiptView {
        let version = text_factors::version(&receipt.factors, self.words.language);
        let mut view = ReceiptView { factors: version, ..ReceiptView::default() };
        for line in &receipt.lines {
            self.line(receipt, line, &mut view);
        }
        view.apart = receipt.apart.iter().map(|line| self.apart(line)).collect();
        view
    }

    fn line(&self, receipt: &Receipt, line: &ReceiptLine, view: &mut ReceiptView) {
        let computed =
            line.line.dose.as_ref().ok().zip(line.line.factor.as_deref()).zip(line.equivalents);
        let Some(((dose, factor), found)) = computed else {
            return view.missing.push(format!("{} {}", self.product(line), self.why(line)));
        };
        if dose.fixed != Range::ZERO || dose.as_needed.is_none() {
            view.fixed.push(ReceiptRow {
                per_day: self.words.dose(dose.fixed, factor.unit),
                omeq: self.mg(found.fixed),
                omeq_span: self.mg(found.span),
                ..self.frame(line, dose, factor)
            });
        }
        if let Some(most) = dose.as_needed {
            view.needed.push(self.needed(line, dose, factor, most, found.as_needed.flatten()));
        }
        let source = (name(line), self.sources(&receipt.factors, factor));
        if !view.sources.contains(&source) {
            view.sources.push(source);
        }
    }

    fn needed(
        &self,
        line: &ReceiptLine,
        dose: &Dose,
        factor: &Factor,
        most: Option<Ratio>,
        equal: Option<Ratio>,
    ) -> ReceiptRow {
        let language = self.words.language;
        let at_most = |text: String| format!("{} {text}", pick(language, "højst", "at most"));
        let open = || pick(language, "uden højeste", "no maximum").to_owned();
        let per_day = most.map(|most| self.words.dose(Range::exactly(most), factor.unit));
        ReceiptRow {
            per_day: per_day.map_or_else(open, at_most),
            omeq: equal.map_or_else(open, |equal| at_most(text::mg(equal, language))),
            ..self.frame(line, dose, factor)
        }
    }

    // What a row says besides its numbers.
    fn frame(&self, line: &ReceiptLine, dose: &Dose, factor: &Factor) -> ReceiptRow {
        let span = factor.span.filter(|span| span.single().is_none());
        let notes = self.words.dose_source(dose).into_iter();
        let notes = notes.chain(self.words.assumed(line, dose)).chain(self.words.changed(factor));
        ReceiptRow {
            product: self.product(line),
            written: self.written(line),
            assumed: self.assumed_end(line),
            notes: notes.collect::<Vec<_>>().join("; "),
            factor: format!("× {}", self.words.factor(factor)),
            factor_span: span.map_or_else(String::new, |span| self.words.range(span)),
            ..ReceiptRow::default()
        }
    }

    fn product(&self, line: &ReceiptLine) -> String {
        let perhaps = pick(self.words.language, "måske: ", "perhaps: ");
        let perhaps = if line.order.sure { "" } else { perhaps };
        format!("{perhaps}{}", self.words.product(line))
    }

    // »1 tablet morgen og aften«, 12-10-2026.
    fn written(&self, line: &ReceiptLine) -> String {
        let Some(position) = line.order.rows.first() else { return String::new() };
        let events: &Events = self.words.events;
        let dose = events.text(*position, Field::Dosering);
        let dose = if dose.is_empty() { String::new() } else { format!("»{dose}«") };
        let date = events.day(*position).map_or_else(String::new, |day| day.danish());
        row::joined(&[&dose, &date], ", ")
    }

    fn assumed_end(&self, line: &ReceiptLine) -> String {
        let of_line = |one: &&crate::evaluate::Evidence| line.order.rows.contains(&one.position);
        let end = self.trace.evidence.iter().find(of_line).and_then(|one| one.assumed_end);
        row::assumed_end(end, self.words.language)
    }

    fn why(&self, line: &ReceiptLine) -> String {
        let written = self.written(line);
        let reason = line.line.dose.as_ref().err().map(|why| say(self.words.language, why.said()));
        row::joined(&[&written, &reason.unwrap_or_default()], ", ")
    }

    fn apart(&self, line: &ReceiptLine) -> String {
        let mark = &line.line.of_code.mark;
        let mark = if mark.is_empty() { String::new() } else { format!("({mark})") };
        let product = self.product(line);
        row::joined(&[&row::joined(&[&product, &mark], " "), &self.written(line)], ", ")
    }

    fn mg(&self, range: Range) -> String {
        let language = self.words.language;
        match range.single() {
            Some(one) => text::mg(one, language),
            None => format!("{}–{}", text::mg(range.low, language), text::mg(range.high, language)),
        }
    }

    // »1,5 Region Midtjylland; 2 Region Nordjylland«.
    fn sources(&self, factors: &Table, factor: &Factor) -> String {
        let one = |published: &crate::opioid::table::Published| {
            format!(
                "{} {}",
                self.words.range(published.factor),
                factors.source_title(&published.source)
            )
        };
        factor.published.iter().map(one).collect::<Vec<_>>().join("; ")
    }
}

fn name(line: &ReceiptLine) -> String {
    crate::view::words::upper_first(&line.line.of_code.substance)
}
