"""Morphine equivalents a day: orders, their doses and their factors (R18)."""

from .dates import END, add_days
from .dose import daily_dose, is_as_needed, read_strength
from .factors import atc_of, line_of, lines_of
from .periods import event_date, period
from .quantities import between, compare, exactly
from .selection import route_of
from .verdicts import NO, UNKNOWN, YES


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
    return sum_of(order_share(order, index_date) for order in orders(criterion, records, index_date))


def equivalents_over(criterion, records, window):
    """Appendix I: the sums of R18 on the days of the window, day by day, as one interval."""
    spans = with_spans(criterion, records)
    shares = [order_share(order, day) for day in days_of(window) for order in running(spans, day)]
    return sum_of(shares)


def days_of(window):
    first, last = window
    return [add_days(first, number) for number in range((last - first).days + 1)]


def is_grey(criterion, records, window):
    """R18: the fixed sums with the lowest and the highest published factors lie on two sides of the limit.

    `window` is a single day for `omeq_pr_doegn`.
    """
    wanted, spans = criterion["value"], with_spans(criterion, records)
    found = [(order, day) for day in days_of(window) for order in running(spans, day)]
    sums = [sum(order_share(order, day, end).low for order, day in found) for end in ("lowest", "highest")]
    return len({compare(exactly(one), wanted.operator, wanted.number) for one in sums}) == 2


def orders(criterion, records, index_date):
    """The orders that run on the day, each as `(its rows, whether it surely runs)`.

    What runs only perhaps, or is only perhaps asked for, is an order apart from what surely is. A dispensing
    that is used up is none of the order's any more.
    """
    return running(with_spans(criterion, records), index_date)


def running(spans, index_date):
    found = {}
    for row, certainty, span in spans:
        running = runs(span, index_date)
        if running != NO:
            sure = certainty == YES and running is not UNKNOWN
            found.setdefault((sure, order_key(row)), []).append(row)
    return [(rows, key[0]) for key, rows in found.items()]


def runs(span, day):
    """Whether a period, whose ends may be unknown, holds the day."""
    start, end = span
    if start is None:
        return NO if end is not None and end < day else UNKNOWN
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
    """ATC, strength, form and route; a different `nr`, or as needed or not, keeps rows apart."""
    text = folded(row["strength"])
    strength = text if "+" in text else read_strength(text) or text
    return (row["codes"], strength, folded(row["form"]), route_of(row), row["number"], is_as_needed(row))


def order_key(row):
    """Dispensings of one order share start (R7: else the event date) and end too."""
    return (*product(row), row["start"] or event_date(row), row["end"])


def deciding(rows, index_date):
    """The latest dispensings not after the day; if all lie after it, the first to come."""
    days = [event_date(row) for row in rows if event_date(row)]
    past = [day for day in days if day <= index_date]
    day = max(past) if past else min(days, default=None)
    return [row for row in rows if event_date(row) == day]


def order_share(order, index_date, factor="default"):
    """The dose once; of several deciding rows that say different things, between the least and the most."""
    rows, sure = order
    shares = [row_share(row, factor) for row in deciding(rows, index_date)]
    highs = [share.high for share in shares]
    share = Share(min(share.low for share in shares), None if None in highs else max(highs))
    return share if sure else share.perhaps()


def row_share(row, factor="default"):
    """Daily dose × factor. As needed: nothing is sure, and the maximum may be taken."""
    if not is_opioid(row):
        return NOTHING
    line = line_of(row)
    if line is None or line.counted == "kan_ikke":
        return NOT_COMPUTABLE
    dose = daily_dose(row, line)
    if dose is None:
        return NOT_COMPUTABLE
    each = {"default": line.number, "lowest": line.span[0], "highest": line.span[1]}[factor]
    return Share(0 if dose.as_needed else dose.low * each, dose.high * each)


def is_opioid(row):
    """What the table does not know, and treatment of dependence, is in no sum."""
    return any(line.counted != "nej" for line in lines_of(atc_of(row) or ""))
