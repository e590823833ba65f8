"""The same seed always gives the same export and the same profiles.

`python3 -m tests.reference.generate --seed 7 --profiles 100 --out FOLDER` writes one batch.
"""

import argparse
import random
from pathlib import Path

from .evaluate import Patient, population
from .export import Export
from .make_export import csv_text, make_export
from .make_profile import make_profile
from .profile import read_profile
from .prove_patients import PERSON, RECORDS, listing
from .toml_text import profile_text
from .verdicts import YES
from .vocabulary import Case


class Batch:
    """One export, one index date, and profiles whose limits the export was built for."""

    def __init__(self, seed, profiles=100):
        self.case = Case(random.Random(seed))
        self.index_date = self.case.index_date
        self.export = make_export(self.case)
        self.profiles = [well_formed_profile(self.case, number) for number in range(profiles)]


def well_formed_profile(case, number):
    """A profile that section 4 does not refuse: not ja for a patient of whom nothing is known."""
    while True:
        profile = make_profile(case, number)
        if not holds_for_nobody_known(read_profile(profile_text(profile)), case.index_date):
            return profile


def holds_for_nobody_known(profile, index_date):
    """Section 4: no row in any register, birth date, sex and all other fields unknown."""
    row = listing({})
    export = Export({"patient": [row], **{register: [] for register in RECORDS}})
    inclusion, exclusion = population(Patient(export, profile, index_date, PERSON, row))
    return inclusion == YES and exclusion != YES


def csv_files(export):
    return {file: csv_text(table) for file, table in export.items()}


def write_files(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--profiles", type=int, default=100)
    arguments.add_argument("--out", type=Path, required=True)
    asked = arguments.parse_args()
    batch = Batch(asked.seed, asked.profiles)
    write_files(asked.out / "export", csv_files(batch.export))
    texts = {f"{profile['profil']['id']}.toml": profile_text(profile) for profile in batch.profiles}
    write_files(asked.out / "profiles", texts)
    print(f"{len(texts)} profiles, index date {batch.index_date}")


if __name__ == "__main__":
    main()
