//! Columns that follow from others: comparators in a column of their own.

use super::Map;
use super::column::Column;
use crate::schema::Field;

/// Completes the columns of one table.
pub fn complete(columns: &mut Vec<Column>) {
    join_operator(columns);
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
