//! What kind of table a file is: encoding, separator, header, register, columns.
//!
//! Decided from the first bytes only; everything that was decided is shown to the user.

mod cells;
mod columns;
mod content;
mod head;
mod shape;
mod understood;
mod wide;

pub use content::{full_date, is_atc, is_icd, is_icpc, is_npu, leading_cpr};
pub use head::{folded, is_cpr_heading, is_other_header, known_headings};
pub use understood::{Column, How, Score, Understood, Unread, fields_of};
pub use wide::Wide;

use std::borrow::Cow;

use super::delimited::Dialect;
use super::encoding::Encoding;
use super::ledger::{Ledger, SetAside};
use super::mapping::Mappings;
use super::{Refusal, apostrophes, repair};
use crate::day::Day;
use crate::note::Said;
use crate::schema::{Field, Register};

/// How a table will be read.
#[derive(Clone, Debug)]
pub struct TableProbe {
    /// Which register it is.
    pub register: Register,
    /// Encoding of the head; a later invalid byte may still turn UTF-8 into Windows-1252.
    pub encoding: Encoding,
    /// The separator character.
    pub separator: char,
    /// What the splitter needs.
    pub dialect: Dialect,
    /// Heading of each column (decoded) and the field it is read as.
    pub columns: Vec<(String, Option<Field>)>,
    /// Account of the lines up to and including the header.
    pub before: Ledger,
    /// Title lines above the header.
    pub titles: Vec<SetAside>,
    /// What was set aside before there was a table; of a table made out of another kind of file.
    pub elsewhere: Vec<SetAside>,
    /// Extract date stated above the header.
    pub extract_date: Option<Day>,
    /// How doubts were settled.
    pub remarks: Vec<Said>,
    /// What was understood, and why.
    pub understood: Box<Understood>,
    /// A mapping was applied, or text is repaired.
    pub corrected: bool,
    /// The CPR number stands on the first row of a patient's rows only; a row that begins a new
    /// patient has content in one of these columns.
    pub blocks: Option<Vec<usize>>,
    /// A list of CPR numbers, perhaps with a name behind each.
    pub bare: bool,
    /// Columns whose cells hold rows of other registers.
    pub wide: Vec<Wide>,
    /// Text that was encoded twice is repaired; the head was.
    pub repair: bool,
    /// Cells stand in apostrophes, which are turned into quotes; the head's were.
    pub apostrophes: bool,
}

impl TableProbe {
    /// Does every record begin behind a line feed byte, so that reading can begin at any of them?
    #[must_use]
    pub const fn is_divisible(&self) -> bool {
        self.dialect.utf16.is_none() && !self.dialect.carriage_return_only && self.is_plain()
    }

    /// Is every row whole by itself, and one row of one register?
    #[must_use]
    pub const fn is_plain(&self) -> bool {
        self.blocks.is_none()
            && !self.bare
            && self.wide.is_empty()
            && !self.repair
            && !self.apostrophes
    }

    /// The column of a field.
    #[must_use]
    pub fn column_of(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|(_, read_as)| *read_as == Some(field))
    }
}

/// Recognises a table from its head; `whole` when the head is the whole file. What a mapping says of
/// it counts, the rest is guessed.
///
/// # Errors
/// A [`Refusal`] when it is no table, names no patient, or no register is recognised.
pub fn table(
    name: &str,
    head: &[u8],
    whole: bool,
    mappings: &Mappings,
) -> Result<TableProbe, Refusal> {
    let encoding = Encoding::sniff(head);
    let repair = mappings.repair && matches!(encoding, Encoding::Utf8 | Encoding::Utf8Bom);
    let head = if repair { Cow::Owned(repair::whole(head)) } else { Cow::Borrowed(head) };
    let apostrophes = apostrophes::separator(&head).filter(|_| !encoding.is_utf16());
    let head = match apostrophes {
        Some(separator) => Cow::Owned(apostrophes::Apostrophes::whole(&head, separator)),
        None => head,
    };
    let head = head::Head::new(&head, encoding, whole).ok_or_else(|| Refusal::binary(name))?;
    let layout = head::layout(&head, mappings);
    if layout.width == 0 {
        return Err(if head.is_blank() {
            Refusal::empty(name)
        } else {
            Refusal::not_a_table(name)
        });
    }
    let sample = content::Sample::new(&layout);
    let correction = mappings.correction(name, &layout.names());
    let has_header = layout.headings.is_some();
    let unread = |refusal: Refusal| {
        let table = Unread::new(layout.names(), &sample, correction, has_header);
        Refusal { table: Some(Box::new(table)), ..refusal }
    };
    let mapping = columns::map(name, &layout, &sample, correction).map_err(unread)?;
    let understood = understood::Seen {
        name,
        register: mapping.register,
        columns: &mapping.columns,
        sample: &sample,
        correction,
        has_header,
    };
    let understood = Box::new(understood.understood());
    let mut remarks = mapping.remarks;
    if layout.headings.is_none() {
        remarks.push(Said::new(
            format!("{name} har ingen overskrift; kolonnerne er kendt på deres indhold."),
            format!("{name} has no header; the columns were recognised by their content."),
        ));
    }
    if layout.mended {
        remarks.push(Said::new(
            format!("Overskriften i {name} har et skilletegn for meget eller for lidt; se, om kolonnerne passer."),
            format!("The header of {name} has a separator too many or too few; see whether the columns fit."),
        ));
    }
    let dialect = Dialect {
        separator: u8::try_from(layout.separator).unwrap_or(b';'),
        carriage_return_only: head.carriage_return_only,
        utf16: encoding.is_utf16().then_some(encoding == Encoding::Utf16Be),
        width: layout.width,
        key: mapping.key,
        usual: layout.usual,
        lines_before: layout.before.physical,
    };
    let blocks = shape::blocks(&layout, mapping.key);
    Ok(TableProbe {
        register: mapping.register,
        encoding,
        separator: layout.separator,
        dialect,
        columns: mapping.columns,
        before: layout.before,
        titles: layout.titles,
        elsewhere: Vec::new(),
        extract_date: layout.extract_date,
        remarks,
        understood,
        corrected: correction.is_some() || repair,
        blocks,
        bare: layout.width == 1 && layout.headings.is_none(),
        wide: mapping.wide,
        repair,
        apostrophes: apostrophes.is_some(),
    })
}
