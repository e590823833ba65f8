//! Every fixed word of the page, in both languages. What depends on data comes from
//! [`crate::view`] as text.
//!
//! Wording limits: state what is registered and read; no verdict about a patient, no advice.

// With their paths, since `tests/page.rs` reads this file by its own.
#[path = "text/danish.rs"]
mod danish;
#[path = "text/english.rs"]
mod english;

use crate::note::Language;
use danish::DANISH;
use english::ENGLISH;

/// One field per text; a missing translation does not compile.
#[allow(missing_docs, reason = "the Danish text says what each is")]
#[derive(Debug)]
pub struct Words {
    // header and strip
    pub rooms: &'static str,
    pub import: &'static str,
    pub overview: &'static str,
    pub help: &'static str,
    pub forget: &'static str,
    pub forget_question: &'static str,
    pub forget_yes: &'static str,
    pub forget_no: &'static str,
    pub forgotten: &'static str,
    pub other_language: &'static str,
    pub to_dark: &'static str,
    pub to_light: &'static str,
    pub strip: &'static str,
    pub file: &'static str,
    pub no_file: &'static str,
    pub index_date: &'static str,
    pub follows_file: &'static str,
    pub change: &'static str,
    pub newest_date: &'static str,
    pub profile: &'static str,
    pub own_profile: &'static str,
    pub invented: &'static str,
    pub no_requests: &'static str,
    pub requests: &'static str,
    pub since_load: &'static str,
    pub nothing_stored: &'static str,
    // start
    pub start_title: &'static str,
    pub start_lead: &'static str,
    pub drop_here: &'static str,
    pub drop_more: &'static str,
    pub drop_release: &'static str,
    pub choose_files: &'static str,
    pub registers: [&'static str; 7],
    pub seven: &'static str,
    pub demo_lead: &'static str,
    pub demo_text: &'static str,
    pub demo_open: &'static str,
    pub purpose: &'static str,
    pub happens: &'static str,
    pub happens_memory: &'static str,
    pub happens_nothing: &'static str,
    pub happens_forget: &'static str,
    pub export_how: &'static str,
    pub export_1: &'static str,
    pub export_2: &'static str,
    pub export_3: &'static str,
    pub one_file: &'static str,
    pub one_file_text: &'static str,
    pub own_title: &'static str,
    pub own_text: &'static str,
    // reading
    pub reading: &'static str,
    pub reading_lead: &'static str,
    pub reading_started: &'static str,
    pub stop: &'static str,
    pub stopped: &'static str,
    pub broken: &'static str,
    pub broken_title: &'static str,
    pub try_again: &'static str,
    // import
    pub import_title: &'static str,
    pub import_lead: &'static str,
    pub still_reading: &'static str,
    pub add_files: &'static str,
    pub see_overview: &'static str,
    pub account: &'static str,
    pub lines_in: &'static str,
    pub files: &'static str,
    pub header_lines: &'static str,
    pub blank_lines: &'static str,
    pub continuation_lines: &'static str,
    pub used_lines: &'static str,
    pub set_aside_lines: &'static str,
    pub balanced: &'static str,
    pub not_balanced: &'static str,
    pub register: &'static str,
    pub read_as: &'static str,
    pub lines: &'static str,
    pub header_short: &'static str,
    pub blank_short: &'static str,
    pub continuation_short: &'static str,
    pub used_short: &'static str,
    pub set_aside_short: &'static str,
    pub content: &'static str,
    pub columns: &'static str,
    pub total: &'static str,
    pub set_aside: &'static str,
    pub nothing_set_aside: &'static str,
    pub show_lines: &'static str,
    pub line: &'static str,
    pub first_lines: &'static str,
    pub remarks: &'static str,
    pub refused: &'static str,
    pub column_map: &'static str,
    pub heading: &'static str,
    pub read_as_field: &'static str,
    pub not_used: &'static str,
    pub no_table: &'static str,
    // overview
    pub version: &'static str,
    pub on_list: &'static str,
    pub per_thousand: &'static str,
    pub red: &'static str,
    pub yellow: &'static str,
    pub blue: &'static str,
    pub unknown: &'static str,
    pub undecided: &'static str,
    pub next_review: &'static str,
    pub passed: &'static str,
    pub levels_foot: &'static str,
    pub read_heading: &'static str,
    pub see_import: &'static str,
    pub profile_errors: &'static str,
    // profile
    pub list: &'static str,
    pub about: &'static str,
    pub copy_cpr: &'static str,
    pub copied: &'static str,
    pub copy_failed: &'static str,
    pub print_list: &'static str,
    pub print_question: &'static str,
    pub print_yes: &'static str,
    pub print_elsewhere: &'static str,
    pub search: &'static str,
    pub clear: &'static str,
    pub more_columns: &'static str,
    pub of: &'static str,
    pub shown: &'static str,
    pub no_members: &'static str,
    pub no_undecided: &'static str,
    pub no_match: &'static str,
    pub loading_row: &'static str,
    pub pending: &'static str,
    pub grid: &'static str,
    pub back: &'static str,
    pub assumed: &'static str,
    pub sorted_by: &'static str,
    pub descending: &'static str,
    pub ascending: &'static str,
    pub default_order: &'static str,
    // a profile
    pub fingerprint: &'static str,
    pub notes: &'static str,
    // panel
    pub patient: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub close: &'static str,
    pub markers: &'static str,
    pub markers_lead: &'static str,
    pub profile_columns: &'static str,
    pub more_rows: &'static str,
    pub exclusion: &'static str,
    pub fulfilled: &'static str,
    pub not_fulfilled: &'static str,
    pub cannot_decide: &'static str,
    pub perhaps: &'static str,
    // print
    pub page_index_date: &'static str,
    pub counting_rule: &'static str,
    // help
    pub help_title: &'static str,
    pub keys: [(&'static str, &'static str); 16],
    pub single_keys: &'static str,
}

impl Words {
    /// The words of a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Danish => &DANISH,
            Language::English => &ENGLISH,
        }
    }
}

/// A count with the language's thousands separator.
#[must_use]
pub fn count(number: u64, language: Language) -> String {
    let digits = number.to_string();
    let separator = if language == Language::Danish { '.' } else { ',' };
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words that would make a list a device's verdict, or promise more than is so.
    const NEVER: [&str; 14] = [
        "alarm",
        "analys",
        "beregn",
        "diagnosticer",
        "fortolk",
        "generer",
        "kontroller",
        "konverter",
        "monitorer",
        "måler",
        "høj risiko",
        "bør ",
        "anbefal",
        "anonym",
    ];

    #[test]
    fn no_text_uses_a_word_of_a_device() {
        let all = format!("{DANISH:?}").to_lowercase();
        for word in NEVER {
            assert!(!all.contains(word), "{word}");
        }
    }

    #[test]
    fn thousands_are_separated_in_the_language() {
        assert_eq!(count(168_646, Language::Danish), "168.646");
        assert_eq!(count(1_000_000, Language::English), "1,000,000");
        assert_eq!(count(999, Language::Danish), "999");
    }
}
