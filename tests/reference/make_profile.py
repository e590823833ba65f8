"""Making profiles: each around one kind of criterion, with limits that the exports are built for."""

from . import dates
from .grammar import read_shift
from .make_opioids import CUMULATED, DDDS, EQUIVALENTS, UNITS
from .vocabulary import (
    ANSWERS, ASKED_UNITS, GAPS, POSTAL_CODES, SEARCHED, WANTED,
)

SYSTEM = {"diagnose": "ICPC", "medicin": "ATC", "proeve": "NPU", "ydelse": "ydelse"}
REGISTERS = [*SYSTEM, "aftale", "henvisning"]
OPERATORS = ["<", "<=", ">", ">=", "="]


class Builder:
    """One profile in the making: its criteria by name, and the code sets that they use."""

    def __init__(self, case):
        self.case, self.random = case, case.random
        self.criteria, self.code_sets = {}, {}

    def add(self, kind):
        """A criterion of a kind under the next name."""
        table = KINDS[kind](self)
        name = f"k{len(self.criteria) + 1}"
        self.criteria[name] = {"tekst": kind, **table}
        return name

    def pick(self, options):
        return self.random.choice(options)

    def simple_names(self):
        """Criteria that an anchor, `samtidig` or `dage_mellem` may name."""
        return [
            name for name, table in self.criteria.items()
            if table.get("register", "patient") != "patient"
            and "beregning" not in table and "dage_mellem" not in table
        ]

    def needed_name(self):
        """The name of a simple criterion; one is made where there is none."""
        return self.pick(self.simple_names() or [self.add("dato")])

    def dated_names(self):
        """Simple criteria whose ja needs a record: without one there is no day to count from."""
        return [name for name in self.simple_names() if self.criteria[name].get("antal", ">")[0] == ">"]

    def dated_name(self):
        return self.pick(self.dated_names() or [self.add("dato")])

    def operator(self):
        return self.pick(OPERATORS)


def selection(builder, register=None):
    """Register and codes: a list, a code set, exceptions, another system, or every record."""
    register = register or builder.pick(REGISTERS[:4] * 3 + REGISTERS[4:])
    table = {"register": register}
    if register not in SYSTEM or builder.case.chance(15):
        return table
    system = SYSTEM[register]
    if register == "diagnose" and builder.case.chance(25):
        table["system"] = system = "ICD10"
    wanted = builder.random.sample(WANTED[system], builder.pick([1, 1, 2, 3]))
    if builder.case.chance(25):
        table.pop("system", None)
        name = f"s{len(builder.code_sets) + 1}"
        builder.code_sets[name] = {"system": system, "koder": wanted, **exceptions(builder, system)}
        return {**table, "kodesaet": name}
    return {**table, "koder": wanted, **exceptions(builder, system)}


def exceptions(builder, system):
    return {"undtagen": [builder.pick(WANTED[system])]} if builder.case.chance(15) else {}


def window(builder):
    """Two ends in order; now and then `*` or a fixed date."""
    case = builder.case
    ends = [read_shift(builder.pick([*case.shifts, "0 d"])) for _ in range(2)]
    ends.sort(key=lambda shift: dates.shifted(case.index_date, shift))
    texts = [f"{amount} {unit}" for amount, unit in ends]
    if case.chance(15):
        texts[0] = "*"
    if case.chance(15):
        texts[1] = "*"
    if case.chance(10):
        texts[builder.pick([0, 1])] = case.boundary()
    return {"vindue": texts}


def maybe_window(builder, percent=80):
    return window(builder) if builder.case.chance(percent) else {}


def dato(builder):
    return {**selection(builder), **maybe_window(builder)}


def periode(builder):
    return {**selection(builder, builder.pick(["medicin"] * 4 + ["diagnose", "proeve"])), "tid": "periode",
            **maybe_window(builder, 70), **cover(builder)}


def slut(builder):
    return {**selection(builder, builder.pick(["medicin"] * 4 + ["diagnose", "ydelse"])), "tid": "slut",
            **maybe_window(builder), **cover(builder)}


def cover(builder):
    return {"antaget_daekning": builder.case.cover} if builder.case.chance(50) else {}


