// What listens in the private network: names that are looked up, packets, and a host that answers.
import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));

/** Every way has a name and an address of its own: a look-up or a packet alone says which it was. */
export const nameOf = (round, way) => `w${way}r${round}.test`;
export const addressOf = (round, way) => `198.18.${way}.${round}`;

/** [round, way] of a name or of an address; null for what is neither. */
export function wayOf(text) {
  const name = text.match(/(?:^|\.)w(\d+)r(\d+)\.test$/i);
  if (name) return [Number(name[2]), Number(name[1])];
  const address = text.match(/^198\.18\.(\d+)\.(\d+)$/);
  return address && Number(address[1]) > 0 ? [Number(address[2]), Number(address[1])] : null;
}

function askedName(query) {
  const labels = [];
  let at = 12;
  while (query[at] > 0 && at < query.length) {
    labels.push(query.toString("latin1", at + 1, at + 1 + query[at]));
    at += query[at] + 1;
  }
  return { name: labels.join("."), end: at + 5, kind: query.readUInt16BE(at + 1) };
}

/** The way's own address for its name; no such name for others; nothing but A has an answer. */
function answerOf(query) {
  const { name, end, kind } = askedName(query);
  const found = wayOf(name);
  const header = Buffer.from(query.subarray(0, end));
  header.writeUInt16BE(found ? 0x8180 : 0x8183, 2);
  header.writeUInt16BE(found && kind === 1 ? 1 : 0, 6);
  header.writeUInt32BE(0, 8);
  if (!found || kind !== 1) return { name, bytes: header };
  const octets = addressOf(...found).split(".").map(Number);
  return { name, bytes: Buffer.concat([header, Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...octets])]) };
}

function nameServer(seen) {
  const socket = createSocket("udp4");
  socket.on("message", (query, from) => {
    const { name, bytes } = answerOf(query);
    seen({ kind: "dns", to: name });
    socket.send(bytes, from.port, from.address);
  });
  return new Promise((done) => socket.bind(53, "0.0.0.0", () => done(() => socket.close())));
}

/** Says yes to everyone, so that a way that is open goes all the way. */
function host(seen) {
  const server = createServer((request, response) => {
    seen({ kind: "http", to: (request.headers.host ?? "").split(":")[0], path: request.url });
    const type = /\.(js|css)$/.exec(request.url.split("?")[0])?.[1];
    const types = { js: "text/javascript", css: "text/css" };
    response.writeHead(200, { "Access-Control-Allow-Origin": "*", "Content-Type": types[type] ?? "text/html" });
    response.end(type ? "" : "<p>seen");
  });
  return new Promise((done) => server.listen(80, "0.0.0.0", () => done(() => {
    server.closeAllConnections();
    server.close();
  })));
}

function sniffer(seen) {
  const child = spawn("python3", [join(HERE, "sniff.py")], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((done, failed) => {
    child.once("exit", (status) => failed(new Error(`the sniffer ended: ${status}`)));
    createInterface(child.stdout).on("line", (line) => {
      const found = JSON.parse(line);
      if (found.kind === "ready") done(() => child.kill());
      else seen(found);
    });
  });
}

/** Starts all three; `seen` grows by { kind, to, … } until `close` is called. */
export async function canary() {
  const seen = [];
  const note = (what) => seen.push(what);
  const closers = await Promise.all([nameServer(note), host(note), sniffer(note)]);
  return { seen, close: () => closers.forEach((close) => close()) };
}
