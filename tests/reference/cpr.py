"""What a CPR number says: century, birth date, sex (export formats, section 6)."""

import re
from datetime import date

from .dates import exists


def normalised(text):
    """Ten characters without hyphen or space; None where the cell holds no CPR number."""
    text = re.sub(r"[-\s]", "", text or "")
    return text if re.fullmatch(r"\d{10}", text) else None


def year_of_birth(cpr):
    """The seventh digit and the two of the year give the century."""
    year, seventh = int(cpr[4:6]), int(cpr[6])
    if seventh <= 3:
        return 1900 + year
    if seventh in (4, 9):
        return (2000 if year <= 36 else 1900) + year
    return (2000 if year <= 57 else 1800) + year


def birth_date(cpr):
    """The birth date, also of a replacement number, which has 60 added to the day."""
    day, month = int(cpr[0:2]), int(cpr[2:4])
    day = day - 60 if day > 60 else day
    year = year_of_birth(cpr)
    return date(year, month, day) if exists(year, month, day) else None


def sex(cpr):
    """An odd last digit is a man."""
    return "M" if int(cpr[9]) % 2 else "K"
