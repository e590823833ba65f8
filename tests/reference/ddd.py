"""How many defined daily doses a medicine row is (R17b, the appendix on R18)."""

import re

from .dose import GRAMS, read_strength
from .factors import line_of, route_of
from .quantities import read_number

PIECES = ["stk", "styk", "tabl", "tbl", "kaps", "depot", "plast", "resoribl", "suppos", "stikpil", "brev", "pust", "dosis", "doser"]


def ddds_of(row):
    """The cell, if more than 0; where it is empty from packages, size and strength; None where neither says."""
    if row["ddd"]:
        number = read_number(row["ddd"])
        return number if number is not None and number > 0 else None
    line = line_of(row) if route_of(row) is not None else None  # the DDD is that of the row's route
    packages, size = read_number(row["packages"] or ""), read_size(row["size"])
    if line is None or line.ddd is None or size is None or packages is None or packages <= 0 or size[0] <= 0:
        return None
    amount = in_unit(packages * size[0], size[1], line.ddd_unit, row)
    return amount and amount / line.ddd


def units_of(row):
    """Appendix I: packages × size where the size counts pieces; else None."""
    packages, size = read_number(row["packages"] or ""), read_size(row["size"])
    if packages is None or size is None or packages <= 0 or size[0] <= 0 or not is_piece(size[1]):
        return None
    return packages * size[0]


def is_piece(unit):
    return any(unit.startswith(stem) for stem in PIECES)


def read_size(text):
    """`(number, unit)` of a package: "100 stk.", "100", "50 ml"."""
    found = re.fullmatch(r"([\d.,]+)\s*([a-zæøå]*)\.?", (text or "").strip().lower())
    number = read_number(found.group(1)) if found else None
    return None if number is None else (number, found.group(2) or "stk")


def in_unit(amount, unit, asked, row):
    """So many units as the unit of the DDD: units themselves, or mg by the strength."""
    if asked != "mg":
        return amount if asked == unit else None
    strength = read_strength(row["strength"])
    if strength is None:
        return None
    measure, _, per = strength[1].partition("/")
    fits = measure in GRAMS and ((per == "" and unit == "stk") or (per == "ml" and unit == "ml"))
    return amount * strength[0] * GRAMS[measure] / GRAMS["mg"] if fits else None
