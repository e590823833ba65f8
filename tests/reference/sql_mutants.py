"""Faults that can be planted in the SQL text, to show that the comparison notices each of them."""

import re

NOT_THERE = -1  # no text of the batch has the place


def replaced(pattern, by, count=0):
    """A fault that replaces a place of the text, everywhere or in the first places."""
    return lambda text: re.sub(pattern, by, text, count=count)


def shifted_end(text):
    """The last day of every window that is written as a number, a day later."""
    return re.sub(r"(\d+) AS til, ", lambda found: f"{int(found[1]) + 1} AS til, " if len(found[1]) < 8 else found[0], text)


MUTANTS = {
    "window open at its start": replaced(r"r\.dag >= a\.fra", "r.dag > a.fra"),
    "window a day longer": shifted_end,
    "period open at its end": replaced(r"r\.ptil >= a\.fra END", "r.ptil > a.fra END"),
    "undated rows are outside": replaced(r"WHEN a\.holder_udateret THEN TRUE END", "ELSE FALSE END"),
    "assumed cover a day longer": replaced(r"(WHEN 'antaget' THEN .*?) \+ (\d+) ELSE", r"\1 + \2 + 1 ELSE"),
    "unknown is nej in the population": replaced(r"ELSE inklusion END", "ELSE coalesce(inklusion, FALSE) END"),
    "unknown is nej in groups": replaced(r"(pb_k\d+)\.v (AND|OR) ", r"coalesce(\1.v, FALSE) \2 "),
    "undecided exclusion hides": replaced(r"NOT set_paa OR eksklusion THEN", "NOT set_paa OR coalesce(eksklusion, TRUE) THEN"),
    "everyone is looked at": replaced(r"\nWHERE p\.set_paa", ""),
    "undtagen is ignored": replaced(r"HAVING (.*?) = 1 AND max\(.*?\) = 0\)", r"HAVING \1 = 1)"),
    "pick the wrong end": replaced(r"max\(CASE WHEN sikre = 1", "min(CASE WHEN sikre = 1"),
    "perhaps rows are left out": replaced(r"WHERE inde IS NULL OR inde", "WHERE inde"),
    "gap a day less": replaced(r"\) \+ (\d+) THEN 0 ELSE 1 END AS ny", r") + \1 - 1 THEN 0 ELSE 1 END AS ny"),
    "open bounds are closed": replaced(r"hoej < (\d+)", r"hoej <= \1 + 1"),
    "other units fit": replaced(r"r\.enhed IS NULL OR r\.enhed = '[^']*'", "TRUE"),
    "records instead of keys": replaced(r"count\(DISTINCT ", "count("),
    "missing register is nej": replaced(r"g\.register IS NULL OR k\.v IS NULL THEN NULL", "k.v IS NULL THEN NULL WHEN g.register IS NULL THEN FALSE"),
    "birthday does not count": replaced(r"(\d{8}) - \(year\(foedt\)", lambda found: f"{int(found[1]) - 1} - (year(foedt)"),
    "undecided in the denominator": replaced(r"r\.n AND r\.t IS NOT NULL", "r.n"),
    "first anchor for the last": replaced(r"n\.dag <= n\.foerste", "n.dag >= n.foerste"),
    "month end overflows": replaced(r"least\(day\((.*?)\), (CASE WHEN .*? END)\) - 1", r"day(\1) - 1"),
    "the sum is a trifle less": replaced(r"s\.fast > ", "s.fast >= "),
    "an order's last day is none of it": replaced(r"\(ptil >= (\d+)", r"(ptil > \1"),
    "an order begins a day late": replaced(r"r\.pfra > (\d+)\)", r"r.pfra >= \1)"),
    "as needed is left out of the most": replaced(r" \+ max\(omeq_pn\)", ""),
    "as needed without a maximum is nothing": replaced(r" AND count\(omeq_pn\) = count\(\*\) THEN (.*?) \+ max\(omeq_pn\)", r" THEN \1 + coalesce(max(omeq_pn), 0)"),
    "an order that cannot be computed is 0": replaced(r"CASE WHEN count\(hoejst\) = count\(\*\) THEN sum\(hoejst\) END", "coalesce(sum(hoejst), 0)"),
    "dispensings are summed": replaced(r"THEN min\(omeq_mindst\)", "THEN sum(omeq_mindst)"),
    "of two doses the higher": replaced(r"THEN min\(omeq_mindst\)", "THEN max(omeq_mindst)"),
    "the latest dispensing decides": replaced(r"max\(CASE WHEN dag <= \d+ THEN dag END\)", "max(dag)"),
    "the first dispensing decides": replaced(r"max\(CASE WHEN dag <= \d+ THEN dag END\)", "min(dag)"),
    "a later supply ends nothing": replaced(r" AND NOT coalesce\(fornyes AND seneste > pfra, FALSE\)", ""),
    "an unsure supply ends others": replaced(r"WHEN fornyes AND sikker THEN", "WHEN fornyes THEN"),
    "what is given with an end is ended": replaced(r"AND m\.slutdato IS NULL AND", "AND"),
    "treatment of dependence counts": replaced(r"m\.opioid <> 'nej'", "m.opioid IS NOT NULL"),
    "start and end do not part orders": replaced(r"produkt, startdato, slutdato", "produkt"),
    "an order that runs perhaps counts": replaced(r"WHEN sikker = 1 AND mindst", "WHEN mindst"),
    "a missing DDD is 0": replaced(r"CASE WHEN count\(ddd_hoejst\) = count\(\*\) THEN sum\(ddd_hoejst\) END", "coalesce(sum(ddd_hoejst), 0)"),
    "a DDD perhaps in the window counts": replaced(r"WHEN s AND ddd_mindst", "WHEN ddd_mindst"),
    "a stretch is a day longer": replaced(r"til \+ 1\) - d AS dage", "til + 1) - d + 1 AS dage"),
    "a stretch is one day": replaced(r"dage \* (mindst|hoejst)", r"\1"),
    "a dispensing changes nothing": replaced(r" UNION SELECT export, patient, dag FROM \w+ WHERE dag IS NOT NULL", ""),
    "a later supply ends nothing on earlier days": replaced(r"coalesce\(naeste - 1, ptil\)", "ptil"),
    "the window's last day is not added": replaced(r"coalesce\(lead\(d\) OVER \((.*?)\), til \+ 1\)", r"coalesce(lead(d) OVER (\1), til)"),
    "missing units are 0": replaced(r"CASE WHEN count\(enheder_hoejst\) = count\(\*\) THEN sum\(enheder_hoejst\) END", "coalesce(sum(enheder_hoejst), 0)"),
    "every code is a substance": replaced(r"coalesce\(stof, CASE", "coalesce(kode, CASE"),
    "a column shows the first for the latest": replaced(r"max(\(CASE WHEN tavs = 0)", r"min\1"),
    "a column shows what is silent": replaced(r"WHERE tavs = 0", "WHERE TRUE"),
    "a column counts the unsure as sure": replaced(r"count\(CASE WHEN sikker THEN 1 END\)", "count(raekke)"),
    "a column's number is exact": replaced(r"<> \((.*?)\) AS nedre_graense", r"<> (\1) AND FALSE AS nedre_graense"),
    "a column without its anchor is empty": replaced(r"WHERE k\.v IS NULL", "WHERE FALSE"),
    "a group of medicines is a substance": replaced(r"CASE WHEN length\(kode\) >= 7 THEN kode END", "kode"),
}
