//! How a command ends: what it prints, what it complains about, its exit status.

use std::process::ExitCode;

use profilblik::note::{Language, Said};

use crate::{complain, print, words};

/// What a command has to say.
#[derive(Debug, Default)]
pub struct Outcome {
    /// For standard output.
    pub text: String,
    /// For standard error, one line each.
    pub complaints: Vec<String>,
    /// Something was refused, or a test failed.
    pub refused: bool,
}

impl Outcome {
    /// Nothing but text.
    pub fn text(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// Complains, and ends with status 1.
    pub fn refuse(&mut self, complaint: &str) {
        self.complaints.push(words::plain(complaint));
        self.refused = true;
    }

    /// Prints everything; status 0, or 1 if something was refused.
    pub fn finish(self, _language: Language) -> ExitCode {
        print(&self.text);
        for complaint in &self.complaints {
            complain(&format!("{complaint}\n"));
        }
        ExitCode::from(u8::from(self.refused))
    }
}

/// The command was used wrongly: status 2.
#[derive(Debug)]
pub struct Misuse(pub Said);

impl Misuse {
    /// In both languages.
    pub fn new(da: impl Into<String>, en: impl Into<String>) -> Self {
        Self(Said::new(da, en))
    }

    /// Says so, and how it is meant.
    pub fn finish(self, language: Language) -> ExitCode {
        complain(&format!(
            "profilblik: {}\n{}\n",
            words::plain(self.0.of(language)),
            words::see_help(language)
        ));
        ExitCode::from(2)
    }
}
