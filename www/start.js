// Starts the page: tests what the browser can do, unpacks the wasm, starts it, and locks the page.
// Old syntax on purpose: it must be able to say that a browser is too old.
(function () {
  "use strict";
  // INVARIANT: after this nothing can be loaded, compiled or connected to. Workers stay possible,
  // since every one of them is handed the module that is compiled already.
  var LOCK = "default-src 'none'; script-src 'none'; style-src 'none'; img-src 'none'; " +
    "connect-src 'none'; worker-src blob:; form-action 'none'; base-uri 'none'; object-src 'none'";

  function explain(id) {
    document.getElementById("boot-wait").hidden = true;
    document.getElementById(id).hidden = false;
  }

  function lock() {
    var meta = document.createElement("meta");
    meta.httpEquiv = "Content-Security-Policy";
    meta.content = LOCK;
    document.head.appendChild(meta);
  }

  function unpacked() {
    var block = document.getElementById("wasm");
    var text = atob(block.textContent);
    block.remove();
    var bytes = new Uint8Array(text.length);
    for (var i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  }

  // The first message is the module. A promise that fails unheard is a dead worker, which the page
  // must learn (`null`).
  var WORKER_START = "\nonunhandledrejection = () => postMessage(null);" +
    "\nonmessage = event => { onmessage = null; wasm_bindgen({ module_or_path: event.data }); };\n";

  // Address of the script of every worker, and the first worker: it starts while the wasm is still
  // being unpacked. Taken over in src/web/link.rs.
  function prepareWorker() {
    var glue = document.getElementById("glue").textContent;
    var script = URL.createObjectURL(new Blob([glue, WORKER_START], { type: "text/javascript" }));
    self.profilblik = { script: script, worker: new Worker(script) };
  }

  if (typeof WebAssembly !== "object") return explain("boot-no-wasm");
  if (typeof DecompressionStream !== "function" || typeof wasm_bindgen !== "function") {
    return explain("boot-old");
  }
  // Where there can be no worker, the page itself says so when it tries.
  try { prepareWorker(); } catch (error) { console.error(error); }
  new Response(unpacked()).arrayBuffer()
    .then(function (bytes) { return WebAssembly.compile(bytes); })
    .then(function (module) { return wasm_bindgen({ module_or_path: module }); })
    .then(lock)
    .catch(function (error) {
      console.error(error);
      explain("boot-old");
    });
})();
