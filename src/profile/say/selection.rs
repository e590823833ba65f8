//! A simple criterion in words: which records, when, pick, compare, count.

use crate::code::Pattern;

use super::super::plan::{
    Bound, CodeFilter, Compare, CountTest, Derived, Distinct, Extreme, Form, Op, Outside, Pick,
    Selection, Shift, Test, TimeBasis, Unit, Window,
};
use super::words::Voice;
use crate::profile::titles;
use crate::schema::Register;

impl Voice<'_> {
    /// »har mindst én diagnose med koden P70, dateret …«.
    pub(super) fn criterion(&self, selection: &Selection) -> String {
        let counted = selection.distinct.is_none()
            && (selection.derived.is_none() || !usual(selection.count));
        let records = if counted {
            self.counted(selection.count, selection.register)
        } else {
            self.records(selection.register, false).to_owned()
        };
        format!("{} {records}{}", self.pick("har", "has"), self.which(selection))
    }

    /// What a column shows: the records without their number, unless one is written.
    pub(super) fn shown(&self, selection: &Selection) -> String {
        let records = self.records(selection.register, false);
        let count = match (selection.distinct, usual(selection.count)) {
            (None, false) => format!(
                "; {} {}",
                self.pick("kun hvis der er", "only if there are"),
                self.counted(selection.count, selection.register)
            ),
            _ => String::new(),
        };
        format!("{records}{}{count}", self.which(selection))
    }

    /// Everything after the noun.
    fn which(&self, selection: &Selection) -> String {
        let filters: String =
            self.filters(selection).into_iter().map(|f| format!(" {f}")).collect();
        let time = self.time_of(selection);
        let clauses: String =
            self.clauses(selection).into_iter().map(|clause| format!("; {clause}")).collect();
        format!("{filters}{time}{clauses}")
    }

    // Sums of running orders and numbers of products look at the index date, courses at every row:
    // their window is not used (rules R17, R17b, R18).
    fn time_of(&self, selection: &Selection) -> String {
        let today = Bound::Shift(Shift { count: 0, unit: Unit::Days });
        match selection.derived {
            Some(Derived::Omeq | Derived::Products) => {
                let window = Window { from: today, to: today };
                format!(", {}", self.time(TimeBasis::Period, &window, None))
            }
            Some(Derived::CurrentEpisode { .. } | Derived::LongestEpisode { .. }) => String::new(),
            _ => {
                let anchor = selection.anchor.as_ref();
                format!(", {}", self.time(selection.basis, &selection.window, anchor))
            }
        }
    }

    fn filters(&self, selection: &Selection) -> Vec<String> {
        let mut said = Vec::new();
        said.extend(selection.codes.as_ref().map(|codes| self.codes(codes)));
        if !selection.name_contains.is_empty() {
            let texts = self.any_quoted(&selection.name_contains);
            said.push(match self.language {
                crate::note::Language::Danish => format!("med {texts} i navn eller tekst"),
                crate::note::Language::English => format!("with {texts} in name or text"),
            });
        }
        said.extend(selection.form.map(|form| self.form(form).to_owned()));
        said.extend(selection.route.as_ref().map(|route| {
            format!("{} {}", self.pick("ad vejen", "by the route"), self.quoted(route))
        }));
        said.extend(selection.dose_dispensed.map(|yes| {
            let (danish, english) = if yes {
                ("med dosisdispensering", "that are dose dispensed")
            } else {
                ("uden dosisdispensering", "that are not dose dispensed")
            };
            self.pick(danish, english).to_owned()
        }));
        said
    }

    fn form(&self, form: Form) -> &'static str {
        let english = self.language == crate::note::Language::English;
        match (form, english) {
            (Form::Depot, false) => "i depotform",
            (Form::Depot, true) => "in prolonged-release form",
            (Form::Short, false) => "i korttidsvirkende form (hverken depot eller plaster)",
            (Form::Short, true) => "in short-acting form (neither prolonged release nor patch)",
            (Form::Patch, false) => "i plasterform",
            (Form::Patch, true) => "in patch form",
        }
    }

    fn codes(&self, filter: &CodeFilter) -> String {
        let title = |pattern: &Pattern| self.code(pattern, filter);
        let include: Vec<String> = filter.include.iter().map(title).collect();
        let except: Vec<String> = filter.except.iter().map(title).collect();
        let system = filter.system.map_or("", crate::code::System::name);
        let mut said = match include.len() {
            0 => {
                self.pick("med en kode fra en tom liste", "with a code of an empty list").to_owned()
            }
            _ => format!("{} {}", self.pick("med koden", "with the code"), self.or(&include)),
        };
        if !except.is_empty() {
            said = format!("{said}, {} {}", self.pick("undtagen", "except"), self.or(&except));
        }
        format!("{said} ({system}{})", self.code_set(filter))
    }

    /// »P70 demens« where the code set or the list of titles has one, else the bare code.
    fn code(&self, pattern: &Pattern, filter: &CodeFilter) -> String {
        let shown = pattern.shown();
        let titled = |(code, _): &&(String, String)| {
            filter.system.and_then(|system| Pattern::new(system, code).ok()).as_ref()
                == Some(pattern)
        };
        let own = filter.titles.iter().find(titled).map(|(_, title)| title.as_str());
        own.or_else(|| titles::of(pattern))
            .map_or_else(|| shown.clone(), |title| format!("{shown} {title}"))
    }

    fn code_set(&self, filter: &CodeFilter) -> String {
        if filter.set_name.is_empty() {
            return String::new();
        }
        let name = self.quoted(&filter.set_name);
        let text = if filter.set_text.is_empty() {
            String::new()
        } else {
            format!(": {}", filter.set_text)
        };
        format!(", {} {name}{text}", self.pick("kodesættet", "code set"))
    }

    fn clauses(&self, selection: &Selection) -> Vec<String> {
        let mut said = Vec::new();
        said.extend(selection.pick.map(|pick| self.picked(pick).to_owned()));
        said.extend(selection.same_day.map(|extreme| self.same_day(extreme).to_owned()));
        match (&selection.derived, &selection.test) {
            (Some(derived), test) => said.push(self.derived(derived, test.as_ref())),
            (None, Some(test)) => said.push(self.test(test)),
            (None, None) => {}
        }
        said.extend(selection.distinct.map(|what| self.distinct(what, selection.count)));
        said.extend(selection.spread.map(|(op, days)| {
            let length = self.compared_duration(op, &days.to_string(), Unit::Days);
            let between = self.pick(
                "fra den første til den sidste af dem er der",
                "from the first to the last of them there are",
            );
            format!("{between} {length}")
        }));
        said.extend(self.assumed(selection));
        said
    }

    fn picked(&self, pick: Pick) -> &'static str {
        let danish = self.language == crate::note::Language::Danish;
        match (pick, danish) {
            (Pick::Latest, true) => "der ses på den seneste af dem",
            (Pick::Latest, false) => "the latest of them is looked at",
            (Pick::First, true) => "der ses på den første af dem",
            (Pick::First, false) => "the first of them is looked at",
            (Pick::Highest, true) => "der ses på den højeste af dem",
            (Pick::Highest, false) => "the highest of them is looked at",
            (Pick::Lowest, true) => "der ses på den laveste af dem",
            (Pick::Lowest, false) => "the lowest of them is looked at",
            (Pick::All, true) => "der ses på hver af dem, og dem, der passer, tælles",
            (Pick::All, false) => "each of them is looked at, and those that fit are counted",
        }
    }

    fn same_day(&self, extreme: Extreme) -> &'static str {
        let danish = self.language == crate::note::Language::Danish;
        match (extreme, danish) {
            (Extreme::Lowest, true) => "af flere samme dag tæller den laveste",
            (Extreme::Lowest, false) => "of several on the same day the lowest counts",
            (Extreme::Highest, true) => "af flere samme dag tæller den højeste",
            (Extreme::Highest, false) => "of several on the same day the highest counts",
        }
    }

    fn test(&self, test: &Test) -> String {
        match test {
            Test::Value(compare) => {
                format!("{} {}", self.pick("værdien er", "the value is"), self.limit(compare))
            }
            Test::Answer(answers) => {
                format!("{} {}", self.pick("svaret er", "the answer is"), self.any_quoted(answers))
            }
            Test::Reference(outside) => {
                let side = match outside {
                    Outside::Below => self.pick("under", "below"),
                    Outside::Above => self.pick("over", "above"),
                    Outside::Either => self.pick("uden for", "outside"),
                };
                let range = self.pick(
                    "laboratoriets eget referenceinterval",
                    "the laboratory's own reference range",
                );
                format!("{} {side} {range}", self.pick("værdien ligger", "the value is"))
            }
        }
    }

    /// »mindst 6,5 mmol/L«; units of time as words.
    fn limit(&self, compare: &Compare) -> String {
        let number = self.amount(compare.limit);
        let unit = match compare.unit.as_str() {
            "d" => Some(Unit::Days),
            "uger" => Some(Unit::Weeks),
            "mdr" => Some(Unit::Months),
            "aar" => Some(Unit::Years),
            _ => None,
        };
        let limit = match unit {
            Some(unit) => self.duration(&number, unit),
            None if compare.unit.is_empty() => number,
            None => format!("{number} {}", compare.unit),
        };
        format!("{} {limit}", self.compare(compare.op))
    }

    fn derived(&self, derived: &Derived, test: Option<&Test>) -> String {
        let what = self.derived_name(derived);
        match test {
            Some(Test::Value(compare)) => {
                format!("{what} {} {}", self.pick("er", "is"), self.limit(compare))
            }
            _ => format!("{what} {}", self.pick("kan opgøres", "can be given")),
        }
    }

    fn derived_name(&self, derived: &Derived) -> String {
        let (danish, english) = match derived {
            Derived::CurrentEpisode { gap_days } => {
                return self.episode(
                    self.pick("længden af det aktuelle forløb", "the length of the current course"),
                    *gap_days,
                );
            }
            Derived::LongestEpisode { gap_days } => {
                return self.episode(
                    self.pick("længden af det længste forløb", "the length of the longest course"),
                    *gap_days,
                );
            }
            Derived::DaysBetween { from, to } => {
                let what = self.pick(
                    "antallet af dage fra den seneste i",
                    "the number of days from the latest of",
                );
                let until = self.pick("til den seneste i", "to the latest of");
                return format!("{what} {} {until} {}", self.reference(*from), self.reference(*to));
            }
            Derived::CoveredDays => ("antallet af dækkede dage", "the number of covered days"),
            Derived::Products => (
                "antallet af forskellige lægemidler, der løber på indeksdatoen,",
                "the number of different medicines that run on the index date",
            ),
            Derived::DddSum => ("summen af DDD", "the sum of DDD"),
            Derived::UnitSum => {
                ("antallet af enheder i pakningerne", "the number of units in the packages")
            }
            Derived::OmeqSum => (
                "summen af orale morfinækvivalenter (OMEQ) over alle dage i vinduet",
                "the sum of oral morphine equivalents (OMEQ) over all days of the window",
            ),
            Derived::Mean => ("gennemsnittet af værdierne", "the mean of the values"),
            Derived::DaysSince => {
                ("antallet af dage siden den seneste", "the number of days since the latest")
            }
            Derived::MonthsSince => (
                "antallet af fulde måneder siden den seneste",
                "the number of completed months since the latest",
            ),
            Derived::Omeq => (
                "den samlede døgndosis som orale morfinækvivalenter (OMEQ)",
                "the total daily dose in oral morphine equivalents (OMEQ)",
            ),
        };
        self.pick(danish, english).to_owned()
    }

    fn episode(&self, what: &str, gap_days: i32) -> String {
        let gap = self.days(gap_days);
        format!("{what} ({} {gap})", self.pick("huller tåles op til", "gaps are bridged up to"))
    }

    fn distinct(&self, what: Distinct, count: CountTest) -> String {
        let (danish, english) = match what {
            Distinct::Day => ("dage", "days"),
            Distinct::Month => ("måneder", "months"),
            Distinct::Quarter => ("kvartaler", "quarters"),
            Distinct::Code => ("koder", "codes"),
            Distinct::Substance => ("stoffer", "substances"),
        };
        let number = self.pick("antallet af forskellige", "the number of different");
        let (of, is) = (self.pick(danish, english), self.pick("er", "is"));
        format!("{number} {of} {is} {} {}", self.compare(count.op), count.number)
    }

    /// Where it bears on what is asked, or where another than the usual is written.
    fn assumed(&self, selection: &Selection) -> Option<String> {
        let days = selection.assumed_cover_days;
        let bears = selection.basis != TimeBasis::Date || selection.derived.is_some();
        (selection.register == Register::Medicin && bears || days != 90).then(|| {
            let what = self.pick(
                "en post uden slutdato og mængde antages at dække",
                "a record without end date and supply is assumed to cover",
            );
            format!("{what} {}", self.days(days))
        })
    }

    /// »mindst 3 diagnoser«, »ingen diagnoser«.
    fn counted(&self, count: CountTest, register: Register) -> String {
        let CountTest { op, number } = count;
        let one = number == 1 && op != Op::Less;
        let records = self.records(register, one);
        let shown =
            if number == 1 { self.pick("én", "one").to_owned() } else { number.to_string() };
        match (op, number) {
            (Op::Equal | Op::AtMost, 0) | (Op::Less, 1) => {
                format!("{} {}", self.pick("ingen", "no"), self.records(register, false))
            }
            (Op::Less, _) => format!("{} {shown} {records}", self.pick("færre end", "fewer than")),
            (Op::Greater, _) => {
                format!("{} {shown} {records}", self.pick("flere end", "more than"))
            }
            _ => format!("{} {shown} {records}", self.compare(op)),
        }
    }
}

/// The number where none is written.
fn usual(count: CountTest) -> bool {
    count == CountTest { op: Op::AtLeast, number: 1 }
}
