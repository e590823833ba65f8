"""The engine and the reference over many pairs of a profile and an export.

`python3 -m tests.reference.compare --pairs 10000 --engine target/release/profilblik`

First every stored fixture is replayed. Then each batch is one export with a hundred profiles, for
which the engine runs once. The last line is `N pairs, D differences`; the status is 1 if D > 0.
`--mutants` plants faults in the reference instead, and demands that each of them is noticed.
"""

import argparse
import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from .engine import EngineFailed, differing, engine_answers, pair_differences
from .evaluate import evaluate
from .export import read_export
from .generate import Batch, csv_files, write_files
from .mutants import MUTANTS, planted
from .profile import read_profile
from .shrink import shrunk
from .toml_text import profile_text

FIXTURES = Path(__file__).parent / "fixtures"
PROFILES_PER_EXPORT = 100


def batch_differences(engine, seed, profiles, mutant=None):
    """`(pairs, [(place of the profile, parts that differ)])` of one batch."""
    batch = Batch(seed, profiles)
    files = csv_files(batch.export)
    texts = {profile["profil"]["id"]: profile_text(profile) for profile in batch.profiles}
    try:
        answers = engine_answers(engine, files, texts, batch.index_date)
    except EngineFailed as failure:
        return len(texts), [(0, {"engine": ("an answer", str(failure))})]
    found = []
    with planted(mutant) if mutant else nullcontext():
        export = read_export(files)
        for place, (name, text) in enumerate(texts.items()):
            expected = evaluate(read_profile(text), export, batch.index_date)
            different = differing(expected, answers.get(name))
            if different:
                found.append((place, different))
    return len(texts), found


def batches(seed, pairs):
    """Seed and number of profiles of every batch, so that the pairs come out exactly."""
    for start in range(0, pairs, PROFILES_PER_EXPORT):
        yield seed * 1_000_000 + start // PROFILES_PER_EXPORT, min(PROFILES_PER_EXPORT, pairs - start)


def smallest(engine, seed, profiles, place):
    """The shrunk export and profile of a differing pair."""
    batch = Batch(seed, profiles)

    def differs(export, profile):
        try:
            _, found = pair_differences(engine, export, profile, profile_text(profile), batch.index_date)
        except (KeyError, ValueError, TypeError, StopIteration, EngineFailed):
            return False  # what is left is no profile or no export any more
        return bool(found) and "profile" not in found

    export, profile = shrunk(batch.export, batch.profiles[place], differs)
    return export, profile, batch.index_date


def keep_fixture(engine, seed, profiles, place, folder):
    """Shrink one differing pair and write it down with what the reference expects."""
    export, profile, index_date = smallest(engine, seed, profiles, place)
    text = profile_text(profile)
    expected, found = pair_differences(engine, export, profile, text, index_date)
    files = {**csv_files(export), "profile.toml": text}
    files["expected.json"] = json.dumps(expected, ensure_ascii=False, indent=1) + "\n"
    write_files(folder, files)
    return text, found


def replayed(engine, folder):
    """What differs in a stored fixture: from the reference, and from the engine."""
    files = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.csv")}
    text = (folder / "profile.toml").read_text(encoding="utf-8")
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    index_date, name = date.fromisoformat(expected["index_date"]), expected["profile"]["id"]
    own = differing(expected, evaluate(read_profile(text), read_export(files), index_date))
    return own, differing(expected, engine_answers(engine, files, {name: text}, index_date).get(name))


def replay_fixtures(engine):
    """`(pairs, differences)` of all stored fixtures."""
    folders = sorted(path.parent for path in FIXTURES.glob("*/profile.toml"))
    differences = 0
    for folder in folders:
        own, of_engine = replayed(engine, folder)
        for who, found in (("reference", own), ("engine", of_engine)):
            if found:
                differences += 1
                print(f"fixture {folder.name}: the {who} differs: {found}")
    return len(folders), differences


def compare(asked, mutant=None):
    """`(pairs, [(seed, profiles, place, parts)])` over all batches, on as many processes as asked for."""
    work = list(batches(asked.seed, asked.pairs))
    pairs, found = 0, []
    with ProcessPoolExecutor(asked.processes) as pool:
        jobs = [pool.submit(batch_differences, asked.engine, seed, profiles, mutant) for seed, profiles in work]
        for (seed, profiles), job in zip(work, jobs):
            number, different = job.result()
            pairs += number
            found += [(seed, profiles, place, parts) for place, parts in different]
    return pairs, found


def run_comparison(asked):
    pairs, differences = replay_fixtures(asked.engine)
    print(f"{pairs} fixtures replayed")
    more, found = compare(asked)
    for number, (seed, profiles, place, parts) in enumerate(found):
        print(f"seed {seed} profile {place}: {', '.join(parts)} differ")
        if number < asked.shrink:
            folder = (asked.keep or FIXTURES) / f"seed{seed}-{place}"
            text, small = keep_fixture(asked.engine, seed, profiles, place, folder)
            print(f"{text}\n(reference, engine): {small}\nkept in {folder}\n")
    differences += len(found)
    print(f"{pairs + more} pairs, {differences} differences")
    return 1 if differences else 0


def run_mutants(asked):
    """Each planted fault must make at least one pair differ."""
    missed = 0
    for mutant in MUTANTS:
        pairs, found = compare(asked, mutant)
        missed += not found
        print(f"{mutant}: {len(found)} of {pairs} pairs differ" + ("" if found else "  NOT NOTICED"))
    print(f"{len(MUTANTS)} mutants, {missed} not noticed")
    return 1 if missed else 0


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--engine", type=Path, default=Path("target/release/profilblik"))
    arguments.add_argument("--pairs", type=int, default=10_000, help="for --mutants: pairs for each fault")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--processes", type=int, default=2)
    arguments.add_argument("--shrink", type=int, default=3, help="how many differing pairs to make small")
    arguments.add_argument("--keep", type=Path, help="folder for shrunk pairs instead of the fixtures")
    arguments.add_argument("--mutants", action="store_true", help="plant faults in the reference")
    asked = arguments.parse_args()
    began = time.monotonic()
    status = run_mutants(asked) if asked.mutants else run_comparison(asked)
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
