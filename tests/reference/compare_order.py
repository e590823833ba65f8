"""The order of the members on the engine's printed list, against R22, over many pairs.

`python3 -m tests.reference.compare_order --pairs 500 --engine target/release/profilblik`

The command line's JSON is sorted by CPR, whatever the profile says; the printed table is not.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from . import dates
from .compare import batches
from .evaluate import Patient, marker_verdict, people, population
from .export import read_export
from .generate import Batch, csv_files, write_files
from .profile import read_profile
from .toml_text import profile_text, section
from .verdicts import UNKNOWN, YES

ORDERS = [["-markeringer", "-alder"], ["-markeringer"], ["alder"], ["-alder"], ["-cpr"], ["navn"], ["-navn", "-cpr"],
          ["alder", "-markeringer"], ["markeringer", "-navn"], []]
DEFAULT = ["-markeringer", "-alder"]  # section 1: markers, then age
LEVELS = ["roed", "gul", "blaa"]


def sorted_members(patients, levels, order):
    """R22: by the keys in turn, `-` before a key for largest first; ties always by CPR."""
    members = sorted(patients, key=lambda patient: patient.person)
    for key in reversed(order or DEFAULT):  # sorting is stable: the first key last
        members.sort(key=lambda patient: sort_key(patient, key.lstrip("-"), levels, not order), reverse=key.startswith("-"))
    return [patient.person for patient in members]


def sort_key(patient, key, levels, default=False):
    if key == "markeringer":
        return marker_counts(patient, levels, default)
    if key == "alder":
        return dates.completed(patient.known_fields()["birth"], patient.index_date, "aar")
    return patient.person if key == "cpr" else (patient.listing or {}).get("name", "")


def marker_counts(patient, levels, default):
    """R22: the number of red, then yellow, then blue markers that are ja; without `sortering` those of red markers
    that are ukendt count between red and yellow (appendix C)."""
    said = [(levels[marker], marker_verdict(patient, marker, name))
            for marker, name in patient.profile["markers"].items()]
    red, *others = [said.count((level, YES)) for level in LEVELS]
    return [red, said.count((LEVELS[0], UNKNOWN)) if default else 0, *others]


def expected_order(export, profile, levels, order, index_date):
    looked_at, _ = people(export)
    patients = [Patient(export, profile, index_date, person, row) for person, row in looked_at.items()]
    members = [one for one in patients if population(one)[0] == YES and population(one)[1] != YES]
    return sorted_members(members, levels, order)


def printed_orders(engine, files, texts, index_date):
    """`{title: CPR numbers in the printed order}`."""
    with tempfile.TemporaryDirectory(prefix="profilblik-reference-") as folder:
        root = Path(folder)
        write_files(root / "export", files)
        write_files(root / "profiles", {f"{name}.toml": text for name, text in texts.items()})
        command = [str(engine), "evaluate", str(root / "export"), "--date", index_date.isoformat(), "--lang", "da"]
        for name in texts:
            command += ["--profile", str(root / "profiles" / f"{name}.toml")]
        printed = subprocess.run(command, capture_output=True, text=True, timeout=300).stdout
    return read_printed(printed)


def read_printed(printed):
    found, title = {}, None
    for line in printed.splitlines():
        head = re.match(r"Prøve (\S+) v1\.0, ", line)
        if head:
            title = head.group(1)
            found[title] = []
        elif line.startswith("Kan ikke afgøres"):
            title = None
        elif title:
            found[title] += ["".join(pair) for pair in re.findall(r"\b(\d{6})-(\d{4})\b", line)[:1]]
    return found


def batch_differences(engine, seed, number):
    """`[(profile, order, expected, printed)]` of one batch."""
    batch = Batch(seed, number)
    files, texts, expected = csv_files(batch.export), {}, {}
    export = read_export(files)
    for profile in batch.profiles:
        name, order = profile["profil"]["id"], batch.case.random.choice(ORDERS)
        profile["profil"]["titel"] = f"Prøve {name}"
        texts[name] = profile_text(profile) + ("\n" + section("[sortering]", {"efter": order}) if order else "")
        levels = {marker["id"]: marker["niveau"] for marker in profile["markering"]}
        expected[name] = (order, expected_order(export, read_profile(texts[name]), levels, order, batch.index_date))
    printed = printed_orders(engine, files, texts, batch.index_date)
    return [(name, order, people, printed.get(name)) for name, (order, people) in expected.items() if printed.get(name) != people]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--engine", type=Path, default=Path("target/release/profilblik"))
    arguments.add_argument("--pairs", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    differences = []
    for seed, number in batches(asked.seed, asked.pairs):
        differences += [(seed, *one) for one in batch_differences(asked.engine, seed, number)]
    for one in differences[:10]:
        print("seed {} {} {}: expected {}, printed {}".format(*one))
    print(f"{asked.pairs} pairs, {len(differences)} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
