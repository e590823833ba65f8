//! The kinds of pollution, 25 of them in 2,290 files, the clean one included.

use super::table::{COLUMNS, File, PLAIN, ROWS, Record, Said, Style, clean, header, numbered};

/// Every file of the benchmark.
pub fn files() -> Vec<File> {
    let mut out = of_tables();
    out.extend(of_dialects());
    for at in 0..=ROWS {
        for column in 0..COLUMNS {
            out.extend((column > 0).then(|| less(at, column)));
            out.push(more(at, column));
            out.push(quote(at, column));
        }
        out.push(spaced(at));
    }
    out
}

fn file(kind: &'static str, weight: f64, text: String) -> File {
    let table = clean();
    let written = numbered(&table[1..], 2);
    File { kind, weight, bytes: text.into(), expected: table, written, said: Said::Nothing }
}

/// What is wrong with the file or its tables: 13 files.
fn of_tables() -> Vec<File> {
    let table = clean();
    let text = PLAIN.text(&table);
    let nothing =
        File { expected: vec![], written: vec![], ..file("no payload", 15.0, String::new()) };
    let mut no_header = file("no header", 470.0, PLAIN.text(&table[1..]));
    no_header.expected.remove(0);
    no_header.written = numbered(&table[1..], 1);
    no_header.said = Said::Columns;
    let preamble =
        format!("{}\r\n{}\r\n", PLAIN.line(&sparse("Opdigtet liste")), PLAIN.line(&sparse("")));
    let mut titled = file("preamble", 282.0, preamble + &text);
    titled.written = numbered(&table[1..], 4);
    let short = |kind, weight, rows: usize| {
        let mut out = file(kind, weight, PLAIN.text(&table[..=rows]));
        out.expected.truncate(rows + 1);
        out.written.truncate(rows);
        out
    };
    vec![
        file("clean", 1.0, text.clone()),
        nothing,
        file("no trailing newline", 184.0, text.trim_end().to_owned()),
        file("double trailing newline", 5.0, format!("{text}\r\n")),
        no_header,
        headers("header of 2 rows", 2),
        headers("header of 3 rows", 3),
        titled,
        tables("second table, fewer columns", COLUMNS - 1),
        tables("second table, same columns", COLUMNS),
        tables("second table, more columns", COLUMNS + 1),
        short("header only", 3.0, 0),
        short("one data row", 4.0, 1),
    ]
}

/// One cell and empty ones.
fn sparse(text: &str) -> Record {
    let mut out = vec![String::new(); COLUMNS];
    out[0] = text.to_owned();
    out
}

/// The header line several times; each heading then is all of them.
fn headers(kind: &'static str, times: usize) -> File {
    let table = clean();
    let mut out = file(kind, 47.0, PLAIN.text(&vec![header(); times - 1]) + &PLAIN.text(&table));
    out.expected[0] = header().iter().map(|text| vec![text.as_str(); times].join(" ")).collect();
    out.written = numbered(&table[1..], u32::try_from(times).unwrap() + 1);
    out
}

/// A second table right below the first: the same rows, with so many columns.
fn tables(kind: &'static str, columns: usize) -> File {
    let table = clean();
    let mut second: Vec<Record> = table.clone();
    for record in &mut second {
        record.resize(columns, "mere".to_owned());
    }
    let mut out = file(kind, 188.0 / 3.0, PLAIN.text(&table) + &PLAIN.text(&second));
    let below = u32::try_from(ROWS).unwrap() + 3;
    out.written.extend(numbered(&second[1..], below));
    out
}

/// Another dialect throughout: 9 files.
fn of_dialects() -> Vec<File> {
    let of = |kind, weight, style: Style<'_>| file(kind, weight, style.text(&clean()));
    let mut spaces = of("separator space", 4.0, Style { separator: " ", ..PLAIN });
    spaces.said = Said::Separator(' ');
    vec![
        spaces,
        of("separator comma and space", 101.0, Style { separator: ", ", ..PLAIN }),
        of("separator semicolon", 834.0, Style { separator: ";", ..PLAIN }),
        of("separator tab", 4.0, Style { separator: "\t", ..PLAIN }),
        of("quote apostrophe", 11.0, Style { quote: '\'', escape: "'", ..PLAIN }),
        of("escape backslash", 1.0, Style { escape: "\\", ..PLAIN }),
        of("escape missing", 7.0, Style { escape: "", ..PLAIN }),
        of("line end LF", 1691.0, Style { end: "\n", ..PLAIN }),
        of("line end CR", 7.0, Style { end: "\r", ..PLAIN }),
    ]
}

/// The table with one line changed.
fn changed(kind: &'static str, weight: f64, at: usize, line: String) -> File {
    let mut lines: Vec<String> = clean().iter().map(|record| PLAIN.line(record)).collect();
    lines[at] = line;
    file(kind, weight, lines.join("\r\n") + "\r\n")
}

fn cells(at: usize) -> Vec<String> {
    clean()[at].iter().map(|text| PLAIN.cell(text)).collect()
}

/// The benchmark's weight of a file with a separator too many or too few.
const ODD: f64 = 0.367_751;

/// The separator before a column is missing.
fn less(at: usize, column: usize) -> File {
    let mut cells = cells(at);
    let merged = cells.remove(column);
    cells[column - 1] += &merged;
    changed("separator missing in a row", ODD, at, cells.join(","))
}

/// There is one separator more before a column.
fn more(at: usize, column: usize) -> File {
    let mut cells = cells(at);
    cells.insert(column, String::new());
    changed("separator too many in a row", ODD, at, cells.join(","))
}

/// A quote more at the beginning of a cell; it belongs to the cell.
fn quote(at: usize, column: usize) -> File {
    let mut cells = cells(at);
    cells[column].insert(0, '"');
    let mut out = changed("quote too many in a cell", 7.0 / 756.0, at, cells.join(","));
    out.expected[at][column].insert(0, '"');
    if let Some((_, written)) = at.checked_sub(1).and_then(|row| out.written.get_mut(row)) {
        written[column].insert(0, '"');
    }
    out
}

/// One row has spaces for separators.
fn spaced(at: usize) -> File {
    changed("separator space in a row", 12.0 / 84.0, at, cells(at).join(" "))
}
