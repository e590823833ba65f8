//! The world of a worker: what it hears, what it says to the page.

use js_sys::{Array, ArrayBuffer, Object, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, MessagePort};

use crate::protocol::{Envelope, Read, Request, ToPage, ToWorker};

/// Name of the worker that helps.
pub const HELPER: &str = "helper";

/// The buffers of all byte arrays in a message.
pub fn buffers(message: &JsValue) -> Array {
    let found = Array::new();
    collect_buffers(message, &found);
    found
}

fn collect_buffers(value: &JsValue, into: &Array) {
    if let Some(bytes) = value.dyn_ref::<Uint8Array>() {
        into.push(&bytes.buffer());
    } else if let Some(items) = value.dyn_ref::<Array>() {
        items.iter().for_each(|item| collect_buffers(&item, into));
    } else if let Some(object) = value.dyn_ref::<Object>() {
        Object::values(object).iter().for_each(|item| collect_buffers(&item, into));
    }
}

/// What a worker hears of the page.
pub enum Heard {
    /// A request.
    Ask(Envelope<Request>),
    /// The answer to a read; `None` = cannot be read.
    Bytes(Read, Option<ArrayBuffer>),
    /// The port to the other worker.
    Port(MessagePort),
}

/// The worker's global scope.
#[derive(Clone)]
pub struct Scope(DedicatedWorkerGlobalScope);

impl Scope {
    /// Where this runs; it must be a worker.
    #[must_use]
    pub fn here() -> Self {
        Self(js_sys::global().unchecked_into())
    }

    /// Is this the worker that helps?
    #[must_use]
    pub fn is_helper(&self) -> bool {
        self.0.name() == HELPER
    }

    /// Listens from now on, and tells the page so. A panic tells the page at once: a worker that
    /// died must never look like a slow one.
    pub fn listen(&self, mut hear: impl FnMut(Heard) + 'static) {
        std::panic::set_hook(Box::new(|info| {
            console_error_panic_hook::hook(info);
            // The hook must be Send + Sync; the scope is looked up again instead of carried along.
            Self::here().died();
        }));
        let scope = self.clone();
        let listen =
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                match heard(&event.data()) {
                    Some(heard) => hear(heard),
                    None => scope.died(),
                }
            });
        self.0.set_onmessage(Some(listen.as_ref().unchecked_ref()));
        listen.forget();
        self.say(&ToPage::Ready);
    }

    /// Says something to the page.
    pub fn say(&self, message: &ToPage) {
        match serde_wasm_bindgen::to_value(message) {
            Ok(value) => drop(self.0.post_message(&value)),
            Err(_) => self.died(),
        }
    }

    /// Nothing of this worker can be relied on any more.
    pub fn died(&self) {
        let _ = self.0.post_message(&JsValue::NULL);
    }

    /// Milliseconds since the worker began.
    #[must_use]
    pub fn now(&self) -> f64 {
        self.0.performance().map_or(f64::MAX, |performance| performance.now())
    }

    /// Calls back when waiting messages have been let in for so many milliseconds.
    pub fn after(&self, milliseconds: i32, callback: &js_sys::Function) {
        let set =
            self.0.set_timeout_with_callback_and_timeout_and_arguments_0(callback, milliseconds);
        drop(set);
    }
}

/// A message of the page: `[message, what travels with it]`.
fn heard(data: &JsValue) -> Option<Heard> {
    let parts = Array::from(data);
    let message = serde_wasm_bindgen::from_value::<ToWorker>(parts.get(0)).ok()?;
    let beside = parts.get(1).dyn_into::<Array>().map_or(JsValue::UNDEFINED, |all| all.get(0));
    Some(match message {
        ToWorker::Ask(envelope) => Heard::Ask(envelope),
        ToWorker::Bytes(read) => Heard::Bytes(read, beside.dyn_into().ok()),
        ToWorker::Port => Heard::Port(beside.dyn_into().ok()?),
    })
}
