"""Making opioid rows: doses whose sums lie at the limits, dispensings of one order, supplies that overlap.

The limits are those of the profiles (`EQUIVALENTS`): exactly 100 is reached by 50 + 50, 60 + 40, 4 × 25.
"""

from . import dates

EQUIVALENTS = ["100", "60", "30", "120", "40", "50"]
DDDS = ["30", "90", "30.5", "14"]
CUMULATED = ["700", "600", "1000", "3000", "100", "1200", "50"]
UNITS = ["20", "60", "90", "100", "120"]
SIZES = ["20 stk.", "60 stk.", "10", "20", "30 stk.", "100 stk.", "100 stk.", "100 ml", "100 ml", ""]

# ATC, form, strength, units a day; routes are added below. Some lines cannot be computed.
TABLETS = [
    ("N02AA01", "depottabletter", "30 mg", ["2", "1"]), ("N02AA01", "depottabletter", "50 mg", ["2", "1"]),
    ("N02AA01", "tabletter", "10 mg", ["4", "6", "5", "10"]), ("N02AA05", "kapsler", "20 mg", ["2", "1"]),
    ("N02AA55", "depottabletter", "20+10 mg", ["2", "1"]), ("N02AX02", "depottabletter", "100 mg", ["2", "4"]),
    ("N02AX02", "kapsler", "50 mg", ["4", "0,5"]), ("N02AJ06", "tabletter", "30+500 mg", ["4", "8"]),
    ("N02AJ13", "tabletter", "37,5+325 mg", ["4", "8"]), ("N02AX06", "depottabletter", "250 mg", ["1", "0,5"]),
]
WITHOUT_FACTOR = [
    ("N02AA02", "tabletter", "5 mg", ["2"]), ("N02AA04", "tabletter", "10 mg", ["2"]),
    ("N07BC02", "tabletter", "20 mg", ["2"]), ("N07BC01", "resoribletter", "8 mg", ["2"]),
    ("R05DA04", "tabletter", "25 mg", ["4"]), ("N02AB01", "suppositorier", "10 mg", ["4"]),
]
PATCHES = [
    ("N02AB03", "12 µg/t", "3"), ("N02AB03", "12 mikrogram/time", "3"), ("N02AB03", "25 µg/t", "3"), ("N02AB03", "25 mikrogram/time", "3"),
    ("N02AB03", "50 µg/t", "3"), ("N02AE01", "20 µg/t", "7"), ("N02AE01", "52,5 µg/t", "4"), ("N02AE01", "10 µg/t", "7"),
]
ROUTES_OF_FORM = {"depotplastre": "transdermal", "resoribletter": "sublingual", "suppositorier": "rektal"}
TEXTS_OF_DOSE = {
    "1": ["1 tablet morgen", "0+0+1", "1 tablet daglig", "1 tablet 1 gang daglig"], "2": ["1 tablet morgen og aften", "1+0+1"],
    "4": ["1 tablet 4 gange daglig", "2 tabletter morgen og aften", "1+1+1+1"], "0,5": ["1/2 tablet aften"],
    "5": ["2+1+2"], "6": ["2 tabletter 3 gange daglig"], "8": ["2 tabletter 4 gange daglig"], "10": ["5 tabletter 2 gange daglig"],
}
AS_NEEDED = {"4": "1 tablet efter behov højst 4 gange daglig", "2": "1 tablet efter behov højst 2 gange daglig",
             "8": "2 tabletter efter behov højst 4 gange daglig"}
UNREADABLE = ["efter skriftlig anvisning", "", "1 tablet efter behov"]


def opioid_rows(case, written):
    """Several products, dispensings of one order, or supplies of one product; most run on the index date."""
    clean = case.chance(65)
    rows = SCENARIOS[case.random.choice(list(SCENARIOS))](case, clean, written)
    if case.chance(25):
        rows.append({**product(case, clean), **times(case, written)})
    if case.chance(15):
        rows.append(changed(case, case.random.choice(rows), written))
    return rows


def several(case, clean, written):
    return [{**product(case, clean), **times(case, written)} for _ in range(case.random.choice([1, 2, 2, 3, 4]))]


def dispensings(case, clean, written):
    """One order with its start and end, dispensed several times, often with another dose each time.

    Now and then in two strengths, which are two orders.
    """
    row = product(case, clean)
    if row["form"] != "depotplastre" and case.chance(60):
        row |= {"dosering": "", "doegndosis": case.random.choice(["1", "2"]), "enhed": "tablet"}
    row["startdato"] = written(dates.add_days(case.index_date, -case.random.choice([60, 90])))
    end = {"slutdato": written(near_index_date(case))} if case.chance(60) else {"status": "aktiv"}
    found = [{**row, **end, **other_dose(case, row), "udleveret_dato": written(day)} for day in some_days(case)]
    if case.chance(25):
        found[0]["styrke"] = case.random.choice(["10 mg", "20 mg", "30 mg", "60 mg"])
    return found


def supplies(case, clean, written):
    """One product dispensed several times, each time for days supplied or with nothing said."""
    row, found = product(case, clean), []
    for day in some_days(case):
        again = {**row, **other_dose(case, row), "udleveret_dato": written(day)}
        if row.get("doegndosis") and row.get("enhed") != "mg" and case.chance(60):
            again |= {"antal_pakninger": "1", "pakningsstoerrelse": case.random.choice(["20 stk.", "60 stk.", "10", "100 stk."])}
        found.append(again)
    return found


SCENARIOS = {"several": several, "dispensings": dispensings, "supplies": supplies}


