//! The rules of the profile language in the words of the page »Sådan regner siden«. What they
//! mean exactly stands in `docs/profile-language.md`, and in the cases beside each of them.

use crate::note::Language;
use crate::view::words::pick;

/// A text in both languages.
type Both = (&'static str, &'static str);

/// A rule as the page tells it.
pub(crate) struct Rule {
    /// Its number in the language document; 0 = a part of the language without one.
    pub number: u32,
    /// Heading.
    pub title: Both,
    /// What it says.
    pub text: Both,
}

const fn rule(number: u32, title: Both, text: Both) -> Rule {
    Rule { number, title, text }
}

/// Every rule, in the order of the language document.
pub(crate) const RULES: &[Rule] = &[
    rule(
        1,
        ("Indeksdatoen", "The index date"),
        (
            "Alt gøres op pr. én dag. Den kan vælges; ellers er det udtrækkets egen dato, og står den der ikke, den seneste dag med en diagnose, medicin, prøve, ydelse eller henvisning, som ikke ligger efter i dag.",
            "Everything is stated as of one day. It can be chosen; otherwise it is the export's own date, and without one the latest day with a diagnosis, medicine, result, service or referral that is not after today.",
        ),
    ),
    rule(
        2,
        ("Vinduer", "Windows"),
        (
            "Et vindue har en første og en sidste dag, og begge er med. Rækker efter indeksdatoen tæller kun, hvor vinduet når dem. Et vindue, der ender før det begynder, rummer ingen dag.",
            "A window has a first and a last day, and both are in it. Rows after the index date count only where the window reaches them. A window that ends before it begins holds no day.",
        ),
    ),
    rule(
        3,
        ("Måneder og år", "Months and years"),
        (
            "Et skift i måneder beholder dagen i måneden. Findes den ikke, er det månedens sidste dag: 30. september minus 7 måneder er 28. februar.",
            "A shift in months keeps the day of the month. Where there is none, it is the month's last day: 30 September minus 7 months is 28 February.",
        ),
    ),
    rule(
        4,
        ("Alder og oplysninger om patienten", "Age and the patient's fields"),
        (
            "Alder er fyldte år, måneder eller uger på indeksdatoen. Født 29. februar fylder man 1. marts i et almindeligt år. Uden fødselsdato er alderen ukendt.",
            "Age is completed years, months or weeks on the index date. Born on 29 February one turns on 1 March in a common year. Without a birth date the age is unknown.",
        ),
    ),
    rule(
        5,
        ("Koder", "Codes"),
        (
            "Mellemrum og små bogstaver er uden betydning. En ATC-kode rummer alt, der ligger under den. Andre koder skal være de samme, medmindre profilen skriver en stjerne. P76.01 er P76 med en underkode. Det, der er undtaget, vinder.",
            "Spaces and small letters do not matter. An ATC code holds everything below it. Other codes must be the same unless the profile writes an asterisk. P76.01 is P76 with a subcode. What is excepted wins.",
        ),
    ),
    rule(
        6,
        ("Ens rækker", "Rows that are alike"),
        (
            "Rækker, der er ens i alt, hvad siden kender, tæller som én.",
            "Rows that are alike in everything the page knows count as one.",
        ),
    ),
    rule(
        7,
        ("Behandlingens periode", "The period of treatment"),
        (
            "Det første, der passer: en slutdato; det antal dage, der er udleveret til; at ordinationen er åben; ellers et antaget antal dage, som bliver mærket. Begge ender er med. En diagnose uden slutdato løber videre; andre rækker varer én dag.",
            "The first that fits: an end; the days supplied; that the order is open; else an assumed number of days, which is marked. Both ends are in it. A diagnosis without an end runs on; other rows last one day.",
        ),
    ),
    rule(
        8,
        ("Uden dato", "Without a date"),
        (
            "En række uden dato er kun sikkert inde i et vindue, der går fra begyndelsen til indeksdatoen eller længere. I alle andre vinduer er den måske inde, og svaret kan blive ukendt.",
            "A row without a date is surely inside only a window from the beginning to the index date or beyond. In every other window it is perhaps inside, and the answer may be unknown.",
        ),
    ),
    rule(
        9,
        ("Først vælges, så sammenlignes", "Pick first, then compare"),
        (
            "Den seneste, første, højeste eller laveste række i vinduet vælges, og så ses der på dens værdi. Seneste 62 er altså ikke under 60, selv om en tidligere var.",
            "The latest, first, highest or lowest row of the window is picked, and then its value is looked at. So a latest 62 is not below 60, although an earlier one was.",
        ),
    ),
    rule(
        10,
        ("Værdier", "Values"),
        (
            "»<5« og »>90« er alt på den side af tallet. »1.234« kan læses på to måder og er ukendt. Tekst er ukendt, når der spørges om et tal.",
            "»<5« and »>90« are everything on that side of the number. »1.234« can be read in two ways and is unknown. Text is unknown where a number is asked for.",
        ),
    ),
    rule(
        11,
        ("Enheder", "Units"),
        (
            "En anden enhed end profilens giver ukendt. Der regnes ikke om.",
            "Another unit than the profile's gives unknown. Nothing is converted.",
        ),
    ),
    rule(
        12,
        ("Hvor mange", "How many"),
        (
            "Er nogle rækker kun måske med, er svaret ja eller nej, når det er det samme for hvert muligt antal. Ellers er det ukendt.",
            "If some rows are only perhaps in, the answer is yes or no when it is the same for every possible number. Otherwise it is unknown.",
        ),
    ),
    rule(
        13,
        ("Ja, nej og ukendt sammen", "Yes, no and unknown together"),
        (
            "Ét nej er nok til, at »alle« er nej, og ét ja til, at »en af« er ja. Ellers gør et ukendt svar det hele ukendt. Et vindue kan regnes fra et andet kriteries rækker; er det nej eller ukendt, er svaret det samme.",
            "One no is enough for `alle` to be no, and one yes for `en_af` to be yes. Otherwise an unknown answer makes the whole unknown. A window may count from another criterion's rows; if that one is no or unknown, so is the answer.",
        ),
    ),
    rule(
        14,
        ("Data, der mangler i filen", "Data that the file lacks"),
        (
            "Findes registeret ikke i filen, er svaret ukendt. Findes det, men uden en række om patienten, er svaret nej.",
            "If the file lacks the register, the answer is unknown. If it is there without a row about the patient, the answer is no.",
        ),
    ),
    rule(
        15,
        ("Hvem der er på listen", "Who is on the list"),
        (
            "På listen står de, som opfylder inklusionen og ikke udelukkes. Kan inklusionen ikke afgøres, står patienten under »Kan ikke afgøres«. Kan udelukkelsen ikke afgøres, bliver patienten på listen og får et mærke.",
            "On the list are those who meet the inclusion and are not excluded. Where the inclusion cannot be decided, the patient stands under »Cannot be decided«. Where the exclusion cannot, the patient stays on the list and is marked.",
        ),
    ),
    rule(
        16,
        ("Samtidig behandling", "Treatments at the same time"),
        (
            "Der tælles dage, hvor alle de nævnte behandlinger løber på samme dag. Tre inden for 90 dage, men aldrig på samme dag, er nej. En kombinationstablet tjener begge sine klasser.",
            "Counted are days on which all the treatments named run. Three within 90 days but never on one day is no. A combination tablet serves both its classes.",
        ),
    ),
    rule(
        17,
        ("Forløb og andre afledte tal", "Courses and other derived figures"),
        (
            "Rækker med højst det tilladte ophold mellem sig er ét forløb. Det er aktuelt, hvis indeksdatoen ligger i det eller højst opholdet efter det. Begynder det, hvor registeret selv begynder, er længden »mindst«.",
            "Rows with at most the allowed gap between them are one course. It is current if the index date lies in it or at most the gap after it. If it begins where the register itself begins, its length is »at least«.",
        ),
    ),
    rule(
        18,
        ("OMEQ", "OMEQ"),
        (
            "Døgndosis gange faktor, lagt sammen over løbende ordinationer. Er der noget, der ikke kan opgøres, vises summen som »mindst«.",
            "Daily dose times factor, summed over running orders. Where something cannot be stated, the sum is shown as »at least«.",
        ),
    ),
    rule(
        19,
        ("Tal pr. 1.000", "Figures per 1,000"),
        (
            "Tælleren ligger inden for nævneren. Patienter med ukendt svar er i ingen af dem og tælles for sig.",
            "The numerator lies within the denominator. Patients with an unknown answer are in neither and are counted apart.",
        ),
    ),
    rule(
        20,
        ("Rækkefølge", "Order"),
        (
            "Rækkefølgen i filen og i profilen er uden betydning. Et kriterie kan ikke henvise til sig selv.",
            "The order in the file and in the profile does not matter. A criterion cannot refer to itself.",
        ),
    ),
    rule(
        21,
        ("Hvem der ses på", "Who is looked at"),
        (
            "De patienter, som patientlisten regner for tilmeldte. Er der ingen patientliste, alle med mindst én række.",
            "The patients whom the patient list counts as listed. Without a patient list, everyone with at least one row.",
        ),
    ),
    rule(
        22,
        ("Samme svar hver gang", "The same answer every time"),
        (
            "Samme fil, indeksdato og profil giver den samme liste, tegn for tegn.",
            "The same file, index date and profile give the same list, character by character.",
        ),
    ),
    rule(
        0,
        ("Form, vej og kolonner", "Form, route and columns"),
        (
            "Form og vej læses af det, der står i filen; står der intet, er svaret ukendt. Kolonner viser det samme, som kriterier spørger om.",
            "Form and route are read from what the file says; where it says nothing, the answer is unknown. Columns show what criteria ask for.",
        ),
    ),
];

