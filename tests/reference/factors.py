"""The table of opioid factors (R18): which line is a medicine row's, by code and route."""

import tomllib
from fractions import Fraction
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parents[2] / "profiles" / "factors" / "opioider.toml"


class Line:
    """One line of the table: codes of one substance by some routes, OME-mg for each `unit`."""

    def __init__(self, table):
        self.codes, self.substance, self.routes = table["atc"], table.get("stof"), table["vej"]
        self.number = Fraction(table["standard"]) if "standard" in table else None
        self.unit, self.counted = table["enhed"], table["medregnes"]
        self.first_strength = table.get("foerste_styrke", False)
        self.labels = {Fraction(said): Fraction(true) for said, true in table.get("etiket", {}).items()}
        self.change_days = [Fraction(days) for days in table.get("skiftedage", [])]
        self.change_days_of = {Fraction(strength): [Fraction(one) for one in days]
                               for strength, days in table.get("skiftedage_styrke", {}).items()}

    def days_worn(self, strength):
        return self.change_days_of.get(strength, self.change_days)


@cache
def document():
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


@cache
def lines():
    return tuple(Line(table) for table in document()["faktor"])


def lines_of(code):
    """The lines for an ATC code; the longest code that it begins with counts."""
    fitting = {own for line in lines() for own in line.codes if code.startswith(own)}
    longest = max(fitting, key=len, default=None)
    return [line for line in lines() if longest in line.codes]


def atc_of(row):
    return next((code for system, code in row["codes"] if system == "ATC"), None)


def substance_of(code):
    """R12 `stof`: the substance of the factor table, None where the table has none for the code."""
    return next((line.substance for line in lines_of(code) if line.substance), None)


def route_of(row):
    """The row's own route as the table names it, else the one that the form tells; None where neither does."""
    own = " ".join((row["route"] or "").casefold().split())
    if own:
        return next((route["navn"] for route in document()["vej"]
                     if own in route["ord"] or set(own.split()) & set(route["ord"])), own)
    form = (row["form"] or "").casefold()
    return next((route["navn"] for route in document()["vej"] if any(part in form for part in route["form"])), None)


def line_of(row):
    """The row's line; None where no line fits, or where the route is not known and matters."""
    found = lines_of(atc_of(row) or "")
    route = route_of(row)
    if route is None:
        same = len({(line.number, line.unit, line.counted) for line in found}) == 1
        return found[0] if same else None
    return next((line for line in found if not line.routes or route in line.routes), None)
