//! The command line as a process: what it prints, and its exit status.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

const PROFILE: &str = r#"
format = 1
[profil]
id = "proeve"
version = "0.1"
titel = "Demens og lav eGFR"

[kriterie.diagnose]
tekst = "Registreret med demens inden for 2 år"
register = "diagnose"
koder = ["P70"]
vindue = ["-2 aar", "0 d"]

[kriterie.lav]
tekst = "Seneste eGFR er under 60"
register = "proeve"
koder = ["DNK35302"]
vaelg = "seneste"
vaerdi = "< 60"

[population]
inklusion = { alle = ["diagnose"] }

[[markering]]
id = "lav_egfr"
naar = "lav"
niveau = "gul"
tekst = "eGFR under 60"

[[maalepunkt]]
id = "pr_1000"
titel = "Pr. 1.000"
taeller = "diagnose"
naevner = "tilmeldte"
pr = 1000
retning = "ingen"

[[maalepunkt]]
id = "andel"
titel = "Andel"
taeller = "lav"
naevner = "diagnose"
pr = 100
retning = "lav"

[[test]]
navn = "diagnose i vinduet"
indeksdato = 2026-10-01
diagnose = [{ kode = "P70", dato = 2026-01-01 }]
forventet = { population = "ja" }
"#;

const PATIENTS: &str = "cpr;navn;status;ydernummer
6101500112;Ane Prøve;tilmeldt;990011
6101500228;Bo Prøve;tilmeldt;990011
6101500333;Ib Prøve;tilmeldt;990025
6101500449;Eva Prøve;tilmeldt;990025
6101500554;Per Prøve;passant;990011
";

const DIAGNOSES: &str = "cpr;icpc;dato
6101500228;P70;01-02-2026
6101500112;P70;01-02-2026
6101500333;P70;
6101500554;P70;01-02-2026
6101500449;K86;01-03-2026
";

const RESULTS: &str = "cpr;npu;resultat;enhed;dato
6101500112;DNK35302;48;mL/min;01-09-2026
6101500228;DNK35302;>20;mL/min;01-09-2026
";

