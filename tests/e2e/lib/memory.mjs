// What stands in the memory of the page's own WebAssembly, read from outside it.

/** For `before`: keeps the memory of the page's own wasm where a test can read it. */
export const keepMemory = (page) => page.addInitScript(() => {
  const real = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...given) => {
    const made = await real.apply(WebAssembly, given);
    globalThis.__memory = (made.instance ?? made).exports.memory;
    return made;
  };
});

/** Of the patients of tests/exports/klinik: a name, and a number in both its forms. */
export const NEEDLES = ["Karen Opdigtet", "610535-1112", "6105351112"];

/** Needles that stand in that memory now. */
export const inMemory = (page) => page.evaluate((needles) => {
  const text = new TextDecoder("latin1").decode(new Uint8Array(globalThis.__memory.buffer));
  return needles.filter((needle) => text.includes(needle));
}, NEEDLES);
