//! The texts that cells share.

use std::io::Read;

use crate::decode::xml::{Fault, Piece, walk};

/// More than cells may be.
const MOST_STRINGS: usize = 5_000_000;

/// The texts, one behind the other.
#[derive(Default)]
pub struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    /// The text with this number.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&str> {
        let from = match at.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.text.get(from as usize..*self.ends.get(at)? as usize)
    }

    /// Reads the part: formatted stretches are joined, phonetic ones left out.
    pub fn read(source: &mut dyn Read, left: &mut u64) -> Result<Self, Fault> {
        let mut out = Self::default();
        let mut rich = Rich::default();
        walk(source, left, &mut |piece, _| {
            rich.take(&piece, &mut out.text);
            if matches!(piece, Piece::Close("si")) {
                let end = u32::try_from(out.text.len()).map_err(|_| Fault::TooLarge)?;
                out.ends.push(end);
            }
            if out.ends.len() > MOST_STRINGS { Err(Fault::TooLarge) } else { Ok(()) }
        })?;
        Ok(out)
    }
}

/// Text of a cell or of a shared text: what stands in `t`, but not in `rPh`.
#[derive(Default)]
pub struct Rich {
    phonetic: bool,
    inside: bool,
}

impl Rich {
    /// Takes a piece; text goes to `out`.
    pub fn take(&mut self, piece: &Piece<'_>, out: &mut String) {
        match piece {
            Piece::Open(start) => match start.local_name().as_ref() {
                "rPh" => self.phonetic = true,
                "t" => self.inside = !self.phonetic,
                _ => {}
            },
            Piece::Close("rPh") => self.phonetic = false,
            Piece::Close("t") => self.inside = false,
            Piece::Text(text) if self.inside => out.push_str(text),
            Piece::Text(_) | Piece::Close(_) => {}
        }
    }
}

/// Characters that XML cannot hold stand as `_x000D_`.
pub fn unescaped(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, behind)) = rest.split_once("_x") {
        out.push_str(before);
        match escape(behind) {
            Some((character, after)) => {
                out.push(character);
                rest = after;
            }
            None => {
                out.push_str("_x");
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out.into()
}

fn escape(behind: &str) -> Option<(char, &str)> {
    let (digits, after) = (behind.get(..4)?, behind.get(4..)?.strip_prefix('_')?);
    let code = u32::from_str_radix(digits, 16).ok()?;
    Some((char::from_u32(code)?, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let xml = "<sst><si><t>a</t></si><si/><si><r><t>b</t></r><r><rPr/><t xml:space=\"preserve\"> &amp;&#230;</t></r>\
            <rPh><t>no</t></rPh></si><si><t><![CDATA[<c>]]></t></si></sst>";
        let strings = Strings::read(&mut xml.as_bytes(), &mut 10_000).unwrap();
        let all: Vec<Option<&str>> = (0..5).map(|at| strings.get(at)).collect();
        assert_eq!(all, [Some("a"), Some(""), Some("b &æ"), Some("<c>"), None]);
    }

    #[test]
    fn escapes() {
        assert_eq!(unescaped("a_x000D_b_x_x00e6__xzz"), "a\rb_xæ_xzz");
        assert_eq!(unescaped("plain"), "plain");
    }

    #[test]
    fn what_is_refused() {
        let read = |xml: &str, mut left: u64| Strings::read(&mut xml.as_bytes(), &mut left).err();
        let entity = "<!DOCTYPE sst [<!ENTITY a \"b\">]><sst><si><t>&a;</t></si></sst>";
        assert_eq!(read(entity, 1000), Some(Fault::Broken));
        assert_eq!(read("<sst><si><t>&a;</t></si></sst>", 1000), Some(Fault::Broken));
        assert_eq!(read("<sst><si><t>cut off", 1000), Some(Fault::Broken));
        assert_eq!(read("<sst><si></t></si></sst>", 1000), Some(Fault::Broken));
        assert_eq!(read("", 1000), Some(Fault::Broken));
        assert_eq!(read("<sst><si><t>more than allowed</t></si></sst>", 20), Some(Fault::TooLarge));
        let endless = format!("<sst><si><t>{}</t></si></sst>", " ".repeat(3 << 20));
        assert_eq!(read(&endless, 1 << 30), Some(Fault::TooLarge));
        assert_eq!(read(&"<a>".repeat(1000), 1 << 30), Some(Fault::Broken));
    }
}
