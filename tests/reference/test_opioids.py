"""Morphine equivalents, DDDs and substances (R18, R17b, R12), worked out by hand from the document."""

import unittest
from datetime import date
from fractions import Fraction

from . import omeq
from .ddd import ddds_of, units_of
from .dose import read_dosage, read_strength
from .evaluate import Patient
from .export import Export, read_record
from .profile import read_profile
from .prove_patients import PERSON, failures, listing
from .verdicts import NO, UNKNOWN, YES

DAY = date(2025, 6, 1)
HEAD = 'format = 1\n[profil]\nid = "p"\nversion = "1"\ntitel = "t"\n[population]\ninklusion = { alle = ["k"] }\n'
OVER = '[kriterie.k]\nregister = "medicin"\nkoder = ["N02A"]\nberegning = "omeq_pr_doegn"\nvaerdi = "> 100"'
RUNNING = {"udleveret_dato": "01-05-2025", "slutdato": "31-12-2025"}

RATE = {"administrationsvej": "transdermal", "doegndosis": "47", "enhed": "µg/t"}


def d(text):
    return date.fromisoformat(text)


def row(atc, strength, dose, **cells):
    """A running medicine row of an export: so many units a day of a strength."""
    cells = {"administrationsvej": "oral", **RUNNING, **cells}
    return {"atc": atc, "styrke": strength, "doegndosis": dose, "enhed": "tablet", **cells}


def patch(atc, strength, dosage, **cells):
    return {"atc": atc, "styrke": strength, "dosering": dosage, "form": "depotplastre", **RUNNING, **cells}


def test_row(kode, mg, **keys):
    """A running record of a test patient: so many mg a day."""
    return {"kode": kode, "dato": d("2025-05-01"), "slut": d("2025-12-31"), "vej": "oral", "doegndosis_mg": mg, **keys}


class Opioids(unittest.TestCase):
    def patient(self, *rows, criteria=OVER):
        tables = {"medicin": [read_record("medicin", {"cpr": "0101010000", **cells}) for cells in rows]}
        return Patient(Export(tables), read_profile(HEAD + criteria), DAY, PERSON, None)

    def sums(self, low, high, *rows):
        """The fixed sum, and the sum with all that may be taken as needed; None = nobody knows."""
        patient = self.patient(*rows)
        criterion = patient.profile["criteria"]["k"]
        found = omeq.equivalents(criterion, patient.records(criterion, None), DAY)
        self.assertEqual((found.lower, found.upper), (Fraction(low), None if high is None else Fraction(high)))

    def is_over(self, verdict, *rows):
        self.assertEqual(self.patient(*rows).verdict("k"), verdict)

    def says(self, verdict, criteria, *rows, day=DAY, **test):
        profile = read_profile(HEAD + criteria)
        test = {"indeksdato": day, "medicin": list(rows), "forventet": {"kriterier": {"k": verdict}}, **test}
        self.assertEqual(failures(profile, test), [])


class Sanity(Opioids):
    """The values worked out in the clinical notes with the default factors."""

    def test_sums_of_one_order(self):
        for atc, strength, dose, expected in (
            ("N02AA01", "50 mg", "2", "100"), ("N02AA05", "35 mg", "2", "105"), ("N02AA05", "30 mg", "2", "90"),
            ("N02AX02", "100 mg", "4", "80"), ("N02AJ06", "30+500 mg", "8", "24"), ("N02AB01", "5 mg", "4", "20"),
            ("N02AJ13", "37,5+325 mg", "4", "30"), ("N02AX06", "250 mg", "1", "100"),
        ):
            self.sums(expected, expected, row(atc, strength, dose))

    def test_patches(self):
        for atc, strength, dosage, expected in (
            ("N02AB03", "50 µg/t", "1 plaster hver 3. dag", "120"),
            ("N02AB03", "12 mikrogram/time", "1 plaster hver 3. dag", "30"),
            ("N02AB03", "25 µg/t", "2 plastre hver 3. dag", "120"),
            ("N02AE01", "52,5 µg/t", "1 plaster hver 4. dag", "115.5"),
            ("N02AE01", "20 µg/t", "1 plaster hver 7. dag", "44"),
        ):
            self.sums(expected, expected, patch(atc, strength, dosage))

    def test_patches_a_day_must_come_out_whole(self):
        for strength, dosage, expected in (("35 µg/t", "2 plastre hver 7. dag", "77"), ("35 µg/t", "1 plaster hver 3. dag", "77"),
                                           ("20 µg/t", "1 plaster hver 4. dag", None), ("20 µg/t", "1 plaster daglig", None)):
            self.sums(expected or 0, expected, patch("N02AE01", strength, dosage))

    def test_a_rate_that_is_given(self):
        for rate, expected in (("12", "30"), ("25", "60"), ("12,5", "30")):
            self.sums(expected, expected, patch("N02AB03", "", "", doegndosis=rate, enhed="µg/t"))

    def test_grey_zone_stands_beside_the_verdict(self):
        for verdict, grey, one in ((NO, True, row("N02AA05", "30 mg", "2")), (NO, False, row("N02AA05", "25 mg", "2")),
                                   (YES, False, row("N02AA05", "35 mg", "2")), (YES, True, row("N02AE01", "", "", **RATE)),
                                   (NO, False, row("N02AA05", "30 mg", "2", type="PN"))):
            patient = self.patient(one)
            criterion = patient.profile["criteria"]["k"]
            self.assertEqual(patient.verdict("k"), verdict)
            self.assertEqual(omeq.is_grey(criterion, patient.records(criterion, None), (DAY, DAY)), grey, one)

    def test_a_ddd_is_no_morphine_equivalent(self):
        for atc, strength, expected in (("N02AA05", "75 mg", "112.5"), ("N02AX02", "300 mg", "60"), ("N02AA01", "100 mg", "100")):
            self.sums(expected, expected, row(atc, strength, "1"))


