//! Files that are not read: each text names the file, says what is wrong and what to do.

use super::sniff::Unread;
use crate::note::Said;

/// A file that is not read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Stable machine name: `empty`, `pdf`, `old-excel`, `binary-excel`, `spreadsheet`,
    /// `locked-excel`, `broken-workbook`, `workbook-too-large`, `sheet-too-far`, `web-table`, `json`,
    /// `json-too-large`, `dataset-too-large`, `broken-json`, `nothing-of-use`, `card-too-large`, `broken-card`, `empty-card`, `not-used`,
    /// `markup`, `broken-gzip`, `patient-listing`, `binary`, `locked-archive`, `archive-too-large`,
    /// `broken-archive`, `empty-archive`, `not-a-table`, `no-cpr`, `unknown-table`.
    pub code: &'static str,
    /// Names the file, says what is wrong and what to do.
    pub text: Said,
    /// The columns, where it is a table that somebody can say how to read.
    pub table: Option<Box<Unread>>,
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $function:ident = $code:literal, $da:literal, $en:literal;)*) => {
        impl Refusal {
            $($(#[$doc])*
            #[must_use]
            pub fn $function(name: &str) -> Self {
                Self {
                    code: $code,
                    text: Said::new(format!($da, name = name), format!($en, name = name)),
                    table: None,
                }
            })*
        }
    };
}

impl Refusal {
    /// JSON that breaks off, or is none, at this line.
    #[must_use]
    pub fn broken_json(name: &str, line: usize) -> Self {
        Self {
            code: "broken-json",
            text: Said::new(
                format!(
                    "{name} er beskadiget eller afbrudt JSON (linje {line}). Hent eller gem den igen."
                ),
                format!(
                    "{name} is damaged or incomplete JSON (line {line}). Fetch or save it again."
                ),
            ),
            table: None,
        }
    }