def laboratory(builder):
    return {**selection(builder, "proeve"), **maybe_window(builder)}


def limit(builder):
    unit = " " + builder.pick(ASKED_UNITS) if builder.case.chance(30) else ""
    return {"vaerdi": f"{builder.operator()} {builder.case.limit}{unit}"}


def value_by_day(builder):
    table = {**laboratory(builder), "vaelg": builder.pick(["seneste", "foerste"]), **limit(builder)}
    if builder.case.chance(30):
        table["ved_samme_dag"] = builder.pick(["laveste", "hoejeste"])
    return table


def value_extreme(builder):
    return {**laboratory(builder), "vaelg": builder.pick(["laveste", "hoejeste"]), **limit(builder)}


def value_all(builder):
    return {**laboratory(builder), "vaelg": "alle", **limit(builder), **count(builder)}


def answer(builder):
    return {**laboratory(builder), "vaelg": builder.pick(["alle", "seneste", "foerste"]),
            "svar": builder.random.sample(ANSWERS, builder.pick([1, 2]))}


def reference(builder):
    return {**laboratory(builder), "vaelg": builder.pick(["alle", "seneste", "foerste"]),
            "reference": builder.pick(["under", "over", "udenfor"])}


def count(builder):
    return {"antal": builder.pick([">= 2", ">= 3", "= 1", "< 2", "> 1", "<= 1", "= 0"])}


def counted(builder):
    return {**builder.pick([dato, periode, slut])(builder), **count(builder)}


def distinct(builder):
    table = {**builder.pick([dato, periode, laboratory])(builder), **count(builder)}
    kinds = ["dag", "maaned", "kvartal"] + (["kode"] if "koder" in table or "kodesaet" in table else [])
    return {**table, "distinkt": builder.pick(kinds)}


def spread(builder):
    table = {**dato(builder), "antal": builder.pick([">= 2", ">= 1", ">= 3"])}
    return {**table, "spredning": builder.operator() + " " + builder.pick(["30 d", "90 d", "2 uger", "1 d"])}


def picked(builder):
    """`vaelg` without a value: the picked records are counted."""
    return {**builder.pick([dato, periode, slut])(builder), "vaelg": builder.pick(["seneste", "foerste", "alle"])}


def anchored(builder):
    name = builder.add("wide") if builder.case.chance(50) else builder.dated_name()
    table = builder.pick([dato, periode, slut, laboratory, value_by_day, counted])(builder)
    return {**table, **window(builder),
            "anker": {"kriterie": name, "vaelg": builder.pick(["foerste", "seneste", "enhver"])}}


def wide(builder):
    """All rows of a register, whenever: an anchor with more than one day."""
    return {"register": builder.pick(REGISTERS), "vindue": ["*", "*"]}


def from_birth(builder):
    ends = builder.pick([["0 d", "18 aar"], ["18 aar", "*"], ["0 d", "8 uger"], ["65 aar", "66 aar"], ["*", "20 aar"]])
    return {**selection(builder), "vindue": ends, "anker": {"foedsel": True}}


def named(builder):
    texts = builder.random.sample(SEARCHED, builder.pick([1, 2]))
    return {**dato(builder), "navn_indeholder": texts}


def form_or_route(builder):
    table = {**builder.pick([dato, periode])(builder)}
    if table["register"] != "medicin":
        table = {**selection(builder, "medicin"), **maybe_window(builder)}
    keys = {"form": builder.pick(["depot", "kort", "plaster"]), "vej": builder.pick(["oral", "transdermal"]),
            "dosisdispenseret": builder.pick([True, False])}
    return {**table, **{key: keys[key] for key in builder.random.sample(sorted(keys), builder.pick([1, 1, 2]))}}


def patient(builder):
    case = builder.case
    keys = {
        "alder": f"{builder.operator()} {case.age}{case.age_unit}",
        "koen": builder.pick(["K", "M"]),
        "sikringsgruppe": builder.pick([1, 2]),
        "postnr": builder.random.sample([code for code in [*POSTAL_CODES, "8*", "82*"] if code], 2),
        # Without "=", which the engine holds to be true beside ">" (`registered_equal`).
        "tilmeldt_siden": f"{builder.pick(OPERATORS[:4])} {case.registration}",
    }
    return {"register": "patient", **{key: keys[key] for key in builder.random.sample(sorted(keys), builder.pick([1, 1, 2]))}}


