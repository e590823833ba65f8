//! Reading the factor table. A table with an error is not used: no factor is better than a wrong one.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::amount::Amount;
use crate::code::{Pattern, System};
use crate::note::{Note, Place, Said};
use crate::ratio::{Range, Ratio};

use super::choose::{self, FactorSet};
use super::table::{Certainty, Counted, DefinedUnit, Factor, Published, Table, Unit};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    format: i64,
    version: String,
    #[serde(rename = "gennemgaaet")]
    _reviewed: toml::Value,
    forbehold: String,
    kilder: BTreeMap<String, String>,
    vejord: BTreeMap<String, Vec<String>>,
    faktor: Vec<toml::Spanned<Line>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    atc: Vec<String>,
    #[serde(default)]
    stof: String,
    vej: Vec<String>,
    form: String,
    enhed: UnitWord,
    standard: Option<String>,
    #[serde(default)]
    kilder: BTreeMap<String, String>,
    #[serde(default)]
    skift: BTreeMap<String, String>,
    sikkerhed: CertaintyWord,
    medregnes: CountedWord,
    #[serde(default)]
    maerke: String,
    grund: String,
    ddd: Option<String>,
    ddd_enhed: Option<DefinedWord>,
    #[serde(default)]
    foerste_styrke: bool,
    #[serde(default)]
    skiftedage: Vec<String>,
    #[serde(default)]
    skiftedage_styrke: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    etiket: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Deserialize)]
enum UnitWord {
    #[serde(rename = "mg")]
    Milligram,
    #[serde(rename = "ug")]
    Microgram,
    #[serde(rename = "ug/t")]
    MicrogramPerHour,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum DefinedWord {
    Mg,
    Stk,
    Ml,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum CertaintyWord {
    Hoej,
    Middel,
    Lav,
    Ukendt,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum CountedWord {
    Ja,
    KanIkke,
    Nej,
    Saerskilt,
}

/// The version of the file that this program reads.
const FORMAT: i64 = 1;

/// Reads a table.
pub(super) fn table(file: &str, text: &str) -> Result<Table, Vec<Note>> {
    let document: Document = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let said = Said::new(
            format!("faktortabellen kan ikke læses: {}", error.message()),
            format!("the factor table cannot be read: {}", error.message()),
        );
        vec![Note::error("factor-table", place(file, text, at), said)]
    })?;
    let mut notes = Vec::new();
    if document.format != FORMAT {
        let said = Said::new("formatet kendes ikke", "the format is not known");
        notes.push(Note::error("factor-table", place(file, text, 0), said));
    }
    let mut factors = Vec::new();
    for line in &document.faktor {
        match factor(line.get_ref(), &document.kilder) {
            Ok(factor) => factors.push(Arc::new(factor)),
            Err(said) => {
                let place = place(file, text, line.span().start);
                notes.push(Note::error("factor-table", place, said));
            }
        }
    }
    let words = document.vejord.iter();
    let route_words = words.flat_map(|(route, words)| {
        words.iter().map(|word| (word.to_lowercase(), route.clone())).collect::<Vec<_>>()
    });
    let table = Table {
        version: document.version.clone(),
        caveat: document.forbehold.clone(),
        sources: document.kilder.clone().into_iter().collect(),
        route_words: route_words.collect(),
        factors,
        file: file.to_owned(),
        set: FactorSet::Default,
    };
    if notes.is_empty() { Ok(table) } else { Err(notes) }
}

fn place(file: &str, text: &str, at: usize) -> Place {
    let before = text.get(..at).unwrap_or_default();
    let line = u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX);
    Place { file: file.to_owned(), line, ..Place::default() }
}

fn factor(line: &Line, sources: &BTreeMap<String, String>) -> Result<Factor, Said> {
    let published = published(&line.kilder, sources)?;
    let default = line.standard.as_deref().map(within).transpose()?;
    if matches!(line.medregnes, CountedWord::Ja | CountedWord::Saerskilt) && default.is_none() {
        return Err(Said::new(
            "»standard« mangler på en linje, der medregnes",
            "`standard` is missing on a line that is counted",
        ));
    }
    let pairs = |(label, truly): (&String, &String)| Ok((positive(label)?, positive(truly)?));
    let days = |(of, days): (&String, &Vec<String>)| Ok((positive(of)?, numbers(days)?));
    Ok(Factor {
        codes: line.atc.iter().map(|code| pattern(code)).collect::<Result<_, _>>()?,
        substance: line.stof.clone(),
        routes: line.vej.clone(),
        form: line.form.clone(),
        unit: unit(line.enhed),
        default,
        changed: None,
        span: default.map(|default| span(default, &published)),
        published,
        switching: self::published(&line.skift, sources)?,
        certainty: certainty(line.sikkerhed),
        counted: counted(line.medregnes),
        mark: line.maerke.clone(),
        reason: line.grund.clone(),
        defined: defined(line)?,
        first_strength: line.foerste_styrke,
        change_days: numbers(&line.skiftedage)?,
        change_days_of: line.skiftedage_styrke.iter().map(days).collect::<Result<_, Said>>()?,
        labels: line.etiket.iter().map(pairs).collect::<Result<_, Said>>()?,
    })
}

// From the lowest to the highest published number, the default among them.
fn span(default: Ratio, published: &[Published]) -> Range {
    published.iter().fold(Range::exactly(default), |span, one| Range {
        low: span.low.min(one.factor.low),
        high: span.high.max(one.factor.high),
    })
}