def some_days(case):
    """Days of dispensing before, on and after the index date, now and then the same twice."""
    shifts = case.random.choices([-40, -20, -10, -1, 0, 0, 1, 1, 5], k=case.random.choice([2, 2, 3]))
    return [dates.add_days(case.index_date, shift) for shift in shifts]


def near_index_date(case):
    return dates.add_days(case.index_date, case.random.choice([-1, 0, 0, 1, 5, 20]))


def other_dose(case, row):
    if row.get("doegndosis") and row["enhed"] not in ("mg", "µg/t") and case.chance(75):
        return {"doegndosis": case.random.choice(["1", "2", "4", "3"])}
    return {}


def product(case, clean):
    """A product with its dose; unless it is to be a clean one, much of it may be missing."""
    row = patch(case) if case.chance(20) else tablet(case, clean)
    own = ROUTES_OF_FORM.get(row["form"], "oral")
    row["administrationsvej"] = case.random.choice([own] * 6 + [own.capitalize(), ""])
    if not clean:
        row["administrationsvej"] = case.random.choice([own] * 4 + ["", "", "parenteral", "intrathekal"])
        if case.chance(15):
            row["styrke"] = ""
        if case.chance(15):
            row["form"] = case.random.choice(["", "", "injektionsvæske"])
    return {**row, **packages(case), "ddd": ddd(case), "dosisdispensering": "Nej", "navn": case.random.choice(["", "ekg", "x", "x", "x"])}


def packages(case):
    """How much was handed over; without it in most exports, since it says how long a supply lasts, too."""
    if case.chance(case.packages_missing):
        return {}
    return {"antal_pakninger": case.random.choice(["1", "1", "2", "3", "3", "0"]), "pakningsstoerrelse": case.random.choice(SIZES)}


def ddd(case):
    return "" if case.chance(case.ddds_missing) else case.random.choice(DDDS).replace(".", ",")


def tablet(case, clean):
    code, form, strength, doses = case.random.choice(TABLETS if clean else TABLETS + WITHOUT_FACTOR)
    dose = case.random.choice(doses)
    row = {"atc": code, "form": form, "styrke": strength}
    kind = case.random.randrange(22)
    if kind < 9:
        return {**row, "doegndosis": dose, "enhed": case.random.choice(["tablet", "", "kapsel"])}
    if kind == 20:
        return {**row, "doegndosis": case.random.choice([dose, "39", "40", "0", "-1"]), "enhed": "tablet"}
    if kind == 21:  # field and text, which may say two things
        texts = [*TEXTS_OF_DOSE[dose], AS_NEEDED.get(dose, AS_NEEDED["2"]), "1-2 tabletter morgen", *UNREADABLE, "2 tabletter aften"]
        return {**row, "doegndosis": dose, "enhed": "tablet", "dosering": case.random.choice(texts)}
    if kind == 11:
        return {**row, "dosering": case.random.choice(["1-2 tabletter 2 gange daglig", "1-2 tabletter morgen", "1-2 tabletter efter behov"])}
    if kind < 11:
        return {**row, "dosering": case.random.choice(TEXTS_OF_DOSE[dose])}
    if kind < 14:
        return {**row, "dosering": AS_NEEDED.get(dose, AS_NEEDED["2"])}
    if kind < 16:
        return {**row, "doegndosis": dose, "enhed": "tablet", "type": "PN"}
    if kind < 18 and not clean:
        return {**row, "dosering": case.random.choice(UNREADABLE)}
    return {**row, "doegndosis": case.random.choice(["60", "50", "40"]), "enhed": "mg"}


def patch(case):
    code, strength, days = case.random.choice(PATCHES)
    number = case.random.choice(["1 plaster", "1 plaster", "2 plastre"])
    row = {"atc": code, "form": "depotplastre", "styrke": strength, "dosering": f"{number} hver {days}. dag"}
    kind = case.random.randrange(12)
    if kind == 0:  # changed too often, or not at all as patches are
        row["dosering"] = case.random.choice(["1 plaster hver 2. dag", "1 plaster daglig", "2 plastre hver 7. dag"])
    if kind == 1:
        row |= {"dosering": "", "doegndosis": case.random.choice(["0,25", "0,5", "0,33", "1"]), "enhed": "plaster"}
    if kind == 2:
        row |= {"dosering": "", "doegndosis": case.random.choice(["12", "25", "50"]), "enhed": "µg/t"}
    return row


def times(case, written):
    """An order with an end, an open one, a supply, or nothing but a date; its last day is the index date or beside it."""
    kind = case.random.choice(["end"] * 4 + ["open", "open", "supply", "assumed", "undated"])
    length = case.random.choice([10, 30, 60])
    last = near_index_date(case)
    start = dates.add_days(last, 1 - length)
    if kind == "undated":
        return {} if case.chance(60) else {"slutdato": written(last)}
    row = {"udleveret_dato": written(start)}
    if case.chance(40):
        row["startdato"] = written(dates.add_days(start, -case.random.choice([0, 10, 30])))
    if kind == "end":
        return {**row, "slutdato": written(last)}
    if kind == "open":
        return {**row, "status": "aktiv"}
    if kind == "supply":  # two units a day: where the dose is another, the supply lasts another time
        return {**row, "antal_pakninger": "1", "pakningsstoerrelse": f"{2 * length} stk."}
    return row


def changed(case, row, written):
    """The same row once more with another strength, start or end: another order."""
    row = dict(row)
    change = case.random.randrange(3)
    if change == 0:
        row["slutdato"] = written(dates.add_days(case.index_date, case.random.choice([0, 1, 30])))
    if change == 1:
        row["styrke"] = case.random.choice(["15 mg", row["styrke"] + " "])
    if change == 2:
        row["startdato"] = written(dates.add_days(case.index_date, -case.random.choice([0, 1, 40])))
    return row
