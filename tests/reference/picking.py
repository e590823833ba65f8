"""Pick before compare (R9), and testing the picked records (R10, R11).

A record is `(row, certainty, day)`: how surely it is selected and in the window, and the day by
which it is ordered, None where it has none.
"""

from itertools import combinations

from .counting import counted
from .quantities import ANYTHING, compare, highest, lowest, read_value, same_unit
from .verdicts import NO, UNKNOWN, YES, agreed, all_of, any_of

EXTREME = {"hoejeste": highest, "laveste": lowest}


class Outcome:
    """A verdict and the records that satisfied the criterion."""

    def __init__(self, verdict, records=()):
        self.verdict, self.records = verdict, list(records)


def judged(criterion, records):
    """`vaelg`, then the value, then the count."""
    pick = criterion["pick"]
    if pick in ("seneste", "foerste"):
        return judged_by_day(criterion, records)
    if pick in EXTREME:
        return judged_by_value(criterion, records)
    return judged_all(criterion, records)


def judged_all(criterion, records):
    """`alle` and no `vaelg`: every record is tested, and those that satisfy are counted."""
    tested = [
        (row, all_of([certainty, value_verdict(criterion, row)]), day) for row, certainty, day in records
    ]
    tested = [record for record in tested if record[1] != NO]
    return Outcome(counted(criterion, tested), tested)


def judged_by_day(criterion, records):
    """R9: the records of the latest or earliest day; undated ones are left aside."""
    dated = [record for record in records if record[2] is not None]
    if records and not dated:
        return Outcome(UNKNOWN)
    groups = possible_groups(dated, criterion["pick"] == "seneste")
    outcomes = [judged_group(criterion, group) for group in groups]
    # Taken for sure only to see what would follow: who counts days from it must know that it is not.
    before = {id(row): certainty for row, certainty, _ in dated}
    satisfying = [(row, all_of([certainty, before[id(row)]]), day)
                  for outcome in outcomes for row, certainty, day in outcome.records]
    return Outcome(agreed(outcome.verdict for outcome in outcomes), satisfying)


def possible_groups(dated, latest_first):
    """The groups of one day that can be the picked one: uncertain days until the first sure one."""
    groups = []
    for day in sorted({day for _, _, day in dated}, reverse=latest_first):
        group = [record for record in dated if record[2] == day]
        if any(certainty == YES for _, certainty, _ in group):
            return groups + [group]
        groups += [[(row, YES, day) for row, _, day in some] for some in some_of(group)]
    return groups + [[]]


def some_of(group):
    """Every choice of at least one record: the day is the picked one only if one of them counts."""
    return [some for size in range(1, len(group) + 1) for some in combinations(group, size)]


def judged_group(criterion, group):
    """R9: ties of one day count by R12, or by their lowest or highest value."""
    if criterion["same_day"] is None or len(group) < 2:
        return judged_all(criterion, group)
    return judged_by_extreme(criterion, group, EXTREME[criterion["same_day"]])


def judged_by_value(criterion, records):
    """R9: undated records take part if surely inside, else they make the result ukendt."""
    if any(certainty == UNKNOWN for _, certainty, _ in records):
        return Outcome(UNKNOWN)
    if not records:
        return judged_all(criterion, [])
    return judged_by_extreme(criterion, records, EXTREME[criterion["pick"]])


def judged_by_extreme(criterion, records, extreme):
    """One value stands for all: the interval of the highest or lowest."""
    value = extreme(known_value(criterion, row) for row, _, _ in records)
    verdict = YES
    if criterion["value"]:
        verdict = compare(value, criterion["value"].operator, criterion["value"].number)
    if verdict == NO:
        return Outcome(counted(criterion, []))
    possible = [record for record in records if can_be(known_value(criterion, record[0]), value, extreme)]
    row, certainty, day = possible[0]
    return Outcome(
        counted(criterion, [(row, all_of([certainty, verdict]), day)]),
        [(row, verdict, day) for row, _, day in possible],
    )


def can_be(one, value, extreme):
    """A record holds the highest value only if it can reach what the highest is at least."""
    if extreme is highest:
        reach, needed, is_open = one.upper, value.lower, one.upper_open or value.lower_open
    else:
        reach, needed, is_open = one.lower, value.upper, one.lower_open or value.upper_open
    if reach is None or needed is None:
        return True
    beyond = reach > needed if extreme is highest else reach < needed
    return beyond or (reach == needed and not is_open)


def known_value(criterion, row):
    """R11: a value in another unit than the profile's could be any number."""
    asked = criterion["value"].unit if criterion["value"] else None
    return read_value(row["value"]) if same_unit(asked, row["unit"]) else ANYTHING


def value_verdict(criterion, row):
    """`vaerdi`, `svar` or `reference` of one record; ja where none is asked."""
    if criterion["value"]:
        wanted = criterion["value"]
        return compare(known_value(criterion, row), wanted.operator, wanted.number)
    if criterion["answers"]:
        return answer_verdict(criterion["answers"], row)
    if criterion["reference"]:
        return reference_verdict(criterion["reference"], row)
    return YES


def answer_verdict(answers, row):
    """R10: equal after trimming and folding case; an empty cell does not say."""
    given = (row["value"] or "").strip().casefold()
    if not given:
        return UNKNOWN
    return YES if given in {answer.strip().casefold() for answer in answers} else NO


def reference_verdict(side, row):
    """Under or over the laboratory's own range; a limit that is missing does not say."""
    value = read_value(row["value"])
    low, high = row["reference_low"], row["reference_high"]
    under = UNKNOWN if low is None else compare(value, "<", low)
    over = UNKNOWN if high is None else compare(value, ">", high)
    if side == "under":
        return under
    return over if side == "over" else any_of([under, over])