    /// A workbook of at least so many cells, more than the five million that are read.
    #[must_use]
    pub fn too_many_cells(name: &str, cells: u64) -> Self {
        let da = format!("{}.{:03}.{:03}", cells / 1_000_000, cells / 1_000 % 1_000, cells % 1_000);
        let en = da.replace('.', ",");
        Self {
            code: "workbook-too-large",
            text: Said::new(
                format!(
                    "{name} har mindst {da} celler og er ikke læst; grænsen er 5.000.000. Slet tomme rækker og kolonner, eller gem hvert ark som CSV."
                ),
                format!(
                    "{name} has at least {en} cells and was not read; the limit is 5,000,000. Delete empty rows and columns, or save each sheet as CSV."
                ),
            ),
            table: None,
        }
    }
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
        "{name} er et ældre Excel-format (.xls). Åbn den, vælg »Gem som«, og gem som .xlsx eller CSV.",
        "{name} is an old Excel format (.xls). Open it, choose »Save as«, and save as .xlsx or CSV.";
    /// Excel, zipped binary.
    binary_excel = "binary-excel",
        "{name} er en binær Excel-fil (.xlsb). Åbn den, vælg »Gem som«, og gem som .xlsx eller CSV.",
        "{name} is a binary Excel file (.xlsb). Open it, choose »Save as«, and save as .xlsx or CSV.";
    /// Another spreadsheet program's file.
    spreadsheet = "spreadsheet",
        "{name} er et regneark i et format, der ikke kan læses (.ods). Åbn det, vælg »Gem som«, og gem som .xlsx eller CSV.",
        "{name} is a spreadsheet in a format that cannot be read (.ods). Open it, choose »Save as«, and save as .xlsx or CSV.";
    /// Excel with a password.
    locked_excel = "locked-excel",
        "{name} er låst med kodeord eller et ældre Excel-format. Åbn den, fjern kodeordet, og gem som .xlsx eller CSV.",
        "{name} is locked with a password or an old Excel format. Open it, remove the password, and save as .xlsx or CSV.";
    /// A workbook that is damaged or not as workbooks are.
    broken_workbook = "broken-workbook",
        "{name} er beskadiget eller skrevet på en måde, der ikke kan læses. Åbn filen i Excel, og gem den igen som .xlsx eller CSV.",
        "{name} is damaged or written in a way that cannot be read. Open the file in Excel and save it again as .xlsx or CSV.";
    /// A workbook beyond the bounds.
    workbook_too_large = "workbook-too-large",
        "{name} fylder mere end 256 MB udpakket, eller har mere, end et ark skal have, og er ikke læst. Gem hvert ark som CSV.",
        "{name} unpacks to more than 256 MB, or holds more than a sheet should, and was not read. Save each sheet as CSV.";
    /// Cells where no sheet has any.
    sheet_too_far = "sheet-too-far",
        "{name} har celler uden for de 1.048.576 rækker og 16.384 kolonner, et ark kan have, og er ikke læst. Åbn filen i Excel, og gem den igen.",
        "{name} has cells beyond the 1,048,576 rows and 16,384 columns that a sheet can have and was not read. Open the file in Excel and save it again.";
    /// A workbook without content.
    empty_workbook = "empty",
        "{name} har ingen ark med indhold.",
        "{name} has no sheet with content.";
    /// A web page, or a table in XML, under the name of a spreadsheet.
    web_table = "web-table",
        "{name} er en webside eller XML med navn som et regneark. Åbn den i Excel, vælg »Gem som«, og gem som .xlsx eller CSV.",
        "{name} is a web page or XML named as a spreadsheet. Open it in Excel, choose »Save as«, and save as .xlsx or CSV.";
    /// JSON.
    json = "json",
        "{name} er JSON, men ikke FHIR, og kan ikke læses. Gem udtrækket som FHIR eller CSV.",
        "{name} is JSON but not FHIR and cannot be read. Save the extract as FHIR or CSV.";
    /// JSON beyond the bounds.
    json_too_large = "json-too-large",
        "{name} fylder mere end 512 MB og er ikke læst. Del filen, fx én ressource pr. linje (NDJSON).",
        "{name} is larger than 512 MB and was not read. Divide the file, e.g. one resource a line (NDJSON).";
    /// FHIR of which nothing is used.
    nothing_of_use = "nothing-of-use",
        "{name} er FHIR, men indeholder ingen patienter, diagnoser, medicin, prøver, ydelser, aftaler eller henvisninger.",
        "{name} is FHIR but holds no patients, diagnoses, medicines, results, services, appointments or referrals.";
    /// Tables of another data model beyond the bounds.
    dataset_too_large = "dataset-too-large",
        "{name} er ikke læst, for tabeller fra OMOP og Synthea må fylde 512 MB tilsammen. Gem kun de rækker, der skal bruges.",
        "{name} was not read, since tables of OMOP and Synthea may have 512 MB together. Save only the rows that are needed.";
    /// A dictionary of concepts with nothing to look up.
    dictionary_only = "not-used",
        "{name} er ordbogen for begreber i OMOP og er ikke brugt, for der er ingen tabeller at slå op for. Slip den sammen med tabellerne.",
        "{name} is the dictionary of concepts of OMOP and was not used, since there are no tables to look up for. Drop it together with the tables.";
    /// A medicine card beyond the bounds.
    card_too_large = "card-too-large",
        "{name} er et medicinkort på mere end 256 MB og er ikke læst. Gem kortene i flere filer.",
        "{name} is a medicine card of more than 256 MB and was not read. Save the cards in several files.";
    /// A medicine card that is not whole.
    broken_card = "broken-card",
        "{name} ligner et medicinkort (FMK), men filen er ikke hel XML. Hent kortet igen.",
        "{name} looks like a medicine card (FMK), but the file is not whole XML. Fetch the card again.";
    /// A medicine card without orders.
    empty_card = "empty-card",
        "{name} er et medicinkort (FMK) uden lægemiddelordinationer.",
        "{name} is a medicine card (FMK) without orders.";
    /// XML or HTML.
    markup = "markup",
        "{name} er XML eller HTML og kan ikke læses. Gem listen som CSV i lægesystemet.",
        "{name} is XML or HTML and cannot be read. Save the list as CSV in the practice system.";
    /// Damaged gzip.
    broken_gzip = "broken-gzip",
        "{name} er beskadiget eller ikke hentet helt og kan ikke pakkes ud. Hent eller gem den igen.",
        "{name} is damaged or incomplete and cannot be unpacked. Fetch or save it again.";
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
