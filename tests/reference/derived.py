"""Derived values: courses of treatment and the other closed list (R17, R17b, appendix A)."""

from fractions import Fraction

from .dates import BEGINNING, END, add_days, completed_months, shifted
from .days import common, number_of_days, united
from .ddd import ddds_of, units_of
from .omeq import equivalents, equivalents_over
from .periods import period
from .picking import Outcome, known_value
from .quantities import SATISFYING, Interval, between, compare, exactly
from .verdicts import NO, UNKNOWN, YES, agreed, from_bool

IN_DAYS = {None: 1, "d": 1, "uger": 7}


def verdict_of(criterion, interval):
    """Compare a derived number; without `vaerdi` the question is whether there is anything to number."""
    wanted = criterion["value"]
    if wanted is None:
        return YES if criterion["derived"] in ("dage_mellem", "dage_siden") else compare(interval, ">", 0)
    factor = IN_DAYS.get(wanted.unit, 1)
    return compare(interval, wanted.operator, wanted.number * factor)


def courses(rows, criterion, index_date):
    """R17: periods joined over gaps of at most `gab` uncovered days; what starts later is left out."""
    spans = sorted(period(row, criterion["cover"]) for row in rows)
    joined = []
    for start, end in (span for span in spans if span[0] <= index_date):
        if joined and start <= add_days(joined[-1][1], criterion["gap"] + 1):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def current_course(criterion, records, patient):
    """R17: the course in which the index date lies, or within `gab` after it."""
    if uncertain(criterion, records):
        return Outcome(UNKNOWN)
    rows = [row for row, _, _ in records]
    found = courses(rows, criterion, patient.index_date)
    current = [
        course for course in found if patient.index_date <= add_days(course[1], criterion["gap"])
    ]
    if not current:
        return Outcome(NO)
    start = current[-1][0]
    verdict = course_verdict(criterion["value"], start, patient.index_date)
    return Outcome(verdict_of_cut_course(criterion, verdict, start, patient))


def verdict_of_cut_course(criterion, verdict, start, patient):
    """R17: a course that begins in the register's first `gab` days lasts "at least" so long.

    What is already longer than the limit stays so; everything else could still become longer.
    """
    wanted = criterion["value"]
    if wanted is None or not patient.begins_with_register(criterion["register"], start, criterion["gap"]):
        return verdict
    side = course_side(wanted, start, patient.index_date)
    sides = {"below": ("below", "at", "above"), "at": ("at", "above"), "above": ("above",)}[side]
    return agreed(from_bool(side in SATISFYING[wanted.operator]) for side in sides)


def course_side(wanted, start, index_date):
    """R17: "> 6 mdr" means begun earlier than index date − 6 mdr; days and weeks count days."""
    if wanted.unit in ("mdr", "aar"):
        limit = shifted(index_date, (-int(wanted.number), wanted.unit))
        return "above" if start < limit else "at" if start == limit else "below"
    days, limit = (index_date - start).days, wanted.number * IN_DAYS[wanted.unit]
    return "above" if days > limit else "at" if days == limit else "below"


def course_verdict(wanted, start, index_date):
    if wanted is None:
        return YES
    return from_bool(course_side(wanted, start, index_date) in SATISFYING[wanted.operator])


def longest_course(criterion, records, patient):
    """R17: the longest joined course, both ends counted, cut at the index date."""
    if uncertain(criterion, records):
        return Outcome(UNKNOWN)
    found = courses([row for row, _, _ in records], criterion, patient.index_date)
    if not found:  # the longest of no courses has no day
        return Outcome(verdict_of(criterion, exactly(0)))
    lengths = [(min(end, patient.index_date) - start).days + 1 for start, end in found]
    cut = any(patient.begins_with_register(criterion["register"], start, criterion["gap"]) for start, _ in found)
    longest = Interval(max(lengths), None) if cut else exactly(max(lengths))
    return Outcome(verdict_of(criterion, longest))


def uncertain(criterion, records):
    """R17: an undated row makes the course ukendt, as does a row that is perhaps none of it."""
    return any(
        certainty != YES or None in period(row, criterion["cover"]) for row, certainty, _ in records
    )


def covered_days(criterion, records, patient):
    """R17b: days in the window with at least one running row; undated rows may run on any of them."""
    window = [patient.window(criterion, patient.anchor_day)]
    if window[0][0] > window[0][1]:
        return Outcome(verdict_of(criterion, exactly(0)))
    sure, perhaps = running_days(criterion, records)
    least = number_of_days(common(sure, window))
    most = number_of_days(common(united(sure + perhaps), window))
    return Outcome(verdict_of(criterion, between(least, most)))


def running_days(criterion, records):
    """The days on which a record surely runs, and those on which one perhaps runs (R16)."""
    sure, perhaps = [], []
    for row, certainty, _ in records:
        start, end = period(row, criterion["cover"])
        span = (start or BEGINNING, END if end is None else end)
        (sure if certainty == YES and start else perhaps).append(span)
    return united(sure), united(perhaps)


