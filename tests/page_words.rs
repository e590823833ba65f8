//! No text of the page stands outside the text modules, and every text is there in both languages.
//! That one is missing in a language does not compile; these tests find what would compile.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};

/// A string literal with what stands before and after it on the way to other code.
struct Literal {
    line: usize,
    before: String,
    text: String,
    after: String,
}

/// Every string literal of a source, comments and the file's own tests left out.
fn literals(source: &str) -> Vec<Literal> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut code = String::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let (taken, text) = next(rest, first);
        rest = &rest[taken..];
        match text {
            Some(text) => {
                let line = source[..source.len() - rest.len()].lines().count();
                let before = code.trim_end().chars().rev().take(60).collect::<Vec<_>>();
                let before = before.into_iter().rev().collect();
                let after = rest.trim_start().chars().take(8).collect();
                found.push(Literal { line, before, text, after });
                code.push('"');
            }
            None if first != '/' || taken == 1 => code.push(first),
            None => {}
        }
    }
    found
}

/// How many bytes belong together here, and the text if they are a string literal.
fn next(rest: &str, first: char) -> (usize, Option<String>) {
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), None);
    }
    // A quote as a character is no beginning of a text.
    if rest.starts_with("'\"'") {
        return (3, None);
    }
    if first != '"' {
        return (first.len_utf8(), None);
    }
    let mut escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    let end = end.map_or(rest.len() - 1, |(at, _)| at);
    (end + 1, Some(rest[1..end].to_owned()))
}

fn sources(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join(folder)];
    let mut found: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => folders.push(path),
                false => found.push(path),
            }
        }
    }
    found.sort();
    let named = |path: PathBuf| {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        (name, fs::read_to_string(path).expect("a source"))
    };
    found
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .map(named)
        .collect()
}

/// Fixed words stand in these.
fn holds_texts(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with("text") || part == "words.rs")
}

// --- nothing is hard-coded ------------------------------------------------------------------------

/// Attributes that a person sees or hears.
const SHOWN: [&str; 7] = [
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
    "alt",
    "placeholder",
    "title",
];
/// The name of the page is the same in every language.
const NAME: &str = "Profilblik";

fn without_holes(text: &str) -> String {
    let outside =
        |part: &str| part.split_once('}').map_or(part.to_owned(), |(_, after)| after.to_owned());
    let mut parts = text.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + "{}" + &outside(part))
}

/// Two letters, one of them a vowel: no unit and no part of a drawing's path.
fn has_word(text: &str) -> bool {
    let is_word = |word: &str| word.chars().count() > 1 && word.to_lowercase().contains(VOWELS);
    text.split(|c: char| !c.is_alphabetic()).any(is_word)
}

const VOWELS: [char; 9] = ['a', 'e', 'i', 'o', 'u', 'y', 'æ', 'ø', 'å'];

/// A child of an element in `view!`: what a person reads.
fn is_child(literal: &Literal) -> bool {
    let Literal { before, after, .. } = literal;
    let arrow = ["=>", "->"].iter().any(|arrow| before.ends_with(arrow));
    let behind = before.ends_with(['>', '}', '"']) && !arrow;
    behind && !after.starts_with("=>") && !after.starts_with('|') && !before.ends_with("<kbd>")
}

fn is_shown_attribute(literal: &Literal) -> bool {
    let name = |attribute: &&str| literal.before.ends_with(&format!(" {attribute}="));
    SHOWN.iter().any(name)
}

/// A sentence or a part of one, wherever it stands.
fn is_prose(text: &str) -> bool {
    let outside = without_holes(text);
    let spaced = outside.trim().contains(' ');
    let begins = text.chars().next().is_some_and(char::is_uppercase);
    let danish = text.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    has_word(&outside) && (danish || spaced && (begins || outside.contains("{}")))
}

fn fault(literal: &Literal) -> Option<&'static str> {
    if literal.text == NAME || !has_word(&without_holes(&literal.text)) {
        return None;
    }
    match () {
        () if is_child(literal) => Some("is shown"),
        () if is_shown_attribute(literal) => Some("is a shown attribute"),
        () if is_prose(&literal.text) => Some("reads as text"),
        () => None,
    }
}

fn faults(source: &str) -> Vec<String> {
    let literals = literals(source);
    let said = |literal: &Literal| {
        fault(literal).map(|why| format!("line {}: »{}« {why}", literal.line, literal.text))
    };
    literals.iter().filter_map(said).collect()
}

#[test]
fn no_text_stands_outside_the_text_modules() {
    let mut found = Vec::new();
    for (path, source) in sources("src/web") {
        if !holds_texts(&path) {
            found.extend(faults(&source).into_iter().map(|fault| format!("{path} {fault}")));
        }
    }
    assert!(found.is_empty(), "these belong in a text module:\n{}", found.join("\n"));
}

#[test]
fn hard_coded_texts_are_noticed() {
    for source in [
        r#"view! { <p>"Ingen filer"</p> }"#,
        r#"view! { <p>{name}" patienter"</p> }"#,
        r#"view! { <b>{x}</b>" "<span>"fil"</span> }"#,
        r#"view! { <button aria-label="luk">{x}</button> }"#,
        r#"let text = "Filen er læst";"#,
        r#"let text = "læst";"#,
        r#"format!("{number} patients")"#,
    ] {
        assert_eq!(faults(source).len(), 1, "{source}");
    }
    for source in [
        r#"view! { <p class="btn s p" id="add">{text}" "{more}": "</p> }"#,
        r#"view! { <kbd>"Esc"</kbd><div>"Profilblik"</div> }"#,
        r#"match key { "ArrowDown" | "Enter" => "c-r", _ => format!("{}px", 3) } // Ingen filer"#,
        r#"let quote = '"'; let path = "M8.7 5A3.7 3.7 0 1 1";"#,
    ] {
        assert_eq!(faults(source), Vec::<String>::new(), "{source}");
    }
}

