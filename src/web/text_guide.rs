//! The guide, in both languages.

use crate::note::Language;

/// A heading and its lines.
type Part = (&'static str, &'static [&'static str]);

/// One field per text; a missing translation does not compile.
#[allow(missing_docs, reason = "the Danish text says what each is")]
#[derive(Debug)]
pub struct GuideWords {
    pub title: &'static str,
    pub hint: &'static str,
    pub away: &'static str,
    pub parts: [Part; 5],
}

impl GuideWords {
    /// The words of a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Danish => &DANISH,
            Language::English => &ENGLISH,
        }
    }
}

static DANISH: GuideWords = GuideWords {
    title: "Vejledning",
    hint: "Åbn en profil for at se listen. Enter på en patient viser hvorfor. »Ukendt« er ikke »nej«.",
    away: "Skjul",
    parts: [
        (
            "Sådan får du et udtræk",
            &[
                "Find jeres lægesystems udtræk til CSV eller ZIP, ofte under statistik eller rapporter. Er der ingen, kan systemets leverandør hjælpe.",
                "Tag hele tabeller med overskrift og CPR-kolonne. Gerne flere filer på én gang, i vilkårlig rækkefølge.",
                "Slet udtrækket fra computeren, når I er færdige. Siden gemmer det ikke, men filen ligger der stadig.",
            ],
        ),
        (
            "Hvad hver tabel giver",
            &[
                "Patienter: hvem der er tilmeldt, og nævneren i tal pr. 1.000.",
                "Diagnoser: kroniske sygdomme og undtagelser.",
                "Medicin: behandling, varighed og OMEQ. Doser som »efter aftale« kan ikke opgøres.",
                "Prøver: seneste svar og tid siden sidst.",
                "Ydelser og aftaler: kontrolbesøg, der er holdt eller aftalt.",
                "Henvisninger og vaccinationer: kun det, der er registreret i jeres eget system.",
            ],
        ),
        (
            "Hvad »ukendt« betyder",
            &[
                "Oplysningen findes ikke i udtrækket eller kan ikke læses. Det er hverken ja eller nej.",
                "De patienter står under »Kan ikke afgøres« med det, der mangler.",
                "»Mindst 60« er en sum, hvor noget ikke kan opgøres.",
            ],
        ),
        (
            "Hvad siden ikke er",
            &[
                "Listen viser registreringer, ikke en vurdering af patienten. Fejl i registreringen er også fejl i listen.",
                "En pseudonymiseret skærm viser stadig personoplysninger: Alder, medicin og datoer kan genkendes.",
            ],
        ),
        (
            "Tre minutters fremvisning",
            &[
                "1. minut: Tryk »Åbn opdigtede patienter« på forsiden, og slå »Skærm til andre« til (S).",
                "2. minut: Åbn »Demens«. Tryk Enter på en patient, og læs hvorfor. Åbn fanen »Kan ikke afgøres«.",
                "3. minut: Åbn »Opioider«, flyt grænsen op til 120 mg, og se hvem der går ud. Slut med »Glem alt«.",
            ],
        ),
    ],
};

static ENGLISH: GuideWords = GuideWords {
    title: "Guide",
    hint: "Open a profile to see its list. Enter on a patient shows why. “Unknown” is not “no”.",
    away: "Hide",
    parts: [
        (
            "How to get an export",
            &[
                "Find the export to CSV or ZIP in your clinical system, often under statistics or reports. If there is none, its supplier can help.",
                "Take whole tables with headings and a CPR column. Several files at once are fine, in any order.",
                "Delete the export from the computer when you are done. The page does not keep it, but the file is still there.",
            ],
        ),
        (
            "What each table gives",
            &[
                "Patients: who is listed, and the denominator of figures per 1,000.",
                "Diagnoses: chronic diseases and exceptions.",
                "Medicines: treatment, duration and OMEQ. Doses such as “as agreed” cannot be summed.",
                "Results: the latest answer and the time since.",
                "Services and appointments: visits held or planned.",
                "Referrals and vaccinations: only what is registered in your own system.",
            ],
        ),
        (
            "What “unknown” means",
            &[
                "The item is not in the export or cannot be read. It is neither yes nor no.",
                "Those patients stand under “Cannot be decided”, with what is missing.",
                "“At least 60” is a sum of which a part is not known.",
            ],
        ),
        (
            "What the page is not",
            &[
                "The list shows registrations, no judgement of the patient. Errors of registration are errors of the list.",
                "A pseudonymised screen still shows personal data: age, medicines and dates can be recognised.",
            ],
        ),
        (
            "A demonstration of three minutes",
            &[
                "Minute 1: press “Open invented patients” on the first screen, and switch “Others can see” on (S).",
                "Minute 2: open “Demens”. Press Enter on a patient and read why. Open the tab “Cannot be decided”.",
                "Minute 3: open “Opioids”, move the limit up to 120 mg, and see who goes out. End with “Forget everything”.",
            ],
        ),
    ],
};
