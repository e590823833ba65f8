// node scripts/page-size.mjs FILE MOST_BYTES MOST_BROTLI_BYTES
// The page is one file: its size on disk, and what a host that compresses sends.
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const [file, mostBytes, mostBrotli] = process.argv.slice(2);
const bytes = readFileSync(file);
const brotli = brotliCompressSync(bytes, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
}).length;

console.log(`${file}: ${bytes.length} bytes (limit ${mostBytes}), brotli ${brotli} (limit ${mostBrotli})`);
process.exitCode = bytes.length <= Number(mostBytes) && brotli <= Number(mostBrotli) ? 0 : 1;
