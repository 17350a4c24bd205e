// Shows what a search finds: below a field in the header, or on the page `search/`. Results are a plain list of links, with their number in a live
// region, and not a combobox: a screen reader can then read title, kind and text of a result at its own pace, and the list works by Tab alone.
// All text is put in as text, never as HTML.
import { openIndex, wordsIn } from "./search.js";

const AT_ONCE = 8;
const MORE = 10;
const PAUSE = 120; // milliseconds after the last key
const LONGEST = 200; // characters of a snippet

const indexes = new Map();
const indexIn = (folder) => {
  if (!indexes.has(folder)) {
    const opened = openIndex(folder);
    opened.catch(() => indexes.delete(folder));
    indexes.set(folder, opened);
  }
  return indexes.get(folder);
};

const make = (name, className, text = "") => {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.textContent = text;
  return element;
};

// The places in a text at which a word of the search stands: `{start, end, term}`.
const placesIn = (text, terms) =>
  wordsIn(text).flatMap(({ start, end, parts }) => {
    const term = terms.findIndex(({ matches }) => parts.some((part) => matches(part)));
    return term < 0 ? [] : [{ start, end, term }];
  });

const marked = (element, text, terms) => {
  let at = 0;
  for (const { start, end } of placesIn(text, terms)) {
    element.append(text.slice(at, start), make("mark", "", text.slice(start, end)));
    at = end;
  }
  element.append(text.slice(at));
  return element;
};

