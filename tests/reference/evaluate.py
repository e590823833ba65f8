"""One profile over one export: criteria, population, measures (R13–R15, R19, R21)."""

from fractions import Fraction
from math import floor

from . import codes, dates
from .counting import satisfied
from .days import common, number_of_days, united
from .derived import WITHOUT_WINDOW, days_between, derived_outcome, running_days
from .export import read_patient
from .grammar import read_comparison
from .periods import basis_day, event_date, in_window
from .picking import Outcome, judged
from .profile import GROUPS
from .quantities import compare, exactly
from .selection import selected
from .tables import products
from .verdicts import NO, UNKNOWN, YES, agreed, all_of, any_of, at_least, from_bool, negated


class Patient:
    """Everything that is known of one person, and what the criteria say of it."""

    def __init__(self, export, profile, index_date, person, listing):
        self.export, self.profile, self.index_date = export, profile, index_date
        self.person, self.listing = person, listing
        self.anchor_day = index_date
        self.known = {}

    def verdict(self, name):
        return self.outcome(name).verdict

    def outcome(self, name):
        """R20: each criterion has one outcome a patient, whoever asks for it."""
        if name not in self.known:
            self.known[name] = self.evaluated(self.profile["criteria"][name])
        return self.known[name]

    def evaluated(self, criterion):
        kind = criterion["kind"]
        if kind == "patient":
            return Outcome(self.patient_verdict(criterion))
        if kind == "samtidig":
            return Outcome(self.together(criterion))
        if kind == "simple":
            return self.simple(criterion)
        return Outcome(self.group(criterion))

    def group(self, group):
        """R13: the combining criteria."""
        verdicts = [self.verdict(name) for name in group["names"]]
        if group["kind"] == "alle":
            return all_of(verdicts)
        if group["kind"] == "uafgjort":
            return from_bool(UNKNOWN in verdicts)
        if group["kind"] == "mindst_af":
            return at_least(group["needed"], verdicts)
        return any_of(verdicts) if group["kind"] == "en_af" else negated(any_of(verdicts))

    def simple(self, criterion):
        """R14, then the anchor (R13b), then the records from the anchor day or days."""
        if not self.export.has(criterion["register"]):
            return Outcome(UNKNOWN)
        if criterion["derived"] == "dage_mellem":
            return days_between(criterion, self)
        anchor = criterion["anchor"]
        if anchor is None:
            return self.from_day(criterion, self.index_date)
        if anchor.get("foedsel"):
            birth = self.known_fields()["birth"]
            return self.from_day(criterion, birth) if birth else Outcome(UNKNOWN)
        named = self.outcome(anchor["kriterie"])
        if named.verdict != YES:
            return Outcome(named.verdict)
        if anchor["vaelg"] == "enhver":
            return self.from_any_day(criterion, named.records)
        return self.from_chosen_day(criterion, named.records, anchor["vaelg"])

    def from_any_day(self, criterion, anchors):
        """R13b `enhver`: ja if ja from any sure day, else ukendt if ukendt from any."""
        verdicts, records = [], []
        for _, certainty, day in anchors:
            outcome = Outcome(UNKNOWN) if day is None else self.from_day(criterion, day)
            if certainty == YES:
                verdicts.append(outcome.verdict)
                records += outcome.records if outcome.verdict == YES else []
            else:
                verdicts.append(all_of([UNKNOWN, outcome.verdict]))
        return Outcome(any_of(verdicts), records)

    def from_chosen_day(self, criterion, anchors, choice):
        """R13b `foerste`, `seneste`: a deciding record without date makes it ukendt.

        A record that only perhaps satisfies may be the first or last one: every day that can be
        the anchor must say the same.
        """
        sure = [day for _, certainty, day in anchors if certainty == YES]
        perhaps = [day for _, certainty, day in anchors if certainty != YES]
        if not sure:
            return Outcome(UNKNOWN if perhaps else NO)
        if None in sure or None in perhaps:
            return Outcome(UNKNOWN)
        day = min(sure) if choice == "foerste" else max(sure)
        beyond = {other for other in perhaps if (other < day if choice == "foerste" else other > day)}
        outcomes = [self.from_day(criterion, possible) for possible in [day, *sorted(beyond)]]
        return Outcome(agreed(outcome.verdict for outcome in outcomes), outcomes[0].records)

    def window(self, criterion, anchor_day):
        """R2: first and last day of the window, counted from the anchor day."""
        lower, upper = (
            None if end is None else dates.shifted(anchor_day, end) if isinstance(end, tuple) else end
            for end in criterion["window"]
        )
        return lower or dates.BEGINNING, upper or dates.END

    def from_day(self, criterion, anchor_day):
        """Order of evaluation: selection, window, then pick, value and count."""
        window = self.window(criterion, anchor_day)
        windowed = criterion["derived"] not in WITHOUT_WINDOW
        records = self.records(criterion, window if windowed else None)
        if criterion["derived"]:
            self.anchor_day = anchor_day
            return derived_outcome(criterion, records, self)
        return judged(criterion, records)

    def records(self, criterion, window):
        """The selected records as `(row, certainty, day)`, without those that surely are none."""
        found = []
        for row in self.export.rows_of(criterion["register"], self.person):
            certainty = selected(row, criterion)
            if window:
                certainty = all_of([certainty, in_window(row, criterion, window, self.index_date)])
            if certainty != NO:
                found.append((row, certainty, basis_day(row, criterion)))
        return found

    def together(self, criterion):
        """R16: days of the window on which every named criterion has a running row."""
        named = [self.profile["criteria"][name] for name in criterion["names"]]
        if not all(self.export.has(one["register"]) for one in named):
            return UNKNOWN
        window = self.window(criterion, self.index_date)
        sure = possible = [window] if window[0] <= window[1] else []
        for one in named:
            rows = self.export.rows_of(one["register"], self.person)
            records = [(row, selected(row, one, False), None) for row in rows]
            surely, perhaps = running_days(one, [record for record in records if record[1] != NO])
            sure = common(sure, surely)
            possible = common(possible, united(surely + perhaps))
        if number_of_days(sure) >= criterion["least_days"]:
            return YES
        return NO if number_of_days(possible) < criterion["least_days"] else UNKNOWN

    def begins_with_register(self, register, start, gap):
        """R17: whether `start` lies in the first `gap` days that the register covers."""
        covered = [event_date(row) for row in self.export.rows[register]]
        first = min(day for day in covered if day)
        return start < dates.add_days(first, gap)

    def patient_verdict(self, criterion):
        """All keys that are written must hold; a field that is not known is ukendt (R4, R14)."""
        checks = {
            "alder": self.age_verdict,
            "koen": lambda wanted: self.field_verdict("sex", lambda sex: sex == wanted),
            "sikringsgruppe": lambda wanted: self.field_verdict("insurance_group", lambda own: own == str(wanted)),
            "postnr": lambda wanted: self.field_verdict(
                "postal_code", lambda own: any(codes.matches("postnr", code, own) for code in wanted)),
            "tilmeldt_siden": self.registration_verdict,
        }
        return all_of(check(criterion[key]) for key, check in checks.items() if key in criterion)

    def known_fields(self):
        """The patient register's row; without that register what the CPR number itself says."""
        return self.listing or read_patient({"cpr": self.person})

    def field_verdict(self, field, test):
        value = self.known_fields()[field]
        return UNKNOWN if value is None else from_bool(test(value))

    def age_verdict(self, text):
        """R4: completed years, months or weeks on the index date."""
        wanted, birth = read_comparison(text), self.known_fields()["birth"]
        if birth is None:
            return UNKNOWN
        age = dates.completed(birth, self.index_date, wanted.unit or "aar")
        return compare(exactly(age), wanted.operator, wanted.number)

    def registration_verdict(self, text):
        """Registered at least that long: as R17 counts months, back from the index date."""
        begun = self.known_fields()["registered"]
        if begun is None:
            return UNKNOWN
        wanted = read_comparison(text)
        limit = dates.shifted(self.index_date, (-int(wanted.number), wanted.unit))
        return from_bool(satisfied(wanted.operator, limit.toordinal(), begun.toordinal()))


