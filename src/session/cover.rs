//! »Skærm til andre«: while it is on, every reply has pseudonyms instead of CPR numbers and names,
//! so that the page never holds them. The page asks with pseudonyms, too.
//!
//! Pseudonyms are drawn from a seed that the page makes at random, and are kept until the session
//! ends: the same file in another session has others, and nothing of them follows from a number.

use super::{Session, Tell};
use crate::cpr::Cpr;
use crate::demo::random::Random;
use crate::protocol::{ListQuery, Reply};
use crate::records::{Map, PatientId};
use crate::view::cover::{Veil, Who};
use crate::view::list::{CPR, NAME};
use crate::view::lookup::LookupView;
use crate::view::opioids::panel::OpioidPatientView;
use crate::view::opioids::receipt::{ReceiptRow, ReceiptView};
use crate::view::second::ChangedProfile;
use crate::view::timeline::TimelineView;
use crate::view::words::pick;
use crate::view::{ListView, PatientView, person, text_lookup};

/// Pseudonyms have four digits at least; there are ten times as many as patients.
const FIRST: usize = 1000;

/// The pseudonyms of a session.
#[derive(Default)]
pub(super) struct Cover {
    on: bool,
    random: Option<Random>,
    numbers: Map<Cpr, u32>,
}

impl Cover {
    pub(super) const fn is_on(&self) -> bool {
        self.on
    }

    /// The first seed holds for the whole session.
    fn set(&mut self, seed: Option<(u32, u32)>) {
        self.on = seed.is_some();
        if let (None, Some((high, low))) = (&self.random, seed) {
            self.random = Some(Random::of(u64::from(high) << 32 | u64::from(low), 0, 0));
        }
    }

    /// Gives those a number who have none.
    fn deal(&mut self, cprs: &[Cpr]) {
        let Some(random) = self.random.as_mut().filter(|_| self.numbers.len() < cprs.len()) else {
            return;
        };
        let mut limit = 10 * FIRST;
        while limit < 10 * cprs.len() {
            limit *= 10;
        }
        let mut free = vec![true; limit];
        for number in self.numbers.values() {
            take(&mut free, *number);
        }
        for cpr in cprs {
            self.numbers.entry(*cpr).or_insert_with(|| draw(random, &mut free));
        }
    }

    fn number(&self, cpr: &str) -> Option<u32> {
        self.numbers.get(&Cpr::parse(cpr).ok()?).copied()
    }

    fn cpr(&self, shown: &str) -> Option<&Cpr> {
        let number: u32 = shown.split(' ').next_back()?.parse().ok()?;
        self.numbers.iter().find(|(_, known)| **known == number).map(|(cpr, _)| cpr)
    }
}

fn take(free: &mut [bool], number: u32) -> bool {
    free.get_mut(number as usize).is_some_and(std::mem::take)
}

fn draw(random: &mut Random, free: &mut [bool]) -> u32 {
    let most = i32::try_from(free.len()).unwrap_or(i32::MAX) - 1;
    loop {
        let number = random.between(FIRST as i32, most).unsigned_abs();
        if take(free, number) {
            return number;
        }
    }
}

impl Session {
    /// `None` uncovers.
    pub(super) fn set_cover(&mut self, seed: Option<(u32, u32)>, tell: &mut Tell<'_>) {
        self.cover.set(seed);
        // An empty one has nothing to hide, and the page may just be beginning to read.
        if !self.records.sources.is_empty() || !self.refused.is_empty() {
            tell(Reply::Read(Box::new(self.import())));
            tell(Reply::Overview(Box::new(self.overview())));
        }
    }

    /// What was said while the cover was on, or as it was put on, on the way out.
    pub(super) fn tell_covered(&mut self, said: Vec<Reply>, tell: &mut Tell<'_>) {
        if self.cover.on {
            let patients = &self.records.patients;
            let cprs: Vec<Cpr> =
                patients.ids().filter_map(|id| patients.cpr(id).copied()).collect();
            self.cover.deal(&cprs);
        }
        for mut reply in said {
            if self.cover.on {
                self.cover_reply(&mut reply);
            }
            tell(reply);
        }
    }

    /// The patient that the page means: by CPR, or by pseudonym while the cover is on.
    pub(super) fn find(&self, asked: &str) -> Option<PatientId> {
        let patients = &self.records.patients;
        if self.cover.on {
            return patients.find(self.cover.cpr(asked)?);
        }
        patients.find(&Cpr::parse(asked).ok()?)
    }

    /// While the cover is on nobody is found by name.
    pub(super) fn without_search(&self, query: &ListQuery) -> ListQuery {
        let mut query = query.clone();
        if self.cover.on {
            query.search.clear();
        }
        query
    }

    /// Who it is: CPR and name, for one patient that is shown on purpose.
    pub(super) fn reveal(&self, asked: &str) -> Reply {
        let patients = &self.records.patients;
        let text = self.find(asked).map(|id| {
            let cpr = patients.cpr(id).map(Cpr::hyphenated).unwrap_or_default();
            format!("{cpr} {}", person::name_shown(patients, id, self.language))
        });
        Reply::Reveal(text.unwrap_or_default())
    }

    pub(super) fn veil(&self) -> Veil {
        let mut names = self.names.clone();
        names.extend(self.records.sources.iter().map(|source| source.name.clone()));
        names.extend(self.refused.iter().map(|(name, _)| name.clone()));
        Veil::new(names, self.language)
    }

