//! Search in a list: CPR number, name, and everything else that is shown.

use super::{Entry, Kept, List};
use crate::view::ListKind;
use crate::view::fold::{Search, search_key};

impl List<'_> {
    pub(super) fn search(&self, order: Vec<u32>, searched: &str, kept: &mut Kept) -> Vec<u32> {
        let Some(search) = Search::new(searched) else { return order };
        if kept.folded.is_none() {
            kept.folded = Some(self.folded(kept));
        }
        let folded = kept.folded.as_deref().unwrap_or_default();
        let patients = &self.source.evaluator.records.patients;
        let found = |at: &u32| {
            let cpr = self.entries.get(*at as usize).and_then(|e| patients.cpr(e.patient));
            cpr.is_some_and(|cpr| search.is_in_cpr(cpr.as_str()))
                || folded.get(*at as usize).is_some_and(|text| search.is_in(text))
        };
        order.into_iter().filter(found).collect()
    }

    // Everything shown of every row, folded.
    fn folded(&self, kept: &mut Kept) -> Vec<String> {
        if self.source.kind == ListKind::Undecided {
            self.keep_reasons(kept);
        }
        let all: Vec<u32> = (0..u32::try_from(self.entries.len()).unwrap_or(u32::MAX)).collect();
        let mut texts: Vec<String> =
            self.entries.iter().map(|entry| self.chip_text(entry)).collect();
        for (_, content) in &self.columns {
            for (text, cell) in texts.iter_mut().zip(self.cells(&all, *content, kept)) {
                text.push(' ');
                text.push_str(&search_key(&cell.text));
            }
        }
        texts
    }

    fn chip_text(&self, entry: &Entry<'_>) -> String {
        let texts: Vec<String> = self.chips(entry).into_iter().map(|chip| chip.text).collect();
        search_key(&texts.join(" "))
    }
}
