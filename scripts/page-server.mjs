// A static server for the one page, with the headers that a host should send with it.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";

/**
 * The page's own Content-Security-Policy, as it stands in its <meta>. What a host sends as a header
 * is the same and what only a header can say: a page whose two policies differ would be a page
 * whose hashes nobody had checked.
 */
export function policyOf(html) {
  const tag = html.match(/<meta[^>]+http-equiv="?Content-Security-Policy"?[^>]*>/i)?.[0];
  const content = tag?.match(/content="([^"]*)"/i)?.[1];
  if (!content) throw new Error("the page has no Content-Security-Policy in a <meta>");
  return content.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replace(/;?\s*$/, "");
}

const FEATURES_OFF = [
  "accelerometer", "bluetooth", "camera", "display-capture", "geolocation", "gyroscope", "hid",
  "microphone", "midi", "payment", "serial", "usb",
];

/** Every header a host should send with the page. */
export function headersFor(html) {
  return {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": `${policyOf(html)}; frame-ancestors 'none'`,
    "Connection-Allowlist": "()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": FEATURES_OFF.map((name) => `${name}=()`).join(", "),
    "Cache-Control": "no-store",
    // Browsers heed it over https only; sent so that what is tried here is what a host sends.
    "Strict-Transport-Security": "max-age=63072000",
  };
}

/**
 * Serves FOLDER/index.html at `/`, and nothing else: the page needs nothing else. It is read anew
 * for each visit, so that a rebuilt page is there on reload.
 *
 * `headers: false` sends none of them, as a careless host would.
 * Resolves to `{ url, hits, close }`; `hits` lists every request as "METHOD path".
 */
export async function pageServer(folder, { port = 0, headers = true } = {}) {
  const hits = [];
  const server = createServer(async (request, response) => {
    hits.push(`${request.method} ${request.url}`);
    if (!["/", "/index.html"].includes(request.url)) return response.writeHead(404).end();
    const html = await readFile(join(folder, "index.html"), "utf8");
    const plain = { "Content-Type": "text/html; charset=utf-8" };
    response.writeHead(200, headers ? headersFor(html) : plain).end(html);
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const close = () => new Promise((resolve) => {
    server.closeAllConnections();
    server.close(resolve);
  });
  return { url: `http://127.0.0.1:${server.address().port}/`, hits, close };
}
