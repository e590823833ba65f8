//! Patches: µg an hour while worn, times how many are worn at a time.

use crate::dosage::Daily;
use crate::dose::Source;
use crate::ratio::{Range, Ratio};
use crate::strength::{Per, Strength};

use super::{Assumption, Dose, Reason, scaled};
use crate::opioid::table::Factor;

/// The rate of the patches worn at a time.
pub(super) fn worn(
    factor: &Factor,
    daily: &Daily,
    strength: impl Fn() -> Result<Strength, Reason>,
    source: Source,
) -> Result<Dose, Reason> {
    let mut assumptions = Vec::new();
    if let Some(unit) = daily.unit.as_deref()
        && is_rate(unit)
    {
        return rate(factor, daily, source);
    }
    let counted = daily.unit.as_deref().is_none_or(crate::dosage::is_counted);
    if !counted {
        return Err(Reason::Unit(daily.unit.clone().unwrap_or_default()));
    }
    let strength = strength()?;
    let written = match (strength.parts.as_slice(), strength.per) {
        ([part], Per::Hour) => part.milligrams().and_then(|mg| mg.times(Ratio::whole(1_000))),
        _ => return Err(Reason::Unit("plaster".into())),
    };
    let written = written.ok_or(Reason::TooLarge)?;
    let one = labelled(factor, written, &mut assumptions);
    let most = daily.most().filter(|_| daily.as_needed.is_none()).ok_or(Reason::Patches)?;
    if daily.fixed.low != most {
        return Err(Reason::Patches);
    }
    let (count, days) = count(factor.change_days(written), most).ok_or(Reason::Patches)?;
    assumptions.push(Assumption::Patches { count, days });
    let fixed = Range::exactly(one.times(count).ok_or(Reason::TooLarge)?);
    Ok(Dose { fixed, as_needed: None, source: Some(source), assumptions })
}

// The dose is itself given in µg an hour.
fn rate(factor: &Factor, daily: &Daily, source: Source) -> Result<Dose, Reason> {
    let mut assumptions = Vec::new();
    let mut daily = daily.clone();
    if let Some(number) = daily.fixed.single() {
        daily.fixed = Range::exactly(labelled(factor, number, &mut assumptions));
    }
    scaled(&daily, Ratio::ONE, source, assumptions)
}

fn labelled(factor: &Factor, written: Ratio, assumptions: &mut Vec<Assumption>) -> Ratio {
    let truly = factor.labelled(written);
    if truly != written {
        assumptions.push(Assumption::Label { written, truly });
    }
    truly
}

/// Patches worn at a time: patches a day × days between changes, if that is a whole number. One a
/// day or more does not go with any change interval. An export that rounds a third to 0,33 is
/// understood.
fn count(change_days: &[Ratio], per_day: Ratio) -> Option<(Ratio, Ratio)> {
    if per_day >= Ratio::ONE {
        return None;
    }
    change_days.iter().find_map(|days| Some((whole(per_day.times(*days)?)?, *days)))
}

// The nearest whole number, if it is no more than a fiftieth away.
fn whole(number: Ratio) -> Option<Ratio> {
    let (above, below) = (number.numerator(), number.denominator());
    let nearest = above.checked_mul(2)?.checked_add(below)? / below.checked_mul(2)?;
    let off = number.plus(Ratio::whole(nearest.checked_neg()?))?;
    let within = off <= Ratio::new(1, 50)? && off >= Ratio::new(-1, 50)?;
    (nearest >= 1 && within).then(|| Ratio::whole(nearest))
}

/// »µg/t«, »mikrogram/time«, »mcg/h«.
fn is_rate(unit: &str) -> bool {
    let plain: String = unit
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c == '\u{b5}' { '\u{3bc}' } else { c })
        .collect();
    let Some((mass, time)) = plain.split_once('/') else { return false };
    ["ug", "\u{3bc}g", "mcg", "mikrogram", "mikrog"].contains(&mass)
        && ["t", "time", "h", "timen", "hour"].contains(&time.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(above: i64, below: i64) -> Ratio {
        Ratio::new(above, below).unwrap()
    }

    #[test]
    fn patches_at_a_time() {
        let three = [Ratio::whole(3)];
        let at_a_time = |above, below| count(&three, ratio(above, below)).map(|(count, _)| count);
        assert_eq!(at_a_time(1, 3), Some(Ratio::ONE));
        assert_eq!(at_a_time(2, 3), Some(Ratio::whole(2)));
        assert_eq!(at_a_time(33, 100), Some(Ratio::ONE));
        for (above, below) in [(1, 2), (1, 1), (3, 1), (1, 7), (1, 4)] {
            assert_eq!(at_a_time(above, below), None, "{above}/{below}");
        }
        let half_week = [Ratio::whole(3), ratio(7, 2), Ratio::whole(4)];
        for (above, below) in [(1, 3), (2, 7), (1, 4)] {
            assert_eq!(count(&half_week, ratio(above, below)).unwrap().0, Ratio::ONE);
        }
    }

    #[test]
    fn units_of_a_rate() {
        for unit in ["ug/t", "µg/t", "μg/t", "mikrogram/time", "mcg/h", "mikrogram / time"] {
            assert!(is_rate(unit), "{unit}");
        }
        for unit in ["mg", "ug", "plaster", "mg/ml", "ug/kg"] {
            assert!(!is_rate(unit), "{unit}");
        }
    }
}
