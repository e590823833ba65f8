//! The clean table and its polluted versions: one for every kind of Pollock (Vitagliano et al.,
//! VLDB 2023), of the table of an invented clinic instead of theirs. Only the kinds, their
//! number and the weights are theirs.

/// Rows below the header.
pub const ROWS: usize = 83;
/// Columns; all that a register has, so that every cell can be read.
pub const COLUMNS: usize = 9;

pub type Record = Vec<String>;

/// A polluted file, and what a reader should make of it.
pub struct File {
    /// The kind of pollution.
    pub kind: &'static str,
    /// The benchmark's weight of the file: how often its survey of 3,712 public files met the kind,
    /// divided by the files of the kind (`pollock_weights.json`).
    pub weight: f64,
    pub bytes: Vec<u8>,
    /// The table as it was meant; the first record is the header, if the file has one.
    pub expected: Vec<Record>,
    /// Every record with the line it stands on, further tables included.
    pub written: Vec<(u32, Record)>,
    /// What someone who knows the file would say of it.
    pub said: Said,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Nothing,
    /// The columns, in a mapping.
    Columns,
    /// The separator, in a line `sep=` above the table.
    Separator(char),
}

fn texts(cells: [&str; COLUMNS]) -> Record {
    cells.map(str::to_owned).to_vec()
}

pub fn header() -> Record {
    texts(["cpr", "icpc", "icd10", "tekst", "dato", "debutdato", "slutdato", "type", "status"])
}

fn row(number: usize) -> Record {
    let text = match number % 6 {
        0 => String::new(),
        1 => format!("Opdigtet, nr. {number}"),
        2 => format!("Opdigtet's tilstand {number}"),
        3 => format!("Opdigtet tommer {number}\""),
        4 => format!("Opdigtet \"grad {number}\" igen; let"),
        _ => format!("8\\'{number}\" opdigtet længde"),
    };
    let day = |year: usize| format!("{:02}-{:02}-{year}", number % 28 + 1, number % 12 + 1);
    let sometimes = |every: usize, text: String| {
        if number.is_multiple_of(every) { text } else { String::new() }
    };
    vec![
        format!("61{:02}{:02}{:04}", number % 12 + 1, number % 90 + 10, 6_000 + number),
        format!("X{:02}", number % 90 + 10),
        sometimes(2, format!("DQ99{}", number % 10)),
        text,
        day(2025),
        sometimes(3, day(2019)),
        sometimes(7, day(2026)),
        ["Kontakt", "Forløb"][number % 2].to_owned(),
        sometimes(4, "aktuel".to_owned()),
    ]
}

pub fn clean() -> Vec<Record> {
    std::iter::once(header()).chain((1..=ROWS).map(row)).collect()
}

/// How a table is written: all cells quoted, as in the benchmark's own source.
#[derive(Clone, Copy)]
pub struct Style<'a> {
    pub separator: &'a str,
    pub quote: char,
    /// What stands before a quote inside a cell.
    pub escape: &'a str,
    pub end: &'a str,
}

pub const PLAIN: Style<'_> = Style { separator: ",", quote: '"', escape: "\"", end: "\r\n" };

impl Style<'_> {
    pub fn cell(&self, text: &str) -> String {
        let quote = self.quote;
        format!("{quote}{}{quote}", text.replace(quote, &format!("{}{quote}", self.escape)))
    }

    pub fn line(&self, record: &[String]) -> String {
        let cells: Vec<String> = record.iter().map(|text| self.cell(text)).collect();
        cells.join(self.separator)
    }

    pub fn text(&self, records: &[Record]) -> String {
        records.iter().map(|record| self.line(record) + self.end).collect()
    }
}

/// The records with their lines, the first one on line `from`.
pub fn numbered(records: &[Record], from: u32) -> Vec<(u32, Record)> {
    (from..).zip(records.iter().cloned()).collect()
}