// A sentence ends where white space follows its full stop, so that £5.3 billion stays whole.
const sentencesOf = (text) => text.split("\n").flatMap((line) => {
  const pieces = line.split(/([.!?]+[”’"')]*\s+)/);
  return pieces.filter((_, at) => at % 2 === 0).map((piece, at) => (piece + (pieces[2 * at + 1] || "")).trim());
});

// The sentence that has most of the words; the summary where it has as many.
const snippetOf = ({ summary, sections }, terms) => {
  const count = (text) => new Set(placesIn(text, terms).map(({ term }) => term)).size;
  let best = { text: summary, heading: "", anchor: "" };
  let most = count(summary);
  for (const [anchor, heading, text] of most < terms.length ? sections : []) {
    for (const sentence of sentencesOf(text)) {
      const found = count(sentence);
      if (found > most) [best, most] = [{ text: sentence, heading, anchor }, found];
    }
  }
  return { ...best, text: cut(best.text, terms) };
};

// A long text around the first of the words.
const cut = (text, terms) => {
  if (text.length <= LONGEST) return text;
  const [first] = placesIn(text, terms);
  const from = first && first.end > LONGEST ? text.indexOf(" ", first.start - LONGEST / 2) + 1 : 0;
  const to = text.length > from + LONGEST ? text.lastIndexOf(" ", from + LONGEST) : text.length;
  return `${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
};

// The page of an entry is short, so its title leads to the top; on other pages it leads to the section that the text is from.
const result = (page, terms, top) => {
  const item = make("li", "found__item");
  const snippet = snippetOf(page, terms);
  const link = marked(make("a", "found__title"), page.title, terms);
  link.href = new URL(page.url || "./", top).href;
  if (page.kind.folder === "pages" && snippet.anchor) link.hash = snippet.anchor;
  item.append(make("span", "found__kind", page.kind.one), link);
  const said = item.appendChild(make("p", "found__text"));
  if (snippet.heading) said.append(make("span", "found__section", `${snippet.heading}: `));
  marked(said, snippet.text, terms);
  return item;
};

const pagesInWords = (number) => `${number} ${number === 1 ? "page" : "pages"}`;
const quoted = (words) => words.map((word) => `“${word}”`).join(" or ");

// `within` says of which kind the pages are: ` in Barriers`; empty for all.
const inWords = ({ terms, pages, whole }, within) => {
  if (!terms.length) return "Type a word that says what you look for.";
  const notes = terms.filter(({ like }) => like).map(({ written, like }) =>
    `No page has ${quoted([written])}${like.length ? `; pages with ${quoted(like)} are shown` : ""}. `);
  if (!pages.length) return `${notes.join("") || `Nothing was found${within}. `}Try other words, or fewer.`;
  const all = terms.length > 1 && whole < pages.length;
  if (!all) return `${notes.join("")}${pagesInWords(pages.length)} found${within}.`;
  const have = (number) => (number === 1 ? "has" : "have");
  const first = whole ? `${pagesInWords(whole)}${within} ${have(whole)} all of your words, ` : `No page${within} has all of your words, `;
  return `${notes.join("")}${first}${pages.length - whole} ${have(pages.length - whole)} some of them.`;
};

// What a form and its list of results have in common, in the header and on the search page.
class Search {
  constructor(form, place) {
    this.form = form;
    this.field = form.elements.namedItem("q");
    this.folder = new URL(form.action).href.replace(/[?#].*$/, "");
    this.count = place.querySelector("[role=status]");
    this.list = place.querySelector("ol");
    this.asked = 0;
    indexIn(this.folder).then((index) => index.prepare(), () => {}); // a search tells if it cannot be loaded
  }

  get kind() {
    return this.form.elements.namedItem("kind")?.value || "";
  }

  // The kind as the reader chose it.
  get kindName() {
    return this.form.elements.namedItem("kind")?.selectedOptions[0]?.text || "";
  }

  // Looks for what stands in the field, and shows it unless something else was asked for meanwhile. Returns whether it did.
  async run(isTyping) {
    const asked = ++this.asked;
    const query = this.field.value;
    try {
      const index = await indexIn(this.folder);
      const found = await index.find(query, { kind: this.kind, isTyping });
      if (asked !== this.asked) return false;
      this.list.replaceChildren();
      this.found = { ...found, index };
      await this.show(AT_ONCE, asked);
      if (asked === this.asked) this.count.textContent = inWords(found, this.kind && ` in ${this.kindName}`);
    } catch {
      if (asked !== this.asked) return false;
      indexes.delete(this.folder);
      this.list.replaceChildren();
      this.count.textContent = "The search could not be loaded. Check your connection, and try again.";
    }
    return asked === this.asked;
  }

  // Adds the next results, and returns the first of them.
  async show(number, asked = this.asked) {
    const { index, pages, terms } = this.found;
    const shown = this.list.children.length;
    const rows = await Promise.all(pages.slice(shown, shown + number).map((page) => index.page(page)));
    if (asked !== this.asked) return undefined;
    this.list.append(...rows.map((page) => result(page, terms, new URL("../", this.folder))));
    return this.list.children[shown];
  }

  get links() {
    return [...this.list.querySelectorAll(".found__title")];
  }

  // The arrows go from the field through the titles and back.
  step(event) {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [this.field, ...this.links];
    const at = stops.indexOf(document.activeElement);
    if (!way || at < 0 || !stops[at + way]) return;
    event.preventDefault();
    stops[at + way].focus();
  }
}

const afterAPause = (run) => {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, PAUSE);
  };
};

// Words of the playbook that begin as the typed ones do, each as a search.
const nearWords = async ({ index, terms }, folder) => {
  const words = await index.near(terms);
  const links = words.map((word) => {
    const link = make("a", "", word);
    link.href = `${folder}?${new URLSearchParams({ q: word })}`;
    return link;
  });
  return links.length ? ["Words of this playbook that are like yours: ", ...links.flatMap((link, at) => (at ? [", ", link] : [link]))] : [];
};

const attachPanel = (form) => {
  const panel = make("div", "find__panel");
  panel.hidden = true;
  panel.tabIndex = -1; // a click into it leaves it open
  const count = panel.appendChild(make("p", "found__count"));
  count.setAttribute("role", "status");
  panel.append(make("ol", "found bare"));
  const all = panel.appendChild(make("a", "found__all", "All results"));
  form.append(panel);
  const search = new Search(form, panel);

  const close = () => (panel.hidden = true);
  const run = async () => {
    if (!search.field.value.trim()) {
      search.asked++;
      close();
      return;
    }
    panel.hidden = false;
    if (!search.list.children.length) count.textContent = "Searching …";
    if (!(await search.run(true))) return;
    const none = search.found?.pages.length === 0;
    all.textContent = none ? "Other ways to look" : "All results";
    all.hidden = !(none || search.found?.pages.length > AT_ONCE);
    all.href = `${search.folder}?${new URLSearchParams(new FormData(form))}`;
  };
  form.addEventListener("input", afterAPause(run));
  form.addEventListener("focusin", (event) => event.target === search.field && panel.hidden && run());
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || close());
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) {
      event.preventDefault();
      search.field.focus();
      close();
    } else {
      search.step(event);
    }
  });
  if (search.field.value) run();
};

const attachPage = (form) => {
  const place = form.closest("[data-search-page]");
  const search = new Search(form, place);
  const more = place.querySelector("[data-search-more]");
  const within = place.querySelector(".find-page__within");
  const wayOut = within.querySelector("button");
  const near = place.querySelector("[data-search-near]");
  const help = place.querySelector("[data-search-help]");
  const title = document.title;
  const asked = new URLSearchParams(location.search);
  for (const name of ["q", "kind"]) if (asked.get(name)) form.elements.namedItem(name).value = asked.get(name);
  place.dataset.searchPage = "ready";

  const run = async (isTyping) => {
    const query = search.field.value.trim();
    const address = new URL(location.href);
    address.search = query || search.kind ? new URLSearchParams({ q: query, ...(search.kind && { kind: search.kind }) }).toString() : "";
    history.replaceState(history.state, "", address);
    within.hidden = !search.kind;
    wayOut.textContent = `in ${search.kindName} ×`;
    wayOut.setAttribute("aria-label", `in ${search.kindName}: search all kinds instead`);
    document.title = query ? `${query} - ${title}` : title;
    place.dataset.searchPage = query ? "found" : "ready";
    if (query) {
      if (!(await search.run(isTyping))) return;
    } else {
      search.asked++;
      search.found = undefined;
      search.list.replaceChildren();
      search.count.textContent = "";
    }
    more.hidden = !search.found || search.list.children.length >= search.found.pages.length;
    const none = search.found?.pages.length === 0;
    near.replaceChildren(...(none ? await nearWords(search.found, search.folder).catch(() => []) : []));
    near.hidden = !near.childNodes.length;
    help.hidden = !none;
  };
  const later = afterAPause(() => run(true));
  form.addEventListener("input", later);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(false);
  });
  place.addEventListener("keydown", (event) => search.step(event));
  wayOut.addEventListener("click", () => {
    form.elements.namedItem("kind").value = "";
    search.field.focus();
    run(false);
  });
  more.addEventListener("click", async () => {
    const first = await search.show(MORE);
    first?.querySelector("a").focus();
    more.hidden = search.list.children.length >= search.found.pages.length;
  });
  if (search.field.value) run(false);
  else {
    if (search.kind) run(false);
    search.field.focus();
  }
};

export const attach = (form) => (form.dataset.search === "page" ? attachPage : attachPanel)(form);
