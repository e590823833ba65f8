//! The list as a grid: only the rows in sight are in the document. The focus stays on the grid
//! itself and `aria-activedescendant` points at the cell, so that a row may leave the document
//! without taking the focus along.

use leptos::html::Div;
use leptos::prelude::*;

use crate::view::list::{CPR, MARKERS, NAME};
use crate::view::{CellView, ColumnView, ListKind, RowView};
use crate::web::browser;
use crate::web::chip::{Shape, chip, flag_chip, shape};
use crate::web::keys;
use crate::web::list_state::{Cursor, ListState};
use crate::web::state::App;
use crate::web::window::{HEAD, ROW, scroll_for, seen, template, widths};

/// Where the grid is scrolled to, and how high it is, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Sight {
    top: f64,
    height: f64,
}

/// Columns with their widths.
type Layout = (Vec<ColumnView>, Vec<f64>);

/// The list.
pub fn grid(app: App, list: ListState) -> AnyView {
    let node = NodeRef::<Div>::new();
    let sight = RwSignal::new(Sight { top: 0.0, height: 700.0 });
    let measure = move || {
        if let Some(node) = node.get_untracked() {
            let now = Sight {
                top: f64::from(node.scroll_top()),
                height: f64::from(node.client_height()),
            };
            if now != sight.get_untracked() {
                sight.set(now);
            }
        }
    };
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    let matching =
        Memo::new(move |_| list.head.with(|head| head.as_ref().map_or(0, |head| head.matching)));
    let window = Memo::new(move |_| {
        let Sight { top, height } = sight.get();
        seen(top, height, matching.get())
    });
    follow(app, list, node, sight, window, matching);
    let layout = layout(list);
    view! {
        <div class="wrap" node_ref=node id="grid" role="grid" tabindex="0"
            aria-label=app.t(|w| w.grid)
            aria-rowcount=move || (matching.get() + 1).to_string()
            aria-colcount=move || layout.with(|(columns, _)| columns.len().to_string())
            aria-activedescendant=move || active(list, window.get())
            style=("--cols", move || layout.with(|(_, widths)| template(widths)))
            style=("--first", move || px(layout.with(|(_, widths)| widths.first().copied().unwrap_or(0.0))))
            style=("--width", move || px(layout.with(|(_, widths)| widths.iter().sum::<f64>())))
            on:scroll=move |_| measure()
            on:keydown=move |event| keys::in_grid(app, list, &event)>
            {headings(app, list, layout)}
            <div role="rowgroup" class="rows" style:height=move || px(matching.get() as f64 * ROW)>
                <For each=move || { let (first, last) = window.get(); first..last } key=|row| *row
                    children=move |place| row(app, list, place) />
            </div>
        </div>
        {move || empty(app, list)}
    }
    .into_any()
}

fn px(length: f64) -> String {
    format!("{length}px")
}

/// The cell under the cursor, if it is in the document.
fn active(list: ListState, (first, last): (u64, u64)) -> Option<String> {
    let cursor = list.cursor.get();
    let here = cursor.row.is_none_or(|row| {
        (first..last).contains(&row) && list.rows.with(|rows| rows.contains_key(&row))
    });
    here.then(|| cell_id(cursor))
}

fn cell_id(cursor: Cursor) -> String {
    match cursor.row {
        Some(row) => format!("c-{row}-{}", cursor.column),
        None => format!("h-{}", cursor.column),
    }
}

/// Asks for rows in sight, scrolls where the cursor goes.
fn follow(
    app: App,
    list: ListState,
    node: NodeRef<Div>,
    sight: RwSignal<Sight>,
    window: Memo<(u64, u64)>,
    matching: Memo<u64>,
) {
    Effect::new(move |_| {
        let (first, last) = window.get();
        if last > first {
            list.want(app, first, last);
        }
    });
    Effect::new(move |_| {
        let Sight { top, height } = sight.get();
        // Rounding to whole rows; a scroll position is never negative.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above")]
        let (first, last) =
            ((top / ROW).round() as u64, ((top + height - HEAD) / ROW).round().max(0.0) as u64);
        let rows = matching.get();
        list.in_view.set((first.min(rows.saturating_sub(1)), last.min(rows)));
    });
    Effect::new(move |before: Option<u32>| {
        let count = list.to_top.get();
        if before.is_some_and(|before| before != count)
            && let Some(node) = node.get_untracked()
        {
            node.set_scroll_top(0);
        }
        count
    });
    Effect::new(move |before: Option<Cursor>| {
        let cursor = list.cursor.get();
        if let Some(before) = before.filter(|before| *before != cursor) {
            mark(before, false);
            mark(cursor, true);
            if let Some(node) = node.get_untracked() {
                bring_into_view(&node, cursor, before);
            }
        }
        cursor
    });
}

