//! Rows that are just their separators and a line end: most rows of most exports.

#![expect(
    clippy::indexing_slicing,
    reason = "positions come from a scan of the very bytes they index"
)]

use crate::scan::Structure;

/// Cells of a block of rows. Field `j` of a row lies between two of its `width + 1` bounds; all but
/// the first begin behind their separator.
#[derive(Clone, Copy, Debug)]
pub struct Cells<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// `width + 1` offsets into the bytes per row.
    pub bounds: &'a [u32],
    /// Fields of a row.
    pub width: usize,
}

impl<'a> Cells<'a> {
    /// Raw bytes of a cell, quotes included.
    #[must_use]
    #[inline]
    pub fn cell(&self, row: usize, column: usize) -> &'a [u8] {
        self.stretch(row, column, column)
    }

    /// Raw bytes of neighbouring cells, with the separators between them.
    #[must_use]
    #[inline]
    pub fn stretch(&self, row: usize, first: usize, last: usize) -> &'a [u8] {
        let at = row * (self.width + 1);
        let from = self.bounds[at + first] as usize + usize::from(first > 0);
        &self.bytes[from..self.bounds[at + last + 1] as usize]
    }
}

/// Where cutting stands in a block.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    /// The next position of the structure.
    pub next: usize,
    /// The first byte of the next row.
    pub start: usize,
    /// The next line feed of the structure.
    feed: usize,
}

impl Place {
    /// At the first byte of what was scanned.
    #[must_use]
    pub const fn at(start: usize) -> Self {
        Self { next: 0, start, feed: 0 }
    }
}

/// Cuts rows of `width` fields until one comes that is no plain row, or the bytes end. Bounds go to
/// `bounds`; how many rows there are.
#[inline(never)]
pub fn plain_rows(
    bytes: &[u8],
    structure: &Structure,
    width: usize,
    place: &mut Place,
    bounds: &mut Vec<u32>,
) -> usize {
    let Structure { positions, feeds, quoted } = structure;
    let mut rows = 0;
    while place.start < bytes.len() {
        while feeds.get(place.feed).is_some_and(|at| (*at as usize) < place.next) {
            place.feed += 1;
        }
        let after = place.next + width;
        let Some(ends) = positions.get(place.next..after) else { break };
        let Some((&end, separators)) = ends.split_last() else { break };
        let ends_in_place = feeds.get(place.feed).is_some_and(|at| *at as usize + 1 == after);
        if !ends_in_place || (*quoted && ends.iter().any(|at| bytes[*at as usize] == b'"')) {
            break;
        }
        bounds.push(offset(place.start));
        bounds.extend_from_slice(separators);
        let floor = separators.last().map_or(place.start, |at| *at as usize + 1);
        let end = end as usize;
        let returned = end > floor && bytes[end - 1] == b'\r';
        bounds.push(offset(end - usize::from(returned)));
        (place.next, place.start) = (after, end + 1);
        rows += 1;
    }
    rows
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