def number_of_drugs(criterion, records, patient):
    """R17b: distinct 7-character ATC codes running on the index date."""
    sure, perhaps = set(), set()
    for number, (row, certainty, _) in enumerate(records):
        start, end = period(row, criterion["cover"])
        codes = {code for system, code in row["codes"] if system == "ATC" and len(code) == 7}
        if not codes:
            codes, certainty = {number}, UNKNOWN  # a drug without its full code is perhaps one more
        if start is None:
            if end is None or end >= patient.index_date:
                perhaps |= codes
        elif start <= patient.index_date <= end:
            (sure if certainty == YES else perhaps).update(codes)
    return Outcome(verdict_of(criterion, between(len(sure), len(sure | perhaps))))


def mean(criterion, records, patient):
    """R17b: mean of the exact values; an interval, text or missing value is ukendt, none is nej."""
    if not records:
        return Outcome(NO)
    values = [known_value(criterion, row) for row, _, _ in records]
    if any(certainty != YES for _, certainty, _ in records) or not all(value.exact for value in values):
        return Outcome(UNKNOWN)
    average = Fraction(sum(value.lower for value in values), len(values))
    wanted = criterion["value"]
    return Outcome(compare(exactly(average), wanted.operator, wanted.number) if wanted else YES)


def latest_day(records, aside=True):
    """The latest day of the records: None without records, UNKNOWN where one could be later.

    Undated records are left aside, as R9 does for `seneste`, but for appendix A.
    """
    if not records:
        return None
    dated = [record for record in records if record[2]]
    if not dated or (len(dated) < len(records) and not aside):
        return UNKNOWN
    if any(certainty != YES for _, certainty, _ in dated):
        return UNKNOWN
    return max(day for _, _, day in dated)


def since_latest(criterion, records, patient):
    """R17b, appendix A: days or completed months from the latest record to the index date."""
    latest = latest_day(records, aside=criterion["derived"] == "dage_siden")
    if criterion["value"] is None and any(certainty == YES and day for _, certainty, day in records):
        return Outcome(YES)  # there is a latest one, whichever it is
    if latest in (None, UNKNOWN):
        return Outcome(NO if latest is None else UNKNOWN)
    if criterion["derived"] == "maaneder_siden":
        wanted = criterion["value"]
        months = completed_months(latest, patient.index_date)
        return Outcome(compare(exactly(months), wanted.operator, wanted.number) if wanted else YES)
    return Outcome(verdict_of(criterion, exactly((patient.index_date - latest).days)))


def latest_event(records):
    """The latest sure day; UNKNOWN where a dated record that only perhaps satisfies is later."""
    latest = latest_day([record for record in records if record[1] == YES])
    perhaps = [day for _, certainty, day in records if certainty != YES]
    if latest in (None, UNKNOWN) or all(day is None or day <= latest for day in perhaps):
        return latest
    return UNKNOWN


def days_between(criterion, patient):
    """R17b: days from the latest event of `fra` to the latest of `til`, negative allowed."""
    outcomes = [patient.outcome(criterion["between"][end]) for end in ("fra", "til")]
    verdicts = [outcome.verdict for outcome in outcomes]
    if NO in verdicts or UNKNOWN in verdicts:
        return Outcome(NO if NO in verdicts else UNKNOWN)
    latest = [latest_event(outcome.records) for outcome in outcomes]
    if UNKNOWN in latest or None in latest:  # a criterion that is ja without a record has no day
        return Outcome(UNKNOWN)
    return Outcome(verdict_of(criterion, exactly((latest[1] - latest[0]).days)))


def morphine_equivalents(criterion, records, patient):
    """R18: the sum over the orders that run on the index date."""
    return Outcome(verdict_of(criterion, equivalents(criterion, records, patient.index_date)))


def cumulated_equivalents(criterion, records, patient):
    """Appendix I: the sums of R18 on the days of the window, added."""
    window = patient.window(criterion, patient.anchor_day)
    return Outcome(verdict_of(criterion, equivalents_over(criterion, records, window)))


def sum_of_ddds(criterion, records, patient):
    return sum_of_rows(criterion, records, ddds_of)


def sum_of_units(criterion, records, patient):
    return sum_of_rows(criterion, records, units_of)


def sum_of_rows(criterion, records, number_of):
    """R17b, appendix I: a row without the number, or perhaps outside the window, makes the sum "at least"."""
    numbers = [(number_of(row), certainty) for row, certainty, _ in records]
    sure = sum(number for number, certainty in numbers if number and certainty == YES)
    missing = any(number is None for number, _ in numbers)
    return Outcome(verdict_of(criterion, between(sure, None if missing else sum(number for number, _ in numbers))))


COMPUTED = {
    "omeq_pr_doegn": morphine_equivalents,
    "omeq_sum": cumulated_equivalents,
    "ddd_sum": sum_of_ddds,
    "enheder_sum": sum_of_units,
    "aktuelt_forloeb": current_course,
    "laengste_forloeb": longest_course,
    "daekkede_dage": covered_days,
    "antal_praeparater": number_of_drugs,
    "gennemsnit": mean,
    "dage_siden": since_latest,
    "maaneder_siden": since_latest,
}

# These look at all selected records, wherever they lie; the others only at those in the window.
WITHOUT_WINDOW = {"omeq_pr_doegn", "omeq_sum", "aktuelt_forloeb", "laengste_forloeb", "daekkede_dage", "antal_praeparater"}


def derived_outcome(criterion, records, patient):
    return COMPUTED[criterion["derived"]](criterion, records, patient)

