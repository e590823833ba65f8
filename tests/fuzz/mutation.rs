//! Mutations that are the same on every run.

/// SplitMix64 (Steele, Lea and Flood 2014).
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 if there is none.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { (self.next() % end as u64) as usize }
    }

    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let from = self.below(length + 1);
        from..from + self.below((length - from).min(40) + 1)
    }
}

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

fn change(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], random: &mut Random) {
    let place = random.below(bytes.len() + 1);
    match random.below(8) {
        0 if place < bytes.len() => bytes[place] ^= 1 << random.below(8),
        1 => drop(bytes.drain(random.range(bytes.len()))),
        2 => {
            let part = bytes[random.range(bytes.len())].to_vec();
            bytes.splice(place..place, part);
        }
        3 => {
            let other = &seeds[random.below(seeds.len())];
            bytes.splice(place..place, other[random.range(other.len())].to_vec());
        }
        4 => bytes.truncate(place),
        5 if place < bytes.len() => bytes[place] = random.below(256) as u8,
        _ => {
            let piece = PIECES[random.below(PIECES.len())];
            bytes.splice(place..place, piece.iter().copied());
        }
    }
}
