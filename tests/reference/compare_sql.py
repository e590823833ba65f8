"""The engine, the reference and SQL in DuckDB over many pairs of a profile and an export.

`python3 -m tests.reference.compare_sql --pairs 10000 --engine target/release/profilblik`, with a
Python that has DuckDB. Each batch is a hundred exports in one database, and ten profiles whose
limits those exports were built for; every profile is one text, run once for all exports. The last
line is `N pairs, D differences, R profiles without SQL`; the status is 1 if D > 0. A differing pair
is made small and kept as a fixture, and all fixtures are replayed first. `--mutants` plants faults
in the texts instead, and demands that each of them is noticed.
"""

import argparse
import json
import random
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from pathlib import Path

from .compare import FIXTURES
from .engine import EngineFailed, differing, engine_answers
from .evaluate import Patient, evaluate, people
from .export import read_export
from .generate import csv_files, well_formed_profile, write_files
from .make_export import make_export
from .omeq import is_grey
from .profile import read_profile
from .shrink import shrunk
from .sql_engine import Database, Refused, is_derived, normalised, profile_sql
from .sql_mutants import MUTANTS, NOT_THERE
from .toml_text import profile_text
from .vocabulary import Case

EXPORTS_PER_BATCH = 100
PROFILES_PER_BATCH = 10
EXPORTS_FOR_MUTANTS = 30


class SqlBatch:
    """Exports and profiles of one case: the same index date, shifts and limits."""

    def __init__(self, seed, profiles=PROFILES_PER_BATCH, exports=EXPORTS_PER_BATCH):
        case = Case(random.Random(seed))
        self.index_date = case.index_date
        self.exports = {f"e{number:03}": make_export(case) for number in range(exports)}
        # Numbered through the batches, so that every kind of criterion has its turn.
        first = seed % 1000 * PROFILES_PER_BATCH
        self.profiles = [well_formed_profile(case, first + number) for number in range(profiles)]

    def files(self):
        return {name: csv_files(export) for name, export in self.exports.items()}


class Answers:
    """What the three say of a batch: `{export: {profile id: answer}}` of the engine, the reference's
    on demand, and SQL's by profile."""

    def __init__(self, engine, files, texts, index_date, root, engine_date=None):
        self.files, self.texts, self.index_date = files, texts, index_date
        self.engine = {name: engine_answers(engine, one, texts, engine_date or index_date, ["--columns"])
                       for name, one in files.items()}
        # What the columns show is held against SQL apart: the reference shows nothing.
        self.shown = {(export, profile): taken_out(answer)
                      for export, answers in self.engine.items() for profile, answer in answers.items()}
        self.database = Database(engine, normalised(engine, root, files))
        write_files(root / "profiles", {f"{name}.toml": text for name, text in texts.items()})
        self.sql, self.refused, self.exports = {}, {}, {}
        for name in texts:
            try:
                self.sql[name] = profile_sql(engine, root / "profiles" / f"{name}.toml", index_date)
            except Refused as reason:
                self.refused[name] = str(reason)

    def read(self, export):
        """The export as the reference reads it; once for all profiles."""
        if export not in self.exports:
            self.exports[export] = read_export(self.files[export])
        return self.exports[export]

    def differences(self, name, text, reference=False):
        """`[(export, parts that differ)]` of one profile; from the reference as well if asked for."""
        profile = {"id": name, "version": "1.0"}
        read = read_profile(self.texts[name]) if reference else None
        answers = self.database.answers(text, profile, self.index_date)
        grey = self.database.grey_zones() if reference and "graazone_" in text else {}
        shown = self.database.columns(self.texts[name]) if "pb_kolonne" in text else {}
        found = []
        for export in self.files:
            own = self.engine[export].get(name)
            different = differing(answers.get(export) or nothing(own), own)
            if not different:
                different = cells_that_differ(shown.get(export, {}), self.shown.get((export, name), {}), self.texts[name])
            if not different and reference:
                different = differing(evaluate(read, self.read(export), self.index_date), own)
                different = {f"{part} of the reference": both for part, both in different.items()}
                if not different and self.grey_zones(read, export) != grey.get(export, {}):
                    different = {"grey zones of the reference": (self.grey_zones(read, export), grey.get(export, {}))}
            if different:
                found.append((export, different))
        return found


    def grey_zones(self, profile, export):
        """`{(cpr, criterion): is it in the grey zone}` of the reference (R18)."""
        records = self.read(export)
        asked = [(name, one) for name, one in profile["criteria"].items() if is_limit_of_sum(one)]
        found = {}
        for person, row in people(records)[0].items() if asked and records.has("medicin") else ():
            patient = Patient(records, profile, self.index_date, person, row)
            for name, one in asked:
                day = self.index_date
                window = patient.window(one, day) if one["derived"] == "omeq_sum" else (day, day)
                found[person, name] = is_grey(one, patient.records(one, None), window)
        return found


