"""The sums behind the verdicts of R18: the engine's receipt of one person against the reference's orders.

`python3 -m tests.reference.compare_sums --people 200 --engine target/release/profilblik`

A verdict says only on which side of a limit a sum lies; here the fixed sum, the most that it may be and
the grey zone are compared as exact fractions.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

from .evaluate import Patient, people
from .export import read_export
from .generate import Batch, csv_files, write_files
from .omeq import equivalents, is_grey
from .profile import read_profile

PROFILE = """format = 1
[profil]
id = "sum"
version = "1.0"
titel = "Sum"
[kriterie.sum]
register = "medicin"
koder = ["N02A", "N07BC", "R05DA04"]
beregning = "omeq_pr_doegn"
vaerdi = "> 100"
[population]
inklusion = { alle = ["sum"] }
"""


def expected(export, person, row, index_date):
    patient = Patient(export, read_profile(PROFILE), index_date, person, row)
    criterion = patient.profile["criteria"]["sum"]
    records = patient.records(criterion, None)
    found = equivalents(criterion, records, index_date)
    return {"verdict": patient.verdict("sum"), "fixed": found.lower, "most": found.upper,
            "grey": is_grey(criterion, records, (index_date, index_date))}


def number(text):
    """A decimal number, or a fraction such as `1/3`."""
    return None if text is None else Fraction(text)


def engine_sum(engine, folder, person, index_date):
    command = [str(engine), "why", str(folder / "export"), "--profile", str(folder / "sum.toml"), "--cpr", person,
               "--date", index_date.isoformat(), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    answer = json.loads(done.stdout)
    criterion = (answer[0] if isinstance(answer, list) else answer)["criteria"][0]
    receipt = criterion["receipt"]
    return {"verdict": criterion["verdict"], "fixed": number(receipt["fixed"]), "most": number(receipt["most"]),
            "grey": receipt["grey"]}


def batch_sums(engine, seed):
    """`(person, reference's, engine's)` for every person looked at in one export with medicine rows."""
    batch = Batch(seed, 0)
    files = csv_files(batch.export)
    export = read_export(files)
    if not export.has("medicin"):
        return []
    with tempfile.TemporaryDirectory(prefix="profilblik-reference-") as folder:
        write_files(Path(folder) / "export", files)
        write_files(Path(folder), {"sum.toml": PROFILE})
        return [(person, expected(export, person, row, batch.index_date),
                 engine_sum(engine, Path(folder), person, batch.index_date))
                for person, row in sorted(people(export)[0].items())]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--engine", type=Path, default=Path("target/release/profilblik"))
    arguments.add_argument("--people", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    compared = differences = 0
    seed = asked.seed * 1_000_000
    while compared < asked.people:
        for person, own, of_engine in batch_sums(asked.engine, seed):
            compared += 1
            if own != of_engine:
                differences += 1
                parts = {part: (str(own[part]), str(of_engine[part])) for part in own if own[part] != of_engine[part]}
                print(f"seed {seed} {person}: (reference, engine) {parts}")
        seed += 1
    print(f"{compared} people, {differences} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
