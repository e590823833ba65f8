//! Mutations that are the same on every run.

use crate::random::Random;

/// What readers stumble over.
const PIECES: &[&[u8]] = &[
    b"\"",
    b"\"\"",
    b";",
    b",",
    b"\t",
    b"\r",
    b"\n",
    b"\r\n",
    b"\0",
    b"\xFF",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"-",
    b"+",
    b"/",
    b".",
    b"0",
    b"9",
    b"00-00-0000",
    b"31-12-9999",
    b"1e999",
    b"99999999999999999999",
    b"<",
    b">",
    b"</",
    b"/>",
    b"<![CDATA[",
    b"&#0;",
    b"&amp;",
    b"{",
    b"}",
    b"[",
    b"]",
    b"[[",
    b"=",
    b"'''",
    b"\"\"\"",
    b"null",
    b"true",
    "æøå".as_bytes(),
    "½".as_bytes(),
    "\u{a0}".as_bytes(),
    "\u{2028}".as_bytes(),
    b"6101016006",
    b"610101-6006",
    b"CPR",
    b"cpr;icpc;dato\n",
    b"sep=,\n",
    b" og ",
    b" efter behov",
    b"x",
];

/// One to four changes of one seed, with pieces of the others among them.
pub fn mutated(seeds: &[Vec<u8>], at: usize, random: &mut Random) -> Vec<u8> {
    let mut bytes = seeds[at].clone();
    for _ in 0..=random.below(4) {
        change(&mut bytes, seeds, random);
    }
    bytes
}

fn range(random: &mut Random, length: usize) -> std::ops::Range<usize> {
    let from = random.below(length + 1);
    from..from + random.below((length - from).min(40) + 1)
}

fn change(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], random: &mut Random) {
    let place = random.below(bytes.len() + 1);
    match random.below(8) {
        0 if place < bytes.len() => bytes[place] ^= 1 << random.below(8),
        1 => drop(bytes.drain(range(random, bytes.len()))),
        2 => {
            let part = bytes[range(random, bytes.len())].to_vec();
            bytes.splice(place..place, part);
        }
        3 => {
            let other = &seeds[random.below(seeds.len())];
            bytes.splice(place..place, other[range(random, other.len())].to_vec());
        }
        4 => bytes.truncate(place),
        5 if place < bytes.len() => bytes[place] = random.below(256) as u8,
        _ => {
            let piece = PIECES[random.below(PIECES.len())];
            bytes.splice(place..place, piece.iter().copied());
        }
    }
}
