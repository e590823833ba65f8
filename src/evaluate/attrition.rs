//! How many fall at each criterion, in persons.
//!
//! Asked of the same criteria in the same way as the list, so that the last step ends at exactly
//! those whom the list shows. Persons, never rows: each one is counted once in a step.

use crate::evaluate::Evaluator;
use crate::evaluate::run::Run;
use crate::evaluate::trace::Silent;
use crate::profile::plan::{Body, CriterionId, Group, GroupRule, Plan};
use crate::records::PatientId;
use crate::truth::Truth;

/// From everyone who is looked at to those on the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attrition {
    /// Patients looked at (rule R21): where the first step begins.
    pub looked_at: u32,
    /// Deceased, moved, passing guests.
    pub not_looked_at: u32,
    /// The steps in order: inclusion, then exclusion.
    pub steps: Vec<Step>,
    /// On the list after the last step.
    pub members: u32,
    /// »Kan ikke afgøres« after the last step.
    pub undecided: u32,
}

/// One step: a criterion, or a group as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// A step of the exclusion.
    pub excludes: bool,
    /// Which criterion; `None` = the whole group, whose members are the parts.
    pub criterion: Option<CriterionId>,
    /// Persons still there before.
    pub before: u32,
    /// The verdicts of those.
    pub verdicts: Verdicts,
    /// Persons who fall here: nej of the inclusion, ja of the exclusion.
    pub falls: u32,
    /// Persons still there afterwards.
    pub left: u32,
    /// Of these, those for whom a criterion of the inclusion so far is unknown.
    pub left_undecided: u32,
    /// Members of a group, groups before their members; persons may fulfil several.
    pub parts: Vec<Part>,
}

/// A member of a group that is one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which.
    pub criterion: CriterionId,
    /// 1 = member of the step's group, 2 = member of that, and so on.
    pub depth: u32,
    /// Verdicts of the persons before the step.
    pub verdicts: Verdicts,
    /// Persons for whom this member alone decides the answer of its group: the only one that is ja
    /// of `en_af` and `ingen_af`, the only one that is nej of `alle`, the one that makes the number
    /// of `mindst_af`.
    pub alone: u32,
    group: Group,
}

/// Persons by verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdicts {
    /// Ja.
    pub yes: u32,
    /// Nej.
    pub no: u32,
    /// Ukendt.
    pub unknown: u32,
}

impl Verdicts {
    fn add(&mut self, truth: Truth) {
        match truth {
            Truth::Yes => self.yes += 1,
            Truth::No => self.no += 1,
            Truth::Unknown => self.unknown += 1,
        }
    }
}

/// One pass over the patients.
pub(crate) fn attrition(evaluator: &Evaluator<'_>) -> Attrition {
    let plan = evaluator.plan;
    let mut found = Attrition { steps: steps(plan), ..Attrition::default() };
    let mut run = Run::new(evaluator, PatientId(0), Silent);
    for patient in evaluator.records.patients.ids() {
        if !evaluator.records.patients.looked_at(patient) {
            found.not_looked_at += 1;
            continue;
        }
        found.looked_at += 1;
        run.turn_to(patient);
        match walk(&mut run, plan, &mut found.steps) {
            Truth::Yes => found.members += 1,
            Truth::Unknown => found.undecided += 1,
            Truth::No => {}
        }
    }
    found
}

/// The verdicts of every criterion over everyone who is looked at, in the plan's order.
pub(crate) fn by_criterion(evaluator: &Evaluator<'_>) -> Vec<Verdicts> {
    let mut found = vec![Verdicts::default(); evaluator.plan.criteria.len()];
    let patients = &evaluator.records.patients;
    let mut run = Run::new(evaluator, PatientId(0), Silent);
    for patient in patients.ids().filter(|patient| patients.looked_at(*patient)) {
        run.turn_to(patient);
        for (at, verdicts) in found.iter_mut().enumerate() {
            verdicts.add(run.truth(CriterionId(at)));
        }
    }
    found
}

