//! What the command line says in both languages, apart from what the engine says.

use profilblik::note::{Language, Said};

const HELP_DA: &str = "\
profilblik: gør populationsprofiler op på et udtræk fra en almen praksis.

  profilblik evaluate FILER… --profile ID|STI… [--date ÅÅÅÅ-MM-DD] [--json] [--attrition] [--products] [--columns]
      hvem er på listen, hvem kan ikke afgøres, og målepunkternes tal; med --attrition også hvor mange
      personer der falder fra ved hvert krav; --products også tabeller over lægemidler; --columns
      (med --json) også, hvad kolonnerne viser
  profilblik why FILER… --profile ID|STI… --cpr CPR [--date ÅÅÅÅ-MM-DD] [--json]
      de poster, der har afgjort det for én patient
  evaluate, why og normalise: [--factors FIL.toml] [--factor-set standard|laveste|hoejeste|KILDE]
      andre faktorer til morfinækvivalenter; evaluate og why: [--choose KRITERIUM=VARIANT]
      [--switch-on MARKERING] vælger en variant eller slår en markering til
  profilblik report FILER… [--json]
      hvad er læst, og hvilke linjer er sat til side
  profilblik mapping FILER… --out FIL.toml
      skriver, hvordan tabellerne er læst, til at rette i: register og felt for hver kolonne,
      ingen patientdata. --mapping FIL.toml bruger den i alle kommandoer, der læser filer
  profilblik quality FILER… [--date ÅÅÅÅ-MM-DD] [--json]
      har vi gode nok data: registre, måneder, koder og måske manglende koder
  profilblik test PROFILER…
      kører profilernes egne prøvepatienter
  profilblik say PROFILER… [--date ÅÅÅÅ-MM-DD] [--table]
      siger profilerne i ord med dagens eller den nævnte dato; --table: som tabel
  profilblik dosage [--json] TEKST…|-
      hvad en doseringstekst læses som; - er linjerne fra standardinput
  profilblik demo [--patients N] [--seed S] [--date ÅÅÅÅ-MM-DD] --out MAPPE|FIL.zip
      skriver et udtræk med opdigtede patienter
  profilblik normalise FILER… --out MAPPE [--export NAVN]
      skriver udtrækket som typede tabeller (CSV) til en SQL-motor
  profilblik sql [PROFIL --date ÅÅÅÅ-MM-DD] --dialect duckdb|spark
      skriver profilen som SQL til disse tabeller; uden profil kun de tomme tabeller
  profilblik pack [MAPPE]
      pakker den byggede side i én fil (kaldes af Trunk)

FILER er filer, mapper og ZIP-filer. --profile er navnet på en indbygget profil eller stien til en
.toml-fil og kan gentages. Uden --date bruges udtrækkets egen dato. --lang en skifter til engelsk.
Uden --json skrives tabeller med cpr og navne: send dem ikke steder hen, hvor de ikke må være.

Slutstatus: 0 alt er læst, 1 noget blev afvist (eller en prøvepatient fejlede), 2 forkert brug.
";

const HELP_EN: &str = "\
profilblik: evaluates population profiles on the export of a general practice.

  profilblik evaluate FILES… --profile ID|PATH… [--date YYYY-MM-DD] [--json] [--attrition] [--products] [--columns]
      who is on the list, who cannot be decided, and the figures of the measures; with
      --attrition also how many persons fall at each criterion; --products also the tables of medicines;
      --columns (with --json) also what the columns show
  profilblik why FILES… --profile ID|PATH… --cpr CPR [--date YYYY-MM-DD] [--json]
      the records that decided it for one patient
  evaluate, why and normalise: [--factors FILE.toml] [--factor-set standard|laveste|hoejeste|SOURCE]
      other factors to morphine equivalents; evaluate and why: [--choose CRITERION=VARIANT]
      [--switch-on MARKER] chooses a variant or switches a marker on
  profilblik report FILES… [--json]
      what was read, and which lines were set aside
  profilblik mapping FILES… --out FILE.toml
      writes how the tables were read, to be corrected: register, and field of each column, no
      patients' data. --mapping FILE.toml uses it in every command that reads files
  profilblik quality FILES… [--date YYYY-MM-DD] [--json]
      are our data good enough: registers, months, codes and perhaps missing codes
  profilblik test PROFILES…
      runs the profiles' own test patients
  profilblik say PROFILES… [--date YYYY-MM-DD] [--table]
      says the profiles in words, with today's date or the one named; --table: as a table
  profilblik dosage [--json] TEXT…|-
      what a dosage text is read as; - stands for the lines of standard input
  profilblik demo [--patients N] [--seed S] [--date YYYY-MM-DD] --out FOLDER|FILE.zip
      writes an export of invented patients
  profilblik normalise FILES… --out FOLDER [--export NAME]
      writes the export as typed tables (CSV) for an SQL engine
  profilblik sql [PROFILE --date YYYY-MM-DD] --dialect duckdb|spark
      writes the profile as SQL for these tables; without a profile only the empty tables
  profilblik pack [FOLDER]
      packs the built page into one file (called by Trunk)

FILES are files, folders and ZIP files. --profile is the name of a built-in profile or the path of a
.toml file, and may be repeated. Without --date the export's own date is used. --lang en: English.
Without --json, tables hold CPR numbers and names: do not send them where they must not be.

Exit status: 0 everything was read, 1 something was refused (or a test failed), 2 wrong use.
";

/// The help text.
pub fn help(language: Language) -> String {
    match language {
        Language::Danish => HELP_DA.into(),
        Language::English => HELP_EN.into(),
    }
}

/// After a wrong use.
pub fn see_help(language: Language) -> String {
    say(language, "Se »profilblik --help«.", "See `profilblik --help`.")
}

/// One of two texts.
pub fn say(language: Language, da: &str, en: &str) -> String {
    Said::new(da, en).of(language).to_owned()
}

/// Text for a terminal: a control character in a name or a cell must not move the cursor or hide
/// what was written.
pub fn plain(text: &str) -> String {
    let harmless = |c: char| !c.is_control() || c == '\n';
    text.chars().map(|c| if harmless(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(super::plain("a\u{1b}[2Jb\rc\u{9b}d\nÆ"), "a\u{fffd}[2Jb\u{fffd}c\u{fffd}d\nÆ");
    }
}
