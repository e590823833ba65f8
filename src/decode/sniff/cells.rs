//! Cells of a line of the head, and whether the separators of header and rows fit.

use std::collections::BTreeMap;

use super::head::known_headings;
use crate::decode::delimited::{cut_loosely, unquote};

/// Cells of one record, trimmed, unquoted; read as [`crate::decode::delimited`] reads rows.
pub fn cells(text: &str, separator: char) -> Vec<String> {
    let mut ends = Vec::new();
    let (mut cells, mut cell, mut quoted, mut sound) = (Vec::new(), String::new(), false, true);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if quoted => {
                quoted = false;
                sound &= characters.peek().is_none_or(|next| *next == separator);
            }
            '"' if cell.trim().is_empty() => (quoted, cell) = (true, String::new()),
            c if c == separator && !quoted => cells.push(std::mem::take(&mut cell)),
            other => cell.push(other),
        }
    }
    cells.push(cell);
    let byte = u8::try_from(separator).unwrap_or(b';');
    if (quoted || !sound) && cut_loosely(text.as_bytes(), byte, 0, &mut ends) {
        let starts = std::iter::once(0).chain(ends.iter().map(|end| *end as usize + 1));
        let of = |(start, end): (usize, &u32)| text.as_bytes().get(start..*end as usize);
        let raw = starts.zip(&ends).filter_map(of);
        cells = raw.map(|cell| String::from_utf8_lossy(&unquote(cell)).into_owned()).collect();
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// The headings of a line that has a separator more or less than the rows, if only one reading gives
/// `width` of them: without its one empty heading, or cut where quotes still stand.
pub fn mended(cells: &[String], width: usize) -> Option<Vec<String>> {
    let empty = |cell: &&String| cell.is_empty();
    let headings: Vec<String> = if cells.len() > width {
        let is_one = cells.iter().filter(empty).count() == 1;
        cells.iter().filter(|cell| is_one && !cell.is_empty()).cloned().collect()
    } else {
        cells.iter().flat_map(|cell| parts(cell)).collect()
    };
    // Another separator between the quotes is none of the headings.
    let is_text = |text: &String| text.is_empty() || text.chars().any(char::is_alphanumeric);
    let fits = cells.len() != width && headings.len() == width && headings.iter().all(is_text);
    (fits && known_headings(&headings) >= 2).then_some(headings)
}

/// Fields of most rows below a header of `width`, which has `named` fields with the empty ones at its
/// end; `None` if they hold content that no heading is for, and a heading may be missing.
pub fn usual_fields(rows: &[Vec<String>], width: usize, named: usize) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    rows.iter().for_each(|cells| *counts.entry(cells.len()).or_default() += 1);
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    let usual = most.map_or(width, |(fields, _)| fields.max(width));
    let beyond = |cells: &&Vec<String>| cells.iter().skip(width).any(|cell| !cell.is_empty());
    let usually = rows.iter().filter(|cells| cells.len() == usual);
    (usual <= width.max(named) || usually.filter(beyond).count() == 0).then_some(usual)
}

fn parts(cell: &str) -> Vec<String> {
    let parts = cell.split('"').map(str::trim).filter(|part| !part.is_empty());
    if cell.contains('"') { parts.map(str::to_owned).collect() } else { vec![cell.to_owned()] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(of: &[&str]) -> Vec<String> {
        of.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn quotes_and_spaces() {
        assert_eq!(cells("a; \"b; \"\"c\"\"\" ;d", ';'), ["a", "b; \"c\"", "d"]);
        assert_eq!(cells("\"a \"b\" c\";\"d\"", ';'), ["a \"b\" c", "d"]);
    }

    #[test]
    fn a_header_is_mended_in_one_way_only() {
        let three = texts(&["cpr", "icpc", "dato"]);
        for faulty in
            [&["cpr", "", "icpc", "dato"][..], &["cpr\"icpc", "dato"], &["cpr\" \"icpc\" \"dato"]]
        {
            assert_eq!(mended(&texts(faulty), 3), Some(three.clone()), "{faulty:?}");
        }
        for faulty in [
            &["cpr", "icpc", "dato"][..],
            &["cpr", "", "", "icpc", "dato"],
            &["cpr icpc", "dato"],
            &["a", "", "b", "c"],
            &["cpr\";\"icpc"],
        ] {
            assert_eq!(mended(&texts(faulty), 3), None, "{faulty:?}");
        }
    }
}