EXEMPT = "undtaget"


def population(patient):
    """R15: the verdicts of inclusion and exclusion; no exclusion excludes nobody."""
    exclusion = patient.profile["exclusion"]
    return patient.group(patient.profile["inclusion"]), patient.group(exclusion) if exclusion else NO


def people(export):
    """R21: those looked at as `{cpr: row of the patient register or None}`, and the others."""
    if not export.has("patient"):
        found = {row["cpr"]: None for rows in export.rows.values() for row in rows}
        return found, set()
    looked_at = {row["cpr"]: row for row in export.rows["patient"] if row["listed"]}
    everyone = {row["cpr"] for rows in export.rows.values() for row in rows}
    return looked_at, everyone - set(looked_at)


def default_index_date(export, today):
    """R1: the latest date of a row that tells of something done, not after today."""
    done = ("diagnose", "medicin", "proeve", "ydelse", "henvisning")
    days = [row["date"] for register in done for row in export.rows.get(register, [])]
    return max((day for day in days if day and day <= today), default=today)


def evaluate(profile, export, index_date):
    """What `profilblik evaluate --json` says, without the fingerprint."""
    looked_at, others = people(export)
    patients = [Patient(export, profile, index_date, person, row) for person, row in sorted(looked_at.items())]
    members, undecided, on_the_list = [], [], []
    for patient in patients:
        inclusion, exclusion = population(patient)
        if inclusion == YES and exclusion != YES:
            members.append(member(patient, exclusion))
            on_the_list.append(patient)
        elif inclusion == UNKNOWN and exclusion != YES:
            undecided.append({"cpr": patient.person, "criteria": undecided_criteria(patient)})
    return {
        "profile": {"id": profile["id"], "version": profile["version"]},
        "index_date": index_date.isoformat(),
        "counts": {
            "members": len(members),
            "undecided": len(undecided),
            "outside": len(patients) - len(members) - len(undecided),
            "not_looked_at": len(others),
        },
        "members": members,
        "undecided": undecided,
        "measures": measures(profile, export, patients),
        "products": products(profile, export, on_the_list),
    }


