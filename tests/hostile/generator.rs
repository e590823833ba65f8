//! Hostile files with their expected outcome: a seed gives a table, the faults that are put into it,
//! and the account that must come out. Nothing here asks the reader.

use std::collections::BTreeMap;

use crate::packing::{Encoding, Packing};
use crate::random::Random;

/// The account of a file.
#[derive(Debug, Default, PartialEq, Eq, Clone)]
pub struct Account {
    pub physical: u64,
    pub header: u64,
    pub blank: u64,
    pub continuation: u64,
    pub used: u64,
    pub set_aside: BTreeMap<&'static str, u64>,
}

impl Account {
    fn aside(&mut self, reason: &'static str) {
        *self.set_aside.entry(reason).or_default() += 1;
    }
}

/// A file and what must become of it.
pub struct Case {
    pub name: String,
    pub bytes: Vec<u8>,
    pub expected: Account,
    /// The text, for whoever has to look at it.
    pub text: String,
}

/// A table of a register: its headings, and the cells behind the CPR number of a good row.
type Shape = (&'static str, &'static [&'static str], fn(&mut Random) -> Vec<String>);

const SHAPES: &[Shape] = &[
    ("diagnoser", &["cpr", "icpc", "dato", "tekst"], diagnosis),
    ("medicin", &["cpr", "atc", "navn", "startdato", "dosering"], medicine),
    ("proever", &["CPR-nummer", "NPU", "Værdi", "Prøvedato"], sample),
    ("ydelser", &["Personnummer", "Ydelseskode", "Dato", "Tekst"], service),
];

fn day(random: &mut Random) -> String {
    format!("{:02}-{:02}-{}", random.below(28) + 1, random.below(12) + 1, 2015 + random.below(10))
}

fn words(random: &mut Random) -> String {
    let words = [
        "Opdigtet",
        "prøve",
        "efter behov",
        "æøå ÆØÅ",
        "½ dosis",
        "x",
        "",
        "1+0+1",
        "»citat«",
        "'",
    ];
    random.pick(&words).to_owned()
}

fn diagnosis(random: &mut Random) -> Vec<String> {
    vec![format!("Q{:02}", random.below(90) + 10), day(random), words(random)]
}

fn medicine(random: &mut Random) -> Vec<String> {
    vec![
        format!("X{:02}ZZ{:02}", random.below(90) + 10, random.below(90) + 10),
        "Opdigtin".into(),
        day(random),
        words(random),
    ]
}

fn sample(random: &mut Random) -> Vec<String> {
    let value = random.pick(&["6,5", "<0,6", ">90", "neg", "1.234", "", "7"]);
    vec![format!("NPU{:05}", 90_000 + random.below(9_999)), value.into(), day(random)]
}

fn service(random: &mut Random) -> Vec<String> {
    vec![format!("{:04}", 9_000 + random.below(999)), day(random), words(random)]
}

/// What a line of the file is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Good,
    Wrapped,
    Blank,
    HeaderAgain,
    OpenQuote,
    TooFew,
    TooMany,
    CprMissing,
    CprShape,
    CprRounded,
    PageNumber,
}

const FAULTS: &[Line] = &[
    Line::Wrapped,
    Line::Blank,
    Line::HeaderAgain,
    Line::OpenQuote,
    Line::TooFew,
    Line::TooMany,
    Line::CprMissing,
    Line::CprShape,
    Line::CprRounded,
    Line::PageNumber,
];

struct Writer<'r> {
    random: &'r mut Random,
    shape: Shape,
    separator: char,
    end: &'static str,
    text: String,
    account: Account,
    rows: u64,
}

