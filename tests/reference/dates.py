"""Calendar arithmetic (R3, R4) and the dates of an export."""

import calendar
import re
from datetime import date, timedelta

# The ends of time, for windows with `*` and for treatments that run on.
BEGINNING = date.min
END = date.max

PLACEHOLDERS = {"00-00-0000", "00000000", "01-01-1900", "31-12-9999"}


def add_days(day, count):
    """`day` + `count` days; what leaves the calendar stays at its end."""
    if day in (BEGINNING, END):
        return day
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return END if count > 0 else BEGINNING


def add_months(day, count):
    """R3: keep the day of the month, else take the last day of that month."""
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    if year < 1:
        return BEGINNING
    if year > 9999:
        return END
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def shifted(day, shift):
    """`day` moved by a shift `(amount, unit)` of the language (R2, R3)."""
    amount, unit = shift
    if unit == "d":
        return add_days(day, amount)
    if unit == "uger":
        return add_days(day, 7 * amount)
    return add_months(day, amount * (12 if unit == "aar" else 1))


def completed_months(start, day):
    """R4: whole months by the day of the month; the same day of the month counts."""
    months = (day.year - start.year) * 12 + day.month - start.month
    return months - (1 if day.day < start.day else 0)


def completed(start, day, unit):
    """R4: completed years, months or weeks. 29 February turns on 1 March in common years,

    because 28 is less than 29: the day of the month has not been reached.
    """
    if unit == "uger":
        return (day - start).days // 7
    months = completed_months(start, day)
    return months // 12 if unit == "aar" else months


def exists(year, month, day):
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def is_unread(text):
    """Something stands in the cell, and no day can be read from it: it may say one day or another."""
    return bool(text) and text not in PLACEHOLDERS and read_date(text) is None


def read_date(text):
    """A date cell; None where there is none. Day first always; placeholders are missing."""
    text = (text or "").strip()
    if not text or text in PLACEHOLDERS:
        return None
    for pattern, order in (
        (r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", (2, 1, 0)),
        (r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?", (0, 1, 2)),
        (r"(\d{4})(\d{2})(\d{2})", (0, 1, 2)),
    ):
        found = re.fullmatch(pattern, text)
        if found:
            year, month, day = (int(found.group(1 + place)) for place in order)
            return date(year, month, day) if year and exists(year, month, day) else None
    return None