/// A folder of its own, gone when it goes out of scope.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        fs::write(self.0.join(name), content).unwrap();
        self
    }

    fn clinic(name: &str) -> Self {
        Self::new(name)
            .with("patienter.csv", PATIENTS)
            .with("diagnoser.csv", DIAGNOSES)
            .with("proever.csv", RESULTS)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    fn all(&self) -> String {
        self.0.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn cli(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_profilblik")).args(arguments).output().unwrap()
}

fn status(output: &Output) -> i32 {
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(!complaints.contains("panicked"), "{complaints}");
    output.status.code().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complaints(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn parsed(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", complaints(output)))
}

/// Keys in the order in which they were written.
fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn profile(folder: &str) -> Folder {
    Folder::new(folder).with("proeve.toml", PROFILE)
}

#[test]
fn evaluate_writes_the_agreed_json() {
    let (clinic, profiles) = (Folder::clinic("agreed"), profile("agreed-profile"));
    let output = cli(&[
        "evaluate",
        &clinic.all(),
        "--profile",
        &profiles.path("proeve.toml"),
        "--date",
        "2026-10-01",
        "--json",
    ]);
    assert_eq!(status(&output), 0, "{}", complaints(&output));
    let mut found = parsed(&output);
    let fingerprint = found["profile"]["fingerprint"].take();
    assert_eq!(fingerprint.as_str().unwrap().len(), 64);
    let measure = |id: &str, yder: Value, n: u64, d: u64, u: u64, value: Value| json!({"id": id, "ydernummer": yder, "numerator": n, "denominator": d, "undecided": u, "value": value});
    let wanted = json!({
        "profile": {"id": "proeve", "version": "0.1", "fingerprint": null},
        "index_date": "2026-10-01",
        "counts": {"members": 2, "undecided": 1, "outside": 1, "not_looked_at": 1},
        "members": [
            {"cpr": "6101500112", "markers": ["lav_egfr"], "markers_undecided": [], "exclusion_undecided": false},
            {"cpr": "6101500228", "markers": [], "markers_undecided": ["lav_egfr"], "exclusion_undecided": false},
        ],
        "undecided": [{"cpr": "6101500333", "criteria": ["diagnose"]}],
        "measures": [
            measure("andel", json!("990011"), 1, 1, 1, json!(100.0)),
            measure("andel", json!("990025"), 0, 0, 1, Value::Null),
            measure("andel", Value::Null, 1, 1, 2, json!(100.0)),
            measure("pr_1000", json!("990011"), 2, 2, 0, json!(1000.0)),
            measure("pr_1000", json!("990025"), 0, 1, 1, json!(0.0)),
            measure("pr_1000", Value::Null, 2, 3, 1, json!(666.666667)),
        ],
    });
    assert_eq!(found, wanted);
    assert_eq!(keys(&found), keys(&wanted));
    assert_eq!(keys(&found["members"][0]), keys(&wanted["members"][0]));
    assert_eq!(keys(&found["measures"][0]), keys(&wanted["measures"][0]));
    for exact in [": 100.000000", ": 666.666667", ": 0.000000"] {
        assert!(text(&output).contains(exact), "six decimals: {exact}");
    }
}

#[test]
fn several_profiles_are_a_list_and_one_is_not() {
    let (clinic, profiles) = (Folder::clinic("several"), profile("several-profile"));
    let own = profiles.path("proeve.toml");
    let found = parsed(&cli(&[
        "evaluate",
        &clinic.all(),
        "--profile",
        "demens",
        "--profile",
        &own,
        "--json",
    ]));
    let ids: Vec<&str> =
        found.as_array().unwrap().iter().map(|r| r["profile"]["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["demens", "proeve"]);
    assert!(
        parsed(&cli(&["evaluate", &clinic.all(), "--profile", "demens", "--json"])).is_object()
    );
}

#[test]
fn without_a_date_the_latest_event_of_the_export_counts() {
    let clinic = Folder::clinic("date");
    let found = parsed(&cli(&["evaluate", &clinic.all(), "--profile", "demens", "--json"]));
    assert_eq!(found["index_date"], "2026-09-01");
}

#[test]
fn folder_files_and_order_do_not_matter() {
    let (clinic, profiles) = (Folder::clinic("order"), profile("order-profile"));
    let own = profiles.path("proeve.toml");
    let (p, d, r) =
        (clinic.path("patienter.csv"), clinic.path("diagnoser.csv"), clinic.path("proever.csv"));
    let ask = |files: &[&str]| {
        let mut arguments = vec!["evaluate", "--profile", &own, "--json", "--date", "2026-10-01"];
        arguments.extend(files);
        text(&cli(&arguments))
    };
    let whole = ask(&[&clinic.all()]);
    assert!(whole.len() > 500);
    assert_eq!(whole, ask(&[&p, &d, &r]));
    assert_eq!(whole, ask(&[&r, &d, &p]));
}

#[test]
fn a_profile_among_the_files_is_not_asked() {
    let clinic = Folder::clinic("among").with("proeve.toml", PROFILE);
    let found = parsed(&cli(&["evaluate", &clinic.all(), "--profile", "demens", "--json"]));
    assert_eq!(found["profile"]["id"], "demens");
}

#[test]
fn tables_are_danish_first_and_english_on_request() {
    let (clinic, profiles) = (Folder::clinic("tables"), profile("tables-profile"));
    let own = profiles.path("proeve.toml");
    let danish =
        text(&cli(&["evaluate", &clinic.all(), "--profile", &own, "--date", "2026-10-01"]));
    for wanted in [
        "Demens og lav eGFR",
        "gjort op pr. 01-10-2026: 2",
        "Ane Prøve",
        "eGFR under 60?",
        "Kan ikke afgøres: 1",
        "666,666667",
    ] {
        assert!(danish.contains(wanted), "{wanted}:\n{danish}");
    }
    let english = text(&cli(&[
        "evaluate",
        &clinic.all(),
        "--profile",
        &own,
        "--date",
        "2026-10-01",
        "--lang",
        "en",
    ]));
    for wanted in ["Cannot be decided: 1", "Provider number", "666.666667"] {
        assert!(english.contains(wanted), "{wanted}:\n{english}");
    }
}

#[test]
fn why_names_the_record_that_decided() {
    let (clinic, profiles) = (Folder::clinic("why"), profile("why-profile"));
    let own = profiles.path("proeve.toml");
    let ask = |cpr: &str, extra: &[&str]| {
        let mut arguments = vec![
            "why",
            &clinic.0.to_str().unwrap(),
            "--profile",
            &own,
            "--date",
            "2026-10-01",
            "--cpr",
            cpr,
        ]
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
        arguments.extend(extra.iter().map(|s| (*s).to_owned()));
        cli(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let found = parsed(&ask("610150-0112", &["--json"]));
    assert_eq!(
        (found["cpr"].as_str(), found["population"].as_str()),
        (Some("6101500112"), Some("ja"))
    );
    let evidence = &found["criteria"][0]["evidence"][0];
    assert_eq!(evidence["file"], "diagnoser.csv");
    assert_eq!(
        (evidence["line"].as_u64(), evidence["date"].as_str()),
        (Some(3), Some("2026-02-01"))
    );
    assert_eq!(found["markers"][0]["verdict"], "ja");
    let undecided = parsed(&ask("6101500333", &["--json"]));
    assert_eq!(undecided["population"], "ukendt");
    assert_eq!(undecided["criteria"][0]["unknown"]["kind"], "undated");
    assert!(text(&ask("6101500112", &[])).contains("diagnoser.csv"));
    let stranger = ask("6101500996", &["--json"]);
    assert_eq!((status(&stranger), text(&stranger).as_str()), (1, ""));
    assert_eq!(status(&ask("12345", &["--json"])), 2);
}

#[test]
fn report_accounts_for_every_line_and_names_what_it_refuses() {
    let folder = Folder::new("report")
        .with("a-diagnoser.csv", "sep=;\r\nUdtræk af diagnoser\r\ncpr;icpc;dato\r\n6101500112;P70;01-02-2026\r\n\r\ncpr;icpc;dato\r\n6101500228;P76;\"02-02\r\n-2026\"\r\n;K86;03-02-2026\r\nI alt;3;\r\n")
        .with("b-patienter.txt", b"cpr\tnavn\tstatus\n6101500112\t\xc6gir Pr\xf8ve\tAktiv\n")
        .with("c.pdf", "%PDF-1.7\n")
        .with("d.csv", "");
    let output = cli(&["report", &folder.all(), "--json"]);
    assert_eq!(status(&output), 1);
    let found = parsed(&output);
    let files = found["files"].as_array().unwrap();
    let names: Vec<&str> = files.iter().map(|f| f["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["a-diagnoser.csv", "b-patienter.txt", "c.pdf", "d.csv"]);
    assert_eq!(
        keys(&files[0]),
        ["name", "register", "encoding", "separator", "lines", "set_aside", "refused"]
    );
    assert_eq!(
        keys(&files[0]["lines"]),
        ["physical", "header", "blank", "continuation", "used", "set_aside"]
    );
    assert_eq!(
        files[0],
        json!({
            "name": "a-diagnoser.csv", "register": "diagnose", "encoding": "UTF-8", "separator": ";",
            "lines": {"physical": 10, "header": 3, "blank": 1, "continuation": 1, "used": 2, "set_aside": 3},
            "set_aside": [{"line": 2, "reason": "title"}, {"line": 9, "reason": "cpr-missing"}, {"line": 10, "reason": "total"}],
            "refused": null,
        })
    );
    assert_eq!(
        (files[1]["encoding"].as_str(), files[1]["separator"].as_str()),
        (Some("Windows-1252"), Some("\t"))
    );
    for refused in &files[2..] {
        let name = refused["name"].as_str().unwrap();
        assert!(refused["refused"].as_str().unwrap().contains(name), "{refused}");
        assert!(
            refused["register"].is_null()
                && refused["lines"].is_null()
                && refused["separator"].is_null()
        );
        assert!(complaints(&output).contains(name));
    }
}

#[test]
fn a_refused_file_does_not_stop_the_others() {
    let folder = Folder::clinic("refused").with("noter.pdf", "%PDF-1.7\n");
    let output = cli(&["evaluate", &folder.all(), "--profile", "demens", "--json"]);
    assert_eq!(status(&output), 1);
    assert_eq!(parsed(&output)["counts"]["members"], 3);
    let only = cli(&["evaluate", &folder.path("noter.pdf"), "--profile", "demens", "--json"]);
    assert_eq!((status(&only), text(&only).as_str()), (1, ""), "no half result");
}

#[test]
fn a_profile_with_errors_is_refused_with_its_line() {
    let broken = PROFILE.replace("koder = [\"P70\"]", "kodr = [\"P70\"]");
    let (clinic, profiles) =
        (Folder::clinic("broken"), Folder::new("broken-profile").with("fejl.toml", broken));
    let output =
        cli(&["evaluate", &clinic.all(), "--profile", &profiles.path("fejl.toml"), "--json"]);
    assert_eq!((status(&output), text(&output).as_str()), (1, ""));
    assert!(complaints(&output).contains("fejl.toml:11:"), "{}", complaints(&output));
    let both = cli(&[
        "evaluate",
        &clinic.all(),
        "--profile",
        "demens",
        "--profile",
        &profiles.path("fejl.toml"),
        "--json",
    ]);
    assert_eq!(status(&both), 1);
    assert_eq!(
        parsed(&both).as_array().map(Vec::len),
        Some(1),
        "a list, with the one that could be run"
    );
}

#[test]
fn test_ends_with_the_sum_and_fails_when_one_fails() {
    let failing = PROFILE
        .replace("forventet = { population = \"ja\" }", "forventet = { population = \"nej\" }");
    let folder = Folder::new("test").with("a.toml", PROFILE).with("b.toml", failing);
    let good = cli(&["test", &folder.path("a.toml")]);
    assert_eq!((status(&good), text(&good).lines().last()), (0, Some("1 passed, 0 failed")));
    let both = cli(&["test", &folder.all()]);
    assert_eq!((status(&both), text(&both).lines().last()), (1, Some("1 passed, 1 failed")));
    let broken = Folder::new("test-broken").with("c.toml", "format = 1\n[profil]\n");
    let broken = cli(&["test", &broken.path("c.toml"), &folder.path("a.toml")]);
    assert_eq!((status(&broken), text(&broken).lines().last()), (1, Some("1 passed, 1 failed")));
}

#[test]
fn test_tells_which_verdicts_no_test_patient_has_shown() {
    let folder = Folder::new("test-coverage").with("a.toml", PROFILE);
    let danish = cli(&["test", &folder.path("a.toml")]);
    assert_eq!(status(&danish), 0, "it is advice");
    let said = text(&danish);
    assert!(said.contains("dækning: 0 af 2 kriterier er set ja, nej og ukendt\n"), "{said}");
    assert!(said.contains("    aldrig nej, ukendt: »diagnose« (linje 8)\n"), "{said}");
    assert!(said.contains("    aldrig ja, ukendt: »lav« (linje 14)\n"), "{said}");
    assert_eq!(said.lines().last(), Some("1 passed, 0 failed"));
    let english = cli(&["test", &folder.path("a.toml"), "--lang", "en"]);
    let said = text(&english);
    assert!(said.contains("coverage: 0 of 2 criteria were seen as ja, nej and ukendt\n"), "{said}");
    assert!(said.contains("    never nej, ukendt: `diagnose` (line 8)\n"), "{said}");
    assert_eq!((status(&english), said.lines().last()), (0, Some("1 passed, 0 failed")));
    let full = text(&cli(&["test", "demens"]));
    assert!(full.contains("dækning: 4 af 4 kriterier"), "{full}");
    assert!(!full.contains("aldrig"), "{full}");
}

#[test]
fn the_built_in_profiles_pass_their_own_tests() {
    let profiles = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles");
    let output = cli(&["test", profiles.to_str().unwrap()]);
    assert_eq!(status(&output), 0, "{}{}", text(&output), complaints(&output));
    let last = text(&output).lines().last().unwrap().to_owned();
    let (passed, failed) = last.split_once(" passed, ").unwrap();
    assert!(passed.parse::<u32>().unwrap() >= 40 && failed == "0 failed", "{last}");
}

#[test]
fn say_writes_sentences_and_the_table_with_the_named_date() {
    let said = cli(&["say", "demens", "--date", "2025-06-01"]);
    assert_eq!(status(&said), 0);
    assert!(text(&said).contains("Med er patienter, som mindst ét af disse 2 gælder for: (1) har"));
    assert!(text(&said).contains("dateret til og med 1. juni 2025 (indeksdatoen)"));
    let table = cli(&["say", "demens", "--table", "--date", "2025-06-01"]);
    assert!(text(&table).contains("\nKriterier\tBeskrivelse\tRegler\n"));
    assert!(text(&table).contains("\n(4) antipsykotika\tFår antipsykotisk medicin (N05A)\thar "));
    let english = cli(&["say", "demens", "--lang", "en", "--date", "2025-06-01"]);
    assert!(text(&english).contains("Nobody is excluded."));
}

#[test]
fn wrong_use_is_status_2_and_prints_no_result() {
    let clinic = Folder::clinic("wrong");
    let all = clinic.all();
    for arguments in [
        &[][..],
        &["evaluate"],
        &["evaluate", &all],
        &["evaluate", &all, "--profile", "findes-ikke"],
        &["evaluate", &all, "--profile", "demens", "--date", "01-10-2026"],
        &["evaluate", &clinic.path("findes-ikke.csv"), "--profile", "demens"],
        &["why", &all, "--profile", "demens"],
        &["report"],
        &["report", &all, "--verbose"],
        &["test"],
        &["demo"],
        &["demo", "--patients", "-3", "--out", "x"],
    ] {
        let output = cli(arguments);
        assert_eq!(status(&output), 2, "{arguments:?}");
        assert_eq!(text(&output), "", "{arguments:?}");
        assert!(complaints(&output).contains("profilblik --help"), "{arguments:?}");
    }
    assert_eq!(status(&cli(&["--help"])), 0);
    assert_eq!(status(&cli(&["--version"])), 0);
}

#[test]
fn a_reader_that_closes_early_is_no_error() {
    let clinic = Folder::clinic("pipe");
    let mut child = Command::new(env!("CARGO_BIN_EXE_profilblik"))
        .args(["evaluate", &clinic.all(), "--profile", "demens", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}
