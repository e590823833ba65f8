//! The profile's columns: what the list shows of each patient, one row per shown record or number.
//!
//! A column shows records (`seneste`, `foerste`, `alle`), their number (`antal`), a derived number,
//! or fields of the patient register. Texts are not in the typed tables: who wants them joins the
//! register's own table on `raekke`.

use crate::profile::plan::{
    Anchor, AnchorPick, Column, ColumnContent, Distinct, Plan, Selection, Show, Test,
};
use crate::schema::typed::{Kind, Table, fold_unit};
use crate::schema::{Field, Register};
use crate::sql::ask::{people_with, same, select};
use crate::sql::compare::{one_if, surely};
use crate::sql::count::key;
use crate::sql::dialect::Dialect;
use crate::sql::numbers;
use crate::sql::script::{FIRST_DAY, Script, verdicts};

const PATIENT: &[&str] = &["export", "patient"];

/// Name and type of the columns of `pb_kolonne` behind `export, patient, kolonne`.
const PARTS: [(&str, Kind); 8] = [
    ("plads", Kind::Number),
    ("raekke", Kind::Number),
    ("dato", Kind::Date),
    ("sikker", Kind::Flag),
    ("mindst", Kind::Wide),
    ("hoejst", Kind::Wide),
    ("nedre_graense", Kind::Flag),
    ("tekst", Kind::Text),
];

/// `pb_kolonne`: the cells that show something. What is not there has no row; what the data do not
/// say has one in which everything is NULL.
pub(super) fn columns(script: &mut Script, plan: &Plan) {
    let mut parts = Vec::new();
    for (column, number) in plan.columns.iter().zip(1..) {
        parts.extend(one(script, column, number));
    }
    if parts.is_empty() {
        return;
    }
    script.say("pb_kolonne: what the list shows, by the number of the column");
    script.step("pb_kolonne", &parts.join("\nUNION ALL "));
}

fn one(script: &mut Script, column: &Column, number: usize) -> Option<String> {
    let name = format!("pb_v{number}");
    match &column.content {
        ColumnContent::Fields(fields) => {
            let text = text_of(script.dialect, fields)?;
            script.say(&format!("column {number} = {}", column.title));
            let query = format!(
                "SELECT p.export, p.patient, {text} AS tekst FROM pb_patient p WHERE {text} <> ''"
            );
            script.step(&name, &query);
            Some(parts(script.dialect, &name, number, &["tekst"]))
        }
        ColumnContent::Records { selection, show } => {
            script.say(&format!("column {number} = {}", column.title));
            select(script, &name, selection);
            undecided(script, &name, selection);
            let shown = format!("{name}_vis");
            let own = shown_of(script, &name, &shown, selection, *show);
            let unknown = parts(script.dialect, &format!("{name}_uvis"), number, &[]);
            Some(format!("{}\nUNION ALL {unknown}", parts(script.dialect, &shown, number, own)))
        }
    }
}

/// A part of `pb_kolonne` out of a step that has these of its columns.
fn parts(dialect: Dialect, step: &str, number: usize, own: &[&str]) -> String {
    let cells = PARTS.iter().map(|(part, kind)| {
        if own.contains(part) {
            format!("CAST({part} AS {}) AS {part}", dialect.kind(*kind))
        } else {
            format!("CAST(NULL AS {}) AS {part}", dialect.kind(*kind))
        }
    });
    let cells: Vec<String> = cells.collect();
    format!("SELECT export, patient, {number} AS kolonne, {} FROM {step}", cells.join(", "))
}

// `NAME_uvis`: who has nothing that could be shown, since the export has not the register, or the
// anchor is not known, or is one of several days; `NAME_k`: the rows that satisfied, for the others.
fn undecided(script: &mut Script, name: &str, ask: &Selection) {
    let mut who = vec![format!(
        "SELECT p.export, p.patient FROM pb_patient p LEFT JOIN pb_register g ON g.export = p.export \
         AND g.register = '{}' WHERE g.export IS NULL",
        ask.register.name()
    )];
    match ask.anchor.as_ref().filter(|_| ask.derived.is_none()) {
        None => {}
        Some(Anchor::Birth) => who.push(format!(
            "SELECT p.export, p.patient FROM {} WHERE p.foedt IS NULL",
            people_with(ask.register)
        )),
        Some(Anchor::Criterion { of, pick }) => who.extend(anchored(name, &verdicts(*of), *pick)),
    }
    script.step(&format!("{name}_uvis"), &who.join(" UNION "));
    if ask.derived.is_none() {
        let query = format!(
            "SELECT s.* FROM {name}_s s LEFT JOIN {name}_uvis u ON {} WHERE u.export IS NULL",
            same("u", "s", PATIENT)
        );
        script.step(&format!("{name}_k"), &query);
    }
}