    // Every reply stands here, so that a new one does not slip through.
    fn cover_reply(&self, reply: &mut Reply) {
        let veil = self.veil();
        match reply {
            Reply::Progress(progress) => {
                let name = std::mem::take(&mut progress.file);
                progress.text = progress.text.replace(&name, pick(self.language, "fil", "file"));
                veil.text(&mut progress.text);
            }
            Reply::Read(view) => {
                veil.import(view);
                let changed = view.second.iter_mut().flat_map(|second| &mut second.profiles);
                changed.for_each(|profile| self.cover_changed(profile));
            }
            Reply::Overview(view) => veil.strip(&mut view.strip),
            Reply::List(view) => self.cover_list(&veil, view),
            Reply::Patient(view) => self.cover_patient(&veil, view),
            Reply::LookUp(view) => self.cover_lookup(&veil, view),
            Reply::Timeline(view) => self.cover_timeline(&veil, view),
            Reply::Opioids(view) => {
                for user in &mut view.users {
                    user.cpr = self.pseudonym(&user.cpr);
                    user.cpr_shown.clone_from(&user.cpr);
                    user.name.clone_from(&user.cpr);
                }
            }
            Reply::OpioidPatient(view) => self.cover_opioid_patient(&veil, view),
            // Codes as they stand in the file.
            Reply::Quality(view) => {
                let tables = view.tables.iter_mut();
                let cells = tables.flat_map(|table| table.rows.iter_mut().flatten());
                cells.for_each(|text| veil.text(text));
            }
            Reply::Lines(lines) => lines.iter_mut().for_each(|line| veil.text(&mut line.file)),
            Reply::Failed(text) => veil.text(text),
            // Cells are patients' data; a pattern of a file's name is part of the name.
            Reply::Mapping(view) => {
                veil.text(&mut view.table);
                veil.text(&mut view.reason);
                view.file.clear();
                view.columns.iter_mut().for_each(|column| column.samples.clear());
            }
            // Figures and words of the profile; what is shown on purpose.
            Reply::About(_) | Reply::Figures(_) | Reply::Attrition(_) | Reply::Factors(_) => {}
            Reply::Reveal(_) => {}
        }
    }

    /// »Patient 4821«, which is also what the page asks with.
    fn pseudonym(&self, cpr: &str) -> String {
        match self.cover.number(cpr) {
            Some(number) => text_lookup::pseudonym(number),
            // What was asked with a pseudonym and says so.
            None => self.cover.cpr(cpr).map_or_else(String::new, |_| cpr.to_owned()),
        }
    }

    // Who is no longer in the files has no pseudonym, and is counted only.
    fn cover_changed(&self, profile: &mut ChangedProfile) {
        for persons in [&mut profile.came, &mut profile.went] {
            for person in persons.iter_mut() {
                person.cpr = self.pseudonym(&person.cpr);
                person.shown.clone_from(&person.cpr);
            }
            persons.retain(|person| !person.cpr.is_empty());
        }
    }

    fn who(&self, cpr: &str) -> Who {
        let patients = &self.records.patients;
        let found = Cpr::parse(cpr).ok().and_then(|cpr| patients.find(&cpr));
        found.map_or_else(Who::default, |id| Who::of(patients, id))
    }

    fn cover_list(&self, veil: &Veil, view: &mut ListView) {
        veil.strip(&mut view.strip);
        let place = |key| view.columns.iter().position(|column| column.key == key);
        let (number, name) = (place(CPR), place(NAME));
        for row in &mut view.rows {
            let who = self.who(&row.cpr);
            row.cpr = self.pseudonym(&row.cpr);
            for (at, cell) in row.cells.iter_mut().enumerate() {
                match Some(at) {
                    at if at == number => cell.text.clone_from(&row.cpr),
                    at if at == name => "–".clone_into(&mut cell.text),
                    _ => veil.cell(cell, &who),
                }
            }
        }
    }

    fn cover_patient(&self, veil: &Veil, view: &mut PatientView) {
        veil.patient(view, &self.who(&view.cpr));
        view.cpr = self.pseudonym(&view.cpr);
        view.cpr_shown.clear();
        view.name.clone_from(&view.cpr);
    }

    fn cover_opioid_patient(&self, veil: &Veil, view: &mut OpioidPatientView) {
        let who = self.who(&view.patient.cpr);
        if let Some(receipt) = &mut view.receipt {
            cover_receipt(veil, receipt, &who);
        }
        self.cover_patient(veil, &mut view.patient);
    }

    fn cover_timeline(&self, veil: &Veil, view: &mut TimelineView) {
        let who = self.who(&view.cpr);
        view.cpr = self.pseudonym(&view.cpr);
        veil.all(&mut view.sentences, &who);
        view.rows.iter_mut().for_each(|row| veil.of(&mut row.label, &who));
        view.events.iter_mut().for_each(|event| veil.of(&mut event.label, &who));
        view.moments.iter_mut().for_each(|moment| veil.of(&mut moment.text, &who));
    }

    fn cover_lookup(&self, veil: &Veil, view: &mut LookupView) {
        veil.text(&mut view.asked);
        veil.text(&mut view.text);
        view.matches.clear();
        let Some(person) = &mut view.person else {
            return text_lookup::no_pseudonym(self.language).clone_into(&mut view.text);
        };
        let who = self.who(&person.cpr);
        for row in person.groups.iter_mut().flat_map(|group| &mut group.rows) {
            veil.of(&mut row.text, &who);
        }
        person.cpr = self.pseudonym(&person.cpr);
        person.cpr_shown.clear();
        person.name.clone_from(&person.cpr);
    }
}

fn cover_receipt(veil: &Veil, receipt: &mut ReceiptView, who: &Who) {
    for row in receipt.fixed.iter_mut().chain(&mut receipt.needed) {
        let ReceiptRow { product, written, notes, .. } = row;
        [product, written, notes].into_iter().for_each(|text| veil.of(text, who));
    }
    veil.all(&mut receipt.missing, who);
    veil.all(&mut receipt.apart, who);
}