def course(builder):
    """Current or longest course; the limit is one of the shifts for which the rows are built."""
    kind = builder.pick(["aktuelt_forloeb", "aktuelt_forloeb", "laengste_forloeb"])
    lengths = ["30 d", "90 d", "2 uger", "59 d", "60 d", "1 d", "10 d", "61 d", "75 d"] + (["6 mdr", "1 mdr", "1 aar"] if kind[0] == "a" else [])
    gap = builder.case.gap if builder.case.chance(80) else builder.pick(GAPS)
    # A longest course is always compared: the engine's own check of profiles takes its absence for
    # nej, and the evaluation for ja (`longest_without_value`). Without "=": of a length that is "at least" the engine does not say nej (`course_equal`).
    chosen = {"register": "medicin"} if builder.case.chance(60) else selection(builder, "medicin")
    asked = compared(builder, lengths, OPERATORS[:4], kind == "laengste_forloeb" or builder.case.chance(50))
    return {**chosen, "beregning": kind, "gab": gap, **cover(builder), **asked}


def compared(builder, limits, operators=OPERATORS, always=False):
    asked = always or builder.case.chance(85)
    return {"vaerdi": f"{builder.pick(operators)} {builder.pick(limits)}"} if asked else {}


def covered(builder):
    ends = builder.pick([["-30 d", "0 d"], ["-90 d", "0 d"], ["-2 uger", "2 uger"], ["-6 mdr", "-1 mdr"]])
    return {**selection(builder, "medicin"), "beregning": "daekkede_dage", "vindue": ends, **cover(builder),
            **compared(builder, ["10 d", "30 d", "31 d", "1 d", "14 d"], always=True)}


def drugs(builder):
    return {**selection(builder, "medicin"), "beregning": "antal_praeparater", **cover(builder),
            **compared(builder, ["1", "2", "3"], always=True)}


def mean(builder):
    return {**laboratory(builder), "beregning": "gennemsnit", **limit(builder)}


def since(builder):
    if builder.case.chance(40):  # appendix A, on the register whose rows all have a date
        return {"register": "aftale", **maybe_window(builder), "beregning": "maaneder_siden",
                **compared(builder, ["6", "1", "7 mdr", "12"])}
    return {**dato(builder), "beregning": "dage_siden", **compared(builder, ["30 d", "90 d", "14 d", "0 d"])}


def between(builder):
    # The engine's check of profiles takes what is ukendt without a birth date for nej, so that it
    # refuses some profiles without need (`refused_without_need`).
    # Which record is the lowest is open where one has no value; the days of such a criterion are read
    # in different ways (README), so that it is not named here.
    some = [name for name in builder.dated_names() if "anker" not in builder.criteria[name]
            and builder.criteria[name].get("vaelg") not in ("laveste", "hoejeste")] or [builder.add("dato")]
    first, second = builder.pick(some), builder.pick(some)
    return {"register": builder.criteria[first]["register"], "dage_mellem": {"fra": first, "til": second},
            **compared(builder, ["30 d", "0 d", "90 d", "-30 d", "14 d"])}


def opioids(builder):
    """Mostly all opioids; now and then those outside N02A too, or whatever another selection finds."""
    if builder.case.chance(20):
        return selection(builder, "medicin")
    codes = builder.pick([["N02A"]] * 4 + [["N02A", "N07BC"], ["N02A", "R05DA04"], ["N02A", "R05"], ["N"], ["N02AA", "N02AX"]])
    more = [{"form": builder.pick(["depot", "kort", "plaster"])}, {"vej": "oral"}, {"navn_indeholder": builder.random.sample(SEARCHED, 2)}]
    return {"register": "medicin", "koder": codes, **(builder.pick(more) if builder.case.chance(20) else {})}


def equivalents(builder):
    return {**opioids(builder), "beregning": "omeq_pr_doegn", **cover(builder), **compared(builder, EQUIVALENTS, always=True)}


