"""Faults in morphine equivalents, sums of DDDs and substances, for `mutants`."""

from copy import copy

from . import counting, ddd, derived, dose, factors, omeq, tables
from .dates import BEGINNING, END
from .quantities import Interval
from .verdicts import UNKNOWN, YES


def instead(place, name, fault):
    """A fault that replaces one function; it is handed the right one first."""
    right = getattr(place, name)
    return (place, name, lambda *given: fault(right, *given))


def computed(name, fault):
    """A derived value computed otherwise."""
    right = derived.COMPUTED[name]
    return (derived, "COMPUTED", {**derived.COMPUTED, name: lambda *given: fault(right, *given)})


def a_trifle_more(right, *given):
    found = right(*given)
    return Interval(found.lower + 1, found.upper and found.upper + 1)


def as_needed_is_fixed(right, row, *factor):
    share = right(row, *factor)
    return omeq.Share(share.high, share.high) if share.high else share


def as_needed_is_nothing(right, row, *factor):
    share = right(row, *factor)
    return omeq.NOTHING if share.high and not share.low else share


def each_dispensing_an_order(right, row):
    return (*right(row), id(row))


def one_order_a_product(right, row):
    return omeq.product(row)


def strengths_do_not_part(right, row):
    return right({**row, "strength": ""})


def first_dispensing_decides(right, rows, index_date):
    return right(rows, BEGINNING)


def later_dispensing_decides(right, rows, index_date):
    return right(rows, END)


def label_is_dose(right, given, row, line):
    line = copy(line)
    line.labels = {}
    return right(given, row, line)


def any_line(right, row):
    return right(row) or next(iter(factors.lines_of(factors.atc_of(row) or "")), None)


def form_is_not_asked(right, row):
    return right({**row, "form": ""})


def last_day_is_left_out(right, window):
    return right(window)[:-1]


def orders_of_the_first_day(right, criterion, records, window):
    first = right(criterion, records, (window[0], window[0]))
    days = max((window[1] - window[0]).days + 1, 0)
    return Interval(first.lower * days, first.upper and first.upper * days)


def missing_units_are_nothing(right, criterion, records, patient):
    return right(criterion, [one for one in records if derived.units_of(one[0])], patient)


def missing_ddd_is_nothing(right, criterion, records, patient):
    return right(criterion, [one for one in records if derived.ddds_of(one[0])], patient)


def perhaps_ddd_counts(right, criterion, records, patient):
    return right(criterion, [(row, YES, day) for row, _, day in records], patient)


def a_person_for_each_row(right, rows_of_persons):
    found = right(rows_of_persons)
    return {**found, "persons": found["rows"]}


def perhaps_rows_are_on_a_line(right, table, member):
    criterion = table["criterion"]
    records = member.records(criterion, member.window(criterion, member.index_date))
    return [row for row, _, _ in records], sum(certainty is UNKNOWN for _, certainty, _ in records)


OPIOID_MUTANTS = {
    "one mg more": [instead(derived, "equivalents", a_trifle_more)],
    "as needed is taken as fixed": [instead(omeq, "row_share", as_needed_is_fixed)],
    "as needed is left out": [instead(omeq, "row_share", as_needed_is_nothing)],
    "an unreadable dose is 0": [(omeq, "NOT_COMPUTABLE", omeq.NOTHING)],
    "dispensings are summed": [instead(omeq, "order_key", each_dispensing_an_order)],
    "start and end do not part orders": [instead(omeq, "order_key", one_order_a_product)],
    "strengths do not part orders": [instead(omeq, "product", strengths_do_not_part)],
    "the first dispensing decides": [instead(omeq, "deciding", first_dispensing_decides)],
    "a dispensing after the day decides": [instead(omeq, "deciding", later_dispensing_decides)],
    "a later supply ends nothing": [(omeq, "supplied", lambda row: False)],
    "an unknown route is the first": [instead(omeq, "line_of", any_line)],
    "the form tells no route": [instead(factors, "route_of", form_is_not_asked)],
    "the label of a patch is its dose": [instead(dose, "worn", label_is_dose)],
    "a missing DDD is 0": [computed("ddd_sum", missing_ddd_is_nothing)],
    "an undated DDD counts": [computed("ddd_sum", perhaps_ddd_counts)],
    "the last day is not added": [instead(omeq, "days_of", last_day_is_left_out)],
    "every day has the orders of the first": [instead(derived, "equivalents_over", orders_of_the_first_day)],
    "millilitres are units": [(ddd, "is_piece", lambda unit: True)],
    "missing units are 0": [computed("enheder_sum", missing_units_are_nothing)],
    "persons of a table are rows": [instead(tables, "counts", a_person_for_each_row)],
    "perhaps rows are on a line": [instead(tables, "counted_rows", perhaps_rows_are_on_a_line)],
    "every code is a substance": [(counting, "substance_of", lambda code: code or None)],
}