/// »Sådan regner siden«
#[must_use]
pub fn title(language: Language) -> &'static str {
    pick(language, "Sådan regner siden", "How the page counts")
}

/// What the page is.
#[must_use]
pub fn lead(language: Language) -> &'static str {
    pick(
        language,
        "Reglerne bag hvert ja, nej og ukendt, hver med prøvepatienter, der viser dem. Det er de samme prøvepatienter, som siden er prøvet med, før den blev udgivet. Alle er opdigtede.",
        "The rules behind every yes, no and unknown, each with test patients that show it. They are the test patients with which the page was tested before it was released, and all of them are invented. The profile language is Danish.",
    )
}

/// »182 af 182 prøvepatienter får det svar, der står her.«
#[must_use]
pub fn held(held: usize, of: usize, language: Language) -> String {
    match language {
        Language::Danish => {
            format!("{held} af {of} prøvepatienter får i denne browser det svar, der står her.")
        }
        Language::English => {
            format!(
                "{held} of {of} test patients get, in this browser, the answer that stands here."
            )
        }
    }
}

/// Where a rule has no test patient.
#[must_use]
pub fn no_cases(language: Language) -> &'static str {
    pick(
        language,
        "Én prøvepatient kan ikke vise denne regel. Den er prøvet på hele udtræk.",
        "One test patient cannot show this rule. It is tested on whole exports.",
    )
}