/// Only two cells know of a move: a signal in each of a thousand cells costs more than drawing them.
/// A cell that is drawn later knows by itself where the cursor is.
fn mark(cursor: Cursor, here: bool) {
    let Some(row) = cursor.row else { return };
    if let Some(cell) = browser::element(&format!("c-{row}-{}", cursor.column)) {
        let classes = cell.class_list();
        let _ = if here { classes.add_1("here") } else { classes.remove_1("here") };
    }
}

fn bring_into_view(node: &web_sys::HtmlDivElement, cursor: Cursor, before: Cursor) {
    let (top, height) = (f64::from(node.scroll_top()), f64::from(node.client_height()));
    if let Some(to) = cursor.row.and_then(|row| scroll_for(row, top, height)) {
        // Heights of lists stay far below i32::MAX pixels.
        #[expect(clippy::cast_possible_truncation, reason = "see above")]
        node.set_scroll_top(to.round() as i32);
    }
    if cursor.column != before.column
        && let Some(heading) = browser::element(&format!("h-{}", cursor.column))
    {
        let to = web_sys::ScrollIntoViewOptions::new();
        to.set_block(web_sys::ScrollLogicalPosition::Nearest);
        to.set_inline(web_sys::ScrollLogicalPosition::Nearest);
        heading.scroll_into_view_with_scroll_into_view_options(&to);
    }
}

/// Widths follow the columns, not the rows: sorting does not make them jump.
fn layout(list: ListState) -> Memo<Layout> {
    Memo::new(move |before: Option<&Layout>| {
        list.head.with(|head| {
            let Some(head) = head else { return Layout::default() };
            match before {
                Some((columns, widths)) if *columns == head.columns && !widths.is_empty() => {
                    (columns.clone(), widths.clone())
                }
                _ => {
                    let widths = list.rows.with_untracked(|rows| widths(head, rows.values()));
                    (head.columns.clone(), widths)
                }
            }
        })
    })
}

fn headings(app: App, list: ListState, layout: Memo<Layout>) -> AnyView {
    let columns = Memo::new(move |_| layout.with(|(columns, _)| columns.clone()));
    let cells = move || {
        let cell = |(place, column)| heading(app, list, place, column);
        columns.get().into_iter().enumerate().map(cell).collect_view()
    };
    view! {
        <div role="rowgroup" class="hgroup"><div role="row" class="hrow" aria-rowindex="1">{cells}</div></div>
    }
    .into_any()
}

fn heading(app: App, list: ListState, place: usize, column: ColumnView) -> AnyView {
    let key = StoredValue::new(column.key);
    let sorted = move || {
        let of_this =
            |(known, down): &(String, bool)| key.with_value(|key| known == key).then_some(*down);
        list.query.with(|query| query.sort.as_ref().and_then(of_this))
    };
    let arrow = move || match sorted() {
        Some(true) => " ↓",
        Some(false) => " ↑",
        None => "",
    };
    let aria = move || match sorted() {
        Some(true) => "descending",
        Some(false) => "ascending",
        None => "none",
    };
    let here = move || list.cursor.get() == Cursor { row: None, column: place };
    view! {
        <div role="columnheader" id=format!("h-{place}") class="hcell" class:num=column.numeric
            class:here=here class:sort=move || sorted().is_some() aria-sort=aria
            aria-colindex=(place + 1).to_string()
            on:click=move |_| {
                list.go(app, Cursor { row: list.cursor.get_untracked().row, column: place });
                list.sort_by(app, &key.get_value());
            }>
            {column.title}<span aria-hidden="true">{arrow}</span>
        </div>
    }
    .into_any()
}