fn published(
    written: &BTreeMap<String, String>,
    sources: &BTreeMap<String, String>,
) -> Result<Vec<Published>, Said> {
    let one = |(source, text): (&String, &String)| {
        if !sources.contains_key(source) {
            return Err(Said::new(
                format!("kilden »{source}« står ikke under [kilder]"),
                format!("the source `{source}` is not among [kilder]"),
            ));
        }
        let (low, high) = text.split_once('-').unwrap_or((text, text));
        let factor = Range { low: positive(low)?, high: positive(high)? };
        if factor.high < factor.low {
            return Err(wrong_number(text));
        }
        Ok(Published { source: source.clone(), factor })
    };
    written.iter().map(one).collect()
}

fn pattern(code: &str) -> Result<Pattern, Said> {
    Pattern::new(System::Atc, code).map_err(|_| {
        Said::new(format!("»{code}« er ingen ATC-kode"), format!("`{code}` is no ATC code"))
    })
}

fn numbers(texts: &[String]) -> Result<Vec<Ratio>, Said> {
    texts.iter().map(|text| positive(text)).collect()
}

// A factor that sums may use.
fn within(text: &str) -> Result<Ratio, Said> {
    let factor = positive(text)?;
    if choose::is_usable(factor) { Ok(factor) } else { Err(choose::out_of_bounds(text)) }
}

fn positive(text: &str) -> Result<Ratio, Said> {
    let amount = Amount::parse(text.trim()).filter(|amount| amount.0 > 0);
    amount.map(Ratio::from).ok_or_else(|| wrong_number(text))
}

fn wrong_number(text: &str) -> Said {
    Said::new(
        format!("»{text}« er ikke et tal over 0 med decimalpunktum"),
        format!("`{text}` is no number above 0 with a decimal point"),
    )
}

fn defined(line: &Line) -> Result<Option<(Ratio, DefinedUnit)>, Said> {
    let (Some(text), Some(unit)) = (&line.ddd, line.ddd_enhed) else { return Ok(None) };
    let unit = match unit {
        DefinedWord::Mg => DefinedUnit::Milligram,
        DefinedWord::Stk => DefinedUnit::Piece,
        DefinedWord::Ml => DefinedUnit::Millilitre,
    };
    Ok(Some((positive(text)?, unit)))
}

const fn unit(word: UnitWord) -> Unit {
    match word {
        UnitWord::Milligram => Unit::Milligram,
        UnitWord::Microgram => Unit::Microgram,
        UnitWord::MicrogramPerHour => Unit::MicrogramPerHour,
    }
}

const fn certainty(word: CertaintyWord) -> Certainty {
    match word {
        CertaintyWord::Hoej => Certainty::High,
        CertaintyWord::Middel => Certainty::Middle,
        CertaintyWord::Lav => Certainty::Low,
        CertaintyWord::Ukendt => Certainty::Unknown,
    }
}

const fn counted(word: CountedWord) -> Counted {
    match word {
        CountedWord::Ja => Counted::Yes,
        CountedWord::KanIkke => Counted::Cannot,
        CountedWord::Nej => Counted::No,
        CountedWord::Saerskilt => Counted::Apart,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opioid::table::BUILT_IN;

    fn errors(text: &str) -> Vec<(u32, String)> {
        let notes = table("x.toml", text).err().unwrap_or_default();
        notes.into_iter().map(|note| (note.place.line, note.text.da)).collect()
    }

    fn small(line: &str) -> String {
        format!(
            "format = 1\nversion = \"1\"\ngennemgaaet = 2026-01-01\nforbehold = \"\"\n\
             [kilder]\nA = \"a\"\n[vejord]\n[[faktor]]\natc = [\"X01AA01\"]\nvej = [\"oral\"]\n\
             form = \"\"\nenhed = \"mg\"\nsikkerhed = \"lav\"\ngrund = \"\"\n{line}\n"
        )
    }

    #[test]
    fn the_built_in_table_is_free_of_errors() {
        let read = table(BUILT_IN.0, BUILT_IN.1).unwrap_or_else(|notes| panic!("{notes:#?}"));
        assert!(read.factors.len() > 50 && !read.caveat.is_empty());
        for factor in &read.factors {
            let used = factor.published.iter().chain(&factor.switching);
            assert!(used.clone().all(|one| read.source_title(&one.source) != one.source));
            let sourced = factor.default.is_none() || !factor.published.is_empty();
            assert!(sourced && !factor.reason.is_empty(), "{factor:?}");
        }
    }

    #[test]
    fn wrong_lines_are_named_with_their_place() {
        assert_eq!(errors(&small("medregnes = \"nej\"")), []);
        for (line, part) in [
            ("medregnes = \"ja\"", "standard"),
            ("medregnes = \"ja\"\nstandard = \"1,5\"", "1,5"),
            ("medregnes = \"ja\"\nstandard = \"0\"", "»0«"),
            ("medregnes = \"ja\"\nstandard = \"1\"\nkilder = { B = \"1\" }", "»B«"),
            ("medregnes = \"ja\"\nstandard = \"1\"\nkilder = { A = \"2-1\" }", "2-1"),
        ] {
            let found = errors(&small(line));
            assert_eq!(found.len(), 1, "{line}");
            assert!(found[0].0 >= 8 && found[0].1.contains(part), "{found:?}");
        }
        assert!(errors(&small("medregnes = \"måske\""))[0].1.contains("faktortabellen"));
        assert!(!errors(&small("medregnes = \"nej\"\nukendt = 1")).is_empty());
    }

    #[test]
    fn the_span_holds_every_published_factor_and_the_default() {
        let line = "medregnes = \"ja\"\nstandard = \"1\"\nkilder = { A = \"0.5-3\" }\nskift = { A = \"9\" }";
        let read = table("x.toml", &small(line)).unwrap();
        let span = read.factors[0].span.unwrap();
        assert_eq!((span.low.to_string(), span.high.to_string()), ("0.5".into(), "3".into()));
    }
}
