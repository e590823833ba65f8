"""Sets of days as lists of `(first, last)`, both included, sorted and apart (R16, R17b)."""

from .dates import END, add_days


def united(spans):
    """The same days without overlaps; spans that touch become one."""
    merged = []
    for first, last in sorted(spans):
        if merged and (merged[-1][1] == END or first <= add_days(merged[-1][1], 1)):
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def common(one, other):
    """The days that both sets hold."""
    shared = [(max(a, c), min(b, d)) for a, b in one for c, d in other]
    return united((first, last) for first, last in shared if first <= last)


def number_of_days(spans):
    return sum((last - first).days + 1 for first, last in united(spans))
