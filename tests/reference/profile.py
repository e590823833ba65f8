"""Reading a well-formed profile; what would be an error is not looked for (section 1)."""

import tomllib
from functools import cache
from pathlib import Path

from .codes import DEFAULT_SYSTEM
from .grammar import read_comparison, read_days, read_shift

GROUPS = ("alle", "en_af", "ingen_af", "mindst_af", "uafgjort")
PATIENT_KEYS = ("alder", "koen", "sikringsgruppe", "postnr", "tilmeldt_siden")
DEFAULT_COVER = "90 d"


SHARED = Path(__file__).parents[2] / "profiles" / "codesets"


@cache
def shared_code_sets():
    """Sets that any profile may name; its own come first (language, appendix D)."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(SHARED.glob("*.toml")))
    return {name: table for text in texts for name, table in tomllib.loads(text)["kodesaet"].items()}


def read_profile(text):
    """A profile as a dict: id, version, criteria, inclusion, exclusion, markers, measures, tests."""
    data = tomllib.loads(text)
    code_sets = {**shared_code_sets(), **data.get("kodesaet", {})}
    return {
        "id": data["profil"]["id"],
        "version": data["profil"]["version"],
        "criteria": {name: read_criterion(table, code_sets) for name, table in data["kriterie"].items()},
        "inclusion": read_group(data["population"]["inklusion"]),
        "exclusion": read_group(data["population"].get("eksklusion")),
        # Appendix G: a marker that is off is neither shown nor counted.
        "markers": {marker["id"]: marker["naar"] for marker in data.get("markering", [])
                    if marker.get("slaaet_til", True)},
        "all_markers": {marker["id"]: marker["naar"] for marker in data.get("markering", [])},
        "exceptions": {marker["id"]: as_list(marker.get("undtagelser", []))
                       for marker in data.get("markering", [])},
        # Appendix E: a measure that no export can give counts nobody.
        "measures": [read_measure(measure) for measure in data.get("maalepunkt", [])
                     if "findes_ikke" not in measure],
        "tables": [read_table(table, code_sets) for table in data.get("tabel", [])],
        "tests": data.get("test", []),
    }


def read_measure(table):
    return {
        "id": table["id"],
        "numerator": table["taeller"],
        "denominator": table.get("naevner", "tilmeldte"),
        "per": table.get("pr", 1000),
    }


def read_table(table, code_sets):
    """Appendix H: which medicines, as a simple criterion, and what a line stands for."""
    asked = {key: table[key] for key in ("koder", "kodesaet", "undtagen", "vindue") if key in table}
    return {"title": table["titel"], "per": table.get("pr", "praeparat"),
            "criterion": read_simple({"register": "medicin", **asked}, code_sets)}


def read_group(table):
    """A group `{kind, names, needed}`, or None."""
    if table is None:
        return None
    kind = next(kind for kind in GROUPS if kind in table)
    if kind == "mindst_af":
        return {"kind": kind, "names": table[kind]["af"], "needed": table[kind]["antal"]}
    return {"kind": kind, "names": as_list(table[kind])}


def read_criterion(table, code_sets):
    """A criterion with its defaults filled in; `kind` says which sort it is."""
    if "samtidig" in table:
        return read_together(table["samtidig"])
    if any(kind in table for kind in GROUPS):
        return read_group(table)
    if "valg" in table:
        # Appendix G: as long as nobody chooses, the first.
        return {"kind": "alle", "names": as_list(table["valg"])[:1]}
    if table["register"] == "patient":
        return {"kind": "patient", **{key: table[key] for key in PATIENT_KEYS if key in table}}
    return read_simple(table, code_sets)


def read_together(table):
    return {
        "kind": "samtidig",
        "names": table["af"],
        "window": read_window(table["vindue"]),
        "least_days": table.get("mindst_dage", 1),
    }


def read_simple(table, code_sets):
    """A simple criterion on the records of one register."""
    derived = table.get("beregning") or ("dage_mellem" if "dage_mellem" in table else None)
    basis = table.get("tid", "dato")
    window = table.get("vindue", ["0 d", "0 d"] if basis == "periode" else ["*", "0 d"])
    return {
        "kind": "simple",
        "register": table["register"],
        **read_selection(table, code_sets),
        "basis": basis,
        "window": read_window(window),
        "anchor": table.get("anker"),
        "pick": table.get("vaelg"),
        "same_day": table.get("ved_samme_dag"),
        "value": read_comparison(table["vaerdi"]) if "vaerdi" in table else None,
        "answers": as_list(table["svar"]) if "svar" in table else None,
        "reference": table.get("reference"),
        "count": read_comparison(table.get("antal", ">= 1")),
        "distinct": table.get("distinkt"),
        "spread": read_spread(table.get("spredning")),
        "cover": read_days(table.get("antaget_daekning", DEFAULT_COVER)),
        "derived": derived,
        "gap": read_days(table.get("gab", "0 d")),
        "between": table.get("dage_mellem"),
    }


def read_selection(table, code_sets):
    """Which records: codes with their system, exceptions, names, form, route, dose dispensing."""
    code_set = code_sets[table["kodesaet"]] if "kodesaet" in table else table
    system = code_set.get("system") or table.get("system") or DEFAULT_SYSTEM.get(table["register"])
    wanted = code_set.get("koder")
    return {
        "system": system,
        "codes": None if wanted is None else as_list(wanted),
        "except": as_list(code_set.get("undtagen", [])) + (
            as_list(table.get("undtagen", [])) if "kodesaet" in table else []),
        "names": as_list(table.get("navn_indeholder", [])),
        "form": table.get("form"),
        "route": table.get("vej"),
        "dose_dispensed": table.get("dosisdispenseret"),
    }


def read_window(ends):
    """Both ends of a window, each None for `*`, a date, or a shift."""
    return [read_end(end) for end in ends]


def read_end(end):
    if end == "*":
        return None
    return read_shift(end) if isinstance(end, str) else end


def read_spread(text):
    """`spredning` as a comparison in days."""
    if text is None:
        return None
    comparison = read_comparison(text)
    comparison.number *= {"d": 1, "uger": 7}[comparison.unit]
    return comparison


def as_list(value):
    """Where a list of texts is asked for, one text alone is a list of one."""
    return [value] if isinstance(value, str) else list(value)
