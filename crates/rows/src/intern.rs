//! Dictionary encoding: each distinct cell once, a small number per row.
//!
//! Keys of up to 16 bytes (dates, codes, CPR numbers, most values) stand in the hash slot as two
//! words; longer ones are hashed and compared in the arena. Cells are kept raw, quotes included:
//! they are unquoted, decoded and typed once per distinct cell when the table ends.

#![expect(
    clippy::indexing_slicing,
    reason = "slots are masked to the table's size, bytes to the cell's length"
)]

use crate::ROWS_AT_ONCE;
use crate::cut::Cells;

/// Distinct raw cells; id 0 is the empty cell.
#[derive(Clone, Debug)]
pub struct Dictionary {
    /// Ids by hash. Four bytes each, since the columns of a table share the processor's cache.
    slots: Vec<u32>,
    /// Per id.
    keys: Vec<Key>,
    arena: Vec<u8>,
    ends: Vec<u32>,
    /// The cell that came last, and its id: often the next one is the same.
    last: (Key, u32),
}

/// What cells are told apart by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Key {
    low: u64,
    high: u64,
    length: u32,
}

const FREE: u32 = u32::MAX;
/// Slots at first.
const SLOTS: usize = 64;

impl Default for Dictionary {
    fn default() -> Self {
        let empty = Key::default();
        let mut slots = vec![FREE; SLOTS];
        slots[empty.hash() as usize & (SLOTS - 1)] = 0;
        Self { slots, keys: vec![empty], arena: Vec::new(), ends: vec![0], last: (empty, 0) }
    }
}

impl Dictionary {
    /// How many distinct cells.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Never: the empty cell is always there.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The raw bytes of an id.
    #[must_use]
    pub fn get(&self, id: usize) -> &[u8] {
        let end = self.ends.get(id).map_or(0, |end| *end as usize);
        let start = id.checked_sub(1).and_then(|i| self.ends.get(i)).map_or(0, |end| *end as usize);
        self.arena.get(start..end).unwrap_or_default()
    }

    /// All distinct cells, by id.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).map(|id| self.get(id))
    }

    /// All cells one after another, and where each ends.
    #[must_use]
    pub fn packed(&self) -> (&[u8], &[u32]) {
        (&self.arena, &self.ends)
    }

    /// The ids of a column's cells in these rows, into `ids`.
    #[inline(never)]
    pub fn intern_column(
        &mut self,
        cells: &Cells<'_>,
        rows: &[u32],
        column: usize,
        ids: &mut Vec<u32>,
    ) {
        ids.clear();
        ids.extend(rows.iter().map(|row| self.find(cells.cell(*row as usize, column))));
    }

    /// The ids of stretches of cells in these rows, into `ids`; rows with a new one, into `new`.
    #[inline(never)]
    pub fn intern_stretches(
        &mut self,
        cells: &Cells<'_>,
        rows: &[u32],
        (first, last): (usize, usize),
        ids: &mut Vec<u32>,
        new: &mut Vec<u32>,
    ) {
        ids.clear();
        new.clear();
        for row in rows {
            let known = self.len();
            let id = self.find(cells.stretch(*row as usize, first, last));
            if id as usize == known {
                new.push(*row);
            }
            ids.push(id);
        }
    }

    /// The id of a cell, a new one if it is new.
    #[inline(never)]
    pub fn intern(&mut self, cell: &[u8]) -> u32 {
        self.find(cell)
    }

    #[inline(always)]
    fn find(&mut self, cell: &[u8]) -> u32 {
        if cell.is_empty() {
            return 0;
        }
        let key = Key::of(cell);
        if key == self.last.0 && self.is(self.last.1, cell) {
            return self.last.1;
        }
        let mask = self.slots.len() - 1;
        let mut at = key.hash() as usize & mask;
        loop {
            let id = self.slots[at];
            if id == FREE {
                return self.insert(at, key, cell);
            }
            if self.keys[id as usize] == key && self.is(id, cell) {
                self.last = (key, id);
                return id;
            }
            at = (at + 1) & mask;
        }
    }

    /// Is a cell the one of this id, which has the same key?
    #[inline]
    fn is(&self, id: u32, cell: &[u8]) -> bool {
        cell.len() <= 16 || same(self.get(id as usize), cell)
    }

    #[cold]
    fn insert(&mut self, at: usize, key: Key, cell: &[u8]) -> u32 {
        let id = u32::try_from(self.ends.len()).unwrap_or(FREE - 1);
        self.arena.extend_from_slice(cell);
        self.ends.push(u32::try_from(self.arena.len()).unwrap_or(u32::MAX));
        self.keys.push(key);
        self.slots[at] = id;
        self.last = (key, id);
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        id
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 4 - 1;
        self.slots = vec![FREE; mask + 1];
        for (id, key) in (0..).zip(&self.keys) {
            let mut at = key.hash() as usize & mask;
            while self.slots[at] != FREE {
                at = (at + 1) & mask;
            }
            self.slots[at] = id;
        }
    }
}

