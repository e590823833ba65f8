"""From CSV text to the answer, the generator's promise, and shrinking."""

import unittest
from datetime import date
from fractions import Fraction
from pathlib import Path

from . import cpr
from .compare_order import expected_order, read_printed
from .evaluate import default_index_date, evaluate, rounded
from .export import read_export
from .generate import Batch, csv_files
from .make_profile import KINDS
from .mutants import MUTANTS, planted
from .profile import read_profile
from .prove_patients import failures
from .shrink import shrunk
from .toml_text import profile_text

PROFILE = """
format = 1
[profil]
id = "p"
version = "1.0"
titel = "t"
[kriterie.opioid]
register = "medicin"
koder = ["N02A"]
vindue = ["-6 mdr", "0 d"]
[kriterie.cancer]
register = "diagnose"
koder = ["X76"]
vindue = ["-2 aar", "0 d"]
[population]
inklusion = { alle = ["opioid"] }
eksklusion = { alle = ["cancer"] }
[[markering]]
id = "m"
naar = "cancer"
niveau = "gul"
tekst = "x"
[[maalepunkt]]
id = "a"
titel = "x"
taeller = "opioid"
pr = 100
"""
FILES = {
    "patient.csv": "cpr;status;ydernummer\n0101501111;tilmeldt;000001\n0201501112;;000001\n0301501113;passant;000002\n"
                   "0401501114;aktiv;\n",
    "medicin.csv": "cpr;atc;udleveret_dato\n0101501111;n02ax02;01-12-2024\n0201501112;N02AX02;30-11-2024\n"
                   "0301501113;N02AX02;01-05-2025\n0401501114;N02AX02;\n",
    "diagnoser.csv": "cpr;icpc;dato\n010150-1111;X76;\n",
}


class Whole(unittest.TestCase):
    def answer(self, files=None):
        return evaluate(read_profile(PROFILE), read_export(files or FILES), date(2025, 6, 1))

    def test_members_undecided_and_measures(self):
        answer = self.answer()
        self.assertEqual(answer["counts"], {"members": 1, "undecided": 1, "outside": 1, "not_looked_at": 1})
        self.assertEqual(answer["members"], [{"cpr": "0101501111", "markers": [], "markers_undecided": ["m"],
                                              "exclusion_undecided": True}])
        self.assertEqual(answer["undecided"], [{"cpr": "0401501114", "criteria": ["opioid"]}])
        rows = [(one["ydernummer"], one["numerator"], one["denominator"], one["undecided"], one["value"])
                for one in answer["measures"]]
        self.assertEqual(rows, [("000001", 1, 2, 0, 50.0), ("000002", 0, 0, 0, None), (None, 1, 2, 1, 50.0)])

    def test_order_of_rows_does_not_matter(self):
        turned = {}
        for name, text in FILES.items():
            head, *rows = text.splitlines()
            turned[name] = "\n".join([head, *reversed(rows)]) + "\n"
        self.assertEqual(self.answer(turned), self.answer())

    def test_missing_register(self):
        answer = self.answer({name: text for name, text in FILES.items() if name != "medicin.csv"})
        self.assertEqual([one["cpr"] for one in answer["undecided"]], ["0101501111", "0201501112", "0401501114"])

    def test_default_index_date(self):
        self.assertEqual(default_index_date(read_export(FILES), date(2026, 1, 1)), date(2025, 5, 1))
        self.assertEqual(default_index_date(read_export(FILES), date(2025, 4, 1)), date(2024, 12, 1))

    def test_order_of_the_list(self):
        text = PROFILE.replace('eksklusion = { alle = ["cancer"] }', "")
        ages = {"patient.csv": "cpr;status\n0101501111;tilmeldt\n0201401112;\n0301501113;\n",
                "medicin.csv": "cpr;atc;udleveret_dato\n" + "".join(
                    f"{person};N02AX02;01-05-2025\n" for person in ("0101501111", "0201401112", "0301501113")),
                "diagnoser.csv": "cpr;icpc;dato\n0301501113;X76;01-05-2025\n"}
        one, older, marked = "0101501111", "0201401112", "0301501113"
        for order, expected in (([], [marked, older, one]), (["-alder"], [older, one, marked]), (["alder"], [one, marked, older]),
                                (["-cpr"], [marked, older, one]), (["markeringer"], [one, older, marked])):
            found = expected_order(read_export(ages), read_profile(text), {"m": "gul"}, order, date(2025, 6, 1))
            self.assertEqual(found, expected, order)
        self.assertEqual(read_printed("Prøve p1 v1.0, x\n\nm  010150-1111  A  75\n\nKan ikke afgøres: 1\n  020150-1112"), {"p1": [one]})

    def test_rounded_half_up(self):
        self.assertEqual(rounded(Fraction(1, 2_000_000)), 0.000001)
        self.assertEqual(rounded(Fraction(12_000, 279)), 43.010753)

    def test_cpr_century_and_replacement_numbers(self):
        for number, born in (("0201609996", date(1960, 1, 2)), ("0101004001", date(2000, 1, 1)),
                             ("0101374001", date(1937, 1, 1)), ("6101575001", date(2057, 1, 1)),
                             ("0101585001", date(1858, 1, 1)), ("3002501111", None)):
            self.assertEqual(cpr.birth_date(number), born)
        self.assertEqual([cpr.sex("0201609996"), cpr.sex("0201609995")], ["K", "M"])


class Generated(unittest.TestCase):
    def test_same_seed_same_batch(self):
        one, other = Batch(5, 30), Batch(5, 30)
        self.assertEqual(csv_files(one.export), csv_files(other.export))
        self.assertEqual(one.profiles, other.profiles)
        self.assertNotEqual(one.profiles, Batch(6, 30).profiles)

    def test_every_kind_is_made_and_evaluated(self):
        batch = Batch(1, len(KINDS))
        made = {table["tekst"] for profile in batch.profiles for table in profile["kriterie"].values()}
        self.assertEqual(made, set(KINDS))
        for profile in batch.profiles:
            answer = evaluate(read_profile(profile_text(profile)), read_export(csv_files(batch.export)), batch.index_date)
            self.assertEqual(answer["profile"]["id"], profile["profil"]["id"])

    def test_planted_faults_go_away_again(self):
        batch = Batch(2, 10)
        files, texts = csv_files(batch.export), [profile_text(profile) for profile in batch.profiles]

        def answers():
            return [evaluate(read_profile(text), read_export(files), batch.index_date) for text in texts]

        before = answers()
        for name in MUTANTS:
            with planted(name):
                answers()
        self.assertEqual(answers(), before)

    def test_shrinking_keeps_what_matters(self):
        batch = Batch(3, 5)
        wanted = next(row["cpr"] for table in batch.export.values() for row in table["rows"])

        def differs(export, profile):
            return any(row["cpr"] == wanted for table in export.values() for row in table["rows"])

        export, profile = shrunk(batch.export, batch.profiles[0], differs)
        self.assertEqual(sum(len(table["rows"]) for table in export.values()), 1)
        self.assertEqual(len(profile["kriterie"]), 1)


class BuiltIn(unittest.TestCase):
    def test_test_patients_of_the_built_in_profiles(self):
        paths = sorted(Path(__file__).parents[2].glob("profiles/*.toml"))
        profiles = [read_profile(path.read_text(encoding="utf-8")) for path in paths]
        tests = [(profile, test) for profile in profiles for test in profile["tests"]]
        self.assertGreater(len(tests), 50)
        for profile, test in tests:
            self.assertEqual(failures(profile, test), [], test["navn"])


if __name__ == "__main__":
    unittest.main()
