// Small ZIP archives for tests: made and read here, so that neither side is the program's own code.
import { crc32 as builtIn, deflateRawSync, inflateRawSync } from "node:zlib";

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let i = 0; i < 8; i += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

function crc32(bytes) {
  if (builtIn) return builtIn(bytes);
  let crc = ~0;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

const UTF8_NAME = 0x800;
export const ENCRYPTED = 1;

function fields(entry) {
  const { raw, packed, flags } = entry;
  const head = Buffer.alloc(22);
  head.writeUInt16LE(20, 0); // version needed
  head.writeUInt16LE(UTF8_NAME | flags, 2);
  head.writeUInt16LE(8, 4); // deflate
  head.writeUInt16LE(0x5c21, 8); // 2026-01-01
  head.writeUInt32LE(entry.crc ?? crc32(raw), 10);
  head.writeUInt32LE(packed.length, 14);
  head.writeUInt32LE(entry.claimed ?? raw.length, 18);
  return head;
}

function local(entry, name, head) {
  const lengths = Buffer.alloc(4);
  lengths.writeUInt16LE(name.length, 0);
  return Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), head, lengths, name, entry.packed]);
}

function central(name, head, offset) {
  const start = Buffer.from("PK\x01\x02\x14\x00", "latin1");
  const rest = Buffer.alloc(18);
  rest.writeUInt16LE(name.length, 0);
  rest.writeUInt32LE(offset, 14);
  return Buffer.concat([start, head, rest, name]);
}

/** An archive of `[{ name, text, flags?, claimed? }]`; `claimed` lies about the unpacked size. */
export function zip(files) {
  const locals = [];
  const directory = [];
  let offset = 0;
  for (const { name: path, text, flags = 0, claimed } of files) {
    const raw = Buffer.from(text);
    const entry = { raw, packed: deflateRawSync(raw, { level: 9 }), flags, claimed };
    const name = Buffer.from(path);
    const head = fields(entry);
    locals.push(local(entry, name, head));
    directory.push(central(name, head, offset));
    offset += locals.at(-1).length;
  }
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.reduce((sum, { length }) => sum + length, 0), 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

/** Name → bytes of a plain archive. */
export function unzip(archive) {
  const end = archive.lastIndexOf("PK\x05\x06", undefined, "latin1");
  let at = archive.readUInt32LE(end + 16);
  const files = new Map();
  for (let n = archive.readUInt16LE(end + 10); n > 0; n -= 1) {
    const [nameLength, extra, comment] = [28, 30, 32].map((i) => archive.readUInt16LE(at + i));
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    files.set(name, member(archive, at));
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

function member(archive, at) {
  const method = archive.readUInt16LE(at + 10);
  const size = archive.readUInt32LE(at + 20);
  const header = archive.readUInt32LE(at + 42);
  const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const packed = archive.subarray(start, start + size);
  return method === 0 ? packed : inflateRawSync(packed);
}
