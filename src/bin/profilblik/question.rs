//! Reading files and putting profiles to them: what `evaluate` and `why` share.

use profilblik::day::Day;
use profilblik::evaluate::Evaluator;
use profilblik::note::Language;
use profilblik::profile::Checked;
use profilblik::profile::plan::Plan;
use profilblik::protocol::{Reply, Request};
use profilblik::session::Session;
use serde::Serialize;

use crate::arguments::Question;
use crate::outcome::{Misuse, Outcome};
use crate::{input, mapping, profiles, words};

/// A session that has read the files.
pub struct Asked {
    /// The session.
    pub session: Session,
    /// Index date in force.
    pub index_date: Day,
    /// How many profiles were asked for; one that lay among the files does not count.
    profiles: usize,
}

/// Which profile it was.
#[derive(Serialize)]
pub struct ProfileName {
    id: String,
    version: String,
    fingerprint: String,
}

impl ProfileName {
    /// Of a plan.
    pub fn of(plan: &Plan) -> Self {
        Self {
            id: plan.header.id.clone(),
            version: plan.header.version.clone(),
            fingerprint: plan.fingerprint.clone(),
        }
    }
}

/// Reads the files; `None` when there is nothing to put the profiles to (the outcome says why).
pub fn ask(
    question: &Question,
    language: Language,
    outcome: &mut Outcome,
) -> Result<Option<Asked>, Misuse> {
    let factors = question.chosen.table()?;
    let mut profiles = profiles::named(&question.profiles)?;
    question.chosen.change(&mut profiles)?;
    refuse_twins(question, &profiles)?;
    let files = input::files(&question.files)?;
    profiles.retain(|profile| profiles::usable(profile, language, outcome));
    if profiles.is_empty() {
        return Ok(None);
    }
    let wanted = profiles.len();
    let mut session = Session::with_profiles(profiles);
    mapping::add(&mut session, &question.mappings, language)?;
    session.use_factors(factors);
    session.request(&Request::SetLanguage(language), &mut |_| {});
    session.read_all(files, input::today(), &mut |_| {});
    for (_, refusal) in session.refused() {
        outcome.refuse(refusal.text.of(language));
    }
    if let Some(date) = question.date {
        session.request(&Request::SetIndexDate(Some(date.to_string())), &mut |_| {});
    }
    let read = !session.records().sources.is_empty();
    let Some(index_date) = question.date.or_else(|| session.index_date()).filter(|_| read) else {
        outcome.refuse(&words::say(
            language,
            "Ingen af filerne kunne læses som et udtræk.",
            "None of the files could be read as an export.",
        ));
        return Ok(None);
    };
    Ok(Some(Asked { session, index_date, profiles: wanted }))
}

// A table tells its profile by the name alone; JSON has the fingerprint beside it.
fn refuse_twins(question: &Question, profiles: &[Checked]) -> Result<(), Misuse> {
    let mut ids: Vec<&str> = profiles.iter().map(|profile| profile.id.as_str()).collect();
    ids.sort_unstable();
    match ids.windows(2).find(|pair| matches!(pair, [a, b] if a == b)) {
        Some([id, _]) if !question.json => Err(Misuse::new(
            format!("to profiler hedder `{id}`: brug --json eller én ad gangen"),
            format!("two profiles are called `{id}`: use --json or one at a time"),
        )),
        _ => Ok(()),
    }
}

impl Asked {
    /// The plans, in the order in which they were named.
    pub fn plans(&self) -> impl Iterator<Item = &Plan> {
        self.session.profiles().take(self.profiles).filter_map(|profile| profile.plan.as_ref())
    }

    /// A plan bound to what was read.
    pub fn evaluator<'a>(&'a self, plan: &'a Plan) -> Evaluator<'a> {
        Evaluator::with_factors(
            plan,
            self.session.records(),
            self.index_date,
            self.session.factors(),
        )
    }

    /// All replies to a message.
    pub fn replies(&mut self, request: &Request) -> Vec<Reply> {
        let mut replies = Vec::new();
        self.session.request(request, &mut |reply| replies.push(reply));
        replies
    }

    /// The keys by which the session knows the profiles.
    pub fn keys(&mut self) -> Vec<String> {
        let date = Some(self.index_date.to_string());
        let (mut keys, wanted) = (Vec::new(), self.profiles);
        self.session.request(&Request::SetIndexDate(date), &mut |reply| {
            if let Reply::Overview(overview) = reply {
                keys = overview.rows.iter().take(wanted).map(|row| row.id.clone()).collect();
            }
        });
        keys
    }
}

/// One result stands alone, several are a list.
pub fn json<T: Serialize>(mut results: Vec<T>, asked: usize) -> String {
    let written = match results.pop() {
        Some(only) if asked == 1 => serde_json::to_string_pretty(&only),
        last => {
            results.extend(last);
            serde_json::to_string_pretty(&results)
        }
    };
    written.map(|text| text + "\n").unwrap_or_default()
}
