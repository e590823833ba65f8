"""Making exports: a few patients whose rows lie at the ends of windows, courses and limits."""

from . import dates
from .grammar import read_days, read_shift
from .make_opioids import ddd, opioid_rows
from .vocabulary import (
    CODES, DATE_SPELLINGS, FILE_OF_REGISTER, FORMS, ODD_VALUES, POSTAL_CODES, PROVIDERS, ROUTES, STATUSES, TEXTS, UNITS, VALUES,
)

COLUMNS = {
    "patient.csv": "cpr;navn;koen;foedselsdato;adresse;postnummer;by;sikringsgruppe;status;tilmeldt_dato;ydernummer",
    "diagnoser.csv": "cpr;icpc;icd10;tekst;dato;slutdato;type",
    "medicin.csv": "cpr;atc;navn;styrke;form;administrationsvej;dosering;doegndosis;enhed;type;startdato;slutdato;"
                   "udleveret_dato;antal_pakninger;pakningsstoerrelse;ddd;dosisdispensering;status",
    "proever.csv": "cpr;kode;navn;vaerdi;enhed;dato;ref_nedre;ref_oevre",
    "ydelser.csv": "cpr;kode;tekst;dato;antal",
    "aftaler.csv": "cpr;dato;kl;type;status",
    "henvisninger.csv": "cpr;dato;type;speciale;modtager",
}
DATE_COLUMNS = ("foedselsdato", "tilmeldt_dato", "dato", "startdato", "slutdato", "udleveret_dato")
OPTIONAL = {
    "patient.csv": ["status", "tilmeldt_dato", "ydernummer", "sikringsgruppe", "postnummer"],
    "diagnoser.csv": ["icd10", "tekst", "slutdato"],
    "medicin.csv": ["form", "administrationsvej", "dosisdispensering", "slutdato", "startdato", "dosering", "type", "ddd",
                    "styrke"],
    "proever.csv": ["enhed", "navn", "ref_nedre"],
    "ydelser.csv": ["tekst"],
    "aftaler.csv": [],
    "henvisninger.csv": ["speciale"],
}


def make_export(case):
    """`{file: {"columns": [...], "rows": [dict, ...]}}`; some registers and columns are missing."""
    people = [make_person(case, number) for number in range(case.random.randint(1, 8))]
    tables = {}
    if not case.chance(8):
        tables["patient.csv"] = people
    visitors = [make_person(case, 90)] if case.chance(10) else []
    for register, file in FILE_OF_REGISTER.items():
        if not case.chance(10):
            tables[file] = [row for person in people + visitors for row in make_rows(case, register, person["cpr"])]
    return {file: make_table(case, file, rows) for file, rows in tables.items()}


def make_table(case, file, rows):
    columns = COLUMNS[file].split(";")
    for column in OPTIONAL[file]:
        if case.chance(7):
            columns.remove(column)
    rows = [{column: row.get(column, "") for column in columns} for row in rows]
    case.random.shuffle(rows)
    for column in columns:
        mostly_dates(column, rows)
    return {"columns": columns, "rows": rows}


