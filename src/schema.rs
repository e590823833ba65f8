//! The seven registers, described once: fields, types, labels, header spellings.
//!
//! Decoder, column mapper, evaluator and docs read this one description. The spellings themselves
//! are data: `profiles/formats/column-synonyms.csv`. A new kind of data is a new row there and a
//! variant here, not a new module.

use serde::{Deserialize, Serialize};

pub mod typed;

/// One of the seven data types of the profile concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Register {
    /// Who is listed with the clinic.
    Patient,
    /// Diagnoses (ICPC-2-DK, ICD-10).
    Diagnose,
    /// Medicines (ATC): orders and dispensings.
    Medicin,
    /// Laboratory results and measurements (NPU, DNK, MCS).
    Proeve,
    /// Billed services (»ydelser«).
    Ydelse,
    /// Appointments.
    Aftale,
    /// Referrals.
    Henvisning,
}

impl Register {
    /// All seven, in the order in which files are read: what the first list needs comes first.
    pub const ALL: [Self; 7] = [
        Self::Patient,
        Self::Diagnose,
        Self::Medicin,
        Self::Proeve,
        Self::Ydelse,
        Self::Aftale,
        Self::Henvisning,
    ];

    /// The name in profiles and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Diagnose => "diagnose",
            Self::Medicin => "medicin",
            Self::Proeve => "proeve",
            Self::Ydelse => "ydelse",
            Self::Aftale => "aftale",
            Self::Henvisning => "henvisning",
        }
    }

    /// From the name in profiles.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.name() == name)
    }

    /// The name in `column-synonyms.csv`.
    #[must_use]
    pub const fn synonym_table(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Diagnose => "diagnoser",
            Self::Medicin => "medicin",
            Self::Proeve => "prøver",
            Self::Ydelse => "ydelser",
            Self::Aftale => "aftaler",
            Self::Henvisning => "henvisninger",
        }
    }

    /// Position in [`Register::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The fields that `navn_indeholder` searches: name, text, type, specialty.
    #[must_use]
    pub const fn descriptive_fields(self) -> &'static [Field] {
        match self {
            Self::Patient => &[],
            Self::Diagnose => &[Field::Tekst, Field::Type],
            Self::Medicin => &[Field::Navn, Field::Indholdsstof],
            Self::Proeve => &[Field::Navn],
            Self::Ydelse => &[Field::Tekst, Field::Speciale],
            Self::Aftale => &[Field::Type],
            Self::Henvisning => &[Field::Speciale, Field::Modtager, Field::Type],
        }
    }
}

