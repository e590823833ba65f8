"""The tiny ranges from which profiles and exports are both drawn, so that boundaries are hit."""

from datetime import date

from . import dates
from .grammar import read_shift

INDEX_DATES = [
    date(2025, 6, 1), date(2025, 8, 31), date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 1),
    date(2025, 9, 30), date(2024, 12, 31), date(2025, 5, 15), date(2025, 3, 31), date(2025, 1, 31),
]
SHIFTS = ["-6 mdr", "-90 d", "-30 d", "-2 uger", "-1 aar", "-2 aar", "-7 mdr", "-1 mdr", "-4 aar",
          "+0 d", "-1 d", "2 uger", "30 d", "1 mdr", "3 mdr"]
LIMITS = ["5", "60", "6.5"]
VALUES = {
    "5": ["5", "5,0", "4,9", "5,1", "<5", ">5", "<=5", ">=5", "≤5", "≥5", "<4", ">4", "<6", ">6", "-5"],
    "60": ["60", "59,9", "60,1", "<60", ">60", ">90", ">30", "<30", "55", "62"],
    "6.5": ["6,5", "6.5", "6,4", "6,6", "<6,5", ">6,5", "6,50", "7", "6"],
}
ODD_VALUES = ["", "se bemærkning", "1.234", "neg", "Positiv", "positiv", "POSITIV "]
ANSWERS = ["positiv", "neg", "Negativ"]
UNITS = ["", "", "mmol/L", "mmol/l", "mmol / L", "mL/min", "µmol/L", "mikromol/l", "mmol/m2"]
ASKED_UNITS = ["mmol/L", "mL/min", "mikromol/L", "mmol/m²"]

CODES = {
    "ATC": ["N02AX02", "N02AA01", "N02AA05", "N05BA01", "C09BA03", "C03CA01", "M01AE01", "N02A", "M01AX05"],
    "ICPC": ["P76", "P74", "P70", "P76.01", "P760", "L95", "L950", "T90"],
    "ICD10": ["DF329", "F329", "F32.9", "DE11", "E119", "DD500", "D500", "DL403"],
    "NPU": ["DNK35302", "NPU27300", "MCS88042", "DNK35131"],
    "ydelse": ["0101", "0120", "2101"],
}
WANTED = {
    "ATC": ["N02A", "N02AX02", "N", "C09", "N02", "C09BA03", "N02A*", "n02aa01", "M01A", "N05BA", "C03"],
    "ICPC": ["P76", "P74", "P7*", "P76*", "L95", "l 95", "T90", "P70", "P76.01"],
    "ICD10": ["F329", "DF32*", "F32.9", "E11", "E11*", "D500", "L40*"],
    "NPU": ["DNK35302", "NPU27300", "MCS88042", "DNK35*", "dnk 35131"],
    "ydelse": ["0101", "0120", "01*", "2101"],
}
TEXTS = ["Smertecenter", "EKG 12 afledninger", "ekg", "Årskontrol", "Blodprøve", ""]
SEARCHED = ["EKG", "årskontrol", "smerte", "prøve"]
FORMS = ["depottabletter", "tabletter", "kapsler", "depotplastre", "filmovertrukne tabletter", ""]
ROUTES = ["oral", "Oral", "transdermal", ""]
# No day can be told from these: nothing, placeholders, and dates that name a month or a year only.
MISSING_DATES = ["", "00-00-0000", "00000000", "31-12-9999", "01-01-1900", "2024-05", "2024", "05-2024"]
DATE_SPELLINGS = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%Y%m%d", "%Y-%m-%dT10:00:00+01:00"]
GAPS = ["0 d", "1 d", "7 d", "2 uger"]
COVERS = ["90 d", "30 d", "2 uger", "1 d"]
PROVIDERS = ["012345", "099999", ""]
POSTAL_CODES = ["8000", "8210", "9000", ""]
STATUSES = ["tilmeldt", "aktiv", "egen", "", "Tilmeldt", "død", "fraflyttet", "passant"]
AGE_LIMITS = [("18", ""), ("65", ""), ("5", " mdr"), ("8", " uger"), ("18", " mdr")]
REGISTRATIONS = ["12 mdr", "6 mdr", "2 aar"]

FILE_OF_REGISTER = {
    "diagnose": "diagnoser.csv", "medicin": "medicin.csv", "proeve": "proever.csv", "ydelse": "ydelser.csv",
    "aftale": "aftaler.csv", "henvisning": "henvisninger.csv",
}


class Case:
    """What a profile and an export have in common: the index date and a few shifts and limits."""

    def __init__(self, random):
        self.random = random
        self.index_date = random.choice(INDEX_DATES)
        self.shifts = random.sample(SHIFTS, 4)
        self.limit = random.choice(LIMITS)
        self.gap, self.cover = random.choice(GAPS), random.choice(COVERS)
        self.age, self.age_unit = random.choice(AGE_LIMITS)
        self.at_leap_day = (self.index_date.year, self.index_date.month) == (2025, 2) or (
            self.index_date == date(2025, 3, 1))
        if self.at_leap_day and random.randrange(3):
            self.age, self.age_unit = random.choice([("21", ""), ("65", ""), ("65", "")])
        self.missing_dates = random.sample(MISSING_DATES, 2)
        self.registration = random.choice(REGISTRATIONS)
        self.ddds_missing = random.choice([0, 0, 5, 50])  # percent of the medicine rows
        self.packages_missing = random.choice([100, 100, 5, 0])

    def boundary(self):
        """A day at a window's end, or a day or two beside it."""
        day = dates.shifted(self.index_date, read_shift(self.random.choice([*self.shifts, "0 d"])))
        return dates.add_days(day, self.random.choice([-2, -1, -1, 0, 0, 0, 1, 1, 2]))

    def near(self, day):
        """A day that lies a shift from another day, or beside it."""
        other = dates.shifted(day, read_shift(self.random.choice([*self.shifts, "0 d"])))
        return dates.add_days(other, self.random.choice([-1, 0, 0, 1]))

    def chance(self, percent):
        return self.random.randrange(100) < percent
