//! Groups, `samtidig`, the patient's own fields, and the population.

use super::super::plan::{CriterionId, Group, GroupRule, PatientTest, Window};
use super::words::Voice;

impl Voice<'_> {
    /// »(3)«.
    pub(super) fn reference(&self, id: CriterionId) -> String {
        format!("({})", id.0 + 1)
    }

    pub(super) fn references(&self, of: &[CriterionId]) -> Vec<String> {
        of.iter().map(|id| self.reference(*id)).collect()
    }

    /// »Med er patienter, der mindst ét af disse 2 gælder for: (1) har …; (2) har ….«
    pub(super) fn population(&self, who: &str, group: &Group) -> String {
        let people = self.pick("patienter, som", "patients for whom");
        let members: Vec<String> = group.of.iter().map(|id| self.numbered(*id)).collect();
        let rule = self.rule(group.rule, group.of.len());
        let holds = self.pick(" gælder for", "");
        format!("{who} {people} {rule}{holds}: {}.", members.join("; "))
    }

    fn numbered(&self, id: CriterionId) -> String {
        let body = self.plan.criteria.get(id.0).map(|criterion| self.asked(criterion));
        format!("{} {}", self.reference(id), body.unwrap_or_default())
    }

    fn rule(&self, rule: GroupRule, of: usize) -> String {
        match (rule, of) {
            (GroupRule::All | GroupRule::Any, 1) => self.pick("dette", "this holds").to_owned(),
            (GroupRule::All, _) => {
                format!(
                    "{} {of}{}",
                    self.pick("alle disse", "all of these"),
                    self.pick("", " hold")
                )
            }
            (GroupRule::Any, _) => format!(
                "{} {of}{}",
                self.pick("mindst ét af disse", "at least one of these"),
                self.pick("", " holds")
            ),
            (GroupRule::None, 1) => self.pick("dette ikke", "this does not hold").to_owned(),
            (GroupRule::None, _) => format!(
                "{} {of}{}",
                self.pick("intet af disse", "none of these"),
                self.pick("", " holds")
            ),
            (GroupRule::Undecided, _) => format!(
                "{} {of}{}",
                self.pick("ikke afgjort af mindst ét af disse", "at least one of these"),
                self.pick("", " is undecided")
            ),
            (GroupRule::AtLeast(least), _) => format!(
                "{} {least} {} {of}{}",
                self.pick("mindst", "at least"),
                self.pick("af disse", "of these"),
                self.pick("", " hold")
            ),
        }
    }

    /// »opfylder (2), valgt blandt (2), (3) og (4)«.
    pub(super) fn choice(&self, chosen: CriterionId, alternatives: &[CriterionId]) -> String {
        format!(
            "{} {}, {} {}",
            self.pick("opfylder", "meets"),
            self.reference(chosen),
            self.pick("valgt blandt", "chosen among"),
            self.and(&self.references(alternatives))
        )
    }

    /// »opfylder mindst ét af disse 2: (1) eller (2)«.
    pub(super) fn group(&self, group: &Group) -> String {
        let (members, number) = (self.references(&group.of), group.of.len());
        let (all, any) = (self.and(&members), self.or(&members));
        match group.rule {
            GroupRule::All => format!("{} {all}", self.pick("opfylder", "meets")),
            GroupRule::Any => {
                format!("{} {any}", self.pick("opfylder mindst ét af:", "meets at least one of:"))
            }
            GroupRule::None if number == 1 => {
                format!("{} {any}", self.pick("opfylder ikke", "does not meet"))
            }
            GroupRule::None => {
                format!("{} {all}", self.pick("opfylder ingen af:", "meets none of:"))
            }
            GroupRule::Undecided if number == 1 => {
                format!("{} {any}", self.pick("er ukendt for", "is unknown for"))
            }
            GroupRule::Undecided => {
                format!(
                    "{} {any}",
                    self.pick("er ukendt for mindst ét af:", "is unknown for at least one of:")
                )
            }
            GroupRule::AtLeast(least) => format!(
                "{} {least} {} {all}",
                self.pick("opfylder mindst", "meets at least"),
                self.pick("af:", "of:")
            ),
        }
    }

    /// `samtidig`.
    pub(super) fn together(&self, of: &[CriterionId], window: &Window, least: i32) -> String {
        format!(
            "{} {} {} {}",
            self.pick("har poster fra hvert af", "has records of each of"),
            self.and(&self.references(of)),
            self.pick("løbende samtidig på mindst", "running at the same time on at least"),
            format_args!("{}, {}", self.days(least), self.window(window, None)),
        )
    }

    /// The patient's own fields.
    pub(super) fn patient(&self, tests: &[PatientTest]) -> String {
        let said: Vec<String> = tests.iter().map(|test| self.patient_test(test)).collect();
        format!("{}, {} {}", self.and(&said), self.pick("opgjort pr.", "as of"), self.index())
    }

    fn patient_test(&self, test: &PatientTest) -> String {
        match test {
            PatientTest::Age { op, number, unit } => {
                let age = self.compared_duration(*op, &number.to_string(), *unit);
                format!("{} {age}", self.pick("har en alder på", "has an age of"))
            }
            PatientTest::Female(true) => {
                self.pick("er registreret som kvinde", "is registered as a woman").to_owned()
            }
            PatientTest::Female(false) => {
                self.pick("er registreret som mand", "is registered as a man").to_owned()
            }
            PatientTest::InsuranceGroup(group) => {
                format!("{} {group}", self.pick("er i sikringsgruppe", "is in insurance group"))
            }
            PatientTest::PostalCode(codes) => {
                format!("{} {}", self.pick("har postnummer", "has the postal code"), self.or(codes))
            }
            PatientTest::ListedFor { op, duration } => {
                let length =
                    self.compared_duration(*op, &duration.count.to_string(), duration.unit);
                format!("{} {length}", self.pick("har været tilmeldt i", "has been listed for"))
            }
        }
    }
}
