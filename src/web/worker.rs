//! The worker's side of the border: takes requests, drives the session, posts replies.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

use crate::protocol::{Envelope, Reply, Request};
use crate::session::{Read, Session, Step};
use crate::web::reader::{IN_FLIGHT, Reader};

/// Progress is posted at most this often, in milliseconds.
const PROGRESS_EVERY: f64 = 100.0;
/// Messages of the page are let in at least this often while working, in milliseconds.
const BREATHE_EVERY: f64 = 50.0;

/// Everything the worker owns. Nothing of it is borrowed across an await.
struct Host {
    scope: DedicatedWorkerGlobalScope,
    session: RefCell<Session>,
    reader: RefCell<Reader>,
    /// A loop is reading; a further `Open` joins it.
    reading: Cell<bool>,
    last_progress: Cell<f64>,
    last_breath: Cell<f64>,
}

/// Starts listening and says so.
pub fn start() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    report_panics(scope.clone());
    let host = Rc::new(Host {
        scope: scope.clone(),
        session: RefCell::new(Session::new()),
        reader: RefCell::default(),
        reading: Cell::new(false),
        last_progress: Cell::new(0.0),
        last_breath: Cell::new(0.0),
    });
    let listener = Rc::clone(&host);
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        Rc::clone(&listener).receive(&event.data());
    });
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    host.post(0, Reply::Ready);
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
    /// A message of the page: `[envelope, handles]`.
    fn receive(self: Rc<Self>, data: &JsValue) {
        let parts = Array::from(data);
        match serde_wasm_bindgen::from_value::<Envelope<Request>>(parts.get(0)) {
            Ok(envelope) => self.answer(&envelope, &parts.get(1)),
            Err(_) => self.died(),
        }
    }

    fn answer(self: Rc<Self>, envelope: &Envelope<Request>, handles: &JsValue) {
        let number = envelope.number;
        let handles = Array::from(handles);
        self.reader.borrow_mut().add(handles.iter().map(|file| file.unchecked_into::<File>()));
        let mut tell = |reply| self.post(number, reply);
        self.session.borrow_mut().request(&envelope.message, &mut tell);
        if !self.reading.get() && self.session.borrow().step() != Step::Idle {
            self.reading.set(true);
            spawn_local(Rc::clone(&self).read(number));
        }
    }

    /// Reads until the session has nothing more to read.
    async fn read(self: Rc<Self>, number: u32) {
        loop {
            let reads = self.session.borrow().reads(IN_FLIGHT);
            self.reader.borrow_mut().start(reads);
            let step = self.session.borrow().step();
            match step {
                Step::Work => {
                    let mut tell = |reply| self.post(number, reply);
                    self.session.borrow_mut().work(&mut tell);
                    self.breathe().await;
                }
                Step::Push(read) => self.push(number, read).await,
                Step::Idle => break,
            }
        }
        self.reading.set(false);
    }

    async fn push(&self, number: u32, read: Read) {
        let promise = self.reader.borrow_mut().take(read);
        let answer = match promise {
            Some(promise) => promise.await.ok(),
            None => None,
        };
        let mut tell = |reply| self.post(number, reply);
        let mut session = self.session.borrow_mut();
        match answer {
            Some(answer) => {
                session.push(read, self.reader.borrow_mut().bytes(&answer), &mut tell);
            }
            None => session.unreadable(read, &mut tell),
        }
    }

    fn post(&self, number: u32, reply: Reply) {
        if matches!(reply, Reply::Progress(_)) && !self.due(&self.last_progress, PROGRESS_EVERY) {
            return;
        }
        match serde_wasm_bindgen::to_value(&Envelope { number, message: reply }) {
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
