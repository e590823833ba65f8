//! Pick before compare, then count (rules R9, R12).

use crate::evaluate::bind::{Select, Source};
use crate::evaluate::compare::{Interval, fold_text};
use crate::evaluate::count::{self, Tally};
use crate::evaluate::hit::{Doubt, Hit};
use crate::evaluate::reference::outside;
use crate::evaluate::run::Run;
use crate::evaluate::trace::Recorder;
use crate::profile::plan::{Extreme, Pick, Test};
use crate::records::Reading;
use crate::schema::Field;
use crate::sort;
use crate::truth::Truth;

impl<'a, R: Recorder> Run<'_, 'a, R> {
    /// Picks among `hits` (by day, undated last), tests what was picked, and counts it.
    pub fn settle(
        &mut self,
        select: &Select<'a>,
        source: &Source<'a>,
        hits: &[Hit],
        satisfied: &mut Vec<Hit>,
    ) -> Truth {
        match select.ask.pick {
            None | Some(Pick::All) => self.tested(select, source, hits, satisfied),
            Some(Pick::Latest) => self.by_day(select, source, hits, satisfied, true),
            Some(Pick::First) => self.by_day(select, source, hits, satisfied, false),
            Some(Pick::Highest) => self.extreme(select, source, hits, satisfied, Extreme::Highest),
            Some(Pick::Lowest) => self.extreme(select, source, hits, satisfied, Extreme::Lowest),
        }
    }

    // Every record of the group is tested; those that hold are counted.
    fn tested(
        &mut self,
        select: &Select<'a>,
        source: &Source<'a>,
        group: &[Hit],
        satisfied: &mut Vec<Hit>,
    ) -> Truth {
        let mut kept = self.hits();
        for hit in group {
            match test(select, source, *hit) {
                Some(hit) => kept.push(hit),
                None => self.recorder.rejected(hit.evidence(select.register())),
            }
        }
        let truth = counted(select, source, &kept);
        if R::ON && truth == Truth::Unknown {
            self.record_doubt(select.register(), &kept);
        }
        satisfied.extend_from_slice(&kept);
        self.give_back(kept);
        truth
    }

    // `seneste`, `foerste`: undated records are left aside. Records that are in the window only
    // perhaps may be the picked ones: every day that can be picked must give the same verdict.
    fn by_day(
        &mut self,
        select: &Select<'a>,
        source: &Source<'a>,
        hits: &[Hit],
        satisfied: &mut Vec<Hit>,
        latest: bool,
    ) -> Truth {
        let mut dated: Vec<Hit> = hits.iter().filter(|h| h.day.is_some()).copied().collect();
        if latest {
            dated.reverse();
        }
        let mut verdicts: Vec<Truth> = Vec::new();
        let mut sure = false;
        for group in dated.chunk_by(|a, b| a.day == b.day) {
            sure = group.iter().any(Hit::sure);
            verdicts.push(self.one_day(select, source, group, sure, satisfied));
            if sure {
                break;
            }
        }
        if !sure {
            verdicts.push(self.no_day(select, source, hits));
        }
        agreed(&verdicts)
    }

    fn one_day(
        &mut self,
        select: &Select<'a>,
        source: &Source<'a>,
        group: &[Hit],
        sure: bool,
        satisfied: &mut Vec<Hit>,
    ) -> Truth {
        let mut ordered = self.hits();
        ordered.extend_from_slice(group);
        if !sure {
            // What if this day is the one? Then its records are in the window.
            ordered.iter_mut().for_each(|hit| hit.doubt = None);
        }
        sort::by_key(&mut ordered, |hit| hit.position);
        let from = satisfied.len();
        let truth = match select.ask.same_day {
            Some(which) => self.extreme(select, source, &ordered, satisfied, which),
            None => self.tested(select, source, &ordered, satisfied),
        };
        if !sure {
            let doubts = group.first().and_then(|hit| hit.doubt).unwrap_or(Doubt::Undated);
            for hit in satisfied.iter_mut().skip(from) {
                *hit = hit.doubted(doubts);
            }
            self.record_doubt(select.register(), group);
        }
        self.give_back(ordered);
        truth
    }

    // No dated record is surely in the window: undated ones may be the picked ones.
    fn no_day(&mut self, select: &Select<'a>, source: &Source<'a>, hits: &[Hit]) -> Truth {
        let undated: Vec<Hit> = hits.iter().filter(|h| h.day.is_none()).copied().collect();
        if undated.is_empty() {
            return counted(select, source, &[]);
        }
        self.record_doubt(select.register(), &undated);
        self.record_hits(select.register(), &undated);
        Truth::Unknown
    }

    // `hoejeste`, `laveste`: of intervals, both bounds; a record that is in the window only
    // perhaps makes the result unknown.
    fn extreme(
        &mut self,
        select: &Select<'a>,
        source: &Source<'a>,
        hits: &[Hit],
        satisfied: &mut Vec<Hit>,
        which: Extreme,
    ) -> Truth {
        if hits.iter().any(|h| !h.sure()) {
            self.record_doubt(select.register(), hits);
            satisfied.extend_from_slice(hits);
            return Truth::Unknown;
        }
        let values = hits.iter().map(|h| value(source, h.position).0);
        let Some(all) = values.reduce(|a, b| a.extreme(b, which)) else {
            return counted(select, source, &[]);
        };
        let mut contenders = self.hits();
        let contends = |h: &&Hit| value(source, h.position).0.contends(all, which);
        contenders.extend(hits.iter().filter(contends));
        let truth = match &select.ask.test {
            Some(Test::Value(compare)) => {
                let holds = all.verdict_of(compare);
                self.of_extreme(select, source, &contenders, holds, satisfied)
            }
            _ => self.of_contenders(select, source, &contenders, all, satisfied),
        };
        self.give_back(contenders);
        truth
    }

    // The extreme value is one record, however many share it.
    fn of_extreme(
        &mut self,
        select: &Select<'a>,
        source: &Source<'a>,
        contenders: &[Hit],
        holds: Truth,
        satisfied: &mut Vec<Hit>,
    ) -> Truth {
        for hit in contenders {
            let evidence = hit.evidence(select.register());
            let doubt = value(source, hit.position).1.unwrap_or(Doubt::Interval);
            match holds {
                Truth::No => self.recorder.rejected(evidence),
                Truth::Yes => satisfied.push(*hit),
                Truth::Unknown => {
                    satisfied.push(hit.doubted(doubt));
                    self.recorder.unknown(hit.doubted(doubt).reason(select.register()));
                }
            }
        }
        Tally { sure: u32::from(holds == Truth::Yes), perhaps: u32::from(holds == Truth::Unknown) }
            .verdict(select.ask.count)
    }

    // `svar` or `reference` of the extreme record: whichever contender it is, one verdict.
    fn of_contenders(
        &mut self,
        select: &Select<'a>,
        source: &Source<'a>,
        contenders: &[Hit],
        all: Interval,
        satisfied: &mut Vec<Hit>,
    ) -> Truth {
        if all.single().is_some() {
            return self.tested(select, source, contenders, satisfied);
        }
        let mut verdicts = Vec::with_capacity(contenders.len());
        for hit in contenders {
            verdicts.push(self.tested(select, source, std::slice::from_ref(hit), satisfied));
        }
        if agreed(&verdicts) == Truth::Unknown
            && let Some(hit) = contenders.first()
        {
            self.recorder.unknown(hit.doubted(Doubt::Interval).reason(select.register()));
        }
        agreed(&verdicts)
    }
}

