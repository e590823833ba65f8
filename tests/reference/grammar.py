"""The small texts of the language: comparisons and shifts (section 1, "Grammar")."""

import re
from fractions import Fraction


class Comparison:
    """An operator, a number and perhaps a unit: ">= 9 mmol/mol"."""

    def __init__(self, operator, number, unit=None):
        self.operator, self.number, self.unit = operator, number, unit


def read_comparison(text):
    found = re.fullmatch(r"(<=|>=|<|>|=) (-?\d+(?:\.\d+)?)(?: (.+))?", text)
    if not found:
        raise ValueError(f"no comparison: {text!r}")
    return Comparison(found.group(1), Fraction(found.group(2)), found.group(3))


def read_shift(text):
    """`(amount, unit)` of a text such as "-6 mdr"."""
    found = re.fullmatch(r"([+-]?\d+) (d|uger|mdr|aar)", text)
    if not found:
        raise ValueError(f"no shift: {text!r}")
    return int(found.group(1)), found.group(2)


def read_days(text):
    """A number of days from a text in days or weeks."""
    amount, unit = read_shift(text)
    return amount * {"d": 1, "uger": 7}[unit]
