// From rounds to figures.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const KEYS = ["init_ms", "fresh_first_ms", "first_ms", "total_ms", "peak_mb"];

/** Medians and extremes per engine of rounds `{ engine: measurement }`. */
export function summary(rounds) {
  const engines = Object.keys(rounds[0]);
  return Object.fromEntries(engines.map((engine) => [engine, summaryOf(rounds.map((r) => r[engine]))]));
}

function summaryOf(measurements) {
  const keys = KEYS.filter((key) => Number.isFinite(measurements[0][key]));
  return Object.fromEntries(keys.map((key) => {
    const values = measurements.map((m) => m[key]);
    return [key, { median: median(values), min: Math.min(...values), max: Math.max(...values) }];
  }));
}

/** The targets of the project: what is divided by what, and the least (or most) that will do. */
const TARGETS = [
  ["page ready to first list, against DuckDB full", "duckdb_full", "fresh_first_ms", "at least", 5],
  ["the same, warm", "duckdb_full", "first_ms", "at least", 3.5],
  ["page ready to first list, against DuckDB needed", "duckdb_needed", "fresh_first_ms", "at least", 3],
  ["drop to all evaluated, against DuckDB full", "duckdb_full", "total_ms", "at least", 3.5],
  ["drop to all evaluated, against reading the bytes", "raw", "total_ms", "at most", 3],
  ["peak memory, against DuckDB full", "duckdb_full", "peak_mb", "at most", 0.45],
];

/** Each target with its ratio of medians; `at least` = theirs over ours, `at most` = ours over theirs. */
export function targets(summarised) {
  return TARGETS.map(([name, other, key, kind, limit]) => {
    const ours = summarised.profilblik[key].median;
    const theirs = summarised[other][key].median;
    const ratio = kind === "at least" ? theirs / ours : ours / theirs;
    return { name, kind, limit, ratio, met: kind === "at least" ? ratio >= limit : ratio <= limit };
  });
}

const cell = (value) => (value === undefined ? "–" : Math.round(value.median).toString());

export function printable(summarised) {
  const head = ["engine", ...KEYS].join(" | ");
  const lines = Object.entries(summarised).map(([engine, figures]) =>
    [engine, ...KEYS.map((key) => cell(figures[key]))].join(" | "));
  return [head, ...lines].join("\n");
}
