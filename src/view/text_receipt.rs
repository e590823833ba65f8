//! »Regnestykke for OMEQ«: the sum of opioids line by line, in both languages.

use crate::amount::Amount;
use crate::evaluate::Trace;
use crate::note::{Language, Said};
use crate::opioid::dose::Dose;
use crate::opioid::receipt::{Receipt, ReceiptLine};
use crate::opioid::sum::{Step, Sum};
use crate::opioid::table::{Certainty, Factor, Published, Unit, rounded};
use crate::ratio::{Range, Ratio};
use crate::records::{Events, Records};
use crate::schema::{Field, Register};
use crate::view::text_factors;
use crate::view::words::{amount, pick};

/// The lines of a criterion's sum; empty where it has none.
#[must_use]
pub fn lines(records: &Records, trace: &Trace, language: Language) -> Vec<String> {
    let (Some(receipt), Some(events)) = (&trace.receipt, records.events(Register::Medicin)) else {
        return Vec::new();
    };
    let text = Text { events, language };
    let mut all = vec![text.heading(receipt)];
    for line in &receipt.lines {
        all.extend(text.line(line));
    }
    all.extend(receipt.steps.iter().map(|step| text.step(step)));
    all.extend(text.sums(receipt));
    all.extend(receipt.apart.iter().map(|line| text.apart(line)));
    all.push(text.purpose(receipt));
    all
}

/// Why the dose of a row of this sum is not known; `None` = the row is no line of it.
#[must_use]
pub fn missing(receipt: &Receipt, position: usize, language: Language) -> Option<String> {
    let line = receipt.lines.iter().find(|line| line.order.rows.contains(&position))?;
    let reason = line.line.dose.as_ref().err()?;
    Some(say(language, reason.said()))
}

/// Words of a receipt's lines.
pub(super) struct Text<'a> {
    pub(super) events: &'a Events,
    pub(super) language: Language,
}

pub(super) fn say(language: Language, said: Said) -> String {
    match language {
        Language::Danish => said.da,
        Language::English => said.en,
    }
}

/// At most two decimals.
pub(super) fn number(ratio: Ratio, language: Language) -> String {
    const HUNDREDTH: i64 = Amount::ONE / 100;
    let exact = rounded(ratio).0;
    let whole = exact.saturating_add(HUNDREDTH / 2).div_euclid(HUNDREDTH);
    amount(Amount(whole.saturating_mul(HUNDREDTH)), language)
}

