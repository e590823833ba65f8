//! Where the two engines part: everything else is the same text.

use crate::schema::typed::{Kind, Table};

/// An SQL engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// DuckDB, on one machine.
    DuckDb,
    /// Spark SQL, on many.
    Spark,
}

impl Dialect {
    /// From the name on the command line.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "duckdb" => Some(Self::DuckDb),
            "spark" => Some(Self::Spark),
            _ => None,
        }
    }

    /// A step whose rows are kept until the connection ends. Spark has no temporary tables: a view
    /// is kept by caching it.
    pub(super) fn step(self, name: &str, query: &str) -> String {
        match self {
            Self::DuckDb => format!("CREATE OR REPLACE TEMP TABLE {name} AS\n{query};\n"),
            Self::Spark => {
                format!("DROP VIEW IF EXISTS {name};\nCACHE TABLE {name} AS\n{query};\n")
            }
        }
    }

    /// A name as a column.
    pub(super) fn name(self, name: &str) -> String {
        match self {
            Self::DuckDb => format!("\"{name}\""),
            Self::Spark => format!("`{name}`"),
        }
    }

    /// A text. Spark joins 'a''b' to ab; there, a backslash makes the quote a quote.
    pub(super) fn text(self, text: &str) -> String {
        match self {
            Self::DuckDb => format!("'{}'", text.replace('\'', "''")),
            Self::Spark => {
                let text = text.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n");
                format!("'{text}'")
            }
        }
    }

    /// The number of a day, NULL for NULL.
    pub(super) fn day(self, date: &str) -> String {
        match self {
            Self::DuckDb => format!("date_diff('day', DATE '1970-01-01', {date})"),
            Self::Spark => format!("datediff({date}, DATE '1970-01-01')"),
        }
    }

    /// The date of a day's number.
    pub(super) fn date(self, day: &str) -> String {
        match self {
            Self::DuckDb => format!("(DATE '1970-01-01' + CAST({day} AS INTEGER))"),
            Self::Spark => format!("date_add(DATE '1970-01-01', CAST({day} AS INT))"),
        }
    }

    /// Whole division of numbers that are not negative: `/` of both engines gives fractions.
    pub(super) fn divided(self, number: &str, by: i64) -> String {
        self.divided_by(number, &by.to_string())
    }

    /// The same by an expression.
    pub(super) fn divided_by(self, number: &str, by: &str) -> String {
        match self {
            Self::DuckDb => format!("(({number}) // {by})"),
            Self::Spark => format!("(({number}) div {by})"),
        }
    }

    /// A whole number that holds the product of two others.
    pub(super) fn wide(self, number: &str) -> String {
        match self {
            Self::DuckDb => format!("CAST({number} AS HUGEINT)"),
            Self::Spark => format!("CAST({number} AS DECIMAL(38, 0))"),
        }
    }

    /// The type of a column.
    pub(super) const fn kind(self, kind: Kind) -> &'static str {
        match (kind, self) {
            (Kind::Number, _) => "BIGINT",
            (Kind::Wide, Self::DuckDb) => "HUGEINT",
            (Kind::Wide, Self::Spark) => "DECIMAL(38, 0)",
            (Kind::Text, Self::DuckDb) => "VARCHAR",
            (Kind::Text, Self::Spark) => "STRING",
            (Kind::Date, _) => "DATE",
            (Kind::Flag, _) => "BOOLEAN",
        }
    }

    /// An empty table.
    pub(super) fn create_table(self, table: Table) -> String {
        let columns = table.columns();
        let columns = columns.iter().map(|(name, kind)| format!("  {name} {}", self.kind(*kind)));
        let columns: Vec<String> = columns.collect();
        format!("CREATE TABLE IF NOT EXISTS {} (\n{}\n);\n", table.name(), columns.join(",\n"))
    }
}
