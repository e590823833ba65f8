//! Hostile profiles: whatever stands in the text, it ends in notes with a line and a hint, in little
//! time and on a small stack, and what is inside the caps can be compiled.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::thread;
use std::time::{Duration, Instant};

use profilblik::note::{Level, Note};
use profilblik::profile::{
    self, Checked, MOST_BYTES, MOST_CHAIN, MOST_CODES, MOST_CRITERIA, MOST_DEPTH, MOST_LOOKUPS,
    MOST_NOTES, MOST_TESTS,
};

/// A quarter of what a browser gives a worker: frames without optimisation are larger.
const STACK: usize = 256 * 1024;

const HEAD: &str = "format = 1\n[profil]\nid = \"x\"\nversion = \"1\"\ntitel = \"X\"\n";
const TAIL: &str = "[population]\ninklusion = { alle = [\"k0\"] }\n";

/// A profile of these criteria.
fn of(criteria: &str) -> String {
    format!("{HEAD}{criteria}{TAIL}")
}

/// `count` criteria `k0`, `k1`, …, made of the keys that `keys` gives for each.
fn many(count: usize, keys: impl Fn(usize) -> String) -> String {
    of(&(0..count).map(|at| format!("[kriterie.k{at}]\n{}\n", keys(at))).collect::<String>())
}

/// The text that `unit` makes of 0, 1, 2, …, as long as it fits into a profile.
fn filled(unit: impl Fn(usize) -> String) -> String {
    let room = MOST_BYTES - 4_000;
    let mut text = String::new();
    for at in 0.. {
        let more = unit(at);
        if text.len() + more.len() > room {
            break;
        }
        text += &more;
    }
    text
}

fn simple(_: usize) -> String {
    "register = \"aftale\"".into()
}

struct Case {
    name: &'static str,
    text: String,
    /// A code that must be among the notes; empty = the profile is accepted.
    code: &'static str,
}

fn case(name: &'static str, code: &'static str, text: String) -> Case {
    Case { name, text, code }
}

fn cases() -> Vec<Case> {
    [caps(), nesting(), references(), sloppy()].into_iter().flatten().collect()
}

fn caps() -> Vec<Case> {
    let comment = format!("#{}\n", "x".repeat(MOST_BYTES));
    let codes = format!("koder = [{}]\n", "\"Q1*\",".repeat(MOST_CODES));
    let set = format!("[kodesaet.s]\nsystem = \"ICPC\"\nkoder = [{}]\n", "\"Q1*\",".repeat(10_000));
    let using = many(MOST_CRITERIA, |_| "register = \"diagnose\"\nkodesaet = \"s\"".into());
    let tests = "[[test]]\nnavn = \"t\"\nindeksdato = 2025-01-01\nforventet = {}\n";
    vec![
        case("one byte more than 1 MiB", "too-large", comment[..=MOST_BYTES].to_owned()),
        case("one criterion too many", "too-many-criteria", many(MOST_CRITERIA + 1, simple)),
        case("as many criteria as possible", "", many(MOST_CRITERIA, simple)),
        case(
            "as many codes as possible",
            "",
            many(1, |_| format!("register = \"diagnose\"\n{codes}")),
        ),
        case("a large set in every criterion", "too-many-codes", using + &set),
        case(
            "a shared set in every criterion",
            "",
            many(MOST_CRITERIA, |_| "register = \"medicin\"\nkodesaet = \"nsaid\"".into()),
        ),
        case(
            "one test too many",
            "too-many-tests",
            many(1, simple) + &tests.repeat(MOST_TESTS + 1),
        ),
        case("as many tests as possible", "", many(1, simple) + &tests.repeat(MOST_TESTS)),
    ]
}

fn nesting() -> Vec<Case> {
    let deep = |open: &str, times: usize| many(1, simple) + &format!("x = {}", open.repeat(times));
    vec![
        case("lists in lists", "too-deep", deep("[", 900_000)),
        case("lists as deep as possible", "unknown-key", {
            deep("[", MOST_DEPTH) + &"]".repeat(MOST_DEPTH) + "\n"
        }),
        case("lists that never end", "syntax", deep("[", MOST_DEPTH)),
        case("tables in tables", "too-deep", deep("{a=", 300_000)),
        case("a dotted key", "too-deep", many(1, simple) + &"a.".repeat(450_000)),
        case("a dotted heading", "too-deep", format!("[{}a]", "a.".repeat(450_000))),
        case("brackets in a text", "", {
            many(1, simple).replace("\"X\"", &format!("\"{}\"", "[".repeat(900_000)))
        }),
    ]
}