fn anchored(name: &str, of: &str, pick: AnchorPick) -> [String; 3] {
    let unknown = format!("SELECT k.export, k.patient FROM {of} k WHERE k.v IS NULL");
    let undated = format!(
        "SELECT k.export, k.patient FROM {of} k JOIN {of}_s s ON {} WHERE k.v AND s.dag IS NULL",
        same("s", "k", PATIENT)
    );
    if pick != AnchorPick::Each {
        let several = format!(
            "SELECT export, patient FROM {name}_a GROUP BY export, patient HAVING count(*) > 1"
        );
        return [unknown, undated, several];
    }
    let not_yes = |query: &str| {
        format!(
            "SELECT x.export, x.patient FROM ({query}) x JOIN {name} v ON {} WHERE NOT {}",
            same("v", "x", PATIENT),
            surely("v.v")
        )
    };
    let perhaps = format!("SELECT export, patient FROM {name}_n WHERE sikker = 0");
    [unknown, not_yes(&undated), not_yes(&perhaps)]
}

fn shown_of(
    script: &mut Script,
    name: &str,
    shown: &str,
    ask: &Selection,
    show: Show,
) -> &'static [&'static str] {
    if let Some(derived) = &ask.derived {
        let query = numbers::number(script, name, derived);
        script.step(shown, &query);
        return &["mindst", "nedre_graense"];
    }
    if show == Show::Count {
        let query = counted(script.dialect, name, ask);
        script.step(shown, &query);
        return &["mindst", "hoejst"];
    }
    speaking(script, name, ask);
    let query = records(script.dialect, name, show);
    script.step(shown, &query);
    &["plads", "raekke", "dato", "sikker"]
}

// --- records -------------------------------------------------------------------------------------

// `NAME_g`: the rows that satisfied. A row whose column or cell is silent can neither be shown nor
// ruled out (`tavs`): it makes the cell unknown only where nothing else can be shown. One that is in
// the window only perhaps is shown, whatever else is silent.
fn speaking(script: &mut Script, name: &str, ask: &Selection) {
    let silent_value = match (&ask.test, ask.register) {
        (Some(test), Register::Proeve) => {
            format!("r.t IS NULL AND {}", silent(script.dialect, test))
        }
        _ => "FALSE".to_owned(),
    };
    let value = match ask.register {
        Register::Proeve => format!(
            "\nJOIN {} m ON {}",
            Table::Rows(Register::Proeve).name(),
            same("m", "s", &["export", "raekke"])
        ),
        _ => String::new(),
    };
    let query = format!(
        "SELECT s.export, s.patient, s.raekke, s.dag, r.dag AS dato, max({}) AS sikker, max({}) AS tavs \
         FROM {name}_k s JOIN {name}_h h ON {} JOIN {name}_r r ON {}{value}\nGROUP BY s.export, s.patient, s.raekke, \
         s.dag, r.dag",
        one_if("s.sikker"),
        one_if(&format!("NOT s.sikker AND h.inde AND (NOT {} OR ({silent_value}))", surely("r.f"))),
        same("h", "s", &["export", "patient", "raekke"]),
        same("r", "s", &["export", "raekke"]),
    );
    script.step(&format!("{name}_g"), &query);
}

// The cell of the value is empty, or the value is known and its reference is not. What has another
// unit than the one asked for is in doubt for that reason first.
fn silent(dialect: Dialect, test: &Test) -> String {
    match test {
        Test::Reference(_) => "(m.svar IS NULL OR m.lav = m.hoej AND m.lav % 2 = 0)".into(),
        Test::Value(compare) if !fold_unit(&compare.unit).is_empty() => format!(
            "m.svar IS NULL AND (m.enhed IS NULL OR m.enhed = {})",
            dialect.text(&fold_unit(&compare.unit))
        ),
        _ => "m.svar IS NULL".into(),
    }
}

