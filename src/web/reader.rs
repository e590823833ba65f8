//! Reads slices of dropped files for the worker. The page does this, since it has little else to
//! do: a worker that reads and parses in turn leaves the disk idle while it parses.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, Worker};

use crate::protocol::{Read, ToWorker};

/// The files given to one worker.
#[derive(Clone, Default)]
pub struct Reader {
    files: Rc<RefCell<Vec<File>>>,
}

impl Reader {
    /// Adds handles; they are counted over the whole life of the worker.
    pub fn add(&self, files: &[File]) {
        self.files.borrow_mut().extend_from_slice(files);
    }

    /// Every handle.
    #[must_use]
    pub fn all(&self) -> Array {
        self.files.borrow().iter().collect()
    }

    /// Starts a read; the worker gets its bytes, or the news that there are none.
    pub fn start(&self, read: Read, worker: &Worker) {
        let slice = self.slice(read);
        let worker = worker.clone();
        spawn_local(async move {
            let buffer = match slice {
                Some(promise) => promise.await.ok(),
                None => None,
            };
            answer(read, buffer, &worker);
        });
    }

    fn slice(&self, read: Read) -> Option<JsFuture> {
        let files = self.files.borrow();
        // Exact in f64 up to 2^53, far above any file.
        let (start, end) = (read.offset as f64, (read.offset + read.length) as f64);
        let blob = files.get(read.file)?.slice_with_f64_and_f64(start, end).ok()?;
        Some(JsFuture::from(blob.array_buffer()))
    }
}

/// The bytes move to the worker; nothing of them stays with the page.
fn answer(read: Read, buffer: Option<JsValue>, worker: &Worker) {
    let Ok(message) = serde_wasm_bindgen::to_value(&ToWorker::Bytes(read)) else { return };
    let buffers: Array = buffer.iter().collect();
    let _ = worker.post_message_with_transfer(&Array::of2(&message, &buffers), &buffers);
}
