//! »Sådan er filen læst«: what a table was read as, why, and what the profiles would miss.

use serde::{Deserialize, Serialize};

use crate::decode::Refusal;
use crate::decode::sniff::{self, Column, How, Understood};
use crate::note::Language;
use crate::records::Source;
use crate::schema::{Field, Register};
use crate::view::text_mapping as text;
use crate::view::words;

/// How sure the reading of a column is; never by colour alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Confidence {
    /// Not used, and it looks like nothing.
    #[default]
    None,
    /// Not used; it looks like something.
    Guess,
    /// By its contents, or by a heading of several meanings.
    Likely,
    /// By its heading.
    Sure,
    /// It was said so.
    Chosen,
}

/// One column of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedColumn {
    /// As it stands in the file.
    pub heading: String,
    /// First cells: patients' data, for the screen only.
    pub samples: Vec<String>,
    /// Name of the field it is read as; empty = not used.
    pub field: String,
    /// How sure that is.
    pub confidence: Confidence,
    /// The same in a word.
    pub confidence_text: String,
    /// Doubts: another column has the field, or what it looks like.
    pub remark: String,
    /// »7 profiler«; empty = none.
    pub used_by: String,
    /// Their titles.
    pub profiles: String,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingView {
    /// Its name.
    pub table: String,
    /// The register, by name.
    pub register: String,
    /// What speaks for it.
    pub reason: String,
    /// All registers: name and words.
    pub registers: Vec<(String, String)>,
    /// All fields of the register: name and words.
    pub fields: Vec<(String, String)>,
    /// The columns of the file.
    pub columns: Vec<MappedColumn>,
    /// Fields that no column is read as, and the profiles that ask for them.
    pub missing: Vec<String>,
    /// »Rækker brugt: 21.804 → 21.840«.
    pub effect: String,
    /// Something was corrected here.
    pub corrected: bool,
    /// All tables as they are read, as a mapping file without patients' data.
    pub file: String,
}

/// A table before it was corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// Its name.
    pub table: String,
    /// Rows used.
    pub used: u64,
}

/// A table, read or not.
#[derive(Clone, Copy)]
pub struct Table<'a> {
    /// Its name.
    pub name: &'a str,
    /// The register; `None` = nobody knows.
    pub register: Option<Register>,
    /// Heading and field per column.
    pub columns: &'a [(String, Option<Field>)],
    /// What was understood.
    pub understood: &'a Understood,
    /// Rows used.
    pub used: u64,
    /// Why it is not read.
    pub refusal: Option<&'a Refusal>,
}

impl<'a> Table<'a> {
    /// One that was read.
    #[must_use]
    pub fn read(source: &'a Source) -> Self {
        Self {
            name: &source.name,
            register: Some(source.register),
            columns: &source.columns,
            understood: &source.understood,
            used: source.ledger.used,
            refusal: None,
        }
    }

    /// One that was not, if somebody can say how it is read.
    #[must_use]
    pub fn unread(name: &'a str, refusal: &'a Refusal) -> Option<Self> {
        let unread = refusal.table.as_ref()?;
        Some(Self {
            name,
            register: None,
            columns: &unread.columns,
            understood: &unread.understood,
            used: 0,
            refusal: Some(refusal),
        })
    }
}

/// What the view is made of.
pub struct Topic<'a> {
    /// The table.
    pub table: Table<'a>,
    /// Something was corrected here.
    pub corrected: bool,
    /// What it was before the last correction.
    pub before: Option<&'a Before>,
    /// Fields of its register and the profiles that read them.
    pub asking: &'a [(Field, Vec<String>)],
    /// The mapping file.
    pub file: String,
    /// Language.
    pub language: Language,
}

/// The view of a table.
#[must_use]
pub fn mapping_view(topic: &Topic<'_>) -> MappingView {
    let (table, language) = (&topic.table, topic.language);
    let registers = Register::ALL.map(|register| {
        (register.name().to_owned(), words::register(register, language).to_owned())
    });
    // Without a register only the column of the CPR numbers can be said.
    let fields = table.register.map_or_else(|| vec![Field::Cpr], sniff::fields_of).into_iter();
    let reason = table.register.map(|register| text::reason(register, table.understood, language));
    let refused = table.refusal.map(|refusal| refusal.text.of(language).to_owned());
    MappingView {
        table: table.name.to_owned(),
        register: table.register.map_or("", Register::name).to_owned(),
        reason: refused.or(reason).unwrap_or_default(),
        registers: registers.into(),
        fields: fields.map(|f| (f.name().to_owned(), words::field(f, language))).collect(),
        columns: columns(topic),
        missing: missing(topic),
        effect: text::effect(topic.before.map(|before| before.used), table.used, language),
        corrected: topic.corrected,
        file: topic.file.clone(),
    }
}

fn columns(topic: &Topic<'_>) -> Vec<MappedColumn> {
    let all = topic.table.columns.iter().zip(&topic.table.understood.columns);
    all.map(|((heading, field), column)| mapped(topic, heading, *field, column)).collect()
}

fn mapped(topic: &Topic<'_>, heading: &str, field: Option<Field>, column: &Column) -> MappedColumn {
    let language = topic.language;
    let confidence = confidence(column);
    let titles = field.map_or(&[][..], |field| titles(topic, field));
    MappedColumn {
        heading: heading.to_owned(),
        samples: column.samples.clone(),
        field: field.map_or("", Field::name).to_owned(),
        confidence,
        confidence_text: text::confidence(confidence, language).to_owned(),
        remark: remark(topic, column),
        used_by: text::profiles(titles.len(), language),
        profiles: titles.join(", "),
    }
}

const fn confidence(column: &Column) -> Confidence {
    match column.how {
        How::Chosen => Confidence::Chosen,
        How::Heading => Confidence::Sure,
        How::AmbiguousHeading | How::Content => Confidence::Likely,
        How::NotUsed if column.guess.is_some() => Confidence::Guess,
        How::NotUsed => Confidence::None,
    }
}

fn titles<'a>(topic: &'a Topic<'_>, field: Field) -> &'a [String] {
    let found = topic.asking.iter().find(|(asked, _)| *asked == field);
    found.map_or(&[], |(_, titles)| titles)
}

fn remark(topic: &Topic<'_>, column: &Column) -> String {
    let (columns, language) = (topic.table.columns, topic.language);
    if let Some(field) = column.second {
        let other = columns.iter().find(|(_, read)| *read == Some(field));
        let other = other.map_or("", |(heading, _)| heading.as_str());
        return text::second(&words::field(field, language), other, language);
    }
    let guess = column.guess.map(|field| text::guess(&words::field(field, language), language));
    guess.unwrap_or_default()
}

fn missing(topic: &Topic<'_>) -> Vec<String> {
    let read = |field: Field| topic.table.columns.iter().any(|(_, read)| *read == Some(field));
    // Rows of medicine have a date of start, of dispensing, or one for both.
    let dated = [Field::Dato, Field::Startdato, Field::UdleveretDato, Field::Debutdato];
    let is_dated = dated.into_iter().any(read);
    let fits = |field: Field| read(field) || (is_dated && dated.contains(&field));
    let missing = topic.asking.iter().filter(|(field, _)| !fits(*field));
    let said = |(field, titles): &(Field, Vec<String>)| {
        text::missing(&words::field(*field, topic.language), titles, topic.language)
    };
    missing.map(said).collect()
}
