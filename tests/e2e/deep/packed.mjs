// Bytes as a browser keeps them packed, unpacked again: gzip, zlib, and the tables of LevelDB.
import { constants, inflateRawSync, inflateSync } from "node:zlib";

/** A stream may be cut off or followed by other things: what can be unpacked counts. */
const LENIENT = { finishFlush: constants.Z_SYNC_FLUSH };

function tryTo(act) {
  try {
    return [act()];
  } catch {
    return [];
  }
}

function places(bytes, sign) {
  const found = [];
  for (let at = bytes.indexOf(sign); at >= 0; at = bytes.indexOf(sign, at + 1)) found.push(at);
  return found;
}

function varint(bytes, at) {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[at++];
    if (byte === undefined) throw new Error("cut off");
    value += (byte & 127) * scale;
    if (byte < 128) return [value, at];
  }
}

/** What stands before the packed bytes of gzip: ten bytes, and a name where the fourth says so. */
function afterHeader(bytes, at) {
  const NAMED = 8;
  return at + 10 + (bytes[at + 3] & NAMED ? bytes.indexOf(0, at + 10) - at - 9 : 0);
}

/** A run of bytes as they are. */
function literal(bytes, tag, at) {
  let length = tag >> 2;
  const more = Math.max(0, length - 59);
  if (more > 0) length = bytes.readUIntLE(at, more);
  return { from: at + more, length: length + 1 };
}

/** A run that stood before: how far back, how long, where the next begins. */
function repeated(bytes, tag, at) {
  if ((tag & 3) === 1) return { back: ((tag >> 5) << 8) | bytes[at], length: ((tag >> 2) & 7) + 4, next: at + 1 };
  const width = (tag & 3) === 2 ? 2 : 4;
  return { back: bytes.readUIntLE(at, width), length: (tag >> 2) + 1, next: at + width };
}

/** Snappy, as LevelDB packs its blocks. */
export function unsnapped(bytes) {
  let [size, at] = varint(bytes, 0);
  const out = Buffer.alloc(size);
  let end = 0;
  while (at < bytes.length) {
    const tag = bytes[at++];
    if ((tag & 3) === 0) {
      const { from, length } = literal(bytes, tag, at);
      end += bytes.copy(out, end, from, from + length);
      at = from + length;
    } else {
      const { back, length, next } = repeated(bytes, tag, at);
      // Byte by byte: a run may overlap what it makes.
      for (let i = 0; i < length; i += 1, end += 1) out[end] = out[end - back];
      at = next;
    }
  }
  return out;
}

const SNAPPY = 1;

function block(bytes, [offset, size]) {
  const inside = bytes.subarray(offset, offset + size);
  return bytes[offset + size] === SNAPPY ? unsnapped(inside) : inside;
}

/** Place and size, as two numbers from here. */
function handle(bytes, at) {
  const [offset, middle] = varint(bytes, at);
  const [size, end] = varint(bytes, middle);
  return [[offset, size], end];
}

/** The blocks that an index names. */
function* named(index) {
  const entries = index.length - 4 - 4 * index.readUInt32LE(index.length - 4);
  for (let at = 0; at < entries;) {
    let own, value;
    [, at] = varint(index, at);
    [own, at] = varint(index, at);
    [value, at] = varint(index, at);
    yield handle(index, at + own)[0];
    at += own + value;
  }
}

/** Every block of a table of LevelDB (.ldb). */
export function blocks(bytes) {
  const footer = bytes.length - 48;
  const [, at] = handle(bytes, footer);
  const index = block(bytes, handle(bytes, at)[0]);
  return [...named(index)].flatMap((where) => tryTo(() => block(bytes, where)));
}

/** What is packed in a file, wherever it begins. */
export function unpacked(name, bytes) {
  const gzip = places(bytes, Buffer.from([0x1f, 0x8b, 8])).flatMap((at) => tryTo(() => inflateRawSync(bytes.subarray(afterHeader(bytes, at)), LENIENT)));
  const zlib = [0x01, 0x9c, 0xda].flatMap((level) => places(bytes, Buffer.from([0x78, level])))
    .flatMap((at) => tryTo(() => inflateSync(bytes.subarray(at), LENIENT)));
  const tables = name.endsWith(".ldb") ? tryTo(() => blocks(bytes)).flat() : [];
  return [...gzip, ...zlib, ...tables];
}