class Verdicts(Opioids):
    def test_exactly_100_is_not_more_than_100(self):
        self.says(NO, OVER, test_row("N02AA01", 100.0))
        self.says(YES, OVER, test_row("N02AA01", 100.1))
        self.says(YES, OVER.replace("> 100", ">= 100"), test_row("N02AA01", 100.0))

    def test_60_and_60(self):
        self.says(YES, OVER, test_row("N02AA01", 60.0), test_row("N02AA01", 60.0, start=d("2025-04-01")))
        self.says(NO, OVER, test_row("N02AA01", 60.0))

    def test_unreadable(self):
        self.is_over(UNKNOWN, row("N02AA01", "50 mg", "", dosering="efter skriftlig anvisning"))
        self.is_over(UNKNOWN, row("N02AA01", "", "2"))
        self.is_over(UNKNOWN, row("N02AA02", "5 mg", "2"))
        self.is_over(UNKNOWN, row("N02AA01", "", "2"), row("N02AX02", "100 mg", "4"))

    def test_120_and_unreadable(self):
        self.sums(120, None, row("N02AA01", "60 mg", "2"), row("N02AX02", "", "2"))
        self.is_over(YES, row("N02AA01", "60 mg", "2"), row("N02AX02", "", "2"))

    def test_as_needed_is_a_second_sum(self):
        for needed, kept, verdict in ((40.0, 60.0, NO), (41.0, 60.0, UNKNOWN), (10.0, 101.0, YES)):
            self.says(verdict, OVER, test_row("N02AA01", kept), test_row("N02AX02", needed * 5, pn=True))
        self.is_over(UNKNOWN, row("N02AA01", "10 mg", "", dosering="1 tablet efter behov"))
        self.sums(0, 80, row("N02AA01", "10 mg", "", dosering="2 tabletter efter behov højst 4 gange daglig"))

    def test_without_running_orders(self):
        self.says(NO, OVER)
        self.says(NO, OVER, test_row("N02AA01", 300.0, slut=d("2025-05-31")))
        self.says(UNKNOWN, OVER, registre=["diagnose"])

    def test_undated_order_runs_perhaps(self):
        self.says(UNKNOWN, OVER, {"kode": "N02AA01", "vej": "oral", "doegndosis_mg": 120.0})
        self.says(NO, OVER, {"kode": "N02AA01", "vej": "oral", "doegndosis_mg": 90.0})

    def test_what_the_table_does_not_know_is_no_opioid(self):
        self.sums(0, 0, row("N02BE01", "500 mg", "8"))
        self.says(NO, OVER.replace('koder = ["N02A"]\n', ""), {"kode": "N02BE01"}, {"navn": "uden kode"})

    def test_outside_n02a_only_where_asked_for(self):
        cough = test_row("R05DA04", 50.0)
        self.says(NO, OVER.replace("> 100", ">= 5"), cough)
        self.says(YES, OVER.replace("> 100", ">= 5").replace('"N02A"', '"N02A", "R05DA04"'), cough)

    def test_a_range_is_between_its_ends(self):
        self.sums(60, 120, row("N02AA01", "60 mg", "", dosering="1-2 tabletter morgen"))

    def test_field_and_text(self):
        self.sums(120, 120, row("N02AA01", "60 mg", "2", dosering="1 tablet morgen og aften"))
        self.sums(0, None, row("N02AA01", "60 mg", "2", dosering="1 tablet morgen"))
        self.sums(120, 120, row("N02AA01", "60 mg", "2", dosering="1-2 tabletter morgen"))
        self.sums(0, None, row("N02AA01", "60 mg", "2", dosering="1 kapsel morgen og aften"))
        self.sums(0, 120, row("N02AA01", "60 mg", "2", dosering="1 tablet efter behov højst 2 gange daglig"))

    def test_doses_that_cannot_be(self):
        for dose in ("0", "-1", "40"):
            self.sums(0, None, row("N02AA01", "1 mg", dose))
        self.sums(39, 39, row("N02AA01", "1 mg", "39"))

    def test_treatment_of_dependence_is_outside_the_sum(self):
        codes = OVER.replace('koder = ["N02A"]', 'koder = ["N02A", "N07BC"]')
        self.says(NO, codes, test_row("N07BC01", 16.0, vej="sublingual"))
        self.says(UNKNOWN, codes, test_row("N07BC02", 60.0))


