"""Making a differing pair small: leave out whatever is not needed for the difference."""

import copy

LIMIT = 1200  # runs of the engine for one pair

GROUPS = ("alle", "en_af", "ingen_af")


def shrunk(export, profile, differs):
    """The smallest pair found for which `differs(export, profile)` still holds."""
    budget = [LIMIT]

    def still(one, other):
        budget[0] -= 1
        return budget[0] > 0 and differs(one, other)

    changed = True
    while changed and budget[0] > 0:
        changed = False
        for candidates in (smaller_profiles, smaller_exports):
            export, profile, better = pass_over(export, profile, candidates, still)
            changed = changed or better
    return export, profile


def pass_over(export, profile, candidates, still):
    """Take every smaller candidate that still differs, until none does."""
    better, found = False, True
    while found:
        found = False
        for smaller_export, smaller_profile in candidates(export, profile):
            if still(smaller_export, smaller_profile):
                export, profile, found, better = smaller_export, smaller_profile, True, True
                break
    return export, profile, better


def smaller_exports(export, profile):
    """Without a person, a table, a row, a column, or a cell."""
    people = {row["cpr"].replace("-", "") for table in export.values() for row in table["rows"]}
    for person in sorted(people):
        yield with_rows(export, lambda row, gone=person: row["cpr"].replace("-", "") != gone), profile
    for file in export:
        yield {name: table for name, table in export.items() if name != file}, profile
    for file, table in export.items():
        for place in range(len(table["rows"])):
            rows = table["rows"][:place] + table["rows"][place + 1:]
            yield {**export, file: {**table, "rows": rows}}, profile
    for file, table in export.items():
        for column in table["columns"]:
            if column != "cpr":
                yield {**export, file: without_column(table, column)}, profile
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
        yield export, {**profile, "population": {"inklusion": {"alle": [name]}}}
    for name in profile["kriterie"]:
        if profile["kriterie"][name] and not named_elsewhere(profile, name):
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
        if key not in ("register", *GROUPS, "mindst_af", "samtidig"):
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