fn references() -> Vec<Case> {
    let next = |at: usize| format!("alle = [\"k{}\"]", at + 1);
    let ring = |size: usize| many(size, move |at| format!("alle = [\"k{}\"]", (at + 1) % size));
    // Every criterion names the next one and, as often as there is room, the first.
    let home = |at: usize| format!("alle = [\"k{}\"{}]", (at + 1) % 2_000, ",\"k0\"".repeat(70));
    let between = |at: usize| match at {
        0..=59 => format!(
            "register = \"ydelse\"\ndage_mellem = {{ fra = \"k{0}\", til = \"k{0}\" }}",
            at + 1
        ),
        _ => simple(at),
    };
    let chain = |at: usize| if at + 1 < MOST_CHAIN { next(at) } else { simple(at) };
    let anchors = |at: usize| match at {
        at if at + 1 < MOST_CHAIN => {
            format!(
                "register = \"ydelse\"\nanker = {{ kriterie = \"k{}\", vaelg = \"enhver\" }}",
                at + 1
            )
        }
        _ => simple(at),
    };
    // What `tests/e2e/rules.test.mjs` stops in the page.
    let chains = |at: usize| match at {
        at if at % 100 < 99 => {
            format!(
                "register = \"ydelse\"\nanker = {{ kriterie = \"k{}\", vaelg = \"enhver\" }}",
                at + 1
            )
        }
        _ => simple(at),
    };
    let longer = |at: usize| if at < MOST_CHAIN { next(at) } else { simple(at) };
    let nots = "\"k0\",".repeat(80_000);
    vec![
        case("a ring of a thousand", "ring", ring(1_000)),
        case("a ring of all", "ring", ring(MOST_CRITERIA)),
        case("a ring of one", "ring", ring(1)),
        case("as many rings as possible", "ring", many(MOST_CRITERIA, home)),
        case("a chain as long as possible", "", many(MOST_CHAIN, chain)),
        case("a chain one longer", "too-deep", many(MOST_CHAIN + 1, longer)),
        case("anchors in a chain", "", many(MOST_CHAIN, anchors)),
        case("anchors in twenty chains", "", many(MOST_CRITERIA, chains)),
        case("days between days between days", "too-deep", many(61, between)),
        case(
            "demanded and forbidden very often",
            "",
            many(3, |at| match at {
                0 => simple(at),
                1 => format!("ingen_af = [{nots}]"),
                _ => format!("alle = [{nots}\"k1\"]"),
            }),
        ),
    ]
}

fn sloppy() -> Vec<Case> {
    let word = "x".repeat(57);
    let similar = |at: usize| format!("[kriterie.{word}{at:03}]\nregister = \"aftale\"\n");
    let misspelt: String = (0..5_000).map(|at| format!("\"{word}a{at}\",")).collect();
    let names: String = (0..999).map(similar).collect();
    vec![
        case("duplicate keys", "duplicate-key", many(1, simple) + &filled(|_| "x = 1\n".into())),
        case("a criterion twice", "duplicate-key", many(1, simple) + "[kriterie.k0]\n"),
        case("unknown keys", "unknown-key", filled(|at| format!("x{at} = 1\n")) + &many(1, simple)),
        case("unknown keys in a criterion", "unknown-key", {
            many(1, |_| {
                "register = \"aftale\"\n".to_owned() + &filled(|at| format!("vind{at} = 1\n"))
            })
        }),
        case("unknown criteria on one line", "unknown-criterion", {
            of(&format!("[kriterie.k0]\nalle = [{}]\n", filled(|at| format!("\"j{at}\","))))
        }),
        case("long names that nearly match", "unknown-criterion", {
            of(&format!("[kriterie.k0]\nalle = [{misspelt}]\n{names}"))
        }),
        case(
            "a very long key",
            "unknown-key",
            many(1, simple) + &format!("{} = 1\n", "z".repeat(900_000)),
        ),
        case("a very long register", "unknown-register", {
            many(1, |_| format!("register = \"{}\"", "y".repeat(900_000)))
        }),
        case("a very long comparison", "number-range", {
            many(1, |_| format!("register = \"aftale\"\nantal = \">= {}\"", "9".repeat(900_000)))
        }),
        case(
            "everything on one line",
            "",
            format!(
                "{HEAD}[kriterie]\n{}{TAIL}",
                (0..MOST_CRITERIA)
                    .map(|at| format!("k{at}.register=\"aftale\"\n"))
                    .collect::<String>()
            ),
        ),
        case("no line of TOML", "syntax", filled(|_| "= \"\n".into())),
        case("bytes of nothing", "syntax", "\0".repeat(MOST_BYTES)),
    ]
}