class Routes(Opioids):
    def test_the_row_else_the_form(self):
        self.sums(60, 60, row("N02AA01", "60 mg", "1", administrationsvej="", form="tabletter"))
        self.sums(180, 180, row("N02AA01", "60 mg", "1", administrationsvej="", form="injektionsvæske"))
        self.sums(180, 180, row("N02AA01", "60 mg", "1", administrationsvej="parenteral", form="tabletter"))

    def test_unknown_route(self):
        self.sums(0, None, row("N02AA01", "60 mg", "1", administrationsvej=""))
        self.sums(12, 12, row("N02AX02", "60 mg", "1", administrationsvej=""))
        self.sums(0, None, row("N02AA05", "60 mg", "1", administrationsvej="rektal"))


class Orders(Opioids):
    def test_dispensings_of_one_order_give_its_dose_once(self):
        order = {"startdato": "01-01-2025"}
        rows = [row("N02AA01", "60 mg", dose, **order, udleveret_dato=day)
                for dose, day in (("1", "01-02-2025"), ("2", "01-04-2025"), ("3", "02-06-2025"))]
        self.sums(120, 120, *rows)
        self.sums(60, 60, rows[0], rows[2])

    def test_another_strength_form_start_end_or_number_is_another_order(self):
        one = row("N02AA01", "30 mg", "2", startdato="01-01-2025", form="tabletter")
        for other in ({"styrke": "60 mg", "doegndosis": "1"}, {"form": "depottabletter"}, {"startdato": "02-01-2025"},
                      {"slutdato": "30-12-2025"}, {"nr": "2"}):
            self.sums(120, 120, one, {**one, **other})
        self.sums(60, 60, one, {**one, "udleveret_dato": "02-05-2025"})

    def test_a_later_supply_ends_the_earlier_one(self):
        def supply(day, dose, **cells):
            return row("N02AA01", "30 mg", dose, udleveret_dato=day, slutdato="", **cells)

        self.sums(60, 60, supply("01-04-2025", "1"), supply("01-05-2025", "2"))
        self.sums(30, 30, supply("01-04-2025", "1"), supply("02-06-2025", "2"))
        self.sums(0, 0, supply("01-04-2025", "1"), supply("20-05-2025", "2", antal_pakninger="1", pakningsstoerrelse="20"))
        self.sums(90, 90, supply("01-04-2025", "1", styrke="30 mg "), supply("01-05-2025", "1", styrke="60 mg"))

    def test_open_orders_are_summed(self):
        rows = [row("N02AA01", "60 mg", "1", slutdato="", status="aktiv", udleveret_dato=day) for day in ("01-01-2024", "01-02-2024")]
        self.sums(120, 120, *rows)


class Doses(unittest.TestCase):
    def test_dosage_texts(self):
        for text, low, high in (
            ("1 tablet morgen og aften", 2, 2), ("1+0+1", 2, 2), ("1-2 tabletter 3 gange daglig", 3, 6),
            ("1/2 tablet morgen", Fraction(1, 2), Fraction(1, 2)), ("1 1/2 tablet aften", Fraction(3, 2), Fraction(3, 2)),
            ("2 tabletter morgen, middag og aften", 6, 6), ("1 tablet hver 2. dag", Fraction(1, 2), Fraction(1, 2)),
        ):
            found = read_dosage(text)
            self.assertEqual((found.low, found.high, found.as_needed), (low, high, False), text)
        for text in ("efter skriftlig anvisning", "", "1 tablet efter aftale"):
            self.assertIsNone(read_dosage(text))
        self.assertIsNone(read_dosage("1 tablet efter behov").high)
        self.assertTrue(read_dosage("1 tablet efter behov højst 2 gange daglig").as_needed)

    def test_strengths(self):
        for text, expected in (("12,5 µg/t", (Fraction(25, 2), "ug/t")), ("20+10 mg", (20, "mg")), ("5 mg/ml", (5, "mg/ml")),
                               ("25 mikrogram/time", (25, "ug/t")), ("400 mikrogram", (400, "ug")), ("50", None), ("", None)):
            self.assertEqual(read_strength(text), expected)