impl Key {
    #[inline]
    fn of(cell: &[u8]) -> Self {
        let length = cell.len();
        let word = |from: usize| -> u64 {
            cell[from..].first_chunk::<8>().map_or(0, |bytes| u64::from_le_bytes(*bytes))
        };
        let half = |from: usize| -> u64 {
            cell[from..].first_chunk::<4>().map_or(0, |bytes| u64::from(u32::from_le_bytes(*bytes)))
        };
        // Overlapping loads: with the length they say every byte, and no copy loop is needed.
        let (low, high) = match length {
            0 => (0, 0),
            1..=3 => {
                let byte = |at: usize| u64::from(cell[at]);
                (byte(0) | byte(length / 2) << 8 | byte(length - 1) << 16, 0)
            }
            4..=7 => (half(0) | half(length - 4) << 32, 0),
            8..=16 => (word(0), word(length - 8)),
            _ => (long_hash(cell), word(length - 8)),
        };
        Self { low, high, length: u32::try_from(length).unwrap_or(u32::MAX) }
    }

    #[inline]
    const fn hash(&self) -> u64 {
        let mixed = (self.low ^ self.high.rotate_left(29) ^ (self.length as u64) << 56)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed ^ (mixed >> 32)
    }
}

/// Are two cells of more than 16 bytes, the last eight alike, the same? Word by word: WebAssembly
/// has no instruction for it, and the standard library compares bytes there.
fn same(one: &[u8], other: &[u8]) -> bool {
    let words = one.as_chunks::<8>().0.iter().zip(other.as_chunks::<8>().0);
    one.len() == other.len()
        && words.into_iter().all(|(a, b)| u64::from_le_bytes(*a) == u64::from_le_bytes(*b))
}

/// Of a cell of more than 16 bytes: two lanes, since one multiplication waits for the one before.
fn long_hash(cell: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let word = |bytes: &[u8]| bytes.first_chunk::<8>().map_or(0, |b| u64::from_le_bytes(*b));
    let mix = |lane: u64, word: u64| (lane.rotate_left(23) ^ word).wrapping_mul(FACTOR);
    let (mut left, mut right) = (0x51_7C_C1_B7_27_22_0A_95_u64, 0x2545_F491_4F6C_DD1D_u64);
    // The last sixteen bytes stand in one of the pairs or overlap with it: every byte counts.
    let tail = &cell[cell.len() - 16..];
    for pair in cell.as_chunks::<16>().0.iter().map(<[u8; 16]>::as_slice).chain([tail]) {
        left = mix(left, word(pair));
        right = mix(right, word(&pair[8..]));
    }
    (left ^ right.rotate_left(32)).wrapping_mul(FACTOR)
}

/// One id per row, in the narrowest width that holds them.
#[derive(Clone, Debug)]
pub enum Ids {
    /// Up to 256 distinct cells.
    Narrow(Vec<u8>),
    /// Up to 65,536.
    Middle(Vec<u16>),
    /// More.
    Wide(Vec<u32>),
}

impl Default for Ids {
    fn default() -> Self {
        Self::Narrow(Vec::new())
    }
}

