"""Codes and how a profile's codes meet those of an export (R5)."""

import re

DEFAULT_SYSTEM = {"diagnose": "ICPC", "medicin": "ATC", "proeve": "NPU", "ydelse": "ydelse"}


def normalised(text):
    """R5: trimmed, without spaces, upper case."""
    return re.sub(r"\s+", "", text or "").upper()


def read_code(system, text):
    """One code of an export cell, or None for an empty cell."""
    code = normalised(text)
    if system == "ICD10":
        code = plain_icd10(code)
    return code or None


def plain_icd10(code):
    """R5: a leading SKS "D" and dots are ignored; ICD-10's own D is followed by a digit."""
    code = code.replace(".", "")
    return code[1:] if re.match(r"D[A-Z]\d", code) else code


def matches(system, wanted, code):
    """R5: ATC is hierarchical; all others are equal, or a prefix with a written `*`."""
    wanted = normalised(wanted)
    starred = wanted.endswith("*")
    wanted = wanted.rstrip("*")
    if system == "ICD10":
        wanted = plain_icd10(wanted)
    if system == "ICPC" and "." not in wanted:
        code = code.split(".")[0]  # what stands behind the dot is a subcode
    if system == "ATC" or starred:
        return code.startswith(wanted)
    return code == wanted


def any_match(system, wanted, codes):
    """Whether one of a row's codes, `(system, code)`, meets one of the wanted ones."""
    return any(
        own_system == system and matches(system, one, code)
        for one in wanted
        for own_system, code in codes
    )
