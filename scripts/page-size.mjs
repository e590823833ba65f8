// node scripts/page-size.mjs FILE MOST_BYTES MOST_BROTLI_BYTES
// Three sizes: the file on a disk; its parts (wasm, glue, styles) as a host would compress them
// apart; and the one file as such a host sends it, in which the packed wasm is base64 of gzip and
// hardly shrinks again. The first two have limits.
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gunzipSync } from "node:zlib";

const [path, mostBytes, mostBrotli] = process.argv.slice(2);
const page = readFileSync(path, "utf8");
const block = page.match(/(<script[^>]*id="wasm">)([^<]*)(<\/script>)/);
const wasm = gunzipSync(Buffer.from(block[2], "base64"));
const rest = page.replace(block[2], "");

function brotli(bytes) {
  const { BROTLI_PARAM_QUALITY: quality, BROTLI_PARAM_LGWIN: window } = constants;
  return brotliCompressSync(bytes, { params: { [quality]: 11, [window]: 24 } }).length;
}

const file = Buffer.byteLength(page);
const parts = brotli(wasm) + brotli(Buffer.from(rest));
console.log(`${path}: ${file} bytes (limit ${mostBytes})`);
console.log(`wasm ${wasm.length} bytes; wasm, glue and styles in brotli: ${parts} (limit ${mostBrotli})`);
console.log(`the one file in brotli: ${brotli(Buffer.from(page))}`);
process.exitCode = file <= Number(mostBytes) && parts <= Number(mostBrotli) ? 0 : 1;
