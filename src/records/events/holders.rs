//! Which patients have a row of which codes. A criterion names few codes, and most patients have
//! none of them: their rows need not be looked through.

use super::Events;

/// Patients that one call deals with; see `ROWS_AT_ONCE`.
const PATIENTS: usize = 256;

/// Per set of codes, the patients who have a row of it, in order.
#[derive(Debug)]
pub(super) struct Holders {
    /// One more than there are sets.
    offsets: Vec<u32>,
    patients: Vec<u32>,
}

impl Holders {
    pub(super) fn new(events: &Events) -> Self {
        let mut counts = vec![0; events.groups.len() + 1];
        walk(events, &mut |group, _| add(&mut counts, group + 1, 1));
        let mut sum = 0;
        for count in &mut counts {
            sum += *count;
            *count = sum;
        }
        let mut next = counts.clone();
        let mut patients = vec![0; sum as usize];
        walk(events, &mut |group, patient| {
            let at = next.get(group).map_or(usize::MAX, |at| *at as usize);
            if let Some(slot) = patients.get_mut(at) {
                *slot = patient;
            }
            add(&mut next, group, 1);
        });
        Self { offsets: counts, patients }
    }

    /// Per patient: is there a row of any of the wanted sets?
    pub(super) fn of_any(&self, wanted: &[bool], patients: usize) -> Vec<bool> {
        let mut found = vec![false; patients];
        let ranges = self.offsets.windows(2).zip(wanted).filter(|(_, wanted)| **wanted);
        for (range, _) in ranges {
            let &[from, to] = range else { continue };
            for patient in self.patients.get(from as usize..to as usize).unwrap_or_default() {
                if let Some(slot) = found.get_mut(*patient as usize) {
                    *slot = true;
                }
            }
        }
        found
    }
}

fn add(counts: &mut [u32], at: usize, more: u32) {
    if let Some(count) = counts.get_mut(at) {
        *count += more;
    }
}

/// Each set of codes once per patient.
fn walk(events: &Events, each: &mut impl FnMut(usize, u32)) {
    let mut last = vec![u32::MAX; events.groups.len()];
    let patients = events.offsets.len().saturating_sub(1);
    for first in (0..patients).step_by(PATIENTS) {
        walk_block(events, first..patients.min(first + PATIENTS), &mut last, each);
    }
}

#[inline(never)]
fn walk_block(
    events: &Events,
    patients: std::ops::Range<usize>,
    last: &mut [u32],
    each: &mut impl FnMut(usize, u32),
) {
    for patient in patients {
        let at = |place: usize| events.offsets.get(place).map_or(0, |offset| *offset as usize);
        let patient_number = u32::try_from(patient).unwrap_or(u32::MAX);
        for position in at(patient)..at(patient + 1) {
            let group = events.code_at.get(position);
            match last.get_mut(group) {
                Some(seen) if *seen != patient_number => {
                    *seen = patient_number;
                    each(group, patient_number);
                }
                _ => {}
            }
        }
    }
}