def is_limit_of_sum(criterion):
    sums = criterion.get("derived") == "omeq_pr_doegn" or criterion.get("derived") == "omeq_sum" and not criterion["anchor"]
    return sums and criterion.get("value") is not None


def taken_out(answer):
    """`{cpr: {title: cell}}`, taken out of the engine's answer."""
    return {member["cpr"]: member.pop("columns") for member in answer["members"]}


def cells_that_differ(sql, engine, profile):
    """`{"column …": (SQL's cell, the engine's)}` over the members."""
    derived = {table["titel"] for table in tomllib.loads(profile).get("kolonne", []) if is_derived(table)}
    found = {}
    for cpr, cells in engine.items():
        for title, cell in cells.items():
            # A number that there is none of, and one that nothing tells, are one to SQL.
            own = {"unknown": True} if cell is None and title in derived else cell
            if sql.get((cpr, title)) != own:
                found[f"column {title} of {cpr}"] = (sql.get((cpr, title)), own)
    return found


def nothing(own):
    """An export without a patient has no rows in the result; nothing is compared there."""
    return {**own, "profile": {key: own["profile"][key] for key in ("id", "version")}}


def batch_differences(engine, seed, profiles, exports, mutants=()):
    """`(pairs, refused, [(profile's place, export, parts)])`, or with mutants `{mutant: pairs that differ}`."""
    batch = SqlBatch(seed, profiles, exports)
    texts = {profile["profil"]["id"]: profile_text(profile) for profile in batch.profiles}
    with tempfile.TemporaryDirectory(prefix="profilblik-sql-") as folder:
        late = batch.index_date + timedelta(days=1) if mutants == "engine" else None
        answers = Answers(engine, batch.files(), texts, batch.index_date, Path(folder), late)
        if mutants and mutants != "engine":
            return mutant_counts(answers, mutants)
        found = []
        for place, name in enumerate(texts):
            if name in answers.sql:
                found += [(place, export, parts)
                          for export, parts in answers.differences(name, answers.sql[name], not mutants)]
        compared = len(answers.sql) * len(batch.exports)
        return compared, list(answers.refused.values()), found


def mutant_counts(answers, mutants):
    """How many pairs of the first profile that notices differ under each planted fault; `NOT_THERE`
    where no text has the place."""
    counts = {}
    for mutant in mutants:
        faulty = {name: MUTANTS[mutant](text) for name, text in answers.sql.items()}
        changed = {name: text for name, text in faulty.items() if text != answers.sql[name]}
        counts[mutant] = NOT_THERE if not changed else 0
        for name, text in changed.items():
            counts[mutant] = counts[mutant] or len(faulted(answers, name, text))
    return counts


def faulted(answers, name, text):
    """A fault may also break the text; that is noticed, too."""
    import duckdb

    try:
        return answers.differences(name, text)
    except duckdb.Error:
        return ["broken"]