impl Writer<'_> {
    fn cells(&mut self) -> Vec<String> {
        let cells = (self.shape.2)(self.random);
        // A number a row: copies would be counted once later, and blocks are another shape.
        self.rows += 1;
        let cpr = format!(
            "61{:02}{:02}{:04}",
            self.rows % 12 + 1,
            10 + self.rows / 12 % 80,
            1_000 + self.rows
        );
        std::iter::once(cpr).chain(cells).collect()
    }

    fn line(&mut self, cells: &[String]) {
        self.account.physical += 1;
        let cells: Vec<String> = cells.iter().map(|cell| self.quoted(cell)).collect();
        self.text += &cells.join(&self.separator.to_string());
        self.text += self.end;
    }

    fn quoted(&self, cell: &str) -> String {
        let needed = cell.contains([self.separator, '"', '\n', '\r']);
        if needed { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
    }

    fn raw(&mut self, text: &str) {
        self.account.physical += 1;
        self.text += text;
        self.text += self.end;
    }

    fn header(&mut self) {
        let headings: Vec<String> = self.shape.1.iter().map(|one| (*one).to_owned()).collect();
        self.line(&headings);
        self.account.header += 1;
    }

    fn write(&mut self, line: Line) {
        match line {
            Line::Good => self.good(),
            Line::Wrapped => self.wrapped(),
            Line::Blank => {
                self.raw("");
                self.account.blank += 1;
            }
            Line::HeaderAgain => self.header(),
            Line::OpenQuote => self.open_quote(),
            Line::TooFew => self.faulty("too-few-fields", |cells| cells.truncate(2)),
            Line::TooMany => {
                self.faulty("too-many-fields", |cells| cells.extend(["for".into(), "meget".into()]))
            }
            Line::CprMissing => self.faulty("cpr-missing", |cells| cells[0].clear()),
            Line::CprShape => self.faulty("cpr-shape", |cells| cells[0] = "ukendt".into()),
            Line::CprRounded => self.faulty("cpr-rounded", |cells| cells[0] = "6,1E+09".into()),
            Line::PageNumber => {
                self.raw("Side 2 af 3");
                self.account.aside("title");
            }
        }
    }

    fn good(&mut self) {
        let cells = self.cells();
        self.line(&cells);
        self.account.used += 1;
    }

    // The last cell has a line end in it; with bare carriage returns none can be told.
    fn wrapped(&mut self) {
        if self.end == "\r" {
            return self.good();
        }
        let mut cells = self.cells();
        let inner = if self.end == "\r\n" { "to\r\nlinjer" } else { "to\nlinjer" };
        let last = cells.len() - 1;
        cells[last] = inner.into();
        self.line(&cells);
        self.account.physical += 1;
        self.account.continuation += 1;
        self.account.used += 1;
    }

    fn open_quote(&mut self) {
        let cells = self.cells();
        let separator = self.separator.to_string();
        let rest = cells[1..].join(&separator);
        self.raw(&format!("{}{separator}\"{rest}", cells[0]));
        self.account.aside("quote");
    }

    fn faulty(&mut self, reason: &'static str, change: fn(&mut Vec<String>)) {
        let mut cells = self.cells();
        change(&mut cells);
        self.line(&cells);
        self.account.aside(reason);
    }
}

/// The file of a seed.
pub fn case(seed: u64) -> Case {
    let mut random = Random::new(seed);
    let encoding = random.pick(Encoding::ALL);
    let packing = random.pick(Packing::ALL);
    let shape = random.pick(SHAPES);
    let separator = random.pick(&[';', ';', ';', '\t', '|']);
    let end = random.pick(&["\n", "\r\n", "\n", "\r\n", "\r"]);
    let kind = random.below(FAULTS.len() + 1);
    let mut writer = Writer {
        random: &mut random,
        shape,
        separator,
        end,
        text: String::new(),
        account: Account::default(),
        rows: 0,
    };
    if writer.random.one_in(4) {
        writer.raw("Udtræk fra et opdigtet system");
        writer.account.aside("title");
    }
    writer.header();
    // Rows enough to tell what the file is, then faults of one kind, or of all.
    (0..8).for_each(|_| writer.good());
    for _ in 0..writer.random.below(20) {
        let faulty = writer.random.one_in(4);
        let line = match (faulty, FAULTS.get(kind)) {
            (false, _) => Line::Good,
            (true, Some(fault)) => *fault,
            (true, None) => writer.random.pick(FAULTS),
        };
        writer.write(line);
        // What follows a fault must not be lost with it.
        writer.good();
    }
    if writer.random.one_in(4) {
        let rows = writer.rows;
        writer.raw(&format!("I alt{separator}{rows}"));
        writer.account.aside("total");
    }
    let (text, expected) = (writer.text, writer.account);
    let (name, bytes) = packing.pack(shape.0, encoding.write(&text));
    Case { name, bytes, expected, text }
}
