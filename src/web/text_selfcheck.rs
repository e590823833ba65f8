//! Fixed words of »Selvtjek«, in both languages.

use crate::note::Language;

/// How many probes `start.js` makes.
pub const POINTS: usize = 9;

/// One field per text; a missing translation does not compile.
#[allow(missing_docs, reason = "the Danish text says what each is")]
#[derive(Debug)]
pub struct SelfCheckWords {
    pub title: &'static str,
    pub trying: &'static str,
    pub all_hold: &'static str,
    pub one_does_not: &'static str,
    pub some_do_not: &'static str,
    pub which: &'static str,
    pub one_in_strip: &'static str,
    pub some_in_strip: &'static str,
    /// Does not hold, holds, cannot be seen, does not exist here.
    pub states: [&'static str; 4],
    /// In the order of the probes: what holds, and what it means that it does not.
    pub points: [[&'static str; 2]; POINTS],
    /// In place of the host's two points, opened from a disk.
    pub from_disk: [&'static str; 2],
    pub build: &'static str,
    pub hints: [&'static str; 2],
    pub save: &'static str,
    pub save_json: &'static str,
    pub columns: &'static str,
}

impl SelfCheckWords {
    /// The words of a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Danish => &DANISH,
            Language::English => &ENGLISH,
        }
    }
}

static DANISH: SelfCheckWords = SelfCheckWords {
    title: "Selvtjek",
    trying: "Prøver …",
    all_hold: "Alt, der kan ses herfra, holder.",
    one_does_not: "punkt holder ikke. Brug siden med opdigtede patienter, til det er rettet.",
    some_do_not: "punkter holder ikke. Brug siden med opdigtede patienter, til det er rettet.",
    which: "Se hvilke",
    one_in_strip: "punkt i selvtjek er ikke i orden",
    some_in_strip: "punkter i selvtjek er ikke i orden",
    states: ["Holder ikke", "Holder", "Kan ikke ses herfra", "Ikke fra en disk"],
    points: [
        [
            "Forbindelser er spærret af siden selv (prøvet nu: afvist)",
            "En forbindelse blev ikke afvist",
        ],
        ["Billeder udefra er spærret (prøvet nu: afvist)", "Et billede blev ikke afvist"],
        ["Nye scripts er spærret (prøvet nu: afvist)", "Et nyt script blev kørt"],
        ["Tekst køres ikke som kode (prøvet nu: afvist)", "Tekst blev kørt som kode"],
        [
            "Værten sender spærringen som header",
            "Værten sender ikke sine headere. Siden spærrer selv, men links væk fra siden kan ikke spærres",
        ],
        [
            "Spærring af alle veje ud (Connection-Allowlist). En side kan ikke se, om browseren følger den",
            "Spærring af alle veje ud (Connection-Allowlist) mangler: værten sender den ikke, eller browseren kender den ikke. Links væk fra siden og WebRTC kan ikke spærres",
        ],
        ["Lager, cookies og service worker: intet", "Browseren har gemt noget for denne adresse"],
        ["Adresse og titel er uden data", "Der står noget i adressen eller titlen"],
        ["Forespørgsler siden indlæsning: 0", "Der er sendt forespørgsler siden indlæsning"],
    ],
    from_disk: [
        "Headere fra en vært findes ikke. Siden spærrer selv",
        "Links væk fra siden og WebRTC kan kun en vært spærre (Connection-Allowlist)",
    ],
    build: "Version og byggeaftryk:",
    hints: [
        "Prøv selv: sluk for nettet, og brug siden igen.",
        "Selvtjekket kan ikke se udvidelser i browseren eller en ændret kopi af siden. Sammenlign filens aftryk: certutil -hashfile profilblik.html SHA256",
    ],
    save: "Gem brugslog uden CPR",
    save_json: "Den samme som JSON",
    columns: "dato;version;indeksdato;filer_sha256;profil;profilversion;aftryk;paa_listen;kan_ikke_afgoeres",
};

static ENGLISH: SelfCheckWords = SelfCheckWords {
    title: "Self-check",
    trying: "Trying …",
    all_hold: "All that can be seen from here holds.",
    one_does_not: "point does not hold. Use the page with invented patients until that is put right.",
    some_do_not: "points do not hold. Use the page with invented patients until that is put right.",
    which: "See which",
    one_in_strip: "point of the self-check is not in order",
    some_in_strip: "points of the self-check are not in order",
    states: ["Does not hold", "Holds", "Cannot be seen from here", "Not from a disk"],
    points: [
        [
            "Connections are locked by the page itself (tried now: refused)",
            "A connection was not refused",
        ],
        ["Images from elsewhere are locked (tried now: refused)", "An image was not refused"],
        ["New scripts are locked (tried now: refused)", "A new script ran"],
        ["Text is not run as code (tried now: refused)", "Text was run as code"],
        [
            "The host sends the lock as a header",
            "The host does not send its headers. The page locks itself, but links away from it cannot be locked",
        ],
        [
            "Lock of every way out (Connection-Allowlist). A page cannot see whether the browser obeys it",
            "Lock of every way out (Connection-Allowlist) is missing: the host does not send it, or the browser does not know it. Links away from the page and WebRTC cannot be locked",
        ],
        [
            "Storage, cookies and service worker: nothing",
            "The browser has stored something for this address",
        ],
        ["Address and title hold no data", "Something stands in the address or the title"],
        ["Requests since loading: 0", "Requests were made since loading"],
    ],
    from_disk: [
        "There are no headers from a host. The page locks itself",
        "Links away from the page and WebRTC can be locked by a host only (Connection-Allowlist)",
    ],
    build: "Version and fingerprint of the build:",
    hints: [
        "Try it: switch the network off, and use the page again.",
        "The self-check cannot see browser extensions or a changed copy of the page. Compare the fingerprint of the file: sha256sum profilblik.html",
    ],
    save: "Save a log of use without CPR",
    save_json: "The same as JSON",
    columns: "date;version;index_date;files_sha256;profile;profile_version;fingerprint;on_list;undecided",
};