def batches(seed, pairs):
    """Seed, profiles and exports of every batch."""
    whole = EXPORTS_PER_BATCH * PROFILES_PER_BATCH
    for number, start in enumerate(range(0, pairs, whole)):
        left = min(whole, pairs - start)
        exports = min(EXPORTS_PER_BATCH, -(-left // PROFILES_PER_BATCH))
        yield seed * 1000 + number, PROFILES_PER_BATCH, exports


def pair(engine, export, profile, index_date):
    """What differs in a single pair, with everything run for it alone; None = no SQL."""
    text, name = profile_text(profile), profile["profil"]["id"]
    return pair_of_texts(engine, csv_files(export), text, name, index_date)


def pair_of_texts(engine, files, text, name, index_date):
    with tempfile.TemporaryDirectory(prefix="profilblik-sql-") as folder:
        answers = Answers(engine, {"1": files}, {name: text}, index_date, Path(folder))
        if name not in answers.sql or name not in answers.engine["1"]:
            return None
        found = answers.differences(name, answers.sql[name], reference=True)
        return found[0][1] if found else {}


def keep_fixture(engine, seed, profiles, exports, place, export, folder):
    """Shrink one differing pair and write it down with what the reference expects."""
    batch = SqlBatch(seed, profiles, exports)

    def differs(export, profile):
        try:
            return bool(pair(engine, export, profile, batch.index_date))
        except (KeyError, ValueError, TypeError, StopIteration, EngineFailed, RuntimeError):
            return False  # what is left is no profile or no export any more

    export, profile = shrunk(batch.exports[export], batch.profiles[place], differs)
    files, text = csv_files(export), profile_text(profile)
    expected = evaluate(read_profile(text), read_export(files), batch.index_date)
    kept = {**files, "profile.toml": text, "expected.json": json.dumps(expected, ensure_ascii=False, indent=1) + "\n"}
    write_files(folder, kept)
    return text, pair(engine, export, profile, batch.index_date)


def fixtures():
    """`(folder's name, files, profile's text, profile id, index date)` of every stored fixture."""
    for folder in sorted(path.parent for path in FIXTURES.glob("*/profile.toml")):
        files = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.csv")}
        text = (folder / "profile.toml").read_text(encoding="utf-8")
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        yield folder.name, files, text, expected["profile"]["id"], date.fromisoformat(expected["index_date"])


def replay_fixtures(engine):
    """Every stored fixture in SQL, too: `(pairs, differences)`."""
    pairs = differences = 0
    for folder, *fixture in fixtures():
        found = pair_of_texts(engine, *fixture)
        pairs += found is not None
        if found:
            differences += 1
            print(f"fixture {folder}: SQL differs: {found}")
    return pairs, differences


def mutants_in_fixtures(engine, mutants):
    """Each fault planted in the texts of the fixtures, which hold the cases that chance seldom makes:
    `{mutant: pairs that differ}`."""
    total = dict.fromkeys(mutants, NOT_THERE)
    for _, files, text, name, index_date in fixtures():
        with tempfile.TemporaryDirectory(prefix="profilblik-sql-") as root:
            answers = Answers(engine, {"1": files}, {name: text}, index_date, Path(root))
            for mutant, count in mutant_counts(answers, mutants).items():
                total[mutant] = max(total[mutant], count)
    return total


def run_comparison(asked):
    pairs, differences = replay_fixtures(asked.engine)
    print(f"{pairs} fixtures replayed")
    work, refused, kept = list(batches(asked.seed, asked.pairs)), [], 0
    with ProcessPoolExecutor(asked.processes) as pool:
        jobs = [pool.submit(batch_differences, asked.engine, *one) for one in work]
        for one, job in zip(work, jobs):
            compared, without, found = job.result()
            pairs, differences = pairs + compared, differences + len(found)
            refused += without
            for place, export, parts in found[: asked.shrink]:
                print(f"seed {one[0]} profile {place} export {export}: {', '.join(parts)} differ")
                if kept < asked.shrink:
                    kept += 1
                    folder = (asked.keep or FIXTURES) / f"sql-seed{one[0]}-{place}-{export}"
                    text, small = keep_fixture(asked.engine, *one, place, export, folder)
                    print(f"{text}\n(SQL, engine): {small}\nkept in {folder}\n")
    for reason in sorted(set(refused)):
        print(f"without SQL: {reason}")
    print(f"{pairs} pairs, {differences} differences, {len(refused)} profiles without SQL")
    return 1 if differences else 0


def run_mutants(asked):
    """Each fault planted in the texts must make at least one pair differ; so must one in the engine.

    First in the fixtures, then in pairs made by chance: few exports and many batches, as what a fault
    needs is the right profile. A fault that one batch has noticed is not planted in the next.
    """
    counts = mutants_in_fixtures(asked.engine, list(MUTANTS))
    work = [(asked.seed * 1000 + number, PROFILES_PER_BATCH, EXPORTS_FOR_MUTANTS) for number in range(asked.batches)]
    with ProcessPoolExecutor(asked.processes) as pool:
        late = pool.submit(batch_differences, asked.engine, *work[0], "engine")
        for start in range(0, len(work), asked.processes):
            left = [mutant for mutant in MUTANTS if counts[mutant] <= 0]
            if not left:
                break
            jobs = [pool.submit(batch_differences, asked.engine, *one, left) for one in work[start: start + asked.processes]]
            for job in jobs:
                for mutant, count in job.result().items():
                    counts[mutant] = max(counts[mutant], count)
        counts["the engine asked a day late"] = len(late.result()[2])
    for mutant, count in counts.items():
        print(f"{mutant}: " + {NOT_THERE: "NO TEXT HAS THE PLACE", 0: "NOT NOTICED"}.get(count, "noticed"))
    missed = sum(count <= 0 for count in counts.values())
    print(f"{len(counts)} mutants, {missed} not noticed")
    return 1 if missed else 0


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--engine", type=Path, default=Path("target/release/profilblik"))
    arguments.add_argument("--pairs", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--processes", type=int, default=2)
    arguments.add_argument("--shrink", type=int, default=3, help="how many differing pairs to make small")
    arguments.add_argument("--keep", type=Path, help="folder for shrunk pairs instead of the fixtures")
    arguments.add_argument("--mutants", action="store_true", help="plant faults in the SQL")
    arguments.add_argument("--batches", type=int, default=60, help="for --mutants: batches at most")
    asked = arguments.parse_args()
    began = time.monotonic()
    status = run_mutants(asked) if asked.mutants else run_comparison(asked)
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
