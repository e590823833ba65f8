//! Comparing what is known only within bounds (rules R9–R11), and three-valued logic.

use crate::profile::plan::Op;

/// What a value may be, as two expressions; NULL = no bound on that side.
///
/// Bounds are whole numbers that belong to the values: of a laboratory answer half millionths
/// ([`crate::schema::typed`]), of days millionths.
#[derive(Clone, Debug)]
pub(super) struct Interval {
    pub low: String,
    pub high: String,
}

impl Interval {
    /// From two expressions.
    pub fn new(low: impl Into<String>, high: impl Into<String>) -> Self {
        Self { low: low.into(), high: high.into() }
    }

    /// Does the comparison hold for all, none, or some of the possible values? A bound that is NULL
    /// makes its conditions NULL, which CASE passes over.
    pub fn verdict(&self, op: Op, limit: &str) -> String {
        let Self { low, high } = self;
        let (yes, no) = match op {
            Op::Less => (format!("{high} < {limit}"), format!("{low} >= {limit}")),
            Op::AtMost => (format!("{high} <= {limit}"), format!("{low} > {limit}")),
            Op::Greater => (format!("{low} > {limit}"), format!("{high} <= {limit}")),
            Op::AtLeast => (format!("{low} >= {limit}"), format!("{high} < {limit}")),
            Op::Equal => (
                format!("{low} = {limit} AND {high} = {limit}"),
                format!("{high} < {limit} OR {low} > {limit}"),
            ),
        };
        between(&yes, &no)
    }
}

/// TRUE if certain, FALSE if impossible, else NULL.
pub(super) fn between(certain: &str, impossible: &str) -> String {
    format!("CASE WHEN {certain} THEN TRUE WHEN {impossible} THEN FALSE END")
}

/// A condition that is never NULL.
pub(super) fn surely(condition: &str) -> String {
    format!("coalesce({condition}, FALSE)")
}

/// 1 where the condition holds surely, else 0: for sums and maxima.
pub(super) fn one_if(condition: &str) -> String {
    format!("CASE WHEN {condition} THEN 1 ELSE 0 END")
}

/// All conditions, or TRUE.
pub(super) fn all(conditions: &[String]) -> String {
    joined(conditions, " AND ", "TRUE")
}

/// Any condition, or FALSE.
pub(super) fn any(conditions: &[String]) -> String {
    joined(conditions, " OR ", "FALSE")
}

fn joined(conditions: &[String], between: &str, none: &str) -> String {
    match conditions {
        [] => none.into(),
        some => format!("({})", some.join(between)),
    }
}

/// TRUE, FALSE or NULL.
pub(super) const fn constant(truth: crate::truth::Truth) -> &'static str {
    match truth {
        crate::truth::Truth::Yes => "TRUE",
        crate::truth::Truth::No => "FALSE",
        crate::truth::Truth::Unknown => "CAST(NULL AS BOOLEAN)",
    }
}
