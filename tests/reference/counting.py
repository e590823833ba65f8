"""Counting with uncertain records, distinct keys and spread (R12)."""

from .factors import atc_of, substance_of
from .quantities import SATISFYING, Interval, compare, between
from .verdicts import UNKNOWN, YES, agreed, all_of, from_bool


def satisfied(operator, number, limit):
    place = "below" if number < limit else "above" if number > limit else "at"
    return place in SATISFYING[operator]


def counted(criterion, records):
    """R12: the verdict of `antal` and `spredning` over records `(row, certainty, day)`."""
    sure = [record for record in records if record[1] == YES]
    perhaps = [record for record in records if record[1] == UNKNOWN]
    least, extra = len(sure), len(perhaps)
    if criterion["distinct"]:
        least, extra = distinct_keys(criterion, sure, perhaps)
    count = criterion["count"]
    verdict = agreed(
        from_bool(satisfied(count.operator, number, count.number)) for number in range(least, least + extra + 1)
    )
    if criterion["spread"] is None:
        return verdict
    return all_of([verdict, spread(criterion["spread"], sure, perhaps)])


def distinct_keys(criterion, sure, perhaps):
    """How many distinct keys there surely are, and how many more there can be."""
    keys = [distinct_key(criterion, record) for record in sure]
    known = {key for key in keys if key is not None}
    more = [distinct_key(criterion, record) for record in perhaps]
    new = {key for key in more if key is not None} - known
    return len(known), len(new) + keys.count(None) + more.count(None)


def distinct_key(criterion, record):
    """The key of a record, or None where it is not known: an undated record has no known day."""
    row, _, day = record
    kind = criterion["distinct"]
    if kind == "kode":
        own = [code for system, code in row["codes"] if system == criterion["system"]]
        return own[0] if own else None
    if kind == "stof":
        return substance_of(atc_of(row) or "")
    if day is None:
        return None
    if kind == "dag":
        return day
    return (day.year, day.month if kind == "maaned" else (day.month - 1) // 3)


def spread(comparison, sure, perhaps):
    """R12: days from the first to the last counted record, as far as they are known.

    An undated record could lie anywhere; a spread that is already too wide stays so.
    """
    days = [day for _, _, day in sure if day]
    least = (max(days) - min(days)).days if days else 0
    if any(day is None for _, _, day in sure + perhaps):
        return compare(Interval(least, None), comparison.operator, comparison.number)
    days += [day for _, _, day in perhaps]
    most = (max(days) - min(days)).days if days else 0
    return compare(between(least, most), comparison.operator, comparison.number)