impl Text<'_> {
    fn say(&self, danish: String, english: String) -> String {
        say(self.language, Said::new(danish, english))
    }

    fn number(&self, ratio: Ratio) -> String {
        number(ratio, self.language)
    }

    fn heading(&self, receipt: &Receipt) -> String {
        let day = receipt.day.danish();
        if let (Some(first), Some(last)) = (receipt.steps.first(), receipt.steps.last()) {
            let (from, to) = (first.from.danish(), last.to.danish());
            return self.say(
                format!("Regnestykke for OMEQ i alt {from} til {to}: dage × mg morfin pr. døgn"),
                format!("Sum of OMEQ in all {from} to {to}: days × mg morphine a day"),
            );
        }
        self.say(
            format!("Regnestykke for OMEQ pr. {day}: døgndosis × faktor = mg morfin pr. døgn"),
            format!("Sum of OMEQ on {day}: daily dose × factor = mg morphine a day"),
        )
    }

    // »Oxycontin 20 mg depottabletter (oxycodon)«.
    pub(super) fn product(&self, line: &ReceiptLine) -> String {
        let Some(row) = line.order.rows.first() else { return String::new() };
        let fields = [Field::Navn, Field::Styrke, Field::StyrkeEnhed, Field::Form];
        let texts = fields.map(|field| self.events.text(*row, field));
        let mut parts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        let codes = self.events.code_groups().get(self.events.code_id(*row));
        let code = codes.and_then(|codes| codes.first()).map(crate::code::Code::shown);
        let code = code.unwrap_or_default();
        if self.events.text(*row, Field::Navn).is_empty() {
            parts.insert(0, &code);
        }
        let substance = &line.line.of_code.substance;
        let product = parts.join(" ");
        if substance.is_empty() { product } else { format!("{product} ({substance})") }
    }

    fn line(&self, line: &ReceiptLine) -> Vec<String> {
        let product = self.product(line);
        let computed =
            line.line.dose.as_ref().ok().zip(line.line.factor.as_deref()).zip(line.equivalents);
        let Some(((dose, factor), found)) = computed else {
            return vec![self.missing(&product, line)];
        };
        let mut parts = Vec::new();
        if dose.fixed != Range::ZERO {
            parts.push(format!(
                "{} × {} = {}{}",
                self.dose(dose.fixed, factor.unit),
                self.factor(factor),
                self.mg(found.fixed),
                self.span(found.span),
            ));
        }
        match (dose.as_needed, found.as_needed) {
            (Some(Some(most)), Some(Some(equal))) => {
                let dose = self.dose(Range::exactly(most), factor.unit);
                let (factor, mg) = (self.factor(factor), self.mg(Range::exactly(equal)));
                parts.push(self.say(
                    format!("efter behov højst {dose} × {factor} = {mg}"),
                    format!("as needed at most {dose} × {factor} = {mg}"),
                ));
            }
            (Some(None), _) => parts.push(self.say(
                "efter behov uden højeste dosis".into(),
                "as needed without a maximum".into(),
            )),
            _ => {}
        }
        let perhaps =
            if line.order.sure { "" } else { pick(self.language, "måske: ", "perhaps: ") };
        let mut all = vec![format!("{perhaps}{product}: {}", parts.join("; "))];
        all.push(format!("   {}", self.basis(line, dose, factor)));
        all
    }

    // »01-05-2025 til 10-05-2025: 10 dage × 60–90 mg = 600–900 mg«.
    fn step(&self, step: &Step) -> String {
        let (each, days) = (&step.sum, step.days());
        let mut all = Sum::default();
        all.add_days(step);
        let at_least = pick(self.language, "mindst ", "at least ");
        let mg = |sum: &Sum| match sum.most {
            Some(high) => self.mg(Range { low: sum.fixed, high }),
            None => format!("{at_least}{}", self.mg(Range::exactly(sum.fixed))),
        };
        let (from, to) = (step.from.danish(), step.to.danish());
        let (each, all) = (mg(each), mg(&all));
        let (until, of) = (pick(self.language, "til", "to"), pick(self.language, "dage", "days"));
        format!("{from} {until} {to}: {of} {days} × {each} = {all}")
    }

    fn missing(&self, product: &str, line: &ReceiptLine) -> String {
        let reason = line.line.dose.as_ref().err().map(|reason| say(self.language, reason.said()));
        let reason = reason.unwrap_or_default();
        self.say(
            format!("Kan ikke opgøres: {product}, {reason}"),
            format!("Cannot be counted: {product}, {reason}"),
        )
    }

    pub(super) fn dose(&self, dose: Range, unit: Unit) -> String {
        let unit = match unit {
            Unit::Milligram => "mg",
            Unit::Microgram => "µg",
            Unit::MicrogramPerHour => pick(self.language, "µg/t", "µg/h"),
        };
        format!("{} {unit}", self.range(dose))
    }

    pub(super) fn factor(&self, factor: &Factor) -> String {
        factor.default.map_or_else(String::new, |factor| self.number(factor))
    }

    fn mg(&self, range: Range) -> String {
        format!("{} mg", self.range(range))
    }

    pub(super) fn range(&self, range: Range) -> String {
        match range.single() {
            Some(one) => self.number(one),
            None => format!("{}–{}", self.number(range.low), self.number(range.high)),
        }
    }

    fn span(&self, span: Range) -> String {
        if span.single().is_some() { String::new() } else { format!(" ({})", self.range(span)) }
    }

    // Where dose and factor come from, and what was taken for granted.
    fn basis(&self, line: &ReceiptLine, dose: &Dose, factor: &Factor) -> String {
        let mut said: Vec<String> = self.dose_source(dose).into_iter().collect();
        said.push(self.sources(factor));
        said.extend(self.changed(factor));
        said.extend(self.assumed(line, dose));
        said.join("; ")
    }

    // Where the daily dose comes from.
    pub(super) fn dose_source(&self, dose: &Dose) -> Option<String> {
        let source = say(self.language, dose.source?.said());
        Some(self.say(format!("Dosis: {source}"), format!("Dose: {source}")))
    }

    // What was taken for granted, and how many rows say so.
    pub(super) fn assumed(&self, line: &ReceiptLine, dose: &Dose) -> Vec<String> {
        let mut said = Vec::new();
        said.extend(dose.assumptions.iter().map(|one| say(self.language, one.said())));
        if line.contradictory {
            said.push(self.say(
                "udleveringer fra samme dag har forskellig dosis".into(),
                "dispensings of one day have different doses".into(),
            ));
        }
        if line.order.dispensings > 1 {
            let number = line.order.dispensings;
            said.push(self.say(
                format!("{number} udleveringer af samme ordination"),
                format!("{number} dispensings of one order"),
            ));
        }
        said
    }

    // »egen faktor; tabellens er 1,5«.
    pub(super) fn changed(&self, factor: &Factor) -> Option<String> {
        let changed = factor.changed?;
        let own = self.number(changed.from);
        Some(match changed.typed {
            true => self.say(
                format!("egen faktor; tabellens er {own}"),
                format!("own factor; that of the table is {own}"),
            ),
            false => self.say(
                format!("faktor fra det valgte sæt; tabellens er {own}"),
                format!("factor of the chosen set; that of the table is {own}"),
            ),
        })
    }

    // »faktor 1,5 (RM 1,5, RN 2), usikker«.
    fn sources(&self, factor: &Factor) -> String {
        let one = |published: &Published| {
            format!("{} {}", published.source, self.range(published.factor))
        };
        let known: Vec<String> = factor.published.iter().map(one).collect();
        let word = pick(self.language, "faktor", "factor");
        let mut said = format!("{word} {} ({})", self.factor(factor), known.join(", "));
        if factor.certainty == Certainty::Low {
            said.push_str(pick(self.language, ", usikker faktor", ", uncertain factor"));
        }
        if !factor.switching.is_empty() {
            let out: Vec<String> = factor.switching.iter().map(one).collect();
            let out = out.join(", ");
            said.push_str(&self.say(
                format!(", skiftetal udeladt: {out}"),
                format!(", switching factors left out: {out}"),
            ));
        }
        if !factor.mark.is_empty() {
            said.push_str(&format!(", {}", factor.mark));
        }
        said
    }

    fn sums(&self, receipt: &Receipt) -> Vec<String> {
        let sum = &receipt.sum;
        let fixed = self.number(sum.fixed);
        let at_least =
            if sum.missing > 0 { pick(self.language, "mindst ", "at least ") } else { "" };
        let span = self.span(sum.span);
        let mut all = vec![self.say(
            format!("Faste doser: {at_least}{fixed} mg{span}"),
            format!("Fixed doses: {at_least}{fixed} mg{span}"),
        )];
        if sum.as_needed.is_positive() || sum.without_maximum {
            all.push(self.as_needed(receipt));
        }
        all.extend(receipt.grey.then(|| self.grey(receipt)));
        all
    }

    fn as_needed(&self, receipt: &Receipt) -> String {
        let known = self.number(receipt.sum.as_needed);
        let open = receipt.sum.without_maximum;
        let (da, en) = match (open, receipt.sum.as_needed.is_positive()) {
            (false, _) => (format!("højst {known} mg"), format!("at most {known} mg")),
            (true, true) => (
                format!("{known} mg og mere, uden højeste dosis"),
                format!("{known} mg and more, without a maximum"),
            ),
            (true, false) => ("uden højeste dosis".into(), "without a maximum".into()),
        };
        self.say(
            format!("Efter behov, ikke med i summen: {da}"),
            format!("As needed, not part of the sum: {en}"),
        )
    }

    fn grey(&self, receipt: &Receipt) -> String {
        let limit = receipt.limit.map_or_else(String::new, |limit| amount(limit, self.language));
        let (low, high) = (self.number(receipt.sum.span.low), self.number(receipt.sum.span.high));
        self.say(
            format!("Gråzone: {low} mg med laveste og {high} mg med højeste kilde; grænsen er {limit}"),
            format!("Grey zone: {low} mg by the lowest and {high} mg by the highest source; the limit is {limit}"),
        )
    }

    fn apart(&self, line: &ReceiptLine) -> String {
        let product = self.product(line);
        let amount = line.equivalents.map(|found| self.mg(found.fixed));
        let why = line.line.dose.as_ref().err().map(|reason| say(self.language, reason.said()));
        let said = amount.or(why).unwrap_or_default();
        self.say(
            format!("Ikke medregnet: {product}, {said}"),
            format!("Not counted: {product}, {said}"),
        )
    }

    fn purpose(&self, receipt: &Receipt) -> String {
        let version = text_factors::version(&receipt.factors, self.language);
        self.say(
            format!("Kun til overblik, ikke til omregning ved skift. Faktortabel {version}."),
            format!("For an overview only, not for switching. Factor table {version}."),
        )
    }
}
