//! Files that are not read: each text names the file, says what is wrong and what to do.

use crate::note::Said;

/// A file that is not read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Stable machine name: `empty`, `pdf`, `old-excel`, `excel`, `spreadsheet`, `locked-excel`, `json`, `markup`,
    /// `gzip`, `patient-listing`, `binary`, `locked-archive`, `archive-too-large`,
    /// `broken-archive`, `empty-archive`, `not-a-table`, `no-cpr`, `unknown-table`.
    pub code: &'static str,
    /// Names the file, says what is wrong and what to do.
    pub text: Said,
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $function:ident = $code:literal, $da:literal, $en:literal;)*) => {
        impl Refusal {
            $($(#[$doc])*
            #[must_use]
            pub fn $function(name: &str) -> Self {
                Self { code: $code, text: Said::new(format!($da, name = name), format!($en, name = name)) }
            })*
        }
    };
}

refusals! {
    /// No content.
    empty = "empty", "{name} er tom (0 linjer).", "{name} is empty (0 lines).";
    /// PDF.
    pdf = "pdf",
        "{name} er en PDF og kan ikke læses. Gem listen som CSV i lægesystemet.",
        "{name} is a PDF and cannot be read. Save the list as CSV in the practice system.";
    /// Old binary Excel.
    old_excel = "old-excel",
        "{name} er et ældre Excel-format. Åbn den, og gem som CSV.",
        "{name} is an old Excel format. Open it and save as CSV.";
    /// Excel, zipped XML.
    excel = "excel",
        "{name} er en Excel-fil. Åbn den, vælg »Gem som«, og gem hvert ark som CSV.",
        "{name} is an Excel file. Open it, choose »Save as«, and save each sheet as CSV.";
    /// Another spreadsheet program's file.
    spreadsheet = "spreadsheet",
        "{name} er et regneark. Åbn det, vælg »Gem som«, og gem hvert ark som CSV.",
        "{name} is a spreadsheet. Open it, choose »Save as«, and save each sheet as CSV.";
    /// Excel with a password.
    locked_excel = "locked-excel",
        "{name} er låst med kodeord eller et ældre Excel-format. Åbn den, og gem som CSV uden kodeord.",
        "{name} is locked with a password or an old Excel format. Open it and save as CSV without a password.";
    /// JSON.
    json = "json",
        "{name} er JSON og kan ikke læses endnu. Gem udtrækket som CSV.",
        "{name} is JSON and cannot be read yet. Save the extract as CSV.";
    /// XML or HTML.
    markup = "markup",
        "{name} er XML eller HTML og kan ikke læses. Gem listen som CSV i lægesystemet.",
        "{name} is XML or HTML and cannot be read. Save the list as CSV in the practice system.";
    /// gzip.
    gzip = "gzip",
        "{name} er pakket med gzip. Pak den ud først, og slip filen her.",
        "{name} is packed with gzip. Unpack it first and drop the file here.";
    /// Monthly listing of patients in the national format.
    patient_listing = "patient-listing",
        "{name} er en patientfortegnelse, hvis format ikke er offentligt. Træk patientlisten ud af lægesystemet som CSV.",
        "{name} is a national patient listing whose format is not public. Extract the patient list from the practice system as CSV.";
    /// Neither text nor a known container.
    binary = "binary",
        "{name} er ikke en tekstfil og kan ikke læses. Gem udtrækket som CSV.",
        "{name} is no text file and cannot be read. Save the extract as CSV.";
    /// Password on a ZIP.
    locked_archive = "locked-archive",
        "{name} er låst med kodeord. Pak den ud først, og slip filerne her.",
        "{name} is locked with a password. Unpack it first and drop the files here.";
    /// Unpacks to too much.
    archive_too_large = "archive-too-large",
        "{name} fylder mere end 256 MB udpakket og er ikke læst. Slip filerne enkeltvis.",
        "{name} unpacks to more than 256 MB and was not read. Drop the files one by one.";
    /// Too many members.
    too_many_members = "archive-too-large",
        "{name} indeholder mere end 200 filer og er ikke læst. Slip udtrækkets filer enkeltvis.",
        "{name} holds more than 200 files and was not read. Drop the extract's files one by one.";
    /// Damaged ZIP.
    broken_archive = "broken-archive",
        "{name} er beskadiget eller pakket på en måde, der ikke kan læses. Pak den ud først, og slip filerne her.",
        "{name} is damaged or packed in a way that cannot be read. Unpack it first and drop the files here.";
    /// ZIP without files.
    empty_archive = "empty-archive",
        "{name} indeholder ingen filer.",
        "{name} holds no files.";
    /// Text that is no table.
    not_a_table = "not-a-table",
        "{name} ligner ikke en tabel: linjerne har ikke samme antal felter. Gem udtrækket som CSV.",
        "{name} does not look like a table: the lines do not have the same number of fields. Save the extract as CSV.";
    /// A table that names no patient.
    no_cpr = "no-cpr",
        "{name} har ingen kolonne med CPR. Optællinger uden CPR kan ikke bruges. Tag CPR med i udtrækket.",
        "{name} has no column with CPR numbers. Counts without CPR cannot be used. Include CPR in the extract.";
    /// A table of patients in which no register is recognised.
    unknown_table = "unknown-table",
        "{name} har CPR, men ingen kolonne, der siger, hvad tabellen handler om. Giv kolonnerne overskrifter, fx Diagnosekode, ATC eller Prøvekode.",
        "{name} has CPR numbers but no column that says what the table is about. Give the columns headings such as Diagnosekode, ATC or Prøvekode.";
}
