//! XML piece by piece, within bounds: no document type, no entities but the five of XML, nothing
//! that grows without end. Elements and attributes go by their local names.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Bytes of one tag or one text.
const PIECE_BYTES: u64 = 1024 * 1024;
/// Pieces of one document: five million cells have half as many.
const MOST_PIECES: u64 = 60_000_000;
/// Elements inside one another.
const MOST_DEPTH: u32 = 64;

/// Why a document is not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Not well-formed, cut off, or not what it says it is.
    Broken,
    /// More than may be unpacked or held.
    TooLarge,
    /// More cells than a workbook may have: so many at least.
    TooManyCells(u64),
    /// Rows or columns that no sheet has.
    TooFar,
}

/// A piece of a document; an empty element is opened and closed.
pub enum Piece<'a> {
    /// A start tag.
    Open(&'a BytesStart<'a>),
    /// Text, also of CDATA and of references; long text may come in several.
    Text(&'a str),
    /// An end tag: its local name.
    Close(&'a str),
}

/// Takes a piece, and how many bytes of the document lie before its end.
pub type Visit<'a> = dyn FnMut(Piece<'_>, u64) -> Result<(), Fault> + 'a;

/// Reads a document; `left` is how many bytes may still be unpacked.
///
/// # Errors
/// The [`Fault`] of the document or of `visit`.
pub fn walk<'a>(
    source: &'a mut dyn Read,
    left: &'a mut u64,
    visit: &mut Visit<'_>,
) -> Result<(), Fault> {
    let inner = BufReader::with_capacity(64 * 1024, source);
    let mut reader = Reader::from_reader(Metered { inner, left, piece: PIECE_BYTES });
    reader.config_mut().expand_empty_elements = true;
    let (mut buffer, mut depth) = (Vec::new(), 0_u32);
    for _ in 0..MOST_PIECES {
        buffer.clear();
        reader.get_mut().piece = PIECE_BYTES;
        let Ok(event) = reader.read_event_into(&mut buffer) else {
            let meter = reader.get_ref();
            let used_up = *meter.left == 0 || meter.piece == 0;
            return Err(if used_up { Fault::TooLarge } else { Fault::Broken });
        };
        let at = reader.buffer_position();
        match event {
            Event::Start(start) => {
                depth += 1;
                if depth > MOST_DEPTH {
                    return Err(Fault::Broken);
                }
                visit(Piece::Open(&start), at)?;
            }
            Event::End(end) => {
                depth -= 1;
                visit(Piece::Close(end.local_name().as_ref()), at)?;
            }
            Event::Text(text) => visit(Piece::Text(&text), at)?,
            Event::CData(text) => visit(Piece::Text(&text), at)?,
            Event::GeneralRef(reference) => {
                let character = resolved(&reference).ok_or(Fault::Broken)?;
                visit(Piece::Text(character.encode_utf8(&mut [0; 4])), at)?;
            }
            Event::DocType(_) => return Err(Fault::Broken),
            Event::Eof if depth > 0 || at == 0 => return Err(Fault::Broken),
            Event::Eof => return Ok(()),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    Err(Fault::TooLarge)
}

/// An attribute's value as it is written.
#[must_use]
pub fn raw<'a>(start: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    let mut attributes = start.attributes();
    let mut all = attributes.with_checks(false).flatten();
    all.find(|attribute| attribute.key.local_name().as_ref() == name).map(|found| found.value)
}

/// An attribute's value with its references resolved.
#[must_use]
pub fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    unescape(&raw(start, name)?).ok().map(Cow::into_owned)
}

fn resolved(reference: &BytesRef<'_>) -> Option<char> {
    match reference.as_ref() {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}

/// A source that ends with an error when a piece, or all of it, grows too large: the reader would
/// otherwise gather an endless text before it hands it over.
struct Metered<'a> {
    inner: BufReader<&'a mut dyn Read>,
    left: &'a mut u64,
    piece: u64,
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Metered<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if *self.left == 0 || self.piece == 0 {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        *self.left = self.left.saturating_sub(length as u64);
        self.piece = self.piece.saturating_sub(length as u64);
        self.inner.consume(length);
    }
}
