"""Reading an export in the native layout: one CSV a register, `;` between cells, UTF-8.

Every row becomes a dict with the same keys whatever its register; a key is None where the export
has no such column, so that "not said" and "cannot be said" stay apart.
"""

import csv
import io
import re
from fractions import Fraction

from . import codes, cpr
from .dates import is_unread, read_date
from .dose import GRAMS, unit_name
from .quantities import read_number

REGISTER_OF_FILE = {
    "patient": "patient",
    "diagnoser": "diagnose",
    "medicin": "medicin",
    "proever": "proeve",
    "ydelser": "ydelse",
    "aftaler": "aftale",
    "henvisninger": "henvisning",
}

CODE_COLUMNS = {
    "diagnose": (("ICPC", "icpc"), ("ICD10", "icd10")),
    "medicin": (("ATC", "atc"),),
    "proeve": (("NPU", "kode"),),
    "ydelse": (("ydelse", "kode"),),
    "aftale": (),
    "henvisning": (),
}

# The descriptive fields that `navn_indeholder` searches: name, text, type, specialty.
TEXT_COLUMNS = {
    "diagnose": ("tekst", "type"),
    "medicin": ("navn",),
    "proeve": ("navn",),
    "ydelse": ("tekst",),
    "aftale": ("type",),
    "henvisning": ("type", "speciale"),
}

ACTIVE_STATUS = {"aktiv", "aktuel", "active"}
LISTED_STATUS = {"", "tilmeldt", "aktiv", "egen"}
DATE_COLUMNS = ("udleveret_dato", "dato", "startdato", "slutdato")
TRUE_WORDS = {"ja", "j", "x", "1", "sand", "true"}


class Export:
    """The registers of an export: which exist, and their rows, each row once (R6)."""

    def __init__(self, tables):
        self.rows = {register: distinct_rows(rows) for register, rows in tables.items()}

    def has(self, register):
        return register in self.rows

    def rows_of(self, register, person):
        return [row for row in self.rows.get(register, []) if row["cpr"] == person]


def distinct_rows(rows):
    """R6: rows equal in every recognised field after reading count once."""
    seen, kept = set(), []
    for row in rows:
        key = tuple(sorted((name, repr(value)) for name, value in row.items()))
        if key not in seen:
            seen.add(key)
            kept.append(row)
    return kept


def read_export(files):
    """An export from `{file name: text}`."""
    tables = {}
    for name, text in files.items():
        register = REGISTER_OF_FILE[name.removesuffix(".csv")]
        reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
        rows = [read_row(register, cells) for cells in reader]
        tables[register] = [row for row in rows if row["cpr"]]
    return Export(tables)


def read_row(register, cells):
    """One row of a register as a dict."""
    cells = {name: (cell or "").strip() for name, cell in cells.items() if name}
    if register == "patient":
        return read_patient(cells)
    return read_record(register, cells)


def read_patient(cells):
    """A row of the patient register; birth date and sex come from the CPR number (section 6)."""
    person = cpr.normalised(cells.get("cpr"))
    sex = {"k": "K", "kvinde": "K", "m": "M", "mand": "M"}.get(cells.get("koen", "").lower())
    return {
        "cpr": person,
        "name": cells.get("navn", ""),
        "birth": (person and cpr.birth_date(person)) or read_date(cells.get("foedselsdato")),
        "sex": person and cpr.sex(person) or sex,
        "insurance_group": cells.get("sikringsgruppe") or None,
        "postal_code": cells.get("postnummer") or None,
        "registered": read_date(cells.get("tilmeldt_dato")),
        "provider": cells.get("ydernummer") or None,
        "listed": cells.get("status", "").lower() in LISTED_STATUS,
    }


def read_record(register, cells):
    """A row of any other register."""
    found = [(system, codes.read_code(system, part)) for system, column in CODE_COLUMNS[register]
             for part in re.split("[,/]", cells.get(column) or "")]
    texts = [cells[column] for column in TEXT_COLUMNS[register] if column in cells]
    return {
        "register": register,
        "cpr": cpr.normalised(cells.get("cpr")),
        "codes": tuple((system, code) for system, code in found if code),
        "texts": tuple(texts) if texts else None,
        "name": cells.get("navn"),
        "date": read_date(cells.get("udleveret_dato") or cells.get("dato")),
        "start": read_date(cells.get("startdato")),
        "end": read_date(cells.get("slutdato")),
        # An empty cell says that there is no day, so such a row is no copy of one without (R6).
        "unread": tuple(filter(is_unread, (cells.get(column) for column in DATE_COLUMNS))),
        "days": days_supplied(cells),
        "open": cells.get("status", "").lower() in ACTIVE_STATUS,
        "value": cells.get("vaerdi"),
        "unit": cells.get("enhed"),
        "reference_low": read_limit(cells.get("ref_nedre")),
        "reference_high": read_limit(cells.get("ref_oevre")),
        "form": cells.get("form"),
        "route": cells.get("administrationsvej"),
        "dose_dispensed": cells.get("dosisdispensering"),
        "strength": cells.get("styrke"),
        "dosage": cells.get("dosering"),
        "daily_dose": cells.get("doegndosis"),
        "dose_type": cells.get("type") if register == "medicin" else None,
        "ddd": cells.get("ddd"),
        "number": cells.get("nr"),
        "packages": cells.get("antal_pakninger"),
        "size": cells.get("pakningsstoerrelse"),
        "other": tuple(sorted((name, cells[name]) for name in ("kl", "antal", "status", "modtager")
                              if name in cells)),
    }


def days_supplied(cells):
    """R7 (b): packages × size ÷ daily dose, rounded down; None where it cannot be computed."""
    if cells.get("dage"):
        return int(cells["dage"])
    packages = read_number(cells.get("antal_pakninger") or "")
    size = read_number((cells.get("pakningsstoerrelse") or "").removesuffix("stk.").strip())
    dose = read_number(cells.get("doegndosis") or "")
    in_substance = unit_name(cells.get("enhed")) in (*GRAMS, "ug/t")  # no number of what the package holds
    if in_substance or not all(number is not None and number > 0 for number in (packages, size, dose)):
        return None
    return int(Fraction(packages * size, dose))


def read_limit(text):
    """A limit of the laboratory's own range, or None."""
    return read_number(text) if text else None


def is_true(text):
    return text.lower() in TRUE_WORDS
