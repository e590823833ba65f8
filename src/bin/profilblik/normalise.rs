//! `normalise`: an export as typed tables.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

use profilblik::normalise;
use profilblik::note::{Language, Said};
use profilblik::opioid::Table as Factors;
use profilblik::protocol::Request;
use profilblik::records::Records;
use profilblik::schema::typed::Table;
use profilblik::session::Session;

use crate::arguments::TablesWanted;
use crate::outcome::{Misuse, Outcome};
use crate::words::say;
use crate::{input, mapping};

/// Reads the files and writes every table, also the empty ones.
pub fn run(wanted: &TablesWanted, language: Language) -> Result<Outcome, Misuse> {
    let mut outcome = Outcome::default();
    let factors = wanted.chosen.table()?;
    let mut session = Session::with_profiles(Vec::new());
    session.request(&Request::SetLanguage(language), &mut |_| {});
    mapping::add(&mut session, &wanted.mappings, language)?;
    session.read_all(input::files(&wanted.files)?, input::today(), &mut |_| {});
    for (_, refusal) in session.refused() {
        outcome.refuse(refusal.text.of(language));
    }
    let records = session.records();
    if records.sources.is_empty() {
        outcome.refuse(&say(
            language,
            "Ingen af filerne kunne læses som et udtræk.",
            "None of the files could be read as an export.",
        ));
        return Ok(outcome);
    }
    write(records, &factors, wanted).map_err(|error| {
        let out = wanted.out.display();
        Misuse::new(
            format!("`{out}` kan ikke skrives ({error})"),
            format!("`{out}` cannot be written ({error})"),
        )
    })?;
    outcome.text = written(records, wanted).of(language).to_owned();
    Ok(outcome)
}

fn write(records: &Records, factors: &Arc<Factors>, wanted: &TablesWanted) -> io::Result<()> {
    let (export, folder) = (&wanted.export, &wanted.out);
    fs::create_dir_all(folder)?;
    for table in Table::ALL {
        let mut file = BufWriter::new(File::create(folder.join(format!("{}.csv", table.name())))?);
        normalise::write_with(records, factors, export, table, &mut file)?;
        file.flush()?;
    }
    Ok(())
}

// What was left out must not go unsaid (rule R6), nor which table holds CPR numbers.
fn written(records: &Records, wanted: &TablesWanted) -> Said {
    let (patients, copies) = (records.patients.len(), records.duplicates());
    let (export, out) = (&wanted.export, wanted.out.display());
    let aside: u64 = records.sources.iter().map(|source| source.ledger.set_aside).sum();
    let keys = Table::Keys.name();
    Said::new(
        format!(
            "Udtræk {export}: {patients} patienter er skrevet til {out}.\n\
             {copies} gentagne rækker er udeladt, {aside} linjer er sat til side.\n\
             Kun {keys}.csv har cpr-numre.\n"
        ),
        format!(
            "Export {export}: {patients} patients were written to {out}.\n\
             {copies} repeated rows were left out, {aside} lines were set aside.\n\
             Only {keys}.csv has CPR numbers.\n"
        ),
    )
}
