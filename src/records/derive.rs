//! Columns that follow from others: comparators in a column of their own, reference intervals.

use super::Map;
use super::column::Column;
use crate::schema::Field;

/// Completes the columns of one table.
pub fn complete(columns: &mut Vec<Column>) {
    join_operator(columns);
    split_reference(columns);
}

/// `<` beside `5` is `<5`.
fn join_operator(columns: &mut Vec<Column>) {
    let at = |field| columns.iter().position(|c: &Column| c.field == field);
    let (Some(operator), Some(value)) = (at(Field::Operator), at(Field::Vaerdi)) else { return };
    let (Some(operator), Some(value)) = (columns.get(operator), columns.get(value)) else { return };
    let mut pairs: Map<(usize, usize), u32> = Map::default();
    let mut texts = Vec::new();
    let mut ids = Vec::with_capacity(value.ids.len());
    for row in 0..value.ids.len() {
        let pair = (operator.ids.get(row), value.ids.get(row));
        let next = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        ids.push(*pairs.entry(pair).or_insert_with(|| {
            let text = |c: &Column, id: usize| c.texts.get(id).cloned().unwrap_or_default();
            let sign = text(operator, pair.0);
            let is_sign = ["<", ">", "<=", ">=", "≤", "≥"].contains(&sign.as_str());
            let glued = if is_sign { sign } else { String::new() } + &text(value, pair.1);
            texts.push(glued);
            next
        }));
    }
    let mut joined = super::intern::Ids::default();
    joined.extend(&ids, texts.len());
    let mut raw = super::raw::RawColumn::new(0, Field::Vaerdi);
    let map: Vec<u32> = texts.iter().map(|text| raw.dictionary.intern(text.as_bytes())).collect();
    raw.ids = joined.mapped(&map, raw.dictionary.len());
    let column = Column::new(raw, crate::decode::encoding::Encoding::Utf8);
    columns.retain(|c| c.field != Field::Vaerdi);
    columns.push(column);
}

/// `3,5 - 4,6`, `< 48`, `> 60` give the two limits where the table has no columns for them.
fn split_reference(columns: &mut Vec<Column>) {
    let has = |field| columns.iter().any(|c: &Column| c.field == field);
    if has(Field::RefNedre) || has(Field::RefOevre) {
        return;
    }
    let Some(interval) = columns.iter().find(|c| c.field == Field::Referenceinterval) else {
        return;
    };
    let low = interval.derived(Field::RefNedre, |text| limits(text).0);
    let high = interval.derived(Field::RefOevre, |text| limits(text).1);
    columns.extend([low, high]);
}

fn limits(text: &str) -> (String, String) {
    let text = text.trim();
    let owned = |part: &str| part.trim().to_owned();
    if let Some(high) = text.strip_prefix('<') {
        return (String::new(), owned(high.trim_start_matches('=')));
    }
    if let Some(low) = text.strip_prefix('>') {
        return (owned(low.trim_start_matches('=')), String::new());
    }
    let split = text.split_once(" - ").or_else(|| text.split_once('–'));
    split
        .or_else(|| text.split_once('-'))
        .map_or_else(Default::default, |(a, b)| (owned(a), owned(b)))
}

#[cfg(test)]
mod tests {
    use super::limits;

    #[test]
    fn reference_intervals() {
        let owned = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(limits("3,5 - 4,6"), owned("3,5", "4,6"));
        assert_eq!(limits("35-105"), owned("35", "105"));
        assert_eq!(limits("< 48"), owned("", "48"));
        assert_eq!(limits(">= 60"), owned("60", ""));
        assert_eq!(limits("se tekst"), owned("", ""));
    }
}
