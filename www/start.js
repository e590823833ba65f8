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

  if (typeof WebAssembly !== "object") return explain("boot-no-wasm");
  if (typeof DecompressionStream !== "function" || typeof wasm_bindgen !== "function") {
    return explain("boot-old");
  }
  new Response(unpacked()).arrayBuffer()
    .then(function (bytes) { return WebAssembly.compile(bytes); })
    .then(function (module) { return wasm_bindgen({ module_or_path: module }); })
    .then(lock)
    .catch(function (error) {
      console.error(error);
      explain("boot-old");
    });
})();
