// Ways by which something could leave a page, each tried by a script that runs inside it.
// A way is [name, what the script does]; it gets `to`, addresses that no other way has.

/** Installed in the page before any way is tried. */
export function helpers() {
  globalThis.put = (tag, attributes = {}, inside = document.body) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return inside.appendChild(element);
  };
  globalThis.markup = (html) => { globalThis.put("div").innerHTML = html; };
  globalThis.inWorker = (code) => {
    const script = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    globalThis.kept = [...(globalThis.kept ?? []), new Worker(script)];
  };
  globalThis.peer = async (server) => {
    const peer = new RTCPeerConnection({ iceServers: [{ username: "a", credential: "a", ...server }] });
    globalThis.kept = [...(globalThis.kept ?? []), peer];
    peer.createDataChannel("a");
    await peer.setLocalDescription(await peer.createOffer());
  };
}

/** Those that leave the page where it is: all are tried in one page. */
export const QUIET_WAYS = [
  // Requests of scripts.
  ["fetch", ({ url }) => fetch(url, { mode: "no-cors" })],
  ["fetch keepalive", ({ url }) => fetch(url, { mode: "no-cors", keepalive: true, method: "POST", body: "a" })],
  ["fetch to an address", ({ ip }) => fetch(`http://${ip}/`, { mode: "no-cors" })],
  ["fetch https", ({ host }) => fetch(`https://${host}/`, { mode: "no-cors" })],
  ["fetchLater", ({ secure }) => fetchLater(secure, { activateAfter: 0 })],
  ["XMLHttpRequest", ({ url }) => { const ask = new XMLHttpRequest(); ask.open("GET", url); ask.send(); }],
  ["sendBeacon", ({ url }) => navigator.sendBeacon(url, "a")],
  ["EventSource", ({ url }) => { globalThis.source = new EventSource(url); }],
  ["WebSocket", ({ host }) => { globalThis.socket = new WebSocket(`ws://${host}/`); }],
  ["WebSocket secure", ({ host }) => { globalThis.secure = new WebSocket(`wss://${host}/`); }],
  ["WebTransport", ({ host }) => { globalThis.transport = new WebTransport(`https://${host}/`); }],
  ["import()", ({ script }) => import(script)],
  ["AudioWorklet", ({ script }) => new AudioContext().audioWorklet.addModule(script)],
  // Elements that load.
  ["script", ({ script }) => put("script", { src: script })],
  ["script module", ({ script }) => put("script", { type: "module", src: script })],
  ["script inline", ({ url }) => { put("script").textContent = `new Image().src = "${url}"`; }],
  ["script prerender rules", ({ url }) => {
    const rules = document.createElement("script");
    rules.type = "speculationrules";
    rules.textContent = JSON.stringify({ prefetch: [{ source: "list", urls: [url], eagerness: "immediate" }] });
    document.head.appendChild(rules);
  }],
  ["handler in markup", ({ url }) => markup(`<img src="data:," onerror="new Image().src='${url}'">`)],
  ["new Function", ({ url }) => new Function(`new Image().src = "${url}"`)()],
  ["Image", ({ url }) => { globalThis.image = new Image(); globalThis.image.src = url; }],
  ["img in markup", ({ url }) => markup(`<img src="${url}">`)],
  ["img srcset", ({ url }) => put("img", { srcset: `${url} 2x, ${url} 1x` })],
  ["picture", ({ url }) => markup(`<picture><source srcset="${url}"><img></picture>`)],
  ["svg image", ({ url }) => markup(`<svg><image href="${url}" width="9" height="9"/></svg>`)],
  ["svg filter image", ({ url }) => markup(`<svg width="9" height="9"><filter id="f"><feImage href="${url}"/></filter><rect width="9" height="9" filter="url(#f)"/></svg>`)],
  ["input image", ({ url }) => put("input", { type: "image", src: url })],
  ["body background", ({ url }) => document.body.setAttribute("background", url)],
  ["video", ({ url }) => put("video", { src: url, preload: "auto" })],
  ["video poster", ({ url }) => put("video", { poster: url })],
  ["audio", ({ url }) => put("audio", { src: url, preload: "auto" })],
  ["audio source", ({ url }) => markup(`<audio preload="auto"><source src="${url}"></audio>`)],
  ["track", ({ url }) => markup(`<video crossorigin src="data:video/mp4,"><track default kind="captions" src="${url}"></video>`)],
  ["object", ({ url }) => put("object", { data: url })],
  ["embed", ({ url }) => put("embed", { src: url })],
  ["iframe", ({ url }) => put("iframe", { src: url })],
  ["iframe srcdoc", ({ url }) => put("iframe", { srcdoc: `<img src="${url}">` })],
  ["iframe srcdoc script", ({ url }) => put("iframe", { srcdoc: `<script>fetch("${url}")</script>` })],
  ["iframe data", ({ url }) => put("iframe", { src: `data:text/html,<img src="${url}">` })],
  ["iframe blob", ({ url }) => {
    put("iframe", { src: URL.createObjectURL(new Blob([`<img src="${url}">`], { type: "text/html" })) });
  }],
  ["iframe about:blank", ({ url }) => { put("iframe").contentWindow.fetch(url, { mode: "no-cors" }); }],
  // Styles.
  ["style rule", ({ url }) => { put("style").textContent = `body { border-image: url("${url}") 1 }`; }],
  ["style import", ({ css }) => { put("style").textContent = `@import url("${css}");`; }],
  ["style font", ({ url }) => {
    put("style").textContent = `@font-face { font-family: way; src: url("${url}") }`;
    put("p", { style: "font-family: way" }).textContent = "a";
  }],
  ["style attribute", ({ url }) => markup(`<p style="background: url('${url}')">a</p>`)],
  ["style by script", ({ url }) => { put("p").style.backgroundImage = `url("${url}")`; }],
  ["style cursor by script", ({ url }) => { put("p").style.listStyleImage = `url("${url}")`; put("li").style.listStyleImage = `url("${url}")`; }],
  ["FontFace", ({ url }) => new FontFace("own", `url("${url}")`).load()],
  ["constructed style sheet", ({ url }) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`main { background-image: url("${url}") } body { background-image: url("${url}") }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }],
  // Links in the head.
  ["link stylesheet", ({ css }) => put("link", { rel: "stylesheet", href: css }, document.head)],
  ["link prefetch", ({ url }) => put("link", { rel: "prefetch", href: url }, document.head)],
  ["link preload", ({ url }) => put("link", { rel: "preload", as: "image", href: url }, document.head)],
  ["link modulepreload", ({ script }) => put("link", { rel: "modulepreload", href: script }, document.head)],
  ["link preconnect", ({ host }) => put("link", { rel: "preconnect", href: `http://${host}/` }, document.head)],
  ["link dns-prefetch", ({ host }) => put("link", { rel: "dns-prefetch", href: `http://${host}/` }, document.head)],
  ["link manifest", ({ url }) => put("link", { rel: "manifest", href: url }, document.head)],
  ["link icon", ({ url }) => put("link", { rel: "icon", href: url }, document.head)],
  // Real-time connections.
  ["WebRTC STUN by name", ({ host }) => peer({ urls: `stun:${host}:3478` })],
  ["WebRTC STUN by address", ({ ip }) => peer({ urls: `stun:${ip}:3478` })],
  ["WebRTC TURN", ({ ip }) => peer({ urls: `turn:${ip}:3478` })],
  ["WebRTC TURN by TCP", ({ ip }) => peer({ urls: `turn:${ip}:3478?transport=tcp` })],
  // A worker that is started after the lock.
  ["worker fetch", ({ url }) => inWorker(`fetch("${url}", { mode: "no-cors" })`)],
  ["worker XMLHttpRequest", ({ url }) => inWorker(`const a = new XMLHttpRequest(); a.open("GET", "${url}"); a.send()`)],
  ["worker WebSocket", ({ host }) => inWorker(`new WebSocket("ws://${host}/")`)],
  ["worker EventSource", ({ url }) => inWorker(`new EventSource("${url}")`)],
  ["worker importScripts", ({ script }) => inWorker(`importScripts("${script}")`)],
  ["worker import()", ({ script }) => inWorker(`import("${script}")`)],
  ["worker WebTransport", ({ host }) => inWorker(`new WebTransport("https://${host}/")`)],
  ["worker in a worker", ({ url }) => inWorker(`new Worker(URL.createObjectURL(new Blob(['fetch("${url}", { mode: "no-cors" })'])))`)],
  // Questions to other services of the browser.
  ["sign-in of another site", ({ host }) => navigator.credentials.get({
    identity: { providers: [{ configURL: `https://${host}/fedcm.json`, clientId: "1", nonce: "1" }] },
  })],
  ["payment method", ({ host }) => new PaymentRequest(
    [{ supportedMethods: `https://${host}/pay` }], { total: { label: "a", amount: { currency: "DKK", value: "1" } } },
  ).canMakePayment()],
  // The page's own host.
  ["own host: fetch", ({ own }) => fetch(own)],
  ["own host: image", ({ own }) => { globalThis.ownImage = new Image(); globalThis.ownImage.src = own; }],
  ["own host: worker", ({ own }) => { globalThis.ownWorker = new Worker(own); }],
  ["own host: shared worker", ({ own }) => { globalThis.ownShared = new SharedWorker(own); }],
  ["own host: service worker", ({ own }) => navigator.serviceWorker.register(own)],
];

/** Those that take the page away or open another: each is tried in a page of its own. */
export const LEAVING_WAYS = [
  ["location.href", ({ url }) => { location.href = url; }],
  ["location.replace", ({ url }) => location.replace(url)],
  ["meta refresh", ({ url }) => put("meta", { "http-equiv": "refresh", content: `0; url=${url}` }, document.head)],
  ["link clicked", ({ url }) => put("a", { href: url }).click()],
  ["link to a new tab", ({ url }) => put("a", { href: url, target: "_blank" }).click()],
  ["link with download", ({ url }) => put("a", { href: url, download: "a.txt" }).click()],
  ["link with ping", ({ url }) => put("a", { href: "#a", ping: url }).click()],
  ["window.open", ({ url }) => window.open(url)],
  ["form GET", ({ url }) => put("form", { action: url }).submit()],
  ["form POST", ({ url }) => put("form", { action: url, method: "post" }).submit()],
  ["form to a new tab", ({ url }) => put("form", { action: url, target: "_blank" }).submit()],
  ["navigation.navigate", ({ url }) => { navigation.navigate(url); }],
  ["javascript: address", ({ url }) => { location.href = `javascript:fetch("${url}", { mode: "no-cors" })`; }],
  ["own host: location", ({ own }) => { location.href = own; }],
];
