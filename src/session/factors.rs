//! Whose factors sums of opioids have, and which of a profile's variants and markers are in force;
//! kept as long as the session.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Session, Tell, texts};
use crate::decode::Refusal;
use crate::note::Said;
use crate::opioid::{self, FactorSet, Table};
use crate::profile::choice::Refused;
use crate::protocol::{FactorChoice, Reply};
use crate::view::{factors, text_factors, text_overview};

/// What was chosen.
#[derive(Default)]
pub(super) struct Factors {
    own: Option<Arc<Table>>,
    uses_own: bool,
    set: FactorSet,
    typed: BTreeMap<u32, String>,
    // `None` = the built-in table with its own factors.
    in_force: Option<Arc<Table>>,
}

impl Factors {
    /// The table that sums are made with.
    pub(super) fn table(&self) -> &Arc<Table> {
        self.in_force.as_ref().unwrap_or_else(|| opioid::table())
    }

    fn base(&self) -> &Arc<Table> {
        self.own.as_ref().filter(|_| self.uses_own).unwrap_or_else(|| opioid::table())
    }

    // A dropped table is in force from then on, with its own factors.
    pub(super) fn join(&mut self, table: Arc<Table>) {
        self.own = Some(Arc::clone(&table));
        self.use_own(true);
        self.in_force = Some(table);
    }

    fn use_own(&mut self, own: bool) {
        self.uses_own = own && self.own.is_some();
        self.set = FactorSet::Default;
        self.typed.clear();
    }

    // What was in force stays so where something is wrong.
    fn choose(&mut self, choice: &FactorChoice) -> Result<(), (Option<u32>, Said)> {
        match choice {
            FactorChoice::Look => return Ok(()),
            FactorChoice::Set(name) => {
                self.set = self.base().set_named(name).map_err(|said| (None, said))?;
            }
            FactorChoice::Edit { line, typed } => self.edit(*line, typed.trim())?,
            FactorChoice::Own(own) => self.use_own(*own),
            FactorChoice::Default => self.use_own(false),
        }
        self.in_force = Some(self.made());
        Ok(())
    }

    fn edit(&mut self, line: u32, typed: &str) -> Result<(), (Option<u32>, Said)> {
        if typed.is_empty() {
            self.typed.remove(&line);
            return Ok(());
        }
        self.base().edited(line as usize, typed).map_err(|said| (Some(line), said))?;
        self.typed.insert(line, typed.to_owned());
        Ok(())
    }

    // Every text was read before: what cannot be is left out.
    fn made(&self) -> Arc<Table> {
        let base = self.base();
        if self.set == FactorSet::Default && self.typed.is_empty() {
            return Arc::clone(base);
        }
        let mut table = base.with_set(&self.set);
        for (line, typed) in &self.typed {
            table = table.edited(*line as usize, typed).unwrap_or(table);
        }
        Arc::new(table)
    }
}

impl Session {
    /// The factor table in force.
    #[must_use]
    pub fn factors(&self) -> &Arc<Table> {
        self.factors.table()
    }

    /// Puts a table in force; for the command line, which reads it by itself.
    pub fn use_factors(&mut self, table: Arc<Table>) {
        self.factors.in_force = Some(table);
        self.shelf.forget_sums();
        self.lists.clear();
    }

    pub(super) fn set_factors(&mut self, choice: &FactorChoice, tell: &mut Tell<'_>) {
        let before = Arc::clone(self.factors.table());
        let refused = self.factors.choose(choice).err();
        if !Arc::ptr_eq(&before, self.factors.table()) {
            self.remake(tell);
        }
        if let Some((None, said)) = &refused {
            return tell(Reply::Failed(said.of(self.language).to_owned()));
        }
        let refused =
            refused.and_then(|(line, said)| Some((line?, said.of(self.language).to_owned())));
        let own = self.factors.own.as_ref().map_or("", |table| table.file.as_str());
        let (table, language) = (self.factors.table(), self.language);
        let topic = factors::Topic { table, own, refused, language };
        tell(Reply::Factors(Box::new(factors::view(topic))));
    }

    // Every list, figure and panel rests on the factors.
    fn remake(&mut self, tell: &mut Tell<'_>) {
        self.shelf.forget_sums();
        self.after_change(tell);
    }

    fn after_change(&mut self, tell: &mut Tell<'_>) {
        self.lists.clear();
        if !self.records.sources.is_empty() {
            self.make_lists();
            tell(Reply::Overview(Box::new(self.overview())));
        }
    }

    /// A dropped factor table; `Err` = what is wrong with it, line by line.
    pub(super) fn join_factors(&mut self, name: &str, text: &str) -> Result<(), Refusal> {
        let table = Table::read(name, text).map_err(|notes| texts::table_errors(name, &notes))?;
        self.factors.join(Arc::new(table));
        self.shelf.forget_sums();
        self.lists.clear();
        Ok(())
    }

    /// Another variant of a criterion of a profile.
    pub(super) fn choose_variant(
        &mut self,
        (profile, criterion, variant): (&str, &str, &str),
        tell: &mut Tell<'_>,
    ) {
        let found = self.shelf.change(profile, |plan| plan.choose(criterion, variant));
        self.changed(found, tell);
    }

    /// A marker on or off.
    pub(super) fn switch_marker(
        &mut self,
        (profile, marker, on): (&str, &str, bool),
        tell: &mut Tell<'_>,
    ) {
        let found = self.shelf.change(profile, |plan| plan.switch_marker(marker, on));
        self.changed(found, tell);
    }

    fn changed(&mut self, found: Option<Result<(), Refused>>, tell: &mut Tell<'_>) {
        match found {
            Some(Ok(())) => self.after_change(tell),
            Some(Err(_)) => tell(Reply::Failed(text_factors::refused(self.language).to_owned())),
            None => {
                tell(Reply::Failed(text_overview::no_such_profile(self.language).to_owned()));
            }
        }
    }
}
