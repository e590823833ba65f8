// Reads what the browser prints: sizes and texts of the pages of a PDF as Chromium writes it.
import { inflateSync } from "node:zlib";

/** Number → { dictionary, stream } of every object. */
function objects(text, bytes) {
  const found = new Map();
  for (const match of text.matchAll(/^(\d+) 0 obj\b/gmu)) {
    const end = text.indexOf("endobj", match.index);
    const begins = text.indexOf("stream\n", match.index);
    const hasStream = begins >= 0 && begins < end;
    const dictionary = text.slice(match.index, hasStream ? begins : end);
    const from = begins + "stream\n".length;
    const length = Number(dictionary.match(/\/Length (\d+)/u)?.[1]);
    const raw = hasStream ? bytes.subarray(from, from + length) : null;
    const stream = raw && dictionary.includes("/FlateDecode") ? inflateSync(raw) : raw;
    found.set(Number(match[1]), { dictionary, stream: stream?.toString("latin1") ?? "" });
  }
  return found;
}

const pairs = (hex) => hex.match(/.{4}/gu) ?? [];
const letters = (hex) => String.fromCharCode(...pairs(hex).map((unit) => Number.parseInt(unit, 16)));

/** Glyph → its letters, as the font says for copying. */
function glyphs(map) {
  const found = new Map();
  for (const [, glyph, hex] of map.matchAll(/^<(\w{4})> <(\w+)>$/gmu)) found.set(glyph, letters(hex));
  for (const [, from, to, hex] of map.matchAll(/^<(\w{4})> <(\w{4})> <(\w{4})>$/gmu)) {
    const [first, last, letter] = [from, to, hex].map((number) => Number.parseInt(number, 16));
    for (let at = first; at <= last; at += 1) {
      found.set(at.toString(16).padStart(4, "0").toUpperCase(), String.fromCharCode(letter + at - first));
    }
  }
  return found;
}

/** Texts of a page in the order in which they are painted, without spaces: kerning eats those. */
function shown(content, fonts) {
  let font;
  let text = "";
  for (const [, name, hex] of content.matchAll(/\/(\w+) [\d.]+ Tf|<([0-9A-F]+)>/gu)) {
    if (name) font = fonts.get(name);
    else text += pairs(hex).map((glyph) => font?.get(glyph) ?? "").join("");
  }
  return text.replaceAll(/\s/gu, "");
}

/** Pages in order: { width, height } in points, and `text` without spaces. */
export function pdfPages(bytes) {
  const all = objects(bytes.toString("latin1"), bytes);
  const at = (reference) => all.get(Number(reference));
  return [...all.values()].filter(({ dictionary }) => /\/Type \/Page\b/u.test(dictionary)).map(({ dictionary }) => {
    const [, width, height] = dictionary.match(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/u);
    const [, named] = dictionary.match(/\/Font <<([^>]*)>>/u) ?? [null, ""];
    const fonts = [...named.matchAll(/\/(\w+) (\d+) 0 R/gu)].map(([, name, reference]) => {
      const map = at(reference).dictionary.match(/\/ToUnicode (\d+) 0 R/u)?.[1];
      return [name, glyphs(map ? at(map).stream : "")];
    });
    const content = at(dictionary.match(/\/Contents (\d+) 0 R/u)[1]).stream;
    return { width: Number(width), height: Number(height), text: shown(content, new Map(fonts)) };
  });
}