// A group whose members each may end the walk is one step per member; any other group is decided
// by its members together and is one step with parts.
fn steps(plan: &Plan) -> Vec<Step> {
    let inclusion = side(plan, &plan.inclusion, false, GroupRule::All);
    let exclusion = plan.exclusion.iter().flat_map(|g| side(plan, g, true, GroupRule::Any));
    inclusion.into_iter().chain(exclusion).collect()
}

fn side(plan: &Plan, group: &Group, excludes: bool, one_by_one: GroupRule) -> Vec<Step> {
    if group.rule != one_by_one && group.of.len() > 1
        || matches!(group.rule, GroupRule::None | GroupRule::Undecided)
    {
        return vec![step(None, excludes, parts(plan, group, 1))];
    }
    let of_member = |id: &CriterionId| {
        let parts = match plan.criteria.get(id.0).map(|c| &c.body) {
            Some(Body::Group(inner)) => parts(plan, inner, 1),
            _ => Vec::new(),
        };
        step(Some(*id), excludes, parts)
    };
    group.of.iter().map(of_member).collect()
}

fn step(criterion: Option<CriterionId>, excludes: bool, parts: Vec<Part>) -> Step {
    Step {
        excludes,
        criterion,
        before: 0,
        verdicts: Verdicts::default(),
        falls: 0,
        left: 0,
        left_undecided: 0,
        parts,
    }
}

// Plans are free of rings (`check`).
fn parts(plan: &Plan, group: &Group, depth: u32) -> Vec<Part> {
    let mut all = Vec::new();
    for id in &group.of {
        let verdicts = Verdicts::default();
        all.push(Part { criterion: *id, depth, verdicts, alone: 0, group: group.clone() });
        if let Some(Body::Group(inner)) = plan.criteria.get(id.0).map(|c| &c.body) {
            all.extend(parts(plan, inner, depth + 1));
        }
    }
    all
}

// The patient's way through the steps; the answer is where the list puts the patient.
fn walk(run: &mut Run<'_, '_, Silent>, plan: &Plan, steps: &mut [Step]) -> Truth {
    let mut included = Truth::Yes;
    for step in steps {
        let truth = match (step.criterion, step.excludes, &plan.exclusion) {
            (Some(id), ..) => run.truth(id),
            (None, true, Some(group)) => run.group(group),
            (None, ..) => run.group(&plan.inclusion),
        };
        step.before += 1;
        step.verdicts.add(truth);
        step.parts.iter_mut().for_each(|part| part.add(run));
        let falls = if step.excludes { truth == Truth::Yes } else { truth == Truth::No };
        if falls {
            step.falls += 1;
            return Truth::No;
        }
        if !step.excludes {
            included = included.min(truth);
        }
        step.left += 1;
        step.left_undecided += u32::from(included == Truth::Unknown);
    }
    included
}

impl Part {
    fn add(&mut self, run: &mut Run<'_, '_, Silent>) {
        self.verdicts.add(run.truth(self.criterion));
        self.alone += u32::from(self.decides_alone(run));
    }

    // Would the group's answer be another one without this member's?
    fn decides_alone(&self, run: &mut Run<'_, '_, Silent>) -> bool {
        let (own, other) = match self.group.rule {
            GroupRule::All => (Truth::No, Truth::Yes),
            GroupRule::Undecided => (Truth::Unknown, Truth::No),
            _ => (Truth::Yes, Truth::No),
        };
        if run.truth(self.criterion) != own {
            return false;
        }
        let mut with = |truth: Truth| {
            let of = |id: &CriterionId| {
                if *id == self.criterion { truth } else { run.truth(*id) }
            };
            let verdicts: Vec<Truth> = self.group.of.iter().map(of).collect();
            combined(self.group.rule, &verdicts)
        };
        with(own) != with(other)
    }
}

