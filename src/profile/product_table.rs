//! `[[tabel]]`: tables of medicines, per product or per substance.

use std::collections::BTreeSet;

use crate::schema::Register;

use super::context::Context;
use super::output::duplicate;
use super::plan::{ProductTable, TableLine};
use super::section::Section;
use super::selection;

const KEYS: &[&str] = &["titel", "koder", "kodesaet", "undtagen", "vindue", "pr"];

/// Every `[[tabel]]`; titles are unique, since a copied table is known by its title.
pub(super) fn read_all(context: &mut Context<'_>, document: &Section<'_, '_>) -> Vec<ProductTable> {
    let sections = document.tables(&mut context.report, "tabel");
    let mut titles = BTreeSet::new();
    let mut tables = Vec::new();
    for section in sections {
        let section = section.only(&mut context.report, &[KEYS]);
        let Some(table) = table(context, &section) else { continue };
        if !titles.insert(table.title.clone()) {
            let span = section.value_span("titel");
            duplicate(&mut context.report, &table.title, &span);
        }
        tables.push(table);
    }
    tables
}

fn table(context: &mut Context<'_>, section: &Section<'_, '_>) -> Option<ProductTable> {
    let title = section.required_text(&mut context.report, "titel");
    let lines = [("praeparat", TableLine::Product), ("stof", TableLine::Substance)];
    let per = section.word(&mut context.report, "pr", &lines);
    // Products are a matter of medicine rows alone, so that no register is written.
    let selection = selection::selection(context, section, Register::Medicin);
    Some(ProductTable { title: title?, selection, per: per.unwrap_or(TableLine::Product) })
}
