//! Stage 3: profile text → the document as written, with a place for every key and value.

use toml::de::{DeTable, DeValue};
use toml_parser::lexer::TokenKind;

use crate::note::Said;

use super::report::{MOST_NOTES, Report, Span};

/// Longest profile, in bytes.
pub const MOST_BYTES: usize = 1 << 20;
/// Deepest nesting of tables and lists.
pub const MOST_DEPTH: usize = 32;
/// Bytes of a long text that are looked at first.
const BEGINNING: usize = 1 << 15;

/// Parses the text. Syntax errors end here, except for duplicate keys, which leave a document
/// that can be checked further.
pub(super) fn parse<'t>(report: &mut Report<'t>, text: &'t str) -> Option<DeTable<'t>> {
    if text.len() > MOST_BYTES {
        let said = Said::new("profilen fylder mere end 1 MiB", "the profile is larger than 1 MiB");
        let hint = Said::new(
            "en profil er få kilobyte; del den, eller er det en anden fil?",
            "a profile is a few kilobytes; divide it, or is it another file?",
        );
        report.error_with("too-large", &(0..0), said, hint);
        return None;
    }
    if let Some(span) = too_deep(text) {
        let said = Said::new(
            format!("mere end {MOST_DEPTH} niveauer i hinanden"),
            format!("nested deeper than {MOST_DEPTH} levels"),
        );
        let hint = Said::new(
            "profiler er flade; mangler der en »]« eller »}« længere oppe?",
            "profiles are flat; is a `]` or `}` missing further up?",
        );
        report.error_with("too-deep", &span, said, hint);
        return None;
    }
    let (table, errors) = DeTable::parse_recoverable(readable_part(text));
    let mut readable = true;
    for error in errors {
        if report.is_full() {
            break;
        }
        let span = error.span().unwrap_or(0..0);
        readable &= error.message().starts_with("duplicate key");
        complain(report, &span, text, error.message());
    }
    readable.then(|| table.into_inner())
}

/// The text, or only its beginning where that has more slips than are told: another file by the name
/// of a profile has hundreds of thousands, and each takes its time.
fn readable_part(text: &str) -> &str {
    let first = text.get(..text.floor_char_boundary(BEGINNING)).unwrap_or(text);
    let first = first.rsplit_once('\n').map_or(first, |(lines, _)| lines);
    let is_full = || DeTable::parse_recoverable(first).1.len() > MOST_NOTES;
    if text.len() > BEGINNING && is_full() { first } else { text }
}

fn complain(report: &mut Report<'_>, span: &Span, text: &str, message: &str) {
    if message.starts_with("duplicate key") {
        let key = text.get(span.clone()).unwrap_or("");
        let said = Said::new(
            format!("nøglen »{key}« står to gange"),
            format!("the key `{key}` stands twice"),
        );
        let hint = Said::new("behold den ene", "keep one of them");
        return report.error_with("duplicate-key", span, said, hint);
    }
    let said = Said::new(
        format!("teksten kan ikke læses som TOML: {}", danish(message)),
        format!("the text is not valid TOML: {message}"),
    );
    report.error("syntax", span, said);
}

/// The parser's own words, for the slips that people make; else as they are.
fn danish(message: &str) -> String {
    let known = [
        ("string values must be quoted", "tekst skal stå i anførselstegn"),
        ("missing assignment", "der mangler et lighedstegn"),
        ("missing comma", "der mangler et komma"),
        ("extra comma", "der er et komma for meget"),
        ("extra `=`", "der er et lighedstegn for meget"),
        ("unclosed array", "en liste mangler sin afslutning »]«"),
        ("unclosed inline table", "en tabel mangler sin afslutning »}«"),
        ("unclosed table", "en overskrift mangler sin afslutning »]«"),
        ("key with no value", "nøglen har ingen værdi"),
        ("missing value", "der mangler en værdi"),
        ("invalid basic string", "en tekst mangler sit sidste anførselstegn"),
        ("unexpected leading zero", "tallet begynder med nul; skriv koder i anførselstegn"),
        ("invalid unquoted key", "nøglen rummer tegn, der kræver anførselstegn"),
        ("cannot recurse further", "for mange niveauer i hinanden"),
    ];
    let found = known.iter().find(|(start, _)| message.starts_with(start));
    found.map_or_else(|| message.to_owned(), |(_, words)| (*words).to_owned())
}

/// Where the nesting becomes too deep: brackets, and dots of a key, which nest just as well.
/// Looked at before parsing, since the parser's own guard does not count dotted keys.
fn too_deep(text: &str) -> Option<Span> {
    let (mut brackets, mut dots) = (0usize, 0usize);
    for token in toml_parser::Source::new(text).lex() {
        match token.kind() {
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => {
                brackets += 1;
                dots = 0;
            }
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                brackets = brackets.saturating_sub(1);
                dots = 0;
            }
            TokenKind::Dot => dots += 1,
            TokenKind::Equals | TokenKind::Comma | TokenKind::Newline => dots = 0,
            _ => {}
        }
        if brackets.saturating_add(dots) > MOST_DEPTH {
            return Some(token.span().start()..token.span().end());
        }
    }
    None
}

/// What a value is, in words.
pub(super) fn kind_of(value: &DeValue<'_>) -> Said {
    match value {
        DeValue::String(_) => Said::new("tekst", "text"),
        DeValue::Integer(_) => Said::new("et helt tal", "an integer"),
        DeValue::Float(_) => Said::new("et decimaltal", "a float"),
        DeValue::Boolean(_) => Said::new("true/false", "a boolean"),
        DeValue::Datetime(_) => Said::new("en dato eller et klokkeslæt", "a date or time"),
        DeValue::Array(_) => Said::new("en liste", "a list"),
        DeValue::Table(_) => Said::new("en tabel", "a table"),
    }
}