// --- both languages -------------------------------------------------------------------------------

/// Functions of a source, each with its line.
fn functions(source: &str) -> Vec<(usize, String)> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = vec![(1, String::new())];
    for (at, line) in source.lines().enumerate() {
        let word = line.trim_start();
        if ["fn ", "pub fn ", "pub(crate) fn ", "const fn "]
            .iter()
            .any(|begins| word.starts_with(begins))
        {
            found.push((at + 1, String::new()));
        }
        let (_, function) = found.last_mut().unwrap();
        function.push_str(line);
        function.push('\n');
    }
    found
}

/// How names of cases begin: read, not shown.
const CASE_NAME: &str = "»Tillæg A «";

/// A text with no choice of language near it is one that the other language gets, too.
fn without_choice(source: &str) -> Vec<String> {
    let chooses =
        |function: &str| ["pick(", "Language::"].iter().any(|choice| function.contains(choice));
    let mut found = Vec::new();
    for (line, function) in functions(source) {
        let texts = literals(&function).into_iter().filter(|literal| is_prose(&literal.text));
        if !chooses(&function) {
            found
                .extend(texts.map(|literal| {
                    format!("line {}: »{}«", line + literal.line - 1, literal.text)
                }));
        }
    }
    found
}

#[test]
fn every_text_of_a_view_is_chosen_by_language() {
    let mut found = Vec::new();
    for folder in ["src/view", "src/session"] {
        for (path, source) in sources(folder).into_iter().filter(|(path, _)| !holds_texts(path)) {
            found.extend(without_choice(&source).into_iter().map(|text| format!("{path} {text}")));
        }
    }
    found.retain(|text| !text.contains(CASE_NAME));
    assert!(found.is_empty(), "in one language only:\n{}", found.join("\n"));
}

/// Texts of the page by language: a file of its own each, or two tables in one file.
fn tables_of_texts() -> Vec<(String, Vec<Literal>, Vec<Literal>)> {
    let mut found = Vec::new();
    let all = sources("src/web");
    for (path, source) in &all {
        let english = match path.strip_suffix("/danish.rs") {
            Some(folder) => {
                let other = format!("{folder}/english.rs");
                all.iter().find(|(path, _)| *path == other).map(|(_, source)| source.as_str())
            }
            None if !source.contains("static DANISH") => None,
            None => source.split_once("static ENGLISH").map(|(_, after)| after),
        };
        let danish = source.split_once("static DANISH").map_or(source.as_str(), |(_, after)| after);
        let danish = danish.split("static ENGLISH").next().unwrap_or_default();
        if let Some(english) = english {
            found.push((path.clone(), literals(danish), literals(english)));
        }
    }
    found
}

/// Words and keys that are the same in both languages.
const SAME: [&str; 8] =
    ["Patient", "Stop", "Version", "Flag", "OMEQ", "Home End PgUp PgDn", "Enter", "Esc"];

fn in_quotes(text: &str, c: char) -> bool {
    text.split('»').skip(1).any(|part| part.split('«').next().unwrap_or_default().contains(c))
}

/// Empty, the same twice, or Danish letters outside a Danish quotation.
fn is_untranslated(danish: &str, english: &str) -> bool {
    let same = danish == english && has_word(danish) && !SAME.contains(&danish);
    let left = "æøåÆØÅ".chars().any(|c| english.contains(c) && !in_quotes(english, c));
    danish.trim().is_empty() || english.trim().is_empty() || same || left
}

#[test]
fn every_text_is_there_in_both_languages() {
    let tables = tables_of_texts();
    assert!(tables.len() >= 3, "tables of texts: {}", tables.len());
    let mut found = Vec::new();
    for (path, danish, english) in &tables {
        assert!(!danish.is_empty());
        assert_eq!(danish.len(), english.len(), "{path}: as many texts in both languages");
        let pairs = danish.iter().zip(english);
        let untranslated = pairs.filter(|(da, en)| is_untranslated(&da.text, &en.text));
        found.extend(
            untranslated.map(|(da, en)| {
                format!("{path} line {}: »{}« and »{}«", da.line, da.text, en.text)
            }),
        );
    }
    assert!(found.is_empty(), "not translated:\n{}", found.join("\n"));
}

#[test]
fn texts_in_one_language_are_noticed() {
    assert!(is_untranslated("Luk", "Luk"));
    assert!(is_untranslated("Luk", " "));
    assert!(is_untranslated("Sat til side", "Sat til side på"));
    assert!(!is_untranslated("Luk", "Close"));
    assert!(!is_untranslated("mærket »uden kilde på«", "marked »uden kilde på«"));
    let one = "fn a() -> String {\n    format!(\"{n} rækker i filen\")\n}";
    assert_eq!(without_choice(one).len(), 1);
    let two = "fn a(l: Language) -> &str {\n    pick(l, \"I alt 2\", \"In all 2\")\n}";
    assert!(without_choice(two).is_empty());
}
