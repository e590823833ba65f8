"""Edge cases of section 5 of the language, worked out by hand from the document."""

import unittest
from datetime import date

from .profile import read_profile
from .prove_patients import failures
from .verdicts import NO, UNKNOWN, YES

HEAD = 'format = 1\n[profil]\nid = "p"\nversion = "1"\ntitel = "t"\n[population]\ninklusion = { alle = ["k"] }\n'
DAY = date(2025, 6, 1)


def d(text):
    return date.fromisoformat(text)


class Rules(unittest.TestCase):
    def says(self, verdict, criteria, day=DAY, **test):
        """Criterion `k` has this verdict for the imagined patient."""
        profile = read_profile(HEAD + criteria)
        found = failures(profile, {"indeksdato": day, "forventet": {"kriterier": {"k": verdict}}, **test})
        self.assertEqual(found, [])

    def medicine(self, verdict, keys, rows, **more):
        self.says(verdict, '[kriterie.k]\nregister = "medicin"\n' + keys, medicin=rows, **more)

    def laboratory(self, verdict, keys, *values, **more):
        rows = [{"kode": "DNK35302", "dato": d(day), "vaerdi": value} for day, value in values]
        self.says(verdict, '[kriterie.k]\nregister = "proeve"\n' + keys, proeve=rows, **more)

    def test_window_is_closed_at_both_ends(self):
        window = 'vindue = ["-6 mdr", "0 d"]'
        for day, verdict in (("2024-12-01", YES), ("2024-11-30", NO), ("2025-06-01", YES), ("2025-06-02", NO)):
            self.medicine(verdict, window, [{"kode": "N02A", "dato": d(day)}])

    def test_months_end_at_the_last_day(self):
        row = [{"kode": "N02A", "dato": d("2025-02-28")}]
        self.medicine(YES, 'vindue = ["-7 mdr", "-7 mdr"]', row, day=d("2025-09-30"))
        self.medicine(NO, 'vindue = ["-7 mdr", "-7 mdr"]', row, day=d("2025-09-27"))

    def test_treatment_ends_on_the_index_date_or_the_day_before(self):
        for end, verdict in (("2025-06-01", YES), ("2025-05-31", NO)):
            self.medicine(verdict, 'tid = "periode"', [{"kode": "N02A", "dato": d("2025-01-01"), "slut": d(end)}])

    def test_last_day_of_supply_and_of_assumed_cover(self):
        for start, keys, verdict in (
            ("2025-05-23", {"dage": 10}, YES), ("2025-05-22", {"dage": 10}, NO),
            ("2025-03-04", {}, YES), ("2025-03-03", {}, NO), ("2023-01-01", {"aaben": True}, YES),
        ):
            self.medicine(verdict, 'tid = "periode"', [{"kode": "N02A", "dato": d(start), **keys}])

    def test_gap_equal_to_and_one_over(self):
        course = 'beregning = "aktuelt_forloeb"\ngab = "7 d"\nvaerdi = "> 60 d"'
        old = {"kode": "B01A", "dato": d("2020-01-01")}
        for start, verdict in (("2025-04-08", YES), ("2025-04-09", NO)):
            rows = [{"kode": "N02A", "dato": d("2025-01-01"), "slut": d("2025-03-31")},
                    {"kode": "N02A", "dato": d(start), "slut": d("2025-07-01")}, old]
            self.medicine(verdict, 'koder = ["N02A"]\n' + course, rows)

    def test_course_at_the_beginning_of_the_register_is_at_least(self):
        rows = [{"kode": "N02A", "dato": d("2025-05-01"), "slut": d("2025-07-01")}]
        self.medicine(UNKNOWN, 'beregning = "aktuelt_forloeb"\ngab = "7 d"\nvaerdi = "> 60 d"', rows)
        self.medicine(YES, 'beregning = "aktuelt_forloeb"\ngab = "7 d"\nvaerdi = "> 30 d"', rows)

    def test_course_began_before_six_months(self):
        for operator, start, verdict in ((">", "2024-12-01", NO), (">=", "2024-12-01", YES), (">", "2024-11-30", YES)):
            rows = [{"kode": "N02A", "dato": d(start), "aaben": True}, {"kode": "B01A", "dato": d("2020-01-01")}]
            self.medicine(verdict, f'koder = ["N"]\nberegning = "aktuelt_forloeb"\nvaerdi = "{operator} 6 mdr"', rows)

    def test_intervals_and_text(self):
        keys = 'vaelg = "seneste"\nvaerdi = "< 60"'
        for value, verdict in ((">90", NO), (">30", UNKNOWN), ("<60", YES), ("se bemærkning", UNKNOWN),
                               ("59,9", YES), (60, NO), ("1.234", UNKNOWN), ("", UNKNOWN)):
            self.laboratory(verdict, keys, ("2025-02-01", value))

    def test_pick_before_compare(self):
        values = (("2025-01-01", 55), ("2025-02-01", 62))
        self.laboratory(NO, 'vaelg = "seneste"\nvaerdi = "< 60"', *values)
        self.laboratory(YES, 'vaelg = "foerste"\nvaerdi = "< 60"', *values)
        self.laboratory(YES, 'vaelg = "laveste"\nvaerdi = "< 60"', *values)
        self.laboratory(NO, 'vaelg = "hoejeste"\nvaerdi = "< 60"', *values)

    def test_highest_of_intervals_and_text(self):
        self.laboratory(YES, 'vaelg = "hoejeste"\nvaerdi = ">= 5"', ("2025-01-01", 5), ("2025-02-01", "neg"))
        self.laboratory(UNKNOWN, 'vaelg = "hoejeste"\nvaerdi = "< 6"', ("2025-01-01", 5), ("2025-02-01", "neg"))

    def test_ties_of_one_day(self):
        values = (("2025-02-01", 55), ("2025-02-01", 62))
        self.laboratory(YES, 'vaelg = "seneste"\nvaerdi = "< 60"', *values)
        self.laboratory(NO, 'vaelg = "seneste"\nvaerdi = "< 60"\nved_samme_dag = "hoejeste"', *values)

    def test_unit_is_never_converted(self):
        rows = [{"kode": "DNK35302", "dato": DAY, "vaerdi": 5, "enhed": "µmol/L"}]
        for unit, verdict in (("mikromol/l", YES), ("mmol/L", UNKNOWN)):
            keys = f'[kriterie.k]\nregister = "proeve"\nvaelg = "seneste"\nvaerdi = "= 5 {unit}"'
            self.says(verdict, keys, proeve=rows)

    def test_codes(self):
        keys = '[kriterie.k]\nregister = "diagnose"\nkoder = ["L95"]'
        for code, verdict in ((" l95", YES), ("L950", NO), ("L95.01", YES), ("L 95", YES)):
            self.says(verdict, keys, diagnose=[{"kode": code}])
        self.medicine(NO, 'koder = ["M01A"]\nundtagen = ["M01AX05"]', [{"kode": "M01AX05", "dato": DAY}])

    def test_age_on_birthdays(self):
        keys = '[kriterie.k]\nregister = "patient"\nalder = ">= 18"'
        for born, day, verdict in (("2007-06-01", DAY, YES), ("2007-06-02", DAY, NO),
                                   ("2004-02-29", d("2022-02-28"), NO), ("2004-02-29", d("2022-03-01"), YES)):
            self.says(verdict, keys, day=day, patient={"foedt": d(born)})
        self.says(UNKNOWN, keys)

    def test_older_drug_before_the_anchor(self):
        keys = ('[kriterie.a]\nregister = "diagnose"\n[kriterie.k]\nregister = "medicin"\n'
                'vindue = ["-30 d", "-1 d"]\nanker = { kriterie = "a", vaelg = "foerste" }')
        diagnoses = [{"kode": "P76", "dato": d("2024-03-01")}, {"kode": "P76", "dato": d("2025-03-01")}]
        for day, verdict in (("2024-02-29", YES), ("2024-03-01", NO), ("2025-02-15", NO)):
            self.says(verdict, keys, diagnose=diagnoses, medicin=[{"kode": "N02A", "dato": d(day)}])
        self.says(NO, keys, medicin=[{"kode": "N02A", "dato": d("2024-02-29")}])
        self.says(UNKNOWN, keys, diagnose=[{"kode": "P76"}], medicin=[{"kode": "N02A", "dato": d("2024-02-29")}])

    def test_undated_diagnosis(self):
        for window, verdict in (('["-2 aar", "0 d"]', UNKNOWN), ('["*", "0 d"]', YES), ('["*", "-1 d"]', UNKNOWN)):
            self.says(verdict, f'[kriterie.k]\nregister = "diagnose"\nvindue = {window}', diagnose=[{"kode": "P76"}])

    def test_missing_register(self):
        keys = '[kriterie.k]\nregister = "medicin"'
        self.says(UNKNOWN, keys, registre=["diagnose"])
        self.says(NO, keys)

    def test_count_with_undated_and_distinct_days(self):
        rows = [{"kode": "N02A", "dato": DAY}, {"kode": "N02B", "dato": DAY}, {"kode": "N02C"}]
        self.medicine(YES, 'antal = ">= 3"', rows)
        self.medicine(UNKNOWN, 'antal = ">= 2"\ndistinkt = "dag"', rows)
        self.medicine(NO, 'antal = ">= 3"\ndistinkt = "dag"', rows)
        self.medicine(NO, 'antal = ">= 2"', [rows[0], dict(rows[0])])

    def test_three_drugs_but_never_on_one_day(self):
        keys = ('[kriterie.a]\nregister = "medicin"\nkoder = ["C09A"]\n[kriterie.b]\nregister = "medicin"\n'
                'koder = ["C03"]\n[kriterie.k]\nsamtidig = { af = ["a", "b"], vindue = ["-90 d", "0 d"] }')
        for start, verdict in (("2025-03-20", YES), ("2025-03-21", NO)):
            rows = [{"kode": "C09AA02", "dato": d("2025-03-10"), "slut": d("2025-03-20")},
                    {"kode": "C03CA01", "dato": d(start), "slut": d("2025-05-01")}]
            self.says(verdict, keys, medicin=rows)
        self.says(UNKNOWN, keys, medicin=[rows[0], {"kode": "C03CA01"}])


if __name__ == "__main__":
    unittest.main()
