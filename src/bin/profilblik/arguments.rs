//! What was asked: the command and its options.

#[path = "arguments/options.rs"]
mod options;
#[path = "arguments/values.rs"]
mod values;

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::*;
use profilblik::day::Day;
use profilblik::note::Language;
use profilblik::sql::Dialect;

use crate::chosen::Chosen;
use crate::outcome::Misuse;
use values::{day, dialect, missing, number};

/// Everything that was written after `profilblik`.
#[derive(Debug)]
pub struct Call {
    /// The command.
    pub command: Command,
    /// Language of texts.
    pub language: Language,
}

/// One command.
#[derive(Debug)]
pub enum Command {
    /// `evaluate`.
    Evaluate(Question),
    /// `why`, and the CPR number as written.
    Why(Question, String),
    /// `say`.
    Say(Saying),
    /// `test`, and the profiles as written.
    Test(Vec<String>),
    /// `demo`.
    Demo(DemoWanted),
    /// `report`.
    Report {
        /// Files and folders.
        files: Vec<PathBuf>,
        /// Mapping files.
        mappings: Vec<PathBuf>,
        /// For machines.
        json: bool,
    },
    /// `mapping`.
    Mapping {
        /// Files and folders.
        files: Vec<PathBuf>,
        /// Mapping files that are there already.
        mappings: Vec<PathBuf>,
        /// The file to be written.
        out: PathBuf,
    },
    /// `quality`; no profiles are named.
    Quality(Question),
    /// `dosage`.
    Dosage {
        /// Texts as written; `-` = lines of standard input.
        texts: Vec<String>,
        /// For machines.
        json: bool,
    },
    /// `normalise`.
    Normalise(TablesWanted),
    /// `sql`.
    Sql(SqlWanted),
    /// `pack`, and the folder if one was named.
    Pack(Option<PathBuf>),
    /// `--help`.
    Help,
    /// `--version`.
    Version,
}

/// Profiles put to files.
#[derive(Debug, Default)]
pub struct Question {
    /// Files and folders.
    pub files: Vec<PathBuf>,
    /// Mapping files.
    pub mappings: Vec<PathBuf>,
    /// Profiles as written, at least one.
    pub profiles: Vec<String>,
    /// Index date; `None` = the default of the files (R1).
    pub date: Option<Day>,
    /// For machines.
    pub json: bool,
    /// How many fall at each criterion, too.
    pub attrition: bool,
    /// The tables of medicines, too.
    pub products: bool,
    /// What each member's columns show, too (for machines).
    pub columns: bool,
    /// Factors, variants and markers that are not the own ones.
    pub chosen: Chosen,
}

/// Profiles to be said in words.
#[derive(Debug)]
pub struct Saying {
    /// Profiles as written, at least one.
    pub profiles: Vec<String>,
    /// Index date; `None` = today.
    pub date: Option<Day>,
    /// As the concept's table.
    pub table: bool,
}

/// An invented export.
#[derive(Debug)]
pub struct DemoWanted {
    /// How many patients.
    pub patients: u32,
    /// Seed of the numbers.
    pub seed: u64,
    /// Day of the export.
    pub date: Day,
    /// Folder, or a file that ends with `.zip`.
    pub out: PathBuf,
}

/// Typed tables of an export.
#[derive(Debug)]
pub struct TablesWanted {
    /// Files and folders.
    pub files: Vec<PathBuf>,
    /// Mapping files.
    pub mappings: Vec<PathBuf>,
    /// What the export is called in the tables.
    pub export: String,
    /// Folder for the tables.
    pub out: PathBuf,
    /// Factors that are not the own ones.
    pub chosen: Chosen,
}

/// A profile as SQL.
#[derive(Debug)]
pub struct SqlWanted {
    /// Profile as written; `None` = only the empty tables.
    pub profile: Option<String>,
    /// Index date; only with a profile, and then it must be given.
    pub date: Option<Day>,
    /// For which engine.
    pub dialect: Dialect,
}

/// The language, found before anything else so that complaints are in it, too.
pub fn language(arguments: &[OsString]) -> Language {
    let texts: Vec<_> = arguments.iter().map(|a| a.to_string_lossy()).collect();
    let english = texts.iter().any(|a| a == "--lang=en")
        || texts
            .windows(2)
            .any(|pair| matches!(pair, [flag, value] if flag == "--lang" && value == "en"));
    if english { Language::English } else { Language::Danish }
}

