// A static server for the one page, with the headers that a host should send with it.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";

/** The headers as the build wrote them for static hosts: `/*`, then one indented line each. */
export function parseHeaders(text) {
  const lines = text.split("\n").filter((line) => /^\s+\S/.test(line));
  return Object.fromEntries(lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  }));
}

async function answer(folder, withHeaders) {
  const page = await readFile(join(folder, "index.html"));
  const headers = withHeaders ? parseHeaders(await readFile(join(folder, "_headers"), "utf8")) : {};
  return { page, headers: { ...headers, "Content-Type": "text/html; charset=utf-8" } };
}

/**
 * Serves FOLDER/index.html at `/`, and nothing else: the page needs nothing else. It is read anew
 * for each visit, so that a rebuilt page is there on reload.
 *
 * `headers: false` sends none of them, as a careless host would.
 * Resolves to `{ url, hits, close }`; `hits` lists every request as "METHOD path".
 */
export async function pageServer(folder, { port = 0, headers: withHeaders = true } = {}) {
  const hits = [];
  const server = createServer(async (request, response) => {
    hits.push(`${request.method} ${request.url}`);
    if (!["/", "/index.html"].includes(request.url)) return response.writeHead(404).end();
    try {
      const { page, headers } = await answer(folder, withHeaders);
      response.writeHead(200, headers).end(page);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
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