def one_opioid(builder):
    """The sum of a single product or two: more often exactly at a limit than that of all."""
    codes = builder.random.sample(["N02AA01", "N02AA05", "N02AX02", "N02AB03", "N02AA"], builder.pick([1, 1, 2]))
    return {"register": "medicin", "koder": codes, "beregning": "omeq_pr_doegn", **compared(builder, EQUIVALENTS, always=True)}


def ddds(builder):
    ends = builder.pick([["-30 d", "0 d"], ["-90 d", "0 d"], ["-1 aar", "0 d"], ["*", "0 d"], ["*", "*"]])
    return {**opioids(builder), "beregning": "ddd_sum", "vindue": ends, **compared(builder, [*DDDS, "60"], always=True)}


def cumulated(builder):
    """Days before, around and after the index date, or counted from another criterion's rows."""
    ends = builder.pick([["-30 d", "0 d"], ["-90 d", "0 d"], ["-10 d", "20 d"], ["0 d", "30 d"], ["-60 d", "-1 d"], ["0 d", "0 d"]])
    return {**opioids(builder), "beregning": "omeq_sum", "vindue": ends, **cover(builder), **compared(builder, CUMULATED)}


def cumulated_from(builder):
    ends = builder.pick([["0 d", "30 d"], ["0 d", "90 d"], ["-20 d", "10 d"]])
    return from_medicine(builder, {**cumulated(builder), "vindue": ends})


def units(builder):
    ends = builder.pick([["-30 d", "0 d"], ["-90 d", "0 d"], ["-1 aar", "0 d"], ["*", "0 d"], ["*", "*"]])
    return {**opioids(builder), "beregning": "enheder_sum", "vindue": ends, **compared(builder, UNITS)}


def units_from(builder):
    ends = builder.pick([["0 d", "30 d"], ["0 d", "90 d"]])
    return from_medicine(builder, {**units(builder), "vindue": ends})


def from_medicine(builder, table):
    """Counted from the rows of a medicine, so that the windows hold something."""
    name = f"k{len(builder.criteria) + 1}"
    builder.criteria[name] = {"tekst": "dato", "register": "medicin", "koder": ["N02A"], **maybe_window(builder, 50)}
    return {**table, "anker": {"kriterie": name, "vaelg": builder.pick(["foerste", "seneste", "enhver"])}}


def substances(builder):
    return {**opioids(builder), **builder.pick([{}, {"tid": "periode"}]), **maybe_window(builder, 50), "distinkt": "stof", **count(builder)}


def together(builder):
    names = {builder.add("periode")} | {builder.needed_name() for _ in range(builder.pick([1, 1, 2]))}
    # R16 does not name `dosisdispenseret`, but the engine heeds it (`together_dose_dispensed`).
    names = {name for name in names if "dosisdispenseret" not in builder.criteria[name]}
    ends = builder.pick([["-30 d", "0 d"], ["-90 d", "0 d"], ["0 d", "0 d"], ["-1 aar", "30 d"], ["*", "0 d"]])
    return {"samtidig": {"af": sorted(names), "vindue": ends, "mindst_dage": builder.pick([1, 1, 10, 14, 30, 31])}}


def group(builder):
    """A combining criterion over what there is, combining criteria included."""
    names = list(builder.criteria) or [builder.add("dato")]
    return group_of(builder, builder.random.sample(names, min(len(names), builder.pick([1, 2, 2, 3]))))


def group_of(builder, names, kinds=("alle", "en_af", "ingen_af", "mindst_af", "uafgjort")):
    kind = builder.pick(kinds)
    if kind == "mindst_af":
        return {"mindst_af": {"antal": builder.random.randint(1, len(names)), "af": names}}
    return {kind: names}


KINDS = {
    "dato": dato, "periode": periode, "slut": slut, "value_by_day": value_by_day, "value_extreme": value_extreme,
    "value_all": value_all, "answer": answer, "reference": reference, "counted": counted, "distinct": distinct,
    "spread": spread, "picked": picked, "wide": wide, "anchored": anchored, "from_birth": from_birth, "named": named,
    "form_or_route": form_or_route, "patient": patient, "course": course, "covered": covered, "drugs": drugs,
    "mean": mean, "since": since, "between": between, "together": together, "group": group,
    "equivalents": equivalents, "one_opioid": one_opioid, "ddds": ddds, "substances": substances,
    "cumulated": cumulated, "cumulated_from": cumulated_from, "units": units, "units_from": units_from,
}