impl Ids {
    /// Rows.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::Narrow(ids) => ids.len(),
            Self::Middle(ids) => ids.len(),
            Self::Wide(ids) => ids.len(),
        }
    }

    /// No row?
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The id of a row; 0 (the empty cell) past the end.
    #[must_use]
    #[inline(always)]
    pub fn get(&self, row: usize) -> usize {
        match self {
            Self::Narrow(ids) => ids.get(row).map_or(0, |id| usize::from(*id)),
            Self::Middle(ids) => ids.get(row).map_or(0, |id| usize::from(*id)),
            Self::Wide(ids) => ids.get(row).map_or(0, |id| *id as usize),
        }
    }

    /// Appends ids below `limit`, widening first if needed.
    #[expect(clippy::cast_possible_truncation, reason = "the width is chosen to hold every id")]
    pub fn extend(&mut self, more: &[u32], limit: usize) {
        self.widen(limit);
        match self {
            Self::Narrow(ids) => ids.extend(more.iter().map(|id| *id as u8)),
            Self::Middle(ids) => ids.extend(more.iter().map(|id| *id as u16)),
            Self::Wide(ids) => ids.extend_from_slice(more),
        }
    }

    /// Appends what a table says of each id, all below `limit`.
    #[expect(clippy::cast_possible_truncation, reason = "the width is chosen to hold every id")]
    pub fn extend_mapped(&mut self, ids: &[u32], table: &[u32], limit: usize) {
        let at = |id: &u32| table.get(*id as usize).copied().unwrap_or(0);
        self.widen(limit);
        match self {
            Self::Narrow(own) => own.extend(ids.iter().map(|id| at(id) as u8)),
            Self::Middle(own) => own.extend(ids.iter().map(|id| at(id) as u16)),
            Self::Wide(own) => own.extend(ids.iter().map(at)),
        }
    }

    /// The same rows under other ids, all below `limit`.
    #[must_use]
    pub fn mapped(&self, map: &[u32], limit: usize) -> Self {
        let mut out = Self::default();
        out.append_mapped(self, map, limit);
        out
    }

    /// What a table says of each row's id; `missing` for an id outside it.
    #[must_use]
    pub fn look_up<T: Copy>(&self, table: &[T], missing: T) -> Vec<T> {
        let mut out = Vec::with_capacity(self.len());
        self.each_into(&mut out, |id| table.get(id).copied().unwrap_or(missing));
        out
    }

    /// Appends all rows of another column under other ids, all below `limit`.
    #[expect(clippy::cast_possible_truncation, reason = "the width is chosen to hold every id")]
    pub fn append_mapped(&mut self, other: &Self, map: &[u32], limit: usize) {
        let at = |id: usize| map.get(id).copied().unwrap_or(0);
        self.widen(limit);
        match self {
            Self::Narrow(ids) => other.each_into(ids, |id| at(id) as u8),
            Self::Middle(ids) => other.each_into(ids, |id| at(id) as u16),
            Self::Wide(ids) => other.each_into(ids, at),
        }
    }

    fn each_into<T>(&self, out: &mut Vec<T>, with: impl Fn(usize) -> T) {
        match self {
            Self::Narrow(ids) => extend_in_blocks(out, ids, |id| with(usize::from(*id))),
            Self::Middle(ids) => extend_in_blocks(out, ids, |id| with(usize::from(*id))),
            Self::Wide(ids) => extend_in_blocks(out, ids, |id| with(*id as usize)),
        }
    }

    /// Fills up with the empty cell.
    pub fn pad(&mut self, rows: usize) {
        match self {
            Self::Narrow(ids) => ids.resize(rows, 0),
            Self::Middle(ids) => ids.resize(rows, 0),
            Self::Wide(ids) => ids.resize(rows, 0),
        }
    }

    /// Makes room for so many further rows, so that columns do not move while they grow.
    pub fn reserve(&mut self, rows: usize) {
        match self {
            Self::Narrow(ids) => ids.reserve(rows),
            Self::Middle(ids) => ids.reserve(rows),
            Self::Wide(ids) => ids.reserve(rows),
        }
    }

    fn widen(&mut self, limit: usize) {
        match self {
            Self::Narrow(ids) if limit > 1 << 16 => *self = Self::Wide(widened(ids)),
            Self::Narrow(ids) if limit > 1 << 8 => *self = Self::Middle(widened(ids)),
            Self::Middle(ids) if limit > 1 << 16 => *self = Self::Wide(widened(ids)),
            _ => {}
        }
    }
}

/// What `with` makes of each item.
#[must_use]
pub fn in_blocks<A, T>(items: &[A], with: impl Fn(&A) -> T) -> Vec<T> {
    let mut out = Vec::new();
    extend_in_blocks(&mut out, items, with);
    out
}

fn extend_in_blocks<A, T>(out: &mut Vec<T>, items: &[A], with: impl Fn(&A) -> T) {
    out.reserve(items.len());
    items.chunks(ROWS_AT_ONCE).for_each(|items| extend(out, items, &with));
}

#[inline(never)]
fn extend<A, T>(out: &mut Vec<T>, items: &[A], with: &impl Fn(&A) -> T) {
    out.extend(items.iter().map(with));
}

/// The same ids, with the room that was made for more.
fn widened<A: Copy, B: From<A>>(ids: &Vec<A>) -> Vec<B> {
    let mut out = Vec::with_capacity(ids.capacity());
    out.extend(ids.iter().map(|id| B::from(*id)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ids_round_trip(cells in proptest::collection::vec("[ab]{0,2}|[a-c]{7,9}|[ab]{15,18}|x{20}[ab]{3}x{20}", 0..400)) {
            let mut dictionary = Dictionary::default();
            let ids: Vec<u32> = cells.iter().map(|c| dictionary.intern(c.as_bytes())).collect();
            for (cell, id) in cells.iter().zip(&ids) {
                prop_assert_eq!(dictionary.get(*id as usize), cell.as_bytes());
            }
            let distinct: std::collections::HashSet<_> = cells.iter().map(String::as_str).chain([""]).collect();
            prop_assert_eq!(dictionary.len(), distinct.len());
        }

        #[test]
        fn columns_widen_without_loss(parts in proptest::collection::vec((1usize..70_000, 0usize..50), 1..6)) {
            let (mut ids, mut expected, mut limit) = (Ids::default(), Vec::new(), 0);
            for (top, count) in parts {
                limit = limit.max(top);
                let part: Vec<u32> = (0..count).map(|i| (i * 7919 % top) as u32).collect();
                ids.extend(&part, limit);
                expected.extend(part.iter().map(|id| *id as usize));
            }
            let found: Vec<usize> = (0..ids.len()).map(|row| ids.get(row)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
