//! The data that the demo invents from: `profiles/demo/*.csv`, read once.

use crate::amount::Amount;

/// A medicine as a prescription shows it.
#[derive(Debug)]
pub struct Drug {
    key: &'static str,
    /// Group of interchangeable medicines: nobody is given two of one group at once.
    pub group: (&'static str, &'static str),
    /// Cells from the ATC code to the strength, form, dosage, daily dose, unit and type, joined.
    pub order: String,
    /// Package size.
    pub size: i64,
    /// Unit of the package size.
    pub unit: &'static str,
    /// Dose per day in millionths, where it is a number.
    pub dose: Option<i64>,
    /// Indication.
    pub indication: &'static str,
    /// Days that a package lasts; 30 where the dose is not a number.
    pub days: i32,
    /// Taken as needed.
    pub as_needed: bool,
}

/// Some of these medicines, for so many in a thousand.
#[derive(Debug)]
pub struct Choice {
    /// Positions in [`Tables::drugs`].
    pub drugs: Vec<usize>,
    /// How many get one of them.
    pub per_mille: i32,
}

/// A chronic condition.
#[derive(Debug)]
pub struct Condition {
    /// ICPC code, ICD-10 code and text, joined.
    pub codes: String,
    /// `K` or `M` where only one sex has it.
    pub sex: &'static str,
    /// First age.
    pub from_age: i32,
    /// Frequency at that age.
    pub per_mille_young: i32,
    /// Frequency at 80.
    pub per_mille_old: i32,
    /// What is prescribed.
    pub choices: Vec<Choice>,
    /// Positions in [`Tables::panels`].
    pub panels: Vec<usize>,
}

/// A short-lived problem.
#[derive(Debug)]
pub struct Acute {
    /// ICPC code, ICD-10 code and text, joined.
    pub codes: String,
    /// How common.
    pub weight: i32,
    /// Youngest and oldest.
    pub ages: (i32, i32),
    /// What may be prescribed.
    pub choice: Choice,
    /// What may be measured.
    pub panel: Option<usize>,
}

/// An analysis.
#[derive(Debug)]
pub struct Analysis {
    /// Code, to leave it out where another panel has it.
    pub code: &'static str,
    /// Code and name, joined.
    pub head: String,
    /// Unit.
    pub unit: &'static str,
    /// Mean at 50 years, in millionths.
    pub mean: i64,
    /// Standard deviation, in millionths.
    pub spread: i64,
    /// Change per year of age, in millionths.
    pub per_year: i64,
    /// Decimals reported.
    pub decimals: u32,
    /// Lower and upper reference limit, joined.
    pub limits: String,
    /// Reported as `<x` below this.
    pub under: Option<i64>,
    /// Reported as `>x` from this.
    pub over: Option<i64>,
    /// Cannot be higher.
    pub highest: Option<i64>,
}

/// A named group of analyses.
#[derive(Debug)]
pub struct Panel {
    name: &'static str,
    /// Its analyses.
    pub analyses: Vec<Analysis>,
}

/// A text that is drawn by weight.
#[derive(Debug)]
pub struct Weighted {
    /// The cells it stands for.
    pub cells: String,
    /// How common.
    pub weight: i32,
}

/// A given name.
#[derive(Debug)]
pub struct GivenName {
    /// The name.
    pub name: &'static str,
    /// For women?
    pub female: bool,
    /// Usual for those born between these years.
    pub years: (i32, i32),
}

/// Services by what occasions them.
#[derive(Debug)]
pub struct Services {
    /// Contacts of everybody.
    pub contact: Vec<Weighted>,
    /// Contacts of the old.
    pub old: Vec<Weighted>,
    /// With a blood sample.
    pub sample: Vec<Weighted>,
    /// At the yearly control.
    pub yearly: Vec<Weighted>,
    /// In the autumn.
    pub vaccination: Vec<Weighted>,
}

