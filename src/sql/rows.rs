//! Which rows a selection asks for: codes, names, form, route (rules R5, R10), and what of them is
//! needed later. One row of the step is one row of the register.

use crate::code::{Pattern, System};
use crate::profile::plan::{
    CodeFilter, Compare, Derived, Distinct, Form, Op, Outside, Selection, Test,
};
use crate::schema::Register;
use crate::schema::typed::{Period, Table, WORD_SEPARATOR, fold_text, fold_unit};
use crate::sql::compare::{Interval, all, any, one_if, surely};
use crate::sql::dialect::Dialect;
use crate::sql::patient::starts;
use crate::sql::script::{LAST_DAY, Script};

/// Which keys of a selection say what rows it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keys {
    /// All of them.
    All,
    /// Those that `samtidig` uses of the criteria it names (rule R16).
    Together,
}

/// Columns of the step: `export, patient, raekke`; `dag` (event date) and `doegn` (that of the
/// register, without onset); `periode, pfra, ptil`; `f`, TRUE or NULL, whether the row is asked for;
/// `lav, hoej` (NULL where the unit is another); `t`, what the test says; `noegle`, the code or
/// substance that `distinkt` counts.
pub(super) fn rows(script: &mut Script, name: &str, ask: &Selection, keys: Keys) {
    let dialect = script.dialect;
    let table = Table::Rows(ask.register).name();
    let day = event_day(dialect, ask.register);
    let (from, to) = period(dialect, ask.assumed_cover_days);
    let (low, high) = bounds(ask, dialect);
    let inner = format!(
        "SELECT r.export, r.patient, r.raekke, {day} AS dag, r.periode, {from} AS pfra, {to} AS \
         ptil, {} AS f, {low} AS lav, {high} AS hoej, {} AS t, {} AS noegle\nFROM {table} r{}{}",
        filter(ask, keys, dialect),
        test(ask, dialect),
        if needs_key(ask) { "n.kode" } else { "CAST(NULL AS INT)" },
        codes(ask, dialect),
        key(ask),
    );
    script.step(name, &format!("SELECT * FROM (\n{inner}\n) x WHERE f IS NULL OR f"));
}

/// The event date; of a diagnosis without one, its onset.
fn event_day(dialect: Dialect, register: Register) -> String {
    match register {
        Register::Diagnose => dialect.day("coalesce(r.dato, r.debutdato)"),
        _ => dialect.day("r.dato"),
    }
}

fn period(dialect: Dialect, assumed_days: i32) -> (String, String) {
    let (from, to) = (dialect.day("r.fra"), dialect.day("r.til"));
    let (runs, assumed) = (Period::Runs.word(), Period::Assumed.word());
    let more = assumed_days.max(1) - 1;
    let end = format!(
        "CASE r.periode WHEN '{runs}' THEN coalesce({to}, {LAST_DAY}) \
         WHEN '{assumed}' THEN {from} + {more} ELSE {to} END"
    );
    (from, end)
}

// --- codes ---------------------------------------------------------------------------------------

// A row with several codes is one record: an exception on any of them wins.
fn codes(ask: &Selection, dialect: Dialect) -> String {
    let Some(filter) = &ask.codes else { return String::new() };
    let CodeFilter { include, except, .. } = filter;
    let (include, except) = (patterns(include, dialect), patterns(except, dialect));
    format!(
        "\nJOIN (SELECT export, raekke FROM pb_kode WHERE register = '{}' GROUP BY export, raekke \
         HAVING max({}) = 1 AND max({}) = 0) m ON m.export = r.export AND m.raekke = r.raekke",
        ask.register.name(),
        one_if(&include),
        one_if(&except),
    )
}

fn patterns(patterns: &[Pattern], dialect: Dialect) -> String {
    any(&patterns.iter().map(|pattern| one_pattern(pattern, dialect)).collect::<Vec<_>>())
}

fn one_pattern(pattern: &Pattern, dialect: Dialect) -> String {
    let column = if pattern.text().contains('.') { "kode" } else { "grundkode" };
    let system = is_system(pattern.system());
    if pattern.is_prefix() {
        format!("({system} AND {})", starts(dialect, column, pattern.text()))
    } else {
        format!("({system} AND {column} = {})", dialect.text(pattern.text()))
    }
}

fn is_system(system: System) -> String {
    format!("system = '{}'", system.name())
}

fn needs_key(ask: &Selection) -> bool {
    matches!(ask.distinct, Some(Distinct::Code | Distinct::Substance))
        || ask.derived == Some(Derived::Products)
}