#[derive(Default)]
struct Written {
    words: Vec<OsString>,
    profiles: Vec<String>,
    mappings: Vec<PathBuf>,
    date: Option<Day>,
    cpr: Option<String>,
    patients: Option<u32>,
    seed: Option<u64>,
    out: Option<PathBuf>,
    export: Option<String>,
    dialect: Option<Dialect>,
    json: bool,
    attrition: bool,
    products: bool,
    columns: bool,
    table: bool,
    chosen: Chosen,
    options: Vec<&'static str>,
}

/// Reads the arguments.
pub fn read(arguments: Vec<OsString>) -> Result<Call, Misuse> {
    let language = language(&arguments);
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut written = Written::default();
    while let Some(argument) = parser.next().map_err(wrong)? {
        match argument {
            Short('h') | Long("help") => return Ok(Call { command: Command::Help, language }),
            Short('V') | Long("version") => {
                return Ok(Call { command: Command::Version, language });
            }
            Value(word) => written.words.push(word),
            Long(option) => {
                let option = option.to_owned();
                written.option(&option, &mut parser)?;
            }
            other @ Short(_) => return Err(wrong(other.unexpected())),
        }
    }
    Ok(Call { command: written.command()?, language })
}

fn wrong(error: lexopt::Error) -> Misuse {
    Misuse::new(format!("forkerte argumenter: {error}"), format!("wrong arguments: {error}"))
}

impl Written {
    fn option(&mut self, option: &str, parser: &mut lexopt::Parser) -> Result<(), Misuse> {
        let known = options::ALL.iter().find(|known| **known == option).copied();
        let Some(name) = known else {
            return Err(Misuse::new(
                format!("ukendt tilvalg `--{option}`"),
                format!("unknown option `--{option}`"),
            ));
        };
        self.options.push(name);
        match name {
            "json" => self.json = true,
            "attrition" => self.attrition = true,
            "products" => self.products = true,
            "columns" => self.columns = true,
            "table" => self.table = true,
            _ => return self.with_value(name, parser),
        }
        Ok(())
    }

    fn with_value(
        &mut self,
        name: &'static str,
        parser: &mut lexopt::Parser,
    ) -> Result<(), Misuse> {
        let value = parser.value().and_then(|v| v.string()).map_err(wrong)?;
        self.value(name, value)
    }

    fn value(&mut self, name: &str, value: String) -> Result<(), Misuse> {
        match name {
            "profile" => self.profiles.push(value),
            "mapping" => self.mappings.push(value.into()),
            "date" => self.date = Some(day(&value)?),
            "cpr" => self.cpr = Some(value),
            "patients" => self.patients = Some(number(name, &value)?),
            "seed" => self.seed = Some(number(name, &value)?),
            "out" => self.out = Some(value.into()),
            "export" => self.export = Some(value),
            "factors" => self.chosen.factors = Some(value.into()),
            "factor-set" => self.chosen.set = Some(value),
            "choose" => self.chosen.choose.push(value),
            "switch-on" => self.chosen.switch_on.push(value),
            "dialect" => self.dialect = Some(dialect(&value)?),
            _ if value == "da" || value == "en" => {}
            _ => {
                return Err(Misuse::new("`--lang` er `da` eller `en`", "`--lang` is `da` or `en`"));
            }
        }
        Ok(())
    }

    fn command(mut self) -> Result<Command, Misuse> {
        if self.words.is_empty() {
            return Err(Misuse::new("ingen kommando", "no command"));
        }
        let name = self.words.remove(0).to_string_lossy().into_owned();
        let allowed = options::of(&name).ok_or_else(|| {
            Misuse::new(format!("ukendt kommando `{name}`"), format!("unknown command `{name}`"))
        })?;
        if let Some(option) = self.options.iter().find(|option| !allowed.contains(option)) {
            return Err(Misuse::new(
                format!("`{name}` har ikke tilvalget `--{option}`"),
                format!("`{name}` has no option `--{option}`"),
            ));
        }
        self.named(&name)
    }