/// How the cells of a field are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Civil registration number.
    Cpr,
    /// One or more clinical codes.
    Code,
    /// A day, possibly with a time after it.
    Date,
    /// A decimal number.
    Number,
    /// A laboratory answer: number, interval or text.
    Reading,
    /// Yes or no.
    Flag,
    /// Text, shown as it stands.
    Text,
}

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $kind:ident;)*) => {
        /// A field of a register. The same variant means the same thing in every register that
        /// has it; `Kode` is the register's main code (ATC for medicines).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[repr(u8)]
        pub enum Field { $($(#[$doc])* $variant,)* }

        impl Field {
            /// Every field.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The canonical name, as in `column-synonyms.csv` and in `felt` of a profile.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// How its cells are read.
            #[must_use]
            pub const fn kind(self) -> Kind {
                match self { $(Self::$variant => Kind::$kind,)* }
            }
        }
    };
}

fields! {
    /// Patient's CPR number.
    Cpr = "cpr", Cpr;
    /// Provider number of the practice.
    Ydernummer = "ydernummer", Text;
    /// Provider number of the patient's own doctor.
    EgenLaegeYdernummer = "egen_laege_ydernummer", Text;
    /// Clinician.
    Behandler = "behandler", Text;
    /// Name of the patient, the medicine or the test.
    Navn = "navn", Text;
    /// Given name.
    Fornavn = "fornavn", Text;
    /// Surname.
    Efternavn = "efternavn", Text;
    /// Birth date.
    Foedselsdato = "foedselsdato", Date;
    /// Age as the export states it; never used for rules.
    Alder = "alder", Number;
    /// Sex.
    Koen = "koen", Text;
    /// Street address.
    Adresse = "adresse", Text;
    /// Postal code.
    Postnummer = "postnummer", Text;
    /// Town.
    By = "by", Text;
    /// Municipality.
    Kommune = "kommune", Text;
    /// Telephone.
    Telefon = "telefon", Text;
    /// E-mail.
    Email = "email", Text;
    /// Insurance group 1 or 2.
    Sikringsgruppe = "sikringsgruppe", Text;
    /// Status of the patient or the record.
    Status = "status", Text;
    /// Listed with the clinic since.
    TilmeldtDato = "tilmeldt_dato", Date;
    /// Date of death.
    DoedDato = "doed_dato", Date;
    /// Kind of residence.
    BopaelType = "bopael_type", Text;
    /// The register's main code: ICPC, ATC, NPU, service.
    Kode = "kode", Code;
    /// ICD-10 or SKS-D code.
    Icd10 = "icd10", Code;
    /// Descriptive text.
    Tekst = "tekst", Text;
    /// Event date.
    Dato = "dato", Date;
    /// Onset.
    Debutdato = "debutdato", Date;
    /// End date.
    Slutdato = "slutdato", Date;
    /// Type of the record.
    Type = "type", Text;
    /// Active substance.
    Indholdsstof = "indholdsstof", Text;
    /// Nordic package number.
    Varenummer = "varenummer", Text;
    /// Medicine identifier of the price register.
    Drugid = "drugid", Text;
    /// Strength as written.
    Styrke = "styrke", Text;
    /// Unit of the strength.
    StyrkeEnhed = "styrke_enhed", Text;
    /// Pharmaceutical form.
    Form = "form", Text;
    /// Route of administration.
    Administrationsvej = "administrationsvej", Text;
    /// Dosage text.
    Dosering = "dosering", Text;
    /// Daily dose.
    Doegndosis = "doegndosis", Number;
    /// Unit of the daily dose.
    Doseringsenhed = "doseringsenhed", Text;
    /// Fixed or as needed.
    Doseringstype = "doseringstype", Text;
    /// Start of treatment.
    Startdato = "startdato", Date;
    /// Date of dispensing.
    UdleveretDato = "udleveret_dato", Date;
    /// Number of packages.
    AntalPakninger = "antal_pakninger", Number;
    /// Package size.
    Pakningsstoerrelse = "pakningsstoerrelse", Text;
    /// Number of defined daily doses.
    Ddd = "ddd", Number;
    /// Indication.
    Indikation = "indikation", Text;
    /// Dose dispensed.
    Dosisdispensering = "dosisdispensering", Flag;
    /// Number of refills.
    Genudlevering = "genudlevering", Number;
    /// Days supplied.
    Dage = "dage", Number;
    /// The order runs on without an end.
    Aaben = "aaben", Flag;
    /// Laboratory answer.
    Vaerdi = "vaerdi", Reading;
    /// Comparator in a column of its own.
    Operator = "operator", Text;
    /// Unit of the answer.
    Enhed = "enhed", Text;
    /// Lower reference limit.
    RefNedre = "ref_nedre", Number;
    /// Upper reference limit.
    RefOevre = "ref_oevre", Number;
    /// Reference interval as text.
    Referenceinterval = "referenceinterval", Text;
    /// Laboratory's own mark of an abnormal answer.
    Abnorm = "abnorm", Text;
    /// Laboratory.
    Producent = "producent", Text;
    /// Preliminary or final.
    Svarstatus = "svarstatus", Text;
    /// Count or quantity.
    Antal = "antal", Number;
    /// Medical specialty.
    Speciale = "speciale", Text;
    /// Fee; recognised and dropped.
    Honorar = "honorar", Text;
    /// Time of day.
    Klokkeslaet = "klokkeslaet", Text;
    /// End of an appointment.
    Slut = "slut", Text;
    /// Calendar or resource.
    Kalender = "kalender", Text;
    /// Expiry of a referral.
    Udloeb = "udloeb", Date;
    /// Who the patient is referred to.
    Modtager = "modtager", Text;
    /// Diagnosis of a referral.
    Diagnose = "diagnose", Text;
    /// Who referred.
    Henviser = "henviser", Text;
    /// Keeps test rows apart that are alike otherwise.
    Nr = "nr", Text;
}

impl Field {
    /// From the canonical name; `atc` is the medicine register's `kode`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = if name == "atc" { "kode" } else { name };
        Self::ALL.iter().copied().find(|f| f.name() == name)
    }

    /// Position in [`Field::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}