fn row(app: App, list: ListState, place: u64) -> AnyView {
    let content = Memo::new(move |_| list.rows.with(|rows| rows.get(&place).cloned()));
    let on = Memo::new(move |_| list.cursor.with(|cursor| cursor.row == Some(place)));
    let open = move |_| {
        let column = list.cursor.get_untracked().column;
        list.go(app, Cursor { row: Some(place), column });
        list.open_panel(app);
    };
    let entered =
        move || content.with(|row| row.as_ref().is_some_and(|row| list.entered(row).is_some()));
    let cells = move || match content.get() {
        Some(row) => cells(app, list, place, row).into_any(),
        None => view! { <div role="gridcell" class="cell mute">{app.t(|w| w.loading_row)}</div> }
            .into_any(),
    };
    view! {
        <div role="row" class="row" class:on=move || on.get() class:entered=entered aria-rowindex=(place + 2).to_string()
            aria-selected=move || on.get().to_string()
            style:top=px(place as f64 * ROW) on:click=open>{cells}</div>
    }
    .into_any()
}

fn cells(app: App, list: ListState, place: u64, row: RowView) -> AnyView {
    let cursor = list.cursor.get_untracked();
    let columns = list
        .head
        .with_untracked(|head| head.as_ref().map(|head| head.columns.clone()).unwrap_or_default());
    let entered = list.entered(&row);
    let mut entered = entered.map(|note| view! { <span class="new">{note}</span> }.into_any());
    let RowView { markers, cells, .. } = row;
    let cell = move |(column, cell): (usize, CellView)| {
        let here = cursor == Cursor { row: Some(place), column };
        let is = |key: &str| columns.get(column).is_some_and(|column| column.key == key);
        let content = match is(MARKERS) {
            true if markers.is_empty() => view! { <span class="mute">"–"</span> }.into_any(),
            true => markers.iter().map(|marker| chip(app, marker)).collect_view().into_any(),
            false => value(app, cell),
        };
        let note = if is(NAME) { entered.take() } else { None };
        let class =
            if columns.get(column).is_some_and(|c| c.numeric) { "cell num" } else { "cell" };
        view! {
            <div role="gridcell" id=format!("c-{place}-{column}") class=class
                class:mono=is(CPR) class:here=here
                aria-colindex=(column + 1).to_string()>{content}{note}</div>
        }
    };
    cells.into_iter().enumerate().map(cell).collect_view().into_any()
}

/// A value with its reservation: unknown, assumed, or not read yet.
pub fn value(app: App, cell: CellView) -> AnyView {
    if cell.pending {
        view! { <span class="pend">{app.t(|w| w.pending)}</span> }.into_any()
    } else if cell.unknown {
        view! { <span class="unk">{shape(Shape::Unknown)}{cell.text}</span> }.into_any()
    } else if let Some(flag) = cell.flag {
        flag_chip(app, flag)
    } else if cell.assumed.is_empty() {
        view! { <bdi>{cell.text}</bdi> }.into_any()
    } else {
        let said = format!(" ({})", cell.assumed);
        view! { <bdi class="ass" title=cell.assumed>{cell.text}<span class="hide">{said}</span></bdi> }.into_any()
    }
}

/// Why there are no rows.
fn empty(app: App, list: ListState) -> Option<impl IntoView> {
    let words = app.words();
    let (total, matching, kind, remark) = list.head.with(|head| {
        head.as_ref()
            .map(|head| (head.total, head.matching, head.kind, head.profile.remark.clone()))
    })?;
    let text = match (total, matching, kind) {
        (0, _, ListKind::Members) => words.no_members,
        (0, _, ListKind::Undecided) => words.no_undecided,
        (_, 0, _) => words.no_match,
        _ => return None,
    };
    let remark = (kind == ListKind::Members && total == 0).then_some(remark);
    Some(view! { <div class="none"><p>{text}</p><p class="mute">{remark}</p></div> })
}