    fn named(self, name: &str) -> Result<Command, Misuse> {
        match name {
            "evaluate" => Ok(Command::Evaluate(self.question()?)),
            "why" => {
                let cpr = self.cpr.clone();
                let cpr = cpr.ok_or_else(|| missing("--cpr"))?;
                Ok(Command::Why(self.question()?, cpr))
            }
            "say" => {
                let (date, table) = (self.date, self.table);
                Ok(Command::Say(Saying { profiles: self.profile_words()?, date, table }))
            }
            "test" => Ok(Command::Test(self.profile_words()?)),
            "demo" => self.demo(),
            "dosage" => self.dosage(),
            "quality" => self.quality(),
            "normalise" => self.tables(),
            "sql" => self.sql(),
            "pack" => Ok(Command::Pack(self.words.into_iter().next().map(PathBuf::from))),
            "mapping" => self.mapping(),
            _ => {
                let (json, mappings) = (self.json, self.mappings.clone());
                Ok(Command::Report { json, mappings, files: self.files()? })
            }
        }
    }

    fn quality(mut self) -> Result<Command, Misuse> {
        let (date, json) = (self.date, self.json);
        let mappings = std::mem::take(&mut self.mappings);
        let files = self.files()?;
        Ok(Command::Quality(Question { files, mappings, date, json, ..Question::default() }))
    }

    fn mapping(mut self) -> Result<Command, Misuse> {
        let out = self.out.take().ok_or_else(|| missing("--out"))?;
        let mappings = std::mem::take(&mut self.mappings);
        Ok(Command::Mapping { out, mappings, files: self.files()? })
    }

    fn files(self) -> Result<Vec<PathBuf>, Misuse> {
        if self.words.is_empty() {
            return Err(Misuse::new("ingen filer angivet", "no files given"));
        }
        Ok(self.words.into_iter().map(PathBuf::from).collect())
    }

    fn question(mut self) -> Result<Question, Misuse> {
        let profiles = std::mem::take(&mut self.profiles);
        let mappings = std::mem::take(&mut self.mappings);
        if profiles.is_empty() {
            return Err(missing("--profile"));
        }
        let (date, json) = (self.date, self.json);
        let (attrition, products, columns) = (self.attrition, self.products, self.columns);
        let chosen = std::mem::take(&mut self.chosen);
        let files = self.files()?;
        Ok(Question { profiles, mappings, date, json, attrition, products, columns, chosen, files })
    }

    fn profile_words(self) -> Result<Vec<String>, Misuse> {
        if self.words.is_empty() {
            return Err(Misuse::new("ingen profiler angivet", "no profiles given"));
        }
        Ok(self.words.iter().map(|w| w.to_string_lossy().into_owned()).collect())
    }

    fn dosage(self) -> Result<Command, Misuse> {
        if self.words.is_empty() {
            return Err(Misuse::new("ingen tekster angivet", "no texts given"));
        }
        let texts = self.words.iter().map(|w| w.to_string_lossy().into_owned()).collect();
        Ok(Command::Dosage { texts, json: self.json })
    }

    fn tables(mut self) -> Result<Command, Misuse> {
        let out = self.out.take().ok_or_else(|| missing("--out"))?;
        let export = self.export.take().unwrap_or_else(|| "1".into());
        if export.is_empty() {
            return Err(missing("--export"));
        }
        let chosen = std::mem::take(&mut self.chosen);
        let mappings = std::mem::take(&mut self.mappings);
        let files = self.files()?;
        Ok(Command::Normalise(TablesWanted { out, mappings, export, chosen, files }))
    }

    fn sql(self) -> Result<Command, Misuse> {
        let dialect = self.dialect.ok_or_else(|| missing("--dialect"))?;
        if let Some(word) = self.words.get(1) {
            let word = word.to_string_lossy();
            return Err(Misuse::new(format!("uventet `{word}`"), format!("unexpected `{word}`")));
        }
        let profile = self.words.first().map(|word| word.to_string_lossy().into_owned());
        if profile.is_some() && self.date.is_none() {
            return Err(missing("--date"));
        }
        Ok(Command::Sql(SqlWanted { profile, date: self.date, dialect }))
    }

    fn demo(self) -> Result<Command, Misuse> {
        if let Some(word) = self.words.first() {
            let word = word.to_string_lossy();
            return Err(Misuse::new(format!("uventet `{word}`"), format!("unexpected `{word}`")));
        }
        Ok(Command::Demo(DemoWanted {
            patients: self.patients.unwrap_or(profilblik::demo::PATIENTS),
            seed: self.seed.unwrap_or(profilblik::demo::SEED),
            date: self.date.unwrap_or(profilblik::demo::INDEX_DAY),
            out: self.out.ok_or_else(|| missing("--out"))?,
        }))
    }
}

#[cfg(test)]
mod tests;