class SumsAndSubstances(Opioids):
    def test_ddd_sum(self):
        keys = '[kriterie.k]\nregister = "medicin"\nkoder = ["N02A"]\nvindue = ["-1 aar", "0 d"]\nberegning = "ddd_sum"\nvaerdi = "> 180"'
        ninety = [{"atc": "N02AX02", "udleveret_dato": f"0{month}-03-2025", "ddd": "90"} for month in (1, 2)]
        for verdict, rows in (
            (NO, ninety), (YES, [*ninety, {**ninety[0], "ddd": "0,5"}]), (UNKNOWN, [ninety[0], {**ninety[1], "ddd": ""}]),
            (YES, [*ninety, {**ninety[0], "ddd": "1"}, {**ninety[1], "ddd": ""}]), (NO, [{**ninety[0], "udleveret_dato": "02-06-2025", "ddd": ""}]),
            (UNKNOWN, [*ninety, {"atc": "N02AX02", "ddd": "1"}]), (NO, []),
        ):
            self.assertEqual(self.patient(*rows, criteria=keys).verdict("k"), verdict, rows)

    def test_days_are_added(self):
        keys = '[kriterie.k]\nregister = "medicin"\nkoder = ["N02A"]\nvindue = ["-9 d", "0 d"]\nberegning = "omeq_sum"\nvaerdi = ">= 700"'
        one = row("N02AA01", "10 mg", "7")
        for verdict, rows in (
            (YES, [one]), (NO, [{**one, "udleveret_dato": "24-05-2025"}]), (NO, [row("N02AA01", "10 mg", "6")]), (NO, []),
            (UNKNOWN, [row("N02AA01", "10 mg", "6"), {"atc": "N02AX02", "udleveret_dato": "01-06-2025", "status": "aktiv"}]),
            (NO, [row("N02AA01", "10 mg", "6"), {"atc": "N02AX02", "udleveret_dato": "01-05-2025", "slutdato": "22-05-2025"}]),
            (UNKNOWN, [row("N02AA01", "10 mg", "7", type="PN")]), (NO, [row("N02AA01", "10 mg", "6", type="PN")]),
        ):
            self.assertEqual(self.patient(*rows, criteria=keys).verdict("k"), verdict, rows)

    def test_units(self):
        for packages, size, expected in (("2", "30 stk.", 60), ("2", "30", 60), ("1", "30 tabletter", 30), ("1", "100 ml", None),
                                         ("", "30 stk.", None), ("2", "", None), ("0", "30", None), ("1", "1.000 stk.", None)):
            cells = {"cpr": PERSON, "atc": "N02AX02", "antal_pakninger": packages, "pakningsstoerrelse": size}
            self.assertEqual(units_of(read_record("medicin", cells)), expected, (packages, size))

    def test_ddds_from_the_package(self):
        for cells, expected in (
            ({"styrke": "50 mg", "antal_pakninger": "2", "pakningsstoerrelse": "60 stk."}, 20),
            ({"styrke": "50 mg", "antal_pakninger": "2", "pakningsstoerrelse": "60", "ddd": "3,5"}, Fraction(7, 2)),
            ({"styrke": "50 mg", "antal_pakninger": "2", "pakningsstoerrelse": "60", "ddd": "0"}, None),
            ({"styrke": "", "antal_pakninger": "2", "pakningsstoerrelse": "60"}, None),
            ({"styrke": "100 mg/ml", "antal_pakninger": "1", "pakningsstoerrelse": "30 ml"}, 10),
            ({"atc": "N02AJ13", "styrke": "", "antal_pakninger": "1", "pakningsstoerrelse": "20 stk."}, 5),
        ):
            cells = {"cpr": PERSON, "atc": "N02AX02", "administrationsvej": "oral", **cells}
            self.assertEqual(ddds_of(read_record("medicin", cells)), expected)

    def test_two_codes_of_one_substance(self):
        keys = '[kriterie.k]\nregister = "medicin"\nkoder = ["N02A"]\ndistinkt = "stof"\nantal = ">= 2"'
        one = test_row("N02AA05", 20.0)
        self.says(NO, keys, one, test_row("N02AA55", 20.0))
        self.says(NO, keys, one, test_row("N02AA05", 40.0))
        self.says(YES, keys, one, test_row("N02AX02", 50.0))
        self.says(YES, keys, one, {"kode": "N02AX02"})
        self.says(YES, keys, one, {"kode": "N02AA02"})
        self.says(UNKNOWN, keys, one, {"kode": "N02A"})

    def test_combination_tablets_count_in_each_class(self):
        for codes in ('koder = ["N02A"]', 'kodesaet = "nsaid"'):
            self.says(YES, f'[kriterie.k]\nregister = "medicin"\n{codes}', test_row("N02AJ14", 150.0))


if __name__ == "__main__":
    unittest.main()