/// »18 prøvepatienter«
#[must_use]
pub fn cases(count: usize, language: Language) -> String {
    match (count, language) {
        (1, Language::Danish) => "1 prøvepatient".into(),
        (1, Language::English) => "1 test patient".into(),
        (_, Language::Danish) => format!("{count} prøvepatienter"),
        (_, Language::English) => format!("{count} test patients"),
    }
}

/// Words of the tables.
#[derive(Clone, Copy, Debug)]
pub struct TableWords {
    /// What is shown.
    pub case: &'static str,
    /// Index date.
    pub index_date: &'static str,
    /// The rows of the imagined export.
    pub records: &'static str,
    /// What is asked.
    pub asked: &'static str,
    /// The answer.
    pub answer: &'static str,
    /// Heading of the criteria.
    pub criteria: &'static str,
    /// The way back.
    pub back: &'static str,
}

/// The words of the tables.
#[must_use]
pub const fn table_words(language: Language) -> TableWords {
    match language {
        Language::Danish => TableWords {
            case: "Hvad der vises",
            index_date: "Indeksdato",
            records: "Rækker i udtrækket",
            asked: "Kriterie",
            answer: "Svar",
            criteria: "Kriterierne, som de er skrevet i en profil",
            back: "Tilbage",
        },
        Language::English => TableWords {
            case: "What is shown",
            index_date: "Index date",
            records: "Rows of the export",
            asked: "Criterion",
            answer: "Answer",
            criteria: "The criteria as written in a profile",
            back: "Back",
        },
    }
}

/// No row at all.
#[must_use]
pub fn no_records(language: Language) -> &'static str {
    pick(language, "ingen rækker", "no rows")
}

/// The export has only these registers.
#[must_use]
pub fn only_registers(registers: &str, language: Language) -> String {
    match language {
        Language::Danish => format!("Filen har kun {registers}."),
        Language::English => format!("The file has only {registers}."),
    }
}

/// What is asked besides a criterion.
pub(crate) fn asked(what: Asked, name: &str, language: Language) -> String {
    let (danish, english) = match what {
        Asked::Population => ("på listen", "on the list"),
        Asked::ExclusionUndecided => {
            ("udelukkelsen kan ikke afgøres", "exclusion cannot be decided")
        }
        Asked::Marker => ("markering", "marker"),
        Asked::Column => ("kolonne", "column"),
        Asked::Value => ("tal for", "figure of"),
    };
    let what = pick(language, danish, english);
    if name.is_empty() { what.to_owned() } else { format!("{what} {name}") }
}

/// See [`asked`].
#[derive(Clone, Copy)]
pub(crate) enum Asked {
    Population,
    ExclusionUndecided,
    Marker,
    Column,
    Value,
}