/// All of it.
#[derive(Debug)]
pub struct Tables {
    /// Medicines.
    pub drugs: Vec<Drug>,
    /// Chronic conditions.
    pub conditions: Vec<Condition>,
    /// Short-lived problems.
    pub acute: Vec<Acute>,
    /// Analyses.
    pub panels: Vec<Panel>,
    /// Services.
    pub services: Services,
    /// Kinds of appointments.
    pub appointments: Vec<Weighted>,
    /// Kinds of referrals: specialty, type and recipient, diagnosis.
    pub referrals: Vec<(Weighted, &'static str)>,
    /// Given names.
    pub given: Vec<GivenName>,
    /// Surnames.
    pub surnames: Vec<&'static str>,
    /// Streets.
    pub streets: Vec<&'static str>,
    /// Postal code and town, joined.
    pub towns: Vec<String>,
}

struct Row(Vec<&'static str>);

impl Row {
    fn cell(&self, column: usize) -> &'static str {
        self.0.get(column).copied().unwrap_or_default()
    }

    fn number(&self, column: usize) -> i32 {
        self.cell(column).parse().unwrap_or(0)
    }

    fn amount(&self, column: usize) -> Option<i64> {
        Amount::parse(&self.cell(column).replace(',', ".")).map(|a| a.0)
    }

    fn join(&self, from: usize, to: usize) -> String {
        self.0.get(from..=to).unwrap_or_default().join(";")
    }
}

fn rows(text: &'static str) -> impl Iterator<Item = Row> {
    text.lines().skip(1).map(|line| Row(line.split(';').collect()))
}

macro_rules! data {
    ($name:literal) => {
        rows(include_str!(concat!("../../profiles/demo/", $name, ".csv")))
    };
}

impl Tables {
    /// Reads them; the texts are part of the program.
    #[must_use]
    pub fn read() -> Self {
        let drugs: Vec<Drug> = data!("praeparater").map(|r| drug(&r)).collect();
        let panels = panels();
        Self {
            conditions: data!("sygdomme").map(|r| condition(&r, &drugs, &panels)).collect(),
            acute: data!("akutte").map(|r| acute(&r, &drugs, &panels)).collect(),
            services: services(),
            appointments: data!("aftaler").map(|r| weighted(&r, 0, 0, 1)).collect(),
            referrals: data!("henvisninger").map(|r| (weighted(&r, 0, 2, 4), r.cell(3))).collect(),
            given: data!("navne").filter(|r| r.cell(0) != "efternavn").map(|r| given(&r)).collect(),
            surnames: named("efternavn", data!("navne")),
            streets: named("vej", data!("steder")),
            towns: data!("steder")
                .filter(|r| r.cell(0) == "by")
                .map(|r| format!("{};{}", r.cell(2), r.cell(1)))
                .collect(),
            drugs,
            panels,
        }
    }
}

fn named(kind: &str, rows: impl Iterator<Item = Row>) -> Vec<&'static str> {
    rows.filter(|r| r.cell(0) == kind).map(|r| r.cell(1)).collect()
}

fn given(row: &Row) -> GivenName {
    GivenName {
        name: row.cell(1),
        female: row.cell(0) == "K",
        years: (row.number(2), row.number(3)),
    }
}

fn weighted(row: &Row, from: usize, to: usize, weight: usize) -> Weighted {
    Weighted { cells: row.join(from, to), weight: row.number(weight) }
}

fn services() -> Services {
    let of = |kind: &str| {
        data!("ydelser").filter(|r| r.cell(2) == kind).map(|r| weighted(&r, 0, 1, 3)).collect()
    };
    Services {
        contact: of("kontakt"),
        old: of("gammel"),
        sample: of("proeve"),
        yearly: of("aarskontrol"),
        vaccination: of("vaccination"),
    }
}

fn drug(row: &Row) -> Drug {
    let (atc, kind, package) = (row.cell(1), row.cell(8), row.cell(9));
    let (size, unit) = package.split_once(' ').unwrap_or((package, ""));
    let size = size.parse::<i64>().unwrap_or(1);
    let dose = row.amount(6).filter(|dose| *dose > 0);
    let days = dose.map_or(30, |dose| size * Amount::ONE / dose);
    Drug {
        key: row.cell(0),
        group: (atc.get(..5).unwrap_or(atc), kind),
        order: row.join(1, 8),
        size,
        unit,
        dose,
        indication: row.cell(10),
        days: i32::try_from(days).unwrap_or(i32::MAX).max(3),
        as_needed: kind == "PN",
    }
}

// `a/b:60`: a or b for 60 percent.
fn choice(keys: &str, per_mille: i32, drugs: &[Drug]) -> Choice {
    let position = |key: &str| drugs.iter().position(|d| d.key == key);
    Choice { drugs: keys.split('/').filter_map(position).collect(), per_mille }
}

fn choices(text: &str, drugs: &[Drug]) -> Vec<Choice> {
    let one = |part: &str| {
        let (keys, percent) = part.split_once(':')?;
        Some(choice(keys, percent.parse::<i32>().ok()? * 10, drugs))
    };
    text.split('|').filter_map(one).collect()
}

