//! The worker's side of the border: takes requests, drives the session, posts replies.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::protocol::{Envelope, Read, Reply, Request, ToPage, ToWorker};
use crate::session::{Session, Step, WINDOW_BYTES};

/// Progress is posted at most this often, in milliseconds.
const PROGRESS_EVERY: f64 = 100.0;
/// Messages of the page are let in at least this often while working, in milliseconds.
const BREATHE_EVERY: f64 = 50.0;

/// Everything the worker owns. Nothing of it is borrowed across an await.
struct Host {
    scope: DedicatedWorkerGlobalScope,
    session: RefCell<Session>,
    slices: RefCell<Slices>,
    /// A loop is working; what comes in meanwhile waits for it.
    working: Cell<bool>,
    /// Number of the latest request that may have begun something to read.
    number: Cell<u32>,
    last_progress: Cell<f64>,
    last_breath: Cell<f64>,
}

/// Slices on their way in.
#[derive(Default)]
struct Slices {
    /// Reads asked of the page and not pushed yet.
    wanted: Vec<Read>,
    /// Answers that came; `None` = cannot be read.
    arrived: Vec<(Read, Option<ArrayBuffer>)>,
    /// One buffer for all, so that wasm memory does not grow with the file.
    buffer: Vec<u8>,
}

/// Starts listening and says so.
pub fn start() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    report_panics(scope.clone());
    let host = Rc::new(Host {
        scope: scope.clone(),
        session: RefCell::new(Session::new()),
        slices: RefCell::default(),
        working: Cell::new(false),
        number: Cell::new(0),
        last_progress: Cell::new(0.0),
        last_breath: Cell::new(0.0),
    });
    let listener = Rc::clone(&host);
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        Rc::clone(&listener).receive(&event.data());
    });
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    host.send(&ToPage::Ready);
}

/// A panic tells the page at once (`null`): a worker that died must never look like a slow one.
fn report_panics(scope: DedicatedWorkerGlobalScope) {
    // The hook must be Send + Sync; the scope is looked up again instead of carried along.
    drop(scope);
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
        let _ = scope.post_message(&JsValue::NULL);
    }));
}

impl Host {
    /// A message of the page: `[message, buffers]`.
    fn receive(self: Rc<Self>, data: &JsValue) {
        let parts = Array::from(data);
        match serde_wasm_bindgen::from_value::<ToWorker>(parts.get(0)) {
            Ok(ToWorker::Ask(envelope)) => self.answer(&envelope),
            Ok(ToWorker::Bytes(read)) => {
                let buffer = Array::from(&parts.get(1)).get(0).dyn_into().ok();
                self.slices.borrow_mut().arrived.push((read, buffer));
            }
            Err(_) => return self.died(),
        }
        if !self.working.replace(true) {
            spawn_local(self.work());
        }
    }

    fn answer(&self, envelope: &Envelope<Request>) {
        self.number.set(envelope.number);
        let mut tell = |reply| self.post(envelope.number, reply);
        self.session.borrow_mut().request(&envelope.message, &mut tell);
    }

    /// Works until the session is idle or waits for the page to read.
    async fn work(self: Rc<Self>) {
        loop {
            self.want();
            let step = self.session.borrow().step();
            match step {
                Step::Work => {
                    let mut tell = |reply| self.post(self.number.get(), reply);
                    self.session.borrow_mut().work(&mut tell);
                    self.breathe().await;
                }
                Step::Push(read) => {
                    let Some(answer) = self.slices.borrow_mut().take(read) else { break };
                    self.push(read, answer.as_ref());
                }
                Step::Idle => break,
            }
        }
        self.working.set(false);
    }

    /// Asks the page for the reads that are not under way.
    fn want(&self) {
        let new = self.slices.borrow_mut().want(self.session.borrow().reads(WINDOW_BYTES));
        if !new.is_empty() {
            self.send(&ToPage::Wanted(new));
        }
    }

    fn push(&self, read: Read, answer: Option<&ArrayBuffer>) {
        let mut tell = |reply| self.post(self.number.get(), reply);
        let mut session = self.session.borrow_mut();
        match answer {
            Some(answer) => {
                session.push(read, self.slices.borrow_mut().bytes(answer), &mut tell);
            }
            None => session.unreadable(read, &mut tell),
        }
    }

    fn post(&self, number: u32, reply: Reply) {
        if matches!(reply, Reply::Progress(_)) && !self.due(&self.last_progress, PROGRESS_EVERY) {
            return;
        }
        self.send(&ToPage::Say(Envelope { number, message: reply }));
    }

    fn send(&self, message: &ToPage) {
        match serde_wasm_bindgen::to_value(message) {
            Ok(value) => drop(self.scope.post_message(&value)),
            Err(_) => self.died(),
        }
    }

    fn died(&self) {
        let _ = self.scope.post_message(&JsValue::NULL);
    }

    /// Lets waiting messages in between two pieces of work.
    async fn breathe(&self) {
        if self.due(&self.last_breath, BREATHE_EVERY) {
            let scope = self.scope.clone();
            let promise = Promise::new(&mut move |resolve: Function, _| {
                let _ = scope.set_timeout_with_callback(&resolve);
            });
            let _ = JsFuture::from(promise).await;
        }
    }

    /// Has so much time passed since the last time it had?
    fn due(&self, last: &Cell<f64>, every: f64) -> bool {
        let now = self.scope.performance().map_or(f64::MAX, |performance| performance.now());
        let due = now - last.get() >= every;
        if due {
            last.set(now);
        }
        due
    }
}

impl Slices {
    /// Takes over what is wanted now; what was wanted before and is no more is given up. The reads
    /// that are new.
    fn want(&mut self, reads: Vec<Read>) -> Vec<Read> {
        let new = reads.iter().copied().filter(|read| !self.wanted.contains(read)).collect();
        self.arrived.retain(|(read, _)| reads.contains(read));
        self.wanted = reads;
        new
    }

    /// The answer to a read, if it is there.
    fn take(&mut self, read: Read) -> Option<Option<ArrayBuffer>> {
        let at = self.arrived.iter().position(|(known, _)| *known == read)?;
        Some(self.arrived.swap_remove(at).1)
    }

    /// The bytes of an answer, copied once into wasm memory.
    fn bytes(&mut self, answer: &ArrayBuffer) -> &[u8] {
        let array = Uint8Array::new(answer);
        let length = array.length() as usize;
        if self.buffer.len() < length {
            self.buffer.resize(length, 0);
        }
        let bytes = self.buffer.get_mut(..length).unwrap_or_default();
        array.copy_to(bytes);
        // Freed now, not when the browser next looks for garbage. Older ones lack this.
        let _ = answer.transfer_to_fixed_length_with_length(0);
        bytes
    }
}
