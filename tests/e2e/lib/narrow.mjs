// What a narrow window must not do: cut text or controls off, or make the whole page scroll across.

/** Runs in the page. */
function faults() {
  const said = [];
  const name = (element) => {
    const { tagName, id, className } = element;
    const classes = typeof className === "string" ? className.trim().replace(/\s+/gu, ".") : "";
    return `${tagName.toLowerCase()}${id && `#${id}`}${classes && `.${classes}`}`;
  };
  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth) said.push(`the page scrolls across: ${root.scrollWidth} of ${root.clientWidth}`);

  const style = (element) => getComputedStyle(element);
  const scrollsAcross = (element) => /auto|scroll/u.test(style(element).overflowX) && element.scrollWidth > element.clientWidth + 1;
  // WCAG 1.4.10 excepts what needs two dimensions: tables, drawings, and code that keeps its lines.
  const TWO_DIMENSIONS = "table, [role=grid], pre, .draw";
  for (const element of document.body.querySelectorAll("*")) {
    if (!scrollsAcross(element) || !element.checkVisibility()) continue;
    if (!element.matches(TWO_DIMENSIONS) && !element.querySelector(TWO_DIMENSIONS)) said.push(`scrolls across: ${name(element)}`);
  }

  // Text and controls: inside the window, or inside something one can scroll; and not cut by a box.
  const hidden = (element) => element.closest(".hide, .live, .file") || !element.checkVisibility({ visibilityProperty: true });
  // A cell of the list stands whole in the patient panel.
  const shortened = (element) => element.matches("[role=gridcell], [role=columnheader]") && style(element).textOverflow === "ellipsis";
  const cutBy = (element, box) => {
    for (let up = element; up && up !== document.documentElement; up = up.parentElement) {
      const { overflowX, overflowY, position } = style(up);
      if (/auto|scroll/u.test(overflowX) || shortened(up)) return null;
      const frame = up.getBoundingClientRect();
      if (overflowX !== "visible" && (box.right > frame.right + 1 || box.left < frame.left - 1)) return name(up);
      if (/hidden|clip/u.test(overflowY) && (box.bottom > frame.bottom + 2 || box.top < frame.top - 2)) return name(up);
      if (position === "fixed") break;
    }
    return box.right > root.clientWidth + 1 || box.left < -1 ? "the window" : null;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || hidden(element) || element.closest("script, style, svg")) continue;
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const by = box.width > 0 && cutBy(element, box);
    if (by) said.push(`»${node.data.trim().slice(0, 40)}« is cut by ${by}`);
  }
  for (const element of document.querySelectorAll("button, input, select, summary, a[href]")) {
    if (hidden(element)) continue;
    const by = cutBy(element, element.getBoundingClientRect());
    if (by) said.push(`${name(element)} is cut by ${by}`);
  }

  // Text that runs under a button beside it.
  const overlap = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
  for (const button of document.querySelectorAll("button")) {
    if (hidden(button)) continue;
    const box = button.getBoundingClientRect();
    const beside = document.createTreeWalker(button.parentElement, NodeFilter.SHOW_TEXT);
    for (let node = beside.nextNode(); node; node = beside.nextNode()) {
      if (button.contains(node) || hidden(node.parentElement)) continue;
      range.selectNodeContents(node);
      if ([...range.getClientRects()].some((line) => overlap(line, box))) said.push(`»${node.data.trim().slice(0, 40)}« runs under ${name(button)}`);
    }
  }
  return said;
}

/** What is cut off or scrolls across in the document as it is now. */
export function narrowFaults(page) {
  return page.evaluate(faults);
}
