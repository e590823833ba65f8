//! The page's side of the border: starts a worker from the module that is already compiled, sends
//! requests, does the reads it wants, hears replies.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, ErrorEvent, File, MessageEvent, Url, Worker};

use crate::protocol::{Envelope, Reply, Request, ToPage, ToWorker};
use crate::web::reader::Reader;

/// Appended to the glue: the first message is the module. A promise that fails unheard is a dead
/// worker, which the page must learn (`null`).
const WORKER_START: &str = "\nonunhandledrejection = () => postMessage(null);\
    \nonmessage = event => { onmessage = null; wasm_bindgen({ module_or_path: event.data }); };\n";

/// What the page hears.
pub enum Heard {
    /// A reply to the request of this number.
    Reply(u32, Box<Reply>),
    /// The worker is gone; nothing it said is to be shown.
    Died,
}

/// A running worker.
pub struct Link {
    state: Rc<State>,
    _listen: Closure<dyn FnMut(MessageEvent)>,
    _fail: Closure<dyn FnMut(ErrorEvent)>,
}

/// What the listeners share.
struct State {
    worker: Worker,
    reader: Reader,
    /// Requests from before [`ToPage::Ready`]; `None` afterwards.
    waiting: RefCell<Option<Vec<JsValue>>>,
    ended: Cell<bool>,
}

impl Link {
    /// Starts a worker.
    ///
    /// # Errors
    /// The browser refuses to make one.
    pub fn start(hear: impl Fn(Heard) + 'static) -> Result<Self, JsValue> {
        let worker = Worker::new(&script()?)?;
        let state = Rc::new(State {
            worker: worker.clone(),
            reader: Reader::default(),
            waiting: RefCell::new(Some(Vec::new())),
            ended: Cell::new(false),
        });
        let hear = Rc::new(hear);
        let (heard, listening) = (Rc::clone(&hear), Rc::clone(&state));
        let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if !listening.ended.get() {
                listening.receive(event.data(), &*heard);
            }
        });
        let failing = Rc::clone(&state);
        let fail = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            if !failing.ended.get() {
                hear(Heard::Died);
            }
        });
        worker.set_onmessage(Some(listen.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        worker.post_message(&wasm_bindgen::module())?;
        Ok(Self { state, _listen: listen, _fail: fail })
    }

    /// Handles of the files that the next request announces.
    pub fn add_files(&self, files: &[File]) {
        self.state.reader.add(files);
    }

    /// Sends a request.
    pub fn send(&self, number: u32, message: Request) {
        let ask = ToWorker::Ask(Envelope { number, message });
        let Ok(ask) = serde_wasm_bindgen::to_value(&ask) else { return };
        let message: JsValue = Array::of1(&ask).into();
        match self.state.waiting.borrow_mut().as_mut() {
            Some(waiting) => waiting.push(message),
            None => drop(self.state.worker.post_message(&message)),
        }
    }

    /// Ends the worker and everything it holds; nothing is heard of it afterwards.
    pub fn end(&self) {
        self.state.ended.set(true);
        self.state.worker.terminate();
    }
}

impl State {
    fn receive(&self, data: JsValue, hear: &impl Fn(Heard)) {
        match serde_wasm_bindgen::from_value::<ToPage>(data) {
            Ok(ToPage::Ready) => {
                for message in self.waiting.take().unwrap_or_default() {
                    let _ = self.worker.post_message(&message);
                }
            }
            Ok(ToPage::Say(envelope)) => {
                hear(Heard::Reply(envelope.number, Box::new(envelope.message)));
            }
            Ok(ToPage::Wanted(reads)) => {
                reads.into_iter().for_each(|read| self.reader.start(read, &self.worker));
            }
            Err(_) => hear(Heard::Died),
        }
    }
}

thread_local! {
    /// Address of the worker's script; the same for every worker of this page.
    static SCRIPT: RefCell<Option<String>> = const { RefCell::new(None) };
}

fn script() -> Result<String, JsValue> {
    if let Some(url) = SCRIPT.with_borrow(Clone::clone) {
        return Ok(url);
    }
    let document = web_sys::window().and_then(|window| window.document());
    let glue = document
        .and_then(|document| document.get_element_by_id("glue"))
        .and_then(|glue| glue.text_content())
        .ok_or("the glue is missing")?;
    let parts = Array::of2(&glue.into(), &WORKER_START.into());
    let kind = BlobPropertyBag::new();
    kind.set_type("text/javascript");
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    SCRIPT.set(Some(url.clone()));
    Ok(url)
}
