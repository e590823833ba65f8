//! What several tables lie in: a ZIP, a workbook, or what was packed with gzip.

use super::reading::{Found, ProfileText, Whence};
use super::table::{Place, TableTask};
use super::texts;
use crate::decode::archive::Archive;
use crate::decode::fhir::Pool;
use crate::decode::made::{Made, MadeTable};
use crate::decode::mapping::{Mappings, is_mapping};
use crate::decode::{HEAD_BYTES, Probe, Refusal, gzip, probe_made, probe_with, workbook};
use crate::decode::{card, dataset};

/// Bytes handed over at a time.
const SLICE_BYTES: usize = 1024 * 1024;
/// Tables made of the files of one drop may lie in memory with so many bytes.
const MOST_MADE: u64 = 512 * 1024 * 1024;

/// What is read whole before anything is known of its tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whole {
    /// A profile, which holds none.
    Profile,
    /// A ZIP or a workbook.
    Archive,
    /// Packed with gzip.
    Gzip,
    /// FHIR.
    Fhir,
    /// A medicine card.
    Card,
    /// A table of another data model.
    Dataset,
}

/// An opened container.
pub(super) enum Container {
    /// A ZIP; its members are inflated when their turn comes.
    Zip(Archive),
    /// Tables that were made; each is given away when it is read.
    Made(Vec<MadeTable>),
}

impl Container {
    /// Reads a member.
    pub(super) fn read(
        &mut self,
        member: usize,
        sink: &mut dyn FnMut(&[u8]),
    ) -> Result<(), Refusal> {
        match self {
            Self::Zip(archive) => archive.read(member, sink),
            Self::Made(tables) => {
                let text = tables.get_mut(member).map(|table| std::mem::take(&mut table.text));
                text.unwrap_or_default().chunks(SLICE_BYTES).for_each(sink);
                Ok(())
            }
        }
    }
}

/// Files whose rows are known when all of the drop are in: references and ids go across files.
#[derive(Default)]
pub(super) struct Pools {
    fhir: (Pool, Vec<Whence>),
    datasets: (dataset::Pool, Vec<Whence>),
}

impl Pools {
    fn fhir(&mut self, name: &str, bytes: Vec<u8>, whence: Whence) -> Result<(), Refusal> {
        self.fhir.0.read(name, bytes).map(|()| self.fhir.1.push(whence))
    }

    fn dataset(&mut self, name: &str, bytes: Vec<u8>, whence: Whence) -> Result<(), Refusal> {
        self.datasets.0.read(name, bytes).map(|()| self.datasets.1.push(whence))
    }

    /// The tables of every file, and where it comes from.
    fn finish(self) -> Vec<(Whence, String, Result<Made, Refusal>)> {
        let (fhir, datasets) = (self.fhir, self.datasets);
        let fhir = fhir.0.finish().into_iter().zip(fhir.1);
        let of_fhir = fhir.map(|((name, made), whence)| (whence, name, made));
        let from = datasets.1;
        let of_datasets = datasets.0.finish().into_iter().map(move |answer| {
            let whence = from.get(answer.file).copied().unwrap_or_default();
            (whence, answer.name, answer.made)
        });
        of_fhir.chain(of_datasets).collect()
    }
}

/// The opening of one dropped file.
pub(super) struct Opening<'a> {
    /// The containers of the drop; a table names its own by its place here.
    pub(super) containers: &'a mut Vec<Option<Container>>,
    /// Bytes of the tables made so far in this drop.
    pub(super) made: &'a mut u64,
    /// How tables are to be read.
    pub(super) mappings: &'a Mappings,
    /// What is made of all files of the drop together.
    pub(super) pools: &'a mut Pools,
    /// The file.
    pub(super) whence: Whence,
    /// Tables found.
    pub(super) tables: Vec<TableTask>,
    /// What else was found.
    pub(super) found: Vec<Found>,
}

