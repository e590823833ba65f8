//! The receipt of a sum of opioids as JSON.

use profilblik::opioid::dose::Dose;
use profilblik::opioid::receipt::{Receipt, ReceiptLine};
use profilblik::opioid::sum::Step;
use profilblik::opioid::table::{Factor, Published, Unit};
use profilblik::ratio::Range;
use profilblik::records::Records;
use profilblik::schema::{Field, Register};
use serde_json::{Value, json};

/// Numbers are texts, exact: a third is `1/3`.
pub fn json(records: &Records, receipt: &Receipt) -> Value {
    let all = |lines: &[ReceiptLine]| -> Vec<Value> {
        lines.iter().map(|one| line(records, one)).collect()
    };
    let mut said = json!({
        "day": receipt.day.to_string(),
        "fixed": receipt.sum.fixed,
        "at_least": receipt.sum.missing > 0,
        "most": receipt.sum.most,
        "as_needed": receipt.sum.as_needed,
        "as_needed_without_maximum": receipt.sum.without_maximum,
        "span": receipt.sum.span,
        "limit": receipt.limit.map(|limit| limit.to_string()),
        "grey": receipt.grey,
        "lines": all(&receipt.lines),
        "apart": all(&receipt.apart),
    });
    if let (false, Some(fields)) = (receipt.steps.is_empty(), said.as_object_mut()) {
        let steps: Vec<Value> = receipt.steps.iter().map(step).collect();
        fields.insert("days".into(), json!(steps));
    }
    said
}

// Days of a sum over a window, and the sum on each of them.
fn step(step: &Step) -> Value {
    let (from, to) = (step.from.to_string(), step.to.to_string());
    json!({"from": from, "to": to, "fixed": step.sum.fixed, "most": step.sum.most})
}

fn line(records: &Records, one: &ReceiptLine) -> Value {
    let events = records.events(Register::Medicin);
    let row = one.order.rows.first().copied().unwrap_or(usize::MAX);
    let text = |field| events.map(|events| events.text(row, field)).unwrap_or_default();
    let origin = events.map(|events| events.origin(row));
    let file = origin.and_then(|origin| records.sources.get(origin.file as usize));
    let codes = events.and_then(|events| events.code_groups().get(events.code_id(row)));
    json!({
        "file": file.map(|file| file.name.as_str()),
        "line": origin.map(|origin| origin.line),
        "codes": codes.into_iter().flatten().map(profilblik::code::Code::shown).collect::<Vec<_>>(),
        "name": text(Field::Navn),
        "strength": text(Field::Styrke),
        "form": text(Field::Form),
        "dosage": text(Field::Dosering),
        "substance": one.line.of_code.substance,
        "dispensings": one.order.dispensings,
        "sure": one.order.sure,
        "dose": one.line.dose.as_ref().ok().map(dose),
        "reason": one.line.dose.as_ref().err().map(|reason| reason.said().da),
        "factor": one.line.factor.as_deref().map(factor),
        "fixed": one.equivalents.map(|found| found.fixed),
        "span": one.equivalents.map(|found| found.span),
        "as_needed": one.equivalents.and_then(|found| found.as_needed.flatten()),
        "contradictory": one.contradictory,
    })
}

fn dose(dose: &Dose) -> Value {
    json!({
        "fixed": dose.fixed,
        "as_needed": dose.as_needed.map(|most| json!({"max": most})),
        "source": dose.source,
        "assumptions": dose.assumptions.iter().map(|one| one.said().da).collect::<Vec<_>>(),
    })
}

fn factor(factor: &Factor) -> Value {
    let mut said = of_table(factor);
    if let (Some(changed), Some(fields)) = (factor.changed, said.as_object_mut()) {
        fields.insert("changed_from".into(), json!(changed.from));
    }
    said
}

fn of_table(factor: &Factor) -> Value {
    let published = |all: &[Published]| -> serde_json::Map<String, Value> {
        all.iter().map(|one| (one.source.clone(), range(one.factor))).collect()
    };
    json!({
        "default": factor.default,
        "unit": match factor.unit {
            Unit::Milligram => "mg",
            Unit::Microgram => "ug",
            Unit::MicrogramPerHour => "ug/t",
        },
        "span": factor.span,
        "sources": published(&factor.published),
        "switching": published(&factor.switching),
        "mark": factor.mark,
        "reason": factor.reason,
    })
}

fn range(range: Range) -> Value {
    json!([range.low, range.high])
}
