//! Unit words of a dose.

/// Name in the singular, and its other spellings; these are counted one by one, so that very many
/// a day are unlikely. Abbreviations only where they mean one thing.
const COUNTED: &[(&str, &[&str])] = &[
    (
        "tablet",
        &["tabletter", "tabletten", "tabl", "tab", "tbl", "tabs", "depottablet", "depottabletter"],
    ),
    ("kapsel", &["kapsler", "kaps", "kapsl", "kps", "depotkapsel", "depotkapsler"]),
    ("plaster", &["plastre", "depotplaster", "depotplastre"]),
    ("brusetablet", &["brusetabletter"]),
    ("smeltetablet", &["smeltetabletter"]),
    ("tyggetablet", &["tyggetabletter"]),
    ("sugetablet", &["sugetabletter"]),
    ("vaginaltablet", &["vaginaltabletter"]),
    ("vaginalkapsel", &["vaginalkapsler"]),
    ("resoriblet", &["resoribletter"]),
    ("suppositorie", &["suppositorier", "stikpille", "stikpiller", "supp"]),
    ("vagitorie", &["vagitorier"]),
    ("klysma", &["klysmaer", "klysmata"]),
    ("pille", &["piller"]),
    ("tyggegummi", &["tyggegummier"]),
    ("pulver", &["pulvere"]),
    ("brev", &["breve"]),
    ("pose", &["poser"]),
];

/// Likewise, of what is measured or comes in many.
const MEASURED: &[(&str, &[&str])] = &[
    ("ampul", &["ampuller"]),
    ("injektion", &["injektioner"]),
    ("dosis", &["doser"]),
    ("anvendelse", &["anvendelser"]),
    ("behandling", &["behandlinger"]),
    ("pust", &["puf", "puff"]),
    ("sug", &["inhalation", "inhalationer"]),
    ("dråbe", &["dråber", "dråb"]),
    ("pumpetryk", &[]),
    ("ml", &["milliliter"]),
    ("mg", &["milligram"]),
    ("g", &["gram"]),
    ("mikrogram", &["mikrog", "mcg", "\u{3bc}g", "ug"]),
    ("enhed", &["enheder", "ie", "iu"]),
];

/// Words that say nothing more than »one of it«.
const PIECES: &[&str] = &["stk", "styk", "stykker"];

/// The singular of a unit word in lower case; `Some(None)` = a piece of whatever it is; `None` =
/// no unit word.
#[must_use]
pub fn singular(word: &str) -> Option<Option<&'static str>> {
    let word = word.trim_end_matches('.');
    if PIECES.contains(&word) {
        return Some(None);
    }
    let known = COUNTED
        .iter()
        .chain(MEASURED)
        .find(|(name, others)| *name == word || others.contains(&word));
    known.map(|(name, _)| Some(*name))
}

/// Is the unit counted one by one (tablets, patches)? Drops and measures are not.
#[must_use]
pub fn is_counted(name: &str) -> bool {
    COUNTED.iter().any(|(unit, _)| *unit == name)
}
