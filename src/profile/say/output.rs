//! Markers, columns, measures and the order of the list in words.

use super::super::plan::{Column, ColumnContent, Marker, MarkerLevel, Measure, Show, SortKey};
use super::words::Voice;
use super::{SaidMarker, SaidPart};

pub(super) fn markers(voice: &Voice<'_>) -> Vec<SaidMarker> {
    let said = |marker: &Marker| {
        let level_word = level(voice, marker.level).to_owned();
        let when = voice.reference(marker.when);
        let shown =
            voice.pick("markering hos patienter, der opfylder", "marker for patients who meet");
        let exceptions = exceptions(voice, marker);
        SaidMarker {
            level: marker.level,
            sentence: format!("{} {shown} {when}.{exceptions}", first_large(&level_word)),
            level_word,
            text: marker.text.clone(),
            handling: marker.action.clone(),
            details: details(voice, marker),
        }
    };
    voice.plan.markers.iter().map(said).collect()
}

// Who is exempt, and that a marker is off: what decides, so it stands in the sentence.
fn exceptions(voice: &Voice<'_>, marker: &Marker) -> String {
    let mut said = String::new();
    if !marker.exceptions.is_empty() {
        let of = voice.or(&voice.references(&marker.exceptions));
        let who = voice.pick("Undtaget er patienter, der opfylder", "Exempt are patients who meet");
        let then = voice.pick("vises, men tælles ikke med", "shown, but not counted");
        said = format!(" {who} {of}: {then}.");
    }
    if !marker.on {
        said.push_str(voice.pick(" Slået fra.", " Switched off."));
    }
    said
}

fn details(voice: &Voice<'_>, marker: &Marker) -> Vec<String> {
    let parts = [
        ("", &marker.name),
        (voice.pick("Regel: ", "Rule: "), &marker.rule),
        (voice.pick("Kilde: ", "Source: "), &marker.source),
        (voice.pick("Bortfalder: ", "Clears: "), &marker.clears),
    ];
    let said = parts.into_iter().filter(|(_, words)| !words.is_empty());
    said.map(|(label, words)| super::words::ended(&format!("{label}{words}"))).collect()
}

fn first_large(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn level<'a>(voice: &Voice<'_>, level: MarkerLevel) -> &'a str {
    match (level, voice.pick("da", "en")) {
        (MarkerLevel::Red, "da") => "rød",
        (MarkerLevel::Red, _) => "red",
        (MarkerLevel::Yellow, "da") => "gul",
        (MarkerLevel::Yellow, _) => "yellow",
        (MarkerLevel::Blue, "da") => "blå",
        (MarkerLevel::Blue, _) => "blue",
    }
}

pub(super) fn columns(voice: &Voice<'_>) -> Vec<SaidPart> {
    let said = |column: &Column| SaidPart {
        title: column.title.clone(),
        sentence: content(voice, &column.content),
    };
    voice.plan.columns.iter().map(said).collect()
}

fn content(voice: &Voice<'_>, content: &ColumnContent) -> String {
    match content {
        ColumnContent::Fields(fields) => {
            let names: Vec<String> = fields.iter().map(|f| voice.quoted(f.name())).collect();
            let of = voice.pick("Patientens egne felter", "The patient's own fields");
            format!("{of}: {}.", voice.and(&names))
        }
        ColumnContent::Records { selection, show } => {
            let what = match show {
                Show::Latest => voice.pick("Den seneste blandt", "The latest among"),
                Show::First => voice.pick("Den første blandt", "The first among"),
                Show::All => voice.pick("Alle", "All"),
                Show::Count => voice.pick("Antallet af", "The number of"),
                Show::Value => voice.pick("Værdien for", "The value for"),
            };
            format!("{what} {}.", voice.shown(selection))
        }
    }
}

pub(super) fn measures(voice: &Voice<'_>) -> Vec<SaidPart> {
    let given = voice
        .plan
        .measures
        .iter()
        .map(|measure| SaidPart { title: measure.title.clone(), sentence: figure(voice, measure) });
    let absent = voice.plan.absent_measures.iter().map(|measure| SaidPart {
        title: measure.title.clone(),
        sentence: format!(
            "{}: {}",
            voice.pick("Findes ikke i udtrækket", "Not in the export"),
            measure.reason
        ),
    });
    given.chain(absent).collect()
}

fn figure(voice: &Voice<'_>, measure: &Measure) -> String {
    let among = measure.denominator.map_or_else(
        || voice.pick("tilmeldte patienter", "listed patients").to_owned(),
        |id| {
            let those = voice.pick("patienter, der opfylder", "patients who meet");
            format!("{those} {}", voice.reference(id))
        },
    );
    let direction = match measure.direction.as_str() {
        "lav" => voice.pick("; et lavt tal er bedst", "; a low figure is better"),
        "hoej" => voice.pick("; et højt tal er bedst", "; a high figure is better"),
        _ => "",
    };
    let who = voice.pick("Patienter, der opfylder", "Patients who meet");
    let per = voice.pick("pr.", "per");
    let numerator = voice.reference(measure.numerator);
    format!("{who} {numerator}, {per} {} {among}{direction}.", measure.per)
}

pub(super) fn sorting(voice: &Voice<'_>) -> String {
    if voice.plan.sorting.is_empty() {
        let usual = "Listen er sorteret efter markeringer og derefter alder.";
        return voice.pick(usual, "The list is sorted by markers, then by age.").to_owned();
    }
    let keys: Vec<String> = voice.plan.sorting.iter().map(|key| sort_key(voice, key)).collect();
    let sorted = voice.pick("Listen er sorteret efter", "The list is sorted by");
    format!("{sorted} {}.", keys.join(voice.pick(", derefter ", ", then ")))
}

fn sort_key(voice: &Voice<'_>, key: &SortKey) -> String {
    let by = match key.by.as_str() {
        "markeringer" => voice.pick("markeringer", "markers").to_owned(),
        "alder" => voice.pick("alder", "age").to_owned(),
        "navn" => voice.pick("navn", "name").to_owned(),
        "cpr" => voice.pick("CPR-nummer", "CPR number").to_owned(),
        title => voice.quoted(title),
    };
    let largest = voice.pick(" (størst først)", " (largest first)");
    if key.descending { format!("{by}{largest}") } else { by }
}
