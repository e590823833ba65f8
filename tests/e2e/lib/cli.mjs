// The command line's answer for the same files: what the page shows must be the same.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CLI = process.env.PROFILBLIK_CLI;

export function profilblik(...given) {
  if (!CLI) throw new Error("set PROFILBLIK_CLI to the command line's path");
  return execFileSync(CLI, given, { encoding: "utf8", maxBuffer: 1 << 28 });
}

/** `evaluate --json` of one profile. */
export function evaluated(files, profile, date) {
  return JSON.parse(profilblik("evaluate", ...files, "--profile", profile, "--date", date, "--json"));
}

/** `report --json`; its exit status 1 only says that something was refused. */
export function reported(files) {
  try {
    return JSON.parse(profilblik("report", ...files, "--json"));
  } catch (error) {
    if (error.status !== 1) throw error;
    return JSON.parse(error.stdout);
  }
}

/** Calls `act` with a folder that is removed afterwards; `files` (name → content) stand in it. */
export async function inFolder(files, act) {
  const folder = mkdtempSync(join(tmpdir(), "profilblik-"));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return await act(folder, Object.keys(files).map((name) => join(folder, name)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
