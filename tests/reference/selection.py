"""Which records a criterion is about: codes, exceptions, names, form, route (section 1, R5)."""

from .codes import any_match
from .export import is_true
from .verdicts import NO, UNKNOWN, YES, all_of, from_bool

# The medicine card's own code of the commonest route.
ROUTE_CODES = {"or": "oral"}


def selected(row, criterion, with_dose_dispensing=True):
    """All that the criterion asks of the record itself must hold."""
    asked = [
        code_verdict(row, criterion),
        name_verdict(row, criterion["names"]),
        form_verdict(row, criterion["form"]),
        route_verdict(row, criterion["route"]),
    ]
    if with_dose_dispensing:
        asked.append(dose_dispensing_verdict(row, criterion["dose_dispensed"]))
    return all_of(asked)


def code_verdict(row, criterion):
    """R5: a row without code matches none, and `undtagen` wins."""
    system = criterion["system"]
    if criterion["except"] and any_match(system, criterion["except"], row["codes"]):
        return NO
    if criterion["codes"] is None:
        return YES
    return from_bool(any_match(system, criterion["codes"], row["codes"]))


def name_verdict(row, names):
    """Any of the texts occurs, case ignored; a row without any text cannot say."""
    if not names:
        return YES
    texts = [text.casefold() for text in row["texts"] or () if text]
    if not texts:
        return UNKNOWN
    return from_bool(any(name.casefold() in text for name in names for text in texts))


def form_of(row):
    """depot, kort or plaster; None where the export does not say."""
    text = (row["form"] or "").casefold()
    if not text:
        return None
    if "plast" in text:
        return "plaster"
    return "depot" if "depot" in text or "retard" in text else "kort"


def form_verdict(row, form):
    if form is None:
        return YES
    own = form_of(row)
    return UNKNOWN if own is None else from_bool(own == form)


def route_of(row):
    """The row's route; None where it does not say. The form stands in for it in R18 only."""
    text = (row["route"] or "").casefold()
    return ROUTE_CODES.get(text, text.split()[0]) if text else None


def route_verdict(row, route):
    if route is None:
        return YES
    own = route_of(row)
    return UNKNOWN if own is None else from_bool(own == route.casefold())


def dose_dispensing_verdict(row, wanted):
    """Column missing: ukendt."""
    if wanted is None:
        return YES
    if row["dose_dispensed"] is None:
        return UNKNOWN
    return from_bool(is_true(row["dose_dispensed"]) == wanted)
