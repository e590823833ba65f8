// What the page is made of: licences.txt and sbom.cdx.json beside it, and their fingerprints.
// usage: node scripts/parts.mjs dist
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const TARGET = "wasm32-unknown-unknown";
const LICENCE_FILE = /^(licen[cs]e|copying|notice|unlicense|copyright)/i;

const cargo = (...given) => execFileSync("cargo", given, { encoding: "utf8", maxBuffer: 1 << 28 });
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** "name version" of what is compiled into the page; what only runs while compiling is left out. */
function inPage() {
  const lines = cargo("tree", "--locked", "--offline", "--package", "profilblik", "--features", "web", "--target", TARGET,
    "--edges", "normal,no-proc-macro", "--prefix", "none", "--no-dedupe", "--format", "{p}").split("\n");
  return new Set(lines.filter(Boolean).map((line) => line.split(" ").slice(0, 2).join(" ").replace(" v", " ")));
}

/** Texts that a package comes with, as one text. */
function texts({ manifest_path: manifest }) {
  const folder = dirname(manifest);
  const names = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isFile() && LICENCE_FILE.test(one.name));
  return names.map(({ name }) => name).sort()
    .map((name) => readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n").trim());
}

/** Name and version → the registry's checksum of what was downloaded. */
function checksums() {
  const blocks = readFileSync("Cargo.lock", "utf8").split("[[package]]").slice(1);
  const field = (block, name) => block.match(new RegExp(`^${name} = "([^"]+)"`, "m"))?.[1];
  return new Map(blocks.map((block) => [`${field(block, "name")} ${field(block, "version")}`, field(block, "checksum")]));
}

function packages() {
  const wanted = inPage();
  const sums = checksums();
  const { packages: all } = JSON.parse(cargo("metadata", "--locked", "--offline", "--format-version", "1", "--features", "web"));
  const found = all.filter((one) => wanted.has(`${one.name} ${one.version}`))
    .map((one) => ({ ...one, key: `${one.name} ${one.version}`, checksum: sums.get(`${one.name} ${one.version}`) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const unknown = found.filter(({ license }) => !license).map(({ key }) => key);
  if (unknown.length > 0 || found.length !== wanted.size) throw new Error(`packages without a licence, or not found: ${unknown}`);
  return found;
}

/** The list first, then every text once, below the names of those that came with it. */
function licences(all, rust) {
  const byText = new Map();
  for (const one of all) for (const text of texts(one)) byText.set(text, [...(byText.get(text) ?? []), one.key]);
  const list = all.map(({ key, license, repository }) => `${key}  ${license}  ${repository ?? ""}`.trim());
  const parts = [...byText].map(([text, keys]) => `${"=".repeat(80)}\n${[...new Set(keys)].join(", ")}\n\n${text}\n`);
  return `What profilblik.html is made of: ${all.length} packages, and the standard library of ${rust}\n` +
    `(MIT OR Apache-2.0). Where a package offers several licences, any of them may be chosen.\n\n` +
    `${list.join("\n")}\n\n${parts.join("\n")}`;
}

function component({ name, version, license, checksum, source }) {
  const purl = `pkg:cargo/${name}@${version}`;
  return {
    type: "library", "bom-ref": purl, name, version, purl: source ? purl : undefined,
    hashes: checksum ? [{ alg: "SHA-256", content: checksum }] : undefined,
    licenses: [{ expression: license.replaceAll("/", " OR ") }],
  };
}

/** CycloneDX 1.5, without a time and a number of its own: the same sources give the same bytes. */
function sbom(all, page, rust) {
  const root = all.find(({ name }) => name === "profilblik");
  const others = all.filter((one) => one !== root).map(component);
  const std = { type: "library", "bom-ref": "rust-std", name: "rust-std", version: rust.split(" ")[1], licenses: [{ expression: "MIT OR Apache-2.0" }] };
  return {
    bomFormat: "CycloneDX", specVersion: "1.5", version: 1,
    metadata: { component: { ...component(root), type: "application", hashes: [{ alg: "SHA-256", content: sha256(page) }] } },
    components: [...others, std],
  };
}

const folder = process.argv[2];
const all = packages();
const rust = execFileSync("rustc", ["--version"], { encoding: "utf8" }).trim();
const written = {
  "licences.txt": licences(all, rust),
  "sbom.cdx.json": `${JSON.stringify(sbom(all, readFileSync(join(folder, "profilblik.html")), rust), null, 1)}\n`,
};
for (const [name, text] of Object.entries(written)) {
  writeFileSync(join(folder, name), text);
  appendFileSync(join(folder, "SHA256SUMS"), `${sha256(text)}  ${name}\n`);
}
console.log(`» ${all.length} packages in the page: ${Object.keys(written).join(", ")}`);