// Kleene logic (rule R13) over verdicts that are known already.
fn combined(rule: GroupRule, verdicts: &[Truth]) -> Truth {
    let most = || verdicts.iter().copied().max().unwrap_or(Truth::No);
    match rule {
        GroupRule::All => verdicts.iter().copied().min().unwrap_or(Truth::Yes),
        GroupRule::Any => most(),
        GroupRule::None => !most(),
        GroupRule::AtLeast(count) => Truth::at_least(count, verdicts.iter().copied()),
        GroupRule::Undecided => Truth::any_unknown(verdicts.iter().copied()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::Day;
    use crate::records::{Builder, Records};
    use crate::schema::{Field, Register};

    // Invented codes: A of the first, B of the second, C of the third.
    const PATIENTS: [(&str, &str); 6] = [
        ("0101801111", "A"),
        ("0201801111", "AB"),
        ("0301801111", "ABC"),
        ("0401801111", "B"),
        ("0501801111", ""),
        ("0601801111", "C"),
    ];

    fn records() -> Records {
        let mut builder = Builder::new(&[Register::Patient, Register::Diagnose]);
        for (cpr, codes) in PATIENTS {
            builder.row(Register::Patient, cpr, &[]);
            for code in codes.chars() {
                let date = (Field::Dato, "2025-01-01".to_owned());
                builder.row(Register::Diagnose, cpr, &[(Field::Kode, format!("{code}99")), date]);
            }
        }
        builder.finish()
    }

    fn attrition_of(population: &str) -> (Attrition, Vec<String>) {
        let criterion = |id: &str, code: &str| {
            format!("[kriterie.{id}]\nregister = \"diagnose\"\nkoder = [\"{code}\"]\n")
        };
        let text = format!(
            "format = 1\n[profil]\nid = \"x\"\nversion = \"1\"\ntitel = \"X\"\n{}{}{}\
             [kriterie.laege]\nregister = \"henvisning\"\n\
             [kriterie.b_eller_c]\nen_af = [\"b\", \"c\"]\n[population]\n{population}\n",
            criterion("a", "A99"),
            criterion("b", "B99"),
            criterion("c", "C99"),
        );
        let checked = crate::profile::check_without_tests("x.toml", &text);
        let plan = checked.plan.unwrap_or_else(|| panic!("{:?}", checked.notes));
        let records = records();
        let index = Day::parse_iso("2025-06-01").unwrap();
        let evaluator = Evaluator::new(&plan, &records, index);
        let names = plan.criteria.iter().map(|c| c.id.clone()).collect();
        (evaluator.attrition(), names)
    }

    fn line(step: &Step) -> (u32, u32, u32, u32) {
        (step.before, step.falls, step.verdicts.unknown, step.left)
    }

    #[test]
    fn each_step_begins_where_the_one_before_ended() {
        let (found, _) =
            attrition_of("inklusion = { alle = [\"a\", \"b\"] }\neksklusion = { en_af = [\"c\"] }");
        let lines: Vec<_> = found.steps.iter().map(line).collect();
        assert_eq!(lines, [(6, 3, 0, 3), (3, 1, 0, 2), (2, 1, 0, 1)]);
        assert_eq!((found.members, found.undecided), (1, 0));
    }

    #[test]
    fn alternatives_are_counted_one_by_one_and_alone() {
        let (found, names) = attrition_of("inklusion = { alle = [\"a\", \"b_eller_c\"] }");
        let parts: Vec<_> = found.steps[1]
            .parts
            .iter()
            .map(|p| (names[p.criterion.0].as_str(), p.verdicts.yes, p.alone))
            .collect();
        assert_eq!(parts, [("b", 2, 1), ("c", 1, 0)]);
        let (found, _) =
            attrition_of("inklusion = { mindst_af = { antal = 2, af = [\"a\", \"b\", \"c\"] } }");
        assert_eq!(found.steps.len(), 1);
        assert_eq!(found.steps[0].parts.iter().map(|p| p.alone).collect::<Vec<_>>(), [1, 1, 0]);
        assert_eq!(found.members, 2);
    }

    #[test]
    fn who_cannot_be_decided_stays_and_is_said() {
        let (found, _) = attrition_of("inklusion = { alle = [\"laege\", \"a\"] }");
        let undecided: Vec<u32> = found.steps.iter().map(|s| s.left_undecided).collect();
        assert_eq!(undecided, [6, 3]);
        assert_eq!((found.members, found.undecided), (0, 3));
    }
}
