// The map of relations: points out what an entry is linked to while the pointer or the focus is on it, or after its number was tapped.
// Which entries are linked, the table below the map says. Without scripts the map and its table stand as they are.

const HEIGHT = 1000; // of the grid of the strands, as in relation_map.py
const map = document.getElementById("relation-map");

/** @param {string} name @param {string} text @returns {HTMLElement} */
const made = (name, text = "") => Object.assign(document.createElement(name), { textContent: text });

if (map) {
  const columns = [...map.querySelectorAll(".map__column")];
  const items = new Map([...map.querySelectorAll("li[data-entry]")].map((item) => [item.dataset.entry, item]));
  const state = map.querySelector(".map__state");
  const linked = linksByEntry();
  const isWide = () => matchMedia("(min-width: 70em)").matches; // as in map.css
  let held = ""; // the entry that stays chosen when the pointer leaves

  /** @returns {Map<string, HTMLElement[]>} from each entry to the items that it is linked to */
  function linksByEntry() {
    const byAddress = new Map([...items.values()].map((item) => [item.querySelector("a").href, item]));
    const rows = [...document.querySelectorAll(".data--map tr[data-entry]")];
    return new Map(rows.map((row) => [row.dataset.entry, [...row.querySelectorAll("a")].map((link) => byAddress.get(link.href)).filter(Boolean)]));
  }

  /** @param {HTMLElement} item @returns {number} where the middle of its row is */
  const heightOf = (item) => {
    const rows = [...item.parentElement.children];
    return Math.round(((rows.indexOf(item) + 0.5) / rows.length) * HEIGHT);
  };

  /** Draws the strands between the chosen item and those of the columns beside its own. @param {HTMLElement} chosen @param {HTMLElement[]} near */
  const drawStrands = (chosen, near) => {
    const own = columns.indexOf(chosen.closest(".map__column"));
    for (const item of near) {
      const other = columns.indexOf(item.closest(".map__column"));
      if (Math.abs(own - other) !== 1) continue;
      const gap = /** @type {SVGElement} */ (columns[Math.max(own, other)].previousElementSibling);
      const [left, right] = (own < other ? [chosen, item] : [item, chosen]).map(heightOf);
      const strand = document.createElementNS(gap.namespaceURI, "path");
      strand.setAttribute("class", "strands__near");
      strand.setAttribute("d", `M0 ${left}C20 ${left} 20 ${right} 40 ${right}`);
      gap.append(strand);
    }
  };

  /** Points out an entry and what it is linked to; without one, nothing. @param {string} id */
  const show = (id) => {
    for (const item of map.querySelectorAll("[data-is]")) delete item.dataset.is;
    for (const strand of map.querySelectorAll(".strands__near")) strand.remove();
    const chosen = items.get(id);
    map.toggleAttribute("data-chosen", Boolean(chosen));
    if (!chosen) return;
    chosen.dataset.is = "chosen";
    const near = linked.get(id) ?? [];
    for (const item of near) item.dataset.is = "near";
    drawStrands(chosen, near);
  };

  /** Keeps an entry chosen and says so; without one, lets go. @param {string} id */
  const hold = (id) => {
    held = items.has(id) ? id : "";
    show(held);
    for (const button of map.querySelectorAll(".map__links")) button.setAttribute("aria-pressed", String(button.closest("li").dataset.entry === held));
    state.replaceChildren();
    if (!held) return;
    const link = items.get(held).querySelector("a");
    const open = Object.assign(made("a", link.textContent.trim()), { href: link.href });
    const words = made("span");
    words.append(open, `: linked to ${linked.get(held)?.length ?? 0} entries`);
    const letGo = Object.assign(made("button", "Show all entries"), { type: "button" });
    letGo.addEventListener("click", () => {
      const button = items.get(held)?.querySelector(".map__links");
      hold("");
      button?.focus();
    });
    state.append(words, letGo);
  };

  for (const [id, item] of items) {
    const count = linked.get(id)?.length ?? 0;
    const button = Object.assign(made("button"), { type: "button", className: "map__links" });
    const title = item.querySelector("a").textContent.trim();
    button.setAttribute("aria-label", `${title}: show the ${count} entries that it is linked to`);
    button.setAttribute("aria-pressed", "false");
    button.append(made("span", String(count)));
    button.addEventListener("click", () => {
      hold(held === id ? "" : id);
      if (held) map.scrollIntoView({ block: "start" });
    });
    item.append(button);
    // a page that scrolls to the focus moves under a pointer that lies still
    const isPointedAt = (event) => event.pointerType === "mouse" && !held && !map.querySelector("a:focus-visible");
    item.addEventListener("pointerenter", (event) => isPointedAt(event) && show(id));
    item.addEventListener("pointerleave", (event) => isPointedAt(event) && show(""));
    item.querySelector("a").addEventListener("focus", () => !held && isWide() && show(id));
    item.querySelector("a").addEventListener("blur", () => !held && show(""));
  }
  map.addEventListener("keydown", (event) => event.key === "Escape" && hold(""));

  map.querySelector(".map__how").hidden = false;
  const asked = new URLSearchParams(location.search).get("entry");
  if (asked && items.has(asked)) {
    hold(asked);
    if (isWide()) items.get(asked).scrollIntoView({ block: "center" });
    else map.scrollIntoView({ block: "start" });
  }
}
