"""Asking the engine's command line, and saying in which pairs it disagrees with the reference."""

import json
import subprocess
import tempfile
from pathlib import Path

from .evaluate import evaluate
from .export import read_export
from .generate import csv_files, write_files
from .profile import read_profile

COMPARED = ("profile", "index_date", "counts", "members", "undecided", "measures", "products")


class EngineFailed(Exception):
    """The engine answered with something that is no answer."""


def engine_answers(engine, files, profiles, index_date, options=()):
    """`{profile id: answer}`; a profile that the engine refuses is missing. `files` and `profiles` are texts."""
    with tempfile.TemporaryDirectory(prefix="profilblik-reference-") as folder:
        root = Path(folder)
        write_files(root / "export", files)
        write_files(root / "profiles", {f"{name}.toml": text for name, text in profiles.items()})
        command = [str(engine), "evaluate", str(root / "export"), "--json", "--products", "--lang", "en", *options]
        for name in profiles:
            command += ["--profile", str(root / "profiles" / f"{name}.toml")]
        if index_date:
            command += ["--date", index_date.isoformat()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if done.returncode == 1 and not done.stdout.strip() and "the population is ja" in done.stderr:
        return {}  # the only profile was refused
    if done.returncode not in (0, 1) or not done.stdout.strip():
        raise EngineFailed(f"status {done.returncode}: {done.stderr.strip()[:2000]}")
    answers = json.loads(done.stdout)
    answers = answers if isinstance(answers, list) else [answers]
    return {answer["profile"]["id"]: answer for answer in answers}


def reference_answer(files, profile_text, index_date):
    """The reference's answer to one pair."""
    return evaluate(read_profile(profile_text), read_export(files), index_date)


def differing(expected, answer):
    """The parts of the answer that differ, as `{part: (expected, engine's)}`.

    SQL and the older fixtures have no tables of medicines.
    """
    if answer is None:
        return {"profile": (expected["profile"], "refused by the engine")}
    answer = {**answer, "profile": {key: answer["profile"][key] for key in ("id", "version")}}
    return {part: (expected[part], answer[part]) for part in COMPARED
            if part in expected and part in answer and expected[part] != answer[part]}


def pair_differences(engine, export, profile, profile_text, index_date):
    """The differences of a single pair, with the engine run for it alone."""
    files, name = csv_files(export), profile["profil"]["id"]
    expected = reference_answer(files, profile_text, index_date)
    return expected, differing(expected, engine_answers(engine, files, {name: profile_text}, index_date).get(name))
