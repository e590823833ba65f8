// How a person may have set the browser: colours, and how large. For `task(…, { context })`.

const ZOOMS = { "200 %": { width: 683, height: 384 }, "400 %": { width: 320, height: 256 } };

/** A window of 1366 px is 683 px wide at 200 %, and one of 1280 px is 320 px wide at 400 %. */
export const LOOKS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "forced colours": { forcedColors: "active" },
  "forced colours, dark": { forcedColors: "active", colorScheme: "dark" },
  "200 %": { viewport: ZOOMS["200 %"] },
  "400 %": { viewport: ZOOMS["400 %"] },
};

const COLOURS = ["dark", "forced colours", "forced colours, dark"];

/** Other colours and larger at the same time: for `./run deep zooms`. */
export const ZOOMED = Object.fromEntries(COLOURS.flatMap((colours) =>
  Object.entries(ZOOMS).map(([zoom, viewport]) => [`${colours}, ${zoom}`, { ...LOOKS[colours], viewport }])));