/// The verdict that all share; unknown where they differ.
pub(crate) fn agreed(verdicts: &[Truth]) -> Truth {
    match verdicts.split_first() {
        Some((first, rest)) if rest.iter().all(|t| t == first) => *first,
        _ => Truth::Unknown,
    }
}

/// `distinkt`, `antal` and `spredning`: all must hold.
pub(crate) fn counted(select: &Select<'_>, source: &Source<'_>, kept: &[Hit]) -> Truth {
    let number = count::tally(select.ask, source.events, kept).verdict(select.ask.count);
    match select.ask.spread {
        Some((op, days)) if number != Truth::No => {
            number.min(count::spread_verdict(kept, op, days))
        }
        _ => number,
    }
}

/// The record if it passes the test, in doubt where the test cannot say.
pub(crate) fn test(select: &Select<'_>, source: &Source<'_>, hit: Hit) -> Option<Hit> {
    let (holds, doubt) = match &select.ask.test {
        None => return Some(hit),
        Some(Test::Value(compare)) => {
            let (value, doubt) = value(source, hit.position);
            (value.verdict_of(compare), doubt.unwrap_or(Doubt::Interval))
        }
        Some(Test::Answer(_)) => answer(source, hit.position),
        Some(Test::Reference(which)) => outside(source.events, hit.position, *which),
    };
    match holds {
        Truth::No => None,
        Truth::Yes => Some(hit),
        Truth::Unknown => Some(hit.doubted(doubt)),
    }
}

/// What the record's value may be, and why no more is known.
pub(crate) fn value(source: &Source<'_>, position: usize) -> (Interval, Option<Doubt>) {
    let fits = &source.values.unit_fits;
    if !fits.is_empty() && fits.get(source.events.text_id(position, Field::Enhed)) == Some(&false) {
        return (Interval::default(), Some(Doubt::Unit));
    }
    let reading = source.events.reading(position, Field::Vaerdi);
    let doubt = match reading {
        Reading::Exact(_) => None,
        Reading::Between { .. } => Some(Doubt::Interval),
        Reading::Ambiguous => Some(Doubt::Ambiguous),
        Reading::Text => Some(Doubt::Text),
        Reading::Missing => Some(Doubt::Field(Field::Vaerdi)),
    };
    (Interval::of(reading), doubt)
}

fn answer(source: &Source<'_>, position: usize) -> (Truth, Doubt) {
    let said = fold_text(source.events.text(position, Field::Vaerdi));
    if said.is_empty() {
        return (Truth::Unknown, Doubt::Field(Field::Vaerdi));
    }
    (Truth::known(source.values.answers.contains(&said)), Doubt::Text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Truth::{No, Unknown, Yes};

    #[test]
    fn only_one_common_verdict_is_a_verdict() {
        assert_eq!(agreed(&[Yes, Yes]), Yes);
        assert_eq!(agreed(&[Yes, No]), Unknown);
        assert_eq!(agreed(&[No, Unknown]), Unknown);
        assert_eq!(agreed(&[No]), No);
        assert_eq!(agreed(&[]), Unknown);
    }
}
