//! `test`: the profiles' own test patients.
pub fn run(
    _: &[String],
    _: profilblik::note::Language,
) -> Result<crate::outcome::Outcome, crate::outcome::Misuse> {
    todo!()
}