def mostly_dates(column, rows):
    """A column of which many cells are no dates is not taken for dates, whatever its name; the second
    evaluator goes by the name alone. So of three dates at most one is beside something unread."""
    unread = [row for row in rows if column in DATE_COLUMNS and dates.is_unread(row[column])]
    readable = sum(dates.read_date(row[column]) is not None for row in rows)
    for row in unread[readable // 3:]:
        row[column] = ""


def written(day):
    return day.strftime("%d-%m-%Y") if day else ""


def make_person(case, number):
    """A person whose age or registration lies at a limit of the case; some born on 29 February."""
    shift = (-int(case.age), case.age_unit.strip() or "aar")
    born = dates.add_days(dates.shifted(case.index_date, shift), case.random.choice([-1, 0, 0, 1]))
    if case.chance(40 if case.at_leap_day else 15):
        born = dates.read_date(case.random.choice(["29-02-2004", "29-02-1960", "29-02-1960", "31-01-1950", "31-12-2006"]))
    registered = dates.shifted(case.index_date, minus(read_shift(case.registration)))
    registered = dates.add_days(registered, case.random.choice([-1, 0, 1]))
    return {
        "cpr": make_cpr(case, born, number),
        "navn": f"Person {number}",
        "koen": case.random.choice(["", "K", "M"]) if case.chance(20) else "",
        "foedselsdato": written(dates.add_days(born, case.random.choice([0] * 9 + [1]))) if case.chance(60) else "",
        "postnummer": case.random.choice(POSTAL_CODES),
        "sikringsgruppe": case.random.choice(["1", "1", "2", ""]),
        "status": case.random.choice(STATUSES),
        "tilmeldt_dato": written(registered) if case.chance(85) else "",
        "ydernummer": case.random.choice(PROVIDERS),
    }


def minus(shift):
    return -shift[0], shift[1]


def make_cpr(case, born, number):
    """A CPR number that says this birth date; some are replacement numbers, with 60 added to the day."""
    seventh = case.random.choice("0123") if born.year < 2000 else case.random.choice("49" if born.year <= 2036 else "5")
    day = born.day + (60 if case.chance(15) else 0)
    return f"{day:02}{born.month:02}{born.year % 100:02}{seventh}{number:02}{case.random.randrange(10)}"


def make_rows(case, register, person):
    """Some rows of one person: built by register, then now and then written twice."""
    rows, last = [], None
    for _ in range(case.random.choice([0, 1, 1, 2, 2, 3, 4])):
        day = case.near(last) if last and case.chance(45) else case.boundary()
        row = MAKERS[register](case, day, last)
        last = row.pop("last", day)
        rows.append({"cpr": spelled_cpr(case, person), **row})
    if register == "medicin" and case.chance(60):
        rows += [{"cpr": spelled_cpr(case, person), **row} for row in opioid_rows(case, written)]
    if rows and case.chance(20):
        rows.append(dict(case.random.choice(rows)))
    if rows and case.chance(10):
        rows.append(respelled(case, case.random.choice(rows)))
    return rows


def spelled_cpr(case, person):
    return f"{person[:6]}-{person[6:]}" if case.chance(10) else person


def respelled(case, row):
    """The same row with its code in another spelling: after reading they are equal (R6)."""
    spelling = spelled
    return {key: spelling(case, cell) if key in ("atc", "icpc", "kode") else cell for key, cell in row.items()}


def spelled(case, code):
    """Lower case and spaces do not matter (R5)."""
    kind = case.random.randrange(6)
    if kind == 0:
        return code.lower()
    if kind == 1:
        return f" {code} "
    if kind == 2:
        return f"{code[:1]} {code[1:]}"
    return code


def code_of(case, system, empty=4):
    return "" if case.chance(empty) else spelled(case, case.random.choice(CODES[system]))


def several(case, system):
    """Two codes of one system in a cell."""
    return case.random.choice([",", ", ", "/", " / "]).join(code_of(case, system, 0) for _ in range(2))


def maybe(case, day, missing=10):
    """The day as text; now and then missing, or a placeholder."""
    if case.chance(missing):
        return case.random.choice(case.missing_dates)
    return day.strftime(case.random.choice(DATE_SPELLINGS)) if case.chance(10) else written(day)


def make_diagnosis(case, day, last):
    end = dates.add_days(day, case.random.choice([-1, 0, 1, 30, 90])) if case.chance(30) else None
    return {
        "icpc": several(case, "ICPC") if case.chance(10) else code_of(case, "ICPC", 10),
        "icd10": (several if case.chance(10) else code_of)(case, "ICD10") if case.chance(30) else "",
        "tekst": case.random.choice(TEXTS),
        "dato": maybe(case, day),
        "slutdato": written(end),
    }


def make_medicine(case, day, last):
    """An order with an end, with days supplied, open, or none of them; or one that renews the last.

    `day` is taken as the last day of the treatment, so that ends meet the ends of windows; a
    renewal begins when `gab` days have passed, one less or one more.
    """
    kind = case.random.choice(["end", "end", "supply", "supply", "open", "assumed", "assumed"])
    length = case.random.choice([1, 10, 30, 60])
    if kind == "assumed":
        length = read_days(case.cover)
    if case.chance(25):  # a course that is just still current, or just no longer
        day = dates.add_days(case.index_date, -read_days(case.gap) - case.random.choice([0, 1]))
    start = dates.add_days(day, 1 - length) if case.chance(70) else day
    if last and case.chance(50):
        start = dates.add_days(last, 1 + read_days(case.gap) + case.random.choice([-1, 0, 0, 1]))
    end = dates.add_days(start, length - 1)
    row = medicine_row(case)
    row |= {"udleveret_dato": maybe(case, start, 6), "startdato": maybe(case, start, 70), "last": end}
    if kind == "end":
        row["slutdato"] = written(end if case.chance(92) else dates.add_days(start, -1))
    if kind == "open":
        row |= {"status": "aktiv", "last": start}
    if kind == "supply":
        dose = case.random.choice(["1", "2", "0,5", "3"])
        row |= {"doegndosis": dose, "enhed": "tablet", "antal_pakninger": "1",
                "pakningsstoerrelse": package(length, dose) + case.random.choice([" stk.", ""])}
    return row


def package(length, dose):
    """A package that lasts so many days; what is left over is rounded away."""
    units = {"1": length, "2": 2 * length + 1, "0,5": (length + 1) // 2, "3": 3 * length + 2}[dose]
    return str(units)


def medicine_row(case):
    return {
        "atc": code_of(case, "ATC"),
        "navn": case.random.choice(TEXTS),
        "styrke": case.random.choice(["", "50 mg"]),
        "ddd": ddd(case),
        "form": case.random.choice(FORMS),
        "administrationsvej": case.random.choice(ROUTES),
        "dosisdispensering": case.random.choice(["Ja", "Nej", "Nej"]),
    }


def make_laboratory(case, day, last):
    if last and case.chance(30):
        day = last
    limit = case.limit.replace(".", ",")
    return {
        "kode": code_of(case, "NPU"),
        "navn": case.random.choice(TEXTS),
        "vaerdi": case.random.choice(ODD_VALUES if case.chance(18) else VALUES[case.limit]),
        "enhed": case.random.choice(UNITS),
        "dato": maybe(case, day),
        "ref_nedre": limit if case.chance(60) else "",
        "ref_oevre": case.random.choice([limit, "90"]) if case.chance(60) else "",
    }


def make_service(case, day, last):
    return {"kode": code_of(case, "ydelse"), "tekst": case.random.choice(TEXTS), "dato": maybe(case, day), "antal": "1"}


def make_appointment(case, day, last):
    return {"dato": maybe(case, day, 5), "kl": case.random.choice(["08:00", "09:15"]),
            "type": case.random.choice(TEXTS)}


def make_referral(case, day, last):
    return {"dato": maybe(case, day), "type": case.random.choice(TEXTS), "speciale": case.random.choice(TEXTS)}


MAKERS = {
    "diagnose": make_diagnosis, "medicin": make_medicine, "proeve": make_laboratory, "ydelse": make_service,
    "aftale": make_appointment, "henvisning": make_referral,
}


def csv_text(table):
    """One table as text; no cell of the vocabulary needs quotes."""
    lines = [table["columns"], *([row[column] for column in table["columns"]] for row in table["rows"])]
    return "".join(";".join(cells) + "\n" for cells in lines)
