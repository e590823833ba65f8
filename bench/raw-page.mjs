// The floor: read every byte of the files, 4 MiB slices, two in flight, and look at none of them.
const SLICE = 4 * 1024 * 1024;
const IN_FLIGHT = 2;

async function readAll(files) {
  const started = performance.now();
  const slices = [...files].flatMap((file) =>
    Array.from({ length: Math.ceil(file.size / SLICE) }, (_, i) => [file, i * SLICE]));
  let next = 0;
  let bytes = 0;
  const lane = async () => {
    while (next < slices.length) {
      const [file, from] = slices[next++];
      const slice = await file.slice(from, from + SLICE).arrayBuffer();
      bytes += slice.byteLength;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return { total_ms: performance.now() - started, bytes };
}

document.querySelector("#files").addEventListener("change", async (event) => {
  window.answer = await readAll(event.target.files);
});
window.ready = { init_ms: 0 };
