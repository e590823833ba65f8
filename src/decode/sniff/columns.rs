//! Which register a table is, and which field each column holds.

use super::content::{Look, Sample};
use super::head::{Layout, is_cpr_heading};
use super::wide::{self, Wide};
use crate::decode::Refusal;
use crate::decode::heading::{Synonyms, fold};
use crate::decode::mapping::{Correction, keys};
use crate::note::Said;
use crate::schema::{Field, Kind, Register};
use crate::sort;

/// The decision.
pub struct Mapping {
    /// The register.
    pub register: Register,
    /// Position of the CPR column.
    pub key: usize,
    /// Heading and field per column.
    pub columns: Vec<(String, Option<Field>)>,
    /// How doubts were settled.
    pub remarks: Vec<Said>,
    /// Columns whose cells hold rows of other registers.
    pub wide: Vec<Wide>,
}

/// Decides register and columns; what a correction says is not guessed.
///
/// # Errors
/// A [`Refusal`] when no column holds CPR numbers or no register is recognised.
pub fn map(
    name: &str,
    layout: &Layout,
    sample: &Sample<'_>,
    correction: Option<&Correction>,
) -> Result<Mapping, Refusal> {
    let headings = layout.names();
    let said: Vec<Option<Option<Field>>> = match correction {
        Some(correction) => keys(&headings).iter().map(|key| correction.column(key)).collect(),
        None => vec![None; headings.len()],
    };
    let named = layout.headings.is_none() && is_list_of_names(sample);
    let lone = (layout.headings.is_none() && layout.width == 1).then_some(0);
    let key = said.iter().position(|said| *said == Some(Some(Field::Cpr)));
    let key = key
        .or_else(|| key_column(&headings, sample))
        .or(lone)
        .ok_or_else(|| Refusal::no_cpr(name))?;
    let chosen = correction.and_then(|said| said.register);
    // A corrected table is one of one register: nobody has said more of its cells.
    let wide = match correction {
        None => wide::columns(&headings, key, sample),
        Some(_) => Vec::new(),
    };
    let register = match (chosen, wide.as_slice()) {
        (Some(register), _) => register,
        (None, []) if named => Register::Patient,
        (None, []) => {
            register_of(name, &headings, key, sample).ok_or_else(|| Refusal::unknown_table(name))?
        }
        (None, _) => Register::Patient,
    };
    let taken = said.iter().map(|said| said.flatten()).collect();
    let said = said.iter().map(Option::is_some).collect();
    let mut mapper = Mapper { register, sample, taken, said, remarks: Vec::new() };
    mapper.take(key, Field::Cpr);
    mapper.by_heading(&wide::without(&headings, &wide));
    mapper.by_content(&headings);
    if named {
        mapper.take(1 - key.min(1), Field::Navn);
    }
    let columns = headings.into_iter().zip(mapper.taken).collect();
    Ok(Mapping { register, key, columns, remarks: mapper.remarks, wide })
}

/// CPR numbers and beside them what is no code, date or number, without a header.
fn is_list_of_names(sample: &Sample<'_>) -> bool {
    let names = |at: usize| {
        let cells = sample.cells(at);
        let name = |cell: &&&str| cell.len() > 2 && !cell.contains(|c: char| c.is_ascii_digit());
        cells.iter().filter(name).count() == cells.len() && !cells.is_empty()
    };
    sample.width() == 2 && (0..2).any(|at| sample.share(at, Look::Cpr) >= 80 && names(1 - at))
}

/// The column headed CPR that holds some; else the one whose cells are CPR numbers.
pub fn key_column(headings: &[String], sample: &Sample<'_>) -> Option<usize> {
    let named = headings.iter().enumerate().filter(|(_, heading)| is_cpr_heading(heading));
    let named = named.map(|(at, _)| at).find(|at| sample.allows(*at, Kind::Cpr));
    named.or_else(|| (0..headings.len()).find(|at| sample.share(*at, Look::Cpr) >= 80))
}

