//! Walks over the pieces of a dosage text.

use super::Reason;
use crate::token::{Kind, Token};

/// What stops the reading, and at which piece.
pub(super) type Stop = (Reason, usize);

/// A place among the pieces.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    tokens: &'a [Token],
    pub at: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        Self { text, tokens, at: 0 }
    }

    pub fn kind(&self, ahead: usize) -> Option<&'a Kind> {
        self.tokens.get(self.at + ahead).map(|token| &token.kind)
    }

    /// The piece as written.
    pub fn written(&self) -> &'a str {
        let token = self.tokens.get(self.at);
        token.and_then(|t| self.text.get(t.start..t.end)).unwrap_or_default()
    }

    /// The word so far ahead; empty if there is none.
    pub fn word(&self, ahead: usize) -> &'a str {
        match self.kind(ahead) {
            Some(Kind::Word(word)) => word,
            _ => "",
        }
    }

    pub fn is_sign(&self, ahead: usize, sign: char) -> bool {
        self.kind(ahead) == Some(&Kind::Sign(sign))
    }

    pub fn is_number(&self, ahead: usize) -> bool {
        matches!(self.kind(ahead), Some(Kind::Number(_) | Kind::Vulgar(_)))
    }

    pub fn is_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub fn eat_sign(&mut self, sign: char) -> bool {
        let found = self.is_sign(0, sign);
        self.at += usize::from(found);
        found
    }

    /// One of these words.
    pub fn eat(&mut self, words: &[&str]) -> bool {
        let found = !self.word(0).is_empty() && words.contains(&self.word(0));
        self.at += usize::from(found);
        found
    }

    /// The first of these phrases that stands here.
    pub fn eat_phrase(&mut self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.eat_words(phrase))
    }

    fn eat_words(&mut self, phrase: &str) -> bool {
        let start = self.at;
        let found = phrase.split(' ').all(|word| self.eat(&[word]));
        if !found {
            self.at = start;
        }
        found
    }

    /// Runs a reading that may fail, and goes back if it does.
    pub fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = start;
        }
        found
    }
}

/// Dots after words only abbreviate or end a sentence: neither changes a dose.
pub(super) fn without_dots(tokens: Vec<Token>) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let after_word = kept.last().is_some_and(|before| {
            matches!(before.kind, Kind::Word(_) | Kind::Sign(')')) && before.end <= token.start
        });
        if !(token.kind == Kind::Sign('.') && after_word) {
            kept.push(token);
        }
    }
    kept
}
