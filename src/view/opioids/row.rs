//! Persons as rows of the list, and the list on paper.

use super::arrange::{Arranged, Choice};
use super::{FlagState, Omeq, OpioidsView, User};
use crate::note::Language;
use crate::profile::plan::MarkerLevel;
use crate::view::cell::{NONE, plain};
use crate::view::list;
use crate::view::text_opioids as text;
use crate::view::{CellView, ColumnView, FlagChip, RowView};

/// Key of the CPR column.
pub const CPR: &str = list::CPR;
/// Key of the name column.
pub const NAME: &str = list::NAME;
/// Key of the age column.
pub const AGE: &str = list::AGE;
/// Key of the sum.
pub const SUM: &str = "omeq";
/// Key of its span over the sources.
pub const SPAN: &str = "spaend";
/// Key of the as-needed doses.
pub const NEEDED: &str = "behov";
/// Key of the column on referrals.
pub const REFERRED: &str = "henvist";

impl OpioidsView {
    /// The columns of the list.
    #[must_use]
    pub fn columns(&self, choice: &Choice, language: Language) -> Vec<ColumnView> {
        let mut fixed = vec![CPR, NAME, AGE];
        if self.limit.is_some() {
            fixed.extend([SUM, SPAN, NEEDED]);
        }
        let column = |key: &'static str| ColumnView {
            key: key.to_owned(),
            title: text::column(key, language).to_owned(),
            numeric: ![CPR, NAME, REFERRED].contains(&key),
        };
        let flag = |at: &u32| {
            let flag = self.flags.get(*at as usize)?;
            let title = if self.dose == Some(*at) {
                text::dose_column(language).to_owned()
            } else {
                flag.text.clone()
            };
            Some(ColumnView { key: flag.id.clone(), title, numeric: false })
        };
        let mut columns: Vec<ColumnView> = fixed.into_iter().map(column).collect();
        columns.extend(choice.shown.iter().filter_map(flag));
        if !self.referred.is_empty() {
            columns.push(ColumnView { title: self.referred.clone(), ..column(REFERRED) });
        }
        columns
    }

    /// The rows `first..last` of what was arranged.
    #[must_use]
    pub fn rows(
        &self,
        choice: &Choice,
        arranged: &Arranged,
        (first, last): (u64, u64),
        language: Language,
    ) -> Vec<RowView> {
        let places = (first..last).zip(arranged.order.iter().skip(usize(first)));
        let row = |(position, at): (u64, &u32)| {
            let user = self.users.get(*at as usize)?;
            let entered = self.is_moved(choice) && arranged.entering.contains(at);
            Some(self.row(user, position, choice, entered, language))
        };
        places.filter_map(row).collect()
    }

    fn row(
        &self,
        user: &User,
        position: u64,
        choice: &Choice,
        entered: bool,
        language: Language,
    ) -> RowView {
        let limit = self.limit_in_force(choice);
        let entered = limit.filter(|_| entered).map(|limit| text::entered(limit, language));
        let mut cells = vec![plain(&user.cpr_shown), plain(&user.name), age(user, language)];
        if self.limit.is_some() {
            cells.extend(sums(user.sum.as_ref(), language));
        }
        for at in &choice.shown {
            let Some(flag) = self.flags.get(*at as usize) else { continue };
            let state = self.state(user, *at, limit);
            let over = limit.filter(|_| self.dose == Some(*at));
            cells.push(flag_cell(flag.level, state, text::state(state, over, language)));
        }
        if !self.referred.is_empty() {
            cells.push(user.referred.clone());
        }
        RowView {
            position,
            cpr: user.cpr.clone(),
            markers: Vec::new(),
            cells,
            note: entered.unwrap_or_default(),
        }
    }
}

fn usize(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn age(user: &User, language: Language) -> CellView {
    match user.age {
        Some(age) => plain(&age.to_string()),
        None => unknown(text::state(FlagState::Unknown, None, language)),
    }
}

fn unknown(text: String) -> CellView {
    CellView { text, unknown: true, ..CellView::default() }
}

fn sums(sum: Option<&Omeq>, language: Language) -> [CellView; 3] {
    let Some(sum) = sum else {
        let cell = || unknown(text::state(FlagState::Unknown, None, language));
        return [cell(), cell(), cell()];
    };
    let shown = text::sum(sum, language);
    let shown = if sum.missing > 0 { unknown(shown) } else { plain(&shown) };
    [shown, plain(&text::span(sum, language)), plain(&text::needed(sum, language))]
}

fn flag_cell(level: MarkerLevel, state: FlagState, text: String) -> CellView {
    if state == FlagState::No {
        return plain(NONE);
    }
    CellView { flag: Some(FlagChip { level, state, text }), ..CellView::default() }
}
