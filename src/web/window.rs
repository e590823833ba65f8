//! Arithmetic of the windowed list: which rows are seen, and how wide columns are.

use crate::view::list::{CPR, MARKERS};
use crate::view::{ListView, RowView};

/// Rows per request.
pub const PAGE: u64 = 64;
/// Height of a row in CSS pixels; `--row` in the stylesheet says the same.
pub const ROW: f64 = 31.0;
/// Height of the row of headings; `--head` in the stylesheet says the same.
pub const HEAD: f64 = 30.0;
/// Rows kept ready above and below what is seen.
const OVERSCAN: u64 = 12;

/// Pages that hold the rows `first..last`.
pub fn pages(first: u64, last: u64) -> impl Iterator<Item = u64> {
    first / PAGE..last.div_ceil(PAGE)
}

/// Rows to keep in the document, as `first..last`, for a scroll position and a height in pixels.
#[must_use]
pub fn seen(top: f64, height: f64, rows: u64) -> (u64, u64) {
    // A float cast saturates, so a scroll position out of range gives the first or the last row.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above")]
    let (first, count) = ((top / ROW) as u64, (height / ROW).ceil() as u64 + 1);
    let first = first.min(rows);
    (first.saturating_sub(OVERSCAN), first.saturating_add(count + OVERSCAN).min(rows))
}

/// Where to scroll so that a row is fully seen below the headings; `None` = it is.
#[must_use]
pub fn scroll_for(row: u64, top: f64, height: f64) -> Option<f64> {
    let above = row as f64 * ROW;
    let below = above + ROW - (height - HEAD);
    if above < top {
        Some(above)
    } else if below > top {
        Some(below)
    } else {
        None
    }
}

/// Widths of the columns in pixels, from the headings and the rows at hand.
#[must_use]
pub fn widths<'a>(view: &ListView, rows: impl Iterator<Item = &'a RowView> + Clone) -> Vec<f64> {
    let mut widths = Vec::with_capacity(view.columns.len());
    for (place, column) in view.columns.iter().enumerate() {
        let title = text_width(&column.title) + 14.0;
        let width = |row: &RowView| cell_width(row, place, &column.key);
        let widest = rows.clone().map(width).fold(title, f64::max);
        let (least, most) = if column.key == MARKERS { (120.0, 300.0) } else { (44.0, 230.0) };
        widths.push((widest + 18.0).clamp(least, most).round());
    }
    widths
}

fn cell_width(row: &RowView, place: usize, key: &str) -> f64 {
    if key == MARKERS {
        return row.markers.iter().map(|chip| text_width(&chip.text) + 30.0).sum();
    }
    row.cells.get(place).map_or(0.0, |cell| {
        // CPR stands in the wider mono face.
        let face = if key == CPR { 1.12 } else { 1.0 };
        let flag = cell.flag.as_ref().map_or(0.0, |flag| text_width(&flag.text) + 26.0);
        let unknown = if cell.unknown { 18.0 } else { 0.0 };
        text_width(&cell.text) * face + flag + unknown
    })
}

/// Width of a text at 12.5 px, near enough to lay out columns.
fn text_width(text: &str) -> f64 {
    text.chars().count() as f64 * 6.7
}

/// The grid's columns: each at least its width, all growing in proportion.
#[must_use]
pub fn template(widths: &[f64]) -> String {
    let column = |width: &f64| format!("minmax({width}px,{width}fr)");
    widths.iter().map(column).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_cover_the_rows_asked_for() {
        assert_eq!(pages(0, 1).collect::<Vec<_>>(), [0]);
        assert_eq!(pages(63, 65).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(pages(64, 128).collect::<Vec<_>>(), [1]);
        assert_eq!(pages(0, 0).count(), 0);
    }

    #[test]
    fn few_rows_stand_in_the_document_wherever_one_scrolls() {
        for top in [0.0, 310.0, 300_000.0, 619_000.0] {
            let (first, last) = seen(top, 620.0, 20_000);
            assert!(last - first <= 46, "{first}..{last}");
            assert!(first as f64 * ROW <= top);
            assert!(last == 20_000 || last as f64 * ROW >= top + 620.0);
        }
        assert_eq!(seen(f64::NAN, 0.0, 5), (0, 5));
        assert_eq!(seen(1e300, 620.0, 0), (0, 0));
    }

    #[test]
    fn a_row_out_of_sight_is_scrolled_to_and_no_further() {
        assert_eq!(scroll_for(0, 0.0, 340.0), None);
        assert_eq!(scroll_for(9, 0.0, 340.0), None);
        assert_eq!(scroll_for(10, 0.0, 340.0), Some(31.0));
        assert_eq!(scroll_for(3, 310.0, 340.0), Some(93.0));
    }
}
