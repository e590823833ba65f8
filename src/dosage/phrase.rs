//! Phrases that change no dose, and conditions.
//!
//! A pattern is written as words with spaces between; `a|b` is a choice, `?` before it makes it
//! optional, `#` is a number or range, and a capital letter names one of [`CLASSES`].

use super::cursor::Cursor;
use super::number;

const CLASSES: &[(&str, &str)] = &[
    ("U", "minut|minutter|min|time|timer|t"),
    (
        "M",
        "måltid|måltidet|måltider|måltiderne|hovedmåltid|hovedmåltidet|hovedmåltider|\
         hovedmåltiderne|mad|maden|spisning",
    ),
    (
        "S",
        "smerter|smerte|gennembrudssmerter|kvalme|hovedpine|migræne|åndenød|forstoppelse|uro|\
         angst|søvnløshed|kløe|feber|hoste|anfald|astma|allergi|høfeber|hjertekramper|brystsmerter|\
         kramper|halsbrand|sure|diarré|svimmelhed|muskelsmerter|ledsmerter|rygsmerter|nervesmerter|\
         infektion|betændelse|blærebetændelse|lungebetændelse|halsbetændelse|urinvejsinfektion|\
         svamp|eksem|hævelse|søvnbesvær",
    ),
    ("A", "stærke|svære|lette|moderate|akutte|kroniske|neuropatiske"),
];

/// Change no dose.
const HARMLESS: &[&str] = &[
    "ved|til|med|under|efter|før|inden ?et|hvert|hver M",
    "sammen med ?et M",
    "i forbindelse med ?et|hvert M",
    "i starten af ?et M",
    "mellem måltider|måltiderne",
    "?mindst|senest # U før|efter|fra|inden ?et|hvert M",
    "# U før eller # U efter ?et M",
    "på tom|fastende mave|hjerte",
    "fastende",
    "midt i en # timers fasteperiode",
    "med ?mindst # timers mellemrum|interval",
    "med ?et ?rigeligt ?glas vand|væske|mælk|juice",
    "opløst|opløses|udrørt|udrøres i ?et ?halvt ?glas vand|væske",
    "synkes|sluges ?hele|hel",
    "tygges",
    "tag|tages|indtages|gives|anvendes|bruges|påsættes|skiftes|udskiftes|inhaleres|indsprøjtes",
    "i endetarmen|skeden|munden|tarmen|næsen",
    "i højre|venstre øje|øre|næsebor",
    "under tungen",
    "på huden",
    "subkutant|intramuskulært|oralt|peroralt|rektalt|sublingualt",
    "fordelt i|på begge næsebor|øjne|ører",
    "?jævnt fordelt over døgnet|dagen",
    "ved eradikations - behandling",
    "ved eradikationsbehandling",
    "mod|for ?A S",
    "mod|for ?forhøjet|højt blodtryk|blodtrykket|kolesterol|hjertet|depression|epilepsi|diabetes|\
     sukkersyge|gigt|knogleskørhed|blodpropper|mavesår",
    "fast",
];

/// Say when it is needed: they go with »efter behov« only.
const CONDITIONS: &[&str] = &[
    "ved ?A S",
    "ved de første symptomer",
    "ved symptomer|hjertekrampe|anstrengelse",
    "før anstrengelse|motion|sport",
];

const COURSE: &[&str] = &["i ?højst|max|maks|op ?til # dag|dage|døgn|uge|uger|måned|måneder|mdr"];

pub(super) fn harmless(cursor: &mut Cursor) -> bool {
    longest(cursor, HARMLESS)
}

pub(super) fn condition(cursor: &mut Cursor) -> bool {
    longest(cursor, CONDITIONS)
}

/// How long it is taken: no part of the dose.
pub(super) fn course(cursor: &mut Cursor) -> bool {
    longest(cursor, COURSE)
}

/// The longest of these patterns that stands here.
pub(super) fn longest(cursor: &mut Cursor, patterns: &[&str]) -> bool {
    let from = *cursor;
    let end = patterns.iter().filter_map(|pattern| matched(from, pattern)).max();
    cursor.at = end.unwrap_or(cursor.at);
    end.is_some()
}

/// Where the pattern ends if it stands here. The optional parts make few branches: patterns are
/// short.
fn matched(cursor: Cursor, pattern: &str) -> Option<usize> {
    let pattern = pattern.trim();
    if pattern.is_empty() {
        return Some(cursor.at);
    }
    let (element, rest) = pattern.split_once(' ').unwrap_or((pattern, ""));
    let (optional, element) = match element.strip_prefix('?') {
        Some(element) => (true, element),
        None => (false, element),
    };
    let mut after = cursor;
    let here = if fits(&mut after, element) { matched(after, rest) } else { None };
    let skipped = if optional { matched(cursor, rest) } else { None };
    here.max(skipped)
}

fn fits(cursor: &mut Cursor, element: &str) -> bool {
    match element {
        "#" => number::range(cursor).is_some(),
        "-" => cursor.eat_sign('-'),
        _ => {
            let class = CLASSES.iter().find(|(name, _)| *name == element);
            let choice = class.map_or(element, |(_, words)| words);
            let found = choice.split('|').any(|word| word == cursor.word(0));
            cursor.at += usize::from(found);
            found
        }
    }
}