/// The register with the most signs; `None` when there is none.
fn register_of(
    name: &str,
    headings: &[String],
    key: usize,
    sample: &Sample<'_>,
) -> Option<Register> {
    if headings.len() == 1 {
        return Some(Register::Patient);
    }
    let known: Vec<Vec<Register>> = headings.iter().map(|heading| own_registers(heading)).collect();
    let mut signs: Vec<(usize, Register)> = Register::ALL
        .map(|register| {
            let by_column: usize = (0..headings.len())
                .filter(|at| *at != key)
                .map(|at| {
                    let heading = headings.get(at).map_or("", String::as_str);
                    let known = known.get(at).map_or(&[][..], Vec::as_slice);
                    heading_sign(register, known) + content_sign(register, heading, at, sample)
                })
                .sum();
            (by_column + name_sign(register, name), register)
        })
        .into();
    // A list of events often repeats name and address; codes say what it is about.
    let has_codes = (0..headings.len()).any(|at| {
        let codes = [Look::Atc, Look::Icpc, Look::Npu, Look::Icd];
        codes.into_iter().any(|look| sample.share(at, look) >= 60)
    });
    if let Some((patient, _)) = signs.first_mut().filter(|_| has_codes) {
        *patient /= 4;
    }
    let best = signs.into_iter().reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.filter(|(sign, _)| *sign > 0).map(|(_, register)| register)
}

/// The registers whose own heading it is, spellings common to all left aside.
pub fn own_registers(heading: &str) -> Vec<Register> {
    let folded = fold(heading);
    let is_own = |register: &Register| {
        let fields = Synonyms::built_in().fields_of_folded(*register, &folded);
        fields.iter().any(|(rank, _)| *rank < 100)
    };
    Register::ALL.into_iter().filter(is_own).collect()
}

pub fn heading_sign(register: Register, known: &[Register]) -> usize {
    match (known.contains(&register), known.len()) {
        (false, _) => 0,
        (true, 1) => 3,
        (true, _) => 1,
    }
}

pub fn content_sign(
    register: Register,
    heading: &str,
    column: usize,
    sample: &Sample<'_>,
) -> usize {
    let share = |look| sample.share(column, look);
    let is_diagnosis = || share(Look::Icpc) >= 60 || share(Look::Icd) >= 60;
    let means = |field| Synonyms::built_in().fields(register, heading).iter().any(|f| f.1 == field);
    let hit = match register {
        Register::Medicin => share(Look::Atc) >= 60,
        Register::Diagnose => {
            (share(Look::Icpc) >= 60 && share(Look::Atc) < 60) || share(Look::Icd) >= 60
        }
        Register::Proeve => share(Look::Npu) >= 60,
        Register::Ydelse => share(Look::Service) >= 90,
        // A referral's own diagnosis column speaks as much for referrals as for diagnoses.
        Register::Henvisning => means(Field::Diagnose) && is_diagnosis(),
        _ => false,
    };
    match (hit, register) {
        (false, _) => 0,
        (true, Register::Ydelse) => 2,
        (true, _) => 4,
    }
}

pub fn name_sign(register: Register, name: &str) -> usize {
    let words: &[&str] = match register {
        Register::Patient => &["patient", "stamdata", "person"],
        Register::Diagnose => &["diagnos"],
        Register::Medicin => &["medicin", "recept", "ordination", "praeparat", "laegemid"],
        Register::Proeve => &["proev", "laborator", "labsvar", "maaling"],
        Register::Ydelse => &["ydels"],
        Register::Aftale => &["aftale", "kalender", "booking"],
        Register::Henvisning => &["henvis"],
    };
    let folded = fold(name);
    if words.iter().any(|word| folded.contains(word)) { 4 } else { 0 }
}

struct Mapper<'a> {
    register: Register,
    sample: &'a Sample<'a>,
    taken: Vec<Option<Field>>,
    /// Columns that a correction has settled.
    said: Vec<bool>,
    remarks: Vec<Said>,
}

