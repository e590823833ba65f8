"""When a row happened and when its treatment ran (R7, R7b), and whether that meets a window (R8)."""

from .dates import BEGINNING, END, add_days
from .verdicts import NO, UNKNOWN, YES, from_bool


def event_date(row):
    """R7b: the date of dispensing or prescribing, else the start."""
    return row["date"] or row["start"]


def period(row, cover):
    """R7: first and last day of the row's treatment, each None where it is not known.

    END as the last day means that the treatment runs on.
    """
    event = event_date(row)
    if row["register"] not in ("medicin", "diagnose"):
        return event, event
    start = row["start"] or event
    if row["end"]:
        if start and row["end"] < start:
            return None, None  # end before start: no period, the row counts as undated
        return start, row["end"]
    if row["register"] == "diagnose":
        return start, END
    if row["days"]:
        return event, event and add_days(event, row["days"] - 1)
    if row["open"]:
        return start, END
    return event, event and add_days(event, cover - 1)


def in_window(row, criterion, window, index_date):
    """R2, R8: whether the row lies in the window, by the criterion's `tid`."""
    lower, upper = window
    if lower > upper:
        return NO  # an empty window holds nothing, not even what is undated
    if criterion["basis"] == "dato":
        return date_in_window(row, window, index_date)
    start, end = period(row, criterion["cover"])
    if criterion["basis"] == "slut":
        return end_in_window(start, end, window)
    return period_in_window(start, end, window)


def date_in_window(row, window, index_date):
    """R8: a missing date is surely inside only from the beginning to the index date or later."""
    day = event_date(row)
    lower, upper = window
    if day is None:
        return YES if lower == BEGINNING and upper >= index_date else UNKNOWN
    return from_bool(lower <= day <= upper)


def end_in_window(start, end, window):
    """R8: a row that runs on has no end and is not counted; without a start it may be anything."""
    if end is None or (start is None and end == END):
        return UNKNOWN
    return from_bool(end != END and window[0] <= end <= window[1])


def period_in_window(start, end, window):
    """R8: a row with only an end, before the window, is outside; otherwise perhaps."""
    lower, upper = window
    if start is None:
        return NO if end is not None and end < lower else UNKNOWN
    return from_bool(start <= upper and lower <= end)


def basis_day(row, criterion):
    """The day by which a record is ordered and from which an anchored window counts (R9, R13b)."""
    if criterion["basis"] == "slut":
        end = period(row, criterion["cover"])[1]
        return None if end == END else end
    return event_date(row)
