"""The table of opioid factors (R18): which line is a medicine row's, by code and route."""

import csv
import tomllib
from fractions import Fraction
from functools import cache
from pathlib import Path

PROFILES = Path(__file__).parents[2] / "profiles"
TABLE = PROFILES / "factors" / "opioider.toml"
WORDS = PROFILES / "formats" / "form-words.csv"


class Line:
    """One line of the table: codes of one substance by some routes, OME-mg for each `unit`."""

    def __init__(self, table):
        self.codes, self.substance, self.routes = table["atc"], table.get("stof"), table["vej"]
        self.number = Fraction(table["standard"]) if "standard" in table else None
        self.span = published(table)
        self.unit, self.counted = table["enhed"], table["medregnes"]
        self.ddd = Fraction(table["ddd"]) if "ddd" in table else None
        self.ddd_unit = table.get("ddd_enhed")
        self.labels = {Fraction(said): Fraction(true) for said, true in table.get("etiket", {}).items()}
        self.change_days = [Fraction(days) for days in table.get("skiftedage", [])]
        self.change_days_of = {Fraction(strength): [Fraction(one) for one in days]
                               for strength, days in table.get("skiftedage_styrke", {}).items()}

    def days_worn(self, strength):
        return self.change_days_of.get(strength, self.change_days)


def published(table):
    """R18: the lowest and the highest number that a source publishes, the default among them."""
    if "standard" not in table:
        return None
    numbers = [Fraction(end) for text in table.get("kilder", {}).values() for end in text.split("-")]
    numbers.append(Fraction(table["standard"]))
    return min(numbers), max(numbers)


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
    """R12 `stof`: the table's substance, else the full code itself; None where the code is a shorter one."""
    named = next((line.substance for line in lines_of(code) if line.substance), None)
    return named or (code if len(code) == 7 else None)


@cache
def words(about):
    """`[(word, meaning)]` of the shared list of words for forms and routes."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        return [(one["word"], one["means"]) for one in csv.DictReader(file, delimiter=";") if one["about"] == about]


@cache
def route_names():
    """`{word of a route column: route}`: the routes' own names, the medicine card's codes, and further words."""
    names = {route: route for line in lines() for route in line.routes}
    more = {word: route for route, words in document()["vejord"].items() for word in words}
    return {**names, "peroral": "oral", **dict(words("route_code")), **more}


def route_of(row):
    """The row's own route as the table names it, else the one that the form tells; None where neither does."""
    own = (row["route"] or "").casefold().split()
    if own:
        return next((route_names()[word] for word in own if word in route_names()), " ".join(own))
    form = (row["form"] or "").casefold()
    return next((route for word, route in words("route") if word in form), None)


def line_of(row):
    """The row's line; None where no line fits, or where the route is not known and matters."""
    found = lines_of(atc_of(row) or "")
    route = route_of(row)
    if route is None:
        same = len({(line.number, line.unit, line.counted) for line in found}) == 1
        return found[0] if same else None
    return next((line for line in found if not line.routes or route in line.routes), None)
