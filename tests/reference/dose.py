"""The daily dose of a medicine row: from the structured cells, else from the simplest dosage texts (R18).

Only what generated exports and test patients contain is read; everything else is not readable.
"""

import re
from fractions import Fraction

from .quantities import folded_unit, read_number

TIMES = {"morgen", "middag", "aften", "nat"}
MOST_UNITS = 40  # a day; so many or more are a slip of the pen
NEARLY = Fraction(1, 50)  # so near to a whole number of patches is one: 0,33 × 3
AS_NEEDED_TYPES = {"pn", "efter behov"}
# Grams of a unit; what is given per hour or per millilitre keeps its own name.
GRAMS = {"g": Fraction(1), "mg": Fraction(1, 1000), "ug": Fraction(1, 1_000_000), "ugram": Fraction(1, 1_000_000)}
PATCHES = {"", "plaster", "plastre", "depotplaster", "depotplastre"}
PER_HOUR = {"ug/t": "ug/t", "ug/time": "ug/t", "ugram/time": "ug/t", "ugram/t": "ug/t", "ug/h": "ug/t"}


class Dose:
    """A day's dose between two numbers; `as_needed` makes it a maximum, None if the text gives none."""

    def __init__(self, low, high, unit, as_needed=False):
        self.low, self.high, self.unit, self.as_needed = low, high, unit, as_needed

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
    rest = rest.removeprefix("efter behov").strip()
    if as_needed and not rest:
        return Dose(amount[0], None, found.group(2), True)
    each = times_a_day(rest)
    if each is None:
        return None
    return Dose(amount[0] * each, amount[1] * each, found.group(2), as_needed)


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


def number_of_units(row):
    """Units a day as `Dose`: the structured number before the text, which must allow it; None if not readable."""
    text, number = read_dosage(row["dosage"]), read_number(row["daily_dose"] or "")
    if number is None:
        given = text
    elif text is None:
        given = Dose(number, number, row["unit"] or "")
    else:
        given = agreeing(number, row["unit"] or "", text)
    if given is None or given.high is None:
        return None
    given.as_needed = is_as_needed(row)
    return given


def agreeing(number, unit, text):
    """Field and text together: the text's parts if it is as needed, else the field; None where they disagree."""
    least = 0 if text.as_needed else text.low
    inside = least <= number and (text.high is None or number <= text.high)
    same = not unit or not text.unit or singular(unit) == singular(text.unit)
    if not inside or not same:
        return None
    return text if text.as_needed else Dose(number, number, unit or text.unit)


def singular(unit):
    return {"tabletter": "tablet", "kapsler": "kapsel", "plastre": "plaster"}.get(unit, unit)


def is_as_needed(row):
    return "efter behov" in (row["dosage"] or "").lower() or (row["dose_type"] or "").casefold() in AS_NEEDED_TYPES


def daily_dose(row, line):
    """The row's daily dose in the unit of its line of the factor table; None where it cannot be told."""
    given = number_of_units(row)
    if given is None or given.low < 0 or given.high <= 0:
        return None
    return worn(given, row, line) if line.unit == "ug/t" else in_substance(given, row, line.unit)


def in_substance(given, row, unit):
    """Units × strength; a dose that is itself in mg needs no strength."""
    own = unit_name(given.unit)
    if own in GRAMS:
        return given.times(GRAMS[own] / GRAMS[unit])
    strength = read_strength(row["strength"])
    if strength is None or (own and own in PATCHES) or given.high >= MOST_UNITS:
        return None
    measure, _, per = strength[1].partition("/")
    if measure not in GRAMS or per not in ("", "ml") or (per == "ml") != (own == "ml"):
        return None
    return given.times(strength[0] * GRAMS[measure] / GRAMS[unit])


def worn(given, row, line):
    """A patch delivers per hour as long as it is worn: its rate × how many are worn at a time.

    That number comes out whole from patches a day × days between changes, or nobody knows it.
    """
    if unit_name(given.unit) == "ug/t":
        return Dose(labelled(line, given.low), labelled(line, given.high), "ug/t", given.as_needed)
    strength = read_strength(row["strength"])
    if strength is None or strength[1] != "ug/t" or unit_name(given.unit) not in PATCHES or given.high >= 1:
        return None
    numbers = [given.high * days for days in line.days_worn(strength[0])]
    whole = [round(number) for number in numbers if round(number) >= 1 and abs(number - round(number)) <= NEARLY]
    if not whole:
        return None
    rate = whole[0] * labelled(line, strength[0])
    return Dose(rate, rate, "ug/t", given.as_needed)


def labelled(line, rate):
    """What a patch truly delivers, where its label says another number."""
    return line.labels.get(rate, rate)
