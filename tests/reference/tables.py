"""Tables of medicines: persons, rows and DDDs of a product or a substance (appendix H)."""

from fractions import Fraction
from math import floor

from .ddd import ddds_of
from .factors import lines_of
from .verdicts import UNKNOWN, YES


def products(profile, export, members):
    """One `{title, units}` for each `[[tabel]]`; without the register medicin there are no units."""
    return [{"title": table["title"], "units": units(table, export, members)}
            for table in profile["tables"]]


def units(table, export, members):
    """One for every provider number of the patient file, as in R19, and last the whole file."""
    if not export.has("medicin"):
        return []
    providers = {row["provider"] for row in export.rows.get("patient", []) if row["provider"]}
    found = [(member, counted_rows(table, member)) for member in members]
    return [unit(table, number, [rows for member, rows in found if number in (None, provider(member))])
            for number in [*sorted(providers), None]]


def provider(patient):
    return patient.listing and patient.listing["provider"]


def counted_rows(table, member):
    """The rows that are surely asked for and in the window, and how many are so only perhaps."""
    criterion = table["criterion"]
    records = member.records(criterion, member.window(criterion, member.index_date))
    sure = [row for row, certainty, _ in records if certainty == YES]
    return sure, sum(certainty is UNKNOWN for _, certainty, _ in records)


def unit(table, number, found):
    """The lines that somebody is on, and the total, in which each person counts once."""
    lines = sorted({line_of(table, row) for rows, _ in found for row in rows})
    return {
        "ydernummer": number,
        "lines": [{"substance": line[0], "product": line[1],
                   **counts([[row for row in rows if line_of(table, row) == line] for rows, _ in found])}
                  for line in lines],
        "total": counts([rows for rows, _ in found]),
        "perhaps": sum(perhaps for _, perhaps in found),
    }


def counts(rows_of_persons):
    """Of the rows of each person: how many persons have one, rows, and DDDs as far as they are known."""
    doses = [ddds_of(row) for rows in rows_of_persons for row in rows]
    known = sum((Fraction(number) for number in doses if number is not None), Fraction(0))
    return {"persons": sum(bool(rows) for rows in rows_of_persons), "rows": len(doses),
            "ddd": decimal(known), "at_least": None in doses}


def decimal(number):
    """Six decimals, rounded half up, without needless zeros."""
    millionths = floor(number * 1_000_000 + Fraction(1, 2))
    whole, rest = divmod(millionths, 1_000_000)
    return f"{whole}.{rest:06}".rstrip("0").rstrip(".")


def line_of(table, row):
    """Substance, and name, strength and form as written; a table for each substance knows no product."""
    parts = [row["name"], row["strength"], row["form"]] if table["per"] == "praeparat" else []
    return substance(row), ", ".join(part for part in parts if part)


def substance(row):
    """As `distinkt = "stof"`; a row whose code is too short to be one has the code itself as its line."""
    own = [code for _, code in row["codes"]]
    named = (line.substance for code in own for line in lines_of(code) if line.substance)
    return next(named, own[0] if own else "")
