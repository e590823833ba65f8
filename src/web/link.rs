//! The page's side of the border: starts a worker from the module that is already compiled, sends
//! requests, does the reads it wants, hears replies.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, File, MessageChannel, MessageEvent, Worker, WorkerOptions};

use crate::protocol::{Envelope, Reply, Request, ToPage, ToWorker};
use crate::web::reader::Reader;
use crate::web::scope::HELPER;

/// What the page hears.
pub enum Heard {
    /// A reply to the request of this number.
    Reply(u32, Box<Reply>),
    /// The worker is gone; nothing it said is to be shown.
    Died,
}

/// A running worker and its helper.
pub struct Link {
    state: Rc<State>,
}

/// What the listeners share.
struct State {
    engine: RefCell<Option<Thread>>,
    helper: RefCell<Option<Thread>>,
    reader: Reader,
    /// Requests from before [`ToPage::Ready`]; `None` afterwards.
    waiting: RefCell<Option<Vec<JsValue>>>,
    ended: Cell<bool>,
    hear: Box<dyn Fn(Heard)>,
}

/// A worker with its listeners.
struct Thread {
    worker: Worker,
    _listen: Closure<dyn FnMut(MessageEvent)>,
    _fail: Closure<dyn FnMut(ErrorEvent)>,
}

/// Which of the two.
#[derive(Clone, Copy)]
enum Role {
    Engine,
    Helper,
}

impl Link {
    /// Starts a worker.
    ///
    /// # Errors
    /// The browser refuses to make one.
    pub fn start(hear: impl Fn(Heard) + 'static) -> Result<Self, JsValue> {
        let state = Rc::new(State {
            engine: RefCell::default(),
            helper: RefCell::default(),
            reader: Reader::default(),
            waiting: RefCell::new(Some(Vec::new())),
            ended: Cell::new(false),
            hear: Box::new(hear),
        });
        state.engine.replace(Some(Thread::start(Role::Engine, &state)?));
        Ok(Self { state })
    }

    /// Handles of the files that the next request announces.
    pub fn add_files(&self, files: &[File]) {
        self.state.reader.add(files);
    }

    /// Them all.
    #[must_use]
    pub fn files(&self) -> Array {
        self.state.reader.all()
    }

    /// Sends a request.
    pub fn send(&self, number: u32, message: Request) {
        let ask = ToWorker::Ask(Envelope { number, message });
        let Ok(ask) = serde_wasm_bindgen::to_value(&ask) else { return };
        let message: JsValue = Array::of1(&ask).into();
        match self.state.waiting.borrow_mut().as_mut() {
            Some(waiting) => waiting.push(message),
            None => self.state.post(&message),
        }
    }

    /// Ends the workers and everything they hold; nothing is heard of them afterwards.
    pub fn end(&self) {
        self.state.ended.set(true);
        for thread in [self.state.engine.take(), self.state.helper.take()].into_iter().flatten() {
            thread.worker.terminate();
        }
    }
}

impl State {
    fn post(&self, message: &JsValue) {
        if let Some(engine) = self.engine.borrow().as_ref() {
            let _ = engine.worker.post_message(message);
        }
    }

    fn receive(self: &Rc<Self>, role: Role, worker: &Worker, data: JsValue) {
        match serde_wasm_bindgen::from_value::<ToPage>(data) {
            Ok(ToPage::Ready) => match role {
                Role::Engine => self.engine_is_ready(),
                Role::Helper => self.introduce(),
            },
            Ok(ToPage::Say(envelope)) => {
                (self.hear)(Heard::Reply(envelope.number, Box::new(envelope.message)));
            }
            Ok(ToPage::Wanted(reads)) => {
                reads.into_iter().for_each(|read| self.reader.start(read, worker));
            }
            Err(_) => (self.hear)(Heard::Died),
        }
    }

    fn engine_is_ready(self: &Rc<Self>) {
        for message in self.waiting.take().unwrap_or_default() {
            self.post(&message);
        }
        // Without a helper, or on one core, the worker reads everything itself.
        if cores() > 1.0 {
            self.helper.replace(Thread::start(Role::Helper, self).ok());
        }
    }

    /// Gives worker and helper a port to each other.
    fn introduce(&self) {
        let Ok(channel) = MessageChannel::new() else { return };
        for (thread, port) in [(&self.helper, channel.port1()), (&self.engine, channel.port2())] {
            let Ok(message) = serde_wasm_bindgen::to_value(&ToWorker::Port) else { return };
            let ports = Array::of1(&port);
            if let Some(thread) = thread.borrow().as_ref() {
                let message = Array::of2(&message, &ports);
                let _ = thread.worker.post_message_with_transfer(&message, &ports);
            }
        }
    }
}

fn cores() -> f64 {
    web_sys::window().map_or(1.0, |window| window.navigator().hardware_concurrency())
}

impl Thread {
    fn start(role: Role, state: &Rc<State>) -> Result<Self, JsValue> {
        let worker = match role {
            Role::Engine => first_worker().map_or_else(|| Worker::new(&script()?), Ok)?,
            Role::Helper => {
                let options = WorkerOptions::new();
                options.set_name(HELPER);
                Worker::new_with_options(&script()?, &options)?
            }
        };
        let (listening, from) = (Rc::downgrade(state), worker.clone());
        let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(state) = listening.upgrade().filter(|state| !state.ended.get()) {
                state.receive(role, &from, event.data());
            }
        });
        let failing = Rc::downgrade(state);
        let fail = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            if let Some(state) = failing.upgrade().filter(|state| !state.ended.get()) {
                (state.hear)(Heard::Died);
            }
        });
        worker.set_onmessage(Some(listen.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        worker.post_message(&wasm_bindgen::module())?;
        Ok(Self { worker, _listen: listen, _fail: fail })
    }
}

/// What `start.js` has prepared. It is `None` where the browser makes no workers.
fn prepared() -> Option<JsValue> {
    let prepared = Reflect::get(&js_sys::global(), &"profilblik".into()).ok()?;
    prepared.is_object().then_some(prepared)
}

/// The worker that was started with the page; once.
fn first_worker() -> Option<Worker> {
    let prepared = prepared()?;
    let worker = Reflect::get(&prepared, &"worker".into()).ok()?.dyn_into().ok()?;
    Reflect::set(&prepared, &"worker".into(), &JsValue::NULL).ok()?;
    Some(worker)
}

/// Address of the script of every worker of this page.
fn script() -> Result<String, JsValue> {
    let prepared = prepared().ok_or("no workers")?;
    Reflect::get(&prepared, &"script".into())?.as_string().ok_or_else(|| "no script".into())
}