// The whole code in the system that is asked for, else the row's first; of substances, that of the
// row's first code that has one.
fn key(ask: &Selection) -> String {
    if !needs_key(ask) {
        return String::new();
    }
    let system = ask.codes.as_ref().and_then(|filter| filter.system);
    let first = system.map_or_else(|| "1".into(), |s| format!("1 - {}", one_if(&is_system(s))));
    let by_substance = ask.distinct == Some(Distinct::Substance);
    let more = if by_substance {
        ", first_value(stof) OVER (PARTITION BY export, raekke ORDER BY CASE WHEN stof IS NULL THEN 1 \
         ELSE 0 END, plads) AS stof"
    } else {
        ""
    };
    let key = if by_substance { substance(ask.register) } else { "kode".into() };
    format!(
        "\nLEFT JOIN (SELECT export, raekke, {key} AS kode FROM (SELECT export, raekke, kode{more}, \
         row_number() OVER (PARTITION BY export, raekke ORDER BY {first}, plads) AS nr FROM pb_kode \
         WHERE register = '{}') c WHERE nr = 1) n ON n.export = r.export AND n.raekke = r.raekke",
        ask.register.name()
    )
}

// A group of medicines may be any of them.
fn substance(register: Register) -> String {
    let code = match register {
        Register::Medicin => "CASE WHEN length(kode) >= 7 THEN kode END",
        _ => "kode",
    };
    format!("coalesce(stof, {code})")
}

// --- names, form, route --------------------------------------------------------------------------

// An absent text makes its condition NULL: perhaps.
fn filter(ask: &Selection, keys: Keys, dialect: Dialect) -> String {
    let mut conditions = Vec::new();
    if !ask.name_contains.is_empty() {
        let names = ask.name_contains.iter();
        let contains = names.map(|name| format!("instr(r.tekst, {}) > 0", dialect.text(name)));
        conditions.push(any(&contains.collect::<Vec<_>>()));
    }
    if let Some(form) = ask.form {
        conditions.push(format!("r.form = '{}'", form_word(form)));
    }
    if let Some(route) = &ask.route {
        conditions.push(route_is(route, dialect));
    }
    if let Some(wanted) = ask.dose_dispensed.filter(|_| keys == Keys::All) {
        conditions
            .push(if wanted { "r.dosisdispenseret" } else { "NOT r.dosisdispenseret" }.into());
    }
    all(&conditions)
}

const fn form_word(form: Form) -> &'static str {
    match form {
        Form::Depot => "depot",
        Form::Short => "kort",
        Form::Patch => "plaster",
    }
}

// No word of a row holds the separator, so that such a route is never there.
fn route_is(route: &str, dialect: Dialect) -> String {
    if route.contains(WORD_SEPARATOR) {
        return "CASE WHEN r.vej IS NOT NULL THEN FALSE END".into();
    }
    let word = dialect.text(&format!("{WORD_SEPARATOR}{route}{WORD_SEPARATOR}"));
    format!("instr(r.vej, {word}) > 0")
}

// --- values --------------------------------------------------------------------------------------

fn bounds(ask: &Selection, dialect: Dialect) -> (String, String) {
    if ask.register != Register::Proeve {
        let none = "CAST(NULL AS BIGINT)";
        return (none.into(), none.into());
    }
    let unit = match &ask.test {
        Some(Test::Value(compare)) if matches!(ask.derived, None | Some(Derived::Mean)) => {
            fold_unit(&compare.unit)
        }
        _ => String::new(),
    };
    if unit.is_empty() {
        return ("r.lav".into(), "r.hoej".into());
    }
    // No silent conversion: another unit gives no bounds (rule R11).
    let fits = format!("r.enhed IS NULL OR r.enhed = {}", dialect.text(&unit));
    let of = |bound: &str| format!("CASE WHEN {fits} THEN {bound} END");
    (of("r.lav"), of("r.hoej"))
}

fn test(ask: &Selection, dialect: Dialect) -> String {
    let (low, high) = bounds(ask, dialect);
    match &ask.test {
        None => "TRUE".into(),
        Some(_) if ask.derived.is_some() => "TRUE".into(),
        Some(Test::Value(Compare { op, limit, .. })) => {
            Interval::new(low, high).verdict(*op, &half_millionths(limit.0))
        }
        Some(Test::Answer(answers)) => {
            let is = |answer: &String| format!("r.svar = {}", dialect.text(&fold_text(answer)));
            // An empty list of answers must still be NULL for a row that says nothing.
            let is: Vec<String> = answers.iter().map(is).collect();
            format!("CASE WHEN r.svar IS NOT NULL THEN {} END", any(&is))
        }
        Some(Test::Reference(which)) => outside(*which),
    }
}

/// A limit of the profile beside bounds of values.
pub(super) fn half_millionths(limit: i64) -> String {
    limit.saturating_mul(2).to_string()
}

fn outside(which: Outside) -> String {
    let value = Interval::new("r.lav", "r.hoej");
    let side = |none: &str, limit: &str, op: Op| {
        let verdict = value.verdict(op, limit);
        format!("(CASE WHEN {none} THEN FALSE WHEN {limit} IS NULL THEN NULL ELSE {verdict} END)")
    };
    let below = side("r.uden_nedre", "r.ref_nedre", Op::Less);
    let above = side("r.uden_oevre", "r.ref_oevre", Op::Greater);
    match which {
        Outside::Below => below,
        Outside::Above => above,
        Outside::Either => format!("({below} OR {above})"),
    }
}

/// Is the row of a step surely asked for?
pub(super) fn sure_row(alias: &str) -> String {
    surely(&format!("{alias}.f"))
}
