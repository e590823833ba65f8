//! The sum of a shown receipt, multiplied and added anew.

use crate::checker::INFINITE;

/// The fixed sum and the most it may be.
pub fn sum(lines: &[String]) -> Result<(f64, f64), String> {
    let (mut fixed, mut most) = (0.0, 0.0);
    for line in lines.iter().skip(1) {
        match line.split_once(": ") {
            Some(("Kan ikke opgøres", _)) => most += INFINITE,
            Some(("Faste doser", said)) => {
                let said = said.trim_start_matches("mindst ").split(' ').next().unwrap_or("");
                if (number(said)? - fixed).abs() > 0.006 {
                    return Err(format!("{line}: the lines give {fixed}"));
                }
            }
            _ if line.starts_with("   ") || is_remark(line) => {}
            Some(_) => {
                let (least, upper) = order(line)?;
                fixed += if line.starts_with("måske: ") { 0.0 } else { least };
                most += upper;
            }
            None => {}
        }
    }
    Ok((fixed, most))
}

/// The sum of shown days, each stretch multiplied and all added anew: fixed, and the most it may be.
pub fn days(lines: &[String], window: (i32, i32)) -> Result<(f64, f64), String> {
    let (mut fixed, mut most, mut next) = (0.0, 0.0, window.0);
    for line in lines.iter().skip(1) {
        let Some((dates, said)) = line.split_once(": dage ") else { continue };
        let (days, said) = said.split_once(" × ").ok_or_else(|| format!("»{line}«"))?;
        let (each, all) = said.split_once(" = ").ok_or_else(|| format!("»{line}«"))?;
        let (each, all, days) = (bounds(each)?, bounds(all)?, number(days)?);
        let [from, to] = crate::checker::dates(dates)[..] else { return Err(line.clone()) };
        let close = |a: f64, b: f64| a >= INFINITE || (a * days - b).abs() < 0.01 * days;
        let follows = f64::from(to.0 - from.0 + 1) == days && next <= from.0 && to.0 <= window.1;
        if !follows || !close(each.0, all.0) || !close(each.1, all.1) {
            return Err(format!("»{line}« does not follow"));
        }
        (fixed, most, next) = (fixed + all.0, most + all.1, to.0 + 1);
    }
    for said in lines.iter().filter_map(|line| line.strip_prefix("Faste doser: ")) {
        let said = said.trim_start_matches("mindst ").split(' ').next().unwrap_or("");
        if (number(said)? - fixed).abs() > 0.006 {
            return Err(format!("{said}: the days give {fixed}"));
        }
    }
    Ok((fixed, most))
}

// »60 mg«, »60–90 mg«, »mindst 60 mg«.
fn bounds(said: &str) -> Result<(f64, f64), String> {
    let said = said.strip_suffix(" mg").unwrap_or(said);
    match said.strip_prefix("mindst ") {
        Some(least) => Ok((number(least)?, INFINITE)),
        None => range(said).ok_or_else(|| format!("»{said}«")),
    }
}

fn is_remark(line: &str) -> bool {
    ["Efter behov, ikke med", "Gråzone", "Ikke medregnet", "Kun til overblik"]
        .iter()
        .any(|remark| line.starts_with(remark))
}

// »Navn 10 mg tablet (stof): 20 mg × 1,5 = 30 mg (28–32); efter behov højst …«.
fn order(line: &str) -> Result<(f64, f64), String> {
    let said = line.rsplit_once(": ").map_or("", |(_, said)| said);
    let (mut least, mut most) = (0.0, 0.0);
    for part in said.split("; ") {
        if part == "efter behov uden højeste dosis" {
            most += INFINITE;
            continue;
        }
        let as_needed = part.strip_prefix("efter behov højst ");
        let (low, high) = product(as_needed.unwrap_or(part)).ok_or_else(|| format!("»{line}«"))?;
        least += if as_needed.is_some() { 0.0 } else { low };
        most += high;
    }
    Ok((least, most))
}

// »20–40 mg × 1,5 = 30–60 mg«: the right side must be the left one.
fn product(part: &str) -> Option<(f64, f64)> {
    let (left, right) = part.split_once(" = ")?;
    let (dose, factor) = left.split_once(" × ")?;
    let (dose, factor) = (range(dose.split(' ').next()?)?, number(factor).ok()?);
    let said = range(right.split(' ').next()?)?;
    let close = |a: f64, b: f64| (a * factor - b).abs() < 0.01 * factor.max(1.0);
    (close(dose.0, said.0) && close(dose.1, said.1)).then_some(said)
}

fn range(said: &str) -> Option<(f64, f64)> {
    match said.split_once('–') {
        Some((low, high)) => Some((number(low).ok()?, number(high).ok()?)),
        None => number(said).ok().map(|one| (one, one)),
    }
}

fn number(said: &str) -> Result<f64, String> {
    said.replace('.', "").replace(',', ".").parse().map_err(|_| format!("»{said}« is no number"))
}
