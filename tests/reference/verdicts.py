"""The three verdicts and their logic (R13)."""

YES = "ja"
NO = "nej"
UNKNOWN = "ukendt"


def all_of(verdicts):
    """R13: nej if any is nej, else ukendt if any is ukendt."""
    verdicts = list(verdicts)
    if NO in verdicts:
        return NO
    return UNKNOWN if UNKNOWN in verdicts else YES


def any_of(verdicts):
    """R13: ja if any is ja, else ukendt if any is ukendt."""
    verdicts = list(verdicts)
    if YES in verdicts:
        return YES
    return UNKNOWN if UNKNOWN in verdicts else NO


def negated(verdict):
    """R13: the other way round; ukendt stays."""
    return {YES: NO, NO: YES, UNKNOWN: UNKNOWN}[verdict]


def at_least(needed, verdicts):
    """R13 for `mindst_af`: ja and nej only where the unknown ones cannot change it."""
    verdicts = list(verdicts)
    sure = verdicts.count(YES)
    if sure >= needed:
        return YES
    return NO if sure + verdicts.count(UNKNOWN) < needed else UNKNOWN


def agreed(verdicts):
    """One verdict for several possible worlds: theirs if they agree, else ukendt."""
    verdicts = set(verdicts)
    return verdicts.pop() if len(verdicts) == 1 else UNKNOWN


def from_bool(truth):
    return YES if truth else NO
