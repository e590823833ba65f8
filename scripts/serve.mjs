// node scripts/serve.mjs FOLDER [PORT]
// Serves the release page on this machine, with the headers a host should send.
import { pageServer } from "./page-server.mjs";

const [folder, wanted] = process.argv.slice(2);
const first = Number(wanted ?? 8787);

/** The wanted port, or one of the next ten when others already use it. */
async function listen() {
  for (let port = first; port < first + 10; port += 1) {
    try {
      return await pageServer(folder, { port });
    } catch (error) {
      if (error.code !== "EADDRINUSE") throw error;
    }
  }
  throw new Error(`ports ${first} to ${first + 9} are all in use`);
}

const server = await listen();
console.log(`Profilblik: ${server.url}  (Ctrl+C stops it; the page needs no server once it is open)`);
