//! Reads slices of dropped files for the session, several in flight at once.

use std::collections::VecDeque;

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::session::Read;

/// How many slices are read at once. One file is read no faster by more; across files and with
/// the parser at work between them, four keep the disk busy (measured: 2 → 4 saves a fifth).
pub const IN_FLIGHT: usize = 4;

/// Files of this session and slices that are being read.
#[derive(Default)]
pub struct Reader {
    files: Vec<File>,
    in_flight: VecDeque<(Read, Option<JsFuture>)>,
    /// One buffer for all slices, so that wasm memory does not grow with the file.
    buffer: Vec<u8>,
}

impl Reader {
    /// Adds handles; they are counted over the whole session.
    pub fn add(&mut self, files: impl IntoIterator<Item = File>) {
        self.files.extend(files);
    }

    /// Starts the reads that are not under way.
    pub fn start(&mut self, reads: Vec<Read>) {
        for read in reads {
            if !self.in_flight.iter().any(|(known, _)| *known == read) {
                let promise = self.slice(read);
                self.in_flight.push_back((read, promise));
            }
        }
    }

    /// Takes the promise of a read out; reads before it were given up. `None`: cannot be read.
    pub fn take(&mut self, read: Read) -> Option<JsFuture> {
        while let Some((known, promise)) = self.in_flight.pop_front() {
            if known == read {
                return promise;
            }
        }
        self.slice(read)
    }

    fn slice(&self, read: Read) -> Option<JsFuture> {
        let file = self.files.get(read.file)?;
        // Exact in f64 up to 2^53, far above any file.
        let (start, end) = (read.offset as f64, (read.offset + read.length) as f64);
        let blob = file.slice_with_f64_and_f64(start, end).ok()?;
        Some(JsFuture::from(blob.array_buffer()))
    }

    /// The bytes of an answer, copied once into wasm memory.
    pub fn bytes(&mut self, answer: &JsValue) -> &[u8] {
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
