//! Rows of a CSV as a spreadsheet holds them: dates and numbers as numbers, the CPR number as told.

use profilblik::day::Day;

use crate::workbook::Value;

/// All rows, the header among them.
pub fn rows(csv: &[u8], cpr: fn(&str) -> Value) -> Vec<Vec<Value>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .flexible(true)
        .from_reader(csv);
    let rows = reader.records().map(|record| {
        let record = record.unwrap();
        record.iter().enumerate().map(|(at, cell)| value(at, cell, cpr)).collect()
    });
    rows.collect()
}

fn value(column: usize, cell: &str, cpr: fn(&str) -> Value) -> Value {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if column == 0 && is_digits(cell) {
        return cpr(cell);
    }
    if let Some(day) = danish_day(cell) {
        return Value::Day(day.0 + 25_569);
    }
    let number = cell.replacen(',', ".", 1);
    let (whole, decimals) = number.split_once('.').unwrap_or((&number, "0"));
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    match cell {
        "" => Value::Empty,
        _ if is_digits(whole) && is_digits(decimals) && !leading_zero => Value::Number(number),
        text if column.is_multiple_of(2) => Value::Inline(text.into()),
        text => Value::Text(text.into()),
    }
}

/// `14-03-2023`.
pub fn danish_day(cell: &str) -> Option<Day> {
    let parts: Vec<&str> = cell.split('-').collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let fits = day.len() == 2 && month.len() == 2 && year.len() == 4;
    let number = |text: &str| text.parse::<u32>().ok();
    let year = i32::try_from(number(year)?).ok()?;
    if fits { Day::from_ymd(year, number(month)?, number(day)?) } else { None }
}

/// As a spreadsheet does it unasked.
pub fn as_number(cpr: &str) -> Value {
    Value::Number(cpr.trim_start_matches('0').into())
}

/// As somebody does who knows spreadsheets.
pub fn as_text(cpr: &str) -> Value {
    Value::Text(cpr.into())
}
