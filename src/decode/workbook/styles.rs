//! Which style of a cell makes its number a date, a time, a share, or digits with leading zeros.

use std::io::Read;

use crate::decode::xml::{Fault, Piece, attribute, raw, walk};

/// Formats of cells, and codes that they may name: more than a spreadsheet lets one make.
const MOST_FORMATS: usize = 70_000;
const MOST_CUSTOM: usize = 1_000;

/// How a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// As it is.
    General,
    /// A day, with the time if it is not midnight.
    Date,
    /// A time of day.
    Time,
    /// A hundredth.
    Percent,
    /// So many digits at least.
    Zeros(u8),
}

/// The shape of each cell format.
#[derive(Default)]
pub struct Styles {
    custom: Vec<(u32, Shape)>,
    formats: Vec<Shape>,
}

impl Styles {
    /// The shape of a cell format; as it is when there is none.
    #[must_use]
    pub fn shape(&self, format: u32) -> Shape {
        self.formats.get(format as usize).copied().unwrap_or(Shape::General)
    }

    /// Reads the part.
    pub fn read(source: &mut dyn Read, left: &mut u64) -> Result<Self, Fault> {
        let (mut out, mut in_formats) = (Self::default(), false);
        walk(source, left, &mut |piece, _| {
            match piece {
                Piece::Open(start) => match start.local_name().as_ref() {
                    "cellXfs" => in_formats = true,
                    "numFmt" => {
                        let code = attribute(start, "formatCode").unwrap_or_default();
                        out.custom.push((number(start, "numFmtId"), of_code(&code)));
                    }
                    "xf" if in_formats => {
                        let shape = out.of_id(number(start, "numFmtId"));
                        out.formats.push(shape);
                    }
                    _ => {}
                },
                Piece::Close("cellXfs") => in_formats = false,
                _ => {}
            }
            let too_many = out.formats.len() > MOST_FORMATS || out.custom.len() > MOST_CUSTOM;
            if too_many { Err(Fault::TooLarge) } else { Ok(()) }
        })?;
        Ok(out)
    }

    fn of_id(&self, id: u32) -> Shape {
        let custom = self.custom.iter().find(|(custom, _)| *custom == id);
        custom.map_or_else(|| built_in(id), |(_, shape)| *shape)
    }
}

fn number(start: &quick_xml::events::BytesStart<'_>, name: &str) -> u32 {
    raw(start, name).and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// ECMA-376 part 1, 18.8.30.
const fn built_in(id: u32) -> Shape {
    match id {
        9 | 10 => Shape::Percent,
        14..=17 | 22 | 27..=31 | 34..=36 | 50..=58 => Shape::Date,
        18..=21 | 32 | 33 | 45 | 47 => Shape::Time,
        _ => Shape::General,
    }
}

/// From a format such as `dd\-mm\-yyyy;@` or `000000\-0000`.
fn of_code(code: &str) -> Shape {
    let Some(bare) = bare(code) else { return Shape::General };
    let has = |letters: &[char]| bare.contains(letters);
    let zeros = bare.matches('0').count();
    let only_zeros = !bare.is_empty() && bare.chars().all(|c| matches!(c, '0' | '-' | ' '));
    match () {
        () if bare.contains("general") => Shape::General,
        () if has(&['d', 'y']) => Shape::Date,
        () if has(&['h', 's']) => Shape::Time,
        () if has(&['m']) => Shape::Date,
        () if has(&['%']) => Shape::Percent,
        () if only_zeros && zeros > 1 => Shape::Zeros(u8::try_from(zeros).unwrap_or(u8::MAX)),
        () => Shape::General,
    }
}

/// The first part of a format, lower case, without literal text, colours and languages; `None` for
/// a span of time (`[h]:mm`), which is a number.
fn bare(code: &str) -> Option<String> {
    let (mut out, mut characters) = (String::new(), code.chars());
    while let Some(character) = characters.next() {
        match character {
            ';' => break,
            '"' => drop(characters.by_ref().find(|c| *c == '"')),
            '\\' | '_' | '*' => drop(characters.next()),
            '[' => {
                let inside: String = characters.by_ref().take_while(|c| *c != ']').collect();
                if inside.chars().all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's')) {
                    return None;
                }
            }
            other => out.extend(other.to_lowercase()),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        for (code, shape) in [
            ("General", Shape::General),
            ("0.00", Shape::General),
            ("#,##0", Shape::General),
            ("0.0 \"mmol/l\"", Shape::General),
            ("@", Shape::General),
            ("0.00E+00", Shape::General),
            ("dd\\-mm\\-yyyy;@", Shape::Date),
            ("[$-406]d. mmmm yyyy", Shape::Date),
            ("yyyy-mm-dd hh:mm", Shape::Date),
            ("mmm", Shape::Date),
            ("[Red]0", Shape::General),
            ("h:mm AM/PM", Shape::Time),
            ("mm:ss", Shape::Time),
            ("[h]:mm:ss", Shape::General),
            ("0.0%", Shape::Percent),
            ("0000", Shape::Zeros(4)),
            ("000000\\-0000", Shape::Zeros(10)),
            ("0", Shape::General),
        ] {
            assert_eq!(of_code(code), shape, "{code}");
        }
    }

    #[test]
    fn only_the_formats_of_cells_count() {
        let xml = br#"<s><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yy"/></numFmts>
            <cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs></s>"#;
        let mut left = 1000;
        let styles = Styles::read(&mut xml.as_slice(), &mut left).unwrap();
        let shapes: Vec<Shape> = (0..4).map(|format| styles.shape(format)).collect();
        assert_eq!(shapes, [Shape::General, Shape::Date, Shape::Date, Shape::General]);
        assert_eq!(left, 1000 - xml.len() as u64);
    }
}
