//! Characters that nobody sees, and those that turn the order of others around: made visible where text
//! comes in, so that no name, file or title can look like another one.

use std::borrow::Cow;

/// Without width, or ruling the order: the bidirectional controls, joiners, soft hyphen, marks inside text.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}')
}

/// The text with each of them as its number: `Anna⟨202E⟩`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(is_unseen) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            _ if is_unseen(c) => out += &format!("⟨{:04X}⟩", u32::from(c)),
            _ => out.push(c),
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_is_not_seen_is_shown_as_its_number() {
        for (text, shown) in [
            ("Anna\u{202e}annA", "Anna⟨202E⟩annA"),
            ("An\u{200b}na", "An⟨200B⟩na"),
            ("\u{2066}Bo\u{2069}", "⟨2066⟩Bo⟨2069⟩"),
            ("Bind\u{ad}ing\u{feff}", "Bind⟨00AD⟩ing⟨FEFF⟩"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    #[test]
    fn letters_and_signs_of_any_language_stay() {
        for text in ["Søren Ærø", "½ tablet · 5 µg ≥ 3", "שלום", "日本", "a\u{a0}b", "e\u{301}"]
        {
            assert_eq!(visible(text), text);
        }
    }
}