impl Mapper<'_> {
    fn take(&mut self, column: usize, field: Field) {
        if let Some(slot) = self.taken.get_mut(column) {
            *slot = Some(field);
        }
    }

    fn is_free(&self, field: Field) -> bool {
        !self.taken.contains(&Some(field))
    }

    /// Columns whose heading leaves the least choice come first, then the better spelling.
    fn by_heading(&mut self, headings: &[String]) {
        let mut wishes: Vec<(usize, u16, usize, Vec<Field>)> = Vec::new();
        for (column, heading) in headings.iter().enumerate() {
            let fields = self.candidates(column, heading, headings);
            let first_rank = fields.first().map_or(u16::MAX, |f| f.0);
            let fields: Vec<Field> = fields.into_iter().map(|f| f.1).collect();
            wishes.push((fields.len(), first_rank, column, fields));
        }
        sort::plain(&mut wishes);
        for (_, _, column, fields) in wishes {
            let is_said = self.said.get(column).copied().unwrap_or(false);
            if is_said || self.taken.get(column).copied().flatten().is_some() {
                continue;
            }
            match fields.iter().copied().find(|field| self.is_free(*field)) {
                Some(field) => self.take(column, field),
                None => self.remark_second(column, &fields, headings),
            }
        }
    }

    fn candidates(&self, column: usize, heading: &str, headings: &[String]) -> Vec<(u16, Field)> {
        let fields = Synonyms::built_in().fields(self.register, heading);
        let allowed = fields
            .iter()
            .copied()
            .filter(|(_, f)| *f != Field::Cpr && self.sample.allows(column, f.kind()));
        let mut allowed: Vec<(u16, Field)> = allowed.collect();
        // Beside »pakninger«, »antal« is the number of units in a package.
        let has_packages = headings.iter().any(|h| fold(h) == "pakninger");
        if self.register == Register::Medicin && fold(heading) == "antal" && has_packages {
            allowed = vec![(0, Field::Pakningsstoerrelse)];
        }
        allowed
    }

    fn remark_second(&mut self, column: usize, fields: &[Field], headings: &[String]) {
        let Some(field) = fields.first() else { return };
        let at = self.taken.iter().position(|taken| taken == &Some(*field));
        let heading =
            |at: Option<usize>| at.and_then(|at| headings.get(at)).map_or("", String::as_str);
        let (used, unused) = (heading(at), heading(Some(column)));
        self.remarks.push(Said::new(
            format!("»{used}« og »{unused}« kan begge være {}. »{used}« er brugt.", field.name()),
            format!("“{used}” and “{unused}” can both be {}. “{used}” was used.", field.name()),
        ));
    }

    /// Code and date columns that no heading named, by what their cells look like.
    fn by_content(&mut self, headings: &[String]) {
        let (register, sample) = (self.register, self.sample);
        let wanted = |at: usize| {
            let share = |look| sample.share(at, look);
            match register {
                Register::Medicin => share(Look::Atc),
                Register::Diagnose if share(Look::Atc) < 60 => share(Look::Icpc),
                Register::Proeve => share(Look::Npu),
                Register::Ydelse => share(Look::Service),
                _ => 0,
            }
        };
        self.adopt(Field::Kode, headings, &|at| wanted(at) >= 60, &[Field::Tekst, Field::Navn]);
        if register == Register::Diagnose {
            self.adopt(Field::Icd10, headings, &|at| sample.share(at, Look::Icd) >= 60, &[]);
        }
        if register != Register::Patient
            && self.is_free(Field::Startdato)
            && self.is_free(Field::UdleveretDato)
        {
            self.adopt(Field::Dato, headings, &|at| sample.share(at, Look::Date) >= 80, &[]);
        }
        if register == Register::Proeve {
            self.adopt(Field::Vaerdi, headings, &|at| sample.share(at, Look::Number) >= 60, &[]);
        }
    }

    /// Gives `field` to the first column that looks like it and is free or `weakly` taken.
    fn adopt(
        &mut self,
        field: Field,
        headings: &[String],
        looks: &dyn Fn(usize) -> bool,
        weakly: &[Field],
    ) {
        if !self.is_free(field) {
            return;
        }
        let open = |taken: &Option<Field>| taken.is_none_or(|f| weakly.contains(&f));
        let is_said = |at: usize| self.said.get(at).copied().unwrap_or(false);
        let mut columns = self.taken.iter().enumerate();
        let found = columns.find(|(at, taken)| open(taken) && !is_said(*at) && looks(*at));
        let Some(column) = found.map(|(at, _)| at) else { return };
        self.take(column, field);
        let heading = headings.get(column).map_or("", String::as_str);
        self.remarks.push(Said::new(
            format!("»{heading}« er læst som {} på grund af indholdet.", field.name()),
            format!("“{heading}” was read as {} because of its content.", field.name()),
        ));
    }
}
