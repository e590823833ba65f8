//! Workbooks (.xlsx, .xlsm): every sheet becomes a table of delimited text.
//!
//! Cells are streamed; no sheet is held as a rectangle, so a cell far out costs nothing. What a
//! formula gave is read, never computed. Bounds are counted while unpacking.

mod book;
mod lines;
mod number;
mod sheet;
mod strings;
mod styles;

use std::io::Read;

use self::book::{Book, Entry, Relations};
use self::sheet::{Shared, Sheet};
use self::strings::Strings;
use self::styles::Styles;
use super::Refusal;
use super::archive::Archive;
use super::made::{Made, MadeTable};
use super::xml::Fault;
use crate::note::Said;

/// Cells of one workbook, empty ones with a format counted.
const MOST_CELLS: u32 = 5_000_000; // as its refusal says
/// A cell has at least so many bytes.
const CELL_BYTES: u64 = 4;
/// Where the workbook is if the container does not say so.
const USUAL: &str = "xl/workbook.xml";

/// The tables of a workbook, sheets without content left out.
///
/// # Errors
/// A [`Refusal`] when the workbook is broken or larger than the bounds. A single sheet that cannot
/// be read stands among the refused parts.
pub fn tables(mut archive: Archive) -> Result<Made, Refusal> {
    let name = archive.name().to_owned();
    let opened = open(&mut archive).map_err(|fault| refusal(&name, fault))?;
    let (book, relations, mut shared) = opened;
    let mut made = Made::default();
    for entry in &book.sheets {
        match one(&mut archive, &relations, entry, &mut shared) {
            Ok(Some(sheet)) if sheet.is_empty() => {}
            Ok(Some(sheet)) => made.tables.push(table(entry, sheet)),
            Ok(None) => {}
            Err(fault @ (Fault::TooLarge | Fault::TooManyCells(_))) => {
                return Err(refusal(&name, fault));
            }
            Err(fault) => made.refused.push(refusal(&of_sheet(&name, &entry.name), fault)),
        }
    }
    if made.tables.is_empty() && made.refused.is_empty() {
        return Err(Refusal::empty_workbook(&name));
    }
    Ok(made)
}

/// Name of a part of a file.
#[must_use]
pub fn of_sheet(file: &str, sheet: &str) -> String {
    format!("{file} · {sheet}")
}

fn open(archive: &mut Archive) -> Result<(Book, Relations, Shared), Fault> {
    let top = archive.part("_rels/.rels", |source, left| Relations::read(source, left, ""))?;
    let path = top.as_ref().and_then(|top| top.of_kind("officeDocument")).unwrap_or(USUAL);
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let book = archive.part(path, Book::read)?.ok_or(Fault::Broken)?;
    let relations_path = format!("{folder}/_rels/{file}.rels");
    let relations = archive
        .part(relations_path.trim_start_matches('/'), |s, left| Relations::read(s, left, folder))?
        .ok_or(Fault::Broken)?;
    let mut shared =
        Shared { from_1904: book.from_1904, cells_left: MOST_CELLS, ..Shared::default() };
    if let Some(path) = relations.of_kind("sharedStrings") {
        shared.strings = archive.part(path, Strings::read)?.unwrap_or_default();
    }
    if let Some(path) = relations.of_kind("styles") {
        shared.styles = archive.part(path, Styles::read)?.ok_or(Fault::Broken)?;
    }
    Ok((book, relations, shared))
}

fn one(
    archive: &mut Archive,
    relations: &Relations,
    entry: &Entry,
    shared: &mut Shared,
) -> Result<Option<Sheet>, Fault> {
    let Some(path) = relations.of_sheet(entry)? else { return Ok(None) };
    // A sheet that can hold too many cells is looked through first, which takes a tenth of reading
    // them: what is too large is refused at once.
    let least = u64::from(shared.cells_left) * CELL_BYTES;
    if archive.part_size(path).is_some_and(|size| size > least) {
        let cells = archive.part(path, |source, left| count_cells(&mut source.take(*left)))?;
        let before = u64::from(MOST_CELLS - shared.cells_left);
        if let Some(cells) = cells.filter(|cells| *cells > u64::from(shared.cells_left)) {
            return Err(Fault::TooManyCells(before + cells));
        }
    }
    let sheet = archive.part(path, |source, left| sheet::read(source, left, shared))?;
    sheet.ok_or(Fault::Broken).map(Some)
}

/// Tags of cells, as most programs write them; others are counted when they are read.
fn count_cells(source: &mut dyn Read) -> Result<u64, Fault> {
    let (mut cells, mut before) = (0, [0_u8; 2]);
    let mut slice = vec![0; 64 * 1024];
    loop {
        let length = source.read(&mut slice).map_err(|_| Fault::Broken)?;
        for &byte in slice.get(..length).unwrap_or_default() {
            cells += u64::from(before == *b"<c" && matches!(byte, b' ' | b'>' | b'/'));
            before = [before[1], byte];
        }
        if length == 0 {
            return Ok(cells);
        }
    }
}

fn refusal(name: &str, fault: Fault) -> Refusal {
    match fault {
        Fault::Broken => Refusal::broken_workbook(name),
        Fault::TooLarge => Refusal::workbook_too_large(name),
        Fault::TooManyCells(cells) => Refusal::too_many_cells(name, cells),
        Fault::TooFar => Refusal::sheet_too_far(name),
    }
}

fn table(entry: &Entry, sheet: Sheet) -> MadeTable {
    let mut remarks = Vec::new();
    if entry.hidden {
        remarks.push(Said::new(
            "Arket er skjult i projektmappen og er læst alligevel.",
            "The sheet is hidden in the workbook and was read all the same.",
        ));
    }
    for (count, da, en) in [
        (
            sheet.hidden_rows,
            "skjulte eller bortfiltrerede rækker er læst med",
            "hidden or filtered rows were read, too",
        ),
        (
            sheet.errors,
            "celler indeholder en fejl (fx #I/T eller #DIVISION/0!) og er læst som tomme",
            "cells hold an error (such as #N/A or #DIV/0!) and were read as empty",
        ),
        (
            sheet.uncalculated,
            "formler har intet gemt resultat og er læst som tomme; gem filen i Excel",
            "formulas have no saved result and were read as empty; save the file in Excel",
        ),
        (
            sheet.merged,
            "flettede områder: værdien står kun i områdets første celle",
            "merged ranges: the value stands in the first cell of the range only",
        ),
    ] {
        if count > 0 {
            remarks.push(Said::new(format!("{count} {da}."), format!("{count} {en}.")));
        }
    }
    MadeTable { name: entry.name.clone(), text: sheet.text, set_aside: Vec::new(), remarks }
}
