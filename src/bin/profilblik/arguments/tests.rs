use super::*;

fn read_words(line: &str) -> Result<Command, String> {
    read(line.split_whitespace().map(OsString::from).collect())
        .map(|c| c.command)
        .map_err(|m| m.0.en)
}

#[test]
fn options_stand_anywhere_and_profiles_repeat() {
    let Ok(Command::Evaluate(question)) =
        read_words("evaluate a.zip --profile x b --profile=y --json")
    else {
        panic!()
    };
    assert_eq!(question.files, [PathBuf::from("a.zip"), PathBuf::from("b")]);
    assert_eq!(question.profiles, ["x", "y"]);
    assert!(question.json && question.date.is_none());
}

#[test]
fn wrong_use_is_named() {
    for (line, complaint) in [
        ("", "no command"),
        ("evalute a", "unknown command `evalute`"),
        ("evaluate a.zip", "`--profile` is missing"),
        ("evaluate --profile x", "no files given"),
        ("evaluate a --profile x --date 1-11-2026", "`1-11-2026` is no date like 2026-11-01"),
        ("why a --profile x", "`--cpr` is missing"),
        ("report a --profile x", "`report` has no option `--profile`"),
        ("why a --profile x --cpr y --attrition", "`why` has no option `--attrition`"),
        ("report a --jsn", "unknown option `--jsn`"),
        ("demo --patients many --out x", "`--patients`: `many` is no whole number"),
        ("demo", "`--out` is missing"),
        ("demo x --out y", "unexpected `x`"),
        ("test", "no profiles given"),
        ("say", "no profiles given"),
        ("test x --table", "`test` has no option `--table`"),
        ("dosage --json", "no texts given"),
        ("normalise a", "`--out` is missing"),
        ("normalise --out x", "no files given"),
        ("sql x --date 2026-01-01", "`--dialect` is missing"),
        ("sql x --dialect duckdb", "`--date` is missing"),
        ("sql x y --dialect spark", "unexpected `y`"),
        ("sql x --dialect oracle", "`--dialect` is `duckdb` or `spark`"),
        ("report a --lang fr", "`--lang` is `da` or `en`"),
        ("report a --lang", "wrong arguments: missing argument for option '--lang'"),
    ] {
        assert_eq!(read_words(line).unwrap_err(), complaint, "{line}");
    }
}

#[test]
fn the_language_is_known_before_the_rest_is_right() {
    let language = |line: &str| language(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
    assert_eq!(language("nonsense --lang en"), Language::English);
    assert_eq!(language("--lang=en"), Language::English);
    assert_eq!(language("evaluate en --lang da"), Language::Danish);
}
