"""Making a differing pair small: leave out whatever is not needed for the difference."""

import copy

from .make_export import OPTIONAL

LIMIT = 1500  # runs of the engine for one pair

GROUPS = ("alle", "en_af", "ingen_af")


def shrunk(export, profile, differs):
    """The smallest pair found for which `differs(export, profile)` still holds."""
    budget = [LIMIT]

    def still(pair):
        budget[0] -= 1
        return budget[0] > 0 and differs(*pair)

    pair, size = (export, profile), None
    while size != repr(pair):
        size = repr(pair)
        # The large pieces first: what is left then is small enough for the many fine steps.
        for candidates in (single_criteria, without_people_or_tables, smaller_profiles, without_rows_or_columns,
                           without_cells):
            pair = pass_over(pair, candidates, still)
    return pair


def pass_over(pair, candidates, still):
    """Try each leaving-out in turn; what succeeds stays left out."""
    place = 0
    while True:
        smaller = list(candidates(*pair))
        if place >= len(smaller):
            return pair
        if smaller[place] != pair and still(smaller[place]):
            pair = smaller[place]
        else:
            place += 1


def single_criteria(export, profile):
    """Only one criterion as inclusion, with those that it refers to, and nothing else."""
    for name in profile["kriterie"]:
        needed = {name}
        while True:
            more = {other for other in profile["kriterie"]
                    if any(refers(profile["kriterie"][one], other) for one in needed)}
            if more <= needed:
                break
            needed |= more
        criteria = {other: table for other, table in profile["kriterie"].items() if other in needed}
        if len(criteria) < len(profile["kriterie"]) or profile.get("maalepunkt") or profile.get("markering"):
            yield export, {**profile, "kriterie": criteria, "markering": [], "maalepunkt": [],
                           "population": {"inklusion": {"alle": [name]}}}


def refers(table, name):
    return f"'{name}'" in repr({key: value for key, value in table.items() if key != "tekst"})


def without_people_or_tables(export, profile):
    """Without a person, or without a table."""
    people = {row["cpr"].replace("-", "") for table in export.values() for row in table["rows"]}
    for person in sorted(people):
        yield with_rows(export, lambda row, gone=person: row["cpr"].replace("-", "") != gone), profile
    for file in export:
        yield {name: table for name, table in export.items() if name != file}, profile


def without_rows_or_columns(export, profile):
    """Without a row, or without a column."""
    for file, table in export.items():
        for place in range(len(table["rows"])):
            rows = table["rows"][:place] + table["rows"][place + 1:]
            yield {**export, file: {**table, "rows": rows}}, profile
    for file, table in export.items():
        for column in table["columns"]:
            if column in OPTIONAL[file]:  # without the others the table would no longer be recognised
                yield {**export, file: without_column(table, column)}, profile


def without_cells(export, profile):
    """With one cell empty."""
    for file, table in export.items():
        for place, row in enumerate(table["rows"]):
            for column in [name for name in row if row[name] and name != "cpr"]:
                rows = [dict(one) for one in table["rows"]]
                rows[place][column] = ""
                yield {**export, file: {**table, "rows": rows}}, profile


def with_rows(export, keep):
    return {file: {**table, "rows": [row for row in table["rows"] if keep(row)]} for file, table in export.items()}


def without_column(table, column):
    columns = [name for name in table["columns"] if name != column]
    return {"columns": columns, "rows": [{name: row[name] for name in columns} for row in table["rows"]]}


def smaller_profiles(export, profile):
    """Without an exclusion, a marker, a measure, a criterion, a member of a group, or a key."""
    if "eksklusion" in profile["population"]:
        yield export, {**profile, "population": {"inklusion": profile["population"]["inklusion"]}}
    for kind in ("maalepunkt", "markering"):
        if profile.get(kind):
            yield export, {**profile, kind: []}
        for place in range(len(profile.get(kind, []))):
            yield export, {**profile, kind: profile[kind][:place] + profile[kind][place + 1:]}
    for name in profile["kriterie"]:
        if not named_elsewhere(profile, name):
            rest = {other: table for other, table in profile["kriterie"].items() if other != name}
            if rest:
                yield export, {**profile, "kriterie": rest}
    for name, table in profile["kriterie"].items():
        for smaller in smaller_criteria(table):
            yield export, {**profile, "kriterie": {**profile["kriterie"], name: smaller}}
    for name in profile.get("kodesaet", {}):
        rest = {other: table for other, table in profile["kodesaet"].items() if other != name}
        yield export, {**profile, "kodesaet": rest}


def named_elsewhere(profile, name):
    """Whether anything refers to the criterion; then it cannot go."""
    others = {key: table for key, table in profile["kriterie"].items() if key != name}
    tables = [others, profile["population"], profile.get("markering", []), profile.get("maalepunkt", [])]
    return any(f"'{name}'" in repr(table) for table in tables)


def smaller_criteria(table):
    for key in table:
        if key not in ("register", *GROUPS, "mindst_af", "samtidig", "valg"):
            yield {other: value for other, value in table.items() if other != key}
    for key in (*GROUPS, "koder"):
        for place in range(len(table.get(key, []))):
            if len(table[key]) > 1:
                yield {**table, key: table[key][:place] + table[key][place + 1:]}
    if "samtidig" in table:
        names = table["samtidig"]["af"]
        for place in range(len(names) if len(names) > 1 else 0):
            smaller = copy.deepcopy(table)
            del smaller["samtidig"]["af"][place]
            yield smaller
