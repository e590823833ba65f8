//! Plain tables: columns padded with spaces, two between them.

/// Longer cells do not widen their column; they are still shown whole.
const WIDEST: usize = 36;

/// Lays out rows; the first is the heading, underlined.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(|column| width(rows, column)).collect();
    let mut text = String::new();
    for (at, row) in rows.iter().enumerate() {
        line(row, &widths, &mut text);
        if at == 0 {
            let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
            line(&rule, &widths, &mut text);
        }
    }
    text
}

fn width(rows: &[Vec<String>], column: usize) -> usize {
    let widths = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
    widths.filter(|width| *width <= WIDEST).max().unwrap_or(1)
}

fn line(row: &[String], widths: &[usize], text: &mut String) {
    let start = text.len();
    for (cell, width) in row.iter().zip(widths) {
        text.push_str(cell);
        let missing = width.saturating_sub(cell.chars().count());
        text.extend(std::iter::repeat_n(' ', missing + 2));
    }
    let kept = text.trim_end_matches(' ').len();
    text.truncate(kept.max(start));
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn columns_stand_below_each_other_and_nothing_is_cut() {
        let long = "x".repeat(50);
        let rows = [
            vec!["Fil".into(), "Linjer".into()],
            vec!["prøver.csv".into(), "7".into()],
            vec![long.clone(), "8".into()],
        ];
        let text = table(&rows);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "Fil         Linjer");
        assert_eq!(lines[1], "----------  ------");
        assert_eq!(lines[2], "prøver.csv  7");
        assert_eq!(lines[3], format!("{long}  8"));
    }
}
