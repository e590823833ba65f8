//! The page's side of the border: starts a worker from the module that is already compiled, sends
//! requests, hears replies.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, ErrorEvent, File, MessageEvent, Url, Worker};

use crate::protocol::{Envelope, Reply, Request};

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
    worker: Worker,
    /// Requests from before [`Reply::Ready`]; `None` afterwards.
    waiting: Rc<RefCell<Option<Vec<JsValue>>>>,
    ended: Rc<Cell<bool>>,
    _listen: Closure<dyn FnMut(MessageEvent)>,
    _fail: Closure<dyn FnMut(ErrorEvent)>,
}

impl Link {
    /// Starts a worker.
    ///
    /// # Errors
    /// The browser refuses to make one.
    pub fn start(hear: impl Fn(Heard) + 'static) -> Result<Self, JsValue> {
        let worker = Worker::new(&script()?)?;
        let (hear, ended) = (Rc::new(hear), Rc::new(Cell::new(false)));
        let waiting = Rc::new(RefCell::new(Some(Vec::new())));
        let listen = listener(&worker, &waiting, &ended, &hear);
        let fail = {
            let ended = Rc::clone(&ended);
            Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
                event.prevent_default();
                if !ended.get() {
                    hear(Heard::Died);
                }
            })
        };
        worker.set_onmessage(Some(listen.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        worker.post_message(&wasm_bindgen::module())?;
        Ok(Self { worker, waiting, ended, _listen: listen, _fail: fail })
    }

    /// Sends a request with the handles that belong to it.
    pub fn send(&self, number: u32, message: Request, files: &[File]) {
        let envelope = serde_wasm_bindgen::to_value(&Envelope { number, message });
        let Ok(envelope) = envelope else { return };
        let handles: Array = files.iter().collect();
        let message: JsValue = Array::of2(&envelope, &handles).into();
        match self.waiting.borrow_mut().as_mut() {
            Some(waiting) => waiting.push(message),
            None => drop(self.worker.post_message(&message)),
        }
    }

    /// Ends the worker and everything it holds; nothing is heard of it afterwards.
    pub fn end(&self) {
        self.ended.set(true);
        self.worker.terminate();
    }
}

fn listener(
    worker: &Worker,
    waiting: &Rc<RefCell<Option<Vec<JsValue>>>>,
    ended: &Rc<Cell<bool>>,
    hear: &Rc<impl Fn(Heard) + 'static>,
) -> Closure<dyn FnMut(MessageEvent)> {
    let (worker, waiting) = (worker.clone(), Rc::clone(waiting));
    let (ended, hear) = (Rc::clone(ended), Rc::clone(hear));
    Closure::new(move |event: MessageEvent| {
        if ended.get() {
            return;
        }
        match serde_wasm_bindgen::from_value::<Envelope<Reply>>(event.data()) {
            Ok(Envelope { message: Reply::Ready, .. }) => {
                for message in waiting.take().unwrap_or_default() {
                    let _ = worker.post_message(&message);
                }
            }
            Ok(envelope) => hear(Heard::Reply(envelope.number, Box::new(envelope.message))),
            Err(_) => hear(Heard::Died),
        }
    })
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
