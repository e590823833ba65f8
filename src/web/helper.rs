//! The helper: a second worker that reads part of the tables for the first one.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, MessagePort};

use crate::protocol::{Job, JobDone, ToPage};
use crate::session::{Helper, WINDOW_BYTES};
use crate::web::scope::{Heard, Scope, buffers};
use crate::web::slices::Slices;

struct Host {
    scope: Scope,
    helper: Helper,
    slices: Slices,
    /// To the worker.
    port: Option<MessagePort>,
}

/// Starts listening and says so.
pub fn start(scope: Scope) {
    let host = Host {
        scope: scope.clone(),
        helper: Helper::default(),
        slices: Slices::default(),
        port: None,
    };
    let host = Rc::new(RefCell::new(host));
    scope.listen(move |heard| match heard {
        Heard::Bytes(read, answer) => {
            host.borrow_mut().slices.arrive(read, answer);
            host.borrow_mut().work();
        }
        Heard::Port(port) => connect(&host, port),
        // Requests are the worker's.
        Heard::Ask(_) => {}
    });
}

fn connect(host: &Rc<RefCell<Host>>, port: MessagePort) {
    let listener = Rc::clone(host);
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let mut host = listener.borrow_mut();
        match serde_wasm_bindgen::from_value::<Job>(event.data()) {
            Ok(job) => host.helper.add(job),
            Err(_) => return host.scope.died(),
        }
        host.work();
    });
    port.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    host.borrow_mut().port = Some(port);
}

impl Host {
    /// Works until the page has to read.
    fn work(&mut self) {
        loop {
            let reads = self.helper.reads(WINDOW_BYTES);
            let next = reads.first().copied();
            let new = self.slices.want(reads);
            if !new.is_empty() {
                self.scope.say(&ToPage::Wanted(new));
            }
            let Some(read) = next else { return };
            let Some(answer) = self.slices.take(read) else { return };
            let bytes = answer.as_ref().map(|answer| self.slices.bytes(answer));
            if let Some(done) = self.helper.push(read, bytes) {
                self.answer(&done);
            }
        }
    }

    fn answer(&self, done: &JobDone) {
        let value = serde_wasm_bindgen::to_value(done);
        match (value, &self.port) {
            (Ok(value), Some(port)) => {
                // The arrays move instead of being copied once more.
                let posted = port.post_message_with_transferable(&value, &buffers(&value));
                if posted.is_err() {
                    // The worker waits for this answer.
                    self.scope.died();
                }
            }
            _ => self.scope.died(),
        }
    }
}
