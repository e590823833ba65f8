//! Code sets that profiles share: the files of `profiles/codesets`, one set each, built in.
//!
//! A file has `format` and one `[kodesaet.NAVN]`, named like the file, in the grammar that a set
//! has inside a profile: the block can be copied into a profile that wants it changed. Shared sets
//! must also say their version, their sources and a Danish title for each code.

use crate::code::System;
use crate::note::{Note, Said};

use super::code_set::{self, CodeSet};
use super::report::Report;
use super::section::Section;
use super::{document, header};

/// Name and text of each shared set. A test holds the list against the folder.
const FILES: &[(&str, &str)] = &[
    ("ace_at2", include_str!("../../profiles/codesets/ace_at2.toml")),
    ("blodtryk_diastolisk", include_str!("../../profiles/codesets/blodtryk_diastolisk.toml")),
    ("blodtryk_systolisk", include_str!("../../profiles/codesets/blodtryk_systolisk.toml")),
    ("bzd_z", include_str!("../../profiles/codesets/bzd_z.toml")),
    ("diuretika", include_str!("../../profiles/codesets/diuretika.toml")),
    ("egfr", include_str!("../../profiles/codesets/egfr.toml")),
    ("fremmoede", include_str!("../../profiles/codesets/fremmoede.toml")),
    ("gabapentinoider", include_str!("../../profiles/codesets/gabapentinoider.toml")),
    ("hba1c", include_str!("../../profiles/codesets/hba1c.toml")),
    ("kraeft", include_str!("../../profiles/codesets/kraeft.toml")),
    ("ldl", include_str!("../../profiles/codesets/ldl.toml")),
    (
        "misbrug_angst_depression",
        include_str!("../../profiles/codesets/misbrug_angst_depression.toml"),
    ),
    ("nsaid", include_str!("../../profiles/codesets/nsaid.toml")),
    ("osteoporosemidler", include_str!("../../profiles/codesets/osteoporosemidler.toml")),
    ("uacr", include_str!("../../profiles/codesets/uacr.toml")),
];

/// A code set that several profiles use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedSet {
    /// The name that `kodesaet` gives.
    pub name: String,
    /// Version of the set.
    pub version: String,
    /// What it holds, in Danish.
    pub text: String,
    /// Where its codes come from.
    pub sources: Vec<String>,
    /// What is uncertain about it; empty = nothing said.
    pub caveat: String,
    /// The code system.
    pub system: Option<System>,
    /// The codes, as written.
    pub codes: Vec<String>,
    /// Codes that are left out; they win.
    pub except: Vec<String>,
    /// Code → Danish title.
    pub titles: Vec<(String, String)>,
}

/// Every shared set, by name.
#[must_use]
pub fn all() -> Vec<SharedSet> {
    names().filter_map(find).collect()
}

/// Names of the shared sets.
pub fn names() -> impl Iterator<Item = &'static str> + Clone {
    FILES.iter().map(|(name, _)| *name)
}

/// The set of this name, if there is one.
#[must_use]
pub fn find(name: &str) -> Option<SharedSet> {
    // The files are built in and a test holds that they are free of errors.
    read(name, text(name)?).ok()
}

/// The file of a set, as it stands.
pub(super) fn text(name: &str) -> Option<&'static str> {
    FILES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// Reads the file of a shared set.
///
/// # Errors
/// All notes, if there is an error among them.
pub fn read(name: &str, text: &str) -> Result<SharedSet, Vec<Note>> {
    let file = format!("{name}.toml");
    let mut report = Report::new(&file, text);
    let Some(table) = document::parse(&mut report, text) else { return Err(report.finish()) };
    let document = Section::document(&table).only(&mut report, &[&["format", "kodesaet"]]);
    header::format(&mut report, &document);
    let set = the_one(&mut report, &document, name);
    match set {
        Some(set) if !report.failed() => Ok(shared(name, set)),
        _ => Err(report.finish()),
    }
}

/// The only set of the file, complete.
fn the_one(report: &mut Report<'_>, document: &Section<'_, '_>, name: &str) -> Option<CodeSet> {
    if !document.has("kodesaet") {
        document.missing(report, "kodesaet");
    }
    let sets = document.table(report, "kodesaet")?;
    for (other, span, _) in sets.entries().iter().filter(|(other, ..)| *other != name) {
        let said = Said::new(
            format!("filen rummer kodesættet »{other}«, men hedder »{name}«"),
            format!("the file holds the code set `{other}`, but is called `{name}`"),
        );
        report.error("unknown-name", span, said);
    }
    if !sets.has(name) {
        return None;
    }
    let section = sets.table(report, name)?;
    for key in ["system", "koder", "tekst", "version", "kilde", "titler"] {
        if !section.has(key) {
            section.missing(report, key);
        }
    }
    let set = code_set::read(report, section.clone());
    each_code_has_a_title(report, &section, &set);
    Some(set)
}

/// Codes without a title, and titles without a code.
fn each_code_has_a_title(report: &mut Report<'_>, section: &Section<'_, '_>, set: &CodeSet) {
    let titled = |code: &str| set.about.titles.iter().any(|(with, _)| with == code);
    let codes = || set.codes.iter().chain(&set.except);
    for (code, span) in codes().filter(|(code, _)| !titled(code)) {
        let said = Said::new(format!("»{code}« har ingen titel"), format!("`{code}` has no title"));
        report.error("missing-key", span, said);
    }
    for (code, _) in set.about.titles.iter().filter(|(with, _)| !codes().any(|(c, _)| c == with)) {
        let said = Said::new(
            format!("titlen på »{code}« står uden koden"),
            format!("the title of `{code}` stands without the code"),
        );
        report.error("unknown-name", &section.key_span("titler"), said);
    }
}

fn shared(name: &str, set: CodeSet) -> SharedSet {
    let codes = |written: Vec<(String, _)>| written.into_iter().map(|(code, _)| code).collect();
    SharedSet {
        name: name.to_owned(),
        version: set.about.version,
        text: set.about.text,
        sources: set.about.sources,
        caveat: set.about.caveat,
        system: set.system,
        codes: codes(set.codes),
        except: codes(set.except),
        titles: set.about.titles,
    }
}