impl Opening<'_> {
    /// Opens a file that was read whole; `inside` another one, nothing more is unpacked of it but
    /// a workbook or one gzip.
    pub(super) fn open(&mut self, kind: Whole, name: &str, bytes: Vec<u8>, inside: bool) {
        let result = match kind {
            Whole::Gzip => gzip::unpack(name, &bytes).map(|bytes| self.unpacked(name, bytes)),
            Whole::Profile => self.profile(name, bytes),
            Whole::Fhir => self.pools.fhir(name, bytes, self.whence),
            Whole::Card => {
                card::tables(name, &bytes).and_then(|made| self.take_made(name, made, true))
            }
            Whole::Dataset => self.pools.dataset(name, bytes, self.whence),
            Whole::Archive => match Archive::open(name, bytes) {
                Ok(archive) if archive.is_workbook() => {
                    workbook::tables(archive).and_then(|made| self.take_made(name, made, false))
                }
                Ok(_) if inside => Err(texts::nested(name.rsplit('/').next().unwrap_or(name))),
                Ok(archive) => {
                    self.members(name, archive);
                    Ok(())
                }
                Err(refusal) => Err(refusal),
            },
        };
        if let Err(refusal) = result {
            self.refuse(name, refusal);
        }
    }

    fn add(&mut self, task: TableTask) {
        self.tables.push(task.of(self.whence));
    }

    fn refuse(&mut self, name: &str, refusal: Refusal) {
        self.found.push(Found::Refused(vec![(name.to_owned(), refusal)]));
    }

    fn profile(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), Refusal> {
        if bytes.len() as u64 > texts::PROFILE_BYTES {
            return Err(texts::profile_too_large(name));
        }
        // The tables beside it are probed already.
        if std::str::from_utf8(&bytes).is_ok_and(is_mapping) {
            return Err(texts::packed_mapping(name));
        }
        self.found.push(Found::Profile(ProfileText { name: name.to_owned(), bytes }));
        Ok(())
    }

    // A table, a profile or a workbook; it is looked at as if it had been dropped.
    fn unpacked(&mut self, name: &str, bytes: Vec<u8>) {
        let head = bytes.get(..HEAD_BYTES).unwrap_or(&bytes);
        match probe_with(gzip::inner_name(name), bytes.len() as u64, head, self.mappings) {
            Probe::Table(probe) => {
                let place = Place::Member { archive: self.containers.len(), member: 0 };
                let size = bytes.len() as u64;
                *self.made += size;
                self.add(TableTask::new(name.into(), size, *probe, place, Vec::new()));
                let table = MadeTable { text: bytes, ..MadeTable::default() };
                self.containers.push(Some(Container::Made(vec![table])));
            }
            Probe::Archive => self.open(Whole::Archive, name, bytes, true),
            Probe::Fhir => self.open(Whole::Fhir, name, bytes, true),
            Probe::Card => self.open(Whole::Card, name, bytes, true),
            Probe::Dataset => self.open(Whole::Dataset, gzip::inner_name(name), bytes, true),
            Probe::Profile => self.open(Whole::Profile, gzip::inner_name(name), bytes, true),
            Probe::Gzip => self.refuse(name, texts::packed_twice(name)),
            Probe::Refused(refusal) => self.refuse(name, refusal),
        }
    }

    fn members(&mut self, name: &str, mut archive: Archive) {
        let at = self.containers.len();
        self.containers.push(None);
        for (member, of) in archive.members().into_iter().enumerate() {
            let full_name = format!("{name}/{}", of.name);
            let head = match archive.head(member) {
                Ok(head) => head,
                Err(refusal) => {
                    self.refuse(&full_name, refusal);
                    continue;
                }
            };
            let place = Place::Member { archive: at, member };
            let (kind, shown) = match probe_with(&of.name, of.size, &head, self.mappings) {
                Probe::Table(probe) => {
                    self.add(TableTask::new(full_name, of.size, *probe, place, Vec::new()));
                    continue;
                }
                Probe::Refused(refusal) => {
                    self.refuse(&full_name, refusal);
                    continue;
                }
                Probe::Profile => (Whole::Profile, of.name),
                Probe::Archive => (Whole::Archive, full_name),
                Probe::Gzip => (Whole::Gzip, full_name),
                Probe::Fhir => (Whole::Fhir, full_name),
                Probe::Card => (Whole::Card, full_name),
                Probe::Dataset => (Whole::Dataset, full_name),
            };
            let mut bytes = Vec::new();
            match archive.read(member, &mut |slice| bytes.extend_from_slice(slice)) {
                Ok(()) => self.open(kind, &shown, bytes, true),
                Err(refusal) => self.refuse(&shown, refusal),
            }
        }
        if let Some(container) = self.containers.get_mut(at) {
            *container = Some(Container::Zip(archive));
        }
    }

    /// Makes the tables of what goes across files, once everything is in.
    pub(super) fn end_pools(&mut self) {
        for (whence, name, made) in std::mem::take(self.pools).finish() {
            self.whence = whence;
            if let Err(refusal) = made.and_then(|made| self.take_made(&name, made, true)) {
                self.refuse(&name, refusal);
            }
        }
    }

    // `by_own_name`: the tables are named by their registers; the file's name would mislead.
    fn take_made(&mut self, name: &str, made: Made, by_own_name: bool) -> Result<(), Refusal> {
        let bytes: usize = made.tables.iter().map(|table| table.text.len()).sum();
        *self.made += bytes as u64;
        if *self.made > MOST_MADE {
            return Err(Refusal::archive_too_large(name));
        }
        for refusal in made.refused {
            self.refuse(name, refusal);
        }
        let archive = self.containers.len();
        for (member, table) in made.tables.iter().enumerate() {
            let name = workbook::of_sheet(name, &table.name);
            let telling = if by_own_name { &table.name } else { &name };
            match probe_made(telling, table, self.mappings) {
                Ok(probe) => {
                    let (size, place) =
                        (table.text.len() as u64, Place::Member { archive, member });
                    self.add(TableTask::new(name, size, probe, place, Vec::new()));
                }
                Err(refusal) => self.refuse(&name, refusal),
            }
        }
        self.containers.push(Some(Container::Made(made.tables)));
        Ok(())
    }
}
