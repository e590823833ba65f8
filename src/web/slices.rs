//! Slices of files on their way to a worker.

use js_sys::{ArrayBuffer, Uint8Array};

use crate::protocol::Read;

/// What was asked of the page, and what has come.
#[derive(Default)]
pub struct Slices {
    /// Reads asked for and not taken yet.
    wanted: Vec<Read>,
    /// Answers that came; `None` = cannot be read.
    arrived: Vec<(Read, Option<ArrayBuffer>)>,
    /// One buffer for all, so that wasm memory does not grow with the file.
    buffer: Vec<u8>,
}

impl Slices {
    /// Takes over what is wanted now; what was wanted before and is no more is given up. The reads
    /// that are new.
    pub fn want(&mut self, reads: Vec<Read>) -> Vec<Read> {
        let new = reads.iter().copied().filter(|read| !self.wanted.contains(read)).collect();
        self.arrived.retain(|(read, _)| reads.contains(read));
        self.wanted = reads;
        new
    }

    /// An answer has come.
    pub fn arrive(&mut self, read: Read, answer: Option<ArrayBuffer>) {
        self.arrived.push((read, answer));
    }

    /// The answer to a read, if it is there.
    pub fn take(&mut self, read: Read) -> Option<Option<ArrayBuffer>> {
        let at = self.arrived.iter().position(|(known, _)| *known == read)?;
        Some(self.arrived.swap_remove(at).1)
    }

    /// The bytes of an answer, copied once into wasm memory.
    ///
    /// The answer's own buffer is left to the browser. Detaching it (`transfer(0)`) only seems to
    /// free it: the browser's wrapper holds the bytes on, and the engine, which no longer counts
    /// them, sees no reason to look for garbage. Measured on 257 MB in slices: 392 MB at the peak
    /// with detaching, 254 MB without.
    pub fn bytes(&mut self, answer: &ArrayBuffer) -> &[u8] {
        let array = Uint8Array::new(answer);
        let length = array.length() as usize;
        if self.buffer.len() < length {
            self.buffer.resize(length, 0);
        }
        let bytes = self.buffer.get_mut(..length).unwrap_or_default();
        array.copy_to(bytes);
        bytes
    }
}
