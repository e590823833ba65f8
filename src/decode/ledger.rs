//! The account of a file's lines: `physical = header + blank + continuation + used + set aside`.

use crate::note::Said;

/// The line ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Lines of the file.
    pub physical: u64,
    /// Header lines, `sep=` and repeated headers included.
    pub header: u64,
    /// Lines without content.
    pub blank: u64,
    /// Further lines of a record with quoted newlines.
    pub continuation: u64,
    /// Lines that became records.
    pub used: u64,
    /// Lines set aside.
    pub set_aside: u64,
}

impl Ledger {
    /// Does every line have its place?
    #[must_use]
    pub const fn balanced(&self) -> bool {
        self.physical == self.header + self.blank + self.continuation + self.used + self.set_aside
    }
}

/// A line that was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SetAside {
    /// Physical line, from 1.
    pub line: u32,
    /// Why.
    pub reason: Reason,
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $da:literal, $en:literal;)*) => {
        /// Why a line was set aside.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason { $($(#[$doc])* $variant,)* }

        impl Reason {
            /// Every reason.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Stable machine name, as in `report --json`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// In words.
            #[must_use]
            pub fn text(self) -> Said {
                match self { $(Self::$variant => Said::new($da, $en),)* }
            }
        }
    };
}

reasons! {
    /// Title, period or page number, outside the rows.
    Title = "title", "Titellinje eller sidetal", "Title line or page number";
    /// A total below the rows.
    Total = "total", "Sumlinje", "Total line";
    /// Fewer fields than the header.
    TooFewFields = "too-few-fields", "Færre kolonner end overskriften", "Fewer columns than the header";
    /// More fields than the header, with content.
    TooManyFields = "too-many-fields", "Flere kolonner end overskriften", "More columns than the header";
    /// A quote was opened and not closed, or closed in the middle of a field.
    Quote = "quote",
        "Citationstegn åbnet og ikke lukket, læst videre fra næste linje",
        "Quote opened and not closed, read on from the next line";
    /// Longer than any record of an export.
    TooLong = "too-long", "Linjen er længere end 1 MB", "The line is longer than 1 MB";
    /// Below the header of another table in the same file, which is none of a register.
    OtherTable = "other-table",
        "Hører til en anden tabel i filen, som ikke kan læses",
        "Belongs to another table of the file that cannot be read";
    /// No CPR number.
    CprMissing = "cpr-missing", "CPR mangler", "CPR is missing";
    /// The CPR cell does not have the form of a CPR number.
    CprShape = "cpr-shape", "CPR har ikke formen af et CPR-nummer", "CPR does not have the form of a CPR number";
    /// A spreadsheet has rounded the CPR number.
    CprRounded = "cpr-rounded",
        "CPR er afrundet af et regneark (fx 1,2E+09); gør kolonnen til tekst, og gem igen",
        "CPR was rounded by a spreadsheet (e.g. 1.2E+09); make the column text and save again";
    /// A resource that is no sound JSON.
    BrokenResource = "broken-resource",
        "Beskadiget JSON (afbrudt, for dyb, dobbelt nøgle eller tal uden for rækkevidde)",
        "Damaged JSON (cut off, too deep, a key twice, or a number out of range)";
    /// `entered-in-error`.
    EnteredInError = "entered-in-error", "Registreret ved en fejl", "Entered in error";
    /// `not-done`, or a dispensing that was declined.
    NotDone = "not-done", "Ikke udført", "Not done";
    /// `verificationStatus` refuted.
    Refuted = "refuted", "Afkræftet diagnose", "Refuted diagnosis";
    /// Intent plan or proposal, or a draft.
    Planned = "planned", "Kun plan, forslag eller kladde", "Only a plan, a proposal or a draft";
    /// `doNotPerform`.
    DoNotPerform = "do-not-perform", "Bestilt som »må ikke gives«", "Ordered as “do not perform”";
    /// Cancelled.
    Cancelled = "cancelled", "Aflyst eller annulleret", "Cancelled";
    /// A reference that several patients answer to.
    AmbiguousPatient = "ambiguous-patient",
        "Henviser til et patient-id, som flere patienter har",
        "Refers to a patient id that several patients have";
}

/// Is this the first cell of a totals line (»I alt«, »Total«, »Sum«)?
#[must_use]
pub fn is_total(cell: &str) -> bool {
    let folded = super::heading::fold(cell);
    ["ialt", "total", "totalt", "sum", "subtotal"].contains(&folded.as_str())
        || folded.starts_with("ialt")
        || folded.starts_with("antalraekker")
        || folded.starts_with("antalpatienter")
}

/// Is a line with this one cell a title or a page number (»Medicin«, »Side 2 af 3«)? A number of
/// six digits may be the beginning of a patient.
#[must_use]
pub fn is_title(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    digits < 6 && cell.chars().any(char::is_alphabetic)
}
