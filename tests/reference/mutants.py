"""Faults that can be planted in the reference, to show that the comparison notices each of them.

A comparison of two programs that finds nothing could be blind. The engine's release build has no
door for faults, and must not have one, so the reference is made wrong instead: the difference
between the two is the same.
"""

from contextlib import ExitStack, contextmanager
from datetime import date
from unittest import mock

from . import codes, counting, dates, derived, evaluate, export, periods, picking, selection
from .dates import END, add_days
from .mutants_opioids import OPIOID_MUTANTS, instead
from .picking import Outcome
from .quantities import ANYTHING, Interval
from .verdicts import NO, UNKNOWN, YES


def strict_end(right, row, window, index_date):
    return NO if periods.event_date(row) == window[1] else right(row, window, index_date)


def strict_start(right, row, window, index_date):
    return NO if periods.event_date(row) == window[0] else right(row, window, index_date)


def undated(verdict):
    def fault(right, row, window, index_date):
        return verdict if periods.event_date(row) is None else right(row, window, index_date)

    return fault


def pick_after_compare(right, criterion, records):
    return right(criterion, [one for one in records if picking.value_verdict(criterion, one[0]) != NO])


def gap_changed(days):
    """Both kinds of course, and being current, with another `gab` than the profile's."""
    def fault(right):
        return lambda criterion, *given: right({**criterion, "gap": criterion["gap"] + days}, *given)

    changed = {name: fault(derived.COMPUTED[name]) for name in ("aktuelt_forloeb", "laengste_forloeb")}
    return (derived, "COMPUTED", {**derived.COMPUTED, **changed})


def longer_period(right, row, cover):
    start, end = right(row, cover)
    assumed = start and end and end != END and not row["end"] and row["register"] == "medicin"
    return (start, add_days(end, 1)) if assumed else (start, end)


def month_end_overflows(right, day, count):
    found = right(day, count)
    return found if found.day == day.day else add_days(found, 1)


def day_late(right, start, day, unit):
    return right(start, add_days(day, -1), unit)


def leap_day_early(right, start, day):
    leap = (start.month, start.day) == (2, 29) and (day.month, day.day) == (2, 28)
    return right(start, date(day.year, 3, 1) if leap else day)


def closed_bounds(right, text):
    value = right(text)
    return Interval(value.lower, value.upper)


def text_is_no(right, value, operator, limit):
    return NO if value is ANYTHING else right(value, operator, limit)


def unknown_is_no(right, verdicts):
    return YES if right(verdicts) == YES else NO


def hide_undecided_exclusion(right, patient):
    inclusion, exclusion = right(patient)
    return inclusion, YES if exclusion == UNKNOWN else exclusion


def prefix(right, system, wanted, code):
    return code.startswith(codes.normalised(wanted).rstrip("*"))


def no_exceptions(right, row, criterion):
    return right(row, {**criterion, "except": []})


def other_anchor(right, patient, criterion, anchors, choice):
    return right(patient, criterion, anchors, {"foerste": "seneste", "seneste": "foerste"}[choice])


def first_of_ties(right, criterion, group):
    return right(criterion, group[:1])


def both_ends(right, comparison, sure, perhaps):
    return right(type(comparison)(comparison.operator, comparison.number - 1), sure, perhaps)


def records_not_keys(right, criterion, sure, perhaps):
    return len(sure), len(perhaps)


def only_sure(right, criterion, records):
    return right(criterion, [record for record in records if record[1] == YES])


def window_from_index_date(right, patient, criterion, anchor_day):
    return right(patient, criterion, patient.index_date)


def unknown_in_denominator(right, measure, provider, patients):
    found = right(measure, provider, patients)
    found["denominator"] += found["undecided"]
    return found


def current_without_gap(right, criterion, records, patient):
    rows = [row for row, _, _ in records]
    if derived.uncertain(criterion, records):
        return Outcome(UNKNOWN)
    last = derived.courses(rows, criterion, patient.index_date)[-1:]
    return Outcome(NO) if not last or last[0][1] < patient.index_date else right(criterion, records, patient)


def runs_on_has_end(right, start, end, window):
    return YES if end == END and start and window[1] == END else right(start, end, window)


# Name of the fault, and what it replaces where.
MUTANTS = {
    "window open at its end": [instead(periods, "date_in_window", strict_end)],
    "window open at its start": [instead(periods, "date_in_window", strict_start)],
    "undated rows are outside": [instead(periods, "date_in_window", undated(NO))],
    "undated rows are inside": [instead(periods, "date_in_window", undated(YES))],
    "compare before pick": [instead(picking, "judged_by_day", pick_after_compare)],
    "ties of a day: only the first": [instead(picking, "judged_group", first_of_ties)],
    "gap one day more": [gap_changed(1)],
    "gap one day less": [gap_changed(-1)],
    "current course without gap": [(derived, "COMPUTED", {
        **derived.COMPUTED, "aktuelt_forloeb": lambda *given: current_without_gap(derived.current_course, *given)})],
    "supply lasts a day longer": [instead(periods, "period", longer_period), instead(derived, "period", longer_period)],
    "month end overflows": [instead(dates, "add_months", month_end_overflows)],
    "birthday does not count": [instead(dates, "completed", day_late)],
    "29 February turns a day early": [instead(dates, "completed_months", leap_day_early)],
    "bounds of intervals are closed": [instead(picking, "read_value", closed_bounds)],
    "text is nej": [instead(picking, "compare", text_is_no)],
    "units do not matter": [(picking, "same_unit", lambda asked, given: True)],
    "unknown is nej in groups": [instead(evaluate, "any_of", unknown_is_no)],
    "missing register is nej": [(export.Export, "has", lambda self, register: register != "patient" or register in self.rows)],
    "moved patients are looked at": [(export, "LISTED_STATUS", export.LISTED_STATUS | {"fraflyttet"})],
    "undecided exclusion hides": [instead(evaluate, "population", hide_undecided_exclusion)],
    "every code is a prefix": [instead(codes, "matches", prefix)],
    "undtagen is ignored": [instead(selection, "code_verdict", no_exceptions)],
    "copies count twice": [(export, "distinct_rows", list)],
    "first anchor for the last": [instead(evaluate.Patient, "from_chosen_day", other_anchor)],
    "window from the index date": [instead(evaluate.Patient, "window", window_from_index_date)],
    "spread counts both ends": [instead(counting, "spread", both_ends)],
    "records instead of keys": [instead(counting, "distinct_keys", records_not_keys)],
    "perhaps records are left out": [instead(picking, "counted", only_sure)],
    "undecided in the denominator": [instead(evaluate, "measured", unknown_in_denominator)],
    "what runs on has an end": [instead(periods, "end_in_window", runs_on_has_end)],
    **OPIOID_MUTANTS,
}


@contextmanager
def planted(name):
    """The reference with one fault in it, until the block ends."""
    with ExitStack() as stack:
        for place, attribute, fault in MUTANTS[name]:
            stack.enter_context(mock.patch.object(place, attribute, fault))
        yield

