"""The daily dose of a medicine row: from the structured cells, else from the simplest dosage texts (R18).

Only what generated exports and test patients contain is read; everything else is not readable.
"""

import re
from fractions import Fraction

from .quantities import folded_unit, read_number

TIMES = {"morgen", "middag", "aften", "nat"}
AS_NEEDED_TYPES = {"pn", "efter behov"}
# Grams of a unit; what is given per hour or per millilitre keeps its own name.
GRAMS = {"g": Fraction(1), "mg": Fraction(1, 1000), "ug": Fraction(1, 1_000_000), "ugram": Fraction(1, 1_000_000)}
PATCHES = {"plaster", "plastre", "depotplaster", "depotplastre"}
PER_HOUR = {"ug/t": "ug/t", "ug/time": "ug/t", "ugram/time": "ug/t", "ugram/t": "ug/t", "ug/h": "ug/t"}


class Dose:
    """A day's dose between two numbers; `as_needed`: a maximum; `every`: taken or put on each so many days."""

    def __init__(self, low, high, unit, as_needed=False, every=1):
        self.low, self.high, self.unit, self.as_needed, self.every = low, high, unit, as_needed, every

    def times(self, number):
        return Dose(self.low * number, self.high * number, self.unit, self.as_needed)


def read_strength(text):
    """`(number, unit)`: "50 mg", "12,5 µg/t", "5 mg/ml"; of "20+10 mg" the first; None where it says nothing."""
    found = re.fullmatch(r"([\d.,]+)(?:\s*\+\s*[\d.,]+)*\s*([^\d\s+].*)", (text or "").strip())
    number = read_number(found.group(1)) if found else None
    return None if number is None else (number, unit_name(found.group(2)))


def unit_name(text):
    unit = folded_unit(text)
    return PER_HOUR.get(unit, "ug" if unit == "ugram" else unit)


def read_amount(text):
    """How many at a time: "1", "1/2", "1-2", "2,5" as the least and the most."""
    part = re.fullmatch(r"(?:(\d+) )?(\d+)/(\d+)", text)
    if part:
        number = Fraction(int(part.group(2)), int(part.group(3))) + int(part.group(1) or 0)
        return number, number
    ends = [read_number(end) for end in text.split("-")]
    return None if None in ends or len(ends) > 2 else (ends[0], ends[-1])


def read_dosage(text):
    """Units a day of a dosage text as `Dose`, its unit being the word in the text."""
    text = re.sub(r"\s+", " ", (text or "").strip().lower())
    plain = re.fullmatch(r"\d+(?:[.,]\d+)?(?:\+\d+(?:[.,]\d+)?){1,3}", text)
    if plain:  # morning + noon + evening + night
        total = sum(read_number(one) for one in text.split("+"))
        return Dose(total, total, "")
    found = re.fullmatch(r"((?:\d+ )?\d+/\d+|[\d,]+(?:-[\d,]+)?) ([a-zæøå]+)(?: (.*))?", text)
    amount = read_amount(found.group(1)) if found else None
    if amount is None:
        return None
    rest = found.group(3) or ""
    as_needed = rest.startswith("efter behov")
    each = times_a_day(rest.removeprefix("efter behov").strip())
    if each is None:
        return None
    every = 1 / each if each < 1 else 1
    return Dose(amount[0] * each, amount[1] * each, found.group(2), as_needed, every)


def times_a_day(text):
    """"morgen og aften", "2 gange daglig", "højst 4 gange daglig", "hver 3. dag"; None for anything else."""
    often = re.fullmatch(r"(?:højst )?(\d+) (?:gange?|x) dagligt?", text)
    if often:
        return Fraction(int(often.group(1)))
    if text in ("daglig", "dagligt"):
        return Fraction(1)
    every = re.fullmatch(r"hver (\d+)\. dag", text)
    if every:
        return Fraction(1, int(every.group(1)))
    words = re.split(r", | og ", text)
    return Fraction(len(words)) if set(words) <= TIMES and text else None


def daily_dose(row, line):
    """The row's daily dose in the unit of its line of the factor table; None where it cannot be told."""
    number = read_number(row["daily_dose"] or "")
    given = read_dosage(row["dosage"]) if number is None else Dose(number, number, row["unit"] or "")
    if given is None or given.high is None:
        return None
    given.as_needed = given.as_needed or (row["dose_type"] or "").casefold() in AS_NEEDED_TYPES
    if line.unit == "ug/t":
        return worn(given, row, line)
    return in_substance(given, row, line.unit)


def in_substance(given, row, unit):
    """Units × strength; a dose that is itself in mg needs no strength."""
    own = unit_name(given.unit)
    if own in GRAMS:
        return given.times(GRAMS[own] / GRAMS[unit])
    strength = read_strength(row["strength"])
    if strength is None or own in PATCHES:
        return None
    measure, _, per = strength[1].partition("/")
    if measure not in GRAMS or per not in ("", "ml") or (per == "ml") != (own == "ml"):
        return None
    return given.times(strength[0] * GRAMS[measure] / GRAMS[unit])


def worn(given, row, line):
    """A patch delivers per hour as long as it is worn: how many are put on at a time, if changed in time."""
    if unit_name(given.unit) == "ug/t":
        return given
    strength = read_strength(row["strength"])
    if strength is None or strength[1] != "ug/t" or unit_name(given.unit) not in PATCHES:
        return None
    if given.every not in line.days_worn(strength[0]):
        return None
    return given.times(line.labels.get(strength[0], strength[0]) * given.every)