def make_profile(case, number):
    """A profile around the kind that `number` names, in which every criterion is marker and measure."""
    builder = Builder(case)
    kinds = list(KINDS)
    for kind in [kinds[number % len(kinds)], *builder.random.choices(kinds, k=builder.pick([2, 3, 4]))]:
        builder.add(kind)
    for _ in range(builder.pick([0, 1, 2])):
        builder.add("group")
    if builder.case.chance(20):
        builder.criteria["valget"] = {"tekst": "group", "valg": builder.random.sample(list(builder.criteria), 2)}
    names, medicines = list(builder.criteria), tables(builder)
    profile = {"profil": {"id": f"p{number:05}", "version": "1.0", "titel": "Prøve"}}
    if builder.code_sets:
        profile["kodesaet"] = builder.code_sets
    return {**profile, "kriterie": builder.criteria, "population": population(builder, names),
            "kolonne": columns(builder), "markering": markers(builder, names), "maalepunkt": measures(builder, names),
            "tabel": medicines}


def tables(builder):
    """Tables of medicines (appendix H), for each product or each substance."""
    return [table_of_medicines(builder, f"t{place}") for place in range(builder.pick([0, 0, 1, 2]))]


def table_of_medicines(builder, title):
    asked = selection(builder, "medicin") if builder.case.chance(60) else builder.pick([{}, {"koder": ["N02A"]}])
    asked = {key: value for key, value in asked.items() if key in ("koder", "kodesaet", "undtagen")}
    return {"titel": title, **asked, **maybe_window(builder, 60), **builder.pick([{}, {"pr": "praeparat"}, {"pr": "stof"}])}


def columns(builder):
    """What a criterion asks for, shown in one of the ways; a derived value is shown as a number."""
    asked = [table for table in builder.criteria.values() if table.get("register", "patient") != "patient"]
    return [column(builder, f"c{place}", table) for place, table in enumerate(asked)]


def column(builder, title, table):
    own = {key: value for key, value in table.items() if key != "tekst"}
    if "beregning" in own or "dage_mellem" in own:
        own.pop("anker", None)
        return {"titel": title, **own}
    return {"titel": title, **own, "vis": builder.pick(["seneste", "foerste", "alle", "antal", "vaerdi"])}


def population(builder, names):
    """Any group as inclusion; for some an exclusion, which may be undecided."""
    chosen = builder.random.sample(names, min(len(names), builder.pick([1, 2, 3])))
    table = {"inklusion": group_of(builder, chosen, ("alle", "en_af", "mindst_af", "en_af", "ingen_af"))}
    if builder.case.chance(50):
        table["eksklusion"] = group_of(builder, builder.random.sample(names, min(len(names), builder.pick([1, 2]))))
    return table


def markers(builder, names):
    return [marker(builder, name, [other for other in names if other != name]) for name in names]


def marker(builder, name, others):
    """Some with exceptions, few switched off (language, appendix G)."""
    table = {"id": f"m_{name}", "naar": name, "niveau": builder.pick(["roed", "gul", "blaa"]), "tekst": name}
    if others and builder.case.chance(20):
        table["undtagelser"] = builder.random.sample(others, min(len(others), builder.pick([1, 2])))
    if builder.case.chance(5):
        table["slaaet_til"] = False
    return table


def measures(builder, names):
    """Every criterion against everyone, so that the verdicts of those outside show; and some pairs."""
    tables = [{"id": f"p_{name}", "titel": name, "taeller": name, "naevner": "tilmeldte", "pr": builder.pick([100, 1000])}
              for name in names]
    pairs = [builder.random.choices(names, k=2) for _ in range(2)]
    return tables + [{"id": f"q_{place}", "titel": "par", "taeller": one, "naevner": other, "pr": 100}
                     for place, (one, other) in enumerate(pairs)]
