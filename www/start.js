// Starts the page: tests what the browser can do, unpacks the wasm, starts it, and locks the page.
// Old syntax on purpose: it must be able to say that a browser is too old.
(function () {
  "use strict";
  // INVARIANT: after this no script can be run, and nothing loaded or connected to. Workers stay
  // possible: every one of them is handed the module that is compiled already, which Firefox takes
  // for compiling ('wasm-unsafe-eval').
  var LOCK = "default-src 'none'; script-src 'wasm-unsafe-eval'; style-src 'none'; img-src 'none'; " +
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

  // Probes of »Selvtjek«: 1 holds, 0 does not, 2 cannot be seen, 3 does not exist here. None of them reaches a network even
  // where the lock is missing: what they ask for stands in their own address.
  function refused(act) {
    return new Promise(function (done) { act(done); setTimeout(done, 2000, 0); });
  }

  function runsScript() {
    var script = document.createElement("script");
    self.profilblik.ran = false;
    script.textContent = "self.profilblik.ran = true";
    document.head.appendChild(script);
    script.remove();
    return self.profilblik.ran;
  }

  function runsText() {
    try { return new Function("return true")(); } catch (error) { return false; }
  }

  function stores() {
    var worker = navigator.serviceWorker;
    if (document.cookie || (worker && worker.controller)) return Promise.resolve(0);
    if (!navigator.storage || !navigator.storage.estimate) return Promise.resolve(2);
    return navigator.storage.estimate().then(function (all) { return all.usage ? 0 : 1; }, function () { return 2; });
  }

  function requested() {
    return performance.getEntriesByType("resource").some(function (one) { return !/^(blob|data):/.test(one.name); });
  }

  // A refusal names its policy, and of all policies only a header's can forbid frames.
  var headerSent = false;
  document.addEventListener("securitypolicyviolation", function (event) {
    headerSent = headerSent || /frame-ancestors/.test(event.originalPolicy);
  });

  // Refusals are heard a turn or two after they happen.
  function headerIsHeard(turns) {
    if (headerSent || turns === 0) return Promise.resolve(headerSent);
    return new Promise(function (done) {
      var turn = new MessageChannel();
      turn.port1.onmessage = done;
      turn.port2.postMessage(0);
    }).then(function () { return headerIsHeard(turns - 1); });
  }

  // The host's lock: 3 where there is no host. Whether a browser that knows the allowlist obeys it,
  // no page can see.
  function hostLocks() {
    if (location.protocol === "file:") return Promise.resolve([3, 3]);
    return headerIsHeard(50).then(function (sent) {
      var chromium = /Chrom(?:e|ium)\/(\d+)/.exec(navigator.userAgent);
      return [sent && self.crossOriginIsolated ? 1 : 0, sent && chromium && chromium[1] >= 152 ? 2 : 0];
    });
  }

  // Each refusal stands in the browser's console: that is what a lock that holds looks like.
  function probes() {
    return Promise.all([
      refused(function (done) { fetch("data:,").then(function () { done(0); }, function () { done(1); }); }),
      refused(function (done) {
        var image = new Image();
        image.onload = function () { done(0); };
        image.onerror = function () { done(1); };
        image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";
      }),
      runsScript() ? 0 : 1,
      runsText() ? 0 : 1,
      stores(),
      location.search || location.hash || document.title !== "Profilblik" ? 0 : 1,
      requested() ? 0 : 1
    ]).then(function (found) {
      return hostLocks().then(function (host) { return found.slice(0, 4).concat(host, found.slice(4)); });
    });
  }

  // The log of use: a file that the person asked for, with the fingerprint of each file read.
  var HASHED_BYTES = 256 * 1024 * 1024;

  function hex(buffer) {
    return Array.from(new Uint8Array(buffer), function (byte) { return ("0" + byte.toString(16)).slice(-2); }).join("");
  }

  function fingerprint(file) {
    if (file.size > HASHED_BYTES || !self.crypto.subtle) return "";
    return file.arrayBuffer()
      .then(function (bytes) { return crypto.subtle.digest("SHA-256", bytes); }).then(hex, function () { return ""; });
  }

  function log(text, files, json) {
    return Promise.all(files.map(fingerprint)).then(function (hashes) {
      var link = document.createElement("a");
      var whole = text.split("{sha256}").join(hashes.join(" "));
      var bytes = new Blob(json ? [whole] : ["\ufeff", whole], { type: json ? "application/json" : "text/csv" });
      link.href = URL.createObjectURL(bytes);
      link.download = json ? "profilblik-brugslog.json" : "profilblik-brugslog.csv";
      link.click();
      setTimeout(URL.revokeObjectURL, 10000, link.href);
    });
  }

  // Address of the script of every worker, and the first worker: it starts while the wasm is still
  // being unpacked. Taken over in src/web/link.rs.
  function prepareWorker() {
    var glue = document.getElementById("glue").textContent;
    var script = URL.createObjectURL(new Blob([glue, WORKER_START], { type: "text/javascript" }));
    self.profilblik.script = script;
    self.profilblik.worker = new Worker(script);
    // A policy that forbids workers says so here, and not by throwing.
    self.profilblik.worker.onerror = noWorker;
  }

  var workerFailed = false;
  function noWorker() { workerFailed = true; }

  if (typeof WebAssembly !== "object") return explain("boot-no-wasm");
  if (typeof DecompressionStream !== "function" || typeof wasm_bindgen !== "function") {
    return explain("boot-old");
  }
  if (typeof Worker !== "function") return explain("boot-no-worker");
  // Before the lock there is nothing to probe.
  var locked;
  var lockStands = new Promise(function (done) { locked = done; });
  self.profilblik = { check: function () { return lockStands.then(probes); }, log: log };
  try { prepareWorker(); } catch (error) { noWorker(); }
  new Response(unpacked()).arrayBuffer()
    .then(function (bytes) { return WebAssembly.compile(bytes); })
    .then(function (module) {
      if (workerFailed) return explain("boot-no-worker");
      return wasm_bindgen({ module_or_path: module }).then(lock).then(locked);
    })
    .catch(function (error) {
      console.error(error);
      explain("boot-old");
    });
})();
