"""A profile's own test patients (section 6): an imagined export of one person, and what must come out."""

import re

from .evaluate import Patient, marker_verdict, population
from .export import Export, read_record
from .omeq import equivalents, equivalents_over
from .quantities import read_number
from .verdicts import UNKNOWN

PERSON = "0101010000"
RECORDS = ("diagnose", "medicin", "proeve", "ydelse", "aftale", "henvisning")
CODE_COLUMN = {"diagnose": "icpc", "medicin": "atc", "proeve": "kode", "ydelse": "kode"}
TEXT_COLUMN = {"diagnose": "tekst", "medicin": "navn", "proeve": "navn", "ydelse": "tekst",
               "aftale": "type", "henvisning": "speciale"}
COLUMNS = {"dato": "dato", "slut": "slutdato", "status": "status", "nr": "nr", "start": "startdato",
           "dage": "dage", "vej": "administrationsvej", "form": "form", "vaerdi": "vaerdi", "enhed": "enhed",
           "ref_nedre": "ref_nedre", "ref_oevre": "ref_oevre", "doegndosis": "doegndosis", "dosering": "dosering",
           "styrke": "styrke", "antal_pakninger": "antal_pakninger", "pakning": "pakningsstoerrelse", "ddd": "ddd"}
DOSE_UNITS = {"doegndosis_mg": "mg", "ug_pr_time": "µg/t"}
LISTED = {"", "tilmeldt", "aktiv", "egen"}


def cell(value):
    """A number gets a decimal comma, a text stays as it is."""
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, (int, float)):
        return str(value).replace(".", ",")
    return value if isinstance(value, str) else value.isoformat()


def code_column(register, code):
    """A diagnosis with the letter of the Danish hospital codes before it is no ICPC code."""
    hospital = register == "diagnose" and re.match(r"D[A-Z]\d", code)
    return "icd10" if hospital else CODE_COLUMN[register]


def record(register, keys):
    """One record of a test patient as a row of an export."""
    cells = {"cpr": PERSON}
    for key, value in keys.items():
        if key == "kode":
            cells[code_column(register, cell(value))] = cell(value)
        elif key == "navn":
            cells[TEXT_COLUMN[register]] = cell(value)
        elif key in COLUMNS:
            cells[COLUMNS[key]] = cell(value)
        elif key == "dosisdispenseret":
            cells["dosisdispensering"] = cell(value)
        elif key in DOSE_UNITS:
            cells |= {"doegndosis": cell(value), "enhed": DOSE_UNITS[key]}
        elif key == "aaben" and value:
            cells["status"] = "aktiv"
        elif key == "pn" and value:
            cells["type"] = "PN"
    return read_record(register, cells)


def listing(keys):
    """The patient register's row; a field that `patient` lacks is unknown."""
    return {
        "cpr": PERSON,
        "birth": keys.get("foedt"),
        "sex": keys.get("koen"),
        "insurance_group": str(keys["sikringsgruppe"]) if "sikringsgruppe" in keys else None,
        "postal_code": keys.get("postnr"),
        "registered": keys.get("tilmeldt"),
        "provider": keys.get("ydernummer"),
        "listed": keys.get("status", "").lower() in LISTED and "doed" not in keys,
    }


def imagined(test):
    """The export of a test; the patient register is always there."""
    row = listing(test.get("patient", {}))
    tables = {"patient": [row]}
    for register in test.get("registre", RECORDS):
        if register != "patient":
            tables[register] = [record(register, keys) for keys in test.get(register, [])]
    return Export(tables), row


def failures(profile, test):
    """What came out otherwise than `forventet` says; columns, and derived values but one, are not looked at."""
    export, row = imagined(test)
    patient = Patient(export, profile, test["indeksdato"], PERSON, row)
    inclusion, exclusion = population(patient)
    expected, wrong = test["forventet"], []
    found = {"population": standing(inclusion, exclusion) if row["listed"] else "nej",
             "uafklaret_eksklusion": exclusion == UNKNOWN}
    wrong += [(key, found[key]) for key in found if key in expected and expected[key] != found[key]]
    for name, verdict in expected.get("kriterier", {}).items():
        if patient.verdict(name) != verdict:
            wrong.append((name, patient.verdict(name)))
    for marker, verdict in expected.get("markeringer", {}).items():
        found = marker_verdict(patient, marker, profile["all_markers"][marker])
        if found != verdict:
            wrong.append((marker, found))
    return wrong + wrong_sums(patient, expected.get("vaerdier", {}))


def wrong_sums(patient, expected):
    """Derived values that came out otherwise; of morphine equivalents only, a missing register being no value."""
    wrong = []
    for name, text in expected.items():
        criterion = patient.profile["criteria"][name]
        if criterion["derived"] == "omeq_pr_doegn" and patient.export.has("medicin"):
            found = equivalents(criterion, patient.records(criterion, None), patient.index_date).lower
            wrong += [] if found == read_number(text) else [(name, found)]
        if criterion["derived"] == "omeq_sum" and not criterion["anchor"] and patient.export.has("medicin"):
            window = patient.window(criterion, patient.index_date)
            found = equivalents_over(criterion, patient.records(criterion, None), window).lower
            wrong += [] if found == read_number(text) else [(name, found)]
    return wrong


def standing(inclusion, exclusion):
    """R15: exclusion that is ja ends it; exclusion that is ukendt keeps the patient on the list."""
    return "nej" if exclusion == "ja" else inclusion


