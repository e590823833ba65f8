//! Numbers of insured that the user types; kept until the data are forgotten.

use super::Session;
use crate::measures::{figures, insured};
use crate::protocol::Reply;
use crate::view::text_figures::{Refused, refused};

impl Session {
    /// Takes a number, or says why not; the figures in either case.
    pub(super) fn set_insured(&mut self, profile: &str, practice: &str, count: &str) -> Reply {
        let why = self.try_insured(profile, practice, count).err();
        let mut reply = self.figures(profile);
        if let (Some(why), Reply::Figures(view)) = (why, &mut reply) {
            view.refused = refused(practice, count.trim(), why, self.language);
        }
        reply
    }

    fn try_insured(&mut self, profile: &str, practice: &str, count: &str) -> Result<(), Refused> {
        if count.trim().is_empty() {
            self.insured.remove(practice);
            return Ok(());
        }
        let number = insured::read(count).ok_or(Refused::NoNumber)?;
        let users = self.users(profile, practice).ok_or(Refused::NoSuchPractice)?;
        if number < users {
            return Err(Refused::Fewer(users));
        }
        self.insured.insert(practice.to_owned(), number);
        Ok(())
    }

    // Most persons in a numerator of those listed; `None` = the file has no such practice.
    fn users(&self, profile: &str, practice: &str) -> Option<u64> {
        let asked = self.asked(profile).ok()?;
        let evaluator = self.evaluator(asked.plan);
        let counted = figures(&evaluator);
        let of_listed = |id: &str| {
            let measure = asked.plan.measures.iter().find(|measure| measure.id == id);
            measure.is_some_and(|measure| measure.denominator.is_none())
        };
        let here = counted.iter().filter(|figure| {
            figure.ydernummer.as_deref().unwrap_or_default() == practice && of_listed(&figure.id)
        });
        here.map(|figure| figure.numerator).max()
    }
}
