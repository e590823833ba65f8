"""The third evaluator: the profile as SQL, run by DuckDB on the typed tables of many exports.

The answers are put into the shape of `profilblik evaluate --json`, so that the same comparison says
what differs. `pip install duckdb==VERSION` (scripts/tools.sh) is needed; nothing else here is.
"""

import subprocess
import tomllib
from fractions import Fraction
from pathlib import Path

from .evaluate import rounded
from .generate import write_files

TABLES = ("register", "noegle", "patient", "kode", "diagnose", "medicin", "proeve", "ydelse", "aftale", "henvisning")


class Refused(Exception):
    """The profile has no translation; the message says why."""


def command(engine, *words):
    return subprocess.run([str(engine), *map(str, words)], capture_output=True, text=True, timeout=60)


def normalised(engine, root, exports):
    """Folders with the typed tables of each `{name: {file: text}}`."""
    for name, files in exports.items():
        write_files(root / "exports" / name, files)
        done = command(engine, "normalise", root / "exports" / name, "--export", name, "--out", root / "tables" / name)
        if done.returncode != 0:
            raise RuntimeError(f"normalise: status {done.returncode}: {done.stderr.strip()}")
    return root / "tables"


def profile_sql(engine, path, index_date, dialect="duckdb"):
    """The profile as SQL; `Refused` where there is none."""
    done = command(engine, "sql", path, "--date", index_date.isoformat(), "--dialect", dialect)
    if done.returncode == 0:
        return done.stdout
    raise Refused(done.stderr.strip())


class Database:
    """The typed tables of many exports in one DuckDB, and answers from them."""

    def __init__(self, engine, tables: Path):
        import duckdb

        self.connection = duckdb.connect(":memory:", config={"threads": 1})
        self.connection.execute(command(engine, "sql", "--dialect", "duckdb").stdout)
        for table in TABLES:
            self.load(f"pb_{table}", tables)
        self.cprs = {(export, patient): cpr for export, patient, cpr in self.rows("SELECT * FROM pb_noegle")}
        self.exports = sorted({export for export, _ in self.cprs})

    def load(self, table, tables):
        types = {name: kind for name, kind, *_ in self.rows(f"DESCRIBE {table}")}
        columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
        self.connection.execute(
            f"INSERT INTO {table} SELECT * FROM read_csv('{tables}/*/{table}.csv', header = true, "
            f"auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '', columns = {{{columns}}})")

    def rows(self, query):
        return self.connection.execute(query).fetchall()

    def dicts(self, query):
        found = self.connection.execute(query)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row)) for row in found.fetchall()]

    def answers(self, text, profile, index_date):
        """`{export: answer}` of one profile."""
        self.connection.execute(text)
        return self.read_answers(text, profile, index_date)

    def read_answers(self, text, profile, index_date):
        people, figures = self.dicts("SELECT * FROM pb_resultat"), {}
        if "pb_maalepunkt" in text:
            figures = grouped(self.dicts("SELECT * FROM pb_maalepunkt"))
        people = grouped(people)
        return {
            export: self.answer(export, people.get(export, []), figures.get(export, []), profile, index_date)
            for export in self.exports
        }

    def grey_zones(self):
        """`{export: {(cpr, criterion): is it in the grey zone}}` of the people looked at, where it can be told."""
        found, name = {}, "graazone_"
        for row in self.dicts("SELECT * FROM pb_resultat WHERE set_paa"):
            cpr = self.cprs[row["export"], row["patient"]]
            told = {(cpr, key.removeprefix(name)): row[key] for key in row if key.startswith(name) and row[key] is not None}
            found.setdefault(row["export"], {}).update(told)
        return found

    def columns(self, profile):
        """`{export: {(cpr, title): cell}}` in the shape of `evaluate --json --columns`."""
        tables = dict(enumerate(tomllib.loads(profile).get("kolonne", []), 1))
        cells = {}
        for row in self.dicts("SELECT * FROM pb_kolonne ORDER BY export, patient, kolonne, plads"):
            table = tables[row["kolonne"]]
            place = row["export"], (self.cprs[row["export"], row["patient"]], table["titel"])
            cells.setdefault(place, []).append(row)
        found = {}
        for (export, place), rows in cells.items():
            found.setdefault(export, {})[place] = cell(tables_of(place, tables), rows)
        return found

    def answer(self, export, people, figures, profile, index_date):
        def cpr(row):
            return self.cprs[export, row["patient"]]

        looked_at = sorted((row for row in people if row["set_paa"]), key=cpr)
        members = [row for row in looked_at if row["population"] is True]
        undecided = [row for row in looked_at if row["population"] is None]
        return {
            "profile": profile,
            "index_date": index_date.isoformat(),
            "counts": {"members": len(members), "undecided": len(undecided),
                       "outside": len(looked_at) - len(members) - len(undecided),
                       "not_looked_at": len(people) - len(looked_at)},
            "members": [{"cpr": cpr(row), "markers": marked(row, True), "markers_undecided": marked(row, None),
                         **exempt(row), "exclusion_undecided": row["uafklaret_eksklusion"]} for row in members],
            "undecided": [{"cpr": cpr(row), "criteria": sorted(row["uafklarede"].split(","))} for row in undecided],
            "measures": [measure(row) for row in sorted(figures, key=place)],
        }


def tables_of(place, tables):
    return next(table for table in tables.values() if table["titel"] == place[1])


def cell(table, rows):
    """One cell out of its rows of `pb_kolonne`."""
    first = rows[0]
    if is_derived(table) and first["mindst"] is not None:
        return {"number": {"value": decimal(first["mindst"]), "at_least": first["nedre_graense"]}}
    if table.get("vis") == "antal" and first["mindst"] is not None:
        return {"count": {"sure": first["mindst"], "perhaps": first["hoejst"] - first["mindst"]}}
    if first["raekke"] is None:
        return {"unknown": True}
    return {"records": [{"register": table["register"], "row": row["raekke"],
                         "date": row["dato"] and row["dato"].isoformat(), "sure": row["sikker"]} for row in rows]}


def is_derived(table):
    return "beregning" in table or "dage_mellem" in table


def decimal(millionths):
    """Millionths as the engine writes a number."""
    sign, whole, rest = "-" * (millionths < 0), *divmod(abs(millionths), 1_000_000)
    return f"{sign}{whole}" + (f".{rest:06}".rstrip("0") if rest else "")


def grouped(rows):
    found = {}
    for row in rows:
        found.setdefault(row["export"], []).append(row)
    return found


def marked(row, verdict):
    name = "markering_"
    return sorted(key.removeprefix(name) for key in row if key.startswith(name) and row[key] is verdict)


def exempt(row):
    name = "undtaget_"
    found = sorted(key.removeprefix(name) for key in row if key.startswith(name) and row[key])
    return {"markers_exempt": found} if found else {}


def place(row):
    """Measures by their name, provider numbers in order, all of them last."""
    return row["maalepunkt"], row["ydernummer"] is None, row["ydernummer"] or ""


def measure(row):
    value = rounded(Fraction(row["taeller"] * row["pr"], row["naevner"])) if row["naevner"] else None
    return {"id": row["maalepunkt"], "ydernummer": row["ydernummer"], "numerator": row["taeller"],
            "denominator": row["naevner"], "undecided": row["uafklarede"], "value": value}
