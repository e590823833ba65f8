//! `profilblik`: the engine on the command line, with the same results as the page.
//!
//! This is the only part of the program that opens files and asks what day it is.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod arguments;
mod attrition;
mod chosen;
mod columns;
mod demo;
mod dosage;
mod evaluate;
mod figures;
mod input;
mod mapping;
mod normalise;
mod outcome;
mod pack;
mod products;
mod profiles;
mod quality;
mod question;
mod receipt;
mod report;
mod say;
mod sql;
mod table;
mod test;
mod why;
mod words;

use std::io::{self, Write};
use std::process::ExitCode;

use arguments::{Call, Command};
use outcome::{Misuse, Outcome};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let language = arguments::language(&arguments);
    match arguments::read(arguments).and_then(run) {
        Ok(outcome) => outcome.finish(language),
        Err(misuse) => misuse.finish(language),
    }
}

fn run(call: Call) -> Result<Outcome, Misuse> {
    let language = call.language;
    match call.command {
        Command::Evaluate(question) => evaluate::run(&question, language),
        Command::Why(question, cpr) => why::run(&question, &cpr, language),
        Command::Say(wanted) => say::run(&wanted, language),
        Command::Test(profiles) => test::run(&profiles, language),
        Command::Demo(wanted) => demo::run(&wanted, language),
        Command::Report { files, mappings, json } => report::run(&files, &mappings, json, language),
        Command::Mapping { files, mappings, out } => {
            mapping::run(&files, &mappings, &out, language)
        }
        Command::Quality(question) => quality::run(&question, language),
        Command::Dosage { texts, json } => dosage::run(&texts, json, language),
        Command::Normalise(wanted) => normalise::run(&wanted, language),
        Command::Sql(wanted) => sql::run(&wanted, language),
        Command::Pack(folder) => pack::run(folder, language),
        Command::Help => Ok(Outcome::text(words::help(language))),
        Command::Version => {
            Ok(Outcome::text(concat!("profilblik ", env!("CARGO_PKG_VERSION"), "\n").into()))
        }
    }
}

// A reader that closes the pipe early (`| head`) has had enough: that is no error.
fn print(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

fn complain(text: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes());
}
