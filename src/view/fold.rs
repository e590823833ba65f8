//! Danish order and case-folded search.

/// Lower case, with æ, ø, å (and aa) after z, so that plain comparison is Danish order.
#[must_use]
pub fn sort_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut letters = text.chars().flat_map(char::to_lowercase).peekable();
    while let Some(letter) = letters.next() {
        match letter {
            'æ' | 'ä' => key.push('{'),
            'ø' | 'ö' => key.push('|'),
            'å' => key.push('}'),
            'a' if letters.peek() == Some(&'a') => {
                letters.next();
                key.push('}');
            }
            'é' | 'è' | 'ê' => key.push('e'),
            'ü' => key.push('y'),
            other => key.push(other),
        }
    }
    key
}

/// Lower case and single spaces: both the text searched and what is searched for.
#[must_use]
pub fn search_key(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// What was typed, made ready: every word must occur somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    words: Vec<String>,
    cpr: String,
}

impl Search {
    /// `None` when nothing is searched for.
    #[must_use]
    pub fn new(typed: &str) -> Option<Self> {
        let folded = search_key(typed);
        if folded.is_empty() {
            return None;
        }
        let words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
        Some(Self { words, cpr: cpr_part(&folded) })
    }

    /// Is the typed text part of this CPR number, with or without hyphen?
    #[must_use]
    pub fn is_in_cpr(&self, cpr: &str) -> bool {
        !self.cpr.is_empty() && cpr.to_lowercase().contains(&self.cpr)
    }

    /// Does every word occur in this text (a [`search_key`])?
    #[must_use]
    pub fn is_in(&self, folded: &str) -> bool {
        self.words.iter().all(|word| folded.contains(word.as_str()))
    }
}

// `010150-12`, `010150 12` and `01015012` are the same beginning; a lone digit or letter is none.
fn cpr_part(folded: &str) -> String {
    let kept: String = folded.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let numeric = kept.chars().filter(char::is_ascii_digit).count();
    if kept.len() <= 10 && numeric >= 2 && kept.is_ascii() { kept } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_letters_come_last() {
        let mut names = ["Åse", "Zita", "Ødegaard", "Aage", "Ærø", "anna", "Alma"];
        names.sort_by_key(|n| sort_key(n));
        assert_eq!(names, ["Alma", "anna", "Zita", "Ærø", "Ødegaard", "Aage", "Åse"]);
    }

    #[test]
    fn search_finds_cpr_with_and_without_hyphen() {
        for typed in ["020160-9996", "0201609996", "020160 9996", "0201", "9996"] {
            assert!(Search::new(typed).unwrap().is_in_cpr("0201609996"), "{typed}");
        }
        assert!(!Search::new("0201619996").unwrap().is_in_cpr("0201609996"));
        assert!(Search::new("1VJ4").unwrap().is_in_cpr("0703921VJ4"));
        assert!(!Search::new("hansen").unwrap().is_in_cpr("0201609996"));
    }

    #[test]
    fn every_word_must_occur_and_case_does_not_matter() {
        let hay = search_key("Bodil  Æbelø Q90 Demens");
        assert!(Search::new("q90 ÆBELØ").unwrap().is_in(&hay));
        assert!(!Search::new("bodil p71").unwrap().is_in(&hay));
        assert_eq!(Search::new("  "), None);
    }
}
