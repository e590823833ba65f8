//! The worker's side of the border: takes requests, drives the session, posts replies.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{ArrayBuffer, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{MessageEvent, MessagePort};

use crate::protocol::{Envelope, Job, JobDone, Read, Reply, Request, ToPage};
use crate::session::{LEAST_SHARE, Rehearsal, Session, Step, WINDOW_BYTES};
use crate::web::scope::{Heard, Scope};
use crate::web::slices::Slices;

/// Progress is posted at most this often, in milliseconds.
const PROGRESS_EVERY: f64 = 100.0;
/// Messages of the page are let in at least this often while working, in milliseconds.
const BREATHE_EVERY: f64 = 50.0;
/// So many rehearsals at most …
const REHEARSALS: u32 = 24;
/// … after so many milliseconds: whoever has the files at hand does not wait for one.
const IDLE_BEFORE_REHEARSAL: i32 = 400;

/// Everything the worker owns. Nothing of it is borrowed across an await.
struct Host {
    scope: Scope,
    session: RefCell<Session>,
    slices: RefCell<Slices>,
    /// To the helper, once there is one.
    port: RefCell<Option<MessagePort>>,
    /// A loop is working; what comes in meanwhile waits for it.
    working: Cell<bool>,
    /// Number of the latest request, which may have begun something to read.
    number: Cell<u32>,
    last_progress: Cell<f64>,
    last_breath: Cell<f64>,
}

/// Starts listening and says so.
pub fn start(scope: Scope) {
    let host = Rc::new(Host {
        scope: scope.clone(),
        session: RefCell::default(),
        slices: RefCell::default(),
        port: RefCell::default(),
        working: Cell::new(false),
        number: Cell::new(0),
        last_progress: Cell::new(0.0),
        last_breath: Cell::new(0.0),
    });
    let listening = Rc::clone(&host);
    scope.listen(move |heard| Rc::clone(&listening).receive(heard));
    spawn_local(host.rehearse());
}

impl Host {
    fn receive(self: Rc<Self>, heard: Heard) {
        match heard {
            Heard::Ask(envelope) => self.answer(&envelope),
            Heard::Bytes(read, answer) => self.slices.borrow_mut().arrive(read, answer),
            Heard::Port(port) => Rc::clone(&self).connect(port),
        }
        self.go_on();
    }

    fn go_on(self: Rc<Self>) {
        if !self.working.replace(true) {
            spawn_local(self.work());
        }
    }

    fn connect(self: Rc<Self>, port: MessagePort) {
        let host = Rc::clone(&self);
        let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            match serde_wasm_bindgen::from_value::<JobDone>(event.data()) {
                Ok(done) => host.session.borrow_mut().returned(done),
                Err(_) => return host.scope.died(),
            }
            Rc::clone(&host).go_on();
        });
        port.set_onmessage(Some(listen.as_ref().unchecked_ref()));
        listen.forget();
        self.port.replace(Some(port));
    }

    /// While nothing is asked: reads the profiles, then rehearses, since browsers compile well only
    /// what has run often, and what is read first would pay for that.
    async fn rehearse(self: Rc<Self>) {
        while self.number.get() == 0 && self.prepare().await {}
        self.wait(IDLE_BEFORE_REHEARSAL).await;
        let mut rehearsal = Rehearsal::default();
        for round in 0..REHEARSALS {
            self.wait(0).await;
            if self.number.get() > 0 {
                return;
            }
            rehearsal.round(round);
        }
    }

    /// Does a little ahead of time and lets messages in; `false` = everything is done.
    async fn prepare(&self) -> bool {
        let more = self.session.borrow_mut().prepare();
        if more {
            self.wait(0).await;
        }
        more
    }

    fn answer(&self, envelope: &Envelope<Request>) {
        self.number.set(envelope.number);
        let mut tell = |reply| self.post(envelope.number, reply);
        self.session.borrow_mut().request(&envelope.message, &mut tell);
    }

    /// Works until the session is idle or waits for the page to read, or for the helper.
    async fn work(self: Rc<Self>) {
        loop {
            self.lend();
            self.want();
            let step = self.session.borrow().step();
            match step {
                Step::Work => {
                    let mut tell = |reply| self.post(self.number.get(), reply);
                    self.session.borrow_mut().work(&mut tell);
                    self.breathe().await;
                }
                Step::Push(read) => {
                    let taken = self.slices.borrow_mut().take(read);
                    match taken {
                        Some(answer) => self.push(read, answer.as_ref()),
                        // The page is still reading.
                        None if self.prepare().await => {}
                        None => break,
                    }
                }
                Step::Wait | Step::Idle => break,
            }
        }
        self.working.set(false);
    }

    /// Gives the helper its share.
    fn lend(&self) {
        let port = self.port.borrow();
        let Some(port) = port.as_ref() else { return };
        let mut session = self.session.borrow_mut();
        let Some(job) = session.lend(LEAST_SHARE) else { return };
        if give(port, &job).is_err() {
            session.returned(JobDone { job, part: None });
        }
    }

    /// Asks the page for the reads that are not under way.
    fn want(&self) {
        let new = self.slices.borrow_mut().want(self.session.borrow().reads(WINDOW_BYTES));
        if !new.is_empty() {
            self.scope.say(&ToPage::Wanted(new));
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
        self.scope.say(&ToPage::Say(Envelope { number, message: reply }));
    }

    /// Lets waiting messages in between two pieces of work.
    async fn breathe(&self) {
        if self.due(&self.last_breath, BREATHE_EVERY) {
            self.wait(0).await;
        }
    }

    /// Lets waiting messages in for so many milliseconds at least.
    async fn wait(&self, milliseconds: i32) {
        let scope = self.scope.clone();
        let promise =
            Promise::new(&mut move |resolve: Function, _| scope.after(milliseconds, &resolve));
        let _ = JsFuture::from(promise).await;
    }

    /// Has so much time passed since the last time it had?
    fn due(&self, last: &Cell<f64>, every: f64) -> bool {
        let now = self.scope.now();
        let due = now - last.get() >= every;
        if due {
            last.set(now);
        }
        due
    }
}

fn give(port: &MessagePort, job: &Job) -> Result<(), JsValue> {
    port.post_message(&serde_wasm_bindgen::to_value(job)?)
}
