"""Numbers, intervals and units (R10, R11), and comparing what is not quite known."""

import re
from fractions import Fraction

from .verdicts import NO, UNKNOWN, YES

# Which of "below", "at" and "above" the limit satisfy an operator.
SATISFYING = {
    "<": {"below"},
    "<=": {"below", "at"},
    ">": {"above"},
    ">=": {"above", "at"},
    "=": {"at"},
}


class Interval:
    """All numbers between two bounds. A bound is `(number, open)`; number None is no bound."""

    def __init__(self, lower=None, upper=None, lower_open=False, upper_open=False):
        self.lower, self.upper = lower, upper
        self.lower_open, self.upper_open = lower_open, upper_open

    @property
    def exact(self):
        return self.lower is not None and self.lower == self.upper

    def places(self, limit):
        """On which sides of `limit` the number can lie."""
        found = set()
        if self.lower is None or self.lower < limit:
            found.add("below")
        if self.upper is None or self.upper > limit:
            found.add("above")
        above_lower = self.lower is None or self.lower < limit or (self.lower == limit and not self.lower_open)
        below_upper = self.upper is None or self.upper > limit or (self.upper == limit and not self.upper_open)
        if above_lower and below_upper:
            found.add("at")
        return found


ANYTHING = Interval()


def exactly(number):
    return Interval(number, number)


def between(lowest, highest):
    """A number of which only the least and the greatest possible value are known."""
    return Interval(lowest, highest)


def compare(interval, operator, limit):
    """R10: ja or nej only if every number of the interval says the same."""
    places = interval.places(limit)
    satisfying = SATISFYING[operator]
    if places <= satisfying:
        return YES
    return UNKNOWN if places & satisfying else NO


def highest(intervals):
    """R9: the highest lower and the highest upper bound."""
    intervals = list(intervals)
    lowers = [(i.lower, i.lower_open) for i in intervals if i.lower is not None]
    # At the same number an open lower bound lies higher, and an open upper bound lower.
    lower, lower_open = max(lowers) if lowers else (None, False)
    if any(i.upper is None for i in intervals):
        return Interval(lower, None, lower_open)
    upper, closed = max((i.upper, not i.upper_open) for i in intervals)
    return Interval(lower, upper, lower_open, not closed)


def mirrored(interval):
    def minus(number):
        return None if number is None else -number

    return Interval(minus(interval.upper), minus(interval.lower), interval.upper_open, interval.lower_open)


def lowest(intervals):
    """R9: the mirror of `highest`."""
    return mirrored(highest(mirrored(i) for i in intervals))


def read_number(text):
    """A number of an export, or None. A comma is decimal; "1.234" could be two numbers (R10)."""
    text = text.replace("\u00a0", " ").strip()
    if re.fullmatch(r"-?\d+(,\d+)?", text):
        return Fraction(text.replace(",", "."))
    if re.fullmatch(r"-?\d{1,3}([. ]\d{3})+,\d+", text) or re.fullmatch(r"-?\d{1,3}( \d{3})+", text):
        return Fraction(text.replace(".", "").replace(" ", "").replace(",", "."))
    if re.fullmatch(r"-?\d{1,3}(\.\d{3}){2,}", text):
        return Fraction(text.replace(".", ""))
    if re.fullmatch(r"-?\d+\.\d+", text) and not re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text):
        return Fraction(text)
    return None


def read_value(text):
    """R10: the interval that a value cell stands for. Text, ambiguity and nothing are ANYTHING."""
    text = (text or "").strip()
    found = re.fullmatch(r"(<=|>=|≤|≥|<|>)?\s*(\S.*)", text)
    if not found:
        return ANYTHING
    number = read_number(found.group(2))
    if number is None:
        return ANYTHING
    sign = found.group(1)
    if sign is None:
        return exactly(number)
    if sign in ("<", "<=", "≤"):
        return Interval(None, number, upper_open=sign == "<")
    return Interval(number, None, lower_open=sign == ">")


def folded_unit(text):
    """R11: case, spaces, the spellings of micro and the raised two do not matter."""
    text = re.sub(r"\s+", "", (text or "")).lower()
    for micro in ("µ", "μ", "mikro"):
        text = text.replace(micro, "u")
    return text.replace("²", "2")


def same_unit(asked, given):
    """R11: a row without unit has the unit that its code fixes; a profile without asks for none."""
    if not asked or not (given or "").strip():
        return True
    return folded_unit(asked) == folded_unit(given)
