//! Overwrites the memory that the page has given back: freed texts stay readable until something
//! else is written there. Of what the browser keeps itself nothing can be overwritten from here.

use std::hint::black_box;

/// Sizes of the gaps that are filled, largest first; the last is the smallest that is handed out.
const SIZES: [usize; 7] = [1 << 20, 1 << 16, 1 << 12, 1 << 9, 1 << 7, 1 << 5, 8];

/// Fills every gap of each size until memory would have to grow, then gives all of it back.
pub fn wipe() {
    let mut blocks: Vec<Vec<u8>> = Vec::new();
    for size in SIZES {
        let before = pages();
        while pages() == before {
            blocks.push(black_box(vec![1; size]));
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn pages() -> usize {
    core::arch::wasm32::memory_size::<0>()
}

/// Elsewhere the page does not run.
#[cfg(not(target_arch = "wasm32"))]
fn pages() -> usize {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    ASKED.fetch_add(1, Ordering::Relaxed)
}
