//! JSON as a tree: numbers exactly as digits, a key twice is an error.
//!
//! One type for every resource, looked into by path: resources have hundreds of fields, most of
//! them optional, and a structure for each kind would weigh much in the page.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'a> {
    /// `null`, and what is not there.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A text, or a number as text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Self>),
    /// Keys and values, in order.
    Object(Vec<(Cow<'a, str>, Self)>),
}

impl<'a> Json<'a> {
    /// Reads a text; `None` if it is no JSON, deeper than 128 levels, or has a key twice.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// What stands at `a.b.c`; the first one wherever there is a list. The empty path is here.
    #[must_use]
    pub fn at(&self, path: &str) -> &Self {
        if path.is_empty() {
            return self;
        }
        path.split('.').fold(self, |place, key| place.first().field(key))
    }

    /// All that stands at `a.b.c`, where the last is a list or one value.
    #[must_use]
    pub fn all(&self, path: &str) -> &[Self] {
        match self.at(path) {
            Self::Null => &[],
            Self::List(items) => items,
            one => std::slice::from_ref(one),
        }
    }

    /// The text at `a.b.c`, trimmed; empty if there is none.
    #[must_use]
    pub fn text(&self, path: &str) -> &str {
        match self.at(path).first() {
            Self::Text(text) => text.trim(),
            Self::Flag(true) => "true",
            _ => "",
        }
    }

    /// The first text among these paths.
    #[must_use]
    pub fn text_of(&self, paths: &[&str]) -> &str {
        paths.iter().map(|path| self.text(path)).find(|text| !text.is_empty()).unwrap_or_default()
    }

    fn first(&self) -> &Self {
        match self {
            Self::List(items) => items.first().unwrap_or(&Self::Null),
            other => other,
        }
    }

    fn field(&self, key: &str) -> &Self {
        let Self::Object(fields) = self else { return &Self::Null };
        fields.iter().find(|(name, _)| name == key).map_or(&Self::Null, |(_, value)| value)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Json<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Tree)
    }
}

struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(Json::Flag(flag))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Json::Text(number.to_string().into()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Json::Text(number.to_string().into()))
    }

    // The shortest digits that mean this number, never with an exponent: those that were written.
    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Json::Text(number.to_string().into()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Json::Text(text.to_owned().into()))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Json::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut out = Vec::new();
        while let Some(item) = items.next_element()? {
            out.push(item);
        }
        Ok(Json::List(out))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let mut out: Vec<(Cow<'de, str>, Json<'de>)> = Vec::new();
        while let Some(Json::Text(key)) = fields.next_key()? {
            if out.len() >= MOST_KEYS || out.iter().any(|(other, _)| *other == key) {
                return Err(Error::custom("a key twice, or too many"));
            }
            // Decimals behind the comma are part of an answer: `4.0` is not written `4`.
            let value = if key == "value" {
                as_written(fields.next_value()?).ok_or_else(|| Error::custom("no value"))?
            } else {
                fields.next_value()?
            };
            out.push((key, value));
        }
        Ok(Json::Object(out))
    }
}

fn as_written(raw: &RawValue) -> Option<Json<'_>> {
    let text = raw.get();
    let is_number = text.starts_with(|c: char| c == '-' || c.is_ascii_digit());
    if is_number && !text.contains(['e', 'E']) {
        return Some(Json::Text(text.into()));
    }
    Json::read(text)
}

/// Resources have some dozens; comparing each with each must not take long.
const MOST_KEYS: usize = 1000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let json = Json::read(r#"{"a":[{"b":{"c":" x "}},{"b":1}],"n":0.5,"t":1e-7,"f":true}"#);
        let json = json.unwrap();
        assert_eq!(json.text("a.b.c"), "x");
        assert_eq!((json.text("n"), json.text("t"), json.text("f")), ("0.5", "0.0000001", "true"));
        let values = Json::read(r#"[{"value":4.0},{"value":"1.50"},{"value":1e2}]"#).unwrap();
        let values: Vec<&str> = values.all("").iter().map(|one| one.text("value")).collect();
        assert_eq!(values, ["4.0", "1.50", "100"]);
        assert_eq!(json.text_of(&["z", "n.z", "n"]), "0.5");
        assert_eq!((json.all("a").len(), json.all("n").len(), json.all("z").len()), (2, 1, 0));
    }

    #[test]
    fn what_is_no_sound_json() {
        let deep = "[".repeat(100_000);
        let deep_fields = r#"{"a":"#.repeat(1000);
        let many: Vec<String> = (0..2000).map(|n| format!("\"{n}\":0")).collect();
        let many = format!("{{{}}}", many.join(","));
        for text in [
            "",
            "{",
            r#"{"a":1,"a":2}"#,
            r#"{"a":1e400}"#,
            r#"{"value":1e400}"#,
            r#"["\ud800"]"#,
            "nul",
            "{} {}",
            "[1,]",
        ]
        .into_iter()
        .chain([deep.as_str(), &deep_fields, &many])
        {
            assert_eq!(Json::read(text), None, "{}", text.get(..20).unwrap_or(text));
        }
    }
}