def member(patient, exclusion):
    """R15: a member with its markers; an exclusion that is ukendt is marked."""
    verdicts = {marker: marker_verdict(patient, marker, name) for marker, name in patient.profile["markers"].items()}
    exempt = sorted(marker for marker, verdict in verdicts.items() if verdict == EXEMPT)
    return {
        "cpr": patient.person,
        "markers": sorted(marker for marker, verdict in verdicts.items() if verdict == YES),
        "markers_undecided": sorted(marker for marker, verdict in verdicts.items() if verdict == UNKNOWN),
        **({"markers_exempt": exempt} if exempt else {}),
        "exclusion_undecided": exclusion == UNKNOWN,
    }


def marker_verdict(patient, marker, name):
    """Appendix G: a marker that is not nej is exempt where one of its exceptions is ja."""
    verdict = patient.verdict(name)
    exempt = verdict != NO and any(patient.verdict(one) == YES for one in patient.profile["exceptions"][marker])
    return EXEMPT if exempt else verdict


def undecided_criteria(patient):
    """The criteria under the inclusion that are ukendt, groups resolved into what they name."""
    found, waiting = set(), list(patient.profile["inclusion"]["names"])
    while waiting:
        name = waiting.pop()
        criterion = patient.profile["criteria"][name]
        if criterion["kind"] in GROUPS:
            waiting += criterion["names"]
        elif patient.verdict(name) == UNKNOWN:
            found.add(name)
    return sorted(found)


def measures(profile, export, patients):
    """R19: one row per provider number of the patient file, and the whole file last."""
    providers = {row["provider"] for row in export.rows.get("patient", []) if row["provider"]}
    rows = []
    for measure in sorted(profile["measures"], key=lambda measure: measure["id"]):
        for provider in [*sorted(providers), None]:
            own = [one for one in patients if provider is None or one.listing["provider"] == provider]
            rows.append(measured(measure, provider, own))
    return rows


def measured(measure, provider, patients):
    """R19: the numerator within the denominator; ukendt patients are left out of both."""
    numerator = denominator = undecided = 0
    for patient in patients:
        within = YES if measure["denominator"] == "tilmeldte" else patient.verdict(measure["denominator"])
        counted = patient.verdict(measure["numerator"])
        if within == UNKNOWN or (within == YES and counted == UNKNOWN):
            undecided += 1
        elif within == YES:
            denominator += 1
            numerator += counted == YES
    value = rounded(Fraction(numerator * measure["per"], denominator)) if denominator else None
    return {"id": measure["id"], "ydernummer": provider, "numerator": numerator,
            "denominator": denominator, "undecided": undecided, "value": value}


def rounded(value):
    """Six decimals, rounded half up, as text without needless zeros."""
    millionths = floor(value * 1_000_000 + Fraction(1, 2))
    return float(Fraction(millionths, 1_000_000))