fn panel(name: &str, panels: &[Panel]) -> Option<usize> {
    panels.iter().position(|p| p.name == name)
}

fn condition(row: &Row, drugs: &[Drug], panels: &[Panel]) -> Condition {
    Condition {
        codes: row.join(1, 3),
        sex: row.cell(4),
        from_age: row.number(5),
        per_mille_young: row.number(6),
        per_mille_old: row.number(7),
        choices: choices(row.cell(8), drugs),
        panels: row.cell(9).split('|').filter_map(|name| panel(name, panels)).collect(),
    }
}

fn acute(row: &Row, drugs: &[Drug], panels: &[Panel]) -> Acute {
    Acute {
        codes: row.join(0, 2),
        weight: row.number(3),
        ages: (row.number(4), row.number(5)),
        choice: choice(row.cell(6), row.number(7), drugs),
        panel: panel(row.cell(8), panels),
    }
}

// The rows of a panel stand together; the first panel is the one that every sample has.
fn panels() -> Vec<Panel> {
    let mut panels: Vec<Panel> = Vec::new();
    for row in data!("proever") {
        let name = row.cell(0);
        if panels.last().is_none_or(|p| p.name != name) {
            panels.push(Panel { name, analyses: Vec::new() });
        }
        if let Some(panel) = panels.last_mut() {
            panel.analyses.push(analysis(&row));
        }
    }
    panels
}

fn analysis(row: &Row) -> Analysis {
    Analysis {
        code: row.cell(1),
        head: row.join(1, 2),
        unit: row.cell(3),
        mean: row.amount(4).unwrap_or(0),
        spread: row.amount(5).unwrap_or(0),
        per_year: row.amount(6).unwrap_or(0),
        decimals: row.number(7).unsigned_abs(),
        limits: row.join(8, 9),
        under: row.amount(10),
        over: row.amount(11),
        highest: row.amount(12),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys_named() -> impl Iterator<Item = &'static str> {
        let chronic = data!("sygdomme")
            .flat_map(|r| r.cell(8).split('|'))
            .map(|c| c.split(':').next().unwrap());
        let acute = data!("akutte").map(|r| r.cell(6));
        chronic.chain(acute).flat_map(|c| c.split('/')).filter(|key| !key.is_empty())
    }

    #[test]
    fn every_key_named_is_in_its_table_and_every_medicine_is_named() {
        let tables = Tables::read();
        let known: Vec<&str> = tables.drugs.iter().map(|d| d.key).collect();
        for key in keys_named() {
            assert!(known.contains(&key), "{key}");
        }
        for key in known {
            assert!(keys_named().any(|named| named == key), "{key} is never prescribed");
        }
        for name in data!("sygdomme").flat_map(|r| r.cell(9).split('|')).filter(|n| !n.is_empty()) {
            assert!(panel(name, &tables.panels).is_some(), "{name}");
        }
        for name in data!("akutte").map(|r| r.cell(8)).filter(|n| !n.is_empty()) {
            assert!(panel(name, &tables.panels).is_some(), "{name}");
        }
    }

    #[test]
    fn every_row_has_the_cells_of_its_heading() {
        for text in [
            include_str!("../../profiles/demo/praeparater.csv"),
            include_str!("../../profiles/demo/sygdomme.csv"),
            include_str!("../../profiles/demo/akutte.csv"),
            include_str!("../../profiles/demo/proever.csv"),
            include_str!("../../profiles/demo/ydelser.csv"),
            include_str!("../../profiles/demo/aftaler.csv"),
            include_str!("../../profiles/demo/henvisninger.csv"),
            include_str!("../../profiles/demo/navne.csv"),
            include_str!("../../profiles/demo/steder.csv"),
        ] {
            let wanted = text.lines().next().unwrap().split(';').count();
            for line in text.lines() {
                assert_eq!(line.split(';').count(), wanted, "{line}");
                assert!(!line.contains('"'), "{line}");
            }
        }
    }

    #[test]
    fn days_of_a_package_follow_from_size_and_dose() {
        let tables = Tables::read();
        let days = |key: &str| tables.drugs.iter().find(|d| d.key == key).unwrap().days;
        assert_eq!(days("enalapril"), 98);
        assert_eq!(days("metformin"), 100);
        assert_eq!(days("fentanyl"), 30);
        assert_eq!(days("warfarin"), 30);
    }
}
