//! The rows of one invented patient, per register.

use super::history::{History, Order, choose};
use super::lines::Lines;
use super::person::Person;
use super::random::Random;
use super::tables::{Analysis, Drug, Tables, Weighted};
use crate::amount::Amount;
use crate::day::Day;
use crate::schema::Register;

const CLINICIANS: [&str; 6] = ["ABC", "DEF", "GHI", "JKL", "SPL1", "SPL2"];
const ANSWERS_IN_WORDS: [&str; 4] = ["se bemærkning", "hæmolyseret", "ikke målt", "prøven mangler"];

/// One patient and what is needed to write about them.
pub struct Case<'t> {
    /// Who.
    pub person: &'t Person,
    /// What happened.
    pub history: History<'t>,
    /// The data.
    pub tables: &'t Tables,
    /// Numbers for this file alone.
    pub random: Random,
    /// Day of the export.
    pub index_day: Day,
    /// Seed of the export.
    pub seed: u64,
}

impl Case<'_> {
    /// Appends the patient's rows of a register.
    pub fn write(&mut self, register: Register, out: &mut Lines) {
        match register {
            Register::Patient => self.patient(out),
            Register::Diagnose => self.diagnoses(out),
            Register::Medicin => self.medicines(out),
            Register::Proeve => self.results(out),
            Register::Ydelse => self.services(out),
            Register::Aftale => self.appointments(out),
            Register::Henvisning => self.referrals(out),
        }
    }

    fn patient(&self, out: &mut Lines) {
        out.cell(&self.person.cpr);
        for cell in self.person.cells(self.tables, self.seed) {
            out.cell(&cell);
        }
        out.end();
    }

    // A few have no date, as in real exports.
    fn diagnoses(&mut self, out: &mut Lines) {
        for at in 0..self.history.conditions.len() {
            let Some(&(condition, onset)) = self.history.conditions.get(at) else { continue };
            let dated = (!self.random.chance(15)).then_some(onset);
            out.cell(&self.person.cpr).cell(&condition.codes).day(dated).day(dated);
            out.day(None).cell("forløbsdiagnose").cell("aktuel").end();
            self.controls(&condition.codes, onset, out);
        }
        for (acute, day) in &self.history.acute {
            let end =
                self.random.chance(300).then(|| day.add_days(14)).filter(|d| *d <= self.index_day);
            let status = if end.is_some() { "relevant" } else { "aktuel" };
            out.cell(&self.person.cpr).cell(&acute.codes).day(*day).day(None);
            out.day(end).cell("kontaktdiagnose").cell(status).end();
        }
    }

    fn controls(&mut self, codes: &str, onset: Day, out: &mut Lines) {
        let first = onset.max(self.history.from);
        let contacts = self.history.number(4, &mut self.random);
        for _ in 0..contacts {
            let day = first.add_days(self.random.below(self.history.to.0 - first.0 + 1));
            out.cell(&self.person.cpr).cell(codes).day(day).day(None);
            out.day(None).cell("kontaktdiagnose").cell("aktuel").end();
        }
    }

    fn medicines(&mut self, out: &mut Lines) {
        for at in 0..self.history.orders.len() {
            self.dispensings(at, out);
        }
        for (acute, day) in &self.history.acute {
            let Some(drug) = choose(&acute.choice, self.tables, &mut self.random) else { continue };
            let end = day.add_days(drug.days.min(30) - 1);
            out.cell(&self.person.cpr).cell(&drug.order).day(*day).day(end);
            out.day(*day)
                .cell("1")
                .cell(&supply(drug, drug.size))
                .cell(drug.indication)
                .cell("Nej")
                .end();
        }
    }

    fn dispensings(&mut self, at: usize, out: &mut Lines) {
        let Some(order) = self.history.orders.get(at) else { return };
        let (size, days, packed) = package(order, self.history.dose_dispensed);
        let supply = supply(order.drug, size);
        let percent = if order.drug.as_needed { (60, 260) } else { (76, 100) };
        // Some orders of an export have no date at all.
        if self.random.chance(12) {
            out.cell(&self.person.cpr).cell(&order.drug.order).day(None).day(None);
            out.day(None).cell("1").cell(&supply).cell(order.drug.indication).cell(packed).end();
            return;
        }
        let last = order.end.unwrap_or(self.history.to);
        let mut day = order.start;
        if day < self.history.from {
            day = self.history.from.add_days(self.random.below(days));
        }
        while day <= last {
            out.cell(&self.person.cpr).cell(&order.drug.order).day(order.start).day(order.end);
            out.day(day).cell("1").cell(&supply).cell(order.drug.indication).cell(packed).end();
            let rhythm =
                if packed == "Ja" { 100 } else { self.random.between(percent.0, percent.1) };
            day = day.add_days((days * rhythm / 100).max(5));
        }
    }

    fn results(&mut self, out: &mut Lines) {
        let tables = self.tables;
        let mut panels: Vec<usize> =
            self.history.conditions.iter().flat_map(|(c, _)| c.panels.clone()).collect();
        crate::sort::plain(&mut panels);
        panels.dedup();
        let special: Vec<&Analysis> =
            panels.iter().filter_map(|p| tables.panels.get(*p)).flat_map(|p| &p.analyses).collect();
        let common = tables.panels.first().into_iter().flat_map(|p| &p.analyses);
        let all: Vec<&Analysis> = common
            .filter(|a| special.iter().all(|s| s.code != a.code))
            .chain(special.iter().copied())
            .collect();
        for day in self.history.samples.clone() {
            for analysis in &all {
                self.result(analysis, day, out);
            }
        }
        for at in 0..self.history.acute.len() {
            let Some(&(acute, day)) = self.history.acute.get(at) else { continue };
            let panel =
                acute.panel.and_then(|p| tables.panels.get(p)).filter(|_| self.random.chance(450));
            for analysis in panel.into_iter().flat_map(|p| &p.analyses) {
                self.result(analysis, day, out);
            }
        }
    }

    fn result(&mut self, analysis: &Analysis, day: Day, out: &mut Lines) {
        out.cell(&self.person.cpr).cell(&analysis.head);
        match self.random.chance(3).then(|| self.random.pick(&ANSWERS_IN_WORDS)).flatten() {
            Some(words) => out.cell(words),
            None => self.answer(analysis, out),
        };
        out.cell(analysis.unit).day(day).cell(&analysis.limits).end();
    }

    // Half of the spread is the patient's own level, the rest is the day's.
    fn answer<'o>(&mut self, analysis: &Analysis, out: &'o mut Lines) -> &'o mut Lines {
        let trait_of = analysis.code.bytes().last().unwrap_or(0);
        let own = Random::of(self.seed, self.person.number, 100 + trait_of).normal();
        let deviation = (own * 800 + self.random.normal() * 600) / 1000;
        let years = i64::from(self.history.age - 50);
        let value = analysis.mean + analysis.per_year * years + analysis.spread * deviation / 1000;
        let value = value.min(analysis.highest.unwrap_or(i64::MAX));
        match (analysis.under, analysis.over) {
            (Some(limit), _) if value < limit => {
                out.sign("<").decimal(limit, decimals(limit, analysis))
            }
            (_, Some(limit)) if value > limit => out.sign(">").decimal(limit, analysis.decimals),
            _ => out.decimal(value, analysis.decimals),
        }
    }

    fn services(&mut self, out: &mut Lines) {
        let services = &self.tables.services;
        let burden = self.history.burden();
        let contacts = self.history.number(118 + 38 * burden.min(9), &mut self.random);
        for _ in 0..contacts {
            let old = self.history.age >= 76 && self.random.chance(80);
            let kinds = if old { &services.old } else { &services.contact };
            let day = self.history.some_day(&mut self.random);
            self.service(kinds, day, out);
        }
        for day in self.history.samples.clone() {
            self.service(&services.sample, day, out);
        }
        for day in self.history.yearly.clone() {
            self.service(&services.yearly, day, out);
        }
        for year in 0..6 {
            self.vaccination(year, out);
        }
    }

    fn vaccination(&mut self, years_ago: i32, out: &mut Lines) {
        let year = self.index_day.ymd().0 - years_ago;
        let willing = self.history.age >= 65 && self.random.chance(620);
        let day = Day::from_ymd(year, 10, 1).map(|d| d.add_days(self.random.below(56)));
        let day = day.filter(|d| willing && (self.history.from..=self.history.to).contains(d));
        if let Some(day) = day {
            self.service(&self.tables.services.vaccination, day, out);
        }
    }

    fn service(&mut self, kinds: &[Weighted], day: Day, out: &mut Lines) {
        if let Some(kind) = some(kinds, &mut self.random) {
            out.cell(&self.person.cpr).cell(&kind.cells).day(day).cell("1").end();
        }
    }

    // Only patients who are still with the clinic have appointments ahead.
    fn appointments(&mut self, out: &mut Lines) {
        let past = self.history.number(17 + 3 * self.history.burden().min(8), &mut self.random);
        for _ in 0..past {
            let day = self.history.some_day(&mut self.random);
            let status = match self.random.below(100) {
                0..4 => "udeblevet",
                4..11 => "aflyst",
                _ => "gennemført",
            };
            self.appointment(day, status, out);
        }
        if self.person.last == self.index_day {
            let most = 1 + self.history.burden().min(3);
            for _ in 0..self.random.below(most + 1) {
                let day = self.index_day.add_days(1 + self.random.below(180));
                self.appointment(day, "booket", out);
            }
        }
    }

    fn appointment(&mut self, day: Day, status: &str, out: &mut Lines) {
        let Some(kind) = some(&self.tables.appointments, &mut self.random) else { return };
        let (hour, minute) = (self.random.between(8, 15), self.random.below(6) * 10);
        let clinician = self.random.pick(&CLINICIANS).copied().unwrap_or_default();
        out.cell(&self.person.cpr).day(day).cell(&format!("{hour:02}:{minute:02}"));
        out.cell(&kind.cells).cell(status).cell(clinician).end();
    }

    fn referrals(&mut self, out: &mut Lines) {
        let total = self.tables.referrals.iter().map(|r| r.0.weight).sum();
        for _ in 0..self.history.number(9 + 2 * self.history.burden().min(8), &mut self.random) {
            let day = self.history.some_day(&mut self.random);
            let Some((kind, diagnosis)) =
                self.random.weighted(&self.tables.referrals, total, |r| r.0.weight)
            else {
                continue;
            };
            let old = day.add_days(150) < self.index_day;
            let status = if old { "afsluttet" } else { "sendt" };
            let mut cells = kind.cells.split(';');
            let (specialty, kind) =
                (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
            out.cell(&self.person.cpr).day(day).cell(kind).cell(specialty);
            out.cell(cells.next().unwrap_or_default()).cell(diagnosis).cell(status).end();
        }
    }
}

fn supply(drug: &Drug, size: i64) -> String {
    format!("{size} {}", drug.unit)
}

// Size of one package, the days it lasts, and whether it is a dose pack (14 days at a time).
fn package(order: &Order<'_>, dose_dispensed: bool) -> (i64, i32, &'static str) {
    let drug = order.drug;
    let fortnight = drug.dose.map(|dose| 14 * dose / Amount::ONE).filter(|size| *size >= 14);
    match fortnight {
        Some(size) if dose_dispensed && !drug.as_needed && drug.unit == "stk." => (size, 14, "Ja"),
        _ if order.half && drug.days >= 60 && drug.size % 2 == 0 => {
            (drug.size / 2, drug.days / 2, "Nej")
        }
        _ => (drug.size, drug.days.min(200), "Nej"),
    }
}

fn some<'t>(kinds: &'t [Weighted], random: &mut Random) -> Option<&'t Weighted> {
    random.weighted(kinds, kinds.iter().map(|k| k.weight).sum(), |k| k.weight)
}

// A limit of reporting may be finer than the answers are.
fn decimals(limit: i64, analysis: &Analysis) -> u32 {
    (analysis.decimals..6).find(|d| limit % 10_i64.pow(6 - d) == 0).unwrap_or(6)
}