/// Checks it as the page's worker does, on less stack; the thread's panic would be the test's.
fn check(text: String) -> (Checked, Duration) {
    let start = Instant::now();
    let work = move || profile::check("x.toml", &text);
    let checked = thread::Builder::new().stack_size(STACK).spawn(work).unwrap().join().unwrap();
    (checked, start.elapsed())
}

fn errors(notes: &[Note]) -> Vec<&Note> {
    notes.iter().filter(|note| note.level == Level::Error).collect()
}

#[test]
fn every_hostile_profile_ends_in_notes() {
    for Case { name, text, code } in cases() {
        assert!(text.len() <= MOST_BYTES || code == "too-large", "{name}: {} bytes", text.len());
        let (checked, took) = check(text);
        let (notes, errors) = (&checked.notes, errors(&checked.notes));
        let first = notes.first().map(|note| (&note.code, &note.text.da));
        assert_eq!(checked.plan.is_some(), code.is_empty(), "{name}: {first:?}");
        let named = code.is_empty() || errors.iter().any(|note| note.code == code);
        assert!(named, "{name}: no {code}, but {first:?}");
        assert!(notes.len() <= MOST_NOTES + 1, "{name}: {} notes", notes.len());
        let longest = notes.iter().map(|note| note.text.da.chars().count()).max().unwrap_or(0);
        assert!(longest < 500, "{name}: a note of {longest} characters");
        // A quadratic reader takes minutes; the rest is room for a busy machine. Figures: below.
        assert!(took < Duration::from_secs(20), "{name}: {took:?}");
    }
}

/// The caps tell what to do, too.
#[test]
fn what_is_over_a_cap_has_a_line_and_a_hint() {
    for Case { name, text, code } in cases() {
        if !code.starts_with("too-") && code != "ring" && code != "duplicate-key" {
            continue;
        }
        let (checked, _) = check(text);
        let note = checked.notes.iter().find(|note| note.code == code).unwrap();
        assert!(note.place.line > 0 && note.place.column > 0, "{name}");
        assert!(!note.hint.da.is_empty() && !note.hint.en.is_empty(), "{name}");
    }
}

#[test]
fn after_so_many_notes_it_says_that_there_are_more() {
    let (checked, _) = check(many(1, simple) + &"y = 1\n".repeat(2 * MOST_NOTES));
    assert_eq!(checked.notes.len(), MOST_NOTES + 1);
    assert!(checked.notes.iter().any(|note| note.code == "too-many-notes"));
    assert!(checked.plan.is_none());
    let few = "y = 1\n".repeat(MOST_NOTES / 2);
    let (checked, _) = check(many(1, simple) + &few);
    assert!(checked.notes.iter().all(|note| note.code != "too-many-notes"));
}

/// A ladder of `dage_mellem` doubles at each step: the ninth is over the cap.
#[test]
fn lookups_are_counted_each_time() {
    let ladder = |steps: usize| {
        many(steps + 1, move |at| match at {
            at if at < steps => {
                format!(
                    "register = \"ydelse\"\ndage_mellem = {{ fra = \"k{0}\", til = \"k{0}\" }}",
                    at + 1
                )
            }
            _ => simple(at),
        })
    };
    // 2 + 4 + 8 + … = 2^(n+1) − 2
    assert!(check(ladder(8)).0.plan.is_some(), "510 of {MOST_LOOKUPS}");
    assert!(check(ladder(9)).0.plan.is_none(), "1,022 of {MOST_LOOKUPS}");
}

/// `cargo test --profile quick --test profile_hostile -- --ignored --nocapture`: how long each takes.
#[test]
#[ignore = "prints durations; they depend on the machine"]
fn durations() {
    let mut worst = Duration::ZERO;
    for Case { name, text, .. } in cases() {
        let best = (0..3).map(|_| check(text.clone()).1).min().unwrap();
        println!("{:>8.1} ms  {name}", best.as_secs_f64() * 1e3);
        worst = worst.max(best);
    }
    println!("{:>8.1} ms  at most; the aim is 100 ms", worst.as_secs_f64() * 1e3);
}
