//! Tables made out of other files, as lines to compare.

/// `heading=cell` of what is filled, by row.
pub fn rows(text: &[u8]) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text);
    let headings = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let cells = headings.iter().zip(&record).filter(|(_, cell)| !cell.is_empty());
        cells.map(|(heading, cell)| format!("{heading}={cell}")).collect::<Vec<_>>().join(" | ")
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}