// Records of one day are shown together: which of them stands last in a file says nothing. Without
// any date all are of one day.
fn records(dialect: Dialect, name: &str, show: Show) -> String {
    let window = "OVER (PARTITION BY export, patient)";
    let speaking = "(CASE WHEN tavs = 0 THEN dag END)";
    let (picked, of_that_day) = match show {
        Show::All | Show::Count => ("CAST(NULL AS BIGINT)".to_owned(), ""),
        Show::First => (format!("min{speaking} {window}"), OF_THAT_DAY),
        Show::Latest | Show::Value => (format!("max{speaking} {window}"), OF_THAT_DAY),
    };
    let rows =
        format!("SELECT *, {picked} AS valgt, min(tavs) {window} AS alle_tavse FROM {name}_g");
    let undated = i64::from(FIRST_DAY) - 1;
    format!(
        "SELECT export, patient, row_number() OVER (PARTITION BY export, patient ORDER BY \
         coalesce(dag, {undated}) DESC, raekke) AS plads, raekke, {} AS dato, sikker = 1 AS sikker FROM \
         ({rows}) x WHERE tavs = 0{of_that_day}\nUNION ALL SELECT DISTINCT export, patient, NULL, NULL, \
         NULL, NULL FROM ({rows}) x WHERE alle_tavse = 1",
        dialect.date("dato"),
    )
}

const OF_THAT_DAY: &str = " AND (dag = valgt OR (dag IS NULL AND valgt IS NULL))";

// --- counts --------------------------------------------------------------------------------------

// Everyone has a number, if only nought: who has no row has it, too.
fn counted(dialect: Dialect, name: &str, ask: &Selection) -> String {
    let (least, most) = match ask.distinct.and_then(key) {
        None => ("count(CASE WHEN sikker THEN 1 END)".to_owned(), "count(raekke)".to_owned()),
        Some(key) => (
            format!("count(DISTINCT CASE WHEN sikker THEN {key} END)"),
            format!(
                "count(DISTINCT {key}) + count(CASE WHEN raekke IS NOT NULL AND {key} IS NULL THEN 1 END)"
            ),
        ),
    };
    let months = match ask.distinct {
        Some(Distinct::Month | Distinct::Quarter) => {
            let date = dialect.date("s.dag");
            let month = format!("year({date}) * 12 + month({date}) - 1");
            format!(", {month} AS maaned, {} AS kvartal", dialect.divided(&month, 3))
        }
        _ => String::new(),
    };
    let rows = format!(
        "SELECT s.export, s.patient, s.raekke, s.dag, s.sikker, r.noegle{months} FROM {name}_k s JOIN \
         {name}_r r ON {}",
        same("r", "s", &["export", "raekke"])
    );
    format!(
        "SELECT p.export, p.patient, {least} AS mindst, {most} AS hoejst FROM {} LEFT JOIN ({rows}) x \
         ON {} LEFT JOIN {name}_uvis u ON {} WHERE u.export IS NULL GROUP BY p.export, p.patient",
        people_with(ask.register),
        same("x", "p", PATIENT),
        same("u", "p", PATIENT),
    )
}

// --- fields --------------------------------------------------------------------------------------

// Those of the fields that the typed tables have, with commas between; the CPR number is in none
// that a profile's text may read.
fn text_of(dialect: Dialect, fields: &[Field]) -> Option<String> {
    let known: Vec<String> = fields.iter().filter_map(|field| field_of(dialect, *field)).collect();
    (known.len() == fields.len() && !known.is_empty())
        .then(|| format!("concat_ws(', ', {})", known.join(", ")))
}

fn field_of(dialect: Dialect, field: Field) -> Option<String> {
    Some(match field {
        Field::Koen => "p.koen".to_owned(),
        Field::Ydernummer => "p.ydernummer".to_owned(),
        Field::Foedselsdato => danish(dialect, "p.foedt"),
        Field::TilmeldtDato => danish(dialect, "p.tilmeldt"),
        _ => return None,
    })
}

// »31-12-2026«; NULL for NULL.
fn danish(dialect: Dialect, date: &str) -> String {
    let text = dialect.kind(Kind::Text);
    let padded =
        |part: &str, width: u8| format!("lpad(CAST({part}({date}) AS {text}), {width}, '0')");
    format!(
        "CASE WHEN {date} IS NOT NULL THEN concat({}, '-', {}, '-', {}) END",
        padded("day", 2),
        padded("month", 2),
        padded("year", 4),
    )
}
