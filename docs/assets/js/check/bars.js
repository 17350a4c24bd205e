// A bar for how the questions of a pillar were answered. The words beside it say the same, so the bar itself is hidden from screen readers.
import { make } from "./dom.js";

const PARTS = /** @type {const} */ ({ yes: "yes", partly: "partly", no: "no", unsure: "not sure", open: "not answered" });

/**
 * @param {{id?: string, title?: string, yes: number, partly: number, no: number, unsure: number, open: number, of: number}} bar
 * @param {string} name
 */
const barRow = (bar, name) => {
  const parts = Object.entries(PARTS).filter(([part]) => bar[/** @type {"yes"} */ (part)]);
  const track = make("div", { class: "bar__track", "aria-hidden": "true" });
  for (const [part] of parts) {
    const piece = make("span", { class: `bar__part bar__part--${part}` });
    piece.style.flexGrow = String(bar[/** @type {"yes"} */ (part)]);
    track.append(piece);
  }
  const words = parts.map(([part, word], at) =>
    make("span", { class: "bar__word" }, make("span", { class: `bar__key bar__part--${part}`, "aria-hidden": "true" }), `${bar[/** @type {"yes"} */ (part)]} ${word}${at < parts.length - 1 ? "," : ""} `),
  );
  return make("li", { class: "bar" }, make("span", { class: "bar__name" }, name), make("span", { class: "bar__words" }, ...words), track);
};

/**
 * The bar of all questions, and one for each pillar.
 * @param {any} result
 */
export const barsOf = (result) =>
  make("ul", { class: "bars bare" }, barRow(result.all, "All pillars"), ...result.pillars.map((/** @type {any} */ pillar) => barRow(pillar, pillar.title)));
