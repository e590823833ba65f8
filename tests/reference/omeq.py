"""Morphine equivalents a day: orders, their doses and their factors (R18)."""

from .dates import END, add_days
from .dose import daily_dose
from .factors import line_of
from .periods import event_date, period
from .quantities import between
from .selection import route_of
from .verdicts import NO, YES


class Share:
    """What one order adds: surely at least `low`, at most `high` (None: nobody knows how much)."""

    def __init__(self, low, high):
        self.low, self.high = low, high

    def perhaps(self):
        return Share(0, self.high)


NOTHING = Share(0, 0)
NOT_COMPUTABLE = Share(0, None)


def sum_of(shares):
    """The sum of all orders as an interval; "at least" where one of them has no upper bound."""
    shares = list(shares)
    low = sum(share.low for share in shares)
    return between(low, None if any(share.high is None for share in shares) else sum(share.high for share in shares))


def equivalents(criterion, records, index_date):
    """R18: the fixed sum is the lower end, and with the as-needed maxima it is the upper one."""
    found = orders(criterion, records, index_date)
    return sum_of(order_share(order, index_date, criterion["codes"]) for order in found)


def orders(criterion, records, index_date):
    """The orders that run or perhaps run on the day, each as its records `(row, certainty, surely running)`."""
    found = {}
    for row, certainty, span in with_spans(criterion, records):
        running = runs(span, index_date)
        if running != NO:
            found.setdefault(order_key(row), []).append((row, certainty, running == YES))
    return list(found.values())


def runs(span, day):
    """Whether a period, whose ends may be unknown, holds the day."""
    start, end = span
    if start is None:
        return NO if end is not None and end < day else None
    return YES if start <= day <= end else NO


def with_spans(criterion, records):
    """Each record with its period; a supply is ended by the next one of the same product."""
    spans = []
    for row, certainty, _ in records:
        start, end = period(row, criterion["cover"])
        later = [event_date(other) for other, sure, _ in records
                 if sure == YES and supplied(other) and supplied(row) and product(other) == product(row)
                 and start and event_date(other) and event_date(other) > start]
        spans.append((row, certainty, (start, min([end, *(add_days(day, -1) for day in later)]) if start else end)))
    return spans


def supplied(row):
    """R7 (b) and (d): the period comes from days supplied or from assumed cover."""
    return not row["end"] and bool(row["days"] or not row["open"])


def folded(text):
    return " ".join((text or "").casefold().split())


def product(row):
    """ATC, strength, form and route; a different `nr` keeps rows apart."""
    return (row["codes"], folded(row["strength"]), folded(row["form"]), route_of(row), row["number"])


def order_key(row):
    """Dispensings of one order share start and end too."""
    start = row["start"] or event_date(row)
    return (*product(row), *(("supply",) if supplied(row) else (start, row["end"])))


def order_share(order, index_date, codes):
    """The dose once: that of the latest dispensing not after the day."""
    dated = [event_date(row) for row, _, _ in order if event_date(row) and event_date(row) <= index_date]
    deciding = [row for row, _, _ in order if not dated or event_date(row) == max(dated)]
    shares = [row_share(row, codes) for row in deciding]
    highs = [share.high for share in shares]
    share = Share(min(share.low for share in shares), None if None in highs else max(highs))
    return share if any(certainty == YES and running for _, certainty, running in order) else share.perhaps()


def row_share(row, codes):
    """Daily dose × factor. As needed: nothing is sure, and the maximum may be taken."""
    line = line_of(row)
    if line is None or line.counted == "kan_ikke":
        return NOT_COMPUTABLE
    if line.counted == "nej" or (line.counted == "saerskilt" and codes is None):
        return NOTHING
    dose = daily_dose(row, line)
    if dose is None:
        return NOT_COMPUTABLE
    return Share(0 if dose.as_needed else dose.low * line.number, dose.high * line.number)
